"""An average working day by category of the ledger, and one Tuesday of a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidsbruk.report.ledger import CATEGORIES
from tidsbruk.report.tuesday import tuesday
from tidsbruk.report.words import DAY

if TYPE_CHECKING:
    from tidsbruk.compare import Comparison

    Data = dict[str, Any]


def average_day(c: Comparison, name: str, minutes: float = DAY) -> dict[str, float]:
    """Minutes of an average working day, of so many, by category of the ledger."""
    estimate = c.result.estimate
    return {
        category.key: minutes
        * sum(sign * estimate(name, share).mean for share, sign in category.outcomes)
        for category in CATEGORIES
    }


def day(c: Comparison, *days: dict[str, float]) -> list[Data]:
    """Lay the average days of both sides beside each other, category by category."""
    baseline, alternative = days
    return [
        {
            "category": category.key,
            "label": category.label,
            "baseline": baseline[category.key],
            "alternative": alternative[category.key],
        }
        for category in CATEGORIES
        if baseline[category.key] or alternative[category.key]
    ]


def tuesday_of(c: Comparison, days: tuple[dict[str, float], ...]) -> Data | None:
    """Tell one Tuesday of one worker in both sides, from the logs of one replication."""
    from tidsbruk import trace

    result = c.result
    baseline, alternative = (
        trace(
            result.scenarios[name],
            seed=result.seed,
            replication=0,
            weeks=result.weeks,
            warmup=result.warmup,
            after=result.scenarios[result.names[0]] if c.estimand == "switch" else None,
        )
        for name in (c.baseline, c.alternative)
    )
    return tuesday(baseline, alternative, (days[0], days[1]))
