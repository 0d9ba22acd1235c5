"""Factorial designs: effects against sums by hand."""

import itertools

import numpy as np
import pytest
import tidsbruk as tb

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


def test_one_factor_of_two_levels_is_the_paired_difference(npm):
    many = PLAN | {"replications": 30}
    design = tb.factorial(npm, {"stopwatch": STOPWATCH}, **many)
    (effect,) = design.effects(RECORDS)
    paired = design.result.difference("on", "off", RECORDS)
    assert effect.interval.mean == pytest.approx(paired.mean, rel=1e-12)
    assert effect.interval.standard_error == pytest.approx(
        paired.standard_error, rel=1e-6
    )
    assert effect.interval.low == pytest.approx(paired.low, rel=1e-6)


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
