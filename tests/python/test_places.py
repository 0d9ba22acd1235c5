"""Where the keys of a file are, and faults that say so."""

import json
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import tidsbruk as tb
from tidsbruk.places import json_places, toml_places

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("lib/presets/**/*.toml"), *ROOT.glob("examples/**/*.toml")])


def paths_of(table, prefix=""):
    for key, value in table.items():
        yield prefix + key
        if isinstance(value, dict):
            yield from paths_of(value, f"{prefix}{key}.")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_every_key_of_a_shipped_file_is_found(file):
    text = file.read_text(encoding="utf-8")
    places, lines = toml_places(text), text.split("\n")
    assert set(places) == set(paths_of(tomllib.loads(text)))
    for path, (line, column) in places.items():
        assert lines[line - 1][column - 1 :].lstrip("\"'").startswith(path.split(".")[-1])


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_every_key_of_a_json_file_is_found(indent):
    table = tb.preset("home_care/npm").to_dict(sources=True)
    text = json.dumps(table, indent=indent)
    places = json_places(text)
    assert set(places) == set(paths_of(table))
    line, column = places["regime.grants.binding.value"]
    assert text.split("\n")[line - 1][column - 1 :].startswith('"value"')


HARD = '''\
# a = 1
"title" = "a # [b] = {c = 1} \\" x" # [no]
'note' = 'x = "1"'
text = """
[not.a.table]
k = 1 \\""" still
"""
other = \'\'\'
[nor.this]\'\'\'
[ a . "b c" . d ]
e.f = [1, {g = 2}, [3, "]"],
  # comment ]
  4]
h = { i = 1, j.k = { l = "}" } , m = [ ] }
[[n]]
o = 1979-05-27 07:32:00
[a.p]
q=-1.5e3
'''


def test_hard_toml():
    places = toml_places(HARD)
    assert set(places) == {
        "title", "note", "text", "other", "a", "a.b c", "a.b c.d", "a.b c.d.e",
        "a.b c.d.e.f", "a.b c.d.h", "a.b c.d.h.i", "a.b c.d.h.j", "a.b c.d.h.j.k",
        "a.b c.d.h.j.k.l", "a.b c.d.h.m", "n", "n.o", "a.p", "a.p.q",
    }  # fmt: skip
    tomllib.loads(HARD)
    assert places["title"] == (2, 1)
    assert places["a.b c.d"] == (10, 15)
    assert places["a.b c.d.h.j.k.l"] == (14, 22)
    assert places["a.p.q"] == (18, 1)


def faults_of(path):
    with pytest.raises(tb.ScenarioError) as caught:
        tb.load(path)
    assert str(caught.value).splitlines() == [f.message for f in caught.value.faults]
    return [(f.path, f.file, f.line, f.column, f.value) for f in caught.value.faults]


def test_every_fault_says_its_place(tmp_path):
    file = tmp_path / "a.toml"
    file.write_text(
        'extends = "textbook/mmc"\n'
        "[horizon]\n"
        "weeks = 0\n"
        "  wekks = 3\n"
        '[regime]\ngrants = { binding = "often", fill = 0.5 }\n'
        "[absence.spell_days]\n"
        'kind = "lognormal"\nmean = 4\nmaen = 3\n',
        encoding="utf-8",
    )
    name = str(file)
    assert faults_of(file) == [
        ("horizon.weeks", name, 3, 1, "0"),
        ("horizon.wekks", name, 4, 3, "3"),
        ("regime.grants.binding", name, 6, 12, "often"),
        ("absence.spell_days.maen", name, 10, 1, "3"),
    ]


def test_json_files_say_places_too(tmp_path):
    file = tmp_path / "a.json"
    file.write_text('{\n "horizon": {\n  "weeks": 0,\n "x": {}}\n}\n', encoding="utf-8")
    assert faults_of(file) == [
        ("horizon.weeks", str(file), 3, 3, "0"),
        ("horizon.x", str(file), 4, 2, None),
    ]


def test_a_chain_of_files_says_which(tmp_path):
    """Faults of all files at once; one of the whole is where its path was said last."""
    (tmp_path / "base.toml").write_text(
        'extends = "textbook/mmc"\nhorizon.weeks = 0\nabsence.spell_days = 3\n',
        encoding="utf-8",
    )
    top = tmp_path / "top.toml"
    top.write_text(
        'extends = "base.toml"\n\nhorizon.warmup_weeks = 900\n', encoding="utf-8"
    )
    base = str(tmp_path / "base.toml")
    assert faults_of(top) == [
        ("horizon.weeks", base, 2, 9, "0"),
        ("horizon.warmup_weeks", str(top), 3, 9, "900"),
    ]
    (tmp_path / "base.toml").write_text(
        'extends = "textbook/mmc"\n[absence]\n'
        'spell_days = { kind = "gamma", mean = 3 }\n',
        encoding="utf-8",
    )
    top.write_text('extends = "base.toml"\n\nhorizon.weeks = 3\n', encoding="utf-8")
    assert faults_of(top) == [("absence.spell_days", base, 3, 1, None)]
    top.write_text(
        'extends = "base.toml"\n\nabsence.spell_days.mean = 4\n', encoding="utf-8"
    )
    assert faults_of(top)[0][1:4] == (str(top), 3, 9)


def test_extends_says_where(tmp_path):
    file = tmp_path / "a.toml"
    file.write_text('title = "x"\nextends = "no/such"\n', encoding="utf-8")
    assert faults_of(file) == [("extends", str(file), 2, 1, None)]
    file.write_text("title = 3\n[[[\n", encoding="utf-8")
    assert faults_of(file)[0][1:3] == (str(file), 2)


def test_a_grade_that_is_none_is_named(tmp_path):
    file = tmp_path / "a.toml"
    file.write_text(
        'extends = "textbook/mmc"\nhorizon.weeks = { value = 3, grade = "asumed" }\n',
        encoding="utf-8",
    )
    assert faults_of(file) == [("horizon.weeks", str(file), 2, 9, "asumed")]


def test_what_the_page_on_scenarios_shows_works(tmp_path):
    page = (ROOT / "docs/scenarios.md").read_text(encoding="utf-8")
    blocks = [
        "".join(f"{line[4:]}\n" for line in part.splitlines())
        for part in page.split("\n\n")
        if part.startswith("    ")
    ]
    (toml,) = [b + rest for b, rest in pairwise(blocks) if "#:" in b]
    file = tmp_path / "district.toml"
    file.write_text(toml, encoding="utf-8")
    assert tb.load(file)["obligations.journal.probability"] == 0.4
    (text,) = [b for b in blocks if b.startswith("tidsbruk scenario 1")]
    assert tb.Scenario.from_text(text).to_text() == text
    (code,) = [b for b in blocks if b.startswith("npm.replace")]
    names = {"npm": tb.preset("home_care/npm"), "scipy": pytest.importorskip("scipy")}
    import scipy.stats  # noqa: F401

    assert eval(code, names)["travel.leg.kind"] == "lognormal"
