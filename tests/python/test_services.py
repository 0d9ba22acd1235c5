"""The pages of services: each has one, they are current, and their verdicts hold."""

import itertools
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tidsbruk as tb
from tidsbruk.assumptions import vary

DOCS = Path(__file__).parents[2] / "docs"
PAGES = DOCS / "services"
WITHOUT = {"textbook"}  # directories of presets that are no service
SERVICES = sorted({name.split("/")[0] for name in tb.presets()} - WITHOUT)


@pytest.fixture(scope="module")
def services(module_of):
    return module_of("docs", "services")


@pytest.fixture(scope="module")
def figures(module_of):
    return module_of("docs", "service_figures")


@pytest.fixture(scope="module")
def day(module_of):
    return module_of("docs", "service_day")


# ---- the pages -------------------------------------------------------------------------


def test_every_service_has_a_file_and_nothing_else_has(services):
    assert services.services() == SERVICES


@pytest.mark.parametrize("name", SERVICES)
def test_every_preset_of_a_service_is_on_its_page(services, name):
    told = services.read(name)
    listed = {*told["presets"], *told["also"]}
    assert listed == {p for p in tb.presets() if p.split("/")[0] == name}
    assert len(told["presets"]) == 2


@pytest.mark.parametrize("name", SERVICES)
def test_a_page_was_made_from_what_there_is(services, name):
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert f"tidsbruk {tb.__version__}, " in text
    assert f"`{services.fingerprint(name)}`" in text, "run ./dev docs"


@pytest.mark.parametrize("name", SERVICES)
def test_a_picture_is_drawn_again_with_the_same_bytes(services, name):
    _, _, picture = services.day_of(name, services.read(name))
    committed = (PAGES / f"{name}.svg").read_text(encoding="utf-8")
    assert committed == picture.svg, "run ./dev docs"


def test_the_index_is_current(services):
    assert (PAGES / "README.md").read_text(encoding="utf-8") == services.index()


@pytest.mark.long
@pytest.mark.parametrize("name", SERVICES)
def test_a_page_is_made_again_with_the_same_bytes(name, tmp_path):
    command = [sys.executable, DOCS / "services.py", "--to", tmp_path, name]
    subprocess.run(command, check=True)
    for file in (f"{name}.md", f"{name}.svg", "README.md"):
        fresh = (tmp_path / file).read_text(encoding="utf-8")
        assert (PAGES / file).read_text(encoding="utf-8") == fresh, "run ./dev docs"


# ---- the day ---------------------------------------------------------------------------


def test_a_day_holds_every_minute_of_duty_once(day, npm):
    """The rows of the picture, against the shifts of the log."""
    log = tb.trace(npm, seed=day.SEED, weeks=1, warmup=day.WARMUP)
    duty = 0
    for activity, start, end in zip(
        *(memoryview(log.columns[c]).tolist() for c in ("activity", "start", "end")),
        strict=True,
    ):
        part = day.clipped(start, end, 1)
        if part and log.names["activity"][activity] == day.DUTY:
            duty += part[1] - part[0]
    rows = day.rows_of(npm, 1)
    assert duty > 100 * day.HOUR
    assert sum(p.end - p.start for row in rows for p in row.pieces) == duty
    for row in rows:
        ends = [(p.start, p.end) for p in row.pieces]
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(ends)), row.worker


def test_a_picture_shows_as_many_as_it_says(day, npm):
    drawn = day.picture(npm, "a & b", most=5)
    assert (drawn.shown, drawn.on_duty) == (5, len(day.rows_of(npm, 1)))
    assert drawn.svg.count('text-anchor="end"') == 5
    assert "<title>a &amp; b</title>" in drawn.svg


def test_a_day_says_what_stands_under_names_of_the_ledger(services, npm):
    assert services.booked_text(npm) == (
        "*Indirect work* is handover, reading what others wrote."
    )
    ward = services.booked_text(tb.preset("hospital_ward/npm"))
    assert "`services.medication_preparation`." in ward
    assert "*Administration* holds `services.ward_task`, too." in ward
    bare = tb.Scenario({"obligations": {"plan": {"trigger": "week", "minutes": 5}}})
    bare = bare.replace({"duty.handover_minutes": 0})
    assert services.booked_text(bare) == ""


def test_a_shift_is_as_long_as_the_roster_says(figures, npm):
    unit = npm.replace({"shifts.day.minutes": 480, "shifts.evening.minutes": 420})
    days = {
        name: 5 * int(str(unit[f"shifts.{name}.weekdays"]))
        + int(str(unit[f"shifts.{name}.saturdays"]))
        + int(str(unit[f"shifts.{name}.sundays"]))
        for name in ("day", "evening")
    }
    mean = (480 * days["day"] + 420 * days["evening"]) / sum(days.values())
    assert figures.shift_minutes(unit) == pytest.approx(mean)
    result = tb.run({"a": unit}, replications=2, weeks=1, warmup=0)
    p = figures.predicted("shift_minutes * time.records_share", result, "a", [])
    share = result.estimate("a", "time.records_share").mean
    assert p.mean == pytest.approx(mean * share)


def test_who_works_at_night_is_there_at_both_ends(day):
    unit = tb.Scenario(
        {
            "staff": {"watch": {"role": "guard", "count": 6}},
            "shifts": {"night": dict.fromkeys(("weekdays", "saturdays", "sundays"), 1)},
        }
    ).replace({"shifts.night.starts": 1320, "shifts.night.minutes": 540})
    rows = day.rows_of(unit, 2)
    assert {row.role for row in rows} == {"guard"}
    ends = [(row.pieces[0].start, row.pieces[-1].end) for row in rows]
    assert ends == [(0, 7 * day.HOUR), (22 * day.HOUR, day.DAY)]


# ---- what was published ----------------------------------------------------------------


def test_expressions_know_arithmetic_and_nothing_else(figures):
    known = {"time.a": 6.0, "b": 2.0}
    assert figures.computed("(time.a + 2) / b - -b * 3", known.__getitem__) == 10
    for bad in ("f(b)", "b ** 2", "b if b else 1", "'b'", "[b]", "b < 1"):
        with pytest.raises(ValueError, match="more than names"):
            figures.computed(bad, known.__getitem__)


def test_published_values_are_those_of_the_rows(figures):
    rows = figures.evidence()

    def of(evidence, **more):
        return figures.published({"what": "x", "evidence": evidence} | more, rows)

    assert of("E099") == (43, 54)
    assert of("E092") == (14, 22)
    assert of("E130 E136") == (43, 50)
    assert of("E098", low=0) == (0, 50)
    assert of("E158") == (40, 200)
    assert of("E158", middle=True) == (82, 82)
    assert of("E102 E101", published="E102 / E101") == (7000 / 6728, 5935 / 5110)
    with pytest.raises(ValueError, match="E999 is not in"):
        of("E999")


def test_a_figure_says_all_that_a_verdict_needs(figures):
    rows = figures.evidence()
    whole = {
        "what": "x",
        "evidence": "E119",
        "definition": "y",
        "outcome": "citizen.delivered_share",
        "kind": "accounting",
        "tolerance": 5,
    }
    assert figures.checked(whole, rows) == whole
    for change, message in (
        ({"definition": ""}, "it has no definition"),
        ({"kind": "guess"}, "its kind is none of"),
        ({"tolerence": 1}, "unknown tolerence"),
    ):
        with pytest.raises(ValueError, match=message):
            figures.checked(whole | change, rows)
    del whole["tolerance"]
    with pytest.raises(ValueError, match="needs a tolerance"):
        figures.checked(whole, rows)


def test_verdicts_follow_from_numbers(figures):
    target = figures.Range(40, 50, "")

    def says(mean, half, least, most, kind="prediction"):
        p = figures.Predicted(mean, mean - half, mean + half, least, most)
        return figures.verdict(kind, target, p)

    assert says(45, 1, 44, 46) == "inside"
    assert says(45, 1, 44, 46, "accounting") == "agrees, as it was put in"
    assert says(39, 2, 39, 39).startswith("at the edge: too low by 1.00")
    assert says(52, 1, 48, 53).startswith("outside: too high by 2.00; one assumption")
    assert says(52, 1, 51, 53).endswith("no single assumption makes it up")
    good = [says(m, 0.5, m, m) for m in (39, 45, 51)]
    assert list(map(figures.is_inside, good)) == [False, True, False]


def test_an_interval_of_one_outcome_is_that_of_the_library(figures, npm):
    result = tb.run({"a": npm}, replications=30, weeks=2, warmup=1)
    for outcome in ("time.direct_share", "citizen.wait", "staff.overtime_hours"):
        if outcome not in result.outcomes:
            continue
        p = figures.predicted(outcome, result, "a", [])
        e = result.estimate("a", outcome)
        assert p.mean == pytest.approx(e.mean, rel=1e-12)
        assert p.high - p.low == pytest.approx(e.high - e.low, rel=0.02)
    twice = figures.predicted("2 * time.direct_share", result, "a", [])
    once = figures.predicted("time.direct_share", result, "a", [])
    assert twice == pytest.approx([2 * v for v in once])


def test_an_expression_of_settings_moves_with_them(figures, npm, trust):
    result = tb.run({"a": npm, "b": trust}, replications=2, weeks=1, warmup=0)
    found = [
        e
        for e in vary(result, "a", "b", replications=1).effects
        if e.assumption.path in ("shifts.day.minutes", "staff.carer.count")
    ]
    assert len(found) == 2
    count = found[1].assumption
    p = figures.predicted("staff.carer.count", result, "a", found)
    assert p == (count.value, count.value, count.value, count.low, count.high)
    p = figures.predicted("shift_minutes", result, "a", found)
    assert p.least < p.mean < p.most
    with pytest.raises(ValueError, match="neither an outcome nor a setting"):
        figures.predicted("staff.carers.count", result, "a", [])


def test_only_what_moves_a_difference_is_named(module_of, services):
    regimes = module_of("docs", "service_regimes")
    told = services.read("day_care") | {"run": {"replications": 2, "worlds": 1}}
    told["run"] |= {"weeks": 1, "warmup": 0}
    runs = services.Runs(told)
    name = runs.comparison.headlines[0]
    for e in runs.assumptions.effects[1:]:
        e.at_low[name] = e.at_high[name] = runs.assumptions.central[name]
    first = runs.assumptions.effects[0]
    first.at_low[name] = runs.assumptions.central[name] + 1
    rows = [r for r in regimes.strongest_table(runs).split("\n") if f"`{name}`" in r]
    assert len(rows) == 1
    assert f"`{first.assumption.path}`" in rows[0]
    assert {"both", "`day_care/npm`"} & set(rows[0].split(" | "))


def test_assumptions_carry_the_baseline_itself(npm, trust):
    """Where the alternative alone moves, the baseline stays; else both ends say so."""
    result = tb.run({"a": npm, "b": trust}, replications=2, weeks=1, warmup=0)
    found = vary(result, "a", "b", replications=2).effects
    share = "time.records_share"
    central = result.estimate("a", share).mean
    moved = 0
    for e in found:
        assert math.isfinite(e.baseline_at_low.get(share, central))
        if e.assumption.where == "alternative":
            assert e.baseline_at_low[share] == pytest.approx(central, abs=1e-12)
        moved += e.baseline_at_low.get(share, central) != central
    assert moved > 20
    fewer = next(
        e for e in found if e.assumption.path == "obligations.journal.minutes.mean"
    )
    alone = tb.run(
        npm.replace({fewer.assumption.path: fewer.assumption.low}),
        replications=2,
        weeks=1,
        warmup=0,
    )
    assert fewer.baseline_at_low[share] == pytest.approx(
        alone.estimate(alone.names[0], share).mean
    )
    assert np.isfinite(list(fewer.baseline_at_high.values())).all()


# ---- definitions -----------------------------------------------------------------------

TOLD = {
    "what": "time",
    "evidence": "E160 E168",
    "of": "E160",
    "like": ["all", "duty"],
    "counted": {"all": "a.x + a.y", "some": "a.x"},
    "over": {"duty": "d", "paid": "d + a.y"},
}


@pytest.fixture(scope="module")
def definitions(module_of):
    return module_of("docs", "service_definitions")


def test_one_quantity_is_counted_in_every_way(definitions):
    values = {"a.x": 30.0, "a.y": 20.0, "d": 80.0}
    found = definitions.shares(TOLD, values.__getitem__)
    assert found == {
        ("all", "duty"): 62.5,
        ("all", "paid"): 50,
        ("some", "duty"): 37.5,
        ("some", "paid"): 30,
    }
    all_of_it, could = definitions.explained(
        found, ("all", "duty"), {"E160": 60.0, "E168": 20.0}, "E160"
    )
    assert (all_of_it, could) == (40, 32.5)  # from 62.5 down to 30


def test_definitions_explain_no_more_than_there_is(definitions):
    found = {"like": 60.0, "least": 5.0, "most": 95.0}
    published = {"low": 48.0, "middle": 55.0, "high": 58.0}
    for of in published:
        assert definitions.explained(found, "like", published, of) == (10, 10)
    assert definitions.explained({"like": 60.0}, "like", published, "high") == (10, 0)


def test_definitions_name_rows_and_themselves(definitions, figures):
    rows = figures.evidence()
    assert definitions.checked({}, rows) == {}
    assert definitions.checked(TOLD, rows) == TOLD
    for change, words in (
        ({"of": "E169"}, "none of the rows"),
        ({"like": ["some", "year"]}, "none of what is given"),
        ({"evidence": "E160 E999"}, "not in evidence.csv"),
        ({"over": {}}, "none of what is given"),
        ({"counts": {}}, "unknown"),
    ):
        with pytest.raises(ValueError, match=words):
            definitions.checked(TOLD | change, rows)
