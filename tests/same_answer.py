"""Compares what differently compiled libraries answer: they must print the same hashes.

    same_answer.py SOURCE BUILD

Builds tests/property/answer.c with the library of SOURCE under BUILD, once for each
variant below, runs each with one thread and with all, and fails when a line differs. A
compiler that is not installed is passed over, and said; without a second variant the
test is skipped (exit code 77).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# name: (compiler, options of Meson, words to be replaced in lib/experiment/run.c)
VARIANTS = {
    "gcc -O3": ("gcc", ["-Doptimization=3"], None),
    "gcc -O0": ("gcc", ["-Doptimization=0"], None),
    "gcc -O3, native": ("gcc", ["-Doptimization=3", "-Dc_args=-march=native"], None),
    "gcc -O2, no OpenMP": ("gcc", ["-Doptimization=2", "-Dopenmp=disabled"], None),
    "gcc -O2, no AVX2": (
        "gcc",
        ["-Doptimization=2", "-Dc_args=-D__builtin_cpu_supports(x)=0"],
        None,
    ),
    "gcc -O2, static schedule": (
        "gcc",
        ["-Doptimization=2"],
        ("schedule(dynamic)", "schedule(static, 2)"),
    ),
    "clang -O3": ("clang", ["-Doptimization=3"], None),
    "clang -O0": ("clang", ["-Doptimization=0"], None),
}
LEFT_OUT = ("build*", ".*", "__pycache__")


def edited(source, directory, words):
    """A copy of the sources in which run.c says something else."""
    shutil.copytree(source, directory, ignore=shutil.ignore_patterns(*LEFT_OUT))
    run = directory / "lib/experiment/run.c"
    text = run.read_text(encoding="utf-8")
    if words[0] not in text:
        raise SystemExit(f"run.c does not say {words[0]}")
    run.write_text(text.replace(*words), encoding="utf-8")
    return directory


def build(source, directory, compiler, options):
    """The path of a built answer."""
    common = ["-Dbuildtype=plain", "-Dpython=disabled", "-Dtests=enabled"]
    common += ["-Ddefault_library=static", "-Db_ndebug=true"]
    environment = {**os.environ, "CC": compiler}
    for command in (
        ["meson", "setup", directory, source, *common, *options],
        ["meson", "compile", "-C", directory, "answer"],
    ):
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"{command}:\n{done.stdout}{done.stderr}")
    return directory / "tests/property/answer"


def answers(program):
    """What a program prints with one thread, which is what it prints with all."""
    lines = [
        subprocess.run(
            [program, threads], capture_output=True, text=True, check=True
        ).stdout
        for threads in ("1", "0")
    ]
    if lines[0] != lines[1]:
        raise SystemExit(f"{program}: another answer with more threads")
    return lines[0].splitlines()


def main():
    source, directory = (Path(p).resolve() for p in sys.argv[1:3])
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    told = {}
    for number, (name, (compiler, options, words)) in enumerate(VARIANTS.items()):
        if not shutil.which(compiler):
            print(f"{name}: there is no {compiler}")
            continue
        place = source
        if words:
            place = edited(source, directory / f"source-{number}", words)
        told[name] = answers(
            build(place, directory / f"build-{number}", compiler, options)
        )
        print(f"{name}: {len(told[name])} answers")
    if len(told) < 2:
        sys.exit(77)
    first, *others = told
    failed = 0
    for name in others:
        differ = [(a, b) for a, b in zip(told[first], told[name], strict=True) if a != b]
        failed += bool(differ)
        for a, b in differ[:3]:
            print(f"{name}: {b}, where {first} says {a}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
