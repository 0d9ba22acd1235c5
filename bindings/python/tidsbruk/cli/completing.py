"""Completion scripts for shells: commands, options, presets and files."""

from __future__ import annotations

import argparse
from typing import Any

SCENARIOS = ("scenario", "baseline", "alternative", "preset")  # arguments that name one
FILES = ("list", "output", "out", "csv", "plot", "visits", "roster")

BASH = """
_tidsbruk_scenario_files() {{
  compgen -W "{presets}" -- "$1"
  compgen -d -- "$1"
  local ending
  for ending in toml json txt; do compgen -f -X "!*.$ending" -- "$1"; done
}}
"""
ZSH = """
_tidsbruk_scenario_files() {{
  _alternative 'presets:preset:({presets})' 'files:file:_files -g "*.(toml|json|txt)"'
}}
"""


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """The script for a shell; shtab is imported only here."""
    import shtab

    from tidsbruk.scenario import presets

    words = " ".join(presets())
    function = "_tidsbruk_scenario_files"
    scenario = {"bash": function, "zsh": function, "tcsh": f"({words})"}
    _teach(parser, scenario, shtab.FILE)
    preamble = {"bash": BASH, "zsh": ZSH}
    told = {name: text.format(presets=words) for name, text in preamble.items()}
    made: str = shtab.complete(parser, shell, preamble=told.get(shell, ""))
    return made


def _teach(parser: argparse.ArgumentParser, scenario: Any, file: Any) -> None:
    """Say of each argument that is a scenario or a file how it is completed."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                _teach(command, scenario, file)
        elif action.dest in SCENARIOS:
            setattr(action, "complete", scenario)  # noqa: B010
        elif action.dest in FILES:
            setattr(action, "complete", file)  # noqa: B010
