"""What is counted of a unit, and shares that a simulation is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidsbruk.own.days import kinds_of, minute_of_day
from tidsbruk.own.estimates import Estimate, Heaps, heaps, mean_of, share_of
from tidsbruk.own.seen import carers_of

if TYPE_CHECKING:
    import pandas

    from tidsbruk.own.need import Need

FORTNIGHT = 2  # weeks
LEAST_IN_VAIN = 5  # visits where nobody was at home, whose minutes are known
SHORTEST_SHIFT = 240  # min: what opens and closes it, and the break, take an hour


def minutes_between(start: pandas.Series[Any], end: pandas.Series[Any]) -> Any:
    """Minutes from one column of instants to another."""
    return (end - start).dt.total_seconds().to_numpy() / 60


def do_not_match(frame: pandas.DataFrame, shifts: pandas.DataFrame) -> list[str]:
    """Whether the roster is of other people, or of another time, than the visits."""
    regular = frame[(frame["worker"] >= 0) & (frame["status"] == "given")]
    if "temp" in regular:
        regular = regular[~regular["temp"]]
    who = regular["worker"].unique()
    known = int(sum(worker in set(shifts["worker"]) for worker in who))
    first, last = shifts["start"].min(), shifts["end"].max()
    during = regular["start"].between(first, last)
    told = []
    if known < 0.8 * len(who):
        told.append(
            f"{known:,} of {len(who):,} workers of the visits are on the roster: are "
            "they numbered alike in both, and is the roster that of the whole unit?"
        )
    if len(regular) and during.mean() < 0.9:
        told.append(
            f"The roster holds shifts from {first:%d.%m.%Y} to {last:%d.%m.%Y}: "
            f"{1 - during.mean():.0%} of the visits lie outside."
        )
    return told


def pooled(
    needs: list[Need], key: str, name: str, unit: str, path: str
) -> Estimate | None:
    """A mean over groups, by their visits, of those that tell it."""
    told = [n for n in needs if getattr(n, key) == getattr(n, key)]
    if not told:
        return None
    visits = sum(n.n for n in told)
    value = sum(getattr(n, key) * n.n for n in told) / visits
    errors = [getattr(n, f"{key}_error") * n.n / visits for n in told]
    error = sum(e * e for e in errors) ** 0.5
    return Estimate(name, value, error, unit, visits, path)


def nobody_came(part: pandas.DataFrame, path: str) -> Estimate | None:
    """Share in vain of the visits that somebody went to."""
    went = part[part["status"].isin(["given", "no_show"])]
    flags = (went["status"] == "no_show").to_numpy()
    if not flags.any():
        return None
    told = share_of(flags, went["client"].to_numpy())
    how = "in vain, of the visits that somebody went to"
    return Estimate("nobody at home", *told, "share", len(went), path, how)


def minutes_in_vain(frame: pandas.DataFrame) -> Estimate | None:
    """Minutes at a door that nobody opened, where rows say when it was left."""
    rows = frame[(frame["status"] == "no_show") & frame["start"].notna()]
    minutes = minutes_between(rows["start"], rows["end"])
    minutes = minutes[minutes == minutes]
    if len(minutes) < LEAST_IN_VAIN:
        return None
    told = mean_of(minutes)
    return Estimate("minutes in vain", *told, "min", len(minutes))


def two_carers(part: pandas.DataFrame) -> tuple[float, float]:
    """Share of clients whose visits come in pairs.

    On most days there is an even number of them, and they overlap two by two by plan.
    """
    v = part.sort_values(["client", "planned_start"])
    same = v["client"].eq(v["client"].shift())
    ends = v["planned_start"] + _timedelta(v["granted"])
    both = same & v["planned_start"].lt(ends.shift())
    mostly = both.groupby(v["client"]).mean() > 0.4  # of pairs it is half
    count = v.groupby(["client", v["planned_start"].dt.floor("D")]).size()
    even = (count % 2 == 0).groupby(level=0).mean() > 0.8
    return share_of((mostly & even).to_numpy())


def _timedelta(minutes: Any) -> Any:
    import pandas

    return pandas.to_timedelta(minutes, unit="m")


def heaps_of(given: pandas.DataFrame) -> Heaps:
    """Minutes past the hour of actual starts and ends; to the minute."""
    import numpy as np

    at = [given[name].dt.floor("min").dt.minute.to_numpy() for name in ("start", "end")]
    return heaps(np.concatenate(at))


def share_with(frame: pandas.DataFrame, status: str, how: str) -> Estimate:
    """Share of planned visits of which that became."""
    flags = (frame["status"] == status).to_numpy()
    told = share_of(flags, frame["client"].to_numpy())
    return Estimate(how, *told, "share", len(frame), how="over planned visits")


def late_of(given: pandas.DataFrame) -> Estimate | None:
    """Share of visits that were begun late."""
    if given.empty:
        return None
    late = given["start"] - given["planned_start"] > _timedelta([15])[0]
    told = share_of(late.to_numpy(), given["worker"].to_numpy())
    name = "begun more than 15 minutes after the plan"
    return Estimate(name, *told, "share", len(given), how="over visits given")


def carers(given: pandas.DataFrame, frame: pandas.DataFrame, weeks: int) -> Any:
    """Different carers in fourteen days, of who is visited every day."""
    import numpy as np

    if weeks < FORTNIGHT or given.empty:
        return None
    each = carers_of(given, frame, weeks)
    if each.empty:
        return None
    by_client = each.groupby(level=0).mean().to_numpy()
    name = "different carers in 14 days, of who has a visit a day or more"
    return Estimate(name, *mean_of(np.asarray(by_client, float)), "carers", len(each))


def working_days(
    given: pandas.DataFrame, opening: float, closing: float
) -> tuple[Any, Any]:
    """When shifts began and how long they were, by first and last activity."""
    import numpy as np
    import pandas

    v = given.sort_values(["worker", "start"])
    gap = v["start"] - v["end"].shift()
    again = v["worker"].ne(v["worker"].shift()) | gap.gt(pandas.Timedelta(hours=5))
    piece = again.cumsum()
    start = v["start"].groupby(piece).min() - pandas.Timedelta(minutes=opening)
    end = v["end"].groupby(piece).max() + pandas.Timedelta(minutes=closing)
    kind = kinds_of(minute_of_day(start))
    begins, lasts = start.copy(), np.zeros(len(start))
    for number in np.unique(kind):
        mine = kind == number
        minute = minute_of_day(start)[mine]
        first = round(float(np.quantile(minute, 0.1)) / 15) * 15
        over = minute_of_day(end)[mine]
        over = np.where(over < first, over + 1440, over)
        last = round(float(np.quantile(over, 0.9)) / 15) * 15
        lasts[mine] = max(last - first, SHORTEST_SHIFT)
        begins[mine] = start[mine].dt.floor("D") + pandas.Timedelta(minutes=first)
    return begins.reset_index(drop=True), lasts
