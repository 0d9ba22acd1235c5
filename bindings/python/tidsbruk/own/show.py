"""How loaded data, and the report of fit, look in a terminal and on a page."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidsbruk.saving import save

if TYPE_CHECKING:
    from os import PathLike

    from tidsbruk.own.beside import Check
    from tidsbruk.own.estimates import Estimate, Fitted
    from tidsbruk.own.roster import Roster
    from tidsbruk.own.time_use import Comparison, TimeUse
    from tidsbruk.own.visits import Visits

SHOWN = (0.1, 0.5, 0.9)  # quantiles of a table
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto;
 padding: 0 1rem; color: #222; background: #fff }}
table {{ border-collapse: collapse; margin: .5rem 0 1.5rem }}
th, td {{ text-align: left; padding: .2rem .9rem .2rem 0; border-bottom: 1px solid #ddd;
 vertical-align: top }}
caption {{ text-align: left; font-weight: 600; padding: .6rem 0 }}
svg {{ max-width: 100%; height: auto }}
h2 {{ margin-top: 2rem }}
</style></head><body>
{body}
</body></html>
"""


def figure(value: float) -> str:
    """Three digits, without an exponent where none is needed."""
    if value != value:
        return ""
    size = abs(value)
    if size >= 1000:
        return f"{value:,.0f}"
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
    return f"{value:.{digits}f}"


def told(e: Estimate) -> str:
    """A number with its unit: shares in per cent, times of day as a clock shows them."""
    if e.unit == "share":
        return f"{100 * e.value:.1f} %"
    if e.path.endswith(".starts"):
        minute = round(e.value)
        return f"{minute // 60 % 24:02}:{minute % 60:02}"
    if e.error == 0 and e.value == int(e.value):
        return f"{e.value:,.0f} {e.unit}".strip()
    return f"{figure(e.value)} {e.unit}".strip()


def error_of(e: Estimate) -> str:
    """Its standard error in the same unit; empty for what was counted."""
    if not e.error or e.error != e.error:
        return ""
    if e.unit == "share":
        return f"{100 * e.error:.2g}"
    return f"{e.error:.2g}"


class Report:
    """The report of fit: what was found, assumed, and could not be told."""

    def __init__(self, visits: Visits, check: Check | None = None) -> None:
        self.visits, self.check = visits, check

    def head(self) -> list[str]:
        """Sentences on what was read."""
        v = self.visits
        said = [
            f"{v.n:,} planned visits of {v.weeks} whole weeks from {v.first:%d.%m.%Y}, "
            f"{v.given:,} of them given; from {v.source}.",
        ]
        if v.calls:
            calls = ", ".join(f"{c.n:,} of {name}" for name, c in v.calls.items())
            said.append(f"Calls, which nobody planned: {calls}.")
        if v.roster:
            said.append(f"A roster of {v.roster.n:,} shifts; from {v.roster.source}.")
        if v.read_as:
            pairs = ", ".join(f"{a} as {b}" for a, b in dict.fromkeys(v.read_as))
            said.append(f"Read: {pairs}.")
        if v.left:
            said.append(f"Not looked at: {', '.join(v.left)}.")
        said += list(dict.fromkeys(v.notes + (v.roster.notes if v.roster else [])))
        if v.heaps.are_there:
            said.append(
                f"Times are heaped: {v.heaps}. They were rounded by hand; spreads of "
                "minutes are wider for it, and what is shorter than that is not seen."
            )
        said.append("Workers and clients are numbers here; no name was kept.")
        return said

    def rows(self) -> list[tuple[str, str, str, str, str]]:
        """Estimates: what, how much, its error, of how many, where it goes."""
        return [
            (e.name, told(e), error_of(e), f"{e.n:,}", self.short(e.path))
            for e in self.visits.estimates()
        ]

    def laws(self) -> list[tuple[str, ...]]:
        """Laws: how each was chosen, and some quantiles of the data and of the law."""
        made = []
        for law in self.visits.laws():
            wanted = SHOWN if law.quantiles else ()
            near = [_nearest_row(law, p) for p in wanted]
            pairs = [f"{figure(row[1])} / {figure(row[2])}" for row in near]
            off = (
                "" if law.law.distance != law.law.distance else f"{law.law.distance:.3f}"
            )
            kind = "by quantiles" if law.law["kind"] == "empirical" else law.law["kind"]
            made.append((self.short(law.path), kind, off, *(pairs or ("", "", ""))))
        return made

    def short(self, path: str) -> str:
        """A path without the group of clients, where there is only one."""
        names = list(self.visits.groups)
        return path.removeprefix(f"clients.{names[0]}.") if len(names) == 1 else path

    def chosen(self) -> str:
        """How laws were chosen."""
        rest = [
            f"{self.short(law.path)}: {law.said}"
            for law in self.visits.laws()
            if law.law["kind"] in ("empirical", "constant")
        ]
        told = (
            "A law is the best by AIC of lognormal, gamma, Weibull and exponential, if "
            "it is near; off: the greatest distance between law and data in probability."
        )
        return " ".join([told, *(f"{text}." for text in rest)])

    def plot(self) -> Any:
        """Draw the quantile plots; an altair chart."""
        from tidsbruk.own.charts import quantile_plots

        return quantile_plots([law for law in self.visits.laws() if law.quantiles])

    def save(self, path: str | PathLike[str]) -> None:
        """Write the report as a page that needs no network, or as Markdown."""
        title = f"What {Path(self.visits.source).name} says of a unit"
        if Path(path).suffix == ".md":
            save(path, f"# {title}\n\n{self._markdown(Path(path))}")
            return
        body = f"<h1>{escape(title)}</h1>{self._body()}"
        save(path, _PAGE.format(title=escape(title), body=body))

    def _tables(self) -> list[tuple[str, Any, list[tuple[str, ...]]]]:
        """All tables: caption, heads, rows."""
        v = self.visits
        made: list[Any] = [("Estimated", ESTIMATES, self.rows())]
        made.append(("Laws: data / law", LAWS, self.laws()))
        if self.check:
            made.append((BESIDE, BESIDES, check_rows(self.check)))
        made.append(("Assumed", ("what", "why"), v.assumed))
        made.append((UNKNOWN, ("what", "why"), v.unknown))
        return made

    def _markdown(self, path: Path) -> str:
        from tidsbruk.own.charts import svg_beside, svg_of

        parts = list(self.head())
        drawn = {"laws": svg_of(self.visits.laws())}
        if self.check:
            drawn["beside"] = svg_beside(self.check)
        for caption, heads, rows in self._tables():
            parts.append(f"## {caption}")
            parts.append(_markdown_table(heads, rows))
            parts += [self.chosen()] if heads is LAWS else []
            parts += [self.check.said] if heads is BESIDES and self.check else []
        for name, svg in drawn.items():
            if svg:
                beside = path.with_name(f"{path.stem}-{name}.svg")
                save(beside, svg)
                parts.append(f"![{PLOTS[name]}]({beside.name})")
        return "\n\n".join(parts) + "\n"

    def _body(self) -> str:
        from tidsbruk.own.charts import svg_beside, svg_of
        from tidsbruk.show import html_table

        parts = [f"<p>{escape(text)}</p>" for text in self.head()]
        for caption, heads, rows in self._tables():
            parts.append(html_table(caption, heads, rows))
            if heads is LAWS:
                parts.append(f"<p>{escape(self.chosen())}</p>")
                parts.append(svg_of(self.visits.laws()))
            if heads is BESIDES and self.check:
                parts.append(f"<p>{escape(self.check.said)}</p>")
                parts.append(svg_beside(self.check))
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        return self._body()

    def __rich__(self) -> Any:
        from rich.console import Group

        v = self.visits
        return Group(
            *self.head(),
            "",
            _table("Estimated", ESTIMATES, self.rows(), "lrrrl"),
            "",
            _table("Laws: data / law", LAWS, self.laws(), "llrrrr"),
            self.chosen(),
            "",
            *([rich_check(self.check), ""] if self.check else []),
            _table("Assumed", None, v.assumed, "ll"),
            "",
            _table(UNKNOWN, None, v.unknown, "ll"),
        )

    def __str__(self) -> str:
        from tidsbruk.show import plain_text

        return plain_text(self)

    def __repr__(self) -> str:
        return f"<Report of fit of {self.visits!r}>"


def _nearest_row(law: Fitted, p: float) -> tuple[float, float, float]:
    return min(law.quantiles, key=lambda row: abs(row[0] - p))


ESTIMATES = ("what", "found", "±", "of", "setting")
LAWS = ("setting", "law", "off", "10 %", "50 %", "90 %")
UNKNOWN = "Not to be told from these data"
BESIDE = "The scenario beside the data"
BESIDES = ("what", "data", "simulated", "chance ±", "verdict", "likeliest cause")
PLOTS = {
    "laws": "Quantiles of the data over those of the laws",
    "beside": "Quantiles of the data over those of the scenario",
}


def amount(value: float, unit: str) -> str:
    """A number of a check with its unit."""
    if value != value:
        return "none"
    if unit == "share":
        return f"{100 * value:.1f} %"
    return f"{figure(value)} {unit}".strip()


def check_rows(c: Check) -> list[tuple[str, ...]]:
    """Rows of a check: what is apart says by how much, and why it may be."""
    made: list[tuple[str, ...]] = []
    for r in c.rows:
        chance = amount(r.chance, r.unit) if r.chance == r.chance else ""
        verdict = r.verdict
        if verdict != "alike" and r.difference == r.difference:
            sign = "+" if r.difference > 0 else "−"
            verdict = f"{verdict}, {sign}{amount(abs(r.difference), r.unit)}"
        cells = amount(r.data, r.unit), amount(r.simulated, r.unit), chance
        made.append((r.name, *cells, verdict, r.cause))
    return made


def rich_check(c: Check) -> Any:
    """The scenario beside the data."""
    from rich.console import Group

    rows = check_rows(c)
    table = _table(BESIDE, BESIDES[:-1], [row[:-1] for row in rows], "lrrrl")
    causes = [(row.name, row.cause) for row in c.apart()]
    told = [_table("What is apart, and the likeliest cause", None, causes, "ll")]
    return Group(table, c.said, *(["", *told] if causes else []))


def check_html(c: Check) -> str:
    """The same for a notebook, with plots."""
    from tidsbruk.own.charts import svg_beside
    from tidsbruk.show import html_table

    table = html_table(BESIDE, BESIDES, check_rows(c))
    return f"{table}<p>{escape(c.said)}</p>{svg_beside(c)}"


def _markdown_table(heads: Any, rows: Any) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    told = [[str(cell).replace("|", "\\|") for cell in row] for row in lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in told)


def _table(title: str, heads: Any, rows: Any, sides: str) -> Any:
    from rich.markup import escape as safe
    from rich.table import Table

    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        show_header=heads is not None,
        padding=(0, 2, 0, 0),
    )
    for side, head in zip(sides, heads or [""] * len(sides), strict=True):
        justify: Any = "right" if side == "r" else "left"
        table.add_column(head, justify=justify, overflow="fold", no_wrap=side == "r")
    for row in rows:
        table.add_row(*map(safe, row))
    return table


def rich_roster(roster: Roster) -> Any:
    """Staff and shifts of a roster."""
    from rich.console import Group

    from tidsbruk.own.settings import _of_shift

    rows = [
        (f"{role}: workers", str(count), "", "") for role, count in roster.staff.items()
    ]
    found = [e for kinds in roster.shifts.values() for s in kinds for e in _of_shift(s)]
    found += [e for e in (roster.absent, roster.filled) if e]
    rows += [(e.name, told(e), error_of(e), f"{e.n:,}") for e in found]
    head = f"{roster.n:,} shifts of {roster.weeks:.1f} weeks; from {roster.source}."
    read = ", ".join(f"{a} as {b}" for a, b in dict.fromkeys(roster.read_as))
    heads = ("what", "found", "±", "of")
    return Group(head, *([f"Read: {read}."] if read else []), "", _rows(heads, rows))


def _rows(heads: Any, rows: Any) -> Any:
    return _table("", heads, rows, "l" + "r" * (len(heads) - 1))


def rich_time_use(survey: TimeUse) -> Any:
    """The mapping of a survey, and its shares."""
    from rich.console import Group

    rows = [
        (
            m.category,
            " + ".join(m.columns),
            f"{survey.minutes[m.category]:,.0f}",
            told(survey.shares[m.category]),
            error_of(survey.shares[m.category]),
        )
        for m in survey.mapping
    ]
    used = ", ".join(dict.fromkeys(m.vocabulary for m in survey.mapping))
    heads = ("category", "in the ledger", "minutes", "share", "±")
    said = [f"{survey.total:,.0f} minutes; from {survey.source}. Mapped by: {used}."]
    said += survey.notes
    if survey.left_out:
        said.append(not_covered(survey))
    definitions = [
        (name, f"{100 * share:.1f} %")
        for name, share in survey.definitions().items()
        if share == share
    ]
    return Group(
        *said,
        "",
        _table("What each category was taken for", heads, rows, "llrrr"),
        "",
        _table("Direct time, by definition", None, definitions, "lr"),
    )


def not_covered(survey: TimeUse) -> str:
    """What a survey has no category for, and what follows for its shares."""
    return (
        f"In no category: {', '.join(survey.left_out)}. Shares are of all other time, "
        "also where a simulated unit stands beside."
    )


def rich_against(c: Comparison) -> Any:
    """A survey beside a simulated unit."""
    from rich.console import Group

    heads = ("category", "in the ledger", "survey", "±", "simulated", "difference")

    def row(r: Any) -> tuple[str, ...]:
        return (
            r.name,
            " + ".join(r.columns),
            told(r.survey),
            error_of(r.survey),
            f"{100 * r.simulated:.1f} %",
            f"{100 * r.difference:+.1f}",
        )

    by = [(r.name, r.survey.name, *row(r)[2:3], *row(r)[4:]) for r in c.definitions]
    heads_by = ("definition", "is", "survey", "simulated", "difference")
    return Group(
        *([not_covered(c.survey)] if c.survey.left_out else []),
        _table(f"The survey beside {c.scenario}", heads, map(row, c.rows), "llrrrr"),
        "",
        _table("Direct time, by definition", heads_by, by, "llrrr"),
    )


def html_of(shown: Any) -> str:
    """Whatever has a text, for a notebook."""
    return f"<pre>{escape(str(shown))}</pre>"
