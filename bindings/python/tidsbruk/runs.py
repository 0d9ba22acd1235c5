"""Replications of one or more scenarios in the same worlds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tidsbruk import _core
from tidsbruk.errors import failure, scenario_error, whole
from tidsbruk.progress import asked
from tidsbruk.result import Result
from tidsbruk.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Progress = Callable[[int, int], object]
    Scenarios = Mapping[str, Scenario] | Iterable[Scenario] | Scenario

MOST_REPLICATIONS = 1_000_000
MOST_THREADS = 1024
ESTIMANDS = ("standing", "switch")
MOST_FIRST = 1_000_000_000
MOST_WEEKS, MOST_WARMUP = 520, 104


def run(
    scenarios: Scenarios,
    *,
    replications: int = 100,
    seed: int = 1,
    weeks: int | None = None,
    warmup: int | None = None,
    threads: int = 0,
    weekly: bool = False,
    first: int = 0,
    estimand: str = "standing",
    precision: Mapping[str, float | str] | None = None,
    progress: Progress | bool | None = None,
) -> Result:
    """Simulate scenarios in the same worlds.

    Replication r of each scenario has the same needs, absences, travel noise and
    arrivals, so that differences between scenarios are paired. The result has the same
    bits for any number of threads.

    Parameters
    ----------
    scenarios : mapping of str to Scenario, iterable of Scenario, or Scenario
        What to run, by name. Without names they are called by their titles.
    replications : int
        Worlds for each scenario, 1 to 1,000,000.
    seed : int
        Which worlds, 0 to 2**64 - 1.
    weeks : int, optional
        Weeks that are measured; by default what the scenarios say, which must agree.
    warmup : int, optional
        Weeks before them; by default the most that any of the scenarios says.
    threads : int
        At most 1024; 0: as many as the machine has.
    weekly : bool
        Whether the rows of the result are weeks, instead of whole replications.
    first : int
        Number of the first replication: a run of 100 and one of 50 with ``first=100``
        make the run of 150, see `merge`.
    estimand : str
        What is compared. ``"standing"``: each scenario is warmed up under itself, settled
        practices side by side. ``"switch"``: all live through the warm-up under the first
        one, in one history, and part at week 0; they must have the same staff, clients
        and services.
    precision : mapping of str to float or str, optional
        How well outcomes are to be known, by name: the half-width of the 95 % interval, a
        number in the unit of the outcome or a text like ``"5%"``, which is a share of the
        estimate. It is of the paired difference of every scenario from the first; of the
        estimate where there is only one. The run ends at the first of 20, 40, 80, ...
        replications at which all are met; `replications` is then the most.
    progress : bool or callable, optional
        True: show a bar, in a terminal or a notebook. A callable is called now and then
        with the numbers of simulations (scenarios times worlds) done and wanted; what it
        raises ends the run.

    Returns
    -------
    Result

    Raises
    ------
    ScenarioError
        When a scenario has faults: all faults of all scenarios.
    Error
        When another argument is out of bounds, or a limit does not allow the run.
    KeyboardInterrupt
        On Ctrl-C, within a fifth of a second. Its attribute `partial` holds the
        `Result` of the replications that were finished, if there are any.
    MemoryError
        With the same attribute, when a run that grows finds no room.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> npm = tb.preset("home_care/npm")
    >>> result = tb.run(npm, replications=2, weeks=1, warmup=0)
    >>> result.replications
    2
    """
    named = named_scenarios(scenarios)
    check(named)
    targets = _targets(precision or {}, difference=len(named) > 1)
    try:
        with asked(progress, "simulations") as told:
            plain = _core.run(
                tuple(s._plain for s in named.values()),
                tuple(named),
                replications=whole("replications", replications, 1, MOST_REPLICATIONS),
                seed=whole("seed", seed, 0, 2**64 - 1),
                weeks=0 if weeks is None else whole("weeks", weeks, 1, MOST_WEEKS),
                warmup=-1 if warmup is None else whole("warmup", warmup, 0, MOST_WARMUP),
                threads=whole("threads", threads, 0, MOST_THREADS),
                weekly=weekly,
                first=whole("first", first, 0, MOST_FIRST),
                estimand=estimand_number(estimand),
                progress=told,
                targets=targets,
            )
    except BaseException as e:
        partial: Any = getattr(e, "partial", None)
        if isinstance(partial, _core.Result):
            e.partial = Result(partial, named)  # type: ignore[attr-defined]
        if isinstance(e, _core.Error):
            _tell_target(str(e), named, targets)
        raise
    result = Result(plain, named)
    if targets:
        result.hardest = targets[plain.ending[1]][0]
    return result


def _targets(
    precision: Mapping[str, float | str], *, difference: bool
) -> tuple[tuple[str, float, bool, bool], ...]:
    """What the library takes: outcome, half-width, whether relative, whether of pairs."""
    found = []
    for outcome, asked_for in precision.items():
        relative = isinstance(asked_for, str)
        try:
            width = float(str(asked_for).removesuffix("%")) / (100 if relative else 1)
        except ValueError:
            width = 0.0
        if not width > 0 or (relative and not str(asked_for).endswith("%")):
            raise failure(
                "TB_ERR_VALUE",
                f"precision of {outcome}: {asked_for!r} is no half-width: a number above "
                'zero, or a share such as "5%"',
            )
        found.append((outcome, width, relative, difference))
    return tuple(found)


def _tell_target(
    message: str, named: dict[str, Scenario], targets: Sequence[tuple[Any, ...]]
) -> None:
    """Raise an error in a user's words, if the message is of an outcome that is none."""
    found = re.match(r"plan\.target\[(\d+)\]: outcome .* is not known", message)
    if not found:
        return
    known = run(named, replications=1, weeks=1, warmup=0)
    try:
        known._known(targets[int(found[1])][0])
    except _core.Error as e:
        raise failure(e.status, f"precision: {e}") from None


def merge(parts: Iterable[Result]) -> Result:
    """Join parts of one run into the result of the whole.

    Parameters
    ----------
    parts : iterable of Result
        Made with different `first`, in any order. They must agree in scenarios, seed,
        weeks, warm-up and version, and follow one another without a gap or an overlap.

    Returns
    -------
    Result
        With the same bits as one run of all their replications.

    Raises
    ------
    Error
        With ``status`` ``"TB_ERR_MISMATCH"`` when they do not belong together.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> npm, plan = tb.preset("home_care/npm"), {"weeks": 1, "warmup": 0}
    >>> parts = [tb.run(npm, replications=2, first=n, **plan) for n in (0, 2)]
    >>> whole = tb.run(npm, replications=4, **plan)
    >>> tb.merge(parts).hash(npm.title) == whole.hash(npm.title)
    True
    """
    listed = list(parts)
    if not all(isinstance(part, Result) for part in listed):
        raise TypeError("parts must be of the type tidsbruk.Result")
    if not listed:
        raise failure("TB_ERR_VALUE", "there is no part to merge")
    names = listed[0].names
    for number, part in enumerate(listed[1:], 2):
        if part.names != names:
            raise failure(
                "TB_ERR_MISMATCH",
                f"scenarios: {', '.join(part.names)} in part {number}, "
                f"{', '.join(names)} in the first",
            )
    plain = _core.merge(tuple(part._plain for part in listed), names)
    return Result(plain, listed[0].scenarios)


def estimand_number(estimand: str) -> int:
    """The number that the library gives an estimand."""
    if estimand not in ESTIMANDS:
        known = " or ".join(repr(name) for name in ESTIMANDS)
        raise failure("TB_ERR_VALUE", f"estimand = {estimand!r} is not {known}")
    return ESTIMANDS.index(estimand)


def named_scenarios(scenarios: Scenarios) -> dict[str, Scenario]:
    """The scenarios by name.

    Raises
    ------
    Error
        When there is none, or two have the same name.
    TypeError
        When something is no scenario or no name.
    """
    if isinstance(scenarios, Scenario):
        scenarios = [scenarios]
    if hasattr(scenarios, "items"):
        named = dict(scenarios.items())
    else:
        listed = [scenarios] if isinstance(scenarios, str) else list(scenarios)
        for number, s in enumerate(listed, 1):
            _must_be_scenario(f"number {number}", s)
        names = [s.title or f"scenario {i}" for i, s in enumerate(listed, 1)]
        if len(set(names)) < len(names):
            raise failure(
                "TB_ERR_NAME",
                'two scenarios have one title: name them, as in run({"A": a, "B": b})',
            )
        named = dict(zip(names, listed, strict=True))
    if not named:
        raise failure("TB_ERR_VALUE", "there is no scenario to run")
    for name, scenario in named.items():
        if not isinstance(name, str):
            raise TypeError(f"scenarios: the name {name!r} is no string")
        _must_be_scenario(f"the value of {name!r}", scenario)
        if not name or not name.isprintable():
            raise failure("TB_ERR_NAME", f"{name!r} cannot be the name of a scenario")
    return named


def _must_be_scenario(which: str, given: object) -> None:
    """Raise a `TypeError` that says how to make a scenario of what is none."""
    if isinstance(given, Scenario):
        return
    if isinstance(given, str):
        maker = "load" if given.endswith((".toml", ".json", ".txt")) else "preset"
        told = f"a string; tb.{maker}({given!r}) makes a scenario of it"
    else:
        told = f"a {type(given).__name__}, and no tidsbruk.Scenario"
    raise TypeError(f"scenarios: {which} is {told}")


def check(named: Mapping[str, Scenario]) -> None:
    """Raise a `ScenarioError` with all faults of all scenarios, if there are any."""
    faults = []
    for name, scenario in named.items():
        before = f"{name}: " if len(named) > 1 else ""
        faults += [(path, before + message) for path, message in scenario.check()]
    if faults:
        raise scenario_error(faults)
