"""How the examples tell: the three headlines, tables that are printed, pictures.

Direct care is never told alone. Care that takes longer fills more of the day and meets no
need by that, so what meets need and what is surplus stand beside it.
"""

import json
import sys
import textwrap

import altair as alt

BLUE, ORANGE = "#0072b2", "#e69f00"


class Headline:
    """One of the three outcomes that are always told together."""

    def __init__(self, what, outcome, scale, unit):
        self.what, self.outcome, self.scale, self.unit = what, outcome, scale, unit

    def number(self, value):
        """A change, in the unit in which it is told."""
        return f"{value * self.scale:+.2f}".replace("-0.00", "+0.00")

    def tell(self, interval):
        """A change with its interval."""
        low, high = self.number(interval.low), self.number(interval.high)
        return f"{self.number(interval.mean)} [{low}, {high}]"

    def words(self, interval):
        """A change in words."""
        return f"{amount(interval)} {self.what}"


DIRECT = Headline("direct care", "time.direct_share", 100, "% of time on duty")
NEEDED = Headline("needed care", "time.direct_needed_share", 100, "% of time on duty")
SURPLUS = Headline("surplus care", "time.direct_surplus_share", 100, "% of time on duty")
UNMET = Headline("unmet need", "citizen.unmet_share", 100, "% of need")
HARM = Headline("undetected harm", "control.undetected_harm", 1, "per 1,000 visits")
FOLLOWED = [DIRECT, NEEDED, UNMET, HARM]  # the headlines, and what direct care is worth
TOLD = [DIRECT, NEEDED, SURPLUS, UNMET, HARM]


def direction(interval):
    """1 for more, -1 for less, 0 where the interval holds both."""
    return int(interval.low > 0) - int(interval.high < 0)


def amount(interval):
    return {1: "more", -1: "less", 0: "no clear difference in"}[direction(interval)]


def verdict(changes):
    """The signs of the three headlines, in words."""
    others = (h.words(changes[h]) for h in (UNMET, HARM))
    return "; ".join([care(changes), *others])


def care(changes):
    """The sign of direct care, in words that slower care cannot earn."""
    direct, needed = changes[DIRECT], changes[NEEDED]
    if direction(direct) == direction(needed):
        slower = direction(direct) > 0 and direction(changes[SURPLUS]) > 0
        return DIRECT.words(direct) + (", some of it beyond need" if slower else "")
    of_it = " of it" if direction(needed) else ""
    return (
        f"{amount(direct)} time with citizens, {amount(needed)}{of_it} what need asks for"
    )


def of_changes(against, changes):
    """Header and rows of a table: what is told, down; each comparison, across."""
    rows = [
        (f"{h.what}, {h.unit}", *(h.tell(of[h]) for of in changes.values())) for h in TOLD
    ]
    return (against, *changes), rows


class Story:
    """What is printed and kept beside the page: as text, and its numbers as data."""

    def __init__(self, output, name):
        self.output, self.name = output, name

    def __enter__(self):
        self.lines, self.data = [], {"flips": {}}
        return self

    def title(self, text):
        """Begins a part."""
        self.write("", text, "-" * len(text))

    def say(self, text):
        """Prints a paragraph."""
        self.write(
            *textwrap.wrap(text, 96, break_long_words=False, subsequent_indent="  ")
        )

    def table(self, header, rows):
        """Prints columns, the first to the left and the others to the right."""
        columns = zip(header, *rows, strict=True)
        widths = [max(map(len, column)) for column in columns]
        for first, *others in (header, *rows):
            cells = [o.rjust(w) for o, w in zip(others, widths[1:], strict=True)]
            self.write("  ".join([first.ljust(widths[0]), *cells]))

    def write(self, *lines):
        """Prints lines and remembers them."""
        print(*lines, sep="\n", flush=True)
        self.lines += lines

    def keep(self, part, headline, interval):
        """Remembers a change as data."""
        numbers = [float(f"{x * headline.scale:.6g}") for x in interval[:3]]
        entry = dict(zip(("difference", "low", "high"), numbers, strict=True))
        entry["unit"] = headline.unit
        self.data.setdefault(part, {})[headline.outcome] = entry

    def __exit__(self, *failure):
        if not any(failure):
            (self.output / f"{self.name}.txt").write_text(
                "\n".join(self.lines[1:]) + "\n"
            )
            (self.output / f"{self.name}.json").write_text(
                json.dumps(self.data, indent=1) + "\n"
            )


def wait(for_what):
    print(f"({for_what})", file=sys.stderr, flush=True)


def row_of(headline, interval):
    return {k: headline.scale * getattr(interval, k) for k in ("mean", "low", "high")}


def panel(headline, rows):
    return alt.Chart(alt.Data(values=rows), width=190, height=150, title=headline.what)


def points(headline, changes):
    """The change of a headline in each cell."""
    rows = [
        {"cell": cell, **row_of(headline, of[headline])} for cell, of in changes.items()
    ]
    y = alt.Y("cell:N", sort=None, title=None)
    base = panel(headline, rows)
    point = base.mark_point(filled=True, size=60, opacity=1, color=BLUE)
    bar = base.mark_rule(color=BLUE).encode(alt.X("low:Q"), alt.X2("high:Q"), y)
    return zero("x") + bar + point.encode(alt.X("mean:Q", title=headline.unit), y)


def curve(headline, costs, sweep, known):
    """A headline's difference over the time cost of discretion, and the range of that."""
    differences = sweep[headline.outcome]
    rows = [
        {"cost": float(cost), **row_of(headline, difference)}
        for cost, difference in zip(costs, differences, strict=True)
    ]
    base = panel(headline, rows)
    x = alt.X("cost:Q", title="time cost of discretion")
    line = base.mark_line(color=BLUE).encode(x, alt.Y("mean:Q", title=headline.unit))
    band = base.mark_area(color=BLUE, opacity=0.25)
    ends = alt.Data(values=[{"low": known.range_low, "high": known.range_high}])
    assumed = alt.Chart(ends).mark_rect(color=ORANGE, opacity=0.2)
    return (
        assumed.encode(alt.X("low:Q"), alt.X2("high:Q"))
        + zero("y")
        + band.encode(x, alt.Y("low:Q"), alt.Y2("high:Q"))
        + line
    )


def zero(axis):
    line = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(strokeDash=[3, 3])
    return line.encode(**{axis: "zero:Q"})


def picture(file, panels):
    """Writes panels side by side."""
    chart = alt.hconcat(*panels).configure(
        font="system-ui, sans-serif", background="white"
    )
    chart.save(file)
