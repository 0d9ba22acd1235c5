"""Instants as people write them: ISO dates, Nordic dates, times with colon or point."""

from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.errors import failure

if TYPE_CHECKING:
    import numpy as np
    import pandas

    Mask = np.ndarray[Any, np.dtype[np.bool_]]

_TIME = (
    r"(?:kl\.?\s*)?(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<f>\d+))?)?"
)
_ZONE = r"(?:\s*(?P<zone>Z|[+-]\d{2}:?\d{2}))?"
_ISO = r"(?P<Y>\d{4})-(?P<M>\d{1,2})-(?P<D>\d{1,2})"
_NORDIC = r"(?P<D>\d{1,2})[./-](?P<M>\d{1,2})[./-](?P<Y>\d{4})\.?"
FORMS = "2024-03-31 08:30, 31.03.2024 08:30"
TIME_FORMS = f"{FORMS}, or 08:30 beside a date"


class Instants(NamedTuple):
    """A column of instants that was read.

    Attributes
    ----------
    at : Series of datetime64
        As the clock shows them where people work; NaT where nothing stands.
    wrong : array of bool
        Where something stands that is no instant.
    offsets : set of int
        Minutes from UTC that the column names, where no zone was said.
    plain : bool
        Whether some name none.
    """

    at: pandas.Series[Any]
    wrong: Mask
    offsets: set[int]
    plain: bool


def zone_of(name: str) -> zoneinfo.ZoneInfo:
    """Find a time zone by its name, such as ``Europe/Oslo``."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        told = f"zone = {name!r} is no time zone such as 'Europe/Oslo'"
        raise failure("TB_ERR_VALUE", told) from None


def instants(
    texts: pandas.Series[Any],
    dates: pandas.Series[Any] | None = None,
    zone: zoneinfo.ZoneInfo | None = None,
) -> Instants:
    """Read a column of instants.

    Parameters
    ----------
    texts : Series of str
        Dates with times; times alone where `dates` are given.
    dates : Series of datetime64, optional
        The day of each row.
    zone : ZoneInfo, optional
        Where people work: instants that name another zone are told by its clock. Without
        it, an instant is what stands there, whatever zone it names.

    Examples
    --------
    >>> import pandas
    >>> told = pandas.Series(["2024-03-31T08:30Z", "31.03.2024 kl. 8.30", "soon", ""])
    >>> found = instants(told)
    >>> [str(t) for t in found.at[:2]], found.wrong.tolist()
    (['2024-03-31 08:30:00', '2024-03-31 08:30:00'], [False, False, True, False])
    >>> str(instants(told, zone=zone_of("Europe/Oslo")).at[0])
    '2024-03-31 10:30:00'
    """
    import numpy as np
    import pandas

    if pandas.api.types.is_datetime64_any_dtype(texts):
        return _typed(texts, zone)
    text = texts.fillna("").astype(str).str.strip()
    found = pandas.Series(pandas.NaT, index=text.index, dtype="datetime64[ns]")
    offset = pandas.Series(np.nan, index=text.index)
    for date in (_ISO, _NORDIC):
        parts = text.str.extract(rf"^{date}(?:(?:T|,?\s+){_TIME})?{_ZONE}$")
        found = found.fillna(_assembled(parts))
        offset = offset.fillna(_offset(parts["zone"]))
    if dates is not None:
        clock = text.str.extract(rf"^{_TIME}$")
        clock[["Y", "M", "D"]] = np.column_stack(
            [dates.dt.year, dates.dt.month, dates.dt.day]
        )
        found = found.fillna(_assembled(clock).where(clock["h"].notna()))
    wrong = ((text != "") & found.isna()).to_numpy()
    told = offset[found.notna()]
    if zone is not None:
        utc = found - pandas.to_timedelta(offset, unit="m")
        local = utc.dt.tz_localize("UTC").dt.tz_convert(zone).dt.tz_localize(None)
        return Instants(local.fillna(found).astype("datetime64[ns]"), wrong, set(), False)
    offsets = {int(minutes) for minutes in told.dropna().unique()}
    return Instants(found, wrong, offsets, bool(told.isna().any()))


def _typed(column: pandas.Series[Any], zone: zoneinfo.ZoneInfo | None) -> Instants:
    import numpy as np

    wrong = np.zeros(len(column), dtype=bool)
    if column.dt.tz is None:
        plain = bool(column.notna().any()) and zone is None
        return Instants(column.astype("datetime64[ns]"), wrong, set(), plain)
    here = column.dt.tz_convert(zone) if zone is not None else column
    local = here.dt.tz_localize(None)
    apart = (local - here.dt.tz_convert("UTC").dt.tz_localize(None)).dropna().unique()
    offsets = {round(a / np.timedelta64(60, "s")) for a in apart.astype("timedelta64[s]")}
    return Instants(
        local.astype("datetime64[ns]"), wrong, set() if zone else offsets, False
    )


def _offset(zones: pandas.Series[Any]) -> Any:
    """Minutes from UTC of ``Z``, ``+02:00``; NaN where none is named."""
    import pandas

    parts = zones.str.extract(r"^(?P<sign>[+-])(?P<h>\d{2}):?(?P<m>\d{2})$")
    hours = pandas.to_numeric(parts["h"]) * 60 + pandas.to_numeric(parts["m"])
    signed = hours.where(parts["sign"] != "-", -hours)
    return signed.astype(float).mask(zones == "Z", 0.0)


def zones_differ(columns: list[Instants]) -> str:
    """Why the clocks of several columns cannot be set side by side; empty if they can.

    Two offsets that are an hour apart are summer and winter of one place.
    """
    offsets = sorted(set().union(*(c.offsets for c in columns)))
    if not offsets:
        return ""
    named = ", ".join(
        f"{'+' if m >= 0 else '-'}{abs(m) // 60:02}:{abs(m) % 60:02}" for m in offsets
    )
    if any(c.plain for c in columns):
        return f"some times name a zone ({named}), and some do not"
    return (
        f"times are of several zones ({named})" if offsets[-1] - offsets[0] > 60 else ""
    )


def mend_clock_changes(start: Any, end: Any) -> tuple[Any, int]:
    """Ends as they would be without the nights on which clocks are set.

    On the last Sunday of October an hour comes twice: a visit that ends before it began
    did not. On the last Sunday of March an hour is skipped: whoever was there over it was
    there for an hour less than the clock shows.

    Returns
    -------
    Series of datetime64, int
        And how many were mended.

    Examples
    --------
    >>> import pandas
    >>> begun, ended = ["2024-10-27 02:50"] * 2, ["2024-10-27 02:20"] * 2
    >>> begun[1], ended[1] = "2024-03-31 01:30", "2024-03-31 03:30"
    >>> start, end = (pandas.Series(pandas.to_datetime(t)) for t in (begun, ended))
    >>> mended, count = mend_clock_changes(start, end)
    >>> [str(t - s) for s, t in zip(start, mended)], count
    (['0 days 00:30:00', '0 days 01:00:00'], 2)
    """
    import pandas

    hour = pandas.Timedelta(hours=1)
    sunday = (end.dt.day_of_week == 6) & (end.dt.day > 24)
    midnight = end.dt.floor("D")
    two, three = midnight + 2 * hour, midnight + 3 * hour
    autumn = sunday & (end.dt.month == 10)
    again = autumn & (end >= two) & (end < start) & (start < three)
    over = autumn & (start < two) & (end >= three)
    spring = sunday & (end.dt.month == 3) & (start < two) & (end >= three)
    mended = end.mask(again | over, end + hour).mask(spring, end - hour)
    return mended, int((again | over | spring).sum())


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
    part = pandas.to_numeric("0." + parts["f"].fillna("0"), errors="coerce")
    at += pandas.to_timedelta((part * 1e3).round(), unit="ms")
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
