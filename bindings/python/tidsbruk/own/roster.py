"""A roster of somebody's own: staff, shifts by weekday, absence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidsbruk.own.days import Shift, holidays_of, kinds_of, shifts_of
from tidsbruk.own.estimates import Estimate, share_of, there
from tidsbruk.own.table import Table, Veil
from tidsbruk.own.words import ROSTER, SHIFT_STATUS

if TYPE_CHECKING:
    import pandas

    from tidsbruk.own.table import Source

REQUIRED = ("worker", "start", "end")
LONGEST = 24 * 60  # min
NEARLY_ALL = 0.95
ANY = "staff"  # the group of workers whose role the roster does not say


class Roster:
    """What a roster says of staff and shifts, without anybody's name.

    Attributes
    ----------
    shifts : dict of str to list of Shift
        By role.
    staff : dict of str to int
        Workers by role.
    absent : Estimate or None
        Share of shifts whose worker was absent; None where no column says so.
    filled : Estimate or None
        Share of these for which a temp came.
    weeks : float
        That the roster covers.
    read_as, notes : list
        How it was read.
    """

    def __init__(self, table: Table, frame: pandas.DataFrame) -> None:
        self.source = table.source
        self.read_as, self.left = table.read_as, table.left
        self.notes = list(table.notes)
        holidays = self._holidays(frame)
        days = (frame["start"].max().floor("D") - frame["start"].min().floor("D")).days
        self.weeks = (days + 1) / 7
        self.n = len(frame)
        self.staff: dict[str, int] = {}
        self.shifts: dict[str, list[Shift]] = {}
        minutes = (frame["end"] - frame["start"]).dt.total_seconds().to_numpy() / 60
        for role in dict.fromkeys(frame["role"]):
            mine = (frame["role"] == role).to_numpy()
            part = frame[mine]
            self.staff[role] = _people(part["worker"], part["start"])
            kinds = _kinds(part)
            self.shifts[role] = shifts_of(part["start"], minutes[mine], kinds, holidays)
        self.absent, self.filled = _absence(frame)

    def _holidays(self, frame: pandas.DataFrame) -> Any:
        found = holidays_of(frame["start"])
        if len(found):
            days = ", ".join(f"{day:%d.%m.%Y}" for day in found)
            self.notes.append(
                f"As few are rostered on {days} as on Sundays: taken for holidays, and "
                "left out of what weekdays want."
            )
        return found

    def __repr__(self) -> str:
        kinds = sum(len(kinds) for kinds in self.shifts.values())
        return (
            f"<Roster: {sum(self.staff.values())} workers, {kinds} kinds of shift, "
            f"{self.weeks:.1f} weeks>"
        )

    def __rich__(self) -> Any:
        from tidsbruk.own.show import rich_roster

        return rich_roster(self)

    def __str__(self) -> str:
        from tidsbruk.show import plain_text

        return plain_text(self)

    def _repr_html_(self) -> str:
        from tidsbruk.own.show import html_of

        return html_of(self)

    def changes(self) -> dict[str, Any]:
        """Give the settings that the roster decides, as `Scenario.replace` takes them."""
        from tidsbruk.own.settings import roster_settings

        return roster_settings(self)


def seen(who: pandas.Series[Any], day: pandas.Series[Any]) -> tuple[Any, Any, Any]:
    """The first and last day of each of some people, and the longest time between two."""
    import pandas

    days = pandas.DataFrame({"who": who.to_numpy(), "day": day.to_numpy()})
    days = days.drop_duplicates().sort_values(["who", "day"])
    by = days.groupby("who")["day"]
    gap = by.diff().groupby(days["who"]).max()
    return by.min(), by.max(), gap


def _people(worker: pandas.Series[Any], start: pandas.Series[Any]) -> int:
    """How many are there at a time: who came or left in between counts in part."""
    day = (start.dt.floor("D") - start.min().floor("D")).dt.days
    first, last, rarely = (each.to_numpy() for each in seen(worker, day))
    return max(round(float(there(first, last, rarely, float(day.max() + 1)).sum())), 1)


def role_of(roles: pandas.Series[Any]) -> str:
    """The role of nearly all who came; empty where several did, or nobody knows."""
    known = roles[roles != ""]
    if known.empty:
        return ""
    counted = known.value_counts(normalize=True)
    return str(counted.index[0]) if counted.iloc[0] > NEARLY_ALL else ""


def in_shifts(frame: pandas.DataFrame, shifts: pandas.DataFrame | None) -> Any:
    """Add to visits the role of their worker, and the middle and end of the shift.

    A visit is of the last shift of its worker that began an hour before it or earlier, if
    it did not end three hours before.
    """
    import pandas

    none = pandas.Series(pandas.NaT, index=frame.index, dtype="datetime64[ns]")
    made = frame.assign(role="", middle=none, shift_end=none)
    if shifts is None or frame.empty:
        return made
    worked = shifts
    if "status" in shifts:
        worked = shifts[shifts["status"] == "worked"]
    worked = worked.assign(
        middle=worked["start"] + (worked["end"] - worked["start"]) / 2,
        shift_end=worked["end"],
        at=worked["start"] - pandas.Timedelta(hours=1),
    )
    columns = ["worker", "at", "role", "middle", "shift_end"]
    rows = frame.assign(row=range(len(frame)), at=frame["start"])
    known = rows[rows["at"].notna()].sort_values("at")
    right = worked[columns].sort_values("at")
    joined = pandas.merge_asof(known, right, on="at", by="worker")
    there = joined["at"] <= joined["shift_end"] + pandas.Timedelta(hours=3)
    joined = joined[there].set_index("row")
    made["middle"] = joined["middle"].reindex(range(len(frame))).to_numpy()
    made["shift_end"] = joined["shift_end"].reindex(range(len(frame))).to_numpy()
    made["role"] = joined["role"].reindex(range(len(frame))).fillna("").to_numpy()
    return made


def _kinds(part: pandas.DataFrame) -> Any:
    """Kinds of shift, as the table names them or by when they start."""
    from tidsbruk.own.days import minute_of_day

    if "shift" in part and part["shift"].ne("").mean() > 0.9:
        return part["shift"].to_numpy()
    return kinds_of(minute_of_day(part["start"]))


def _absence(frame: pandas.DataFrame) -> tuple[Estimate | None, Estimate | None]:
    if "status" not in frame:
        return None, None
    away = frame["status"].isin(["absent", "temp"]).to_numpy()
    share = share_of(away, frame["worker"].to_numpy())
    told = "shifts whose worker was absent when they began, over all shifts"
    absent = Estimate("absent", *share, "share", len(frame), "absence.days_between", told)
    if not away.any():
        return absent, None
    temps = (frame["status"] == "temp").to_numpy()[away]
    filled = share_of(temps)
    told = "of these, the share for which a temp came"
    n = int(away.sum())
    return absent, Estimate("filled", *filled, "share", n, "absence.fill", told)


def load_roster(frame: Source, *, zone: str = "") -> Roster:
    """Load a roster: a row for each shift of each worker.

    Parameters
    ----------
    frame : path, data frame, Arrow stream or iterable of mappings
        ``worker``, ``start`` and ``end`` (with their dates, or a ``date`` beside them;
        an end before its start is of the next day), and, where known, ``role``, ``shift``
        (its kind) and ``status`` (worked, absent, or temp: absent, and a temp came).
        Columns and words may be Nordic.
    zone : str, optional
        Where people work, such as ``"Europe/Oslo"``: times that name a zone are told by
        its clock. Without it all must be of one place.

    Returns
    -------
    Roster

    Raises
    ------
    ScenarioError
        With every fault, by row and column.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> rows = [
    ...     {"ansatt": who, "dato": "01.01.2024", "start": "07:30", "slutt": "15.00"}
    ...     for who in ("A", "B")
    ... ]
    >>> roster = tb.load_roster(rows)
    >>> roster.staff, roster.shifts["staff"][0].minutes
    ({'staff': 2}, 450.0)
    """
    veil = Veil()
    table, plain, hashes = read_roster(frame, veil, zone)
    (plain["worker"],) = veil.numbers(hashes)
    return Roster(table, plain)


def read_roster(
    source: Source, veil: Veil, zone: str = ""
) -> tuple[Table, pandas.DataFrame, Any]:
    """The shifts of a roster, and hashes of who has them."""
    import numpy as np
    import pandas

    from tidsbruk.obligations.words import identifier

    table = Table(source, ROSTER, REQUIRED, zone)
    if table.faults and not all(name in table for name in REQUIRED):
        table.check()
    dates = table.times("date") if "date" in table else None
    start, end = table.times("start", dates), table.times("end", dates)
    if dates is not None:
        end = end.where(~(end <= start), end + pandas.Timedelta(days=1))
    for name, column in (("start", start), ("end", end)):
        empty = column.isna().to_numpy() & (table.text(name) == "").to_numpy()
        table.wrong(name, empty, "it says nothing")
    minutes = (end - start).dt.total_seconds().to_numpy() / 60
    table.wrong("end", minutes <= 0, "it ends before it starts")
    table.wrong("end", minutes > LONGEST, "the shift is longer than a day")
    table.required("worker")
    frame = pandas.DataFrame({"start": start, "end": end})
    role = table.text("role") if "role" in table else pandas.Series([""] * table.rows)
    frame["role"] = [identifier(word)[:40] or ANY for word in role]
    if "shift" in table:
        frame["shift"] = [identifier(word) for word in table.text("shift")]
    if "status" in table:
        frame["status"] = table.choices("status", SHIFT_STATUS, "worked").to_numpy()
    hashes = veil.hashes(table.text("worker"))
    table.check()
    kept = ~table.repeated([hashes, start, end])
    return table, frame[kept].reset_index(drop=True), np.asarray(hashes)[kept]
