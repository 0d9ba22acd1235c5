"""How long a unit needs before its states have settled.

A unit begins with nobody knowing anybody, no strain and no backlog. The warm-up must be
so long that the slowest of these states has settled, in the slowest scenario. It ends
where no state is further from where it settles than chance puts it, over replications;
and it is meant to be looked at: `plot` shows the series with Welch's moving average.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.errors import whole
from tidsbruk.runs import MOST_REPLICATIONS, named_scenarios, run

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy

    from tidsbruk.result import Result
    from tidsbruk.runs import Scenarios

    Array = numpy.ndarray[tuple[int, int], numpy.dtype[numpy.float64]]

STATES = (
    "citizen.acquaintance",
    "staff.competence",
    "record.backlog_minutes",
    "staff.strain",
    "staff.absence_share",
)
WAITS = "citizen.wait."
BATCH = 5  # weeks that are looked at together
LEVEL = 0.99  # of the band, jointly over all that is looked at
FEWEST = 10  # worlds: with fewer, chance hides nearly everything
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
        False when it is still on its way at the half of the series: that is too short, or
        there is no steady state.
    series : list of float
        Mean over replications of each week, from the first of life.
    level : float
        Where it settles: the mean of the second half.
    band : list of float
        How far from there chance alone puts each five weeks of the first half.
    """

    scenario: str
    outcome: str
    weeks: int
    settled: bool
    series: list[float]
    level: float
    band: list[float]


class Settled(NamedTuple):
    """What `settling` finds.

    Attributes
    ----------
    weeks, settled, level, band
        As of a `State`.
    """

    weeks: int
    settled: bool
    level: float
    band: list[float]


def settling(
    numerator: Array, denominator: Array, *, looks: int = 1, level: float = LEVEL
) -> Settled:
    """Say after how many weeks a series has settled.

    It has a level, the ratio over the second half of the weeks. Each five weeks of the
    first half deviate from it by so much, in each replication; where the mean deviation
    is further from 0 than a t-interval over replications allows, the series is still on
    its way. The warm-up ends after the last such five weeks. Intervals hold jointly over
    the first half (Bonferroni), so that noise alone asks for a warm-up with a chance of
    at most 1 - `level`. What is left of a transient is less than chance hides in so many
    replications: more of them see more.

    Parameters
    ----------
    numerator, denominator : array of shape (replications, weeks)
        Of an outcome: two replications or more, and ten weeks.
    looks : int
        How many series are looked at together, for which the band is to hold.
    level : float
        Confidence of the band.

    Returns
    -------
    Settled

    References
    ----------
    Robinson (2007), A statistical process control approach to selecting a warm-up period
    for a discrete-event simulation, European Journal of Operational Research 176: a
    series has settled from where it stays within the limits that its second half and its
    replications set. The limits are those of a ratio (Cochran 1977, Sampling Techniques,
    6.3), paired with the level of the same replication.

    Examples
    --------
    >>> import numpy
    >>> rng = numpy.random.default_rng(1)
    >>> series = 10 + rng.normal(size=(20, 100))
    >>> series[:, :15] -= 4
    >>> settling(series, numpy.ones_like(series))[:2]
    (15, True)
    """
    import numpy
    from scipy import stats

    n = numerator.shape[0]
    late = numerator.shape[1] // 2
    batches = late // BATCH
    top, bottom = (
        part[:, : BATCH * batches].reshape(n, batches, BATCH).sum(2)
        for part in (numerator, denominator)
    )
    last_top, last_bottom = (x[:, late:].sum(1) for x in (numerator, denominator))
    if not last_bottom.sum():
        return Settled(0, True, 0.0, [0.0] * batches)
    rest = float(last_top.sum() / last_bottom.sum())
    mean = bottom.mean(0)
    deviations = numpy.divide(top - rest * bottom, mean, where=mean != 0, out=0 * top)
    deviations -= ((last_top - rest * last_bottom) / last_bottom.mean())[:, None]
    error = deviations.std(0, ddof=1) / n**0.5
    band = stats.t.ppf(1 - (1 - level) / (2 * batches * looks), n - 1) * error
    away = numpy.abs(deviations.mean(0))
    moving = numpy.flatnonzero(away > band + 1e-9 * (abs(rest) + away))  # no rounding
    cut = int(moving[-1]) + 1 if len(moving) else 0
    return Settled(BATCH * cut, cut < batches, rest, band.tolist())


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
    band = [
        {"week": week, "low": state.level - half, "high": state.level + half}
        for i, half in enumerate(state.band)
        for week in (BATCH * i, BATCH * (i + 1))
    ]
    of = altair.Chart(altair.Data(values=rows), title=title, width=500, height=90)
    scale = altair.Scale(zero=False)
    return (
        altair.Chart(altair.Data(values=band))
        .mark_area(color="#eda", opacity=0.6)
        .encode(x="week:Q", y=altair.Y("low:Q", scale=scale), y2="high:Q")
        + of.mark_line(color="#bbb").encode(
            x="week:Q", y=altair.Y("mean:Q", scale=scale, title=None)
        )
        + of.mark_line().encode(x="week:Q", y="Welch:Q")
        + of.mark_rule(color="#c33").encode(x=altair.datum(state.weeks))
    )


def warmup(
    scenarios: Scenarios,
    *,
    weeks: int = 104,
    replications: int = 20,
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
    replications : int
        Worlds, ten or more: the more, the smaller a deviation that is seen.
    seed, threads : int
        As for `run`.

    Returns
    -------
    Warmup

    Examples
    --------
    >>> import tidsbruk as tb
    >>> npm = tb.preset("home_care/npm")
    >>> tb.warmup(npm, weeks=20, replications=10).weeks % 5
    0
    """
    named = named_scenarios(scenarios)
    result = run(
        named,
        replications=whole("replications", replications, FEWEST, MOST_REPLICATIONS),
        seed=seed,
        weeks=whole("weeks", weeks, 4 * BATCH, 520),
        warmup=0,
        threads=threads,
        weekly=True,
    )
    wanted = [o for o in result.outcomes if o in STATES or o.startswith(WAITS)]
    series = {
        (name, outcome): [week.mean for week in result.weekly(name, outcome)]
        for name in result.names
        for outcome in wanted
    }
    series = {key: of for key, of in series.items() if max(of) > min(of)}
    found = [_state(result, *key, of, len(series)) for key, of in series.items()]
    return Warmup(found, [n for n in result.names if result.offered_load(n) >= 1])


def _state(
    result: Result, scenario: str, outcome: str, series: list[float], looks: int
) -> State:
    import numpy

    shape = result.replications, result.rows_per_replication
    parts = (
        numpy.asarray(result.column(scenario, outcome, part)).reshape(shape)
        for part in ("numerator", "denominator")
    )
    weeks, settled, level, band = settling(*parts, looks=looks)
    return State(scenario, outcome, weeks, settled, series, level, band)
