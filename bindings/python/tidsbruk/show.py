"""How results look in a terminal and in a notebook."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from tidsbruk.assumptions import Assumptions
    from tidsbruk.compare import Comparison, Row
    from tidsbruk.result import Interval, Outcome, Result

PLAIN_WIDTH = 160  # where there is no terminal that says how wide it is


def console(*, stderr: bool = False) -> Console:
    """Make a console as wide as its terminal; NO_COLOR is honoured by rich."""
    from rich.console import Console

    made = Console(stderr=stderr, highlight=False)
    if not made.is_terminal:
        made.width = PLAIN_WIDTH
    return made


def plain_text(shown: Any) -> str:
    """Render what rich would show, without colours."""
    from io import StringIO

    from rich.console import Console

    out = StringIO()
    Console(file=out, width=PLAIN_WIDTH, no_color=True, highlight=False).print(shown)
    return out.getvalue().rstrip("\n")


def number(unit: str, value: float | None, *, signed: bool = False) -> str:
    """Write a number in its unit: shares as percentages, others with four digits."""
    if value is None or not math.isfinite(value):
        return "-"
    sign = "+" if signed and value else ""
    if unit == "share":
        return f"{100 * value:{sign}.2f}"
    digits = max(0, 3 - math.floor(math.log10(abs(value)))) if value else 0
    return f"{value:{sign}.{min(digits, 6)}f}"


def unit_text(unit: str) -> str:
    """Name the unit that `number` writes."""
    return "%" if unit == "share" else unit


def told(c: Comparison) -> list[Row]:
    """The rows that people want: without outcomes that are zero in both scenarios."""
    return [row for row in c.rows if row.is_headline or row.baseline or row.alternative]


def estimate_text(outcome: Outcome, i: Interval) -> str:
    """Write an estimate with its interval."""
    low, high = number(outcome.unit, i.low), number(outcome.unit, i.high)
    return f"{number(outcome.unit, i.mean)} [{low}, {high}]"


def difference_text(row: Row) -> str:
    """Write a difference with its interval."""
    unit, d = row.outcome.unit, row.difference
    mean, low, high = (number(unit, x, signed=True) for x in (d.mean, d.low, d.high))
    return f"{mean} [{low}, {high}]"


def range_text(row: Row) -> str:
    """Write the assumption range of a difference."""
    if row.assumption_low is None:
        return ""
    ends = (row.assumption_low, row.assumption_high)
    return " to ".join(number(row.outcome.unit, end, signed=True) for end in ends)


def verdict(row: Row) -> str:
    """Say whether the difference is good, bad, or neither for somebody."""
    sure = row.difference.low > 0 or row.difference.high < 0
    if not sure:
        return "unclear"
    if not row.outcome.better:
        return "higher" if row.difference.mean > 0 else "lower"
    return "better" if (row.difference.mean > 0) == (row.outcome.better > 0) else "worse"


def collapsed(c: Comparison) -> list[tuple[str, str, str, str]]:
    """Rows of path, values and grades; an item that one side lacks is one row."""
    sides = [c.result.scenarios[name] for name in (c.baseline, c.alternative)]
    items = [{_item(path) for path in side} for side in sides]
    rows: dict[str, list[Any]] = {}
    for change in c.settings_that_differ:
        item = _item(change.path)
        has = [item in side for side in items]
        path = change.path if all(has) else item
        values = [_plain(change.baseline), _plain(change.alternative)]
        if not all(has):
            values = ["present" if there else "-" for there in has]
        row = rows.setdefault(path, [*values, set(), set()])
        row[2].add(change.baseline_grade)
        row[3].add(change.alternative_grade)
    return [(path, a, b, _grades(m, n)) for path, (a, b, m, n) in rows.items()]


def _item(path: str) -> str:
    return ".".join(path.split(".")[:2])


def _grades(baseline: set[str | None], alternative: set[str | None]) -> str:
    """Name the grades of both sides, once where they are the same."""
    sides = [", ".join(sorted(g for g in side if g)) for side in (baseline, alternative)]
    return " / ".join(dict.fromkeys(side for side in sides if side))


def _plain(value: float | int | bool | str | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def footnotes(comparison: Comparison) -> list[str]:
    """Say what a reader must know to read the table rightly."""
    c, notes = comparison, []
    notes.append(
        f"{c.result.replications} paired replications of {c.result.weeks} weeks after "
        f"{c.result.warmup} weeks of warm-up, each under its own rules; "
        f"seed {c.result.seed}. Intervals: {100 * c.level:g} %, joint "
        "over the three headlines, else pointwise. Differences of "
        "percentages are in points."
    )
    hidden = len(c.rows) - len(told(c))
    if hidden:
        notes.append(f"{hidden} outcomes that are zero in both scenarios are not shown.")
    for name in (c.baseline, c.alternative):
        load = c.result.offered_load(name)
        if load >= 1:
            notes.append(
                f"{name}: offered load {load:.2f}: no steady state, this holds for this "
                "horizon only."
            )
    if c.assumptions:
        notes.append(
            f"Assumption range: with each of {len(c.assumptions.effects)} assumed values "
            "alone at the ends of its range."
        )
        if c.assumptions.skipped:
            notes.append(
                f"{len(c.assumptions.skipped)} ends of ranges cannot be: left out."
            )
    else:
        notes.append(
            "The intervals hold for the settings as they are; assumptions can move more."
        )
    return notes


# rich ---------------------------------------------------------------------------------


def rich_result(result: Result) -> Any:
    """Table of every outcome of every scenario."""
    from rich.table import Table

    table = Table(title=repr(result)[1:-1], title_justify="left")
    for header in ("outcome", *result.names, "unit"):
        table.add_column(header, justify="right" if header in result.names else "left")
    for o in result.outcomes.values():
        estimates = (result.estimate(name, o.name) for name in result.names)
        table.add_row(
            o.name, *(_safe(estimate_text(o, e)) for e in estimates), unit_text(o.unit)
        )
    return table


def rich_comparison(c: Comparison) -> Any:
    """Tables of outcomes, assumptions and settings."""
    from rich.console import Group

    parts = [_outcomes(c)]
    if c.assumptions and c.assumptions.effects:
        parts.append(_strongest(c, c.assumptions))
    parts.append(_settings(c))
    return Group(*parts, *footnotes(c))


def _safe(text: str) -> str:
    from rich.markup import escape as rich_escape

    return rich_escape(text)


def _outcomes(c: Comparison) -> Any:
    from rich.table import Table

    title = f"{_safe(c.alternative)} against {_safe(c.baseline)}"
    table = Table(title=title, title_justify="left")
    table.add_column("outcome", overflow="fold")
    for header in (_safe(c.baseline), _safe(c.alternative), "difference"):
        table.add_column(header, justify="right", overflow="fold")
    if c.assumptions:
        table.add_column("assumption range", justify="right")
    table.add_column("unit")
    table.add_column("")
    colours = {"better": "green", "worse": "red"}
    rows = told(c)
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        u, says = row.outcome.unit, verdict(row)
        cells = [row.outcome.name, number(u, row.baseline), number(u, row.alternative)]
        cells.append(_safe(difference_text(row)))
        if c.assumptions:
            cells.append(range_text(row))
        cells += [
            unit_text(u),
            f"[{colours[says]}]{says}[/]" if says in colours else says,
        ]
        style, ends = "bold" if row.is_headline else "", _ends(row, following)
        table.add_row(*cells, style=style, end_section=ends)
    return table


def _ends(row: Row, following: Row | None) -> bool:
    """Whether a family of outcomes ends with this row."""
    if following is None or following.is_headline:
        return False
    families = [r.outcome.name.split(".")[0] for r in (row, following)]
    return row.is_headline or families[0] != families[1]


def _strongest(c: Comparison, a: Assumptions, count: int = 10) -> Any:
    from rich.table import Table

    heads = [row for row in c.rows if row.is_headline]
    table = Table(
        title="What single assumptions do to the differences", title_justify="left"
    )
    for header in ("assumption", "in", "range"):
        table.add_column(header, overflow="fold")
    for row in heads:
        table.add_column(row.outcome.name, justify="right")
    order = a.strongest(heads[0].outcome.name) if heads else a.effects
    for effect in order[:count]:
        x = effect.assumption
        cells = [x.path, x.where, f"{x.low:g} to {x.high:g} {x.unit}"]
        for row in heads:
            ends = (e.get(row.outcome.name) for e in (effect.at_low, effect.at_high))
            cells.append(
                " to ".join(number(row.outcome.unit, e, signed=True) for e in ends)
            )
        table.add_row(*cells)
    return table


def _settings(c: Comparison) -> Any:
    from rich.table import Table

    table = Table(title="Settings that differ", title_justify="left")
    for header in ("path", _safe(c.baseline), _safe(c.alternative), "grade"):
        table.add_column(header)
    for cells in collapsed(c):
        table.add_row(*map(_safe, cells))
    return table


# HTML ---------------------------------------------------------------------------------


def html_table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Make a table of text; everything is escaped."""
    head = "".join(f"<th>{escape(h)}</th>" for h in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def html_comparison(c: Comparison) -> str:
    """Tables of outcomes and of settings, for a notebook."""
    header = [
        "outcome",
        c.baseline,
        c.alternative,
        "difference",
        "assumption range",
        "unit",
        "",
    ]
    rows = [
        (
            row.outcome.name,
            number(row.outcome.unit, row.baseline),
            number(row.outcome.unit, row.alternative),
            difference_text(row),
            range_text(row),
            unit_text(row.outcome.unit),
            verdict(row),
        )
        for row in told(c)
    ]
    settings = collapsed(c)
    notes = "".join(f"<p>{escape(note)}</p>" for note in footnotes(c))
    return (
        html_table(f"{c.alternative} against {c.baseline}", header, rows)
        + html_table(
            "Settings that differ",
            ("path", c.baseline, c.alternative, "grade"),
            settings,
        )
        + notes
    )
