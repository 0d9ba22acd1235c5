"""The fitted scenario beside the data that it was fitted to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.errors import whole
from tidsbruk.own.seen import Seen, seen_in

if TYPE_CHECKING:
    from tidsbruk.own.visits import Visits

WARMUP = 4  # weeks
LEAST, MOST = 3, 200  # replications
NEAR = 0.02  # of a number: what is apart by less is of no matter
NEAR_SHARE = 0.005
TINY = 1e-9


class Beside(NamedTuple):
    """A number in the data beside what the scenario gives.

    Attributes
    ----------
    name, unit : str
        What was counted.
    data : float
        NaN where the data do not hold it.
    simulated, chance : float
        Mean of the replications; by how much the data of another world like these would
        differ from it by chance, in 19 of 20 cases.
    verdict : str
        ``"alike"`` (inside chance), ``"near"`` (outside, by too little to matter) or
        ``"apart"``.
    cause : str
        Of what is apart, the likeliest; empty otherwise.
    """

    name: str
    unit: str
    data: float
    simulated: float
    chance: float
    verdict: str
    cause: str

    @property
    def difference(self) -> float:
        """Data less simulation."""
        return self.data - self.simulated


class Check:
    """What the fitted scenario gives beside what the data show.

    The scenario was fitted to the same data: that they are alike says that it gives back
    what it was made of, and nothing of weeks that it has not seen.

    Attributes
    ----------
    rows : list of Beside
        What was counted, in the order of the report.
    quantiles : dict of str to (list of float, list of float)
        From 2 % to 98 %, in the data and simulated.
    replications, weeks : int
        Worlds, and how long each was.
    """

    def __init__(
        self,
        rows: list[Beside],
        quantiles: dict[str, tuple[list[float], list[float]]],
        replications: int,
        weeks: int,
    ) -> None:
        self.rows, self.quantiles = rows, quantiles
        self.replications, self.weeks = replications, weeks

    def __getitem__(self, name: str) -> Beside:
        """Give the row of that name."""
        return next(row for row in self.rows if row.name == name)

    def apart(self) -> list[Beside]:
        """Rows in which data and scenario are apart."""
        return [row for row in self.rows if row.verdict == "apart"]

    @property
    def said(self) -> str:
        """How to read it, in words."""
        count = {v: sum(r.verdict == v for r in self.rows) for v in ("alike", "near")}
        n = len(self.rows)
        return (
            f"The scenario, run for {self.weeks} weeks in {self.replications} worlds and "
            f"counted like the data: {count['alike']} of {n} numbers are inside chance, "
            f"{count['near']} apart by too little to matter, {len(self.apart())} apart. "
            "By chance alone one in twenty would be outside. It was fitted to the same "
            "data: this says whether it gives them back, not whether it is right of "
            "others."
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        from tidsbruk.plain import finite

        data = {
            "replications": self.replications,
            "weeks": self.weeks,
            "rows": [row._asdict() | {"difference": row.difference} for row in self.rows],
        }
        return finite(data)  # type: ignore[no-any-return]

    def __repr__(self) -> str:
        return f"<Check: {len(self.apart())} of {len(self.rows)} numbers are apart>"

    def __rich__(self) -> Any:
        from tidsbruk.own.show import rich_check

        return rich_check(self)

    def __str__(self) -> str:
        from tidsbruk.show import plain_text

        return plain_text(self)

    def _repr_html_(self) -> str:
        from tidsbruk.own.show import check_html

        return check_html(self)


def check(fit: Visits, replications: int, seed: int) -> Check:
    """Run the scenario of a fit, and set it beside what was counted in the data."""
    count = whole("replications", replications, LEAST, MOST)
    scenario = fit.scenario()
    worlds = [simulated(fit, scenario, seed, i) for i in range(count)]
    names = list(fit.seen.values)
    names += [n for n in worlds[0].values if n not in names]
    rows = [_row(fit, name, worlds) for name in names]
    quantiles = {
        name: (mine, _mean([w.quantiles[name] for w in worlds]))
        for name, mine in fit.seen.quantiles.items()
        if all(name in w.quantiles for w in worlds)
    }
    return Check([row for row in rows if row], quantiles, count, fit.weeks)


def simulated(fit: Visits, scenario: Any, seed: int, replication: int) -> Seen:
    """Count one world as the data were counted, with the columns that they have."""
    from tidsbruk.own.reading import read_rows
    from tidsbruk.own.roster import in_shifts
    from tidsbruk.traces import trace

    made = trace(
        scenario, seed=seed, replication=replication, weeks=fit.weeks, warmup=WARMUP
    )
    table = made.visits(calls=True)
    hidden = [] if fit.windows_told else ["window_opens", "window_closes"]
    hidden += [] if fit.temps else ["temp"]
    roster = made.roster() if fit.roster else None
    if roster is not None and fit.roster and fit.roster.absent is None:
        roster = roster.drop_columns(["status"])
    rows, _ = read_rows(table.drop_columns(hidden), roster)
    frames: list[Any] = []
    for frame in (rows.visits, rows.calls):
        if fit.seconds > 1:
            for name in ("planned_start", "start", "end", "due"):
                frame[name] = frame[name].dt.floor("min")
        frames.append(in_shifts(frame, rows.shifts))
    return seen_in(frames[0], frames[1], rows.shifts, fit.weeks)


def _mean(lists: list[list[float]]) -> list[float]:
    import numpy as np

    return [float(x) for x in np.mean(lists, axis=0)]


def _row(fit: Visits, name: str, worlds: list[Seen]) -> Beside | None:
    import numpy as np
    from scipy import stats

    data, unit = fit.seen.values.get(name, (math.nan, ""))
    there = [w.values[name] for w in worlds if name in w.values]
    if not there:
        cause = "the scenario has none of it"
        return Beside(name, unit, data, math.nan, math.nan, "apart", cause)
    unit = unit or there[0][1]
    values = np.array([value for value, _ in there])
    n, mean = len(values), float(values.mean())
    if unit == "share" and max(mean, 0.0 if data != data else data) < NEAR_SHARE / 5:
        return None  # nothing of it on either side
    if data != data:
        return Beside(
            name, unit, data, mean, math.nan, "apart", "the data hold none of it"
        )
    if n < LEAST:
        return None  # too few worlds hold it to say what chance is
    spread = float(values.std(ddof=1))
    chance = float(stats.t.ppf(0.975, n - 1)) * spread * math.sqrt(1 + 1 / n)
    off = abs(data - mean)
    near = NEAR_SHARE if unit == "share" else NEAR * max(abs(data), abs(mean))
    verdict = "alike" if off <= chance + TINY else "near" if off <= near else "apart"
    cause = _cause(fit, name, data > mean) if verdict == "apart" else ""
    return Beside(name, unit, data, mean, chance, verdict, cause)


# Causes: what a name begins with, and what is likely where the data are above, or below.
_PATTERN = (
    "the scenario spreads a client's visits evenly over the week, five or fewer over "
    "Monday to Friday, and draws hours and the length of visits apart; the data have a "
    "pattern of their own"
)
_LENGTHS = (
    "a client's visits are of one length in the scenario, and of several in the data"
)
_WHOLE = (
    "the scenario draws a client's hours and the length of its visits apart, and makes a "
    "whole number of visits of them: their mean length moves with it"
)
_SHORT = (
    "short visits are rarer in the data: minutes that a grant adds without need (fill) "
    "are set to 0"
)
_BETWEEN = (
    "what else the base lets people do between two doors (reading a record, say) is in "
    "the gaps of the data, too, and counts twice: the ways are too long by so much"
)
_PLAN = "the scenario plans by its own rules (planning.*), not as these plans were made"
_CARERS = (
    "planning.continuity is the base's: raise it",
    "planning.continuity is the base's: lower it",
)
CAUSES: tuple[tuple[str, tuple[str, str]], ...] = (
    ("visits a day", (_PATTERN, _PATTERN)),
    ("clients of a week", ("who came or left counts in part, each week",) * 2),
    ("planned from", ("windows are coarser than when visits are planned",) * 2),
    ("minutes given by day", (_LENGTHS, _LENGTHS)),
    ("minutes given in", (_LENGTHS, _LENGTHS)),
    ("minutes given: mean", (_WHOLE, _WHOLE)),
    ("minutes given: 10%", (_SHORT, _LENGTHS)),
    ("minutes given", (_LENGTHS, _LENGTHS)),
    ("given over granted", ("need, or what shortens visits, is not as fitted",) * 2),
    (
        "start less plan",
        (
            f"{_PLAN}, or what delays people on the way is not in it",
            f"{_PLAN}: people begin earlier than it lets them",
        ),
    ),
    ("begun 15", (f"{_PLAN}: plans are tighter, or kept less", f"{_PLAN}: they hold")),
    ("way", ("the law of ways is not as fitted", _BETWEEN)),
    (
        "visits of a shift",
        (
            "more is planned on fewer shifts: some who work on the roster visit nobody",
            "work is spread over more shifts than the scenario needs",
        ),
    ),
    (
        "from first to last",
        (
            "what opens and closes a shift (handover, meetings, administration) is the "
            "base's, and takes less here",
            "what opens and closes a shift takes more here than in the base, or work is "
            "spread otherwise over the shift",
        ),
    ),
    (
        "last visit ends",
        ("overtime is more usual than the base lets it be", "overtime is rarer here"),
    ),
    ("carers", (_CARERS[1], _CARERS[0])),
    ("shifts whose worker", ("spells of absence are not as the base has them",) * 2),
    ("of these filled", ("who stands in is not left to chance",) * 2),
    ("visits given by temps", ("temps do other shares of the work than regulars",) * 2),
    (
        "visits that nobody gave",
        (
            "visits fall away for other reasons than want of time, or are not recorded",
            "the scenario has too few hands at some hours: plans here find room",
        ),
    ),
    ("visits in vain", ("they are not left to chance alike in all visits",) * 2),
    ("calls", ("calls that nobody took are in no table",) * 2),
    ("minutes of a call", ("their law is not as fitted",) * 2),
)


def _cause(fit: Visits, name: str, above: bool) -> str:
    for start, (more, less) in CAUSES:
        if name.startswith(start):
            told = more if above else less
            break
    else:
        told = "not known"
    if fit.heaps.are_there and name.startswith(("minutes", "start", "way")):
        told = f"times are rounded by hand in the data; else {told}"
    return told
