"""The choice of the warm-up: known series, the slowest state, the command line."""

import json

import numpy as np
import pytest
import tidsbruk as tb
from scipy import stats
from tidsbruk import cli
from tidsbruk.settling import settling, welch

PLAN = {"weeks": 20, "replications": 10}
RUNS, N, WEEKS = 200, 20, 104


def weeks_of(series):
    """What each of many macro-runs of (replications, weeks) asks for."""
    return np.array([settling(run, np.ones_like(run)).weeks for run in series])


def noise(seed, memory=0.0):
    """Stationary noise of deviation 1 around 10; with memory from week to week."""
    rng = np.random.default_rng(seed)
    series = rng.normal(size=(RUNS, N, WEEKS))
    for week in range(1, WEEKS):
        series[..., week] *= (1 - memory**2) ** 0.5
        series[..., week] += memory * series[..., week - 1]
    return 10 + series


@pytest.mark.parametrize("memory", [0, 0.9])
def test_noise_asks_for_no_warmup(memory):
    assert np.mean(weeks_of(noise(3, memory)) == 0) >= 0.95


def test_noise_of_many_states_asks_for_none_together():
    asked = [
        settling(run, np.ones_like(run), looks=10).weeks for run in noise(4)[:, :, :60]
    ]
    together = np.array(asked).reshape(-1, 10).max(1)
    assert np.mean(together == 0) >= 0.95


def test_rare_events_ask_for_no_warmup():
    rng = np.random.default_rng(5)
    calls = rng.poisson(0.2, size=(RUNS, N, WEEKS)).astype(float)
    waits = calls * rng.exponential(10, size=calls.shape)
    found = [settling(w, c).weeks for w, c in zip(waits, calls, strict=True)]
    assert np.mean(np.array(found) == 0) >= 0.95


@pytest.mark.parametrize("cut", [5, 25, 40])
def test_a_step_is_cut_off(cut):
    series = noise(6)[:50]
    series[..., :cut] += 3
    assert (weeks_of(series) == cut).mean() >= 0.95
    below = settling(20 - series[0], np.ones_like(series[0]))
    assert (below.weeks, below.settled) == (cut, True)


@pytest.mark.parametrize("half_life", [3, 6, 9])
def test_an_exponential_approach_is_cut_where_chance_hides_it(half_life):
    """Five weeks of mean 0 have an error of (1/5 + 1/52)^(1/2) over twenty worlds."""
    series = noise(7)
    series -= 10 * 0.5 ** (np.arange(WEEKS) / half_life)
    t = stats.t.ppf(1 - 0.01 / 20, N - 1)
    band = t * ((1 / 5 + 1 / 52) / N) ** 0.5
    expected = half_life * np.log2(10 / band)
    found = weeks_of(series)
    assert np.mean(np.abs(found - expected) <= 5 + half_life / 2) >= 0.95
    assert abs(found.mean() - expected) <= 3


def test_a_series_that_goes_on_rising_is_not_settled():
    series = noise(8)[0] + np.arange(WEEKS)
    found = settling(series, np.ones_like(series))
    assert (found.weeks, found.settled) == (50, False)


def test_what_is_the_same_in_all_worlds_settles_when_it_stops():
    series = np.full((4, 60), 0.1)
    assert settling(series / 3, np.full((4, 60), 7.0)).weeks == 0
    series[:, :12] = 0.2
    assert settling(series, np.ones_like(series)).weeks == 15


def test_welch_keeps_a_line_and_smooths_a_comb():
    line = [float(i) for i in range(9)]
    assert welch(line) == line
    assert max(welch([0.0, 5.0] * 10)[2:-2]) == 3


def test_the_slowest_state_of_any_scenario_decides(npm):
    slow = npm.replace({"regime.wellbeing.strain_half_life_weeks": 26})
    found = tb.warmup({"NPM": npm, "slow": slow}, weeks=40)
    assert found.weeks == max(state.weeks for state in found.states)
    assert {state.scenario for state in found.states} == {"NPM", "slow"}
    assert "staff.strain under slow" in found.reason
    assert "not settled" in found.reason
    assert len(found.plot().vconcat) == len(found.states)


def test_an_overloaded_unit_has_no_steady_state(npm):
    many = npm.replace({"clients.home.count": 600})
    assert "no steady state" in tb.warmup({"many": many}, **PLAN).reason
    assert "no steady state" not in tb.warmup({"NPM": npm}, **PLAN).reason


def test_two_worlds_are_too_few(npm):
    with pytest.raises(tb.Error, match="replications"):
        tb.warmup(npm, weeks=20, replications=2)


def test_the_command_line(capsys, tmp_path):
    plot = tmp_path / "plot.svg"
    plan = ("--weeks", "20", "--replications", "10", "--json", "--plot", str(plot))
    assert cli.main(["warmup", "home_care/npm", *plan]) == 0
    assert json.loads(capsys.readouterr().out)["weeks"] % 5 == 0
    assert plot.stat().st_size > 1000
