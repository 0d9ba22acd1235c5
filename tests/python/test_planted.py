"""Effects that were planted, as the page tells them: better, worse, none.

From pairs of scenarios, whose settings say what must come out, to the words of the file.
"""

import re

import pytest
import tidsbruk as tb
from tidsbruk import report

PLAN = {"replications": 12, "seed": 5}
HELD, LOOSE = 1, 0.2  # chance that the grant caps a visit whose need is larger
SELDOM, OFTEN = 0.5, 0.9  # chance that an error or a misuse is found
ERRORS, MISUSE = 0.02, 0.01  # of a visit


@pytest.fixture(scope="module")
def unit():
    """A unit with slack, in which visits are as long as is allowed."""

    def make(binding, found, group="home"):
        values = tb.preset("textbook/slack").to_dict()
        values["clients"][group] = values["clients"].pop("home")
        values["horizon"]["weeks"] = 5
        values["errors"] = {
            "per_visit": ERRORS,
            "misuse_per_visit": MISUSE,
            "found_by_chance": found,
        }
        values["regime"] = {"grants": {"granularity": "minutes", "binding": binding}}
        return tb.Scenario(values)

    return make


def told(pair, path):
    """The answer; the sign of each headline by its heading; their verdicts."""
    tb.run(dict(zip(("Rules", "Trust"), pair, strict=True)), **PLAN).report(path)
    text = path.read_text(encoding="utf-8")
    answer = re.search(r'<p class="answer">(.*?)</p>', text, re.DOTALL)[1]
    cards = re.findall(
        r'<div class="card">\s*<h3>(.*?)</h3>.*?<span class="big">(.*?)</span>'
        r'.*?<span class="verdict">(.*?)</span>',
        text,
        re.DOTALL,
    )
    assert [card[0] for card in cards] == ["Direct care", "Unmet need", "Undetected harm"]
    signs = {name: number[0] for name, number, _ in cards}
    return answer, signs, [verdict for *_, verdict in cards]


def test_what_is_better_is_told_so(unit, tmp_path):
    pair = unit(HELD, SELDOM), unit(LOOSE, OFTEN)
    answer, signs, verdicts = told(pair, tmp_path / "p.html")
    assert verdicts == ["Better", "Better", "Better"]
    assert signs == {"Direct care": "+", "Unmet need": "−", "Undetected harm": "−"}
    assert re.sub(r"[\d.]+(?= more| fewer| percentage)", "N", answer) == (
        "Compared with Rules, Trust brings N more minutes of direct care per 7.5-hour "
        "working day. It leaves N percentage points less of citizens’ need unmet. "
        "It lets N fewer cases of harm per 1,000 visits go undetected."
    )


def test_what_is_worse_is_told_so(unit, tmp_path):
    pair = unit(LOOSE, OFTEN), unit(HELD, SELDOM)
    answer, signs, verdicts = told(pair, tmp_path / "p.html")
    assert verdicts == ["Worse", "Worse", "Worse"]
    assert signs == {"Direct care": "−", "Unmet need": "+", "Undetected harm": "+"}
    assert re.sub(r"[\d.]+(?= more| fewer| percentage)", "N", answer) == (
        "Compared with Rules, Trust brings N fewer minutes of direct care per 7.5-hour "
        "working day. It leaves N percentage points more of citizens’ need unmet. "
        "It lets N more cases of harm per 1,000 visits go undetected."
    )


def test_what_is_only_chance_is_told_so(unit, tmp_path):
    """Other clients of the same kind: numbers that differ, and nothing that is clear."""
    pair = unit(HELD, SELDOM), unit(HELD, SELDOM, group="house")
    answer, _, verdicts = told(pair, tmp_path / "p.html")
    assert verdicts == ["No clear difference"] * 3
    assert answer == (
        "Compared with Rules, Trust makes no clear difference to direct care. "
        "It makes no clear difference to unmet need. "
        "It makes no clear difference to undetected harm."
    )
    for h in report.read(tmp_path / "p.html")["headlines"]:
        assert h["shown"]["difference"] != 0


def test_headlines_are_not_combined(unit, tmp_path):
    """More care and more harm in one page; and as much harm as was planted."""
    pair = unit(HELD, OFTEN), unit(LOOSE, SELDOM)
    answer, _, verdicts = told(pair, tmp_path / "p.html")
    assert verdicts == ["Better", "Better", "Worse"]
    assert "more minutes of direct care" in answer
    assert "more cases of harm" in answer
    shown = report.read(tmp_path / "p.html")["headlines"][2]["shown"]
    planted = 1000 * (ERRORS + MISUSE) * (OFTEN - SELDOM)
    assert shown["low"] < planted < shown["high"]
