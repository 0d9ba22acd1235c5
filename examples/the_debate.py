"""The debate: what trust-based governance does to the working day in home care.

Three questions, each asked in the same simulated worlds under other rules: what the
reform as a whole changes; what scrapping the stopwatch, the reports, or both changes;
what becomes of the answer when discretion is believed to take more time, or none. The
answer is always three signs, of direct care, unmet need and undetected harm. They are
never added up, and beside direct care stands how much of it meets need: care that only
got slower is no gain.

`./dev demo` runs it. It writes a page, pictures, and what it prints to examples/output/.
"""

import argparse
from pathlib import Path

import numpy as np
import tidsbruk as tb
from scipy.stats import t as student
from telling import (
    FOLLOWED,
    TOLD,
    Story,
    curve,
    of_changes,
    picture,
    points,
    verdict,
    wait,
)
from tidsbruk import report
from tidsbruk.assumptions import vary

OUTPUT = Path(__file__).parent / "output"
STOPWATCH = ["obligations.visit_registration", "obligations.deviation"]
TIME_COST = "regime.discretion.time_cost"
DISCRETION = {"regime.discretion.autonomy": 0.5}  # ours, for part 3: the presets have 0
BELIEFS = {"it needs more time": 0.1, "it needs none": 0.0}
JOINT = 1 - 0.05 / len(TOLD)  # the intervals of one comparison hold together


def main():
    options = arguments()
    output = options.pop("output")
    npm, trust = tb.preset("home_care/npm"), tb.preset("home_care/trust")
    output.mkdir(exist_ok=True)
    with Story(output, "the_debate") as story:
        reform_as_a_whole(story, npm, trust, options)
        stopwatch_and_reports(story, npm, options)
        two_beliefs(story, npm, trust, options)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replications", type=int, default=200, help="worlds (200)")
    parser.add_argument("--seed", type=int, default=1, help="which worlds (1)")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="where to write")
    return vars(parser.parse_args())


# 1. The reform as a whole -------------------------------------------------------------


def reform_as_a_whole(story, npm, trust, options):
    result = tb.run({"NPM": npm, "Trust": trust}, **options)
    wait("every assumed value at both ends of its range; this takes a minute")
    few = max(2, options["replications"] // 20)
    assumptions = vary(result, "NPM", "Trust", replications=few)
    comparison = result.compare("NPM", "Trust", assumptions=assumptions)

    changes = comparison.settings_that_differ
    assumed = sum(change.alternative_grade == "assumed" for change in changes)

    story.title("1. Home care under NPM and under trust-based governance")
    story.say(
        f"{result.replications} worlds of {result.weeks} weeks, the same for both. The "
        f"regimes differ in {len(changes)} settings, {assumed} of them assumed. Brackets "
        "hold what chance leaves open (95 %, pointwise: each by itself), the last column "
        "what single assumptions do. Direct care is the sum of needed care, which meets "
        "need, and surplus care, beyond it."
    )
    rows = {h: comparison[h.outcome] for h in TOLD}
    story.table(
        ("", "NPM", "Trust", "difference", "over assumptions"),
        [of_reform(h, row) for h, row in rows.items()],
    )
    found = verdict({h: row.difference for h, row in rows.items()})
    story.say(f"The verdict: trust against NPM has {found}.")
    for headline in FOLLOWED:
        story.say(strongest(headline, assumptions))
    for headline, row in rows.items():
        story.keep("reform", headline, row.difference)

    report.write(comparison, story.output / "the_debate.html")
    report.pictures(comparison, story.output)


def of_reform(headline, row):
    low, high = map(headline.number, (row.assumption_low, row.assumption_high))
    return (
        f"{headline.what}, {headline.unit}",
        f"{row.baseline * headline.scale:.2f}",
        f"{row.alternative * headline.scale:.2f}",
        headline.tell(row.difference),
        f"{low} to {high}",
    )


def differences(result, baseline, alternative):
    return {h: result.difference(baseline, alternative, h.outcome, JOINT) for h in TOLD}


def strongest(headline, assumptions, count=4):
    """What moves a difference most, and what turns its sign."""
    effects = assumptions.strongest(headline.outcome)
    central = assumptions.central[headline.outcome]
    moving = [f"{setting(e)} ({ends(headline, e)})" for e in effects[:count]]
    turning = [
        f"{setting(e)} {at}" for e in effects for at in turns(headline, e, central)
    ]
    return (
        f"What moves {headline.what} most: {'; '.join(moving)}. "
        f"What turns its sign: {' or '.join(turning) or 'no assumption alone'}."
    )


def setting(effect):
    under = {"baseline": " under NPM", "alternative": " under trust", "both": ""}
    return effect.assumption.path + under[effect.assumption.where]


def both_ends(effect):
    """The ends of a range with the differences there, where the scenario can be there."""
    a = effect.assumption
    pairs = (a.low, effect.at_low), (a.high, effect.at_high)
    return [(value, there) for value, there in pairs if there]


def ends(headline, effect):
    told = (
        f"{headline.number(there[headline.outcome])} at {value:g}"
        for value, there in both_ends(effect)
    )
    return ", ".join(told)


def turns(headline, effect, central):
    """Where the sign turns, on the straight line to the end of a range."""
    value = effect.assumption.value
    for end, means in both_ends(effect):
        there = means[headline.outcome]
        if there * central < 0:
            yield f"near {value + (end - value) * central / (central - there):.2g}"


# 2. The stopwatch, the reports, both, neither -----------------------------------------


def stopwatch_and_reports(story, npm, options):
    reports = no_law_imposes(npm)
    result = tb.run(cells_of(npm, reports), **options)
    changes = {cell: differences(result, "neither", cell) for cell in result.names[1:]}
    changes["interaction"] = {h: interaction(result, h.outcome) for h in TOLD}
    story.title("2. Scrap the stopwatch alone, the reports alone, both, neither")
    story.say(
        f"The stopwatch: {words(STOPWATCH)}. The reports that no law imposes: "
        f"{words(reports)}. All else stays as it is under NPM, the journal, too. The "
        "interaction is what both do together beyond what each does alone. Brackets hold "
        "together in each column (95 %)."
    )
    story.table(*of_changes("against neither", changes))
    story.say(
        "What a freed minute becomes depends on slack. Minutes in a worker's week, as "
        "the unit is and with a fifth of its shifts left out:"
    )
    tight = tb.run(cells_of(short_of_staff(npm), reports), **options)
    story.table(
        ("", "records", "care", "gaps, development", "time on duty"),
        [where_it_went(result, cell, cell) for cell in result.names[1:]]
        + [where_it_went(tight, c, f"{c}, short of staff") for c in tight.names[1:]],
    )
    keep(story, changes)
    picture(story.output / "four_cells.svg", [points(h, changes) for h in FOLLOWED])


def keep(story, changes):
    for name, of in changes.items():
        for headline, difference in of.items():
            story.keep(name, headline, difference)


def cells_of(scenario, reports):
    return {
        "neither": scenario,
        "no stopwatch": scenario.replace(remove=STOPWATCH),
        "no reports": scenario.replace(remove=reports),
        "both gone": scenario.replace(remove=STOPWATCH + reports),
    }


def no_law_imposes(scenario):
    """The obligations that are met, that no law imposes, and that are no stopwatch."""
    ending = ".imposed_by"
    every = [path.removesuffix(ending) for path in scenario if path.endswith(ending)]
    return [
        obligation
        for obligation in every
        if obligation not in STOPWATCH
        and scenario[obligation + ending] != "law"
        and scenario[f"{obligation}.probability"] > 0
    ]


def words(obligations):
    names = (o.removeprefix("obligations.").replace("_", " ") for o in obligations)
    return ", ".join(names)


def where_it_went(result, cell, name):
    """What became of the minutes of records that are gone."""

    def change(*activities):
        names = [f"time.{activity}_minutes" for activity in activities]
        total = sum(result.difference("neither", cell, name).mean for name in names)
        return f"{total:+.1f}".replace("-0.0", "+0.0")

    slack = change("idle", "breaks", "development")
    return name, change("records"), change("direct"), slack, change("duty")


def interaction(result, outcome):
    """Both gone, less each alone, plus neither: paired by world (Cochran 1977, 6.3)."""
    mean, z = 0.0, 0.0
    for weight, name in zip((1, -1, -1, 1), result.names, strict=True):
        top, bottom = (
            np.asarray(result.column(name, outcome, part))
            for part in ("numerator", "denominator")
        )
        ratio = top.sum() / bottom.sum()
        mean += weight * ratio
        z += weight * (top - ratio * bottom) / bottom.mean()
    error = z.std(ddof=1) / len(z) ** 0.5
    half = student.ppf((1 + JOINT) / 2, len(z) - 1) * error
    return tb.Interval(mean, mean - half, mean + half, error, len(z))


def short_of_staff(scenario):
    """The same unit with a fifth of its shifts left out."""
    days = ("weekdays", "saturdays", "sundays")
    wanted = [p for p in scenario if p.startswith("shifts.") and p.endswith(days)]
    return scenario.replace({path: round(0.8 * scenario[path]) for path in wanted})


# 3. Two beliefs about the time that discretion takes ----------------------------------


def two_beliefs(story, npm, trust, options):
    trust = trust.replace(DISCRETION)
    reforms = {b: trust.replace({TIME_COST: cost}) for b, cost in BELIEFS.items()}
    result = tb.run({"NPM": npm} | reforms, **options)
    changes = {belief: differences(result, "NPM", belief) for belief in BELIEFS}
    slow, quick = BELIEFS
    apart = differences(result, quick, slow)

    story.title("3. Two beliefs about the time that discretion takes")
    ((path, autonomy),) = DISCRETION.items()
    story.say(
        f"We assume here that the reform sets {path} to {autonomy:g}, which nobody has "
        "measured. Trust as shipped leaves it at 0, where the time that discretion takes "
        "changes nothing."
    )
    beliefs = (
        f"{belief} ({cost:.0%} under full autonomy, {cost * autonomy:.0%} here)"
        for belief, cost in BELIEFS.items()
    )
    story.say(
        f"Extra time for the same care: {'; '.join(beliefs)}. Brackets hold together in "
        "each column (95 %)."
    )
    story.table(*of_changes("trust against NPM", changes | {"between the two": apart}))
    for belief, of in changes.items():
        story.say(f"{belief}: trust against NPM has {verdict(of)}.")
    story.say(f"The first belief against the second: {verdict(apart)}.")
    keep(story, changes | {"between the two": apart})

    costs, sweep = swept(npm, trust, options)
    known = trust.value(TIME_COST)
    story.say(
        f"Where the verdict flips when {TIME_COST} moves from {costs[0]:g} to "
        f"{costs[-1]:g} (we assume {known.range_low:g} to {known.range_high:g}; brackets "
        "are pointwise, 95 %):"
    )
    for headline in FOLLOWED:
        found = list(flips(costs, sweep[headline.outcome]))
        story.say(f"{headline.what}: {told_flips(found, sweep[headline.outcome])}.")
        story.data["flips"][headline.outcome] = np.round(found, 3).tolist()
    picture(
        story.output / "where_it_flips.svg",
        [curve(h, costs, sweep, known) for h in FOLLOWED],
    )


def swept(npm, trust, options):
    """Differences between trust and NPM at time costs that the model accepts."""
    known = trust.value(TIME_COST)
    costs = np.linspace(known.low, known.high, 13)
    reforms = {f"{cost:g}": trust.replace({TIME_COST: cost}) for cost in costs}
    few = max(2, options["replications"] // 4)
    result = tb.run({"NPM": npm} | reforms, replications=few, seed=options["seed"])
    return costs, {
        h.outcome: [result.difference("NPM", name, h.outcome) for name in reforms]
        for h in FOLLOWED
    }


def flips(costs, differences):
    """Time costs at which the difference, and the ends of its interval, cross zero."""
    means, lows, highs = np.array([(d.mean, d.low, d.high) for d in differences]).T
    band = [*crossings(costs, lows), *crossings(costs, highs)]
    for at in crossings(costs, means):
        near = sorted(band, key=lambda x: abs(x - at))[:2]
        yield at, min([*near, at]), max([*near, at])


def crossings(costs, values):
    """Where a line through the points meets zero."""
    for i in np.flatnonzero(values[:-1] * values[1:] < 0):
        step = values[i] / (values[i] - values[i + 1])
        yield costs[i] + step * (costs[i + 1] - costs[i])


def told_flips(found, differences):
    if found:
        places = (f"at {at:+.2f} [{low:+.2f}, {high:+.2f}]" for at, low, high in found)
        return f"its sign turns {' and '.join(places)}"
    sign = "positive" if differences[0].mean > 0 else "negative"
    return f"the difference is {sign} all the way"


if __name__ == "__main__":
    main()
