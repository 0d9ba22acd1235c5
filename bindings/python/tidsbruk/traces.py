"""The trace of one replication: who did what and when, every stretch of it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk import _core
from tidsbruk.errors import failure, whole
from tidsbruk.runs import MOST_WARMUP, MOST_WEEKS, check
from tidsbruk.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    import numpy as np
    import pandas
    import pyarrow

    Codes = np.ndarray[Any, np.dtype[np.int32]]
    Mask = np.ndarray[Any, np.dtype[np.bool_]]

MONDAY = "2024-01-01"  # what the measured weeks begin with where a date is needed
DAY = 86_400_000  # ms
_COLUMNS = (
    *("start", "end", "worker", "activity", "client", "service", "obligation"),
    "temp",
)
_NAMED = ("worker", "activity", "client", "service", "obligation")


class Origin(NamedTuple):
    """The run that a trace is of.

    Attributes
    ----------
    scenario : str
        Its hash.
    seed, replication : int
        Which world.
    weeks, warmup : int
        Measured, and before them.
    after : str
        Hash of the scenario of the warm-up, where it is another; else empty.
    version : str
        Of tidsbruk.
    """

    scenario: str
    seed: int
    replication: int
    weeks: int
    warmup: int
    after: str
    version: str


class Trace:
    """Stretches of time of one replication, a column at a time.

    What a trace gives as a table is an Arrow table that any data frame reads, with the
    run in its metadata. Times are of weeks that begin on Monday, 1 January 2024, unless
    `monday` is another; they carry no time zone.

    Attributes
    ----------
    columns : dict of str to array
        In the order of booking: ``start`` and ``end`` in ms since the start of the
        measured weeks (Monday 00:00; warm-up is negative); ``worker``, ``activity``,
        ``client``, ``service`` and ``obligation`` as indices, -1 where there is none;
        ``temp``, 1 where a temp stood in. Rows whose activity is ``duty`` are whole
        stretches on duty, which the others fill.
    names : dict of str to list of str
        What these indices stand for.
    origin : Origin
        The run.
    """

    def __init__(
        self, plain: _core.Log, origin: Origin, rows: Codes | None = None
    ) -> None:
        self._plain = plain
        self._kept = rows
        self.origin = origin
        self.columns = {name: self._column(name) for name in _COLUMNS}
        self.names = {name: plain.names(name) for name in _NAMED}
        self.names["client"] = _numbered(self.names["client"])

    def _column(self, name: str) -> Any:
        import numpy as np

        whole_column = np.asarray(self._plain.column(name))
        return whole_column if self._kept is None else whole_column[self._kept]

    def __len__(self) -> int:
        return len(self.columns["start"])

    # Parts ----------------------------------------------------------------------------

    def select(
        self,
        *,
        worker: str | Iterable[str] = (),
        client: str | Iterable[str] = (),
        activity: str | Iterable[str] = (),
        obligation: str | Iterable[str] = (),
        days: tuple[int, int] | None = None,
    ) -> Trace:
        """Give the part of the trace that is about somebody or something.

        Parameters
        ----------
        worker, client, activity, obligation : str or several, optional
            Names. What is not given is not looked at.
        days : (int, int), optional
            From the first day up to, and without, the second; 0 is the first measured
            Monday. A stretch is of the day on which it starts.

        Returns
        -------
        Trace

        Examples
        --------
        >>> import tidsbruk as tb
        >>> trace = tb.trace(tb.preset("home_care/npm"), weeks=1, warmup=0)
        >>> monday = trace.select(worker="carer/1", days=(0, 1))
        >>> 0 < len(monday) < len(trace)
        True
        """
        import numpy as np

        kept = np.ones(len(self), dtype=bool)
        wanted = {"worker": worker, "client": client}
        wanted |= {"activity": activity, "obligation": obligation}
        for column, words in wanted.items():
            given = [words] if isinstance(words, str) else list(words)
            if given:
                kept &= np.isin(self.columns[column], self._codes(column, given))
        if days is not None:
            day = self.columns["start"] // DAY
            kept &= (day >= days[0]) & (day < days[1])
        return self._part(kept)

    def _codes(self, column: str, words: list[str]) -> list[int]:
        known = self.names[column]
        for word in words:
            if word not in known:
                from tidsbruk.nearest import nearest

                near = nearest(word, known)
                hint = f"; did you mean {near!r}?" if near else ""
                raise failure("TB_ERR_NAME", f"no {column} is called {word!r}{hint}")
        return [i for i, name in enumerate(known) if name in words]

    def _part(self, kept: Mask) -> Trace:
        import numpy as np

        rows = np.flatnonzero(kept).astype(np.int32)
        mine = rows if self._kept is None else self._kept[rows]
        return Trace(self._plain, self.origin, mine)

    @staticmethod
    def concat(traces: Iterable[Trace]) -> Trace:
        """Join parts of the trace of one run; what several parts have is there once.

        Raises
        ------
        Error
            ``TB_ERR_MISMATCH`` where traces are of different runs, with what differs:
            stretches of two worlds overlap, and their sum is of none.

        Examples
        --------
        >>> import tidsbruk as tb
        >>> trace = tb.trace(tb.preset("home_care/npm"), weeks=1, warmup=0)
        >>> two = [trace.select(worker=f"carer/{i}") for i in (1, 2)]
        >>> len(tb.Trace.concat(two)) == len(two[0]) + len(two[1])
        True
        """
        import numpy as np

        parts = list(traces)
        if not parts:
            raise failure("TB_ERR_VALUE", "there is no trace to join")
        _same_run([part.origin for part in parts])
        every = [
            np.arange(len(part), dtype=np.int32) if part._kept is None else part._kept
            for part in parts
        ]
        return Trace(parts[0]._plain, parts[0].origin, np.unique(np.concatenate(every)))

    # Tables ---------------------------------------------------------------------------

    def to_arrow(self, *, monday: str = MONDAY, warmup: bool = False) -> pyarrow.Table:
        """Give what everybody did: a row for each stretch, in order of time.

        Parameters
        ----------
        monday : str
            The date of the first measured day, a Monday.
        warmup : bool
            Whether to give the weeks before it, too.

        Returns
        -------
        pyarrow.Table
            Columns ``worker``, ``start``, ``end``, ``activity``, ``client``, ``service``,
            ``obligation``, ``temp``. Stretches of one worker never overlap.
        """
        import numpy as np
        import pyarrow as pa

        rows = self._in_order(warmup)
        start = self.columns["start"][rows]
        table = {
            "worker": self._words("worker", rows),
            "start": _instants(start if warmup else np.maximum(start, 0), monday),
            "end": _instants(self.columns["end"][rows], monday),
        }
        for name in ("activity", "client", "service", "obligation"):
            table[name] = self._words(name, rows)
        table["temp"] = pa.array(self.columns["temp"][rows] != 0)
        return pa.table(table).replace_schema_metadata(self._said("events"))

    def _in_order(self, warmup: bool) -> Codes:
        """The stretches that never overlap, in order of time."""
        import numpy as np

        kept = self.columns["activity"] != self.names["activity"].index("duty")
        if not warmup:
            kept &= self.columns["end"] > 0
        rows = np.flatnonzero(kept)
        keys = self.columns["worker"][rows], self.columns["start"][rows]
        return rows[np.lexsort(keys)].astype(np.int32)

    def visits(self, *, monday: str = MONDAY, calls: bool = False) -> pyarrow.Table:
        """Give the planned visits of the whole run, as systems of home care export them.

        Parameters
        ----------
        monday : str
            As for `to_arrow`.
        calls : bool
            Whether to give calls of services, too: rows that say when somebody served,
            and nothing of a plan. One that was cut off is a row for each part.

        Returns
        -------
        pyarrow.Table
            ``client``, ``service`` (the group of the client; of calls theirs),
            ``worker``, ``planned_start``, ``planned_end`` (with the granted minutes
            between them), ``start``, ``end`` (missing where the visit was missed),
            ``status`` (given, missed, or no_show: nobody came, and the worker waited from
            start to end), ``temp``, ``window_opens``, ``window_closes``.
            `tidsbruk.load_visits` reads it.
        """
        import numpy as np
        import pyarrow as pa

        raw = self._noted(
            "visits",
            *("planned", "granted", "opens", "closes", "start", "end"),
            *("worker", "client", "given", "temp", "no_show"),
        )
        order = np.lexsort((raw["client"], raw["planned"]))
        order = order[raw["planned"][order] >= 0]
        raw = {name: column[order] for name, column in raw.items()}
        status = raw["given"] + 2 * raw["no_show"]
        missed = status == 0
        groups = self._plain.names("client")
        table = pa.table(
            {
                "client": _dictionary(raw["client"], self.names["client"]),
                "service": _dictionary(raw["client"], groups),
                "worker": _dictionary(*self._with_temps(raw)),
                "planned_start": _instants(raw["planned"], monday),
                "planned_end": _instants(raw["planned"] + raw["granted"], monday),
                "start": _instants(raw["start"], monday, missed),
                "end": _instants(raw["end"], monday, missed),
                "status": _dictionary(status, ["missed", "given", "no_show"]),
                "temp": pa.array(raw["temp"] != 0),
                "window_opens": _instants(raw["opens"], monday),
                "window_closes": _instants(raw["closes"], monday),
            }
        )
        if calls:
            table = self._with_calls(table, monday)
        return table.replace_schema_metadata(self._said("visits"))

    def _with_calls(self, table: pyarrow.Table, monday: str) -> pyarrow.Table:
        """Planned visits, and calls behind them."""
        import numpy as np
        import pyarrow as pa

        care = self.names["activity"].index("care_needed")
        more = self.names["activity"].index("care_surplus")
        kept = (self.columns["service"] >= 0) & (self.columns["end"] > 0)
        kept &= np.isin(self.columns["activity"], [care, more])
        rows = np.flatnonzero(kept)
        rows = rows[
            np.lexsort((self.columns["start"][rows], self.columns["worker"][rows]))
        ]
        at = {name: column[rows] for name, column in self.columns.items()}
        # what is beyond need is of the same call, and comes right behind it
        new = at["activity"] == care
        first = np.flatnonzero(new | (np.arange(len(rows)) == 0))
        last = np.append(first[1:], len(rows)) - 1 if len(rows) else first
        raw = {name: column[first] for name, column in at.items()}
        none = pa.nulls(len(first), table.schema.field("planned_start").type)
        told = dict.fromkeys(table.column_names, none)
        told |= {
            "client": _dictionary(raw["client"], self.names["client"]),
            "service": _dictionary(raw["service"], self.names["service"]),
            "worker": _dictionary(*self._with_temps(raw)),
            "start": _instants(np.maximum(raw["start"], 0), monday),
            "end": _instants(at["end"][last], monday),
            "status": _dictionary(np.ones(len(first), dtype=np.int32), ["", "given"]),
            "temp": pa.array(raw["temp"] != 0),
        }
        return pa.concat_tables([table, pa.table(told)]).unify_dictionaries()

    def roster(self, *, monday: str = MONDAY) -> pyarrow.Table:
        """Give the shifts of the whole run, as they were on the roster.

        Parameters
        ----------
        monday : str
            As for `to_arrow`.

        Returns
        -------
        pyarrow.Table
            ``worker``, ``role``, ``start``, ``end``, ``shift`` (its kind), ``status``
            (worked, absent, or temp: absent, and a temp came). `tidsbruk.load_roster`
            reads it.
        """
        import numpy as np
        import pyarrow as pa

        raw = self._noted("shifts", "start", "end", "worker", "kind", "absent", "temp")
        kept = (raw["kind"] >= 0) & (raw["start"] >= 0)
        raw = {name: column[kept] for name, column in raw.items()}
        status = np.where(raw["temp"] != 0, 2, raw["absent"]).astype(np.int32)
        return pa.table(
            {
                "worker": _dictionary(raw["worker"], self.names["worker"]),
                "role": _dictionary(raw["worker"], self._plain.names("role")),
                "start": _instants(raw["start"], monday),
                "end": _instants(raw["end"], monday),
                "shift": _dictionary(raw["kind"], self._plain.names("kind")),
                "status": _dictionary(status, ["worked", "absent", "temp"]),
            }
        ).replace_schema_metadata(self._said("roster"))

    def _noted(self, table: str, *columns: str) -> dict[str, Any]:
        """Columns of what is noted beside the stretches, as arrays."""
        import numpy as np

        return {name: np.asarray(self._plain.column(name, table)) for name in columns}

    def _with_temps(self, raw: dict[str, Any]) -> tuple[Codes, list[str]]:
        """Workers, of whom each has somebody who stands in."""
        import numpy as np

        known = self.names["worker"]
        stands_in = (raw["temp"] != 0) & (raw["worker"] >= 0)
        code = np.where(stands_in, raw["worker"] + len(known), raw["worker"])
        return code.astype(np.int32), known + [f"temp for {name}" for name in known]

    def _words(self, column: str, rows: Any) -> Any:
        return _dictionary(self.columns[column][rows], self.names[column])

    def _said(self, table: str) -> dict[str, str]:
        said = {f"tidsbruk.{key}": str(value) for key, value in self._asdict().items()}
        return {"tidsbruk.table": table, **said}

    def _asdict(self) -> dict[str, Any]:
        return self.origin._asdict()

    def to_pandas(self) -> pandas.DataFrame:
        """Give `columns` with words for indices; missing where there is none."""
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

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give `to_arrow` as an Arrow stream."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    # Files ----------------------------------------------------------------------------

    def to_perfetto(self, path: str | PathLike[str]) -> None:
        """Write what https://ui.perfetto.dev opens: a track for each worker.

        Parameters
        ----------
        path : path-like
            A file of JSON, in the trace event format of Chrome. Time 0 is the Monday of
            the first measured week; what came before is left out.
        """
        from tidsbruk.trace_files import write_perfetto

        write_perfetto(self, path)

    def to_xes(
        self,
        path: str | PathLike[str] | None = None,
        *,
        case: str = "shift",
        monday: str = MONDAY,
    ) -> pyarrow.Table:
        """Give the events as process-mining tools read them, and write a file of them.

        Parameters
        ----------
        path : path-like, optional
            A file to write in XES (IEEE 1849).
        case : str
            What a case is: ``"shift"`` (a worker's stretch on duty) or ``"client"`` (all
            that is done for a client).
        monday : str
            As for `to_arrow`.

        Returns
        -------
        pyarrow.Table
            Two rows for each stretch (``lifecycle:transition`` start and complete, paired
            by ``concept:instance``), in order of time within a case, with
            ``case:concept:name``, ``concept:name`` (the activity), ``time:timestamp``,
            ``org:resource`` (the worker), ``org:role``, and ``client``, ``service`` and
            ``obligation``.

        Examples
        --------
        >>> import tidsbruk as tb
        >>> trace = tb.trace(tb.preset("home_care/npm"), weeks=1, warmup=0)
        >>> trace.to_xes().column_names[:3]
        ['case:concept:name', 'concept:name', 'time:timestamp']
        """
        from tidsbruk.trace_files import write_xes, xes

        table = xes(self, case, monday)
        if path is not None:
            write_xes(table, path)
        return table

    def __repr__(self) -> str:
        o = self.origin
        return (
            f"<Trace of {len(self)} rows: {o.weeks} weeks of scenario {o.scenario}, "
            f"seed {o.seed}, replication {o.replication}>"
        )


def _numbered(groups: list[str]) -> list[str]:
    """Name clients by group and number, as workers are."""
    seen: dict[str, int] = {}
    named = []
    for group in groups:
        seen[group] = seen.get(group, 0) + 1
        named.append(f"{group}/{seen[group]}")
    return named


def _same_run(origins: list[Origin]) -> None:
    first = origins[0]
    for number, other in enumerate(origins[1:], 2):
        differ = [
            f"{name} ({a} and {b})"
            for name, a, b in zip(Origin._fields, first, other, strict=True)
            if a != b
        ]
        if differ:
            raise failure(
                "TB_ERR_MISMATCH",
                f"traces 1 and {number} are of different runs: they differ in "
                f"{', '.join(differ)}",
            )


def first_day(monday: str) -> datetime.date:
    """Read the date of the first measured day.

    Raises
    ------
    Error
        ``TB_ERR_VALUE`` when it is no date, or no Monday.
    """
    try:
        day = datetime.date.fromisoformat(monday)
    except (TypeError, ValueError):
        raise failure(
            "TB_ERR_VALUE", f"monday = {monday!r} is no date such as {MONDAY}"
        ) from None
    if day.weekday():
        raise failure("TB_ERR_VALUE", f"monday = {monday!r} is a {day:%A}")
    return day


def _instants(ms: Any, monday: str, missing: Any = None) -> Any:
    import numpy as np
    import pyarrow as pa

    zero = np.datetime64(first_day(monday), "ms")
    return pa.array(zero + ms.astype("timedelta64[ms]"), mask=missing)


def _dictionary(codes: Any, words: list[str]) -> Any:
    """Codes as words; those that repeat are one word, and -1 is missing."""
    import numpy as np
    import pyarrow as pa

    kept = list(dict.fromkeys(words))
    place = {word: i for i, word in enumerate(kept)}
    lookup = np.array([place[word] for word in words] + [-1], dtype=np.int32)
    found = lookup[codes]
    indices = pa.array(found, mask=found < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(kept, pa.string()))


def trace(
    scenario: Scenario,
    *,
    seed: int = 1,
    replication: int = 0,
    weeks: int | None = None,
    warmup: int | None = None,
    after: Scenario | None = None,
) -> Trace:
    """Simulate one replication and keep who did what when.

    Parameters
    ----------
    scenario : Scenario
        What to run.
    seed, replication : int
        Which world: the same as in a run with this seed.
    weeks, warmup : int, optional
        By default as the scenario says.
    after : Scenario, optional
        The scenario of the warm-up: then the trace is that of an arm of a run with
        ``estimand="switch"`` whose baseline this is.

    Returns
    -------
    Trace

    Examples
    --------
    >>> import tidsbruk as tb
    >>> trace = tb.trace(tb.preset("home_care/npm"), weeks=1, warmup=0)
    >>> trace.to_arrow().column_names[:4]
    ['worker', 'start', 'end', 'activity']
    >>> trace.visits().column_names[:5]
    ['client', 'service', 'worker', 'planned_start', 'planned_end']
    """
    if not isinstance(scenario, Scenario):
        raise TypeError("the scenario must be of the type tidsbruk.Scenario")
    arms = (
        {"scenario": scenario}
        if after is None
        else {"after": after, "scenario": scenario}
    )
    check(arms)
    which = {
        "seed": whole("seed", seed, 0, 2**64 - 1),
        "replication": whole("replication", replication, 0, 2**31 - 1),
        "weeks": 0 if weeks is None else whole("weeks", weeks, 1, MOST_WEEKS),
        "warmup": -1 if warmup is None else whole("warmup", warmup, 0, MOST_WARMUP),
    }
    plain = _core.log(tuple(arm._plain for arm in arms.values()), **which)
    return Trace(plain, _origin(scenario, after, which))


def _origin(scenario: Scenario, after: Scenario | None, which: dict[str, int]) -> Origin:
    every = [scenario] if after is None else [scenario, after]
    longest = max(int(str(arm["horizon.warmup_weeks"])) for arm in every)
    return Origin(
        scenario=scenario.hash,
        seed=which["seed"],
        replication=which["replication"],
        weeks=which["weeks"] or int(str(scenario["horizon.weeks"])),
        warmup=longest if which["warmup"] < 0 else which["warmup"],
        after="" if after is None or after == scenario else after.hash,
        version=_core.__version__,
    )
