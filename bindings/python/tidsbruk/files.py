"""Scenarios from files: TOML, JSON and canonical text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidsbruk import _core
from tidsbruk._core import Fault
from tidsbruk.editing import Editor
from tidsbruk.errors import fault, scenario_error
from tidsbruk.scenario import Scenario, _wrapped, preset
from tidsbruk.text import parsed, title_of

if TYPE_CHECKING:
    from os import PathLike

ENDINGS = (".toml", ".json", ".txt")  # the last holds canonical text


def load_file(path: str | PathLike[str]) -> Scenario:
    """Read a file and all that it extends, and check the whole."""
    file = Path(path)
    scenario = _loaded(file, ())
    faults = scenario.check()
    if faults:
        raise scenario_error(_placed(file, _read(file), faults))
    return scenario


def _loaded(file: Path, trail: tuple[Path, ...]) -> Scenario:
    text = _read(file)
    if file.suffix == ".txt":
        return _wrapped(Scenario, parsed(text, str(file)), {}, title_of(text))
    table = _parsed(file, text)
    base = _base(file, table.get("extends"), (*trail, file.resolve()))
    editor = Editor(base._plain.copy(), dict(base._notes), extends="extends" in table)
    for path in _removals(file, table):
        editor.remove(path)
    editor.table(table)
    if editor.faults:
        raise scenario_error(_placed(file, text, editor.faults))
    title = table.get("title", base.title)
    return _wrapped(Scenario, editor.plain, editor.notes, str(title))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as e:
        raise scenario_error(
            [(str(file), f"{file}: byte {e.start} is not UTF-8")]
        ) from None


def _parsed(file: Path, text: str) -> dict[str, Any]:
    try:
        table = _toml(text) if file.suffix != ".json" else _json(text)
    except (ValueError, RecursionError) as e:
        where, message = _syntax(file, text, e)
        raise scenario_error([(where, f"{where}: {message}")], "TB_ERR_TYPE") from None
    if not isinstance(table, dict):
        raise scenario_error([(str(file), f"{file}: it holds no table")], "TB_ERR_TYPE")
    return table


def _syntax(file: Path, text: str, e: Exception) -> tuple[str, str]:
    """Place and message of an error of tomllib or json."""
    if isinstance(e, RecursionError):
        return str(file), "it is nested too deeply"
    message = str(e).replace(
        "(at end of document)", f"(at line {text.count(chr(10)) + 1})"
    )
    place = re.search(r"\(?(?:at )?line (\d+)(?:,? column (\d+))?[^)]*\)?", message)
    if not place:
        return str(file), message
    where = ":".join([str(file), *filter(None, place.groups())])
    return where, message.replace(place[0], "").strip().rstrip(":")


def _toml(text: str) -> Any:
    import tomllib

    return tomllib.loads(text)


def _json(text: str) -> Any:
    import json

    return json.loads(text)


def _base(file: Path, extends: Any, trail: tuple[Path, ...]) -> Scenario:
    if extends is None:
        return Scenario()
    said = f"{file}: extends = {extends!r}"
    if not isinstance(extends, str):
        raise scenario_error([("extends", f"{said} is no name of a preset or of a file")])
    if not extends.endswith(ENDINGS):
        try:
            return preset(extends)
        except _core.ScenarioError as e:
            raise scenario_error([("extends", f"{said}: {e}")], e.status) from None
    base = file.parent / extends
    if base.resolve() in trail:
        raise scenario_error(
            [("extends", f"{said}: the files extend one another in a circle")]
        )
    try:
        return _loaded(base, trail)
    except FileNotFoundError:
        raise scenario_error([("extends", f"{said}: there is no such file")]) from None


def _removals(file: Path, table: dict[str, Any]) -> list[str]:
    paths = table.get("remove", [])
    if isinstance(paths, list) and all(isinstance(path, str) for path in paths):
        return paths
    raise scenario_error(
        [("remove", f"{file}: remove is a list of paths in quotation marks")]
    )


def _placed(file: Path, text: str, faults: list[Fault]) -> list[Fault]:
    """The faults with file and line, where one can be found."""
    lines = _lines(text) if file.suffix == ".toml" else {}
    placed = []
    for path, message in faults:
        line = next((lines[p] for p in _upwards(path) if p in lines), None)
        where = f"{file}:{line}" if line else str(file)
        placed.append(fault(path, f"{where}: {message}"))
    return placed


def _upwards(path: str) -> list[str]:
    parts = path.split(".")
    return [".".join(parts[:n]) for n in range(len(parts), 0, -1)]


def _lines(text: str) -> dict[str, int]:
    """First line of each path in a TOML file: enough for messages, it is no parser."""
    prefix = ""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[\s*([\w.\s\"'-]+?)\s*\]", line)
        key = re.match(r"\s*([\w.\"'-]+(?:\s*\.\s*[\w\"'-]+)*)\s*=", line)
        if not (header or key):
            continue
        name = re.sub(r"[\s\"']", "", (header or key)[1])  # type: ignore[index]
        if header:
            prefix = name + "."
        path = name if header else prefix + name
        for above in _upwards(path):
            if above.count(".") or above == path:
                lines.setdefault(above, number)
        if key:
            for part in re.findall(r"[{,]\s*([\w-]+)\s*=", line):
                lines.setdefault(f"{path}.{part}", number)
    return lines
