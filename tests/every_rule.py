"""Every rule of a unit's life fires in random scenarios: each line at least 100 times.

    every_rule.py SOURCE BUILD

Builds the library with counters on every line (gcov), lets 2,000 random scenarios live,
each against books of its own (tests/property/test_ledger.c), and lists the lines of
lib/model that ran less often: an event that never came, an answer that nobody asked for,
an end of a shift that is never reached. Lines that only report a failure are let pass; so
are those of RARE, each with its reason. What is in RARE and rare no more is a fault, too.
"""

import collections
import json
import os
import re
import subprocess
import sys
from pathlib import Path

OFTEN = 100
FAILURE = re.compile(
    r"no_memory|tb__fail|TB_ERR_|return status;|->status|log_failed|->failed"
    r"|return (other|too_few)\("
)
NOT_LIFE = {
    # before a life: what is compiled
    "world.c",
    "world",
    # after it: what is made of its tallies
    "outcome.c",
    "outcomes",
    "money.c",
    # price.c for other machines, which tests/unit/test_price.c holds against it
    "price_avx2.c",
}
RARE = {
    # text of the line: why
    "state->due = MOST_AUDITS_A_WEEK;": "a bound on a runaway loop",
    "static tb_status other(": "why two units are not the same: test_switch.c",
    "static tb_status too_few(": "the same",
    "w->shift = last;": "a shift within the overtime of the one before, at a switch",
    "else return NONE;": "want of memory: tb__owe",
    "if (!tb__answers(u, M_CONTROL)) return": "left out: only in test_neutral.c",
    "if (!ms) return false;": "a call that comes again after 0 ms",
    "if (leave_off(u, w)) return;": "a call just as a record ends: test_records.c",
    "tb__chain_ends(u, w); /* a record that was done": "and brings harm to light, too",
    "return w->set.travel.kind == TRAVEL_LAW": "asked once in a life",
    "tb__line_up(u, at);   /* for whoever is free first": "the same",
}

# Leaving a function for want of memory: what the guard looks at came from one of these.
MAKERS = r"(arena_alloc|new_call|open_call|open_endless|new_owed|owe|new_harm)\("
GIVES_MEMORY = r"= [^;]*\b(tb__)?" + MAKERS
LEAVES = re.compile(r"(?:.* )?if \((.*)\)+ return( (false|NULL|NONE|NO_TRACE|0))?;")


def run(*command, **options):
    """Runs a command; what it said is shown when it fails."""
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, **options
    )
    if done.returncode:
        sys.exit(f"{command}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def build(source, directory):
    """The test of the ledger, with counters; returns the program."""
    options = ["-Db_coverage=true", "-Dbuildtype=debug", "-Dopenmp=disabled"]
    options += ["-Dc_args=-D__builtin_cpu_supports(x)=0"]  # so that price.c is used
    options += ["-Dtests=enabled", "-Dpython=disabled", "-Ddefault_library=static"]
    if not (directory / "build.ninja").exists():
        gcc = {**os.environ, "CC": "gcc"}
        run("meson", "setup", directory, source, *options, env=gcc)
    for counters in directory.rglob("*.gcda"):
        counters.unlink()
    run("ninja", "-C", directory, "tests/property/test_ledger")
    return directory / "tests/property/test_ledger"


def lines_run(directory):
    """How often each line of lib/model ran, by (file, number)."""
    ran = collections.Counter()
    for counters in directory.glob("lib/**/model_*.gcda"):
        said = run("gcov", "--json-format", "--stdout", counters, cwd=directory)
        for document in map(json.loads, said.splitlines()):
            for file in document["files"]:
                path = (directory / file["file"]).resolve()
                if "lib/model" in path.as_posix() and not NOT_LIFE & {*path.parts}:
                    for line in file["lines"]:
                        ran[path, line["line_number"]] += line["count"]
    return ran


def statement(text, number):
    """A line and those that it continues: what it reports may stand on any."""
    first = last = number - 1
    while first and not re.search(r"[;{}]\s*(/\*.*\*/)?$|^\s*$", text[first - 1]):
        first -= 1
    while not re.search(r"[;{}]\s*(/\*.*\*/)?$", text[last]) and last < len(text) - 1:
        last += 1
    return " ".join(line.strip() for line in text[first : last + 1])


def lacks_memory(text, number, here):
    """Whether a line does no more than give up where memory was not to be had."""
    leaves = LEAVES.fullmatch(here)
    if not leaves:
        return False
    begins = max(i for i in range(number) if text[i].startswith("{"))
    body = " ".join(text[begins:number])
    function = re.search(r"(\w+)\([^()]*\)$", " ".join(text[max(begins - 3, 0) : begins]))
    given = rf"\b{function[1]}\([^;{{]*\b(tb__)?{MAKERS}" if function else "(?!)"
    names = re.findall(r"!([\w>-]+\b)|([\w>-]+) == NONE|(tb__heap_room\()", leaves[1])
    return bool(names or re.search(GIVES_MEMORY, leaves[1])) and all(
        heap
        or re.search(re.escape(either or none) + r" " + GIVES_MEMORY, body)
        or re.search(given, " ".join(text))
        for either, none, heap in names
    )


def rare_lines(ran):
    """Lines that ran too seldom and report no failure; and the reasons that were used."""
    rare, used = [], set()
    for (path, number), count in sorted(ran.items()):
        text = path.read_text(encoding="utf-8").splitlines()
        here = statement(text, number)
        reason = next((known for known in RARE if known in here), None)
        if count >= OFTEN or FAILURE.search(here):
            continue
        after = FAILURE.search(statement(text, number - 1))
        if after and re.fullmatch(r"return( NONE| NULL| false| true| 0)?;", here):
            continue
        if lacks_memory(text, number, here):
            continue
        if reason:
            used.add(reason)
            continue
        rare.append(f"{path.name}:{number}: {count} times: {text[number - 1].strip()}")
    return rare, used


def main(source, directory):
    """Prints the lines that are rare; the exit status says whether there are any."""
    program = build(Path(source), Path(directory))
    run(program, "--quiet")
    ran = lines_run(Path(directory))
    rare, used = rare_lines(ran)
    rare += [f"not rare any more: {text}" for text in RARE if text not in used]
    if len(ran) < 500:
        rare.append(f"only {len(ran)} lines were counted")
    print(f"{len(ran)} lines of lib/model were looked at")
    for line in rare:
        print(line)
    return 1 if rare else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
