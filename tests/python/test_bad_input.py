"""No input, however bad, crashes, hangs or leaks: a named error, or a finished run."""

import math
import random
import signal
import sys

import pytest
import tidsbruk as tb

BAD = [math.nan, math.inf, -math.inf, -1.0, 0.0, 5e-324, sys.float_info.max]
SECONDS = 10


@pytest.fixture
def limit():
    """Ends a test that takes too long: handlers of signals run during a run, too."""

    def over(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, over)

    def start():
        signal.setitimer(signal.ITIMER_REAL, SECONDS)

    yield start
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def attempt(function):
    """What a function gives and None, or None and the error that it raises."""
    try:
        return function(), None
    except tb.Error as e:
        return None, e


def numeric():
    return [
        v.path for v in tb.preset("home_care/npm").values() if v.kind in ("real", "count")
    ]


@pytest.mark.parametrize("path", numeric())
def test_every_number_of_a_scenario(npm, path, limit):
    plan = {"replications": 1, "weeks": 1, "warmup": 0, "threads": 1}
    groups = {p.split(".")[0] for p in npm}  # what contradicts may stand elsewhere
    for value in BAD:
        limit()
        result, error = attempt(lambda v=value: tb.run(npm.replace({path: v}), **plan))
        if error:
            assert error.status in ("TB_ERR_TYPE", "TB_ERR_VALUE", "TB_ERR_LIMIT")
            assert any(group in str(error) for group in groups)
        else:
            for outcome in result.outcomes:
                assert all(map(math.isfinite, result.column(result.names[0], outcome)))


@pytest.mark.parametrize("name", ["replications", "seed", "weeks", "warmup", "threads"])
@pytest.mark.parametrize(
    "value", [*BAD, 0, -1, 2**31, 2**32, 2**64, 10**30, "3", b"", [], 1j]
)
def test_every_number_of_a_plan(npm, name, value, limit):
    limit()
    plan = {"replications": 2, "weeks": 1, "warmup": 0, name: value}
    result, error = attempt(lambda: tb.run(npm, **plan))
    if error:
        assert error.status in ("TB_ERR_TYPE", "TB_ERR_VALUE", "TB_ERR_LIMIT")
        assert name in str(error)
    else:
        assert result.replications == 2


def test_more_than_memory_holds_is_an_error(npm, limit):
    limit()
    with pytest.raises((tb.Error, MemoryError, TimeoutError)):
        tb.run(npm, replications=1_000_000, weeks=520, weekly=True)


def test_counts_that_are_too_many(npm, limit):
    for path in numeric():
        if path.endswith(".count"):
            limit()
            high = npm.value(path).high
            with pytest.raises(tb.Error):
                npm.replace({path: high + 1})


def test_random_texts_for_random_paths(npm):
    dice = random.Random(5)
    paths = [v.path for v in npm.values()]
    letters = "0123456789.,-+eExX_ ()=naif\t\"'\\%$åø\x7f"
    plain = npm._plain.copy()
    for _ in range(20_000):
        path = dice.choice(paths)
        if dice.random() < 0.3:
            at = dice.randrange(len(path))
            path = path[:at] + dice.choice(letters + "." + path) + path[at + 1 :]
        text = "".join(dice.choices(letters, k=dice.randrange(40)))
        _, error = attempt(lambda p=path, t=text: plain.set(p, t))
        assert error is None or error.faults == [(path, str(error))]
    plain.check()
    plain.hash()


def test_mutated_files(tmp_path):
    dice = random.Random(6)
    text = """title = "A"
extends = "home_care/npm"
remove = ["obligations.visit_registration"]
[obligations.plan]
trigger = "week"
minutes = { kind = "gamma", mean = 4, cv = 0.5, source = { low = 1, high = 9 } }
[regime.teams]
meeting_minutes = { value = 30, grade = "assumed", low = 15, high = 45, note = "x" }
"""
    path = tmp_path / "mutated.toml"
    fine = 0
    for _ in range(1500):
        data = bytearray(text.encode())
        for _ in range(dice.randrange(1, 4)):
            at = dice.randrange(len(data))
            kind = dice.randrange(3)
            if kind == 0:
                data[at] = dice.randrange(256)
            elif kind == 1:
                del data[at : at + dice.randrange(1, 12)]
            else:
                data[at:at] = data[dice.randrange(len(data)) :][: dice.randrange(12)]
        path.write_bytes(data)
        _, error = attempt(lambda: tb.load(path))
        fine += error is None
        assert error is None or all(str(path) in message for _, message in error.faults)
    assert 0 < fine < 1500


def test_the_library_prints_nothing(python):
    done = python(
        """
import tidsbruk as tb
npm = tb.preset("home_care/npm")
for bad in ({"x": 1}, {"horizon.weeks": "nan"}, {"regime.teams.pooling": float("inf")}):
    try:
        npm.replace(bad)
    except tb.ScenarioError:
        pass
tb.run(npm, replications=2, weeks=1, warmup=0)
"""
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
