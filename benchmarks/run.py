#!/usr/bin/env python3
"""Time tidsbruk and SimPy on STAFF50 in interleaved rounds, and check that they agree.

Machines drift by tens of per cent within minutes, so only ratios taken within one round
mean much: each round runs tidsbruk, then SimPy, and the ratio is taken per round. Both
sides simulate the same weeks after the same warm-up, and time counts per *nominal* event,
3.3 a client, whatever a program merges. Instructions come from callgrind, where it is
installed: two runs of different length are subtracted, which removes start-up and
compilation.

They must agree: mean wait and phases started are compared by z over independent
replications of both sides, and the phases of each also with 2.3 times the arrivals that
are exactly expected. M/G/50 has no closed form for the wait. Any |z| of 4.5 or more is a
failure and the exit status is 1.

    python benchmarks/run.py --rounds 7 --output build/benchmarks/staff50.md
"""

import argparse
import json
import math
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median, variance

import staff50_simpy as simpy_side

HERE = Path(__file__).resolve().parent
SCENARIO = HERE / "staff50.toml"
EVENTS_PER_CLIENT, PHASES_PER_CLIENT = 3.3, 2.3
Z_LIMIT = 4.5


@dataclass
class Batch:
    """Independent replications, and the processor time that they took together."""

    wait: list[float]  # mean minutes of a replication
    phases: list[float]  # started in the weeks counted
    events: float  # nominal, in the time that `seconds` covers
    seconds: float

    @property
    def nanoseconds(self):
        return 1e9 * self.seconds / self.events


def nominal_events(weeks):
    return EVENTS_PER_CLIENT * simpy_side.CLIENTS_PER_MINUTE * simpy_side.WEEK * weeks


def run_tidsbruk(weeks, warmup_weeks, replications, seed):
    """Run the scenario by the public interface. All that knows tidsbruk is here."""
    import tidsbruk as tb

    horizon = {"horizon.weeks": weeks, "horizon.warmup_weeks": warmup_weeks}
    scenarios = {"staff50": tb.load(str(SCENARIO)).replace(horizon)}
    started = time.process_time()
    result = tb.run(scenarios, replications=replications, seed=seed, threads=1)
    seconds = time.process_time() - started
    return Batch(
        wait=[float(x) for x in result.column("staff50", "citizen.wait.contact")],
        phases=[float(x) for x in result.column("staff50", "time.phases_started")],
        events=nominal_events((weeks + warmup_weeks) * replications),
        seconds=seconds,
    )


def run_simpy(weeks, warmup_weeks, seeds, style):
    """Run SimPy's side; its clock covers the weeks counted and not the warm-up."""
    found = [simpy_side.simulate(weeks, seed, style, warmup_weeks) for seed in seeds]
    return Batch(
        wait=[one["mean_wait_minutes"] for one in found],
        phases=[one["phases_started"] for one in found],
        events=EVENTS_PER_CLIENT * sum(one["clients"] for one in found),
        seconds=sum(one["seconds"] for one in found),
    )


def z_between(a, b):
    """Welch's z of the difference of two means."""
    return (fmean(a) - fmean(b)) / math.sqrt(variance(a) / len(a) + variance(b) / len(b))


def z_against(a, exact):
    return (fmean(a) - exact) / math.sqrt(variance(a) / len(a))


def instructions(command):
    """Return the instructions of one command under callgrind, children not followed."""
    wrapped = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    steady = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        wrapped, capture_output=True, text=True, check=False, env=steady
    )
    counted = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not counted:
        raise RuntimeError(
            f"callgrind failed on {' '.join(command)}:\n{done.stderr[-2000:]}"
        )
    return int(counted.group(1))


def tidsbruk_instructions(weeks, warmup_weeks):
    def counted(replications):
        options = {
            "weeks": weeks,
            "warmup_weeks": warmup_weeks,
            "replications": replications,
        }
        script = [sys.executable, str(HERE / "run.py")]
        return instructions([*script, "--only-tidsbruk", json.dumps(options)])

    few, many = 2, 6
    return (counted(many) - counted(few)) / nominal_events(
        (many - few) * (weeks + warmup_weeks)
    )


def simpy_instructions(style):
    def counted(weeks):
        script = [sys.executable, str(HERE / "staff50_simpy.py"), "--style", style]
        return instructions([*script, "--warmup", "0", "--weeks", str(weeks)])

    return (counted(0.75) - counted(0.25)) / nominal_events(0.5)


def agreement(ours, theirs, weeks):
    """Return rows of (what, ours, SimPy's, z)."""
    exact = PHASES_PER_CLIENT * simpy_side.CLIENTS_PER_MINUTE * simpy_side.WEEK * weeks
    a, b = ours, theirs
    return [
        ("mean wait, minutes", fmean(a.wait), fmean(b.wait), z_between(a.wait, b.wait)),
        (
            "phases started",
            fmean(a.phases),
            fmean(b.phases),
            z_between(a.phases, b.phases),
        ),
        (
            "phases, tidsbruk and exact",
            fmean(a.phases),
            exact,
            z_against(a.phases, exact),
        ),
        ("phases, exact and SimPy", exact, fmean(b.phases), -z_against(b.phases, exact)),
    ]


def pooled(batches):
    return Batch(
        wait=[x for batch in batches for x in batch.wait],
        phases=[x for batch in batches for x in batch.phases],
        events=sum(batch.events for batch in batches),
        seconds=sum(batch.seconds for batch in batches),
    )


def table(rounds, counts, checks):
    """Return the page: speed per program, then agreement."""
    lines = [
        "| program | ns/event | instructions/event | times tidsbruk |",
        "|---|---:|---:|---:|",
    ]
    for name in rounds[0]:
        ratio = median(
            one[name].nanoseconds / one["tidsbruk"].nanoseconds for one in rounds
        )
        spent = median(one[name].nanoseconds for one in rounds)
        count = f"{counts[name]:,.0f}" if name in counts else "not counted"
        lines.append(f"| {name} | {spent:,.1f} | {count} | {ratio:,.1f} |")
    lines += [
        "",
        f"Medians of {len(rounds)} interleaved rounds, in processor time.",
        "",
    ]
    lines += ["| agreement | tidsbruk | SimPy | z |", "|---|---:|---:|---:|"]
    lines += [f"| {what} | {a:,.3f} | {b:,.3f} | {z:+.2f} |" for what, a, b, z in checks]
    return "\n".join(lines) + "\n"


def parsed():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument(
        "--weeks", type=int, default=4, help="weeks counted in a replication"
    )
    parser.add_argument("--warmup", type=int, default=1, help="weeks before counting")
    parser.add_argument(
        "--replications", type=int, default=40, help="tidsbruk's, in a round"
    )
    parser.add_argument(
        "--simpy-replications", type=int, default=3, help="SimPy's, in a round"
    )
    parser.add_argument("--no-callgrind", action="store_true")
    parser.add_argument("--gate", type=float, help="most instructions per event allowed")
    parser.add_argument("--output", type=Path, help="write the table to this file too")
    parser.add_argument("--only-tidsbruk", metavar="JSON", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if min(args.rounds, args.weeks, args.replications, args.simpy_replications) < 1:
        parser.error("rounds, weeks and replications must be 1 or more")
    if args.rounds * min(args.replications, args.simpy_replications) < 2:
        parser.error("a standard error takes two replications of each side")
    return args


def one_round(args, index):
    """Run tidsbruk, then SimPy in its fastest style, then in the textbook's."""
    first = 1 + index * args.simpy_replications
    seeds = range(first, first + args.simpy_replications)
    return {
        "tidsbruk": run_tidsbruk(
            args.weeks, args.warmup, args.replications, seed=1 + index
        ),
        "SimPy, deque": run_simpy(args.weeks, args.warmup, seeds, "list"),
        "SimPy, Resource": run_simpy(args.weeks, args.warmup, seeds[:1], "resource"),
    }


def main():
    args = parsed()
    if args.only_tidsbruk:
        run_tidsbruk(seed=1, **json.loads(args.only_tidsbruk))
        return 0
    callgrind = not args.no_callgrind and shutil.which("valgrind")
    if args.gate and not callgrind:
        print("--gate counts instructions and needs valgrind", file=sys.stderr)
        return 1

    rounds = [one_round(args, index) for index in range(args.rounds)]
    counts = {}
    if callgrind:
        counts["tidsbruk"] = tidsbruk_instructions(args.weeks, args.warmup)
        counts["SimPy, deque"] = simpy_instructions("list")
        counts["SimPy, Resource"] = simpy_instructions("resource")

    ours = pooled([one["tidsbruk"] for one in rounds])
    checks = agreement(ours, pooled([one["SimPy, deque"] for one in rounds]), args.weeks)
    page = table(rounds, counts, checks)
    print(page, end="")
    if args.output:
        args.output.parent.mkdir(parents=True, exist_ok=True)
        args.output.write_text(page, encoding="utf-8")

    faults = [f"{what}: z = {z:+.2f}" for what, _, _, z in checks if not abs(z) < Z_LIMIT]
    if args.gate and not counts["tidsbruk"] <= args.gate:
        faults.append(
            f"{counts['tidsbruk']:.0f} instructions an event, {args.gate:.0f} allowed"
        )
    for fault in faults:
        print(f"FAILED {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
