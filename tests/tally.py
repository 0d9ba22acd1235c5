"""Sums what Meson and pytest ran, and says it in one last line: N passed, N failed.

    tally.py [--meson BUILD/meson-logs/NAME ...] [--pytest JUNIT.xml ...]
             [--reports BUILD ...]

A Meson log is named without its end: Meson writes NAME.json (one line a program) and
NAME.junit.xml (one case a TAP line). A program that failed without a failing case (it
crashed, hung, or ran fewer cases than announced) counts as one failure, and so do a log
that is not there and one without a test: nothing is passed over in silence. Each file
BUILD/report.* (a sanitizer wrote it: a leak is reported there while its test passes)
counts as one, too. Skipped cases are neither passed nor failed; each is named.
Exit status 1 when anything failed, or nothing passed.
"""

import argparse
import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path


class Tally:
    """How many cases passed, failed and were skipped; and which failed."""

    def __init__(self):
        self.passed = 0
        self.skipped = []
        self.failures = []

    @property
    def ran(self):
        """How many cases have a verdict."""
        return self.passed + len(self.failures)

    def fail(self, name):
        """One failure more."""
        self.failures.append(name)

    def suite(self, suite, name):
        """Counts the cases of one <testsuite>; returns how many there were and failed."""
        cases, before = suite.findall("testcase"), len(self.failures)
        for case in cases:
            called = f"{case.get('classname') or name}: {case.get('name')}"
            if case.find("failure") is not None or case.find("error") is not None:
                self.fail(called)
            elif (skip := case.find("skipped")) is not None:
                self.skipped.append(f"{called}: {skip.get('message') or 'no reason'}")
            else:
                self.passed += 1
        return len(cases), len(self.failures) - before

    def meson(self, log):
        """Counts a run of `meson test --logbase`."""
        suites = list(ET.parse(f"{log}.junit.xml").getroot().iter("testsuite"))
        with open(f"{log}.json", encoding="utf-8") as f:
            programs = [json.loads(line) for line in f]
        for program in programs:
            name, result = program["name"], program["result"]
            own = [s for s in suites if s.get("name", "").endswith("." + name)]
            counts = [self.suite(s, name) for s in own]
            cases, failed = map(sum, zip(*counts, strict=True)) if counts else (0, 0)
            if result not in ("OK", "SKIP", "EXPECTEDFAIL") and not failed:
                self.fail(f"{name}: {result.lower()}, cases seen: {cases}")
            elif not cases and result == "SKIP":
                self.fail(f"{name}: no case was run")
            elif not cases:
                self.passed += 1  # a program that speaks by its exit status

    def pytest(self, log):
        """Counts a run of `pytest --junitxml`."""
        for suite in ET.parse(log).getroot().iter("testsuite"):
            self.suite(suite, "pytest")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--meson", nargs="*", default=[], type=Path)
    parser.add_argument("--pytest", nargs="*", default=[], type=Path)
    parser.add_argument("--reports", nargs="*", default=[], type=Path)
    options = parser.parse_args()

    total = Tally()
    for kind in ("meson", "pytest"):
        for log in getattr(options, kind):
            before = total.ran
            try:
                getattr(total, kind)(log)
            except (OSError, ET.ParseError, ValueError, KeyError) as e:
                total.fail(f"{log}: {e}")
            if total.ran == before:
                total.fail(f"{log}: no test was run")
    for directory in options.reports:
        for report in sorted(directory.glob("report.*")):
            total.fail(f"{report}: a sanitizer has something to say")
    for name in total.failures:
        print(f"FAILED {name}")
    for name in total.skipped:
        print(f"SKIPPED {name}")
    if total.skipped:
        print(f"{len(total.skipped)} skipped")
    print(f"{total.passed} passed, {len(total.failures)} failed")
    return 1 if total.failures or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
