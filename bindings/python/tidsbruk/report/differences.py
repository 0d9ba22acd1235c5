"""One outcome of both sides as plain data, with its difference and its ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tidsbruk.compare import Row

    Data = dict[str, Any]


def difference(row: Row) -> Data:
    """Tell an outcome of both sides, its difference and the ranges of that."""
    return {
        "unit": row.outcome.unit,
        "baseline": row.baseline,
        "alternative": row.alternative,
        "difference": row.difference.mean,
        "low": _end(row, row.difference.low),
        "high": _end(row, row.difference.high),
        "assumption_low": row.assumption_low,
        "assumption_high": row.assumption_high,
    }


def _end(row: Row, end: float) -> float | None:
    return end if row.difference.n > 1 else None


def scaled(row: Row, scale: float) -> Data:
    """Tell a difference in another unit."""
    told = difference(row)
    return {
        key: None if told[key] is None else told[key] * scale
        for key in told
        if key != "unit"
    }


def both(ends: tuple[float, float], scale: float) -> tuple[float, float]:
    """Scale both ends of a range."""
    return ends[0] * scale, ends[1] * scale
