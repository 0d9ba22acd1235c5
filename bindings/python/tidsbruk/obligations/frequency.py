"""How often a duty is met, from the words of a list."""

from __future__ import annotations

import re
from typing import NamedTuple

from tidsbruk.obligations.numbers import number
from tidsbruk.obligations.words import LETTERS, PER, TRIGGERS

PERIODS = {  # and how many of them a year of fifty-two weeks has
    "day": (364, ("daily", "dag", "daglig", "dagligen")),
    "week": (52, ("weekly", "uke", "ukentlig", "uge", "ugentlig", "vecka", "veckovis")),
    "month": (12, ("monthly", "maaned", "maanedlig", "maanad", "maanadsvis")),
    "quarter": (4, ("quarterly", "kvartal", "kvartalsvis")),
    "year": (1, ("yearly", "annual", "annually", "aar", "aaret", "aarlig", "aarligen")),
}
EVERY = r"(?:every|each|hver|hvert|varje)"
ORDINALS = {"second": "2", "other": "2", "third": "3", "fourth": "4"}


class Frequency(NamedTuple):
    """How often a duty is met.

    Attributes
    ----------
    said : str
        As the list says it.
    number : float
        Times: of each trigger if `period` is empty, else in a period.
    period : str
        ``"day"``, ``"week"``, ... or empty.
    """

    said: str
    number: float
    period: str

    @property
    def per_year(self) -> float:
        """Times a year, for a period."""
        return self.number * PERIODS[self.period][0]


def parse_frequency(text: str, decimal: str = ".") -> Frequency | None:
    """Read how often a duty is met; None when the words are not understood.

    Parameters
    ----------
    text : str
        As the list says it.
    decimal : str
        What marks decimals where that is unclear.

    Examples
    --------
    >>> parse_frequency("2 per month")
    Frequency(said='2 per month', number=2.0, period='month')
    >>> parse_frequency("every 4th visit")
    Frequency(said='every 4th visit', number=0.25, period='')
    >>> parse_frequency("12")
    Frequency(said='12', number=12.0, period='year')
    """
    said = " ".join(text.split())
    plain = said.lower().translate(LETTERS)
    if plain.endswith("%"):
        share = number(plain[:-1], decimal)
        good = share is not None and 0 <= share <= 100
        return Frequency(said, share / 100, "") if good and share is not None else None
    times = number(plain, decimal)
    if times is not None:
        return Frequency(said, times, "year") if times >= 0 else None
    return _in_words(said, plain, decimal)


def _in_words(said: str, plain: str, decimal: str) -> Frequency | None:
    triggers = {word: per for per in TRIGGERS for word in (per, *PER[per])}
    periods = {w: p for p, (_, others) in PERIODS.items() for w in (p, *others)}
    plain = re.sub(r"\b(second|other|third|fourth)\b", lambda m: ORDINALS[m[1]], plain)
    found = re.fullmatch(rf"{EVERY}(?:\s+(\d+)(?:st|nd|rd|th|\.)?)?(?:\s+(\w+))?", plain)
    if found:
        one_in, of = int(found[1] or 1), found[2] or ""
        if one_in < 1:
            return None
        if of in periods:
            return Frequency(said, 1 / one_in, periods[of])
        return Frequency(said, 1 / one_in, "") if not of or of in triggers else None
    found = re.fullmatch(
        r"(?:([\d.,]+)\s*)?(?:(?:x|times|ganger|gange|gaanger)\b)?\s*"
        r"(?:/|(?:per|pr\.?|a|an|i|om)\s)?\s*(\w+)",
        plain,
    )
    if found and found[2] in periods:
        times = number(found[1], decimal) if found[1] else 1.0
        return None if times is None else Frequency(said, times, periods[found[2]])
    return None
