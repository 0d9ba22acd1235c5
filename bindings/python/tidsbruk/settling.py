"""How long a unit needs before its states have settled.

A unit begins with nobody knowing anybody, no strain and no backlog. The warm-up must be
so long that the slowest of these states has settled, in the slowest scenario. It is
chosen by MSER-5 on weekly means over replications, and meant to be looked at: `plot`
shows the series with Welch's moving average.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.errors import whole
from tidsbruk.runs import named_scenarios, run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidsbruk.runs import Scenarios

STATES = (
    "citizen.acquaintance",
    "staff.competence",
    "record.backlog_minutes",
    "staff.strain",
    "staff.absence_share",
)
WAITS = "citizen.wait."
BATCH = 5  # weeks, of MSER-5
WINDOW = 2  # weeks to either side, of Welch's average


class State(NamedTuple):
    """One state of one scenario.

    Attributes
    ----------
    scenario, outcome : str
        Which.
    weeks : int
        After so many it has settled.
    settled : bool
        False when the best cut lies in the second half of the series: it is too short, or
        there is no steady state.
    series : list of float
        Mean over replications of each week, from the first of life.
    """

    scenario: str
    outcome: str
    weeks: int
    settled: bool
    series: list[float]


def mser5(series: Sequence[float]) -> tuple[int, bool]:
    """Say where a series is best cut, and whether that is to be trusted.

    The cut minimises the squared standard error of the mean of what is left, over means
    of five. It lies in the first half; one at its end is not to be trusted.

    References
    ----------
    White (1997), An effective truncation heuristic for bias reduction in simulation
    output, Simulation 69(6). White, Cobb and Spratt (2000), A comparison of five
    steady-state truncation heuristics for simulation, Winter Simulation Conference.

    Examples
    --------
    >>> mser5([9.0] * 10 + [1.0, 2.0] * 20)
    (10, True)
    """
    n = len(series) // BATCH
    means = [sum(series[BATCH * i : BATCH * (i + 1)]) / BATCH for i in range(n)]
    best, cut = float("inf"), 0
    for d in range(n // 2 + 1):
        left = means[d:]
        middle = sum(left) / len(left)
        score = sum((x - middle) ** 2 for x in left) / len(left) ** 2
        if score < best * (1 - 1e-9):
            best, cut = score, d
    return BATCH * cut, cut < n // 2


def welch(series: Sequence[float], window: int = WINDOW) -> list[float]:
    """Give Welch's moving average (1983, Computer Performance Modeling Handbook)."""
    out = []
    for i in range(len(series)):
        w = min(window, i, len(series) - 1 - i)
        out.append(sum(series[i - w : i + w + 1]) / (2 * w + 1))
    return out


class Warmup:
    """The warm-up that scenarios need.

    Attributes
    ----------
    weeks : int
        The longest over all states and scenarios.
    states : list of State
        Those that move at all.
    overloaded : list of str
        Scenarios whose offered load is 1 or more: they have no steady state.
    """

    def __init__(self, states: list[State], overloaded: list[str]) -> None:
        self.states = states
        self.overloaded = overloaded
        self.weeks = max((s.weeks for s in states), default=0)

    @property
    def reason(self) -> str:
        """In words: which state asked for it, and what is not settled."""
        told = "nothing moves, so no warm-up is needed"
        if self.states:
            slowest = max(self.states, key=lambda s: s.weeks)
            told = f"{self.weeks} weeks: {slowest.outcome} under {slowest.scenario}"
        loose = [f"{s.outcome} under {s.scenario}" for s in self.states if not s.settled]
        if loose:
            told += f"; not settled within the series: {', '.join(loose)}"
        for name in self.overloaded:
            told += f"; {name} is overloaded: it has no steady state"
        return told

    def plot(self) -> Any:
        """Draw every state by week, with Welch's average and its cut; an altair chart."""
        import altair

        return altair.vconcat(*(_chart(altair, state) for state in self.states))

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "weeks": self.weeks,
            "reason": self.reason,
            "overloaded": self.overloaded,
            "states": [state._asdict() for state in self.states],
        }

    def __repr__(self) -> str:
        return f"<Warmup of {self.reason}>"


def _chart(altair: Any, state: State) -> Any:
    rows = [
        {"week": week, "mean": mean, "Welch": smooth}
        for week, (mean, smooth) in enumerate(
            zip(state.series, welch(state.series), strict=True)
        )
    ]
    title = f"{state.outcome}, {state.scenario}: {state.weeks} weeks"
    of = altair.Chart(altair.Data(values=rows), title=title, width=500, height=90)
    scale = altair.Scale(zero=False)
    return (
        of.mark_line(color="#bbb").encode(
            x="week:Q", y=altair.Y("mean:Q", scale=scale, title=None)
        )
        + of.mark_line().encode(x="week:Q", y="Welch:Q")
        + of.mark_rule(color="#c33").encode(x=altair.datum(state.weeks))
    )


def warmup(
    scenarios: Scenarios,
    *,
    weeks: int = 104,
    replications: int = 10,
    seed: int = 1,
    threads: int = 0,
) -> Warmup:
    """Choose the warm-up on the slowest state of any scenario.

    Parameters
    ----------
    scenarios : mapping of str to Scenario, iterable of Scenario, or Scenario
        As for `run`.
    weeks : int
        Length of the series, from the first week of life: at least 20.
    replications, seed, threads : int
        As for `run`.

    Returns
    -------
    Warmup

    Examples
    --------
    >>> import tidsbruk as tb
    >>> npm = tb.preset("home_care/npm")
    >>> tb.warmup(npm, weeks=20, replications=2).weeks % 5
    0
    """
    named = named_scenarios(scenarios)
    result = run(
        named,
        replications=replications,
        seed=seed,
        weeks=whole("weeks", weeks, 4 * BATCH, 520),
        warmup=0,
        threads=threads,
        weekly=True,
    )
    wanted = [o for o in result.outcomes if o in STATES or o.startswith(WAITS)]
    found = []
    for name in result.names:
        for outcome in wanted:
            series = result.weekly(name, outcome)
            if max(series) > min(series):
                found.append(State(name, outcome, *mser5(series), series))
    return Warmup(found, [n for n in result.names if result.offered_load(n) >= 1])
