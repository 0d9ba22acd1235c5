"""Own data: a known unit is recovered from its visits, and nobody's name is kept."""

import math
import pickle

import polars
import pytest
import tidsbruk as tb

WEEKS, SEED = 13, 11
Z = 4.5
TRUTH = {
    "staff": {"carer": {"role": "carer", "count": 40}},
    "shifts": {
        "day": {"starts": 435, "minutes": 465, "weekdays": 16, "saturdays": 15},
        "evening": {"starts": 915, "minutes": 420, "weekdays": 9, "saturdays": 9},
    },
    "clients": {
        "home": {
            "role": "carer",
            "count": 80,
            "granted_hours": {"kind": "gamma", "mean": 7.5, "cv": 0.4},
            "granted_hours_limit": 40,
            "visit_minutes": {"kind": "lognormal", "mean": 28, "cv": 0.3},
            "need_ratio": {"kind": "lognormal", "mean": 0.95, "cv": 0.25},
            "need_variation": {"kind": "lognormal", "mean": 1, "cv": 0.35},
        }
    },
    "windows": {
        "morning": {"opens": 465, "closes": 600, "order": 1},
        "noon": {"opens": 690, "closes": 810, "order": 3},
        "evening": {"opens": 990, "closes": 1170, "order": 2},
    },
    "travel": {"kind": "law", "leg": {"kind": "lognormal", "mean": 7, "cv": 0.45}},
    "duty": {"break_minutes": 30, "overtime_limit_minutes": 30},
    "visits": {"unfinished": "drop"},
    "absence": {
        "days_between": 40,
        "spell_days": {"kind": "constant", "mean": 4},
        "fill": 0.6,
    },
}
OTHER = {  # what the base of the fit says instead, so that nothing is only copied
    "staff.carer.count": 3,
    "travel.leg": 21,
    "absence.days_between": 500,
    "absence.fill": 0.1,
    "regime.grants.binding": 0.33,
}


def truth(binding=0.0):
    for kind in ("day", "evening"):
        TRUTH["shifts"][kind]["sundays"] = 8
    unit = tb.Scenario(TRUTH)
    if binding:
        grants = {"regime.grants.granularity": "minutes", "regime.grants.fill": 0}
        unit = unit.replace(grants | {"regime.grants.binding": binding})
    return unit


def fitted(unit, base=None):
    trace = tb.trace(unit, seed=SEED, weeks=WEEKS, warmup=2)
    base = truth().replace(OTHER) if base is None else base
    return tb.load_visits(trace.visits(), roster=trace.roster(), base=base)


def long_run(unit):
    run = tb.run(unit, seed=99, weeks=WEEKS, warmup=2, replications=40)
    return run.estimate(run.names[0], "citizen.missed_share").mean


def z_of(estimate, value):
    if estimate.error == 0 or math.isnan(estimate.error):
        return 0.0 if estimate.value == pytest.approx(value, abs=1e-6) else math.inf
    return (estimate.value - value) / estimate.error


RECOVERED = {
    "clients.home.count": 80,
    "clients.home.granted_hours.mean": 7.5,
    "clients.home.granted_hours.cv": 0.4,
    "clients.home.visit_minutes.mean": 28,
    "clients.home.visit_minutes.cv": 0.3,
    "clients.home.need_ratio.mean": 0.95,
    "clients.home.need_ratio.cv": 0.25,
    "clients.home.need_variation.cv": 0.35,
    "clients.home.two_carers": 0,
    "travel.leg.mean": 7,
    "travel.leg.cv": 0.45,
    "staff.carer.count": 40,
    "shifts.day.starts": 435,
    "shifts.day.minutes": 465,
    "shifts.day.weekdays": 16,
    "shifts.day.saturdays": 15,
    "shifts.day.sundays": 8,
    "shifts.evening.starts": 915,
    "shifts.evening.minutes": 420,
    "absence.fill": 0.6,
}


@pytest.fixture(scope="module")
def known():
    return fitted(truth())


@pytest.mark.parametrize(("path", "value"), RECOVERED.items())
def test_a_known_unit_is_recovered(known, path, value):
    assert abs(z_of(known[path], value)) < Z, known[path]


def test_absence_visits_and_missed_are_recovered(known):
    (between,) = (e for e in known.estimates() if e.name == "days between spells")
    assert abs(z_of(between, 40)) < Z
    assert abs(z_of(known.roster.absent, 4 / 44)) < Z
    run = tb.run(truth(), seed=SEED, weeks=WEEKS, warmup=2, replications=1)
    planned = run.column(None, "citizen.missed_share", "denominator")[0]
    assert known.n == pytest.approx(planned, rel=0.002)
    weekly = known.groups["home"].weekly
    assert weekly.value == pytest.approx(planned / WEEKS, rel=0.002)
    assert known.missed.value > 0.001
    assert abs(z_of(known.missed, long_run(truth()))) < Z


HOME = "clients.home"
PLANTED = {  # a change of the generator, which must be seen where it is made
    f"{HOME}.count": 79,
    f"{HOME}.granted_hours.mean": 9.5,
    f"{HOME}.granted_hours.cv": 0.75,
    f"{HOME}.visit_minutes.mean": 34,
    f"{HOME}.visit_minutes.cv": 0.6,
    f"{HOME}.need_ratio.mean": 1.12,
    f"{HOME}.need_ratio.cv": 0.45,
    f"{HOME}.need_variation.cv": 0.4,
    f"{HOME}.two_carers": 0.3,
    "travel.leg.mean": 7.7,
    "travel.leg.cv": 0.7,
    "staff.carer.count": 41,
    "shifts.day.starts": 450,
    "shifts.evening.minutes": 435,
    "shifts.day.weekdays": 15,
    "shifts.day.saturdays": 14,
    "absence.fill": 0.95,
}


@pytest.mark.parametrize(("path", "value"), PLANTED.items())
def test_a_planted_bias_is_seen(path, value):
    biased = fitted(truth().replace({path: value}))
    assert abs(z_of(biased[path], RECOVERED[path])) > Z, biased[path]


def test_planted_absence_and_missed_visits_are_seen():
    often = fitted(truth().replace({"absence.days_between": 15}))
    (between,) = (e for e in often.estimates() if e.name == "days between spells")
    assert abs(z_of(between, 40)) > Z
    few = {f"shifts.day.{day}": 5 for day in ("weekdays", "saturdays", "sundays")}
    fewer = fitted(truth().replace(few))
    assert abs(z_of(fewer.missed, long_run(truth()))) > Z


def test_waiting_is_no_way():
    """Windows that open one after the other let workers wait before many visits."""
    waits = {"windows": {"noon": None, "evening": None}}
    for i in range(8):
        opens = 480 + 40 * i
        window = {"opens": opens, "closes": opens + 120, "order": 1}
        waits["windows"][f"at_{i}"] = window
    few = {"clients.home.count": 36, "clients.home.granted_hours.mean": 3.5}
    few |= {f"shifts.day.{day}": 4 for day in ("weekdays", "saturdays", "sundays")}
    fit = fitted(truth().replace(waits).replace(few))
    assert fit.gaps.waited > 300
    assert abs(z_of(fit["travel.leg.mean"], 7)) < Z, fit["travel.leg.mean"]


def test_grants_that_bind_are_recovered_through_what_they_hide():
    bound = fitted(truth(binding=0.7))
    naive = sum(g.need.mean for g in bound.groups.values())
    assert abs(z_of(bound["regime.grants.binding"], 0.7)) < Z
    for path in ("need_ratio.mean", "need_ratio.cv", "need_variation.cv"):
        at = f"clients.home.{path}"
        assert abs(z_of(bound[at], RECOVERED[at])) < Z, bound[at]
    assert bound["regime.grants.binding"].error < 0.03
    assert naive == pytest.approx(0.95, abs=0.1)
    half = fitted(truth(binding=0.5))
    assert abs(z_of(half["regime.grants.binding"], 0.7)) > Z


def test_the_scenario_says_what_was_found(known, tmp_path):
    unit = known.scenario()
    assert unit["staff.carer.count"] == 40
    assert unit["shifts.evening.weekdays"] == 9
    opens = {unit[p] for p in unit if p.startswith("windows.") and p.endswith(".opens")}
    assert opens == {465, 690, 990}
    assert unit.law_mean("travel.leg") == pytest.approx(known.legs.mean.value, rel=0.01)
    assert unit.value("absence.fill").grade == "estimated"
    assert not unit.check()
    plan = {"seed": 5, "weeks": 8, "warmup": 4, "replications": 6}
    run = tb.run({"true": truth(), "fit": unit}, **plan)
    for outcome, apart in {"citizen.visits": 0.04, "time.direct_share": 0.03}.items():
        one, other = (run.estimate(name, outcome).mean for name in ("true", "fit"))
        assert other == pytest.approx(one, rel=apart), outcome


def test_without_a_roster_it_says_what_it_cannot_know():
    trace = tb.trace(truth(), seed=SEED, weeks=8, warmup=2)
    visits = trace.visits().drop_columns(["window_opens", "window_closes"])
    fit = tb.load_visits(visits, base=truth())
    unknown = dict(fit.unknown)
    assert {"absence", "shifts"} <= set(unknown)
    assert "windows" in dict(fit.assumed)
    day = fit.shifts["carer"][0]
    assert day.name == "day"
    assert abs(day.starts - 435) <= 30
    assert 300 <= day.minutes <= 480  # visits bound it from within
    assert fit.staff["carer"] == pytest.approx(40, abs=2)
    fit.scenario()


# Faults, forms, names -----------------------------------------------------------------

ROW = {
    "bruker": "Kari Nordmann",
    "ansatt": "Ola Hansen",
    "planlagt start": "01.01.2024 08:00",
    "planlagt slutt": "01.01.2024 08:30",
    "faktisk start": "01.01.2024 08:05",
    "faktisk slutt": "01.01.2024 08:29",
}


def test_faults_come_all_at_once_by_row_and_column():
    rows = [
        ROW,
        ROW | {"faktisk slutt": "01.01.2024 07:00"},
        ROW | {"planlagt start": "32.01.2024 08:00"},
        ROW | {"planlagt slutt": "01.01.2024 08:00"},
        ROW | {"bruker": "", "status": "utført"},
        ROW | {"status": "utfoort"},
        ROW | {"ansatt": "", "faktisk slutt": ""},
        ROW | {"faktisk start": "Kari Nordmann"},
    ]
    with pytest.raises(tb.ScenarioError) as e:
        tb.load_visits(rows)
    said = str(e.value)
    for line in (
        "row 3, column faktisk slutt: it ends before it starts",
        "row 4, column planlagt start: '32.01.2024 08:00' is no time such as",
        "row 5, column planlagt slutt: no minutes are planned",
        "row 6, column bruker: it says nothing",
        "row 7, column status: 'utfoort' is not known; did you mean 'given'?",
        "row 8, column ansatt: it says nothing",
        "row 8, column faktisk slutt: it was begun, and no end is said",
        "row 9, column faktisk start: what stands there is no time",
    ):
        assert line in said, line
    assert "Kari" not in said
    assert len(e.value.faults) >= 8


def test_missing_columns_are_named():
    with pytest.raises(tb.ScenarioError, match="there is no column worker"):
        tb.load_visits([{k: v for k, v in ROW.items() if k != "ansatt"}])
    short = {k: v for k, v in ROW.items() if k != "planlagt slutt"}
    with pytest.raises(tb.ScenarioError, match="planned_end, nor granted_minutes"):
        tb.load_visits([short])


@pytest.fixture(scope="module")
def village():
    return tb.trace(truth().replace({"clients.home.count": 30}), weeks=6, warmup=1)


def named_rows(trace, write):
    """Visits with people's names, as text in some form of writing instants."""
    rows = trace.visits().to_pylist()
    for row in rows:
        row["client"] = f"Citizen Surname{row['client']}"
        row["worker"] = f"Worker Familyname{row['worker']}"
        for name in ("planned_start", "planned_end", "start", "end"):
            row[name] = write(row[name]) if row[name] else ""
        del row["window_opens"], row["window_closes"]
    return rows


FORMS = {
    "iso": lambda t: t.isoformat(timespec="seconds"),
    "nordic": lambda t: t.strftime("%d.%m.%Y %H:%M:%S"),
    "danish": lambda t: t.strftime("%d-%m-%Y kl. %H.%M.%S"),
    "slashes": lambda t: t.strftime("%d/%m/%Y %H:%M:%S"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_time_reads_alike(village, form):
    fit = tb.load_visits(named_rows(village, FORMS[form]), base=truth())
    same = tb.load_visits(
        village.visits().drop_columns(["window_opens", "window_closes"]), base=truth()
    )
    for mine, other in zip(fit.estimates(), same.estimates(), strict=True):
        assert mine.value == pytest.approx(other.value, rel=0.01, abs=0.02), mine


def test_csv_parquet_and_frames_read_alike(village, tmp_path):
    import pyarrow.parquet

    table = village.visits()
    pyarrow.parquet.write_table(table, tmp_path / "v.parquet")
    frames = {
        "arrow": table,
        "pandas": table.to_pandas(),
        "polars": polars.DataFrame(table),
        "parquet": tmp_path / "v.parquet",
    }
    fits = {k: tb.load_visits(frame, base=truth()) for k, frame in frames.items()}
    for name, fit in fits.items():
        assert fit.estimates() == fits["arrow"].estimates(), name
    decimal = table.to_pandas()
    lasts = (decimal["planned_end"] - decimal["planned_start"]).dt.total_seconds() / 60
    decimal["visiteret tid"] = [f"{m:.2f}".replace(".", ",") for m in lasts]
    del decimal["planned_end"]
    comma = tb.load_visits(decimal, base=truth())
    path = "clients.home.visit_minutes.mean"
    assert comma[path].value == pytest.approx(fits["arrow"][path].value, rel=1e-3)


def strings(thing, seen=None):
    """Every text that hangs on an object."""
    seen = set() if seen is None else seen
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, str | bytes):
        yield thing if isinstance(thing, str) else thing.decode("latin-1")
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from strings(key, seen)
            yield from strings(value, seen)
    elif isinstance(thing, list | tuple | set):
        for item in thing:
            yield from strings(item, seen)
    else:
        yield from strings(getattr(thing, "__dict__", {}), seen)
        yield repr(thing)


def test_no_name_is_kept_anywhere(village, tmp_path):
    rows = named_rows(village, FORMS["iso"])
    roster = village.roster().to_pylist()
    for row in roster:
        row["worker"] = f"Worker Familyname{row['worker']}"
    fit = tb.load_visits(rows, roster=roster, base=truth())
    fit.report(tmp_path / "fit.html")
    told = [*strings(fit), str(fit), fit._repr_html_(), repr(fit.report())]
    told += [str(fit.report()), (tmp_path / "fit.html").read_text(encoding="utf-8")]
    told += [pickle.dumps(fit).decode("latin-1"), str(fit.to_dict())]
    told += [fit.scenario().to_text(), str(tb.load_roster(roster)), repr(fit.roster)]
    told += strings(tb.load_roster(roster))
    assert len(told) > 100
    for text in told:
        assert "Surname" not in text
        assert "Familyname" not in text


def test_numbers_of_people_are_new_on_each_loading(village):
    import pandas
    from tidsbruk.own.table import Veil

    names = pandas.Series(["Kari", "Ola", "", "Kari"])
    one, other = Veil().hashes(names), Veil().hashes(names)
    assert one[0] == one[3] != one[1]
    assert one[2] == 0
    assert set(one) & set(other) == {0}


def test_heaps_are_said(village):
    plain = village.visits().drop_columns(["window_opens", "window_closes"])
    assert not tb.load_visits(plain, base=truth()).heaps.are_there
    frame = plain.to_pandas()
    for name in ("start", "end"):
        frame[name] = frame[name].dt.round("5min")
    heaped = tb.load_visits(frame, base=truth())
    assert heaped.heaps.are_there
    assert "Times are heaped: 100% of" in str(heaped.report())


def test_status_and_calls_off(village):
    frame = village.visits().to_pandas()
    frame["status"] = frame["status"].astype(str)
    frame.loc[:9, "status"] = "avlyst"
    gone = frame.index[10:25]
    frame.loc[gone, "status"] = "bomtur"
    fit = tb.load_visits(frame, base=truth())
    assert fit.n == len(frame) - 10
    assert fit.no_show.value == pytest.approx(15 / fit.n)
    assert "10 visits that were called off are left out." in fit.notes
