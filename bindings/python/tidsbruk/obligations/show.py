"""How a list of duties looks in a terminal and in a notebook."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any

from tidsbruk.show import _safe, _table, html_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidsbruk.obligations.removal import Duties, Removal
    from tidsbruk.obligations.table import DutyTable, DutyTime
    from tidsbruk.result import Interval

HEADS = (
    "duty",
    "paper\nhours",
    "paper\ncost",
    "to care\nhours",
    "by chance",
    "of\npaper",
)
GOES = (
    "duty",
    "takes\nhours",
    "care",
    "develop-\nment",
    "gaps",
    "less\nduty",
    "other\nwork",
    "unmet\nneed",
    "harm",
)
OWN = "citizens'\nown hours"  # a column where there are any


def hours(value: float, *, signed: bool = False) -> str:
    """Write hours of a year: whole, one decimal below 10."""
    if not math.isfinite(value):
        return "-"
    digits = 0 if abs(value) >= 9.95 else 1
    text = f"{value:{'+' if signed else ''},.{digits}f}"
    return text.lstrip("+-") if not text.strip("+-0.,") else text


def thousands(value: float) -> str:
    """Write money in thousands."""
    return hours(value / 1000) if math.isfinite(value) else "-"


def is_clear(i: Interval) -> bool:
    """Whether an interval leaves out 0; one replication has none."""
    return i.n > 1 and (i.low > 0 or i.high < 0)


def change(i: Interval, value: float | None = None) -> str:
    """Write a change; in brackets where chance alone may make it."""
    text = hours(i.mean if value is None else value, signed=True)
    return text if is_clear(i) else f"({text})"


def interval(i: Interval) -> str:
    """Write the ends of a change."""
    if i.n < 2:
        return "-"
    return f"[{hours(i.low, signed=True)}, {hours(i.high, signed=True)}]"


def _share(r: Removal) -> str:
    if not math.isfinite(r.returned):
        return "-"
    text = f"{100 * r.returned + 0.0:.0f} %".replace("-0 %", "0 %")
    return text if is_clear(r.direct) else f"({text})"


def _paper(r: Removal) -> list[str]:
    return [
        hours(r.paper_hours),
        thousands(r.paper_cost),
        change(r.direct),
        interval(r.direct),
        _share(r),
    ]


def _goes(r: Removal) -> list[str]:
    return [
        hours(r.took_hours),
        change(r.direct),
        hours(r.development, signed=True),
        hours(r.gaps, signed=True),
        hours(r.overtime, signed=True),
        hours(r.other_work, signed=True),
        change(r.unmet),
        change(r.harm, r.harm_cases),
    ]


def _goes_heads(d: Duties) -> tuple[str, ...]:
    return (*GOES, OWN) if _asks_citizens(d) else GOES


def _goes_of(d: Duties) -> Callable[[Removal], list[str]]:
    if not _asks_citizens(d):
        return _goes
    return lambda r: [*_goes(r), hours(r.citizen_hours, signed=True)]


def _asks_citizens(d: Duties) -> bool:
    return any(r.citizen_hours for r in d.rows)


def sections(d: Duties) -> list[tuple[Removal, list[Removal]]]:
    """The duties by who imposes them, and what all of theirs come to."""
    return [
        (group, [r for r in d.rows if r.imposed_by == group.imposed_by])
        for group in sorted(d.groups, key=lambda g: -g.paper_hours)
    ]


def answer(d: Duties) -> str:
    """Tell in a few sentences what the largest of the totals comes to."""
    r = d.totals[-1]
    some = "this duty costs" if len(r.duties) == 1 else f"{len(r.duties)} duties cost"
    money = f" ({thousands(r.paper_cost)} thousand {d.currency})" if d.currency else ""
    told = f"On paper {some} {hours(r.paper_hours)} hours a year{money}. "
    if is_clear(r.direct):
        moved = "more" if r.direct.mean > 0 else "fewer"
        told += (
            f"When all go, citizens get {hours(abs(r.direct.mean))} {moved} of them "
            f"{interval(r.direct)}; "
        )
    else:
        told += f"When all go, care does not change clearly {interval(r.direct)}; "
    return told + (
        f"{hours(r.development)} become development work in longer gaps, "
        f"{hours(r.gaps)} shorter gaps and breaks, {hours(r.overtime)} are no longer "
        "worked."
    )


def limited(d: Duties) -> str:
    """Tell in a line why little or much comes back."""
    has = d.limits
    told = f"What limits care: {100 * has.gaps:.0f} % of time on duty is gaps"
    if not has.visits:
        return f"{told}; calls take what they need."
    told += (
        f", {100 * has.missed:.1f} % of visits are missed, {100 * has.unmet:.0f} % of "
        "need is unmet; "
    )
    if has.granted:
        return told + (
            "the grant decides what a visit takes, so that freed time is care only where "
            "visits are missed or cut short."
        )
    if has.cut:
        return told + (
            "visits take what they need until time presses, which cuts them short: freed "
            "time is care where visits are missed or cut short."
        )
    return told + "visits take what they need."


def explained(d: Duties) -> list[str]:
    """Say what a reader must know to read the tables rightly."""
    r = d.result
    told = [
        *d.notes,
        f"A year of 52 weeks, whole unit. {r.replications} paired worlds of {r.weeks} "
        f"weeks after {r.warmup} of warm-up, seed {r.seed}; "
        f"{100 * d.level:g} % intervals, each for itself. In brackets: chance alone may "
        "make it.",
        "Paper: frequency x minutes, entries for other receivers included; cost by the "
        "Standard Cost Model"
        + (f", in thousands of {d.currency}." if d.currency else " (no wage is set)."),
        "To care: change of hours with citizens when the duty goes. Takes: its hours as "
        "simulated = care + development (longer gaps) + gaps (with breaks) + less duty "
        "(overtime that is not worked) + other work. Unmet need in hours; harm in cases "
        "that nobody finds. Who imposes a duty could abolish it.",
        *(
            [
                "Citizens' own hours: change of the time that records take of citizens; "
                "no working time."
            ]
            if _asks_citizens(d)
            else []
        ),
        "When several go at once the effects need not add up: the totals are runs of "
        "their own.",
    ]
    if r.replications < 2:
        told.append("One world has no interval.")
    return told


def beside(d: Duties) -> list[str]:
    """Say how many duties nobody listed are still there; nothing where there are none."""
    if not d.kept:
        return []
    kept, listed = len(d.kept), sum(m.row is not None for m in d.mapping)
    told = (
        "1 duty of the preset was" if kept == 1 else f"{kept} duties of the preset were"
    )
    return [
        f"{told} kept beside the {listed} of the list; if the list is complete, use "
        "--replace (in Python replace=True)."
    ]


def rich_duties(d: Duties) -> Any:
    """Tables: how the list was read, paper against care, where the time goes."""
    from rich.console import Group

    return Group(
        _read(d),
        *map(_safe, beside(d)),
        "",
        _safe(answer(d)),
        "",
        _section_table(d, "On paper, and what comes back to citizens", HEADS, _paper),
        _safe(limited(d)),
        "",
        _section_table(d, "Where the freed hours go", _goes_heads(d), _goes_of(d)),
        "",
        *map(_safe, explained(d)),
    )


def _read(d: Duties) -> Any:
    named = [m for m in d.mapping if m.row is not None]
    table = _table("How the list was read" if named else "Obligations of the scenario")
    table.add_column("row", justify="right")
    table.add_column("duty", overflow="fold")
    table.add_column("", overflow="fold")
    table.add_column("read as", overflow="fold")
    for m in d.mapping:
        table.add_row(str(m.row or ""), _safe(m.title), m.how, _safe(m.reads))
    return table


def _section_table(d: Duties, title: str, heads: tuple[str, ...], cells: Any) -> Any:
    table = _table(title)
    for i, head in enumerate(heads):
        table.add_column(head, justify="right" if i else "left", overflow="fold")
    for group, rows in sections(d):
        named = f"[bold]{group.label}[/]"
        if len(rows) > 1:
            table.add_row(named, *(f"[bold]{_safe(cell)}[/]" for cell in cells(group)))
        else:
            table.add_row(named)
        for i, r in enumerate(rows):
            said = [_safe(cell) for cell in cells(r)]
            table.add_row(f"  {_safe(r.label)}", *said, end_section=i == len(rows) - 1)
    for r in d.totals:
        told = [f"[bold]{_safe(cell)}[/]" for cell in (r.label, *cells(r))]
        table.add_row(*told)
    return table


TABLE_HEADS = (
    "duty",
    "imposed by",
    "at each",
    "min per worker-week",
    "h a year",
    "cost a year",
)


def _table_heads(t: DutyTable) -> tuple[str, ...]:
    own = any(row.citizen_hours for row in t.rows)
    return (*TABLE_HEADS, "citizens' own h a year") if own else TABLE_HEADS


def _own_hours(t: DutyTable, row: DutyTime) -> list[str]:
    return [hours(row.citizen_hours)] if len(_table_heads(t)) > len(TABLE_HEADS) else []


def _table_rows(t: DutyTable) -> list[tuple[str, ...]]:
    return [
        (
            row.name.replace("_", " ")
            + ("" if row.books == "records" else f" ({row.books}, no writing)"),
            row.imposed_by,
            row.trigger,
            f"{row.minutes.mean:,.1f}"
            + (
                f" ± {row.minutes.high - row.minutes.mean:.2f}"
                if row.minutes.n > 1
                else ""
            ),
            hours(row.hours),
            thousands(row.cost),
            *_own_hours(t, row),
        )
        for row in (*t.rows, *t.others)
    ]


def _sum_rows(t: DutyTable) -> list[tuple[str, ...]]:
    return [
        (
            row.name,
            "",
            "",
            f"{row.minutes.mean:,.1f}",
            hours(row.hours),
            thousands(row.cost),
            *_own_hours(t, row),
        )
        for row in (*t.by_imposer(), t.total)
    ]


def rich_table_of_duties(t: DutyTable) -> Any:
    """What each duty takes and costs, and the sums by who could abolish them."""
    table = _table(f"Duties of {t.scenario}; cost in thousands of {t.currency}")
    for i, head in enumerate(_table_heads(t)):
        table.add_column(head, justify="right" if i > 2 else "left", overflow="fold")
    rows = _table_rows(t)
    for i, row in enumerate(rows):
        table.add_row(*map(_safe, row), end_section=i == len(rows) - 1)
    for row in _sum_rows(t):
        table.add_row(*map(_safe, row), style="bold")
    return table


def html_table_of_duties(t: DutyTable) -> str:
    """The same for a notebook."""
    title = f"Duties of {t.scenario}; cost in thousands of {t.currency}"
    return html_table(title, _table_heads(t), [*_table_rows(t), *_sum_rows(t)])


def html_duties(d: Duties) -> str:
    """The same two tables, for a notebook."""
    made = []
    for title, heads, cells in (
        ("On paper, and what comes back to citizens", HEADS, _paper),
        ("Where the freed hours go", _goes_heads(d), _goes_of(d)),
    ):
        found = [r for group, rows in sections(d) for r in (group, *rows)]
        told = [(r.label, *cells(r)) for r in (*found, *d.totals)]
        made.append(html_table(title, [head.replace("\n", " ") for head in heads], told))
    return (
        f"<p>{escape(answer(d))}</p>"
        + "".join(made)
        + "".join(
            f"<p>{escape(text)}</p>" for text in (*beside(d), limited(d), *explained(d))
        )
    )
