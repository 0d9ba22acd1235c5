"""What one value of a scenario is, and in what two scenarios differ."""

from __future__ import annotations

from typing import NamedTuple

Plain = float | int | bool | str | tuple[float, ...] | None  # a value without its source


class Value(NamedTuple):
    """One value of a scenario, described.

    Attributes
    ----------
    path : str
        Where it stands: groups, items and fields by name, with dots between them.
    text : str
        The value as text, in `unit`; empty where a parameter of a law is not given.
    kind : str
        ``"real"``, ``"count"``, ``"flag"``, ``"choice"``, ``"text"`` or ``"series"``.
    unit : str
        Such as ``"min"`` or ``"share"``; may be empty.
    doc : str
        What it means, in a sentence.
    low, high : float
        Validity bounds of a number, or of each of a series, inclusive; NaN for others.
    choices : tuple of str or None
        The words of a choice.
    is_default : bool
        Whether nobody has set it.
    grade : str
        ``"measured"``, ``"estimated"``, ``"assumed"``, or empty where nobody said.
    evidence : str
        Ids of the rows it rests on, separated by spaces.
    range_low, range_high : float
        The range that the evidence leaves open; NaN where none is stated.
    """

    path: str
    text: str
    kind: str
    unit: str
    doc: str
    low: float
    high: float
    choices: tuple[str, ...] | None
    is_default: bool
    grade: str
    evidence: str
    range_low: float
    range_high: float

    @property
    def value(self) -> Plain:
        """The value as number, numbers, flag or word; None where it is not given."""
        if self.kind == "flag":
            return self.text == "true"
        if self.kind in ("choice", "text"):
            return self.text
        if self.kind == "series":
            return tuple(map(float, self.text.split()))
        if not self.text:
            return None
        return int(self.text) if self.kind == "count" else float(self.text)

    @property
    def has_range(self) -> bool:
        """Whether the evidence leaves a range open."""
        return self.range_low < self.range_high


class Change(NamedTuple):
    """A setting in which two scenarios differ; None on the side that does not have it."""

    path: str
    baseline: Plain
    alternative: Plain
    baseline_grade: str | None
    baseline_evidence: str | None
    alternative_grade: str | None
    alternative_evidence: str | None
