"""What a day looks like: the ways between visits, windows, and shifts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import pandas

    Array = np.ndarray[Any, np.dtype[np.float64]]

LONGEST_GAP = 180  # min: a longer one divides two pieces of a working day
LONGEST_LEG = 90
# The break: so many min before and after the middle of a shift, where a roster says when
# that is; else of the visits of a working day, which lie in the shift as they will.
AROUND_SHIFT = (20, 100)
AROUND_VISITS = (90, 120)
APART = 90  # min between the starts of two kinds of shift
DAY = 1440
MOST_WINDOWS = 12  # of a scenario
SATURDAY, SUNDAY = 5, 6


class Legs(NamedTuple):
    """Gaps between visits that were nothing but the way.

    Attributes
    ----------
    minutes : array of float
        Of those that were taken for ways.
    worker : array of int
        Whose.
    gaps : int
        Between visits of one worker in all.
    waited : int
        Left out since the next visit was not due yet.
    around_break : int
        Left out since the break may lie in them.
    """

    minutes: Array
    worker: Any
    gaps: int
    waited: int
    around_break: int

    @property
    def left_out(self) -> str:
        """What was left out, in words."""
        return (
            f"{self.waited:,} since the next visit was not due yet, "
            f"{self.around_break:,} since the break may lie in them"
        )


def legs_of(stops: pandas.DataFrame) -> Legs:
    """Find ways: gaps after visits that ended when the next one was already due.

    Whether a gap is looked at depends on what was known when it began, never on how long
    it became.

    Parameters
    ----------
    stops : DataFrame
        Wherever a worker was: ``worker``, ``start``, ``end``, ``due`` (when the worker
        was awaited there; missing for calls, which nobody could foresee) and ``middle``
        of the shift, where it is known. Where somebody was for an unknown time (a visit
        in vain), `start` and `end` are missing, and ``planned_start`` says about when.
    """
    import numpy as np

    v = stops[stops["worker"] >= 0]
    v = v.assign(at=v["start"].fillna(v["planned_start"]))
    v = v[v["at"].notna()].sort_values(["worker", "at"], kind="stable")
    if len(v) < 2:
        return Legs(np.zeros(0), np.zeros(0, dtype=int), 0, 0, 0)
    worker = v["worker"].to_numpy()
    start, end, due, middle = (_minutes(v[n]) for n in ("start", "end", "due", "middle"))
    gap = start[1:] - end[:-1]
    same = (worker[1:] == worker[:-1]) & (gap < LONGEST_GAP) & (gap >= 0)
    waits = end[:-1] < due[1:]
    foreseen = ~np.isnan(due[1:])
    may_break = _may_break(worker, v["at"], end, middle)[:-1]
    kept = same & foreseen & ~waits & ~may_break & (gap < LONGEST_LEG)
    return Legs(
        gap[kept],
        worker[1:][kept],
        int(same.sum()),
        int((same & waits).sum()),
        int((same & foreseen & ~waits & may_break).sum()),
    )


def _may_break(worker: Any, at: pandas.Series[Any], end: Array, middle: Array) -> Any:
    """Whether the break may follow a visit: it ended around the middle of the shift."""
    import numpy as np

    begun = _minutes(at)
    apart = (worker[1:] != worker[:-1]) | (np.diff(begun) > 2 * LONGEST_GAP)
    piece = np.cumsum(np.concatenate([[True], apart])) - 1
    first = np.flatnonzero(np.concatenate([[True], apart]))
    last = np.append(first[1:] - 1, len(begun) - 1)
    over = np.where(np.isnan(end[last]), begun[last], end[last])
    between = ((begun[first] + over) / 2)[piece]
    known = ~np.isnan(middle)
    centre = np.where(known, middle, between)
    before = np.where(known, AROUND_SHIFT[0], AROUND_VISITS[0])
    after = np.where(known, AROUND_SHIFT[1], AROUND_VISITS[1])
    # a long visit over the middle puts the break off to its end, however late that is
    past = end >= centre
    next_past = past & ~np.concatenate([[False], past[:-1] & ~apart])
    return next_past | ((end > centre - before) & (end < centre + after))


def _minutes(column: pandas.Series[Any]) -> Array:
    import numpy as np

    seconds = column.astype("datetime64[ms]").astype("int64").to_numpy() / 60_000.0
    return np.asarray(np.where(column.isna().to_numpy(), np.nan, seconds))


def minute_of_day(column: pandas.Series[Any]) -> Array:
    """Minutes after midnight."""
    return _minutes(column) % DAY


class Window(NamedTuple):
    """When visits start: minutes after midnight, and of which visit of a day."""

    opens: int
    closes: int
    order: int


def windows_of(visits: pandas.DataFrame) -> tuple[list[Window], bool]:
    """Find windows, and whether the table itself said them."""
    told = "window_opens" in visits and visits["window_opens"].notna().mean() > 0.9
    found: list[Window] = []
    for rows in _by_order(visits).values():
        order = max((w.order for w in found), default=0) + 1
        part = visits.loc[rows]
        more = _told(part, order) if told else _guessed(part, order)
        known = {(w.opens, w.closes) for w in found}
        found += [w for w in more if (w.opens, w.closes) not in known]
    return found[:MOST_WINDOWS], bool(told)


def _by_order(visits: pandas.DataFrame) -> dict[int, list[Any]]:
    """Rows of the visits that are a day's first, second ... as windows are dealt out.

    Days with one visit show the first window; of days with one more, the visit that is
    far from all windows so far shows the next.
    """
    import numpy as np

    day = visits["planned_start"].dt.floor("D")
    minute = minute_of_day(visits["planned_start"])
    at = dict(zip(visits.index, minute.tolist(), strict=True))
    days: dict[int, list[list[Any]]] = {}
    for _, rows in visits.groupby([visits["client"], day], sort=False).groups.items():
        days.setdefault(len(rows), []).append(list(rows))
    found: dict[int, list[Any]] = {}
    centres: list[float] = []
    for count in range(1, min(max(days), 8) + 1):
        if len(days.get(count, [])) < 5:
            continue
        own: list[Any] = []
        for each in days[count][:4000]:
            left = _far_from(centres, sorted(each, key=at.__getitem__), at)
            own += left if len(left) == 1 or not centres else left[:1]
        found[len(centres) + 1] = own
        centres.append(float(np.median([at[row] for row in own])))
    return found or {1: list(visits.index)}  # too few to tell the first from the next


def _far_from(centres: list[float], rows: list[Any], at: dict[Any, float]) -> list[Any]:
    """Rows without the one nearest to each centre; one is always left."""
    left = list(rows)
    for centre in centres:
        if len(left) > 1:
            left.pop(min(range(len(left)), key=lambda i: abs(at[left[i]] - centre)))
    return left


def _told(part: pandas.DataFrame, order: int) -> list[Window]:
    pairs = list(
        zip(
            minute_of_day(part["window_opens"]).round().astype(int).tolist(),
            minute_of_day(part["window_closes"]).round().astype(int).tolist(),
            strict=True,
        )
    )
    counted = {pair: pairs.count(pair) for pair in sorted(set(pairs))}
    least = max(0.03 * len(pairs), 3)
    return [
        Window(opens, closes if closes > opens else closes + DAY, order)
        for (opens, closes), count in counted.items()
        if count >= least
    ]


def _guessed(part: pandas.DataFrame, order: int) -> list[Window]:
    """Windows of two hours that hold equal parts of the planned starts."""
    import numpy as np

    minute = minute_of_day(part["planned_start"])
    spread = float(np.quantile(minute, 0.95) - np.quantile(minute, 0.05))
    count = int(np.clip(round(spread / 45), 1, 6))
    edges = np.quantile(minute, np.arange(count) / count + 0.02 / count)
    opens = (np.round(edges / 15) * 15).astype(int)
    return [Window(int(o), int(o) + 120, order) for o in dict.fromkeys(opens.tolist())]


class Shift(NamedTuple):
    """A kind of shift.

    Attributes
    ----------
    name : str
        Such as ``"day"``.
    starts, starts_error, minutes, minutes_error : float
        Minutes after midnight, and its length.
    wanted : (float, float, float)
        Workers on weekdays, Saturdays, Sundays: means over days.
    wanted_error : (float, float, float)
        Their standard errors.
    n : int
        Shifts.
    """

    name: str
    starts: float
    starts_error: float
    minutes: float
    minutes_error: float
    wanted: tuple[float, float, float]
    wanted_error: tuple[float, float, float]
    n: int

    @property
    def ends(self) -> float:
        """Minutes after the midnight before it starts."""
        return self.starts + self.minutes


def kinds_of(start: Array) -> Any:
    """Number the kinds of shift by when they start: groups of starts that lie apart."""
    import numpy as np

    counts = np.histogram(start, bins=np.arange(0, DAY + 31, 30))[0]
    busy = counts > 0.02 * counts.max()
    kind, kinds, quiet = np.zeros(len(counts), dtype=int), -1, APART
    for i, there in enumerate(busy):
        if there and quiet >= APART:
            kinds += 1
        quiet = 0 if there else quiet + 30
        kind[i] = max(kinds, 0)
    bins = np.clip((start // 30).astype(int), 0, len(counts) - 1)
    return kind[bins]


def shift_name(starts: float, taken: Any) -> str:
    """Name a kind of shift by when it starts.

    Examples
    --------
    >>> [shift_name(m, ()) for m in (450, 900, 1350)]
    ['day', 'evening', 'night']
    """
    word = (
        "day" if 300 <= starts < 780 else "evening" if 780 <= starts < 1230 else "night"
    )
    name, number = word, 1
    while name in taken:
        number += 1
        name = f"{word}_{number}"
    return name


def holidays_of(start: pandas.Series[Any]) -> Any:
    """Weekdays on which as few began to work as on Sundays: taken for holidays.

    Parameters
    ----------
    start : Series of datetime64
        Of shifts, or of visits.

    Returns
    -------
    DatetimeIndex
        Empty where Sundays are as busy as other days, or more than a sixth of the
        weekdays look like them: then that is how this unit works.
    """
    import numpy as np
    import pandas

    day = start.dt.floor("D")
    days = pandas.date_range(day.min(), day.max(), freq="D")
    counts = day.value_counts().reindex(days, fill_value=0).to_numpy().astype(float)
    weekday = days.day_of_week.to_numpy()
    at_work, sundays = counts[weekday < SATURDAY], counts[weekday == SUNDAY]
    if len(at_work) < 10 or len(sundays) < 2:
        return days[:0]
    usual, sunday = float(np.median(at_work)), float(np.mean(sundays))
    spread = max(float(np.std(sundays)), 1.0)
    few = (weekday < SATURDAY) & (counts <= sunday + (usual - sunday) / 4)
    clear = usual - sunday > 3 * spread and few.sum() <= len(at_work) / 6
    return days[few] if clear else days[:0]


def shifts_of(
    start: pandas.Series[Any], minutes: Array, kind: Any, holidays: Any = ()
) -> list[Shift]:
    """Sum up shifts of each kind: when, how long, how many on which days."""
    import numpy as np
    import pandas

    from tidsbruk.own.estimates import mean_of

    day = start.dt.floor("D")
    days = pandas.date_range(day.min(), day.max(), freq="D")
    weekday = np.where(days.isin(holidays), -1, days.day_of_week.to_numpy())
    minute = minute_of_day(start)
    found: list[Shift] = []
    for number in np.unique(kind):
        mine = kind == number
        counts = np.array(
            day[mine].value_counts().reindex(days, fill_value=0).to_numpy(), dtype=float
        )
        at_work = (weekday >= 0) & (weekday < SATURDAY)
        parts = [counts[at_work], counts[weekday == SATURDAY], counts[weekday == SUNDAY]]
        wanted = [mean_of(part) if len(part) else (0.0, 0.0) for part in parts]
        starts, length = mean_of(minute[mine]), mean_of(minutes[mine])
        name = shift_name(starts[0], [s.name for s in found])
        means = tuple(w[0] for w in wanted)
        errors = tuple(0.0 if w[1] != w[1] else w[1] for w in wanted)
        found.append(Shift(name, *starts, *length, means, errors, int(mine.sum())))  # type: ignore[arg-type]
    return found
