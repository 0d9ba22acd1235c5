"""Reading a controller's list of duties, with every fault by row and column.

A list has a header and a row for each duty. Rows are counted as a spreadsheet counts
them: the header is row 1. It may come from a CSV file (separated by commas, semicolons or
tabs; UTF-8, UTF-16 or Windows-1252; decimal points or commas), from a data frame of
pandas or polars, or from a list of dicts. Names of columns and the words in them may be
English or, where one word is surely meant, Norwegian, Danish or Swedish.
"""

from __future__ import annotations

import csv
import io
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.errors import scenario_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from os import PathLike

    Source = str | PathLike[str] | Iterable[Mapping[str, Any]] | Any

COLUMNS = {  # what a column holds, and what else it may be called
    "duty": ("plikt", "oppgave", "pligt", "opgave", "skyldighet", "dokumentasjonsplikt"),
    "per": ("pr",),
    "frequency": ("hyppighet", "hyppighed", "frekvens"),
    "minutes": ("minutter", "minuter", "min"),
    "role": ("rolle", "roll"),
    "receivers": ("mottakere", "modtagere", "mottagare"),
    "reentry": (),
    "imposed_by": ("paalagt_av", "paalagt_af", "aalagd_av"),
    "datum": (),
    "timing": ("tidspunkt", "tidpunkt"),
    "citation": ("hjemmel", "lovhjemmel", "lagrum"),
    "note": ("merknad", "kommentar", "bemaerkning", "anmaerkning"),  # for people
}
REQUIRED = ("duty", "minutes")

PER = {
    "visit": ("besoek", "besoeg"),
    "call": (),
    "deviation": ("avvik", "afvigelse", "avvikelse"),
    "incident": (),
    "shift": ("vakt", "vagt", "arbetspass"),
    "client": ("bruker", "borger", "brukare"),
    "worker": ("ansatt", "medarbejder", "medarbetare", "medarbeider"),
    "unit": ("enhet", "enhed"),
}
TIMING = {"at_once": (), "when_idle": (), "end_of_shift": ()}
IMPOSED_BY = {
    "law": ("lov", "lag"),
    "state": ("stat", "staten"),
    "municipality": ("kommune", "kommunen", "kommun"),
    "unit": ("enhet", "enheten", "enhed", "enheden"),
    "receiver": ("mottaker", "mottakeren", "modtager", "modtageren", "mottagare"),
}
PERIODS = {  # and how many of them a year of fifty-two weeks has
    "day": (364, ("daily", "dag", "daglig", "dagligen")),
    "week": (52, ("weekly", "uke", "ukentlig", "uge", "ugentlig", "vecka", "veckovis")),
    "month": (12, ("monthly", "maaned", "maanedlig", "maanad", "maanadsvis")),
    "quarter": (4, ("quarterly", "kvartal", "kvartalsvis")),
    "year": (1, ("yearly", "annual", "annually", "aar", "aaret", "aarlig", "aarligen")),
}
EVERY = r"(?:every|each|hver|hvert|varje)"
TRIGGERS = ("visit", "call", "deviation", "incident", "shift")
ORDINALS = {"second": "2", "other": "2", "third": "3", "fourth": "4"}
LETTERS = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "é": "e", "ü": "u"}
)
NAME_SIZE = 47  # of an obligation, in bytes
MOST_MINUTES = 10000
MOST_BYTES = 10_000_000


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


def read(source: Source) -> DutyList:
    """Read a list.

    Parameters
    ----------
    source : path-like, data frame or iterable of mappings
        See the module.

    Raises
    ------
    ScenarioError
        With every fault at once, each with its row and its column.
    OSError
        When the file cannot be read.
    """
    if isinstance(source, str) or hasattr(source, "__fspath__"):
        path = Path(str(source))
        reader = _Reader(str(path), *_rows_of_file(path))
    else:
        reader = _Reader("the list", *_rows_of_frame(source))
    duties = reader.duties()
    if reader.faults:
        raise scenario_error(reader.faults)
    return DutyList(reader.source, duties, reader.read_as, reader.notes)


def identifier(title: str) -> str:
    """Give the name of the obligation that a duty is.

    Examples
    --------
    >>> identifier("Registrering av besøk (app)")
    'registrering_av_besoek_app'
    """
    return re.sub(r"[^a-z0-9]+", "_", title.lower().translate(LETTERS)).strip("_")


def at(row: int, column: str) -> str:
    """Name a cell, as messages do."""
    return f"row {row}, column {column}"


# Files and frames ----------------------------------------------------------------------


def _rows_of_file(path: Path) -> tuple[list[list[str]], list[str], int]:
    """The cells of a file, what is to be said of it, and the number of the first row."""
    raw = path.read_bytes()
    if len(raw) > MOST_BYTES:
        raise scenario_error([(str(path), f"{path}: too large for a list of duties")])
    text, notes = _text(path, raw)
    first = 1
    said = re.match(r"sep=(.)\r?\n", text)
    if said:  # a line that Excel writes for itself, and counts
        text, first = text[said.end() :], 2
    delimiter = said[1] if said else _delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as e:
        raise scenario_error([(str(path), f"{path}: {e}")], "TB_ERR_TYPE") from None
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise scenario_error([(str(path), f"{path}: it is empty")])
    return rows, notes, first


def _text(path: Path, raw: bytes) -> tuple[str, list[str]]:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        plain = encoding != "cp1252"
        return text, [] if plain else [f"{path} is no UTF-8: read as Windows-1252."]
    raise scenario_error([(str(path), f"{path}: it is no text")], "TB_ERR_TYPE")


def _delimiter(text: str) -> str:
    """Find what separates the columns: what the first line has most of."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(";\t,", key=header.count)


def _rows_of_frame(frame: Any) -> tuple[list[list[str]], list[str], int]:
    """The cells of a data frame or of mappings, as text."""
    if hasattr(frame, "to_dicts"):  # polars
        records = frame.to_dicts()
    elif hasattr(frame, "to_dict") and hasattr(frame, "columns"):  # pandas
        records = frame.to_dict("records")
    else:
        records = list(frame)
    if not all(hasattr(record, "items") for record in records):
        raise TypeError("a list of duties is a file, a data frame, or mappings")
    header = list(dict.fromkeys(str(key) for record in records for key in record))
    rows = [[_cell(record.get(name)) for name in header] for record in records]
    return [header, *rows], [], 1


def _cell(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return "" if type(value).__name__ in ("NAType", "NaTType") else str(value)


# Cells ---------------------------------------------------------------------------------


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

    def fault(self, row: int, column: str, message: str) -> None:
        place = at(row, column)
        self.faults.append((place, f"{place}: {message}"))

    def _columns(self, header: Sequence[str]) -> dict[str, int]:
        """Which column holds what."""
        columns: dict[str, int] = {}
        for index, cell in enumerate(header):
            if not cell.strip():
                continue
            name = self._meaning(cell, COLUMNS)
            place = f"row {self.header_row}, column {index + 1}"
            if name is None:
                self.faults.append((place, f"{place}: {self._unknown(cell, COLUMNS)}"))
            elif name in columns:
                message = (
                    f"{place}: {cell.strip()!r} holds {name}, as another column does"
                )
                self.faults.append((place, message))
            else:
                columns[name] = index
        for name in REQUIRED:
            if name not in columns:
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
        from difflib import get_close_matches

        every = {word: word for word in words}
        every |= {other: word for word, others in words.items() for other in others}
        near = get_close_matches(identifier(cell), list(every), 1, 0.6)
        hint = f"did you mean {every[near[0]]!r}?" if near else f"it is {_any_of(words)}"
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
        per = fields.pop("per", "")
        return Duty(
            row,
            said["duty"],
            self._name(row, said["duty"]),
            self._minutes(row, said["minutes"]),
            per,
            self._frequency(row, said.get("frequency", ""), per),
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
        value = number(text)
        if value is None:
            self.fault(row, column, f"{text!r} is no number")
        return value

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
        found = parse_frequency(text)
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
}
_WORDS: dict[str, Mapping[str, Any]] = {
    "per": PER,
    "timing": TIMING,
    "imposed_by": IMPOSED_BY,
}


def _any_of(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}"


def number(text: str) -> float | None:
    """Read a number as people write it; None when it is none.

    Examples
    --------
    >>> number("2,5"), number("1 200"), number("1.200,5"), number("three")
    (2.5, 1200.0, 1200.5, None)
    """
    plain = re.sub(r"[\s\u00a0\u202f']", "", text)
    if "," in plain and "." in plain:  # the last of the two marks the decimals
        thousands = "," if plain.rfind(".") > plain.rfind(",") else "."
        plain = plain.replace(thousands, "")
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", plain):
        return None
    value = float(plain)
    return value if math.isfinite(value) else None


def parse_frequency(text: str) -> Frequency | None:
    """Read how often a duty is met; None when the words are not understood.

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
        share = number(plain[:-1])
        good = share is not None and 0 <= share <= 100
        return Frequency(said, share / 100, "") if good and share is not None else None
    times = number(plain)
    if times is not None:
        return Frequency(said, times, "year") if times >= 0 else None
    return _in_words(said, plain)


def _in_words(said: str, plain: str) -> Frequency | None:
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
        times = number(found[1]) if found[1] else 1.0
        return None if times is None else Frequency(said, times, periods[found[2]])
    return None
