"""How far single assumptions move a comparison.

The Monte Carlo interval tells how well the model's answer is known. This module tells
how much of that answer is assumed: every value of grade *assumed* is put, alone, at
both ends of the range that its evidence leaves open, and the two scenarios are run
again in the same worlds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk import _core
from tidsbruk.editing import text_of
from tidsbruk.errors import whole
from tidsbruk.result import HEADLINES, Result
from tidsbruk.runs import MOST_REPLICATIONS, MOST_THREADS
from tidsbruk.scenario import Scenario, _wrapped
from tidsbruk.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tidsbruk.value import Plain

    Progress = Callable[[int, int], object]
    Means = dict[str, float]

PAST = -1  # the number of a scenario that is run for its past alone
CHUNK = 32  # scenarios in one run, so that its columns stay small
REPLICATIONS = 10  # of the worlds that the comparison has: there are many ends to try


class Assumption(NamedTuple):
    """An assumed value and its range, in its unit.

    Attributes
    ----------
    path, unit, evidence : str
        Of the value.
    where : str
        ``"baseline"``, ``"alternative"`` or ``"both"``. See `assumed`.
    value, low, high : float
        As it is, and the ends of its range.
    """

    path: str
    unit: str
    where: str
    value: Plain
    low: float
    high: float
    evidence: str


class Effect(NamedTuple):
    """Differences with one assumption at the ends of its range.

    Attributes
    ----------
    assumption : Assumption
        Which.
    at_low, at_high : dict of str to float
        Point estimates of alternative minus baseline by outcome; empty where the
        scenario cannot be at that end.
    baseline_at_low, baseline_at_high : dict of str to float
        Point estimates of the baseline itself there, likewise.
    """

    assumption: Assumption
    at_low: dict[str, float]
    at_high: dict[str, float]
    baseline_at_low: dict[str, float]
    baseline_at_high: dict[str, float]

    def span(self, outcome: str, central: float) -> float:
        """How far the ends and the middle lie apart for one outcome, in its unit."""
        ends = [end[outcome] for end in (self.at_low, self.at_high) if outcome in end]
        return max([*ends, central]) - min([*ends, central])


class Assumptions:
    """The effects of every assumption on a comparison.

    Attributes
    ----------
    effects : list of Effect
        In the canonical order of paths.
    central : dict of str to float
        Differences with every value as it is.
    replications : int
        Worlds in which each assumption was tried.
    skipped : list of (str, str)
        Ends of ranges at which a scenario has faults: path and message.
    """

    def __init__(
        self,
        effects: list[Effect],
        central: dict[str, float],
        replications: int,
        skipped: list[tuple[str, str]],
    ) -> None:
        self.effects = effects
        self.central = central
        self.replications = replications
        self.skipped = skipped

    def range(self, outcome: str) -> tuple[float, float]:
        """Lowest and highest point estimate of a difference, in its unit."""
        ends = [self.central[outcome]]
        for effect in self.effects:
            ends += [e[outcome] for e in (effect.at_low, effect.at_high) if outcome in e]
        return min(ends), max(ends)

    def strongest(self, outcome: str) -> list[Effect]:
        """Sort the effects by how far they move one outcome, the strongest first."""
        central = self.central[outcome]
        return sorted(self.effects, key=lambda e: -e.span(outcome, central))

    def to_list(self, headlines: Sequence[str] = HEADLINES) -> list[dict[str, Any]]:
        """Plain data: what each assumption does to the three headlines."""
        heads = [name for name in headlines if name in self.central]
        return [
            e.assumption._asdict()
            | {
                "headlines": [
                    {
                        "name": name,
                        "at_low": e.at_low.get(name),
                        "at_high": e.at_high.get(name),
                    }
                    for name in heads
                ]
            }
            for e in self.effects
        ]


def assumed(baseline: Scenario, alternative: Scenario) -> list[Assumption]:
    """List the assumed values of two scenarios that have a range.

    A value that both assume alike moves in both together, over the range of the
    baseline; where the alternative states another range, it moves there alone, too.
    """
    mine, its = (
        {v.path: v for v in s.values() if _varies(v)} for s in (baseline, alternative)
    )
    listed = []
    for path, value in mine.items():
        together = path in its and its[path].text == value.text
        listed.append(_assumption(value, "both" if together else "baseline"))
    listed += [
        _assumption(value, "alternative")
        for path, value in its.items()
        if path not in mine or _assumes(mine[path]) != _assumes(value)
    ]
    return sorted(listed, key=lambda a: (a.path, a.where))


def _varies(v: Value) -> bool:
    return v.grade == "assumed" and v.has_range and not v.path.startswith("horizon.")


def _assumes(v: Value) -> tuple[str, float, float]:
    return v.text, v.range_low, v.range_high


def _assumption(v: Value, where: str) -> Assumption:
    return Assumption(
        v.path, v.unit, where, v.value, v.range_low, v.range_high, v.evidence
    )


def vary(
    result: Result,
    baseline: str,
    alternative: str,
    *,
    replications: int | None = None,
    threads: int = 0,
    progress: Progress | None = None,
) -> Assumptions:
    """Run a comparison again with each assumed value alone at the ends of its range.

    Parameters
    ----------
    result : Result
        A run of the two scenarios.
    baseline, alternative : str
        Their names.
    replications : int, optional
        Worlds for each end, the first of those of `result`; by default at most 10. The
        shift that an assumption makes in them is added to the difference over all of
        them: paired as they are, few worlds tell a shift well.
    threads : int
        As for `tidsbruk.run`.
    progress : callable, optional
        Called with the numbers of replications done and wanted.

    Returns
    -------
    Assumptions
    """
    pair = result.scenarios[baseline], result.scenarios[alternative]
    found = assumed(*pair)
    n = min(result.replications, REPLICATIONS)
    if replications is not None:
        whole("replications", replications, 1, MOST_REPLICATIONS)
        n = min(replications, result.replications)
    whole("threads", threads, 0, MOST_THREADS)
    worlds = _Worlds(result, baseline, n, threads)
    plans = [[_ends(pair, a, end, worlds) for end in ("low", "high")] for a in found]
    base = worlds.pair(*pair)
    worlds.run(progress)

    central = {
        name: result.difference(baseline, alternative, name).mean
        for name in result.outcomes
    }
    own = {name: result.estimate(baseline, name).mean for name in result.outcomes}
    shifted = [
        [
            _shifted(wanted, means(base), means(end))
            for wanted, means in ((central, worlds.difference), (own, worlds.baseline))
            for end in ends
        ]
        for ends in plans
    ]
    effects = [Effect(a, *four) for a, four in zip(found, shifted, strict=True)]
    return Assumptions(effects, central, n, worlds.skipped)


def _shifted(central: Means, before: Means, after: Means) -> Means:
    return {name: central[name] + after[name] - before[name] for name in after}


def _ends(
    pair: tuple[Scenario, Scenario], a: Assumption, end: str, worlds: _Worlds
) -> tuple[int, int] | None:
    """Both scenarios with an assumption at one end; None when it cannot be there."""
    text = text_of(getattr(a, end))
    kind = pair[a.where == "alternative"].value(a.path).kind
    if kind in ("count", "flag"):
        text = str(int(getattr(a, end)))
    ends = []
    for scenario, side in zip(pair, ("baseline", "alternative"), strict=True):
        if a.where in (side, "both"):
            plain = scenario._plain.copy()
            try:
                plain.set(a.path, text)
                faults = plain.check()
            except _core.ScenarioError as e:
                faults = e.faults
            if faults:
                worlds.skipped += [(a.path, message) for _, message in faults]
                return None
            scenario = _wrapped(Scenario, plain, {}, "")
        ends.append(scenario)
    return worlds.pair(ends[0], ends[1])


def _shifting(progress: Progress, before: int, total: int) -> Progress:
    """The progress of a part of the whole."""
    return lambda done, _: progress(before + done, total)


def _chunks(listed: list[tuple[int, Scenario]]) -> list[list[tuple[int, Scenario]]]:
    return [listed[i : i + CHUNK] for i in range(0, len(listed), CHUNK)]


class _Worlds:
    """Point estimates of many scenarios in the worlds of a result."""

    def __init__(
        self, result: Result, baseline: str, replications: int, threads: int
    ) -> None:
        self.result = result
        self.replications = replications
        self.threads = threads
        self.switches = result.estimand == "switch"
        first = result.names[0]
        self.past = None if baseline == first else result.scenarios[first]
        self.scenarios: dict[tuple[Scenario | None, Scenario], int] = {}
        self.means: dict[int, Means] = {}
        self.skipped: list[tuple[str, str]] = []

    def pair(self, baseline: Scenario, alternative: Scenario) -> tuple[int, int]:
        """Numbers of two scenarios to run; in a switch with the past that they share."""
        history = (self.past or baseline) if self.switches else None
        return self.add(history, baseline), self.add(history, alternative)

    def add(self, history: Scenario | None, scenario: Scenario) -> int:
        return self.scenarios.setdefault((history, scenario), len(self.scenarios))

    def run(self, progress: Progress | None) -> None:
        """Run them all, those of one history together, behind it."""
        together: dict[Scenario | None, list[tuple[int, Scenario]]] = {}
        for (history, scenario), index in self.scenarios.items():
            together.setdefault(history, []).append((index, scenario))
        parts = [
            chunk if history in (None, chunk[0][1]) else [(PAST, history), *chunk]
            for history, listed in together.items()
            for chunk in _chunks(listed)
        ]
        total, done = sum(map(len, parts)) * self.replications, 0
        for part in parts:
            self.chunk(part, progress and _shifting(progress, done, total))
            done += len(part) * self.replications

    def chunk(self, part: list[tuple[int, Scenario]], progress: Progress | None) -> None:
        plain = _core.run(
            tuple(scenario._plain for _, scenario in part),
            tuple(str(i) for i in range(len(part))),
            replications=self.replications,
            seed=self.result.seed,
            weeks=self.result.weeks,
            warmup=self.result.warmup,
            threads=self.threads,
            estimand=int(self.switches),
            progress=progress,
        )
        known = [o[0] for o in plain.outcomes() if o[0] in self.result.outcomes]
        for i, (index, _) in enumerate(part):
            self.means[index] = {name: plain.estimate(i, name, 0.95)[0] for name in known}

    def baseline(self, pair: tuple[int, int] | None) -> Means:
        return self.means[pair[0]] if pair else {}

    def difference(self, pair: tuple[int, int] | None) -> Means:
        if pair is None:
            return {}
        a, b = (self.means[i] for i in pair)
        return {name: b[name] - a[name] for name in a if name in b}
