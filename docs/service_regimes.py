"""What a service's two regimes differ in, what comes of it, and what moves the answer."""

from generate import code, interval, table
from tidsbruk.report.words import VERDICTS, verdict
from tidsbruk.show import number, unit_text

STRONGEST = 3  # assumptions of each headline
MOVED = 1e-12  # less is the order of sums


def part(runs):
    """The section of a service's page."""
    c = runs.comparison
    rows = [headline_row(c, row) for row in c.rows if row.is_headline]
    head = ["", *map(code, runs.names), "difference", "by chance", "over assumptions"]
    n = len(runs.scenarios[runs.names[0]].diff(runs.scenarios[runs.names[1]]))
    return "\n\n".join(
        [
            "## The two regimes",
            f"`{runs.names[1]}` differs from `{runs.names[0]}` in {n} settings:",
            difference_table(runs),
            f"What comes of it, in {runs.result.replications} paired worlds of "
            f"{runs.result.weeks} weeks after {runs.result.warmup} of warm-up:",
            table([*head, "verdict"], rows),
            "The intervals by chance hold for all three together (95 %). *Over "
            f"assumptions*: each of {len(runs.assumptions.effects)} assumed ranges alone "
            f"at both ends, in {runs.worlds} of these worlds{without_range(runs)}. It is "
            "usually much wider, and it is the honest one. Harm is a matter of few "
            "cases: in so few worlds, part of what seems to move it is chance. What "
            "moves the differences most:",
            strongest_table(runs),
        ]
    )


def headline_row(c, row):
    unit, d = row.outcome.unit, row.difference
    ends = (row.assumption_low, row.assumption_high)
    says = verdict(d.low, d.high, ends, row.outcome.better)
    return [
        f"{code(row.outcome.name)}, {unit_text(unit)}",
        number(unit, row.baseline),
        number(unit, row.alternative),
        number(unit, d.mean, signed=True),
        f"{number(unit, d.low, signed=True)} to {number(unit, d.high, signed=True)}",
        " to ".join(number(unit, end, signed=True) for end in ends),
        VERDICTS[says].lower(),
    ]


def difference_table(runs):
    a, b = runs.scenarios.values()
    rows = []
    for change in a.diff(b):
        sides = [s.value(change.path) if change.path in set(s) else None for s in (a, b)]
        there = sides[1] or sides[0]
        texts = [v.text if v else "" for v in sides]
        span = interval(there.range_low, there.range_high)
        rows.append([code(change.path), *texts, there.unit, there.grade, span])
    head = [
        "setting",
        *map(code, runs.names),
        "unit",
        "grade",
        f"range in {runs.names[1]}",
    ]
    return table(head, rows)


def without_range(runs):
    """How many assumed numbers nobody can try, since they have no range."""
    bare = {
        v.path
        for s in runs.scenarios.values()
        for v in s.values()
        if v.grade == "assumed" and v.kind in ("real", "count") and not v.has_range
    }
    return f"; {len(bare)} assumed numbers have no range" if bare else ""


def strongest_table(runs):
    """For each headline the assumptions that move it most, if they move it at all."""
    rows = []
    for name in runs.comparison.headlines:
        unit = runs.result.outcomes[name].unit
        central = runs.assumptions.central[name]
        for e in runs.assumptions.strongest(name)[:STRONGEST]:
            if e.span(name, central) <= MOVED * abs(central):
                continue
            a = e.assumption
            ends = [
                number(unit, end[name], signed=True) if name in end else "cannot be"
                for end in (e.at_low, e.at_high)
            ]
            span = interval(a.low, a.high)
            rows.append([code(name), code(a.path), where(a, runs), span, a.unit, *ends])
    head = ["headline", "assumption", "in", "range", "unit"]
    return table([*head, "difference at the low end", "at the high end"], rows)


def where(assumption, runs):
    """In which of the two presets an assumption was moved."""
    names = dict(zip(("baseline", "alternative"), runs.names, strict=True))
    return code(names[assumption.where]) if assumption.where in names else "both"
