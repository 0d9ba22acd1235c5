"""Obligations one by one, and by who imposes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidsbruk.report.differences import difference
from tidsbruk.report.sides import SIDES
from tidsbruk.report.words import WEEKS

if TYPE_CHECKING:
    from tidsbruk.compare import Comparison, Row
    from tidsbruk.value import Value

    Data = dict[str, Any]

PREFIX, MONEY = "time.obligation.", "money.obligation."


def obligations(c: Comparison) -> list[Data]:
    """Minutes of each obligation, those that take most first."""
    sides = [
        {v.path: v for v in c.result.scenarios[name].values()}
        for name in (c.baseline, c.alternative)
    ]
    rows = [
        _obligation(row, c[MONEY + row.outcome.name.removeprefix(PREFIX)], *sides)
        for row in c.rows
        if row.outcome.name.startswith(PREFIX)
    ]
    return sorted(rows, key=lambda r: -max(r["baseline"], r["alternative"]))


def _obligation(
    row: Row, cost: Row, baseline: dict[str, Value], alternative: dict[str, Value]
) -> Data:
    costs = cost.baseline, cost.alternative
    name = row.outcome.name.removeprefix(PREFIX)
    told: Data = {"name": name, "label": name.replace("_", " ").capitalize()}
    for key in ("imposed_by", "citation", "trigger"):
        path = f"obligations.{name}.{key}"
        words = (side[path].text for side in (baseline, alternative) if path in side)
        told[key] = list(dict.fromkeys(word for word in words if word))
    there = f"obligations.{name}.trigger"
    told["in_baseline"] = there in baseline
    told["in_alternative"] = there in alternative
    books = f"obligations.{name}.books"
    where = {side[books].text for side in (baseline, alternative) if books in side}
    if where and "records" not in where:
        told["label"] += f" ({', '.join(sorted(where))}, no writing)"
    told["cost_per_year"] = [WEEKS * amount for amount in costs]
    return told | difference(row)


def imposers(c: Comparison) -> list[Data]:
    """Minutes and costs of duties by who imposes them, those that cost most first."""
    tables = {side: c.result.duties(getattr(c, side)) for side in SIDES}
    found: dict[str, Data] = {}
    for side, table in tables.items():
        for row in (*table.by_imposer(), table.total):
            told = found.setdefault(row.name, {"name": row.name})
            told[side] = {"minutes": row.minutes.mean, "hours": row.hours}
            told[side]["cost"] = row.cost
    nothing = {"minutes": 0.0, "hours": 0.0, "cost": 0.0}
    rows = [dict.fromkeys(SIDES, nothing) | told for told in found.values()]
    return sorted(
        rows,
        key=lambda r: (r["name"] == "all", -max(r[side]["minutes"] for side in SIDES)),
    )
