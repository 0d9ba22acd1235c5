"""Instructions of the core, counted by callgrind: the measure that no neighbour disturbs.

A scenario is run with few and with many replications, and the counts are subtracted: what
loading and compiling take drops out. Instructions differ between compilers and between
processors with and without AVX2, and hardly otherwise.
"""

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

FEW, MANY = 1, 3
STAFF50 = Path(__file__).resolve().parent / "staff50.toml"
EVENTS_PER_CLIENT = 3.3
LISTS = ("staff", "services", "obligations")


def settings(path):
    """Return the settings of a TOML scenario, as the program `simulate` takes them."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    found = [f"+{group}.{item}" for group in LISTS for item in tables.get(group, {})]

    def walk(prefix, table):
        for key, value in table.items():
            if isinstance(value, dict):
                walk(f"{prefix}{key}.", value)
            else:
                found.append(f"{prefix}{key}={value}")

    plain = {k: v for k, v in tables.items() if k not in ("title", "note", "source")}
    walk("", plain)
    return found


def counted(program, replications, weeks, scenario, *options):
    """Run `simulate` under callgrind; return its instructions and what it printed."""
    callgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    callgrind += options
    command = [*callgrind, program, str(replications), str(weeks), *scenario]
    calm = {k: v for k, v in os.environ.items() if k != "MALLOC_PERTURB_"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=calm)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not found:
        raise RuntimeError(f"callgrind failed on {program}:\n{done.stderr[-2000:]}")
    return int(found.group(1)), json.loads(done.stdout)


def slope(program, weeks, scenario, unit):
    """Return instructions for one more of `unit`, and those of all that comes before."""
    few, before = counted(program, FEW, weeks, scenario)
    many, after = counted(program, MANY, weeks, scenario)
    each = (many - few) / (after[unit] - before[unit])
    return each, few - each * before[unit]


def per_event(program, weeks=4):
    """Return STAFF50's instructions for a nominal event, and before the first."""
    each, before = slope(program, weeks, settings(STAFF50), "calls")
    return each / EVENTS_PER_CLIENT, before


def per_visit(program, weeks=12):
    """Return the instructions of home_care/npm for a planned visit, and before any."""
    return slope(program, weeks, ["home_care/npm"], "planned_visits")


def presets(program):
    """Return the names of all presets."""
    done = subprocess.run(
        [program, "presets"], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def per_start_or_record(program, preset, weeks=4):
    """Return a preset's instructions for a visit, call or record begun."""
    return slope(program, weeks, [preset], "events")[0]


def to_compile(program, weeks=1):
    """Return the instructions of compiling home_care/npm, and none before them."""
    inside = "--toggle-collect=tb__world_after"
    found = counted(program, FEW, weeks, ["home_care/npm"], inside)[0]
    if not found:
        raise RuntimeError("callgrind did not see the function that compiles")
    return found, 0
