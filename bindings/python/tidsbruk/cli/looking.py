"""What looks at scenarios and runs none: presets, validate, schema."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from tidsbruk.cli.advising import own_advice
from tidsbruk.cli.options import add_json, add_settings, described
from tidsbruk.cli.printing import FINE, INVALID, show
from tidsbruk.cli.sides import called, scenarios

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidsbruk._core import Fault
    from tidsbruk.advice import Advice
    from tidsbruk.scenario import Scenario


def add_presets(commands: Any) -> None:
    """Add the command presets."""
    presets = described(
        commands,
        "presets",
        "list the presets, or the values of one",
        of="List the presets; of one, or of a scenario of one's own, every value that it "
        "gives, with its unit and where it comes from.",
        example="tidsbruk presets nursing_home/npm",
    )
    presets.add_argument(
        "scenario", nargs="?", help="preset, file or link whose values to list"
    )
    add_settings(presets)
    forms = presets.add_mutually_exclusive_group()
    forms.add_argument("--text", action="store_true", help="print canonical text")
    forms.add_argument("--link", action="store_true", help="print a link to share")
    add_json(forms)
    presets.set_defaults(act=_presets)


def _presets(options: argparse.Namespace) -> int:
    from tidsbruk.scenario import presets

    if options.scenario:
        sides = called(options.scenario)
        (scenario,) = scenarios(sides, options.changes, options.remove)
        if options.text or options.link:
            sys.stdout.write(
                scenario.to_text() if options.text else scenario.link() + "\n"
            )
            return FINE
        show(scenario.to_dict(sources=True), _values_table(scenario), options)
    else:
        known = presets()
        listed = [{"name": name, "title": title} for name, title in known.items()]
        show(listed, _presets_table(known), options)
    return FINE


def _presets_table(known: dict[str, str]) -> Any:
    from rich.table import Table

    table = Table(box=None)
    table.add_column("preset", style="bold")
    table.add_column("title")
    for name, title in known.items():
        table.add_row(name, title)
    return table


def _values_table(scenario: Scenario) -> Any:
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(scenario.title), title_justify="left", box=None)
    for header in ("path", "value", "unit", "grade", "evidence"):
        table.add_column(header, overflow="fold")
    for v in scenario.values():
        if not v.is_default:
            table.add_row(*map(escape, (v.path, v.text, v.unit, v.grade, v.evidence)))
    return table


def add_validate(commands: Any) -> None:
    """Add the command validate."""
    validate = described(
        commands,
        "validate",
        "list every fault of scenarios, and advice",
        of="Say all that is wrong with scenarios, by file and line, and which of their "
        "settings can do nothing; nothing is simulated.",
        example="tidsbruk validate examples/one_obligation.toml",
    )
    validate.add_argument("scenario", nargs="+", help="preset, file or link")
    add_settings(validate)
    add_json(validate)
    validate.set_defaults(act=_validate)


def _validate(options: argparse.Namespace) -> int:
    from tidsbruk import ScenarioError
    from tidsbruk.scenario import presets

    faults: dict[str, list[Fault]] = {}
    advice: dict[str, list[Advice]] = {}
    own: dict[str, list[Advice]] = {}
    for name in options.scenario:
        others = [other for other in options.scenario if other != name]
        try:
            changes = [_unless_for(said, others) for said in options.changes]
            remove = [_unless_for(said, others) for said in options.remove]
            (scenario,) = scenarios(
                called(name), list(filter(None, changes)), list(filter(None, remove))
            )
            faults[name] = scenario.check()
            advice[name] = [] if faults[name] else scenario.advice()
            own[name] = own_advice(name, scenario) if advice[name] else []
            if name in presets():
                own[name] = advice[name]
        except ScenarioError as e:
            faults[name] = e.faults
    if options.json:
        listed = [
            {
                "scenario": name,
                "faults": [_fault_dict(f) for f in found],
                "advice": [a._asdict() for a in advice.get(name, [])],
            }
            for name, found in faults.items()
        ]
        show(listed, None, options)
    else:
        _print_faults(faults, own, advice)
    return INVALID if any(faults.values()) else FINE


def _unless_for(said: str, others: Sequence[str]) -> str:
    """The change, or nothing where it is meant for another scenario."""
    from tidsbruk.overrides import Sides

    name = said.partition("=")[0].rpartition(":")[0].strip()
    return "" if name and any(Sides(o).is_called(name) for o in others) else said


def _fault_dict(f: Fault) -> dict[str, Any]:
    place = {"value": f.value, "file": f.file, "line": f.line, "column": f.column}
    told = {key: value for key, value in place.items() if value is not None}
    return {"path": f.path, "message": f.message, **told}


def _print_faults(
    faults: dict[str, list[Fault]],
    own: dict[str, list[Advice]],
    advice: dict[str, list[Advice]],
) -> None:
    """One line a fault; in a terminal with the line of the file that it is about."""
    from tidsbruk.advice import lines

    for name, found in faults.items():
        for f in found:
            print(f.message)
            if f.file and f.line and sys.stdout.isatty():
                _print_line(f.file, f.line, f.column)
        if not found:
            print(f"{name}: fine")
            told = own.get(name, [])
            for line in lines(told):
                print(f"  advice: {line}")
            rest = [a for a in advice.get(name, []) if a not in told]
            if rest:
                print("  and of the preset that it extends, by itself:")
            for line in lines(rest):
                print(f"    advice: {line}")
        elif sys.stdout.isatty():
            print(f"{name}: {len(found)} fault{'s' if len(found) > 1 else ''}")


def _print_line(file: str, line: int, column: int | None) -> None:
    with open(file, encoding="utf-8") as f:
        text = next((said for n, said in enumerate(f, 1) if n == line), "").rstrip()
    print(f"  {line:4} | {text.expandtabs(1)}")
    if column:
        print("       | " + " " * (column - 1) + "^")


def add_schema(commands: Any) -> None:
    """Add the command schema."""
    schema = commands.add_parser(
        "schema",
        help="print the JSON Schema of scenario files, for editors",
        description="Print the JSON Schema (draft 2020-12) of scenario files. An editor "
        "that knows it completes names, shows what they mean, and marks slips: begin a "
        'TOML file with "#:schema ./tidsbruk.schema.json", a JSON file with a "$schema".',
    )
    schema.add_argument(
        "-o", "--out", "--output", dest="output", metavar="FILE", help="file to write"
    )
    schema.set_defaults(act=_schema)


def _schema(options: argparse.Namespace) -> int:
    import json

    from tidsbruk.saving import save
    from tidsbruk.schemas import schema

    text = json.dumps(schema(), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    if options.output:
        save(options.output, text)
        print(options.output)
    else:
        sys.stdout.write(text)
    return FINE
