"""What a scenario may say: a list of settings, and a JSON Schema of scenario files."""

from __future__ import annotations

import math
from functools import cache
from typing import Any, NamedTuple

from tidsbruk import _core

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAME = "<name>"  # stands for the name of an item
_NAME_BYTES = 47
_NAME_PATTERN = "[a-z][a-z0-9_]*"
# The sets of parameters that the kinds of law take; forms() leaves out unknown ones.
_PAIRS = (
    ("mean", "cv"),
    ("median", "cv"),
    ("shape", "scale"),
    ("p10", "p90"),
    ("p25", "p75"),
)
_FORMS: dict[str, tuple[tuple[str, ...], ...]] = {
    "constant": (("mean",),),
    "uniform": (("low", "high"),),
    "triangular": (("low", "mode", "high"),),
    "exponential": (("mean",),),
    "lognormal": _PAIRS,
    "gamma": _PAIRS,
    "weibull": _PAIRS,
    "beta": (("low", "high", "mean", "cv"),),
    "empirical": (("quantiles",),),
    "mixture": (("parts",),),
}

Node = dict[str, Any]


class Setting(NamedTuple):
    """What a scenario may hold at a path.

    Attributes
    ----------
    path : str
        Where; ``<name>`` stands for the name of an item.
    kind : str
        ``"real"``, ``"count"``, ``"flag"``, ``"choice"``, ``"text"`` or ``"series"``; or
        what holds these: ``"law"``, ``"group"``, ``"list"`` (whose item is a group).
    unit : str
        Such as ``"min"`` or ``"share"``; may be empty.
    doc : str
        What it means, in a sentence.
    low, high : float
        Bounds of a number, of each of a series, of the values of a law; or NaN.
    choices : tuple of str or None
        The words of a choice.
    default : str
        As text; empty where there is none.
    most : int
        Items of a list, numbers of a series, bytes of a text; or 0.
    """

    path: str
    kind: str
    unit: str
    doc: str
    low: float
    high: float
    choices: tuple[str, ...] | None
    default: str
    most: int


def settings() -> list[Setting]:
    """List all that a scenario may hold, in canonical order.

    Groups, laws and lists come before what is in them.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> {s.path: s.unit for s in tb.settings()}["staff.<name>.count"]
    'workers'
    """
    return [Setting._make(s) for s in _core.settings()]


@cache
def forms() -> dict[str, tuple[tuple[str, ...], ...]]:
    """List the parameters of each kind of law: one of these sets, whole."""
    law = next(s.path for s in settings() if s.kind == "law")
    below = {s.path.removeprefix(f"{law}."): s for s in settings()}
    return {
        kind: tuple(form for form in _FORMS[kind] if set(form) <= set(below))
        for kind in below["kind"].choices or ()
    }


def schema() -> dict[str, Any]:
    """Make the JSON Schema (draft 2020-12) of a scenario file.

    It says of TOML and JSON files what a list of settings can say: names, types, bounds,
    words, the parameters of laws, and where values come from; with a sentence and a
    unit (``x-unit``) for each setting, for editors to show. What only holds for a
    scenario as a whole is checked when it is loaded. Dotted paths in quotation marks
    and numbers written as text, which `Scenario.replace` also takes, are left out.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> tb.schema()["properties"]["horizon"]["properties"]["weeks"]["x-unit"]
    'weeks'
    """
    nodes: dict[str, Node] = {"": _root()}
    for s in settings():
        parent, _, name = s.path.rpartition(".")
        node = _node(s)
        if name == NAME:
            nodes[parent]["additionalProperties"] = node
        else:
            nodes[parent]["properties"][name] = node
        nodes[s.path] = node["anyOf"][-1] if s.kind == "law" else node
    return nodes[""]


def _root() -> Node:
    root = _table("A unit of a public service, the regime that governs it, a horizon.")
    root["properties"] = {
        "$schema": {"type": "string", "description": "For editors; not read."},
        "title": {"type": "string", "description": "What people call the scenario."},
        "note": {"type": "string", "description": "A remark; not read."},
        "extends": {
            "type": "string",
            "description": "A preset or a file beside it whose values it starts from.",
        },
        "remove": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Items of lists to leave out, such as obligations.journal.",
        },
        **root["properties"],
    }
    head = {"$schema": DIALECT, "$id": f"urn:tidsbruk:scenario:{_core.__version__}"}
    return {**head, "title": "tidsbruk scenario", **root, "$defs": _definitions()}


def _definitions() -> dict[str, Node]:
    where: dict[str, Node] = {
        "evidence": {
            "description": "Ids of the rows that it rests on.",
            "anyOf": [
                {"type": "string", "maxLength": 63},
                {"type": "array", "items": {"type": "string"}},
            ],
        },
        "grade": {
            "description": "How well it is supported.",
            "enum": ["measured", "estimated", "assumed"],
        },
        "note": {"description": "A remark.", "type": "string"},
    }
    source = {
        "description": "Where the values below come from that do not say so themselves.",
        "type": "object",
        "properties": {key: _ref(key) for key in where},
        "additionalProperties": False,
    }
    return {**where, "source": source, "forms": _forms()}


def _ref(name: str) -> Node:
    return {"$ref": f"#/$defs/{name}"}


def _forms() -> Node:
    """Whether a law of a kind has just the parameters that one of its forms takes."""
    known: list[Node] = [{"not": {"required": ["kind"]}}]  # changes some parameters
    for kind, sets in forms().items():
        word = {"const": kind}
        said = {"anyOf": [word, {"type": "object", "properties": {"value": word}}]}
        known += [
            {
                "properties": {"kind": said},
                "required": ["kind", *given],
                "propertyNames": {"enum": ["kind", "source", *given]},
            }
            for given in sets
        ]
    return {"anyOf": known}


def _node(s: Setting) -> Node:
    if s.kind == "group":
        return _table(s.doc)
    if s.kind == "list":
        named = {"pattern": f"^{_NAME_PATTERN}$", "maxLength": _NAME_BYTES}
        node = {**_table(s.doc), "propertyNames": named, "maxProperties": s.most + 1}
        return node
    if s.kind == "law":
        number = {"type": "number", "minimum": s.low, "maximum": s.high}
        text = {"type": "string", "pattern": rf"^ *({'|'.join(forms())}) *\(.*\) *$"}
        sourced = _sourced({"anyOf": [number, text]}, number)
        return _described(s, [number, text, sourced, _law_table(number)])
    value = _value(s)
    ranged = s.kind in ("real", "count", "flag")
    end = {"type": "number", "minimum": 0, "maximum": 1} if s.kind == "flag" else value
    return _described(s, [value, _sourced(value, end if ranged else None)])


def _table(doc: str) -> Node:
    return {
        "description": doc,
        "type": "object",
        "properties": {"source": _ref("source")},
        "additionalProperties": False,
    }


def _described(s: Setting, takes: list[Node]) -> Node:
    node: Node = {"description": f"{s.doc} ({s.unit})" if s.unit else s.doc}
    if s.unit:
        node["x-unit"] = s.unit
    if s.default:
        node["default"] = _default(s)
    return {**node, "anyOf": takes}


def _default(s: Setting) -> float | int | bool | str:
    if s.kind in ("real", "law"):
        return float(s.default)
    if s.kind == "count":
        return int(s.default)
    return s.default == "true" if s.kind == "flag" else s.default


def _value(s: Setting) -> Node:
    bounds = {"minimum": s.low, "maximum": s.high}
    if s.kind in ("real", "count"):
        bounds = {end: bound for end, bound in bounds.items() if math.isfinite(bound)}
        return {"type": "number" if s.kind == "real" else "integer", **bounds}
    if s.kind == "flag":
        return {"type": "boolean"}
    if s.kind == "choice":
        return {"enum": list(s.choices or ())}
    if s.kind == "series":
        return {
            "type": "array",
            "items": {"type": "number", **bounds},
            "maxItems": s.most,
        }
    text: Node = {"type": "string", "maxLength": s.most}
    if s.most == _NAME_BYTES:
        text["pattern"] = f"^({_NAME_PATTERN})?$"
    return text


def _sourced(value: Node, end: Node | None) -> Node:
    """A table of a value and of where it comes from; `end` is what its range takes."""
    said: Node = {key: _ref(key) for key in ("evidence", "grade", "note")}
    node: Node = {
        "type": "object",
        "properties": {"value": value, **said},
        "required": ["value"],
        "additionalProperties": False,
    }
    if end:
        node["properties"] |= {"low": end, "high": end}
        node["dependentRequired"] = {"low": ["high"], "high": ["low"]}
    return node


def _law_table(number: Node) -> Node:
    """A table of parameters, which come to stand in it one by one."""
    source = _sourced(number, number)
    del source["properties"]["value"], source["required"]
    return {
        "type": "object",
        "properties": {"source": source},
        "additionalProperties": False,
        **_ref("forms"),
    }
