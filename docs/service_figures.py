"""Published figures of a service beside what comes out of its runs."""

import ast
import csv
import math
import operator
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.stats import t

ROOT = Path(__file__).parents[1]
KINDS = ("accounting", "prediction")
MAY = {"what", "evidence", "published", "definition", "outcome", "kind", "preset"}
MAY |= {"low", "high", "middle", "tolerance", "scale", "unit", "note"}
MUST = ("what", "evidence", "definition", "outcome", "kind")
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
}
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")


def evidence():
    """The rows of evidence.csv by id."""
    with open(ROOT / "lib/presets/evidence.csv", encoding="utf-8", newline="") as f:
        return {row["id"]: row for row in csv.DictReader(f)}


# ---- expressions -----------------------------------------------------------------------


def computed(expression, value_of):
    """Compute an expression of names with dots, numbers, + - * / and brackets."""

    def walk(node):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            return node.value
        if isinstance(node, ast.Name | ast.Attribute):
            return value_of(ast.unparse(node))
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            return OPERATORS[type(node.op)](walk(node.left), walk(node.right))
        if isinstance(node, ast.UnaryOp) and type(node.op) in OPERATORS:
            return OPERATORS[type(node.op)](walk(node.operand))
        raise ValueError(f"{expression!r} holds more than names, numbers and + - * /")

    return walk(ast.parse(expression, mode="eval").body)


def numbers(row, middle=False):
    """The numbers of a row of evidence: its bounds if it has both, else its values.

    With `middle` its values, whatever the bounds.
    """
    if row["lower"] and row["upper"] and not middle:
        return np.array([float(row["lower"]), float(row["upper"])])
    found = [float(n.replace(",", "")) for n in NUMBER.findall(row["value"])]
    if not found:
        raise ValueError(f"{row['id']}: there is no number in {row['value']!r}")
    return np.array(found)


def shift_minutes(scenario):
    """Mean length of a rostered shift: the working day of the unit."""
    shifts = scenario.to_dict().get("shifts", {})
    week = {
        name: sum(
            days * float(str(scenario[f"shifts.{name}.{on}"]))
            for on, days in (("weekdays", 5), ("saturdays", 1), ("sundays", 1))
        )
        for name in shifts
    }
    minutes = sum(
        n * float(str(scenario[f"shifts.{name}.minutes"])) for name, n in week.items()
    )
    return minutes / sum(week.values())


def setting_of(scenario, name):
    """What an expression may name of a scenario: `shift_minutes`, or a number's path."""
    if name == "shift_minutes":
        return shift_minutes(scenario)
    if name not in set(scenario):
        raise ValueError(f"{name!r} is neither an outcome nor a setting")
    return float(str(scenario[name]))


class Predicted(NamedTuple):
    """A figure of the model: over all worlds, by chance, and over the assumptions."""

    mean: float
    low: float
    high: float
    least: float
    most: float


def predicted(expression, result, name, effects):
    """Compute an expression of outcomes and settings.

    The interval (95 %) is by the jackknife over replications: outcomes are ratios of
    sums, and so may what is made of them be.
    """
    scenario = result.scenarios[name]

    def parts(outcome):
        return [
            np.asarray(result.column(name, outcome, p))
            for p in ("numerator", "denominator")
        ]

    def whole(outcome):
        if outcome not in result.outcomes:
            return setting_of(scenario, outcome)
        return ratio(*(p.sum() for p in parts(outcome)))

    def without(outcome):
        if outcome not in result.outcomes:
            return setting_of(scenario, outcome)
        return ratio(*(p.sum() - p for p in parts(outcome)))

    def at_end(there, a, end):
        """Values of names with one assumption at an end of its range."""
        moved = {}  # the scenario there, made when a setting is asked for

        def value_of(outcome):
            if outcome in there:
                return there[outcome]
            if not moved:
                whole = scenario.value(a.path).kind in ("count", "flag")
                moved[a] = scenario.replace({a.path: int(end) if whole else end})
            return setting_of(moved[a], outcome)

        return value_of

    n = result.replications
    mean = float(computed(expression, whole))
    left = np.broadcast_to(computed(expression, without), n)
    error = math.sqrt((n - 1) / n * float(np.sum((left - left.mean()) ** 2)))
    half = float(t.ppf(0.975, n - 1)) * error
    ends = [mean]
    for e in effects:
        a = e.assumption
        if a.where == "alternative":
            continue
        for there, end in ((e.baseline_at_low, a.low), (e.baseline_at_high, a.high)):
            if there:
                ends.append(float(computed(expression, at_end(there, a, end))))
    return Predicted(mean, mean - half, mean + half, min(ends), max(ends))


def ratio(numerator, denominator):
    """A ratio of sums, 0 where there is nothing to divide by."""
    divisor = np.where(denominator == 0, 1, denominator)
    return np.where(denominator == 0, 0, numerator) / divisor


# ---- what was published ----------------------------------------------------------------


def published(figure, rows):
    """The lowest and the highest published value, in the unit of the row."""
    known = figure["evidence"].split()
    for row in known:
        if row not in rows:
            raise ValueError(f"{figure['what']}: {row} is not in evidence.csv")
    if "published" in figure:
        found = np.atleast_1d(
            computed(figure["published"], lambda row: numbers(rows[row]))
        )
    else:
        middle = figure.get("middle", False)
        found = np.concatenate([numbers(rows[row], middle) for row in known])
    low = figure.get("low", float(found.min()))
    high = figure.get("high", float(found.max()))
    return low, high


def checked(figure, rows):
    """A figure of a service's file, or what is wrong with it."""
    name = figure.get("what", "a figure")
    missing = [key for key in MUST if not figure.get(key)]
    if missing:
        raise ValueError(f"{name}: it has no {', '.join(missing)}")
    if set(figure) - MAY:
        raise ValueError(f"{name}: unknown {', '.join(sorted(set(figure) - MAY))}")
    if figure["kind"] not in KINDS:
        raise ValueError(f"{name}: its kind is none of {', '.join(KINDS)}")
    low, high = published(figure, rows)
    if low == high and "tolerance" not in figure:
        raise ValueError(f"{name}: one figure alone needs a tolerance")
    return figure


class Range(NamedTuple):
    """What a prediction may be, and what was published within it."""

    low: float
    high: float
    told: str


def told_range(figure, rows):
    """The range to hit, and what was published in words."""
    low, high = published(figure, rows)
    unit = figure.get("unit", rows[figure["evidence"].split()[0]]["unit"])
    words = f"{low:.4g}" if low == high else f"{low:.4g} to {high:.4g}"
    if figure.get("low") == 0:
        words = f"below {high:.4g}"
    give = figure.get("tolerance", 0)
    told = f"{words} {unit}".strip() + (f", give or take {give:g}" if give else "")
    return Range(low - give, high + give, told)


def scale_of(figure, rows):
    """From the unit of the outcome to that of the row: shares become per cent."""
    row = rows[figure["evidence"].split()[0]]
    return figure.get("scale", 100 if figure.get("unit", row["unit"]) == "%" else 1)


# ---- verdicts --------------------------------------------------------------------------


def verdict(kind, target, p):
    """What the numbers say, in plain words; see the key on the page."""
    if target.low <= p.mean <= target.high:
        return "agrees, as it was put in" if kind == "accounting" else "inside"
    low = p.mean < target.low
    far = target.low - p.mean if low else p.mean - target.high
    words = f"too {'low' if low else 'high'} by {three(far)}"
    if p.low <= target.high and p.high >= target.low:
        return f"at the edge: {words}, which chance could make up"
    if p.least <= target.high and p.most >= target.low:
        return f"outside: {words}; one assumption within its range makes it up"
    return f"outside: {words}; no single assumption makes it up"


def is_inside(words):
    """Whether a verdict is a good one."""
    return words.startswith(("agrees", "inside"))


def three(value):
    """A number with three digits, or all before the point."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:.{digits}f}"
