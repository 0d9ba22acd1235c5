"""The settings in which the two sides differ, and what each means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidsbruk._core import ScenarioError
from tidsbruk.report.sides import SIDES, mechanism_of
from tidsbruk.report.words import first_clause

if TYPE_CHECKING:
    from tidsbruk.compare import Comparison
    from tidsbruk.scenario import Scenario
    from tidsbruk.value import Change

    Data = dict[str, Any]

PARAMETERS = {"mean": "mean", "cv": "spread, as a share of the mean"}
LISTS = ("staff", "shifts", "clients", "windows", "services", "obligations")


def that_differ(c: Comparison) -> list[Data]:
    """The settings that differ; an item that one side lacks is one row."""
    sides = [c.result.scenarios[name] for name in (c.baseline, c.alternative)]
    paths = [set(side) for side in sides]
    items = [{_item(path) for path in side} for side in paths]
    rows: dict[str, Data] = {}
    for change in c.settings_that_differ:
        item = _item(change.path)
        has = [item in side for side in items]
        path = change.path if all(has) else item
        if path not in rows:
            told = sides[change.path not in paths[0]]
            rows[path] = _setting(path, change, has, told)
        _add_sources(rows[path], change)
        notes = [s.note(change.path) for s in sides]
        rows[path]["note"] = rows[path]["note"] or notes[1] or notes[0]
    return list(rows.values())


def _item(path: str) -> str:
    return ".".join(path.split(".")[:2])


def _setting(path: str, change: Change, has: list[bool], scenario: Scenario) -> Data:
    row: Data = {"path": path, "mechanism": mechanism_of(path), "whole": not all(has)}
    row |= {"doc": "", "unit": "", "note": ""}
    if all(has):
        row["doc"] = doc_of(scenario, path)
        row["unit"] = scenario.value(path).unit
    for i, side in enumerate(SIDES):
        row[side] = getattr(change, side) if all(has) else has[i]
        row[f"{side}_grade"] = []
        row[f"{side}_evidence"] = []
    return row


def _add_sources(row: Data, change: Change) -> None:
    for side in SIDES:
        for key in ("grade", "evidence"):
            known = row[f"{side}_{key}"]
            said = (getattr(change, f"{side}_{key}") or "").split()
            known += [word for word in said if word not in known]


def _of_law(doc: str, parameter: str) -> str:
    """Say behind the first clause which parameter of the law is meant."""
    clause = first_clause(doc)
    return f"{clause} ({PARAMETERS.get(parameter, parameter)}){doc[len(clause) :]}"


def doc_of(scenario: Scenario, path: str) -> str:
    """What a value means: of which item, and of a law's parameter, of which law."""
    parent, _, parameter = path.rpartition(".")
    first, *rest = path.split(".")
    try:
        scenario.value(parent + ".kind")
        doc = _of_law(scenario.value(parent).doc, parameter)
    except ScenarioError:
        doc = scenario.value(path).doc
    if first in LISTS and len(rest) > 1:
        item = rest[0].replace("_", " ").capitalize()
        return f"{item}: {doc[:1].lower()}{doc[1:]}"
    return doc
