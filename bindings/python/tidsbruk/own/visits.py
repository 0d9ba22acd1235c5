"""Visits of somebody's own, and what they say of a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.own.days import (
    Legs,
    Shift,
    Window,
    kinds_of,
    legs_of,
    minute_of_day,
    shifts_of,
    windows_of,
)
from tidsbruk.own.estimates import (
    Estimate,
    Fitted,
    Heaps,
    fitted,
    heaps,
    mean_of,
    share_of,
)
from tidsbruk.own.need import Need, need_of
from tidsbruk.own.roster import Roster, read_roster
from tidsbruk.own.table import Table, Veil
from tidsbruk.own.times import resolution
from tidsbruk.own.words import STATUS, VISITS
from tidsbruk.scenario import Scenario, preset

if TYPE_CHECKING:
    from os import PathLike

    import pandas

    from tidsbruk.own.table import Source

BASE = "home_care/npm"
REQUIRED = ("client", "worker", "planned_start", "start", "end")
HOME = "home"  # the group of clients whose service is not said
MOST_GROUPS = 6
RARE_WEEKS = 5
LEAST_LEGS = 50
OFTEN = 7  # visits a week of a client, from which carers are counted


class Group(NamedTuple):
    """Clients of one service.

    Attributes
    ----------
    name : str
        Of the group in the scenario.
    clients : int
        On average, over the weeks.
    weekly : Estimate
        Planned visits a week, of the group.
    granted, minutes : Fitted
        Hours a week of a client, and the minutes of a client's visits.
    need : Need
        Over grant.
    two_carers : Estimate
        Share of clients to whom two come at a time.
    """

    name: str
    clients: int
    weekly: Estimate
    granted: Fitted
    minutes: Fitted
    need: Need
    two_carers: Estimate


class Visits:
    """What a list of visits says of a unit. It holds no row of it, and nobody's name.

    Attributes
    ----------
    groups : dict of str to Group
        By service.
    legs : Fitted or None
        Ways between visits; None where too few gaps were nothing else.
    gaps : Legs
        How the gaps between visits were looked at.
    windows : list of Window
        When visits start.
    shifts : dict of str to list of Shift
        By role.
    staff : dict of str to int
        Workers by role, without temps.
    missed, no_show, late, temps : Estimate or None
        Shares of planned visits.
    carers : Estimate or None
        Different carers in fourteen days, of clients with seven or more visits a week.
    roster : Roster or None
        If one was given.
    base : Scenario
        Which fills in whatever visits cannot say.
    assumed, unknown : list of (str, str)
        What was taken from elsewhere, and what cannot be told from these data, with why.
    """

    def __init__(
        self,
        table: Table,
        frame: pandas.DataFrame,
        roster: Roster | None,
        base: Scenario,
    ) -> None:
        self.source = table.source
        self.read_as, self.left = table.read_as, table.left
        self.notes = list(table.notes)
        self.base, self.roster = base, roster
        self.assumed: list[tuple[str, str]] = []
        self.unknown: list[tuple[str, str]] = []
        frame = self._whole_weeks(frame)
        given = frame[frame["status"] == "given"]
        self.seconds = max(resolution(frame["start"]), resolution(frame["end"]))
        self.heaps = _heaps(given, self.seconds)
        self.n, self.given = len(frame), len(given)
        self.presence = presence_of(base)
        self.groups = {
            name: self._group(name, frame[frame["group"] == name])
            for name in sorted(frame["group"].unique().tolist())
        }
        self.gaps: Legs = legs_of(given)
        self.legs = self._ways()
        self.windows: list[Window]
        self.windows, self.windows_told = windows_of(frame)
        self.missed = _share(frame, "missed", "visits that nobody gave")
        self.no_show = _share(frame, "no_show", "visits where nobody was at home")
        self.late = _late(given)
        self.temps = self._temps(given)
        self.carers = _carers(given, frame, self.weeks)
        self.staff: dict[str, int]
        self.shifts: dict[str, list[Shift]]
        self.staff, self.shifts = self._people(frame, given)
        self._say_what_is_not_known()

    def _whole_weeks(self, frame: pandas.DataFrame) -> pandas.DataFrame:
        import pandas

        day = frame["planned_start"].dt.floor("D")
        self.first = day.min()
        days = (day.max() - self.first).days + 1
        self.weeks = max(days // 7, 1)
        last = self.first + pandas.Timedelta(days=7 * self.weeks)
        kept: pandas.DataFrame = frame[day < last]
        if len(kept) < len(frame):
            self.notes.append(
                f"{len(frame) - len(kept):,} visits after the last week are left out."
            )
        return kept.reset_index(drop=True)

    # Clients --------------------------------------------------------------------------

    def _group(self, name: str, part: pandas.DataFrame) -> Group:
        import numpy as np

        path = f"clients.{name}"
        granted = part["granted"].groupby(part["client"])
        first = part["planned_start"].groupby(part["client"])
        share = _there(first.min(), first.max(), self.first, self.weeks)
        hours = (granted.sum() / 60 / (share * self.weeks)).to_numpy()
        minutes = granted.mean().to_numpy()
        clients = max(round(float(share.sum())), 1)
        by_week = (part["planned_start"] - self.first).dt.days // 7
        weekly = np.bincount(by_week, minlength=self.weeks).astype(float)
        given = part[part["status"] == "given"]
        stayed = (given["end"] - given["start"]).dt.total_seconds().to_numpy() / 60
        stayed = np.maximum(stayed - self.presence, 0.0)
        known = given["granted"].to_numpy() > 0
        tolerance = max(1.5 * self.seconds / 60, self.presence)
        two = _two_carers(part)
        return Group(
            name,
            clients,
            Estimate("planned visits a week", *mean_of(weekly), "visits", len(weekly)),
            fitted("granted hours a week", f"{path}.granted_hours", "h", hours),
            fitted("minutes of a visit", f"{path}.visit_minutes", "min", minutes),
            need_of(
                stayed[known],
                given["granted"].to_numpy()[known],
                given["client"].to_numpy()[known],
                tolerance,
            ),
            Estimate("two carers", *two, "share", len(hours), f"{path}.two_carers"),
        )

    # Ways, people ---------------------------------------------------------------------

    def _ways(self) -> Fitted | None:
        minutes = self.gaps.minutes
        if len(minutes) < LEAST_LEGS:
            return None
        # a way that took less than the times can show took half of it
        least = self.seconds / 60 / 2
        made = minutes.clip(least)
        return fitted("way to a visit", "travel.leg", "min", made, self.seconds / 60)

    def _temps(self, given: pandas.DataFrame) -> Estimate | None:
        if "temp" not in given:
            return None
        told = share_of(given["temp"].to_numpy(), given["worker"].to_numpy())
        return Estimate("given by temps", *told, "share", len(given))

    def _people(
        self, frame: pandas.DataFrame, given: pandas.DataFrame
    ) -> tuple[dict[str, int], dict[str, list[Shift]]]:
        if self.roster:
            return self.roster.staff, self.roster.shifts
        regular = given if "temp" not in given else given[~given["temp"]]
        count = int(regular["worker"].nunique())
        start, minutes = _working_days(given, self._opening(), self._closing())
        shifts = shifts_of(start, minutes, kinds_of(minute_of_day(start)))
        return {"carer": count}, {"carer": shifts}

    def _opening(self) -> float:
        """Minutes before the first visit of a shift, by the base."""
        paths = ("duty.handover_minutes", "regime.teams.meeting_minutes")
        before = sum(float(str(self.base[path])) for path in paths)
        return before + self._leg()

    def _closing(self) -> float:
        after = float(str(self.base["duty.administration_minutes"]))
        return after + self._leg()

    def _leg(self) -> float:
        return self.legs.mean.value if self.legs else self.base.law_mean("travel.leg")

    # What is said ---------------------------------------------------------------------

    def _say_what_is_not_known(self) -> None:
        from tidsbruk.own.settings import said

        self.assumed, self.unknown = said(self)

    def changes(self) -> dict[str, Any]:
        """Give all that was found as settings, as `Scenario.replace` takes them."""
        from tidsbruk.own.settings import visit_settings

        return visit_settings(self)

    def scenario(self, title: str = "") -> Scenario:
        """Make a scenario: what was found, and the rest from the base.

        Parameters
        ----------
        title : str, optional
            What people call it.
        """
        remove = self.replaced()
        told = title or f"Fitted to {self.n:,} visits of {self.weeks} weeks"
        return self.base.replace(self.changes(), remove=remove, title=told)

    def replaced(self) -> list[str]:
        """Items of the base that go, since the data say what stands in their place."""
        from tidsbruk.own.settings import REPLACED

        return [p for p in _items(self.base) if p.split(".")[0] in REPLACED]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as ``tidsbruk fit --json`` prints it."""
        from tidsbruk.plain import finite

        data = {
            "visits": self.n,
            "given": self.given,
            "weeks": self.weeks,
            "read_as": [list(pair) for pair in dict.fromkeys(self.read_as)],
            "notes": self.notes,
            "heaps": self.heaps._asdict(),
            "estimates": [e._asdict() for e in self.estimates()],
            "laws": [
                {"path": f.path, "law": dict(f.law), "n": f.n, "said": f.said}
                for f in self.laws()
            ],
            "assumed": dict(self.assumed),
            "unknown": dict(self.unknown),
        }
        return finite(data)  # type: ignore[no-any-return]

    def report(self, path: str | PathLike[str] | None = None) -> Any:
        """Give the report of fit; write it as a page, too, where a path is given."""
        from tidsbruk.own.show import Report

        report = Report(self)
        if path is not None:
            report.save(path)
        return report

    def estimates(self) -> list[Estimate]:
        """Every number that was found, in the order of the report."""
        from tidsbruk.own.settings import every_estimate

        return every_estimate(self)

    def laws(self) -> list[Fitted]:
        """Every law that was fitted."""
        found = [law for g in self.groups.values() for law in (g.granted, g.minutes)]
        return found + ([self.legs] if self.legs else [])

    def __getitem__(self, path: str) -> Estimate:
        """Give the estimate that stands at a path of the scenario."""
        return next(e for e in self.estimates() if e.path == path)

    def __repr__(self) -> str:
        clients = sum(g.clients for g in self.groups.values())
        return f"<Visits: {self.n:,} of {clients} clients in {self.weeks} weeks>"

    def __rich__(self) -> Any:
        return self.report().__rich__()

    def __str__(self) -> str:
        from tidsbruk.show import plain_text

        return plain_text(self)

    def _repr_html_(self) -> str:
        return self.report()._repr_html_()  # type: ignore[no-any-return]


def presence_of(base: Scenario) -> float:
    """Minutes of a visit in which a record is written there, by the base."""
    total = 0.0
    names = dict.fromkeys(p.split(".")[1] for p in base if p.startswith("obligations."))
    for name in names:
        o = f"obligations.{name}"
        if (
            base[f"{o}.trigger"] == "visit"
            and base[f"{o}.timing"] == "at_once"
            and base[f"{o}.in_presence"]
        ):
            often = float(str(base[f"{o}.probability"])) * float(str(base[f"{o}.detail"]))
            total += often * base.law_mean(f"{o}.minutes")
    return total


def _items(base: Scenario) -> list[str]:
    return list(dict.fromkeys(".".join(path.split(".")[:2]) for path in base))


def _there(first: Any, last: Any, begins: Any, weeks: int) -> Any:
    """Share of the weeks in which each client is there: who came or left in between."""
    import pandas

    ends = begins + pandas.Timedelta(days=7 * weeks)
    if weeks < 2 * RARE_WEEKS:
        return first.notna().astype(float)
    rare = pandas.Timedelta(days=7 * RARE_WEEKS)  # some are visited every fourth week
    came = first.where(first > begins + rare, begins)
    left = last.where(last < ends - rare, ends)
    share = (left - came) / pandas.Timedelta(days=7 * weeks)
    return share.clip(lower=1 / weeks, upper=1.0)


def _two_carers(part: pandas.DataFrame) -> tuple[float, float]:
    """Share of clients most of whose visits overlap with another one of theirs."""
    v = part.sort_values(["client", "planned_start"])
    same = v["client"].eq(v["client"].shift())
    ends = v["planned_start"] + _timedelta(v["granted"])
    both = same & v["planned_start"].lt(ends.shift())
    mostly = both.groupby(v["client"]).mean() > 0.4  # of pairs it is half
    return share_of(mostly.to_numpy())


def _timedelta(minutes: Any) -> Any:
    import pandas

    return pandas.to_timedelta(minutes, unit="m")


def _heaps(given: pandas.DataFrame, seconds: float) -> Heaps:
    """Minutes past the hour of actual starts and ends; to the minute."""
    import numpy as np

    at = [given[name].dt.floor("min").dt.minute.to_numpy() for name in ("start", "end")]
    del seconds
    return heaps(np.concatenate(at))


def _share(frame: pandas.DataFrame, status: str, how: str) -> Estimate:
    flags = (frame["status"] == status).to_numpy()
    told = share_of(flags, frame["client"].to_numpy())
    return Estimate(how, *told, "share", len(frame), how="over planned visits")


def _late(given: pandas.DataFrame) -> Estimate:
    late = given["start"] - given["planned_start"] > _timedelta([15])[0]
    told = share_of(late.to_numpy(), given["worker"].to_numpy())
    name = "begun more than 15 minutes after the plan"
    return Estimate(name, *told, "share", len(given), how="over visits given")


def _carers(given: pandas.DataFrame, frame: pandas.DataFrame, weeks: int) -> Any:
    import numpy as np

    often = frame.groupby("client").size() >= OFTEN * weeks * 0.9
    of_often = given[given["client"].isin(often.index[often.to_numpy()])]
    if weeks < 2 or of_often.empty:
        return None
    fortnight = (of_often["planned_start"] - given["planned_start"].min()).dt.days // 14
    kept = fortnight < weeks // 2
    counted = of_often["worker"][kept].groupby(
        [of_often["client"][kept], fortnight[kept]]
    )
    each = counted.nunique()
    by_client = each.groupby(level=0).mean().to_numpy()
    name = "different carers in 14 days, of who has a visit a day or more"
    return Estimate(name, *mean_of(np.asarray(by_client, float)), "carers", len(each))


def _working_days(
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
        lasts[mine] = max(last - first, 30)
        begins[mine] = start[mine].dt.floor("D") + pandas.Timedelta(minutes=first)
    return begins.reset_index(drop=True), lasts


def load_visits(
    frame: Source, *, roster: Source | None = None, base: Scenario | str = BASE
) -> Visits:
    """Fit a unit to a list of its visits, as systems of home care export them.

    Parameters
    ----------
    frame : path, data frame, Arrow stream or iterable of mappings
        A row for each visit: ``client``, ``worker``, ``planned_start``, ``planned_end``
        (or ``granted_minutes``), ``start``, ``end`` (empty where it was not given), and,
        where known, ``service``, ``status`` (given, missed, no_show, cancelled), ``temp``
        (yes, no), ``window_opens``, ``window_closes``. Columns and words may be Nordic,
        times ISO or ``31.03.2024 08:30``, or times alone beside a ``date``.
    roster : the same, optional
        As `load_roster` takes it: then shifts, staff and absence are those of the roster.
    base : Scenario or str
        What fills in whatever visits cannot say.

    Returns
    -------
    Visits
        With ``scenario()`` and ``report()``. Who worked and who was visited is known to
        it by numbers alone, drawn anew on each loading.

    Raises
    ------
    ScenarioError
        With every fault, by row and column.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> trace = tb.trace(tb.preset("home_care/npm"), weeks=4, warmup=4)
    >>> fit = tb.load_visits(trace.visits(), roster=trace.roster())
    >>> 6 < fit["travel.leg.mean"].value < 7
    True
    >>> fit.scenario()["staff.carer.count"]
    52
    """
    unit = preset(base) if isinstance(base, str) else base
    veil = Veil()
    table, plain, hashes = read_visits(frame, veil)
    told = None
    if roster is not None:
        roster_table, shifts, _ = read_roster(roster, veil)
        told = Roster(roster_table, shifts)
    (plain["client"],) = veil.numbers(hashes[0])
    (plain["worker"],) = veil.numbers(hashes[1])
    return Visits(table, plain, told, unit)


def read_visits(source: Source, veil: Veil) -> tuple[Table, pandas.DataFrame, Any]:
    """The visits of a table, and hashes of clients and workers."""
    import numpy as np
    import pandas

    table = Table(source, VISITS, REQUIRED)
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
    kept = (frame["status"] != "cancelled") & frame["planned_start"].notna()
    unplanned = int((frame["planned_start"].isna()).sum())
    called_off = int((frame["status"] == "cancelled").sum())
    if called_off:
        table.notes.append(f"{called_off:,} visits that were called off are left out.")
    if unplanned:
        table.notes.append(f"{unplanned:,} visits that nobody planned are left out.")
    rows = kept.to_numpy()
    frame = frame[rows].reset_index(drop=True)
    frame["due"] = frame["planned_start"]
    if "window_opens" in frame:
        frame["due"] = frame["window_opens"].fillna(frame["planned_start"])
    clients = _as_one(hashes[0][rows], frame)
    return table, frame, [clients, np.asarray(hashes[1][rows])]


def _as_one(hashes: Any, frame: pandas.DataFrame) -> Any:
    """Clients are of the service that most of their visits are."""
    import pandas

    most = pandas.Series(frame["group"].to_numpy()).groupby(hashes)
    of = most.agg(lambda words: words.mode().iloc[0])
    frame["group"] = of.loc[hashes].to_numpy()
    return hashes


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
    table.wrong("end", given & (lasts < 0), "it ends before it starts")
    table.wrong("end", given & (lasts > 1440), "the visit is longer than a day")
    table.required("client")
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
