"""Gates the core's instructions, since times cannot be trusted on a shared machine.

    test_instructions.py SIMULATE BENCHMARKS

SIMULATE is the program, BENCHMARKS the directory with callgrind.py. Without valgrind the
test fails. Speaks TAP.
"""

import sys

# The most that is allowed: for a nominal event of STAFF50 and for a planned visit of
# home_care/npm a tenth above what was measured last (283.3 and 2,427); for compiling it
# 15 % above.
MOST_PER_EVENT = 312
MOST_TO_COMPILE = 5_800_000
MOST_PER_VISIT = 2670


def main():
    program, benchmarks = sys.argv[1:]
    sys.path.insert(0, benchmarks)
    import callgrind

    cases = [
        ("staff50, a nominal event", callgrind.per_event, MOST_PER_EVENT),
        ("home_care/npm, a planned visit", callgrind.per_visit, MOST_PER_VISIT),
        ("home_care/npm, compiled for a week", callgrind.to_compile, MOST_TO_COMPILE),
    ]
    print(f"1..{len(cases)}")
    for number, (name, measure, most) in enumerate(cases, 1):
        try:
            each, before = measure(program)
        except (OSError, RuntimeError, ValueError) as e:
            print(f"not ok {number} - {name}")
            print(f"# {e}".replace("\n", "\n# "))
            continue
        print(f"{'ok' if each <= most else 'not ok'} {number} - {name}")
        print(
            f"# {each:.1f} instructions of at most {most}; {before:,.0f} before all that"
        )


if __name__ == "__main__":
    main()
