"""Laws of minutes from data, and from the distributions of scipy.stats.

What these functions give is a table, as `Scenario.replace` takes it for a law. A frozen
distribution of scipy may also be given to `replace` as it is.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from tidsbruk.errors import failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

LEAST = 10  # values that a law may be made of
POINTS = 24  # of an empirical law
_TAIL = 1e-4  # where an unbounded distribution is cut
_FARTHEST = 0.03  # in probability, of an empirical law from what it is made of
_SHOWN = 5  # rows that a message names
_TABLE = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
_FITTED = {"lognormal": "lognorm", "gamma": "gamma", "weibull": "weibull_min"}


class Law(dict[str, Any]):
    """A table of the parameters of a law, with how well it says what it was made of.

    Attributes
    ----------
    quantiles : list of (float, float, float)
        A probability, the quantile of what it was made of there, and that of the law.
    distance : float
        The greatest distance between both distribution functions (of Kolmogorov and
        Smirnov), from 0 to 1.
    """

    quantiles: list[tuple[float, float, float]] = []  # noqa: RUF012  never changed
    distance: float = math.nan

    def __str__(self) -> str:
        given = [f"{key}={said:.6g}" for key, said in self.items() if _is_number(said)]
        if "quantiles" in self:
            given.append(f"{len(self['quantiles']) // 2} points")
        head = f"{self['kind']}({', '.join(given)})"
        if not self.quantiles:
            return head
        rows = [f"{p:5.2f} {a:9.4g} {b:9.4g}" for p, a, b in self.quantiles]
        end = f"greatest distance {self.distance:.3f}"
        return "\n".join([head, "    p      data       law", *rows, end])


def _is_number(value: Any) -> bool:
    return isinstance(value, float | int)


def fit(data: Iterable[Any], kind: str = "empirical") -> Law:
    """Make a law of observed values.

    Parameters
    ----------
    data : array, list of numbers, or column of a polars, pandas or Arrow table
        At least ten values, none of them negative or missing; for a kind other than
        empirical none of them 0.
    kind : str
        ``"lognormal"``, ``"gamma"`` or ``"weibull"`` (by maximum likelihood),
        ``"exponential"`` (by the mean), or ``"empirical"`` (through their quantiles).

    Returns
    -------
    Law
        A table for `Scenario.replace`. Printed, it compares the quantiles of the data
        with those of the law.

    Raises
    ------
    Error
        ``TB_ERR_VALUE``, with the rows (from 0) that cannot be minutes.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> minutes = [2, 3, 3, 4, 4, 4, 5, 5, 6, 7, 9, 12]
    >>> law = tb.law.fit(minutes, kind="lognormal")
    >>> print(law)
    lognormal(median=4.74612, cv=0.506117)
        p      data       law
     0.05      2.55     2.164
     0.10         3     2.574
     0.25      3.75     3.439
     0.50       4.5     4.746
     0.75      6.25      6.55
     0.90       8.8     8.752
     0.95     10.35     10.41
    greatest distance 0.140
    >>> tb.Scenario({"absence.spell_days": law})["absence.spell_days.cv"] == law["cv"]
    True
    """
    kinds = ("empirical", "exponential", *_FITTED)
    if kind not in kinds:
        raise failure("TB_ERR_VALUE", f"kind = {kind!r} is none of {', '.join(kinds)}")
    values = _checked(data, positive=kind != "empirical")
    law = _empirical(values) if kind == "empirical" else _fitted(values, kind)
    law["source"] = {"note": f"{kind} law of {len(values)} values"}
    return law


def of(distribution: Any) -> Law:
    """Make a law of a frozen continuous distribution of scipy.stats.

    Exact for uniform, triang and beta, wherever they begin, and for expon, lognorm,
    gamma, erlang and weibull_min with ``loc`` 0. Another, and one of these with another
    ``loc``, becomes an empirical law through its quantiles, with the greatest error in a
    note.

    Raises
    ------
    Error
        ``TB_ERR_TYPE`` for what is no frozen continuous distribution, ``TB_ERR_VALUE``
        for one that gives negative values, whose parameters make none, or that quantiles
        do not come near.

    Examples
    --------
    >>> import scipy.stats
    >>> import tidsbruk as tb
    >>> tb.law.of(scipy.stats.triang(c=0.25, loc=2, scale=8))
    {'kind': 'triangular', 'low': 2.0, 'mode': 4.0, 'high': 10.0}
    """
    if not is_distribution(distribution) or not hasattr(distribution, "pdf"):
        name = getattr(getattr(distribution, "dist", None), "name", None)
        raise failure(
            "TB_ERR_TYPE",
            f"{name or type(distribution).__name__} is no frozen continuous distribution "
            "of scipy.stats",
        )
    dist = distribution.dist
    shapes, loc, scale = dist._parse_args(*distribution.args, **distribution.kwds)
    try:
        given = [float(number) for number in (*shapes, loc, scale)]
    except TypeError:
        told = f"the parameters of {dist.name} are no single numbers"
        raise failure("TB_ERR_TYPE", told) from None
    if not (given[-1] > 0 and math.isfinite(distribution.ppf(0.5))):
        raise failure("TB_ERR_VALUE", f"the parameters of {dist.name} make no law")
    exact = _EXACT.get(dist.name)
    least = float(distribution.support()[0])
    if exact and least < 0:
        raise _negative(dist.name, f"begins at {least:.4g}")
    law = exact(*given) if exact else None
    return _through_quantiles(distribution) if law is None else Law(law)


def _negative(name: str, how: str) -> Exception:
    said = f"{name} gives negative values (it {how}), and no law of minutes does"
    return failure("TB_ERR_VALUE", said)


def is_distribution(value: Any) -> bool:
    """Whether a value is a frozen distribution of scipy.stats."""
    return hasattr(value, "dist") and hasattr(value, "kwds") and hasattr(value, "ppf")


# Exact families -----------------------------------------------------------------------


def _uniform(loc: float, scale: float) -> dict[str, Any]:
    return {"kind": "uniform", "low": loc, "high": loc + scale}


def _triang(c: float, loc: float, scale: float) -> dict[str, Any]:
    ends = {"low": loc, "mode": loc + c * scale, "high": loc + scale}
    return {"kind": "triangular", **ends}


def _expon(loc: float, scale: float) -> dict[str, Any] | None:
    return None if loc else {"kind": "exponential", "mean": scale}


def _lognorm(s: float, loc: float, scale: float) -> dict[str, Any] | None:
    cv = math.sqrt(math.expm1(min(s * s, 700)))
    return None if loc else {"kind": "lognormal", "median": scale, "cv": cv}


def _gamma(a: float, loc: float, scale: float) -> dict[str, Any] | None:
    return None if loc else {"kind": "gamma", "mean": a * scale, "cv": 1 / math.sqrt(a)}


def _weibull(c: float, loc: float, scale: float) -> dict[str, Any] | None:
    if loc:
        return None
    first, second = math.lgamma(1 + 1 / c), math.lgamma(1 + 2 / c)
    cv = math.sqrt(math.expm1(min(second - 2 * first, 700)))
    return {"kind": "weibull", "mean": scale * math.exp(min(first, 700)), "cv": cv}


def _beta(a: float, b: float, loc: float, scale: float) -> dict[str, Any]:
    mean = loc + scale * a / (a + b)
    deviation = scale * math.sqrt(a * b / (a + b + 1)) / (a + b)
    ends = {"low": loc, "high": loc + scale}
    return {"kind": "beta", **ends, "mean": mean, "cv": deviation / mean}


_EXACT: dict[str, Callable[..., dict[str, Any] | None]] = {
    "uniform": _uniform,
    "triang": _triang,
    "expon": _expon,
    "lognorm": _lognorm,
    "gamma": _gamma,
    "erlang": _gamma,
    "weibull_min": _weibull,
    "beta": _beta,
}


# Data ---------------------------------------------------------------------------------


def _checked(data: Iterable[Any], *, positive: bool) -> Array:
    """The values as an array; every fault at once, with rows."""
    import numpy as np

    try:
        values = np.asarray(data, dtype=float)
    except (TypeError, ValueError) as e:
        raise failure("TB_ERR_TYPE", f"the data are no column of numbers: {e}") from None
    if values.ndim != 1:
        shape = " by ".join(map(str, values.shape)) or "one value"
        raise failure("TB_ERR_TYPE", f"the data are no column of numbers: {shape}")
    faults = [
        _rows("are missing", np.isnan(values)),
        _rows("are infinite", np.isinf(values)),
        _rows("are negative", values < 0),
    ]
    if positive:
        faults.append(_rows("are 0, which this kind of law never gives", values == 0))
    if len(values) < LEAST:
        faults.append(f"{len(values)} values are too few; it takes at least {LEAST}")
    if positive and len(values) and not any(faults) and np.ptp(values) == 0:
        faults.append(f"all values are {values[0]:g}: that is a constant")
    if any(faults):
        raise failure("TB_ERR_VALUE", "; ".join(filter(None, faults)))
    return values


def _rows(what: str, wrong: Any) -> str:
    rows = [str(row) for row, is_wrong in enumerate(wrong) if is_wrong]
    more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    return f"rows {', '.join(rows[:_SHOWN])}{more} (from 0) {what}" if rows else ""


def _fitted(values: Array, kind: str) -> Law:
    import numpy as np
    from scipy import stats

    if kind == "exponential":
        frozen = stats.expon(scale=float(np.mean(values)))
    else:
        family = getattr(stats, _FITTED[kind])
        frozen = family(*family.fit(values, floc=0))
    law = of(frozen)
    law.quantiles = [
        (p, float(np.quantile(values, p)), float(frozen.ppf(p))) for p in _TABLE
    ]
    law.distance = float(stats.kstest(values, frozen.cdf).statistic)
    return law


def _empirical(values: Array) -> Law:
    import numpy as np

    p = _probabilities(min(POINTS, len(values)), max(0.5 / len(values), _TAIL))
    p[0], p[-1] = 0.0, 1.0
    ordered = np.sort(values)
    sums = np.concatenate([[0.0], np.cumsum(ordered)]) / len(ordered)
    below = np.interp(p, np.linspace(0, 1, len(sums)), sums)
    law = _from_points(p, _keeping_means(p, np.quantile(values, p), np.diff(below)))
    law.quantiles = [
        (q, float(np.quantile(values, q)), _quantile(law, q)) for q in _TABLE
    ]
    share = np.interp(ordered, law["quantiles"][1::2], law["quantiles"][::2])
    steps = np.arange(len(ordered) + 1) / len(ordered)
    law.distance = float(max((share - steps[:-1]).max(), (steps[1:] - share).max()))
    return law


# Empirical laws -----------------------------------------------------------------------


def _probabilities(points: int, tail: float) -> Array:
    """Probabilities that are evenly spread on the scale of log odds, from a tail on."""
    import numpy as np

    end = math.log(1 / tail - 1)
    return 1 / (1 + np.exp(-np.linspace(-end, end, points)))


def _keeping_means(p: Array, values: Array, parts: Array) -> Array:
    """Values at the points whose straight lines have the mean.

    Straight lines between the quantiles of a law with a long tail lie above it. So the
    values are moved: none below the first, none falling; their lines have the mean of all
    (`parts` summed) and, in least squares, the parts between points and the quantiles.
    """
    import numpy as np
    from scipy.optimize import nnls

    n = len(p)
    width = np.diff(p)
    between = np.zeros((n - 1, n))
    between[np.arange(n - 1), np.arange(n - 1)] = width / 2
    between[np.arange(n - 1), np.arange(1, n)] = width / 2
    near = np.zeros(n)
    near[:-1] += width / 2
    near[1:] += width / 2
    rows = np.vstack([1e4 * between.sum(0), between, 0.1 * np.diag(near)])
    wanted = np.concatenate([[1e4 * parts.sum()], parts, 0.1 * near * values])
    rises = np.tril(np.ones((n, n)))  # from the first value on
    found, _ = nnls(rows @ rises, wanted - rows @ np.full(n, values[0]))
    return np.asarray(values[0] + rises @ found)


def _parts_of_mean(frozen: Any, p: Array) -> Array:
    """What lies between two quantiles of a mean; the last part is what is left of it."""
    import numpy as np

    x, weight = np.polynomial.legendre.leggauss(64)
    low, high = p[:-2, None], p[1:-1, None]
    inside = frozen.ppf(low + (high - low) * (x + 1) / 2)
    parts = (inside * weight).sum(1) * np.diff(p[:-1]) / 2
    return np.append(parts, frozen.mean() - parts.sum())


def _from_points(p: Array, values: Array) -> Law:
    points = [float(x) for pair in zip(p, values, strict=True) for x in pair]
    return Law({"kind": "empirical", "quantiles": points})


def _quantile(law: Law, p: Any) -> Any:
    import numpy as np

    return np.interp(p, law["quantiles"][::2], law["quantiles"][1::2])


def _through_quantiles(frozen: Any) -> Law:
    import numpy as np

    p = _probabilities(POINTS, _TAIL)
    values = np.asarray(frozen.ppf(p), dtype=float)
    ends = np.asarray(frozen.support(), dtype=float)
    values[[0, -1]] = np.where(np.isfinite(ends), ends, values[[0, -1]])
    p[0], p[-1] = 0.0, 1.0
    if values[0] < 0:
        begins = f"begins at {ends[0]:.4g}"
        quantile = f"has {values[0]:.4g} as its quantile at {_TAIL:g}"
        how = begins if math.isfinite(ends[0]) else quantile
        raise _negative(frozen.dist.name, how)
    if np.isfinite(frozen.mean()):
        values = _keeping_means(p, values, _parts_of_mean(frozen, p))
    law = _from_points(p, values)
    grid = np.linspace(0.005, 0.995, 1999)
    exact = np.asarray(frozen.ppf(grid), dtype=float)
    error = float(np.abs(_quantile(law, grid) - exact).max())
    law.quantiles = [(q, float(frozen.ppf(q)), float(_quantile(law, q))) for q in _TABLE]
    law.distance = float(np.abs(frozen.cdf(_quantile(law, grid)) - grid).max())
    if not law.distance <= _FARTHEST:
        raise failure(
            "TB_ERR_VALUE",
            f"{frozen.dist.name}: no law of {POINTS} quantiles comes near it: it would "
            f"be off by up to {law.distance:.2g} in probability, {error:.3g} in value",
        )
    law["source"] = {
        "note": f"empirical law through {POINTS} quantiles of scipy.stats."
        f"{frozen.dist.name}; quantiles between 0.005 and 0.995 are off by at most "
        f"{error:.3g}"
    }
    return law
