"""What a table of visits shows, counted alike whether it is data or simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import pandas

    Array = np.ndarray[Any, np.dtype[np.float64]]

LATE = 15  # min after the plan
OFTEN = 7  # visits a week of a client
PARTS = ((0, 6), (6, 10), (10, 14), (14, 18), (18, 22), (22, 24))  # of a day
POINTS = 49  # of a plot of quantiles
SHOWN = (0.1, 0.5, 0.9)
APART = 5  # hours between two working days
WEEKDAYS = ("Monday to Friday", "Saturdays", "Sundays")


class Seen(NamedTuple):
    """Numbers that were counted, and quantiles for plots; no row of the table.

    Attributes
    ----------
    values : dict of str to (float, str)
        Value and unit, by name.
    quantiles : dict of str to list of float
        From 2 % to 98 %, by name.
    """

    values: dict[str, tuple[float, str]]
    quantiles: dict[str, list[float]]


def seen_in(
    frame: pandas.DataFrame,
    calls: pandas.DataFrame,
    shifts: pandas.DataFrame | None,
    weeks: int,
) -> Seen:
    """Count.

    Parameters
    ----------
    frame, calls : DataFrame
        Planned visits and calls, as `reading` gives them, with ``shift_end``.
    shifts : DataFrame or None
        A roster.
    weeks : int
        Whole ones.
    """
    found = Seen({}, {})
    given = frame[frame["status"] == "given"]
    _planned(found, frame, weeks)
    if len(given):
        _given(found, given)
        _ways(found, frame, calls)
        _shifts(found, given, calls)
        _carers(found, frame, given, weeks)
    _not_given(found, frame)
    if shifts is not None:
        _absence(found, shifts)
    if len(calls):
        days = 7.0 * weeks
        found.values["calls a day"] = len(calls) / days, "calls"
        _spread(found, "minutes of a call", _minutes(calls["start"], calls["end"]), "min")
    return found


def _minutes(start: pandas.Series[Any], end: pandas.Series[Any]) -> Array:
    import numpy as np

    return np.asarray((end - start).dt.total_seconds(), dtype=float) / 60


def _spread(found: Seen, name: str, values: Array, unit: str, shown: Any = SHOWN) -> None:
    """Mean and some quantiles of a number, and more of them for a plot."""
    import numpy as np

    if not len(values):
        return
    found.values[f"{name}: mean"] = float(values.mean()), unit
    for p in shown:
        found.values[f"{name}: {p:.0%}"] = float(np.quantile(values, p)), unit
    p = np.linspace(0.02, 0.98, POINTS)
    found.quantiles[name] = [float(x) for x in np.quantile(values, p)]


def _planned(found: Seen, frame: pandas.DataFrame, weeks: int) -> None:
    day = frame["planned_start"].dt.day_of_week.to_numpy()
    for name, low, high in zip(WEEKDAYS, (0, 5, 6), (5, 6, 7), strict=True):
        count = float(((day >= low) & (day < high)).sum()) / (high - low) / weeks
        found.values[f"visits a day, {name}"] = count, "visits"
    hour = frame["planned_start"].dt.hour.to_numpy()
    for low, high in PARTS:
        share = float(((hour >= low) & (hour < high)).mean())
        found.values[f"planned from {low:02} to {high:02}"] = share, "share"
    by_week = frame["client"].groupby(frame["planned_start"].dt.to_period("W"))
    found.values["clients of a week"] = float(by_week.nunique().median()), "clients"


def _given(found: Seen, given: pandas.DataFrame) -> None:
    import numpy as np

    minutes = _minutes(given["start"], given["end"])
    _spread(found, "minutes given", minutes, "min")
    granted = given["granted"].to_numpy()
    found.values["given over granted"] = float(minutes.sum() / granted.sum()), ""
    late = _minutes(given["planned_start"], given["start"])
    _spread(found, "start less plan", late, "min")
    found.values["begun 15 min late"] = float((late > LATE).mean()), "share"
    hour = given["planned_start"].dt.hour.to_numpy()
    for name, part in (("by day", hour < 16), ("in the evening", hour >= 16)):
        if part.mean() > 0.05:
            value = float(np.mean(minutes[part]))
            found.values[f"minutes given {name}"] = value, "min"


def _ways(found: Seen, frame: pandas.DataFrame, calls: pandas.DataFrame) -> None:
    from tidsbruk.own.days import legs_of
    from tidsbruk.own.reading import stops

    _spread(found, "way", legs_of(stops(frame, calls)).minutes, "min")


def _shifts(found: Seen, given: pandas.DataFrame, calls: pandas.DataFrame) -> None:
    """Visits of a working day, and how long it was."""
    import numpy as np
    import pandas

    columns = ["worker", "start", "end", "shift_end"]
    v = pandas.concat([given[columns], calls[columns]]) if len(calls) else given[columns]
    v = v[v["worker"] >= 0].sort_values(["worker", "start"])
    if v.empty:
        return
    gap = v["start"] - v["end"].shift()
    again = v["worker"].ne(v["worker"].shift()) | gap.gt(pandas.Timedelta(hours=APART))
    by = v.groupby(again.cumsum().to_numpy())
    counts = by.size().to_numpy().astype(float)
    _spread(found, "visits of a shift", counts, "visits", (0.1, 0.9))
    last, first = by["end"].max(), by["start"].min()
    hours = _minutes(first, last) / 60
    _spread(found, "from first to last visit", hours, "h", (0.1, 0.9))
    over = by["shift_end"].last()
    known = over.notna()
    if known.mean() > 0.5:
        ended = _minutes(over[known], last[known])
        found.values["last visit ends after the shift"] = (
            float(np.mean(ended > 0)),
            "share",
        )


def _carers(
    found: Seen, frame: pandas.DataFrame, given: pandas.DataFrame, weeks: int
) -> None:
    for name, often in (("a visit a day", True), ("fewer visits", False)):
        each = carers_of(given, frame, weeks, often=often)
        if len(each):
            value = float(each.groupby(level=0).mean().mean())
            found.values[f"carers in 14 days, of who has {name}"] = value, "carers"


def carers_of(
    given: pandas.DataFrame, frame: pandas.DataFrame, weeks: int, *, often: bool = True
) -> Any:
    """Different carers of each client in each whole fortnight in which somebody came.

    Of clients with a planned visit a day or more, or of the others.
    """
    many = frame.groupby("client").size() >= OFTEN * weeks * 0.9
    mine = given[given["client"].isin(many.index[many.to_numpy() == often])]
    first = frame["planned_start"].min().floor("D")
    fortnight = (mine["planned_start"] - first).dt.days // 14
    kept = fortnight < weeks // 2
    return mine["worker"][kept].groupby([mine["client"][kept], fortnight[kept]]).nunique()


def _not_given(found: Seen, frame: pandas.DataFrame) -> None:
    missed, in_vain = frame["status"] == "missed", frame["status"] == "no_show"
    found.values["visits that nobody gave"] = float(missed.mean()), "share"
    went = max(int((~missed).sum()), 1)
    found.values["visits in vain"] = float(in_vain.sum()) / went, "share"
    if "temp" in frame:
        temp = frame["temp"][frame["status"] == "given"]
        found.values["visits given by temps"] = float(temp.mean()), "share"


def _absence(found: Seen, shifts: pandas.DataFrame) -> None:
    if "status" not in shifts:
        return
    away = shifts["status"].isin(["absent", "temp"])
    found.values["shifts whose worker was absent"] = float(away.mean()), "share"
    if away.any():
        temp = float((shifts["status"] == "temp").sum() / away.sum())
        found.values["of these filled by a temp"] = temp, "share"
