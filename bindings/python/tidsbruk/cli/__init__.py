"""The command line: tidsbruk fit|run|compare|duties|presets|validate|report|schema|trace.

Numbers go to stdout, progress, advice and errors to stderr. Exit status: 0 fine, 1
failure, 2 wrong usage, 3 a scenario with faults, 130 interrupted.

`running` holds the commands that run scenarios, `looking` those that look at them,
`own_data` what stands between an analyst's data and a scenario,
`options` the options that several of them share, `sides` how scenarios are found and
changed.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from tidsbruk.cli import looking, own_data, running
from tidsbruk.cli.options import Parser, PrintCompletion
from tidsbruk.cli.printing import (
    FAILURE,
    FINE,
    INTERRUPTED,
    INVALID,
    USAGE,
    failed,
    open_streams,
)
from tidsbruk.cli.sides import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main", "parser"]


def parser() -> argparse.ArgumentParser:
    """Make the parser of the command line, for shtab and for documentation, too."""
    top = Parser(
        prog="tidsbruk",
        description="Where the working minutes go under different ways of governing.",
        epilog="A scenario is the name of a preset (home_care/npm), a file that ends "
        "in .toml, .json or .txt (canonical text), or a link that begins with tidsbruk:.",
    )
    top.add_argument("--version", action="store_true", help="print the version")
    top.add_argument(
        "--print-completion",
        action=PrintCompletion,
        choices=("bash", "zsh", "tcsh"),
        help="print a completion script for a shell",
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    running.add_run(commands)
    running.add_warmup(commands)
    running.add_compare(commands)
    running.add_duties(commands)
    looking.add_presets(commands)
    looking.add_validate(commands)
    running.add_report(commands)
    looking.add_schema(commands)
    own_data.add_fit(commands)
    own_data.add_trace(commands)
    return top


def _act(top: argparse.ArgumentParser, arguments: Sequence[str] | None) -> int:
    options = top.parse_args(arguments)
    if options.version:
        from tidsbruk import __version__

        print(f"tidsbruk {__version__}")
        return FINE
    if not options.command:
        top.print_help()
        return FINE
    status: int = options.act(options)
    return status


def _say_no_more() -> None:
    """What is left unsaid goes nowhere, or the interpreter would try again as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told(top: argparse.ArgumentParser, arguments: Sequence[str] | None) -> int:
    """What comes of the arguments; whatever fails is a line on stderr and a status."""
    from tidsbruk import Error, ScenarioError

    try:
        try:
            return _act(top, arguments)
        finally:
            sys.stdout.flush()
    except ScenarioError as e:
        return failed(INVALID, e)
    except UsageError as e:
        return failed(USAGE, e)
    except BrokenPipeError:
        _say_no_more()
        return FAILURE
    except (Error, OSError, MemoryError) as e:
        try:
            sys.stdout.flush()
        except OSError:
            _say_no_more()
        return failed(FAILURE, e)
    except KeyboardInterrupt:
        return failed(INTERRUPTED, "interrupted")


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
    open_streams()
    return _told(parser(), arguments)
