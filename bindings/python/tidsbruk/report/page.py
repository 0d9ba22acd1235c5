"""The page from its data: what the template shows."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any

from tidsbruk.report import charts, words
from tidsbruk.report.ledger import BY_KEY

if TYPE_CHECKING:
    Data = dict[str, Any]

IMPOSED = {
    "law": "law",
    "state": "the state",
    "municipality": "the municipality",
    "unit": "the unit itself",
    "receiver": "the receiver",
}
MOST_FLIPS = 3  # told for a headline; the rest are counted


def render(data: Data) -> str:
    """Make the HTML of a page from its data."""
    import jinja2

    environment = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(
        number=words.number, signed=words.signed, setting=words.setting
    )
    text = resources.files("tidsbruk.report").joinpath("page.html.j2").read_text("utf-8")
    page = environment.from_string(text).render(
        data=data,
        block=_block(data),
        charts={name: _widths(name, data) for name in _shown(data)},
        words=words,
        change_unit=charts.change_unit,
        end_colours=charts.END_COLOURS,
        colours=BY_KEY,
        imposed=IMPOSED,
        where=_where(data),
        flips={h["name"]: _flips(h, data) for h in data["headlines"]},
        strongest={h["name"]: _strongest(h, data) for h in data["headlines"]},
        parts=_parts(data),
        tuesday=_tuesday(data),
        overloaded=[s for s in _sides(data) if s["offered_load"] >= 1],
        most=max(
            [max(o["baseline"], o["alternative"]) for o in data["obligations"]] or [0]
        )
        or 1,
    )
    return page + "\n"


def _block(data: Data) -> Any:
    """The data as JSON that may stand in a script element."""
    from markupsafe import Markup

    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  its end is escaped


def _sides(data: Data) -> list[Data]:
    return [data["baseline"], data["alternative"]]


def _shown(data: Data) -> list[str]:
    shown = ["headlines", "day"]
    if data["tuesday"]:
        shown.append("tuesday")
    if data["assumptions"] and data["assumptions"]["effects"]:
        shown.append("assumptions")
    return shown


def _widths(name: str, data: Data) -> dict[str, Any]:
    """A chart in both widths."""
    from markupsafe import Markup

    draw = getattr(charts, name)
    return {
        word: Markup(charts.inline(draw(data, width)))  # noqa: S704
        for word, width in (("wide", charts.WIDE), ("narrow", charts.NARROW))
    }


def _where(data: Data) -> dict[str, str]:
    """Under which regime an assumption is made."""
    under = {side: f"under {data[side]['label']}" for side in ("baseline", "alternative")}
    return {"both": "under both", **under}


def _flips(h: Data, data: Data) -> list[str]:
    where = _where(data)
    told = [words.flip(f, where[f["where"]]) for f in h["flips"]]
    more = len(told) - MOST_FLIPS
    return told if more <= 0 else [*told[:MOST_FLIPS], f"{more} more, see below."]


def _strongest(h: Data, data: Data) -> str:
    """Tell what moves a headline most when nothing flips it."""
    e = h["strongest"]
    if not e:
        return ""
    scale = h["scale"]
    ends = [v * scale if v is not None else None for v in (e["at_low"], e["at_high"])]
    return (
        f"{words.first_clause(e['doc'])} {_where(data)[e['where']]}: from "
        f"{words.signed(ends[0], h['shown']['digits'])} at {words.setting(e['low'])} to "
        f"{words.signed(ends[1], h['shown']['digits'])} at "
        f"{words.with_unit(e['high'], e['unit'])}."
    )


def _parts(data: Data) -> list[Data]:
    """The bars of section 2: for each headline, its parts under both regimes."""
    cards = []
    for h in data["headlines"]:
        shown, also = h["shown"], h["also"]
        bars = []
        for i, side in enumerate(("baseline", "alternative")):
            parts = [(shown[side], {"direct": "#0072b2"}.get(h["key"], "#6b6b6b"))]
            if h["key"] == "direct":
                parts = [
                    (also["needed_minutes_per_day"][i], BY_KEY["care_needed"].colour),
                    (also["surplus_minutes_per_day"][i], BY_KEY["care_surplus"].colour),
                ]
            bars.append({"label": data[side]["label"], "all": shown[side], "of": parts})
        most = max(bar["all"] for bar in bars) or 1
        cards.append({"headline": h, "bars": bars, "most": most})
    return cards


def _tuesday(data: Data) -> Data | None:
    if not data["tuesday"]:
        return None
    group, _, count = data["tuesday"]["worker"].partition("/")
    keys = {p["category"] for side in charts.SIDES for p in data["tuesday"][side]}
    return {
        "worker": f"Worker {count} of the group “{group.replace('_', ' ')}”"
        if count
        else group,
        "legend": [c for c in BY_KEY.values() if c.key in keys],
        "rows": {
            side: charts.describe_tuesday(data["tuesday"][side]) for side in charts.SIDES
        },
    }
