"""Turns the presets (*.toml, for people) into one C file (for the library).

A file `home_care/npm.toml` below the root is the preset "home_care/npm". Its tables are
flattened to paths: `[obligations.visit_registration]` with `minutes.mean = 1.5` becomes
"obligations.visit_registration.minutes.mean". A value is plain, or a table that says
where it comes from:

    mean = { value = 1.5, evidence = "E101", grade = "measured", low = 1, high = 2 }

with, if wanted, a `note` for people. Top-level keys that are no values: `title` (a file
without one is a base for others, not itself a preset), `extends` (the name of the preset
whose values this one starts from; a value given again replaces the whole entry, with its
evidence) and `note`.

The C file needs `scenario/preset.h` to declare, with strings never NULL and a range that
was not given as NaN:

    struct preset_value {
        const char *path, *value, *evidence, *grade;
        double low, high;
    };
    struct preset {
        const char *name, *title;
        const struct preset_value *values;
        int count;
    };
    extern const struct preset tb__presets[];
    extern const int tb__preset_count;
"""

import argparse
import math
import sys
import tomllib
from pathlib import Path

GRADES = ("measured", "estimated", "assumed")
ENTRY = {"value", "evidence", "grade", "low", "high", "note"}
RESERVED = ("title", "extends", "note")


def text(value, path):
    """The canonical text of a plain value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{path}: {value} is not a finite number")
        whole = value.is_integer() and abs(value) < 1e15
        return str(int(value)) if whole else repr(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return value
    raise ValueError(f"{path}: a {type(value).__name__} cannot be a value")


def entry(value, path):
    """A value with its source: (text, evidence, grade, low, high)."""
    if not isinstance(value, dict):
        value = {"value": value}
    unknown = sorted(set(value) - ENTRY)
    if unknown:
        raise ValueError(f"{path}: unknown {', '.join(unknown)} beside value")
    grade = value.get("grade", "")
    if grade and grade not in GRADES:
        raise ValueError(f"{path}: grade {grade!r} is none of {', '.join(GRADES)}")
    low, high = (float(value.get(end, math.nan)) for end in ("low", "high"))
    if math.isnan(low) != math.isnan(high) or low > high:
        raise ValueError(f"{path}: low and high come together, low first")
    return text(value["value"], path), value.get("evidence", ""), grade, low, high


def flatten(table, prefix, out):
    """Puts every value below `table` into `out`, by path."""
    for key, value in table.items():
        path = prefix + key
        if isinstance(value, dict) and "value" not in value:
            flatten(value, path + ".", out)
        else:
            out[path] = entry(value, path)


def load(root, name, trail=()):
    """The title and the values of a preset, with those that it extends below them."""
    if name in trail:
        raise ValueError(f"{name} extends itself: {' -> '.join((*trail, name))}")
    with open(root / f"{name}.toml", "rb") as f:
        table = tomllib.load(f)
    title, base, _ = (table.pop(key, None) for key in RESERVED)
    values = load(root, base, (*trail, name))[1] if base else {}
    flatten(table, "", values)
    return title, values


def quoted(string):
    """A C string literal: printable ASCII as it is, every other byte in octal."""
    plain = set(range(0x20, 0x7F)) - set(b'"\\?')
    letters = (chr(b) if b in plain else f"\\{b:03o}" for b in string.encode())
    return f'"{"".join(letters)}"'


def number(value):
    """A C double."""
    return "NAN" if math.isnan(value) else repr(value)


def c_file(presets):
    """The text of the C file for a list of (name, title, values)."""
    lines = ["/* Made by embed.py from the presets in TOML. */", "#include <math.h>", ""]
    lines += ['#include "scenario/preset.h"', ""]
    for i, (_, _, values) in enumerate(presets):
        lines.append(f"static const struct preset_value values_{i}[] = {{")
        for path, (value, evidence, grade, low, high) in values.items():
            strings = ", ".join(map(quoted, (path, value, evidence, grade)))
            lines.append(f"    {{{strings}, {number(low)}, {number(high)}}},")
        lines += ["};", ""]
    lines.append("const struct preset tb__presets[] = {")
    for i, (name, title, values) in enumerate(presets):
        strings = f"{quoted(name)}, {quoted(title)}"
        lines.append(f"    {{{strings}, values_{i}, {len(values)}}},")
    lines += ["};", f"const int tb__preset_count = {len(presets)};", ""]
    return "\n".join(lines)


def main():
    """The command that the build calls."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("files", type=Path, nargs="+")
    options = parser.parse_args()
    root = options.root.resolve()
    presets = []
    for file in options.files:
        name = file.resolve().relative_to(root).with_suffix("").as_posix()
        try:
            title, values = load(root, name)
        except (ValueError, OSError) as e:  # TOMLDecodeError is a ValueError
            sys.exit(f"{file}: {e}")
        if title:
            presets.append((name, title, values))
    options.output.write_text(c_file(presets), encoding="utf-8")


if __name__ == "__main__":
    main()
