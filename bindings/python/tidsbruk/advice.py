"""Advice: what a scenario says to no effect, or so that it looks like a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tidsbruk.scenario import Scenario

IDLE = "it has no effect"  # begins each message about a setting that can do nothing


class Advice(NamedTuple):
    """Something that a scenario says to no effect, or that looks like a slip.

    Attributes
    ----------
    path : str
        The setting or item that it is about.
    message : str
        Why; without the path.
    """

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def lines(told: Iterable[Advice]) -> list[str]:
    """Give a line for each reason, with all the paths that it holds for."""
    paths: dict[str, list[str]] = {}
    for path, message in told:
        paths.setdefault(message, []).append(path)
    return [f"{', '.join(found)}: {message}" for message, found in paths.items()]


def idle_differences(baseline: Scenario, alternative: Scenario) -> list[str]:
    """List the paths in which two scenarios differ, and which act in neither.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> npm = tb.preset("home_care/npm")
    >>> idle_differences(npm, npm.replace({"regime.dialogue.clash_minutes": 9}))
    ['regime.dialogue.clash_minutes']
    """
    idle = [_idle(s) for s in (baseline, alternative)]
    out = []
    for change in baseline.diff(alternative):
        path = change.path
        if any(_holds(paths, path) for paths in idle) and all(
            _holds(paths, path) or path not in s or s.value(path).is_default
            for paths, s in zip(idle, (baseline, alternative), strict=True)
        ):
            out.append(path)
    return out


HOURS = ("role", "starts", "minutes", "weekdays", "saturdays", "sundays")  # of a shift


def only_heads(baseline: Scenario, alternative: Scenario) -> list[str]:
    """List the counts of staff in which two scenarios differ, and their hours do not.

    Hours come from shifts: with other people on the same shifts each works more or less
    of them, and no hour comes or goes.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> clinic = tb.preset("clinic/npm")
    >>> only_heads(clinic, clinic.replace({"staff.doctor.count": 4}))
    ['staff.doctor.count']
    """
    paths = [change.path for change in baseline.diff(alternative)]
    if any(p.startswith("shifts.") and p.rpartition(".")[2] in HOURS for p in paths):
        return []
    return [
        path
        for path in paths
        if path.startswith("staff.") and path.endswith(".count")
        if all(
            path in s and str(s[path[: -len("count")] + "roster"]) == "shifts"
            for s in (baseline, alternative)
        )
    ]


def _idle(scenario: Scenario) -> set[str]:
    return {path for path, message in scenario.advice() if message.startswith(IDLE)}


def _holds(paths: set[str], path: str) -> bool:
    """Whether a path, or the law that it is a part of, is among the paths."""
    return path in paths or path.rpartition(".")[0] in paths
