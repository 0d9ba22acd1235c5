"""Options that several commands share."""

from __future__ import annotations

import argparse
import re
from difflib import get_close_matches
from typing import Any, NoReturn

from tidsbruk.cli.advising import add_advice


class Parser(argparse.ArgumentParser):
    """A parser that suggests what a misspelled command or choice may mean."""

    def error(self, message: str) -> NoReturn:
        """Print usage and the message, and go."""
        found = re.search(r"invalid choice: '([^']*)'.*\(choose from (.*)\)", message)
        if found:
            choices = re.findall(r"[\w/-]+", found[2])
            near = get_close_matches(found[1], choices, 1, 0.6)
            message += f"; did you mean {near[0]!r}?" if near else ""
        super().error(message)


class PrintCompletion(argparse.Action):
    """Prints a completion script for a shell."""

    def __call__(self, parser: argparse.ArgumentParser, *args: Any) -> None:
        """Print it, and go."""
        from tidsbruk.cli.completing import script

        print(script(parser, args[1]))
        parser.exit()


def described(commands: Any, name: str, short: str, *, of: str, example: str) -> Any:
    """Add a command with what it is for, and an example of it below its options."""
    return commands.add_parser(
        name,
        help=short,
        description=of,
        epilog=f"example:\n  {example}",
        formatter_class=_Plain,
    )


class _Plain(argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of the example, and fills those of the description."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if text.startswith("example:"):
            return super()._fill_text(text, width, indent)
        return argparse.HelpFormatter._fill_text(self, text, width, indent)


def add_pair(command: argparse.ArgumentParser) -> None:
    """Add two scenarios, the run, and changes of each side."""
    command.add_argument("baseline", help="preset, file or link")
    command.add_argument("alternative", help="preset, file or link")
    add_names(command, "NPM,Trust")
    add_plan(command)
    add_settings(command)
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
        "--abolish",
        metavar="WHO",
        action="append",
        default=[],
        choices=("law", "state", "municipality", "unit", "receiver"),
        help="remove from the alternative all obligations that law, state, municipality, "
        "unit or receiver imposes (repeatable)",
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


def add_world(command: argparse.ArgumentParser) -> None:
    """Add --weeks, --warmup and --seed."""
    command.add_argument(
        "--weeks",
        type=int,
        metavar="N",
        help="weeks that are measured (as scenarios say)",
    )
    command.add_argument(
        "--warmup",
        type=int,
        metavar="N",
        help="weeks before them, in which practices settle (as scenarios say)",
    )
    command.add_argument(
        "--seed", type=int, default=1, metavar="N", help="which worlds (1)"
    )


def add_plan(
    command: argparse.ArgumentParser, *, replications: int = 100, weekly: bool = True
) -> None:
    """Add what a run takes: worlds, weeks, precision."""
    command.add_argument(
        "--replications",
        type=int,
        default=replications,
        metavar="N",
        help=f"simulated worlds: more of them, narrower intervals ({replications})",
    )
    add_world(command)
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
    add_advice(command)
    if weekly:
        command.add_argument(
            "--weekly", action="store_true", help="also a series of weeks"
        )


def add_names(command: argparse.ArgumentParser, example: str) -> None:
    """Add --names."""
    command.add_argument(
        "--names",
        metavar="A,B",
        help=f"what they are called in tables and on the page, such as {example}",
    )


def add_settings(command: argparse.ArgumentParser) -> None:
    """Add --set and --remove."""
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


def add_json(command: Any) -> None:
    """Add --json."""
    command.add_argument("--json", action="store_true", help="print JSON")
