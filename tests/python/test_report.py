"""The page for those who decide: its data, sentences, charts and HTML."""

import itertools
import json
import math
import re
from array import array
from html.parser import HTMLParser
from typing import ClassVar
from xml.etree import ElementTree

import pytest
import tidsbruk as tb
from tidsbruk import report
from tidsbruk.assumptions import vary
from tidsbruk.cli import main
from tidsbruk.compare import Comparison
from tidsbruk.report import charts, page, words
from tidsbruk.report.data import page_data
from tidsbruk.report.ledger import CATEGORIES
from tidsbruk.report.tuesday import tuesday


def assumed(value, low, high, **more):
    return {"value": value, "grade": "assumed", "low": low, "high": high, **more}


BASE = {
    "horizon": {"weeks": 3, "warmup_weeks": 2},
    "staff": {"carers": {"role": "carer", "count": 8}},
    "shifts": {
        "day": {
            "starts": 450,
            "minutes": 450,
            "weekdays": 4,
            "saturdays": 2,
            "sundays": 2,
        },
        "late": {
            "starts": 900,
            "minutes": 450,
            "weekdays": 1,
            "saturdays": 1,
            "sundays": 1,
        },
    },
    "duty": {
        "break_minutes": 30,
        "handover_minutes": assumed(12, 5, 20),
        "administration_minutes": {"value": 20, "grade": "estimated", "evidence": "E097"},
        "development_from_minutes": 20,
    },
    "absence": {"days_between": 60, "spell_days": 5, "fill": 0.7, "temp_pace": 1.2},
    "travel": {"kind": "law", "leg": {"kind": "lognormal", "mean": 6, "cv": 0.5}},
    "errors": {
        "per_visit": 0.004,
        "misuse_per_visit": assumed(0.003, 0, 0.006),
        "found_by_chance": 0.2,
    },
    "clients": {
        "home": {
            "count": 45,
            "granted_hours": {"kind": "lognormal", "median": 1.2, "cv": 1.2},
            "need_variation": {"kind": "lognormal", "mean": 1, "cv": 0.4},
        }
    },
    "windows": {
        "morning": {"opens": 450, "closes": 720},
        "evening": {"opens": 930, "closes": 1230, "order": 2},
    },
    "obligations": {
        "visit_registration": {
            "in_presence": True,
            "minutes": {"kind": "gamma", "mean": assumed(0.75, 0.25, 1.5), "cv": 0.5},
            "audited": "both",
        },
        "journal": {
            "probability": {"value": 0.45, "grade": "measured", "evidence": "E137"},
            "minutes": 4,
            "timing": "when_idle",
            "imposed_by": "law",
            "citation": "Act 1, section 2",
        },
    },
    "regime": {
        "grants": {
            "granularity": "minutes",
            "binding": assumed(0.6, 0.3, 1),
            "fill": assumed(0.5, 0, 1, note="nobody <knows> it"),
        },
        "control": {"record_review": assumed(0.2, 0.1, 0.5)},
    },
}
PLAN = {"replications": 12, "seed": 5}


@pytest.fixture(scope="module")
def pair():
    rules = tb.Scenario(BASE, title="A district by rules")
    trust = rules.replace(
        {
            "regime.grants.binding": assumed(0.3, 0, 0.6),
            "regime.discretion": {
                "autonomy": assumed(0.6, 0.3, 1),
                "time_cost": assumed(0.05, -0.4, 0.4),
                "redistribution": 0.5,
            },
            "regime.teams.meeting_minutes": assumed(15, 10, 30),
            "obligations": {
                "weekly_plan": {"trigger": "week", "minutes": 6, "imposed_by": "unit"}
            },
        },
        remove=["obligations.visit_registration"],
        title="A district by trust",
    )
    return {"Rules": rules, "Trust": trust}


def compared(pair, **plan):
    """A comparison whose assumptions are tried in all of its worlds."""
    result = tb.run(pair, **PLAN, **plan)
    tried = vary(result, *pair, replications=PLAN["replications"])
    return result.compare(assumptions=tried)


@pytest.fixture(scope="module")
def comparison(pair):
    return compared(pair)


@pytest.fixture(scope="module")
def file(comparison, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "page.html"
    report.write(comparison, path)
    return path


@pytest.fixture(scope="module")
def data(file):
    return report.read(file)


def plain(value):
    """As JSON gives it back."""
    return json.loads(json.dumps(value, allow_nan=False))


# What the page holds --------------------------------------------------------------------


def test_the_data_in_the_page_are_those_computed_again(pair, data):
    assert data == plain(page_data(compared(pair, threads=1)))


def test_a_page_is_its_data_and_nothing_else(file, data):
    assert page.render(data) == file.read_text()


def ratio(result, name, outcome):
    parts = (
        memoryview(result.column(name, outcome, part))
        for part in ("numerator", "denominator")
    )
    return math.fsum(next(parts)) / math.fsum(next(parts))


def test_headlines_from_the_columns(comparison, data):
    scales = {"direct": 450, "unmet": 100, "harm": 1}
    assert [h["key"] for h in data["headlines"]] == list(scales)
    duty = ratio(comparison.result, "Rules", "time.duty_hours")
    scales["direct"] /= duty
    for h in data["headlines"]:
        both = [
            ratio(comparison.result, n, h["counted"]) * scales[h["key"]]
            for n in ("Rules", "Trust")
        ]
        assert [h["shown"]["baseline"], h["shown"]["alternative"]] == pytest.approx(both)
        assert h["shown"]["difference"] == pytest.approx(both[1] - both[0])
        assert (
            h["shown"]["assumption_low"]
            <= h["shown"]["difference"]
            <= h["shown"]["assumption_high"]
        )


def test_other_measures_of_the_headlines(comparison, data):
    direct, unmet, harm = (h["also"] for h in data["headlines"])
    result, weeks = comparison.result, 3 * PLAN["replications"]
    duty = math.fsum(memoryview(result.column("Rules", "time.duty_minutes", "numerator")))
    assert direct["points"][0] * 4.5 == pytest.approx(
        data["headlines"][0]["shown"]["baseline"]
    )
    for i, name in enumerate(("Rules", "Trust")):
        total = {
            o: math.fsum(memoryview(result.column(name, o, "numerator")))
            for o in ("time.direct_share", "citizen.unmet_share")
        }
        hours = total["time.direct_share"] / 3_600_000 / weeks
        assert direct["hours_per_week"][i] == pytest.approx(hours)
        assert direct["full_time_equivalents"][i] == pytest.approx(hours / 37.5)
        split = direct["needed_minutes_per_day"][i] + direct["surplus_minutes_per_day"][i]
        assert split == pytest.approx(
            data["headlines"][0]["shown"][("baseline", "alternative")[i]]
        )
        minutes = total["citizen.unmet_share"] / 60_000
        assert unmet["minutes_per_day"][i] == pytest.approx(450 * minutes / duty)
        cases = ratio(result, name, "control.undetected_harm") / 1000
        visits = math.fsum(
            memoryview(result.column(name, "control.errors", "denominator"))
        )
        assert harm["cases_per_week"][i] == pytest.approx(cases * visits / weeks)


def test_what_else_changes_from_the_columns(comparison, data):
    scales = {"persons": 1, "hours a week, whole unit": 1, "mean at the ends of weeks": 1}
    assert [o["name"].partition(".")[2] for o in data["what_else"]] == [
        "late_share", "missed_share", "carers_14d_daily", "overtime_hours", "strain",
        "absence_share", "overrun_share",
    ]  # fmt: skip
    for o in data["what_else"]:
        scale = scales.get(o["unit"], 100)
        row = comparison[o["name"]]
        assert o["difference"] == pytest.approx(scale * row.difference.mean)
        for side, name in (("baseline", "Rules"), ("alternative", "Trust")):
            try:
                wanted = scale * ratio(comparison.result, name, o["name"])
            except ZeroDivisionError:
                continue
            assert o[side] == pytest.approx(wanted)


def test_a_day_has_450_minutes(data):
    for side in ("baseline", "alternative"):
        assert math.fsum(row[side] for row in data["day"]) == pytest.approx(450)


def test_obligations_from_the_columns(comparison, data):
    rows = {o["name"]: o for o in data["obligations"]}
    assert set(rows) == {"visit_registration", "journal", "weekly_plan"}
    most = [max(o["baseline"], o["alternative"]) for o in data["obligations"]]
    assert most == sorted(most, reverse=True)
    for name, row in rows.items():
        for side, scenario in (("baseline", "Rules"), ("alternative", "Trust")):
            outcome = f"time.obligation.{name}"
            assert row[side] == pytest.approx(ratio(comparison.result, scenario, outcome))
    assert rows["journal"]["imposed_by"] == ["law"]
    assert rows["journal"]["citation"] == ["Act 1, section 2"]
    assert not rows["weekly_plan"]["in_baseline"]
    assert not rows["visit_registration"]["in_alternative"]


def test_tuesday_is_a_shift_of_the_log(pair, data):
    day = data["tuesday"]
    midnight = ((day["week"] - 1) * 7 + 1) * 24 * 60
    for side, name in (("baseline", "Rules"), ("alternative", "Trust")):
        log = tb.trace(pair[name], seed=PLAN["seed"])
        columns = {c: memoryview(v).tolist() for c, v in log.columns.items()}
        worker = log.names["worker"].index(day["worker"])
        duty = [
            (start / 60_000 - midnight, end / 60_000 - midnight)
            for start, end, w, a, temp in zip(
                *(columns[c] for c in ("start", "end", "worker", "activity", "temp")),
                strict=True,
            )
            if w == worker and log.names["activity"][a] == "duty" and not temp
        ]
        pieces = day[side]
        assert (pieces[0]["start"], pieces[-1]["end"]) in [pytest.approx(d) for d in duty]
        assert 0 <= pieces[0]["start"] < 24 * 60
        for before, after in itertools.pairwise(pieces):
            assert before["end"] == after["start"]
        assert {p["category"] for p in pieces} <= {c.key for c in CATEGORIES}
    assert day["baseline"][0]["start"] == day["alternative"][0]["start"]


def test_categories_are_those_of_the_log(pair):
    names = tb.trace(pair["Rules"], seed=PLAN["seed"]).names["activity"]
    assert names == [*(c.key for c in CATEGORIES), "duty"]


class PlantedLog:
    """A log of one row of care a shift: worker, week, day, hours from and to, temp."""

    names: ClassVar = {
        "worker": ["a/1", "a/2"],
        "activity": ["care_needed", "travel", "duty"],
        "obligation": [],
    }

    def __init__(self, *shifts, travel=0):
        rows = []
        for worker, week, day, first, last, temp in shifts:
            midnight = (week * 7 + day) * 24
            start, end = ((midnight + hour) * 3_600_000 for hour in (first, last))
            rows += [
                (start, end, worker, 2, temp),
                (start, end - travel, worker, 0, temp),
            ]
            rows += [(end - travel, end, worker, 1, temp)] * bool(travel)
        parts = zip(*rows, strict=True)
        kinds = {"start": "q", "end": "q", "worker": "i", "activity": "i", "temp": "i"}
        self.columns = {
            name: array(kind, part)
            for (name, kind), part in zip(kinds.items(), parts, strict=True)
        }
        nothing = array("i", [-1] * len(rows))
        self.columns |= {"client": nothing, "obligation": nothing}


AVERAGE = {c.key: 450.0 if c.key == "care_needed" else 0.0 for c in CATEGORIES}


def test_the_tuesday_is_one_that_both_have():
    fine = (1, 2, 1, 8, 15, 0)
    mine = [
        (0, 0, 0, 8, 15, 0),  # a Monday
        (0, 1, 1, 8, 15, 1),  # a temp
        (0, -1, 1, 8, 15, 0),  # the warm-up
        (1, 0, 1, 8, 15, 0),  # not under the other
        fine,
    ]
    other = [*mine[:3], (1, 0, 1, 9, 15, 0), fine]
    found = tuesday(PlantedLog(*mine), PlantedLog(*other), (AVERAGE, AVERAGE))
    assert (found["worker"], found["week"], found["candidates"]) == ("a/2", 3, 1)
    piece = {"start": 480, "end": 900, "category": "care_needed"}
    assert found["baseline"] == [{**piece, "client": None, "obligation": None}]
    assert (
        tuesday(PlantedLog(*mine[:4]), PlantedLog(*other[:4]), (AVERAGE, AVERAGE)) is None
    )


def test_the_tuesday_is_the_most_ordinary():
    shifts = [(0, 0, 1, 8, 15, 0), (1, 0, 1, 8, 16, 0)]
    log = PlantedLog(*shifts, travel=3_600_000)
    usual = AVERAGE | {"care_needed": 450 * 7 / 8, "travel": 450 / 8}
    assert tuesday(log, log, (usual, usual))["worker"] == "a/2"
    usual = AVERAGE | {"care_needed": 450 * 6 / 7, "travel": 450 / 7}
    assert tuesday(log, log, (usual, usual))["worker"] == "a/1"


def test_settings_that_differ(data):
    rows = {s["path"]: s for s in data["settings_that_differ"]}
    assert rows["obligations.visit_registration"]["whole"]
    assert rows["regime.grants.binding"]["baseline"] == 0.6
    assert rows["regime.grants.binding"]["alternative_grade"] == ["assumed"]
    assert rows["regime.discretion.redistribution"]["alternative_grade"] == []
    assert len(rows) == len(data["settings_that_differ"]) == 7


def test_values_are_counted_by_grade(pair, data):
    for side, name in (("baseline", "Rules"), ("alternative", "Trust")):
        counts = data[side]["grades"]
        assert counts["measured"] == 1
        assert counts["estimated"] == 1
        assert sum(counts.values()) == sum(not v.is_default for v in pair[name].values())
    assert set(data["conjectures"]) == {"grants", "control", "discretion", "teams"}


def test_both_scenarios_stand_in_the_page(pair, data):
    for side, name in (("baseline", "Rules"), ("alternative", "Trust")):
        assert tb.Scenario(data[side]["scenario"]) == pair[name]


def test_assumptions_are_sorted_by_what_they_move(data):
    first = data["headlines"][0]
    spans = []
    for e in data["assumptions"]["effects"]:
        ends = [end for end in e["headlines"][first["name"]] if end is not None]
        central = first["shown"]["difference"] / first["scale"]
        spans.append(max([*ends, central]) - min([*ends, central]))
    assert spans == sorted(spans, reverse=True)
    assert data["assumptions"]["tried"] == len(spans) > 5


def test_what_flips_a_sign_flips_it(pair, data):
    flips = [f for h in data["headlines"] for f in h["flips"]]
    assert flips, "the district is made so that an assumption flips something"
    f = flips[0]
    (h,) = (h for h in data["headlines"] if f in h["flips"])
    sides = {"baseline": ["Rules"], "alternative": ["Trust"], "both": ["Rules", "Trust"]}
    changed = {
        name: s.replace({f["path"]: f["end"]}) if name in sides[f["where"]] else s
        for name, s in pair.items()
    }
    there = tb.run(changed, **PLAN).difference("Rules", "Trust", h["counted"]).mean
    assert there == pytest.approx(f["there"])
    assert there * h["shown"]["difference"] <= 0
    assert min(f["value"], f["end"]) <= f["at"] <= max(f["value"], f["end"])
    assert h["verdict"] in ("depends", "none")


# Sentences ------------------------------------------------------------------------------


def planted(name, difference, low, high, ends=None):
    """A headline as the data have it."""
    h = words.HEADLINES[name]
    better = 1 if h.key == "direct" else -1
    shown = {
        "difference": difference,
        "low": low,
        "high": high,
        "assumption_low": ends[0] if ends else None,
        "assumption_high": ends[1] if ends else None,
        "digits": 1,
    }
    verdict = words.verdict(low, high, ends, better)
    return {"name": name, "low": low, "high": high, "verdict": verdict, "shown": shown}


DIRECT, UNMET, HOURS, HARM = words.HEADLINES


@pytest.mark.parametrize(
    ("name", "numbers", "verdict", "says"),
    [
        (DIRECT, (12.3, 11, 13, (2, 20)), "better", "brings 12.3 more minutes of direct"),
        (DIRECT, (-12.3, -13, -11, (-20, -2)), "worse", "brings 12.3 fewer minutes of"),
        (DIRECT, (12.3, 11, 13), "better", "brings 12.3 more minutes of direct care"),
        (UNMET, (-3, -4, -2, (-9, -1)), "better", "leaves 3.0 percentage points less"),
        (UNMET, (3, 2, 4, (1, 9)), "worse", "leaves 3.0 percentage points more of"),
        (
            HOURS,
            (-3, -4, -2),
            "better",
            "leaves 3.0 fewer hours a week of citizens’ need",
        ),
        (HOURS, (3, 2, 4, (1, 9)), "worse", "leaves 3.0 more hours a week of"),
        (HARM, (-1, -2, -0.5), "better", "lets 1.0 fewer cases of harm"),
        (HARM, (1, 0.5, 2), "worse", "lets 1.0 more cases of harm"),
        (
            DIRECT,
            (0.3, -1, 1.6, (-0.5, 1)),
            "none",
            "makes no clear difference to direct",
        ),
        (UNMET, (0.3, -1, 1.6), "none", "makes no clear difference to unmet need"),
        (HARM, (0, 0, 0, (0, 0)), "none", "makes no clear difference to undetected"),
        (DIRECT, (12.3, 11, 13, (-2, 20)), "depends", "brings 12.3 more minutes"),
        (UNMET, (-3, -4, -2, (-9, 1)), "depends", "leaves 3.0 percentage points less"),
        (HARM, (1, 0.5, 2, (0, 3)), "depends", "lets 1.0 more cases"),
        (
            DIRECT,
            (0.3, -1, 1.6, (-5, 1)),
            "depends",
            "makes no clear difference to direct care",
        ),
        (DIRECT, (4, None, None), "unknown", "brings 4.0 more minutes"),
    ],
)
def test_sentences_follow_from_the_numbers(name, numbers, verdict, says):
    h = planted(name, *numbers)
    assert h["verdict"] == verdict
    assert says in words.clause(h)
    assert not re.search(r"-\d", words.clause(h) + words.assumed(h))


def test_the_answer_tells_three_sentences():
    heads = [
        planted(DIRECT, 6.9, 6, 8, (-2.4, 24.3)),
        planted(UNMET, -3, -4, -2, (-9, -1)),
        planted(HARM, 0.1, -0.2, 0.4, (0, 0.2)),
    ]
    assert words.answer("A", "B", heads) == (
        "Compared with A, B brings 6.9 more minutes of direct care per 7.5-hour "
        "working day; with other plausible assumptions anything from 2.4 fewer to 24.3 "
        "more. "
        "It leaves 3.0 percentage points less of citizens’ need unmet; with other "
        "plausible assumptions anything from 1.0 to 9.0 less. "
        "It makes no clear difference to undetected harm; with other plausible "
        "assumptions anything from 0.0 to 0.2 more cases per 1,000 visits."
    )


@pytest.mark.parametrize(
    ("ends", "says"),
    [
        ((-24.3, 2.4), "anything from 24.3 fewer to 2.4 more"),
        ((6.9, 6.9), "anything from 6.9 to 6.9 more"),
        ((2.4, 24.3), "anything from 2.4 to 24.3 more"),
        ((-24.3, -2.4), "anything from 2.4 to 24.3 fewer"),
        ((-24.3, 0), "anything from 0.0 to 24.3 fewer"),
        ((-24.3, 0.01), "anything from 0.0 to 24.3 fewer"),
        ((-0.01, 24.3), "anything from 0.0 to 24.3 more"),
        ((-0.01, 0.01), "assumptions the same"),
    ],
)
def test_other_assumptions_in_words(ends, says):
    h = planted(DIRECT, 6.9, 6, 8, ends)
    assert words.assumed(h).endswith(says)
    assert "-" not in words.assumed(h)


def told(difference, half):
    if half is None:
        return {"difference": difference, "low": None, "high": None}
    return {"difference": difference, "low": difference - half, "high": difference + half}


SHARE = "The share of time with citizens "
NOT_CARE = "; care itself did not change clearly."


@pytest.mark.parametrize(
    ("share", "care", "needed", "duty", "says"),
    [
        # share, care, care that meets need, duty: difference and half of the interval
        ((5, 1), (5, 1), (5, 1), (-5, 1), []),
        (
            (5, 1), (1, 2), (1, 2), (-5, 1),
            [SHARE + "rose because time on duty fell" + NOT_CARE],
        ),
        (
            (5, 1), (-1, 2), (-1, 2), (-5, 1),
            [SHARE + "rose because time on duty fell" + NOT_CARE],
        ),
        (
            (-5, 1), (1, 2), (1, 2), (5, 1),
            [SHARE + "fell because time on duty rose" + NOT_CARE],
        ),
        (
            (5, 1), (-4, 1), (-4, 1), (-9, 1),
            [SHARE + "rose because time on duty fell; care itself fell."],
        ),
        (
            (5, 1), (5, 6), (5, 6), (1, 2),
            [SHARE + "rose" + NOT_CARE],
        ),
        ((1, 2), (-1, 2), (-1, 2), (-5, 1), []),
        ((1, None), (-1, None), (1, None), (-5, None), []),
        (
            (5, 1), (5, 1), (-3, 1), (0, 1),
            ["More time with citizens, less of it what need asks for."],
        ),
        (
            (-5, 1), (-5, 1), (3, 1), (0, 1),
            ["Less time with citizens, more of it what need asks for."],
        ),
        (
            (5, 1), (5, 1), (-1, 2), (0, 1),
            ["More time with citizens, but no clear change in what meets need."],
        ),
        (
            (1, 2), (1, 2), (-3, 1), (0, 1),
            ["Of the time with citizens, less is what need asks for."],
        ),
    ],
)  # fmt: skip
def test_a_share_is_not_care(share, care, needed, duty, says):
    assert words.remarks(*(told(*d) for d in (share, care, needed, duty))) == says


@pytest.mark.parametrize(
    ("rate", "cases", "visits", "says"),
    [
        ((2, 1), (2, 1), (-2, 1), []),
        ((1, 2), (1, 2), (-2, 1), []),
        (
            (2, 1), (1, 2), (-2, 1),
            ["Undetected harm per 1,000 visits rose because the number of visits fell; "
             "the number of cases did not change clearly."],
        ),
        (
            (2, 1), (-2, 1), (1, 2),
            ["Undetected harm per 1,000 visits rose; cases of harm fell."],
        ),
    ],
)  # fmt: skip
def test_a_rate_of_harm_is_not_its_cases(rate, cases, visits, says):
    assert words.harm_remarks(*(told(*d) for d in (rate, cases, visits))) == says


def test_less_time_on_duty_is_no_gain(comparison, tmp_path, monkeypatch):
    """The page of a comparison in which time on duty falls, and nothing else moves."""
    planted_rows = {
        "time.direct_share": (0.5, 0.52, 0.01),
        "time.direct_hours": (720, 721, 5),
        "time.direct_needed_hours": (700, 690, 5),
        "time.duty_hours": (1440, 1382, 20),
    }
    c = Comparison(comparison.result, "Rules", "Trust")
    for name, (baseline, alternative, half) in planted_rows.items():
        mean = alternative - baseline
        interval = c[name].difference._replace(
            mean=mean, low=mean - half, high=mean + half
        )
        c._rows[name] = c[name]._replace(
            baseline=baseline, alternative=alternative, difference=interval
        )
    monkeypatch.setattr(
        "tidsbruk.report.headlines._jointly", lambda c, outcome: c[outcome]
    )
    report.write(c, tmp_path / "p.html")
    h = report.read(tmp_path / "p.html")["headlines"][0]
    assert h["verdict"] == "none"
    assert h["shown"]["baseline"] == pytest.approx(225)
    assert h["shown"]["difference"] == pytest.approx(450 / 1440)
    p = parsed(tmp_path / "p.html")
    assert (
        "Trust makes no clear difference to direct care. The share of time with citizens "
        "rose because time on duty fell; care itself did not change clearly."
    ) in p.words
    assert p.words.count("rose because time on duty fell") >= 2
    assert p.words.count("with citizens, less is what need asks for") >= 2


def test_sentences_take_no_side(comparison):
    """Swapping the two scenarios swaps the words, and nothing else."""
    other = Comparison(comparison.result, "Trust", "Rules")
    mine = page_data(Comparison(comparison.result, "Rules", "Trust"))
    its = page_data(other)
    swap = {"better": "worse", "worse": "better"}
    words_of = {"more": "fewer", "fewer": "more", "less": "more"}
    for a, b in zip(mine["headlines"], its["headlines"], strict=True):
        assert b["verdict"] == swap.get(a["verdict"], a["verdict"])
        # Minutes are told per working day of the baseline, which is another one now.
        b["shown"] = {k: b["shown"][k] for k in b["shown"]} | {
            "digits": a["shown"]["digits"],
            "difference": -a["shown"]["difference"],
        }
        told = words.clause(a).split()
        for x, y in zip(told, words.clause(b).split(), strict=True):
            assert x == y or words_of[x] == y or words_of[y] == x


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1234.5, 1, "1,234.5"),
        (-0.04, 1, "0.0"),
        (-1.25, 2, "−1.25"),
        (0, None, "0"),
        (None, 1, "–"),
        (math.inf, 1, "–"),
        (0.01234, None, "0.012"),
        (123.4, None, "123"),
    ],
)
def test_numbers(value, digits, text):
    assert words.number(value, digits) == text


def test_signed_numbers():
    assert [words.signed(v, 1) for v in (1.26, 0.04, 0, -0.04, -3)] == [
        "+1.3", "0.0", "0.0", "0.0", "−3.0",
    ]  # fmt: skip


def test_a_turning_point_is_told_apart_from_the_value():
    assert words.between(0.5004, 0.5) == "0.5004"
    assert words.between(0.887, 0.5) == "0.89"


@pytest.mark.parametrize("seed", range(20))
def test_labels_are_parted(seed):
    from random import Random

    random = Random(seed)
    wanted = sorted(random.uniform(0, 100) for _ in range(random.randint(1, 12)))
    placed = charts.spread(wanted, 8, 0, 100)
    assert all(b - a >= 8 - 1e-9 for a, b in itertools.pairwise(placed))
    assert -1e-9 <= placed[0] <= placed[-1] <= 100 + 1e-9
    assert charts.spread([0, 50, 100], 8, 0, 100) == [0, 50, 100]


# Charts ---------------------------------------------------------------------------------

SVG = "{http://www.w3.org/2000/svg}"


def texts(root):
    return [t.text for t in root.iter(f"{SVG}text")]


def marks(root, kind):
    """Bars, lines or dots of all layers."""
    groups = (
        g for g in root.iter(f"{SVG}g") if f"mark-{kind} role-mark" in g.get("class", "")
    )
    return [mark for g in groups for mark in g]


@pytest.fixture(scope="module")
def drawn(comparison, tmp_path_factory):
    files = report.pictures(comparison, tmp_path_factory.mktemp("pictures") / "new")
    return {f.stem: ElementTree.parse(f).getroot() for f in files}


def test_the_picture_of_a_day(drawn, data):
    n = len(data["day"])
    assert len(marks(drawn["day"], "rect")) == 2 * n
    assert len(marks(drawn["day"], "rule")) == 2 * n
    told = texts(drawn["day"])
    assert len(told) == 3 * n + 3
    for row in data["day"]:
        assert row["label"] in told
        assert words.number(row["baseline"], 1) in told
        assert words.number(row["alternative"], 1) in told
    assert {"Rules", "Trust"} <= set(told)


def test_the_picture_of_the_headlines(drawn, data):
    root = drawn["headlines"]
    assert len(marks(root, "rect")) == 3 * 2 + 2
    assert len(marks(root, "symbol")) == 3
    told = texts(root)
    for h in data["headlines"]:
        change = words.signed(h["shown"]["difference"], h["shown"]["digits"])
        assert any(t.startswith(f"{h['title']}: {change} ") for t in told)
    assert sum("over the assumptions" in t for t in told) == 4


def bars_of(chart):
    """What its rectangles stand for: colour, x, x2, y, y2."""
    spec = chart.to_dict()
    return [
        tuple(row[key] for key in ("colour", "x", "x2", "y", "y2"))
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rect"
        for row in spec["datasets"][layer["data"]["name"]]
    ]


def test_bars_are_as_long_as_their_numbers(data):
    bars = bars_of(charts.day(data, charts.WIDE))
    for side, column in (("baseline", bars[::2]), ("alternative", bars[1::2])):
        assert len({x for _, x, *_ in column}) == 1
        for (*_, y, y2), row in zip(column, data["day"], strict=True):
            assert y2 - y == pytest.approx(row[side])
    assert bars[0][2] < bars[1][1]
    for h in data["headlines"]:
        ends = [b[1:3] for b in bars_of(charts._headline(h, charts.WIDE))]
        shown = h["shown"]
        over = (shown["assumption_low"], shown["assumption_high"])
        assert ends == [over, (shown["low"], shown["high"])]


def test_pictures_stand_on_their_own(drawn):
    for root in drawn.values():
        text = ElementTree.tostring(root, "unicode")
        assert charts.INK in text
        assert charts.PAGE not in text
        assert "var(" not in text


@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_the_charts_of_the_page(data, width):
    timeline = ElementTree.fromstring(charts.svg(charts.tuesday(data, width)))
    pieces = data["tuesday"]["baseline"] + data["tuesday"]["alternative"]
    assert len(marks(timeline, "rect")) == len(pieces)
    tornado = ElementTree.fromstring(charts.svg(charts.assumptions(data, width)))
    drawn = min(charts.STRONGEST, data["assumptions"]["tried"])
    assert len(marks(tornado, "rect")) == 2 * drawn
    assert len(marks(tornado, "rule")) == 2 * drawn


# HTML -----------------------------------------------------------------------------------

VOID = {"meta", "link", "br", "path", "rect", "line", "use", "img", "hr", "input"}


class Page(HTMLParser):
    """Checks that elements are closed and gathers what they point to."""

    def __init__(self):
        super().__init__()
        self.open, self.links, self.ids, self.scripts, self.text = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.links += [
            attrs[k] for k in ("src", "href", "xlink:href", "data") if k in attrs
        ]
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "script":
            self.scripts.append(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open, f"</{tag}> closes nothing"
            assert self.open.pop() == tag

    def handle_data(self, text):
        if not {"script", "style"} & set(self.open):
            self.text.append(text)


def parsed(path):
    p = Page()
    p.feed(path.read_text())
    p.close()
    p.words = re.sub(r"\s+", " ", " ".join(p.text))
    return p


def test_the_page_is_sound_html(file):
    p = parsed(file)
    assert p.open == []
    assert len(p.ids) == len(set(p.ids))
    assert file.read_text().startswith("<!DOCTYPE html>")


def test_the_page_loads_nothing(file):
    p, text = parsed(file), file.read_text()
    assert all(link.startswith(("#", "data:")) for link in p.links)
    assert p.scripts == [{"type": "application/json", "id": "data"}]
    assert not re.search(r"https?://|@import|url\((?!#)", text)


def test_the_page_says_what_its_data_say(file, data):
    p = parsed(file)
    assert data["answer"] in p.words
    for o in data["obligations"]:
        assert o["label"] in p.words
    for e in data["assumptions"]["effects"]:
        assert e["path"] in p.words
    for s in data["settings_that_differ"]:
        assert s["path"] in p.words
    for h in data["headlines"]:
        assert words.VERDICTS[h["verdict"]] in p.words
        assert h["definition"] in p.words
    for side in ("baseline", "alternative"):
        assert data[side]["scenario_hash"] in p.words
    assert data["run"]["command"] in p.words
    assert "standing" in p.words
    assert "more is asked" not in p.words.lower()
    assert "the plan may send this worker to others" in p.words
    assert "time in longer gaps between visits" in p.words
    assert "errors and misuse that nobody found" in p.words
    assert "What else changes" in p.words
    for o in data["what_else"]:
        assert o["label"] in p.words
        assert words.span(o["low"], o["high"], o["digits"]) in p.words


def test_what_a_scenario_says_is_escaped(file, pair):
    assert "<knows>" not in file.read_text()
    assert "nobody <knows> it" in parsed(file).words
    evil = pair["Rules"].replace(title="</script><b>&")
    result = tb.run({"A<i>": evil, "B": pair["Trust"]}, replications=2)
    page_file = file.with_name("evil.html")
    report.write(result, page_file)
    assert parsed(page_file).open == []
    assert "<b>" not in page_file.read_text()
    assert "<i>" not in page_file.read_text().replace("<i style", "")
    assert report.read(page_file)["baseline"]["title"] == "</script><b>&"


# Other comparisons ----------------------------------------------------------------------


def test_without_assumptions_the_page_says_so(comparison, tmp_path):
    path = tmp_path / "p.html"
    comparison.result.report(path)
    p = parsed(path)
    assert report.read(path)["assumptions"] is None
    assert "Over the assumptions: not tried" in p.words
    assert "was not tried" in p.words
    report.write(comparison.result, path, assumptions=comparison.assumptions)
    assert report.read(path) == plain(page_data(comparison))


def test_one_replication_has_no_interval(pair, tmp_path):
    tb.run(pair, replications=1).report(tmp_path / "p.html")
    assert "no interval from one replication" in parsed(tmp_path / "p.html").words
    assert {h["verdict"] for h in report.read(tmp_path / "p.html")["headlines"]} == {
        "unknown"
    }


def test_overload_is_told(pair, tmp_path):
    more = {name: s.replace({"clients.home.count": 400}) for name, s in pair.items()}
    tb.run(more, replications=2).report(tmp_path / "p.html")
    p = parsed(tmp_path / "p.html")
    assert (
        "More is asked than time on duty allows; what does not fit is missed or late, "
        "and queues of calls grow: this holds for these 3 weeks only."
    ) in p.words
    assert "piles up" not in p.words


def test_a_unit_without_visits_shifts_or_obligations(tmp_path):
    four = tb.preset("textbook/mmc").replace({"horizon.weeks": 1})
    five = four.replace({"staff.server.count": 5})
    tb.run({"four": four, "five": five}, replications=2).report(tmp_path / "p.html")
    d = report.read(tmp_path / "p.html")
    assert d["tuesday"] is None
    assert d["obligations"] == []
    assert [d[side]["workers"] for side in ("baseline", "alternative")] == [4, 5]
    p = parsed(tmp_path / "p.html")
    assert "No worker begins a shift" in p.words
    assert "(5 under five)" in p.words
    assert "Neither regime imposes one." in p.words


def test_equal_scenarios_make_no_difference(pair, tmp_path):
    tb.run({"A": pair["Rules"], "B": pair["Rules"]}, replications=3).report(
        tmp_path / "p.html"
    )
    d = report.read(tmp_path / "p.html")
    assert {h["verdict"] for h in d["headlines"]} == {"none"}
    assert d["settings_that_differ"] == []
    assert d["tuesday"]["baseline"] == d["tuesday"]["alternative"]


def test_the_command_makes_the_page_again(data, file, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for side in ("baseline", "alternative"):
        (tmp_path / f"{side}.json").write_text(json.dumps(data[side]["scenario"]))
    program, *arguments = data["run"]["command"].split()
    assert program == "tidsbruk"
    assert main(arguments) == 0
    assert capsys.readouterr().out == "page.html\n"
    again = report.read("page.html")
    assert (again["baseline"]["label"], again["alternative"]["label"]) == (
        "Baseline",
        "Alternative",
    )
    for key in ("headlines", "day", "obligations", "tuesday", "assumptions", "run"):
        assert again[key] == data[key]


def test_presets_have_short_names_and_a_command(npm, trust, tmp_path):
    named = {"home_care/npm": npm, "home_care/trust": trust}
    tb.run(named, replications=2, weeks=1, warmup=0, seed=9).report(tmp_path / "p.html")
    d = report.read(tmp_path / "p.html")
    assert d["title"] == "Trust compared with NPM"
    assert d["run"]["command"] == (
        "tidsbruk report home_care/npm home_care/trust --replications 2 --weeks 1 "
        "--warmup 0 --seed 9 -o page.html"
    )
    assert parsed(tmp_path / "p.html").open == []


def test_read_refuses_another_file(tmp_path):
    (tmp_path / "x.html").write_text("<html></html>")
    with pytest.raises(tb.Error):
        report.read(tmp_path / "x.html")


def test_when_a_duty_is_met_is_said_in_english(tmp_path):
    named = {name: tb.preset(f"home_care/{name}") for name in ("npm", "trust")}
    result = tb.run(named, replications=2, weeks=1, warmup=0)
    report.write(result.compare("npm", "trust"), tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    said = set(re.findall(r"<small>((?:at )?each [a-z ]+)</small>", page))
    assert {"each week", "each month", "at each visit", "at each shift"} <= said
    assert not {"at each week", "at each month"} & said
