"""Calls from several services that meet in one."""

import collections

import tidsbruk as tb


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
    log = tb.log(unit, weeks=2, warmup=0).to_pandas()
    ways = log[log.activity == "travel"]
    lengths = collections.Counter((ways.end - ways.start).tolist())
    assert len(ways) > 2000
    assert sum(n - 1 for n in lengths.values()) < 0.02 * len(ways)
