"""The scenarios that a command names, found, changed and run."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any

from tidsbruk.cli.advising import tell
from tidsbruk.progress import bar

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from tidsbruk.overrides import Sides
    from tidsbruk.result import Result
    from tidsbruk.scenario import Scenario


class UsageError(Exception):
    """The command line is not understood."""


def scenarios(
    sides: Sequence[Sides], changes: Sequence[str], remove: Sequence[str]
) -> list[Scenario]:
    """Find scenarios and change them as --set and --remove say."""
    from tidsbruk.overrides import OverrideError, changed, overrides

    try:
        return changed(sides, overrides(changes, remove), found)
    except OverrideError as e:
        raise UsageError(str(e)) from None


def called(*names: str) -> list[Sides]:
    """Name scenarios as they were given."""
    from tidsbruk.overrides import Sides

    return [Sides(name) for name in names]


def found(name: str) -> Scenario:
    """Find a preset, a file or a link."""
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
        said = f"{e} Files" if str(e).endswith("?") else f"{e}; files"
        message = f"{said} end in .toml, .json or .txt"
        if os.path.isdir(name):
            message = f'"{name}" is a folder; files end in .toml, .json or .txt'
        raise scenario_error([(name, message)], e.status) from None


def free(name: str, taken: Container[str]) -> str:
    """The name, with a number behind it when it is taken."""
    free, n = name, 1
    while free in taken:
        n += 1
        free = f"{name} ({n})"
    return free


def names_of(given: Sequence[str], options: argparse.Namespace) -> list[str]:
    """What the scenarios are called: as --names says, or as they were given."""
    if options.names is None:
        made: dict[str, None] = {}
        for name in given:
            made[free(name, made)] = None
        return list(made)
    names = [name.strip() for name in options.names.split(",")]
    if len(names) != len(given) or "" in names or len(set(names)) < len(names):
        raise UsageError(
            f"--names {options.names}: it takes {len(given)} different names, "
            "with commas between them"
        )
    return names


def named_pair(options: argparse.Namespace) -> dict[str, Scenario]:
    """Find and change the baseline and the alternative."""
    from tidsbruk.overrides import Sides

    given = [options.baseline, options.alternative]
    names = names_of(given, options)
    sides = [
        Sides(g, (side, name))
        for g, side, name in zip(given, ("baseline", "alternative"), names, strict=True)
    ]
    changes, remove = list(options.changes), list(options.remove)
    for side in ("baseline", "alternative"):
        changes += [f"{side}:{said}" for said in getattr(options, f"set_{side}")]
        remove += [f"{side}:{said}" for said in getattr(options, f"remove_{side}")]
    remove += _abolished(options)
    made = scenarios(sides, changes, remove)
    tell(given, made, options)
    return dict(zip(names, made, strict=True))


def _abolished(options: argparse.Namespace) -> list[str]:
    """The obligations that --abolish names, as --remove takes them."""
    if not options.abolish:
        return []
    there = found(options.alternative)
    names = dict.fromkeys(p.split(".")[1] for p in there if p.startswith("obligations."))
    gone = [n for n in names if there[f"obligations.{n}.imposed_by"] in options.abolish]
    if not gone:
        who = " or ".join(options.abolish)
        raise UsageError(f"--abolish: {options.alternative} has no duty of {who}")
    return [f"alternative:obligations.{name}" for name in gone]


def _precision(asked: Sequence[str]) -> dict[str, float | str]:
    found: dict[str, float | str] = {}
    for text in asked:
        outcome, equals, width = text.partition("=")
        try:
            found[outcome] = width if width.endswith("%") else float(width)
        except ValueError:
            equals = ""
        if not equals:
            raise UsageError(f"--precision {text}: it takes OUTCOME=HALF_WIDTH")
    return found


def simulated(named: dict[str, Scenario], options: argparse.Namespace) -> Result:
    """Run scenarios as the options say."""
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


def _headlines(
    named: dict[str, Scenario], options: argparse.Namespace
) -> Sequence[str] | None:
    """The outcomes that --outcomes names; a slip is told before the long run."""
    from tidsbruk.runs import run

    if not getattr(options, "outcomes", None):
        return None
    names = [name.strip() for name in options.outcomes.split(",")]
    run(named, replications=1, weeks=1, warmup=0).compare(*named, headlines=names)
    return names


def compared(options: argparse.Namespace) -> Any:
    """Run and compare the pair, with assumptions if asked for."""
    from tidsbruk.assumptions import vary

    named = named_pair(options)
    headlines = _headlines(named, options)
    result = simulated(named, options)
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
    return result.compare(*named, assumptions=assumptions, headlines=headlines)
