"""Scenarios: a unit, its regime and a horizon, as values that never change."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from tidsbruk import _core
from tidsbruk._core import Fault
from tidsbruk.editing import Editor
from tidsbruk.errors import fault, scenario_error
from tidsbruk.value import Change, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from os import PathLike

    from tidsbruk.advice import Advice
    from tidsbruk.value import Plain


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
        editor = Editor(_core.Scenario(), {}, extends=False)
        editor.table({} if values is None else values)
        if editor.faults:
            raise scenario_error(editor.faults)
        return _wrapped(cls, editor.plain, editor.notes, title)

    @property
    def title(self) -> str:
        """What people call it; may be empty."""
        return self._title

    @property
    def hash(self) -> str:
        """64 bits of `text`, as 16 hexadecimal digits: for people to compare."""
        return f"{self._plain.hash():016x}"

    @property
    def text(self) -> str:
        """The canonical text: sorted lines of path and value that are not default.

        Two scenarios are equal exactly when their texts are. Titles, notes and where
        values come from are not in it; `to_text` gives those of them that it can hold.
        """
        return self._plain.text()

    @property
    def key(self) -> str:
        """SHA-256 of `text`, in hexadecimal digits: a name for what was computed."""
        from hashlib import sha256

        return sha256(self.text.encode()).hexdigest()

    def to_text(self, *, sources: bool = True) -> str:
        """Canonical text with the title, and with where values come from.

        Parameters
        ----------
        sources : bool
            Whether to write evidence, grade and range of values that have them.

        Returns
        -------
        str
            Lines that `from_text` and `tb_scenario_parse` read. Notes are lost.

        Examples
        --------
        >>> import tidsbruk as tb
        >>> s = tb.Scenario({"duty.break_minutes": {"value": 30, "grade": "assumed"}})
        >>> print(s.to_text(), end="")
        tidsbruk scenario 1
        duty.break_minutes = 30
        duty.break_minutes ~ assumed
        """
        from tidsbruk.text import titled

        return titled(self._plain.text(sources), self._title)

    @classmethod
    def from_text(cls, text: str) -> Scenario:
        """Make a scenario of canonical text, written here or by hand.

        Raises
        ------
        ScenarioError
            With every fault of the text at once, each with its line.

        Examples
        --------
        >>> import tidsbruk as tb
        >>> npm = tb.preset("home_care/npm")
        >>> tb.Scenario.from_text(npm.to_text()) == npm
        True
        """
        from tidsbruk.text import parsed, title_of

        return _wrapped(cls, parsed(text), {}, title_of(text))

    def link(self) -> str:
        """The whole scenario as one word, to be sent to somebody else.

        It begins with ``tidsbruk:`` and holds what `to_text` does. `from_link` and the
        command line take it in place of a name.

        Examples
        --------
        >>> import tidsbruk as tb
        >>> s = tb.Scenario({"duty.break_minutes": 30})
        >>> tb.Scenario.from_link(s.link()) == s
        True
        """
        from tidsbruk.text import linked

        return linked(self.to_text())

    @classmethod
    def from_link(cls, link: str) -> Scenario:
        """Make a scenario of a link.

        Raises
        ------
        ScenarioError
            When it is none, or has been damaged on its way.
        """
        from tidsbruk.text import unlinked

        return cls.from_text(unlinked(link))

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
            stay, and None takes one away. The ``source`` of any other table is that of
            the values in it that state none. A table that is given for an item that a
            list does not have adds it, when it states what makes it one (an obligation
            its trigger and minutes); a dotted path adds nothing. None for an item
            removes it.
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
        editor = Editor(self._plain.copy(), dict(self._notes))
        for path in [remove] if isinstance(remove, str) else remove:
            editor.remove(path)
        editor.table({} if changes is None else changes)
        if editor.faults:
            raise scenario_error(editor.faults)
        title = self._title if title is None else title
        return _wrapped(type(self), editor.plain, editor.notes, title)

    def check(self) -> list[Fault]:
        """Faults of the scenario as a whole: path and message of each."""
        return [
            fault(path, message if path in message else f"{path}: {message}")
            for path, message in self._plain.check()
        ]

    def advice(self) -> list[Advice]:
        """Tell which settings can do nothing as things are, or look like a slip.

        None of it is a fault: the scenario runs.

        Examples
        --------
        >>> import tidsbruk as tb
        >>> crew = {"staff": {"crew": {"count": 2, "roster": "always"}}}
        >>> eager = tb.Scenario(crew | {"regime": {"grants": {"binding": 0.5}}})
        >>> [a.path for a in eager.advice()]
        ['regime.grants.binding']
        """
        from tidsbruk.advice import Advice

        return [Advice(path, message) for path, message in self._plain.advise()]

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

    def law_mean(self, path: str) -> float:
        """Mean of a law in its unit, however its parameters are given.

        Raises
        ------
        ScenarioError
            When there is no law at this path, or its parameters make none.

        Examples
        --------
        >>> import tidsbruk as tb
        >>> s = tb.Scenario({"absence.spell_days": "lognormal(p10=2, p90=8)"})
        >>> round(s.law_mean("absence.spell_days"), 3)
        4.63
        """
        return self._plain.law_mean(path)

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
            item = _items_above(path)[-1]
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
        return self._plain.text(False) == other._plain.text(False)

    def __hash__(self) -> int:
        return hash(self._plain.hash())

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self._plain.text(True), self._notes, self._title)

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


def _restored(text: str, notes: dict[str, str], title: str) -> Scenario:
    return _wrapped(Scenario, _core.parse(text), notes, title)


def _items_above(path: str) -> list[str]:
    """Paths of the items of lists that a value may stand in, the outermost first."""
    top, parts, rest = path.partition(".parts.")
    outer = ".".join(top.split(".")[:2])
    return [outer, top + parts + rest.partition(".")[0]] if parts else [outer]


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
    known = presets()
    try:
        return _wrapped(Scenario, _core.preset(name), {}, known.get(name, ""))
    except _core.ScenarioError as e:
        from tidsbruk.nearest import nearest_preset

        near = "" if "did you mean" in str(e) else nearest_preset(name, known)
        if not near:
            raise
        message = f'{e}; did you mean "{near}"?'
        raise scenario_error([fault(name, message)], e.status) from None


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
    """Read a scenario from a file.

    The file holds tables as `Scenario.replace` takes them, or canonical text.
    ``extends`` at the top of a table names a preset (``"home_care/npm"``) or a file
    beside it (``"base.toml"``) whose values it starts from; ``remove`` lists items to
    leave out; ``title`` says what people call it.

    Parameters
    ----------
    path : path-like
        A file that ends in ``.toml``, ``.json`` or ``.txt`` (canonical text).

    Raises
    ------
    ScenarioError
        With every fault at once, each with the file and, where it is known, the line.
    OSError
        When the file cannot be read.
    """
    from tidsbruk.files import load_file

    return load_file(path)
