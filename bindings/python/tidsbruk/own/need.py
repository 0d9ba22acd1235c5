"""Need over grant, as far as what was given tells it.

What is given is need, unless the grant holds it back. Where many visits end on the very
minute of their grant, grants bind: of those visits the need is only known to be at least
so large. Then a lognormal need with a factor of each client and one of each visit is
fitted by maximum likelihood, visits on the minute censored.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

MOST = 20_000  # visits of which the likelihood is taken
NODES = 5  # of the sum over what a client may be, around its likeliest value
NEWTON = 4  # steps to that value, from where it was last
_LEAST_SPIKE = 0.02


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
    on_the_minute : float
        Share of visits given exactly their grant, above what chance would bring.
    over : float
        Share of visits given more.
    binding, binding_error : float
        Of visits that need more than their grant, the share that is held to it.
    n, of : int
        Visits, clients.
    """

    mean: float
    mean_error: float
    clients: float
    clients_error: float
    visits: float
    visits_error: float
    on_the_minute: float
    over: float
    binding: float
    binding_error: float
    n: int
    of: int


def need_of(given: Array, granted: Array, client: Any, tolerance: float) -> Need:
    """Find what can be known of need.

    Parameters
    ----------
    given, granted : array of float
        Minutes of each visit that was given.
    client : array of int
        Whose it was.
    tolerance : float
        Minutes by which recorded instants may be off.
    """
    import numpy as np

    ratio = given / granted
    apart = given - granted
    near = np.abs(apart) <= tolerance
    beside = (np.abs(np.abs(apart) - 2 * tolerance) <= tolerance) & ~near
    by_chance = float(beside.mean()) / 2
    spike = float(near.mean()) - by_chance
    over = float((apart > tolerance).mean())
    n = len(given)
    if spike < max(_LEAST_SPIKE, 4 * math.sqrt(max(by_chance, 1 / n) / n)):
        mean, mean_error = _clustered(ratio, client)
        parts = _parts(np.log(np.maximum(ratio, 1e-3)), client)
        return Need(mean, mean_error, *parts, 0.0, over, 0.0, 0.0, n, _count(client))
    held = spike + over
    binding = spike / held
    error = math.sqrt(binding * (1 - binding) / (held * n))
    found = _censored(ratio, near, client)
    return Need(*found, spike, over, binding, error, n, _count(client))


def _count(client: Any) -> int:
    import numpy as np

    return len(np.unique(client))


def _clustered(ratio: Array, client: Any) -> tuple[float, float]:
    """Mean over clients of their means, which the scenario gives each the same weight."""
    import numpy as np

    _, number = np.unique(client, return_inverse=True)
    means = np.bincount(number, weights=ratio) / np.bincount(number)
    m = len(means)
    error = float(means.std(ddof=1) / math.sqrt(m)) if m > 1 else math.nan
    return float(means.mean()), error


def _parts(log: Array, client: Any) -> tuple[float, float, float, float]:
    """Coefficients of variation between and within clients, of lognormal factors."""
    import numpy as np

    _, number = np.unique(client, return_inverse=True)
    size = np.bincount(number)
    means = np.bincount(number, weights=log) / size
    n, m = len(log), len(size)
    within = float(((log - means[number]) ** 2).sum() / max(n - m, 1))
    between = max(float(means.var(ddof=1)) - within * float((1 / size).mean()), 0.0)
    of_between = math.sqrt(2 / max(m - 1, 1)) * float(means.var(ddof=1))
    of_within = math.sqrt(2 / max(n - m, 1)) * within
    return (*_cv(between, of_between), *_cv(within, of_within))


def _cv(variance: float, error: float) -> tuple[float, float]:
    """Coefficient of variation of a lognormal law by the variance of its logarithm."""
    cv = math.sqrt(math.expm1(variance))
    slope = math.exp(variance) / (2 * cv) if cv > 0 else 0.0
    return cv, slope * error


def _censored(
    ratio: Array, censored: Any, client: Any
) -> tuple[float, float, float, float, float, float]:
    import numpy as np
    from scipy.optimize import minimize

    if len(ratio) > MOST:
        kept = np.random.default_rng(1).permutation(np.unique(client))
        size = np.cumsum([int((client == c).sum()) for c in kept])
        some = np.isin(client, kept[: max(int(np.searchsorted(size, MOST)), 20)])
        ratio, censored, client = ratio[some], censored[some], client[some]
    _, number = np.unique(client, return_inverse=True)
    order = np.argsort(number, kind="stable")
    number = number[order]
    y, hidden = np.log(np.maximum(ratio, 1e-3))[order], np.asarray(censored)[order]
    loss = _Loss(y, hidden, number)
    start = np.array([float(y.mean()), math.log(0.3), math.log(0.4)])
    best = minimize(loss, start, method="Nelder-Mead", options={"xatol": 1e-4}).x
    spread = np.linalg.inv(_curvature(loss, best))
    mu, u, e = best[0], math.exp(best[1]), math.exp(best[2])
    mean = math.exp(mu + (u * u + e * e) / 2)
    slopes = np.array([1.0, u * u, e * e])
    mean_error = mean * math.sqrt(max(float(slopes @ spread @ slopes), 0.0))
    of_u = _cv(u * u, 2 * u * u * math.sqrt(max(float(spread[1, 1]), 0.0)))
    of_e = _cv(e * e, 2 * e * e * math.sqrt(max(float(spread[2, 2]), 0.0)))
    return (mean, mean_error, *of_u, *of_e)


class _Loss:
    """Less the log-likelihood of logarithms, some of them only known to be above.

    What a client may be is integrated out around its likeliest value: with many visits a
    client is known well, and nodes that are spread over all clients would miss it.
    """

    def __init__(self, y: Array, hidden: Any, number: Any) -> None:
        import numpy as np

        self.y, self.hidden, self.number = y, hidden, number
        self.starts = np.flatnonzero(np.diff(number, prepend=-1))
        self.nodes, weights = np.polynomial.hermite.hermgauss(NODES)
        self.weights = np.log(weights)
        self.likely = np.zeros(len(self.starts))

    def _sums(self, each: Array) -> Array:
        import numpy as np

        return np.asarray(np.add.reduceat(each, self.starts))

    def _z(self, mu: float, client: Array, e: float) -> Array:
        """Of a visit that is known, its distance; of a hidden one, that of its grant."""
        import numpy as np

        return np.asarray(
            (np.where(self.hidden, 0.0, self.y) - mu - client[self.number]) / e
        )

    def _slopes(self, mu: float, client: Array, e: float) -> tuple[Array, Array]:
        import numpy as np
        from scipy.special import log_ndtr

        z = self._z(mu, client, e)
        hazard = np.exp(-0.5 * z * z - log_ndtr(-z)) / math.sqrt(2 * math.pi)
        first = self._sums(np.where(self.hidden, hazard, z)) / e
        second = self._sums(np.where(self.hidden, hazard * (hazard - z), 1.0)) / e**2
        return first, second

    def _log(self, mu: float, client: Array, e: float) -> Array:
        import numpy as np
        from scipy.special import log_ndtr

        z = self._z(mu, client, e)
        known = -0.5 * z * z - math.log(e * math.sqrt(2 * math.pi))
        return self._sums(np.where(self.hidden, log_ndtr(-z), known))

    def __call__(self, at: Array) -> float:
        import numpy as np
        from scipy.special import logsumexp

        mu, u, e = float(at[0]), math.exp(at[1]), math.exp(at[2])
        client, curve = self.likely, np.ones_like(self.likely)
        for _ in range(NEWTON):
            first, second = self._slopes(mu, client, e)
            curve = second + 1 / u**2
            client = client + np.clip((first - client / u**2) / curve, -1, 1)
        self.likely = client
        width = np.sqrt(2 / curve)
        terms = []
        for node, weight in zip(self.nodes.tolist(), self.weights.tolist(), strict=True):
            there = client + width * node
            log = self._log(mu, there, e) - 0.5 * (there / u) ** 2
            terms.append(log + weight + node * node)
        sums = logsumexp(np.array(terms), axis=0) + np.log(width)
        return -float(sums.sum() - len(client) * math.log(u * math.sqrt(2 * math.pi)))


def _curvature(loss: _Loss, at: Array, step: float = 0.01) -> Array:
    import numpy as np

    n = len(at)
    found = np.zeros((n, n))
    unit = np.eye(n) * step
    for i in range(n):
        for j in range(i + 1):
            corners = (
                loss(at + unit[i] + unit[j])
                - loss(at + unit[i] - unit[j])
                - loss(at - unit[i] + unit[j])
                + loss(at - unit[i] - unit[j])
            )
            found[i, j] = found[j, i] = corners / (4 * step * step)
    return found
