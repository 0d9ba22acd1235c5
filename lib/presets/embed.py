"""Turns the presets (*.toml, for people) into one C file (for the library).

A file `home_care/npm.toml` below the root is the preset "home_care/npm". Its tables are
flattened to paths: `[obligations.journal]` with `probability = ...` gives the value of
"obligations.journal.probability". Items of lists are tables below their list, by name.

A value says where it comes from, in a table (only value and grade are needed):

    probability = { value = 0.45, grade = "measured", evidence = "E101 E102",
                    low = 0.3, high = 0.6, note = "three municipalities" }

A law is a table with a `kind` and its parameters; where it comes from stands under
`source`. Grade and evidence are those of all its parameters, low and high those of its
mean (or of its median, when it is given by that):

    minutes = { kind = "lognormal", mean = 4, cv = 0.5,
                source = { grade = "estimated", evidence = "E130", low = 2, high = 6 } }

An empirical law has `quantiles`, a list of numbers; a mixture has tables of laws with a
`weight` under `parts`:

    minutes = { kind = "mixture", source = { grade = "assumed" },
                parts = { short = { weight = 0.7, kind = "constant", mean = 2 },
                          long = { weight = 0.3, kind = "gamma", mean = 20, cv = 1 } } }

Another parameter of a law has its own range, and where it differs its own grade, in a
table like that of a plain value: `cv = { value = 0.5, low = 0.3, high = 0.8 }`.

A table may state a source (grade, evidence, note) for the plain values and laws below
it that do not state their own; it is meant for names, words and other things that
nobody measures:

    [obligations.journal]
    source = { grade = "assumed", note = "the register of an ordinary municipality" }
    trigger = "visit"

Every value must end up with a grade. `measured` cites at least one row of evidence.csv,
each graded read there; `estimated` at least one, each graded read or derived; `assumed`
may cite any row.

At the top of a file: `title` (a file without one is a base for others, and not itself a
preset); `extends` (the file whose values this one starts from: a value given again
replaces the old one with its source, and a law replaces a law as a whole); `remove`
(paths that are not taken over, with all below them); `note`.
"""

import argparse
import csv
import math
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

ROWS_FOR = {"measured": {"read"}, "estimated": {"read", "derived"}, "assumed": None}
LAW_KINDS = {"constant", "uniform", "triangular", "exponential"}
LAW_KINDS |= {"lognormal", "gamma", "weibull", "beta", "empirical", "mixture"}
PARAMETERS = ("mean", "median", "cv", "low", "mode", "high", "shape", "scale")
PARAMETERS += ("p10", "p25", "p75", "p90")
LISTS = {"quantiles": "empirical", "parts": "mixture"}
SOURCE = {"evidence", "grade", "low", "high", "note"}
ENDS = {"low", "high"}
RESERVED = ("title", "extends", "remove", "note")
EVIDENCE_BYTES = 63  # TB_EVIDENCE_SIZE, less the terminator


class Entry(NamedTuple):
    """One value with its source."""

    text: str
    evidence: str
    grade: str
    low: float
    high: float


def is_number(value):
    """Whether a value of TOML is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def text_of(value, path):
    """The text of a plain value, as tb_scenario_set reads it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{path}: {value} is not a finite number")
    if is_number(value):
        return repr(value)
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        wrong = next((item for item in value if not is_number(item)), None)
        if wrong is not None:
            raise ValueError(f"{path}: {wrong!r} is not a number; a series holds numbers")
        return " ".join(text_of(item, path) for item in value)
    raise ValueError(f"{path}: a {type(value).__name__} cannot be a value")


def is_sourced(table):
    """Whether a table is a value with its source (a field may be called value, too)."""
    return "value" in table and not isinstance(table["value"], dict)


def is_law(value):
    """Whether a table is a law (the kind of travel is another word)."""
    return isinstance(value, dict) and value.get("kind") in LAW_KINDS


def plain(value):
    """A value without its source."""
    return value.get("value") if isinstance(value, dict) else value


def law_text(law, path):
    """The text of a law, such as "lognormal(mean=4, cv=0.5)"."""
    unknown = set(law) - {"kind", "source", *PARAMETERS}
    unknown = sorted(unknown - {n for n, kind in LISTS.items() if kind == law["kind"]})
    if unknown:
        raise ValueError(f"{path}: a law has no {', '.join(unknown)}")
    given = {p: plain(law[p]) for p in PARAMETERS if p in law}
    wrong = [p for p, value in given.items() if not is_number(value)]
    if wrong:
        raise ValueError(f"{path}.{wrong[0]} is not a number")
    listed = ", ".join(f"{p}={text_of(value, path)}" for p, value in given.items())
    if "quantiles" in law:
        listed = f"quantiles={text_of(plain(law['quantiles']), path + '.quantiles')}"
    if "parts" in law:
        listed = ", ".join(part_text(*item, path) for item in law["parts"].items())
    return f"{law['kind']}({listed})"


def part_text(name, part, path):
    """The text of a part of a mixture, such as "short=0.7*constant(mean=2)"."""
    where = f"{path}.parts.{name}"
    if not is_law(part) or part["kind"] in LISTS.values():
        raise ValueError(f"{where} is no law of one of the simple kinds")
    law = {key: value for key, value in part.items() if key != "weight"}
    weight = plain(part.get("weight", 1))
    if not is_number(weight):
        raise ValueError(f"{where}.weight is not a number")
    return f"{name}={text_of(weight, where)}*{law_text(law, where)}"


def ends_of(source, centre, path):
    """The range that a source states, or two NaNs; `centre` is the value itself."""
    ends = [source[end] for end in ("low", "high") if end in source]
    if not ends:
        return math.nan, math.nan
    if len(ends) == 1 or not all(isinstance(end, int | float) for end in ends):
        raise ValueError(f"{path}: low and high are two numbers")
    if not isinstance(centre, int | float):
        raise ValueError(f"{path}: only numbers, flags, means and medians have a range")
    low, high = map(float, ends)
    if not low <= centre <= high:
        raise ValueError(f"{path}: {centre} does not lie between {low} and {high}")
    return low, high


def cited(source, rows, path):
    """The evidence and the grade of a source, held against the rows of evidence.csv."""
    evidence, grade = source.get("evidence", ""), source.get("grade", "")
    if grade not in ROWS_FOR:
        words = ", ".join(ROWS_FOR)
        raise ValueError(f"{path}: its grade is {grade!r}, not one of {words}")
    if not isinstance(evidence, str) or len(evidence.encode()) > EVIDENCE_BYTES:
        raise ValueError(f"{path}: evidence is a text of at most {EVIDENCE_BYTES} bytes")
    allowed = ROWS_FOR[grade]
    if allowed and not evidence.split():
        raise ValueError(f"{path}: it is {grade} and cites no evidence")
    for row in evidence.split():
        if row not in rows:
            raise ValueError(f"{path}: {row} is not in evidence.csv")
        if allowed and rows[row] not in allowed:
            raise ValueError(f"{path}: it is {grade}, and {row} is graded {rows[row]}")
    return " ".join(evidence.split()), grade


def entry_of(value, inherited, rows, path):
    """The entry of a value, plain or in a table, or of a law."""
    if is_law(value):
        text, source = law_text(value, path), value.get("source", inherited)
        centre = plain(value.get("mean", value.get("median")))
    elif isinstance(value, dict):
        text, source, centre = text_of(value["value"], path), dict(value), value["value"]
        del source["value"]
        if "grade" not in source:
            source = inherited | source
    else:
        text, source, centre = text_of(value, path), inherited, value
    unknown = sorted(set(source) - SOURCE)
    if unknown:
        raise ValueError(f"{path}: unknown {', '.join(unknown)} in its source")
    return Entry(text, *cited(source, rows, path), *ends_of(source, centre, path))


def flatten(table, prefix, inherited, rows, out):
    """Puts every value below `table` into `out`, by path."""
    own = table.get("source", inherited)
    if not isinstance(own, dict) or ENDS & set(own):
        where = prefix.rstrip(".") or "the top"
        raise ValueError(f"{where}: the source of a table has no range")
    if not set(table) - {"source"}:
        raise ValueError(f"{prefix.rstrip('.')}: the table is empty")
    for key, value in table.items():
        path = prefix + key
        if key == "source":
            continue
        if isinstance(value, dict) and not is_sourced(value) and not is_law(value):
            flatten(value, path + ".", own, rows, out)
        else:
            out[path] = entry_of(value, own, rows, path)
            if is_law(value):
                parts_of(value, path, own, rows, out)


def parts_of(law, path, inherited, rows, out):
    """Puts the parameters of a law that have a source of their own into `out`."""
    source = {k: v for k, v in law.get("source", inherited).items() if k not in ENDS}
    for name, part in law.get("parts", {}).items():
        parts_of(part, f"{path}.parts.{name}", source, rows, out)
    for key in (*PARAMETERS, "quantiles", "weight"):
        if isinstance(law.get(key), dict):
            out[f"{path}.{key}"] = entry_of(law[key], source, rows, f"{path}.{key}")


def below(path, top):
    """Whether a path is `top` or below it."""
    return path == top or path.startswith(top + ".")


def load(root, name, rows, trail=()):
    """The title and the values of a preset, with those that it extends below them."""
    if name in trail:
        raise ValueError(f"{name} extends itself: {' -> '.join((*trail, name))}")
    with open(root / f"{name}.toml", "rb") as f:
        table = tomllib.load(f)
    title, base, removed, _ = (table.pop(key, None) for key in RESERVED)
    values = load(root, base, rows, (*trail, name))[1] if base else {}
    for top in removed or ():
        gone = [path for path in values if below(path, top)]
        if not gone:
            raise ValueError(f"remove: there is no {top} in {base}")
        for path in gone:
            del values[path]
    own = {}
    if table:
        flatten(table, "", {}, rows, own)
    for path in own:
        for old in [old for old in values if below(old, path)]:
            del values[old]
    return title, values | own


def read_evidence(root):
    """The grade of each row of evidence.csv, by id."""
    with open(root / "evidence.csv", encoding="utf-8", newline="") as f:
        return {row["id"]: row["grade"] for row in csv.DictReader(f)}


def quoted(string):
    """A C string literal: printable ASCII as it is, every other byte in octal."""
    plain = set(range(0x20, 0x7F)) - set(b'"\\?')
    characters = (chr(b) if b in plain else f"\\{b:03o}" for b in string.encode())
    return f'"{"".join(characters)}"'


def number(value):
    """A C double."""
    return "NAN" if math.isnan(value) else repr(value)


def c_file(presets):
    """The text of the C file for a list of (name, title, values)."""
    lines = ["/* Made by embed.py from the presets in TOML. */", "#include <math.h>", ""]
    lines += ['#include "scenario/preset.h"', ""]
    for i, (_, _, values) in enumerate(presets):
        lines.append(f"static const struct preset_value values_{i}[] = {{")
        for path, e in sorted(values.items()):
            strings = ", ".join(map(quoted, (path, e.text, e.evidence)))
            ends = f"{number(e.low)}, {number(e.high)}"
            lines.append(f"    {{{strings}, TB_{e.grade.upper()}, {ends}}},")
        lines += ["};", ""]
    lines.append("const struct preset tb__presets[] = {")
    for i, (name, title, values) in enumerate(presets):
        strings = f"{quoted(name)}, {quoted(title)}"
        lines.append(f"    {{{strings}, values_{i}, {len(values)}}},")
    lines += ["    {NULL, NULL, NULL, 0},", "};", ""]
    return "\n".join(lines)


def main():
    """The command that the build calls."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("files", type=Path, nargs="+")
    options = parser.parse_args()
    root = options.root.resolve()
    rows = read_evidence(root)
    presets = []
    for file in options.files:
        name = file.resolve().relative_to(root).with_suffix("").as_posix()
        try:
            title, values = load(root, name, rows)
            if title and not values:
                raise ValueError("the preset has no values")
        except (ValueError, TypeError, AttributeError, OSError) as e:
            sys.exit(f"{file}: {e}")  # TOMLDecodeError is a ValueError
        if title:
            presets.append((name, title, values))
    options.output.write_text(c_file(sorted(presets)), encoding="utf-8")


if __name__ == "__main__":
    main()
