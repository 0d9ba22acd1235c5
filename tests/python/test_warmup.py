"""The choice of the warm-up: known series, the slowest state, the command line."""

import json

import pytest
import tidsbruk as tb
from tidsbruk import cli
from tidsbruk.settling import mser5, welch

PLAN = {"weeks": 20, "replications": 2}


def noise(n):
    """Numbers that look like chance, the same every time: mean 0."""
    return [((i * 7919) % 101 - 50) / 50 for i in range(n)]


@pytest.mark.parametrize("cut", [10, 25, 40])
def test_a_step_is_cut_off(cut):
    series = [x + (30 if i < cut else 0) for i, x in enumerate(noise(101))]
    assert mser5(series[:100]) == (cut, True)


def test_a_series_that_goes_on_rising_is_not_settled():
    assert not mser5([float(i) for i in range(100)])[1]


def test_welch_keeps_a_line_and_smooths_a_comb():
    line = [float(i) for i in range(9)]
    assert welch(line) == line
    assert max(welch([0.0, 5.0] * 10)[2:-2]) == 3


def test_the_slowest_state_of_any_scenario_decides(npm):
    slow = npm.replace({"regime.wellbeing.strain_half_life_weeks": 26})
    found = tb.warmup({"NPM": npm, "slow": slow}, weeks=40, replications=2)
    assert found.weeks == max(state.weeks for state in found.states)
    assert {state.scenario for state in found.states} == {"NPM", "slow"}
    assert "staff.strain under slow" in found.reason
    assert "not settled" in found.reason
    assert len(found.plot().vconcat) == len(found.states)


def test_an_overloaded_unit_has_no_steady_state(npm):
    many = npm.replace({"clients.home.count": 600})
    assert "no steady state" in tb.warmup({"many": many}, **PLAN).reason
    assert "no steady state" not in tb.warmup({"NPM": npm}, **PLAN).reason


def test_the_command_line(capsys, tmp_path):
    plot = tmp_path / "plot.svg"
    plan = ("--weeks", "20", "--replications", "2", "--json", "--plot", str(plot))
    assert cli.main(["warmup", "home_care/npm", *plan]) == 0
    assert json.loads(capsys.readouterr().out)["weeks"] % 5 == 0
    assert plot.stat().st_size > 1000
