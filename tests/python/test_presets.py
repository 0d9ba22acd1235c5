"""The shipped presets: they load, check clean, and say where each value comes from."""

import csv
import json
import re
import tomllib
from pathlib import Path

import pytest
import tidsbruk as tb
from tidsbruk.advice import IDLE, idle_differences
from tidsbruk.assumptions import assumed
from tidsbruk.cli import main

ROOT = Path(__file__).parents[2]
PRESETS = ROOT / "lib" / "presets"
NAMES = sorted(tb.presets())
# Both regimes of each service: a new directory is here without anybody adding it.
REGIMES = sorted(name.removesuffix("/trust") for name in NAMES if name.endswith("/trust"))
# Advice that a preset takes on purpose; all other advice is a slip.
NORWAY = (
    "shifts.helper_evening",  # validation/norway.py draws it
    "clients.practical.role",  # nobody of it has evenings: the page names the miss
)
ON_PURPOSE = {
    "home_care/norway_m1": NORWAY,
    "home_care/norway_m2": NORWAY,
    "home_care/norway_m3": NORWAY,
    "textbook/slack": ("obligations.year_note.trigger",),  # every kind of duty occurs
}

# What the two regimes of home care differ in: the list that every comparison prints.
DIFFERENCES = {
    "obligations.deviation.trigger": ("deviation", "visit"),
    "obligations.deviation.probability": (0.6, 0.08),
    "obligations.deviation.receivers": (2, 1),
    "obligations.journal.receivers": (2, 1),
    "obligations.monthly_report.minutes.mean": (1.9, 1.4),
    "obligations.monthly_report.receivers": (3, 1),
    "obligations.monthly_report.value": (0.1, 0.075),
    "obligations.shift_report.minutes.mean": (4.7, 1.2),
    "obligations.shift_report.value": (0.3, 0.08),
    "obligations.visit_registration.probability": (1, 0),
    "obligations.weekly_plan.probability": (0, 0.3),
    "obligations.weekly_report.minutes.mean": (6.5, 2),
    "obligations.weekly_report.receivers": (2, 1),
    "obligations.weekly_report.value": (0.05, 0.015),
    "regime.grants.granularity": ("minutes", "frame"),
    "regime.control.audits_per_month": (2, 1),
    "regime.teams.meeting_minutes": (0, 15),
    "regime.dialogue.minutes_per_shift": (0, 6),
}


@pytest.fixture(scope="module")
def rows():
    with open(PRESETS / "evidence.csv", encoding="utf-8", newline="") as f:
        return {row["id"]: row["grade"] for row in csv.DictReader(f)}


def test_every_file_is_a_preset():
    files = {
        f.relative_to(PRESETS).with_suffix("").as_posix() for f in PRESETS.rglob("*.toml")
    }
    assert files == set(NAMES)
    assert {"home_care/npm", "home_care/trust", "textbook/mmc"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_checks_clean_and_runs(name):
    scenario = tb.preset(name)
    assert scenario.title
    assert scenario.check() == []
    result = tb.run(scenario, replications=1, weeks=1, warmup=0)
    assert result.offered_load(result.names[0]) < 1


@pytest.mark.parametrize("name", NAMES)
def test_every_value_that_is_set_is_graded(name):
    ungraded = [v.path for v in tb.preset(name).values() if not (v.is_default or v.grade)]
    assert ungraded == []


@pytest.mark.parametrize("name", [n for n in NAMES if not n.startswith("textbook/")])
def test_a_service_states_every_number_of_its_regime(name):
    """Neutral values, too: a mechanism that is off is an assumption."""
    silent = [
        v.path
        for v in tb.preset(name).values()
        if v.path.startswith(("regime.", "errors.", "duty.", "absence.", "planning."))
        and v.text
        and not v.grade
    ]
    assert silent == []


@pytest.mark.parametrize("name", NAMES)
def test_evidence_exists_and_carries_its_grade(name, rows):
    allowed = {"measured": {"read"}, "estimated": {"read", "derived"}}
    for v in tb.preset(name).values():
        cited = v.evidence.split()
        assert set(cited) <= set(rows), v.path
        if v.grade in allowed:
            assert cited, v.path
            assert {rows[row] for row in cited} <= allowed[v.grade], v.path


@pytest.mark.parametrize("name", NAMES)
def test_a_value_lies_in_its_range_and_in_its_bounds(name):
    for v in tb.preset(name).values():
        if v.has_range and not isinstance(v.value, str):
            assert v.low <= v.range_low <= v.value <= v.range_high <= v.high, v.path


def test_the_regimes_differ_in_the_printed_list_only(npm, trust):
    found = {c.path: (c.baseline, c.alternative) for c in npm.diff(trust)}
    assert found == DIFFERENCES


def both(service):
    return tb.preset(f"{service}/npm"), tb.preset(f"{service}/trust")


def test_every_service_has_both_regimes():
    assert sorted({n.split("/")[0] for n in NAMES} - {"textbook"}) == REGIMES
    assert {f"{service}/npm" for service in REGIMES} <= set(NAMES)


@pytest.mark.parametrize("service", REGIMES)
def test_what_differs_is_graded_and_has_a_range(service):
    npm, trust = both(service)
    differs = npm.diff(trust)
    assert differs
    for change in differs:
        sides = [s.value(change.path) for s in (npm, trust) if change.path in set(s)]
        for value in sides[-1:]:
            assert value.grade, change.path
            ranged = value.has_range or value.kind not in ("real", "count")
            assert ranged or value.grade != "assumed", change.path


@pytest.mark.parametrize("service", REGIMES)
def test_what_differs_is_printed(service):
    """On the page of the presets and on that of the service."""
    npm, trust = both(service)
    paths = [change.path for change in npm.diff(trust)]
    page = (ROOT / "docs/presets.md").read_text(encoding="utf-8")
    part = page.partition(f"## In what {service}/trust differs")[2].partition("\n## ")[0]
    own = (ROOT / f"docs/services/{service}.md").read_text(encoding="utf-8")
    own = own.partition("\n## The two regimes")[2].partition("What comes of it")[0]
    for text in (part, own):
        printed = [x.split("`")[1] for x in text.splitlines() if x.startswith("| `")]
        if text is own:
            printed = [path for path in printed if "/" not in path]
        assert printed == paths, "run ./dev docs"


@pytest.mark.parametrize("service", REGIMES)
def test_the_file_of_trust_gives_what_differs_and_ranges_of_its_own(service):
    """What is not in that file is the same, source and all."""
    npm, trust = both(service)
    with open(PRESETS / service / "trust.toml", "rb") as f:
        table = tomllib.load(f)
    assert table["extends"] == f"{service}/npm"
    given = set(paths_of({k: v for k, v in table.items() if isinstance(v, dict)}))
    given = {path for path in given if not path.startswith("source")}
    old = {v.path: str(v) for v in npm.values()}
    changed = {v.path for v in trust.values() if str(v) != old.get(v.path)}
    assert all(any(below(path, top) for top in given) for path in changed)
    assert all(any(below(path, top) for path in changed) for top in given)


def below(path, top):
    return path == top or path.startswith(top + ".")


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_says_nothing_that_looks_like_a_slip(name):
    """Neutral numbers may be stated; what acts in the other regime may rest in one."""
    scenario = tb.preset(name)
    service = name.split("/")[0]
    differ = set()
    if service in REGIMES:
        differ = {change.path for change in both(service)[0].diff(both(service)[1])}
    slips = [
        a.path
        for a in scenario.advice()
        if not a.message.startswith(IDLE)
        and a.path not in differ
        and a.path not in ON_PURPOSE.get(name, ())
    ]
    assert slips == []


@pytest.mark.parametrize("service", REGIMES)
def test_what_differs_acts_in_one_of_both(service):
    assert idle_differences(*both(service)) == []


def test_a_line_of_the_list_fits_a_terminal(capsys, monkeypatch):
    """`tidsbruk presets` at 80 columns: a line each."""
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["presets"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["preset", *NAMES]
    assert all(title in " ".join(lines) for title in tb.presets().values())
    assert main(["presets", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [p["name"] for p in told] == NAMES
    assert all(p["title"] == tb.presets()[p["name"]] for p in told)


def is_leaf(table):
    """A value with its source; an obligation has a member of that name, too."""
    return "value" in table and not isinstance(table["value"], dict)


def paths_of(table, prefix=""):
    for key, value in table.items():
        if isinstance(value, dict) and not is_leaf(value):
            yield from paths_of(value, f"{prefix}{key}.")
        else:
            yield prefix + key


def test_effects_of_teams_are_assumptions_of_trust_alone(npm, trust):
    where = {}
    for a in assumed(npm, trust):
        where.setdefault(a.path, []).append(a.where)
    assert where["regime.teams.peer_support"] == ["alternative"]
    assert where["regime.grants.binding"] == ["alternative", "both"]
    assert where["regime.grants.fill"] == ["both"]


def test_what_discretion_does_is_neutral_and_its_range_is_that_of_trust(npm, trust):
    """Law 6: a conjecture is off unless that would make something free."""
    for path in ("regime.discretion.autonomy", "regime.discretion.time_cost"):
        assert npm[path] == trust[path] == 0
    autonomy = trust.value("regime.discretion.autonomy")
    assert (autonomy.range_low, autonomy.range_high) == (0, 0.9)
    where = {a.where for a in assumed(npm, trust) if a.path == autonomy.path}
    assert "alternative" in where


def test_open_signs_have_ranges_on_both_sides(trust):
    for path in (
        "regime.discretion.time_cost",
        "regime.discretion.error_effect",
        "regime.teams.peer_support",
        "regime.wellbeing.autonomy_on_absence",
        "regime.wellbeing.meetings_on_absence",
    ):
        value = trust.value(path)
        assert value.value == 0
        assert value.range_low == -value.range_high < 0


def test_what_would_be_free_is_on_and_may_be_nothing(npm):
    """A record that tells nothing could be dropped at no loss; so could a control."""
    for path in (
        "obligations.journal.value",
        "regime.control.detection",
        "regime.control.record_review",
    ):
        value = npm.value(path)
        assert value.value > value.range_low == 0


# Nobody takes over a day at school, so that a report tells nobody there: see its page.
TOLD_TO_NOBODY = {"school": {"quality_report"}}


def told_by(scenario, duty):
    """What a record tells a colleague, and how likely somebody asks for it."""
    return scenario[f"{duty}.value"] * scenario[f"{duty}.read_probability"]


@pytest.mark.parametrize("service", REGIMES)
def test_what_trust_cuts_told_somebody_something(service):
    """Nothing is free: a record that is cut was read, or control looked at it.

    Who halves the minutes writes half as much, and then it tells less.
    """
    npm, trust = both(service)
    cut = {
        c.path.split(".")[1]
        for c in npm.diff(trust)
        if c.path.startswith("obligations.")
        and c.path.endswith((".probability", ".minutes.mean"))
        and npm[c.path] > trust[c.path]
    } - TOLD_TO_NOBODY.get(service, set())
    assert cut
    for name in sorted(cut):
        duty = f"obligations.{name}"
        seen = npm[f"{duty}.audited"] != "nothing"
        assert seen or told_by(npm, duty) > 0, duty
        if npm[f"{duty}.probability"] == trust[f"{duty}.probability"]:
            assert told_by(trust, duty) < told_by(npm, duty), duty


def test_the_district_is_consistent(npm):
    """Figures that are known, held against what comes out; none is a verdict."""
    result = tb.run(npm, replications=40)
    name = result.names[0]

    def of(outcome):
        return result.estimate(name, outcome).mean

    assert of("citizen.visits") == pytest.approx(1490, rel=0.03)
    granted = of("citizen.delivered_hours") / of("citizen.delivered_share")
    assert granted / 250 == pytest.approx(2.9, rel=0.03)
    assert 0.7 < of("citizen.delivered_share") < 0.9  # E113, E119
    assert of("citizen.missed_share") < 0.02
    assert of("citizen.late_share") < 0.1
    assert 1.04 < of("staff.legs_per_visit") < 1.16  # E101, E102
    assert of("staff.absence_share") == pytest.approx(0.117, abs=0.005)  # E232
    assert 9 <= round(of("staff.visits_per_shift")) <= 12  # E260
    share = of("time.records_share") * 450
    assert 43 <= share <= 50  # E130, E136: minutes a shift
    assert of("time.direct_share") < 0.5  # E098


def test_one_obligation_changes_one_obligation(npm):
    changed = tb.load(ROOT / "examples" / "one_obligation.toml")
    (change,) = npm.diff(changed)
    assert re.fullmatch(r"obligations\.\w+\.detail", change.path)


def test_the_textbook_queue_is_what_its_note_says():
    """Erlang's C formula for 4 servers at 18 calls an hour of 10 minutes."""
    result = tb.run(tb.preset("textbook/mmc"), replications=40)
    wait = result.estimate(result.names[0], "citizen.wait.contact")
    assert abs(wait.mean - 5.0943) < 4.5 * wait.standard_error


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_a_preset_is_the_preset(name, tmp_path):
    """TOML means the same to the build and to the package, source and all."""
    text = (PRESETS / f"{name}.toml").read_text(encoding="utf-8")
    (tmp_path / "file.toml").write_text(text, encoding="utf-8")
    loaded = tb.load(tmp_path / "file.toml")
    assert list(map(str, loaded.values())) == list(map(str, tb.preset(name).values()))
    assert loaded.title == tb.preset(name).title
