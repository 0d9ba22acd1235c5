"""The JSON Schema takes what the loader takes, and refuses what it refuses."""

import json
import tomllib
from pathlib import Path

import hypothesis.strategies as st
import pytest
import tidsbruk as tb
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from tidsbruk.schemas import NAME, forms

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("lib/presets/**/*.toml"), *ROOT.glob("examples/**/*.toml")])
SETTINGS = tb.settings()
VALUES = [s for s in SETTINGS if s.kind not in ("group", "list", "law")]
LAWS = {s.path: s for s in SETTINGS if s.kind == "law"}
SOURCE = {"grade": "assumed", "evidence": "E001"}
VALIDATOR = Draft202012Validator(tb.schema())


def faults(table):
    """What the schema says against a table."""
    return [f"{e.json_path}: {e.message[:200]}" for e in VALIDATOR.iter_errors(table)]


def nested(path, value):
    """A table with one value; its items are called name."""
    for part in reversed(path.replace(NAME, "name").split(".")):
        value = {part: value}
    return value


def merged(a, b):
    """Two nested tables as one."""
    out = dict(a)
    for key, value in b.items():
        both = isinstance(value, dict) and isinstance(out.get(key), dict)
        out[key] = merged(out[key], value) if both else value
    return out


def test_it_is_a_schema():
    Draft202012Validator.check_schema(tb.schema())
    json.dumps(tb.schema(), allow_nan=False)


def test_every_setting_is_in_it():
    for s in SETTINGS:
        node, below_law = VALIDATOR.schema, False
        for part in s.path.split("."):
            if below_law:
                node = node["anyOf"][-1]
            node = (
                node["additionalProperties"] if part == NAME else node["properties"][part]
            )
            below_law = "anyOf" in node
        assert s.doc in node["description"]
        assert node.get("x-unit", "") == s.unit


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_shipped_files_are_fine(file):
    assert len(FILES) >= 4
    assert not faults(tomllib.loads(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", sorted(tb.presets()))
def test_presets_as_tables_are_fine(name):
    for sources in (False, True):
        table = tb.preset(name).to_dict(sources=sources)
        assert not faults(json.loads(json.dumps(table)))


FINE = [
    {"$schema": "x.json", "title": "a", "note": "b", "extends": "home_care/npm"},
    {"remove": ["obligations.journal"]},
    {"absence": {"spell_days": 4}},
    {"absence": {"spell_days": "lognormal(mean=4, cv=0.5)"}},
    {"absence": {"spell_days": {"value": 4, **SOURCE, "low": 2, "high": 6}}},
    {"absence": {"spell_days": {"mean": 5}}},
    {"absence": {"spell_days": {"kind": "gamma", "median": 4, "cv": 0.5}}},
    {"absence": {"spell_days": {"kind": "uniform", "low": 1, "high": {"value": 3}}}},
    {
        "absence": {
            "spell_days": {
                "kind": "constant",
                "mean": 4,
                "source": {**SOURCE, "low": 2, "high": 5},
            }
        }
    },
    {"staff": {"source": SOURCE, "a": {"count": 3, "role": ""}}},
    {"horizon": {"weeks": {"value": 5, "evidence": ["E1", "E2"], "note": "x"}}},
    {"obligations": {"a": {"in_presence": {"value": True, "low": 0, "high": 1}}}},
]
REFUSED = [
    {"horizn": {}},
    {"horizon": {"weeks": 0}},
    {"horizon": {"weeks": {}}},
    {"horizon": {"weeks": 2.5}},
    {"horizon": {"week": 3}},
    {"horizon": {"weeks": [3]}},
    {"horizon": {"weeks": {"value": 3, "grad": "assumed"}}},
    {"horizon": {"weeks": {"value": 3, "grade": "guessed"}}},
    {"horizon": {"weeks": {"value": 3, "low": 2}}},
    {"horizon": {"weeks": {"value": 3, "low": 0, "high": 5}}},
    {"horizon": {"weeks": {"value": 3, "low": 2, "high": 1e9}}},
    {"horizon": 3},
    {"staff": {"Carers": {"count": 3}}},
    {"staff": {"a": {"cont": 3}}},
    {"staff": {"a": {"role": "Big Nurse"}}},
    {"staff": {"a": {"roster": "sometimes"}}},
    {"staff": {"a": {"roster": {"value": "always", "low": 1, "high": 2}}}},
    {"obligations": {"a": {"in_presence": "maybe"}}},
    {"obligations": {"a": {"citation": "x" * 2000}}},
    {"absence": {"spell_days": -1}},
    {"absence": {"spell_days": 1e9}},
    {"absence": {"spell_days": "about 4"}},
    {"absence": {"spell_days": {"kind": "normal", "mean": 4}}},
    {"absence": {"spell_days": {"kind": "lognormal", "mean": 4}}},
    {"absence": {"spell_days": {"kind": "lognormal", "mean": 4, "cv": 20}}},
    {"absence": {"spell_days": {"kind": "constant", "mean": 4, "cv": 0.5}}},
    {"absence": {"spell_days": {"kind": "uniform", "low": 1, "mean": 2}}},
    {"absence": {"spell_days": {"kind": "constant", "maen": 4}}},
]


def refusal(table):
    """What the loader says against a table, all of it."""
    try:
        scenario = tb.Scenario(table)
    except tb.ScenarioError as e:
        return [f.message for f in e.faults]
    return [f.message for f in scenario.check() if f.path.startswith("absence.")]


@pytest.mark.parametrize("table", FINE, ids=str)
def test_what_the_loader_takes(table):
    assert not faults(table)
    assert not refusal(
        {key: t for key, t in table.items() if key not in ("extends", "remove")}
    )


@pytest.mark.parametrize("table", REFUSED, ids=lambda t: str(t)[:60])
def test_what_the_loader_refuses(table):
    assert faults(table)
    assert refusal(table)


@pytest.mark.parametrize("kind", forms())
def test_the_parameters_of_each_kind(kind):
    """Those of a form make a law; with one less, or one more, it is none."""
    some = {"low": 1.0, "mode": 2.0, "high": 9.0, "quantiles": [0, 1, 1, 9]}
    pairs = {"mean": 3.0, "median": 3.0, "cv": 0.5, "shape": 1.0, "scale": 3.0}
    pairs |= {"p10": 1.0, "p90": 6.0, "p25": 2.0, "p75": 5.0}
    assert forms()[kind]
    for form in forms()[kind]:
        if form == ("parts",):
            continue  # a list: whether it is there cannot be said by a number
        law = {"kind": kind, **{name: (some | pairs)[name] for name in form}}
        tries = [(law, True)]
        tries += [({k: v for k, v in law.items() if k != gone}, False) for gone in form]
        others = some if len(forms()[kind]) > 1 else some | pairs  # the last pair holds
        tries += [({**law, k: v}, False) for k, v in others.items() if k not in form]
        for said, fine in tries:
            table = {"absence": {"spell_days": said}}
            assert (not faults(table)) == fine, said
            assert (not refusal(table)) == fine, said


def test_it_knows_every_kind_of_law():
    kinds = [s for s in SETTINGS if s.path == "absence.spell_days.kind"]
    assert set(kinds[0].choices) == set(forms())


# Random tables ------------------------------------------------------------------------


def numbers(s):
    return st.floats(s.low, s.high, allow_subnormal=False)


def plain(s):
    """Values that a setting takes."""
    if s.kind == "real":
        return numbers(s)
    if s.kind == "count":
        return st.integers(int(s.low), int(s.high))
    if s.kind == "flag":
        return st.booleans()
    if s.kind == "choice":
        return st.sampled_from(s.choices)
    if s.kind == "series":
        return st.lists(numbers(s), max_size=s.most)
    if s.most == 47:
        return st.from_regex(r"\A([a-z][a-z0-9_]{0,46})?\Z")
    return st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=s.most)


def wrong(s):
    """Values that it does not take."""
    kinds = [st.just([None]), st.just({"value": {}})]
    if s.path.rpartition(".")[0] not in LAWS:  # None takes a parameter away
        kinds.append(st.none())
    if s.kind in ("real", "count"):
        kinds += [
            st.sampled_from([s.low - 1, s.high + 1, s.high * 1e3 + 1]),
            st.just("many"),
        ]
    if s.kind == "count":
        kinds.append(st.just(s.low + 0.5))
    if s.kind in ("choice", "flag"):
        kinds.append(st.just("no_such_word"))
    if s.kind == "text":
        kinds.append(st.just("x" * (s.most + 1)))
    if s.kind == "series":
        kinds.append(st.just([s.low - 1]))
        kinds.append(st.just([s.low] * (s.most + 1)))
    return st.one_of(kinds)


@st.composite
def some_values(draw, chosen=VALUES):
    """Some settings with values, as (setting, value)."""
    picked = draw(st.lists(st.sampled_from(chosen), min_size=1, max_size=12))
    return [(s, draw(plain(s))) for s in {s.path: s for s in picked}.values()]


@st.composite
def said(draw, value):
    """A value alone, or with a source."""
    if draw(st.booleans()):
        return value
    return {"value": value, "grade": draw(st.sampled_from(["measured", "assumed"]))}


def table_of(pairs):
    table = {}
    for s, value in pairs:
        table = merged(table, nested(s.path, value))
    return table


RANDOM = settings(
    max_examples=200, suppress_health_check=list(HealthCheck), deadline=None
)
NO_PARTS = [s for s in VALUES if s.path.rpartition(".")[0] not in LAWS]


@RANDOM
@given(st.data())
def test_random_tables_are_fine(data):
    pairs = data.draw(some_values(NO_PARTS))
    table = table_of((s, data.draw(said(value))) for s, value in pairs)
    assert not faults(table)
    tb.Scenario(table)


@RANDOM
@given(st.data())
def test_random_slips_are_seen(data):
    pairs = data.draw(some_values())
    at = data.draw(st.sampled_from([s for s, _ in pairs]))
    slip = data.draw(wrong(at))
    table = table_of((s, slip if s is at else value) for s, value in pairs)
    assert faults(table), (at.path, slip)
    with pytest.raises(tb.ScenarioError):
        tb.Scenario(table)


def test_the_command_line(tmp_path, capsys):
    from tidsbruk.cli import main

    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == tb.schema()
    assert main(["schema", "-o", str(tmp_path / "s.json")]) == 0
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8")) == tb.schema()
    file = tmp_path / "a.json"
    file.write_text('{"$schema": "s.json", "extends": "textbook/mmc"}', encoding="utf-8")
    assert tb.load(file) == tb.preset("textbook/mmc")
