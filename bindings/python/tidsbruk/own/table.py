"""A table of somebody's own: read from wherever it is, with every fault at once.

Rows are counted as a spreadsheet counts them: the header is row 1. Tables come from CSV
(commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252), from Parquet, from anything
that speaks Arrow (pandas, polars, pyarrow ...), or from a list of mappings.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidsbruk.errors import failure, scenario_error
from tidsbruk.nearest import nearest
from tidsbruk.obligations.words import identifier
from tidsbruk.own.times import FORMS, TIME_FORMS, instants
from tidsbruk.own.words import YES, meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

    import numpy as np
    import pandas

    Source = str | PathLike[str] | Iterable[Mapping[str, Any]] | Any
    Words = Mapping[str, tuple[str, ...]]

MOST_SHOWN = 20  # faults of one kind that a message names


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

    def __init__(self, source: Source, words: Words, required: Iterable[str]) -> None:
        self.source, frame, self.notes = _frame(source)
        self.faults: list[tuple[str, str]] = []
        self.read_as: list[tuple[str, str]] = []
        self.left: list[str] = []
        self.rows = len(frame)
        self._frame = self._known(frame, words)
        for name in required:
            if name not in self._frame:
                others = " or ".join(sorted(words[name])[:4])
                told = f"there is no column {name}"
                self._say("header", told + (f" (also {others} ...)" if others else ""))
        if not self.rows:
            self._say(self.source, "it holds no rows")

    def _known(self, frame: pandas.DataFrame, words: Words) -> pandas.DataFrame:
        chosen: dict[str, str] = {}
        for column in frame.columns:
            name = meaning(identifier(str(column)), words)
            if not name:
                self.left.append(str(column).strip())
            elif name in chosen:
                self._say(
                    "header", f"{str(column)!r} holds {name}, as {chosen[name]!r} does"
                )
            else:
                chosen[name] = column
                if identifier(str(column)) != name:
                    self.read_as.append((str(column).strip(), name))
        return frame[list(chosen.values())].set_axis(list(chosen), axis=1)

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
        found, wrong = instants(raw, dates)
        forms = FORMS if dates is None else TIME_FORMS
        self._rows(column, wrong, f"is no time such as {forms}")
        return found

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

    def _rows(
        self, column: str, wrong: Any, why: str, *, shown: bool | None = None
    ) -> None:
        """Say of rows that their cell is wrong; cells that may be names are not shown."""
        import numpy as np

        rows = np.flatnonzero(wrong)
        text = self.text(column) if len(rows) else None
        for row in rows[:MOST_SHOWN].tolist():
            cell = str(text.iloc[row]) if text is not None else ""
            plain = shown if shown is not None else _is_plain(cell)
            said = f"{cell!r} {why}" if plain and why else f"what stands there {why}"
            self.fault(row, column, said if why else "it says nothing")
        if len(rows) > MOST_SHOWN:
            more = len(rows) - MOST_SHOWN
            self._say(column, f"and {more:,} more rows likewise")

    def fault(self, row: int, column: str, message: str) -> None:
        """Say that a cell is wrong; `row` from 0, without the header."""
        place = f"row {row + 2}, column {column}"
        self.faults.append((place, f"{place}: {message}"))

    def wrong(self, column: str, rows: Any, message: str) -> None:
        """Say the same of several rows, whatever stands there."""
        import numpy as np

        found = np.flatnonzero(rows)
        for row in found[:MOST_SHOWN].tolist():
            self.fault(row, column, message)
        if len(found) > MOST_SHOWN:
            self._say(column, f"and {len(found) - MOST_SHOWN:,} more rows likewise")

    def _say(self, place: str, message: str) -> None:
        self.faults.append((place, f"{place}: {message}"))

    def check(self) -> None:
        """Raise what was found.

        Raises
        ------
        ScenarioError
            With every fault.
        """
        if self.faults:
            raise scenario_error(self.faults)


_WHO = re.compile(
    r"\d{9}|\d{6}(\d\d)?\s?[-+]\s?\d{4}"
)  # a person's number, or a part of it


def _is_plain(cell: str) -> bool:
    """Whether a cell may be shown: a number or a time, and nobody's name or number."""
    joined = re.sub(r"(?<=\d) (?=\d)", "", cell)
    return bool(re.fullmatch(r"[\d\s.,:/+TZkl-]{0,40}", cell)) and not _WHO.search(joined)


def _frame(source: Source) -> tuple[str, pandas.DataFrame, list[str]]:
    """The table as a data frame of pandas, and what is to be said of it."""
    import pandas

    if isinstance(source, str) or hasattr(source, "__fspath__"):
        path = Path(str(source))
        if path.suffix.lower() == ".parquet":
            import pyarrow.parquet

            return str(path), pyarrow.parquet.read_table(path).to_pandas(), []
        return (str(path), *_csv(path))
    if isinstance(source, pandas.DataFrame):
        return "the table", source.reset_index(drop=True), []
    if hasattr(source, "__arrow_c_stream__"):
        import pyarrow as pa

        return "the table", pa.table(source).to_pandas(), []
    records = list(source)
    if not all(hasattr(record, "items") for record in records):
        raise failure(
            "TB_ERR_TYPE", "a table is a file, a data frame, an Arrow stream or mappings"
        )
    return "the table", pandas.DataFrame([dict(r.items()) for r in records]), []


def _csv(path: Path) -> tuple[pandas.DataFrame, list[str]]:
    import io

    import pandas

    from tidsbruk.obligations.rows import decoded, delimiter

    text, notes = decoded(path, path.read_bytes())
    said = re.match(r"sep=(.)\r?\n", text)
    text = text[said.end() :] if said else text
    try:
        frame = pandas.read_csv(
            io.StringIO(text),
            sep=said[1] if said else delimiter(text),
            dtype=str,
            keep_default_na=False,
            skipinitialspace=True,
        )
    except (pandas.errors.ParserError, pandas.errors.EmptyDataError) as e:
        why = str(e).replace("Error tokenizing data. C error: ", "")
        raise scenario_error([(str(path), f"{path}: {why}")], "TB_ERR_TYPE") from None
    return frame, notes


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
