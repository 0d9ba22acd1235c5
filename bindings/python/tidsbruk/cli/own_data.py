"""What stands between an analyst's data and a scenario: fit, trace."""

from __future__ import annotations

import argparse
from typing import Any

from tidsbruk.cli.options import add_json, add_settings, add_world, described
from tidsbruk.cli.printing import FINE, show
from tidsbruk.cli.sides import UsageError, called, found, scenarios


def add_fit(commands: Any) -> None:
    """Add the command fit."""
    fit = described(
        commands,
        "fit",
        "make a scenario of a list of visits",
        of="Read visits as a home-care system exports them, say what they tell of the "
        "unit, how surely, and what they cannot tell, and write the unit as a scenario.",
        example="tidsbruk fit examples/data/visits.csv --roster examples/data/roster.csv "
        "-o mine.toml",
    )
    fit.add_argument(
        "visits",
        nargs="+",
        help="CSV or Parquet file with a row for each visit: client, worker, "
        "planned_start, planned_end, start, end (Nordic headings will do); several "
        "files follow each other",
    )
    fit.add_argument(
        "--roster",
        metavar="FILE",
        help="also a row for each shift: worker, start, end, role, status",
    )
    fit.add_argument(
        "--preset",
        metavar="SCENARIO",
        default="home_care/npm",
        help="what fills in whatever visits cannot say (home_care/npm)",
    )
    fit.add_argument(
        "-o",
        "--out",
        metavar="FILE",
        help="the scenario to write, as .toml (extends --preset) or .txt",
    )
    fit.add_argument(
        "--report",
        metavar="FILE",
        help="also write the report, with plots, as .html or .md",
    )
    fit.add_argument(
        "--zone",
        default="",
        metavar="NAME",
        help="where people work, such as Europe/Oslo, if times name their zone",
    )
    fit.add_argument(
        "--replications",
        type=int,
        default=8,
        metavar="N",
        help="worlds of the scenario that are set beside the data; 0: none (8)",
    )
    fit.add_argument("--title", default="", help="what people call the scenario")
    add_json(fit)
    fit.set_defaults(act=_fit)


def _fit(options: argparse.Namespace) -> int:
    from tidsbruk.own.visits import load_visits

    if options.out and not options.out.endswith((".toml", ".txt")):
        raise UsageError(f"--out {options.out}: it ends in .toml or .txt")
    if options.report and not options.report.endswith((".html", ".md")):
        raise UsageError(f"--report {options.report}: it ends in .html or .md")
    base = found(options.preset)
    files = {"roster": options.roster, "zone": options.zone}
    fit = load_visits(options.visits, base=base, **files)
    scenario = fit.scenario(options.title)
    if options.out:
        _write(fit, scenario, options)
    worlds = options.replications
    check = fit.check(replications=worlds) if worlds else None
    report = fit.report(options.report, check=check)
    data = fit.to_dict() | {"check": check.to_dict() if check else None}
    show(data if options.json else None, report, options)
    return FINE


def _write(fit: Any, scenario: Any, options: argparse.Namespace) -> None:
    import os
    from pathlib import Path

    from tidsbruk.files import ENDINGS
    from tidsbruk.own.toml import toml
    from tidsbruk.saving import save

    path = Path(options.out)
    if path.suffix == ".txt":
        save(path, scenario.to_text())
        return
    base = options.preset
    if base.endswith(ENDINGS):
        base = os.path.relpath(base, path.parent)
    head = {"title": scenario.title, "extends": base, "remove": fit.replaced()}
    save(path, toml(head | fit.changes()))


def add_trace(commands: Any) -> None:
    """Add the command trace."""
    trace = described(
        commands,
        "trace",
        "write who did what when in one simulated unit",
        of="Simulate one world of one unit, and write every stretch of every worker's "
        "time, or its visits, or its roster.",
        example="tidsbruk trace home_care/npm --weeks 1 -o week.json",
    )
    trace.add_argument("scenario", help="preset, file or link")
    trace.add_argument(
        "-o",
        "--out",
        required=True,
        metavar="FILE",
        help="file to write: .parquet, .csv, .json (for https://ui.perfetto.dev) or .xes "
        "(for process mining)",
    )
    trace.add_argument(
        "--table",
        choices=("events", "visits", "roster"),
        default="events",
        help="stretches of time, or planned visits, or shifts (events)",
    )
    trace.add_argument(
        "--case",
        choices=("shift", "client"),
        default="shift",
        help="what a case of .xes is (shift)",
    )
    for name in ("worker", "client", "activity", "obligation"):
        trace.add_argument(
            f"--{name}",
            metavar="NAME",
            action="append",
            default=[],
            help=f"events of this {name} alone (repeatable)",
        )
    add_world(trace)
    trace.add_argument(
        "--replication", type=int, default=0, metavar="N", help="which of them (0)"
    )
    add_settings(trace)
    trace.set_defaults(act=_trace)


def _trace(options: argparse.Namespace) -> int:
    from tidsbruk.trace_files import check_path, write
    from tidsbruk.traces import trace

    check_path(options.out, options.table)
    sides = called(options.scenario)
    (scenario,) = scenarios(sides, options.changes, options.remove)
    made = trace(
        scenario,
        seed=options.seed,
        replication=options.replication,
        weeks=options.weeks,
        warmup=options.warmup,
    )
    if options.table == "events":
        made = made.select(
            worker=options.worker,
            client=options.client,
            activity=options.activity,
            obligation=options.obligation,
        )
    rows = write(made, options.out, options.table, options.case)
    print(f"{options.out}: {rows} rows")
    return FINE
