"""Numbers and sentences of the page: made from the numbers, on nobody's side."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Told = Mapping[str, Any]
DAY_HOURS = 7.5  # of the working day that minutes are told in
DAY = 60 * DAY_HOURS
WEEK_HOURS = 5 * DAY_HOURS  # of one full-time equivalent

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"

VERDICTS = {
    "better": "Better",
    "worse": "Worse",
    "none": "No clear difference",
    "depends": "Depends on assumptions",
    "unknown": "Not known from one replication",
}


class Headline(NamedTuple):
    """How one of the three headlines is told.

    Attributes
    ----------
    outcome : str
        Name of the outcome.
    key, title : str
        A word for it, and its heading.
    scale : float
        From the unit of the outcome to the unit that is shown.
    unit : str
        What is shown, after a number.
    more, less : str
        What the alternative does when the number rises or falls, with a place for it.
    or_more, or_less : str
        The same in a word, for the other way round.
    """

    outcome: str
    key: str
    title: str
    scale: float
    unit: str
    more: str
    less: str
    or_more: str
    or_less: str


HEADLINES = {
    h.outcome: h
    for h in (
        Headline(
            "time.direct_share",
            "direct",
            "Direct care",
            DAY,
            "minutes of a 7.5-hour working day",
            "brings {} more minutes of direct care in a 7.5-hour working day",
            "brings {} fewer minutes of direct care in a 7.5-hour working day",
            "more",
            "fewer",
        ),
        Headline(
            "citizen.unmet_share",
            "unmet",
            "Unmet need",
            100,
            "% of need",
            "leaves {} percentage points more of citizens’ need unmet",
            "leaves {} percentage points less of citizens’ need unmet",
            "more",
            "less",
        ),
        Headline(
            "control.undetected_harm",
            "harm",
            "Undetected harm",
            1,
            "cases per 1,000 visits",
            "lets {} more cases of harm per 1,000 visits go undetected",
            "lets {} fewer cases of harm per 1,000 visits go undetected",
            "more",
            "fewer",
        ),
    )
}


# Numbers ------------------------------------------------------------------------------


def number(value: float | None, digits: int | None = None) -> str:
    """Write a number with a proper minus sign; without digits, three that count."""
    if value is None or not math.isfinite(value):
        return DASH
    text = f"{value:,.{_digits(value) if digits is None else digits}f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def signed(value: float | None, digits: int | None = None) -> str:
    """Write a change: with its sign, unless it is rounded to nothing."""
    text = number(value, digits)
    positive = value is not None and value > 0 and text.strip("0.,") not in ("", DASH)
    return f"+{text}" if positive else text


def digits_for(half_width: float, value: float) -> int:
    """Decimals that a difference with such an uncertainty deserves: 2 at most.

    One is enough where it is 1 or more: the assumptions leave more open than that.
    """
    most = 1 if abs(value) >= 1 else 2
    if not half_width or not math.isfinite(half_width):
        return min(_digits(value), most)
    return min(max(-math.floor(math.log10(half_width)), 0), most)


def setting(value: Any) -> str:
    """Write the value of a setting."""
    if value is None:
        return DASH
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.4g}".replace("-", MINUS)
    return str(value).replace("_", " ")


def clock(minutes: float) -> str:
    """Write minutes after midnight as hours and minutes."""
    whole = math.floor(minutes + 0.5)
    return f"{whole // 60 % 24:02}:{whole % 60:02}"


def _digits(value: float) -> int:
    if not value:
        return 0
    return min(max(2 - math.floor(math.log10(abs(value))), 0), 3)


# Verdicts -----------------------------------------------------------------------------


def verdict(
    low: float | None,
    high: float | None,
    ends: tuple[float, float] | None,
    better: int,
) -> str:
    """Say what a difference is, from its interval and its assumption range.

    Parameters
    ----------
    low, high : float or None
        The interval by chance; None where there is none.
    ends : (float, float) or None
        Lowest and highest point estimate over the assumptions, if they were tried.
    better : int
        1 when more is better, -1 when less is.

    Returns
    -------
    str
        ``"better"`` or ``"worse"``: beyond chance, and no single assumption changes the
        sign. ``"none"``: chance alone may make it, and no single assumption moves it
        out of the interval. ``"depends"``: one of them does. ``"unknown"``: there is no
        interval.
    """
    if low is None or high is None:
        return "unknown"
    if low > 0 or high < 0:
        rises = low > 0
        if ends and (ends[0] <= 0 if rises else ends[1] >= 0):
            return "depends"
        return "better" if rises == (better > 0) else "worse"
    return "depends" if ends and (ends[0] < low or ends[1] > high) else "none"


def answer(
    baseline: str, alternative: str, headlines: Sequence[Mapping[str, Any]]
) -> str:
    """Tell the answer in one sentence: three clauses, never combined."""
    clauses = [f"{clause(h)} ({brackets(h)})" for h in headlines]
    listed = clauses[0]
    if len(clauses) > 1:
        listed = f"{', '.join(clauses[:-1])}, and {clauses[-1]}"
    return f"Compared with {baseline}, {alternative} {listed}."


def clause(h: Told) -> str:
    """Tell what the alternative does to one headline."""
    words = HEADLINES[h["name"]]
    what, change = words.title.lower(), h["shown"]["difference"]
    if h["verdict"] == "none":
        return f"makes no clear difference to {what}"
    sure = h["low"] is not None and (h["low"] > 0 or h["high"] < 0)
    if h["verdict"] == "depends" and not sure:
        return f"makes no clear difference to {what}, unless an assumption is off"
    if not change:
        return f"changes nothing in {what}"
    told = (words.more if change > 0 else words.less).format(
        number(abs(change), h["shown"]["digits"])
    )
    if h["verdict"] == "depends":
        other = words.or_less if change > 0 else words.or_more
        told += f", or {other} if an assumption is off"
    return told


def brackets(h: Told) -> str:
    """Write both uncertainties of a headline."""
    shown, digits = h["shown"], h["shown"]["digits"]
    if shown["low"] is None:
        chance = "no interval from one replication"
    else:
        chance = f"{span(shown['low'], shown['high'], digits)} by chance"
    if shown["assumption_low"] is None:
        return f"{chance}; assumptions not tried"
    ends = span(shown["assumption_low"], shown["assumption_high"], digits)
    return f"{chance}, {ends} over the assumptions"


def span(low: float | None, high: float | None, digits: int | None = None) -> str:
    """Write two ends of a change."""
    return f"{signed(low, digits)} to {signed(high, digits)}"


PLAIN_UNITS = ("share", "probability", "factor", "")  # that a bare number says, too


def with_unit(value: Any, unit: str) -> str:
    """Write the value of a setting with its unit."""
    text = setting(value)
    return text if unit in PLAIN_UNITS or text == DASH else f"{text} {unit}"


def flip(f: Told, where: str) -> str:
    """Tell at which value an assumption turns the sign of a difference."""
    side = "above" if f["end"] > f["value"] else "below"
    ends = f"{setting(f['low'])} to {with_unit(f['high'], f['unit'])}"
    return (
        f"{first_clause(f['doc'])}: {side} about {between(f['at'], f['value'])} {where} "
        f"(taken as {setting(f['value'])}; range {ends})"
    )


def first_clause(doc: str) -> str:
    """Cut the description of a value down to what it begins with."""
    return re.split(r"[;.] ", doc)[0].rstrip(".")


def between(value: float, other: float) -> str:
    """Write a number with as many digits as tell it from another: two or more."""
    digits = 2
    while (
        digits < 6 and f"{value:.{digits}g}" == f"{other:.{digits}g}" and value != other
    ):
        digits += 1
    return setting(float(f"{value:.{digits}g}"))
