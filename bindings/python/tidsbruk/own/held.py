"""Need where grants hold it back: by maximum likelihood, for what was held is not seen.

A visit needs its grant times a factor of the client times one of its own, both lognormal.
Where it needs more than its grant, it is held to it with some chance. A visit that ends
near its grant may have been held, or may have needed so much: how likely either is hangs
on how exactly times are written and on what the worker writes at the client.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np

    from tidsbruk.own.need import Stays

    Array = np.ndarray[Any, np.dtype[np.float64]]

MOST = 20_000  # visits of which the likelihood is taken
NODES = 7  # of the sum over what a client may be, around its likeliest value
NEWTON = 6  # steps to that value, from where it was last
LEAST_Z = 4.0  # by which binding is told from none
STEP = 1e-3


class Held(NamedTuple):
    """What was found, as `need.Need` has it."""

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


def held_back(stays: Stays) -> Held | None:
    """Fit need; None where grants are not told to bind."""
    import numpy as np
    from scipy.optimize import minimize

    loss = Loss(_some(stays))
    temps = loss.temps
    free = np.array([True, True, True, True, temps])
    start = np.array([loss.y.mean(), math.log(0.3), math.log(0.4), 0.5, 0.0])
    low, high = [-3, -5, -5, -9, -2], [3, 1.5, 1.5, 9, 2]

    def told(some: Array) -> tuple[float, Array]:
        at = np.zeros(5)
        at[free] = some
        value, slope = loss(at)
        return value, slope[free]

    bounds = np.array([low, high]).T[free]
    found = minimize(told, start[free], jac=True, method="L-BFGS-B", bounds=bounds).x
    steps = np.eye(len(found)) * STEP
    curve = np.array(
        [(told(found + s)[1] - told(found - s)[1]) / (2 * STEP) for s in steps]
    )
    try:
        spread = np.linalg.inv((curve + curve.T) / 2)
    except np.linalg.LinAlgError:
        return None
    return _summed(found, spread, temps)


def _summed(found: Array, spread: Array, temps: bool) -> Held | None:
    import numpy as np

    error = np.sqrt(np.maximum(np.diag(spread), 0.0))
    mu, u, e = found[0], math.exp(found[1]), math.exp(found[2])
    binding = 1 / (1 + math.exp(-found[3]))
    of_binding = binding * (1 - binding) * float(error[3])
    if not binding > LEAST_Z * of_binding:
        return None
    mean = math.exp(mu + (u * u + e * e) / 2)
    slopes = np.zeros(len(found))
    slopes[:3] = 1.0, u * u, e * e
    of_mean = mean * math.sqrt(max(float(slopes @ spread @ slopes), 0.0))
    pace = (math.nan, math.nan)
    if temps:
        pace = (math.exp(found[4]), math.exp(found[4]) * float(error[4]))
    of_u = _cv(u, float(error[1]))
    of_e = _cv(e, float(error[2]))
    return Held(mean, of_mean, *of_u, *of_e, binding, of_binding, *pace)


def _cv(sigma: float, error: float) -> tuple[float, float]:
    """Of a lognormal law, by the deviation of its logarithm, and the relative error."""
    cv = math.sqrt(math.expm1(sigma * sigma))
    return cv, math.exp(sigma * sigma) * sigma * sigma / cv * error


def _some(stays: Stays) -> Stays:
    """All visits, or those of so many clients that the likelihood is not slow."""
    import numpy as np

    if len(stays.minutes) <= MOST:
        return stays
    clients, size = np.unique(stays.client, return_counts=True)
    order = np.random.default_rng(1).permutation(len(clients))
    last = max(int(np.searchsorted(np.cumsum(size[order]), MOST)), 20)
    return stays.only(np.isin(stays.client, clients[order[:last]]))


class Kernel:
    """How far from its grant a visit is seen to end that was held to it.

    Minutes of records, and the difference of two instants that were cut to a grain: that
    alone is a triangle.
    """

    def __init__(self, records: Array, grain: float) -> None:
        import numpy as np

        step = grain / 8 if np.ptp(records) == 0 else max(grain, 0.04) / 8
        wide = max(grain, 2 * step)
        low = float(records.min()) - 2 * wide
        count = math.ceil((float(records.max()) + 2 * wide - low) / step)
        self.at = low + step * np.arange(count + 1)
        share = np.zeros(count + 1)
        place = (records - low) / step
        left = np.floor(place).astype(int)
        np.add.at(share, left, 1 - (place - left))
        np.add.at(share, left + 1, place - left)
        half = round(wide / step)
        triangle = 1 - np.abs(np.arange(-half, half + 1)) / half
        dense = np.convolve(share / share.sum(), triangle / triangle.sum(), "same")
        self.density = dense / step
        self.below = np.cumsum(dense)

    def __call__(self, apart: Array) -> tuple[Array, Array]:
        """Density there, and the share that lies below."""
        import numpy as np

        return (
            np.interp(apart, self.at, self.density, 0.0, 0.0),
            np.interp(apart, self.at, self.below, 0.0, 1.0),
        )


class Loss:
    """Less the log-likelihood, and its slopes.

    What a client may be is summed out around its likeliest value. Visits that are far
    from their grant count by the sums of each client.

    Of a place (mu, log u, log e, logit of binding, log of the pace of temps).
    """

    def __init__(self, stays: Stays) -> None:
        import numpy as np

        _, number = np.unique(stays.client, return_inverse=True)
        self.clients = int(number.max()) + 1
        care = stays.care
        self.y = np.log(care / stays.granted)
        apart = stays.minutes - stays.granted
        density, below = Kernel(stays.records, stays.grain)(apart)
        near = (density > 0) | ((below > 0) & (below < 1))
        self.temps = bool(min(stays.temp.sum(), (~stays.temp).sum()) >= 30)
        temp = np.asarray(stays.temp, dtype=float)
        # near the grant, visit by visit
        self.number, self.near_y, self.near_temp = number[near], self.y[near], temp[near]
        self.spike = density[near] * care[near]
        self.ramp = below[near]
        # far from it, by client and by who came
        self.over = float((below[~near] >= 1).sum())
        key = number[~near] * 2 + (temp[~near] > 0)
        far, size = self.y[~near], 2 * self.clients
        self.n = np.bincount(key, minlength=size).astype(float)
        self.sum = np.bincount(key, weights=far, minlength=size)
        self.square = np.bincount(key, weights=far * far, minlength=size)
        self.nodes, weights = np.polynomial.hermite.hermgauss(NODES)
        self.weights = np.log(weights) + self.nodes**2
        self.likely = np.zeros(self.clients)

    def _by_client(self, values: Array) -> Array:
        import numpy as np

        found = np.bincount(self.number, weights=values, minlength=self.clients)
        return np.asarray(found, dtype=float)

    def _far(self, at: Array, client: Array) -> tuple[Array, Array, Array, Array]:
        """Log-likelihood, distances in e, those of temps, squares of distances in e."""
        import numpy as np

        mu, e, tau = float(at[0]), math.exp(at[2]), float(at[4])
        centre = mu + np.repeat(client, 2) + tau * (np.arange(2 * len(client)) % 2)
        first = (self.sum - self.n * centre) / e
        square = (self.square - 2 * centre * self.sum + self.n * centre**2) / e**2
        log = -0.5 * square - self.n * math.log(e * math.sqrt(2 * math.pi))
        pair = (log, first, square)
        log, first2, square = (values.reshape(-1, 2).sum(1) for values in pair)
        return log, first2, first[1::2], square

    def _near(self, at: Array, client: Array) -> tuple[Array, ...]:
        """Of each visit near its grant: log-likelihood, and what its slopes are made of.

        The chance that it was held, the hazard at its grant, the distance of its grant
        and its own in e, and what binding leaves.
        """
        import numpy as np
        from scipy.special import log_ndtr

        mu, e = float(at[0]), math.exp(at[2])
        binding = 1 / (1 + math.exp(-at[3]))
        centre = mu + client[self.number] + float(at[4]) * self.near_temp
        grant, own = -centre / e, (self.near_y - centre) / e
        above = log_ndtr(-grant)
        left = 1 - binding * self.ramp
        held = binding * np.exp(above) * self.spike
        free = left * np.exp(-0.5 * own * own) / (e * math.sqrt(2 * math.pi))
        both = held + free + 1e-300
        hazard = np.exp(-0.5 * grant * grant - above) / math.sqrt(2 * math.pi)
        return np.log(both), held / both, hazard, grant, own, left

    def _likeliest(self, at: Array) -> tuple[Array, Array]:
        import numpy as np

        u, e = math.exp(at[1]), math.exp(at[2])
        client, curve = self.likely, np.ones_like(self.likely)
        n = self.n.reshape(-1, 2).sum(1)
        for _ in range(NEWTON):
            _, first, _, _ = self._far(at, client)
            _, held, hazard, grant, own, _ = self._near(at, client)
            slope = held * hazard + (1 - held) * own
            bend = held * hazard * (hazard - grant) + (1 - held)
            mixed = held * (1 - held) * (hazard - own) ** 2
            least = (n + 0.3 * self._by_client(bend)) / e**2
            whole = (n + self._by_client(bend - mixed)) / e**2
            curve = np.maximum(whole, least) + 1 / u**2
            slopes = (first + self._by_client(slope)) / e - client / u**2
            client = client + np.clip(slopes / curve, -0.5, 0.5)
        self.likely = client
        return client, curve

    def __call__(self, at: Array) -> tuple[float, Array]:
        """Give the loss at a place, and its slopes there."""
        import numpy as np
        from scipy.special import logsumexp

        u, e = math.exp(at[1]), math.exp(at[2])
        binding = 1 / (1 + math.exp(-at[3]))
        centre, curve = self._likeliest(at)
        width = np.sqrt(2 / curve)
        terms, slopes = [], []
        n = self.n.reshape(-1, 2).sum(1)
        for node, weight in zip(self.nodes.tolist(), self.weights.tolist(), strict=True):
            client = centre + width * node
            log, first, of_temps, square = self._far(at, client)
            near, held, hazard, grant, own, left = self._near(at, client)
            z = held * hazard + (1 - held) * own
            z_e = held * hazard * grant + (1 - held) * (own * own - 1)
            bound = held * (1 - binding) - (1 - held) * (
                self.ramp * binding * (1 - binding) / left
            )
            terms.append(log + self._by_client(near) - 0.5 * (client / u) ** 2 + weight)
            slopes.append(
                [
                    (first + self._by_client(z)) / e,
                    (client / u) ** 2 - 1,
                    square - n + self._by_client(z_e),
                    self._by_client(bound),
                    (of_temps + self._by_client(z * self.near_temp)) / e,
                ]
            )
        log = np.array(terms)
        sums = logsumexp(log, axis=0)
        share = np.exp(log - sums)
        slope = np.einsum("kc,kpc->p", share, np.array(slopes))
        slope[3] -= self.over * binding
        total = float((sums + np.log(width)).sum()) + self.over * math.log1p(-binding)
        total -= self.clients * math.log(u * math.sqrt(2 * math.pi))
        return -total, -slope
