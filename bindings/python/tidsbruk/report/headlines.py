"""The answer of the page: the three headlines, and what else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidsbruk.report.assumed import flips, strongest
from tidsbruk.report.differences import both, difference, scaled
from tidsbruk.report.sides import SIDES
from tidsbruk.report.words import (
    DAY,
    HEADLINES,
    WEEKS,
    Headline,
    digits_for,
    only_share,
    verdict,
)
from tidsbruk.report.words import harm_remarks as told_of_harm
from tidsbruk.report.words import remarks as told_remarks

if TYPE_CHECKING:
    from tidsbruk.compare import Comparison, Row

    Data = dict[str, Any]

ELSE = (  # what else changes: outcome, what it is called, unit, scale, decimals
    ("citizen.late_share", "Late visits", "% of visits given", 100, 1),
    ("citizen.missed_share", "Missed visits", "% of visits given or missed", 100, 2),
    (
        "citizen.carers_14d_daily",
        "Carers in 14 days of clients with daily visits",
        "persons",
        1,
        1,
    ),
    ("staff.overtime_hours", "Overtime", "hours a week, whole unit", 1, 1),
    ("staff.strain", "Strain", "mean at the ends of weeks", 1, 3),
    ("staff.absence_share", "Absence", "% of rostered time", 100, 1),
    (
        "staff.overrun_share",
        "Overrun",
        "% of shifts with visits; past the planned end, or visits left over",
        100,
        1,
    ),
)
POSTS_AND_MONEY = {  # of a headline
    "direct": ("staff.fte_direct", "money.direct"),
    "unmet": ("staff.fte_unmet", "money.unmet"),
}


def headline(c: Comparison, row: Row) -> Data:
    """Compute all that the page says about one headline."""
    words = HEADLINES[row.outcome.name]
    counted = row if words.counted == row.outcome.name else _jointly(c, words.counted)
    scale = _scale(c, words)
    shown = scaled(counted, scale)
    ends = (
        (counted.assumption_low, counted.assumption_high)
        if counted.assumption_low is not None and counted.assumption_high is not None
        else None
    )
    half = counted.difference.high - counted.difference.mean
    said = verdict(
        shown["low"], shown["high"], ends and both(ends, scale), row.outcome.better
    )
    remarks: list[str] = []
    if words.key == "direct":
        share = difference(row)
        needed, duty = (
            difference(c[f"time.{part}_hours"]) for part in ("direct_needed", "duty")
        )
        remarks = told_remarks(share, shown, needed, duty)
        if only_share(share, shown):
            said = "none"
    elif words.key == "harm":
        cases = difference(c["control.undetected_cases"])
        remarks = told_of_harm(difference(row), cases, difference(c["citizen.visits"]))
    return {
        "name": row.outcome.name,
        "key": words.key,
        "title": words.title,
        "definition": row.outcome.definition,
        "better": row.outcome.better,
        "means": words.means,
        "counted": words.counted,
        "scale": scale,
        **difference(row),
        "shown": {
            "unit": words.unit,
            "digits": digits_for(half * scale, counted.difference.mean * scale),
            **shown,
        },
        "verdict": said,
        "remarks": remarks,
        "also": _also(c, words.key),
        "flips": flips(c, counted),
        "strongest": strongest(c, counted),
    }


def _jointly(c: Comparison, outcome: str) -> Row:
    """An outcome with the interval of a headline."""
    level = 1 - (1 - c.level) / len(c.headlines)
    interval = c.result.difference(c.baseline, c.alternative, outcome, level)
    return c[outcome]._replace(difference=interval)


def _scale(c: Comparison, words: Headline) -> float:
    """From the unit of an outcome to the unit that is shown.

    Minutes of both sides are those of the whole unit, told per working day of the
    baseline: they do not move when only time on duty or the number of people does.
    """
    if words.counted == words.outcome:
        return words.scale
    return _per_day(c)


def _per_day(c: Comparison) -> float:
    """From hours a week of the unit to minutes per working day of the baseline."""
    duty = c["time.duty_hours"].baseline
    return DAY / duty if duty else 0.0


def what_else(c: Comparison) -> list[Data]:
    """Other outcomes that people ask for, as they are shown."""
    told = [*ELSE, *(_priced(c.result.currency) if c.result.currency else ())]
    return [
        {"name": name, "label": label, "unit": unit, "digits": digits}
        | scaled(c[name], scale)
        for name, label, unit, scale, digits in told
        if name in c.result.outcomes
    ]


def _priced(currency: str) -> tuple[tuple[str, str, str, float, int], ...]:
    """What the unit costs, as `ELSE`."""
    a_year = f"1,000 {currency} a year"
    return (
        ("money.wages", "Wages, temps and absence included", a_year, WEEKS / 1000, 0),
        (
            "money.per_direct_hour",
            "What an hour with citizens costs, all else included",
            currency,
            1,
            0,
        ),
    )


def _also(c: Comparison, key: str) -> Data:
    """The same headline in other measures, each exactly derived."""
    also: Data = {}
    if key == "direct":
        also["points"] = [100 * getattr(c["time.direct_share"], side) for side in SIDES]
        for part in ("needed", "surplus"):
            row = c[f"time.direct_{part}_hours"]
            also[f"{part}_minutes_per_day"] = [
                _per_day(c) * getattr(row, side) for side in SIDES
            ]
        hours = c["time.direct_hours"]
        also["hours_per_week"] = [hours.baseline, hours.alternative]
    elif key == "unmet":
        row = c["citizen.unmet_hours"]
        also["hours_per_week"] = [row.baseline, row.alternative]
        also["minutes_per_day"] = [_per_day(c) * h for h in also["hours_per_week"]]
        if c._with_calls:
            also["calls_included"] = True
    else:
        cases = c["control.undetected_cases"]
        also["cases_per_week"] = [cases.baseline, cases.alternative]
    posts, money = POSTS_AND_MONEY.get(key, ("", ""))
    if posts:
        also["full_time_equivalents"] = [getattr(c[posts], side) for side in SIDES]
    if money and c.result.currency:
        also["money_per_year"] = [WEEKS * getattr(c[money], side) for side in SIDES]
    return also
