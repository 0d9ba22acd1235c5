"""The command line in an unkind world: closed, full and narrow streams, odd files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SHORT = ("--replications", "2", "--weeks", "1", "--warmup", "0")
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")


@pytest.fixture
def shell(tmp_path):
    """Runs `tidsbruk` with what a shell makes of its streams."""

    def run(*words, streams="", **environment):
        command = f'exec "$@" {streams}'
        return subprocess.run(
            ["sh", "-c", command, "sh", sys.executable, "-m", "tidsbruk", *words],
            capture_output=True,
            timeout=60,
            check=False,
            cwd=tmp_path,
            env={**os.environ, **environment},
        )

    return run


@needs_full
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("--version",),
        ("--print-completion", "bash"),
        ("presets",),
        ("schema",),
        ("presets", "home_care/npm", "--json"),
        ("run", "textbook/mmc", *SHORT),
    ],
)
def test_a_full_disk_is_told_in_a_line(shell, words, unbuffered):
    done = shell(*words, streams=f">{FULL}", PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == ["tidsbruk: No space left on device"]


@pytest.mark.parametrize("streams", [">&-", "2>&-", "<&-", ">&- 2>&-"])
def test_streams_may_be_closed(shell, streams):
    done = shell("run", "textbook/mmc", *SHORT, streams=streams)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    if ">&-" not in streams.split():
        assert b"calls" in done.stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_encoding_of_the_terminal_will_do(shell, encoding):
    words = ("presets", "home_care/trust")
    done = shell(*words, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "39-40 (Norway)" in done.stdout.decode(encoding)
    data = json.loads(shell(*words, "--json", PYTHONIOENCODING=encoding).stdout)
    assert "§§" in data["obligations"]["journal"]["citation"]["value"]


def test_one_world_has_no_interval_in_json(shell):
    done = shell("run", "textbook/mmc", "--replications", "1", "--weeks", "1", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    rows = json.loads(done.stdout)["outcomes"]
    assert rows[0]["estimates"][0]["mean"] > 0
    assert rows[0]["estimates"][0]["low"] is None


def test_a_plot_has_a_kind(shell):
    for name in ("plot.bmp", "plot", "/dev/full"):
        done = shell("warmup", "textbook/mmc", "--plot", name)
        assert done.returncode == 2
        said = f"tidsbruk: --plot {name}: it ends in .png or .svg\n"
        assert done.stderr.decode() == said


@pytest.mark.parametrize(
    "words",
    [
        ("report", "textbook/mmc", "textbook/mmc", *SHORT, "-o"),
        ("schema", "-o"),
        ("duties",),
    ],
)
def test_a_folder_is_no_file(shell, tmp_path, words):
    (tmp_path / "folder").mkdir()
    done = shell(*words, "folder")
    assert done.returncode == 1
    assert done.stderr.decode() == "tidsbruk: folder: Is a directory\n"
