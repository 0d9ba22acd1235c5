"""Advice: settings that can do nothing, or look like a slip."""

import pickle

import pytest
import tidsbruk as tb
from tidsbruk.advice import Advice, idle_differences, lines, only_heads

CREW = {"staff": {"crew": {"count": 2, "roster": "always"}}}


def test_a_setting_without_what_it_acts_on():
    s = tb.Scenario(CREW | {"regime": {"grants": {"binding": 0.5}}})
    (advice,) = s.advice()
    assert isinstance(advice, tb.Advice)
    assert advice.path == "regime.grants.binding"
    assert str(advice) == f"{advice.path}: {advice.message}"
    assert "nobody is visited" in advice.message
    assert pickle.loads(pickle.dumps(advice)) == advice
    assert not s.check()


def test_of_a_plain_scenario_there_is_none():
    assert tb.Scenario(CREW).advice() == []
    assert tb.preset("textbook/mmc").advice() == []


@pytest.mark.parametrize("name", tb.presets())
def test_presets_say_little_in_vain(name):
    assert len(lines(tb.preset(name).advice())) <= 9


def test_one_line_for_a_reason():
    told = [Advice("a", "x"), Advice("b", "y"), Advice("c", "x")]
    assert lines(told) == ["a, c: x", "b: y"]


def test_what_differs_and_acts_in_neither():
    npm = tb.preset("home_care/npm")
    idle = npm.replace({"regime.dialogue.clash_minutes": 9})
    assert idle_differences(npm, idle) == ["regime.dialogue.clash_minutes"]
    acts = {"regime.dialogue.clash_probability": 0.1, "clients.home.agencies": 2}
    assert idle_differences(npm, idle.replace(acts)) == []
    assert idle_differences(npm, npm.replace({"duty.handover_minutes": 3})) == []
    law = {"absence": {"days_between": 0, "spell_days": 3}}
    never = npm.replace({"absence.days_between": 0})
    assert "absence.spell_days" in " ".join(idle_differences(never, npm.replace(law)))


def test_other_people_on_the_same_shifts_change_no_hours():
    clinic = tb.preset("clinic/npm")
    fewer = clinic.replace({"staff.doctor.count": 4})
    assert only_heads(clinic, fewer) == ["staff.doctor.count"]
    assert only_heads(clinic, clinic) == []
    hours = fewer.replace({"shifts.doctor.weekdays": 3})
    assert only_heads(clinic, hours) == []
    always = tb.preset("textbook/mmc")  # on duty round the clock: heads are hours
    assert only_heads(always, always.replace({"staff.server.count": 5})) == []
