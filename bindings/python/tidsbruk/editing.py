"""Changing a scenario by tables and paths, with every fault at once."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from tidsbruk import _core
from tidsbruk._core import Fault
from tidsbruk.errors import fault, scenario_error
from tidsbruk.law import Law, is_distribution, of
from tidsbruk.schemas import NAME, settings
from tidsbruk.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAN = math.nan
_SOURCE = ("evidence", "grade", "low", "high", "note")
_NATURAL = ("mean", "median", "cv", "low", "mode", "high", "shape", "scale")
_PARAMETERS = (*_NATURAL, "p10", "p25", "p75", "p90", "quantiles")
_DEEPEST = 8  # groups within groups that are looked into
_RESERVED = ("$schema", "title", "extends", "remove", "note")
_NEW_ITEM = {  # what makes a new item one, and tells it from a misspelled name
    "staff": ("group of staff", ("count",)),
    "shifts": ("shift", ("starts", "minutes")),
    "holidays": ("holiday", ("week", "weekday")),
    "clients": ("group of clients", ("count",)),
    "windows": ("window", ("opens", "closes")),
    "services": ("service", ("minutes",)),
    "obligations": ("obligation", ("trigger", "minutes")),
}


@cache
def _kinds() -> dict[str, str]:
    return {s.path: s.kind for s in settings()}


def kind_at(path: str) -> str:
    """What stands at a path, as `settings` says; empty where nothing does."""
    place, known = "", _kinds()
    for part in path.split("."):
        name = NAME if known.get(place) == "list" else part
        place = f"{place}.{name}" if place else name
    return known.get(place, "")


class Editor:
    """Changes a scenario by tables and paths and gathers every fault."""

    def __init__(
        self, plain: _core.Scenario, notes: dict[str, str], *, extends: bool = True
    ) -> None:
        self.plain = plain
        self.notes = notes
        self.extends = extends  # a new name may then be a misspelled one
        self.faults: list[Fault] = []

    def remove(self, path: str) -> None:
        """Leave out an item of a list."""
        try:
            self.plain.remove(path)
            self.notes = {
                p: n for p, n in self.notes.items() if not p.startswith(path + ".")
            }
        except (_core.ScenarioError, ValueError, TypeError) as e:
            self.fault(str(path), e)

    def fault(self, path: str, error: Exception | str, value: Any = None) -> None:
        """Keep what went wrong, and with which value."""
        if isinstance(error, _core.ScenarioError):
            self.faults += error.faults
        elif isinstance(error, _ToldError):
            self.faults.append(fault(path, str(error), value=value))
        else:
            self.faults.append(fault(path, f"{path}: {error}", value=value))

    def is_item(self, path: str) -> bool:
        """Whether a path leads to an item of a list, there or not."""
        return kind_at(path.rpartition(".")[0]) == "list"

    def is_law(self, path: str) -> bool:
        """Whether a law stands at a path."""
        return kind_at(path) == "law"

    def table(
        self, table: Mapping[str, Any], prefix: str = "", source: Any = None
    ) -> None:
        """Changes values by a table; its source is that of values that state none."""
        if not isinstance(table, Mapping):
            self.fault("", f"values stand in a table, which {table!r:.40} is not")
            return
        source = table.get("source", source)
        for key, value in table.items():
            if not isinstance(key, str):
                self.fault(f"{prefix}{key}", "a name must be a string")
            elif key != "source" and (prefix or key not in _RESERVED):
                self.entry(prefix + key, value, source)

    def entry(self, path: str, value: Any, source: Any = None) -> None:
        """Change what stands at a path by whatever was given for it."""
        try:
            value = _unfrozen(value)
            if value is None and self.is_item(path):
                self.remove(path)
            elif not hasattr(value, "items") or _is_series(value):
                self.value(path, value, source)
            elif self.is_item(path):  # first, since an item may have a field called value
                self.item(path, value, source)
            elif "value" in value:
                own = {key: word for key, word in value.items() if key != "value"}
                own = own if "grade" in own else (source or {}) | own
                plain = _unfrozen(value["value"])
                if isinstance(plain, Law) and self.is_law(path):
                    self.law(path, plain, plain.get("source", {}) | own)
                else:
                    self.value(path, plain, own)
            elif self.is_law(path):
                self.law(path, value, value.get("source", source))
            elif len(value) and path.count(".") < _DEEPEST:
                self.table(value, path + ".", source)
            elif kind_at(path) not in ("group", "list"):
                self.plain.get(path)  # says what is near, where there is nothing
                raise TypeError("an empty table cannot be a value")
        except (_core.Error, ValueError, TypeError) as e:
            self.fault(path, e, value)

    def item(self, path: str, table: Mapping[str, Any], source: Any) -> None:
        """Change an item of a list, or add it when the table states what makes it one."""
        missing = self.missing(path, table) if self.extends else ""
        if missing:
            raise _ToldError(missing)
        self.plain.add(path)
        self.table(table, path + ".", source)

    def missing(self, path: str, table: Mapping[str, Any]) -> str:
        """Say what a table lacks to be a new item; empty when the item is there."""
        group, _, name = path.partition(".")
        if "." in name:
            return ""  # a part of a law: what it lacks is found when the law is checked
        known = self.items(group)
        kind, fields = _NEW_ITEM.get(group, (group, ()))
        given = {str(key).partition(".")[0] for key in table}
        if name in known or given.issuperset(fields):
            return ""
        try:
            self.plain.copy().add(path)
        except _core.ScenarioError:
            return ""  # adding it says what is wrong with the name
        from difflib import get_close_matches

        near = get_close_matches(name, known, 1)
        hint = f'; did you mean "{near[0]}"? ' if near else ". "
        states = f"A new {kind} states its {' and '.join(fields)}."
        return f'there is no "{path}"{hint}{states}'

    def items(self, group: str) -> list[str]:
        """Names of the items of a list."""
        parts = (v[0].split(".") for v in self.plain.values())
        return list(dict.fromkeys(p[1] for p in parts if p[0] == group and len(p) > 2))

    def value(self, path: str, value: Any, source: Any) -> None:
        """Set one value, or a law that is a number or a text."""
        if _is_series(value) and self.plain.get(path)[2] != "series":
            raise TypeError(f"a {type(value).__name__} cannot be a value")
        if value is None and self.is_law(path.rpartition(".")[0]):
            value = ""  # a parameter that is not given
        text = text_of(value)
        try:
            self.plain.set(path, text)
        except _core.ScenarioError as e:
            raise self.told_as_share(path, text, e) from None
        self.notes.pop(path, None)
        self.source(path, source)

    def told_as_share(
        self, path: str, text: str, error: _core.ScenarioError
    ) -> _core.ScenarioError:
        """The error, with the share that was meant where per cent were given for one."""
        given = re.fullmatch(r"\s*(\d+\.?\d*)\s*(%?)\s*", text)
        try:
            v = Value._make(self.plain.get(path))
        except _core.ScenarioError:
            return error
        if not given or v.unit not in ("share", "probability"):
            return error
        per_cent = float(given[1])
        if not v.low <= per_cent / 100 <= v.high or not (given[2] or v.high <= 1):
            return error
        hint = f"; write {per_cent / 100:g} for {per_cent:g} %"
        faults = [fault(f.path, f.message + hint, value=f.value) for f in error.faults]
        return scenario_error(faults, error.status)

    def law(self, path: str, law: Mapping[str, Any], source: Any) -> None:
        """Changes parameters of a law; a table with a kind says the whole law."""
        given = {
            part: law[part] for part in sorted(law, key=_kind_first) if part != "source"
        }
        parts = given.pop("parts", {}) if "kind" in law else {}
        if "kind" not in law:
            for part, value in given.items():
                self.entry(f"{path}.{part}", value, _source_of_part(part, source))
            return
        given |= {part: "" for part in _PARAMETERS if part not in law}
        for part, value in given.items():
            plain = value.get("value") if hasattr(value, "items") else value
            self.entry(f"{path}.{part}", plain)
        for name in self.parts(path) - set(parts):
            self.remove(f"{path}.parts.{name}")
        self.source(path, source)
        self.entry(f"{path}.parts", parts, _source_of_part("parts", source))
        for part, value in given.items():  # what a parameter says itself goes before
            if hasattr(value, "items"):
                self.entry(f"{path}.{part}", value, _source_of_part(part, source))

    def parts(self, law: str) -> set[str]:
        """Names of the parts that a law has now."""
        start = f"{law}.parts."
        paths = (v[0] for v in self.plain.values())
        return {p[len(start) :].partition(".")[0] for p in paths if p.startswith(start)}

    def source(self, path: str, said: Any) -> None:
        """Say where a value comes from."""
        if not said:
            return
        if not hasattr(said, "items"):
            raise TypeError("its source is no table of evidence, grade, low, high, note")
        unknown = [key for key in said if key not in _SOURCE]
        if unknown:
            known = ", ".join(_SOURCE)
            raise ValueError(
                f"there is no {', '.join(map(repr, unknown))} beside {known}"
            )
        evidence = said.get("evidence", "")
        if not isinstance(evidence, str):
            evidence = " ".join(map(str, evidence))
        low, high = (_end(said.get(end)) for end in ("low", "high"))
        self.plain.set_source(path, str(said.get("grade", "")), evidence, low, high)
        self.within(path, low, high)
        if said.get("note"):
            self.notes[path] = str(said["note"])

    def within(self, path: str, low: float, high: float) -> None:
        """Look whether a value lies within the range that it states."""
        for place in (path + ".mean", path + ".median") if self.is_law(path) else (path,):
            try:
                value = Value._make(self.plain.get(place)).value
            except _core.ScenarioError:
                continue
            if isinstance(value, (int, float)) and (value < low or value > high):
                raise ValueError(
                    f"{value:g} is not within its own range from {low:g} to {high:g}"
                )


def _unfrozen(value: Any) -> Any:
    """A distribution of scipy.stats as a law; anything else as it is."""
    return of(value) if is_distribution(value) else value


class _ToldError(ValueError):
    """A fault whose message names its path itself."""


def _items(table: Any) -> Iterable[tuple[Any, Any]]:
    return table.items() if hasattr(table, "items") else ()


def _kind_first(part: str) -> bool:
    return part != "kind"


def _source_of_part(part: str, source: Any) -> Any:
    """The source of a law without its range, unless this is the parameter it is of."""
    if part in ("mean", "median") or not hasattr(source, "items"):
        return source
    return {key: word for key, word in source.items() if key not in ("low", "high")}


def _end(value: Any) -> float:
    return _NAN if value is None else float(value)


def text_of(value: Any) -> str:
    """The text of a plain value, for the library to read."""
    if isinstance(value, str):
        return value
    if _is_series(value):
        return " ".join(map(number_text, value))
    return number_text(value)


def _is_series(value: Any) -> bool:
    """Whether a value is a list of numbers: also an array, or a column of a frame."""
    return isinstance(value, (list, tuple)) or len(getattr(value, "shape", ())) == 1


def number_text(value: Any) -> str:
    """The text of a number or a flag."""
    if isinstance(value, bool) or type(value).__name__ == "bool":  # numpy's, too
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if hasattr(value, "__index__"):
        return str(value.__index__())
    if hasattr(value, "__float__"):
        return repr(float(value))
    raise TypeError(f"a {type(value).__name__} cannot be a value")
