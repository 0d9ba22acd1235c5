"""The charts of the page and of the README, drawn by altair as SVG.

Every chart comes in two widths: the page shows one or the other. Text and lines of the
page take the colour of the text around them, so that they can be read on dark ground,
too. Positions of labels are computed here: no label covers another.
"""

from __future__ import annotations

import math
import re
import textwrap
from typing import TYPE_CHECKING, Any

import altair as alt
import vl_convert

from tidsbruk.report.ledger import BY_KEY
from tidsbruk.report.words import (
    DAY,
    clock,
    first_clause,
    number,
    setting,
    signed,
    span,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    Data = dict[str, Any]
    Rows = Sequence[dict[str, Any]]

WIDE, NARROW = 680, 330  # pixels
INK, PAGE = "#1c1b1a", "#fefdfc"  # stand for the page's own colours
ESTIMATE, RANGE = "#0072b2", "#e69f00"
END_COLOURS = "#56b4e9", "#d55e00"  # an assumption at the low and at the high end
FONT = "system-ui, sans-serif"
SIZE = 13
LINE = 16  # least distance of two labels
STRONGEST = 12  # assumptions that are drawn
SIDES = "baseline", "alternative"


# SVG ----------------------------------------------------------------------------------


def svg(chart: Any) -> str:
    """Draw a chart as a document of its own, on white."""
    return _drawn(chart.properties(background=PAGE)).replace(PAGE, "#ffffff")


def inline(chart: Any) -> str:
    """Draw a chart for the page: in its colours, as wide as there is room."""
    text = _drawn(chart.properties(background="transparent"))
    text = re.sub(r' xmlns(:\w+)?="[^"]*"', "", text)
    text = re.sub(r'(<svg[^>]*?) width="[^"]*" height="[^"]*"', r"\1", text)
    return text.replace(INK, "currentColor").replace(PAGE, "var(--page)")


def _drawn(chart: Any) -> str:
    version = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    return vl_convert.vegalite_to_svg(_styled(chart).to_dict(), vl_version=version)


def _styled(chart: Any) -> Any:
    text = {"labelColor": INK, "titleColor": INK, "labelFontSize": SIZE - 1}
    return (
        chart.configure(font=FONT, aria=False)
        .configure_view(stroke=None)
        .configure_text(fontSize=SIZE, color=INK)
        .configure_title(color=INK, fontSize=SIZE, anchor="start", fontWeight=600)
        .configure_axis(
            **text,
            titleFontSize=SIZE - 1,
            titleFontWeight="normal",
            domainColor=INK,
            domainOpacity=0.4,
            tickColor=INK,
            tickOpacity=0.4,
            gridColor=INK,
            gridOpacity=0.12,
        )
    )


class _Canvas:
    """A plane on which marks stand where they are told to: y grows downwards.

    Parameters
    ----------
    x, y : (float, float)
        What its edges stand for: left and right, top and bottom.
    x_axis, y_axis : mapping, optional
        Properties of an axis, where one is shown.
    """

    def __init__(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        x_axis: Data | None = None,
        y_axis: Data | None = None,
    ) -> None:
        self.x = self._channel(alt.X, "x", x, x_axis)
        self.y = self._channel(alt.Y, "y", y[::-1], y_axis)

    @staticmethod
    def _channel(kind: Any, field: str, domain: Sequence[float], axis: Any) -> Any:
        scale = alt.Scale(domain=list(domain), nice=False, zero=False)
        return kind(
            f"{field}:Q",
            scale=scale,
            axis=alt.Axis(**axis) if axis else None,
            title=axis.get("title") if axis else None,
        )

    def _chart(self, rows: Rows) -> Any:
        return alt.Chart(alt.InlineData(list(rows)))

    def _encode(self, marks: Any, **more: Any) -> Any:
        colour = alt.Color("colour:N", scale=None, legend=None)
        return marks.encode(x=self.x, y=self.y, color=colour, **more)

    def bars(self, rows: Rows, **style: Any) -> Any:
        """Draw rectangles from x to x2 and from y to y2."""
        style = {"stroke": PAGE, "strokeWidth": 0.75} | style
        return self._encode(self._chart(rows).mark_rect(**style), x2="x2:Q", y2="y2:Q")

    def lines(self, rows: Rows, **style: Any) -> Any:
        """Draw lines from (x, y) to (x2, y2)."""
        style = {"strokeWidth": 1.5} | style
        return self._encode(self._chart(rows).mark_rule(**style), x2="x2:Q", y2="y2:Q")

    def points(self, rows: Rows) -> Any:
        """Draw dots."""
        mark = {"filled": True, "size": 70, "opacity": 1, "stroke": PAGE}
        return self._encode(self._chart(rows).mark_point(**mark))

    def texts(self, rows: Rows, **style: Any) -> list[Any]:
        """Write texts, those of each anchor in a layer of its own."""
        layers = []
        for anchor in ("left", "center", "right"):
            some = [row for row in rows if row["anchor"] == anchor]
            mark = {"align": anchor, "baseline": "middle"} | style
            if some:
                layers.append(
                    self._encode(self._chart(some).mark_text(**mark), text="text:N")
                )
        return layers


def _bar(x: float, x2: float, y: float, y2: float, colour: str) -> Data:
    return {"x": x, "x2": x2, "y": y, "y2": y2, "colour": colour}


def _line(x: float, y: float, x2: float, y2: float, colour: str) -> Data:
    return {"x": x, "y": y, "x2": x2, "y2": y2, "colour": colour}


def _text(x: float, y: float, text: str, anchor: str, ink: str = INK) -> Data:
    return {"x": x, "y": y, "text": text, "anchor": anchor, "colour": ink}


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move positions, given in rising order, as little as it takes to part them.

    Parameters
    ----------
    wanted : sequence of float
        Where they should be.
    gap : float
        Least distance of two.
    low, high : float
        Between which all must lie, if there is room.

    Returns
    -------
    list of float
    """
    groups: list[list[float]] = []  # least position, members, sum of where they begin
    for place in wanted:
        groups.append([place, 1, place])
        while len(groups) > 1:
            start, count, _ = groups[-2]
            if start + count * gap <= groups[-1][0]:
                break
            _, more, total = groups.pop()
            first = groups[-1]
            first[2] += total - first[1] * gap * more
            first[1] += more
            first[0] = first[2] / first[1]
        groups[-1][0] = min(max(groups[-1][0], low), high - (groups[-1][1] - 1) * gap)
    placed = [start + i * gap for start, count, _ in groups for i in range(int(count))]
    for i in range(len(placed) - 2, -1, -1):  # what the upper bound pushed back
        placed[i] = min(placed[i], placed[i + 1] - gap)
    return placed


# A day --------------------------------------------------------------------------------


def day(data: Data, width: int) -> Any:
    """Minutes of an average working day: two columns, and the labels between them."""
    column, reach, line = (140.0, 100.0, 45.0) if width > 500 else (38.0, 80.0, 40.0)
    centre = width / 2
    height, top, size = DAY, 26.0, SIZE if width > 500 else SIZE - 1
    rows = data["day"]
    edges = {side: _stacked(rows, side, height, top) for side in SIDES}
    middles = {side: [sum(edge) / 2 for edge in edges[side]] for side in SIDES}
    wanted = [sum(both) / 2 for both in zip(*middles.values(), strict=True)]
    at = spread(wanted, LINE, top + LINE / 2, top + height - LINE / 2)
    left, right = column, width - column
    bars, lines, texts = [], [], []
    for i, row in enumerate(rows):
        colour = BY_KEY[row["category"]].colour
        bars.append(_bar(0, left, *edges["baseline"][i], colour))
        bars.append(_bar(right, width, *edges["alternative"][i], colour))
        ends = [middles[side][i] for side in SIDES]
        lines.append(_line(left, ends[0], centre - reach - line, at[i], colour))
        lines.append(_line(centre + reach + line, at[i], right, ends[1], colour))
        figures = [number(row[side], 1) for side in SIDES]
        texts.append(_text(centre - reach, at[i], figures[0], "right"))
        texts.append(_text(centre, at[i], row["label"], "center"))
        texts.append(_text(centre + reach + line - 5, at[i], figures[1], "right"))
    heads = [
        _text(0, 8, data["baseline"]["label"], "left"),
        _text(width, 8, data["alternative"]["label"], "right"),
    ]
    says = "minutes of a 7.5-hour day" if width > 500 else "minutes"
    canvas = _Canvas((0, width), (0, top + height))
    return alt.layer(
        canvas.lines(lines),
        canvas.bars(bars),
        *canvas.texts(texts, fontSize=size),
        *canvas.texts(heads, fontWeight=600, limit=width * 0.35),
        *canvas.texts([_text(centre, 8, says, "center")]),
    ).properties(width=width, height=top + height)


def _stacked(
    rows: Rows, side: str, height: float, top: float
) -> list[tuple[float, float]]:
    """Upper and lower edge of each row's part of a column."""
    edges, so_far = [], 0.0
    total = sum(row[side] for row in rows) or DAY
    for row in rows:
        upper = top + height * so_far / total
        so_far += row[side]
        edges.append((upper, top + height * so_far / total))
    return edges


# Headlines ----------------------------------------------------------------------------


def headlines(data: Data, width: int) -> Any:
    """The three differences, each with both uncertainties, on scales of their own."""
    panels = [_headline(h, width) for h in data["headlines"]]
    return alt.vconcat(_key(data, width), *panels, spacing=14)


def _key(data: Data, width: int) -> Any:
    """What the marks mean."""
    told = [("by chance", ESTIMATE, 6.0)]
    if data["assumptions"] is not None:
        told.append(("over the assumptions", RANGE, 12.0))
    bars = [
        _bar(110 * i, 110 * i + 20, 9 - thick / 2, 9 + thick / 2, colour)
        for i, (_, colour, thick) in enumerate(told)
    ]
    texts = [_text(110 * i + 25, 9, word, "left") for i, (word, _, _) in enumerate(told)]
    canvas = _Canvas((0, width), (0, 18))
    return alt.layer(
        canvas.bars(bars, stroke=None), *canvas.texts(texts, fontSize=SIZE - 1)
    ).properties(width=width, height=18)


def _headline(h: Data, width: int) -> Any:
    shown, digits = h["shown"], h["shown"]["digits"]
    bars, told = [], []
    if shown["low"] is not None:
        bars.append(_bar(shown["low"], shown["high"], 27, 33, ESTIMATE))
        told.append(f"{span(shown['low'], shown['high'], digits)} by chance")
    if shown["assumption_low"] is not None:
        ends = shown["assumption_low"], shown["assumption_high"]
        bars.insert(0, _bar(*ends, 24, 36, RANGE))
        told.append(f"{span(*ends, digits)} over the assumptions")
    x = _around(0.0, shown["difference"], *(bar[end] for bar in bars for end in ENDS))
    axis = {"tickCount": 6 if width > 500 else 4, "labelExpr": _CHANGE}
    canvas = _Canvas(x, (0, 44), x_axis=axis)
    heading = f"{h['title']}: {signed(shown['difference'], digits)}"
    title = alt.TitleParams(
        f"{heading} {change_unit(h)}" if width > 500 else heading,
        subtitle=["; ".join(told)] if width > 500 else [change_unit(h), *told],
        subtitleColor=INK,
        subtitleFontSize=SIZE - 1,
        frame="group",
        offset=0,
    )
    return alt.layer(
        canvas.lines([_line(0, 12, 0, 44, INK)], strokeWidth=1),
        canvas.bars(bars, stroke=None),
        canvas.points([{"x": shown["difference"], "y": 30, "colour": ESTIMATE}]),
    ).properties(width=width, height=44, title=title)


ENDS = ("x", "x2")  # of a bar
_CHANGE = "datum.value > 0 ? '+' + datum.label : datum.label"


def change_unit(h: Data) -> str:
    """The unit of a change in a headline, after a number."""
    unit: str = h["shown"]["unit"]
    return unit.replace("%", "percentage points", 1)


def _around(*values: float, room: float = 0.06) -> tuple[float, float]:
    """A domain that holds the values, with some room."""
    width = (max(values) - min(values)) or 1.0
    return min(values) - room * width, max(values) + room * width


# A Tuesday ----------------------------------------------------------------------------

_HOUR = "format(floor(datum.value / 60) % 24, '02') + ':00'"


def tuesday(data: Data, width: int) -> Any:
    """One worker's day under both regimes, by the clock."""
    return _across(data, width) if width > 500 else _down(data, width)


def _times(data: Data) -> tuple[tuple[float, float], Data]:
    """Whole hours that hold both days, and the axis for them."""
    pieces = [p for side in SIDES for p in data["tuesday"][side]]
    first = math.floor(min(p["start"] for p in pieces) / 60) * 60
    last = math.ceil(max(p["end"] for p in pieces) / 60) * 60
    ticks = list(range(first, last + 1, 60))
    return (first, last), {"values": ticks, "labelExpr": _HOUR, "title": None}


def _across(data: Data, width: int) -> Any:
    x, axis = _times(data)
    bar, head, gap = 52.0, 22.0, 14.0
    height = 2 * (bar + head) + gap
    bars, texts, heads = [], [], []
    for i, side in enumerate(SIDES):
        top = head + i * (bar + head + gap)
        heads.append(_text(x[0], top - 11, data[side]["label"], "left"))
        for p in data["tuesday"][side]:
            category, minutes = BY_KEY[p["category"]], p["end"] - p["start"]
            bars.append(_bar(p["start"], p["end"], top, top + bar, category.colour))
            if minutes * width / (x[1] - x[0]) >= 20:
                centre = (p["start"] + p["end"]) / 2
                text = number(minutes, 0)
                texts.append(_text(centre, top + bar / 2, text, "center", category.ink))
    canvas = _Canvas(x, (0, height), x_axis=axis)
    return alt.layer(
        canvas.bars(bars, strokeWidth=0.5),
        *canvas.texts(texts, fontSize=SIZE - 2),
        *canvas.texts(heads, fontWeight=600),
    ).properties(width=width, height=height)


def _down(data: Data, width: int) -> Any:
    hours, axis = _times(data)
    room = width - 44.0
    column = room / 2 - 6
    bars, texts, heads = [], [], []
    for i, side in enumerate(SIDES):
        left = i * (column + 12)
        heads.append(_text(left, hours[0], data[side]["label"], "left"))
        for p in data["tuesday"][side]:
            category, minutes = BY_KEY[p["category"]], p["end"] - p["start"]
            bars.append(_bar(left, left + column, p["start"], p["end"], category.colour))
            if minutes >= 11:
                centre = (p["start"] + p["end"]) / 2
                text = f"{category.short} {number(minutes, 0)}"
                texts.append(_text(left + 5, centre, text, "left", category.ink))
    canvas = _Canvas((0, room), hours, y_axis=axis)
    return alt.layer(
        canvas.bars(bars, strokeWidth=0.5),
        *canvas.texts(texts, fontSize=SIZE - 2, limit=column - 8),
        *canvas.texts(heads, fontWeight=600, dy=-11, limit=column),
    ).properties(width=room, height=1.35 * (hours[1] - hours[0]))


# Assumptions --------------------------------------------------------------------------


def assumptions(data: Data, width: int) -> Any:
    """How far the strongest assumptions, each alone, move the first headline."""
    head = data["headlines"][0]
    name, centre = head["name"], head["shown"]["difference"]
    effects = [
        e for e in data["assumptions"]["effects"] if None not in e["headlines"][name]
    ][:STRONGEST]
    scale = head["scale"]
    ends = [[end * scale for end in e["headlines"][name]] for e in effects]
    x = _around(0.0, centre, *(end for pair in ends for end in pair), room=0.09)
    lines = 1 if width > 500 else 2
    row = 26.0 + lines * LINE
    bars, texts, labels, zeros, centres = [], [], [], [], []
    for i, (e, pair) in enumerate(zip(effects, ends, strict=True)):
        top = i * row + 5 + lines * LINE
        told = _folded(_assumed(e, data), width, lines)
        for j, line in enumerate(told, lines - len(told)):
            place = top - 10 - LINE * (lines - 1 - j)
            labels.append(_text(x[0], place, line, "left"))
        zeros.append(_line(0, top - 3, 0, top + 16, INK))
        centres.append(_line(centre, top - 3, centre, top + 16, INK))
        for end, other, colour, value in zip(
            pair, pair[::-1], END_COLOURS, (e["low"], e["high"]), strict=True
        ):
            bars.append(_bar(end, centre, top, top + 13, colour))
            right = end > centre or (end == centre and other < centre)
            away = 4 * (x[1] - x[0]) / width
            place = end + away if right else end - away
            anchor = "left" if right else "right"
            if end != centre:
                texts.append(_text(place, top + 6.5, setting(value), anchor))
    axis = {
        "tickCount": 6 if width > 500 else 4,
        "labelExpr": _CHANGE,
        "title": change_unit(head),
    }
    canvas = _Canvas(x, (0, row * len(effects)), x_axis=axis)
    return alt.layer(
        canvas.lines(zeros, strokeWidth=1.5),
        canvas.bars(bars, stroke=None),
        canvas.lines(centres, strokeWidth=1.5, strokeDash=[3, 2]),
        *canvas.texts(texts, fontSize=SIZE - 2),
        *canvas.texts(labels, fontSize=SIZE - 1),
    ).properties(width=width, height=row * len(effects))


def _assumed(e: Data, data: Data) -> str:
    """What an assumption is, in a line."""
    where = data[e["where"]]["label"] if e["where"] in SIDES else "Both"
    what = first_clause(e["doc"])
    return f"{where}: {what[:1].lower()}{what[1:]}"


def _folded(text: str, width: int, lines: int) -> list[str]:
    """Text in so many lines at most, also in a wide typeface."""
    fold = textwrap.wrap(text, int(width / (0.61 * (SIZE - 1))))
    if len(fold) > lines:
        fold[lines - 1] = fold[lines - 1][:-1].rstrip() + "…"
    return fold[:lines]


def describe_tuesday(pieces: Rows) -> list[tuple[str, str, str]]:
    """Tell a day as rows: from, minutes, what."""
    rows = []
    for p in pieces:
        what = BY_KEY[p["category"]].label
        if p["client"]:
            what += f", client {p['client']}"
        if p["obligation"]:
            what += f" ({p['obligation'].replace('_', ' ')})"
        rows.append((clock(p["start"]), number(p["end"] - p["start"], 1), what))
    return rows
