"""What the duties of a scenario take in a run, and what that costs whom to abolish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.result import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas

    from tidsbruk.result import Result

WEEKS = 52  # of a year


class DutyTime(NamedTuple):
    """What one duty takes, or all duties that one of law, state, ... imposes.

    Attributes
    ----------
    name : str
        Of the obligation, or who imposes them.
    imposed_by, trigger, citation : str
        As the scenario says.
    minutes : Interval
        Per worker and week, copies included; of several, their sum without an interval.
    hours : float
        A year of fifty-two weeks, whole unit.
    cost : float
        The same by the Standard Cost Model, in the currency of the scenario.
    books : str
        Where its minutes stand: ``"records"`` for what is written.
    citizen_hours : float
        Hours of a year that it takes of citizens themselves.
    """

    name: str
    imposed_by: str
    trigger: str
    citation: str
    minutes: Interval
    hours: float
    cost: float
    books: str = "records"
    citizen_hours: float = 0.0


class DutyTable:
    """The duties of a scenario, those that take most first.

    Attributes
    ----------
    scenario : str
        Name of the scenario in the result.
    rows : list of DutyTime
        One for each obligation to record.
    others : list of DutyTime
        Duties that are no writing (``obligations.*.books``): they are in no sum.
    currency : str
        Of the costs, with the year of its prices.
    """

    def __init__(self, result: Result, scenario: str, level: float = 0.95) -> None:
        from tidsbruk.obligations.removal import priced_in

        self.scenario = scenario
        self.currency = priced_in(result.scenarios[scenario])
        rows = [_row(result, scenario, name, level) for name in _names(result, scenario)]
        rows.sort(key=lambda row: -row.hours)
        self.rows = [row for row in rows if row.books == "records"]
        self.others = [row for row in rows if row.books != "records"]

    def by_imposer(self) -> list[DutyTime]:
        """Sums by who could abolish the duties, the largest first."""
        found: dict[str, list[DutyTime]] = {}
        for row in self.rows:
            found.setdefault(row.imposed_by, []).append(row)
        told = [_sum(who, rows) for who, rows in found.items()]
        return sorted(told, key=lambda row: -row.hours)

    @property
    def total(self) -> DutyTime:
        """All of them."""
        return _sum("all", self.rows)

    def __iter__(self) -> Iterator[DutyTime]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_list(self) -> list[dict[str, Any]]:
        """Plain data, a row for each duty."""
        return [
            row._asdict()
            | {
                "minutes": row.minutes.mean,
                "minutes_low": row.minutes.low,
                "minutes_high": row.minutes.high,
            }
            for row in self.rows
        ]

    def to_pandas(self) -> pandas.DataFrame:
        """Give a data frame with a row for each duty."""
        import pandas

        return pandas.DataFrame(self.to_list()).set_index("name")

    def __repr__(self) -> str:
        return f"<DutyTable of {self.scenario}: {len(self.rows)} duties>"

    def __rich__(self) -> Any:
        from tidsbruk.obligations.show import rich_table_of_duties

        return rich_table_of_duties(self)

    def __str__(self) -> str:
        from tidsbruk.show import plain_text

        return plain_text(self)

    def _repr_html_(self) -> str:
        from tidsbruk.obligations.show import html_table_of_duties

        return html_table_of_duties(self)


def _names(result: Result, scenario: str) -> list[str]:
    parts = (path.split(".") for path in result.scenarios[scenario])
    return list(dict.fromkeys(p[1] for p in parts if p[0] == "obligations"))


def _row(result: Result, scenario: str, name: str, level: float) -> DutyTime:
    values, here = result.scenarios[scenario], f"obligations.{name}."
    outcome = f"time.obligation.{name}"
    minutes = result.estimate(scenario, outcome, level)
    a_week = sum(memoryview(result.column(scenario, outcome, "numerator")))
    cost = result.estimate(scenario, f"money.obligation.{name}").mean
    weeks = result.replications * result.weeks
    return DutyTime(
        name,
        str(values[here + "imposed_by"]),
        str(values[here + "trigger"]),
        str(values[here + "citation"]),
        minutes,
        a_week / weeks * WEEKS / 60,
        cost * WEEKS,
        str(values[here + "books"]),
        result.estimate(scenario, f"citizen.own_hours.{name}").mean * WEEKS,
    )


def _sum(name: str, rows: list[DutyTime]) -> DutyTime:
    minutes, nan = sum(row.minutes.mean for row in rows), float("nan")
    n = rows[0].minutes.n if rows else 0
    return DutyTime(
        name,
        name,
        "",
        "",
        Interval(minutes, nan, nan, nan, n),
        sum(row.hours for row in rows),
        sum(row.cost for row in rows),
        citizen_hours=sum(row.citizen_hours for row in rows),
    )
