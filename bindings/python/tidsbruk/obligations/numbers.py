"""Numbers as people write them: which sign marks decimals, which thousands.

A number with one point or comma and just three digits after it may mean either: "1.200"
is 1200 to one reader and 1.2 to another. What else stands in the column, or in the list,
tells; where nothing does, nobody may guess.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

BLANKS = r"[\s\u00a0\u202f']"
UNCLEAR = r"[1-9]\d{0,2}[.,]\d{3}"
THOUSANDS = {".": r"[+-]?\d{1,3}(\.\d{3})*", ",": r"[+-]?\d{1,3}(,\d{3})*"}


class Shown(NamedTuple):
    """What one cell shows of how its list writes numbers.

    Attributes
    ----------
    decimal : str
        ``"."`` or ``","``, or ``"any"`` where blanks set thousands apart.
    row : int
        Where it stands.
    text : str
        What stands there.
    """

    decimal: str
    row: int
    text: str


def _plain(text: str) -> str:
    return re.sub(BLANKS, "", text)


def is_unclear(text: str) -> bool:
    """Whether a text holds a number that may be read in two ways.

    Examples
    --------
    >>> [is_unclear(t) for t in ("1.200", "1,200 per year", "1.20", "0.125", "1 200.125")]
    [True, True, False, False, False]
    """
    return any(re.fullmatch(UNCLEAR, token) for token in _tokens(text))


def _tokens(text: str) -> list[str]:
    """The numbers in a text, with what sets their thousands apart."""
    found = re.findall(rf"[.,]?\d(?:{BLANKS}?[\d.,])*", text)
    return [token.rstrip(".,") for token in found]


def readings(text: str) -> tuple[str, str]:
    """Give how the unclear number in a text is written without doubt, either way.

    Examples
    --------
    >>> readings("1.200 per year")
    ('1200', '1.2000')
    """
    token = next(t for t in _tokens(text) if re.fullmatch(UNCLEAR, t))
    return re.sub("[.,]", "", token), token + "0"


def decimal_shown(text: str) -> str:
    """Which sign a text shows to mark decimals; ``"any"`` for either; empty for none.

    Examples
    --------
    >>> [decimal_shown(t) for t in ("2,5", "1.200,5", "1.200.000", "1 200", "1.200", "7")]
    [',', ',', ',', 'any', '', '']
    """
    for token in _tokens(text):
        plain = _plain(token)
        signs = re.findall("[.,]", plain)
        if len(set(signs)) == 2:
            return str(signs[-1])
        if len(signs) > 1:
            return "," if signs[0] == "." else "."
        if signs and not re.fullmatch(UNCLEAR, token):
            return str(signs[0])
        if not signs and plain != token:
            return "any"
    return ""


class Convention:
    """How a list writes numbers, by what its cells show."""

    def __init__(self) -> None:
        self._shown: dict[str, list[Shown]] = {}

    def look(self, column: str, row: int, text: str) -> None:
        """Take in a cell."""
        decimal = decimal_shown(text)
        if decimal:
            self._shown.setdefault(column, []).append(Shown(decimal, row, text))

    def of(self, column: str, text: str) -> Shown | None:
        """Say what decides how an unclear text in a column is read.

        The column itself, else the whole list; None where nothing is shown, or one thing
        here and another there.
        """
        sign = next(sign for sign in text if sign in ".,")
        every = [shown for cells in self._shown.values() for shown in cells]
        for cells in (self._shown.get(column, []), every):
            if cells:
                meant = {sign if s.decimal == "any" else s.decimal for s in cells}
                first = cells[0]
                return first._replace(decimal=meant.pop()) if len(meant) == 1 else None
        return None


def number(text: str, decimal: str = ".") -> float | None:
    """Read a number as people write it; None when it is none.

    Parameters
    ----------
    text : str
        Thousands may be set apart by blanks, apostrophes, points or commas.
    decimal : str
        What marks decimals where that is unclear.

    Examples
    --------
    >>> number("2,5"), number("1 200"), number("1.200,5"), number("three")
    (2.5, 1200.0, 1200.5, None)
    >>> number("1.200", decimal="."), number("1.200", decimal=",")
    (1.2, 1200.0)
    """
    plain = _plain(text)
    decimal = decimal_shown(text) if not is_unclear(text) else decimal
    thousands = {".": ",", ",": "."}.get(decimal, "")
    if thousands:
        whole, _, rest = plain.partition(decimal)
        if thousands in whole and not re.fullmatch(THOUSANDS[thousands], whole):
            return None
        plain = whole.replace(thousands, "") + ("." + rest if rest else "")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", plain):
        return None
    value = float(plain)
    return value if math.isfinite(value) else None
