"""Advice on the command line: on stderr before a run, on stdout when validating."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidsbruk.advice import Advice
    from tidsbruk.scenario import Scenario


def add_advice(command: argparse.ArgumentParser) -> None:
    """Add --no-advice."""
    command.add_argument(
        "--no-advice",
        action="store_true",
        help="do not tell which settings can do nothing, or look like a slip",
    )


def tell(
    names: Sequence[str], made: Sequence[Scenario], options: argparse.Namespace
) -> None:
    """Print on stderr what is advised of scenarios, once for each.

    What a preset says by itself is left out: `tidsbruk validate` tells it.
    """
    from tidsbruk.advice import idle_differences, lines, only_heads

    if options.no_advice or any(scenario.check() for scenario in made):
        return
    for name, scenario in dict(zip(names, made, strict=True)).items():
        for line in lines(own_advice(name, scenario)):
            _say(f"{name}: {line}")
    if len(made) == 2:
        told = {
            a.path for n, s in zip(names, made, strict=True) for a in own_advice(n, s)
        }
        for path in idle_differences(*made):
            if path not in told and path.rpartition(".")[0] not in told:
                _say(f"{path}: they differ in it, and it has no effect in either")
        for path in only_heads(*made):
            _say(
                f"{path}: other people share the same hours; hours on duty come from "
                "shifts.*.minutes, .weekdays, .saturdays and .sundays"
            )


def own_advice(name: str, scenario: Scenario) -> list[Advice]:
    """Advice of a scenario, without that of the preset that it is or extends."""
    from tidsbruk.files import ENDINGS, root
    from tidsbruk.scenario import preset, presets

    base = preset(name) if name in presets() else None
    if name.endswith(ENDINGS) and not name.startswith("tidsbruk:"):
        base = root(name)
    known = base.advice() if base else []
    return [advice for advice in scenario.advice() if advice not in known]


def _say(line: str) -> None:
    print(f"tidsbruk: advice: {line}", file=sys.stderr)
