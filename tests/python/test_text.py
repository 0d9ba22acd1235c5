"""Canonical text and links, as Python sees them."""

import base64
import hashlib
import zlib

import pytest
import tidsbruk as tb
from tidsbruk.text import LINK

PRESETS = sorted(tb.presets())


@pytest.mark.parametrize("name", PRESETS)
def test_text_and_back(name):
    scenario = tb.preset(name)
    again = tb.Scenario.from_text(scenario.to_text())
    assert again == scenario
    assert repr(again.values()) == repr(scenario.values())  # with sources
    assert again.title == scenario.title
    assert tb.Scenario.from_text(scenario.text) == scenario
    assert again.text == scenario.text


def test_texts_are_equal_when_scenarios_are():
    npm = tb.preset("home_care/npm")
    other = npm.replace({"regime.teams.meeting_minutes": 31.5})
    assert other.text != npm.text
    assert other.key != npm.key
    back = other.replace(
        {"regime.teams.meeting_minutes": npm["regime.teams.meeting_minutes"]}
    )
    assert (back.text, back.key, back.hash) == (npm.text, npm.key, npm.hash)
    assert back.key == hashlib.sha256(npm.text.encode()).hexdigest()


def test_a_text_says_the_item_that_is_all_default():
    with_item = tb.Scenario({"obligations": {"plan": {}}})
    assert with_item.text == "tidsbruk scenario 1\nobligations.plan\n"
    assert with_item != tb.Scenario()


def test_titles_stand_on_the_first_line():
    s = tb.Scenario(title="Blåbærskogen: \n a pilot # 2")
    assert s.to_text() == "tidsbruk scenario 1: Blåbærskogen: a pilot # 2\n"
    assert tb.Scenario.from_text(s.to_text()).title == "Blåbærskogen: a pilot # 2"
    assert tb.Scenario.from_text("# no: title\ntidsbruk scenario 1\n").title == ""


def test_all_faults_of_a_text_come_together():
    text = "tidsbruk scenario 1\nhorizon.weeks = 0\n\nhorizon.week = 3\nx y\n"
    with pytest.raises(tb.ScenarioError) as caught:
        tb.Scenario.from_text(text)
    faults = caught.value.faults
    assert [f.line for f in faults] == [2, 4, 5]
    assert [f.path for f in faults] == ["horizon.weeks", "horizon.week", ""]
    assert str(caught.value).splitlines() == [f.message for f in faults]
    assert "line 2: horizon.weeks = 0 is out of bounds" in faults[0].message
    assert 'did you mean "horizon.weeks"?' in faults[1].message
    assert caught.value.status == "TB_ERR_VALUE"


def test_a_lone_surrogate_is_told_with_its_line():
    with pytest.raises(tb.ScenarioError) as caught:
        tb.Scenario.from_text("tidsbruk scenario 1\nx = \ud800\n")
    assert caught.value.faults[0].line == 2


@pytest.mark.parametrize("name", PRESETS)
def test_link_and_back(name):
    scenario = tb.preset(name)
    link = scenario.link()
    assert link.isascii()
    assert not set(link) - set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:"
    )
    again = tb.Scenario.from_link(link)
    assert again == scenario
    assert repr(again.values()) == repr(scenario.values())
    assert again.title == scenario.title
    wrapped = "\n".join(link[i : i + 70] for i in range(0, len(link), 70))
    assert tb.Scenario.from_link(f" {wrapped}\n") == scenario


def packed(text, *, behind=b""):
    return LINK + base64.urlsafe_b64encode(zlib.compress(text.encode()) + behind).decode()


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("", "does not begin with tidsbruk:"),
        ("https://example.org", "does not begin with tidsbruk:"),
        ("tidsbruk:", "only links that begin with tidsbruk:1:"),
        ("tidsbruk:2:abc", "only links that begin with tidsbruk:1:"),
        (LINK, "part of it is missing"),
        (LINK + "a", "damaged"),
        (LINK + "æ", "damaged"),
        (LINK + "a+/=", "damaged"),
        (tb.Scenario().link()[:-4], "part of it is missing"),
        (packed("tidsbruk scenario 1\n", behind=b"x"), "something stands behind it"),
        (packed("tidsbruk scenario 1\n" * 300_000), "more than a scenario can"),
        (packed("horizon.weeks = 3\n"), "no text of a scenario"),
    ],
)
def test_what_is_no_link_is_refused_in_words(link, says):
    with pytest.raises(tb.ScenarioError, match=says):
        tb.Scenario.from_link(link)


def test_no_changed_character_goes_unseen():
    """The checksum is that of the text; changed bits of padding change nothing."""
    scenario = tb.Scenario({"staff": {"nurses": {"count": 3}}}, title="Ward")
    link, unseen = scenario.link(), []
    for i in range(len(LINK), len(link)):
        other = link[:i] + ("A" if link[i] != "A" else "B") + link[i + 1 :]
        try:
            again = tb.Scenario.from_link(other)
        except tb.ScenarioError:
            continue
        assert (again.text, again.title) == (scenario.text, scenario.title)
        unseen.append(i)
    assert len(unseen) <= 2


def test_the_command_line_takes_text_and_link(tmp_path, capsys):
    from tidsbruk.cli import main

    change = ["--set", "regime.teams.meeting_minutes=33"]
    assert main(["presets", "textbook/mmc", "--text", *change]) == 0
    text = capsys.readouterr().out
    assert "regime.teams.meeting_minutes = 33\n" in text
    file = tmp_path / "mmc.txt"
    file.write_text(text, encoding="utf-8")
    assert main(["presets", str(file), "--link"]) == 0
    link = capsys.readouterr().out.strip()
    assert link.startswith(LINK)
    assert main(["validate", link, str(file)]) == 0
    assert main(["presets", link, "--text"]) == 0
    assert capsys.readouterr().out.endswith(text)
    file.write_text(text + "horizon.weeks = 0\nz = 3\n", encoding="utf-8")
    assert main(["validate", str(file)]) == 3
    told = capsys.readouterr().out.splitlines()
    lines = text.count("\n")
    assert [line.split(": ")[0] for line in told] == [
        f"{file}:{lines + 1}",
        f"{file}:{lines + 2}",
    ]
