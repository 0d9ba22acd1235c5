"""The demo, run again: its data are those in examples/output/, and its pictures.

Numbers are compared to nine significant digits: more than anybody reads, and fewer than
the last bit in which two machines' exp and log may differ.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from tidsbruk import report

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
KEPT = EXAMPLES / "output"
PICTURES = ["day.svg", "headlines.svg", "four_cells.svg", "where_it_flips.svg"]


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return [rounded(item) for item in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """What the demo writes now."""
    folder = tmp_path_factory.mktemp("output")
    command = [sys.executable, EXAMPLES / "the_debate.py", "--output", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_page_holds_the_same_data(made):
    now, kept = (report.read(folder / "the_debate.html") for folder in (made, KEPT))
    assert now.keys() == kept.keys()
    for key in now:
        assert rounded(now[key]) == rounded(kept[key]), key


def test_the_numbers_of_the_story_are_the_same(made):
    now, kept = (
        json.loads((folder / "the_debate.json").read_text(encoding="utf-8"))
        for folder in (made, KEPT)
    )
    assert rounded(now) == rounded(kept)


def test_the_story_is_told_in_the_same_words(made):
    now, kept = (
        (folder / "the_debate.txt").read_text(encoding="utf-8") for folder in (made, KEPT)
    )
    assert now == kept


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_the_same_parts(made, name):
    now, kept = ((folder / name).read_text(encoding="utf-8") for folder in (made, KEPT))
    assert parts(now) == parts(kept)


def parts(picture):
    """How many of each element, and every label."""
    elements = Counter(re.findall(r"<([a-z]+)", picture))
    assert elements["text"] > 3, "a picture without words"
    return elements, sorted(re.findall(r"<text[^>]*>([^<]*)", picture))
