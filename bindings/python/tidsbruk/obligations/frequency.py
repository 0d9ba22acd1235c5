"""How often a duty is met, from the words of a list."""

from __future__ import annotations

import re
from typing import NamedTuple

from tidsbruk.obligations.numbers import number
from tidsbruk.obligations.words import LETTERS, PER, TRIGGERS

PERIODS = {  # and how many of them a year of fifty-two weeks has
    "day": (
        364,
        "days daily dag dagen dager dage dagar doegn doegnet dygn dygnet daglig "
        "dagligt dagligen",
    ),
    "week": (
        52,
        "weeks weekly uke uka uken uker ukentlig uge ugen uger ugentlig ugentligt "
        "vecka veckan veckor veckovis",
    ),
    "fortnight": (26, "fortnightly"),
    "month": (
        12,
        "months monthly maaned maaneden maaneder maanedlig maanedligt maanad "
        "maanaden maanader maanadsvis maanatlig maanatligen",
    ),
    "quarter": (
        4,
        "quarters quarterly kvartal kvartalet kvartaler kvartalsvis kvartalvis "
        "kvartalsvist",
    ),
    "halfyear": (
        2,
        "halfyearly semiannual semiannually halvaar halvaaret halvaarlig "
        "halvaarligt halvaarligen halvaarsvis",
    ),
    "year": (1, "years yearly annual annually aar aaret aarlig aarligt aarligen"),
}
EVERY = r"(?:every|each|hver|hvert|varje|var|vart)"
OTHER = r"(?:second|other|annen|annet|anden|andet|andre|andra)"
NUMBERS = {  # by words; "a week" is left to the pattern
    "1": "en ett et one",
    "2": "to tvaa two",
    "3": "tre three",
    "4": "fire fyra four",
    "5": "fem five",
    "6": "seks sex six",
}
ORDINALS = {
    "3": "third tredje",
    "4": "fourth fjerde fjaerde",
    "6": "sixth sjette sjaette",
}
DIGITS = {
    word: digit
    for table in (NUMBERS, ORDINALS)
    for digit, words in table.items()
    for word in words.split()
}


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


def split_per(text: str) -> tuple[str, str]:
    """A frequency and whom it is per, where the words say both.

    Examples
    --------
    >>> split_per("månedlig pr. borger"), split_per("2 per month per client")
    (('månedlig', 'client'), ('2 per month', 'client'))
    >>> split_per("2 per month"), split_per("hvert besøg")
    (('2 per month', ''), ('hvert besøg', 'visit'))
    """
    every = re.fullmatch(rf"{EVERY}(?:\s+\S+)?\s+(\w+)", " ".join(text.lower().split()))
    word = every[1].translate(LETTERS) if every else ""
    of = [per for per in TRIGGERS if word in (per, *PER[per])]
    if of:
        return text, of[0]
    found = re.fullmatch(
        rf"(.*\S)[\s,]+(?:per|pr\.?|for|(?:for\s+)?{EVERY})\s+(\w+)",
        " ".join(text.split()),
        re.IGNORECASE,
    )
    word = found[2].lower().translate(LETTERS) if found else ""
    whom = [per for per in PER if per not in TRIGGERS and word in (per, *PER[per])]
    return (found[1], whom[0]) if found and whom else (text, "")


def _in_digits(plain: str) -> str:
    """The same with digits for words: "annenhver uke" is "hver 2 uke".

    Examples
    --------
    >>> _in_digits("varannan vecka"), _in_digits("to ganger i halvt aar")
    ('hver 2 vecka', '2 ganger i halfyear')
    """
    plain = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", plain)
    plain = re.sub(r"\b(?:half|halvt)[ ]?(?=year|aar)", "half", plain)
    plain = re.sub(r"\bhalfaar\w*", "halfyear", plain)
    plain = re.sub(r"\b(?:annenhver|annethvert|hveranden|hvertandet)\b", "hver 2", plain)
    plain = re.sub(r"\b(?:varannan|vartannat)\b", "hver 2", plain)
    plain = re.sub(r"\bonce\b", "1 times", re.sub(r"\btwice\b", "2 times", plain))
    plain = re.sub(rf"\b{OTHER}\b", "2", plain)
    return re.sub(r"\b[a-z]+\b", lambda m: DIGITS.get(m[0], m[0]), plain)


def _in_words(said: str, plain: str, decimal: str) -> Frequency | None:
    triggers = {word: per for per in TRIGGERS for word in (per, *PER[per])}
    periods = {w: p for p, (_, others) in PERIODS.items() for w in (p, *others.split())}
    plain = _in_digits(plain)
    found = re.fullmatch(rf"{EVERY}(?:\s+(\d+)(?:st|nd|rd|th|\.)?)?(?:\s+(\w+))?", plain)
    if found:
        one_in, of = int(found[1] or 1), found[2] or ""
        if one_in < 1:
            return None
        if of in periods:
            return Frequency(said, 1 / one_in, periods[of])
        return Frequency(said, 1 / one_in, "") if not of or of in triggers else None
    found = re.fullmatch(
        r"(?:([\d.,]+)\s*)?(?:(?:x|times?|ganger|gange?|gaang(?:er)?)\b)?\s*"
        rf"(?:/|(?:per|pr\.?|a|an|i|om|{EVERY}(?:\s(\d+)\.?)?)\s)?\s*(\w+)",
        plain,
    )
    if found and found[3] in periods:
        times = number(found[1], decimal) if found[1] else 1.0
        span = 0 if times is None else int(found[2] or 1)
        return Frequency(said, (times or 0) / span, periods[found[3]]) if span else None
    return None
