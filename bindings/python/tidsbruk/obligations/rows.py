"""The cells of a list as text, from a file or a data frame."""

from __future__ import annotations

import csv
import io
import math
import re
from typing import TYPE_CHECKING, Any

from tidsbruk.errors import scenario_error

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 10_000_000
WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx, .ods and .xls begin


def rows_of_file(path: Path) -> tuple[list[list[str]], list[str], int]:
    """The cells of a file, what is to be said of it, and the number of the first row."""
    raw = path.read_bytes()
    if len(raw) > MOST_BYTES:
        raise scenario_error([(str(path), f"{path}: too large for a list of duties")])
    text, notes = decoded(path, raw)
    first = 1
    said = re.match(r"sep=(.)\r?\n", text)
    if said:  # a line that Excel writes for itself, and counts
        text, first = text[said.end() :], 2
    separator = said[1] if said else delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error as e:
        raise scenario_error([(str(path), f"{path}: {e}")], "TB_ERR_TYPE") from None
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise scenario_error([(str(path), f"{path}: it is empty")])
    return rows, notes, first


def decoded(path: Path, raw: bytes) -> tuple[str, list[str]]:
    """The text of a file, and what is to be said of its encoding."""
    if raw.startswith(WORKBOOK):
        told = "it is a workbook; save the sheet as CSV, or, in Python, hand over what "
        told = f"{path}: {told}pandas.read_excel makes of it"
        raise scenario_error([(str(path), told)], "TB_ERR_TYPE")
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


def delimiter(text: str) -> str:
    """Find what separates the columns: what the first line has most of."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(";\t,", key=header.count)


def rows_of_frame(frame: Any) -> tuple[list[list[str]], list[str], int]:
    """The cells of a data frame or of mappings, as text."""
    if hasattr(frame, "to_dicts"):  # polars
        records = frame.to_dicts()
    elif hasattr(frame, "to_dict") and hasattr(frame, "columns"):  # pandas
        records = frame.to_dict("records")
    elif hasattr(frame, "__arrow_c_stream__"):
        import pyarrow

        records = pyarrow.table(frame).to_pylist()
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
    if isinstance(value, float) and re.fullmatch(r"\d+\.\d{3}", str(value)):
        return f"{value}0"  # a number, which no reader may take for thousands
    return "" if type(value).__name__ in ("NAType", "NaTType") else str(value)
