"""Everything that the page says, as plain data computed from a comparison."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from tidsbruk.plain import finite
from tidsbruk.report import duties, settings, sides
from tidsbruk.report.assumed import assumptions
from tidsbruk.report.day import average_day, day, tuesday_of
from tidsbruk.report.differences import difference
from tidsbruk.report.headlines import headline, what_else
from tidsbruk.report.sides import SIDES
from tidsbruk.report.words import answer

if TYPE_CHECKING:
    from tidsbruk.compare import Comparison

    Data = dict[str, Any]

FORMAT = 3  # of the data block; another number when its meaning changes


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
    labels = sides.labels(c)
    headlines = [headline(c, row) for row in c.rows if row.is_headline]
    days = tuple(average_day(c, name) for name in (c.baseline, c.alternative))
    data = {
        "format": FORMAT,
        "title": f"{labels[1]} compared with {labels[0]}",
        "answer": answer(*labels, headlines),
        "headlines": headlines,
        "what_else": what_else(c),
        "day": day(c, *days),
        "duty_minutes_per_worker_week": difference(c["time.duty_minutes"]),
        "obligations": duties.obligations(c),
        "imposers": duties.imposers(c),
        "currency": c.result.currency,
        "full_time": [
            c.result.scenarios[c.baseline][f"money.full_time_{part}"]
            for part in ("hours", "weeks")
        ],
        "tuesday": tuesday_of(c, days),
        "settings_that_differ": settings.that_differ(c),
        "conjectures": sides.conjectures(c),
        "assumptions": assumptions(c, c.assumptions) if c.assumptions else None,
        "comparison": c.to_dict(),
        "run": _run(c),
    }
    for i, side in enumerate(SIDES):
        data[side] = sides.describe(c, (c.baseline, c.alternative)[i], labels[i])
    return finite(data)  # type: ignore[no-any-return]


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
        "history": sides.side_of(c, c.result.names[0]),
        "command": _command(c),
    }


def _command(c: Comparison) -> str:
    """The command that makes the page again; scenarios that are no presets are files."""
    words = ["tidsbruk", "report"]
    for side, name in zip(SIDES, (c.baseline, c.alternative), strict=True):
        words.append(sides.preset_of(c.result.scenarios[name]) or f"{side}.json")
    for option in ("replications", "weeks", "warmup", "seed"):
        words += [f"--{option}", str(getattr(c.result, option))]
    if c.estimand != "standing":
        words += ["--estimand", c.estimand]
    if c.assumptions:
        words += ["--assumptions", "--assumption-replications"]
        words.append(str(c.assumptions.replications))
    return shlex.join([*words, "-o", "page.html"])
