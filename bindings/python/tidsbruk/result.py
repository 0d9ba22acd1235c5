"""Results: rows, a column for each outcome, and estimates from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk import _core
from tidsbruk.errors import failure
from tidsbruk.plain import finite

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from os import PathLike

    import pandas
    import polars
    import xarray

    from tidsbruk.assumptions import Assumptions
    from tidsbruk.compare import Comparison
    from tidsbruk.obligations.table import DutyTable
    from tidsbruk.scenario import Scenario

UNMET_SHARE, UNMET_HOURS = "citizen.unmet_share", "citizen.unmet_hours"
HEADLINES = ("time.direct_share", UNMET_SHARE, "control.undetected_harm")
ENDINGS = ("planned", "precise", "capped", "cut short")
PARTS = ("ratio", "numerator", "denominator")


class Outcome(NamedTuple):
    """A named result of a replication: a ratio of two sums.

    Attributes
    ----------
    name : str
        Family and name, such as ``"time.direct_share"``.
    unit : str
        Such as ``"share"``.
    definition : str
        One sentence with numerator and denominator.
    better : int
        1: more is better, -1: less is better, 0: neither.
    """

    name: str
    unit: str
    definition: str
    better: int


class Interval(NamedTuple):
    """An estimate with its confidence interval, in the unit of the outcome.

    Attributes
    ----------
    mean : float
        Point estimate: a ratio of sums over replications, or the difference of two.
    low, high : float
        Ends of the interval.
    standard_error : float
        Of `mean`.
    n : int
        Replications.
    """

    mean: float
    low: float
    high: float
    standard_error: float
    n: int

    def __str__(self) -> str:
        if self.n < 2:
            return f"{self.mean:.4g}"
        return f"{self.mean:.4g} [{self.low:.4g}, {self.high:.4g}]"


class Result:
    """What came out of a run.

    Rows are ordered by scenario, replication and, in a weekly run, week. Any consumer
    of Arrow streams (``polars.DataFrame(result)``, ``pyarrow.table(result)``) reads the
    outcomes without a copy.

    Attributes
    ----------
    scenarios : dict of str to Scenario
        What was run, by name.
    """

    def __init__(self, plain: _core.Result, scenarios: Mapping[str, Scenario]) -> None:
        self._plain = plain
        self.scenarios = dict(scenarios)
        self.hardest: str | None = None
        self._index = {name: i for i, name in enumerate(plain.names)}
        money = self.currency.partition(" ")[0]
        self._outcomes = {o[0]: _outcome(o, money) for o in plain.outcomes()}

    @property
    def names(self) -> tuple[str, ...]:
        """Name of each scenario."""
        return self._plain.names

    @property
    def replications(self) -> int:
        """Replications of each scenario."""
        return self._plain.replications

    @property
    def weeks(self) -> int:
        """Weeks that were measured."""
        return self._plain.horizon[0]

    @property
    def warmup(self) -> int:
        """Weeks of warm-up before them."""
        return self._plain.horizon[1]

    @property
    def seed(self) -> int:
        """Which worlds."""
        return self._plain.seed

    @property
    def first(self) -> int:
        """Number of its first replication: 0, unless the run continues another one."""
        return self._plain.first

    @property
    def estimand(self) -> str:
        """What is compared: ``"standing"`` or ``"switch"``, see `tidsbruk.run`."""
        return self._plain.estimand

    @property
    def is_weekly(self) -> bool:
        """Whether its rows are weeks, be it only one."""
        return self._plain.weekly

    @property
    def rows_per_replication(self) -> int:
        """Weeks in a weekly run, else 1."""
        return self._plain.rows_per_replication

    @property
    def currency(self) -> str:
        """What wages are counted in, with the year of their prices: ``"NOK (2024)"``.

        Empty where nobody has a wage, or where scenarios have different currencies or
        years: then amounts cannot be compared.
        """
        from tidsbruk.obligations.removal import priced_in

        said = {priced_in(s) for s in self.scenarios.values() if _has_wages(s)}
        return said.pop() if len(said) == 1 else ""

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """Every outcome by name."""
        return dict(self._outcomes)

    def _scenario(self, name: str) -> int:
        try:
            return self._index[name]
        except KeyError:
            known = ", ".join(self._index)
            raise failure("TB_ERR_NAME", f"{name!r} is no scenario of: {known}") from None

    def _known(self, outcome: str) -> str:
        if outcome in self._outcomes:
            return outcome
        from tidsbruk.nearest import nearest_outcome

        near = nearest_outcome(str(outcome), self._outcomes)
        hint = f"; did you mean {near!r}?" if near else ""
        raise failure("TB_ERR_NAME", f"{outcome!r} is no outcome{hint}")

    def hash(self, scenario: str) -> str:
        """64 bits over the tables and rows of a scenario, as hexadecimal digits."""
        return f"{self._plain.hash(self._scenario(scenario)):016x}"

    def offered_load(self, scenario: str) -> float:
        """Give expected work over expected time on duty.

        At 1 or more, more is asked than time on duty allows; queues grow or visits are
        missed; results hold for this horizon only.
        """
        return self._plain.offered_load(self._scenario(scenario))

    def column(
        self, scenario: str | None, outcome: str, part: str = "ratio"
    ) -> _core.Column:
        """Rows of one outcome without a copy, for `memoryview` and `numpy.asarray`.

        Parameters
        ----------
        scenario : str or None
            Which; None: all, one after the other.
        outcome : str
            Which.
        part : str
            ``"ratio"``, ``"numerator"`` or ``"denominator"``.

        Returns
        -------
        Column
            Replications times `rows_per_replication` numbers, weeks within replications.
        """
        if part not in PARTS:
            raise failure("TB_ERR_NAME", f"{part!r} is none of {', '.join(PARTS)}")
        index = -1 if scenario is None else self._scenario(scenario)
        return self._plain.column(index, self._known(outcome), PARTS.index(part))

    def estimate(self, scenario: str, outcome: str, level: float = 0.95) -> Interval:
        """Estimate an outcome: ratio of sums over replications, interval by t on n - 1.

        Parameters
        ----------
        scenario, outcome : str
            Which.
        level : float
            Confidence, between 0 and 1.

        References
        ----------
        Cochran (1977), Sampling Techniques, 6.3; below 30 replications by the jackknife.
        """
        index = self._scenario(scenario)
        return Interval._make(
            self._plain.estimate(index, self._known(outcome), _level(level))
        )

    def difference(
        self, baseline: str, alternative: str, outcome: str, level: float = 0.95
    ) -> Interval:
        """Estimate the paired difference: alternative minus baseline."""
        pair = self._scenario(baseline), self._scenario(alternative)
        return Interval._make(
            self._plain.difference(*pair, self._known(outcome), _level(level))
        )

    def pairing_gain(self, baseline: str, alternative: str, outcome: str) -> float:
        """Say what common random numbers gained.

        The variance that the difference would have between independent runs, over its
        paired variance.
        """
        pair = self._scenario(baseline), self._scenario(alternative)
        return self._plain.pairing_gain(*pair, self._known(outcome))

    def weekly(self, scenario: str, outcome: str, level: float = 0.95) -> list[Interval]:
        """Estimate each week of a weekly run, with a band that holds over all of them.

        Each week's interval is at ``1 - (1 - level) / weeks`` (Bonferroni), so that the
        band as a whole holds at `level`, whatever the weeks have to do with one another.

        Examples
        --------
        >>> import tidsbruk as tb
        >>> npm = tb.preset("home_care/npm")
        >>> plan = {"replications": 4, "weeks": 2, "warmup": 0, "weekly": True}
        >>> first, second = tb.run({"NPM": npm}, **plan).weekly("NPM", "staff.strain")
        >>> first.low <= first.mean <= first.high
        True
        """
        found = self._plain.band(
            -1, self._scenario(scenario), self._known(outcome), _level(level)
        )
        return [Interval._make(week) for week in found]

    def weekly_difference(
        self, baseline: str, alternative: str, outcome: str, level: float = 0.95
    ) -> list[Interval]:
        """Estimate the paired difference of each week, with a band as `weekly`."""
        pair = self._scenario(baseline), self._scenario(alternative)
        found = self._plain.band(*pair, self._known(outcome), _level(level))
        return [Interval._make(week) for week in found]

    @property
    def ending(self) -> str:
        """Why it ended: ``"planned"``, ``"precise"``, ``"capped"`` or ``"cut short"``.

        With `precision`, either every target was met, or the most replications that were
        allowed did not do; `hardest` is then the outcome that was hardest to meet.
        """
        return ENDINGS[self._plain.ending[0]]

    def duties(self, scenario: str | None = None, *, level: float = 0.95) -> DutyTable:
        """Tell what each obligation takes and costs, and who could abolish it.

        Parameters
        ----------
        scenario : str, optional
            Which; by default the first.
        level : float
            Confidence of the intervals.

        Returns
        -------
        DutyTable
            What duties take is not what citizens get when they go: for that, see
            `tidsbruk.duties`.

        Examples
        --------
        >>> import tidsbruk as tb
        >>> npm = tb.preset("home_care/npm")
        >>> table = tb.run(npm, replications=2, weeks=1, warmup=0).duties()
        >>> sorted(row.name for row in table.by_imposer())
        ['law', 'municipality', 'unit']
        """
        from tidsbruk.obligations.table import DutyTable

        name = self.names[0] if scenario is None else scenario
        self._scenario(name)
        return DutyTable(self, name, _level(level))

    def compare(
        self,
        baseline: str | None = None,
        alternative: str | None = None,
        *,
        level: float = 0.95,
        assumptions: Assumptions | bool = False,
        headlines: Sequence[str] | None = None,
    ) -> Comparison:
        """Compare two scenarios outcome by outcome.

        Parameters
        ----------
        baseline, alternative : str, optional
            Names; by default the first and the second scenario.
        level : float
            Confidence of the intervals.
        assumptions : bool or Assumptions
            Whether to show how far single assumptions move each difference. True runs
            them now, see `tidsbruk.assumptions.vary`.
        headlines : sequence of str, optional
            By default direct care, unmet need and undetected harm; unmet need is
            ``citizen.unmet_share``, or where neither scenario plans visits
            ``citizen.unmet_hours``. These are the outcomes that are tested together:
            with n of them, each has an interval of level 1 - (1 - level) / n, so that
            all of them hold at `level` (Bonferroni). Choose them before you look.

        Returns
        -------
        Comparison
        """
        from tidsbruk.compare import Comparison

        if isinstance(headlines, str) or (headlines is not None and not headlines):
            raise TypeError("headlines takes a list of one or more outcomes")

        if len(self.names) < 2 and not (baseline and alternative):
            raise failure(
                "TB_ERR_NAME", "there is only one scenario: nothing to compare it with"
            )
        baseline = self.names[0] if baseline is None else baseline
        if alternative is None:
            alternative = next(name for name in self.names if name != baseline)
        if assumptions is True:
            from tidsbruk.assumptions import vary

            assumptions = vary(self, baseline, alternative)
        return Comparison(
            self, baseline, alternative, _level(level), assumptions or None, headlines
        )

    def _headlines(self, *scenarios: str) -> tuple[str, ...]:
        """The headlines of these: without planned visits, no share of their need."""
        planned = any(
            any(memoryview(self.column(name, UNMET_SHARE, "denominator")))
            for name in scenarios
        )
        return tuple(
            UNMET_HOURS if name == UNMET_SHARE and not planned else name
            for name in HEADLINES
        )

    def to_dict(self, level: float = 0.95) -> dict[str, Any]:
        """Estimates of all outcomes for all scenarios, as plain data for JSON."""
        data: dict[str, Any] = {
            "scenarios": list(self.names),
            "replications": self.replications,
            "weeks": self.weeks,
            "warmup": self.warmup,
            "seed": self.seed,
            "estimand": self.estimand,
            "ending": self.ending,
            "hardest_target": self.hardest,
            "intervals": "pointwise",
            "level": level,
            "offered_load": [self.offered_load(name) for name in self.names],
            "outcomes": [
                self._estimates(outcome, level) for outcome in self._outcomes.values()
            ],
        }
        told: dict[str, Any] = finite(data)
        return told

    def _estimates(self, outcome: Outcome, level: float) -> dict[str, Any]:
        row: dict[str, Any] = {
            "name": outcome.name,
            "unit": outcome.unit,
            "estimates": [],
        }
        for name in self.names:
            i = self.estimate(name, outcome.name, level)
            estimate: dict[str, Any] = {
                "scenario": name,
                "mean": i.mean,
                "low": i.low,
                "high": i.high,
            }
            if self.is_weekly:
                band = self.weekly(name, outcome.name, level)
                estimate["weekly"] = [week.mean for week in band]
                if self.replications > 1:  # joint over the weeks
                    estimate["weekly_low"] = [week.low for week in band]
                    estimate["weekly_high"] = [week.high for week in band]
            row["estimates"].append(estimate)
        return row | {"definition": outcome.definition, "better": outcome.better}

    def to_pandas(self) -> pandas.DataFrame:
        """Give a data frame of scenario, replication, week and every outcome.

        The columns of outcomes are views of the result. pyarrow is not needed.
        """
        import numpy
        import pandas

        weeks, n = self.rows_per_replication, self.replications
        each = numpy.arange(len(self.names), dtype=numpy.int32).repeat(n * weeks)
        columns: dict[str, Any] = {
            "scenario": pandas.Categorical.from_codes(each, pandas.Index(self.names)),
            "replication": numpy.tile(
                numpy.arange(n, dtype=numpy.int32).repeat(weeks), len(self.names)
            ),
        }
        if self.is_weekly:
            columns["week"] = numpy.tile(
                numpy.arange(weeks, dtype=numpy.int32), len(self.names) * n
            )
        for outcome in self._outcomes:
            columns[outcome] = numpy.asarray(self._plain.column(-1, outcome, 0))
        return pandas.DataFrame(columns, copy=False)

    def to_polars(self) -> polars.DataFrame:
        """Give a data frame of scenario, replication, week and every outcome."""
        import polars

        return polars.DataFrame(self)

    def to_long(self) -> pandas.DataFrame:
        """Give a data frame with a row for each value: `tidsbruk.frames.to_long`."""
        from tidsbruk.frames import to_long

        return to_long(self)

    def to_xarray(self) -> xarray.Dataset:
        """Give arrays with named axes: `tidsbruk.frames.to_xarray`."""
        from tidsbruk.frames import to_xarray

        return to_xarray(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the rows as an Arrow stream of one batch; may be called again."""
        return self._plain.__arrow_c_stream__(requested_schema)

    def report(self, path: str | PathLike[str]) -> None:
        """Write the page for those who decide: one HTML file that needs no network."""
        from tidsbruk import report

        report.write(self, path)

    def __repr__(self) -> str:
        names = ", ".join(self.names)
        return (
            f"<Result of {names}: {self.replications} replications of "
            f"{self.weeks} weeks, {self.estimand}>"
        )

    def __rich__(self) -> Any:
        from tidsbruk.show import rich_result

        return rich_result(self)

    def __str__(self) -> str:
        from tidsbruk.show import plain_text

        return plain_text(self)

    def _repr_html_(self) -> str:
        from tidsbruk.show import estimate_text, html_table, unit_text

        rows = []
        for outcome in self._outcomes.values():
            estimates = (self.estimate(name, outcome.name) for name in self.names)
            texts = [estimate_text(outcome, e) for e in estimates]
            told = unit_text(outcome.unit), outcome.definition
            rows.append((outcome.name, *texts, *told))
        header = ("outcome", *self.names, "unit", "definition")
        return html_table(repr(self)[1:-1], header, rows)


def _outcome(told: tuple[str, str, str, int], money: str) -> Outcome:
    outcome = Outcome._make(told)
    if not money:
        return outcome
    return outcome._replace(unit=outcome.unit.replace("currency", money))


def _has_wages(scenario: Scenario) -> bool:
    return any(
        scenario[path]
        for path in scenario
        if path.startswith("staff.") and path.endswith(".wage")
    )


def _level(level: float) -> float:
    if not 0 < level < 1:
        raise failure(
            "TB_ERR_VALUE", f"level = {level} is out of bounds; it lies between 0 and 1"
        )
    return float(level)
