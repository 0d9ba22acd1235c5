"""Numbers and sentences of the page: made from the numbers, on nobody's side."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Told = Mapping[str, Any]
DAY_HOURS = 7.5  # of the working day that minutes are told in
DAY = 60 * DAY_HOURS
WEEKS = 52  # of the year that amounts are told for

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
    """How a headline is told.

    Attributes
    ----------
    outcome : str
        Name of the outcome.
    key, title : str
        A word for it, and its heading.
    means : str
        What it is, for those who have not met the word.
    counted : str
        Name of the outcome that is shown: the same, or one that a change of time on duty
        alone cannot move.
    scale : float
        From the unit of what is counted to the unit that is shown; minutes per worker
        and week are, besides, divided by the time on duty of the baseline.
    unit : str
        What is shown, after a number.
    more, less : str
        What the alternative does when the number rises or falls, with a place for it.
    or_more, or_less : str
        The same in a word.
    of : str
        What there is more or less of.
    """

    outcome: str
    key: str
    title: str
    means: str
    counted: str
    scale: float
    unit: str
    more: str
    less: str
    or_more: str
    or_less: str
    of: str


HEADLINES = {
    h.outcome: h
    for h in (
        Headline(
            "time.direct_share",
            "direct",
            "Direct care",
            "time with citizens",
            "time.direct_hours",
            DAY,
            "minutes per 7.5-hour working day",
            "brings {} more minutes of direct care per 7.5-hour working day",
            "brings {} fewer minutes of direct care per 7.5-hour working day",
            "more",
            "fewer",
            "minutes per 7.5-hour working day",
        ),
        Headline(
            "citizen.unmet_share",
            "unmet",
            "Unmet need",
            "need of planned visits that no visit met",
            "citizen.unmet_share",
            100,
            "% of need",
            "leaves {} percentage points more of citizens’ need unmet",
            "leaves {} percentage points less of citizens’ need unmet",
            "more",
            "less",
            "percentage points",
        ),
        Headline(  # in place of the share, where no visit is planned
            "citizen.unmet_hours",
            "unmet",
            "Unmet need",
            "need of calls that left or were turned away, and growth of what waits",
            "citizen.unmet_hours",
            1,
            "hours a week",
            "leaves {} more hours a week of citizens’ need unmet",
            "leaves {} fewer hours a week of citizens’ need unmet",
            "more",
            "fewer",
            "hours a week",
        ),
        Headline(
            "control.undetected_harm",
            "harm",
            "Undetected harm",
            "errors and misuse that nobody found",
            "control.undetected_harm",
            1,
            "cases per 1,000 visits",
            "lets {} more cases of harm per 1,000 visits go undetected",
            "lets {} fewer cases of harm per 1,000 visits go undetected",
            "more",
            "fewer",
            "cases per 1,000 visits",
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
    """Tell the answer: a sentence for each headline, never combined."""
    sentences = []
    for i, h in enumerate(headlines):
        opens = "It" if i else f"Compared with {baseline}, {alternative}"
        sentences.append(f"{opens} {clause(h)}{assumed(h)}.")
        sentences += h.get("remarks", [])
    return " ".join(sentences)


def clause(h: Told) -> str:
    """Tell what the alternative does to one headline."""
    words = HEADLINES[h["name"]]
    what, shown = words.title.lower(), h["shown"]
    change = shown["difference"]
    if h["verdict"] == "none" or (h["verdict"] == "depends" and not is_clear(shown)):
        return f"makes no clear difference to {what}"
    if not change:
        return f"changes nothing in {what}"
    told = (words.more if change > 0 else words.less).format(
        number(abs(change), shown["digits"])
    )
    if h["verdict"] == "unknown":
        told += " (in one replication, so that chance alone may make it)"
    return told


def assumed(h: Told) -> str:
    """Tell how far other assumptions move a headline, after its clause."""
    shown, words = h["shown"], HEADLINES[h["name"]]
    digits, what = shown["digits"], words.title.lower()
    low, high = shown["assumption_low"], shown["assumption_high"]
    if low is None:
        return ""
    falls, rises = signed(low, digits)[:1] == MINUS, signed(high, digits)[:1] == "+"
    if not falls and not rises:
        return "; with other plausible assumptions the same"
    if rises:
        first, last = low, high
    else:
        first, last = high, low
    ends = [number(abs(end), digits) for end in (first, last)]
    ends[0] += f" {words.or_less}" * (falls and rises)
    ends[1] += f" {words.or_more if rises else words.or_less}"
    if clause(h) == f"makes no clear difference to {what}":
        ends[1] += f" {words.of}"
    return f"; with other plausible assumptions anything from {ends[0]} to {ends[1]}"


# Care and time on duty ----------------------------------------------------------------


def is_clear(d: Told) -> bool:
    """Whether an interval leaves out 0."""
    return d["low"] is not None and (d["low"] > 0 or d["high"] < 0)


def only_share(share: Told, care: Told) -> bool:
    """Whether the share of time with citizens changed, and care itself not clearly."""
    return is_clear(share) and not is_clear(care)


def remarks(share: Told, care: Told, needed: Told, duty: Told) -> list[str]:
    """Say what total care and its share of time on duty do not say by themselves.

    Parameters
    ----------
    share, care, needed, duty : mapping
        Differences, with the ends of their intervals, of the share of time with citizens,
        of its hours, of those that meet need, and of time on duty.
    """
    said = []
    if is_clear(share) and (not is_clear(care) or _opposed(share, care)):
        told = f"The share of time with citizens {_moved(share)}"
        if is_clear(duty) and _opposed(share, duty):
            told += f" because time on duty {_moved(duty)}"
        if is_clear(care):
            said.append(f"{told}; care itself {_moved(care)}.")
        else:
            said.append(f"{told}; care itself did not change clearly.")
    if _opposed(care, needed):
        more, less = "more", "less"
        if care["difference"] < 0:
            more, less = less, more
        if is_clear(care) and is_clear(needed):
            said.append(
                f"{more.capitalize()} time with citizens, "
                f"{less} of it what need asks for."
            )
        elif is_clear(care):
            said.append(
                f"{more.capitalize()} time with citizens, but no clear change in what "
                "meets need."
            )
        elif is_clear(needed):
            said.append(f"Of the time with citizens, {less} is what need asks for.")
    return said


def harm_remarks(rate: Told, cases: Told, visits: Told) -> list[str]:
    """Say what harm per 1,000 visits does not say by itself: whether there is more of it.

    Parameters
    ----------
    rate, cases, visits : mapping
        Differences, with the ends of their intervals, of undetected harm per 1,000
        visits, of its cases, and of the visits that were given.
    """
    if not is_clear(rate) or (is_clear(cases) and not _opposed(rate, cases)):
        return []
    told = f"Undetected harm per 1,000 visits {_moved(rate)}"
    if is_clear(visits) and _opposed(rate, visits):
        told += f" because the number of visits {_moved(visits)}"
    if is_clear(cases):
        return [f"{told}; cases of harm {_moved(cases)}."]
    return [f"{told}; the number of cases did not change clearly."]


def _opposed(a: Told, b: Told) -> bool:
    return bool(a["difference"] * b["difference"] < 0)


def _moved(d: Told) -> str:
    return "rose" if d["difference"] > 0 else "fell"


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
