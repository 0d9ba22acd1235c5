"""What single assumptions do to the headlines: the strongest, and those that turn one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidsbruk.report.settings import doc_of
from tidsbruk.report.sides import mechanism_of
from tidsbruk.report.words import HEADLINES

if TYPE_CHECKING:
    from tidsbruk.assumptions import Assumption, Assumptions, Effect
    from tidsbruk.compare import Comparison, Row

    Data = dict[str, Any]


def flips(c: Comparison, row: Row) -> list[Data]:
    """Ends of ranges that turn the sign of a difference, those nearest first.

    The value at which the sign turns lies on the straight line between the two points
    that were tried.
    """
    central = row.difference.mean
    if not c.assumptions or not central:
        return []
    found = []
    for effect in c.assumptions.effects:
        a = effect.assumption
        if isinstance(a.value, str | tuple) or a.value is None or not a.high > a.low:
            continue
        for end, means in ((a.low, effect.at_low), (a.high, effect.at_high)):
            there = means.get(row.outcome.name)
            if there is not None and there * central <= 0:
                at = a.value + (end - a.value) * central / (central - there)
                flip = {**assumption(c, a), "end": end, "at": at, "there": there}
                found.append((abs(at - a.value) / (a.high - a.low), flip))
    return [flip for _, flip in sorted(found, key=lambda pair: pair[0])]


def strongest(c: Comparison, row: Row) -> Data | None:
    """The assumption that moves a difference most."""
    if not c.assumptions or not c.assumptions.effects:
        return None
    effect = c.assumptions.strongest(row.outcome.name)[0]
    return {
        **assumption(c, effect.assumption),
        "at_low": effect.at_low.get(row.outcome.name),
        "at_high": effect.at_high.get(row.outcome.name),
    }


def assumption(c: Comparison, a: Assumption) -> Data:
    """Describe an assumption: with its meaning, note and mechanism."""
    name = c.alternative if a.where == "alternative" else c.baseline
    scenario = c.result.scenarios[name]
    return {
        **a._asdict(),
        "doc": doc_of(scenario, a.path),
        "note": scenario.note(a.path),
        "mechanism": mechanism_of(a.path),
    }


def assumptions(c: Comparison, a: Assumptions) -> Data:
    """Tell what was tried, the assumption that moves the first headline most first."""
    first = next(HEADLINES[row.outcome.name].counted for row in c.rows if row.is_headline)
    return {
        "replications": a.replications,
        "tried": len(a.effects),
        "without_range": _without_range(c),
        "skipped": [{"path": path, "message": message} for path, message in a.skipped],
        "effects": [_effect(c, e) for e in a.strongest(first)],
    }


def _without_range(c: Comparison) -> int:
    """How many different assumed values have no range, so that none could be tried."""
    return len(
        {
            (v.path, v.text)
            for name in (c.baseline, c.alternative)
            for v in c.result.scenarios[name].values()
            if v.grade == "assumed" and not v.has_range
        }
    )


def _effect(c: Comparison, e: Effect) -> Data:
    return {
        **assumption(c, e.assumption),
        "headlines": {
            row.outcome.name: [
                end.get(HEADLINES[row.outcome.name].counted)
                for end in (e.at_low, e.at_high)
            ]
            for row in c.rows
            if row.is_headline
        },
    }
