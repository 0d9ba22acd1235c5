"""Where the working minutes go under different ways of governing.

A scenario is a unit of a public service, the regime that governs it and a horizon.
Scenarios are run in the same simulated worlds, so that what differs between them is
what the rules did::

    import tidsbruk as tb

    npm, trust = tb.preset("home_care/npm"), tb.preset("home_care/trust")
    trust = trust.replace({"regime.teams.meeting_minutes": 30})
    result = tb.run({"NPM": npm, "Trust": trust}, replications=200, seed=1)
    print(result.compare("NPM", "Trust"))
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tidsbruk import law
    from tidsbruk._core import Error, ScenarioError, __version__
    from tidsbruk.advice import Advice
    from tidsbruk.assumptions import Assumptions
    from tidsbruk.calendars import holidays
    from tidsbruk.compare import Comparison
    from tidsbruk.design import Effect, Factorial, factorial
    from tidsbruk.obligations.reading import DutyList, load_duties
    from tidsbruk.obligations.removal import Duties, Removal, duties
    from tidsbruk.own.roster import Roster, load_roster
    from tidsbruk.own.time_use import TimeUse, load_time_use
    from tidsbruk.own.visits import Visits, load_visits
    from tidsbruk.result import Interval, Outcome, Result
    from tidsbruk.runs import merge, run
    from tidsbruk.scenario import Scenario, load, preset, presets
    from tidsbruk.schemas import Setting, schema, settings
    from tidsbruk.settling import Warmup, warmup
    from tidsbruk.traces import Trace, trace
    from tidsbruk.value import Value

__all__ = [
    "Advice",
    "Assumptions",
    "Comparison",
    "Duties",
    "DutyList",
    "Effect",
    "Error",
    "Factorial",
    "Interval",
    "Outcome",
    "Removal",
    "Result",
    "Roster",
    "Scenario",
    "ScenarioError",
    "Setting",
    "TimeUse",
    "Trace",
    "Value",
    "Visits",
    "Warmup",
    "__version__",
    "duties",
    "factorial",
    "holidays",
    "law",
    "load",
    "load_duties",
    "load_roster",
    "load_time_use",
    "load_visits",
    "merge",
    "preset",
    "presets",
    "run",
    "schema",
    "settings",
    "trace",
    "warmup",
]

# Where each name lives. Nothing is imported before it is asked for.
_HOME = {
    "Advice": "advice",
    "Assumptions": "assumptions",
    "Comparison": "compare",
    "Duties": "obligations.removal",
    "Effect": "design",
    "Error": "_core",
    "Factorial": "design",
    "Interval": "result",
    "Outcome": "result",
    "Removal": "obligations.removal",
    "Result": "result",
    "Scenario": "scenario",
    "ScenarioError": "_core",
    "Setting": "schemas",
    "Value": "value",
    "__version__": "_core",
    "duties": "obligations.removal",
    "DutyList": "obligations.reading",
    "load_duties": "obligations.reading",
    "Roster": "own.roster",
    "load_roster": "own.roster",
    "TimeUse": "own.time_use",
    "load_time_use": "own.time_use",
    "Visits": "own.visits",
    "load_visits": "own.visits",
    "factorial": "design",
    "holidays": "calendars",
    "law": "law",
    "load": "scenario",
    "merge": "runs",
    "preset": "scenario",
    "presets": "scenario",
    "run": "runs",
    "warmup": "settling",
    "Warmup": "settling",
    "Trace": "traces",
    "trace": "traces",
    "schema": "schemas",
    "settings": "schemas",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'tidsbruk' has no attribute {name!r}")
    from importlib import import_module

    module = import_module(f"tidsbruk.{_HOME[name]}")
    value = module if name == "law" else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
