"""How a list of duties becomes obligations of a scenario.

A duty that bears the name of an obligation changes it by the cells that are filled; any
other duty is added. Every step is told, so that a reader can object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk._core import ScenarioError
from tidsbruk.errors import scenario_error
from tidsbruk.obligations.reading import at
from tidsbruk.obligations.words import PER, TRIGGERS, identifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidsbruk.obligations.frequency import Frequency
    from tidsbruk.obligations.reading import Duty, DutyList
    from tidsbruk.scenario import Scenario

PERIODS = (("quarter", 4), ("month", 12), ("week", 52))  # that records are called for by
TIMING = "when_idle"  # where a new duty does not say
COLUMN_OF = {"trigger": "frequency", "probability": "frequency"}


class Mapped(NamedTuple):
    """What one duty or obligation became.

    Attributes
    ----------
    row : int or None
        In the list; None for an obligation that the list does not name.
    title, name : str
        As the list calls it, and as an obligation.
    how : str
        ``"changed"``, ``"added"``, ``"kept"`` or ``"left out"``.
    reads : str
        What it is in the scenario now.
    """

    row: int | None
    title: str
    name: str
    how: str
    reads: str


class Register(NamedTuple):
    """A scenario with the duties of a list.

    Attributes
    ----------
    scenario : Scenario
        With them.
    names : list of str
        The obligations that the list names, or all of the scenario.
    titles : dict of str to str
        What to call them.
    lines : list of Mapped
        What became of each.
    notes : list of str
        How the list was read.
    """

    scenario: Scenario
    names: list[str]
    titles: dict[str, str]
    lines: list[Mapped]
    notes: list[str]


class When(NamedTuple):
    """A frequency as a scenario says it: a record of each trigger with a chance.

    Attributes
    ----------
    trigger, per : str
        As settings; `per` is empty where the trigger is no period.
    probability : float
        Chance of a record.
    together : float
        How many are written together, as one of as many times the minutes.
    """

    trigger: str
    per: str
    probability: float
    together: float


def mapped(listed: DutyList | None, scenario: Scenario, *, replace: bool) -> Register:
    """Put the duties of a list into a scenario.

    Parameters
    ----------
    listed : DutyList or None
        None: the obligations of the scenario as they are.
    scenario : Scenario
        The unit.
    replace : bool
        Whether obligations that the list does not name are left out.

    Raises
    ------
    ScenarioError
        With every fault by row and column.
    """
    known = obligations(scenario)
    if listed is None:
        return _as_it_is(scenario, known)
    faults: list[tuple[str, str]] = []
    changes: dict[str, Any] = {}
    for duty in listed.duties:
        changes |= _changes(duty, scenario, duty.name in known, faults)
    if faults:
        raise scenario_error(faults)
    names = [duty.name for duty in listed.duties]
    spare = [name for name in known if name not in names]
    made = _made(scenario, changes, spare if replace else [], listed)
    lines = [
        Mapped(
            d.row,
            d.title,
            d.name,
            "changed" if d.name in known else "added",
            describe(made, d.name),
        )
        for d in listed.duties
    ]
    how = "left out" if replace else "kept"
    lines += [Mapped(None, _title(n), n, how, describe(scenario, n)) for n in spare]
    titles = {d.name: d.title for d in listed.duties}
    return Register(made, names, titles, lines, _notes(listed, made))


def _as_it_is(scenario: Scenario, known: list[str]) -> Register:
    if not known:
        message = "the scenario has no obligations, and there is no list"
        raise scenario_error([("obligations", message)])
    met = [n for n in known if scenario[f"obligations.{n}.probability"]]
    if not met:
        message = "no obligation of the scenario is ever met: all have probability 0"
        raise scenario_error([("obligations", message)])
    names = [n for n in met if is_writing(scenario, n)]
    if not names:
        message = "no obligation of the scenario is writing (books); a list may name them"
        raise scenario_error([("obligations", message)])
    lines = [Mapped(None, _title(n), n, "kept", describe(scenario, n)) for n in known]
    notes = []
    if len(names) < len(met):
        others = ", ".join(n for n in met if n not in names)
        notes.append(
            f"No writing, so not among the duties here, and kept: {others} (books); "
            "a list may name them."
        )
    return Register(scenario, names, {n: _title(n) for n in names}, lines, notes)


def is_writing(scenario: Scenario, name: str) -> bool:
    """Whether an obligation is a record, and no other duty."""
    return scenario[f"obligations.{name}.books"] == "records"


def obligations(scenario: Scenario) -> list[str]:
    """Names of the obligations of a scenario."""
    parts = (path.split(".") for path in scenario)
    return list(dict.fromkeys(p[1] for p in parts if p[0] == "obligations"))


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _notes(listed: DutyList, scenario: Scenario) -> list[str]:
    notes = list(listed.notes)
    if listed.read_as:
        words = ", ".join(f"{said} as {ours}" for said, ours in listed.read_as)
        notes.append(f"Words read: {words}.")
    others = [d.title for d in listed.duties if not is_writing(scenario, d.name)]
    if others:
        notes.append(
            f"No writing: {', '.join(others)} (books). Their hours count here; the "
            "Standard Cost Model counts what is written, so that they have no paper cost."
        )
    detail = scenario["regime.records.detail"]
    if detail != 1:
        notes.append(
            f"Simulated minutes are {detail:g} times those of the list "
            "(regime.records.detail)."
        )
    return notes


# One duty ------------------------------------------------------------------------------


def _changes(
    duty: Duty, scenario: Scenario, known: bool, faults: list[tuple[str, str]]
) -> dict[str, Any]:
    """The settings that a duty changes, by path, or a table for a new obligation."""

    def fault(column: str, message: str) -> None:
        place = at(duty.row, column)
        faults.append((place, f"{place}: {message}"))

    before = len(faults)
    per = duty.per or (_per_of(scenario, duty.name) if known else "")
    if not per:
        of = ", ".join(PER)
        fault("per", f"it says nothing (of {of}), and {_no_such(duty, scenario)}")
    elif per not in TRIGGERS and not duty.frequency and not (known and not duty.per):
        fault(
            "frequency", f"it says nothing; per {per} it is 'weekly', '2 per month', ..."
        )
    elif duty.frequency and (per in TRIGGERS) == bool(duty.frequency.period):
        fault("frequency", f"{duty.frequency.said!r} does not fit per {per}")
    if len(faults) > before:
        return {}
    given: dict[str, Any] = dict(duty.fields)
    when = None
    if duty.frequency or not known or duty.per:
        when = moment(per, duty.frequency)
        given |= {"trigger": when.trigger, "probability": when.probability}
        if when.per:
            given["per"] = when.per
    minutes = duty.minutes * (when.together if when else 1)
    if "role" in given:
        given["role"] = _role(str(given["role"]), scenario, fault)
    if "datum" in given:
        given["datum"] = identifier(str(given["datum"]))
    if known:
        path = f"obligations.{duty.name}."
        by_mean = scenario[path + "minutes.mean"] is not None
        changed = {path + key: value for key, value in given.items()}
        return changed | {path + ("minutes.mean" if by_mean else "minutes"): minutes}
    given = {"timing": TIMING} | given | {"minutes": minutes}
    return {f"obligations.{duty.name}": given}


def _no_such(duty: Duty, scenario: Scenario) -> str:
    from difflib import get_close_matches

    near = get_close_matches(duty.name, obligations(scenario), 1, 0.6)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"{duty.title!r} is no obligation of the scenario{hint}"


def _per_of(scenario: Scenario, name: str) -> str:
    trigger = str(scenario[f"obligations.{name}.trigger"])
    return trigger if trigger in TRIGGERS else str(scenario[f"obligations.{name}.per"])


def _role(role: str, scenario: Scenario, fault: Any) -> str:
    from difflib import get_close_matches

    roles = {
        str(scenario[path]): None
        for path in scenario
        if path.startswith("staff.") and path.endswith(".role") and scenario[path]
    }
    for known in roles:
        if known.lower() == role.lower():
            return known
    near = get_close_matches(role, list(roles), 1, 0.6)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(roles)}"
    fault("role", f"nobody in staff is {role!r}; {hint}")
    return ""


def moment(per: str, frequency: Frequency | None) -> When:
    """Say how often a duty is met in the words of a scenario.

    Of a worker, each day means each shift. Other frequencies become a record with a
    chance in the longest of quarter, month and week that needs no more than one; what is
    met more than once a week is written together, once a week.

    Examples
    --------
    >>> from tidsbruk.obligations.frequency import parse_frequency
    >>> moment("client", parse_frequency("24"))
    When(trigger='week', per='client', probability=0.46153846153846156, together=1.0)
    >>> moment("unit", parse_frequency("daily"))
    When(trigger='week', per='unit', probability=1.0, together=7.0)
    """
    if per in TRIGGERS or frequency is None:
        return When(per, "", frequency.number if frequency else 1.0, 1.0)
    if per == "worker" and frequency.period == "day":
        return When("shift", "", min(1.0, frequency.number), max(1.0, frequency.number))
    times = frequency.per_year
    for period, rate in PERIODS:
        if times <= rate:
            return When(period, per, times / rate, 1.0)
    return When("week", per, 1.0, times / PERIODS[-1][1])


def _number(value: Any) -> float:
    return float(value or 0)


# The scenario --------------------------------------------------------------------------


def _made(
    scenario: Scenario, changes: dict[str, Any], remove: list[str], listed: DutyList
) -> Scenario:
    rows = {duty.name: duty.row for duty in listed.duties}
    try:
        made = scenario.replace(
            changes, remove=[f"obligations.{name}" for name in remove]
        )
    except ScenarioError as e:
        raise scenario_error(_placed(e.faults, rows), e.status) from None
    faults = made.check()
    if faults:
        raise scenario_error(_placed(faults, rows))
    return made


def _placed(
    faults: Sequence[tuple[str, str]], rows: dict[str, int]
) -> list[tuple[str, str]]:
    """Faults of the scenario with row and column, where a row caused them."""
    placed = []
    for path, message in faults:
        _, _, rest = path.partition(".")
        name, _, member = rest.partition(".")
        column = member.partition(".")[0]
        if path.startswith("obligations.") and name in rows:
            place = at(rows[name], COLUMN_OF.get(column, column or "duty"))
            placed.append((place, f"{place}: {message}"))
        else:
            placed.append((path, message))
    return placed


def describe(scenario: Scenario, name: str) -> str:
    """Say in a line what an obligation is.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> describe(tb.preset("home_care/npm"), "shift_report")
    'each shift, 4.7 min, end of shift, imposed by unit'
    """
    here = f"obligations.{name}."
    trigger, per = str(scenario[here + "trigger"]), scenario[here + "per"]
    chance = _number(scenario[here + "probability"])
    met = f"each {trigger}" if trigger in TRIGGERS else f"each {trigger} per {per}"
    told = [met if chance == 1 else f"{100 * chance:.3g} % of {met[5:]}s"]
    if trigger not in TRIGGERS and chance != 1:
        told = [f"{met} with chance {chance:.3g}"]
    mean = scenario[here + "minutes.mean"]
    told.append(f"{mean:.4g} min" if mean is not None else "minutes by a law")
    role, receivers = scenario[here + "role"], _number(scenario[here + "receivers"])
    if role:
        told.append(f"by {role}")
    if receivers > 1:
        again = 100 * _number(scenario[here + "reentry"])
        told.append(f"{receivers:g} receivers ({again:g} % entered again)")
    told.append(str(scenario[here + "timing"]).replace("_", " "))
    told.append(f"imposed by {scenario[here + 'imposed_by']}")
    if not is_writing(scenario, name):
        told.append(f"no writing: {scenario[here + 'books']}")
    return ", ".join(told)
