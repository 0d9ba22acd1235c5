"""Paired comparison of two scenarios."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.result import HEADLINES, Interval, Outcome, Result

if TYPE_CHECKING:
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
        Alternative minus baseline. The intervals of the three headlines hold jointly
        (Bonferroni), all others each for itself.
    assumption_low, assumption_high : float or None
        Lowest and highest point estimate of the difference with each assumed value
        alone at the ends of its range.
    """

    outcome: Outcome
    baseline: float
    alternative: float
    difference: Interval
    assumption_low: float | None
    assumption_high: float | None

    @property
    def is_headline(self) -> bool:
        """Whether this is one of the three outcomes that are always told together."""
        return self.outcome.name in HEADLINES


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
    """

    def __init__(
        self,
        result: Result,
        baseline: str,
        alternative: str,
        level: float = 0.95,
        assumptions: Assumptions | None = None,
    ) -> None:
        self.result = result
        self.baseline = baseline
        self.alternative = alternative
        self.level = level
        self.assumptions = assumptions
        self._rows = {
            name: self._row(outcome) for name, outcome in result.outcomes.items()
        }

    def _row(self, outcome: Outcome) -> Row:
        headline = outcome.name in HEADLINES
        level = 1 - (1 - self.level) / len(HEADLINES) if headline else self.level
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
        )

    @property
    def estimand(self) -> str:
        """What is compared: ``"standing"`` or ``"switch"``, see `tidsbruk.run`."""
        return self.result.estimand

    @property
    def rows(self) -> list[Row]:
        """Every outcome, the three headlines first."""
        head = [self._rows[name] for name in HEADLINES if name in self._rows]
        return head + [row for row in self._rows.values() if not row.is_headline]

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
            "warmup": self.result.warmup,
            "level": self.level,
            "headlines": [row.outcome.name for row in self.rows if row.is_headline],
            "offered_load": {
                "baseline": self.result.offered_load(self.baseline),
                "alternative": self.result.offered_load(self.alternative),
            },
        }
        if self.assumptions:
            data["assumptions"] = self.assumptions.to_list()
        if self.result.is_weekly:
            data["weekly"] = [self._weekly(name) for name in self._rows]
        return _finite(data)  # type: ignore[no-any-return]

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
            "baseline": self.result.weekly(self.baseline, outcome),
            "alternative": self.result.weekly(self.alternative, outcome),
        }

    def to_json(self) -> str:
        """Give the same as a JSON document."""
        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False, allow_nan=False)

    def to_pandas(self) -> pandas.DataFrame:
        """Give a data frame with a row for each outcome."""
        import pandas

        return pandas.DataFrame(self.to_dict()["outcomes"]).set_index("name")

    def report(self, path: str | PathLike[str]) -> None:
        """Write the page for those who decide: one HTML file that needs no network."""
        from tidsbruk import report

        report.write(self, path)

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


def _finite(data: Any) -> Any:
    """The same with None for what is not finite (one replication has no interval)."""
    if isinstance(data, dict):
        return {key: _finite(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_finite(value) for value in data]
    return None if isinstance(data, float) and not math.isfinite(data) else data
