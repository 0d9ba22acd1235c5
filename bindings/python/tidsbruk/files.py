"""Scenarios from files: TOML, JSON and canonical text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk import _core
from tidsbruk._core import Fault
from tidsbruk.editing import Editor
from tidsbruk.errors import fault, scenario_error
from tidsbruk.places import Places, json_places, toml_places
from tidsbruk.scenario import Scenario, _wrapped, preset
from tidsbruk.text import parsed, title_of

if TYPE_CHECKING:
    from os import PathLike

ENDINGS = (".toml", ".json", ".txt")  # the last holds canonical text


class _Read(NamedTuple):
    """What a file and all that it extends say, and what is wrong with them."""

    scenario: Scenario
    faults: list[Fault]
    said: list[tuple[Path, Places]]  # the file itself first


def load_file(path: str | PathLike[str]) -> Scenario:
    """Read a file and all that it extends, and check the whole."""
    scenario, faults, said = _loaded(Path(path), ())
    if not faults:
        faults = [_placed(f, said) for f in scenario.check()]
    if faults:
        raise scenario_error(faults)
    return scenario


def root(path: str | PathLike[str]) -> Scenario | None:
    """The preset that a file extends, directly or by way of other files."""
    file = Path(path)
    while file.suffix != ".txt":
        extends = _parsed(file, _read(file)).get("extends")
        if not isinstance(extends, str):
            return None
        if not extends.endswith(ENDINGS):
            return preset(extends)
        file = file.parent / extends
    return None


def _loaded(file: Path, trail: tuple[Path, ...]) -> _Read:
    text = _read(file)
    if file.suffix == ".txt":
        plain = parsed(text, str(file))
        return _Read(_wrapped(Scenario, plain, {}, title_of(text)), [], [])
    table = _parsed(file, text)
    places = (json_places if file.suffix == ".json" else toml_places)(text)
    base = _base(file, places, table.get("extends"), (*trail, file.resolve()))
    said = [(file, places), *base.said]
    editor = Editor(
        base.scenario._plain.copy(),
        dict(base.scenario._notes),
        extends="extends" in table,
    )
    for path in _removals(file, places, table):
        editor.remove(path)
    editor.table(table)
    faults = [_placed(f, said[:1]) for f in editor.faults]
    title = str(table.get("title", base.scenario.title))
    scenario = _wrapped(Scenario, editor.plain, editor.notes, title)
    return _Read(scenario, base.faults + faults, said)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as e:
        raise _failed(file, "", f"byte {e.start} is not UTF-8") from None


def _parsed(file: Path, text: str) -> dict[str, Any]:
    try:
        table = _toml(text) if file.suffix != ".json" else _json(text)
    except (ValueError, RecursionError) as e:
        raise _syntax(file, text, e) from None
    if not isinstance(table, dict):
        raise _failed(file, "", "it holds no table", status="TB_ERR_TYPE")
    return table


def _syntax(file: Path, text: str, e: Exception) -> _core.ScenarioError:
    """Say an error of tomllib or json with its place."""
    if isinstance(e, RecursionError):
        return _failed(file, "", "it is nested too deeply", status="TB_ERR_TYPE")
    message = str(e).replace(
        "(at end of document)", f"(at line {text.count(chr(10)) + 1})"
    )
    place = re.search(r"\(?(?:at )?line (\d+)(?:,? column (\d+))?[^)]*\)?", message)
    line = column = None
    if place:
        line, column = (int(n) if n else None for n in place.groups())
        message = message.replace(place[0], "").strip().rstrip(":")
    where = ":".join(str(part) for part in (file, line, column) if part)
    said = fault(where, f"{where}: {message}", file=str(file), line=line, column=column)
    return scenario_error([said], "TB_ERR_TYPE")


def _toml(text: str) -> Any:
    import tomllib

    return tomllib.loads(text)


def _json(text: str) -> Any:
    import json

    return json.loads(text)


def _base(file: Path, places: Places, extends: Any, trail: tuple[Path, ...]) -> _Read:
    """What a file extends: nothing, a preset or another file."""
    if extends is None:
        return _Read(Scenario(), [], [])
    said = f"extends = {extends!r}"

    def failed(why: str, status: str = "TB_ERR_VALUE") -> _core.ScenarioError:
        return _failed(file, "extends", said + why, places, status)

    if not isinstance(extends, str):
        raise failed(" is no name of a preset or of a file")
    if not extends.endswith(ENDINGS):
        try:
            return _Read(preset(extends), [], [])
        except _core.ScenarioError as e:
            raise failed(f": {e}", e.status) from None
    base = file.parent / extends
    if base.resolve() in trail:
        raise failed(": the files extend one another in a circle")
    try:
        return _loaded(base, trail)
    except FileNotFoundError:
        raise failed(": there is no such file") from None


def _removals(file: Path, places: Places, table: dict[str, Any]) -> list[str]:
    paths = table.get("remove", [])
    if isinstance(paths, list) and all(isinstance(path, str) for path in paths):
        return paths
    raise _failed(file, "remove", "remove is a list of paths in quotation marks", places)


def _failed(
    file: Path,
    path: str,
    message: str,
    places: Places | None = None,
    status: str = "TB_ERR_VALUE",
) -> _core.ScenarioError:
    """One fault that ends the reading of a file."""
    told = _placed(fault(path or str(file), message), [(file, places or {})])
    return scenario_error([told], status)


def _placed(f: Fault, said: list[tuple[Path, Places]]) -> Fault:
    """The fault with its place: where its path, or what holds it, was said last."""
    parts = f.path.split(".")
    for n in range(len(parts), 0, -1):
        above = ".".join(parts[:n])
        for file, places in said:
            if above in places:
                return _at(f, file, *places[above])
    return _at(f, said[0][0]) if said else f


def _at(
    f: Fault, file: Path, line: int | None = None, column: int | None = None
) -> Fault:
    where = f"{file}:{line}" if line else str(file)
    return fault(
        f.path,
        f"{where}: {f.message}",
        value=f.value,
        file=str(file),
        line=line,
        column=column,
    )
