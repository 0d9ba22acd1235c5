"""Laws from data and from scipy.stats."""

import math
import re

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import tidsbruk as tb
from scipy import optimize, special, stats

PATH = "absence.spell_days"
KINDS = next(s for s in tb.settings() if s.path == PATH + ".kind").choices
needs_empirical = pytest.mark.skipif("empirical" not in KINDS, reason="no such kind")
EXACT = [
    stats.uniform(2, 5),
    stats.uniform(loc=0, scale=3),
    stats.triang(0.25, loc=2, scale=8),
    stats.expon(scale=4),
    stats.lognorm(0.6, scale=3),
    stats.lognorm(s=1.5, scale=10),
    stats.gamma(2.5, scale=3),
    stats.gamma(a=0.3, scale=3),
    stats.erlang(3, scale=2),
    stats.weibull_min(1.7, scale=5),
    stats.weibull_min(0.6, scale=5),
    stats.beta(2, 3, loc=1, scale=9),
]


def moments(law):
    """Mean and standard deviation that the parameters of a law say."""
    kind = law["kind"]
    if kind == "uniform":
        return (law["low"] + law["high"]) / 2, (law["high"] - law["low"]) / math.sqrt(12)
    if kind == "triangular":
        a, c, b = law["low"], law["mode"], law["high"]
        variance = (a * a + b * b + c * c - a * b - a * c - b * c) / 18
        return (a + b + c) / 3, math.sqrt(variance)
    if kind == "exponential":
        return law["mean"], law["mean"]
    mean = law.get("mean") or law["median"] * math.sqrt(1 + law["cv"] ** 2)  # lognormal
    return mean, mean * law["cv"]


@pytest.mark.parametrize("frozen", EXACT, ids=lambda f: f"{f.dist.name}{f.args}{f.kwds}")
def test_a_distribution_of_the_same_family_is_exact(frozen):
    law = tb.law.of(frozen)
    assert moments(law) == pytest.approx((frozen.mean(), frozen.std()), rel=1e-12)
    low, high = frozen.support()
    assert law.get("low", 0) == pytest.approx(low)
    assert law.get("high", math.inf) == pytest.approx(high)
    scenario = tb.Scenario({PATH: frozen})
    assert scenario == tb.Scenario({PATH: law})
    assert not [f for f in scenario.check() if f.path.startswith(PATH)]
    assert scenario.value(PATH + ".kind").value == law["kind"]


FAMILIES = {  # and how many shapes each has
    "uniform": 0,
    "triang": 1,
    "expon": 0,
    "lognorm": 1,
    "gamma": 1,
    "erlang": 1,
    "weibull_min": 1,
    "beta": 2,
    "invgauss": 1,
    "fatiguelife": 1,
    "loggamma": 1,
    "norm": 0,
}


def frozen_of(law):
    """The distribution of scipy that a law's parameters say, by their definitions."""
    kind, cv = law["kind"], law.get("cv")
    if kind == "uniform":
        return stats.uniform(law["low"], law["high"] - law["low"])
    if kind == "triangular":
        width = law["high"] - law["low"]
        return stats.triang((law["mode"] - law["low"]) / width, law["low"], width)
    if kind == "exponential":
        return stats.expon(scale=law["mean"])
    if kind == "lognormal":
        return stats.lognorm(math.sqrt(math.log1p(cv**2)), scale=law["median"])
    if kind == "gamma":
        return stats.gamma(1 / cv**2, scale=law["mean"] * cv**2)
    if kind == "weibull":
        c = optimize.brentq(lambda c: weibull_cv(c) - cv, 0.15, 2000, xtol=1e-14)
        return stats.weibull_min(c, scale=law["mean"] / special.gamma(1 + 1 / c))
    width = law["high"] - law["low"]
    mean, variance = (law["mean"] - law["low"]) / width, (cv * law["mean"] / width) ** 2
    both = mean * (1 - mean) / variance - 1
    return stats.beta(mean * both, (1 - mean) * both, law["low"], width)


def weibull_cv(c):
    return math.sqrt(
        math.expm1(special.gammaln(1 + 2 / c) - 2 * special.gammaln(1 + 1 / c))
    )


@needs_empirical
@pytest.mark.parametrize("family", FAMILIES)
def test_a_law_has_the_quantiles_of_what_it_is_made_of_or_is_refused(family):
    """At nine points: to 1e-6, or as the note of an empirical law says."""
    rng = np.random.default_rng(len(family))
    made = [is_right(frozen) for frozen in some_of(family, rng)]
    assert 10 <= sum(made) < len(made)


def some_of(family, rng):
    """Distributions of a family, some of which are no laws of minutes."""
    for trial in range(60):
        shapes = np.exp(rng.normal(0, 1.2, FAMILIES[family]))
        if family == "triang":
            shapes = rng.uniform(size=1)
        if family == "erlang":
            shapes = np.ceil(shapes)
        loc = (0, 0, 3.5, -0.5, 40)[trial % 5]
        yield getattr(stats, family)(*shapes, loc=loc, scale=np.exp(rng.normal(1, 1)))


def is_right(frozen):
    """Whether a law is made of it, which then has its quantiles."""
    points = np.arange(1, 10) / 10
    refused = "negative values|must|at most|out of bounds|comes near"
    try:
        law = tb.law.of(frozen)
        tb.Scenario({PATH: law})
    except tb.Error as e:
        if not re.search(refused, str(e)):
            raise
        return False
    exact = frozen.ppf(points)
    if law["kind"] != "empirical":
        assert frozen_of(law).ppf(points) == pytest.approx(exact, rel=1e-6), law
        return True
    found = np.interp(points, law["quantiles"][::2], law["quantiles"][1::2])
    error = float(law["source"]["note"].rsplit(maxsplit=1)[1])
    assert np.abs(found - exact).max() <= 1.01 * error
    assert np.abs(frozen.cdf(found) - points).max() <= law.distance <= 0.03
    return True


def test_it_may_say_where_it_comes_from():
    said = {"value": stats.gamma(4, scale=2), "grade": "measured", "low": 7, "high": 9}
    scenario = tb.Scenario({PATH: said})
    mean = scenario.value(PATH + ".mean")
    assert (mean.value, mean.grade, mean.range_low) == (8, "measured", 7)
    nested = tb.Scenario({"absence": {"spell_days": stats.expon(scale=3)}})
    assert nested[PATH + ".mean"] == 3


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (stats.norm(0, 1), "negative values"),
        (stats.expon(loc=-1), "negative values"),
        (stats.uniform(-1, 2), r"uniform gives negative .* begins at -1\)"),
        (stats.beta(2, 3, loc=-0.5), r"beta gives negative .* begins at -0\.5\)"),
        (stats.triang(0.5, loc=-3), "triang gives negative"),
        (stats.gamma(2, loc=-3), "gamma gives negative"),
        (stats.gamma(-1), "parameters of gamma make no law"),
        (stats.expon(scale=0), "parameters of expon make no law"),
        (stats.gamma([1, 2]), "no single numbers"),
        (stats.poisson(3), "no frozen continuous distribution"),
        (stats.gamma, "no frozen continuous distribution"),
        (3.0, "no frozen continuous distribution"),
    ],
    ids=str,
)
def test_what_is_no_law_is_refused(wrong, says):
    with pytest.raises(tb.Error, match=says):
        tb.law.of(wrong)


def test_a_refusal_is_a_fault_of_its_path():
    with pytest.raises(tb.ScenarioError) as caught:
        tb.Scenario({PATH: stats.norm(0, 1), "horizon.weeks": 0})
    assert [f.path for f in caught.value.faults] == [PATH, "horizon.weeks"]


def test_others_go_through_their_quantiles():
    frozen = stats.expon(loc=2, scale=3)
    law = tb.law.of(frozen)
    assert law["kind"] == "empirical"
    p, values = law["quantiles"][::2], law["quantiles"][1::2]
    assert (p[0], p[-1], values[0]) == (0, 1, pytest.approx(2, abs=1e-3))
    assert p == sorted(p)
    assert values == sorted(values)
    assert len(p) == 24
    grid = np.linspace(0.005, 0.995, 1999)
    error = np.abs(np.interp(grid, p, values) - frozen.ppf(grid)).max()
    told = float(law["source"]["note"].rpartition(" ")[2])
    assert told == pytest.approx(error, rel=0.1)
    assert error < 0.1 * frozen.std()


# Data ---------------------------------------------------------------------------------

RNG = np.random.default_rng(1)
SAMPLES = {
    "lognormal": stats.lognorm(0.6, scale=5),
    "gamma": stats.gamma(2.5, scale=3),
    "weibull": stats.weibull_min(1.7, scale=5),
    "exponential": stats.expon(scale=4),
}


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_fit_finds_what_the_data_are_of(kind):
    data = SAMPLES[kind].rvs(4000, random_state=RNG)
    law = tb.law.fit(data, kind=kind)
    assert law["kind"] == kind
    assert moments(law) == pytest.approx(
        (SAMPLES[kind].mean(), SAMPLES[kind].std()), rel=0.06
    )
    assert law.distance < 1.63 / math.sqrt(4000)  # D at one per cent
    for p, of_data, of_law in law.quantiles:
        assert of_data == np.quantile(data, p)
        assert of_law == pytest.approx(of_data, rel=0.08)
    assert not [f for f in tb.Scenario({PATH: law}).check() if f.path.startswith(PATH)]


def test_another_kind_fits_worse():
    data = SAMPLES["lognormal"].rvs(4000, random_state=RNG)
    distances = {kind: tb.law.fit(data, kind).distance for kind in SAMPLES}
    assert min(distances, key=distances.get) == "lognormal"
    assert "greatest distance" in str(tb.law.fit(data, "gamma"))


def test_an_empirical_law_goes_through_the_quantiles():
    data = RNG.gamma(2, 3, 500)
    law = tb.law.fit(data)
    p, values = np.array(law["quantiles"][::2]), np.array(law["quantiles"][1::2])
    inside = (p > 0.02) & (p < 0.98)
    assert np.allclose(values[inside], np.quantile(data, p[inside]), rtol=0.1)
    assert (p[0], p[-1]) == (0, 1)
    assert law.distance < 0.05
    assert "24 points" in str(law)


def mean_of(law):
    p, values = np.array(law["quantiles"][::2]), np.array(law["quantiles"][1::2])
    assert (np.diff(values) >= 0).all()
    assert values[0] >= 0
    return float((np.diff(p) * (values[1:] + values[:-1]) / 2).sum())


@pytest.mark.parametrize("n", [30, 1000, 100_000, 2_000_000])
def test_an_empirical_law_has_the_mean_of_the_data(n):
    data = RNG.lognormal(1, 1, n)
    assert mean_of(tb.law.fit(data)) == pytest.approx(data.mean(), rel=1e-4)


@pytest.mark.parametrize(
    "frozen",
    [
        stats.lognorm(1, loc=1, scale=5),
        stats.expon(2, 5),
        stats.fisk(3, scale=4),
        stats.norm(60, 4),
    ],
)
def test_a_law_through_quantiles_has_the_mean(frozen):
    assert mean_of(tb.law.of(frozen)) == pytest.approx(frozen.mean(), rel=1e-4)


@needs_empirical
def test_an_empirical_law_is_one():
    law = tb.law.fit(RNG.gamma(2, 3, 500))
    scenario = tb.Scenario({PATH: law})
    assert not [f for f in scenario.check() if f.path.startswith(PATH)]
    assert list(scenario[PATH + ".quantiles"]) == law["quantiles"]


COLUMNS = [list, tuple, np.array, pd.Series, pl.Series, pa.array]


@pytest.mark.parametrize("column", [*COLUMNS, lambda data: pa.chunked_array([data])])
def test_columns_of_every_library(column):
    data = [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11.5]
    assert tb.law.fit(column(data), "gamma") == tb.law.fit(data, "gamma")


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        ([1, 2, 3], "gamma", "3 values are too few; it takes at least 10"),
        (
            [1, -2] * 6,
            "empirical",
            r"1, 3, 5, 7, 9 and 1 more \(from 0\) are negative",
        ),
        (
            [1, None, math.inf, -1] * 3,
            "gamma",
            "1, 5, 9 .* missing; .* infin.* negative",
        ),
        ([0, 1] * 6, "lognormal", "rows 0, 2, .* are 0"),
        ([3] * 12, "weibull", "all values are 3: that is a constant"),
        (["a"] * 12, "gamma", "no column of numbers"),
        ([[1, 2]] * 12, "gamma", "no column of numbers: 12 by 2"),
        (3, "gamma", "no column of numbers: one value"),
        ([1, 2] * 6, "normal", "'normal' is none of empirical"),
        (pl.Series([1.0, None] * 6), "gamma", "rows 1, 3"),
        (pd.Series([1.0, np.nan] * 6), "gamma", "rows 1, 3"),
    ],
    ids=str,
)
def test_data_that_are_no_minutes_are_refused(data, kind, says):
    with pytest.raises(tb.Error, match=says):
        tb.law.fit(data, kind)
