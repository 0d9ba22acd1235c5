"""Results in other shapes: one row a value, or an array with named axes. Both copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import xarray

    from tidsbruk.result import Result


def to_long(result: Result) -> pandas.DataFrame:
    """Give one row for each scenario, replication, week and outcome.

    Parameters
    ----------
    result : Result
        Of a run.

    Returns
    -------
    pandas.DataFrame
        Columns ``scenario``, ``replication``, ``week`` (of a weekly run), ``outcome``,
        ``unit``, ``value``, and the two sums of which the value is the ratio:
        ``numerator``, ``denominator``.
    """
    import numpy
    import pandas

    wide = result.to_pandas()
    keys = [key for key in ("scenario", "replication", "week") if key in wide]
    names = list(result.outcomes)
    rows, count = len(wide), len(names)
    long: dict[str, Any] = {
        key: pandas.concat([wide[key]] * count, ignore_index=True) for key in keys
    }
    each = numpy.arange(count).repeat(rows)
    units = [outcome.unit for outcome in result.outcomes.values()]
    long["outcome"] = pandas.Categorical.from_codes(each, pandas.Index(names))
    long["unit"] = pandas.Categorical(numpy.array(units, dtype=object)[each])
    for column, part in {
        "value": "ratio",
        "numerator": "numerator",
        "denominator": "denominator",
    }.items():
        parts = [result.column(None, name, part) for name in names]
        long[column] = numpy.concatenate([numpy.asarray(p) for p in parts])
    return pandas.DataFrame(long)


def to_xarray(result: Result) -> xarray.Dataset:
    """Give a dataset with a variable for each outcome.

    Parameters
    ----------
    result : Result
        Of a run.

    Returns
    -------
    xarray.Dataset
        Dimensions ``scenario``, ``replication`` and, in a weekly run, ``week``. Units and
        definitions are in ``units`` and ``long_name``; the dataset says what was run.
    """
    import numpy
    import xarray

    n, weeks = result.replications, result.rows_per_replication
    dims: list[str] = ["scenario", "replication"]
    shape: list[int] = [len(result.names), n]
    coords: dict[str, Any] = {
        "scenario": list(result.names),
        "replication": numpy.arange(n),
    }
    if weeks > 1:
        dims.append("week")
        shape.append(weeks)
        coords["week"] = numpy.arange(weeks)
    variables = {
        name: (
            dims,
            numpy.array(result.column(None, name)).reshape(shape),
            {"units": outcome.unit, "long_name": outcome.definition},
        )
        for name, outcome in result.outcomes.items()
    }
    said = {"seed": str(result.seed), "weeks": result.weeks, "warmup": result.warmup}
    hashes = {f"hash of {name}": result.hash(name) for name in result.names}
    return xarray.Dataset(variables, coords=coords, attrs=said | hashes)
