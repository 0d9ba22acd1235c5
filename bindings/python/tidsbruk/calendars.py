"""Public holidays of a country, as a scenario has them."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Any

from tidsbruk.errors import failure

MOST_HOLIDAYS = 40  # that a scenario has room for
_MONDAY = 0


def holidays(
    country: str,
    start: str | datetime.date,
    weeks: int,
    *,
    subdivision: str | None = None,
) -> dict[str, Any]:
    """List the public holidays of a country for `Scenario.replace`.

    Needs the package ``holidays`` (``pip install tidsbruk[calendar]``).

    Parameters
    ----------
    country : str
        Two letters (ISO 3166-1), such as ``"NO"``.
    start : date or str
        The Monday on which the measured weeks begin, such as ``"2026-03-30"``.
    weeks : int
        How many measured weeks there are, 1 to 520.
    subdivision : str, optional
        A part of the country with holidays of its own, as the package names it.

    Returns
    -------
    dict
        ``{"holidays": {name: {"week": ..., "weekday": ...}}}``; weeks from 1, and 1 is
        Monday. Names are English where the package has them so, with the date.

    Raises
    ------
    Error
        ``TB_ERR_VALUE`` when `start` is no Monday or there are more than a scenario
        holds, ``TB_ERR_NAME`` for a country that the package does not know.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> easter = tb.holidays("NO", "2026-03-30", 2)
    >>> sorted(day["weekday"] for day in easter["holidays"].values())
    [1, 4, 5, 7]
    """
    import holidays as calendars

    first = datetime.date.fromisoformat(start) if isinstance(start, str) else start
    if first.weekday() != _MONDAY:
        raise failure(
            "TB_ERR_VALUE", f"start = {first} is no Monday; measured weeks begin on one"
        )
    last = first + datetime.timedelta(weeks=weeks)
    years = range(first.year, last.year + 1)
    try:
        known = calendars.country_holidays(
            country, subdiv=subdivision, years=years, language="en_US"
        )
    except NotImplementedError as e:
        raise failure("TB_ERR_NAME", f"country = {country!r}: {e}") from None
    days = {date: name for date, name in sorted(known.items()) if first <= date < last}
    if len(days) > MOST_HOLIDAYS:
        raise failure(
            "TB_ERR_VALUE",
            f"there are {len(days)} holidays in {weeks} weeks; a scenario has room "
            f"for {MOST_HOLIDAYS}",
        )
    return {
        "holidays": {
            _named(name, date): {
                "week": (date - first).days // 7 + 1,
                "weekday": date.isoweekday(),
            }
            for date, name in days.items()
        }
    }


def _named(name: str, date: datetime.date) -> str:
    """A name that a scenario takes: 47 of a-z, 0-9 and _, a letter first."""
    letters = name.casefold().replace("ø", "o").replace("æ", "ae").replace("ð", "d")
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    words = re.sub(r"^[^a-z]+", "", words)[:36].strip("_") or "holiday"
    return f"{words}_{date:%Y%m%d}"
