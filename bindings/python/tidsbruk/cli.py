"""The command line: tidsbruk run|compare|duties|presets|validate|report|schema.

Numbers go to stdout, progress and errors to stderr. Exit status: 0 fine, 1 failure, 2
wrong usage, 3 a scenario with faults, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from tidsbruk.progress import bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidsbruk._core import Fault
    from tidsbruk.overrides import Sides
    from tidsbruk.result import Result
    from tidsbruk.scenario import Scenario

FINE, FAILURE, USAGE, INVALID, INTERRUPTED = 0, 1, 2, 3, 130


class _PrintCompletion(argparse.Action):
    """Prints a completion script for a shell; shtab is imported only then."""

    def __call__(self, parser: argparse.ArgumentParser, *args: Any) -> None:
        import shtab

        print(shtab.complete(parser, args[1]))
        parser.exit()


def parser() -> argparse.ArgumentParser:
    """Make the parser of the command line, for shtab and for documentation, too."""
    top = argparse.ArgumentParser(
        prog="tidsbruk",
        description="Where the working minutes go under different ways of governing.",
        epilog="A scenario is the name of a preset (home_care/npm), a file that ends "
        "in .toml, .json or .txt (canonical text), or a link that begins with tidsbruk:.",
    )
    top.add_argument("--version", action="store_true", help="print the version")
    top.add_argument(
        "--print-completion",
        action=_PrintCompletion,
        choices=("bash", "zsh", "tcsh"),
        help="print a completion script for a shell",
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    _add_run(commands)
    _add_warmup(commands)
    _add_compare(commands)
    _add_duties(commands)
    _add_presets(commands)
    _add_validate(commands)
    _add_report(commands)
    _add_schema(commands)
    return top


def _add_run(commands: Any) -> None:
    run = commands.add_parser("run", help="estimate the outcomes of scenarios")
    run.add_argument("scenario", nargs="+", help="preset, file or link")
    _add_plan(run)
    _add_settings(run)
    _add_json(run)
    run.set_defaults(act=_run)


def _add_warmup(commands: Any) -> None:
    warmup = commands.add_parser("warmup", help="choose the weeks of warm-up")
    warmup.add_argument("scenario", nargs="+", help="preset or file")
    warmup.add_argument(
        "--weeks", type=int, default=104, metavar="N", help="series (104)"
    )
    warmup.add_argument(
        "--replications", type=int, default=20, metavar="N", help="worlds (20)"
    )
    warmup.add_argument("--seed", type=int, default=1, metavar="N", help="which worlds")
    warmup.add_argument("--plot", metavar="FILE", help="write the plot, as .png or .svg")
    _add_json(warmup)
    warmup.set_defaults(act=_warmup)


def _warmup(options: argparse.Namespace) -> int:
    from tidsbruk.settling import warmup

    named: dict[str, Scenario] = {}
    for name in options.scenario:
        named[_free(name, named)] = _found(name)
    chosen = warmup(
        named, weeks=options.weeks, replications=options.replications, seed=options.seed
    )
    if options.plot:
        chosen.plot().save(options.plot)
    _print(chosen.to_dict(), chosen.reason, options)
    return FINE


def _add_compare(commands: Any) -> None:
    compare = commands.add_parser(
        "compare", help="compare two scenarios in the same worlds"
    )
    _add_pair(compare)
    compare.add_argument(
        "--all", action="store_true", help="show every outcome (JSON always does)"
    )
    _add_json(compare)
    compare.set_defaults(act=_compare)


def _add_duties(commands: Any) -> None:
    duties = commands.add_parser(
        "duties", help="tell what duties cost, and what comes back if they go"
    )
    duties.add_argument(
        "list",
        nargs="?",
        help="CSV file with a row for each duty; without it, those of the scenario",
    )
    duties.add_argument(
        "--preset",
        metavar="SCENARIO",
        default="home_care/npm",
        help="preset or file: the unit that has the duties (home_care/npm)",
    )
    duties.add_argument(
        "--replace",
        action="store_true",
        help="leave out obligations of the scenario that the list does not name",
    )
    _add_plan(duties, replications=40, weekly=False)
    _add_settings(duties)
    duties.add_argument("--csv", metavar="FILE", help="also write the rows as CSV")
    _add_json(duties)
    duties.set_defaults(act=_duties)


def _add_report(commands: Any) -> None:
    report = commands.add_parser("report", help="write the page for those who decide")
    _add_pair(report)
    report.add_argument("-o", "--output", default="tidsbruk.html", help="file to write")
    _add_json(report)
    report.set_defaults(act=_report)


def _add_presets(commands: Any) -> None:
    presets = commands.add_parser(
        "presets", help="list the presets, or the values of one"
    )
    presets.add_argument(
        "scenario", nargs="?", help="preset, file or link whose values to list"
    )
    _add_settings(presets)
    forms = presets.add_mutually_exclusive_group()
    forms.add_argument("--text", action="store_true", help="print canonical text")
    forms.add_argument("--link", action="store_true", help="print a link to share")
    _add_json(forms)
    presets.set_defaults(act=_presets)


def _add_schema(commands: Any) -> None:
    schema = commands.add_parser(
        "schema",
        help="print the JSON Schema of scenario files, for editors",
        description="Print the JSON Schema (draft 2020-12) of scenario files. An editor "
        "that knows it completes names, shows what they mean, and marks slips: begin a "
        'TOML file with "#:schema ./tidsbruk.schema.json", a JSON file with a "$schema".',
    )
    schema.add_argument("-o", "--output", metavar="FILE", help="file to write")
    schema.set_defaults(act=_schema)


def _add_validate(commands: Any) -> None:
    validate = commands.add_parser("validate", help="list every fault of scenarios")
    validate.add_argument("scenario", nargs="+", help="preset, file or link")
    _add_settings(validate)
    _add_json(validate)
    validate.set_defaults(act=_validate)


def _add_pair(command: argparse.ArgumentParser) -> None:
    command.add_argument("baseline", help="preset, file or link")
    command.add_argument("alternative", help="preset, file or link")
    _add_plan(command)
    _add_settings(command)
    for side in ("baseline", "alternative"):
        command.add_argument(
            f"--set-{side}",
            metavar="PATH=VALUE",
            action="append",
            default=[],
            help=f"change a value of the {side} (repeatable)",
        )
        command.add_argument(
            f"--remove-{side}",
            metavar="PATH",
            action="append",
            default=[],
            help=f"remove an item, such as an obligation, from the {side} (repeatable)",
        )
    command.add_argument(
        "--assumptions",
        action="store_true",
        help="also run each assumed value alone at the ends of its range (takes longer)",
    )
    command.add_argument(
        "--assumption-replications",
        metavar="N",
        type=int,
        help="worlds for each of these ends (default: 10 at most)",
    )


def _add_plan(
    command: argparse.ArgumentParser, *, replications: int = 100, weekly: bool = True
) -> None:
    command.add_argument(
        "--replications",
        type=int,
        default=replications,
        metavar="N",
        help=f"worlds ({replications})",
    )
    command.add_argument("--weeks", type=int, metavar="N", help="weeks that are measured")
    command.add_argument("--warmup", type=int, metavar="N", help="weeks before them")
    command.add_argument(
        "--seed", type=int, default=1, metavar="N", help="which worlds (1)"
    )
    command.add_argument(
        "--threads", type=int, default=0, metavar="N", help="0: all; changes no result"
    )
    command.add_argument(
        "--estimand",
        choices=("standing", "switch"),
        default="standing",
        help="standing: each is warmed up under itself; switch: all share the warm-up of "
        "the first and part at week 0",
    )
    command.add_argument(
        "--precision",
        metavar="OUTCOME=HALF_WIDTH",
        action="append",
        default=[],
        help="go on until this outcome is known so well, or --replications are done: a "
        "number, or a share such as 5%%; of the difference if there is one (repeatable)",
    )
    if weekly:
        command.add_argument(
            "--weekly", action="store_true", help="also a series of weeks"
        )


def _add_settings(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--set",
        metavar="[NAME:]PATH=VALUE",
        action="append",
        default=[],
        dest="changes",
        help="change a value of every scenario, or of one (repeatable)",
    )
    command.add_argument(
        "--remove",
        metavar="[NAME:]PATH",
        action="append",
        default=[],
        help="remove an item from every scenario, or from one (repeatable)",
    )


def _add_json(command: Any) -> None:
    command.add_argument("--json", action="store_true", help="print JSON")


# Commands -----------------------------------------------------------------------------


def _run(options: argparse.Namespace) -> int:
    named: dict[str, Scenario] = {}
    sides = _called(*options.scenario)
    made = _scenarios(sides, options.changes, options.remove)
    for name, scenario in zip(options.scenario, made, strict=True):
        named[_free(name, named)] = scenario
    result = _result(named, options)
    _print(result.to_dict(), result, options)
    return FINE


def _compare(options: argparse.Namespace) -> int:
    from tidsbruk.show import rich_comparison

    comparison = _comparison(options)
    table = None if options.json else rich_comparison(comparison, every=options.all)
    _print(comparison.to_dict(), table, options)
    return FINE


def _duties(options: argparse.Namespace) -> int:
    from tidsbruk.obligations.removal import duties

    with bar("simulations") as progress:
        told = duties(
            options.list,
            _scenarios(_called(options.preset), options.changes, options.remove)[0],
            replace=options.replace,
            replications=options.replications,
            seed=options.seed,
            weeks=options.weeks,
            warmup=options.warmup,
            threads=options.threads,
            progress=progress,
        )
    if options.csv:
        told.to_csv(options.csv)
    _print(told.to_dict() if options.json else None, told, options)
    return FINE


def _report(options: argparse.Namespace) -> int:
    comparison = _comparison(options)
    comparison.report(options.output)
    if options.json:
        _print(comparison.to_dict(), None, options)
    else:
        print(options.output)
    return FINE


def _presets(options: argparse.Namespace) -> int:
    from tidsbruk.scenario import presets

    if options.scenario:
        sides = _called(options.scenario)
        (scenario,) = _scenarios(sides, options.changes, options.remove)
        if options.text or options.link:
            sys.stdout.write(
                scenario.to_text() if options.text else scenario.link() + "\n"
            )
            return FINE
        _print(scenario.to_dict(sources=True), _values_table(scenario), options)
    else:
        known = presets()
        listed = [{"name": name, "title": title} for name, title in known.items()]
        _print(listed, _presets_table(known), options)
    return FINE


def _schema(options: argparse.Namespace) -> int:
    import json
    from pathlib import Path

    from tidsbruk.schemas import schema

    text = json.dumps(schema(), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    if options.output:
        Path(options.output).write_text(text, encoding="utf-8")
        print(options.output)
    else:
        sys.stdout.write(text)
    return FINE


def _validate(options: argparse.Namespace) -> int:
    from tidsbruk import ScenarioError

    faults: dict[str, list[Fault]] = {}
    for name in options.scenario:
        others = [other for other in options.scenario if other != name]
        try:
            changes = [_unless_for(said, others) for said in options.changes]
            remove = [_unless_for(said, others) for said in options.remove]
            (scenario,) = _scenarios(
                _called(name), list(filter(None, changes)), list(filter(None, remove))
            )
            faults[name] = scenario.check()
        except ScenarioError as e:
            faults[name] = e.faults
    if options.json:
        listed = [
            {"scenario": name, "faults": [_fault_dict(f) for f in found]}
            for name, found in faults.items()
        ]
        _print(listed, None, options)
    else:
        _print_faults(faults)
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


def _print_faults(faults: dict[str, list[Fault]]) -> None:
    """One line a fault; in a terminal with the line of the file that it is about."""
    for name, found in faults.items():
        for f in found:
            print(f.message)
            if f.file and f.line and sys.stdout.isatty():
                _print_line(f.file, f.line, f.column)
        if not found:
            print(f"{name}: fine")
        elif sys.stdout.isatty():
            print(f"{name}: {len(found)} fault{'s' if len(found) > 1 else ''}")


def _print_line(file: str, line: int, column: int | None) -> None:
    with open(file, encoding="utf-8") as f:
        text = next((said for n, said in enumerate(f, 1) if n == line), "").rstrip()
    print(f"  {line:4} | {text.expandtabs(1)}")
    if column:
        print("       | " + " " * (column - 1) + "^")


# What they share ----------------------------------------------------------------------


def _scenarios(
    sides: Sequence[Sides], changes: Sequence[str], remove: Sequence[str]
) -> list[Scenario]:
    """Find scenarios and change them as --set and --remove say."""
    from tidsbruk.overrides import OverrideError, changed, overrides

    try:
        return changed(sides, overrides(changes, remove), _found)
    except OverrideError as e:
        raise _UsageError(str(e)) from None


def _called(*names: str) -> list[Sides]:
    from tidsbruk.overrides import Sides

    return [Sides(name) for name in names]


def _found(name: str) -> Scenario:
    from tidsbruk import ScenarioError
    from tidsbruk.errors import scenario_error
    from tidsbruk.files import ENDINGS
    from tidsbruk.scenario import Scenario, load, preset

    if name.startswith("tidsbruk:"):
        return Scenario.from_link(name)
    if name.endswith(ENDINGS):
        try:
            return load(name)
        except FileNotFoundError:
            raise FileNotFoundError(f'there is no file "{name}"') from None
        except IsADirectoryError:
            raise IsADirectoryError(f'"{name}" is a folder, no file') from None
    try:
        return preset(name)
    except ScenarioError as e:
        message = f"{e}; files end in .toml, .json or .txt"
        if os.path.isdir(name):
            message = f'"{name}" is a folder; files end in .toml, .json or .txt'
        raise scenario_error([(name, message)], e.status) from None


def _free(name: str, taken: dict[str, Any]) -> str:
    """The name, with a number behind it when it is taken."""
    free, n = name, 1
    while free in taken:
        n += 1
        free = f"{name} ({n})"
    return free


def _pair(options: argparse.Namespace) -> dict[str, Scenario]:
    from tidsbruk.overrides import Sides

    pair = [Sides(options.baseline, ("baseline",))]
    pair.append(Sides(options.alternative, ("alternative",)))
    changes, remove = list(options.changes), list(options.remove)
    for side in ("baseline", "alternative"):
        changes += [f"{side}:{said}" for said in getattr(options, f"set_{side}")]
        remove += [f"{side}:{said}" for said in getattr(options, f"remove_{side}")]
    baseline, alternative = _scenarios(pair, changes, remove)
    named = {options.baseline: baseline}
    named[_free(options.alternative, named)] = alternative
    return named


def _precision(asked: Sequence[str]) -> dict[str, float | str]:
    found: dict[str, float | str] = {}
    for text in asked:
        outcome, equals, width = text.partition("=")
        try:
            found[outcome] = width if width.endswith("%") else float(width)
        except ValueError:
            equals = ""
        if not equals:
            raise _UsageError(f"--precision {text}: it takes OUTCOME=HALF_WIDTH")
    return found


def _result(named: dict[str, Scenario], options: argparse.Namespace) -> Result:
    from tidsbruk.runs import run

    with bar("simulations") as progress:
        return run(
            named,
            replications=options.replications,
            seed=options.seed,
            weeks=options.weeks,
            warmup=options.warmup,
            threads=options.threads,
            weekly=options.weekly,
            estimand=options.estimand,
            precision=_precision(options.precision),
            progress=progress,
        )


def _comparison(options: argparse.Namespace) -> Any:
    from tidsbruk.assumptions import vary

    named = _pair(options)
    result = _result(named, options)
    assumptions: Any = False
    if options.assumptions:
        with bar("simulations for assumptions") as progress:
            assumptions = vary(
                result,
                *named,
                replications=options.assumption_replications,
                threads=options.threads,
                progress=progress,
            )
    return result.compare(*named, assumptions=assumptions)


def _print(data: Any, table: Any, options: argparse.Namespace) -> None:
    if options.json:
        import json

        print(json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False))
    else:
        from tidsbruk.show import console

        console().print(table)


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


class _UsageError(Exception):
    """The command line is not understood."""


def _act(options: argparse.Namespace) -> int:
    from tidsbruk import Error, ScenarioError

    try:
        status: int = options.act(options)
        sys.stdout.flush()
        return status
    except ScenarioError as e:
        return _failed(INVALID, e)
    except _UsageError as e:
        return _failed(USAGE, e)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILURE
    except (Error, OSError, MemoryError) as e:
        return _failed(FAILURE, e)
    except KeyboardInterrupt:
        return _failed(INTERRUPTED, "interrupted")


def _failed(status: int, message: object) -> int:
    said = (str(message) or "out of memory").replace("say plan.weeks", "say --weeks")
    for line in said.splitlines():
        print(f"tidsbruk: {line}", file=sys.stderr)
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Without the name of the program; by default those of the process.

    Returns
    -------
    int
        The exit status.
    """
    top = parser()
    options = top.parse_args(arguments)
    if options.version:
        from tidsbruk import __version__

        print(f"tidsbruk {__version__}")
        return FINE
    if not options.command:
        top.print_help()
        return FINE
    return _act(options)


if __name__ == "__main__":
    sys.exit(main())
