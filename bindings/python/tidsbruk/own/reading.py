"""The rows of a list of visits: planned ones and calls, what became of each, and whose.

Nothing here is kept: `visits` counts and fits what these rows say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.own.table import Table, Veil
from tidsbruk.own.times import mend_clock_changes
from tidsbruk.own.words import STATUS, VISITS

if TYPE_CHECKING:
    import pandas

    from tidsbruk.own.table import Source

REQUIRED = ("client", "worker", "planned_start", "start", "end")
HOME = "home"  # the group of clients whose service is not said
MOST_GROUPS = 6


class Rows(NamedTuple):
    """What was read.

    Attributes
    ----------
    table : Table
        How it was read.
    visits, calls : DataFrame
        Planned visits, and those that nobody planned; ``client`` and ``worker`` are
        numbers, -1 where there is none.
    shifts : DataFrame or None
        The roster, by the same numbers.
    """

    table: Table
    visits: pandas.DataFrame
    calls: pandas.DataFrame
    shifts: pandas.DataFrame | None


def read_rows(source: Source, roster: Any, zone: str = "") -> tuple[Rows, Any]:
    """Read a list of visits, and a roster where there is one, by one numbering."""
    from tidsbruk.own.roster import read_roster

    veil = Veil()
    table, frame, hashes = read_visits(source, veil, zone)
    told, shifts, of_shifts = None, None, []
    if roster is not None:
        told, shifts, hashed = read_roster(roster, veil, zone)
        of_shifts = [hashed]
    (frame["client"],) = veil.numbers(hashes[0])
    numbers = veil.numbers(hashes[1], *of_shifts)
    frame["worker"] = numbers[0]
    if shifts is not None:
        shifts = shifts.assign(worker=numbers[1])
    planned = frame["planned_start"].notna().to_numpy()
    visits = frame[planned].reset_index(drop=True)
    visits["group"] = one_group_each(visits)
    calls = frame[~planned].reset_index(drop=True)
    return Rows(table, visits, calls, shifts), told


def stops(frame: pandas.DataFrame, calls: pandas.DataFrame) -> pandas.DataFrame:
    """Wherever a worker was: visits, doors that nobody opened, and calls."""
    import pandas

    columns = ["worker", "planned_start", "start", "end", "due", "middle"]
    came = frame["status"].isin(["given", "no_show"])
    parts = [frame.loc[came, columns]]
    if len(calls):
        parts.append(calls[columns].assign(due=pandas.Series(dtype="datetime64[ns]")))
    return pandas.concat(parts, ignore_index=True)


def read_visits(
    source: Source, veil: Veil, zone: str = ""
) -> tuple[Table, pandas.DataFrame, Any]:
    """The visits of a table, and hashes of clients and workers."""
    import pandas

    table = Table(source, VISITS, REQUIRED, zone)
    if "planned_end" not in table and "granted_minutes" not in table:  # one of them
        table.faults.append(
            ("header", "header: there is no column planned_end, nor granted_minutes")
        )
    ends = "planned_end" in table or "granted_minutes" in table
    if not all(name in table for name in REQUIRED) or not table.rows or not ends:
        table.check()
    dates = table.times("date") if "date" in table else None
    frame = pandas.DataFrame(index=range(table.rows))
    for name in ("planned_start", "planned_end", "start", "end"):
        if name in table:
            frame[name] = table.times(name, dates).to_numpy()
    for name in ("window_opens", "window_closes"):
        if name in table:
            frame[name] = table.times(name, dates).to_numpy()
    if dates is not None:
        _past_midnight(frame)
    frame["granted"] = _granted(table, frame)
    frame["status"] = _status(table, frame)
    _contradictions(table, frame)
    frame["group"] = _groups(table)
    if "temp" in table:
        frame["temp"] = table.flags("temp")
    hashes = [veil.hashes(table.text(name)) for name in ("client", "worker")]
    table.check()
    kept = _kept(table, frame, hashes)
    frame = frame[kept].reset_index(drop=True)
    frame["end"], mended = mend_clock_changes(frame["start"], frame["end"])
    if mended:
        table.notes.append(
            f"{mended:,} visits lie over a night on which clocks are set: an hour is put "
            "right."
        )
    frame["due"] = frame["planned_start"]
    if "window_opens" in frame:
        frame["due"] = frame["window_opens"].fillna(frame["planned_start"])
    return table, frame, [each[kept] for each in hashes]


def _kept(table: Table, frame: pandas.DataFrame, hashes: list[Any]) -> Any:
    """Rows without those called off, those that repeat another, and empty ones."""
    called_off = (frame["status"] == "cancelled").to_numpy()
    if called_off.any():
        told = f"{int(called_off.sum()):,} visits that were called off are left out."
        table.notes.append(told)
    columns = [frame[name] for name in ("planned_start", "start", "end", "status")]
    # two who should have come, and did not, may look alike
    named = hashes[1] != 0
    alone = [*hashes, *columns]
    again = table.repeated([each[named] for each in alone])
    kept = ~called_off
    kept[named] &= ~again
    empty = frame["planned_start"].isna() & (frame["start"].isna() | frame["end"].isna())
    lost = kept & empty.to_numpy()
    if lost.any():
        table.notes.append(
            f"{int(lost.sum()):,} rows that say neither when they were planned nor when "
            "somebody came are left out."
        )
    return kept & ~lost


def one_group_each(frame: pandas.DataFrame) -> Any:
    """Clients are of the service that most of their visits are."""
    most = frame["group"].groupby(frame["client"])
    of = most.agg(lambda words: words.mode().iloc[0])
    return of.loc[frame["client"]].to_numpy()


def _past_midnight(frame: pandas.DataFrame) -> None:
    import pandas

    day = pandas.Timedelta(days=1)
    for first, last in (("planned_start", "planned_end"), ("start", "end")):
        if last in frame:
            before = frame[last] < frame[first]
            frame[last] = frame[last].where(~before, frame[last] + day)


def _granted(table: Table, frame: pandas.DataFrame) -> Any:
    import numpy as np

    if "granted_minutes" in table:
        granted = table.numbers("granted_minutes").to_numpy(dtype=float)
        column = "granted_minutes"
    else:
        lasts = frame["planned_end"] - frame["planned_start"]
        granted = lasts.dt.total_seconds().to_numpy() / 60
        column = "planned_end"
    planned = frame["planned_start"].notna().to_numpy()
    table.wrong(column, planned & np.isnan(granted), "the minutes planned are not known")
    told = (
        "the plan ends before it starts" if column == "planned_end" else "it is below 0"
    )
    table.wrong(column, granted < 0, told)
    table.wrong(column, granted == 0, "no minutes are planned")
    table.wrong(column, granted > 1440, "the plan is longer than a day")
    return granted


def _status(table: Table, frame: pandas.DataFrame) -> Any:
    import numpy as np

    came = frame["start"].notna().to_numpy()
    by_time = np.where(came, "given", "missed")
    if "status" not in table:
        return by_time
    said = table.choices("status", STATUS, "").to_numpy()
    said = np.where(said == "", by_time, said)
    table.wrong("start", (said == "given") & ~came, "it was given, and no start is said")
    return said


def _contradictions(table: Table, frame: pandas.DataFrame) -> None:
    given = (frame["status"] == "given").to_numpy()
    came, left = frame["start"].notna().to_numpy(), frame["end"].notna().to_numpy()
    table.wrong("end", given & came & ~left, "it was begun, and no end is said")
    table.wrong("start", given & ~came & left, "it ended, and no start is said")
    lasts = (frame["end"] - frame["start"]).dt.total_seconds().to_numpy() / 60
    in_turn = mend_clock_changes(frame["start"], frame["end"])[0] >= frame["start"]
    table.wrong("end", (lasts < 0) & ~in_turn.to_numpy(), "it ends before it starts")
    table.wrong("end", given & (lasts > 1440), "the visit is longer than a day")
    table.required("client", among=frame["planned_start"].notna().to_numpy())
    table.required("worker", among=given)


def _groups(table: Table) -> Any:
    import pandas

    from tidsbruk.obligations.words import identifier

    if "service" not in table:
        return [HOME] * table.rows
    text = table.text("service")
    names = {cell: (identifier(cell) or HOME)[:30].strip("_") for cell in text.unique()}
    found = pandas.Series([names[cell] for cell in text])
    found = found.where(found.str.match(r"[a-z]"), "service_" + found)
    common = found.value_counts().index[:MOST_GROUPS]
    if found.nunique() > MOST_GROUPS:
        table.notes.append(f"Services beyond the {MOST_GROUPS} commonest are one: other.")
    return found.where(found.isin(common), "other").to_numpy()
