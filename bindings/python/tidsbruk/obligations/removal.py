"""What each duty costs on paper, and what comes back to citizens if it goes.

On paper a duty costs frequency times minutes, and money by the Standard Cost Model:
cost = sum of tariff x time x (population x frequency), overhead within the tariff
(International SCM Network 2005, International Standard Cost Model Manual). Whether the
minutes reach citizens is another matter: they may become gaps, development, less
overtime or other work. Here the unit is simulated as it is and without the duty, in the
same worlds.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.obligations.reading import load_duties
from tidsbruk.obligations.register import Mapped, mapped
from tidsbruk.plain import finite
from tidsbruk.result import Interval
from tidsbruk.runs import run
from tidsbruk.saving import saved
from tidsbruk.scenario import Scenario, preset

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from os import PathLike

    import pandas
    import polars

    from tidsbruk.obligations.reading import Source
    from tidsbruk.result import Result

WEEKS = 52  # of a year
REPLICATIONS = 40
IMPOSERS = ("law", "state", "municipality", "unit", "receiver")
RATES = {"week": 52, "month": 12, "quarter": 4, "year": 1}
AS_IT_IS = "as it is"


class Removal(NamedTuple):
    """One duty, or several at once: on paper, as simulated, and when it is gone.

    Hours and money are of a year of fifty-two weeks and of the whole unit.

    Attributes
    ----------
    label : str
        What the list calls it.
    duties : tuple of str
        Names of the obligations that are gone.
    imposed_by : tuple of str
        Who could abolish them.
    citation : str
        The rule that imposes it, for one duty.
    times : float
        How often the duty is met in a year; NaN for several.
    paper_hours, paper_cost : float
        Frequency times minutes, and the same at the tariff of the Standard Cost Model;
        a duty that is no writing has hours and no such cost. They are those of whoever
        writes: a crew that waits meanwhile is in `took_hours` alone.
    took_hours : float
        What it takes in the simulation, copies included.
    direct, unmet : Interval
        Change of hours with citizens and of hours of need not met.
    harm : Interval
        Change of undetected harm per 1,000 visits.
    harm_cases : float
        The same in cases.
    development, gaps, overtime : float
        Change of hours of development (that are not the duty itself), and of idling with
        breaks; hours on duty saved.
    citizen_hours : float
        Change of hours that records take of citizens themselves.
    """

    label: str
    duties: tuple[str, ...]
    imposed_by: tuple[str, ...]
    citation: str
    times: float
    paper_hours: float
    paper_cost: float
    took_hours: float
    direct: Interval
    unmet: Interval
    harm: Interval
    harm_cases: float
    development: float
    gaps: float
    overtime: float
    citizen_hours: float

    @property
    def freed_hours(self) -> float:
        """Hours that all other work than care and development takes less."""
        return self.direct.mean + self.development + self.gaps + self.overtime

    @property
    def other_work(self) -> float:
        """Hours that other work takes more, of those that the duty took."""
        return self.took_hours - self.freed_hours

    @property
    def returned(self) -> float:
        """Hours with citizens for each hour on paper; NaN where the paper says 0."""
        return self.direct.mean / self.paper_hours if self.paper_hours else math.nan


class Limits(NamedTuple):
    """What keeps freed time from citizens, with all duties in place.

    Attributes
    ----------
    gaps : float
        Share of time on duty in which nothing is due, development work in longer gaps
        included: where it is large, freed time becomes more of it.
    visits : float
        Planned visits given, per week.
    missed : float
        Share of planned visits that nobody had time for: freed time returns here first.
    unmet : float
        Share of the need of planned visits that is not met.
    granted : bool
        Whether a grant decides how long a visit takes, however much time there is.
    cut : bool
        Whether visits are cut short when time presses.
    """

    gaps: float
    visits: float
    missed: float
    unmet: float
    granted: bool
    cut: bool


class Duties:
    """What becomes of a unit's time when duties go, one by one and together.

    Attributes
    ----------
    rows : list of Removal
        Each duty alone, those that cost most on paper first.
    groups : list of Removal
        All duties at once that one of law, state, municipality, ... imposes.
    totals : list of Removal
        All that no law imposes, and all of them. These are runs of their own: what comes
        back when all go is not the sum of what comes back when each goes alone.
    mapping : list of Mapped
        How the list became obligations of the scenario.
    scenario : Scenario
        The unit with the duties of the list.
    result : Result
        The runs.
    """

    def __init__(
        self,
        rows: list[Removal],
        groups: list[Removal],
        totals: list[Removal],
        mapping: list[Mapped],
        notes: list[str],
        scenario: Scenario,
        result: Result,
        level: float,
    ) -> None:
        self.rows = rows
        self.groups = groups
        self.totals = totals
        self.mapping = mapping
        self.notes = notes
        self.scenario = scenario
        self.result = result
        self.level = level

    @property
    def limits(self) -> Limits:
        """What keeps freed time from citizens."""
        gaps, longer, visits, missed, unmet = (
            self.result.estimate(AS_IT_IS, outcome, self.level).mean
            for outcome in (
                "time.idle_share",
                "time.development_share",
                "citizen.visits",
                "citizen.missed_share",
                "citizen.unmet_share",
            )
        )
        granted = (
            self.scenario["regime.grants.granularity"] != "none"
            and _number(self.scenario["regime.grants.binding"]) > 0
        )
        cut = _number(self.scenario["visits.pressure_shortening"]) > 0
        return Limits(gaps + longer, visits, missed, unmet, granted, cut)

    @property
    def kept(self) -> list[str]:
        """Obligations that are met and that the list does not name; none without a list.

        They stay in the unit beside those of the list: the same duty by another name
        counts twice.
        """
        if all(m.row is None for m in self.mapping):
            return []
        kept = (m.name for m in self.mapping if m.how == "kept")
        return [n for n in kept if self.scenario[f"obligations.{n}.probability"]]

    @property
    def currency(self) -> str:
        """Of the costs, with the year of its prices; empty where no wage is set."""
        if not any(r.paper_cost for r in self.rows):
            return ""
        return priced_in(self.scenario)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as ``tidsbruk duties --json`` prints it."""
        data = {
            "scenario": self.scenario.title,
            "scenario_hash": self.scenario.hash,
            "replications": self.result.replications,
            "weeks": self.result.weeks,
            "warmup": self.result.warmup,
            "seed": self.result.seed,
            "level": self.level,
            "currency": self.currency,
            "read_as": [m._asdict() for m in self.mapping],
            "kept": self.kept,
            "notes": self.notes,
            "limits": self.limits._asdict(),
            "duties": [_plain(r) for r in self.rows],
            "imposed_by": [_plain(r) for r in self.groups],
            "totals": [_plain(r) for r in self.totals],
        }
        return finite(data)  # type: ignore[no-any-return]

    def to_list(self) -> list[dict[str, Any]]:
        """Flat rows: each duty, then each who imposes, then the totals."""
        kinds = (("duty", self.rows), ("imposed_by", self.groups), ("total", self.totals))
        return [
            {"kind": kind, **_flat(r), "currency": self.currency}
            for kind, rows in kinds
            for r in rows
        ]

    def to_csv(self, path: str | PathLike[str]) -> None:
        """Write the flat rows as a CSV file, with commas and decimal points."""
        import csv

        rows = self.to_list()
        with saved(path, newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    def to_json(self) -> str:
        """Give `to_dict` as a JSON document."""
        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False, allow_nan=False)

    def to_pandas(self) -> pandas.DataFrame:
        """Give the flat rows as a data frame."""
        import pandas

        return pandas.DataFrame(self.to_list())

    def to_polars(self) -> polars.DataFrame:
        """Give the flat rows as a data frame."""
        import polars

        return polars.DataFrame(self.to_list())

    def __repr__(self) -> str:
        return f"<Duties: {len(self.rows)}, {self.result.replications} replications>"

    def __rich__(self) -> Any:
        from tidsbruk.obligations.show import rich_duties

        return rich_duties(self)

    def __str__(self) -> str:
        from tidsbruk.show import plain_text

        return plain_text(self)

    def _repr_html_(self) -> str:
        from tidsbruk.obligations.show import html_duties

        return html_duties(self)


def duties(
    source: Source | None = None,
    scenario: Scenario | str = "home_care/npm",
    *,
    replace: bool = False,
    replications: int = REPLICATIONS,
    seed: int = 1,
    weeks: int | None = None,
    warmup: int | None = None,
    threads: int = 0,
    level: float = 0.95,
    progress: Callable[[int, int], object] | None = None,
) -> Duties:
    """Tell what each duty of a list costs, and what comes back if it goes.

    Parameters
    ----------
    source : path-like, data frame, iterable of mappings or DutyList, optional
        The list, see `load_duties`; by default the obligations of the
        scenario.
    scenario : Scenario or str
        The unit, or the name of a preset. A duty that bears the name of one of its
        obligations changes it by what the list says; any other is added.
    replace : bool
        Whether obligations that the list does not name are left out.
    replications, seed, weeks, warmup, threads, progress
        As for `tidsbruk.run`.
    level : float
        Confidence of the intervals, each for itself.

    Returns
    -------
    Duties

    Raises
    ------
    ScenarioError
        With every fault of the list by row and column.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> rows = [{"duty": "Key list", "per": "unit", "frequency": "daily", "minutes": 15}]
    >>> told = tb.duties(rows, replications=2, weeks=1, warmup=0)
    >>> told.rows[0].paper_hours
    91.0
    """
    unit = preset(scenario) if isinstance(scenario, str) else scenario
    plan = mapped(None if source is None else load_duties(source), unit, replace=replace)
    sets = _sets(plan.scenario, plan.names)
    named = {AS_IT_IS: plan.scenario}
    for number, gone in enumerate(sets):
        without = [f"obligations.{name}" for name in gone]
        named[f"without {number}"] = plan.scenario.replace(remove=without)
    result = run(
        named,
        replications=replications,
        seed=seed,
        weeks=weeks,
        warmup=warmup,
        threads=threads,
        progress=progress,
    )
    teller = _Teller(plan.scenario, plan.titles, result, sets, level)
    rows = [teller.one(name) for name in plan.names]
    return Duties(
        sorted(rows, key=lambda r: -r.paper_hours),
        teller.groups(plan.names),
        teller.totals(plan.names),
        plan.lines,
        plan.notes,
        plan.scenario,
        result,
        level,
    )


def priced_in(scenario: Scenario) -> str:
    """Currency of a scenario and the year of its prices, such as ``NOK (2024)``."""
    name, year = scenario["money.currency"] or "currency", scenario["money.price_year"]
    return f"{name} ({year})" if year else str(name)


def _sets(scenario: Scenario, names: Sequence[str]) -> list[tuple[str, ...]]:
    """Which duties go in each run: each alone, those of each who imposes, and all."""
    wanted: list[tuple[str, ...]] = [(name,) for name in names]
    for who in IMPOSERS:
        wanted.append(_imposed(scenario, names, who))
    wanted += [_without_law(scenario, names), tuple(names)]
    return [gone for gone in dict.fromkeys(wanted) if gone]


def _imposed(scenario: Scenario, names: Sequence[str], who: str) -> tuple[str, ...]:
    return tuple(n for n in names if scenario[f"obligations.{n}.imposed_by"] == who)


def _without_law(scenario: Scenario, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(n for n in names if scenario[f"obligations.{n}.imposed_by"] != "law")


class _Teller:
    """Reads the runs: in hours of a year and of the whole unit."""

    def __init__(
        self,
        scenario: Scenario,
        titles: dict[str, str],
        result: Result,
        sets: list[tuple[str, ...]],
        level: float,
    ) -> None:
        self.scenario = scenario
        self.titles = titles
        self.result = result
        self.run_of = {gone: f"without {number}" for number, gone in enumerate(sets)}
        self.level = level
        worker_weeks = sum(self._part("time.duty_minutes", "denominator"))
        workers = worker_weeks / (result.replications * result.weeks)
        self.year = workers * WEEKS / 60  # from minutes per worker-week
        self.population = _Population(self)

    def _part(self, outcome: str, part: str, run: str = AS_IT_IS) -> list[float]:
        column = self.result.column(run, outcome, part)
        return [float(number) for number in memoryview(column)]

    def a_week(self, outcome: str, part: str, run: str = AS_IT_IS) -> float:
        """Sum of a part of an outcome, per week."""
        weeks = self.result.replications * self.result.weeks
        return sum(self._part(outcome, part, run)) / weeks

    def change(self, run: str, outcome: str, scale: float) -> Interval:
        mean, low, high, error, n = self.result.difference(
            AS_IT_IS, run, outcome, self.level
        )
        return Interval(mean * scale, low * scale, high * scale, error * scale, n)

    def hours(self, run: str, part: str) -> float:
        return self.change(run, f"time.{part}_minutes", self.year).mean

    def removal(self, label: str, gone: tuple[str, ...]) -> Removal:
        run, values = self.run_of[gone], self.scenario
        takes = {
            name: self.result.estimate(AS_IT_IS, f"time.obligation.{name}").mean
            * self.year
            for name in gone
        }
        own = (  # it stands among development itself
            takes[name]
            for name in gone
            if values[f"obligations.{name}.books"] == "development"
        )
        paper = [self.population.paper(name) for name in gone]
        imposed = (str(values[f"obligations.{n}.imposed_by"]) for n in gone)
        one = f"obligations.{gone[0]}" if len(gone) == 1 else ""
        cases = [
            self.a_week("control.undetected_harm", "numerator", r)
            for r in (AS_IT_IS, run)
        ]
        return Removal(
            label=label,
            duties=gone,
            imposed_by=tuple(dict.fromkeys(imposed)),
            citation=str(values[f"{one}.citation"]) if one else "",
            times=paper[0][0] if one else math.nan,
            paper_hours=sum(hours for _, hours, _ in paper),
            paper_cost=sum(cost for _, _, cost in paper),
            took_hours=sum(takes.values()),
            direct=self.change(run, "time.direct_minutes", self.year),
            unmet=self.change(run, "citizen.unmet_hours", WEEKS),
            harm=self.change(run, "control.undetected_harm", 1),
            harm_cases=(cases[1] - cases[0]) * WEEKS / 1000,
            development=self.hours(run, "development") + sum(own),
            gaps=self.hours(run, "idle") + self.hours(run, "breaks"),
            overtime=-self.hours(run, "duty"),
            citizen_hours=self.change(run, "citizen.own_hours", WEEKS).mean,
        )

    def one(self, name: str) -> Removal:
        return self.removal(self.titles[name], (name,))

    def groups(self, names: Sequence[str]) -> list[Removal]:
        sets = {who: _imposed(self.scenario, names, who) for who in IMPOSERS}
        return [self.removal(who, gone) for who, gone in sets.items() if gone]

    def totals(self, names: Sequence[str]) -> list[Removal]:
        free, every = _without_law(self.scenario, names), tuple(names)
        told = [self.removal("all that no law imposes", free)] if free else []
        if every != free:
            told.append(self.removal("all of them", every))
        return told


class _Population:
    """How often each trigger is met in a year, and what minutes cost."""

    def __init__(self, teller: _Teller) -> None:
        self.values = {v.path: v.value for v in teller.scenario.values()}
        self.law_mean = teller.scenario.law_mean
        self.teller = teller

    def items(self, group: str) -> list[str]:
        parts = (path.split(".") for path in self.values)
        return list(dict.fromkeys(p[1] for p in parts if p[0] == group))

    def number(self, path: str) -> float:
        return _number(self.values[path])

    def sum_of(self, group: str, *members: str) -> float:
        return sum(
            self.number(f"{group}.{item}.{member}")
            for item in self.items(group)
            for member in members
        )

    def people(self) -> float:
        """Persons in all clients."""
        return sum(
            self.number(f"clients.{g}.count") * self.number(f"clients.{g}.people")
            for g in self.items("clients")
        )

    def paper(self, name: str) -> tuple[float, float, float]:
        """Times, hours and cost of an obligation in a year, by frequency x minutes."""
        here = f"obligations.{name}."
        times = self.times(name) * self.number(here + "probability")
        again = self.number(here + "reentry")
        copies = (self.number(here + "receivers") - 1) * again
        each = self.law_mean(here + "minutes") * self.number(here + "detail")
        hours = times * (1 + copies) * each / 60
        if self.values[here + "books"] != "records":
            return times, hours, 0.0  # the Standard Cost Model is of what is written
        return times, hours, hours * self.tariff(str(self.values[here + "role"]))

    def times(self, name: str) -> float:
        here = f"obligations.{name}."
        trigger, per = str(self.values[here + "trigger"]), self.values[here + "per"]
        if trigger in RATES:
            groups = {"client": "clients", "worker": "staff"}
            many = self.sum_of(groups[str(per)], "count") if per in groups else 1
            return RATES[trigger] * (self.people() if per == "person" else many)
        return WEEKS * self.a_week(trigger, str(self.values[here + "service"]))

    def a_week(self, trigger: str, service: str) -> float:
        told = self.teller.a_week
        if trigger == "visit":
            return told("citizen.missed_share", "denominator")
        if trigger == "call":
            of = [service] if service else self.items("services")
            return sum(told(f"citizen.calls.{name}", "numerator") for name in of)
        if trigger == "deviation":
            return told("record.deviations", "numerator")
        if trigger == "no_show":
            return told("citizen.no_show_share", "numerator")
        if trigger == "incident":
            return told("control.incidents", "numerator")
        wanted = ("weekdays",) * 5 + ("saturdays", "sundays")
        return self.sum_of("shifts", *wanted)

    def tariff(self, role: str) -> float:
        """Cost of an hour of a role (empty: of anybody), with on-costs and overhead."""
        groups = [
            g
            for g in self.items("staff")
            if not role or self.values[f"staff.{g}.role"] == role
        ]
        counts = [self.number(f"staff.{g}.count") for g in groups]
        wages = [self.number(f"staff.{g}.wage") for g in groups]
        mean = sum(c * w for c, w in zip(counts, wages, strict=True)) / (sum(counts) or 1)
        shares = (self.number(f"money.{part}") for part in ("on_costs", "overhead"))
        return mean * math.prod(1 + share for share in shares)


def _number(value: Any) -> float:
    return float(value or 0)


def _plain(r: Removal) -> dict[str, Any]:
    data = r._asdict()
    for key in ("direct", "unmet", "harm"):
        data[key] = {k: getattr(data[key], k) for k in ("mean", "low", "high")}
    derived = ("other_work", "freed_hours", "returned")
    return data | {key: getattr(r, key) for key in derived}


def _flat(r: Removal) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in _plain(r).items():
        if isinstance(value, dict):
            data |= {f"{key}_{end}": number for end, number in value.items()}
        else:
            data[key] = ", ".join(value) if isinstance(value, tuple) else value
    return data
