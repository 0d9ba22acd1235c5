"""Scenarios: values, sources, files, differences."""

import json
import pickle
from pathlib import Path

import pytest
import tidsbruk as tb

PRESETS = Path(__file__).parents[2] / "lib" / "presets"
BASE = """
title = "A base"

[staff.carers]
role = "carer"
count = 3
roster = "always"

[services.alarm]
per_hour = 2
minutes = { kind = "lognormal", mean = 12, cv = 0.5 }

[obligations.journal]
trigger = "call"
service = "alarm"
minutes = { kind = "gamma", median = 4, cv = 0.8, source = { low = 2, high = 6 } }
value = { value = 0.25, grade = "estimated", evidence = "E1", note = "a guess of theirs" }
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "base.toml").write_text(BASE)

    def write(name, text):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def repr_of(value):
    """A name for a case that is hard to print."""
    return type(value).__name__ if isinstance(value, int) else ascii(value)[:20]


def faults_of(function, *arguments):
    with pytest.raises(tb.ScenarioError) as caught:
        function(*arguments)
    assert str(caught.value) == "\n".join(message for _, message in caught.value.faults)
    return caught.value.faults


def test_replace_gives_a_new_scenario(npm):
    before = npm["regime.teams.meeting_minutes"]
    other = npm.replace({"regime.teams.meeting_minutes": 77})
    assert other["regime.teams.meeting_minutes"] == 77
    assert npm["regime.teams.meeting_minutes"] == before
    assert other != npm
    assert other.replace({"regime.teams.meeting_minutes": before}) == npm


def test_attributes_cannot_be_set(npm):
    with pytest.raises(AttributeError):
        npm.title = "another"
    with pytest.raises(AttributeError):
        npm.anything = 1


def test_equal_scenarios_are_one_in_a_set(npm):
    same = npm.replace({})
    assert same == npm
    assert len({npm, same, npm.replace({"horizon.weeks": 3})}) == 2


def test_values_have_the_type_of_their_kind(npm):
    s = tb.Scenario(
        {"staff": {"a": {"count": 2}}, "obligations": {"x": {"audited": "both"}}}
    )
    assert s["staff.a.count"] == 2
    assert isinstance(s["staff.a.count"], int)
    assert s["obligations.x.audited"] == "both"
    assert s["obligations.x.trigger"] == "visit"
    assert isinstance(s["obligations.x.probability"], float)
    described = s.value("obligations.x.probability")
    assert (described.low, described.high) == (0, 1)
    assert described.is_default
    assert not s.value("staff.a.count").is_default


def test_a_table_says_where_a_value_comes_from():
    s = tb.Scenario(
        {
            "regime.teams.pooling": {
                "value": 0.5,
                "grade": "assumed",
                "evidence": ["E1", "E2"],
                "low": 0.2,
                "high": 0.8,
                "note": "seen once",
            }
        }
    )
    v = s.value("regime.teams.pooling")
    assert (v.grade, v.evidence, v.range_low, v.range_high) == (
        "assumed",
        "E1 E2",
        0.2,
        0.8,
    )
    assert s.note("regime.teams.pooling") == "seen once"
    plain = s.replace({"regime.teams.pooling": 0.6})
    assert plain.value("regime.teams.pooling").grade == ""
    assert plain.note("regime.teams.pooling") == ""


def test_a_source_of_a_table_is_that_of_its_values():
    s = tb.Scenario(
        {
            "regime": {
                "teams": {
                    "source": {"grade": "estimated", "evidence": "E7"},
                    "pooling": 0.1,
                    "meeting_minutes": {"value": 5, "low": 1, "high": 9},
                    "peer_support": {"value": 0.2, "grade": "assumed"},
                }
            }
        }
    )
    assert s.value("regime.teams.pooling").evidence == "E7"
    meeting = s.value("regime.teams.meeting_minutes")
    assert (meeting.grade, meeting.range_high) == ("estimated", 9)
    assert s.value("regime.teams.peer_support").evidence == ""


def test_laws():
    s = tb.Scenario({"obligations": {"x": {"minutes": 4}}})
    path = "obligations.x.minutes"
    assert s[path] == "4"
    law = {"kind": "lognormal", "mean": 4, "cv": 0.5, "source": {"grade": "assumed"}}
    t = s.replace({path: law})
    assert (t[path + ".kind"], t[path + ".mean"], t[path + ".cv"]) == (
        "lognormal",
        4,
        0.5,
    )
    assert t.value(path + ".mean").grade == "assumed"
    assert t.replace({path: {"mean": 5}})[path] == "lognormal(mean=5, cv=0.5)"
    assert t.replace({path + ".median": 3})[path] == "lognormal(median=3, cv=0.5)"
    whole = t.replace({path: {"kind": "exponential", "mean": 2}})
    assert whole[path] == "exponential(mean=2)"
    assert whole == t.replace({path: "exponential(mean=2)"})
    assert t.replace({path: 4}) == s
    assert t.replace({path: {"kind": "gamma", "mean": 1}}).check()


def test_sources_of_a_law_and_of_its_parameters():
    s = tb.Scenario({"obligations": {"x": {}}})
    path = "obligations.x.minutes"
    source = {"grade": "estimated", "evidence": "E1", "low": 2, "high": 6}
    own = {"value": 0.5, "grade": "assumed", "low": 0.1, "high": 0.9}
    law = {"kind": "gamma", "mean": 4, "cv": own, "source": source}
    for t in (s.replace({path: law}), s.replace({path: 4}).replace({path: law})):
        assert t[path] == "gamma(mean=4, cv=0.5)"
        mean, cv = t.value(path + ".mean"), t.value(path + ".cv")
        assert (mean.grade, mean.range_low, mean.range_high) == ("estimated", 2, 6)
        assert (cv.grade, cv.evidence, cv.range_high) == ("assumed", "", 0.9)
    only = t.replace(
        {path: {"mean": 5, "source": {"grade": "measured", "evidence": "E2"}}}
    )
    assert only.value(path + ".mean").grade == "measured"
    assert only.value(path + ".cv").grade == "assumed"
    below = t.replace(
        {"obligations": {"source": {"grade": "measured"}, "x": {"minutes": law}}}
    )
    assert below.value(path + ".cv").grade == "assumed"
    assert below.value(path + ".mean").grade == "estimated"


def test_all_faults_at_once():
    s = tb.Scenario({"obligations": {"x": {}}})
    faults = dict(
        faults_of(
            s.replace,
            {
                "regime.teams.meeting_minuts": 3,
                "regime.grants.binding": 2,
                "staff": {"Carers": {}},
                "obligations.x.trigger": "sometimes",
                "obligations.y.minutes": 3,
                "obligations.x.receivers": 1.5,
                "regime.teams.pooling": [1],
                "regime.teams": {"peer_support": {"value": 0, "grad": "assumed"}},
                "horizon": 3,
            },
        )
    )
    assert len(faults) == 9
    assert (
        'did you mean "regime.teams.meeting_minutes"'
        in faults["regime.teams.meeting_minuts"]
    )
    assert "between 0 and 1" in faults["regime.grants.binding"]
    assert "did you mean" not in faults["staff.Carers"]
    assert "added first" in faults["obligations.y.minutes"]


@pytest.mark.parametrize(
    "value", [None, object(), b"3", [3], "\0", "\ud800", 10**5000, 1j], ids=repr_of
)
def test_what_cannot_be_a_value(value):
    faults_of(tb.Scenario().replace, {"regime.teams.pooling": value})


@pytest.mark.parametrize(
    "path",
    ["", ".", "..", "regime", "regime.", "x" * 500, "\0", "\ud800", "é"],
    ids=repr_of,
)
def test_what_cannot_be_a_path(path):
    faults_of(tb.Scenario().replace, {path: 1})
    faults_of(lambda: tb.Scenario().replace(remove=[path]))
    with pytest.raises((tb.Error, ValueError)):
        tb.Scenario().value(path)


def test_preset_names():
    assert set(tb.presets()) >= {"home_care/npm", "home_care/trust"}
    faults = faults_of(tb.preset, "home_care/nmp")
    assert "home_care/npm" in faults[0][1]


@pytest.mark.parametrize("name", list(tb.presets()))
def test_presets_are_whole(name):
    s = tb.preset(name)
    assert s.check() == []
    assert s.title
    assert tb.Scenario(s.to_dict(sources=True)) == s
    assert pickle.loads(pickle.dumps(s)) == s


@pytest.mark.parametrize("name", list(tb.presets()))
def test_a_preset_copied_to_a_file_is_the_preset(name):
    s, t = tb.load(PRESETS / f"{name}.toml"), tb.preset(name)
    assert s == t
    assert repr(s.values()) == repr(t.values())
    assert s.title == t.title


def test_every_value_of_a_preset_is_graded(npm, trust):
    for s in (npm, trust):
        assert [v.path for v in s.values() if not v.is_default and not v.grade] == []


def test_pickle_keeps_sources_notes_and_laws(files):
    s = tb.load(files("s.toml", BASE))
    t = pickle.loads(pickle.dumps(s))
    assert (t, t.title, repr(t.values())) == (s, s.title, repr(s.values()))
    assert t.note("obligations.journal.value") == "a guess of theirs"


def test_diff_lists_what_differs():
    a = tb.Scenario(
        {"obligations": {"x": {"minutes": {"kind": "gamma", "mean": 1, "cv": 1}}}}
    )
    b = a.replace(
        {
            "obligations.x.minutes": {"kind": "gamma", "median": 2, "cv": 1},
            "regime.teams.pooling": {"value": 0.1, "grade": "assumed", "evidence": "E9"},
            "staff": {"carers": {"count": 2}},
        }
    )
    changes = {c.path: c for c in a.diff(b)}
    assert changes["regime.teams.pooling"][1:] == (0, 0.1, "", "", "assumed", "E9")
    assert changes["obligations.x.minutes.mean"].alternative is None
    assert changes["obligations.x.minutes.median"].baseline is None
    assert changes["staff.carers.count"].baseline is None
    assert changes["staff.carers.count"].baseline_grade is None
    assert next(iter(changes)).startswith("staff.")
    assert a.diff(a.replace({})) == []
    assert len(b.diff(a)) == len(changes)


def test_an_item_of_defaults_differs():
    a, b = tb.Scenario(), tb.Scenario({"windows": {"morning": {}}})
    assert [c.path for c in a.diff(b)]


def test_extends_a_file(files):
    path = files(
        "trust.toml",
        """
extends = "base.toml"
remove = ["obligations.journal"]
title = "Trust"

[obligations.weekly_plan]
trigger = "week"
minutes = 20

[services.alarm]
per_hour = 1
""",
    )
    s = tb.load(path)
    assert s.title == "Trust"
    assert s["obligations.weekly_plan.minutes"] == "20"
    assert s["services.alarm.minutes"] == "lognormal(mean=12, cv=0.5)"
    assert "obligations.journal.trigger" not in set(s)


def test_extends_a_preset_and_json(files, npm):
    path = files(
        "mine.json",
        json.dumps({"extends": "home_care/npm", "regime": {"teams": {"pooling": 0.3}}}),
    )
    assert tb.load(path) == npm.replace({"regime.teams.pooling": 0.3})


def test_to_dict_is_loaded_again(files, npm):
    assert tb.load(files("n.json", json.dumps(npm.to_dict(sources=True)))) == npm


def test_faults_of_a_file_say_the_line(files):
    path = files(
        "bad.toml",
        """extends = "base.toml"
[regime.teams]
poling = 1
pooling = 3
[obligations.journal]
minutes = { kind = "gama", mean = 3 }
""",
    )
    messages = [message for _, message in faults_of(tb.load, path)]
    assert len(messages) == 3
    for line, message in zip((3, 4, 6), messages, strict=True):
        assert message.startswith(f"{path}:{line}: ")


def test_a_misspelled_item_is_no_new_one(files):
    path = files(
        "slip.toml",
        'extends = "home_care/npm"\n\n[obligations.shift_raport.minutes]\nmean = 2\n',
    )
    assert faults_of(tb.load, path) == [
        (
            "obligations.shift_raport",
            f'{path}:3: there is no "obligations.shift_raport"; did you mean '
            '"shift_report"? A new obligation states its trigger and minutes.',
        )
    ]


@pytest.mark.parametrize(
    ("group", "item", "fields"),
    [
        ("staff", {"count": 1}, "count"),
        ("shifts", {"starts": 420, "minutes": 60}, "starts and minutes"),
        ("clients", {"count": 1}, "count"),
        ("windows", {"opens": 420, "closes": 480}, "opens and closes"),
        ("services", {"minutes": 3}, "minutes"),
        ("obligations", {"trigger": "week", "minutes": 3}, "trigger and minutes"),
    ],
)
def test_what_makes_a_new_item_one(npm, group, item, fields):
    assert f"{group}.added" in {
        ".".join(path.split(".")[:2]) for path in npm.replace({group: {"added": item}})
    }
    for left_out in item:
        part = {key: value for key, value in item.items() if key != left_out}
        faults = faults_of(npm.replace, {group: {"added": part}})
        assert faults[0][0] == f"{group}.added"
        assert f"states its {fields}." in faults[0][1]


def test_what_extends_nothing_may_leave_fields_to_the_defaults(files):
    path = files("s.toml", BASE.replace('trigger = "call"\n', ""))
    assert all("there is no" not in m for _, m in faults_of(tb.load, path))


@pytest.mark.parametrize(
    "value",
    [
        {"regime.teams.meeting_minutes": {"value": 2, "low": 3, "high": 4}},
        {"obligations.shift_report.minutes": {"value": 2, "low": 3, "high": 4}},
        {
            "obligations.shift_report.minutes": {
                "mean": {"value": 5, "low": 3, "high": 4, "grade": "assumed"}
            }
        },
        {
            "obligations.shift_report.minutes": {
                "kind": "exponential",
                "mean": 2,
                "source": {"low": 3, "high": 4},
            }
        },
    ],
    ids=lambda value: next(iter(value)),
)
def test_a_value_lies_within_its_own_range(npm, value):
    faults = faults_of(npm.replace, value)
    assert "is not within its own range from 3 to 4" in faults[0][1]


def test_faults_of_the_whole_are_found(files):
    path = files("bad.toml", 'extends = "base.toml"\n[services.alarm]\nrole = "nobody"\n')
    assert all(message.startswith(str(path)) for _, message in faults_of(tb.load, path))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[staff", ":1:"),
        ("a = 1\na = 2\n", ":2:"),
        ("a = \n", ":1:"),
        ('x = "\n', ":1:"),
        ("[a]\n[a]\n", ":2:"),
        ("a = 1_\n", ":1:"),
        ("a = " + "[" * 5000, ""),
        ("a" + ".a" * 3000 + " = 1", ""),
        ("a = 2020-01-01", ""),
        ("a = inf", ""),
        ("remove = 3", ""),
        ('remove = ["obligations.none"]', ""),
        ("extends = 3", ""),
        ('extends = "none.toml"', ""),
        ('extends = "nothing/like_it"', ""),
        ('extends = "bad.toml"', ""),
        ("source = 3\n[regime.teams]\npooling = 0.1", ""),
        ("[regime.teams]\npooling = {value = 0.1, low = 'x'}", ""),
        ("[regime.teams]\npooling = {value = 0.1, low = 0.2}", ""),
        ("[regime.teams]\npooling = {value = 0.1, grade = 'sure'}", ""),
        ("[regime.teams]\npooling = {value = 0.1, evidence = '" + "E" * 100 + "'}", ""),
        ("[regime.teams]\npooling = {value = {value = 1}}", ""),
        ("[obligations]\nx = 3", ""),
        ("[[obligations]]\ntrigger = 'visit'", ""),
        ("[obligations.x]\nminutes = {kind = 3}", ""),
        ("[obligations.x]\nminutes = {kind = 'gamma', mean = -1, cv = 1}", ""),
        ("[obligations.x]\nminutes = {kind = 'gamma', mean = 1, source = 3}", ""),
    ],
)
def test_malformed_toml(files, text, place):
    path = files("bad.toml", text)
    faults = faults_of(tb.load, path)
    assert all(str(path) in message for _, message in faults)
    assert str(path) + place in faults[0][1]


@pytest.mark.parametrize(
    "text", ["", "[]", "3", "{", '{"a": }', "\x00", "[" * 100_000, '{"a": NaN}']
)
def test_malformed_json(files, text):
    faults_of(tb.load, files("bad.json", text))


def test_a_file_that_is_not_utf8_or_not_there(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_bytes(b"\xff\xfe")
    faults_of(tb.load, path)
    with pytest.raises(FileNotFoundError):
        tb.load(tmp_path / "none.toml")


def test_html_is_escaped():
    s = tb.Scenario({"obligations": {"x": {"citation": "<b>&"}}}, title="<i>")
    assert "<b>" not in s._repr_html_()
    assert "<i>" not in s._repr_html_()
    assert "&lt;b&gt;&amp;" in s._repr_html_()


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (50, "; write 0.5 for 50 %"),
        ("50%", "; write 0.5 for 50 %"),
        ("7.5 %", "; write 0.075 for 7.5 %"),
        ({"value": 2, "grade": "assumed"}, "; write 0.02 for 2 %"),
        (150, "probability"),
        ("half", "probability"),
    ],
)
def test_per_cent_are_told_as_a_share(npm, value, hint):
    path = "obligations.deviation.probability"
    with pytest.raises(tb.ScenarioError) as e:
        npm.replace({path: value})
    (fault,) = e.value.faults
    assert fault.path == path
    assert fault.message.endswith(hint)


def test_what_is_no_share_has_no_per_cent(npm):
    with pytest.raises(tb.ScenarioError) as e:
        npm.replace({"duty.break_minutes": "50%", "horizon.weeks": 0, "no.where": "5%"})
    assert len(e.value.faults) == 3
    assert "write" not in str(e.value)


@pytest.mark.parametrize(
    ("scenarios", "said"),
    [
        (
            {"a": "home_care/npm"},
            "the value of 'a' is a string; tb.preset('home_care/npm')",
        ),
        ("home_care/npm", "number 1 is a string; tb.preset('home_care/npm') makes"),
        (["ours.toml"], "number 1 is a string; tb.load('ours.toml') makes a scenario"),
        ({"a": 3}, "the value of 'a' is a int, and no tidsbruk.Scenario"),
        ({3: "home_care/npm"}, "the name 3 is no string"),
    ],
)
def test_what_is_no_scenario_is_told(scenarios, said):
    with pytest.raises(TypeError) as e:
        tb.run(scenarios)
    assert str(e.value).startswith(f"scenarios: {said}")
