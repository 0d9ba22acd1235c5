"""Need over grant, as far as what was given tells it.

What is given is need, unless the grant holds it back, the worker is behind the plan, or a
temp takes longer. Need is taken from visits of regular workers that began in time; how
much later visits are cut, and how much longer temps take, is found beside them. Where
many visits end on the very minute of their grant, grants bind, and of those visits the
need is only known to be at least so large (`held`).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

LEAST_OTHERS = 30  # visits of temps, or behind the plan, that show how they differ
_LEAST_SPIKE = 0.02


class Stays(NamedTuple):
    """Visits that were given, and how they were measured.

    Attributes
    ----------
    minutes, granted : array of float
        Of each visit; minutes at the client, records there included.
    client : array of int
        Whose it was.
    temp : array of bool
        Whether a temp gave it.
    pressed : array of float
        How much behind the plan it began: 0 (in time) to 1.
    grain : float
        Minutes to which instants are written.
    rounding : float
        Variance of the minutes that writing them adds.
    records : array of float
        Minutes of records at the client, by the base: values that are equally likely.
    """

    minutes: Array
    granted: Array
    client: Any
    temp: Any
    pressed: Array
    grain: float
    rounding: float
    records: Array

    def only(self, kept: Any) -> Stays:
        """Some of them."""
        rows = ("minutes", "granted", "client", "temp", "pressed")
        return self._replace(**{name: getattr(self, name)[kept] for name in rows})

    @property
    def care(self) -> Array:
        """Minutes without records; what was too short to be seen took a third grain."""
        import numpy as np

        return np.asarray(np.maximum(self.minutes - self.records.mean(), self.grain / 3))


class Need(NamedTuple):
    """What was found; standard errors beside.

    Attributes
    ----------
    mean, mean_error : float
        Need over grant.
    clients, clients_error : float
        Its coefficient of variation between clients.
    visits, visits_error : float
        And between the visits of a client.
    binding, binding_error : float
        Of visits that need more than their grant, the share that is held to it.
    temps, temps_error : float
        Time of a temp over that of a regular worker; NaN where it cannot be told.
    cut, cut_error : float
        Share of a visit that is cut where pressure is full; NaN likewise.
    n, of : int
        Visits, clients.
    """

    mean: float
    mean_error: float
    clients: float
    clients_error: float
    visits: float
    visits_error: float
    binding: float
    binding_error: float
    temps: float
    temps_error: float
    cut: float
    cut_error: float
    n: int
    of: int


def need_of(stays: Stays) -> Need:
    """Find what can be known of need.

    Parameters
    ----------
    stays : Stays
        At least one visit.
    """
    from tidsbruk.own.held import held_back

    usual = _usual(stays)
    cut = _cut(stays, usual)
    of = stays.only(stays.pressed == 0) if usual.any() else stays
    ours = stays.only(usual) if usual.any() else stays
    n = len(ours.minutes)
    held = held_back(of) if _ends_on_grants(of) else None
    if held:
        return Need(*held, *cut, n, _count(ours.client))
    ratio = ours.care / ours.granted
    mean = _clustered(ratio, ours.client)
    noise = ours.rounding + float(ours.records.var())
    parts = _parts(_log(ours), ours.client, float((noise / ours.care**2).mean()))
    return Need(*mean, *parts, 0.0, 0.0, *_temps(of), *cut, n, _count(ours.client))


def _usual(stays: Stays) -> Any:
    """Visits in time by regular workers; all of them where these are few."""
    usual = ~stays.temp & (stays.pressed == 0)
    if usual.mean() < 0.3:
        usual = usual | True
    return usual


def _count(client: Any) -> int:
    import numpy as np

    return len(np.unique(client))


def _log(stays: Stays) -> Array:
    import numpy as np

    return np.asarray(np.log(stays.care / stays.granted))


# Whether grants bind ------------------------------------------------------------------


def _ends_on_grants(stays: Stays) -> bool:
    """Whether more visits end on their grant than end beside it.

    Three stretches of equal length are compared: that in which visits end that were held
    to their grant, whatever was written there, the one before it, and the one after it.
    """
    import numpy as np

    n = len(stays.minutes)
    apart = stays.minutes - stays.granted
    low = float(np.quantile(stays.records, 0.02)) - stays.grain
    high = float(np.quantile(stays.records, 0.9)) + stays.grain
    wide = high - low
    there = float(((apart > low) & (apart < high)).mean())
    before = float(((apart > low - wide) & (apart <= low)).mean())
    after = float(((apart >= high) & (apart < high + wide)).mean())
    chance = max((before + after) / 2, 1 / n)
    return there - chance > max(_LEAST_SPIKE, 4 * math.sqrt(1.5 * chance / n))


# Visits that are like each other: of one client ---------------------------------------


def _clustered(ratio: Array, client: Any) -> tuple[float, float]:
    """Mean over clients of their means, which the scenario gives each the same weight."""
    import numpy as np

    _, number = np.unique(client, return_inverse=True)
    means = np.bincount(number, weights=ratio) / np.bincount(number)
    m = len(means)
    error = float(means.std(ddof=1) / math.sqrt(m)) if m > 1 else math.nan
    return float(means.mean()), error


def _parts(
    log: Array, client: Any, rounding: float = 0.0
) -> tuple[float, float, float, float]:
    """Coefficients of variation between and within clients, of lognormal factors.

    Of a single client, or of visits that are one for each client, the two are not told
    apart: then all of the spread is between visits.
    """
    import numpy as np

    _, number = np.unique(client, return_inverse=True)
    size = np.bincount(number)
    means = np.bincount(number, weights=log) / size
    n, m = len(log), len(size)
    if n - m < 1 or m < 2:
        spread = float(log.var(ddof=1)) if n > 1 else 0.0
        return 0.0, math.nan, *_cv(spread, math.sqrt(2 / max(n - 1, 1)) * spread)
    within = float(((log - means[number]) ** 2).sum() / (n - m))
    of_within = math.sqrt(2 / (n - m)) * within
    spread = float(means.var(ddof=1))
    between = max(spread - within * float((1 / size).mean()), 0.0)
    of_between = math.sqrt(2 / (m - 1)) * spread
    within = max(within - rounding, 0.0)
    return (*_cv(between, of_between), *_cv(within, of_within))


def _cv(variance: float, error: float) -> tuple[float, float]:
    """Coefficient of variation of a lognormal law by the variance of its logarithm."""
    cv = math.sqrt(math.expm1(variance))
    slope = math.exp(variance) / (2 * cv) if cv > 0 else 0.0
    return cv, slope * error


def _temps(stays: Stays) -> tuple[float, float]:
    """How much longer temps take for the same clients: by differences within clients."""
    import numpy as np

    temp = np.asarray(stays.temp, dtype=float)
    if min(temp.sum(), (1 - temp).sum()) < LEAST_OTHERS:
        return math.nan, math.nan
    _, number = np.unique(stays.client, return_inverse=True)
    size = np.bincount(number)

    def within(values: Array) -> Array:
        return np.asarray(values - (np.bincount(number, weights=values) / size)[number])

    x, y = within(temp), within(_log(stays))
    square = float((x * x).sum())
    if square < LEAST_OTHERS / 2:
        return math.nan, math.nan
    slope = float((x * y).sum()) / square
    by_client = np.bincount(number, weights=x * (y - slope * x))
    m = len(size)
    error = math.sqrt(m / max(m - 1, 1) * float((by_client**2).sum())) / square
    return math.exp(slope), math.exp(slope) * error


def _cut(stays: Stays, usual: Any) -> tuple[float, float]:
    """Share of a visit that is cut under full pressure: late visits beside others.

    The mean of a client's visits in time is what a late one would have had, whether
    grants bind or not.
    """
    import numpy as np

    late = ~stays.temp & (stays.pressed > 0)
    _, number = np.unique(stays.client, return_inverse=True)
    ratio = stays.care / stays.granted
    there = np.bincount(number[usual], minlength=number.max() + 1)
    both = late & (there[number] > 0)
    if usual.all() or stays.pressed[both].sum() < LEAST_OTHERS:
        return math.nan, math.nan
    sums = np.bincount(number[usual], weights=ratio[usual], minlength=len(there))
    mean = (sums / np.maximum(there, 1))[number]
    p = stays.pressed[both]
    x, y = p * mean[both], (mean - ratio)[both]
    square = float((x * x).sum())
    found = float((x * y).sum()) / square
    m = len(there)
    off = np.bincount(number[both], weights=x * (y - found * x), minlength=m)
    # the mean in time is not known exactly either
    spread = np.bincount(number[usual], weights=(ratio - mean)[usual] ** 2, minlength=m)
    of_mean = spread / np.maximum(there - 1, 1) / np.maximum(there, 1)
    weight = np.bincount(number[both], weights=x, minlength=m)
    by_client = off**2 + weight**2 * of_mean
    return found, math.sqrt(m / max(m - 1, 1) * float(by_client.sum())) / square
