"""What runs scenarios: run, compare, report, duties, warmup."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tidsbruk.cli.advising import tell
from tidsbruk.cli.options import (
    add_json,
    add_names,
    add_pair,
    add_plan,
    add_settings,
    described,
)
from tidsbruk.cli.printing import FINE, show
from tidsbruk.cli.sides import (
    UsageError,
    called,
    compared,
    found,
    free,
    names_of,
    scenarios,
    simulated,
)
from tidsbruk.progress import bar

if TYPE_CHECKING:
    from tidsbruk.scenario import Scenario


def add_run(commands: Any) -> None:
    """Add the command run."""
    run = described(
        commands,
        "run",
        "estimate the outcomes of scenarios",
        of="Simulate scenarios, and print every outcome with what chance leaves open.",
        example="tidsbruk run nursing_home/npm --set shifts.night.weekdays=3",
    )
    run.add_argument("scenario", nargs="+", help="preset, file or link")
    add_names(run, "NPM,Trust")
    add_plan(run)
    add_settings(run)
    add_json(run)
    run.set_defaults(act=_run)


def _run(options: argparse.Namespace) -> int:
    from tidsbruk.overrides import Sides

    names = names_of(options.scenario, options)
    sides = [Sides(g, (n,)) for g, n in zip(options.scenario, names, strict=True)]
    made = scenarios(sides, options.changes, options.remove)
    tell(options.scenario, made, options)
    result = simulated(dict(zip(names, made, strict=True)), options)
    show(result.to_dict(), result, options)
    return FINE


def add_compare(commands: Any) -> None:
    """Add the command compare."""
    compare = described(
        commands,
        "compare",
        "compare two scenarios in the same worlds",
        of="Simulate a baseline and an alternative in the same worlds, and print the "
        "differences, what chance leaves open, and the settings that differ.",
        example="tidsbruk compare home_care/npm home_care/npm "
        "--remove-alternative obligations.weekly_report",
    )
    add_pair(compare)
    compare.add_argument(
        "--all", action="store_true", help="show every outcome (JSON always does)"
    )
    compare.add_argument(
        "--outcomes",
        metavar="A,B,C",
        help="the headlines: outcomes whose intervals hold jointly (Bonferroni), chosen "
        "before you look",
    )
    add_json(compare)
    compare.set_defaults(act=_compare)


def _compare(options: argparse.Namespace) -> int:
    from tidsbruk.show import rich_comparison

    comparison = compared(options)
    table = None if options.json else rich_comparison(comparison, every=options.all)
    show(comparison.to_dict(), table, options)
    return FINE


def add_report(commands: Any) -> None:
    """Add the command report."""
    report = described(
        commands,
        "report",
        "write the page for those who decide",
        of="Compare two scenarios, and write a page that opens in any browser, offline.",
        example="tidsbruk report home_care/npm home_care/trust --names NPM,Trust "
        "--assumptions",
    )
    add_pair(report)
    report.add_argument(
        "-o",
        "--out",
        "--output",
        dest="output",
        metavar="FILE",
        default="tidsbruk.html",
        help="file to write (tidsbruk.html)",
    )
    add_json(report)
    report.set_defaults(act=_report)


def _report(options: argparse.Namespace) -> int:
    comparison = compared(options)
    comparison.report(options.output)
    if options.json:
        show(comparison.to_dict(), None, options)
    else:
        print(options.output)
    return FINE


def add_duties(commands: Any) -> None:
    """Add the command duties."""
    duties = described(
        commands,
        "duties",
        "tell what duties cost, and what comes back if they go",
        of="Take duties to write something down away, one by one, by who imposes them, "
        "and all at once, in the same worlds; print what each costs on paper, and what "
        "comes back to citizens.",
        example="tidsbruk duties examples/duties.csv --preset home_care/npm",
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
    add_plan(duties, replications=40, weekly=False)
    add_settings(duties)
    duties.add_argument(
        "-o",
        "--out",
        metavar="FILE",
        help="also write the unit with the duties of the list, as .toml or .txt",
    )
    duties.add_argument("--csv", metavar="FILE", help="also write the rows as CSV")
    add_json(duties)
    duties.set_defaults(act=_duties)


def _duties(options: argparse.Namespace) -> int:
    from tidsbruk.obligations.removal import duties

    if options.out and not options.out.endswith((".toml", ".txt")):
        raise UsageError(f"--out {options.out}: it ends in .toml or .txt")
    made = scenarios(called(options.preset), options.changes, options.remove)
    tell([options.preset], made, options)
    with bar("simulations") as progress:
        told = duties(
            options.list,
            made[0],
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
    if options.out:
        from tidsbruk.own.toml import write_scenario

        write_scenario(told.scenario, options.out, options.preset)
    show(told.to_dict() if options.json else None, told, options)
    return FINE


def add_warmup(commands: Any) -> None:
    """Add the command warmup."""
    warmup = described(
        commands,
        "warmup",
        "choose the weeks of warm-up",
        of="Simulate scenarios from week 0 on, and say after how many weeks they have "
        "settled.",
        example="tidsbruk warmup home_care/npm --plot warmup.svg",
    )
    warmup.add_argument("scenario", nargs="+", help="preset or file")
    warmup.add_argument(
        "--weeks", type=int, default=104, metavar="N", help="series (104)"
    )
    warmup.add_argument(
        "--replications", type=int, default=20, metavar="N", help="worlds (20)"
    )
    warmup.add_argument("--seed", type=int, default=1, metavar="N", help="which worlds")
    warmup.add_argument("--plot", metavar="FILE", help="write the plot, as .png or .svg")
    add_json(warmup)
    warmup.set_defaults(act=_warmup)


def _warmup(options: argparse.Namespace) -> int:
    from tidsbruk.settling import warmup

    if options.plot and not options.plot.endswith((".png", ".svg")):
        raise UsageError(f"--plot {options.plot}: it ends in .png or .svg")
    named: dict[str, Scenario] = {}
    for name in options.scenario:
        named[free(name, named)] = found(name)
    chosen = warmup(
        named, weeks=options.weeks, replications=options.replications, seed=options.seed
    )
    if options.plot:
        chosen.plot().save(options.plot)
    show(chosen.to_dict(), chosen.reason, options)
    return FINE
