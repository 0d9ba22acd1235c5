"""The estimand: what is compared, and that every way to show a result names it."""

import json

import pytest
import tidsbruk as tb
from tidsbruk import cli, report
from tidsbruk.assumptions import vary

PLAN = {"replications": 3, "weeks": 2, "warmup": 2, "seed": 5}


@pytest.fixture(scope="module")
def switched(npm, trust):
    return tb.run({"NPM": npm, "Trust": trust}, **PLAN, estimand="switch")


def rows(result, name):
    return {o: list(result.column(name, o)) for o in result.outcomes}


def test_the_baseline_is_its_standing_run_and_the_alternative_is_not(
    npm, trust, switched
):
    standing = tb.run({"NPM": npm, "Trust": trust}, **PLAN)
    assert (standing.estimand, switched.estimand) == ("standing", "switch")
    assert rows(switched, "NPM") == rows(standing, "NPM")
    assert rows(switched, "Trust") != rows(standing, "Trust")


def test_a_switch_to_the_same_makes_no_difference(npm):
    result = tb.run({"A": npm, "B": npm}, **PLAN, estimand="switch")
    for row in result.compare().rows:
        assert row.difference.mean == row.difference.low == row.difference.high == 0


def test_every_view_names_it(switched, tmp_path):
    comparison = switched.compare()
    assert comparison.to_dict()["estimand"] == "switch"
    assert switched.to_dict()["estimand"] == "switch"
    for shown in (repr(switched), str(switched), repr(comparison), str(comparison)):
        assert "switch" in shown
        assert "standing" not in shown
    path = tmp_path / "page.html"
    comparison.report(path)
    run = report.read(path)["run"]
    assert run["estimand"] == "switch"
    assert "--estimand switch" in run["command"]
    text = path.read_text()
    assert "share one history of 2 weeks under NPM" in text
    assert "Each was warmed up under itself" not in text


def test_needs_are_those_of_the_arm(npm):
    needier = npm.replace({"clients.home.need_ratio.mean": 1.5})
    pair = {"NPM": npm, "more need": needier}
    changes = [
        tb.run(pair, **PLAN, estimand=estimand).difference(*pair, "citizen.unmet_share")
        for estimand in ("standing", "switch")
    ]
    assert changes[1].mean == pytest.approx(changes[0].mean, rel=0.1)
    assert changes[1].low > 0.1


def test_another_unit_is_refused(npm):
    smaller = npm.replace({"clients.home.count": 200})
    with pytest.raises(tb.Error, match=r"clients\.home") as e:
        tb.run({"A": npm, "B": smaller}, **PLAN, estimand="switch")
    assert e.value.status == "TB_ERR_MISMATCH"
    with pytest.raises(tb.Error, match="estimand"):
        tb.run(npm, **PLAN, estimand="both")


def test_the_command_line_takes_it(capsys):
    plan = ("--replications", "2", "--weeks", "1", "--warmup", "1", "--json")
    pair = ("home_care/npm", "home_care/trust")
    assert cli.main(["compare", *pair, *plan, "--estimand", "switch"]) == 0
    assert json.loads(capsys.readouterr().out)["estimand"] == "switch"


def test_assumptions_are_tried_under_the_same_estimand(npm, trust):
    pair = {"NPM": npm, "Trust": trust}
    result = tb.run(pair, **PLAN, estimand="switch")
    found = vary(result, "NPM", "Trust", replications=1)
    effect = next(e for e in found.effects if e.assumption.where == "alternative")
    path, low = effect.assumption.path, effect.assumption.low
    changed = pair["Trust"].replace({path: low})
    one = PLAN | {"replications": 1}
    before, after = (
        tb.run({"NPM": npm, "Trust": s}, **one, estimand="switch").difference(
            "NPM", "Trust", "time.direct_share"
        )
        for s in (pair["Trust"], changed)
    )
    whole = result.difference("NPM", "Trust", "time.direct_share")
    expected = whole.mean + after.mean - before.mean
    assert effect.at_low["time.direct_share"] == pytest.approx(expected, abs=1e-12)


def test_the_log_of_an_arm(npm, trust):
    plan = {"weeks": 1, "warmup": 1}
    alone, arm = (tb.trace(trust, **plan, after=p).to_pandas() for p in (None, npm))
    assert list(alone.end) != list(arm.end)
    same, baseline = (
        tb.trace(npm, **plan, after=past).to_pandas() for past in (None, npm)
    )
    assert list(same.end) == list(baseline.end)
