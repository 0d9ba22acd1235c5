"""A survey of time use, mapped to the ledger by a mapping that is printed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.errors import failure
from tidsbruk.nearest import nearest
from tidsbruk.own.estimates import Estimate
from tidsbruk.own.table import Table, Veil
from tidsbruk.own.vocabularies import DEFINITIONS, LEDGER, VOCABULARIES, Definition
from tidsbruk.own.words import TIME_USE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidsbruk.own.table import Source
    from tidsbruk.result import Result


class Mapped(NamedTuple):
    """A category of a survey, and what it is in the ledger.

    Attributes
    ----------
    category : str
        As the survey says it.
    columns : tuple of str
        Of the ledger.
    vocabulary : str
        By which it was read.
    """

    category: str
    columns: tuple[str, ...]
    vocabulary: str


class Compared(NamedTuple):
    """A share in a survey beside that of a simulated unit.

    Attributes
    ----------
    name : str
        Category, or definition.
    columns : tuple of str
        Of the ledger.
    survey : Estimate
        Its standard error is NaN where the survey names no workers.
    simulated, simulated_error : float
        The same share in the runs: of what the survey covers.
    """

    name: str
    columns: tuple[str, ...]
    survey: Estimate
    simulated: float
    simulated_error: float

    @property
    def difference(self) -> float:
        """Survey less simulation."""
        return self.survey.value - self.simulated


class TimeUse:
    """A survey of time use by the ledger's columns.

    Attributes
    ----------
    mapping : list of Mapped
        What each category was taken for.
    minutes : dict of str to float
        By category, in the order of the survey.
    by_role : dict of str to dict of str to float
        The same for each role.
    shares : dict of str to Estimate
        Of all minutes, by category.
    covered : tuple of str
        Columns of the ledger that the survey has a category for, in their order. What it
        leaves out (breaks, waiting ...) is in no share of it.
    """

    def __init__(
        self, table: Table, mapping: list[Mapped], category: Any, minutes: Any, **of: Any
    ) -> None:
        import numpy as np

        self.source, self.read_as = table.source, table.read_as
        self.notes = table.notes
        self.mapping = mapping
        names = [m.category for m in mapping]
        sums = [float(minutes[category == name].sum()) for name in names]
        self.minutes = dict(zip(names, sums, strict=True))
        self.total = float(sum(sums))
        self.by_role = {
            role: {
                name: float(minutes[(category == name) & (of["role"] == role)].sum())
                for name in names
            }
            for role in dict.fromkeys(of["role"].tolist())
            if role
        }
        worker = of["worker"]
        self.workers = 0 if worker is None else len(np.unique(worker))
        self.shares = {
            name: _share(name, category == name, minutes, worker) for name in names
        }
        self.covered = tuple(c for c in LEDGER if any(c in m.columns for m in mapping))
        self._grouped = {
            columns: _together(mapping, columns, category, minutes, worker)
            for columns in dict.fromkeys(m.columns for m in mapping)
        }

    @property
    def left_out(self) -> tuple[str, ...]:
        """Columns of the ledger that no category stands for."""
        return tuple(column for column in LEDGER if column not in self.covered)

    def definitions(self) -> dict[str, float]:
        """Shares of direct time as countries define them, of what the survey covers.

        NaN where it cannot be told: time on duty has breaks in it, so that a survey
        without them does not know it; nor does one in which breaks and other time are one
        category know time without them. A survey does not say what is written in
        presence: where a definition counts it, the survey's own category of direct time
        is taken as it is.
        """
        care, breaks = (self._alone(column) for column in ("care", "breaks"))
        without = care / (1 - breaks) if breaks < 1 else math.nan
        over_duty = care if "breaks" in self.covered else math.nan
        return {d.name: without if d.without_breaks else over_duty for d in DEFINITIONS}

    def _alone(self, column: str) -> float:
        """Share of a column; 0 where it is left out, NaN where it is one of several."""
        if column not in self.covered:
            return 0.0
        mixed = any(column in m.columns and len(m.columns) > 1 for m in self.mapping)
        return math.nan if mixed else self._grouped[column,].value

    def against(self, result: Result, scenario: str | None = None) -> Comparison:
        """Set the survey beside a simulated unit.

        Parameters
        ----------
        result : Result
            Of a run.
        scenario : str, optional
            Which of its scenarios; by default the first.

        Returns
        -------
        Comparison
            Each category, then each definition. Both sides are shares of the columns
            that the survey covers: one that leaves out breaks, say, is held against time
            without breaks.
        """
        name = result.names[0] if scenario is None else scenario
        rows = [
            Compared(
                survey.name,
                columns,
                survey,
                *_simulated(result, name, columns, self.covered),
            )
            for columns, survey in self._grouped.items()
        ]
        told = [_defined(self, d, result, name) for d in DEFINITIONS]
        return Comparison(self, name, rows, [row for row in told if row])

    def __repr__(self) -> str:
        return f"<TimeUse: {len(self.mapping)} categories, {self.total:,.0f} min>"

    def __rich__(self) -> Any:
        from tidsbruk.own.show import rich_time_use

        return rich_time_use(self)

    def __str__(self) -> str:
        from tidsbruk.show import plain_text

        return plain_text(self)

    def _repr_html_(self) -> str:
        from tidsbruk.own.show import html_of

        return html_of(self)


class Comparison:
    """A survey beside a simulated unit.

    Attributes
    ----------
    rows : list of Compared
        Category by category.
    definitions : list of Compared
        Direct time by each definition.
    """

    def __init__(
        self,
        survey: TimeUse,
        name: str,
        rows: list[Compared],
        definitions: list[Compared],
    ) -> None:
        self.survey, self.scenario = survey, name
        self.rows, self.definitions = rows, definitions

    def __repr__(self) -> str:
        return (
            f"<Comparison of a survey with {self.scenario}: {len(self.rows)} categories>"
        )

    def __rich__(self) -> Any:
        from tidsbruk.own.show import rich_against

        return rich_against(self)

    def __str__(self) -> str:
        from tidsbruk.show import plain_text

        return plain_text(self)

    def _repr_html_(self) -> str:
        from tidsbruk.own.show import html_of

        return html_of(self)


def _share(name: str, mine: Any, minutes: Any, worker: Any) -> Estimate:
    """A ratio of sums; its error is over workers, whose answers are alike."""
    import numpy as np

    share = float(minutes[mine].sum() / minutes.sum())
    error = math.nan
    if worker is not None:
        _, number = np.unique(worker, return_inverse=True)
        own = np.bincount(number, weights=np.where(mine, minutes, 0.0))
        each = np.bincount(number, weights=minutes)
        m = len(each)
        if m > 1:
            apart = own - share * each
            error = math.sqrt(m / (m - 1) * float((apart**2).sum())) / float(each.sum())
    return Estimate(name, share, error, "share", int(mine.sum()))


def _together(
    mapping: list[Mapped],
    columns: tuple[str, ...],
    category: Any,
    minutes: Any,
    worker: Any,
) -> Estimate:
    """The share of all categories that stand for the same columns, as one."""
    import numpy as np

    names = [m.category for m in mapping if m.columns == columns]
    return _share(" + ".join(names), np.isin(category, names), minutes, worker)


def _simulated(
    result: Result,
    name: str,
    columns: tuple[str, ...],
    covered: tuple[str, ...],
    also: tuple[str, ...] = (),
) -> tuple[float, float]:
    """Share of columns, and outcomes, in those that are covered, and its standard error.

    A ratio of sums over replications, its error by linearization; NaN for one of them.
    """
    import numpy as np

    def minutes(outcomes: list[str]) -> Any:
        parts = [np.asarray(result.column(name, o, "numerator")) for o in outcomes]
        whole = np.sum(parts, axis=0)
        return whole.reshape(result.replications, -1).sum(axis=1)

    top = minutes([*(LEDGER[column] for column in columns), *also])
    bottom = minutes([LEDGER[column] for column in covered])
    share = float(top.sum() / bottom.sum())
    n = len(top)
    if n < 2:
        return share, math.nan
    apart = (top - share * bottom) / bottom.mean()
    return share, float(apart.std(ddof=1)) / math.sqrt(n)


def _defined(
    survey: TimeUse, d: Definition, result: Result, name: str
) -> Compared | None:
    value = survey.definitions()[d.name]
    if value != value:
        return None
    covered = tuple(c for c in survey.covered if not (d.without_breaks and c == "breaks"))
    also = d.numerator[1:]
    mean, error = _simulated(result, name, ("care",), covered, also)
    title = f"{d.name}, {d.country}" if d.country else d.name
    return Compared(
        title, ("care",), Estimate(d.said, value, math.nan, "share", 0), mean, error
    )


def load_time_use(
    frame: Source, *, mapping: Mapping[str, str | tuple[str, ...]] | None = None
) -> TimeUse:
    """Load a survey of time use.

    Parameters
    ----------
    frame : path, data frame, Arrow stream or iterable of mappings
        ``category`` and ``minutes``, and, where known, ``role`` and ``worker`` (then
        shares have standard errors).
    mapping : dict, optional
        Columns of the ledger (`LEDGER`) for categories of one's own; they go before the
        vocabularies that are built in: English, Danish (*brugertid*), Norwegian
        (*ansikt-til-ansikt-tid*) and Swedish (*brukartid*).

    Returns
    -------
    TimeUse

    Raises
    ------
    ScenarioError
        With every category that is not known, by row, with the nearest that are.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> rows = [
    ...     {"aktivitet": "Direkte brugertid", "minutter": "270,5"},
    ...     {"aktivitet": "Indirekte brugertid", "minutter": "95"},
    ...     {"aktivitet": "Vejtid", "minutter": "65"},
    ... ]
    >>> survey = tb.load_time_use(rows)
    >>> {m.category: m.columns for m in survey.mapping}["Indirekte brugertid"]
    ('indirect', 'records', 'dialogue')
    >>> round(survey.shares["Direkte brugertid"].value, 3)
    0.628
    """
    import numpy as np

    from tidsbruk.obligations.words import identifier

    table = Table(frame, TIME_USE, ("category", "minutes"))
    if "category" not in table or "minutes" not in table or not table.rows:
        table.check()
    text = table.text("category")
    table.required("category")
    own = {identifier(k): _columns(v) for k, v in (mapping or {}).items()}
    known = {
        cell: _meaning(identifier(cell), own, [identifier(c) for c in text.unique()])
        for cell in text.unique()
        if cell
    }
    _unknown(table, text, known, own)
    minutes = table.numbers("minutes").to_numpy(dtype=float)
    table.wrong("minutes", minutes < 0, "it is below 0")
    table.wrong(
        "minutes", np.isnan(minutes) & (table.text("minutes") == ""), "it says nothing"
    )
    table.wrong("minutes", np.isinf(minutes), "it is no number of minutes")
    if not table.faults and not minutes.sum() > 0:
        table.faults.append(("minutes", "column minutes: they sum to 0"))
    role = (
        table.text("role").to_numpy() if "role" in table else np.array([""] * table.rows)
    )
    table.check()
    worker = _workers(table)
    found = [Mapped(cell, *known[cell]) for cell in known if known[cell]]  # type: ignore[misc]
    mapped = _finer(found)
    return TimeUse(table, mapped, text.to_numpy(), minutes, role=role, worker=worker)


def _workers(table: Table) -> Any:
    """Whose each row is, hashed; None where some rows do not say."""
    if "worker" not in table:
        return None
    names = table.text("worker")
    silent = int((names == "").sum())
    if not silent:
        return Veil().hashes(names)
    table.notes.append(
        f"{silent:,} rows do not say whose they are: shares have no standard errors."
    )
    return None


def _columns(said: str | tuple[str, ...]) -> tuple[str, ...]:
    columns = (said,) if isinstance(said, str) else tuple(said)
    for column in columns:
        if column not in LEDGER:
            near = nearest(column, LEDGER)
            hint = f"did you mean {near!r}?" if near else f"it is {', '.join(LEDGER)}"
            told = f"mapping: no column of the ledger is called {column!r}; {hint}"
            raise failure("TB_ERR_NAME", told)
    return columns


def _meaning(
    plain: str, own: dict[str, tuple[str, ...]], every: list[str]
) -> tuple[tuple[str, ...], str] | None:
    """Columns and vocabulary: the one that knows most categories goes first."""
    if plain in own:
        return own[plain], "your mapping"
    order = sorted(
        VOCABULARIES, key=lambda v: -sum(name in VOCABULARIES[v] for name in every)
    )
    for vocabulary in order:
        if plain in VOCABULARIES[vocabulary]:
            return VOCABULARIES[vocabulary][plain], vocabulary
    return None


def _unknown(table: Table, text: Any, known: dict[str, Any], own: Any) -> None:
    from tidsbruk.obligations.words import identifier

    words = {w for v in VOCABULARIES.values() for w in v} | set(own)
    for cell, meaning in known.items():
        if meaning:
            continue
        near = nearest(identifier(cell), sorted(words))
        hint = f"did you mean {near!r}?" if near else "say what it is by mapping={...}"
        rows = (text == cell).to_numpy()
        table.wrong("category", rows, f"{cell!r} is not known; {hint}")


def _finer(found: list[Mapped]) -> list[Mapped]:
    """A category of several columns leaves those that others name to them."""
    alone = {m.columns[0] for m in found if len(m.columns) == 1}
    made = []
    for m in found:
        left = tuple(c for c in m.columns if c not in alone)
        several = len(m.columns) > 1 and left
        made.append(m._replace(columns=left) if several else m)
    return made
