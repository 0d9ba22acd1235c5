"""Money and full-time equivalents: recomputed from the log, and as they are told."""

import json
import math
from collections import defaultdict

import pytest
import tidsbruk as tb
from tidsbruk import show
from tidsbruk.report.data import page_data
from tidsbruk.report.page import render

WAGES = {"nurse": 320.0, "helper": 250.0}
UNIT = {
    "horizon": {"weeks": 4, "warmup_weeks": 1},
    "staff": {
        "nurses": {"role": "nurse", "count": 4, "wage": WAGES["nurse"]},
        "helpers": {"role": "helper", "count": 8, "wage": WAGES["helper"]},
    },
    "shifts": {
        "day": {
            "starts": 450,
            "minutes": 450,
            "weekdays": 6,
            "saturdays": 3,
            "sundays": 3,
        }
    },
    "absence": {"days_between": 20, "spell_days": 3, "fill": 0.7},
    "clients": {"old": {"count": 60, "granted_hours": 4, "visit_minutes": 30}},
    "windows": {"morning": {"opens": 480, "closes": 720}},
    "obligations": {
        "note": {"trigger": "visit", "minutes": 3, "imposed_by": "state"},
        "plan": {
            "trigger": "week",
            "per": "client",
            "minutes": 6,
            "role": "nurse",
            "timing": "when_idle",
            "imposed_by": "law",
        },
    },
    "money": {
        "currency": "NOK",
        "price_year": 2024,
        "on_costs": 0.4,
        "overtime_supplement": 0.5,
        "temp_factor": 2,
        "absence_pay": 0.6,
        "overhead": 0.25,
        "full_time_hours": 35.5,
        "full_time_weeks": 45,
    },
}
POST = 35.5 * 45 / 52  # hours a week


@pytest.fixture(scope="module")
def unit():
    return tb.Scenario(UNIT, title="Unit")


@pytest.fixture(scope="module")
def run(unit):
    return tb.run({"unit": unit}, replications=1, seed=5)


@pytest.fixture(scope="module")
def booked(unit):
    """Hours of the measured weeks by role, activity, obligation and whether of temps."""
    hours = defaultdict(float)
    frame = tb.trace(unit, seed=5, replication=0).to_pandas()
    week = 7 * 24 * 3600e3
    for row in frame.to_dict("records"):
        start, end = (min(max(row[k], 0), 4 * week) for k in ("start", "end"))
        if start >= end or row["activity"] == "duty":
            continue
        role = str(row["worker"]).partition("/")[0].removesuffix("s")
        obligation = "" if row["obligation"] is None else str(row["obligation"])
        key = (role, str(row["activity"]), obligation, bool(row["temp"]))
        hours[key] += (end - start) / 3600e3
    return hours


def of(booked, **wanted):
    names = ("role", "activity", "obligation", "temp")
    return sum(
        hours * WAGES[key[0]] * 1.4
        for key, hours in booked.items()
        if all(key[names.index(name)] == value for name, value in wanted.items())
    )


def test_the_log_knows_both_roles_and_temps(booked):
    assert {key[0] for key in booked} == {"nurse", "helper"}
    assert {key[3] for key in booked} == {True, False}


def test_money_is_minutes_times_wages(run, booked):
    def a_week(outcome):
        return run.estimate("unit", outcome).mean

    care = of(booked, activity="care_needed") + of(booked, activity="care_surplus")
    assert a_week("money.direct") == pytest.approx(care / 4)
    assert a_week("money.temps") == pytest.approx(2 * of(booked, temp=True) / 4)
    for name in ("note", "plan"):
        cost = 1.25 * of(booked, obligation=name) / 4
        assert cost > 0
        assert a_week(f"money.obligation.{name}") == pytest.approx(cost)
    records = a_week("money.obligation.note") + a_week("money.obligation.plan")
    assert a_week("money.records") == pytest.approx(records)
    regular = of(booked, temp=False) / 4
    overtime = a_week("money.overtime") / 1.5 * 0.5
    parts = regular + a_week("money.temps") + a_week("money.absence") + overtime
    assert a_week("money.wages") == pytest.approx(parts)


def test_full_time_posts_are_hours_over_those_of_a_post(run, booked):
    duty = sum(booked.values()) / 4
    assert run.estimate("unit", "staff.fte_duty").mean == pytest.approx(duty / POST)
    direct = sum(h for key, h in booked.items() if key[1].startswith("care"))
    assert run.estimate("unit", "staff.fte_direct").mean == pytest.approx(
        direct / 4 / POST
    )
    unmet = run.estimate("unit", "citizen.unmet_hours").mean
    assert run.estimate("unit", "staff.fte_unmet").mean == pytest.approx(unmet / POST)


def test_need_not_met_is_priced_by_the_period(unit):
    short = unit.replace({"shifts.day.weekdays": 4, "shifts.day.saturdays": 2})
    weekly = tb.run({"short": short}, replications=1, seed=5, weekly=True)
    whole = tb.run({"short": short}, replications=1, seed=5)

    def weeks(outcome):
        return [i.mean for i in weekly.weekly("short", outcome)]

    def priced(direct, posts, hours):
        return direct / (posts * POST) * hours

    names = ("money.direct", "staff.fte_direct", "citizen.unmet_hours")
    each = [priced(*of_week) for of_week in zip(*map(weeks, names), strict=True)]
    assert weeks("money.unmet") == pytest.approx(each)
    assert min(each) > 0
    ends = [whole.estimate("short", name).mean for name in names]
    told = whole.estimate("short", "money.unmet").mean
    assert told == pytest.approx(priced(*ends))
    assert told != pytest.approx(sum(each) / 4, rel=1e-9)
    definition = whole.outcomes["money.unmet"].definition
    assert "each period priced at its own mean" in definition


def test_units_bear_the_currency(run, unit):
    assert run.currency == "NOK (2024)"
    assert run.outcomes["money.wages"].unit == "NOK per week"
    free = unit.replace({"staff.nurses.wage": 0, "staff.helpers.wage": 0})
    plan = {"replications": 1, "weeks": 1, "warmup": 0}
    assert tb.run({"free": free}, **plan).currency == ""
    other = unit.replace({"money.price_year": 2020})
    both = tb.run({"a": unit, "b": other}, **plan)
    assert both.currency == ""
    assert both.outcomes["money.wages"].unit == "currency per week"


# Duties --------------------------------------------------------------------------------


def test_the_table_of_duties_holds_minutes_and_costs(run, booked):
    table = run.duties()
    assert {row.name for row in table} == {"note", "plan"}
    for row in table:
        hours = sum(h for key, h in booked.items() if key[2] == row.name) / 4
        assert row.hours == pytest.approx(hours * 52)
        assert row.minutes.mean == pytest.approx(hours * 60 / 12)
        assert row.cost == pytest.approx(1.25 * of(booked, obligation=row.name) / 4 * 52)
    by = {row.name: row for row in table.by_imposer()}
    assert set(by) == {"state", "law"}
    assert table.total.cost == pytest.approx(sum(row.cost for row in by.values()))
    assert list(table.to_pandas().index) == [row.name for row in table]
    assert "NOK (2024)" in str(table)
    assert "<table>" in table._repr_html_()
    with pytest.raises(tb.Error, match="no scenario"):
        run.duties("other")


# Comparisons ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compared(result):
    return result.compare("NPM", "Trust")


def test_headlines_come_in_minutes_posts_and_money(compared):
    direct, unmet, harm = compared.measures
    result = compared.result
    joint = 1 - 0.05 / 3
    day = 450 / result.estimate("NPM", "time.duty_hours").mean
    for measure, outcome, scale in (
        (direct.per_day, "time.direct_hours", day),
        (direct.posts, "staff.fte_direct", 1),
        (direct.money, "money.direct", 52),
        (unmet.per_day, "citizen.unmet_hours", day),
        (unmet.posts, "staff.fte_unmet", 1),
        (unmet.money, "money.unmet", 52),
    ):
        difference = result.difference("NPM", "Trust", outcome, joint)
        assert measure.mean == pytest.approx(difference.mean * scale)
        assert measure.low == pytest.approx(difference.low * scale)
        assert measure.high == pytest.approx(difference.high * scale)
    hours = direct.posts.mean * POST
    assert direct.money.mean == pytest.approx(hours * 52 * 300 * 1.4)
    assert harm.per_day is harm.posts is harm.money is None
    cases = [
        sum(memoryview(result.column(name, "control.undetected_harm", "numerator")))
        for name in ("NPM", "Trust")
    ]
    assert harm.cases.mean == pytest.approx((cases[1] - cases[0]) / 1000 / 8 * 52)


def test_they_are_printed_and_written(compared):
    text = show.plain_text(compared)
    assert "The headlines in other measures" in text
    assert "1,000 NOK (2024)" in text
    assert "35.5 h in 45 of 52 weeks" in text
    assert "The headlines in other measures" in compared._repr_html_()
    data = json.loads(compared.to_json())
    assert data["currency"] == "NOK (2024)"
    told = data["measures"][0]["money_per_year"]
    assert told["difference"] == pytest.approx(compared.measures[0].money.mean)


def test_no_money_is_told_where_nobody_has_a_wage(npm, trust, small):
    free = {
        name: s.replace({"staff.carer.wage": 0}) for name, s in (("a", npm), ("b", trust))
    }
    comparison = tb.run(free, **small).compare()
    assert comparison.measures[0].money is None
    text = show.plain_text(comparison)
    assert "money." not in text
    assert "NOK" not in text
    page = render(page_data(comparison))
    assert "thousand" not in page.partition('<script type="application/json"')[0]


def test_the_page_tells_posts_money_and_who_could_abolish(compared):
    data = page_data(compared)
    direct = data["headlines"][0]["also"]
    for i, name in enumerate(("NPM", "Trust")):
        estimate = compared.result.estimate
        posts = estimate(name, "staff.fte_direct").mean
        assert direct["full_time_equivalents"][i] == pytest.approx(posts)
        money = estimate(name, "money.direct").mean
        assert direct["money_per_year"][i] == pytest.approx(52 * money)
    every = next(r for r in data["imposers"] if r["name"] == "all")
    others = [r for r in data["imposers"] if r["name"] != "all"]
    for i, side in enumerate(("baseline", "alternative")):
        assert every[side]["cost"] == pytest.approx(sum(r[side]["cost"] for r in others))
        costs = sum(o["cost_per_year"][i] for o in data["obligations"])
        assert every[side]["cost"] == pytest.approx(costs)
        assert math.isfinite(every[side]["cost"])
    page = render(data)
    assert "Who could abolish them" in page
    assert "thousand NOK (2024) a year at the wages of those hours" in page
