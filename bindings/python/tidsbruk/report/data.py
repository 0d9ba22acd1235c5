"""Everything that the page says, as plain data computed from a comparison."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from tidsbruk._core import ScenarioError
from tidsbruk.compare import _finite
from tidsbruk.report.ledger import CATEGORIES
from tidsbruk.report.tuesday import tuesday
from tidsbruk.report.words import (
    DAY,
    HEADLINES,
    Headline,
    answer,
    digits_for,
    only_share,
    verdict,
)
from tidsbruk.report.words import remarks as told_remarks

if TYPE_CHECKING:
    from tidsbruk.assumptions import Assumption, Assumptions, Effect
    from tidsbruk.compare import Comparison, Row
    from tidsbruk.scenario import Scenario
    from tidsbruk.value import Change, Value

    Data = dict[str, Any]

FORMAT = 3  # of the data block; another number when its meaning changes
GRADES = ("measured", "estimated", "assumed", "")
SIDES = ("baseline", "alternative")
PREFIX, MONEY = "time.obligation.", "money.obligation."
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
WEEKS = 52  # of a year
POSTS_AND_MONEY = {  # of a headline
    "direct": ("staff.fte_direct", "money.direct"),
    "unmet": ("staff.fte_unmet", "money.unmet"),
}
LISTS = ("staff", "shifts", "clients", "windows", "services", "obligations")


def page_data(c: Comparison) -> Data:
    """Compute all that the page says.

    Parameters
    ----------
    c : Comparison
        With its assumptions, where they were tried.

    Returns
    -------
    dict
        Plain data for JSON. The same comparison gives the same data.
    """
    labels = _labels(c)
    headlines = [_headline(c, row) for row in c.rows if row.is_headline]
    days = tuple(_average_day(c, name) for name in (c.baseline, c.alternative))
    data = {
        "format": FORMAT,
        "title": f"{labels[1]} compared with {labels[0]}",
        "answer": answer(*labels, headlines),
        "headlines": headlines,
        "what_else": _what_else(c),
        "day": _day(c, *days),
        "duty_minutes_per_worker_week": _difference(c["time.duty_minutes"]),
        "obligations": _obligations(c),
        "imposers": _imposers(c),
        "currency": c.result.currency,
        "full_time": [
            c.result.scenarios[c.baseline][f"money.full_time_{part}"]
            for part in ("hours", "weeks")
        ],
        "tuesday": _tuesday(c, days),
        "settings_that_differ": _settings(c),
        "conjectures": _conjectures(c),
        "assumptions": _assumptions(c, c.assumptions) if c.assumptions else None,
        "comparison": c.to_dict(),
        "run": _run(c),
    }
    for i, side in enumerate(SIDES):
        data[side] = _side(c, (c.baseline, c.alternative)[i], labels[i])
    return _finite(data)  # type: ignore[no-any-return]


# The two sides ------------------------------------------------------------------------


def _labels(c: Comparison) -> tuple[str, str]:
    """Short names: those of presets and files without what stands around them."""
    names = c.baseline, c.alternative
    short = tuple(_short(name) for name in names)
    return short if short[0] != short[1] else names  # type: ignore[return-value]


def _short(name: str) -> str:
    if "/" not in name and not name.endswith((".toml", ".json")):
        return name
    last = name.rpartition("/")[2]
    word = last.removesuffix(".toml").removesuffix(".json").replace("_", " ")
    if not word:
        return name
    return word.upper() if len(word) <= 3 else word[0].upper() + word[1:]


def _side(c: Comparison, name: str, label: str) -> Data:
    scenario = c.result.scenarios[name]
    return {
        "name": name,
        "label": label,
        "title": scenario.title,
        "scenario_hash": scenario.hash,
        "result_hash": c.result.hash(name),
        "preset": _preset(scenario),
        "workers": _workers(c, name),
        "offered_load": c.result.offered_load(name),
        "grades": _grades(scenario),
        "scenario": scenario.to_dict(sources=True),
    }


def _preset(scenario: Scenario) -> str | None:
    """Name of the shipped preset that has the same values, if there is one."""
    from tidsbruk.scenario import preset, presets

    return next((name for name in presets() if preset(name) == scenario), None)


def _workers(c: Comparison, name: str) -> int:
    """How many workers are on the roster."""
    worker_weeks = c.result.column(name, "time.duty_minutes", "denominator")
    total = sum(memoryview(worker_weeks).tolist())
    return round(total / (c.result.replications * c.result.weeks))


def _grades(scenario: Scenario) -> dict[str, int]:
    """How many values that somebody set are of which grade."""
    counts = dict.fromkeys((grade or "ungraded" for grade in GRADES), 0)
    for v in scenario.values():
        if not v.is_default:
            counts[v.grade or "ungraded"] += 1
    return counts


def _conjectures(c: Comparison) -> list[str]:
    """Mechanisms that are set and have no measured or estimated value in either."""
    grades: dict[str, set[str]] = {}
    for name in (c.baseline, c.alternative):
        for v in c.result.scenarios[name].values():
            mechanism = _mechanism(v.path)
            if mechanism and not v.is_default:
                grades.setdefault(mechanism, set()).add(v.grade)
    return [m for m, found in grades.items() if not found & {"measured", "estimated"}]


def _mechanism(path: str) -> str:
    first, _, rest = path.partition(".")
    if first == "obligations":
        return "records"
    return rest.partition(".")[0] if first == "regime" else ""


# The answer ---------------------------------------------------------------------------


def _difference(row: Row) -> Data:
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


def _headline(c: Comparison, row: Row) -> Data:
    words = HEADLINES[row.outcome.name]
    counted = row if words.counted == row.outcome.name else _jointly(c, words.counted)
    scale = _scale(c, words)
    shown = _scaled(counted, scale)
    ends = (
        (counted.assumption_low, counted.assumption_high)
        if counted.assumption_low is not None and counted.assumption_high is not None
        else None
    )
    half = counted.difference.high - counted.difference.mean
    said = verdict(
        shown["low"], shown["high"], ends and _both(ends, scale), row.outcome.better
    )
    remarks: list[str] = []
    if words.key == "direct":
        share = _difference(row)
        needed, duty = (
            _difference(c[f"time.{part}_minutes"]) for part in ("direct_needed", "duty")
        )
        remarks = told_remarks(share, shown, needed, duty)
        if only_share(share, shown):
            said = "none"
    return {
        "name": row.outcome.name,
        "key": words.key,
        "title": words.title,
        "definition": row.outcome.definition,
        "better": row.outcome.better,
        "means": words.means,
        "counted": words.counted,
        "scale": scale,
        **_difference(row),
        "shown": {
            "unit": words.unit,
            "digits": digits_for(half * scale, counted.difference.mean * scale),
            **shown,
        },
        "verdict": said,
        "remarks": remarks,
        "also": _also(c, words.key),
        "flips": _flips(c, counted),
        "strongest": _strongest(c, counted),
    }


def _jointly(c: Comparison, outcome: str) -> Row:
    """An outcome with the interval of a headline."""
    level = 1 - (1 - c.level) / len(HEADLINES)
    interval = c.result.difference(c.baseline, c.alternative, outcome, level)
    return c[outcome]._replace(difference=interval)


def _scale(c: Comparison, words: Headline) -> float:
    """From the unit of an outcome to the unit that is shown.

    Minutes of both sides are told per working day of the baseline, so that they do not
    move when only time on duty does.
    """
    if words.counted == words.outcome:
        return words.scale
    return _per_day(c)


def _per_day(c: Comparison) -> float:
    """Working days of the baseline that a worker-week is, inverted."""
    duty = c["time.duty_minutes"].baseline
    return DAY / duty if duty else 0.0


def _scaled(row: Row, scale: float) -> Data:
    told = _difference(row)
    return {
        key: None if told[key] is None else told[key] * scale
        for key in told
        if key != "unit"
    }


def _both(ends: tuple[float, float], scale: float) -> tuple[float, float]:
    return ends[0] * scale, ends[1] * scale


def _what_else(c: Comparison) -> list[Data]:
    """Other outcomes that people ask for, as they are shown."""
    told = [*ELSE, *(_priced(c.result.currency) if c.result.currency else ())]
    return [
        {"name": name, "label": label, "unit": unit, "digits": digits}
        | _scaled(c[name], scale)
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
    names = c.baseline, c.alternative
    also: Data = {}
    if key == "direct":
        also["points"] = [100 * getattr(c["time.direct_share"], side) for side in SIDES]
        for part in ("needed", "surplus"):
            row = c[f"time.direct_{part}_minutes"]
            also[f"{part}_minutes_per_day"] = [
                _per_day(c) * getattr(row, side) for side in SIDES
            ]
        also["hours_per_week"] = [
            c.result.estimate(name, "time.direct_minutes").mean * _workers(c, name) / 60
            for name in names
        ]
    elif key == "unmet":
        row, duty = c["citizen.unmet_hours"], _duty_hours(c, c.baseline)
        also["hours_per_week"] = [row.baseline, row.alternative]
        also["minutes_per_day"] = [
            DAY * hours / duty if duty else 0.0 for hours in also["hours_per_week"]
        ]
    else:
        also["cases_per_week"] = [_cases_per_week(c, name) for name in names]
    posts, money = POSTS_AND_MONEY.get(key, ("", ""))
    if posts:
        also["full_time_equivalents"] = [getattr(c[posts], side) for side in SIDES]
    if money and c.result.currency:
        also["money_per_year"] = [WEEKS * getattr(c[money], side) for side in SIDES]
    return also


def _duty_hours(c: Comparison, name: str) -> float:
    """Hours on duty of the unit, per week."""
    minutes = c.result.estimate(name, "time.duty_minutes").mean
    return minutes * _workers(c, name) / 60


def _cases_per_week(c: Comparison, name: str) -> float:
    cases = c.result.column(name, "control.undetected_harm", "numerator")
    weeks = c.result.replications * c.result.weeks
    return sum(memoryview(cases).tolist()) / 1000 / weeks


def _flips(c: Comparison, row: Row) -> list[Data]:
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
                flip = {**_assumption(c, a), "end": end, "at": at, "there": there}
                found.append((abs(at - a.value) / (a.high - a.low), flip))
    return [flip for _, flip in sorted(found, key=lambda pair: pair[0])]


def _strongest(c: Comparison, row: Row) -> Data | None:
    """The assumption that moves a difference most."""
    if not c.assumptions or not c.assumptions.effects:
        return None
    effect = c.assumptions.strongest(row.outcome.name)[0]
    return {
        **_assumption(c, effect.assumption),
        "at_low": effect.at_low.get(row.outcome.name),
        "at_high": effect.at_high.get(row.outcome.name),
    }


# A day --------------------------------------------------------------------------------


def _average_day(c: Comparison, name: str) -> dict[str, float]:
    """Minutes of an average working day by category of the ledger."""
    estimate = c.result.estimate
    return {
        category.key: DAY
        * sum(sign * estimate(name, share).mean for share, sign in category.outcomes)
        for category in CATEGORIES
    }


def _day(c: Comparison, *days: dict[str, float]) -> list[Data]:
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


def _tuesday(c: Comparison, days: tuple[dict[str, float], ...]) -> Data | None:
    from tidsbruk import log

    result = c.result
    baseline, alternative = (
        log(
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


# Obligations --------------------------------------------------------------------------


def _obligations(c: Comparison) -> list[Data]:
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
    told["cost_per_year"] = [WEEKS * amount for amount in costs]
    return told | _difference(row)


def _imposers(c: Comparison) -> list[Data]:
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


# Settings and assumptions -------------------------------------------------------------


def _settings(c: Comparison) -> list[Data]:
    """The settings that differ; an item that one side lacks is one row."""
    sides = [c.result.scenarios[name] for name in (c.baseline, c.alternative)]
    paths = [set(side) for side in sides]
    items = [{_item(path) for path in side} for side in paths]
    rows: dict[str, Data] = {}
    for change in c.settings_that_differ:
        item = _item(change.path)
        has = [item in side for side in items]
        path = change.path if all(has) else item
        if path not in rows:
            told = sides[change.path not in paths[0]]
            rows[path] = _setting(path, change, has, told)
        _add_sources(rows[path], change)
        notes = [s.note(change.path) for s in sides]
        rows[path]["note"] = rows[path]["note"] or notes[1] or notes[0]
    return list(rows.values())


def _item(path: str) -> str:
    return ".".join(path.split(".")[:2])


def _setting(path: str, change: Change, has: list[bool], scenario: Scenario) -> Data:
    row: Data = {"path": path, "mechanism": _mechanism(path), "whole": not all(has)}
    row |= {"doc": "", "unit": "", "note": ""}
    if all(has):
        row["doc"] = _doc(scenario, path)
        row["unit"] = scenario.value(path).unit
    for i, side in enumerate(SIDES):
        row[side] = getattr(change, side) if all(has) else has[i]
        row[f"{side}_grade"] = []
        row[f"{side}_evidence"] = []
    return row


def _add_sources(row: Data, change: Change) -> None:
    for side in SIDES:
        for key in ("grade", "evidence"):
            known = row[f"{side}_{key}"]
            said = (getattr(change, f"{side}_{key}") or "").split()
            known += [word for word in said if word not in known]


def _assumption(c: Comparison, a: Assumption) -> Data:
    name = c.alternative if a.where == "alternative" else c.baseline
    scenario = c.result.scenarios[name]
    return {
        **a._asdict(),
        "doc": _doc(scenario, a.path),
        "note": scenario.note(a.path),
        "mechanism": _mechanism(a.path),
    }


def _doc(scenario: Scenario, path: str) -> str:
    """What a value means: of which item, and of a law's parameter, of which law."""
    parent, _, parameter = path.rpartition(".")
    first, *rest = path.split(".")
    try:
        scenario.value(parent + ".kind")
        doc = f"{scenario.value(parent).doc.rstrip('.')} ({parameter})."
    except ScenarioError:
        doc = scenario.value(path).doc
    if first in LISTS and len(rest) > 1:
        item = rest[0].replace("_", " ").capitalize()
        return f"{item}: {doc[:1].lower()}{doc[1:]}"
    return doc


def _assumptions(c: Comparison, a: Assumptions) -> Data:
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
        **_assumption(c, e.assumption),
        "headlines": {
            row.outcome.name: [
                end.get(HEADLINES[row.outcome.name].counted)
                for end in (e.at_low, e.at_high)
            ]
            for row in c.rows
            if row.is_headline
        },
    }


# The run ------------------------------------------------------------------------------


def _run(c: Comparison) -> Data:
    from tidsbruk import __version__

    result = c.result
    return {
        "version": __version__,
        "replications": result.replications,
        "weeks": result.weeks,
        "warmup": result.warmup,
        "seed": result.seed,
        "level": c.level,
        "estimand": c.estimand,
        "history": _side_of(c, c.result.names[0]),
        "command": _command(c),
    }


def _side_of(c: Comparison, name: str) -> str:
    """Which side of the page a scenario is, or its own name."""
    return dict(zip((c.baseline, c.alternative), SIDES, strict=True)).get(name, name)


def _command(c: Comparison) -> str:
    """The command that makes the page again; scenarios that are no presets are files."""
    words = ["tidsbruk", "report"]
    for side, name in zip(SIDES, (c.baseline, c.alternative), strict=True):
        words.append(_preset(c.result.scenarios[name]) or f"{side}.json")
    for option in ("replications", "weeks", "warmup", "seed"):
        words += [f"--{option}", str(getattr(c.result, option))]
    if c.estimand != "standing":
        words += ["--estimand", c.estimand]
    if c.assumptions:
        words += ["--assumptions", "--assumption-replications"]
        words.append(str(c.assumptions.replications))
    return shlex.join([*words, "-o", "page.html"])
