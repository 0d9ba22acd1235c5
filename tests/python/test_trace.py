"""The trace of a replication: its tables, its files, and runs that may not be mixed."""

import json
import xml.etree.ElementTree as ET

import numpy as np
import pyarrow.csv
import pyarrow.parquet
import pytest
import tidsbruk as tb
from tidsbruk.cli import main

DAY = 86_400_000
NS = {"x": "http://www.xes-standard.org/"}


@pytest.fixture(scope="module")
def npm():
    return tb.preset("home_care/npm")


@pytest.fixture(scope="module")
def trace(npm):
    return tb.trace(npm, seed=3, weeks=2, warmup=1)


@pytest.fixture(scope="module")
def result(npm):
    return tb.run({"npm": npm}, seed=3, weeks=2, warmup=1, replications=1)


def minutes(table, by):
    frame = table.to_pandas()
    frame["minutes"] = (frame["end"] - frame["start"]).dt.total_seconds() / 60
    return frame.groupby(by, observed=True)["minutes"].sum()


def test_activities_are_what_the_run_counts(trace, result):
    took = minutes(trace.to_arrow(), "activity")
    counted = {
        name.removeprefix("time.").removesuffix("_minutes"): result.column(
            None, name, "numerator"
        )[0]
        for name in result.outcomes
        if name.startswith("time.") and name.endswith("_minutes")
    }
    shared = [name for name in took.index if name in counted]
    assert {"travel", "idle", "breaks", "meetings"} <= set(shared)
    for name in shared:
        assert took[name] == pytest.approx(counted[name], abs=1e-6), name


def test_stretches_of_a_worker_never_overlap(trace):
    frame = trace.to_arrow().to_pandas()
    for worker, rows in frame.groupby("worker", observed=True):
        rows = rows.sort_values("start")
        assert (rows["end"].to_numpy()[:-1] <= rows["start"].to_numpy()[1:]).all(), worker


def test_visits_are_those_that_the_run_counts(trace, result):
    visits = trace.visits().to_pandas()
    given = visits[visits["status"] == "given"]
    days = (visits["planned_start"] - np.datetime64("2024-01-01")).dt.days
    assert days.between(0, 13).all()
    care = trace.select(activity=["care_needed", "care_surplus", "records_presence"])
    took = minutes(care.to_arrow(), "client")
    stayed = minutes(given.pipe(pyarrow.Table.from_pandas), "client")
    # a visit that an edge of the weeks cuts through is whole in one, cut in the other
    assert stayed.sum() == pytest.approx(took.sum(), rel=2e-3)
    planned = result.column(None, "citizen.missed_share", "denominator")[0]
    assert len(visits) == pytest.approx(planned, abs=3)


def test_missed_visits_have_no_start(npm):
    short = npm.replace(
        {"shifts.day.weekdays": 9, "shifts.evening.weekdays": 4, "absence.fill": 0}
    )
    visits = tb.trace(short, weeks=2, warmup=0).visits().to_pandas()
    missed = visits[visits["status"] == "missed"]
    run = tb.run(short, weeks=2, warmup=0, replications=1, seed=1)
    assert len(missed) > 100
    assert missed["start"].isna().all()
    assert missed["end"].isna().all()
    assert visits["start"][visits["status"] == "given"].notna().all()
    missed_by_run = run.column(None, "citizen.missed_share", "numerator")[0]
    assert len(missed) == pytest.approx(missed_by_run, rel=0.01)


def test_roster_says_who_was_absent(npm):
    often = npm.replace({"absence.days_between": 20, "absence.fill": 0.5})
    trace = tb.trace(often, weeks=4, warmup=1)
    roster = trace.roster().to_pandas()
    assert set(roster["status"]) == {"worked", "absent", "temp"}
    away = roster["status"].isin(["absent", "temp"])
    assert (roster["status"][away] == "temp").mean() == pytest.approx(0.5, abs=0.12)
    begun = trace.columns["activity"] == trace.names["activity"].index("duty")
    begun &= trace.columns["start"] >= 0
    worked = roster[roster["status"] != "absent"]
    assert len(worked) == begun.sum()
    assert set(roster["shift"]) == {"day", "evening"}
    assert set((roster["end"] - roster["start"]).dt.total_seconds() / 60) == {450}


def test_care_of_calls_says_its_service():
    calls = tb.preset("textbook/mmc")
    frame = tb.trace(calls, weeks=1, warmup=0).to_arrow().to_pandas()
    care = frame[frame["activity"] == "care_needed"]
    service = next(p.split(".")[1] for p in calls if p.startswith("services."))
    assert len(care) > 100
    assert set(care["service"]) == {service}
    assert frame["service"][frame["activity"] == "idle"].isna().all()


def test_part_and_concat(trace):
    two = [trace.select(worker=f"carer/{i}", days=(0, 3)) for i in (1, 2)]
    both = tb.Trace.concat([*two, two[0]])
    assert len(both) == sum(map(len, two))
    assert set(both.to_arrow()["worker"].to_pylist()) == {"carer/1", "carer/2"}
    assert (both.columns["start"] < 3 * DAY).all()
    with pytest.raises(tb.Error, match="no worker is called 'carer/l'; did you mean"):
        trace.select(worker="carer/l")


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"seed": 4}, r"they differ in seed \(3 and 4\)"),
        ({"replication": 1}, r"they differ in replication \(0 and 1\)"),
        ({"weeks": 1}, r"they differ in weeks \(2 and 1\)"),
        ({"scenario": "home_care/trust"}, r"they differ in scenario \(\w+ and \w+\)$"),
    ],
)
def test_runs_are_not_mixed(trace, other, said):
    scenario = tb.preset(other.pop("scenario", "home_care/npm"))
    world = {"seed": 3, "weeks": 2, "warmup": 1} | other
    with pytest.raises(tb.Error, match=said) as e:
        tb.Trace.concat([trace, tb.trace(scenario, **world)])
    assert e.value.status == "TB_ERR_MISMATCH"


def test_perfetto(trace, tmp_path):
    part = trace.select(days=(0, 1))
    part.to_perfetto(tmp_path / "t.json")
    told = json.loads((tmp_path / "t.json").read_text())
    events = told["traceEvents"]
    names = {e["args"]["name"] for e in events if e["name"] == "thread_name"}
    slices = [e for e in events if e["ph"] == "X"]
    assert "carer/14" in names
    assert len(slices) == len(part)
    assert told["otherData"]["seed"] == "3"
    ends = {}  # slices of a track nest: what begins within another ends within it
    for e in slices:
        open_ends = ends.setdefault(e["tid"], [])
        while open_ends and open_ends[-1] <= e["ts"]:
            open_ends.pop()
        assert not open_ends or e["ts"] + e["dur"] <= open_ends[-1]
        open_ends.append(e["ts"] + e["dur"])
    assert any(e["name"] == "journal" and e["args"]["client"] for e in slices)


def test_xes(trace, tmp_path):
    part = trace.select(days=(0, 2))
    table = part.to_xes(tmp_path / "t.xes")
    log = ET.parse(tmp_path / "t.xes").getroot()
    cases = log.findall("x:trace", NS)
    events = log.findall("x:trace/x:event", NS)
    shifts = set(table["case:concept:name"].to_pylist())
    assert len(cases) == len(shifts)
    assert len(events) == table.num_rows == 2 * part.to_arrow().num_rows
    keys = {e.get("key") for e in events[0]}
    standard = {"concept:name", "time:timestamp", "lifecycle:transition", "org:resource"}
    assert keys >= standard
    frame = table.to_pandas()
    stamps = frame.groupby("case:concept:name", sort=False)["time:timestamp"]
    assert stamps.apply(lambda t: t.is_monotonic_increasing).all()
    by_client = trace.to_xes(case="client").to_pandas()
    assert set(by_client["case:concept:name"]) <= set(trace.names["client"])
    stamps = by_client.groupby("case:concept:name", sort=False)["time:timestamp"]
    assert len(stamps) > 20
    assert stamps.apply(lambda t: t.is_monotonic_increasing).all()
    for events in (frame, by_client):  # each start has its end, of the same work
        pairs = events.groupby("concept:instance", sort=False)
        assert (pairs.size() == 2).all()
        assert (pairs["lifecycle:transition"].agg(" ".join) == "start complete").all()
        assert (pairs[["case:concept:name", "org:resource"]].nunique() == 1).all().all()
    nobody = trace.select(activity="idle")
    with pytest.raises(tb.Error, match="no stretch is of a client"):
        nobody.to_xes(case="client")
    with pytest.raises(tb.Error, match="case = 'worker' is none of shift, client"):
        trace.to_xes(case="worker")


def test_dates(trace):
    other = trace.visits(monday="2025-03-03").to_pandas()["planned_start"]
    first = trace.visits().to_pandas()["planned_start"]
    assert ((other - first).dt.days == 427).all()
    with pytest.raises(tb.Error, match="is a Tuesday"):
        trace.roster(monday="2024-01-02")


def test_command_writes_each_kind(tmp_path, capsys):
    run = ["trace", "home_care/npm", "--weeks", "1", "--warmup", "0"]
    for name in ("t.parquet", "t.csv", "t.json", "t.xes"):
        one = ["--worker", "carer/1", "--out", str(tmp_path / name)]
        assert main([*run, *one]) == 0
        assert (tmp_path / name).stat().st_size > 1000
    rows = pyarrow.parquet.read_table(tmp_path / "t.parquet")
    assert rows.num_rows == pyarrow.csv.read_csv(tmp_path / "t.csv").num_rows
    assert rows.schema.metadata[b"tidsbruk.replication"] == b"0"
    assert f"{tmp_path / 't.parquet'}: {rows.num_rows} rows" in capsys.readouterr().out
    assert main([*run, "--table", "visits", "--out", str(tmp_path / "v.csv")]) == 0
    assert main([*run, "--table", "visits", "--out", str(tmp_path / "v.xes")]) == 1
    assert "a file of visits ends in .parquet, .csv" in capsys.readouterr().err


def test_frames_read_a_trace(trace):
    import polars

    part = trace.select(worker="carer/1")
    assert polars.DataFrame(part).height == part.to_arrow().num_rows
