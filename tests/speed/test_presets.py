"""Gates what an event of each preset takes, beside one of the district of home care.

    test_presets.py SIMULATE BENCHMARKS

SIMULATE is the program, BENCHMARKS the directory with callgrind.py. An event is a visit
or call begun or a record written or told. Every preset there is, is measured. Speaks TAP.
"""

import sys

DISTRICT = "home_care/npm"
MOST = 3  # times what an event of the district takes


def main():
    program, benchmarks = sys.argv[1:]
    sys.path.insert(0, benchmarks)
    import callgrind

    names = callgrind.presets(program)
    district = callgrind.per_start_or_record(program, DISTRICT)
    print(f"1..{len(names)}")
    for number, name in enumerate(names, 1):
        try:
            each = callgrind.per_start_or_record(program, name)
        except (RuntimeError, ZeroDivisionError) as e:
            print(f"not ok {number} - {name}\n# {e}".replace("\n", "\n# "))
            continue
        holds = each <= MOST * district
        print(f"{'ok' if holds else 'not ok'} {number} - {name}")
        print(f"# {each:.0f} instructions an event, {each / district:.2f} of {DISTRICT}")


if __name__ == "__main__":
    main()
