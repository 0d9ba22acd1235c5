"""tests/tally.py counts truthfully: the last line of ./dev test is as good as this."""

import json
import subprocess
import sys
from pathlib import Path

TALLY = Path(__file__).parents[1] / "tally.py"

CASES = {
    "ok": '<testcase name="a" classname="x"/>',
    "fail": '<testcase name="b" classname="x"><failure/></testcase>',
    "error": '<testcase name="c" classname="x"><error/></testcase>',
    "skip": '<testcase name="d" classname="x"><skipped message="no map"/></testcase>',
}


def meson_log(directory, programs):
    """A pair of logs as `meson test` writes them: {program: (result, cases)}."""
    suites = "".join(
        f'<testsuite name="tidsbruk.unit - tidsbruk:{name}">'
        f"{''.join(CASES[c] for c in cases)}</testsuite>"
        for name, (_, cases) in programs.items()
    )
    (directory / "all.junit.xml").write_text(f"<testsuites>{suites}</testsuites>")
    lines = (
        json.dumps({"name": f"unit - tidsbruk:{name}", "result": result})
        for name, (result, _) in programs.items()
    )
    (directory / "all.json").write_text("\n".join(lines))
    return directory / "all"


def pytest_log(directory, cases):
    log = directory / "pytest.xml"
    inner = "".join(CASES[c] for c in cases)
    log.write_text(f"<testsuites><testsuite>{inner}</testsuite></testsuites>")
    return log


def tally(*arguments):
    """The last line and the exit status."""
    run = said(*arguments)
    return run.stdout.splitlines()[-1], run.returncode


def said(*arguments):
    return subprocess.run(
        [sys.executable, TALLY, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_cases_of_both_halves_are_summed(tmp_path):
    meson = meson_log(
        tmp_path, {"queue": ("OK", ["ok", "ok"]), "law": ("OK", ["ok", "skip"])}
    )
    pytest = pytest_log(tmp_path, ["ok", "ok"])
    assert tally("--meson", meson, "--pytest", pytest) == ("5 passed, 0 failed", 0)


def test_a_skipped_case_is_named_with_its_reason(tmp_path):
    lines = said("--pytest", pytest_log(tmp_path, ["ok", "skip"])).stdout.splitlines()
    assert lines == ["SKIPPED x: d: no map", "1 skipped", "1 passed, 0 failed"]


def test_each_failing_case_counts_once(tmp_path):
    meson = meson_log(tmp_path, {"queue": ("FAIL", ["ok", "fail", "fail"])})
    pytest = pytest_log(tmp_path, ["ok", "error"])
    assert tally("--meson", meson, "--pytest", pytest) == ("2 passed, 3 failed", 1)


def test_a_program_that_died_counts_though_all_its_cases_passed(tmp_path):
    meson = meson_log(tmp_path, {"queue": ("ERROR", ["ok"]), "law": ("TIMEOUT", ["ok"])})
    assert tally("--meson", meson) == ("2 passed, 2 failed", 1)


def test_a_program_without_cases_counts_as_failed(tmp_path):
    meson = meson_log(tmp_path, {"queue": ("SKIP", []), "law": ("OK", ["ok"])})
    assert tally("--meson", meson) == ("1 passed, 1 failed", 1)


def test_a_missing_or_broken_or_empty_log_counts_as_failed(tmp_path):
    assert tally("--pytest", tmp_path / "none.xml") == ("0 passed, 1 failed", 1)
    (tmp_path / "cut.xml").write_text("<testsuites><tests")
    assert tally("--pytest", tmp_path / "cut.xml") == ("0 passed, 1 failed", 1)
    assert tally("--pytest", pytest_log(tmp_path, [])) == ("0 passed, 1 failed", 1)


def test_nothing_run_is_no_success():
    assert tally() == ("0 passed, 0 failed", 1)


def test_a_sanitizers_report_counts_as_failed(tmp_path):
    (tmp_path / "report.17").write_text("leak")
    log = pytest_log(tmp_path, ["ok"])
    assert tally("--pytest", log, "--reports", tmp_path) == ("1 passed, 1 failed", 1)
