"""Numbers with standard errors, and laws that were chosen among several."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.law import LEAST, Law, fit

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

KINDS = ("lognormal", "gamma", "weibull", "exponential")
RESAMPLES = 200
LEAST_GROUPS = 8  # from which what is alike in them is estimated
SLACK = 4.0  # days that anybody may be away beyond what they were
_NEAR = 0.03  # a distance that no reader sees, however many values there are
_NORMAL = 1.96


class Estimate(NamedTuple):
    """A number that was found in data.

    Attributes
    ----------
    name : str
        In words.
    value, error : float
        And its standard error; 0 for what was counted.
    unit : str
        Such as ``"min"``.
    n : int
        Values that it is made of.
    path : str
        Where it stands in the scenario; empty where it has no place there.
    how : str
        By what.
    """

    name: str
    value: float
    error: float
    unit: str
    n: int
    path: str = ""
    how: str = ""

    @property
    def low(self) -> float:
        """Lower end of a 95 % interval."""
        return self.value - _NORMAL * self.error

    @property
    def high(self) -> float:
        """Upper end of it."""
        return self.value + _NORMAL * self.error


class Fitted(NamedTuple):
    """A law that was fitted.

    Attributes
    ----------
    name, path, unit : str
        As of an estimate.
    law : Law
        For `Scenario.replace`.
    n : int
        Values that it is made of.
    mean, cv : Estimate
        Of the values.
    said : str
        How it was chosen.
    quantiles : list of (float, float, float)
        A probability, the quantile of the values there, and that of the law.
    """

    name: str
    path: str
    unit: str
    law: Law
    n: int
    mean: Estimate
    cv: Estimate
    said: str
    quantiles: list[tuple[float, float, float]]


def mean_of(values: Array) -> tuple[float, float]:
    """Mean and its standard error."""
    import numpy as np

    n = len(values)
    error = float(np.std(values, ddof=1) / math.sqrt(n)) if n > 1 else math.nan
    return float(np.mean(values)), error


def clustered(values: Array, group: Any) -> float:
    """Standard error of a mean where values of one group may be alike.

    Never less than if all were apart.
    """
    import numpy as np

    alone = mean_of(values)[1]
    _, number = np.unique(group, return_inverse=True)
    m = int(number.max()) + 1
    if m < LEAST_GROUPS:
        return alone
    apart = np.bincount(number, weights=values - values.mean())
    return max(alone, math.sqrt(m / (m - 1) * float((apart**2).sum())) / len(values))


def there(first: Array, last: Array, rarely: Array, days: float) -> Array:
    """Share of a time in which each of some people is there: who came or left in it.

    Parameters
    ----------
    first, last : array of float
        Days from the beginning to when each is seen first and last.
    rarely : array of float
        The longest time in which each is not seen; NaN of who is seen on one day alone.
    days : float
        That the time holds.

    Examples
    --------
    >>> import numpy as np
    >>> first, last = np.array([0.0, 28, 3]), np.array([27.0, 55, 9])
    >>> rarely = np.array([1.0, 1, np.nan])
    >>> [round(float(share), 2) for share in there(first, last, rarely, 56)]
    [0.49, 0.51, 1.0]
    """
    import numpy as np

    apart = np.where(np.isnan(rarely), days, np.maximum(rarely, 1.0))
    slack = 1.5 * apart + SLACK
    came = np.where(first > slack, first - apart / 2, 0.0)
    left = np.where(days - last > slack, last + apart / 2, days)
    return np.asarray(np.clip((left - came) / days, min(7 / days, 1.0), 1.0))


def cross_section(share: Array) -> Any:
    """Rows as they would be met on a day: each with a chance of the share it is there."""
    import numpy as np

    steps = np.floor(np.cumsum(share) + 0.5)
    found = np.diff(steps, prepend=0.0) > 0
    return found if found.any() else share > 0


def share_of(flags: Any, group: Any = None) -> tuple[float, float]:
    """A share and its standard error; rows of one group may be alike.

    The error is that of a ratio of sums over groups.
    """
    import numpy as np

    flags = np.asarray(flags, dtype=float)
    share = float(flags.mean())
    if group is None or not 0 < share < 1:
        # as if half of one more were so: what was never seen is not known to be never
        kept = (flags.sum() + 0.5) / (len(flags) + 1)
        return share, math.sqrt(kept * (1 - kept) / len(flags))
    _, number = np.unique(group, return_inverse=True)
    size = np.bincount(number)
    apart = np.bincount(number, weights=flags) - share * size
    m = len(size)
    if m < 2:
        return share, math.nan
    return share, float(math.sqrt(m / (m - 1) * (apart**2).sum()) / len(flags))


def cv_of(values: Array) -> tuple[float, float]:
    """Coefficient of variation and its standard error, by resampling."""
    import numpy as np

    found = float(np.std(values, ddof=1) / np.mean(values))
    return found, resampled(values, lambda v: v.std(axis=1, ddof=1) / v.mean(axis=1))


def resampled(values: Array, statistic: Callable[[Array], Array]) -> float:
    """Standard error of a statistic of rows of resampled values."""
    import numpy as np

    generator = np.random.default_rng(1)
    made = []
    for _ in range(RESAMPLES // 20):
        rows = generator.integers(0, len(values), (20, len(values)))
        made.append(statistic(values[rows]))
    return float(np.std(np.concatenate(made), ddof=1))


def chosen(values: Array, grain: float = 0.0) -> tuple[Law, str]:
    """Choose a law: a constant, the best of four kinds by AIC, or one of quantiles.

    Parameters
    ----------
    values : array of float
        What was observed.
    grain : float
        To what the values are rounded; 0: not at all.

    Returns
    -------
    Law, str
        And how it was chosen: the greatest distance (Kolmogorov and Smirnov) decides
        whether any of the kinds says the values well enough.
    """
    import numpy as np

    spread = float(np.ptp(values))
    if spread <= 1e-6 * max(abs(float(values[0])), 1e-9) or len(values) < LEAST:
        law = Law({"kind": "constant", "mean": float(np.mean(values))})
        few = f"fewer than {LEAST} values" if len(values) < LEAST else "all values agree"
        return law, f"constant: {few}"
    n = len(values)
    bound = max(_NEAR, 1.36 / math.sqrt(n))
    tried = [(aic(values, kind), kind) for kind in KINDS] if values.min() > 0 else []
    tried.sort()
    for _, kind in tried[:1]:
        law = fit(values, kind)
        if grain:
            law.distance = _rounded_distance(law, values, grain)
        if law.distance <= bound:
            rest = ", ".join(f"{other} {a - tried[0][0]:+,.0f}" for a, other in tried[1:])
            return law, (
                f"{kind} (AIC; others {rest}), greatest distance {law.distance:.3f}"
            )
        why = f"{kind} is nearest and off by {law.distance:.3f}"
    if not tried:
        why = "there are values of 0"
    law = fit(values, "empirical")
    return law, f"by quantiles, since {why}; greatest distance {law.distance:.3f}"


def _rounded_distance(law: Law, values: Array, grain: float) -> float:
    """The greatest distance where values that were rounded to the same end."""
    import numpy as np

    p = np.linspace(0.0005, 0.9995, 2000)
    at = np.unique(np.round(values / grain)) * grain + grain / 2
    below = np.searchsorted(np.sort(values), at, "right") / len(values)
    said = np.interp(at, inverse(law, p), p)
    return float(np.abs(below - said).max())


def aic(values: Array, kind: str) -> float:
    """Twice the number of parameters less twice the greatest log-likelihood."""
    import numpy as np
    from scipy import stats

    if kind == "exponential":
        scale = float(np.mean(values))
        return 2 - 2 * float(stats.expon(scale=scale).logpdf(values).sum())
    names = {"lognormal": "lognorm", "gamma": "gamma", "weibull": "weibull_min"}
    family = getattr(stats, names[kind])
    frozen = family(*family.fit(values, floc=0))
    return 4 - 2 * float(frozen.logpdf(values).sum())


def fitted(
    name: str,
    path: str,
    unit: str,
    values: Array,
    grain: float = 0.0,
    group: Any = None,
) -> Fitted:
    """Fit a law, with mean and cv of the values, which were rounded to a grain.

    Values of one `group` may be alike.
    """
    law, said = chosen(values, grain)
    mean, error = mean_of(values)
    error = error if group is None else clustered(values, group)
    cv, cv_error = (0.0, 0.0) if law["kind"] == "constant" else cv_of(values)
    n = len(values)
    return Fitted(
        name,
        path,
        unit,
        law,
        n,
        Estimate(f"{name}, mean", mean, error, unit, n, f"{path}.mean", "mean"),
        Estimate(f"{name}, cv", cv, cv_error, "", n, f"{path}.cv", "spread over mean"),
        said,
        _quantiles(values, law),
    )


def _quantiles(values: Array, law: Law) -> list[tuple[float, float, float]]:
    import numpy as np

    if law["kind"] == "constant":
        return []
    p = np.linspace(0.02, 0.98, 49)
    data = np.quantile(values, p)
    said = inverse(law, p)
    return [(float(a), float(b), float(c)) for a, b, c in zip(p, data, said, strict=True)]


def inverse(law: Law, p: Array) -> Array:
    """Quantiles of a law that was fitted."""
    import numpy as np
    from scipy import stats

    kind = law["kind"]
    if kind == "empirical":
        points = law["quantiles"]
        return np.asarray(np.interp(p, points[::2], points[1::2]))
    if kind == "lognormal":
        shape = math.sqrt(math.log1p(law["cv"] ** 2))
        return np.asarray(stats.lognorm(shape, scale=law["median"]).ppf(p))
    if kind == "gamma":
        shape = 1 / law["cv"] ** 2
        return np.asarray(stats.gamma(shape, scale=law["mean"] / shape).ppf(p))
    if kind == "exponential":
        return np.asarray(stats.expon(scale=law["mean"]).ppf(p))
    shape = _weibull_shape(law["cv"])
    scale = law["mean"] / math.gamma(1 + 1 / shape)
    return np.asarray(stats.weibull_min(shape, scale=scale).ppf(p))


def _weibull_shape(cv: float) -> float:
    from scipy.optimize import brentq

    def off(shape: float) -> float:
        first, second = math.lgamma(1 + 1 / shape), math.lgamma(1 + 2 / shape)
        return math.sqrt(math.expm1(second - 2 * first)) - cv

    return float(brentq(off, 0.2, 100))


class Heaps(NamedTuple):
    """How often minutes end on fives and quarters.

    Attributes
    ----------
    fives, quarters : float
        Share of instants at a multiple of 5, and of 15, minutes past the hour.
    n : int
        Instants.
    """

    fives: float
    quarters: float
    n: int

    @property
    def are_there(self) -> bool:
        """Whether more than chance would bring: 20 % and 7 %."""
        error = math.sqrt(0.16 / self.n) if self.n else math.inf
        return self.fives > 0.25 and self.fives - 0.2 > 4 * error

    @property
    def heaped(self) -> float:
        """Share of instants that were rounded by hand."""
        return min(max((self.fives - 0.2) / 0.8, 0.0), 1.0) if self.are_there else 0.0

    def __str__(self) -> str:
        return (
            f"{self.fives:.0%} of {self.n:,} times are at multiples of five minutes (by "
            f"chance 20 %), {self.quarters:.0%} at quarters (7 %)"
        )


def heaps(minutes: Any) -> Heaps:
    """Count minutes past the hour that are multiples of 5 and of 15."""
    import numpy as np

    whole = np.asarray(minutes, dtype=int)
    n = len(whole)
    return Heaps(
        float((whole % 5 == 0).mean()) if n else 0.0,
        float((whole % 15 == 0).mean()) if n else 0.0,
        n,
    )
