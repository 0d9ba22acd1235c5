#!/usr/bin/env python3
"""Time what surrounds a run: starting, compiling, sweeps, size, and taking results away.

Each figure is the median of several rounds and stands beside its aim, if it has one.
Times drift by tens of per cent within minutes; ratios are taken within one round.

    python benchmarks/around.py --rounds 7
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import tidsbruk as tb

TIDSBRUK = Path(sys.executable).with_name("tidsbruk")


def seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def run(scenarios, **how):
    return tb.run(scenarios, seed=1, weeks=1, warmup=0, threads=1, **how)


def import_ms():
    """Time of `import tidsbruk` by the interpreter's own account, in a new process."""
    code = (
        "import time; a = time.perf_counter(); import tidsbruk;"
        "print(1e3 * (time.perf_counter() - a))"
    )
    return float(subprocess.check_output([sys.executable, "-c", code]))


def help_ms():
    command = [str(TIDSBRUK), "--help"]
    return 1e3 * seconds(lambda: subprocess.run(command, capture_output=True, check=True))


def fixed_ms(name):
    """What a run from Python costs before its first replication, compiling included."""
    scenario = {"run": tb.preset(name)}
    one = seconds(lambda: run(scenario, replications=1))
    many = seconds(lambda: run(scenario, replications=21))
    return 1e3 * (one - (many - one) / 20)


def sweep_ratio(points):
    """Time of many scenarios with ten replications each over that of one with as many."""
    base = tb.preset("home_care/npm")
    many = {
        f"{i}": base.replace({"obligations.journal.probability": 0.3 + 0.2 * i / points})
        for i in range(points)
    }
    how = {"seed": 1, "weeks": 4, "warmup": 0, "threads": 1}
    apart = seconds(lambda: tb.run(many, replications=10, **how))
    together = seconds(lambda: tb.run({"run": base}, replications=10 * points, **how))
    return apart / together


def visit_ns(times):
    """Processor time of a visit in a district `times` as large as home_care/npm."""
    base = tb.preset("home_care/npm")
    size = ["staff.carer.count", "clients.home.count"]
    size += [
        f"shifts.{shift}.{day}"
        for shift in ("day", "evening")
        for day in ("weekdays", "saturdays", "sundays")
    ]
    scenario = base.replace({path: round(times * base[path]) for path in size})

    def spent(replications):
        started = time.process_time()
        result = run({"run": scenario}, replications=replications)
        return time.process_time() - started, result

    few, _ = spent(1)
    more, result = spent(1 + round(24 / times))
    visits = sum(memoryview(result.column("run", "citizen.missed_share", "denominator")))
    return 1e9 * (more - few) / (visits * (1 - 1 / (1 + round(24 / times))))


def arrow(values):
    """Milliseconds until pyarrow holds so many values; whether without a copy."""
    import pyarrow as pa

    scenario = {"run": tb.preset("textbook/mmc")}
    wide = len(pa.table(run(scenario, replications=2)).schema)
    result = run(scenario, replications=-(-values // wide))
    held = []
    took = seconds(lambda: held.append(pa.table(result)))
    ours = pa.py_buffer(result.column("run", "time.direct_share")).address
    theirs = held[0].column("time.direct_share").chunk(0).buffers()[1].address
    return 1e3 * took, held[0].num_rows * wide, ours == theirs


def rows(rounds, wanted):
    def middle(work):
        return median(work() for _ in range(rounds))

    took, values, shared = arrow(wanted)
    yield "`import tidsbruk`, ms", "60", f"{middle(import_ms):.0f}"
    yield "`tidsbruk --help`, ms", "150", f"{middle(help_ms):.0f}"
    for name, aim in (("home_care/npm", "3"), ("textbook/mmc", "")):
        cost = middle(lambda name=name: fixed_ms(name))
        yield f"a run of {name} before its first replication, ms", aim, f"{cost:.1f}"
    ratio = middle(lambda: sweep_ratio(40))
    yield (
        "40 scenarios of ten replications over one of 400",
        "",
        f"{ratio:.2f}",
    )
    for times in (0.5, 2, 4, 8):
        ratio = middle(lambda times=times: visit_ns(times) / visit_ns(1))
        yield (
            f"a visit of a district {times} times as large",
            "1",
            (f"{ratio:.2f}"),
        )
    copied = "without a copy" if shared else "copied"
    yield f"{values:,} values to pyarrow ({copied}), ms", "", f"{took:.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument(
        "--values", type=int, default=10_000_000, help="of a large result"
    )
    args = parser.parse_args()
    print("| what surrounds a run | aim | here |\n|---|---:|---:|")
    for what, aim, here in rows(args.rounds, args.values):
        print(f"| {what} | {aim} | {here} |")


if __name__ == "__main__":
    main()
