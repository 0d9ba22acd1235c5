"""Calls from several services that meet in one."""

import collections

import tidsbruk as tb
from tidsbruk.report.data import page_data
from tidsbruk.report.page import render
from tidsbruk.result import HEADLINES


def test_legs_of_calls_that_are_passed_on_are_their_own():
    """Who comes by way of two services has an address of the service it came to first."""
    source = {"per_hour": 4, "minutes": {"kind": "constant", "mean": 1}}
    then = {"then": "home", "then_probability": 1}
    unit = tb.Scenario(
        {
            "horizon": {"weeks": 2},
            "staff": {"crew": {"count": 30, "roster": "always"}},
            "travel": {"kind": "law", "leg": {"kind": "lognormal", "mean": 6, "cv": 1}},
            "services": {
                "desk": source | then,
                "phone": source | then,
                "home": {"per_hour": 0, "minutes": 5, "travel": True},
            },
        }
    )
    log = tb.trace(unit, weeks=2, warmup=0).to_pandas()
    ways = log[log.activity == "travel"]
    lengths = collections.Counter((ways.end - ways.start).tolist())
    assert len(ways) > 2000
    assert sum(n - 1 for n in lengths.values()) < 0.02 * len(ways)


# The headline -------------------------------------------------------------------------


def overloaded(**more):
    short = tb.preset("textbook/mmc").replace({"services.contact.per_hour": 30} | more)
    pair = {"short": short, "staffed": short.replace({"staff.server.count": 6})}
    return tb.run(pair, replications=3, weeks=2, warmup=0, seed=4)


def page_of(c):
    data = page_data(c)
    return data, " ".join(render(data).split())


def test_without_planned_visits_unmet_need_is_that_of_calls():
    result = overloaded()
    assert not any(result.column("short", "citizen.unmet_share", "denominator"))
    c = result.compare()
    assert c.headlines[1] == "citizen.unmet_hours"
    change = c["citizen.unmet_hours"]
    assert change.is_headline
    assert change.difference.high < 0
    assert change.difference == result.difference(
        "short", "staffed", "citizen.unmet_hours", 1 - 0.05 / 3
    )
    unmet = c.measures[1]
    assert unmet.outcome.name == "citizen.unmet_hours"
    assert unmet.posts.high < 0
    assert "unmet hours, calls" in str(c)
    data, page = page_of(c)
    assert data["headlines"][1]["verdict"] == "better"
    assert data["headlines"][1]["shown"]["difference"] == change.difference.mean
    assert "fewer hours a week of citizens’ need unmet" in data["answer"]
    assert page.count("calls included") >= 2
    chosen = result.compare(headlines=["citizen.unmet_share"])
    assert chosen.headlines == ("citizen.unmet_share",)


def test_assumptions_tell_of_the_headline_that_is_told():
    per_hour = {"value": 30, "grade": "assumed", "low": 26, "high": 34}
    result = overloaded(**{"services.contact.per_hour": per_hour})
    c = result.compare(assumptions=True)
    (effect,) = c.to_dict()["assumptions"]
    assert [h["name"] for h in effect["headlines"]] == list(c.headlines)
    assert page_data(c)["assumptions"]["effects"][0]["headlines"][c.headlines[1]]


def test_with_planned_visits_the_share_stays_and_says_whether_calls_are_included():
    npm = tb.preset("home_care/npm")
    plan = {"replications": 2, "weeks": 1, "warmup": 0}
    alone = tb.run({"npm": npm, "same": npm}, **plan).compare()
    called = npm.replace({"services": {"alarm": {"per_hour": 1, "minutes": 5}}})
    both = tb.run({"npm": npm, "called": called}, **plan).compare()
    for c, words in ((alone, False), (both, True)):
        assert c.headlines[1] == "citizen.unmet_share"
        data, page = page_of(c)
        assert ("calls included" in page) == words
        assert ("calls_included" in data["headlines"][1]["also"]) == words
        assert ("unmet, calls" in str(c)) == words


def test_one_scenario_with_planned_visits_keeps_the_share():
    npm = tb.preset("home_care/npm")
    calls = tb.preset("textbook/mmc")
    result = tb.run({"calls": calls, "npm": npm}, replications=1, weeks=1, warmup=0)
    assert result.compare().headlines == HEADLINES
