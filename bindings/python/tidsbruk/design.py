"""Every combination of several changes, and what each of them does on its own.

A regime is a bundle of changes. A factorial design takes the bundle apart: it runs every
combination of the levels of its factors in the same worlds and averages the effect of one
factor over all settings of the others. An interaction says how far the effect of one
factor depends on another.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.errors import failure
from tidsbruk.result import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy
    import pandas

    from tidsbruk.result import Result
    from tidsbruk.scenario import Scenario

    Changes = Mapping[str, Any] | None
    Factors = Mapping[str, Mapping[str, Changes]]
    Array = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.float64]]
    Weights = numpy.ndarray[tuple[int], numpy.dtype[numpy.float64]]

MOST_CELLS = 4096
JACKKNIFE_BELOW = 30  # replications, as in the library


class Effect(NamedTuple):
    """What a level of a factor does, or how two factors act on one another.

    Attributes
    ----------
    factor, level : str
        Which; two of each, joined by `` x ``, for an interaction.
    interval : Interval
        Main effect: mean over all settings of the other factors of (this level minus the
        factor's first level). Interaction: mean over the rest of the difference that the
        second factor's level makes to the effect of the first.
    """

    factor: str
    level: str
    interval: Interval

    @property
    def is_interaction(self) -> bool:
        """Whether two factors are meant."""
        return " x " in self.factor


class Factorial:
    """The cells of a factorial design, run in the same worlds.

    Attributes
    ----------
    result : Result
        Of all cells; a cell is called by its levels, as in ``"on, oral"``.
    factors : dict of str to tuple of str
        Levels of each factor; the first is the reference.
    """

    def __init__(self, result: Result, factors: Mapping[str, Sequence[str]]) -> None:
        self.result = result
        self.factors = {name: tuple(levels) for name, levels in factors.items()}
        self._cells = list(product(*self.factors.values()))

    @property
    def cells(self) -> dict[str, dict[str, str]]:
        """Level of each factor in each cell."""
        return {
            cell_name(cell): dict(zip(self.factors, cell, strict=True))
            for cell in self._cells
        }

    def effects(
        self, outcome: str, *, level: float = 0.95, interactions: bool = True
    ) -> list[Effect]:
        """Main effects and two-factor interactions on one outcome.

        Parameters
        ----------
        outcome : str
            Which, in its own unit.
        level : float
            Confidence of each interval; they are pointwise.
        interactions : bool
            Whether to give the interactions, too.

        Returns
        -------
        list of Effect

        References
        ----------
        Contrasts of ratio estimates, see `contrast`; t on n - 1.
        """
        made = [
            Effect(*named, self._contrast(outcome, w, level)) for named, w in self._main()
        ]
        if interactions:
            made += [
                Effect(*named, self._contrast(outcome, w, level))
                for named, w in self._pairs()
            ]
        return made

    def _indicator(self, factor: str, level: str) -> Weights:
        """+1 at the level, -1 at the reference, 0 elsewhere; for each cell."""
        import numpy

        at = list(self.factors).index(factor)
        reference = self.factors[factor][0]
        signs = [(cell[at] == level) - (cell[at] == reference) for cell in self._cells]
        return numpy.array(signs, dtype=float)

    def _main(self) -> Iterator[tuple[tuple[str, str], Weights]]:
        for factor, levels in self.factors.items():
            others = len(self._cells) / len(levels)
            for level in levels[1:]:
                yield (factor, level), self._indicator(factor, level) / others

    def _pairs(self) -> Iterator[tuple[tuple[str, str], Weights]]:
        for one, other in combinations(self.factors, 2):
            levels, more = self.factors[one], self.factors[other]
            rest = len(self._cells) / (len(levels) * len(more))
            for a, b in product(levels[1:], more[1:]):
                weights = self._indicator(one, a) * self._indicator(other, b) / rest
                yield (f"{one} x {other}", f"{a} x {b}"), weights

    def _contrast(self, outcome: str, weights: Weights, level: float) -> Interval:
        import numpy
        from scipy import stats

        n = self.result.replications
        tops, bottoms = (
            numpy.array([self._sums(cell, outcome, part) for cell in self._cells])
            for part in ("numerator", "denominator")
        )
        mean, error = (float(x) for x in contrast(tops, bottoms, weights))
        if n < 2:
            return Interval(mean, -numpy.inf, numpy.inf, numpy.inf, n)
        half = float(stats.t.ppf((1 + level) / 2, n - 1)) * error
        return Interval(mean, mean - half, mean + half, error, n)

    def _sums(self, cell: tuple[str, ...], outcome: str, part: str) -> Array:
        import numpy

        shape = self.result.replications, self.result.rows_per_replication
        column = self.result.column(cell_name(cell), outcome, part)
        return numpy.asarray(numpy.asarray(column).reshape(shape).sum(1))

    def to_pandas(
        self, outcomes: Sequence[str] | None = None, *, level: float = 0.95
    ) -> pandas.DataFrame:
        """Effects on several outcomes as a data frame; by default on the headlines."""
        import pandas

        from tidsbruk.result import HEADLINES

        rows = [
            (outcome, e.factor, e.level, *e.interval)
            for outcome in (HEADLINES if outcomes is None else outcomes)
            for e in self.effects(outcome, level=level)
        ]
        names = ["outcome", "factor", "level", *Interval._fields]
        return pandas.DataFrame(rows, columns=names)

    def __repr__(self) -> str:
        sizes = " x ".join(str(len(levels)) for levels in self.factors.values())
        n = self.result.replications
        return (
            f"<Factorial of {', '.join(self.factors)}: {sizes} cells, {n} replications>"
        )

    def __rich__(self) -> Any:
        from tidsbruk.show import rich_effects

        return rich_effects(self)

    def __str__(self) -> str:
        from tidsbruk.show import plain_text

        return plain_text(self)

    def _repr_html_(self) -> str:
        from tidsbruk.show import effect_rows, html_table

        header, rows = effect_rows(self)
        return html_table(repr(self)[1:-1], header, rows)


def contrast(tops: Array, bottoms: Array, weights: Weights) -> tuple[Array, Array]:
    """Estimate a weighted sum of ratios that share their worlds.

    Parameters
    ----------
    tops, bottoms : array of shape (cells, ..., replications)
        Sums of which each cell has the ratio; 0 where there is nothing to divide by.
    weights : array of shape (cells,)
        Of the ratios.

    Returns
    -------
    estimate, standard_error : array of the shape between
        The error is by the jackknife below thirty replications and linearised from there
        on, as `Result.difference` has it; 0 for one replication.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, 11.5. Cochran (1977),
    Sampling Techniques, 6.3.

    Examples
    --------
    >>> import numpy
    >>> tops, bottoms = numpy.array([[3.0, 1, 4], [5, 9, 2]]), numpy.ones((2, 3))
    >>> estimate, error = contrast(tops, bottoms, numpy.array([-1.0, 1]))
    >>> bool(numpy.isclose(error, numpy.std([2, 8, -2], ddof=1) / 3**0.5))
    True
    """
    import numpy

    def ratio(top: Array, bottom: Array) -> Array:
        return numpy.divide(top, bottom, where=bottom != 0, out=numpy.zeros_like(top))

    n = tops.shape[-1]
    ratios = ratio(tops.sum(-1), bottoms.sum(-1))
    mean = numpy.tensordot(weights, ratios, 1)
    if n < JACKKNIFE_BELOW:
        each = ratio(_without_each(tops), _without_each(bottoms))
        factor = (n - 1) / n**0.5
    else:
        means = bottoms.mean(-1)[..., None]
        each = ratio(tops - ratios[..., None] * bottoms, means + 0 * tops)
        factor = 1 / n**0.5
    if n < 2:
        return mean, 0 * mean
    return mean, numpy.tensordot(weights, each, 1).std(-1, ddof=1) * factor


def _without_each(x: Array) -> Array:
    """Sums over the last axis without each of its members, none of it by subtraction."""
    import numpy

    before, after = numpy.zeros_like(x), numpy.zeros_like(x)
    before[..., 1:] = x[..., :-1].cumsum(-1)
    after[..., :-1] = x[..., :0:-1].cumsum(-1)[..., ::-1]
    return before + after


def cell_name(cell: Sequence[str]) -> str:
    """What a cell is called."""
    return ", ".join(cell)


def factorial(base: Scenario, factors: Factors, **plan: Any) -> Factorial:
    """Run every combination of the levels of several factors in the same worlds.

    Parameters
    ----------
    base : Scenario
        What all cells share.
    factors : mapping of str to mapping of str to changes
        For each factor its levels, and for each level what `Scenario.replace` takes (or
        None: nothing). The first level of a factor is its reference.
    **plan
        What `tidsbruk.run` takes: ``replications``, ``seed``, ``weeks``, ...

    Returns
    -------
    Factorial

    Raises
    ------
    Error
        When a factor has fewer than two levels, two factors set the same value, or there
        are more than 4,096 cells.

    Examples
    --------
    >>> import tidsbruk as tb
    >>> design = tb.factorial(
    ...     tb.preset("home_care/npm"),
    ...     {
    ...         "stopwatch": {
    ...             "on": None,
    ...             "off": {"obligations.visit_registration.probability": 0},
    ...         },
    ...         "grants": {"binding": None, "open": {"regime.grants.binding": 0}},
    ...     },
    ...     replications=4,
    ...     weeks=1,
    ...     warmup=0,
    ... )
    >>> [effect.factor for effect in design.effects("time.records_share")]
    ['stopwatch', 'grants', 'stopwatch x grants']
    """
    from tidsbruk.runs import run

    levels = {name: tuple(choices) for name, choices in factors.items()}
    _check(levels)
    _check_overlap(factors)
    cells = {}
    for cell in product(*levels.values()):
        made = base
        for factor, chosen in zip(factors, cell, strict=True):
            made = made.replace(factors[factor][chosen] or {})
        cells[cell_name(cell)] = made
    return Factorial(run(cells, **plan), levels)


def _check(levels: Mapping[str, Sequence[str]]) -> None:
    if not levels:
        raise failure("TB_ERR_VALUE", "a factorial design needs a factor")
    cells = 1
    for factor, choices in levels.items():
        if len(choices) < 2:
            raise failure("TB_ERR_VALUE", f"factor {factor!r} needs two levels or more")
        for word in (factor, *choices):
            if ", " in word or " x " in word:
                raise failure("TB_ERR_NAME", f"{word!r} may hold neither ', ' nor ' x '")
        cells *= len(choices)
    if cells > MOST_CELLS:
        raise failure("TB_ERR_LIMIT", f"{cells} cells; at most {MOST_CELLS}")


def _paths(changes: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """Paths that changes set, tables within tables included."""
    for name, value in changes.items():
        if hasattr(value, "items"):
            yield from _paths(value, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def _check_overlap(factors: Factors) -> None:
    """Two factors that set the same value, or a part of it, would undo one another."""
    owner: dict[str, str] = {}
    for factor, choices in factors.items():
        for changes in choices.values():
            for path in _paths(changes or {}):
                for other, who in owner.items():
                    if who != factor and f"{path}.".startswith(f"{other}."):
                        raise _overlap(path, who, factor)
                    if who != factor and f"{other}.".startswith(f"{path}."):
                        raise _overlap(other, who, factor)
                owner.setdefault(path, factor)


def _overlap(path: str, one: str, other: str) -> Exception:
    said = f"{path} is set by two factors, {one!r} and {other!r}"
    return failure("TB_ERR_VALUE", said)
