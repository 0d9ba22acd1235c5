"""The fitted scenario beside the data, what visits say beyond plans, and odd tables."""

import datetime
import json
import math
import pickle

import numpy as np
import pandas
import polars
import pyarrow.parquet
import pytest
import tidsbruk as tb
from test_own_visits import ROW, Z, strings, truth, z_of
from tidsbruk.cli import main
from tidsbruk.own.calls import profile_of
from tidsbruk.own.need import Stays, need_of

WEEKS = 8
HOME = "clients.home"


def load(unit, *, seed=3, weeks=WEEKS, calls=False, base=None):
    trace = tb.trace(unit, seed=seed, weeks=weeks, warmup=2)
    visits = trace.visits(calls=calls)
    return tb.load_visits(visits, roster=trace.roster(), base=base or truth())


# Simulated beside observed ------------------------------------------------------------


@pytest.fixture(scope="module")
def known():
    return load(truth())


@pytest.fixture(scope="module")
def check(known):
    return known.check(replications=6)


def test_a_scenario_gives_back_the_data_that_it_was_fitted_to(check):
    assert check.replications == 6
    assert check.weeks == WEEKS
    alike = [row for row in check.rows if row.verdict != "apart"]
    assert len(alike) > 0.75 * len(check.rows), check.apart()
    for name in (
        "given over granted",
        "way: mean",
        "way: 90%",
        "visits that nobody gave",
        "shifts whose worker was absent",
        "of these filled by a temp",
        "from first to last visit: mean",
    ):
        assert check[name].verdict != "apart", check[name]


@pytest.mark.parametrize(
    ("change", "name", "above"),
    [
        ({"regime.discretion.autonomy": 1, "regime.discretion.time_cost": 0.3}, None, 0),
        ({"travel.leg.mean": 12}, "way: mean", False),
        ({"absence.days_between": 8}, "shifts whose worker was absent", False),
        ({f"{HOME}.need_ratio.mean": 1.3}, "given over granted", False),
        ({f"{HOME}.no_show": 0.2}, "visits in vain", False),
        ({"planning.continuity": 400}, "carers in 14 days, of who has a visit a day", 1),
    ],
)
def test_a_scenario_that_is_not_of_the_data_is_seen(known, change, name, above):
    """The fit is asked about another scenario than its own."""

    class Other:
        def __getattr__(self, word):
            return getattr(known, word)

        def scenario(self):
            return known.scenario().replace(change)

    from tidsbruk.own.beside import check

    told = check(Other(), 3, 1)
    if name is None:  # care takes longer: more than one number shows it
        assert told["minutes given: mean"].verdict == "apart"
        assert told["given over granted"].difference < -0.1
        return
    row = told[name]
    assert row.verdict == "apart", row
    assert (row.difference > 0) == bool(above)
    assert row.cause
    assert row.cause != "not known"


def test_the_check_stands_in_the_report(known, check, tmp_path):
    report = known.report(tmp_path / "fit.html", check=check)
    html = (tmp_path / "fit.html").read_text(encoding="utf-8")
    assert html.count("<svg") == 2
    assert "start less plan: 90%" in html
    assert "It was fitted to the same data" in html
    text = str(report)
    assert "The scenario beside the data" in text
    assert "way: mean" in text
    known.report(tmp_path / "fit.md", check=check)
    markdown = (tmp_path / "fit.md").read_text(encoding="utf-8")
    assert "| way: mean | " in markdown
    assert (
        "![Quantiles of the data over those of the scenario](fit-beside.svg)" in markdown
    )
    assert (tmp_path / "fit-beside.svg").read_text(encoding="utf-8").startswith("<svg")
    assert (tmp_path / "fit-laws.svg").exists()
    assert "beside" not in str(known.report())
    told = json.loads(json.dumps(check.to_dict()))
    assert {"name", "data", "simulated", "chance", "verdict"} <= set(told["rows"][0])
    assert "<svg" in check._repr_html_()
    assert "inside chance" in str(check)


def test_chance_is_that_of_a_new_world():
    """Of worlds of one scenario, nearly all are inside the chance of the others."""
    from tidsbruk.own.beside import _row
    from tidsbruk.own.seen import Seen

    generator = np.random.default_rng(4)
    inside = 0
    for _ in range(400):
        values = generator.normal(10, 3, 7)
        worlds = [Seen({"way: mean": (float(v), "min")}, {}) for v in values]
        fit = type("Fit", (), {"seen": worlds[-1], "heaps": None})
        fit.heaps = type("Heaps", (), {"are_there": False})
        inside += _row(fit, "way: mean", worlds[:-1]).verdict == "alike"
    assert inside == pytest.approx(380, abs=18)


# Visits in vain -----------------------------------------------------------------------

IN_VAIN = {f"{HOME}.no_show": 0.07, f"{HOME}.no_show_minutes": 6}


def test_visits_in_vain_are_recovered():
    fit = load(truth().replace(IN_VAIN))
    assert abs(z_of(fit[f"{HOME}.no_show"], 0.07)) < Z
    assert fit[f"{HOME}.no_show"].error < 0.005
    assert fit[f"{HOME}.no_show_minutes"].value == pytest.approx(6, abs=1e-3)
    assert abs(z_of(fit["travel.leg.mean"], 7)) < Z
    unit = fit.scenario()
    assert unit[f"{HOME}.no_show"] == pytest.approx(
        fit[f"{HOME}.no_show"].value, rel=1e-4
    )
    assert unit[f"{HOME}.no_show_minutes"] == pytest.approx(6, abs=1e-3)
    assert unit.value(f"{HOME}.no_show").grade == "estimated"
    assert "standard error" in unit.note(f"{HOME}.no_show")
    biased = load(truth().replace({f"{HOME}.no_show": 0.1}))
    assert abs(z_of(biased[f"{HOME}.no_show"], 0.07)) > Z
    assert fit.check(replications=3)["visits in vain"].verdict != "apart"


def test_visits_in_vain_without_times_are_counted_and_no_ways_are_made_of_them():
    trace = tb.trace(truth().replace(IN_VAIN), seed=3, weeks=WEEKS, warmup=2)
    frame = trace.visits().to_pandas()
    frame["status"] = frame["status"].astype(str)
    frame.loc[frame["status"] == "no_show", ["start", "end"]] = pandas.NaT
    fit = tb.load_visits(frame, roster=trace.roster(), base=truth())
    assert abs(z_of(fit[f"{HOME}.no_show"], 0.07)) < Z
    assert "minutes at a door that nobody opened" in dict(fit.unknown)
    assert fit.scenario()[f"{HOME}.no_show_minutes"] == 0
    assert abs(z_of(fit["travel.leg.mean"], 7)) < Z
    never = load(truth())
    assert never.scenario()[f"{HOME}.no_show"] == 0
    assert "visits in vain" in dict(never.unknown)


# Calls --------------------------------------------------------------------------------

BY_HOUR = [0.0] * 8 + [1.0] * 4 + [0.5] * 4 + [2.0] * 5 + [0.0] * 3
ALARM = {
    "role": "carer",
    "per_hour": 1.2,
    "profile": BY_HOUR,
    "minutes": {"kind": "lognormal", "mean": 16, "cv": 0.5},
    "priority": 3,
    "travel": True,
}
CALLED = {  # hands enough, so that calls wait for little
    "services": {"alarm": ALARM},
    **{f"shifts.day.{d}": 22 for d in ("weekdays", "saturdays", "sundays")},
    **{f"shifts.evening.{d}": 16 for d in ("weekdays", "saturdays", "sundays")},
    "staff.carer.count": 80,
    "absence.temp_pace": 1,
}
RATE = 1.2 * sum(BY_HOUR) / 24


@pytest.fixture(scope="module")
def called():
    return load(truth().replace(CALLED), calls=True)


def test_calls_are_recovered(called):
    (alarm,) = called.calls.values()
    at = "services.alarm"
    assert abs(z_of(called[f"{at}.per_hour"], RATE)) < Z, alarm.per_hour
    assert alarm.per_hour.error < 0.06 * RATE
    assert abs(z_of(called[f"{at}.minutes.mean"], 16)) < Z, alarm.minutes.mean
    assert abs(z_of(called[f"{at}.minutes.cv"], 0.5)) < Z, alarm.minutes.cv
    assert alarm.minutes.law["kind"] == "lognormal"
    assert len(alarm.profile) == 24
    hours = 1.2 * np.array(BY_HOUR)
    exposure = 7 * WEEKS
    found = np.array(alarm.profile) * alarm.per_hour.value
    error = np.sqrt(np.maximum(hours, 0.05) / exposure)
    inner = [h for h in range(24) if hours[h] == hours[h - 1]]  # waits blur the edges
    assert np.all(np.abs(found - hours)[inner] < Z * error[inner])
    unit = called.scenario()
    assert unit[f"{at}.role"] == "carer"
    assert unit[f"{at}.travel"] is True
    assert unit[f"{at}.arrival"] == "rate"
    assert "calls" in dict(called.unknown)
    assert "waits" in dict(called.unknown)["calls"]
    assert f"{alarm.n:,} of alarm" in str(called.report())
    assert abs(z_of(called["travel.leg.mean"], 7)) < Z


def test_planted_calls_are_seen(called):
    del called
    more = {"services.alarm.per_hour": 1.8, "services.alarm.minutes.mean": 20}
    fit = load(truth().replace(CALLED).replace(more), calls=True)
    assert abs(z_of(fit["services.alarm.per_hour"], RATE)) > Z
    assert abs(z_of(fit["services.alarm.minutes.mean"], 16)) > Z


def test_calls_come_back_from_the_scenario(called):
    told = called.check(replications=4)
    assert told["calls a day"].verdict != "apart", told["calls a day"]
    assert told["minutes of a call: mean"].verdict != "apart"
    calls = tb.trace(called.scenario(), seed=9, weeks=4, warmup=1).visits(calls=True)
    hour = calls.to_pandas().query("planned_start.isna()")["start"].dt.hour
    assert (hour < 7).mean() < 0.02


def test_few_calls_are_left_out_and_said(called):
    del called
    trace = tb.trace(truth().replace(CALLED), seed=3, weeks=2, warmup=1)
    frame = trace.visits(calls=True).to_pandas()
    calls = frame.index[frame["planned_start"].isna()]
    fit = tb.load_visits(frame.drop(calls[12:]), base=truth())
    assert not fit.calls
    assert any("(alarm) are too few to fit" in note for note in fit.notes)
    assert "services.alarm.per_hour" not in fit.scenario()


@pytest.mark.parametrize(
    ("rates", "parts"),
    [
        ([1.0] * 24, 0),
        ([0.2] * 12 + [2.0] * 12, 24),
        ([2.0, 0.2] * 12, 24),
    ],
)
def test_profiles_are_as_fine_as_the_calls_show(rates, parts):
    generator = np.random.default_rng(5)
    monday = pandas.Timestamp("2024-01-01")
    starts = [
        monday + pandas.Timedelta(days=d, hours=h, minutes=int(generator.integers(60)))
        for d in range(56)
        for h in range(24)
        for _ in range(generator.poisson(rates[h]))
    ]
    profile, said = profile_of(pandas.Series(starts), 56)
    assert len(profile) == parts, said
    if parts:
        mean = float(np.mean(rates))
        assert np.max(np.abs(np.array(profile) - np.array(rates) / mean)) < 0.45
    if rates[0] == 0.2:
        assert "4 parts of the day" in said or "2 parts" in said or "24" not in said


def test_profiles_tell_weekends_apart():
    generator = np.random.default_rng(6)
    monday = pandas.Timestamp("2024-01-01")
    starts = [
        monday + pandas.Timedelta(days=d, minutes=int(generator.integers(1440)))
        for d in range(56)
        for _ in range(generator.poisson(3 if d % 7 < 5 else 18))
    ]
    profile, said = profile_of(pandas.Series(starts), 56)
    assert len(profile) == 168
    assert "weekends" in said
    assert profile[0] < 0.6 < 1.8 < profile[-1]


# What holds need back, and who gives it -----------------------------------------------


def lognormal(generator, mean, cv, size):
    sigma = math.sqrt(math.log1p(cv * cv))
    return np.exp(generator.normal(math.log(mean) - sigma**2 / 2, sigma, size))


def stays(seed, binding, *, grain=1.0, heaped=0.0, pace=1.15, cut=0.2, clients=50):
    """Visits of a made-up population, with its clients drawn anew for each seed."""
    generator = np.random.default_rng(seed)
    client = np.repeat(np.arange(clients), 1 + generator.poisson(60, clients))
    n = len(client)
    granted = 5 * np.round(1 + lognormal(generator, 6, 0.35, clients))[client]
    factor = lognormal(generator, 0.95, 0.25, clients)[client]
    temp = generator.random(n) < 0.1
    wanted = granted * factor * lognormal(generator, 1, 0.35, n) * np.where(temp, pace, 1)
    held = (generator.random(n) < binding) & (wanted > granted)
    pressed = np.where(generator.random(n) < 0.15, generator.random(n), 0.0)
    given = np.where(held, granted, wanted) * (1 - cut * pressed)
    start = generator.uniform(0, 600, n)
    by_hand = generator.random(n) < heaped

    def written(at):
        return np.where(by_hand, np.round(at / 5) * 5, np.floor(at / grain) * grain)

    minutes = written(start + given) - written(start)
    seen = 5.0 if heaped else grain
    noise = heaped * 25 / 6 + (1 - heaped) * grain**2 / 6
    return Stays(minutes, granted, client, temp, pressed, seen, noise, np.zeros(1))


KNOWN = {"mean": 0.95, "clients": 0.25, "visits": 0.35, "temps": 1.15, "cut": 0.2}


@pytest.mark.parametrize("binding", [0.0, 0.6])
def test_intervals_cover_what_was_put_in(binding):
    """Of 40 populations whose times are written to the minute, nine in ten or more."""
    told = [need_of(stays(seed, binding)) for seed in range(40)]
    truths = KNOWN | ({"binding": 0.6} if binding else {})
    for name, value in truths.items():
        z = np.array(
            [(getattr(n, name) - value) / getattr(n, f"{name}_error") for n in told]
        )
        assert (np.abs(z) < 1.96).mean() >= 0.85, (name, z)
        assert abs(z.mean()) < 0.75, (name, z.mean())
    if not binding:
        assert all(n.binding == 0 for n in told)


def test_rounding_by_hand_is_no_binding():
    for heaped in (0.4, 1.0):
        told = [need_of(stays(seed, 0.0, heaped=heaped)) for seed in range(10)]
        assert all(n.binding == 0 for n in told)


def test_temps_and_pressure_are_recovered_and_planted_ones_seen():
    more = {
        "absence.temp_pace": 1.3,
        "absence.days_between": 15,
        "visits.pressure_shortening": 0.4,
        "visits.pressure_from_minutes": 5,
        "visits.pressure_full_minutes": 30,
    }
    base = truth().replace(
        {"visits.pressure_shortening": 0.4}
        | {k: v for k, v in more.items() if k.endswith("_minutes")}
    )
    fit = load(truth().replace(more), base=base)
    assert abs(z_of(fit["absence.temp_pace"], 1.3)) < Z
    assert abs(z_of(fit["absence.temp_pace"], 1.0)) > Z
    assert abs(z_of(fit["visits.pressure_shortening"], 0.4)) < Z
    assert abs(z_of(fit["visits.pressure_shortening"], 0.0)) > Z
    assert abs(z_of(fit[f"{HOME}.need_ratio.mean"], 0.95)) < Z
    assert abs(z_of(fit[f"{HOME}.need_variation.cv"], 0.35)) < Z
    unit = fit.scenario()
    assert unit["absence.temp_pace"] == pytest.approx(1.3, abs=0.1)
    assert unit["visits.pressure_shortening"] == pytest.approx(0.4, abs=0.1)


def test_records_at_the_client_do_not_hide_what_is_held():
    """Each held visit ends some random minutes of writing after its grant."""
    record = {
        "trigger": "visit",
        "timing": "at_once",
        "in_presence": True,
        "minutes": {"kind": "lognormal", "mean": 1.5, "cv": 0.6},
    }
    unit = truth(binding=0.7).replace({"obligations": {"registration": record}})
    fit = load(unit, base=unit.replace({"regime.grants.binding": 0.2}))
    assert abs(z_of(fit["regime.grants.binding"], 0.7)) < Z
    assert abs(z_of(fit[f"{HOME}.need_variation.cv"], 0.35)) < Z
    assert abs(z_of(fit[f"{HOME}.need_ratio.cv"], 0.25)) < Z


# Odd tables ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def village():
    return tb.trace(truth().replace({f"{HOME}.count": 30}), weeks=6, warmup=1)


@pytest.fixture(scope="module")
def plain(village):
    return tb.load_visits(village.visits(), roster=village.roster(), base=truth())


def same(fit, other):
    for mine, theirs in zip(fit.estimates(), other.estimates(), strict=True):
        assert mine == theirs


def test_rows_that_repeat_another_count_once(village, plain):
    visits, roster = village.visits().to_pandas(), village.roster().to_pandas()
    twice = pandas.concat([visits, visits[visits["status"] == "given"][:300]])
    more = pandas.concat([roster, roster[:40]])
    fit = tb.load_visits(twice, roster=more, base=truth())
    same(fit, plain)
    assert "300 rows that repeat another are left out." in fit.notes
    assert "40 rows that repeat another are left out." in str(fit.report())


def test_who_comes_or_leaves_counts_in_part(village):
    frame = village.visits().to_pandas()
    clients = sorted(frame["client"].unique())
    second = frame["planned_start"] >= frame["planned_start"].min() + pandas.Timedelta(
        "21D"
    )
    gone = frame["client"].isin(clients[:10]) & second
    new = frame["client"].isin(clients[10:20]) & ~second
    whole = tb.load_visits(frame, base=truth())
    fit = tb.load_visits(frame[~gone & ~new], base=truth())
    assert fit[f"{HOME}.count"].value == 20
    hours = f"{HOME}.granted_hours.mean"
    assert fit[hours].value == pytest.approx(whole[hours].value, rel=0.12)
    rare = frame[frame["client"] != clients[0]]
    kept = frame[frame["client"] == clients[0]].iloc[[0, -1]]  # comes rarely: is there
    fit = tb.load_visits(pandas.concat([rare, kept]), base=truth())
    assert fit[f"{HOME}.count"].value == 30


TIMES = (
    *("planned_start", "planned_end", "start", "end"),
    *("window_opens", "window_closes"),
)


def zoned(village, zone):
    frame = village.visits(monday="2024-03-18").to_pandas()
    for name in TIMES:  # texts of this test end with seconds
        frame[name] = frame[name].dt.floor("s")
    return frame, {
        name: frame[name].dt.tz_localize(
            zone, ambiguous=True, nonexistent="shift_forward"
        )
        for name in TIMES
    }


def test_zones_are_told_by_the_clock_of_the_place(village):
    frame, local = zoned(village, "Europe/Oslo")
    base = tb.load_visits(frame, base=truth())
    same(tb.load_visits(frame.assign(**local), base=truth()), base)
    utc = {name: at.dt.tz_convert("UTC") for name, at in local.items()}
    same(tb.load_visits(frame.assign(**utc), base=truth(), zone="Europe/Oslo"), base)
    text = {
        name: at.map(lambda t: t.isoformat() if t == t else "")
        for name, at in utc.items()
    }
    same(tb.load_visits(frame.assign(**text), base=truth(), zone="Europe/Oslo"), base)
    mixed = local | {name: utc[name] for name in ("start", "end")}
    same(tb.load_visits(frame.assign(**mixed), base=truth(), zone="Europe/Oslo"), base)
    with pytest.raises(
        tb.ScenarioError, match=r"several zones \(\+00:00, \+01:00, \+02:00"
    ):
        tb.load_visits(frame.assign(**mixed), base=truth())
    bare = utc | {"start": frame["start"], "end": frame["end"]}
    with pytest.raises(
        tb.ScenarioError, match=r"name a zone .* and some do not: say where"
    ):
        tb.load_visits(frame.assign(**bare), base=truth())
    with pytest.raises(tb.Error, match="'Europe/Olso' is no time zone such as"):
        tb.load_visits(frame, zone="Europe/Olso")


def test_nights_on_which_clocks_are_set():
    night = [
        ("31.03.2024 01:50", "31.03.2024 03:10", 20),  # an hour is skipped
        ("27.10.2024 02:50", "27.10.2024 02:20", 30),  # an hour comes twice
        ("27.10.2024 01:40", "27.10.2024 03:10", 150),
        ("28.10.2024 02:20", "28.10.2024 02:50", 30),
    ]
    for start, end, minutes in night:
        row = {"planlagt start": start, "planlagt slutt": start[:-5] + "23:00"}
        row |= {"faktisk start": start, "faktisk slutt": end}
        fit = tb.load_visits([ROW | row], base=truth())
        assert fit.seen.values["minutes given: mean"][0] == minutes
        assert any("clocks are set" in note for note in fit.notes) == (start[:2] != "28")
    back = {"faktisk start": "26.10.2024 02:50", "faktisk slutt": "26.10.2024 02:20"}
    with pytest.raises(tb.ScenarioError, match="it ends before it starts"):
        tb.load_visits([ROW | back])


def test_holidays_are_left_out_of_what_weekdays_want():
    rows = []
    for day in range(28):
        date = datetime.date(2024, 3, 18) + datetime.timedelta(days=day)
        few = date.weekday() > 4 or date.isoformat() in ("2024-03-28", "2024-04-01")
        rows += [
            {"worker": f"W{i}", "start": f"{date} 07:30", "end": f"{date} 15:00"}
            for i in range(4 if few else 10)
        ]
    told = tb.load_roster(rows)
    (day,) = told.shifts["staff"]
    assert day.wanted == (10, 4, 4)
    assert any("28.03.2024, 01.04.2024" in note for note in told.notes)
    alike = tb.load_roster([r for r in rows if r["worker"] in ("W0", "W1", "W2")])
    assert not alike.notes


def test_workers_who_came_or_left_count_in_part():
    rows = [
        {"worker": f"W{i}", "start": f"{d} 07:30", "end": f"{d} 15:00"}
        for i in range(6)
        for n in range(84)
        if (i < 4) or (n < 42) == (i == 4)  # W4 leaves half-way, W5 comes
        for d in [datetime.date(2024, 1, 1) + datetime.timedelta(days=n)]
    ]
    assert tb.load_roster(rows).staff == {"staff": 5}


def test_a_roster_of_others_or_of_another_time_is_said(village):
    others = village.roster().to_pandas()
    others["worker"] = "X" + others["worker"].astype(str)
    fit = tb.load_visits(village.visits(), roster=others, base=truth())
    assert any(
        "of the visits are on the roster: are they numbered" in n for n in fit.notes
    )
    late = village.roster(monday="2024-02-05")
    fit = tb.load_visits(village.visits(), roster=late, base=truth())
    assert any("of the visits lie outside" in note for note in fit.notes)


def test_visits_of_weekdays_alone():
    home = {f"{HOME}.days": "weekdays", f"{HOME}.granted_hours.mean": 4}
    fit = load(truth().replace(home))
    assert fit.scenario()[f"{HOME}.days"] == "weekdays"
    assert load(truth(), weeks=2).scenario()[f"{HOME}.days"] == "week"
    days = ("01", "02", "03", "04", "05", "08", "09", "10", "11", "12")  # of January
    rows = [
        {name: cell.replace("01.01", f"{day}.01") for name, cell in ROW.items()}
        for day in days
    ]
    two = tb.load_visits(rows)  # the second week ends on a Friday
    assert two.weeks == 2
    assert two.n == 10
    assert two.scenario()[f"{HOME}.days"] == "weekdays"


def test_roles_of_clients_are_of_who_came(village):
    roster = village.roster().to_pandas()
    roster["role"] = roster["role"].astype(str)
    office = roster[:30].assign(worker="Boss", role="manager")
    fit = tb.load_visits(village.visits(), roster=pandas.concat([roster, office]))
    assert set(fit.staff) == {"carer", "manager"}
    assert fit.scenario()[f"{HOME}.role"] == "carer"


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_handful_of_visits_makes_a_scenario(count):
    rows = [
        ROW
        | {
            "bruker": f"K{i % 2}",
            "planlagt start": f"0{i + 1}.01.2024 08:00",
            "planlagt slutt": f"0{i + 1}.01.2024 08:30",
            "faktisk start": f"0{i + 1}.01.2024 08:05",
            "faktisk slutt": f"0{i + 1}.01.2024 08:2{i}",
        }
        for i in range(count)
    ]
    fit = tb.load_visits(rows)
    assert not fit.scenario().check()
    assert f"{count} planned visits" in str(fit.report())
    missed = [row | {"faktisk start": "", "faktisk slutt": ""} for row in rows]
    none = tb.load_visits(missed)
    assert none.given == 0
    assert none.missed.value == 1
    assert str(none.report())


def test_what_was_never_seen_is_not_known_to_be_never(plain):
    assert plain[f"{HOME}.two_carers"].value == 0
    assert 0 < plain[f"{HOME}.two_carers"].error < 0.1


def test_a_setting_that_is_not_estimated_is_named(plain):
    with pytest.raises(tb.Error, match=r"did you mean .travel\.leg\.mean"):
        plain["travel.leg.men"]


def test_the_middle_of_a_shift_keeps_breaks_out_of_ways():
    """Few hands: visits fill the shift unevenly, and the break falls anywhere in them."""
    few = {
        f"shifts.{s}.{d}": n
        for s, n in (("day", 9), ("evening", 6))
        for d in ("weekdays", "saturdays", "sundays")
    }
    fit = load(truth().replace(few))
    assert abs(z_of(fit["travel.leg.mean"], 7)) < Z
    assert abs(z_of(fit["travel.leg.cv"], 0.45)) < Z
    assert fit.gaps.around_break > 300
    assert f"{fit.gaps.around_break:,} since the break may lie in them" in str(
        fit.report()
    )


# Frames -------------------------------------------------------------------------------


def on_arrow(table):
    """A frame of pandas whose columns are Arrow's."""
    columns = {
        name: pandas.Series(
            table[name].combine_chunks(), dtype=pandas.ArrowDtype(table[name].type)
        )
        for name in table.column_names
        if name not in ("client", "service", "worker", "status")  # dictionaries
    }
    words = table.to_pandas()[["client", "service", "worker", "status"]].astype(object)
    return pandas.DataFrame(columns).join(words.convert_dtypes(dtype_backend="pyarrow"))


def frame_of(form, table, folder):
    """The same table in every form that is taken."""
    if form == "duckdb":
        return pytest.importorskip("duckdb").from_arrow(table)
    if form.startswith("csv"):
        table.to_pandas().to_csv(folder / "visits.csv", index=False)
    if form == "parquet":
        pyarrow.parquet.write_table(table, folder / "visits.parquet")
    return {
        "pandas": table.to_pandas,
        "pandas on arrow": lambda: on_arrow(table),
        "polars": lambda: polars.DataFrame(table),
        "pyarrow": lambda: table,
        "pyarrow, batches": lambda: table.to_reader(500),
        "mappings": table.to_pylist,
        "csv": lambda: folder / "visits.csv",
        "csv as text": lambda: str(folder / "visits.csv"),
        "parquet": lambda: folder / "visits.parquet",
    }[form]()


FRAMES = (
    *("pandas", "pandas on arrow", "polars", "pyarrow", "duckdb"),
    *("pyarrow, batches", "mappings", "csv", "csv as text", "parquet"),
)


@pytest.mark.parametrize("form", FRAMES)
def test_every_frame_reads_alike(village, tmp_path, form):
    table = village.visits()
    fit = tb.load_visits(frame_of(form, table, tmp_path), base=truth())
    base = tb.load_visits(table, base=truth())
    for mine, other in zip(fit.estimates(), base.estimates(), strict=True):
        assert mine.value == pytest.approx(other.value, rel=1e-6, abs=1e-9), mine


def test_wrong_types_of_columns_come_all_at_once():
    frame = pandas.DataFrame(
        {
            "client": [1.0, 2.0],
            "worker": [True, False],
            "planned_start": [45_000.5, 45_001.5],
            "planned_end": pandas.to_timedelta([30, 30], unit="m"),
            "start": [[1], [2]],
            "end": pandas.to_datetime(["2024-01-01 08:30"] * 2),
            "temp": ["maybe", "yes"],
        }
    )
    with pytest.raises(tb.ScenarioError) as e:
        tb.load_visits(frame)
    said = str(e.value)
    for line in (
        "row 2, column planned_start: '45000.5' is no time",
        "row 3, column planned_start: '45001.5' is no time",
        "rows 2, 3, column planned_end: what stands there is no time",
        "rows 2, 3, column start: what stands there is no time",
        "row 2, column temp: what stands there is not known; it is yes, no",
    ):
        assert line in said, line


# Names --------------------------------------------------------------------------------


def test_no_output_holds_a_name(village, tmp_path, capsys):
    """Files, reports, checks, pickles, messages: none says who worked or was visited."""
    rows = village.visits().to_pylist()
    for row in rows:
        row["client"] = f"Citizen Surname{row['client']}"
        row["worker"] = row["worker"] and f"Worker Familyname{row['worker']}"
    frame, roster = pandas.DataFrame(rows), village.roster().to_pandas()
    roster["worker"] = "Worker Familyname" + roster["worker"].astype(str)
    frame.loc[5:60, "planned_start"] = pandas.NaT  # calls, too
    frame.to_csv(tmp_path / "v.csv", index=False)
    roster.to_csv(tmp_path / "r.csv", index=False)
    fit = tb.load_visits(frame, roster=roster, base=truth())
    assert fit.calls
    check = fit.check(replications=3)
    out = tmp_path / "out"
    out.mkdir()
    files = ["-o", str(out / "mine.toml"), "--report", str(out / "fit.html")]
    data = [str(tmp_path / "v.csv"), "--roster", str(tmp_path / "r.csv")]
    assert main(["fit", *data, *files, "--replications", "3"]) == 0
    assert main(["fit", *data, "--report", str(out / "fit.md"), "--json"]) == 0
    trace = tb.trace(tb.load(out / "mine.toml"), weeks=1, warmup=0)
    trace.to_perfetto(out / "trace.json")
    trace.to_xes(out / "trace.xes")
    assert (
        main(
            [
                "trace",
                str(out / "mine.toml"),
                "--weeks",
                "1",
                "--table",
                "visits",
                "-o",
                str(out / "visits.csv"),
            ]
        )
        == 0
    )
    told = [capsys.readouterr().out, *strings(fit), *strings(check), repr(fit), str(fit)]
    told += [path.read_text(encoding="utf-8") for path in out.iterdir()]
    told += [pickle.dumps(thing).decode("latin-1") for thing in (fit, check, fit.roster)]
    told += [fit.scenario().to_text(), str(fit.to_dict()), str(check.to_dict())]
    told += [fit._repr_html_(), check._repr_html_(), str(fit.report(check=check))]
    frame["start"] = frame["start"].astype(str)
    frame.loc[3, "start"] = "Worker Familyname7"
    frame.loc[4, "end"] = frame.loc[4, "planned_start"] - pandas.Timedelta(days=2)
    frame.loc[6, "status"] = "Citizen Surname9 was ill"
    frame["planned_end"] = frame["planned_end"].astype(str)
    frame.loc[7, "planned_end"] = "010170 12345"  # as people are numbered
    frame.loc[8, "planned_end"] = "7:75"
    with pytest.raises(tb.ScenarioError) as e:
        tb.load_visits(frame, base=truth())
    told += [str(e.value), repr(e.value), *strings(e.value.faults)]
    assert "row 5, column start: what stands there is no time" in str(e.value)
    assert "row 8, column status: what stands there is not known" in str(e.value)
    assert "row 9, column planned_end: what stands there is no time" in str(e.value)
    assert "row 10, column planned_end: '7:75' is no time" in str(e.value)
    assert len(told) > 150
    for text in told:
        assert "Surname" not in text
        assert "Familyname" not in text
        assert "010170 12345" not in text


def test_hashes_of_names_are_in_no_output(village):
    """Neither a name's hash nor the salt stays with what was loaded."""
    from tidsbruk.own import table

    made = []

    class Seen(table.Veil):
        def hashes(self, names):
            found = super().hashes(names)
            made.extend([self._salt, *(int(x) for x in found if x)])
            return found

    from tidsbruk.own import reading

    old, reading.Veil = reading.Veil, Seen
    try:
        fit = tb.load_visits(village.visits(), roster=village.roster(), base=truth())
    finally:
        reading.Veil = old
    stored = pickle.dumps(fit)
    assert len(set(made)) > 60
    for secret in set(made):
        raw = secret if isinstance(secret, bytes) else secret.to_bytes(8, "little")
        assert raw not in stored
        assert str(secret) not in stored.decode("latin-1")
