"""Settings as TOML, as `tidsbruk.load` reads them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidsbruk.saving import save

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from tidsbruk.scenario import Scenario


def toml(settings: Mapping[str, Any]) -> str:
    """Write nested tables.

    Examples
    --------
    >>> print(toml({"title": "mine", "duty": {"break_minutes": {"value": 30}}}), end="")
    title = "mine"
    <BLANKLINE>
    [duty]
    break_minutes = { value = 30 }
    """
    lines: list[str] = []
    _table(settings, (), lines)
    return "\n".join(lines).lstrip("\n") + "\n"


def _table(table: Mapping[str, Any], path: tuple[str, ...], lines: list[str]) -> None:
    plain = {k: v for k, v in table.items() if not _is_table(v)}
    if path and plain:
        lines += ["", f"[{'.'.join(map(_key, path))}]"]
    lines += [f"{_key(k)} = {_value(v)}" for k, v in plain.items() if v is not None]
    for key, value in table.items():
        if _is_table(value):
            _table(value, (*path, key), lines)


def _is_table(value: Any) -> bool:
    """Whether something stands below a header of its own: no value with its source."""
    if not isinstance(value, dict):
        return False
    said = set(value) <= {"value", "grade", "note", "evidence", "low", "high"}
    return not (value and said) or isinstance(value.get("value"), dict)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, float):
        return repr(float(f"{value:.10g}"))
    return str(int(value))


def write_scenario(
    scenario: Scenario, path: str | PathLike[str], base: str | None = None
) -> None:
    """Write a scenario, as .txt in canonical text, else as TOML.

    Parameters
    ----------
    scenario : Scenario
        What to write.
    path : path-like
        Where.
    base : str, optional
        A preset or a file from which the scenario differs by its obligations alone: then
        the file extends it. Where that does not say all, the file says everything itself.
    """
    to = Path(path)
    if to.suffix == ".txt":
        save(to, scenario.to_text())
        return
    if base and not base.startswith("tidsbruk:"):
        save(to, toml(_beside(scenario, to, base)))
        if _reads(to, scenario):
            return
    save(to, toml(scenario.to_dict(sources=True)))


def _reads(path: Path, scenario: Scenario) -> bool:
    from tidsbruk._core import ScenarioError
    from tidsbruk.scenario import load

    try:
        return load(path) == scenario
    except ScenarioError:
        return False


def _beside(scenario: Scenario, path: Path, base: str) -> dict[str, Any]:
    """The obligations in which a scenario differs from its base."""
    import os

    from tidsbruk.cli.sides import found
    from tidsbruk.files import ENDINGS

    old = found(base).to_dict(sources=True).get("obligations", {})
    new = scenario.to_dict(sources=True).get("obligations", {})
    is_file = base.endswith(ENDINGS)
    made: dict[str, Any] = {"title": scenario.title} if scenario.title else {}
    made["extends"] = os.path.relpath(base, path.parent) if is_file else base
    gone = [f"obligations.{name}" for name in old if name not in new]
    changed = {name: table for name, table in new.items() if old.get(name) != table}
    gone += [f"obligations.{name}" for name in changed if name in old]
    if gone:
        made["remove"] = gone
    if changed:
        made["obligations"] = {
            name: _short(t, scenario, name) for name, t in changed.items()
        }
    return made


def _short(table: dict[str, Any], scenario: Scenario, name: str) -> dict[str, Any]:
    """The values of an obligation that are no defaults, and those that make it one."""
    kept = {}
    for key, value in table.items():
        if (
            (isinstance(value, dict) and "kind" in value)
            or key == "trigger"
            or not scenario.value(f"obligations.{name}.{key}").is_default
        ):
            kept[key] = value
    return kept
