"""What docs/validation/norway.md rests on: the spreadsheet, the verdicts, the units."""

from pathlib import Path

import pytest
import tidsbruk as tb

np = pytest.importorskip("numpy")

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def norway(module_of):
    return module_of("validation", "norway")


@pytest.fixture(scope="module")
def norway_page(norway, module_of):
    return module_of("validation", "norway_page")


@pytest.fixture
def even(norway):
    """A draw without spreads: means are medians."""
    cvs = dict.fromkeys([p.name for p in norway.PRIORS if p.name.endswith("_cv")], 0)
    episodes = {"administration": 10, "drug_dispensing": 20, "teaching": 60}
    medians = {"direct_median": 12, "drive_median": 6}
    return norway.MIDDLE | cvs | episodes | medians


def test_the_spreadsheet_by_hand(norway, even):
    """M2: 5859 x 12, 6111 x 6, 999 x 10, 578 x 30, 402 x 20, 127 x 20, 20 x 60 min."""
    direct, drive, adm, report, notes = 70308, 36666, 9990, 17340, 8040
    indirect = drive + adm + report + notes + 2540 + 1200
    found = norway.spreadsheet(1, even | {"pool": 0})
    assert found["E098"] == pytest.approx(direct / (direct + indirect))
    assert found["E099"] == pytest.approx(drive / indirect)
    assert found["E100"] == pytest.approx((adm + report + notes) / indirect)
    wide = norway.spreadsheet(1, even | {"pool": 0.5})
    assert wide["E100"] == pytest.approx((indirect - drive) / indirect)
    assert norway.visits_of_full_shifts(1, even) == pytest.approx(
        5859 * 420 / (direct + indirect)
    )


def test_what_is_read_for_one_is_not_read_for_another(norway, even):
    assert [norway.minutes(m, even)["report"] for m in range(3)] == [17, 30, 28]
    assert [norway.minutes(m, even)["documentation"] for m in range(3)] == [1, 20, 20]


def test_a_lognormal_mean_is_above_its_median(norway):
    assert norway.mean_of(6, 0) == 6
    law = "lognormal(median=6, cv=0.75)"
    unit = tb.Scenario(
        {
            "staff": {"one": {"count": 1, "roster": "always"}},
            "services": {"calls": {"arrival": "endless", "minutes": law}},
        }
    )
    result = tb.run({"unit": unit}, replications=20, weeks=4)
    found = result.estimate("unit", "time.direct_minutes").mean
    calls = result.estimate("unit", "staff.starts").mean
    assert found / calls == pytest.approx(norway.mean_of(6, 0.75), rel=0.01)


@pytest.mark.parametrize(
    ("band", "low", "high", "says"),
    [
        ((0.40, 0.45, 0.60), 0.43, 0.54, "inside"),
        ((0.40, 0.43, 0.44), 0.43, 0.54, "inside"),
        ((0.30, 0.42, 0.60), 0.43, 0.54, "at the edge"),
        ((0.50, 0.56, 0.60), 0.43, 0.54, "at the edge"),
        ((0.20, 0.30, 0.42), 0.43, 0.54, "outside"),
        ((0.55, 0.60, 0.70), 0.43, 0.54, "outside"),
        ((0.20, 0.30, 0.42), 0.42, 0.42, "inside"),
        ((0.20, 0.30, 0.42), 0.43, 0.43, "outside"),
        ((0.20, 0.30, 0.42), 0.19, 0.19, "outside"),
        ((0.20, 0.49, 0.70), 0, 0.5, "inside"),
    ],
)
def test_verdicts_on_planted_figures(norway, band, low, high, says):
    assert norway.verdict(norway.Band(*band), low, high) == says


def test_bands_and_landing(norway):
    values = [i / 100 for i in range(101)]
    assert norway.band(values) == pytest.approx((0.05, 0.5, 0.95))
    assert norway.landing(values, 0.43, 0.54) == pytest.approx(12 / 101)


def test_draws_meet_each_part_of_each_range_once(norway):
    sample = norway.draws(20)
    assert sample == norway.draws(20)
    assert sample != norway.draws(20, seed=1)
    for p in norway.PRIORS:
        parts = [int((x[p.name] - p.low) / (p.high - p.low) * 20) for x in sample]
        assert sorted(parts) == list(range(20)), p.name


@pytest.mark.parametrize("m", range(3))
def test_a_draw_becomes_a_unit_with_what_was_counted(norway, m):
    """At a corner: long visits of helpers, few visits of nurses, a list too long."""
    x = norway.MIDDLE | {"helper_length": 2.8, "nurse_visits": 0.22, "need": 0.75}
    scenario, week = norway.demand(m, x)
    visits = sum(week.visits.values())
    assert visits == pytest.approx(norway.COUNTS["direct"][m] / 8, rel=0.01)
    assert week.overall == pytest.approx(x["direct_median"], rel=0.05)
    for role, share in norway.split(x).items():
        given = sum(v for key, v in week.visits.items() if key[0] == role)
        assert given / visits == pytest.approx(share, abs=0.02)
    others = (week.median["nurse"] + week.median["assistant_nurse"]) / 2
    assert week.median["health_worker"] / others == pytest.approx(2.8, rel=0.05)
    assert scenario.check() == []


def test_staff_follow_the_work(norway):
    """Longer episodes need more shifts, they do not mean fewer visits."""
    out = {}
    for median in (10, 16):
        x = norway.MIDDLE | {"direct_median": median, "drive_median": median / 2}
        scenario = norway.municipality(0, x)
        result = tb.run({"m": scenario}, replications=1, warmup=0)
        out[median] = {
            "visits": result.estimate("m", "citizen.visits").mean,
            "duty": result.column("m", "time.direct_share", "denominator")[0],
        }
    assert out[16]["visits"] == pytest.approx(out[10]["visits"], rel=0.05)
    assert out[16]["duty"] > 1.2 * out[10]["duty"]


def test_counted_activities_are_simulated_as_often_as_counted(norway):
    x = norway.MIDDLE | {"gaps": 0}
    scenario = norway.municipality(2, x)
    result = tb.run({"m": scenario}, replications=40, warmup=4)
    each = norway.minutes(2, x)
    visits = result.estimate("m", "citizen.visits").mean / norway.COUNTS["direct"][2]

    def weekly(outcome, column="numerator"):
        return sum(result.column("m", outcome, column)) / 40 / 8

    for name in ("documentation", "drug_dispensing", "teaching"):
        expected = norway.COUNTS[name][2] * visits * each[name]
        assert weekly(f"time.obligation.{name}") == pytest.approx(expected, rel=0.1), name
    reports = norway.COUNTS["report"][2] / 8 * each["report"]
    assert weekly("time.indirect_share") / 60000 == pytest.approx(reports, rel=0.05)
    administration = weekly("time.administration_share") / 60000
    administration += weekly("time.obligation.case_work")
    expected = norway.COUNTS["administration"][2] / 8 * each["administration"]
    assert administration == pytest.approx(expected, rel=0.06)


def test_shares_are_those_of_the_log(norway):
    x = norway.MIDDLE | {"gaps": 0, "pool": 0}
    scenario = norway.municipality(0, x)
    result = tb.run({"m": scenario}, replications=1, weeks=2, warmup=0, seed=9)
    found = norway.measured(result, "m", x)
    log = tb.trace(scenario, weeks=2, warmup=0, seed=9).to_pandas()
    long = (log.end - log.start)[
        ~log.activity.isin(["duty", "breaks", "idle", "development"])
    ]
    kind = log.activity.astype(str)
    spent = long.groupby(kind).sum()
    direct = spent["care_needed"] + spent["care_surplus"]  # temps are slower
    assert found["E098"] == pytest.approx(direct / long.sum())
    assert found["E099"] == pytest.approx(spent["travel"] / (long.sum() - direct))
    pooled = spent["administration"] + spent["indirect"]
    pooled += long[log.obligation.isin(["case_work", "documentation"])].sum()
    assert found["E100"] == pytest.approx(pooled / (long.sum() - direct))
    nurses = log.worker.astype(str).str.startswith("nurses/")
    assert found["direct.nurse"] == pytest.approx(
        long[nurses & kind.str.startswith("care_")].sum() / long[nurses].sum()
    )


def test_priors_are_the_ranges_of_the_presets(norway):
    """What is drawn and a setting, too, is drawn from the range of the preset."""
    settings = {
        "drive_median": "travel.leg.median",
        "drive_cv": "travel.leg.cv",
        "need": "clients.care.need_ratio.mean",
        "documentation_cv": "obligations.documentation.minutes.cv",
        "administration": "obligations.case_work.minutes.mean",
        "drug_dispensing": "obligations.drug_dispensing.minutes.mean",
        "teaching": "obligations.teaching.minutes.mean",
        "shift": "shifts.nurse_day.minutes",
    }
    for m in (1, 2, 3):
        scenario = tb.preset(f"home_care/norway_m{m}")
        for p in norway.PRIORS:
            if p.name in settings:
                value = scenario.value(settings[p.name])
                assert (value.range_low, value.range_high) == (p.low, p.high), p.name


@pytest.mark.parametrize("m", range(3))
def test_presets_hold_what_was_counted(norway, m):
    scenario = tb.preset(f"home_care/norway_m{m + 1}")
    prefix = "obligations."
    names = {p.split(".")[1] for p in scenario if p.startswith(prefix)}
    assert names == {"documentation", "case_work", "drug_dispensing", "teaching"}
    direct = norway.COUNTS["direct"][m]
    for name in ("documentation", "drug_dispensing", "teaching"):
        chance = scenario[f"obligations.{name}.probability"]
        assert chance == pytest.approx(norway.COUNTS[name][m] / direct, abs=5e-5)
    assert scenario["obligations.documentation.minutes.median"] == (1, 20, 20)[m]
    result = tb.run({"m": scenario}, replications=8, warmup=0)
    visits = result.estimate("m", "citizen.visits").mean
    assert visits == pytest.approx(direct / 8, rel=0.04)
    assert result.estimate("m", "citizen.missed_share").mean < 0.04
    assert 0.7 < result.offered_load("m") < 0.97
    medians = norway.medians(m)
    assert 11 <= medians["direct"] <= 13  # E093
    assert 5 <= medians["drive"] <= 7  # E094


def test_the_page_of_two_draws(norway, norway_page):
    """Every part is filled in, and the same draws make the same page."""
    sample = norway.draws(2)
    out = [norway.simulate(sample, m) for m in range(3)]
    page = norway_page.page(sample, out)
    assert "@" not in page
    assert page == norway_page.page(
        sample, [norway.simulate(sample, m) for m in range(3)]
    )
    for row in ("E092", "E098", "E099", "E100", "E109", "E110", "E111", "E260"):
        assert row in page
    picture = norway_page.picture(out)
    assert picture.count("<rect") == 1 + 3 * (9 + 6 + 3)


def test_words_that_numbers_no_longer_bear_stop_the_page(norway, norway_page):
    sample = norway.draws(2)
    out = [norway.simulate(sample, m) for m in range(3)]
    for x in out[2]:
        x["E099"] = 0.5
    assert "M3 lands in almost no draw" in norway_page.stale_words(out)
    with pytest.raises(SystemExit, match="M3 lands"):
        norway_page.write(sample, out)


def test_roles_of_the_three_are_weighed_by_their_time(norway_page):
    out = [
        [{"time.nurse": 30.0, "direct.nurse": 0.2}],
        [{"time.nurse": 10.0, "direct.nurse": 0.6}],
    ]
    assert norway_page.together(out, "direct", "nurse") == pytest.approx([0.3])


@pytest.mark.parametrize("load", [0.8, 1.0])
def test_shifts_are_wanted_for_the_load_that_was_drawn(norway, load):
    """Apart from whole persons; the list is right here (need 1)."""
    found = []
    for m in range(3):
        scenario = norway.municipality(m, norway.MIDDLE | {"load": load, "need": 1})
        result = tb.run({"m": scenario}, replications=1, weeks=1, warmup=0)
        found.append(result.offered_load("m"))
    assert sum(found) / 3 == pytest.approx(load, abs=0.06)
