"""Visits of somebody's own, and what they say of a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.errors import failure, scenario_error
from tidsbruk.nearest import nearest
from tidsbruk.own.calls import Call, calls_of
from tidsbruk.own.counts import (
    carers,
    do_not_match,
    heaps_of,
    late_of,
    minutes_between,
    minutes_in_vain,
    nobody_came,
    pooled,
    share_with,
    two_carers,
    working_days,
)
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
    cross_section,
    fitted,
    mean_of,
    share_of,
    there,
)
from tidsbruk.own.need import Need, Stays, need_of
from tidsbruk.own.presence import pace_of, records_at_client
from tidsbruk.own.reading import Rows, read_rows, stops
from tidsbruk.own.roster import Roster, in_shifts, role_of, seen
from tidsbruk.own.seen import seen_in
from tidsbruk.own.times import resolution
from tidsbruk.scenario import Scenario, preset

if TYPE_CHECKING:
    from os import PathLike

    import pandas

    from tidsbruk.own.beside import Check
    from tidsbruk.own.table import Source

BASE = "home_care/npm"
LEAST_LEGS = 50
SATURDAY = 5
FIVES, QUARTERS = 5.0, 15.0  # min, to which times are heaped


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
    no_show : Estimate or None
        Share of visits where nobody was at home; None where no row says so.
    weekdays : bool
        Whether visits fall on Monday to Friday alone.
    role : str
        Of those who come; empty where several do, or nobody knows.
    """

    name: str
    clients: int
    weekly: Estimate
    granted: Fitted
    minutes: Fitted
    need: Need | None
    two_carers: Estimate
    no_show: Estimate | None
    weekdays: bool
    role: str


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
    calls : dict of str to Call
        Visits that nobody planned, by service.
    binding, temp_pace, cut : Estimate or None
        Of visits that need more than their grant, the share that is held to it; time of a
        temp over that of a regular worker; share of a visit that is cut where the worker
        is far behind the plan. None where the data cannot tell.
    missed, no_show, late, temps : Estimate or None
        Shares of planned visits.
    in_vain : Estimate or None
        Minutes at a door that nobody opened.
    carers : Estimate or None
        Different carers in fourteen days, of clients with seven or more visits a week.
    roster : Roster or None
        If one was given.
    base : Scenario
        Which fills in whatever visits cannot say.
    assumed, unknown : list of (str, str)
        What was taken from elsewhere, and what cannot be told from these data, with why.
    """

    def __init__(self, rows: Rows, roster: Roster | None, base: Scenario) -> None:
        table = rows.table
        self.source = table.source
        self.read_as, self.left = table.read_as, table.left
        self.notes = list(table.notes)
        self.base, self.roster = base, roster
        self.assumed: list[tuple[str, str]] = []
        self.unknown: list[tuple[str, str]] = []
        frame, calls = self._whole_weeks(rows.visits, rows.calls)
        frame, calls = self._with_shifts(frame, calls, rows.shifts)
        given = frame[frame["status"] == "given"]
        self.seconds = max(resolution(frame["start"]), resolution(frame["end"]))
        self.heaps = heaps_of(given)
        self.n, self.given = len(frame), len(given)
        self._records = records_at_client(base)
        self.presence = float(self._records.mean())
        self.groups = {
            name: self._group(name, frame[frame["group"] == name])
            for name in sorted(frame["group"].unique().tolist())
        }
        self._of_the_unit()
        self.gaps: Legs = legs_of(stops(frame, calls))
        self.legs = self._ways()
        self.windows: list[Window]
        self.windows, self.windows_told = windows_of(frame)
        self.calls: dict[str, Call] = self._calls(calls)
        self.missed = share_with(frame, "missed", "visits that nobody gave")
        self.no_show = share_with(frame, "no_show", "visits where nobody was at home")
        self.in_vain = minutes_in_vain(frame)
        self.late = late_of(given)
        self.temps = self._temps(given)
        self.carers = carers(given, frame, self.weeks)
        self.staff: dict[str, int]
        self.shifts: dict[str, list[Shift]]
        self.staff, self.shifts = self._people(given)
        self._observe(frame, calls, rows.shifts)
        self._say_what_is_not_known()

    def _whole_weeks(
        self, frame: pandas.DataFrame, calls: pandas.DataFrame
    ) -> tuple[pandas.DataFrame, pandas.DataFrame]:
        import pandas

        if frame.empty:
            told = "no visit says when it was planned"
            raise scenario_error([("planned_start", f"column planned_start: {told}")])
        day = frame["planned_start"].dt.floor("D")
        self.first, final = day.min(), day.max()
        if (day.dt.day_of_week < SATURDAY).all():  # weekends without visits count, too
            self.first -= pandas.Timedelta(days=self.first.day_of_week)
            final += pandas.Timedelta(days=6 - final.day_of_week)
        days = (final - self.first).days + 1
        self.weeks = max(days // 7, 1)
        last = self.first + pandas.Timedelta(days=7 * self.weeks)
        kept: pandas.DataFrame = frame[day < last]
        if len(kept) < len(frame):
            self.notes.append(
                f"{len(frame) - len(kept):,} visits after the last week are left out."
            )
        calls = calls[(calls["start"] >= self.first) & (calls["start"] < last)]
        return kept.reset_index(drop=True), calls.reset_index(drop=True)

    def _with_shifts(
        self,
        frame: pandas.DataFrame,
        calls: pandas.DataFrame,
        shifts: pandas.DataFrame | None,
    ) -> tuple[pandas.DataFrame, pandas.DataFrame]:
        """Whose role came, and the middle and the end of the shift, by the roster."""
        frame, calls = in_shifts(frame, shifts), in_shifts(calls, shifts)
        if shifts is not None:
            self.notes += do_not_match(frame, shifts)
        return frame, calls

    # Clients --------------------------------------------------------------------------

    def _group(self, name: str, part: pandas.DataFrame) -> Group:
        import numpy as np

        path = f"clients.{name}"
        granted = part["granted"].groupby(part["client"])
        share = self._there(part["client"], part["planned_start"])
        hours = (granted.sum() / 60 / (share * self.weeks)).to_numpy()
        minutes = granted.mean().to_numpy()
        met = cross_section(share.to_numpy())
        clients = max(round(float(share.sum())), 1)
        by_week = (part["planned_start"] - self.first).dt.days // 7
        weekly = np.bincount(by_week, minlength=self.weeks).astype(float)
        given = part[(part["status"] == "given") & (part["granted"] > 0)]
        two = two_carers(part)
        return Group(
            name,
            clients,
            Estimate("planned visits a week", *mean_of(weekly), "visits", len(weekly)),
            fitted("granted hours a week", f"{path}.granted_hours", "h", hours[met]),
            fitted("minutes of a visit", f"{path}.visit_minutes", "min", minutes[met]),
            self._need(given),
            Estimate("two carers", *two, "share", len(hours), f"{path}.two_carers"),
            nobody_came(part, f"{path}.no_show"),
            bool(
                self.weeks > 1 and (part["planned_start"].dt.day_of_week < SATURDAY).all()
            ),
            role_of(given["role"]),
        )

    def _there(self, who: pandas.Series[Any], at: pandas.Series[Any]) -> Any:
        """Share of the weeks in which each client, or worker, is there."""
        first, last, rarely = seen(who, (at - self.first).dt.days)
        days = 7.0 * self.weeks
        share = there(first.to_numpy(), last.to_numpy(), rarely.to_numpy(), days)
        return first.astype(float) * 0 + share

    def _need(self, given: pandas.DataFrame) -> Need | None:
        """Need over grant, of visits that were given; None where there is none."""
        import numpy as np

        if given.empty:
            return None
        path = "visits.pressure"
        late = minutes_between(given["planned_start"], given["start"])
        behind = late - float(str(self.base[f"{path}_from_minutes"]))
        full = float(str(self.base[f"{path}_full_minutes"]))
        temp = np.zeros(len(given), dtype=bool)
        found = need_of(
            Stays(
                minutes_between(given["start"], given["end"]),
                given["granted"].to_numpy(),
                given["client"].to_numpy(),
                given["temp"].to_numpy(dtype=bool) if "temp" in given else temp,
                np.clip(behind / full, 0.0, 1.0),
                self._grain(),
                self._rounding(),
                self._records,
            )
        )
        pace = pace_of(self.base)
        return found._replace(mean=found.mean / pace, mean_error=found.mean_error / pace)

    def _grain(self) -> float:
        """Minutes to which times were written; by hand, people round to fives."""
        if not self.heaps.are_there:
            return self.seconds / 60
        return QUARTERS if self.heaps.quarters > 0.6 else FIVES

    def _rounding(self) -> float:
        """Variance of minutes between two instants that were rounded."""
        exact = (self.seconds / 60) ** 2 / 6
        return self.heaps.heaped * (self._grain() ** 2 / 6 - exact) + exact

    def _of_the_unit(self) -> None:
        """What is one number for all groups: means of theirs."""
        needs = [g.need for g in self.groups.values() if g.need]
        named = {
            "binding": ("grants that bind", "share", "regime.grants.binding"),
            "temps": ("time of a temp", "times", "absence.temp_pace"),
            "cut": ("cut under pressure", "share", "visits.pressure_shortening"),
        }
        self.binding, self.temp_pace, self.cut = (
            pooled(needs, key, *names) for key, names in named.items()
        )
        if self.binding and not self.binding.value:
            self.binding = None

    # Ways, calls, people --------------------------------------------------------------

    def _ways(self) -> Fitted | None:
        minutes = self.gaps.minutes
        if len(minutes) < LEAST_LEGS:
            return None
        # a way that took less than the times can show took half of it
        grain = self.seconds / 60
        made, who = minutes.clip(grain / 2), self.gaps.worker
        return fitted("way to a visit", "travel.leg", "min", made, grain, who)

    def _calls(self, calls: pandas.DataFrame) -> dict[str, Call]:
        if calls.empty:
            return {}
        days = 7 * self.weeks
        known = calls.assign(day=(calls["start"] - self.first).dt.days)
        presence = float(records_at_client(self.base, "call").mean())
        found, notes = calls_of(known, days, presence, self.seconds / 60)
        self.notes += notes
        return found

    def _temps(self, given: pandas.DataFrame) -> Estimate | None:
        if "temp" not in given or given.empty:
            return None
        told = share_of(given["temp"].to_numpy(), given["worker"].to_numpy())
        return Estimate("given by temps", *told, "share", len(given))

    def _people(
        self, given: pandas.DataFrame
    ) -> tuple[dict[str, int], dict[str, list[Shift]]]:
        if self.roster:
            return self.roster.staff, self.roster.shifts
        if given.empty:
            return {}, {}
        regular = given if "temp" not in given else given[~given["temp"]]
        count = float(self._there(regular["worker"], regular["start"]).sum())
        start, minutes = working_days(given, self._opening(), self._closing())
        shifts = shifts_of(start, minutes, kinds_of(minute_of_day(start)))
        return {"carer": max(round(count), 1)}, {"carer": shifts}

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

    # Beside what the scenario gives ---------------------------------------------------

    def _observe(
        self,
        frame: pandas.DataFrame,
        calls: pandas.DataFrame,
        shifts: pandas.DataFrame | None,
    ) -> None:
        self.seen = seen_in(frame, calls, shifts, self.weeks)

    def check(self, *, replications: int = 8, seed: int = 1) -> Check:
        """Set what the scenario gives beside what the data show.

        The scenario is run for as many weeks as the data hold, each replication is
        exported as a table of visits, and both are counted in the same way. It was fitted
        to these data, so that this says whether it gives them back, not whether it is
        right of others.

        Parameters
        ----------
        replications : int
            Worlds; chance is how far they lie apart.
        seed : int
            Of these worlds.

        Returns
        -------
        Check
            A row for each thing that was counted, with a verdict.

        Examples
        --------
        >>> import tidsbruk as tb
        >>> trace = tb.trace(tb.preset("home_care/npm"), weeks=2, warmup=4)
        >>> fit = tb.load_visits(trace.visits(), roster=trace.roster())
        >>> row = fit.check(replications=3)["from first to last visit: mean"]
        >>> 5 < row.data < 6, 5 < row.simulated < 6
        (True, True)
        """
        from tidsbruk.own.beside import check

        return check(self, replications, seed)

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

        fitted_calls = [f"services.{name}" for name in self.calls]
        items = _items(self.base)
        gone = [p for p in items if p.split(".")[0] in REPLACED]
        return gone + [p for p in items if p in fitted_calls]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as ``tidsbruk fit --json`` prints it."""
        from tidsbruk.plain import finite

        data = {
            "visits": self.n,
            "given": self.given,
            "weeks": self.weeks,
            "read_as": [list(pair) for pair in dict.fromkeys(self.read_as)],
            "notes": self.notes,
            "calls": sum(call.n for call in self.calls.values()),
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

    def report(
        self, path: str | PathLike[str] | None = None, *, check: Check | None = None
    ) -> Any:
        """Give the report of fit; write it, too, where a path is given.

        Parameters
        ----------
        path : path-like, optional
            A page (``.html``) or Markdown (``.md``, plots in ``.svg`` beside it).
        check : Check, optional
            What `check` gave, to stand in the report.
        """
        from tidsbruk.own.show import Report

        report = Report(self, check)
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
        found += [self.legs] if self.legs else []
        return found + [call.minutes for call in self.calls.values()]

    def __getitem__(self, path: str) -> Estimate:
        """Give the estimate that stands at a path of the scenario."""
        found = {e.path: e for e in self.estimates() if e.path}
        if path in found:
            return found[path]
        near = nearest(path, list(found))
        hint = f"; did you mean {near!r}?" if near else ""
        raise failure("TB_ERR_NAME", f"no estimate stands at {path!r}{hint}")

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


def _items(base: Scenario) -> list[str]:
    return list(dict.fromkeys(".".join(path.split(".")[:2]) for path in base))


def load_visits(
    frame: Source,
    *,
    roster: Source | None = None,
    base: Scenario | str = BASE,
    zone: str = "",
) -> Visits:
    """Fit a unit to a list of its visits, as systems of home care export them.

    Parameters
    ----------
    frame : path, data frame, Arrow stream or iterable of mappings
        A row for each visit: ``client``, ``worker``, ``planned_start``, ``planned_end``
        (or ``granted_minutes``), ``start``, ``end`` (empty where it was not given), and,
        where known, ``service``, ``status`` (given, missed, no_show, cancelled), ``temp``
        (yes, no), ``window_opens``, ``window_closes``. Columns and words may be Nordic,
        times ISO or ``31.03.2024 08:30``, or times alone beside a ``date``. A row that
        says when somebody came, and not when it was planned, is a call.
    roster : the same, optional
        As `load_roster` takes it: then shifts, staff and absence are those of the roster.
    base : Scenario or str
        What fills in whatever visits cannot say.
    zone : str, optional
        Where people work, such as ``"Europe/Oslo"``: times that name a zone are told by
        its clock. Without it all must be of one place.

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
    rows, told = read_rows(frame, roster, zone)
    people = None if rows.shifts is None else Roster(told, rows.shifts)
    return Visits(rows, people, unit)
