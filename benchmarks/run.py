#!/usr/bin/env python3
"""Time tidsbruk: STAFF50 beside SimPy in interleaved rounds, and a year of home care.

Machines drift by tens of per cent within minutes, so only ratios taken within one round
mean much: each round runs tidsbruk, then SimPy, and the ratio is taken per round. Both
sides simulate the same weeks after the same warm-up. Time counts per *nominal* event,
3.3 a client, whatever a program merges; tidsbruk's covers compiling, warm-up and results,
SimPy's the measured part of `env.run` alone. Instructions come from callgrind by the
program `simulate`, as in the gate of tests/speed.

They must agree: mean wait and phases started are compared by z over independent
replications of both sides, and the phases of each also with 2.3 times the arrivals that
are exactly expected. M/G/50 has no closed form for the wait. Any |z| of 4.5 or more is a
failure and the exit status is 1.

    python benchmarks/run.py --rounds 7 --output build/benchmarks.md

--write puts the tables into README.md beside this file. Only what a quiet machine says is
worth that: the load before and after is written, too.
"""

import argparse
import math
import os
import platform
import re
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import fmean, median, variance

import callgrind
import page
import staff50_simpy as simpy_side
import tidsbruk as tb

HERE = Path(__file__).resolve().parent
SIMULATE = HERE.parent / "build" / "benchmarks" / "simulate"
EVENTS_PER_CLIENT, PHASES_PER_CLIENT = callgrind.EVENTS_PER_CLIENT, 2.3
Z_LIMIT = 4.5
OURS, DEQUE, RESOURCE = (
    "tidsbruk",
    "SimPy, a process for each worker, a deque",
    "SimPy, a process for each client, a Resource",
)


@dataclass
class Batch:
    """Independent replications, and the processor time that they took together."""

    wait: list[float]  # mean minutes of a replication
    phases: list[float]  # of work, started in the weeks counted
    events: float  # nominal, in the time that `seconds` covers
    seconds: float

    @property
    def nanoseconds(self):
        return 1e9 * self.seconds / self.events


@dataclass
class Year:
    """Replications of a district-year: planned visits, processor and elapsed seconds."""

    visits: float
    processor: float
    elapsed: float


def column(result, outcome, part="ratio"):
    return [float(x) for x in memoryview(result.column("run", outcome, part))]


def run_staff50(weeks, warmup, replications, seed):
    scenario = tb.load(HERE / "staff50.toml")
    started = time.process_time()
    result = tb.run(
        {"run": scenario},
        replications=replications,
        seed=seed,
        weeks=weeks,
        warmup=warmup,
        threads=1,
    )
    seconds = time.process_time() - started
    begun = column(result, "staff.phases", "numerator")  # arrivals are among them
    calls = column(result, "citizen.calls.contact", "numerator")
    clients = simpy_side.CLIENTS_PER_MINUTE * simpy_side.WEEK * (weeks + warmup)
    return Batch(
        wait=column(result, "citizen.wait.contact"),
        phases=[a - b for a, b in zip(begun, calls, strict=True)],
        events=EVENTS_PER_CLIENT * clients * replications,
        seconds=seconds,
    )


def run_simpy(weeks, warmup, seeds, style):
    found = [simpy_side.simulate(weeks, seed, style, warmup) for seed in seeds]
    return Batch(
        wait=[one["mean_wait_minutes"] for one in found],
        phases=[one["phases_started"] for one in found],
        events=EVENTS_PER_CLIENT * sum(one["clients"] for one in found),
        seconds=sum(one["seconds"] for one in found),
    )


def run_years(replications, seed, threads):
    scenario = tb.preset("home_care/npm")
    elapsed, processor = time.perf_counter(), time.process_time()
    result = tb.run(
        {"run": scenario},
        replications=replications,
        seed=seed,
        weeks=52,
        warmup=0,
        threads=threads,
    )
    elapsed, processor = time.perf_counter() - elapsed, time.process_time() - processor
    visits = sum(column(result, "citizen.missed_share", "denominator"))  # given or missed
    return Year(visits, processor, elapsed)


def z_between(a, b):
    """Welch's z of the difference of two means."""
    return (fmean(a) - fmean(b)) / math.sqrt(variance(a) / len(a) + variance(b) / len(b))


def z_against(a, exact):
    return (fmean(a) - exact) / math.sqrt(variance(a) / len(a))


def agreement(ours, theirs, weeks):
    """Return rows of (what, ours, SimPy's, z)."""
    exact = PHASES_PER_CLIENT * simpy_side.CLIENTS_PER_MINUTE * simpy_side.WEEK * weeks
    mine, its = fmean(ours.phases), fmean(theirs.phases)
    return [
        (
            "mean wait, minutes",
            fmean(ours.wait),
            fmean(theirs.wait),
            z_between(ours.wait, theirs.wait),
        ),
        ("phases started", mine, its, z_between(ours.phases, theirs.phases)),
        ("phases, tidsbruk and exact", mine, exact, z_against(ours.phases, exact)),
        ("phases, exact and SimPy", exact, its, -z_against(theirs.phases, exact)),
    ]


def pooled(batches):
    return Batch(
        wait=[x for batch in batches for x in batch.wait],
        phases=[x for batch in batches for x in batch.phases],
        events=sum(batch.events for batch in batches),
        seconds=sum(batch.seconds for batch in batches),
    )


def one_round(args, index):
    """Run tidsbruk, SimPy in its fastest style and in the textbook's, then the years."""
    first = 1 + index * args.simpy_replications
    seeds = range(first, first + args.simpy_replications)
    weeks, warmup, years, seed = args.weeks, args.warmup, args.years, 1 + index
    return {
        OURS: run_staff50(weeks, warmup, args.replications, seed),
        DEQUE: run_simpy(weeks, warmup, seeds, "list"),
        RESOURCE: run_simpy(weeks, warmup, seeds[:1], "resource"),
        "one thread": run_years(years, seed, 1),
        "two threads": run_years(years, seed, 2),
    }


def staff50_page(rounds, counts, checks):
    lines = [
        "| STAFF50 | ns an event | times tidsbruk | instructions an event |",
        "|---|---:|---:|---:|",
    ]
    for name in (OURS, DEQUE, RESOURCE):
        spent = median(one[name].nanoseconds for one in rounds)
        ratio = median(one[name].nanoseconds / one[OURS].nanoseconds for one in rounds)
        count = told(counts, "event", 1) if name == OURS else ""
        lines.append(f"| {name} | {spent:,.1f} | {ratio:,.1f} | {count} |")
    lines += ["", "| agreement | tidsbruk | SimPy, deque | z |", "|---|---:|---:|---:|"]
    lines += [f"| {what} | {a:,.3f} | {b:,.3f} | {z:+.2f} |" for what, a, b, z in checks]
    return lines


def district_of(rounds, replications):
    """Return what a district-year took: medians over the rounds."""
    one = [r["one thread"] for r in rounds]
    two = [r["two threads"] for r in rounds]
    return {
        "visits": median(y.visits for y in one) / replications,
        "spent": median(1e9 * y.processor / y.visits for y in one),
        "gain": median(a.elapsed / b.elapsed for a, b in zip(one, two, strict=True)),
        "extra": median(b.processor / a.processor for a, b in zip(one, two, strict=True)),
    }


def district_page(year, counts):
    rows = [
        ("planned visits", f"{year['visits']:,.0f}"),
        ("ns a visit, processor time, one thread", f"{year['spent']:,.0f}"),
        ("ms a district-year", f"{year['spent'] * year['visits'] / 1e6:,.1f}"),
        ("elapsed time of one thread over that of two", f"{year['gain']:.2f}"),
        ("processor time of two threads over that of one", f"{year['extra']:.2f}"),
    ]
    if counts:
        rows.append(("instructions before the first visit", f"{counts['visit'][1]:,.0f}"))
        rows.append(("of these, compiling a week", f"{counts['compile'][0]:,.0f}"))
    lines = ["| home_care/npm, 52 weeks, no warm-up | |", "|---|---:|"]
    return lines + [f"| {what} | {value} |" for what, value in rows]


def aims_page(rounds, year, counts):
    event = median(one[OURS].nanoseconds for one in rounds)
    deque = median(one[DEQUE].nanoseconds / one[OURS].nanoseconds for one in rounds)
    return page.against_aims(
        {
            "event_ns": f"{event:,.1f}",
            "event": told(counts, "event", 1),
            "deque": f"{deque:,.1f}",
            "visit_ns": f"{year['spent']:,.0f}",
            "visit": told(counts, "visit", 0),
            "threads": f"{year['gain']:.2f}",
        }
    )


def told(counts, name, digits):
    """Return a count as the page tells it; nothing where none was made."""
    return f"{counts[name][0]:,.{digits}f}" if counts else ""


def load():
    """Return how many processes wanted a processor in the last minute."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def machine():
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return "an unknown processor"
    names = re.findall(r"model name\s*: (.*)", text)
    return f"{len(names)} x {names[0]}" if names else "an unknown processor"


def parsed():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--rounds", type=int, default=7)
    add("--weeks", type=int, default=4, help="weeks counted in a replication")
    add("--warmup", type=int, default=1, help="weeks before counting")
    add("--replications", type=int, default=40, help="tidsbruk's STAFF50, in a round")
    add("--simpy-replications", type=int, default=3, help="SimPy's, in a round")
    add("--years", type=int, default=8, help="district-years in a round")
    add("--simulate", type=Path, default=SIMULATE, help="the program, for callgrind")
    add("--no-callgrind", action="store_true", help="count no instructions")
    add("--output", type=Path, help="write the page to this file too")
    add("--write", action="store_true", help="write the tables into README.md")
    args = parser.parse_args()
    if min(args.rounds, args.weeks, args.replications, args.simpy_replications) < 1:
        parser.error("rounds, weeks and replications must be 1 or more")
    if args.rounds * min(args.replications, args.simpy_replications) < 2:
        parser.error("a standard error takes two replications of each side")
    return args


def conditions(args, before):
    """Return the sentence that says where and how the tables were made."""
    return (
        f"{machine()}, load {before} before and {load()} after; "
        f"Python {platform.python_version()}, SimPy {version('simpy')}; "
        f"medians of {args.rounds} interleaved rounds, each with {args.years} years."
    )


def main():
    args = parsed()
    before = load()
    rounds = [one_round(args, index) for index in range(args.rounds)]
    said = conditions(args, before)
    counts = {}
    if not args.no_callgrind:
        counts["event"] = callgrind.per_event(args.simulate)
        counts["visit"] = callgrind.per_visit(args.simulate)
        counts["compile"] = callgrind.to_compile(args.simulate)

    ours = pooled([one[OURS] for one in rounds])
    checks = agreement(ours, pooled([one[DEQUE] for one in rounds]), args.weeks)
    year = district_of(rounds, args.years)
    lines = [said, "", *staff50_page(rounds, counts, checks)]
    lines += ["", *district_page(year, counts), "", *aims_page(rounds, year, counts)]
    tables = "\n".join(lines) + "\n"
    print(tables, end="")
    if args.output:
        args.output.parent.mkdir(parents=True, exist_ok=True)
        args.output.write_text(tables, encoding="utf-8")
    if args.write:
        readme = HERE / "README.md"
        text = page.replaced(readme.read_text(encoding="utf-8"), lines)
        readme.write_text(text, encoding="utf-8")

    faults = [f"{what}: z = {z:+.2f}" for what, _, _, z in checks if not abs(z) < Z_LIMIT]
    for fault in faults:
        print(f"FAILED {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
