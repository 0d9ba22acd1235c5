"""A table of somebody's own: read from wherever it is, with every fault at once.

Rows are counted as a spreadsheet counts them: the header is row 1, and empty rows count.
Tables come from CSV (commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252), from
Parquet, from several such files that follow each other, from anything that speaks Arrow
(pandas, polars, pyarrow ...), or from a list of mappings.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.errors import failure, scenario_error
from tidsbruk.nearest import nearest
from tidsbruk.obligations.words import identifier
from tidsbruk.own.times import (
    FORMS,
    TIME_FORMS,
    Instants,
    instants,
    zone_of,
    zones_differ,
)
from tidsbruk.own.words import YES, meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

    import numpy as np
    import pandas

    Rows = np.ndarray[Any, np.dtype[np.int64]]

    Source = str | PathLike[str] | Iterable[Mapping[str, Any]] | Any
    Words = Mapping[str, tuple[str, ...]]

MOST_SHOWN = 20  # different faults of a column that are told
MOST_ROWS = 8  # of one fault that are named
FEW_DIGITS = 6  # with more, what is no time may be the number of a person
UNIT = r"\s*[(\[](?:min|minutter|minuter|minutes)\.?[)\]]$"  # behind a heading


class Table:
    """The columns of a table that are known, as text, and what is wrong with them.

    Attributes
    ----------
    source : str
        Where it came from.
    rows : int
        Without the header.
    read_as : list of (str, str)
        Columns and words that were taken to mean something else than they say.
    left : list of str
        Columns that are not looked at.
    """

    def __init__(
        self, source: Source, words: Words, required: Iterable[str], zone: str = ""
    ) -> None:
        self.zone = zone_of(zone) if zone else None
        self._instants: list[Instants] = []
        self._cells = _cells(source)
        self.source, frame, self.notes = self._cells[:3]
        self.faults: list[tuple[str, str]] = []
        self._at: dict[str, tuple[int, int]] = {}  # file and row of a fault
        self._wrong: set[tuple[int, str]] = set()  # cells that a fault names
        self.headings: dict[str, str] = {}
        for number, line, told in self._cells.faults:
            self._say(self._place(number, line), told, (number, line))
        self.read_as: list[tuple[str, str]] = []
        self.left: list[str] = []
        self.rows = len(frame)
        self._frame = self._known(frame, words)
        lacking = [name for name in required if name not in self._frame]
        for name in lacking:
            others = " or ".join(sorted(words[name])[:4])
            told = f"there is no column {name}"
            self._say("header", told + (f" (also {others} ...)" if others else ""))
        if lacking and self.left and self.headings:
            self._say("header", f"not understood: {', '.join(map(repr, self.left))}")
        elif lacking and self.left:  # perhaps a row of the table, with names in it
            self._say("header", "nothing in it is understood; is the first row a header?")
        if not self.rows:
            self._say("", "it holds no rows")

    def _known(self, frame: pandas.DataFrame, words: Words) -> pandas.DataFrame:
        chosen: dict[str, int] = {}
        for index, column in enumerate(frame.columns):
            heading = str(column).strip()
            name = meaning(identifier(heading), words)
            if not name and re.search(UNIT, heading.lower()):
                name = meaning(identifier(re.sub(UNIT, "", heading.lower())), words)
                name = name if name.endswith("minutes") else ""
            if not name:
                self.left.append(heading)
            elif name in chosen:
                first = self.headings[name]
                self._say("header", f"{heading!r} holds {name}, as {first!r} does")
            else:
                chosen[name], self.headings[name] = index, heading
                if identifier(heading) != name:
                    self.read_as.append((heading, name))
        kept = frame.iloc[:, list(chosen.values())]
        return kept.set_axis(list(chosen), axis=1)

    def __contains__(self, column: str) -> bool:
        return column in self._frame

    def text(self, column: str) -> pandas.Series[Any]:
        """Give a column as text, empty where nothing stands."""
        raw = self._frame[column]
        if raw.dtype.kind == "f":  # numbers that stand for names
            whole = raw.map(lambda x: "" if x != x else f"{x:g}")
            return whole.astype(str)
        return raw.astype(object).where(raw.notna(), "").astype(str).str.strip()

    # Kinds of columns -----------------------------------------------------------------

    def times(self, column: str, dates: Any = None) -> pandas.Series[Any]:
        """Give a column of instants; what is none is a fault."""
        raw = self._frame[column]
        if raw.dtype.kind in "iufb":
            raw = self.text(column)  # numbers are no times, whatever they count from
        found = instants(raw, dates, self.zone)
        self._instants.append(found)
        forms = FORMS if dates is None else TIME_FORMS
        self._rows(column, found.wrong, f"is no time such as {forms}")
        return found.at

    def numbers(self, column: str) -> pandas.Series[Any]:
        """Give a column of numbers; decimal commas where the column shows them."""
        import pandas

        raw = self._frame[column]
        if raw.dtype.kind in "iuf":
            return raw.astype(float)
        from tidsbruk.obligations.numbers import Convention, is_unclear, number

        text = self.text(column)
        convention = Convention()
        for row, cell in enumerate(text, 2):
            convention.look(column, row, cell)
        values, wrong = [], []
        for cell in text:
            shown = convention.of(column, cell) if is_unclear(cell) else None
            value = number(cell, shown.decimal if shown else ".") if cell else None
            values.append(value)
            wrong.append(bool(cell) and value is None)
        self._rows(column, pandas.Series(wrong).to_numpy(), "is no number")
        return pandas.Series(values, dtype=float)

    def choices(self, column: str, words: Words, default: str) -> pandas.Series[Any]:
        """Give a column of words of ours; an unknown one is a fault, with the nearest."""
        text = self.text(column)
        known = {}
        for cell in text.unique():
            plain = identifier(cell)
            known[cell] = meaning(plain, words) if cell else default
            if known[cell] and cell and plain != known[cell]:
                self.read_as.append((cell, known[cell]))
            if not known[cell]:
                every = [*words, *(o for others in words.values() for o in others)]
                near = nearest(plain, every)
                hint = f"did you mean {meaning(near, words)!r}?" if near else ""
                hint = hint or f"it is {', '.join(words)}"
                wrong = (text == cell).to_numpy()
                shown = True if near else None  # else it may be a name
                self._rows(column, wrong, f"is not known; {hint}", shown=shown)
        return text.map(known)

    def flags(self, column: str) -> Any:
        """Give a column of yes and no."""
        raw = self._frame[column]
        if raw.dtype.kind == "b":
            return raw.to_numpy()
        return (self.choices(column, YES, "no") == "yes").to_numpy()

    def required(self, column: str, among: Any = None) -> None:
        """Say where a column says nothing."""
        empty = (self.text(column) == "").to_numpy()
        self._rows(column, empty if among is None else empty & among, "", shown=False)

    # Faults ---------------------------------------------------------------------------

    def repeated(self, keys: list[Any]) -> Any:
        """Rows that repeat an earlier one in all of these; it is said how many."""
        import pandas

        again = pandas.DataFrame(dict(enumerate(keys))).duplicated().to_numpy()
        if again.any():
            count = int(again.sum())
            self.notes.append(f"{count:,} rows that repeat another are left out.")
        return again

    def _rows(
        self, column: str, wrong: Any, why: str, *, shown: bool | None = None
    ) -> None:
        """Say of rows that their cell is wrong; cells that may be names are not shown."""
        import numpy as np

        rows = np.flatnonzero(wrong)
        text = self.text(column) if len(rows) else None
        of: dict[str, list[int]] = {}
        for row in rows.tolist():
            cell = str(text.iloc[row]) if text is not None else ""
            plain = shown if shown is not None else _is_plain(cell)
            said = f"{cell!r} {why}" if plain and why else f"what stands there {why}"
            of.setdefault(said if why else "it says nothing", []).append(row)
        for said, those in list(of.items())[:MOST_SHOWN]:
            self._tell(those, column, said)
        rest = [row for those in list(of.values())[MOST_SHOWN:] for row in those]
        if rest:
            self._tell(rest, column, "likewise")

    def fault(self, row: int, column: str, message: str) -> None:
        """Say that a cell is wrong; `row` from 0, without the header."""
        self._tell([row], column, message)

    def wrong(self, column: str, rows: Any, message: str) -> None:
        """Say the same of several rows, whatever stands there.

        A cell of which a fault is told already is left out.
        """
        import numpy as np

        found = np.flatnonzero(rows).tolist()
        self._tell([r for r in found if (r, column) not in self._wrong], column, message)

    def _tell(self, rows: list[int], column: str, message: str) -> None:
        """Say the same of the cells of some rows, in a line for each file."""
        by_file: dict[int, list[int]] = {}
        for row in rows:
            number, line = self._cells.place(row)
            by_file.setdefault(number, []).append(line)
            self._wrong.add((row, column))
        for number, lines in by_file.items():
            named = ", ".join(map(str, lines[:MOST_ROWS]))
            more = len(lines) - MOST_ROWS
            named += f" and {more:,} more" if more > 0 else ""
            word = "row" if len(lines) == 1 else "rows"
            heading = self.headings.get(column, column)
            place = self._place(number, f"{word} {named}, column {heading}")
            self._say(place, message, (number, lines[0]))

    def _place(self, number: int, where: int | str) -> str:
        """Name a place of a file, or of what is no file."""
        place = f"row {where}" if isinstance(where, int) else where
        files = self._cells.files
        return f"{files[number]}: {place}" if files else place

    def _say(self, place: str, message: str, at: tuple[int, int] = (-1, 0)) -> None:
        if at == (-1, 0):  # of the whole table
            files = ", ".join(self._cells.files)
            files = files or ("" if place else self.source)
            place = ": ".join(filter(None, (files, place)))
        self._at.setdefault(place, at)
        self.faults.append((place, f"{place}: {message}"))

    def check(self) -> None:
        """Raise what was found.

        Raises
        ------
        ScenarioError
            With every fault.
        """
        why = zones_differ(self._instants)
        if why:
            self._say("header", f"{why}: say where people work, by zone")
        if self.faults:
            by_row = sorted(self.faults, key=lambda f: self._at.get(f[0], (-1, 0)))
            raise scenario_error(by_row)


_WHO = re.compile(
    r"\d{9}|\d{6}(\d\d)?\s?[-+]\s?\d{4}"
)  # a person's number, or a part of it


def _is_plain(cell: str) -> bool:
    """Whether a cell may be shown: a number or a time, and nobody's name or number."""
    if not re.fullmatch(r"[\d\s.,:/+TZkl-]{0,40}", cell):
        return False
    runs = re.findall(r"\d+", cell)
    few = sum(map(len, runs)) <= FEW_DIGITS
    joined = re.sub(r"(?<=\d) (?=\d)", "", cell)
    in_parts = len(runs) > 2 and max(map(len, runs)) <= len("2024")
    return few or (in_parts and not _WHO.search(joined))


class _Cells(NamedTuple):
    """A table as it was found.

    Attributes
    ----------
    source : str
        Where.
    frame : DataFrame
        Its cells.
    notes : list of str
        What is to be said of it.
    files : list of str
        Empty where it is none.
    begins : list of int
        At which row of `frame` each file does.
    lines : list of array of int
        The row of each file, as a spreadsheet counts, of each row of `frame`.
    faults : list of (int, int, str)
        File, row, and what is wrong.
    """

    source: str
    frame: pandas.DataFrame
    notes: list[str]
    files: list[str]
    begins: list[int]
    lines: list[Rows]
    faults: list[tuple[int, int, str]]

    def place(self, row: int) -> tuple[int, int]:
        """The file that a row is of, and its number there."""
        from bisect import bisect_right

        if not self.files:
            return 0, row + 2
        number = bisect_right(self.begins, row) - 1
        return number, int(self.lines[number][row - self.begins[number]])


def _cells(source: Source) -> _Cells:
    """The cells of whatever a table may be."""
    import pandas

    if _is_path(source):
        return _of_files([source])
    if isinstance(source, list | tuple) and source and all(map(_is_path, source)):
        return _of_files(source)
    if isinstance(source, pandas.DataFrame):
        return _no_file(source.reset_index(drop=True))
    if hasattr(source, "__arrow_c_stream__"):
        import pyarrow as pa

        return _no_file(pa.table(source).to_pandas())
    rows: Any = source
    records = list(rows)
    if not all(hasattr(record, "items") for record in records):
        raise failure(
            "TB_ERR_TYPE", "a table is a file, a data frame, an Arrow stream or mappings"
        )
    return _no_file(pandas.DataFrame([dict(r.items()) for r in records]))


def _is_path(source: Any) -> bool:
    return isinstance(source, str) or hasattr(source, "__fspath__")


def _no_file(frame: pandas.DataFrame) -> _Cells:
    return _Cells("the table", frame, [], [], [], [], [])


def _of_files(sources: Any) -> _Cells:
    """The cells of files that follow each other; columns by their headings."""
    import numpy as np
    import pandas

    paths = [Path(str(source)) for source in sources]
    frames: list[pandas.DataFrame] = []
    lines, notes, faults, begins = [], [], [], [0]
    for number, path in enumerate(paths):
        if path.suffix.lower() == ".parquet":
            import pyarrow.parquet

            frame = pyarrow.parquet.read_table(path).to_pandas()
            rows = np.arange(2, len(frame) + 2)
        else:
            frame, rows, told, wrong = _csv(path)
            notes += told
            faults += [(number, line, message) for line, message in wrong]
        begins.append(begins[-1] + len(frame))
        frames.append(frame)
        lines.append(rows)
    whole = frames[0]
    if len(frames) > 1:
        whole = pandas.concat([_without_twins(f) for f in frames], ignore_index=True)
    files = [str(path) for path in paths]
    source = ", ".join(files)
    return _Cells(source, whole, notes, files, begins[:-1], lines, faults)


def _without_twins(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Give headings that stand twice different names, as `pandas.concat` needs them."""
    seen: dict[str, int] = {}
    names = []
    for column in map(str, frame.columns):
        seen[column] = seen.get(column, 0) + 1
        names.append(column + " " * (seen[column] - 1))
    return frame.set_axis(names, axis=1)


def _csv(
    path: Path,
) -> tuple[pandas.DataFrame, Rows, list[str], list[tuple[int, str]]]:
    """The cells, the number of each row, notes, and rows longer than the header."""
    import csv
    import io

    import numpy as np
    import pandas

    from tidsbruk.obligations.rows import decoded, delimiter

    text, notes = decoded(path, path.read_bytes())
    first = 1
    said = re.match(r"sep=(.)\r?\n", text)
    if said:  # a line that Excel writes for itself, and counts
        text, first = text[said.end() :], 2
    separator = said[1] if said else delimiter(text)
    try:
        reader = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True)
        rows = [row for row in enumerate(reader, first) if any(map(str.strip, row[1]))]
    except csv.Error as e:
        raise scenario_error([(str(path), f"{path}: {e}")], "TB_ERR_TYPE") from None
    if not rows:
        raise scenario_error([(str(path), f"{path}: it is empty")], "TB_ERR_TYPE")
    (_, header), *rows = rows
    width = len(header)
    wrong = [
        (line, f"it has {len(cells)} cells, and the header has {width}")
        for line, cells in rows
        if len(cells) > width and any(map(str.strip, cells[width:]))
    ]
    plain = [cells[:width] + [""] * (width - len(cells)) for _, cells in rows]
    frame = pandas.DataFrame(plain, columns=header, dtype=str)
    filled = [i for i, heading in enumerate(header) if heading.strip()]
    lines = np.array([line for line, _ in rows], dtype=np.int64)
    return frame.iloc[:, filled], lines, notes, wrong


# Who: numbers instead of names -------------------------------------------------------


class Veil:
    """Numbers for names: by a hash with a random salt that is forgotten afterwards.

    Hashes are new on each loading. Numbers follow the order in which people first appear,
    so that the same table gives the same answers. Neither names, hashes nor the salt are
    kept by what is loaded.
    """

    def __init__(self) -> None:
        import secrets

        self._salt = secrets.token_bytes(32)

    def hashes(self, names: pandas.Series[Any]) -> np.ndarray[Any, np.dtype[np.uint64]]:
        """Give 64 bits for each name; 0 for an empty one."""
        from hashlib import blake2b

        import numpy as np

        def one(name: str) -> int:
            if not name:
                return 0
            digest = blake2b(name.encode(), digest_size=8, key=self._salt).digest()
            return int.from_bytes(digest, "big") | 1

        of = {name: one(name) for name in names.unique()}
        return np.array([of[name] for name in names], dtype=np.uint64)

    @staticmethod
    def numbers(*columns: Any) -> list[Any]:
        """Number hashes by first appearance; -1 where there is none."""
        import numpy as np

        every, first = np.unique(np.concatenate(columns), return_index=True)
        rank = np.empty(len(every), dtype=np.int64)
        rank[np.argsort(first)] = np.arange(len(every))
        return [
            np.where(column == 0, -1, rank[np.searchsorted(every, column)])
            for column in columns
        ]
