"""docs/validation/norway.md and its picture, from draws and what came out of them."""

from __future__ import annotations

from pathlib import Path

import norway as n
import tidsbruk as tb

PAGE = n.ROOT / "docs/validation/norway.md"
PICTURE = n.ROOT / "docs/validation/norway.svg"

ACCOUNTS = {
    "E098": ("direct work of all registered time", 0.0, float(n.ROWS["E098"]) / 100),
    "E099": (
        "driving of indirect time",
        *(float(v) / 100 for v in n.ROWS["E099"].split("-")),
    ),
    "E100": (
        "administration, reports and documentation of indirect time",
        *(float(v) / 100 for v in n.ROWS["E100"].split("-")),
    ),
}
ROLE_ROWS = dict(zip(n.ROLES, ("E109", "E110", "E111"), strict=True))
ROLE_DRIVE = {"nurse": 0.18, "assistant_nurse": 0.29, "health_worker": 0.17}
ROLE_WORDS = {
    "nurse": "registered nurses",
    "assistant_nurse": "assistant nurses",
    "health_worker": "assistant health workers",
}
OVERRUN = [v / 100 for v in n.three(n.ROWS["E092"])]
CLIENTS_A_DAY = n.three(n.ROWS["E260"])[-1]
OVERRUNS = {
    "late_route_share": "the last visit ended more than a minute later than its plan",
    "overrun_share": "visits ran past the planned end of the shift, or were left over",
    "overtime_shift_share": "the shift ended late, for whatever reason",
}

SHORT = {
    "E098": "direct work of all registered time",
    "E099": "driving of indirect time",
    "E100": "office work of indirect time",
    "late_route_share": "routes later than planned",
    "overrun_share": "visits past the shift",
    "overtime_shift_share": "shifts that end late",
}

BAR, TICK = 'fill="#7a9cc6"', 'fill="#1f3f66"'
BOX = 'fill="none" stroke="#b03a2e" stroke-width="1.5"'

Draws = list[dict[str, float]]


def percent(value: float) -> str:
    """A share in per cent."""
    return f"{100 * value:.0f}"


def of_band(b: n.Band, digits: int | None = None) -> str:
    """A band: the middle draw, and where nine of ten lie."""
    low, middle, high = (
        percent(v) if digits is None else f"{v:.{digits}f}"
        for v in (b.low, b.middle, b.high)
    )
    return f"{middle} ({low} to {high})"


def span(low: float, high: float) -> str:
    """A published range in per cent."""
    return f"below {percent(high)}" if low == 0 else f"{percent(low)} to {percent(high)}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table of Markdown."""
    lines = ["| " + " | ".join(r) + " |" for r in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def column(out: Draws, name: str) -> list[float]:
    """One figure of all draws."""
    return [x[name] for x in out]


def pooled(out: list[Draws], name: str) -> list[float]:
    """One figure of all draws of all three."""
    return [x[name] for of_one in out for x in of_one]


def together(out: list[Draws], what: str, role: str) -> list[float]:
    """Share of the registered time of a role, of the three taken together."""
    figures = []
    for of_draw in zip(*out, strict=True):
        time = [x[f"time.{role}"] for x in of_draw]
        spent = [x[f"{what}.{role}"] * t for x, t in zip(of_draw, time, strict=True)]
        figures.append(sum(spent) / sum(time))
    return figures


# ---- the accounting check ------------------------------------------------------------


def accounting(sample: Draws, out: list[Draws]) -> str:
    """Published shares beside the spreadsheet and the simulation."""
    rows = []
    for row, (words, low, high) in ACCOUNTS.items():
        for m, name in enumerate(n.MUNICIPALITIES):
            middle = n.spreadsheet(m, n.MIDDLE | {"pool": 0})[row]
            sheet = [n.spreadsheet(m, x)[row] for x in sample]
            simulated = column(out[m], row)
            bands = n.band(sheet), n.band(simulated)
            rows.append(
                [
                    f"{words} ({row})" if m == 0 else "",
                    name,
                    span(low, high),
                    percent(middle),
                    of_band(bands[0]),
                    percent(n.landing(sheet, low, high)),
                    of_band(bands[1]),
                    percent(n.landing(simulated, low, high)),
                    f"**{n.verdict(bands[1], low, high)}**",
                ]
            )
    head = ["share, %", "", "published", "spreadsheet, middle of all ranges"]
    head += ["spreadsheet, all draws", "lands there, %"]
    head += ["simulation, all draws", "lands there, %", "verdict"]
    return table(head, rows)


def at_once(sample: Draws, out: list[Draws], which: tuple[int, ...]) -> str:
    """Share of draws that hit all shares of some: on the sheet, simulated."""

    def share(hits: list[list[dict[str, float]]]) -> str:
        ranges = {row: ends for row, (_, *ends) in ACCOUNTS.items()}
        landed = [
            all(
                low <= x[row] <= high
                for x in of_one
                for row, (low, high) in ranges.items()
            )
            for of_one in hits
        ]
        return percent(sum(landed) / len(landed))

    sheet = [[n.spreadsheet(m, x) for m in which] for x in sample]
    simulated = [[out[m][i] for m in which] for i in range(len(sample))]
    return f"{share(sheet)} and {share(simulated)} %"


def by_drive_median(sample: Draws, out: list[Draws]) -> str:
    """What the median of a drive has to be for the driving share to land."""
    _, low, high = ACCOUNTS["E099"]
    rows = []
    for begin, end in ((5, 5.5), (5.5, 6), (6, 6.5), (6.5, 7)):
        of_part = [i for i, x in enumerate(sample) if begin <= x["drive_median"] < end]
        cells = [f"{begin:g} to {end:g}"]
        for m in range(3):
            sheet = [n.spreadsheet(m, sample[i])["E099"] for i in of_part]
            simulated = [out[m][i]["E099"] for i in of_part]
            cells += [
                percent(n.landing(v, low, high)) if v else "" for v in (sheet, simulated)
            ]
        rows.append(cells)
    head = ["median drive, min"]
    for name in n.MUNICIPALITIES:
        head += [f"{name}: spreadsheet", "simulation"]
    return table(head, rows)


# ---- what no spreadsheet says --------------------------------------------------------


def by_role(out: list[Draws]) -> str:
    """Direct work and driving by role against the pooled study."""
    rows = []
    for role in n.ROLES:
        for what, words, row, figure in (
            (
                "direct",
                "direct work",
                ROLE_ROWS[role],
                float(n.ROWS[ROLE_ROWS[role]]) / 100,
            ),
            ("drive", "driving", f"{ROLE_ROWS[role]}, note", ROLE_DRIVE[role]),
        ):
            b = n.band(together(out, what, role))
            own = [of_band(n.band(column(of_one, f"{what}.{role}"))) for of_one in out]
            rows.append(
                [
                    f"{words}, {ROLE_WORDS[role]}",
                    f"{percent(figure)} ({row})",
                    of_band(b),
                    *own,
                    f"**{n.verdict(b, figure, figure)}**",
                ]
            )
    return table(
        [
            "share of registered time, %",
            "published",
            "all draws",
            *n.MUNICIPALITIES,
            "verdict",
        ],
        rows,
    )


def emergent(out: list[Draws]) -> str:
    """Legs, visits and routes."""
    legs = [c / d for c, d in zip(n.COUNTS["drive"], n.COUNTS["direct"], strict=True)]
    rows = []
    for m, name in enumerate(n.MUNICIPALITIES):
        b = n.band(column(out[m], "legs_per_visit"))
        rows.append(
            [
                f"legs per visit, {name}",
                f"{legs[m]:.2f} (E102 over E101)",
                of_band(b, 2),
                f"**{n.verdict(b, legs[m], legs[m])}**",
            ]
        )
    b = n.band(pooled(out, "legs_per_visit"))
    rows.append(
        [
            "legs per visit, range of the three",
            f"{min(legs):.2f} to {max(legs):.2f}",
            of_band(b, 2),
            f"**{n.verdict(b, min(legs), max(legs))}**",
        ]
    )
    b = n.band(pooled(out, "visits_per_shift"))
    full = [n.visits_of_full_shifts(m, n.MIDDLE) for m in range(3)]
    rows.append(
        [
            "visits per shift",
            f"{min(full):.1f} to {max(full):.1f} (derived: counts over registered time, "
            "middle of all ranges, shifts of 7.5 h with a break)",
            of_band(b, 1),
            f"**{n.verdict(b, min(full), max(full))}**",
        ]
    )
    rows.append(
        [
            "the same, against Sweden in 2015",
            f"{CLIENTS_A_DAY} clients a day (E260)",
            of_band(b, 1),
            "**not comparable**: clients there, visits here",
        ]
    )
    for outcome, words in OVERRUNS.items():
        b = n.band(pooled(out, outcome))
        rows.append(
            [
                f"routes too long, %: {words}",
                f"{percent(OVERRUN[1])} and {percent(OVERRUN[0])} (E092)",
                of_band(b),
                f"**{n.verdict(b, min(OVERRUN), max(OVERRUN))}**",
            ]
        )
    return table(["figure", "published", "all draws", "verdict"], rows)


def sanity(out: list[Draws]) -> str:
    """Whether the units are such as a planner would run."""
    rows = []
    for m, name in enumerate(n.MUNICIPALITIES):
        cells = [name, f"{n.COUNTS['direct'][m] / n.WEEKS:.0f}"]
        cells.append(of_band(n.band(column(out[m], "visits")), 0))
        cells += [
            of_band(n.band([100 * v for v in column(out[m], key)]), 1)
            for key in ("missed", "late")
        ]
        cells.append(of_band(n.band(column(out[m], "load")), 2))
        rows.append(cells)
    head = ["", "visits a week, counted", "visits a week, simulated"]
    return table([*head, "missed, %", "late, %", "offered load"], rows)


def episodes() -> str:
    """Medians of episodes in the logs of the presets, beside what was read."""
    rows = []
    for m, name in enumerate(n.MUNICIPALITIES):
        found = n.medians(m)
        rows.append(
            [
                name,
                f"{found['direct']:.1f} (E093: {n.ROWS['E093']})",
                f"{found['drive']:.1f} (E094: {n.ROWS['E094']})",
                f"{found['documentation']:.1f} ({n.DOCUMENTATION_MEDIAN[m]:.0f})",
            ]
        )
    return table(["", "direct, min", "drive, min", "documentation, min"], rows)


# ---- the picture ---------------------------------------------------------------------


def picture(out: list[Draws]) -> str:
    """Bands of draws (bars, the middle one a tick) beside what was published (boxes)."""
    rows: list[tuple[str, n.Band, float, float]] = []
    for row, (_, low, high) in ACCOUNTS.items():
        for m, name in enumerate(n.MUNICIPALITIES):
            rows.append((f"{name}: {SHORT[row]}", n.band(column(out[m], row)), low, high))
    for role, words in ROLE_WORDS.items():
        figure = float(n.ROWS[ROLE_ROWS[role]]) / 100
        b = n.band(together(out, "direct", role))
        rows.append((f"direct work, {words}", b, figure, figure))
        b, figure = n.band(together(out, "drive", role)), ROLE_DRIVE[role]
        rows.append((f"driving, {words}", b, figure, figure))
    for outcome in OVERRUNS:
        b = n.band(pooled(out, outcome))
        rows.append((SHORT[outcome], b, min(OVERRUN), max(OVERRUN)))
    left, width, line = 300, 480, 22
    height = line * len(rows) + 50

    def at(value: float) -> str:
        return f"{left + width * value:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 30} '
        f'{height}" '
        'font-family="sans-serif" font-size="12" role="img">',
        "<title>What the draws say beside what was published</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    foot = height - 35
    for tick in range(0, 101, 20):
        x = at(tick / 100)
        parts += [
            f'<line x1="{x}" x2="{x}" y1="10" y2="{foot}" stroke="#dddddd"/>',
            f'<text x="{x}" y="{foot + 15}" text-anchor="middle">{tick} %</text>',
        ]
    for i, (label, b, low, high) in enumerate(rows):
        y, half = 15 + line * i, 2 if low == high else 0
        bar, box = width * (b.high - b.low), width * (high - low) + 2 * half
        begin = f"{left + width * low - half:.1f}"
        parts += [
            f'<text x="{left - 10}" y="{y + 12}" text-anchor="end">{label}</text>',
            f'<rect x="{at(b.low)}" y="{y + 4}" width="{bar:.1f}" height="9" {BAR}/>',
            f'<rect x="{at(b.middle)}" y="{y + 1}" width="2" height="15" {TICK}/>',
            f'<rect x="{begin}" y="{y}" width="{box:.1f}" height="17" {BOX}/>',
        ]
    parts += ["</svg>", ""]
    return "\n".join(parts)


# ---- the page ------------------------------------------------------------------------


def plain(sample: Draws, out: list[Draws]) -> str:
    """What to take away, in sentences that follow from the numbers."""
    words = []
    for row, (name, low, high) in ACCOUNTS.items():
        says = [n.verdict(n.band(column(o, row)), low, high) for o in out]
        listed = ", ".join(
            f"{m} {v}" for m, v in zip(n.MUNICIPALITIES, says, strict=True)
        )
        words.append(f"- {name[0].upper()}{name[1:]} ({row}): {listed}.")
    for role in n.ROLES:
        figure = float(n.ROWS[ROLE_ROWS[role]]) / 100
        b = n.band(together(out, "direct", role))
        words.append(
            f"- Direct work of {ROLE_WORDS[role]}: {n.verdict(b, figure, figure)} "
            f"({percent(figure)} % published, {of_band(b)} % drawn)."
        )
    hits = [f"{m} {at_once(sample, out, (i,))}" for i, m in enumerate(n.MUNICIPALITIES)]
    words.append(
        "- All three shares at once, on the spreadsheet and simulated: "
        f"{', '.join(hits)} of the draws; all three in all three municipalities: "
        f"{at_once(sample, out, (0, 1, 2))}."
    )
    return "\n".join(words)


def priors() -> str:
    """The ranges that were drawn from."""
    rows = [
        [p.meaning, f"{p.low:g} to {p.high:g}", p.unit, p.evidence or "assumed"]
        for p in n.PRIORS
    ]
    return table(["what", "range", "unit", "evidence"], rows)


def counts() -> str:
    """What was counted, as it is put into the model."""
    rows = [
        [
            name.replace("_", " "),
            *(f"{v:.0f}" for v in values),
            *(f"{v / d:.3f}" for v, d in zip(values, n.COUNTS["direct"], strict=True)),
        ]
        for name, values in n.COUNTS.items()
    ]
    head = ["episodes in 8 weeks", *n.MUNICIPALITIES]
    return table([*head, *(f"{m}, per visit" for m in n.MUNICIPALITIES)], rows)


def page(sample: Draws, out: list[Draws]) -> str:
    """The whole page."""
    template = (Path(__file__).parent / "norway.md.in").read_text(encoding="utf-8")
    parts = {
        "VERSION": tb.__version__,
        "FINGERPRINT": n.fingerprint(),
        "DRAWS": str(len(sample)),
        "REPLICATIONS": str(n.REPLICATIONS),
        "WARMUP": str(n.WARMUP),
        "SEED": str(n.SEED),
        "PLAIN": plain(sample, out),
        "COUNTS": counts(),
        "PRIORS": priors(),
        "ACCOUNTING": accounting(sample, out),
        "DRIVE": by_drive_median(sample, out),
        "ROLES": by_role(out),
        "EMERGENT": emergent(out),
        "SANITY": sanity(out),
        "MEDIANS": episodes(),
    }
    for name, text in parts.items():
        template = template.replace(f"@{name}@", text)
    return template


def stale_words(out: list[Draws]) -> list[str]:
    """What norway.md.in says in words, and the numbers no longer do."""
    legs = [c / d for c, d in zip(n.COUNTS["drive"], n.COUNTS["direct"], strict=True)]
    found = [n.band(column(out[m], "legs_per_visit")) for m in range(3)]
    helper = n.band(together(out, "direct", "health_worker"))
    late, over, ends = (n.band(pooled(out, outcome)) for outcome in OVERRUNS)
    said = {
        "M3 lands in almost no draw": n.landing(
            column(out[2], "E099"), *ACCOUNTS["E099"][1:]
        )
        < 0.1,
        "legs per visit are alike in all three": found[0].high < legs[0]
        and all(b.low > leg for b, leg in zip(found[1:], legs[1:], strict=True)),
        "health workers give more direct care in the paper": helper.high < 0.7,
        "a shift holds fewer visits": n.band(pooled(out, "visits_per_shift")).middle
        < min(n.visits_of_full_shifts(m, n.MIDDLE) for m in range(3)),
        "three ways to count bracket E092": late.middle > max(OVERRUN)
        and over.middle < min(OVERRUN)
        and ends.middle > max(OVERRUN),
    }
    return [words for words, holds in said.items() if not holds]


def write(sample: Draws, out: list[Draws]) -> None:
    """Write page and picture, if the words still go with the numbers."""
    stale = stale_words(out)
    if stale:
        raise SystemExit(f"norway.md.in no longer holds: {'; '.join(stale)}")
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(sample, out), encoding="utf-8")
    PICTURE.write_text(picture(out), encoding="utf-8")
