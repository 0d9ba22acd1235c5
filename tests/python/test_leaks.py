"""Nothing is lost: memory over many runs, references, interpreters that come and go."""

import os
import sys
from pathlib import Path

import pytest
import tidsbruk._core

LEAKS = """
import gc, os, sys
import tidsbruk as tb
from tidsbruk import _core
npm = tb.preset("textbook/mmc")
def once():
    s = npm.replace({"regime.teams.meeting_minutes": 3})
    s.values(); s.check(); hash(s); s.diff(npm); s.to_dict()
    try:
        npm.replace({"regime.teams.x": 3, "staff.carers.count": "x"})
    except tb.ScenarioError:
        pass
    r = tb.run({"a": npm, "b": s}, replications=2, weeks=1, warmup=0)
    r.compare().to_dict()
    r.__arrow_c_stream__()
    memoryview(r.column("a", "time.direct_share")).tolist()
    try:
        r._plain.column(9, "x", 0)
    except IndexError:
        pass
    tb.trace(npm, weeks=1, warmup=0).columns
    try:
        tb.run(npm, replications=2, weeks=1, warmup=0, progress=lambda *_: 1 / 0)
    except ZeroDivisionError:
        pass
def resident():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * os.sysconf("SC_PAGESIZE")
def counts():
    gc.collect()
    kept = _core.Scenario, _core.Result, _core.Column, _core.Log, _core.ScenarioError
    return [sys.getrefcount(x) for x in (*kept, npm)]
for _ in range(20):
    once()
before, sizes = counts(), [resident()]
for _ in range(4):
    for _ in range(20):
        once()
    sizes.append(resident())
after = counts()
grown = [b - a for a, b in zip(sizes, sizes[1:])]
print([b - a for a, b in zip(before, after)], grown)
assert all(abs(b - a) <= 2 for a, b in zip(before, after))
assert min(grown) < 60_000, grown  # a leak grows every time, other memory now and then
"""

STREAMS = """
import os
import pyarrow
import tidsbruk as tb
result = tb.run(tb.preset("home_care/npm"), replications=2, weeks=1, warmup=0)
def resident():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * os.sysconf("SC_PAGESIZE")
sizes = []
for _ in range(5):
    for _ in range(300):
        pyarrow.table(result)
        result.__arrow_c_stream__()
    sizes.append(resident())
grown = [b - a for a, b in zip(sizes, sizes[1:])]
assert min(grown) < 60_000, grown
"""

INTERPRETERS = """
import sys
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
script = '''
import tidsbruk as tb
result = tb.run(tb.preset("home_care/npm"), replications=2, weeks=1, warmup=0)
assert result.replications == 2
try:
    tb.preset("none")
except tb.ScenarioError:
    pass
'''
import tidsbruk as tb
kept = tb.run(tb.preset("home_care/npm"), replications=2, weeks=1, warmup=0)
for _ in range(3):
    one = interpreters.create()
    failed = interpreters.run_string(one, script)
    assert not failed, failed
    interpreters.destroy(one)
assert kept.estimate(kept.names[0], "time.direct_share").n == 2
"""

RELOADED = """
import gc, sys, weakref
import tidsbruk._core
kept = []
for _ in range(3):
    kept.append(weakref.ref(sys.modules.pop("tidsbruk._core")))
    for name in [n for n in sys.modules if n.startswith("tidsbruk")]:
        del sys.modules[name]
    import tidsbruk._core
    tidsbruk._core.Scenario().values()
del tidsbruk
gc.collect()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_memory_and_references(python):
    done = python(LEAKS, timeout=300, env={**os.environ, "MALLOC_ARENA_MAX": "1"})
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_memory_of_streams(python):
    pytest.importorskip("pyarrow")
    done = python(STREAMS, timeout=300)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def flat(tmp_path):
    """An environment that finds the package in one folder, as an installed one is.

    An editable package asks its build whether it is up to date, and an interpreter of its
    own may start no process.
    """
    package, source = tmp_path / "tidsbruk", Path(tidsbruk.__file__).parent
    core = Path(tidsbruk._core.__file__)
    for file in source.rglob("*.py"):
        place = package / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(file)
    (package / core.name).symlink_to(core)
    skip = os.pathsep.join(str(folder) for folder in core.parents)
    return {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "MESONPY_EDITABLE_SKIP": skip,
    }


def test_interpreters_of_their_own(python, flat):
    done = python(INTERPRETERS, env=flat)
    refused = (
        "does not support loading in subinterpreters"  # the stable ABI cannot say yes
    )
    assert done.returncode == 0 or refused in done.stderr, done.stderr


def test_importing_again(python):
    done = python(RELOADED)
    assert done.returncode == 0, done.stderr
