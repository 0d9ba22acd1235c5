"""The page for those who decide: one HTML file that needs no network.

`write` makes the page, `read` gives back the data in it, `pictures` writes its main
charts as files. The package needs the dependencies of the group ``report``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidsbruk.errors import failure
from tidsbruk.saving import save

if TYPE_CHECKING:
    from os import PathLike

    from tidsbruk.assumptions import Assumptions
    from tidsbruk.compare import Comparison
    from tidsbruk.result import Result

__all__ = ["pictures", "read", "write"]

_OPENS = '<script type="application/json" id="data">'
_CLOSES = "</script>"


def write(
    comparison: Comparison | Result,
    path: str | PathLike[str],
    *,
    assumptions: Assumptions | bool | None = None,
) -> None:
    """Write the page.

    Parameters
    ----------
    comparison : Comparison or Result
        What it is about; of a result, its first two scenarios.
    path : path-like
        The file to write.
    assumptions : Assumptions or bool, optional
        How far single assumptions move the differences; True tries them now. By default
        those of the comparison.
    """
    from tidsbruk.report.data import page_data
    from tidsbruk.report.page import render

    data = page_data(_comparison(comparison, assumptions))
    save(path, render(data))


def pictures(
    comparison: Comparison | Result,
    directory: str | PathLike[str],
    *,
    assumptions: Assumptions | bool | None = None,
) -> list[Path]:
    """Write the main charts as SVG files: a day under both regimes, and the headlines.

    Parameters
    ----------
    comparison, assumptions
        As for `write`.
    directory : path-like
        Made if it is not there.

    Returns
    -------
    list of Path
        ``day.svg`` and ``headlines.svg``.
    """
    from tidsbruk.report import charts
    from tidsbruk.report.data import page_data

    data = page_data(_comparison(comparison, assumptions))
    target = Path(directory)
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name in ("day", "headlines"):
        file = target / f"{name}.svg"
        drawn = charts.svg(getattr(charts, name)(data, charts.WIDE))
        save(file, drawn)
        written.append(file)
    return written


def read(path: str | PathLike[str]) -> dict[str, Any]:
    """Give the data that a page holds: all that it says, and both scenarios whole.

    ``tidsbruk.Scenario(read(path)["baseline"]["scenario"])`` makes the scenario again.

    Raises
    ------
    Error
        When the file is no page of `write`.
    """
    text = Path(path).read_text(encoding="utf-8")
    _, opened, rest = text.partition(_OPENS)
    block, closed, _ = rest.partition(_CLOSES)
    if not opened or not closed:
        raise failure("TB_ERR_TYPE", f"{path}: it holds no data of a tidsbruk page")
    data: dict[str, Any] = json.loads(block)
    return data


def _comparison(
    made: Comparison | Result, assumptions: Assumptions | bool | None
) -> Comparison:
    from tidsbruk.compare import Comparison

    if not isinstance(made, Comparison):
        return made.compare(assumptions=assumptions or False)
    if assumptions is None:
        return made
    return made.result.compare(
        made.baseline, made.alternative, level=made.level, assumptions=assumptions
    )
