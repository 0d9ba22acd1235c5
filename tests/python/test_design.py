"""Factorial designs: effects against sums by hand."""

import itertools

import numpy as np
import pytest
import tidsbruk as tb
from scipy import stats
from tidsbruk.design import contrast

PLAN = {"replications": 6, "weeks": 1, "warmup": 0, "seed": 4}
STOPWATCH = {"on": None, "off": {"obligations.visit_registration.probability": 0}}
JOURNAL = {
    "usual": None,
    "short": {"obligations.journal.minutes.mean": 2},
    "long": {"obligations.journal.minutes.mean": 8},
}
RECORDS = "time.records_share"


@pytest.fixture(scope="module")
def design(npm):
    return tb.factorial(npm, {"stopwatch": STOPWATCH, "journal": JOURNAL}, **PLAN)


def share(design, *cell):
    return design.result.estimate(", ".join(cell), RECORDS).mean


def test_cells_are_all_combinations(design):
    assert list(design.cells) == [
        ", ".join(cell) for cell in itertools.product(STOPWATCH, JOURNAL)
    ]
    assert design.cells["off, long"] == {"stopwatch": "off", "journal": "long"}


def test_a_main_effect_is_the_mean_over_the_rest(design):
    effects = {(e.factor, e.level): e.interval for e in design.effects(RECORDS)}
    off = np.mean([share(design, "off", j) - share(design, "on", j) for j in JOURNAL])
    long = np.mean(
        [share(design, s, "long") - share(design, s, "usual") for s in STOPWATCH]
    )
    assert effects["stopwatch", "off"].mean == pytest.approx(off, rel=1e-12)
    assert effects["journal", "long"].mean == pytest.approx(long, rel=1e-12)
    assert effects["stopwatch", "off"].high < 0 < effects["journal", "long"].low


def test_an_interaction_is_a_difference_of_differences(design):
    effects = {(e.factor, e.level): e for e in design.effects(RECORDS)}
    found = effects["stopwatch x journal", "off x long"]
    by_hand = (share(design, "off", "long") - share(design, "on", "long")) - (
        share(design, "off", "usual") - share(design, "on", "usual")
    )
    assert found.is_interaction
    assert found.interval.mean == pytest.approx(by_hand, rel=1e-9)
    assert len(effects) == 1 + 2 + 2


@pytest.mark.parametrize("replications", [2, 7, 29, 30])
def test_one_factor_of_two_levels_is_the_paired_difference(npm, replications):
    many = PLAN | {"replications": replications}
    design = tb.factorial(npm, {"stopwatch": STOPWATCH}, **many)
    (effect,) = design.effects(RECORDS)
    paired = design.result.difference("on", "off", RECORDS)
    assert effect.interval.mean == pytest.approx(paired.mean, rel=1e-12)
    assert effect.interval.standard_error == pytest.approx(
        paired.standard_error, rel=1e-9
    )
    assert effect.interval.low == pytest.approx(paired.low, rel=1e-9)


INTERACTION = np.array([1.0, -1, -1, 1])


def test_the_jackknife_of_a_contrast_is_that_by_hand():
    rng = np.random.default_rng(5)
    tops, bottoms = rng.poisson(0.3, (4, 11)) / 7, rng.exponential(size=(4, 11))
    left = [
        INTERACTION @ (np.delete(tops, i, 1).sum(1) / np.delete(bottoms, i, 1).sum(1))
        for i in range(11)
    ]
    by_hand = np.sqrt(10 / 11 * np.sum((left - np.mean(left)) ** 2))
    mean, error = contrast(tops, bottoms, INTERACTION)
    assert mean == pytest.approx(INTERACTION @ (tops.sum(1) / bottoms.sum(1)), rel=1e-12)
    assert error == pytest.approx(by_hand, rel=1e-12)


def test_a_contrast_where_nothing_happened_is_0():
    mean, error = contrast(np.zeros((4, 5)), np.zeros((4, 5)), INTERACTION)
    assert (mean, error) == (0, 0)


@pytest.mark.parametrize(("n", "expected"), [(10, 0.9478), (29, 0.9408), (30, 0.9402)])
def test_intervals_of_contrasts_hold_as_often_as_they_can(n, expected):
    """Expected by 200,000 other macro-runs; linearised, ten would hold in 93.95 %."""
    runs = 20_000
    error = (expected * (1 - expected) / runs) ** 0.5
    assert abs(coverage(runs, n, seed=81) - expected) < 3 * error


def coverage(runs, n, seed):
    """How often the interval of an interaction of 0.3 holds: one cell is skewed."""
    rng = np.random.default_rng(seed)
    bottoms = np.broadcast_to(rng.exponential(size=(runs, n)), (4, runs, n))
    rates = np.array([1, 1.5, 1.2, 2.0])[:, None, None]
    tops = rates * bottoms
    tops[3] += rng.exponential(size=(runs, n)) - 1
    mean, error = contrast(tops, bottoms, INTERACTION)
    return np.mean(np.abs(mean - 0.3) < stats.t.ppf(0.975, n - 1) * error)


def test_it_shows_itself(design):
    assert "stopwatch x journal" in design._repr_html_()
    assert "off x long" in str(design)
    frame = design.to_pandas([RECORDS])
    assert list(frame.columns[:3]) == ["outcome", "factor", "level"]
    assert len(frame) == 5


@pytest.mark.parametrize(
    ("factors", "said"),
    [
        ({}, "needs a factor"),
        ({"a": {"one": None}}, "'a' needs two levels"),
        ({"a": {"x, y": None, "z": None}}, "may hold neither"),
        ({"a": STOPWATCH, "b": STOPWATCH}, "is set by two factors, 'a' and 'b'"),
        (
            {
                "a": {"x": None, "y": {"regime.grants.binding": 0}},
                "b": {"x": None, "y": {"regime": {"grants": {"binding": 1}}}},
            },
            "regime.grants.binding is set by two factors",
        ),
        (
            {
                "a": {"x": None, "y": {"obligations.journal.minutes": 1}},
                "b": {"x": None, "y": {"obligations.journal.minutes.mean": 1}},
            },
            "obligations.journal.minutes.mean is set by two factors",
        ),
        ({str(i): dict.fromkeys("01") for i in range(13)}, "8192 cells; at most 4096"),
    ],
)
def test_nonsense_is_refused(npm, factors, said):
    with pytest.raises(tb.Error, match=said):
        tb.factorial(npm, factors, **PLAN)
