"""A trace in the forms that other programs open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from tidsbruk.errors import failure
from tidsbruk.saving import saved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    import pyarrow

    from tidsbruk.traces import Trace

CASES = ("shift", "client")
ENDINGS = (".parquet", ".csv", ".json", ".xes")
_WHOLE = "duty"  # the activity that the others fill
# Colours of the trace viewer, by what a stretch is; others get one by their name.
_COLOURS = {
    "care_needed": "good",
    "care_surplus": "rail_idle",
    "travel": "grey",
    "records_presence": "bad",
    "records_away": "terrible",
    "idle": "white",
}


# Perfetto -----------------------------------------------------------------------------


def write_perfetto(trace: Trace, path: str | PathLike[str]) -> None:
    """Write the trace event format: stretches on duty, and what fills them below."""
    with saved(path) as file:
        file.write('{"displayTimeUnit":"ms","otherData":')
        json.dump({k: str(v) for k, v in trace.origin._asdict().items()}, file)
        file.write(',"traceEvents":[\n')
        for i, event in enumerate(_perfetto_events(trace)):
            file.write(",\n" if i else "")
            json.dump(event, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n]}\n")


def _perfetto_events(trace: Trace) -> Iterator[dict[str, Any]]:
    import numpy as np

    columns, names = trace.columns, trace.names
    workers = np.unique(columns["worker"][columns["worker"] >= 0])
    title = f"tidsbruk, scenario {trace.origin.scenario}"
    yield _named("process_name", title)
    for worker in workers.tolist():
        yield _named("thread_name", names["worker"][worker], worker + 1)
        order = {"name": "thread_sort_index", "args": {"sort_index": worker}}
        yield {"ph": "M", "pid": 1, "tid": worker + 1, **order}
    nested = np.lexsort((-columns["end"], columns["start"]))
    nested = nested[columns["start"][nested] >= 0]
    rows = zip(*(columns[name][nested].tolist() for name in columns), strict=True)
    for row in rows:
        yield _slice(dict(zip(columns, row, strict=True)), names)


def _named(what: str, name: str, track: int = 0) -> dict[str, Any]:
    return {"ph": "M", "pid": 1, "tid": track, "name": what, "args": {"name": name}}


def _slice(row: dict[str, int], names: dict[str, list[str]]) -> dict[str, Any]:
    activity = names["activity"][row["activity"]]
    said = {
        column: names[column][row[column]]
        for column in ("client", "service", "obligation")
        if row[column] >= 0
    }
    if row["temp"]:
        said["temp"] = "yes"
    event = {
        "ph": "X",
        "pid": 1,
        "tid": row["worker"] + 1,
        "ts": row["start"] * 1000,
        "dur": (row["end"] - row["start"]) * 1000,
        "name": said.get("obligation", activity),
        "cat": activity,
    }
    if activity in _COLOURS:
        event["cname"] = _COLOURS[activity]
    return event | ({"args": said} if said else {})


# Process mining -----------------------------------------------------------------------


def xes(trace: Trace, case: str, monday: str) -> pyarrow.Table:
    """Two events for each stretch, with the names of columns of the XES extensions."""
    import numpy as np
    import pyarrow as pa

    from tidsbruk.traces import _dictionary, _instants

    if case not in CASES:
        raise failure("TB_ERR_VALUE", f"case = {case!r} is none of {', '.join(CASES)}")
    rows = trace._in_order(warmup=False)
    codes, words = _cases(trace, rows, case, monday)
    rows, codes = rows[codes >= 0], codes[codes >= 0]
    if not len(rows):
        raise failure("TB_ERR_VALUE", f"no stretch is of a {case}: there is no case")
    of = np.repeat(np.arange(len(rows), dtype=np.int32), 2)  # two events of each stretch
    ends = np.arange(len(of), dtype=np.int32) % 2
    starts = np.maximum(trace.columns["start"][rows[of]], 0)
    at = np.where(ends, trace.columns["end"][rows[of]], starts)
    order = np.lexsort((of, -ends, at, codes[of]))  # one completes before the next starts
    of, ends, at = of[order], ends[order], at[order]
    column = {name: values[rows[of]] for name, values in trace.columns.items()}
    roles = trace._plain.names("role")
    table = {
        "case:concept:name": _dictionary(codes[of], words),
        "concept:name": _dictionary(column["activity"], trace.names["activity"]),
        "time:timestamp": _instants(at, monday).cast(pa.timestamp("ms", "UTC")),
        "lifecycle:transition": _dictionary(ends, ["start", "complete"]),
        "concept:instance": pa.array(of.astype(str)),
        "org:resource": _dictionary(column["worker"], trace.names["worker"]),
        "org:role": _dictionary(column["worker"], roles),
    }
    for name in ("client", "service", "obligation"):
        table[name] = _dictionary(column[name], trace.names[name])
    plain = {
        name: values.cast(pa.string()) if pa.types.is_dictionary(values.type) else values
        for name, values in table.items()
    }
    return pa.table(plain).replace_schema_metadata(trace._said("xes"))


def _cases(trace: Trace, rows: Any, case: str, monday: str) -> tuple[Any, list[str]]:
    """The case of each of these rows, as a code, and what the codes stand for."""
    import numpy as np

    if case == "client":
        return trace.columns["client"][rows], trace.names["client"]
    every = {
        name: np.asarray(trace._plain.column(name))
        for name in ("start", "end", "worker", "activity")
    }
    duty = trace.names["activity"].index(_WHOLE)
    shifts = np.flatnonzero((every["activity"] == duty) & (every["end"] > 0))
    shifts = shifts[np.lexsort((every["start"][shifts], every["worker"][shifts]))]
    far = 1 << 48  # ms; sorts by worker first
    begun = every["worker"][shifts].astype(np.int64) * far + every["start"][shifts]
    wanted = trace.columns["worker"][rows].astype(np.int64) * far
    found = np.searchsorted(begun, wanted + trace.columns["start"][rows], "right") - 1
    first = np.maximum(every["start"][shifts], 0)
    instants = _strings(first, monday)
    workers = [trace.names["worker"][i] for i in every["worker"][shifts].tolist()]
    words = [f"{who} {when}" for who, when in zip(workers, instants, strict=True)]
    return found, words


def _strings(ms: Any, monday: str) -> list[str]:
    import numpy as np

    from tidsbruk.traces import first_day

    zero = np.datetime64(first_day(monday), "ms")
    instants = (zero + ms.astype("timedelta64[ms]")).astype("datetime64[m]")
    return [str(instant).replace("T", " ") for instant in instants]


_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="nested-attributes" \
xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" \
uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" \
uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" \
uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/>\
<date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>\
<string key="lifecycle:transition" value="complete"/></global>
<classifier name="Activity" keys="concept:name lifecycle:transition"/>
<string key="lifecycle:model" value="standard"/>
"""


def write_xes(table: pyarrow.Table, path: str | PathLike[str]) -> None:
    """Write the events as XES, each case a trace of it."""
    said = table.schema.metadata or {}
    with saved(path) as file:
        file.write(_HEAD)
        for key, value in said.items():
            file.write(_string(key.decode().replace(".", ":"), value.decode()) + "\n")
        case = None
        for row in table.to_pylist():
            name = row.pop("case:concept:name")
            if name != case:
                file.write("" if case is None else "</trace>\n")
                file.write(f"<trace>{_string('concept:name', name)}\n")
                case = name
            file.write(f"<event>{''.join(_attributes(row))}</event>\n")
        file.write("" if case is None else "</trace>\n")
        file.write("</log>\n")


def _attributes(row: dict[str, Any]) -> Iterator[str]:
    for key, value in row.items():
        if key == "time:timestamp":
            at = value.isoformat(timespec="milliseconds")
            yield f'<date key="{key}" value="{at}"/>'
        elif value is not None:
            yield _string(key, value)


def _string(key: str, value: str) -> str:
    return f"<string key={quoteattr(key)} value={quoteattr(value)}/>"


# By the ending of a name --------------------------------------------------------------


def check_path(path: str | PathLike[str], table: str) -> str:
    """Give the ending of a file that this table may be written to.

    Raises
    ------
    Error
        ``TB_ERR_VALUE`` when it is none.
    """
    ending = Path(path).suffix.lower()
    fits = ENDINGS if table == "events" else ENDINGS[:2]
    if ending not in fits:
        raise failure(
            "TB_ERR_VALUE", f"{path}: a file of {table} ends in {', '.join(fits)}"
        )
    return ending


def write(
    trace: Trace, path: str | PathLike[str], table: str = "events", case: str = "shift"
) -> int:
    """Write a table as .parquet or .csv, or all events as .json (Perfetto) or .xes.

    Returns
    -------
    int
        How many rows, or events, were written.
    """
    ending = check_path(path, table)
    if ending == ".json":
        write_perfetto(trace, path)
        return len(trace)
    if ending == ".xes":
        return int(trace.to_xes(path, case=case).num_rows)
    makes = {"events": trace.to_arrow, "visits": trace.visits, "roster": trace.roster}
    rows = makes[table]()
    if ending == ".parquet":
        import pyarrow.parquet

        with saved(path, "wb") as file:
            pyarrow.parquet.write_table(rows, file)
    else:
        _write_csv(rows, path)
    return int(rows.num_rows)


def _write_csv(rows: pyarrow.Table, path: str | PathLike[str]) -> None:
    """Write times to the second, as spreadsheets read them."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    plain = {}
    for name in rows.column_names:
        column = rows[name]
        if pa.types.is_timestamp(column.type):
            whole = pc.round_temporal(column, unit="second").cast(pa.timestamp("s"))
            column = pc.strftime(whole, format="%Y-%m-%d %H:%M:%S")
        elif pa.types.is_boolean(column.type):
            column = pc.if_else(column, "yes", "no")
        elif pa.types.is_dictionary(column.type):
            column = column.cast(pa.string())
        plain[name] = column
    options = csv.WriteOptions(quoting_style="needed")
    with saved(path, "wb") as file:
        csv.write_csv(pa.table(plain), file, options)
