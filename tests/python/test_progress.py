"""Bars: in a terminal, in a notebook, and none where nobody looks."""

import os
import pty
import subprocess
import sys

import pytest
import tidsbruk as tb
from tidsbruk.progress import _NotebookBar, asked

PLAN = {"replications": 3, "weeks": 1, "warmup": 0}
SCRIPT = """
import tidsbruk as tb
tb.run(tb.preset("home_care/npm"), replications=300, weeks=2, warmup=0, progress=True)
"""


class Page:
    """What a notebook shows: a list of what one element of it was."""

    def __init__(self):
        self.shown = []

    def display(self, data, *, raw, display_id):
        assert raw
        assert display_id
        self.shown.append(data)
        return self

    def update(self, data, *, raw):
        assert raw
        self.shown.append(data)


def test_a_notebook_sees_an_element_that_goes_away(npm):
    page = Page()
    with _NotebookBar("<runs>", page.display) as bar:
        tb.run(npm, progress=bar.update, **PLAN)
    texts = [data["text/plain"] for data in page.shown]
    assert texts[0] == "<runs>"
    assert texts[-2] == "<runs>: 3 of 3"
    assert 'value="3" max="3"' in page.shown[-2]["text/html"]
    assert "&lt;runs&gt;" in page.shown[-2]["text/html"]
    assert page.shown[-1] == {"text/html": "", "text/plain": ""}


def test_a_terminal_sees_simulations_counted():
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    command = [sys.executable, "-c", SCRIPT]
    with subprocess.Popen(command, stderr=follower, env=environment) as process:
        os.close(follower)
        seen = b""
        while True:
            try:
                part = os.read(leader, 4096)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            seen += part
        assert process.wait(60) == 0
    os.close(leader)
    assert b"simulations" in seen
    assert b"/300" in seen


def test_a_pipe_sees_nothing(python):
    done = python(SCRIPT.replace("300", "3"))
    assert done.returncode == 0
    assert done.stderr == done.stdout == ""


@pytest.mark.parametrize("nothing", [None, False])
def test_no_bar_unless_asked(nothing):
    with asked(nothing, "runs") as told:
        assert told is None
