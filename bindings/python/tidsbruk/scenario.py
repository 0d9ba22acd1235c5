"""Scenarios: a unit, its regime and a horizon, as values that never change."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk import _core
from tidsbruk.errors import Fault, scenario_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from os import PathLike

Plain = float | int | bool | str | tuple[float, ...] | None  # a value without its source
_NAN = math.nan
_SOURCE = ("evidence", "grade", "low", "high", "note")
_PARAMETERS = ("mean", "median", "cv", "low", "mode", "high")
_DEEPEST = 8  # groups within groups that are looked into
_RESERVED = ("title", "extends", "remove", "note")
_NEW_ITEM = {  # what makes a new item one, and tells it from a misspelled name
    "staff": ("group of staff", ("count",)),
    "shifts": ("shift", ("starts", "minutes")),
    "clients": ("group of clients", ("count",)),
    "windows": ("window", ("opens", "closes")),
    "services": ("service", ("minutes",)),
    "obligations": ("obligation", ("trigger", "minutes")),
}


class Value(NamedTuple):
    """One value of a scenario, described.

    Attributes
    ----------
    path : str
        Where it stands: groups, items and fields by name, with dots between them.
    text : str
        The value as text, in `unit`; empty where a parameter of a law is not given.
    kind : str
        ``"real"``, ``"count"``, ``"flag"``, ``"choice"``, ``"text"`` or ``"series"``.
    unit : str
        Such as ``"min"`` or ``"share"``; may be empty.
    doc : str
        What it means, in a sentence.
    low, high : float
        Validity bounds of a number, or of each of a series, inclusive; NaN for others.
    choices : tuple of str or None
        The words of a choice.
    is_default : bool
        Whether nobody has set it.
    grade : str
        ``"measured"``, ``"estimated"``, ``"assumed"``, or empty where nobody said.
    evidence : str
        Ids of the rows it rests on, separated by spaces.
    range_low, range_high : float
        The range that the evidence leaves open; NaN where none is stated.
    """

    path: str
    text: str
    kind: str
    unit: str
    doc: str
    low: float
    high: float
    choices: tuple[str, ...] | None
    is_default: bool
    grade: str
    evidence: str
    range_low: float
    range_high: float

    @property
    def value(self) -> Plain:
        """The value as a number, numbers, a flag or a word; None where it is not given."""
        if self.kind == "flag":
            return self.text == "true"
        if self.kind in ("choice", "text"):
            return self.text
        if self.kind == "series":
            return tuple(map(float, self.text.split()))
        if not self.text:
            return None
        return int(self.text) if self.kind == "count" else float(self.text)

    @property
    def has_range(self) -> bool:
        """Whether the evidence leaves a range open."""
        return self.range_low < self.range_high


class Change(NamedTuple):
    """A setting in which two scenarios differ; None on the side that does not have it."""

    path: str
    baseline: Plain
    alternative: Plain
    baseline_grade: str | None
    baseline_evidence: str | None
    alternative_grade: str | None
    alternative_evidence: str | None


class Scenario:
    """A unit, its regime and a horizon.

    A scenario never changes: `replace` gives a new one. Scenarios are equal when all of
    their values are, wherever these come from.

    Parameters
    ----------
    values : mapping, optional
        Values by path or as nested tables, over the defaults: no staff, no clients, and
        every mechanism neutral. See `replace`.
    title : str, optional
        What people call it.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> s = tb.Scenario({"staff": {"nurses": {"role": "nurse", "count": 3}}})
    >>> s["staff.nurses.count"]
    3
    >>> s.replace({"staff.nurses.count": 4})["staff.nurses.count"]
    4
    """

    __slots__ = ("_notes", "_plain", "_title")
    _plain: _core.Scenario
    _notes: dict[str, str]
    _title: str

    def __new__(
        cls, values: Mapping[str, Any] | None = None, *, title: str = ""
    ) -> Scenario:
        """Make a scenario of defaults, changed by `values`."""
        editor = _Editor(_core.Scenario(), {}, extends=False)
        editor.table(values or {})
        if editor.faults:
            raise scenario_error(editor.faults)
        return _wrapped(cls, editor.plain, editor.notes, title)

    @property
    def title(self) -> str:
        """What people call it; may be empty."""
        return self._title

    @property
    def hash(self) -> str:
        """64 bits over all values and their paths, as 16 hexadecimal digits."""
        return f"{self._plain.hash():016x}"

    def replace(
        self,
        changes: Mapping[str, Any] | None = None,
        *,
        remove: Iterable[str] = (),
        title: str | None = None,
    ) -> Scenario:
        """Give a scenario in which some values are others.

        Parameters
        ----------
        changes : mapping, optional
            Values by path (``{"regime.teams.meeting_minutes": 30}``), or nested tables.
            A value is plain or says where it comes from: ``{"value": 30, "grade":
            "assumed", "low": 15, "high": 45, "evidence": "E12", "note": "..."}``. A
            series is a list of numbers. A law is a number, or a table of its
            parameters, such as ``{"kind": "lognormal", "mean": 4, "cv": 0.5, "source":
            {"grade": "assumed"}}``; without a kind, the parameters that are not given
            stay. The ``source`` of any other table is
            that of the values in it that state none. A table that is given for an item
            that a list does not have adds it, when it states what makes it one (an
            obligation its trigger and minutes); a dotted path adds nothing.
        remove : iterable of str, optional
            Items of lists to leave out first: ``["obligations.visit_registration"]``.
        title : str, optional
            What people call the new scenario.

        Returns
        -------
        Scenario

        Raises
        ------
        ScenarioError
            With every fault at once: paths that do not exist (and the nearest that
            does), values of the wrong kind or out of bounds.
        """
        editor = _Editor(self._plain.copy(), dict(self._notes))
        for path in [remove] if isinstance(remove, str) else remove:
            editor.remove(path)
        editor.table(changes or {})
        if editor.faults:
            raise scenario_error(editor.faults)
        title = self._title if title is None else title
        return _wrapped(type(self), editor.plain, editor.notes, title)

    def check(self) -> list[Fault]:
        """Faults of the scenario as a whole: path and message of each."""
        return [
            (path, message if path in message else f"{path}: {message}")
            for path, message in self._plain.check()
        ]

    def values(self) -> list[Value]:
        """Every value, in canonical order."""
        return [Value._make(v) for v in self._plain.values()]

    def value(self, path: str) -> Value:
        """Describe one value, with unit, bounds and source.

        Raises
        ------
        ScenarioError
            When there is none at this path.
        """
        return Value._make(self._plain.get(path))

    def note(self, path: str) -> str:
        """What was remarked on a value; may be empty."""
        return self._notes.get(path, "")

    def __getitem__(self, path: str) -> Plain:
        """One value; a law as text, such as ``lognormal(mean=4, cv=0.5)``."""
        return self.value(path).value

    def __iter__(self) -> Iterator[str]:
        return (v[0] for v in self._plain.values())

    def __len__(self) -> int:
        return len(self._plain.values())

    def diff(self, other: Scenario) -> list[Change]:
        """List the settings in which two scenarios differ.

        An item that only one of them has is listed by its first value and by those that
        are not defaults, with None on the other side.

        Parameters
        ----------
        other : Scenario
            The alternative; `self` is the baseline.

        Returns
        -------
        list of Change
            In canonical order.
        """
        mine, its = ({v.path: v for v in s.values()} for s in (self, other))
        changes, items = [], set()
        for path in _merged(list(mine), list(its)):
            a, b = mine.get(path), its.get(path)
            item = ".".join(path.split(".")[:2])
            if a and b:
                differs = a.text != b.text
            elif _is_law_part(path, mine, its):
                differs = True
            else:  # an item that only one side has: also when all of it is default
                differs = item not in items or not any(v and v.is_default for v in (a, b))
                items.add(item)
            if differs:
                changes.append(_change(path, a, b))
        return changes

    def to_dict(self, *, sources: bool = False) -> dict[str, Any]:
        """Nested tables that `Scenario` makes this scenario of again.

        Parameters
        ----------
        sources : bool
            Whether values say where they come from.
        """
        tree: dict[str, Any] = {"title": self._title} if self._title else {}
        for v in self.values():
            *groups, name = v.path.split(".")
            table = tree
            for group in groups:
                table = table.setdefault(group, {})
            table[name] = self._with_source(v) if sources else v.value
        return tree

    def _with_source(self, v: Value) -> Any:
        said = {"evidence": v.evidence, "grade": v.grade, "note": self.note(v.path)}
        entry: dict[str, Any] = {key: word for key, word in said.items() if word}
        if not math.isnan(v.range_low):
            entry |= {"low": v.range_low, "high": v.range_high}
        return {"value": v.value, **entry} if entry else v.value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scenario):
            return NotImplemented
        if self._plain.hash() != other._plain.hash():
            return False
        return [v[:2] for v in self._plain.values()] == [
            v[:2] for v in other._plain.values()
        ]

    def __hash__(self) -> int:
        return hash(self._plain.hash())

    def __reduce__(self) -> tuple[Any, ...]:
        values = [(v[0], v[1], v[9], v[10], v[11], v[12]) for v in self._plain.values()]
        return _restored, (values, self._notes, self._title)

    def __repr__(self) -> str:
        title = f" {self._title!r}" if self._title else ""
        return f"<Scenario{title}, {len(self)} values, {self.hash}>"

    def _repr_html_(self) -> str:
        from tidsbruk.show import html_table

        rows = [
            (v.path, v.text, v.unit, v.grade, v.evidence)
            for v in self.values()
            if not v.is_default
        ]
        return html_table(
            self._title, ("path", "value", "unit", "grade", "evidence"), rows
        )


def _wrapped(
    cls: type[Scenario], plain: _core.Scenario, notes: dict[str, str], title: str
) -> Scenario:
    made = object.__new__(cls)
    made._plain = plain
    made._notes = notes
    made._title = title
    return made


def _restored(
    values: list[tuple[str, str, str, str, float, float]],
    notes: dict[str, str],
    title: str,
) -> Scenario:
    plain = _core.Scenario()
    lists = _Editor(plain, {})
    for item in {".".join(path.split(".")[:2]) for path, *_ in values}:
        if lists.is_item(item):
            plain.add(item)
    for path, text, *_ in values:
        plain.set(path, text)
    given = {path for path, *_ in values}
    for path, *_ in plain.values():
        if (
            path not in given
        ):  # a parameter that the default of a law has, and this law has not
            plain.set(path, "")
    for path, _, grade, evidence, low, high in values:
        if grade or evidence or not math.isnan(low):
            plain.set_source(path, grade, evidence, low, high)
    return _wrapped(Scenario, plain, notes, title)


def _merged(first: list[str], second: list[str]) -> list[str]:
    """Both lists of paths in one canonical order, which they share."""
    order, place = list(first), 0
    known = {path: i for i, path in enumerate(first)}
    inserts: list[tuple[int, str]] = []
    for path in second:
        if path in known:
            place = known[path] + 1
        else:
            inserts.append((place, path))
    for at, path in reversed(inserts):
        order.insert(at, path)
    return order


def _change(path: str, a: Value | None, b: Value | None) -> Change:
    return Change(
        path,
        a.value if a else None,
        b.value if b else None,
        a.grade if a else None,
        a.evidence if a else None,
        b.grade if b else None,
        b.evidence if b else None,
    )


def _is_law_part(path: str, *values: dict[str, Value]) -> bool:
    """Whether a law that both have stands above this path (its parameters may differ)."""
    kind = path.rpartition(".")[0] + ".kind"
    return all(kind in v for v in values)


class _Editor:
    """Changes a scenario by tables and paths and gathers every fault."""

    def __init__(
        self, plain: _core.Scenario, notes: dict[str, str], *, extends: bool = True
    ) -> None:
        self.plain = plain
        self.notes = notes
        self.extends = extends  # a new name may then be a misspelled one
        self.faults: list[Fault] = []
        self._lists: dict[str, bool] = {}

    def remove(self, path: str) -> None:
        try:
            self.plain.remove(path)
            self.notes = {
                p: n for p, n in self.notes.items() if not p.startswith(path + ".")
            }
        except (_core.ScenarioError, ValueError, TypeError) as e:
            self.fault(str(path), e)

    def fault(self, path: str, error: Exception | str) -> None:
        if isinstance(error, _core.ScenarioError):
            self.faults += error.faults
        elif isinstance(error, _ToldError):
            self.faults.append((path, str(error)))
        else:
            self.faults.append((path, f"{path}: {error}"))

    def is_item(self, path: str) -> bool:
        """Whether a path leads to an item of a list, there or not."""
        parent, _, name = path.rpartition(".")
        if name and parent not in self._lists:
            self._lists[parent] = self._takes_items(parent)
        return bool(name) and self._lists[parent]

    def _takes_items(self, parent: str) -> bool:
        try:
            self.plain.copy().add(f"{parent}.probe")
        except _core.ScenarioError as e:
            return e.status == "TB_ERR_LIMIT"
        return True

    def is_law(self, path: str) -> bool:
        try:
            self.plain.get(path)
            self.plain.get(path + ".kind")
        except _core.ScenarioError:
            return False
        return True

    def table(
        self, table: Mapping[str, Any], prefix: str = "", source: Any = None
    ) -> None:
        """Changes values by a table; its source is that of values that state none."""
        source = table.get("source", source)
        for key, value in table.items():
            if not isinstance(key, str):
                self.fault(f"{prefix}{key}", "a name must be a string")
            elif key != "source" and (prefix or key not in _RESERVED):
                self.entry(prefix + key, value, source)

    def entry(self, path: str, value: Any, source: Any = None) -> None:
        try:
            if not hasattr(value, "items") or _is_series(value):
                self.value(path, value, source)
            elif self.is_item(path):  # first, since an item may have a field called value
                self.item(path, value, source)
            elif "value" in value:
                own = {key: word for key, word in value.items() if key != "value"}
                self.value(
                    path, value["value"], own if "grade" in own else (source or {}) | own
                )
            elif self.is_law(path):
                self.law(path, value, value.get("source", source))
            elif path.count(".") < _DEEPEST:
                self.table(value, path + ".", source)
            else:
                self.plain.get(path)
        except (_core.Error, ValueError, TypeError) as e:
            self.fault(path, e)

    def item(self, path: str, table: Mapping[str, Any], source: Any) -> None:
        missing = self.missing(path, table) if self.extends else ""
        if missing:
            raise _ToldError(missing)
        self.plain.add(path)
        self.table(table, path + ".", source)

    def missing(self, path: str, table: Mapping[str, Any]) -> str:
        """Say what a table lacks to be a new item; empty when the item is there."""
        group, _, name = path.partition(".")
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
        self.plain.set(path, _text(value))
        self.notes.pop(path, None)
        self.source(path, source)

    def law(self, path: str, law: Mapping[str, Any], source: Any) -> None:
        """Changes parameters of a law; a table with a kind says the whole law."""
        given = {
            part: law[part] for part in sorted(law, key=_kind_first) if part != "source"
        }
        if "kind" not in law:
            for part, value in given.items():
                self.entry(f"{path}.{part}", value, _source_of_part(part, source))
            return
        given |= {part: "" for part in _PARAMETERS if part not in law}
        for part, value in given.items():
            plain = value.get("value") if hasattr(value, "items") else value
            self.entry(f"{path}.{part}", plain)
        self.source(path, source)
        for part, value in given.items():  # what a parameter says itself goes before
            if hasattr(value, "items"):
                self.entry(f"{path}.{part}", value, _source_of_part(part, source))

    def source(self, path: str, said: Any) -> None:
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


def _text(value: Any) -> str:
    """The text of a plain value, for the library to read."""
    if isinstance(value, str):
        return value
    if _is_series(value):
        return " ".join(map(_number_text, value))
    return _number_text(value)


def _is_series(value: Any) -> bool:
    """Whether a value is a list of numbers: also an array, or a column of a frame."""
    return isinstance(value, (list, tuple)) or len(getattr(value, "shape", ())) == 1


def _number_text(value: Any) -> str:
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


def preset(name: str) -> Scenario:
    """One of the shipped scenarios.

    Parameters
    ----------
    name : str
        Such as ``"home_care/npm"``; `presets` lists them.

    Raises
    ------
    ScenarioError
        ``TB_ERR_NAME`` for a name that does not exist, with the nearest that does.
    """
    return _wrapped(Scenario, _core.preset(name), {}, dict(_core.presets()).get(name, ""))


def presets() -> dict[str, str]:
    """Names and titles of the shipped scenarios.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> "home_care/npm" in tb.presets()
    True
    """
    return dict(_core.presets())


def load(path: str | PathLike[str]) -> Scenario:
    """Read a scenario from a TOML or JSON file.

    The file holds tables as `Scenario.replace` takes them. ``extends`` at its top names
    a preset (``"home_care/npm"``) or a file beside it (``"base.toml"``) whose values it
    starts from; ``remove`` lists items to leave out; ``title`` says what people call
    it.

    Parameters
    ----------
    path : path-like
        A file that ends in ``.toml`` or ``.json``.

    Raises
    ------
    ScenarioError
        With every fault at once, each with the file and, where it is known, the line.
    OSError
        When the file cannot be read.
    """
    from tidsbruk.files import load_file

    return load_file(path)
