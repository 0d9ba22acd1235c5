"""Paired comparison of two scenarios."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.plain import finite
from tidsbruk.result import UNMET_HOURS, UNMET_SHARE, Interval, Outcome, Result

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    import pandas

    from tidsbruk.assumptions import Assumptions
    from tidsbruk.value import Change


class Row(NamedTuple):
    """One outcome of a comparison, in its unit.

    Attributes
    ----------
    outcome : Outcome
        Which.
    baseline, alternative : float
        Point estimates.
    difference : Interval
        Alternative minus baseline. The intervals of the headlines hold jointly
        (Bonferroni), all others each for itself.
    assumption_low, assumption_high : float or None
        Lowest and highest point estimate of the difference with each assumed value
        alone at the ends of its range.
    is_headline : bool
        Whether this is one of the outcomes that are told, and tested, together.
    """

    outcome: Outcome
    baseline: float
    alternative: float
    difference: Interval
    assumption_low: float | None
    assumption_high: float | None
    is_headline: bool = False


class Measure(NamedTuple):
    """A headline's difference in measures that people pay and plan in.

    The intervals hold jointly over the headlines, as those of the headlines do.

    Attributes
    ----------
    outcome : Outcome
        The headline.
    per_day : Interval or None
        Minutes of the whole unit per working day of 7.5 hours that the baseline's time on
        duty makes: people who are added or taken away do not thin it out.
    posts : Interval or None
        Full-time equivalents of the unit.
    money : Interval or None
        Wages and on-costs of a year of fifty-two weeks, in `Result.currency`; None
        without wages.
    cases : Interval or None
        Cases of a year, of harm. They may fall while harm per 1,000 visits rises: where
        visits fell, too.
    """

    outcome: Outcome
    per_day: Interval | None
    posts: Interval | None
    money: Interval | None
    cases: Interval | None


WEEKS = 52  # of a year
DAY = 450  # minutes of a working day
MEASURES = {  # of a headline: time, full-time equivalents, money
    "time.direct_share": ("time.direct_hours", "staff.fte_direct", "money.direct"),
    UNMET_SHARE: (UNMET_HOURS, "staff.fte_unmet", "money.unmet"),
    UNMET_HOURS: (UNMET_HOURS, "staff.fte_unmet", "money.unmet"),
}
HARM = "control.undetected_harm"  # a headline that is told in cases, too
CASES = "control.undetected_cases"


class Comparison:
    """Differences between two scenarios, of the estimand that the result names.

    Attributes
    ----------
    result : Result
        Where the numbers come from.
    baseline, alternative : str
        Names of the two scenarios.
    level : float
        Confidence of the intervals.
    assumptions : Assumptions or None
        How far single assumptions move the differences.
    headlines : tuple of str
        The outcomes whose intervals hold jointly.
    """

    def __init__(
        self,
        result: Result,
        baseline: str,
        alternative: str,
        level: float = 0.95,
        assumptions: Assumptions | None = None,
        headlines: Sequence[str] | None = None,
    ) -> None:
        self.result = result
        self.baseline = baseline
        self.alternative = alternative
        self.level = level
        self.assumptions = assumptions
        if headlines is None:
            headlines = result._headlines(baseline, alternative)
        self.headlines = tuple(dict.fromkeys(result._known(name) for name in headlines))
        self._rows = {
            name: self._row(outcome) for name, outcome in result.outcomes.items()
        }

    def _row(self, outcome: Outcome) -> Row:
        headline = outcome.name in self.headlines
        level = self._joint if headline else self.level
        low, high = (
            self.assumptions.range(outcome.name) if self.assumptions else (None, None)
        )
        return Row(
            outcome,
            self.result.estimate(self.baseline, outcome.name).mean,
            self.result.estimate(self.alternative, outcome.name).mean,
            self.result.difference(self.baseline, self.alternative, outcome.name, level),
            low,
            high,
            headline,
        )

    @property
    def _joint(self) -> float:
        """Level of each headline's interval, so that all of them hold at `level`."""
        return 1 - (1 - self.level) / len(self.headlines)

    @property
    def estimand(self) -> str:
        """What is compared: ``"standing"`` or ``"switch"``, see `tidsbruk.run`."""
        return self.result.estimand

    @property
    def rows(self) -> list[Row]:
        """Every outcome, the headlines first."""
        head = [self._rows[name] for name in self.headlines]
        return head + [row for row in self._rows.values() if not row.is_headline]

    @property
    def measures(self) -> list[Measure]:
        """The headlines that are more than shares, in minutes per day, posts, money."""
        told = (*MEASURES, HARM)
        return [self._measure(self[n].outcome) for n in self.headlines if n in told]

    def _measure(self, outcome: Outcome) -> Measure:
        if outcome.name not in MEASURES:
            return Measure(outcome, None, None, None, self._jointly(CASES, WEEKS))
        time, posts, money = MEASURES[outcome.name]
        duty = self.result.estimate(self.baseline, "time.duty_hours").mean
        scale = DAY / duty if duty else 0.0
        return Measure(
            outcome,
            self._jointly(time, scale),
            self._jointly(posts, 1),
            self._jointly(money, WEEKS) if self.result.currency else None,
            None,
        )

    @property
    def _with_calls(self) -> bool:
        """Whether need not met may be that of calls, too."""
        names = (self.baseline, self.alternative)
        return any("services" in self.result.scenarios[n].to_dict() for n in names)

    def _jointly(self, outcome: str, scale: float) -> Interval:
        """A difference in another unit, with the interval of a headline."""
        mean, low, high, error, n = self.result.difference(
            self.baseline, self.alternative, outcome, self._joint
        )
        return Interval(mean * scale, low * scale, high * scale, error * scale, n)

    def __getitem__(self, outcome: str) -> Row:
        return self._rows[self.result._known(outcome)]

    @property
    def settings_that_differ(self) -> list[Change]:
        """The settings that make the two scenarios differ, with their grades."""
        baseline, alternative = (
            self.result.scenarios[name] for name in (self.baseline, self.alternative)
        )
        return baseline.diff(alternative)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as ``tidsbruk compare --json`` prints it."""
        data: dict[str, Any] = {
            "baseline": self.baseline,
            "alternative": self.alternative,
            "replications": self.result.replications,
            "weeks": self.result.weeks,
            "seed": self.result.seed,
            "estimand": self.estimand,
            "outcomes": [_row_dict(row) for row in self.rows],
            "settings_that_differ": [
                change._asdict() for change in self.settings_that_differ
            ],
            "currency": self.result.currency,
            "measures": [_measure_dict(m) for m in self.measures],
            "warmup": self.result.warmup,
            "level": self.level,
            "headlines": list(self.headlines),
            "offered_load": {
                "baseline": self.result.offered_load(self.baseline),
                "alternative": self.result.offered_load(self.alternative),
            },
        }
        if self.assumptions:
            heads = self.result._headlines(self.baseline, self.alternative)
            data["assumptions"] = self.assumptions.to_list(heads)
        if self.result.is_weekly:
            data["weekly"] = [self._weekly(name) for name in self._rows]
        return finite(data)  # type: ignore[no-any-return]

    def _weekly(self, outcome: str) -> dict[str, Any]:
        band = self.result.weekly_difference(
            self.baseline, self.alternative, outcome, self.level
        )
        return {
            "name": outcome,
            "difference": [week.mean for week in band],
            "low": [week.low for week in band],
            "high": [week.high for week in band],
            "interval": "joint over weeks",
            **self._weekly_of("baseline", self.baseline, outcome),
            **self._weekly_of("alternative", self.alternative, outcome),
        }

    def _weekly_of(self, side: str, scenario: str, outcome: str) -> dict[str, Any]:
        band = self.result.weekly(scenario, outcome, self.level)
        return {
            side: [week.mean for week in band],
            f"{side}_low": [week.low for week in band],
            f"{side}_high": [week.high for week in band],
        }

    def to_json(self) -> str:
        """Give the same as a JSON document."""
        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False, allow_nan=False)

    def to_pandas(self) -> pandas.DataFrame:
        """Give a data frame with a row for each outcome."""
        import pandas

        return pandas.DataFrame(self.to_dict()["outcomes"]).set_index("name")

    def report(self, path: str | PathLike[str]) -> None:
        """Write the page for those who decide: one HTML file that needs no network.

        The page is about the three headlines that are the default of
        `tidsbruk.Result.compare`, whatever was chosen here.
        """
        from tidsbruk import report

        told = self
        pair = (self.baseline, self.alternative)
        if self.headlines != self.result._headlines(*pair):
            told = Comparison(self.result, *pair, self.level, self.assumptions)
        report.write(told, path)

    def __repr__(self) -> str:
        return f"<Comparison of {self.baseline} and {self.alternative}, {self.estimand}>"

    def __rich__(self) -> Any:
        from tidsbruk.show import rich_comparison

        return rich_comparison(self)

    def __str__(self) -> str:
        from tidsbruk.show import plain_text

        return plain_text(self)

    def _repr_html_(self) -> str:
        from tidsbruk.show import html_comparison

        return html_comparison(self)


def _row_dict(row: Row) -> dict[str, Any]:
    return {
        "name": row.outcome.name,
        "unit": row.outcome.unit,
        "baseline": row.baseline,
        "alternative": row.alternative,
        "difference": row.difference.mean,
        "low": row.difference.low,
        "high": row.difference.high,
        "assumption_low": row.assumption_low,
        "assumption_high": row.assumption_high,
        "definition": row.outcome.definition,
        "better": row.outcome.better,
        "interval": "joint" if row.is_headline else "pointwise",
    }


def _measure_dict(m: Measure) -> dict[str, Any]:
    told: dict[str, Any] = {"name": m.outcome.name}
    for key, i in (
        ("minutes_per_day", m.per_day),
        ("full_time_equivalents", m.posts),
        ("money_per_year", m.money),
        ("cases_per_year", m.cases),
    ):
        told[key] = i and {"difference": i.mean, "low": i.low, "high": i.high}
    return told
