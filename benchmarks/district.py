#!/usr/bin/env python3
"""Time a district-year of tidsbruk beside the same model in SimPy.

First both programs must be the same model. The visits and the rosters of SimPy's side are
held against the log of a run; then every draw is taken out of the scenario, and both must
miss the same number of visits and book the same time for every activity, but for a tenth
of a millisecond a visit: as the preset has it; with little overtime, so that open visits
find somebody; and where no grant binds, too, so that shifts run over and their records
are broken off. With chance, means over replications must agree within a tolerance, which
stands beside each; a standard error is printed and no z, since rules are left out of
SimPy's side (district_simpy.py).

Then time: each round runs tidsbruk's district-years, a district-year in SimPy's fastest
style, and some weeks in the others; ratios are taken within a round. Both start at the
first day and use one thread. tidsbruk's clock covers compiling and all outcomes, SimPy's
`env.run` alone. A visit is a planned one, given or missed.

    python benchmarks/district.py --rounds 7 --output build/district.md
"""

import argparse
import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from statistics import fmean, median, variance

import district_inputs as inputs
import district_simpy as simpy_side
import tidsbruk as tb
from district_inputs import MINUTE

PRESET = "home_care/npm"
WEEKS_WITHOUT_CHANCE = 4
MS_A_VISIT = 0.1  # laws are interpolated in tidsbruk, and exact in Python
HURRIED = {"duty.overtime_limit_minutes": 10}
WITHOUT_CHANCE = {
    "as the preset": {},
    "10 minutes of overtime at most": HURRIED,
    "and no grant binds": {**HURRIED, "regime.grants.binding": 0},
}
FASTEST, OTHERS = "chains", ("numpy", "phases", "textbook")
DESCRIBED = {
    "chains": "an event a chain, the day plan a loop",
    "numpy": "an event a chain, the day plan by numpy",
    "phases": "an event a phase, the day plan by numpy",
    "textbook": "an event a phase, no numpy",
}


def sums(*names):
    return lambda found: sum(found["minutes"][name] for name in names)


@dataclass(frozen=True)
class Compared:
    """What both programs must agree on."""

    outcomes: list[str]  # of tidsbruk, summed
    value: Callable  # from what SimPy's side returns
    tolerance: float
    relative: bool = True  # otherwise of a share, in its own unit


COMPARED = {
    "care, minutes": Compared(
        ["time.direct_minutes"], sums("care_needed", "care_surplus"), 0.03
    ),
    "travel, minutes": Compared(["time.travel_minutes"], sums("travel"), 0.03),
    "records, minutes": Compared(
        ["time.records_minutes"], sums("records_presence", "records_away"), 0.03
    ),
    "idle, development included, minutes": Compared(
        ["time.idle_minutes", "time.development_minutes"],
        sums("idle", "development"),
        0.03,
    ),
    "handover and reading, minutes": Compared(
        ["time.indirect_minutes"], sums("indirect"), 0.03
    ),
    "on duty, minutes": Compared(["time.duty_minutes"], sums("duty"), 0.03),
    "visits missed, share": Compared(
        ["citizen.missed_share"], itemgetter("missed_share"), 0.0015, relative=False
    ),
    "visits late, share": Compared(
        ["citizen.late_share"], itemgetter("late_share"), 0.005, relative=False
    ),
    "need not met, hours a week": Compared(
        ["citizen.unmet_hours"], itemgetter("unmet_hours"), 0.03
    ),
    "overtime, hours a week": Compared(
        ["staff.overtime_hours"], itemgetter("overtime_hours"), 0.1
    ),
    "audits and inspections, minutes": Compared(
        ["time.control_minutes"], sums("control"), 0.05
    ),
    "undetected harm, per 1,000 visits": Compared(
        ["control.undetected_harm"], itemgetter("undetected"), 0.1
    ),
}


@dataclass
class Years:
    """Replications of a district-year in tidsbruk."""

    nanoseconds: float  # of processor time, a visit
    values: dict[str, list[float]]


def column(result, outcome, part="ratio"):
    return [float(x) for x in memoryview(result.column("run", outcome, part))]


def run_years(district, replications, weeks, seed):
    started = time.process_time()
    result = tb.run(
        {"run": district.scenario},
        replications=replications,
        seed=seed,
        weeks=weeks,
        warmup=0,
        threads=1,
    )
    seconds = time.process_time() - started
    values = {}
    for name, compared in COMPARED.items():
        parts = [column(result, outcome) for outcome in compared.outcomes]
        values[name] = [sum(row) for row in zip(*parts, strict=True)]
    visits = sum(column(result, "citizen.missed_share", "denominator"))
    return Years(1e9 * seconds / visits, values)


def nanoseconds(found):
    return 1e9 * found["seconds"] / found["visits"]


def one_round(args, district, index):
    seed = 1 + index
    found = {
        style: simpy_side.simulate(district, args.other_weeks, seed, style)
        for style in OTHERS
    }
    found[FASTEST] = simpy_side.simulate(district, args.weeks, seed, FASTEST)
    years = run_years(district, args.years, args.weeks, seed)
    return years, found


# ---- the same model -----------------------------------------------------------------


@dataclass
class Same:
    """What both did without chance."""

    name: str
    visits: int
    missed: tuple[int, int]  # in tidsbruk, in SimPy
    ms: list[tuple[str, int, int]]  # activity, the same two

    @property
    def apart(self):
        return max(abs(a - b) for _, a, b in self.ms)


def without_chance(name, changes, weeks=WEEKS_WITHOUT_CHANCE):
    scenario = inputs.without_chance(tb.preset(PRESET)).replace(changes)
    district = inputs.build(scenario)
    frame = tb.trace(scenario, weeks=weeks, warmup=0).to_pandas()
    result = tb.run({"run": scenario}, replications=1, weeks=weeks, warmup=0)
    missed = round(column(result, "citizen.missed_share", "numerator")[0])
    booked = (frame.end - frame.start).groupby(frame.activity, observed=True).sum()
    found = simpy_side.simulate(district, weeks, seed=1)
    ms = [
        (activity, int(x), found["ms"].get(activity, 0)) for activity, x in booked.items()
    ]
    return Same(name, found["visits"], (missed, found["missed"]), ms)


@dataclass
class Agreed:
    """Means of both, and how far apart they are; relative to tidsbruk's, or in shares."""

    name: str
    ours: float
    theirs: float
    apart: float
    error: float
    by: Compared


def agreement(rounds):
    found = []
    for name, compared in COMPARED.items():
        ours = [x for years, _ in rounds for x in years.values[name]]
        theirs = [compared.value(styles[FASTEST]) for _, styles in rounds]
        a, b = fmean(ours), fmean(theirs)
        error = math.sqrt(variance(ours) / len(ours) + variance(theirs) / len(theirs))
        scale = a if compared.relative else 1
        found.append(Agreed(name, a, b, (b - a) / scale, error / scale, compared))
    return found


def faults_of(without, agreed):
    """What is not the same."""
    faults = [
        f"without chance, {one.name}, {activity}: {a} and {b} ms"
        for one in without
        for activity, a, b in one.ms
        if abs(a - b) > MS_A_VISIT * one.visits
    ]
    faults += [
        f"without chance, {one.name}: {one.missed} visits missed"
        for one in without
        if one.missed[0] != one.missed[1]
    ]
    faults += [
        f"{one.name}: {one.ours:.4g} and {one.theirs:.4g}"
        for one in agreed
        if not abs(one.apart) <= one.by.tolerance
    ]
    return faults


# ---- the page -----------------------------------------------------------------------


def time_page(rounds):
    lines = [
        "| a district, `home_care/npm` | ns a visit | times tidsbruk |",
        "|---|---:|---:|",
        f"| tidsbruk | {median(y.nanoseconds for y, _ in rounds):,.0f} | 1.0 |",
    ]
    for style in (FASTEST, *OTHERS):
        spent = median(nanoseconds(found[style]) for _, found in rounds)
        ratio = median(nanoseconds(found[style]) / y.nanoseconds for y, found in rounds)
        lines.append(f"| SimPy, {DESCRIBED[style]} | {spent:,.0f} | {ratio:,.1f} |")
    return lines


def same_page(without):
    lines = [
        f"Without chance, {WEEKS_WITHOUT_CHANCE} weeks:",
        "",
        "| agreement | visits | missed, tidsbruk | SimPy | hours in the log "
        "| most apart, ms of an activity |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for one in without:
        hours = sum(a for _, a, _ in one.ms) / MINUTE / 60
        lines.append(
            f"| {one.name} | {one.visits:,} | {one.missed[0]} | {one.missed[1]} "
            f"| {hours:,.0f} | {one.apart} |"
        )
    return lines


def agreement_page(args, agreed):
    ours, theirs = args.rounds * args.years, args.rounds
    lines = [
        f"Means of {ours} replications of tidsbruk and {theirs} of SimPy, {args.weeks} "
        "weeks each; minutes are those of a place on the roster and a week.",
        "",
        "| agreement | tidsbruk | SimPy | apart | standard error | tolerance |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for one in agreed:
        digits, unit = (1, "%") if one.by.relative else (2, " points")
        values = (
            f"{one.ours:,.2f} | {one.theirs:,.2f}"
            if one.by.relative
            else f"{one.ours:.2%} | {one.theirs:.2%}"
        )
        lines.append(
            f"| {one.name} | {values} | {100 * one.apart:+.{digits}f}{unit} "
            f"| {100 * one.error:.{digits}f} | {100 * one.by.tolerance:.{digits}f} |"
        )
    return lines


def parsed():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--rounds", type=int, default=7)
    add("--weeks", type=int, default=52, help="of a replication of both")
    add("--other-weeks", type=int, default=8, help="of SimPy's slower styles")
    add("--years", type=int, default=16, help="tidsbruk's replications in a round")
    add("--output", type=Path, help="write the page to this file too")
    args = parser.parse_args()
    if args.rounds < 2 or min(args.weeks, args.other_weeks, args.years) < 1:
        parser.error("rounds must be 2 or more, weeks and years 1 or more")
    return args


def main():
    args = parsed()
    district = inputs.build(tb.preset(PRESET))
    wrong = inputs.faults(district)
    without = [without_chance(name, changes) for name, changes in WITHOUT_CHANCE.items()]
    rounds = [one_round(args, district, index) for index in range(args.rounds)]
    agreed = agreement(rounds)
    lines = [
        f"Medians of {args.rounds} interleaved rounds.",
        "",
        *time_page(rounds),
        "",
        *same_page(without),
        "",
        *agreement_page(args, agreed),
    ]
    page = "\n".join(lines) + "\n"
    print(page, end="")
    if args.output:
        args.output.parent.mkdir(parents=True, exist_ok=True)
        args.output.write_text(page, encoding="utf-8")
    wrong += faults_of(without, agreed)
    for fault in wrong:
        print(f"FAILED {fault}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
