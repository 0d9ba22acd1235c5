"""Visits that nobody planned: calls, how many come when, and how long they take."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.own.estimates import Estimate, Fitted, fitted, mean_of
from tidsbruk.own.roster import role_of

if TYPE_CHECKING:
    import numpy as np
    import pandas

    Array = np.ndarray[Any, np.dtype[np.float64]]

CALLS = "calls"  # the service of calls whose service is not said
LEAST = 20  # calls of which a law and a rate are made
MOST = 4  # services of calls
HOURS, DAYS = 24, 7
BLOCKS = (1, 4, 8, 24)  # into how many equal parts a day may fall
SATURDAY = 5


class Call(NamedTuple):
    """Calls of one service.

    Attributes
    ----------
    name : str
        Of the service in the scenario.
    n : int
        Calls that were served.
    per_hour : Estimate
        Mean over the whole time, nights included.
    profile : list of float
        Factors of it: none, 24 of the hours of a day, or 168 of those of a week.
    said : str
        How finely the data show when calls come.
    minutes : Fitted
        With the client.
    role : str
        Of those who served them; empty where several did, or nobody knows.
    """

    name: str
    n: int
    per_hour: Estimate
    profile: list[float]
    said: str
    minutes: Fitted
    role: str


def calls_of(
    calls: pandas.DataFrame, days: int, presence: float, grain: float
) -> tuple[dict[str, Call], list[str]]:
    """Fit calls, service by service, and say what was left out.

    Parameters
    ----------
    calls : DataFrame
        ``group``, ``start``, ``end``, ``role`` and ``day``, from 0.
    days : int
        That the table covers.
    presence : float
        Minutes of records at the client.
    grain : float
        Minutes to which instants are written.
    """
    counted = calls["group"].value_counts()
    common = list(counted.index[:MOST])
    group = calls["group"].where(calls["group"].isin(common), "other_calls")
    found, notes = {}, []
    for name in sorted(group.unique().tolist()):
        part = calls[group == name]
        if len(part) < LEAST:
            notes.append(
                f"{len(part):,} visits that nobody planned ({name}) are too few to fit "
                "and are left out."
            )
        else:
            found[name] = _call(name, part, days, presence, grain)
    return found, notes


def _call(
    name: str, part: pandas.DataFrame, days: int, presence: float, grain: float
) -> Call:
    import numpy as np

    by_day = np.bincount(part["day"], minlength=days).astype(float)
    mean, error = mean_of(by_day)
    error = max(error, math.sqrt(mean / days))  # no rarer by chance than by Poisson
    told = "calls a day over 24; its error from the days"
    path = f"services.{name}"
    minutes = (part["end"] - part["start"]).dt.total_seconds().to_numpy() / 60
    stayed = np.maximum(minutes - presence, grain / 3)
    profile, said = profile_of(part["start"], days)
    return Call(
        name,
        len(part),
        Estimate(
            f"{name}: calls an hour",
            mean / HOURS,
            error / HOURS,
            "",
            len(part),
            f"{path}.per_hour",
            told,
        ),
        profile,
        said,
        fitted(f"{name}: minutes of a call", f"{path}.minutes", "min", stayed, grain),
        role_of(part["role"]),
    )


def profile_of(start: pandas.Series[Any], days: int) -> tuple[list[float], str]:
    """Factors by the hour, as fine as the calls show: by the least AIC.

    Rates that are the same all day, or in each of some equal parts of it, on all days or
    apart from Monday to Friday and at weekends, are tried.
    """
    import numpy as np

    first = start.min().floor("D")
    weekday = (first.day_of_week + np.arange(days)) % DAYS
    ends = weekday >= SATURDAY
    hour = start.dt.hour.to_numpy()
    weekend = start.dt.day_of_week.to_numpy() >= SATURDAY
    tried = []
    for blocks in BLOCKS:
        block = hour * blocks // HOURS
        for split in (False, True) if days >= 2 * DAYS else (False,):
            width = HOURS / blocks
            exposure = [~ends, ends] if split else [ends | True]
            counts = [
                np.bincount(block[kept], minlength=blocks)
                for kept in ([~weekend, weekend] if split else [weekend | True])
            ]
            hours = [float(e.sum()) * width for e in exposure]
            log = sum(_poisson(c, h) for c, h in zip(counts, hours, strict=True))
            rates = [c / h for c, h in zip(counts, hours, strict=True)]
            tried.append((2 * blocks * len(counts) - 2 * log, blocks, split, rates))
    _, blocks, split, rates = min(tried, key=lambda row: row[0])
    if blocks == 1 and not split:
        return [], "the same at all hours, as far as the calls show"
    mean = len(start) / (HOURS * days)
    each = [np.repeat(rate / mean, HOURS // blocks) for rate in rates]
    parts = "by the hour" if blocks == HOURS else f"in {blocks} parts of the day"
    if not split:
        return _rounded(each[0]), f"{parts}, the same on all days (least AIC)"
    week = np.concatenate([each[day >= SATURDAY] for day in range(DAYS)])
    parts = parts if blocks > 1 else "all day"
    return _rounded(week), f"{parts}, apart at weekends (least AIC)"


def _poisson(counts: Any, hours: float) -> float:
    """Log-likelihood of counts whose rates are their own, without what all share."""
    import numpy as np

    seen = counts[counts > 0].astype(float)
    return float((seen * np.log(seen / max(hours, 1e-9))).sum() - counts.sum())


def _rounded(factors: Array) -> list[float]:
    return [float(f"{x:.4g}") for x in factors]
