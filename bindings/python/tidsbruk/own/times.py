"""Instants as people write them: ISO dates, Nordic dates, times with colon or point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas

    Mask = np.ndarray[Any, np.dtype[np.bool_]]

_TIME = r"(?:kl\.?\s*)?(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?"
_ZONE = r"(?:\s*(?:Z|[+-]\d{2}:?\d{2}))?"
_ISO = r"(?P<Y>\d{4})-(?P<M>\d{1,2})-(?P<D>\d{1,2})"
_NORDIC = r"(?P<D>\d{1,2})[./-](?P<M>\d{1,2})[./-](?P<Y>\d{4})\.?"
FORMS = "2024-03-31 08:30, 31.03.2024 08:30"
TIME_FORMS = f"{FORMS}, or 08:30 beside a date"


def instants(
    texts: pandas.Series[Any], dates: pandas.Series[Any] | None = None
) -> tuple[pandas.Series[Any], Mask]:
    """Read a column of instants.

    Parameters
    ----------
    texts : Series of str
        Dates with times; times alone where `dates` are given.
    dates : Series of datetime64, optional
        The day of each row.

    Returns
    -------
    Series of datetime64, array of bool
        With NaT where nothing stands or what stands there is none; where that is so.

    Examples
    --------
    >>> import pandas
    >>> told = pandas.Series(["2024-03-31T08:30Z", "31.03.2024 kl. 8.30", "soon", ""])
    >>> found, wrong = instants(told)
    >>> [str(t) for t in found[:2]], wrong.tolist()
    (['2024-03-31 08:30:00', '2024-03-31 08:30:00'], [False, False, True, False])
    """
    import numpy as np
    import pandas

    if pandas.api.types.is_datetime64_any_dtype(texts):
        plain = texts.dt.tz_localize(None) if texts.dt.tz is not None else texts
        return plain.astype("datetime64[ns]"), np.zeros(len(texts), dtype=bool)
    text = texts.fillna("").astype(str).str.strip()
    found = pandas.Series(pandas.NaT, index=text.index, dtype="datetime64[ns]")
    for date in (_ISO, _NORDIC):
        parts = text.str.extract(rf"^{date}(?:(?:T|,?\s+){_TIME})?{_ZONE}$")
        found = found.fillna(_assembled(parts))
    if dates is not None:
        clock = text.str.extract(rf"^{_TIME}$")
        clock[["Y", "M", "D"]] = np.column_stack(
            [dates.dt.year, dates.dt.month, dates.dt.day]
        )
        found = found.fillna(_assembled(clock).where(clock["h"].notna()))
    return found, ((text != "") & found.isna()).to_numpy()


def _assembled(parts: pandas.DataFrame) -> Any:
    import pandas

    numbers = {
        name: pandas.to_numeric(parts[column], errors="coerce")
        for name, column in zip(
            ("year", "month", "day", "hour", "minute", "second"), "YMDhms", strict=True
        )
    }
    for clock in ("hour", "minute", "second"):
        numbers[clock] = numbers[clock].fillna(0)
    table = pandas.DataFrame(numbers)
    at = pandas.to_datetime(table, errors="coerce").astype("datetime64[ns]")
    wrong = (table["hour"] > 23) | (table["minute"] > 59) | (table["second"] > 59)
    return at.mask(wrong)


def resolution(at: pandas.Series[Any]) -> float:
    """To how many seconds a column of instants is written: 1 or 60.

    Examples
    --------
    >>> import pandas
    >>> resolution(pandas.to_datetime(pandas.Series(["2024-01-01 08:30"])))
    60.0
    """
    known = at.dropna()
    return 60.0 if len(known) and (known.dt.second == 0).all() else 1.0
