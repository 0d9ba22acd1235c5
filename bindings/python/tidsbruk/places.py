"""Where each path of a TOML or JSON file stands.

Neither tomllib nor json says where a key was. A file that they have read is gone through
once more for its keys alone; what it means is theirs to say. Inside arrays nothing is
looked for, since a scenario has no tables there.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import NamedTuple

_BLANK = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_KEY = re.compile(r"[A-Za-z0-9_-]+|'[^'\n]*'|\"(?:[^\"\\\n]|\\.)*\"")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_STRING = re.compile(
    r"\"\"\"(?:[^\\]|\\.)*?\"{3,5}|'''.*?'{3,5}|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'",
    re.DOTALL,
)
_WORD = re.compile(r"[^,\]}#\n]+")
_NUMBER = re.compile(r"[^,\]}\s]+")


class Place(NamedTuple):
    """Line and column of a key, from 1."""

    line: int
    column: int


Places = dict[str, Place]


class _Scan:
    """A text, how far it was read, and what was found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: Places = {}
        self.lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def peek(self) -> str:
        """The next character that means something; empty at the end."""
        blank = _BLANK.match(self.text, self.at)
        self.at = blank.end() if blank else self.at
        return self.text[self.at : self.at + 1]

    def take(self, pattern: re.Pattern[str]) -> str:
        """What matches here; empty, and one character further, where nothing does."""
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at + 1
        return found[0] if found else ""

    def note(self, path: list[str], at: int) -> None:
        """Keep the first place of a path."""
        line = bisect_right(self.lines, at)
        place = Place(line, at - self.lines[line - 1] + 1)
        self.places.setdefault(".".join(path), place)


def toml_places(text: str) -> Places:
    """The places of the keys of a TOML file that tomllib has read."""
    scan, table = _Scan(text), list[str]()
    while scan.peek():
        if scan.text[scan.at] == "[":
            while scan.text[scan.at : scan.at + 1] == "[":
                scan.at += 1
            table = _keys(scan, [])
            while scan.peek() == "]":
                scan.at += 1
        else:
            _pair(scan, table)
    return scan.places


def _keys(scan: _Scan, prefix: list[str]) -> list[str]:
    """Read a key with dots, and note each part of it."""
    path = list(prefix)
    scan.peek()
    while True:
        at = scan.at
        word = scan.take(_KEY)
        path.append(word[1:-1] if word[:1] in ("'", '"') else word)
        scan.note(path, at)
        if not _DOT.match(scan.text, scan.at):
            return path
        scan.take(_DOT)


def _pair(scan: _Scan, table: list[str]) -> None:
    path = _keys(scan, table)
    if scan.peek() == "=":
        scan.at += 1
        _toml_value(scan, path)


def _toml_value(scan: _Scan, path: list[str] | None) -> None:
    """Read over a value; without a path nothing in it is noted."""
    first = scan.peek()
    if first in ("'", '"'):
        scan.take(_STRING)
    elif first == "[":
        scan.at += 1
        while scan.peek() not in ("]", ""):
            _toml_value(scan, None)
        scan.at += 1
    elif first == "{":
        scan.at += 1
        before = dict(scan.places)
        while scan.peek() not in ("}", ""):
            _pair(scan, path or [])
        scan.at += 1
        if path is None:
            scan.places = before
    else:
        scan.take(_WORD)


def json_places(text: str) -> Places:
    """The places of the keys of a JSON file that json has read."""
    scan = _Scan(text)
    _json_value(scan, [])
    return scan.places


def _json_value(scan: _Scan, path: list[str] | None) -> None:
    first = scan.peek()
    if first == '"':
        scan.take(_STRING)
    elif first == "{":
        scan.at += 1
        while scan.peek() not in ("}", ""):
            at = scan.at
            key = json.loads(scan.take(_STRING))
            below = None if path is None else [*path, key]
            if below:
                scan.note(below, at)
            scan.peek()
            scan.at += 1  # the colon
            _json_value(scan, below)
        scan.at += 1
    elif first == "[":
        scan.at += 1
        while scan.peek() not in ("]", ""):
            _json_value(scan, None)
        scan.at += 1
    else:
        scan.take(_NUMBER)
