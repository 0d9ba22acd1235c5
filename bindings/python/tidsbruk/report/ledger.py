"""The categories of the ledger: what the page calls them and how it paints them."""

from __future__ import annotations

from typing import NamedTuple


class Category(NamedTuple):
    """A category of the ledger.

    Attributes
    ----------
    key : str
        As the log names it.
    label, short : str
        What people call it, and in a word.
    colour : str
        Told apart by people who do not see all colours, too: hues of Okabe and Ito
        (2008), those of one family by lightness.
    ink : str
        Of text on it.
    outcomes : tuple of (str, float)
        Shares, with their signs, whose sum is its share of duty.
    """

    key: str
    label: str
    short: str
    colour: str
    ink: str
    outcomes: tuple[tuple[str, int], ...]


def _one(
    key: str, label: str, short: str, colour: str, ink: str, outcome: str = ""
) -> Category:
    shares = ((f"time.{outcome or key}_share", 1),)
    return Category(key, label, short, colour, ink, shares)


DARK, LIGHT = "#111111", "#ffffff"

CATEGORIES = (
    _one(
        "care_needed", "Care that meets need", "Care", "#0072b2", LIGHT, "direct_needed"
    ),
    _one(
        "care_surplus",
        "Care beyond need",
        "Beyond need",
        "#7cc3ec",
        DARK,
        "direct_surplus",
    ),
    _one("indirect", "Indirect work", "Indirect", "#007a5a", LIGHT),
    _one("travel", "Travel", "Travel", "#8c8c8c", DARK),
    _one("records_presence", "Records with citizen", "Records", "#d55e00", DARK),
    Category(
        "records_away",
        "Records elsewhere",
        "Records",
        "#f0a35e",
        DARK,
        (("time.records_share", 1), ("time.records_presence_share", -1)),
    ),
    _one("meetings", "Meetings", "Meeting", "#aa4f87", LIGHT),
    _one("dialogue", "Dialogue", "Dialogue", "#e3a5cb", DARK),
    _one("training", "Training", "Training", "#c2185b", LIGHT),
    _one("control", "Audits, inspections", "Audit", "#7b52b8", LIGHT),
    _one("administration", "Administration", "Office", "#f0e442", DARK),
    _one("development", "Development", "Development", "#3dbd98", DARK),
    _one("breaks", "Breaks", "Break", "#c9c9c9", DARK),
    _one("idle", "Idle", "Idle", "#e9e6dc", DARK),
)
BY_KEY = {c.key: c for c in CATEGORIES}
