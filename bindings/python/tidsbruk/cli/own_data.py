"""What stands between an analyst's data and a scenario: trace."""

from __future__ import annotations

import argparse
from typing import Any

from tidsbruk.cli.options import add_settings
from tidsbruk.cli.printing import FINE
from tidsbruk.cli.sides import called, scenarios


def add_trace(commands: Any) -> None:
    """Add the command trace."""
    trace = commands.add_parser(
        "trace", help="write who did what when in one simulated unit"
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
    trace.add_argument(
        "--seed", type=int, default=1, metavar="N", help="which worlds (1)"
    )
    trace.add_argument(
        "--replication", type=int, default=0, metavar="N", help="which of them (0)"
    )
    trace.add_argument("--weeks", type=int, metavar="N", help="weeks that are measured")
    trace.add_argument("--warmup", type=int, metavar="N", help="weeks before them")
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
