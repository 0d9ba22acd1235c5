"""Runs, results, comparisons, assumption ranges, logs."""

import json
import math
from types import SimpleNamespace

import pytest
import tidsbruk as tb
from tidsbruk import show
from tidsbruk.assumptions import assumed, vary
from tidsbruk.compare import Row
from tidsbruk.result import HEADLINES, Interval, Outcome

np = pytest.importorskip("numpy")


def test_a_result_knows_its_run(result, small):
    assert result.names == ("NPM", "Trust")
    assert (result.replications, result.weeks, result.warmup) == (4, 2, 0)
    assert result.seed == small["seed"]
    assert result.rows_per_replication == 1
    assert set(HEADLINES) <= set(result.outcomes)
    outcome = result.outcomes["time.direct_share"]
    assert outcome.unit == "share"
    assert outcome.better == 1
    assert outcome.definition
    assert result.offered_load("NPM") > 0


def test_columns_are_ratios_without_a_copy(result):
    for outcome in result.outcomes:
        ratio, top, bottom = (
            np.asarray(result.column("Trust", outcome, part))
            for part in ("ratio", "numerator", "denominator")
        )
        assert ratio.shape == (4,)
        assert np.isfinite(ratio).all()
        some = bottom != 0
        assert np.allclose(ratio[some], top[some] / bottom[some], rtol=1e-15)
    a = np.asarray(result.column("NPM", "time.direct_share"))
    b = np.asarray(result.column("NPM", "time.direct_share"))
    assert np.shares_memory(a, b)
    assert not a.flags.writeable


def test_a_column_is_a_sequence_and_a_buffer(result):
    column = result.column("NPM", "time.direct_share")
    view = memoryview(column)
    assert (view.format, view.shape, view.readonly) == ("d", (4,), True)
    assert list(column) == view.tolist()
    assert len(column) == 4
    with pytest.raises(IndexError):
        column[4]
    with pytest.raises(TypeError):
        view[0] = 1
    with pytest.raises(TypeError):
        type(column)()


def test_an_estimate_is_a_ratio_of_sums(result):
    for outcome in result.outcomes:
        estimate = result.estimate("NPM", outcome)
        top, bottom = (
            sum(result.column("NPM", outcome, part))
            for part in ("numerator", "denominator")
        )
        assert estimate.mean == pytest.approx(top / bottom if bottom else 0, rel=1e-12)
        assert estimate.low <= estimate.mean <= estimate.high
        assert estimate.n == 4


def test_a_difference_is_that_of_the_estimates(result):
    for outcome in result.outcomes:
        difference = result.difference("NPM", "Trust", outcome).mean
        expected = (
            result.estimate("Trust", outcome).mean - result.estimate("NPM", outcome).mean
        )
        assert difference == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert result.pairing_gain("NPM", "Trust", "time.direct_share") > 0


def test_unknown_names_are_told(result):
    with pytest.raises(tb.Error, match="NPM, Trust") as caught:
        result.column("trust", "time.direct_share")
    assert caught.value.status == "TB_ERR_NAME"
    with pytest.raises(tb.Error, match=r"time\.direct_share"):
        result.estimate("NPM", "time.direct_shar")
    with pytest.raises(tb.Error, match="numerator"):
        result.column("NPM", "time.direct_share", "half")
    for level in (0, 1, -1, math.nan, math.inf):
        with pytest.raises(tb.Error, match="level"):
            result.estimate("NPM", "time.direct_share", level)


def test_the_same_world_for_both(npm, small):
    result = tb.run({"a": npm, "b": npm.replace({})}, **small)
    assert result.hash("a") == result.hash("b")
    for outcome in result.outcomes:
        assert list(result.column("a", outcome)) == list(result.column("b", outcome))


@pytest.mark.parametrize("threads", [1, 2, 3, 7, 1024])
def test_the_same_answer_for_any_number_of_threads(npm, trust, small, result, threads):
    other = tb.run({"NPM": npm, "Trust": trust}, **small, threads=threads)
    assert [other.hash(n) for n in other.names] == [result.hash(n) for n in result.names]


def test_weekly_rows(npm, small, result):
    weekly = tb.run({"NPM": npm}, **small, weekly=True)
    assert weekly.rows_per_replication == 2
    for outcome in HEADLINES:
        assert len(weekly.weekly("NPM", outcome)) == 2
        whole, each = result.estimate("NPM", outcome), weekly.estimate("NPM", outcome)
        assert each.mean == pytest.approx(whole.mean, rel=1e-9)
        assert each.n == whole.n


def test_scenarios_may_be_a_list_or_one(npm, trust, small):
    assert tb.run([npm, trust], **small).names == (npm.title, trust.title)
    assert tb.run(npm, **small).names == (npm.title,)
    with pytest.raises(tb.Error, match="one title"):
        tb.run([npm, npm], **small)
    for nothing in ([], {}):
        with pytest.raises(tb.Error, match="no scenario"):
            tb.run(nothing, **small)
    for wrong in ({"a": 3}, [3], {3: npm}):
        with pytest.raises(TypeError):
            tb.run(wrong, **small)
    with pytest.raises(tb.Error, match="name"):
        tb.run({"\0": npm}, **small)


def test_faults_of_all_scenarios_come_together(npm, small):
    law = {"kind": "gamma", "mean": 1}
    bad = npm.replace({"obligations.bad": {"trigger": "visit", "minutes": law}})
    assert bad.check()
    with pytest.raises(tb.ScenarioError) as caught:
        tb.run({"a": bad, "b": bad, "c": npm}, **small)
    assert len(caught.value.faults) == 2 * len(bad.check())
    assert "a: " in str(caught.value)
    assert "b: " in str(caught.value)


def test_progress_is_told(npm):
    told = []
    tb.run(npm, replications=30, weeks=1, warmup=0, progress=lambda *x: told.append(x))
    assert told[-1] == (30, 30)
    assert told == sorted(told)


def test_what_a_callback_raises_ends_the_run(npm, small, result):
    class EnoughError(Exception):
        pass

    def enough(done, total):
        raise EnoughError

    with pytest.raises(EnoughError):
        tb.run(npm, replications=100_000, weeks=4, progress=enough)
    again = tb.run({"NPM": npm}, **small)
    assert again.hash("NPM") == result.hash("NPM")


def test_a_callback_may_run_itself(npm, small, result):
    inner = []

    def nested(done, total):
        inner.append(tb.run({"NPM": npm}, **small).hash("NPM"))

    tb.run(npm, replications=20, weeks=1, warmup=0, progress=nested)
    assert set(inner) == {result.hash("NPM")}


def test_runs_in_several_threads(npm, small, result):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        runs = [pool.submit(tb.run, {"NPM": npm}, **small) for _ in range(8)]
    assert {r.result().hash("NPM") for r in runs} == {result.hash("NPM")}


def test_a_comparison_as_the_issue_has_it(result):
    data = json.loads(result.compare("NPM", "Trust").to_json())
    assert list(data)[:8] == [
        "baseline",
        "alternative",
        "replications",
        "weeks",
        "seed",
        "estimand",
        "outcomes",
        "settings_that_differ",
    ]
    assert data["estimand"] == "standing"
    assert [o["name"] for o in data["outcomes"][:3]] == list(HEADLINES)
    for row in data["outcomes"]:
        assert list(row)[:9] == [
            "name",
            "unit",
            "baseline",
            "alternative",
            "difference",
            "low",
            "high",
            "assumption_low",
            "assumption_high",
        ]
        assert row["low"] <= row["difference"] <= row["high"]
        assert row["assumption_low"] is None
    for row in data["settings_that_differ"]:
        assert list(row) == [
            "path",
            "baseline",
            "alternative",
            "baseline_grade",
            "baseline_evidence",
            "alternative_grade",
            "alternative_evidence",
        ]
        assert row["baseline"] != row["alternative"]


def test_intervals_of_headlines_hold_jointly(result):
    comparison = result.compare()
    for name in HEADLINES:
        joint = comparison[name].difference
        alone = result.difference("NPM", "Trust", name)
        if alone.standard_error:
            assert joint.high - joint.low > alone.high - alone.low


def test_the_table_names_headlines_and_settings(result):
    text = str(result.compare())
    for name in HEADLINES:
        assert name in text
    assert "Settings that differ" in text
    assert "4 paired replications of 2 weeks" in text
    page = result.compare()._repr_html_()
    assert "<table>" in page
    assert "time.records_share" in page
    assert "time.obligation.journal" not in page
    assert "other outcomes are not shown: to_pandas()." in page
    assert "time.direct_share" in str(result)
    assert "<table>" in result._repr_html_()


def test_the_table_holds_what_matters_and_all_on_demand(result):
    comparison = result.compare()
    short = str(comparison)
    every = show.plain_text(show.rich_comparison(comparison, every=True))
    for name in (*HEADLINES, *show.MATTER):
        assert name in short
    assert "time.breaks_share" not in short
    assert "time.breaks_share" in every
    assert set(show.MATTER) <= set(result.outcomes)


class Moved:
    """A comparison in which only two outcomes are known."""

    def __init__(self, rate, whole, better):
        known = dict([rate, whole])
        self.result = SimpleNamespace(outcomes=known)
        self.rows = {
            name: Row(
                Outcome(name, "", "", better), 1, 1, Interval(*ends, 1, 9), None, None
            )
            for name, ends in known.items()
        }

    def __getitem__(self, name):
        return self.rows[name]


CARE = ("time.direct_share", "time.direct_hours", 1, "because time on duty did")
HARM = ("control.undetected_harm", "control.undetected_cases", -1, "number of visits did")


@pytest.mark.parametrize(
    ("of", "share", "whole", "word", "care"),
    [
        (CARE, (2, 1, 3), (2, 1, 3), "better", ""),
        (CARE, (-2, -3, -1), (-2, -3, -1), "worse", ""),
        (CARE, (2, -1, 3), (2, 1, 3), "unclear", ""),
        (CARE, (2, 1, 3), (2, -1, 3), show.DUTY_CHANGED, "did not change clearly"),
        (CARE, (2, 1, 3), (-2, -3, -1), show.DUTY_CHANGED, "moved the other way"),
        (HARM, (2, 1, 3), (2, 1, 3), "worse", ""),
        (HARM, (2, 1, 3), (2, -1, 3), show.VISITS_CHANGED, "did not change clearly"),
        (HARM, (2, 1, 3), (-2, -3, -1), show.VISITS_CHANGED, "moved the other way"),
    ],
)
def test_a_rate_that_moved_without_what_it_counts(of, share, whole, word, care):
    rate, counted, better, because = of
    comparison = Moved((rate, share), (counted, whole), better)
    assert show.verdict(comparison, comparison[rate]) == word
    notes = show.rate_notes(comparison)
    assert len(notes) == (1 if care else 0)
    assert all(because in n and care in n for n in notes)


def test_people_on_the_same_shifts_do_not_thin_out_care(npm):
    """The same shifts spread over more people: the headline per day must not move."""
    more = npm.replace({"staff.carer.count": 78, "absence.days_between": 0})
    npm = npm.replace({"absence.days_between": 0})
    run = tb.run({"52": npm, "78": more}, replications=4, weeks=2, warmup=1)
    c = run.compare("52", "78")
    worker = c["time.direct_minutes"]
    assert worker.alternative == pytest.approx(worker.baseline * 52 / 78, rel=0.02)
    hours = c["time.direct_hours"]
    assert hours.alternative == pytest.approx(hours.baseline, rel=0.02)
    direct = c.measures[0].per_day
    assert abs(direct.mean) < 0.02 * 450 * c["time.direct_share"].baseline


def test_one_world_has_no_interval(npm, trust):
    result = tb.run({"a": npm, "b": trust}, replications=1, weeks=1, warmup=0)
    text = str(result.compare())
    assert "no interval from one world" in text
    assert "inf" not in text
    assert "[" not in str(result)


def test_too_much_work_is_told(npm, small):
    more = npm.replace({"clients.home.count": 400})
    text = str(tb.run({"a": npm, "b": more}, **small).compare())
    assert "more is asked than time on duty allows" in " ".join(text.split())


def test_one_scenario_has_nothing_to_compare_with(npm, small):
    with pytest.raises(tb.Error, match="only one"):
        tb.run(npm, **small).compare()


def moved(npm):
    """Two scenarios with four assumptions, one of them in both."""
    shared = {"value": 5, "grade": "assumed", "low": 2, "high": 8}
    plain = [
        (v.path, {"value": v.value, "evidence": v.evidence, "grade": "measured"})
        for v in npm.values()
        if v.grade == "assumed" and v.has_range
    ]
    base = npm.replace({**dict(plain), "duty.handover_minutes": shared})
    own = {"value": 30, "grade": "assumed", "low": 10, "high": 60}
    ignored = {"value": 0.1, "grade": "measured", "evidence": "E1", "low": 0, "high": 0.9}
    other = base.replace(
        {"regime.teams.meeting_minutes": own, "regime.teams.pooling": ignored}
    )
    return base, other


def test_assumptions_are_found(npm):
    found = assumed(*moved(npm))
    assert [(a.path, a.where) for a in found] == [
        ("duty.handover_minutes", "both"),
        ("regime.teams.meeting_minutes", "alternative"),
    ]


def test_the_assumption_range_is_that_of_single_runs(npm, small):
    base, other = moved(npm)
    result = tb.run({"a": base, "b": other}, **small)
    comparison = result.compare(assumptions=True)
    path = "regime.teams.meeting_minutes"
    ends = [comparison["time.direct_share"].difference.mean]
    for value in (10, 60):
        varied = tb.run({"a": base, "b": other.replace({path: value})}, **small)
        ends.append(varied.difference("a", "b", "time.direct_share").mean)
    for value in (2, 8):
        both = [s.replace({"duty.handover_minutes": value}) for s in (base, other)]
        varied = tb.run(dict(zip("ab", both, strict=True)), **small)
        ends.append(varied.difference("a", "b", "time.direct_share").mean)
    row = comparison["time.direct_share"]
    assert row.assumption_low == pytest.approx(min(ends), rel=1e-9)
    assert row.assumption_high == pytest.approx(max(ends), rel=1e-9)
    effect = comparison.assumptions.strongest("time.direct_share")[0]
    assert effect.span("time.direct_share", ends[0]) > 0
    data = comparison.to_dict()
    assert len(data["assumptions"]) == 2
    assert [h["name"] for h in data["assumptions"][0]["headlines"]] == list(HEADLINES)
    assert "assumption range" in str(comparison)


def test_the_assumption_range_does_not_depend_on_threads(npm, small):
    base, other = moved(npm)
    result = tb.run({"a": base, "b": other}, **small)
    one, three = (vary(result, "a", "b", threads=n) for n in (1, 3))
    assert one.to_list() == three.to_list()
    told = []
    vary(result, "a", "b", replications=2, progress=lambda *x: told.append(x))
    assert told[-1][0] == told[-1][1]


def test_data_frames(result, npm, small):
    pandas = pytest.importorskip("pandas")
    frame = result.to_pandas()
    assert list(frame.columns[:2]) == ["scenario", "replication"]
    assert len(frame) == 8
    trust = frame[frame.scenario == "Trust"]["time.direct_share"].to_numpy()
    assert (trust == np.asarray(result.column("Trust", "time.direct_share"))).all()
    column = np.asarray(result._plain.column(-1, "time.direct_share", 0))
    assert np.shares_memory(frame["time.direct_share"].to_numpy(), column)
    weekly = tb.run(npm, **small, weekly=True).to_pandas()
    assert list(weekly.week) == [0, 1] * 4
    assert list(weekly.replication) == [0, 0, 1, 1, 2, 2, 3, 3]
    assert isinstance(result.compare().to_pandas(), pandas.DataFrame)


def test_to_pandas_does_not_need_pyarrow(python):
    pytest.importorskip("pandas")
    done = python(
        "import sys; sys.modules['pyarrow'] = None\n"
        "import tidsbruk as tb\n"
        "r = tb.run(tb.preset('home_care/npm'), replications=2, weeks=1, warmup=0)\n"
        "print(len(r.to_pandas()))"
    )
    assert done.stdout.strip() == "2", done.stderr


def test_the_log_of_a_replication(npm):
    log = tb.trace(npm, seed=3, weeks=1, warmup=0)
    assert len(log) > 0
    start, end, worker = (
        np.asarray(log.columns[name]) for name in ("start", "end", "worker")
    )
    assert (end >= start).all()
    activity = np.array(log.names["activity"])[np.asarray(log.columns["activity"])]
    start, end, worker = (x[activity != "duty"] for x in (start, end, worker))
    for one in set(worker.tolist()):
        mine = np.argsort(start[worker == one], kind="stable")
        first, last = start[worker == one][mine], end[worker == one][mine]
        assert (first[1:] >= last[:-1]).all(), "one person is in one place"
    named = {"worker", "activity", "client", "service", "obligation"}
    assert named == set(log.names)


def test_the_log_as_a_frame(npm):
    pytest.importorskip("pandas")
    frame = tb.trace(npm, seed=3, weeks=1, warmup=0).to_pandas()
    assert frame.worker.notna().all()
    assert frame.activity.notna().all()
    assert frame.temp.dtype == bool


def test_a_week_of_a_weekly_run_is_a_week(npm, small):
    plan = small | {"weeks": 1}
    one = tb.run({"NPM": npm}, **plan, weekly=True)
    assert one.is_weekly
    assert list(one.to_pandas().week) == [0, 0, 0, 0]
    assert len(one.to_dict()["outcomes"][0]["estimates"][0]["weekly"]) == 1
    whole = tb.run({"NPM": npm}, **plan)
    assert not whole.is_weekly
    assert "week" not in whole.to_pandas()


def test_parts_are_merged_into_the_bits_of_one_run(npm, trust, result, small):
    named, plan = {"NPM": npm, "Trust": trust}, small | {"replications": 1}
    last = tb.run(named, **plan, first=3)
    assert last.first == 3
    parts = [
        last,
        tb.run(named, **plan),
        tb.run(named, **plan | {"replications": 2}, first=1),
    ]
    merged = tb.merge(parts)
    assert (merged.first, merged.replications) == (0, 4)
    assert merged.scenarios == result.scenarios
    for name in result.names:
        assert merged.hash(name) == result.hash(name)
    for outcome in result.outcomes:
        for name in result.names:
            assert list(merged.column(name, outcome)) == list(
                result.column(name, outcome)
            )


def test_parts_that_do_not_belong_together(npm, trust, small):
    def part(first, scenario=npm, name="A", **changes):
        return tb.run(
            {name: scenario}, **small | {"replications": 1} | changes, first=first
        )

    for other, word in (
        (part(2), "gap"),
        (part(0), "overlap"),
        (part(1, seed=4), "seed"),
        (part(1, trust), "settings"),
        (part(1, name="B"), "scenarios"),
    ):
        with pytest.raises(tb.Error, match=word) as e:
            tb.merge([part(0), other])
        assert e.value.status == "TB_ERR_MISMATCH"
    with pytest.raises(tb.Error):
        tb.merge([])
    with pytest.raises(TypeError):
        tb.merge([npm])


def test_headlines_that_are_chosen_hold_jointly(result):
    chosen = ["time.records_share", "citizen.late_share", "time.records_share"]
    c = result.compare(headlines=chosen)
    assert [row.outcome.name for row in c.rows if row.is_headline] == chosen[:2]
    assert [row.outcome.name for row in c.rows[:2]] == chosen[:2]
    pair = (c.baseline, c.alternative)
    for name in chosen[:2]:
        assert c[name].difference == result.difference(*pair, name, 0.975)
    for name in HEADLINES:
        assert c[name].difference == result.difference(*pair, name, 0.95)
    assert c.measures == []
    assert len(result.compare(headlines=HEADLINES[:1]).measures) == 1
    one = result.compare(headlines=[HEADLINES[0]])[HEADLINES[0]]
    assert one.difference == result.difference(*pair, HEADLINES[0], 0.95)
    assert "headlines, " not in str(result.compare(headlines=[HEADLINES[0]]))
    for wrong in ([], "time.records_share"):
        with pytest.raises(TypeError, match="headlines"):
            result.compare(headlines=wrong)
    with pytest.raises(Exception, match="records_share"):
        result.compare(headlines=["time.record_share"])


def test_a_sure_difference_is_never_written_as_nothing():
    outcome = Outcome("time.meetings_share", "share", "", 0)

    def texts(mean, half):
        change = Interval(mean, mean - half, mean + half, half / 2, 9)
        row = Row(outcome, 0.1, 0.1, change, None, None)
        return show.difference_text(row), show.interval_text(row)

    assert texts(0.0123, 0.001) == ("+1.23", "[+1.13, +1.33]")
    assert texts(0.00002, 0.00001) == ("+0.002", "[+0.001, +0.003]")
    assert texts(-0.00002, 0.000025) == ("-0.00", "[-0.00, +0.00]")  # chance may make it


def test_an_interval_prints_short():
    assert str(Interval(0.17061934, 0.17018689, 0.17105179, 0.0002, 200)) == (
        "0.1706 [0.1702, 0.1711]"
    )
    assert str(Interval(0.17061934, math.nan, math.nan, math.nan, 1)) == "0.1706"
