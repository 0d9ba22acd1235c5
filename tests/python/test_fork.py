"""Runs around fork, spawn and forkserver: nothing hangs, and the answer is the same."""

import sys

import pytest

HEAD = """
import os, sys, threading
import tidsbruk as tb
npm = tb.preset("home_care/npm")
def run(threads=2):
    plan = dict(replications=6, weeks=1, warmup=0, threads=threads)
    return tb.run({"NPM": npm}, **plan).hash("NPM")
def child(function):
    pid = os.fork()
    if pid == 0:
        try:
            os._exit(0 if function() else 1)
        except BaseException as e:
            print(repr(e), file=sys.stderr, flush=True)
            os._exit(2)
    _, status = os.waitpid(pid, 0)
    assert status == 0, status
"""

BEFORE = """
child(lambda: run())
expected = run()
"""

AFTER = """
expected = run()
for threads in (2, 3, 1, 0):
    child(lambda: run(threads) == expected)
assert run() == expected
"""

CHILD_OF_CHILD = """
expected = run()
def inner():
    assert run() == expected
    child(lambda: run() == expected)
    return run() == expected
child(inner)
"""

DURING = """
import time
expected = run()
started = threading.Event()
def long():
    try:
        tb.run(npm, replications=40_000, weeks=13, progress=tell)
    except StopIteration:
        pass
stop = False
def tell(*_):
    started.set()
    if stop:
        raise StopIteration
thread = threading.Thread(target=long)
thread.start()
started.wait()
for _ in range(5):
    time.sleep(0.02)
    child(lambda: run() == expected)
stop = True
thread.join()
assert run() == expected
"""

IN_A_CALLBACK = """
expected = run()
pids = []
def fork_once(*_):
    if not pids:
        pids.append(os.fork())
try:
    r = tb.run({"NPM": npm}, replications=4000, weeks=1, warmup=0, progress=fork_once)
except RuntimeError as e:
    assert "forked" in str(e) and pids == [0], e
    os._exit(0 if run() == expected else 3)
assert pids and pids[0] > 0
_, status = os.waitpid(pids[0], 0)
assert status == 0, status
"""

POOL = """
import multiprocessing
def task(_):
    return run()
if __name__ == "__main__":
    expected = run()
    with multiprocessing.get_context(METHOD).Pool(2) as pool:
        assert set(pool.map(task, range(4))) == {expected}
    assert run() == expected
"""


@pytest.mark.skipif(
    not hasattr(sys, "platform") or sys.platform == "win32", reason="no fork"
)
@pytest.mark.parametrize(
    "script",
    [
        pytest.param(BEFORE, id="before"),
        pytest.param(AFTER, id="after"),
        pytest.param(CHILD_OF_CHILD, id="child of child"),
        pytest.param(DURING, id="during"),
        pytest.param(IN_A_CALLBACK, id="in a callback"),
    ],
)
def test_fork(python, script):
    done = python(HEAD + script, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_pools_of_processes(method, tmp_path):
    import subprocess

    script = tmp_path / "pool.py"  # spawn wants a file
    script.write_text(HEAD + f"METHOD = {method!r}\n" + POOL)
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_run_of_a_daemon_thread_does_not_hold_up_the_end(python):
    done = python(
        HEAD
        + """
started = threading.Event()
def long():
    tb.run(npm, replications=40_000, weeks=9, progress=lambda *_: started.set())
threading.Thread(target=long, daemon=True).start()
started.wait()
print("over")
""",
        timeout=20,
    )
    assert (done.returncode, done.stdout) == (0, "over\n"), done.stderr
