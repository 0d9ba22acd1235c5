"""``--set PATH=VALUE`` and ``--remove PATH``: changes of scenarios on the command line.

``NAME:PATH`` changes one scenario: the one that was given as NAME, whose file is called
NAME.toml, or that is the baseline or the alternative of a pair. Without a name, all.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from tidsbruk import _core
from tidsbruk.errors import fault, scenario_error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tidsbruk._core import Fault
    from tidsbruk.scenario import Scenario


class Override(NamedTuple):
    """One change: a value as text, or None where an item goes."""

    said: str
    name: str
    path: str
    value: str | None


class Sides(NamedTuple):
    """A scenario as it was given, and what else it may be called."""

    given: str
    also: tuple[str, ...] = ()

    def is_called(self, name: str) -> bool:
        """Whether a name means this scenario."""
        return name in ("", self.given, PurePath(self.given).stem, *self.also)


class OverrideError(Exception):
    """An override that is not understood."""


def overrides(changes: Sequence[str], remove: Sequence[str]) -> list[Override]:
    """Take the options apart; what is removed goes first."""
    taken = []
    for said in remove:
        name, _, path = said.rpartition(":")
        taken.append(Override(f"--remove {said}", name.strip(), path.strip(), None))
    for said in changes:
        place, equals, value = said.partition("=")
        if not equals:
            raise OverrideError(f"--set {said}: it takes PATH=VALUE")
        name, _, path = place.rpartition(":")
        taken.append(Override(f"--set {said}", name.strip(), path.strip(), value.strip()))
    return taken


def changed(
    scenarios: Sequence[Sides],
    wanted: Sequence[Override],
    found: Callable[[str], Scenario],
) -> list[Scenario]:
    """Find the scenarios and change them; the faults of all of them come together."""
    for o in wanted:
        if not any(s.is_called(o.name) for s in scenarios):
            known = ", ".join(s.given for s in scenarios)
            raise OverrideError(
                f"{o.said}: no scenario here is called {o.name}, but {known}"
            )
    made: list[Scenario] = []
    faults: list[tuple[str, Fault]] = []
    status = ""
    for s in scenarios:
        try:
            made.append(
                _changed(found(s.given), [o for o in wanted if s.is_called(o.name)])
            )
        except _core.ScenarioError as e:
            faults += [(s.given, f) for f in e.faults]
            status = status or e.status
    if faults:
        raise scenario_error(_told(faults, len(scenarios)), status)
    return made


def _changed(scenario: Scenario, wanted: Sequence[Override]) -> Scenario:
    if not wanted:
        return scenario
    values = {o.path: o.value for o in wanted if o.value is not None}
    return scenario.replace(values, remove=[o.path for o in wanted if o.value is None])


def _told(faults: list[tuple[str, Fault]], scenarios: int) -> list[Fault]:
    """Each fault once; with the name of its scenario, where not all have it."""
    told: dict[str, list[tuple[str, Fault]]] = {}
    for name, f in faults:
        told.setdefault(f.message, []).append((name, f))
    out = []
    for message, same in told.items():
        name, f = same[0]
        plain = f.file is not None or len(same) == scenarios or name in message
        said = message if plain else f"{name}: {message}"
        place = {"file": f.file, "line": f.line, "column": f.column}
        out.append(fault(f.path, said, value=f.value, **place))  # type: ignore[arg-type]
    return out
