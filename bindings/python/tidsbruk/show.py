"""How results look in a terminal and in a notebook."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any

from tidsbruk.compare import CASES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from tidsbruk.assumptions import Assumptions
    from tidsbruk.compare import Comparison, Row
    from tidsbruk.design import Factorial
    from tidsbruk.result import Interval, Outcome, Result
    from tidsbruk.value import Plain

# What a table shows beside the three headlines, unless everything is asked for.
MATTER = (
    "time.direct_needed_share",
    "time.direct_hours",
    "time.records_share",
    "time.meetings_share",
    "time.dialogue_share",
    "time.travel_share",
    "time.idle_share",
    "citizen.delivered_hours",
    "citizen.missed_share",
    "citizen.late_share",
    "citizen.carers_14d_daily",
    "staff.overtime_hours",
    "staff.absence_share",
    "staff.strain",
    "money.wages",
    "money.per_direct_hour",
    "money.records",
)
# Rates, and the same in the whole unit: hours of care, cases of harm.
UNIT_BESIDE = {
    "time.direct_share": "time.direct_hours",
    "time.direct_needed_share": "time.direct_needed_hours",
    "control.undetected_harm": CASES,
}
LONGEST = 34  # name of an outcome that a narrow terminal has room for
DUTY_CHANGED, VISITS_CHANGED = "time on duty changed", "visits changed"
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


def number(
    unit: str, value: float | None, *, signed: bool = False, decimals: int = 2
) -> str:
    """Write a number in its unit: shares as percentages, others with four digits."""
    if value is None or not math.isfinite(value):
        return "-"
    sign = "+" if signed and value else ""
    if unit == "share":
        return f"{100 * value:{sign}.{decimals}f}"
    digits = max(0, 3 - math.floor(math.log10(abs(value)))) if value else 0
    return f"{value:{sign}.{min(digits, 4)}f}"


def unit_text(unit: str) -> str:
    """Name the unit that `number` writes."""
    return "%" if unit == "share" else unit


def told(c: Comparison, *, every: bool = True) -> list[Row]:
    """The rows that people want: without outcomes that are zero in both scenarios."""
    if not every:
        head = [row for row in c.rows if row.is_headline]
        matter = [name for name in MATTER if name in c.result.outcomes]
        matter = [name for name in matter if name not in c.headlines]
        if not c.result.currency:
            matter = [name for name in matter if not name.startswith("money.")]
        return head + [c[name] for name in matter]
    return [row for row in c.rows if row.is_headline or row.baseline or row.alternative]


def _joint(headlines: int) -> str:
    """Say which intervals hold jointly."""
    words = {2: "two", 3: "three", 4: "four", 5: "five"}
    if headlines == 1:
        return ""
    return f"joint over the {words.get(headlines, headlines)} headlines, "


def estimate_text(outcome: Outcome, i: Interval) -> str:
    """Write an estimate with its interval."""
    mean = number(outcome.unit, i.mean)
    if i.n < 2:
        return mean
    return f"{mean} [{number(outcome.unit, i.low)}, {number(outcome.unit, i.high)}]"


def difference_text(row: Row) -> str:
    """Write a difference."""
    mean = row.difference.mean
    return number(row.outcome.unit, mean, signed=True, decimals=_decimals(row))


def interval_text(row: Row) -> str:
    """Write the interval of a difference; one world has none."""
    unit, d, decimals = row.outcome.unit, row.difference, _decimals(row)
    if d.n < 2:
        return "-"
    ends = (number(unit, e, signed=True, decimals=decimals) for e in (d.low, d.high))
    return f"[{', '.join(ends)}]"


def _decimals(row: Row) -> int:
    """Two for points of a share; more where a sure difference is too small for two."""
    near = 100 * min(abs(row.difference.low), abs(row.difference.high))
    if not _is_sure(row) or not near:
        return 2
    return min(max(math.ceil(-math.log10(2 * near)), 2), 5)


def range_text(row: Row) -> str:
    """Write the assumption range of a difference."""
    if row.assumption_low is None:
        return ""
    ends = (row.assumption_low, row.assumption_high)
    return " to ".join(number(row.outcome.unit, end, signed=True) for end in ends)


def _is_sure(row: Row) -> bool:
    return row.difference.low > 0 or row.difference.high < 0


def verdict(c: Comparison, row: Row) -> str:
    """Say whether the difference is good, bad, or neither for somebody.

    A rate is neither when what it counts does not move with it in the whole unit.
    """
    if not _is_sure(row):
        return "unclear"
    up = row.difference.mean > 0
    beside = UNIT_BESIDE.get(row.outcome.name)
    if beside in c.result.outcomes:
        whole = c[beside]
        if not _is_sure(whole) or (whole.difference.mean > 0) != up:
            return VISITS_CHANGED if beside == CASES else DUTY_CHANGED
    if not row.outcome.better:
        return "higher" if up else "lower"
    return "better" if up == (row.outcome.better > 0) else "worse"


def rate_notes(c: Comparison) -> list[str]:
    """Say of each rate that moved without what it counts in the unit what did move."""
    notes = []
    for rate, whole in UNIT_BESIDE.items():
        says = verdict(c, c[rate]) if rate in c.result.outcomes else ""
        if says not in (DUTY_CHANGED, VISITS_CHANGED):
            continue
        words = ("share", "time on duty", "care")
        if says == VISITS_CHANGED:
            words = ("rate", "the number of visits", "the number of cases")
        what, moved, counted = words
        how = "moved the other way" if _is_sure(c[whole]) else "did not change clearly"
        notes.append(
            f"{rate}: the {what} moved because {moved} did; "
            f"{counted} itself ({whole}) {how}."
        )
    return notes


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


def _plain(value: Plain) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return " ".join(f"{number:g}" for number in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def estimand_text(result: Result) -> str:
    """What is compared, in words, with its name."""
    if result.estimand == "switch":
        return f"all under the rules of {result.names[0]} (estimand switch)"
    return "each under its own rules (estimand standing)"


def money_notes(c: Comparison) -> list[str]:
    """Say what full-time posts and money mean here."""
    base = c.result.scenarios[c.baseline]
    hours, weeks = (base[f"money.full_time_{part}"] for part in ("hours", "weeks"))
    told = f"A full-time equivalent is {hours:g} h in {weeks:g} of 52 weeks a year."
    if c.result.currency:
        told += (
            f" Money: {c.result.currency}; wages with on-costs, "
            "records with overhead besides; a year is 52 weeks."
        )
    return [told]


def footnotes(
    comparison: Comparison, *, every: bool = True, rest: str = "tidsbruk compare --all"
) -> list[str]:
    """Say what a reader must know to read the table; `rest` shows what it lacks."""
    c, notes = comparison, rate_notes(comparison)
    notes.append(
        f"{c.result.replications} paired replications of {c.result.weeks} weeks after "
        f"{c.result.warmup} weeks of warm-up, {estimand_text(c.result)}; "
        f"seed {c.result.seed}. Differences of percentages are in points."
    )
    if c.result.ending == "cut short":
        notes.append("The run was stopped before all its replications were done.")
    elif c.result.ending != "planned":
        met = "met" if c.result.ending == "precise" else "not met: the cap ended the run"
        notes.append(f"Precision asked for: {met}; hardest was {c.result.hardest}.")
    if c.result.replications < 2:
        notes.append("By chance: no interval from one world.")
    else:
        notes.append(
            f"By chance: {100 * c.level:g} % intervals, {_joint(len(c.headlines))}"
            "else pointwise."
        )
    hidden = len(c.rows) - len(told(c, every=every))
    if hidden and not every:
        notes.append(f"{hidden} other outcomes are not shown: {rest}.")
    elif hidden:
        notes.append(f"{hidden} outcomes that are zero in both scenarios are not shown.")
    notes += money_notes(c)
    for name in (c.baseline, c.alternative):
        load = c.result.offered_load(name)
        if load >= 1:
            notes.append(
                f"{name}: offered load {load:.2f}: more is asked than time on duty "
                "allows; queues grow or visits are missed; it holds for this horizon "
                "only."
            )
    if c.assumptions:
        notes.append(
            "By assumed values: the assumption range, with each of "
            f"{len(c.assumptions.effects)} assumed values alone at the ends of its range."
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
    table = _table(title=repr(result)[1:-1])
    table.caption = _safe(
        f"After {result.warmup} weeks of warm-up, {estimand_text(result)}. "
        f"{100 * 0.95:g} % intervals, each for itself (pointwise)."
    )
    table.caption_justify = "left"
    table.add_column("outcome", no_wrap=True)
    for name in result.names:
        table.add_column(_safe(name), justify="right", overflow="fold")
    for o in result.outcomes.values():
        estimates = (result.estimate(name, o.name) for name in result.names)
        table.add_row(_named(o, 40), *(_safe(estimate_text(o, e)) for e in estimates))
    return table


def _table(title: str) -> Any:
    """Make a table that leaves room for what it holds."""
    from rich import box
    from rich.table import Table

    return Table(
        title=title,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )


def _named(outcome: Outcome, width: int) -> str:
    """Name an outcome with its unit, below it where there is no room behind it."""
    name, unit = outcome.name, unit_text(outcome.unit)
    if name.endswith(f".{unit}"):
        return name
    first, of, role = name.partition(".role.")
    if of:
        return f"{first}\n{of}{role} [dim]{unit}[/]"
    if len(name) > LONGEST:
        family, _, part = name.rpartition(".")
        name = f"{family}.\n{part}"
    between = " " if len(name) + len(unit) < width else "\n"
    return f"{name}{between}[dim]{unit}[/]"


def rich_comparison(c: Comparison, *, every: bool = False) -> Any:
    """Tables of outcomes, assumptions and settings."""
    from rich.console import Group

    parts: list[Any] = [_outcomes(c, every=every), *rate_notes(c), ""]
    parts += [_measures(c), ""] if c.measures else []
    if c.assumptions and c.assumptions.effects:
        parts += [_strongest(c, c.assumptions), ""]
    parts += [_settings(c), ""]
    notes = footnotes(c, every=every)
    return Group(*parts, *map(_safe, notes[len(rate_notes(c)) :]))


def _safe(text: str) -> str:
    from rich.markup import escape as rich_escape

    return rich_escape(text)


def _outcomes(c: Comparison, *, every: bool) -> Any:
    rows = told(c, every=every)
    table = _table(f"{_safe(c.alternative)} against {_safe(c.baseline)}")
    table.add_column("outcome", no_wrap=True)
    for name in (c.baseline, c.alternative):
        table.add_column(_safe(_short(name)), justify="right", overflow="fold")
    for header in ("change", "by chance"):
        table.add_column(header, justify="right", overflow="fold")
    if c.assumptions:
        table.add_column("by assumed values", justify="right", overflow="fold")
    table.add_column("", overflow="fold")
    colours = {"better": "green", "worse": "red"}
    names = [row.outcome.name.partition(".role.")[0] for row in rows]
    width = min(max(map(len, names)), LONGEST) + 1
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        u, says = row.outcome.unit, verdict(c, row)
        cells = [_named(row.outcome, width)]
        cells += [number(u, row.baseline), number(u, row.alternative)]
        cells += [difference_text(row), _safe(interval_text(row))]
        if c.assumptions:
            cells.append(range_text(row))
        cells.append(f"[{colours[says]}]{says}[/]" if says in colours else says)
        style, ends = "bold" if row.is_headline else "", _ends(row, following)
        table.add_row(*cells, style=style, end_section=ends)
    return table


def measure_rows(c: Comparison) -> tuple[list[str], list[tuple[str, ...]]]:
    """Head and rows of the headlines in other measures."""
    from tidsbruk.result import UNMET_HOURS, UNMET_SHARE

    money = c.result.currency
    header = ["change of", "min per\n7.5 h day", "full-time\nequivalents"]
    if money:
        header.append(f"1,000 {money}\na year")
    header.append("cases\na year")
    rows = []
    for m in c.measures:
        name = m.outcome.name.partition(".")[2].removesuffix("_share").replace("_", " ")
        if m.outcome.name in (UNMET_SHARE, UNMET_HOURS) and c._with_calls:
            name += ", calls\nincluded"
        cells = [name, _spread(m.per_day), _spread(m.posts)]
        if money:
            cells.append(_spread(m.money, 1 / 1000))
        rows.append((*cells, _spread(m.cases)))
    return header, rows


def _spread(i: Interval | None, scale: float = 1) -> str:
    """Write a change with its interval, with the decimals that its size deserves."""
    if i is None:
        return ""
    ends = [scale * end for end in (i.mean, i.low, i.high)]
    most = max(abs(end) for end in ends if math.isfinite(end))
    digits = 2 if most < 1 else 1 if most < 100 else 0
    mean, low, high = (f"{end:+,.{digits}f}" for end in ends)
    return mean if i.n < 2 else f"{mean} [{low}, {high}]"


def _for_html(
    header: list[str], rows: list[tuple[str, ...]]
) -> tuple[list[str], list[tuple[str, ...]]]:
    return [head.replace("\n", " ") for head in header], rows


def _html_measures(c: Comparison) -> str:
    if not c.measures:
        return ""
    return html_table("The headlines in other measures", *_for_html(*measure_rows(c)))


def _measures(c: Comparison) -> Any:
    table = _table("The headlines in other measures")
    header, rows = measure_rows(c)
    for i, head in enumerate(header):
        table.add_column(_safe(head), justify="right" if i else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(_safe, row))
    return table


def _short(name: str) -> str:
    """The last part of a name, for the head of a column; the title has all of it."""
    return name.rpartition("/")[2] or name


def _ends(row: Row, following: Row | None) -> bool:
    """Whether a family of outcomes ends with this row."""
    if following is None or following.is_headline:
        return False
    families = [r.outcome.name.split(".")[0] for r in (row, following)]
    return row.is_headline or families[0] != families[1]


def _strongest(c: Comparison, a: Assumptions, count: int = 10) -> Any:
    heads = [row for row in c.rows if row.is_headline]
    table = _table("What single assumptions do to the differences")
    table.add_column("assumption", no_wrap=True)
    for row in heads:
        words = row.outcome.name.partition(".")[2].removesuffix("_share")
        table.add_column(words.replace("_", " "), justify="right", overflow="fold")
    order = a.strongest(heads[0].outcome.name) if heads else a.effects
    for effect in order[:count]:
        x = effect.assumption
        said = f"{x.low:g} to {x.high:g} {x.unit}".rstrip()
        cells = [f"{_safe(x.path)}\n[dim]{_safe(x.where)}: {_safe(said)}[/]"]
        for row in heads:
            ends = (e.get(row.outcome.name) for e in (effect.at_low, effect.at_high))
            cells.append(
                " to ".join(number(row.outcome.unit, e, signed=True) for e in ends)
            )
        table.add_row(*cells)
    return table


def _settings(c: Comparison) -> Any:
    table = _table("Settings that differ")
    table.add_column("path", no_wrap=True)
    for header in (_safe(_short(c.baseline)), _safe(_short(c.alternative)), "grade"):
        table.add_column(header, overflow="fold")
    for cells in collapsed(c):
        table.add_row(*map(_safe, cells))
    return table


def effect_rows(design: Factorial) -> tuple[list[str], list[tuple[str, ...]]]:
    """Effects of a factorial design on the headlines, as a header and rows of text."""
    from tidsbruk.result import HEADLINES

    header, columns = ["factor", "level"], []
    for name in HEADLINES:
        outcome = design.result.outcomes[name]
        header.append(f"{name}, {unit_text(outcome.unit)}")
        columns.append([effect_text(outcome, e.interval) for e in design.effects(name)])
    names = [(e.factor, e.level) for e in design.effects(HEADLINES[0])]
    rows = [(*name, *cells) for name, *cells in zip(names, *columns, strict=True)]
    return header, rows


def effect_text(outcome: Outcome, i: Interval) -> str:
    """A change with its interval."""
    mean, low, high = (
        number(outcome.unit, value, signed=True) for value in (i.mean, i.low, i.high)
    )
    return f"{mean} [{low}, {high}]"


def rich_effects(design: Factorial) -> Any:
    """What each factor does to the headlines."""
    header, rows = effect_rows(design)
    table = _table(repr(design)[1:-1])
    for name in header:
        table.add_column(
            _safe(name), justify="left" if len(table.columns) < 2 else "right"
        )
    for row in rows:
        table.add_row(*map(_safe, row))
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
        "by chance",
        *(["assumption range"] if c.assumptions else []),
        "unit",
        "",
    ]
    rows = [
        (
            row.outcome.name,
            number(row.outcome.unit, row.baseline),
            number(row.outcome.unit, row.alternative),
            difference_text(row),
            interval_text(row),
            *([range_text(row)] if c.assumptions else []),
            unit_text(row.outcome.unit),
            verdict(c, row),
        )
        for row in told(c, every=False)
    ]
    settings = collapsed(c)
    said = footnotes(c, every=False, rest="to_pandas()")
    notes = "".join(f"<p>{escape(note)}</p>" for note in said)
    return (
        html_table(f"{c.alternative} against {c.baseline}", header, rows)
        + _html_measures(c)
        + html_table(
            "Settings that differ",
            ("path", c.baseline, c.alternative, "grade"),
            settings,
        )
        + notes
    )
