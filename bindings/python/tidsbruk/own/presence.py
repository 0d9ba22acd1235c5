"""What workers write at the client, by the base: no table tells it from care."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from tidsbruk.scenario import Scenario

    Array = np.ndarray[Any, np.dtype[np.float64]]

VALUES = 400  # equally likely ones


def records_at_client(base: Scenario, trigger: str = "visit") -> Array:
    """Minutes of records at the client: values that are equally likely."""
    import numpy as np

    total = np.zeros(VALUES)
    generator = np.random.default_rng(1)
    for name in dict.fromkeys(p.split(".")[1] for p in base if p.startswith("obliga")):
        o = f"obligations.{name}"
        if (
            base[f"{o}.trigger"] == trigger
            and base[f"{o}.timing"] == "at_once"
            and base[f"{o}.in_presence"]
        ):
            often = float(str(base[f"{o}.probability"]))
            minutes = quantiles(base, f"{o}.minutes") * float(str(base[f"{o}.detail"]))
            written = np.arange(VALUES) < round(often * VALUES)
            total += generator.permutation(minutes) * generator.permutation(written)
    return total if total.any() else total[:1]


def quantiles(base: Scenario, path: str) -> Array:
    """Equally likely values of a law; of a kind that is not known here, its mean."""
    import numpy as np

    from tidsbruk.law import Law
    from tidsbruk.own.estimates import inverse

    p = (np.arange(VALUES) + 0.5) / VALUES
    mean, kind = base.law_mean(path), base[f"{path}.kind"]
    if mean <= 0 or kind not in ("lognormal", "gamma", "weibull", "exponential"):
        return np.full(VALUES, mean)
    law = Law({"kind": kind, "mean": mean})
    if kind != "exponential":
        law["cv"] = float(str(base[f"{path}.cv"]))
        law["median"] = mean / math.sqrt(1 + law["cv"] ** 2)
    found = inverse(law, p)
    return np.asarray(found * mean / found.mean())


def pace_of(base: Scenario) -> float:
    """How much longer care takes than need says, by the discretion of the base."""
    path = "regime.discretion"
    autonomy = float(str(base[f"{path}.autonomy"]))
    return 1 + autonomy * float(str(base[f"{path}.time_cost"]))
