"""Psychiatric wards as they were timed: how often each kind of task is interrupted.

``./dev validate`` runs ``hospital_ward/glantz`` and writes docs/validation/ward.md. What
was published stands in the rows of evidence (E001 to E011: table 3 of Glantz 2019); how
often tasks are interrupted is used nowhere in the preset. The same bytes every time.
"""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tidsbruk as tb
from scipy import stats

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "validation" / "ward.md"
TEMPLATE = ROOT / "validation" / "ward.md.in"
SEED, REPLICATIONS = 2019, 40
NEAR, NEAR_COUNT = 0.25, 3  # a hit: so near as a share, or in interruptions per hundred
PUT_IN = 2.0  # interruptions an hour (E029)
ASKED = "services.request"  # what interrupts, is indirect care and not interrupted itself
KINDS = {  # rows of evidence, and what they are in the preset
    "E001": ("medication", "services.medication"),
    "E002": ("indirect care", "services.indirect_care", "services.request"),
    "E003": ("direct care", "services.direct_care"),
    "E004": ("ward tasks", "services.ward_task"),
    "E005": ("professional communication", "services.communication"),
    "E006": ("social, breaks", "services.social"),
    "E008": ("documentation", "obligations.documentation"),
    "E009": ("training, supervision", "services.training"),
    "E010": ("telephone", "services.phone"),
    "E011": ("other", "services.other"),
}
ALONE = ("direct care", "telephone")  # who may not be interrupted
TABLE = re.compile(
    r"published: (?P<day>[\d.]+) min per 8-h day; mean task length (?P<length>[\d.]+) "
    r"min; interruptions per 100 tasks (?P<cuts>[\d.]+)\."
)


class Published(NamedTuple):
    """A line of the published table."""

    kind: str
    day: float
    length: float
    cuts: float


class Kind(NamedTuple):
    """What was published and what comes out, of one kind of task."""

    published: Published
    day: float
    length: float
    cuts: tb.Interval
    urgent: float
    exposed: float  # share of its tasks that may be interrupted

    @property
    def by_length(self) -> float:
        """The rate times the mean length: what a spreadsheet says."""
        return 100 * PUT_IN * self.exposed * self.published.length / 60

    @property
    def implied(self) -> float:
        """Interruptions an hour of such work that the published figures come to."""
        return 60 * self.published.cuts / 100 / self.published.length


def published() -> dict[str, Published]:
    """Lines of the published table, by row of evidence."""
    path = ROOT / "lib" / "presets" / "evidence.csv"
    with open(path, encoding="utf-8", newline="") as f:
        notes = {row["id"]: row["note"] for row in csv.DictReader(f)}
    found = {}
    for row, (kind, *_) in KINDS.items():
        told = TABLE.search(notes[row])
        if not told:
            raise ValueError(f"{row}: its note does not hold the line of the table")
        found[row] = Published(kind, *map(float, told.group("day", "length", "cuts")))
    return found


def verdict(kind: Kind) -> str:
    """In plain words, whether the prediction is one."""
    told, found = kind.published.cuts, kind.cuts.mean
    if kind.published.kind in ALONE:
        return "put in: it is never interrupted"
    if abs(found - told) <= max(NEAR * told, NEAR_COUNT):
        return "hit"
    if found > told:
        return f"missed: {found / told:.1f} times too many" if told else "missed"
    return f"missed: {told / found:.1f} times too few"


def simulate() -> list[Kind]:
    """Run the wards, as they are and with another rule of who is interrupted."""
    ward = tb.preset("hospital_ward/glantz")
    asked = ("services.phone.assignment", "services.request.assignment")
    other = ward.replace(dict.fromkeys(asked, "longest_idle"))
    arms = {"ward": ward, "other": other}
    result = tb.run(arms, replications=REPLICATIONS, seed=SEED)
    return [
        kind_of(line, KINDS[row][1:], ward, result) for row, line in published().items()
    ]


def kind_of(
    line: Published, names: tuple[str, ...], ward: tb.Scenario, result: tb.Result
) -> Kind:
    """One kind of task, from what it is in the preset."""
    of = [
        n.removeprefix("services.").replace("obligations.", "obligation.") for n in names
    ]
    minutes = [
        f"time.{name}" if name.startswith("obligation.") else f"time.service.{name}"
        for name in of
    ]
    cuts = [f"staff.interruptions.{name}" for name in of]
    lengths = [f"time.piece_minutes.{name}" for name in of]
    return Kind(
        line,
        480 * sum(result.estimate("ward", m).mean for m in minutes) / 10080,
        together(result, "ward", lengths).mean,
        together(result, "ward", cuts),
        together(result, "other", cuts).mean,
        exposed_of(ward, names),
    )


def exposed_of(ward: tb.Scenario, names: tuple[str, ...]) -> float:
    """The share of tasks that may be interrupted, of those that come."""
    if ASKED not in names:
        return 1.0
    rates = {name: float(str(ward[f"{name}.per_hour"])) for name in names}
    return 1 - rates[ASKED] / sum(rates.values())


def together(result: tb.Result, arm: str, outcomes: list[str]) -> tb.Interval:
    """Several outcomes of one kind as one: a ratio of sums, with its interval."""
    if len(outcomes) == 1:
        return result.estimate(arm, outcomes[0])
    top, bottom = (
        sum(np.asarray(result.column(arm, outcome, part)) for outcome in outcomes)
        for part in ("numerator", "denominator")
    )
    ratio, n = float(top.sum() / bottom.sum()), len(top)
    error = float(np.std((top - ratio * bottom) / bottom.mean(), ddof=1)) / math.sqrt(n)
    half = float(stats.t.ppf(0.975, n - 1)) * error
    return tb.Interval(ratio, ratio - half, ratio + half, error, n)


def told(kind: Kind) -> str:
    """A line of the page."""
    p = kind.published
    cells = [
        p.kind,
        f"{p.day:g}",
        f"{kind.day:.0f}",
        f"{p.length:g}",
        f"{kind.length:.2f}",
        f"**{p.cuts:g}**",
        f"**{kind.cuts.mean:.1f}** [{kind.cuts.low:.1f}, {kind.cuts.high:.1f}]",
        f"{kind.by_length:.1f}",
        f"{kind.urgent:.0f}",
        f"{kind.implied:.1f}",
        verdict(kind),
    ]
    return "| " + " | ".join(cells) + " |"


def distance(found: list[float], kinds: list[Kind]) -> float:
    """How far interruptions per hundred are from the published, on average."""
    told = [k.published.cuts for k in kinds]
    return sum(abs(a - b) for a, b in zip(found, told, strict=True)) / len(told)


def page() -> str:
    """The page, from runs."""
    kinds = simulate()
    open_ = [k for k in kinds if k.published.kind not in ALONE]
    hits = sum(verdict(k) == "hit" for k in open_)
    rates = sorted((k.implied, k.published.kind) for k in open_ if k.published.cuts)
    apart = max(abs(k.cuts.mean - k.by_length) for k in open_)
    words = TEMPLATE.read_text(encoding="utf-8")
    return words.format(
        rate=PUT_IN,
        near=100 * NEAR,
        near_count=NEAR_COUNT,
        lines="\n".join(map(told, kinds)),
        hits=hits,
        open=len(open_),
        least=rates[0],
        most=rates[-1],
        apart=apart,
        distance=distance([k.cuts.mean for k in open_], open_),
        distance_other=distance([k.urgent for k in open_], open_),
    )


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
