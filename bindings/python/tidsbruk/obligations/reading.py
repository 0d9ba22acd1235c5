"""Reading a controller's list of duties, with every fault by row and column.

A list has a header and a row for each duty. Rows are counted as a spreadsheet counts
them: the header is row 1. It may come from a CSV file (separated by commas, semicolons or
tabs; UTF-8, UTF-16 or Windows-1252; decimal points or commas), from a data frame of
pandas or polars, or from a list of dicts. Names of columns and the words in them may be
English or, where one word is surely meant, Norwegian, Danish or Swedish.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.errors import scenario_error
from tidsbruk.obligations.frequency import Frequency, parse_frequency, split_per
from tidsbruk.obligations.numbers import Convention, is_unclear, number, readings
from tidsbruk.obligations.rows import rows_of_file, rows_of_frame
from tidsbruk.obligations.words import (
    BOOKS,
    COLUMNS,
    IMPOSED_BY,
    PER,
    REQUIRED,
    TIMING,
    TRIGGERS,
    identifier,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from os import PathLike

    Source = str | PathLike[str] | Iterable[Mapping[str, Any]] | Any

NUMBERS = ("minutes", "frequency", "receivers", "reentry")  # columns that hold them
NAME_SIZE = 47  # of an obligation, in bytes
MOST_MINUTES = 10000


class Duty(NamedTuple):
    """One row of a list.

    Attributes
    ----------
    row : int
        As a spreadsheet counts it.
    title, name : str
        As it is written, and as an obligation is called.
    minutes : float
        Of one record for one receiver.
    per : str
        Empty where the list does not say.
    frequency : Frequency or None
        None where the list does not say.
    fields : dict
        Other columns that are filled: role, receivers, imposed_by, ...
    """

    row: int
    title: str
    name: str
    minutes: float
    per: str
    frequency: Frequency | None
    fields: dict[str, Any]


class DutyList(NamedTuple):
    """A list as it was read.

    Attributes
    ----------
    source : str
        The file, or what it was otherwise.
    duties : list of Duty
        In the order of the rows.
    read_as : list of (str, str)
        Columns and words that were taken to mean something else than they say.
    notes : list of str
        What a reader should know about how it was read.
    """

    source: str
    duties: list[Duty]
    read_as: list[tuple[str, str]]
    notes: list[str]


def load_duties(source: Source) -> DutyList:
    """Load a controller's list of duties, as `tidsbruk.duties` takes it.

    Parameters
    ----------
    source : path-like, data frame, Arrow stream or iterable of mappings
        A row for each duty: ``duty`` and ``minutes``, and, where known, ``per``,
        ``frequency``, ``role``, ``receivers``, ``imposed_by`` and others; see the module.
        Columns and words may be Nordic.

    Returns
    -------
    DutyList

    Raises
    ------
    ScenarioError
        With every fault at once, each with its row and its column.
    OSError
        When the file cannot be read.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> rows = [{"plikt": "Nøkkelliste", "hyppighet": "daglig", "minutter": "7,5"}]
    >>> [(d.name, d.minutes) for d in tb.load_duties(rows).duties]
    [('noekkelliste', 7.5)]
    """
    if isinstance(source, DutyList):
        return source
    if isinstance(source, str) or hasattr(source, "__fspath__"):
        path = Path(str(source))
        reader = _Reader(str(path), *rows_of_file(path))
    else:
        reader = _Reader("the list", *rows_of_frame(source))
    duties = reader.duties()
    if reader.faults:
        raise scenario_error(reader.faults)
    return DutyList(reader.source, duties, reader.read_as, reader.notes)


def at(row: int, column: str) -> str:
    """Name a cell, as messages do."""
    return f"row {row}, column {column}"


class _Reader:
    """Reads rows of text and gathers every fault."""

    def __init__(
        self, source: str, rows: list[list[str]], notes: list[str], first: int
    ) -> None:
        self.source = source
        self.notes = notes
        self.faults: list[tuple[str, str]] = []
        self.read_as: list[tuple[str, str]] = []
        filled = [
            (number, row)
            for number, row in enumerate(rows, first)
            if any(cell.strip() for cell in row)
        ]
        self.header_row, header = filled[0] if filled else (1, [])
        self.columns = self._columns(header)
        self.rows = filled[1:]
        self.convention = Convention()
        for number_of, cells in self.rows:
            for column in NUMBERS:
                index = self.columns.get(column, len(cells))
                if index < len(cells):
                    self.convention.look(column, number_of, cells[index].strip())

    def fault(self, row: int, column: str, message: str) -> None:
        place = at(row, column)
        self.faults.append((place, f"{place}: {message}"))

    def _columns(self, header: Sequence[str]) -> dict[str, int]:
        """Which column holds what."""
        columns: dict[str, int] = {}
        meant: set[str] = set()  # by headings that are not known; empty for whatever
        for index, cell in enumerate(header):
            if not cell.strip():
                continue
            name, text = self._meaning(cell, COLUMNS), cell.strip()
            place = f"row {self.header_row}, column {index + 1}"
            if name is None:
                near = _near(identifier(cell), COLUMNS)
                hint = f"did you mean {near!r}?" if near else f"it is {_any_of(COLUMNS)}"
                meant.add(near)
                self.faults.append((place, f"{place}: {text!r} is not known; {hint}"))
            elif name in columns:
                message = f"{place}: {text!r} holds {name}, as another column does"
                self.faults.append((place, message))
            else:
                columns[name] = index
        for name in REQUIRED:
            if name not in columns and not meant & {name, ""}:
                self.faults.append(
                    (name, f"row {self.header_row}: there is no column {name}")
                )
        return columns

    def _meaning(self, cell: str, words: Mapping[str, Any]) -> str | None:
        """The word of ours that a cell means, if there is one; remembers translations."""
        plain = identifier(cell)
        if plain in words:
            return plain
        for word, others in words.items():
            if plain and plain in others:
                told = (cell.strip(), word)
                if told not in self.read_as:
                    self.read_as.append(told)
                return word
        return None

    def _unknown(self, cell: str, words: Mapping[str, Any]) -> str:
        near = _near(identifier(cell), words, compounds=False)
        hint = f"did you mean {near!r}?" if near else f"it is {_any_of(words)}"
        return f"{cell.strip()!r} is not known; {hint}"

    def duties(self) -> list[Duty]:
        found: list[Duty] = []
        rows_of: dict[str, int] = {}
        if self.columns.keys() >= set(REQUIRED):
            found = [self._duty(number, row) for number, row in self.rows]
        for duty in found:
            if not duty.name:
                continue
            if duty.name in rows_of:
                self.fault(
                    duty.row,
                    "duty",
                    f"{duty.title!r} stands in row {rows_of[duty.name]} already",
                )
            rows_of.setdefault(duty.name, duty.row)
        if not found and not self.faults:
            self.faults.append((self.source, f"{self.source}: it lists no duty"))
        return found

    def _duty(self, row: int, cells: Sequence[str]) -> Duty:
        said = {
            name: cells[index].strip() if index < len(cells) else ""
            for name, index in self.columns.items()
        }
        spare = [c for c in cells[max(self.columns.values()) + 1 :] if c.strip()]
        if spare and len(cells) > max(self.columns.values()) + 1:
            self.fault(row, str(len(cells)), f"{spare[-1]!r} stands below no header")
        fields: dict[str, Any] = {}
        for name, text in said.items():
            if text and name in _CELLS:
                value = getattr(self, _CELLS[name])(row, name, text)
                if value is not None:
                    fields[name] = value
        per, often = fields.pop("per", ""), said.get("frequency", "")
        if not per and not said.get("per"):
            often, per = split_per(often)
        return Duty(
            row,
            said["duty"],
            self._name(row, said["duty"]),
            self._minutes(row, said["minutes"]),
            per,
            self._frequency(row, often, per),
            fields,
        )

    def _name(self, row: int, title: str) -> str:
        name = identifier(title)
        if not title:
            self.fault(row, "duty", "it has no name")
        elif not name[:1].isascii() or not name[:1].isalpha():
            self.fault(row, "duty", f"{title!r} does not begin with a letter")
        return name[:NAME_SIZE].rstrip("_")

    def _minutes(self, row: int, text: str) -> float:
        if not text:
            self.fault(row, "minutes", "it says nothing")
            return 0
        minutes = self._number(row, "minutes", re.sub(r"\s*min(?:utes)?\.?$", "", text))
        if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
            self.fault(
                row, "minutes", f"{minutes:g} is not between 0 and {MOST_MINUTES} minutes"
            )
        return minutes or 0

    def _number(self, row: int, column: str, text: str) -> float | None:
        decimal = self._decimal(row, column, text)
        value = number(text, decimal) if decimal else None
        if decimal and value is None:
            self.fault(row, column, f"{text!r} is no number")
        return value

    def _decimal(self, row: int, column: str, text: str) -> str:
        """What marks decimals in a cell; empty, with a fault, where nobody can tell."""
        if not is_unclear(text):
            return "."
        thousands, decimals = readings(text)
        shown = self.convention.of(column, text)
        if shown is None:
            message = f"{text!r} may be {thousands} or {decimals}: write one of them"
            self.fault(row, column, message)
            return ""
        meant = f"{thousands} (thousands)"
        if shown.decimal in decimals:
            sign = "point" if shown.decimal == "." else "comma"
            meant = f"{float(decimals.replace(',', '.')):.6g} (a decimal {sign})"
        self.notes.append(
            f"{text!r} ({at(row, column)}) is read as {meant}, since row {shown.row} "
            f"has {shown.text!r}."
        )
        return shown.decimal

    def _receivers(self, row: int, column: str, text: str) -> int | None:
        value = self._number(row, column, text)
        if value is not None and (value != int(value) or not 1 <= value <= 20):
            self.fault(row, column, f"{text} is no whole number between 1 and 20")
            return None
        return None if value is None else int(value)

    def _share(self, row: int, column: str, text: str) -> float | None:
        per_cent = text.endswith("%")
        value = self._number(row, column, text.rstrip("% "))
        if value is None:
            return None
        value /= 100 if per_cent else 1
        if not 0 <= value <= 1:
            self.fault(row, column, f"{text} is not between 0 and 1, or 0 and 100 %")
            return None
        return value

    def _word(self, row: int, column: str, text: str) -> str | None:
        words: Mapping[str, Any] = _WORDS[column]
        word = self._meaning(text, words)
        if word is None:
            self.fault(row, column, self._unknown(text, words))
        return word

    def _text(self, row: int, column: str, text: str) -> str | None:
        if len(text.encode()) > 127:
            self.fault(row, column, "it is longer than 127 bytes")
            return None
        return text

    def _frequency(self, row: int, text: str, per: str) -> Frequency | None:
        if not text:
            return None
        decimal = self._decimal(row, "frequency", text)
        if not decimal:
            return None
        found = parse_frequency(text, decimal)
        if found is None:
            self.fault(
                row,
                "frequency",
                f"{text!r} is not understood; it is a number a year, 'weekly', "
                "'2 per month', 'every visit', 'every 3rd visit' or '25 %'",
            )
        elif per in TRIGGERS and found.period:
            self.fault(
                row,
                "frequency",
                f"{text!r} is no share of each {per}; it is 'every {per}', "
                f"'every 3rd {per}' or '25 %'",
            )
        elif per and per not in TRIGGERS and not found.period:
            self.fault(
                row,
                "frequency",
                f"{text!r} says nothing about time; per {per} it is 'weekly', "
                "'2 per month' or a number a year",
            )
        return found


_CELLS = {  # how a cell is read
    "per": "_word",
    "role": "_text",
    "receivers": "_receivers",
    "reentry": "_share",
    "imposed_by": "_word",
    "datum": "_text",
    "timing": "_word",
    "citation": "_text",
    "books": "_word",
}
_WORDS: dict[str, Mapping[str, Any]] = {
    "per": PER,
    "timing": TIMING,
    "imposed_by": IMPOSED_BY,
    "books": BOOKS,
}


def _near(plain: str, words: Mapping[str, Any], *, compounds: bool = True) -> str:
    """The word of ours that a misspelled one may mean; empty where none is near.

    Without `compounds` a word that only ends in one of ours is not near: a
    "fylkeskommune" is no "kommune".
    """
    from difflib import get_close_matches

    every = {word: word for word in words}
    every |= {other: word for word, others in words.items() for other in others}
    near = get_close_matches(plain, list(every), 1, 0.6 if compounds else 0.75)
    if not near or (not compounds and any(_ends_in(plain, word) for word in every)):
        return ""
    return every[near[0]]


def _ends_in(plain: str, word: str) -> bool:
    return len(word) > 3 and plain != word and plain.endswith(word)


def _any_of(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}"
