"""The log of one replication: who did what and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidsbruk import _core
from tidsbruk.errors import whole
from tidsbruk.runs import MOST_WARMUP, MOST_WEEKS, check
from tidsbruk.scenario import Scenario

if TYPE_CHECKING:
    import pandas

_COLUMNS = ("start", "end", "worker", "activity", "client", "obligation", "temp")
_NAMED = ("worker", "activity", "obligation")


class Log:
    """Rows of one replication in the order of booking, a column at a time.

    Attributes
    ----------
    columns : dict of str to Column
        ``start`` and ``end`` in ms since the start of the measured weeks (Monday 00:00;
        warm-up is negative); ``worker``, ``activity``, ``client`` and ``obligation`` as
        indices, -1 where there is none; ``temp``, 1 where a temp stood in.
    names : dict of str to list of str
        What the indices of ``worker``, ``activity`` and ``obligation`` stand for.
    """

    def __init__(self, plain: _core.Log) -> None:
        self._rows = len(plain)
        self.columns = {name: plain.column(name) for name in _COLUMNS}
        self.names = {name: plain.names(name) for name in _NAMED}

    def __len__(self) -> int:
        return self._rows

    def to_pandas(self) -> pandas.DataFrame:
        """Give a data frame with words for indices; missing where there is none."""
        import numpy
        import pandas

        arrays = {name: numpy.asarray(column) for name, column in self.columns.items()}
        frame = pandas.DataFrame(arrays)
        for name, words in self.names.items():
            kept = list(dict.fromkeys(words))  # names may repeat
            code = numpy.array(
                [kept.index(word) for word in words] + [-1], dtype=numpy.int32
            )
            frame[name] = pandas.Categorical.from_codes(
                code[arrays[name]], pandas.Index(kept)
            )
        frame["temp"] = arrays["temp"] != 0
        return frame

    def __repr__(self) -> str:
        return f"<Log of {self._rows} rows>"


def log(
    scenario: Scenario,
    *,
    seed: int = 1,
    replication: int = 0,
    weeks: int | None = None,
    warmup: int | None = None,
    after: Scenario | None = None,
) -> Log:
    """Simulate one replication and keep its log.

    Parameters
    ----------
    scenario : Scenario
        What to run.
    seed, replication : int
        Which world: the same as in a run with this seed.
    weeks, warmup : int, optional
        By default as the scenario says.
    after : Scenario, optional
        The scenario of the warm-up: then the log is that of an arm of a run with
        ``estimand="switch"`` whose baseline this is.

    Returns
    -------
    Log

    Examples
    --------
    >>> import tidsbruk as tb
    >>> log = tb.log(tb.preset("home_care/npm"), weeks=1, warmup=0)
    >>> len(log) > 0
    True
    """
    if not isinstance(scenario, Scenario):
        raise TypeError("the scenario must be of the type tidsbruk.Scenario")
    arms = (
        {"scenario": scenario}
        if after is None
        else {"after": after, "scenario": scenario}
    )
    check(arms)
    return Log(
        _core.log(
            tuple(arm._plain for arm in arms.values()),
            seed=whole("seed", seed, 0, 2**64 - 1),
            replication=whole("replication", replication, 0, 2**31 - 1),
            weeks=0 if weeks is None else whole("weeks", weeks, 1, MOST_WEEKS),
            warmup=-1 if warmup is None else whole("warmup", warmup, 0, MOST_WARMUP),
        )
    )
