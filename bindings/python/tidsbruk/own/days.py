"""What a day looks like: the ways between visits, windows, and shifts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import pandas

    Array = np.ndarray[Any, np.dtype[np.float64]]

LONGEST_GAP = 180  # min: a longer one divides two pieces of a working day
LONGEST_LEG = 90
BEFORE_MIDDLE, AFTER_MIDDLE = 30, 90  # min around the middle of a day: the break
APART = 90  # min between the starts of two kinds of shift
DAY = 1440
MOST_WINDOWS = 12  # of a scenario


class Legs(NamedTuple):
    """Gaps between visits that were nothing but the way.

    Attributes
    ----------
    minutes : array of float
        Of those that were taken for ways.
    gaps : int
        Between visits of one worker in all.
    waited : int
        Left out since the next visit was not due yet.
    around_break : int
        Left out since the break may lie in them.
    """

    minutes: Array
    gaps: int
    waited: int
    around_break: int


def legs_of(visits: pandas.DataFrame) -> Legs:
    """Find ways: gaps after visits that ended when the next one was already due.

    Whether a gap is looked at depends on what was known when it began, never on how long
    it became.
    """
    import numpy as np

    v = visits[visits["start"].notna() & visits["end"].notna() & (visits["worker"] >= 0)]
    v = v.sort_values(["worker", "start"])
    worker = v["worker"].to_numpy()
    start, end, due = (_minutes(v[name]) for name in ("start", "end", "due"))
    gap = start[1:] - end[:-1]
    same = (worker[1:] == worker[:-1]) & (gap < LONGEST_GAP) & (gap >= 0)
    piece = np.cumsum(np.concatenate([[True], ~same]))
    first = np.flatnonzero(np.diff(piece, prepend=0))
    last = np.append(first[1:] - 1, len(v) - 1)
    begun, over = start[first][piece - 1], end[last][piece - 1]
    middle = (begun + over) / 2
    may_break = (end > middle - BEFORE_MIDDLE) & (end < middle + AFTER_MIDDLE)
    waits = end[:-1] < due[1:]
    kept = same & ~waits & ~may_break[:-1] & (gap < LONGEST_LEG)
    return Legs(
        gap[kept],
        int(same.sum()),
        int((same & waits).sum()),
        int((same & ~waits & may_break[:-1]).sum()),
    )


def _minutes(column: pandas.Series[Any]) -> Array:
    seconds = column.astype("datetime64[s]").astype("int64").to_numpy()
    return seconds / 60.0


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
    return found


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


def shifts_of(start: pandas.Series[Any], minutes: Array, kind: Any) -> list[Shift]:
    """Sum up shifts of each kind: when, how long, how many on which days."""
    import numpy as np
    import pandas

    from tidsbruk.own.estimates import mean_of

    day = start.dt.floor("D")
    days = pandas.date_range(day.min(), day.max(), freq="D")
    weekday = days.day_of_week.to_numpy()
    minute = minute_of_day(start)
    found: list[Shift] = []
    for number in np.unique(kind):
        mine = kind == number
        counts = np.array(
            day[mine].value_counts().reindex(days, fill_value=0).to_numpy(), dtype=float
        )
        parts = [counts[weekday < 5], counts[weekday == 5], counts[weekday == 6]]
        wanted = [mean_of(part) if len(part) else (0.0, 0.0) for part in parts]
        starts, length = mean_of(minute[mine]), mean_of(minutes[mine])
        name = shift_name(starts[0], [s.name for s in found])
        means = tuple(w[0] for w in wanted)
        errors = tuple(0.0 if w[1] != w[1] else w[1] for w in wanted)
        found.append(Shift(name, *starts, *length, means, errors, int(mine.sum())))  # type: ignore[arg-type]
    return found
