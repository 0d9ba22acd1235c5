"""Norway's three municipalities: what comes out where figures were published.

``./dev validate`` draws from the stated ranges, builds each municipality as a planner
would for every draw, simulates it, and writes docs/validation/norway.md with its picture.
The same bytes every time.
"""

from __future__ import annotations

import csv
import hashlib
import math
import sys
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tidsbruk as tb

ROOT = Path(__file__).parents[1]
SEED, DRAWS, REPLICATIONS, WARMUP = 2016, 200, 2, 4
MUNICIPALITIES = ("M1", "M2", "M3")
WEEKS = 8  # of the study
ROLES = ("nurse", "assistant_nurse", "health_worker")
GROUPS = {"nurse": "nursing", "assistant_nurse": "care", "health_worker": "practical"}
STAFF = {
    "nurse": "nurses",
    "assistant_nurse": "assistant_nurses",
    "health_worker": "health_workers",
}
KINDS = {"nurse": "nurse", "assistant_nurse": "assistant", "health_worker": "helper"}
EVENING = 900  # minutes after midnight
RATIO_CV = 0.2  # of need over the list, from client to client
SHIFTS_PER_WORKER = 3.25  # a week: 77 % of a full post, less leave


# ---- evidence and priors -------------------------------------------------------------


class Prior(NamedTuple):
    """What is not published: a uniform range."""

    name: str
    low: float
    high: float
    unit: str
    evidence: str
    meaning: str


PRIORS = (
    Prior("direct_median", 11, 13, "min", "E093", "median of a direct episode"),
    Prior("direct_cv", 0.5, 1.2, "", "", "its coefficient of variation"),
    Prior(
        "unforeseen",
        0.15,
        0.6,
        "share",
        "",
        "share of that variation (of the logarithm) that the day's list does not foresee",
    ),
    Prior("need", 0.7, 1.1, "factor", "E113", "need over the minutes on the list, mean"),
    Prior("drive_median", 5, 7, "min", "E094", "median of a drive"),
    Prior("drive_cv", 0.4, 1.0, "", "", "its coefficient of variation"),
    Prior("report_cv", 0.2, 0.8, "", "", "coefficient of variation of a report"),
    Prior("documentation_cv", 0.3, 1.2, "", "", "the same of documentation"),
    Prior("administration", 8, 30, "min", "", "mean episode of administration"),
    Prior("drug_dispensing", 15, 60, "min", "", "mean episode of drug dispensing"),
    Prior("teaching", 20, 120, "min", "", "mean episode of teaching"),
    Prior("nurse_work", 0.2, 0.8, "share", "", "administration that nurses alone do"),
    Prior("nurse_visits", 0.2, 0.4, "share", "", "visits that nurses give"),
    Prior("helper_visits", 0.1, 0.3, "share", "", "visits that health workers give"),
    Prior(
        "helper_length", 1, 3, "factor", "", "their median visit over that of the others"
    ),
    Prior("shift", 390, 480, "min", "", "length of a shift"),
    Prior(
        "load",
        0.8,
        1.0,
        "share",
        "",
        "work over time on duty that shifts are wanted for, before whole persons",
    ),
    Prior("gaps", 0, 0.3, "share", "", "gaps that are registered as administration"),
    Prior(
        "pool",
        0,
        1,
        "",
        "E100",
        "below 0.5: administration, reports and documentation are what E100 pools; "
        "above: drug dispensing and teaching, too",
    ),
)
MIDDLE = {p.name: (p.low + p.high) / 2 for p in PRIORS}


def evidence() -> dict[str, str]:
    """Values of the shipped rows of evidence, by id."""
    with open(ROOT / "lib/presets/evidence.csv", encoding="utf-8", newline="") as f:
        return {row["id"]: row["value"] for row in csv.DictReader(f)}


def three(value: str) -> list[float]:
    """One number for each municipality; what stands for two of them is repeated."""
    return [float(part) for part in value.split("/")]


ROWS = evidence()
COUNTS = {
    name: three(ROWS[row])
    for name, row in {
        "direct": "E101",
        "drive": "E102",
        "administration": "E103",
        "report": "E104",
        "documentation": "E105",
        "drug_dispensing": "E106",
        "teaching": "E107",
    }.items()
}
REPORT_MEDIAN = three(ROWS["E097"])
DOCUMENTATION_MEDIAN = [float(ROWS["E095"]), float(ROWS["E096"]), float(ROWS["E096"])]


def draws(n: int, seed: int = SEED) -> list[dict[str, float]]:
    """Latin hypercube: each prior is cut into n equal parts, each is met once."""
    random = np.random.default_rng(seed)
    columns = {
        p.name: p.low + (p.high - p.low) * (random.permutation(n) + random.random(n)) / n
        for p in PRIORS
    }
    return [{name: float(c[i]) for name, c in columns.items()} for i in range(n)]


def mean_of(median: float, cv: float) -> float:
    """Mean of a lognormal law."""
    return median * math.sqrt(1 + cv * cv)


# ---- the spreadsheet -----------------------------------------------------------------


def minutes(m: int, x: dict[str, float]) -> dict[str, float]:
    """Mean minutes of an episode of each kind in municipality m (0 to 2)."""
    return {
        "direct": mean_of(x["direct_median"], x["direct_cv"]),
        "drive": mean_of(x["drive_median"], x["drive_cv"]),
        "administration": x["administration"],
        "report": mean_of(REPORT_MEDIAN[m], x["report_cv"]),
        "documentation": mean_of(DOCUMENTATION_MEDIAN[m], x["documentation_cv"]),
        "drug_dispensing": x["drug_dispensing"],
        "teaching": x["teaching"],
    }


def figures(t: dict[str, float], pool: float) -> dict[str, float]:
    """The three published shares, from time by kind of activity."""
    indirect = sum(t.values()) - t["direct"]
    pooled = t["administration"] + t["report"] + t["documentation"]
    if pool >= 0.5:
        pooled += t["drug_dispensing"] + t["teaching"]
    return {
        "E098": t["direct"] / (t["direct"] + indirect),
        "E099": t["drive"] / indirect,
        "E100": pooled / indirect,
    }


def visits_of_full_shifts(m: int, x: dict[str, float]) -> float:
    """Visits over registered time in shifts of 7.5 hours that hold it and a break."""
    each = minutes(m, x)
    return COUNTS["direct"][m] * 420 / sum(COUNTS[k][m] * each[k] for k in COUNTS)


def spreadsheet(m: int, x: dict[str, float]) -> dict[str, float]:
    """Counts times mean minutes: no simulation."""
    each = minutes(m, x)
    return figures({k: COUNTS[k][m] * each[k] for k in COUNTS}, x["pool"])


# ---- a municipality as a planner would build it --------------------------------------


def split(x: dict[str, float]) -> dict[str, float]:
    """Share of the visits by role."""
    rest = 1 - x["nurse_visits"] - x["helper_visits"]
    return dict(zip(ROLES, (x["nurse_visits"], rest, x["helper_visits"]), strict=True))


def spreads(x: dict[str, float]) -> tuple[float, float]:
    """Coefficients of variation of the minutes on the list, and of need around them."""
    whole = math.log1p(x["direct_cv"] ** 2)
    need = max(x["unforeseen"] * whole - math.log1p(RATIO_CV**2), 0.01)
    listed = max(whole - need - math.log1p(RATIO_CV**2), 0.01)
    return math.sqrt(math.expm1(listed)), math.sqrt(math.expm1(need))


class Week(NamedTuple):
    """Visits of a mean week by role, part of day and of week; and their minutes."""

    visits: dict[tuple[str, str, str], float]
    mean: dict[str, float]  # minutes of a visit, by role
    median: dict[str, float]
    overall: float  # median of all visits


def look(scenario: tb.Scenario) -> Week:
    """Four weeks in which nobody is ill and nobody is short of colleagues."""
    plenty: dict[str, object] = {"absence.days_between": 0, "duty.break_minutes": 0}
    plenty |= {"duty.handover_minutes": 0, "duty.administration_minutes": 0}
    for role in ROLES:
        plenty[f"staff.{STAFF[role]}.count"] = 80
        for part in ("day", "evening"):
            for day in ("weekdays", "saturdays", "sundays"):
                plenty[f"shifts.{KINDS[role]}_{part}.{day}"] = 18
    for name in ("documentation", "case_work", "drug_dispensing", "teaching"):
        plenty[f"obligations.{name}.probability"] = 0
    log = tb.trace(scenario.replace(plenty), weeks=4, warmup=0)
    columns = {name: np.asarray(column) for name, column in log.columns.items()}
    care = [log.names["activity"].index(f"care_{k}") for k in ("needed", "surplus")]
    rows = np.isin(columns["activity"], care)
    start, long = columns["start"][rows], (columns["end"] - columns["start"])[rows] / 6e4
    group = {STAFF[role]: role for role in ROLES}
    role_of = np.array([group[name.split("/")[0]] for name in log.names["worker"]])
    role = role_of[columns["worker"][rows]]
    evening = start // 60000 % 1440 >= EVENING
    weekend = start // 86400000 % 7 >= 5
    visits = {
        (r, part, days): float(np.sum((role == r) & (evening == e) & (weekend == w))) / 4
        for r in ROLES
        for e, part in enumerate(("day", "evening"))
        for w, days in enumerate(("weekdays", "weekend"))
    }
    return Week(
        visits,
        {r: float(np.mean(long[role == r])) for r in ROLES},
        {r: float(np.median(long[role == r])) for r in ROLES},
        float(np.median(long)),
    )


def demand(m: int, x: dict[str, float]) -> tuple[tb.Scenario, Week]:
    """Citizens whose visits are as many, and as long, as counted and drawn."""
    listed, need = spreads(x)
    changes: dict[str, object] = {
        "travel.leg.median": x["drive_median"],
        "travel.leg.cv": x["drive_cv"],
    }
    length = dict.fromkeys(ROLES, 14.0) | {"health_worker": 14 * x["helper_length"]}
    per_client = {"nurse": 5.0, "assistant_nurse": 9.0, "health_worker": 3.0}
    target = {r: COUNTS["direct"][m] / WEEKS * share for r, share in split(x).items()}
    hours = {}
    for role in ROLES:
        path = f"clients.{GROUPS[role]}"
        changes[f"{path}.count"] = max(round(target[role] / per_client[role]), 8)
        changes[f"{path}.visit_minutes.cv"] = listed * (0.5 if role == ROLES[2] else 1)
        changes[f"{path}.need_ratio.mean"] = x["need"]
        changes[f"{path}.need_ratio.cv"] = RATIO_CV
        changes[f"{path}.need_variation.cv"] = need
        hours[role] = per_client[role] * length[role] / 60
    scenario = tb.preset(f"home_care/norway_m{m + 1}").replace(changes)
    for _ in range(8):
        for role in ROLES:
            changes[f"clients.{GROUPS[role]}.visit_minutes.median"] = length[role]
            changes[f"clients.{GROUPS[role]}.granted_hours.mean"] = hours[role]
        scenario = scenario.replace(changes)
        week = look(scenario)
        others = np.mean([week.median[r] for r in ROLES[:2]])
        for role in ROLES:
            given = sum(n for key, n in week.visits.items() if key[0] == role)
            factor = x["direct_median"] / week.overall
            if role == ROLES[2]:
                factor *= x["helper_length"] * others / week.median[role]
            factor = min(max(factor, 0.5), 2)
            length[role] *= factor
            hours[role] *= factor * min(max(target[role] / max(given, 1), 0.5), 2)
    return scenario, week


def staffing(m: int, x: dict[str, float], week: Week) -> dict[str, object]:
    """Shifts for the work of each role, in whole persons, and what a shift holds.

    The planner knows the minutes on the list, not what will be needed.
    """
    each, per_week = minutes(m, x), {k: COUNTS[k][m] / WEEKS for k in COUNTS}
    away = 0.117 * (1 - 0.75)  # shifts that stay empty
    common = per_week["administration"] * (1 - x["nurse_work"]) * each["administration"]
    reports = per_week["report"] * each["report"]
    nurses = per_week["administration"] * x["nurse_work"] * each["administration"]
    nurses += per_week["drug_dispensing"] * each["drug_dispensing"]
    notes = per_week["documentation"] / per_week["direct"] * each["documentation"]
    work = {
        key: n * (week.mean[key[0]] / x["need"] + each["drive"] * 12 / 11 + notes)
        for key, n in week.visits.items()
    }
    days = {"weekdays": 5, "weekend": 2}
    for d, n in days.items():
        work["nurse", "day", d] += nurses * n / 7
    room = x["load"] * (x["shift"] - 30) * (1 - away)
    wanted = (sum(work.values()) + common + reports) / room
    held = room - (common + reports) / wanted  # what a shift has left for its own work
    changes: dict[str, object] = {}
    total = 0
    for role in ROLES:
        of_role = 0
        for part in ("day", "evening"):
            path = f"shifts.{KINDS[role]}_{part}"
            changes[f"{path}.minutes"] = x["shift"]
            for d, n in days.items():
                exact = work[role, part, d] / n / held
                people = max(round(exact), 1 if exact > 0.3 else 0)
                of_role += people * n
                for day in ("weekdays",) if d == "weekdays" else ("saturdays", "sundays"):
                    changes[f"{path}.{day}"] = people
        changes[f"staff.{STAFF[role]}.count"] = math.ceil(of_role / SHIFTS_PER_WORKER) + 1
        total += of_role
    changes["duty.handover_minutes"] = reports / (total * (1 - away))
    changes["duty.administration_minutes"] = common / (total * (1 - away))
    return changes


def municipality(m: int, x: dict[str, float]) -> tb.Scenario:
    """The scenario of municipality m (0 to 2) for one draw."""
    scenario, week = demand(m, x)
    visits = COUNTS["direct"][m]
    changes = staffing(m, x, week)
    changes |= {
        "obligations.documentation.probability": COUNTS["documentation"][m] / visits,
        "obligations.documentation.minutes.median": DOCUMENTATION_MEDIAN[m],
        "obligations.documentation.minutes.cv": x["documentation_cv"],
        "obligations.case_work.probability": COUNTS["administration"][m]
        / visits
        * x["nurse_work"],
        "obligations.case_work.minutes.mean": x["administration"],
        "obligations.drug_dispensing.probability": COUNTS["drug_dispensing"][m] / visits,
        "obligations.drug_dispensing.minutes.mean": x["drug_dispensing"],
        "obligations.teaching.probability": COUNTS["teaching"][m] / visits,
        "obligations.teaching.minutes.mean": x["teaching"],
    }
    return scenario.replace(changes)


# ---- what comes out ------------------------------------------------------------------


def measured(result: tb.Result, name: str, x: dict[str, float]) -> dict[str, float]:
    """Published shares and emergent figures of one simulated draw."""

    def total(outcome: str, part: str = "numerator") -> float:
        return float(np.sum(result.column(name, outcome, part)))

    def ratio(outcome: str) -> float:
        return total(outcome) / (total(outcome, "denominator") or 1)

    gaps = x["gaps"] * (total("time.idle_share") + total("time.development_share"))
    own = {
        k: 60000 * total(f"time.obligation.{k}")
        for k in ("documentation", "case_work", "drug_dispensing", "teaching")
    }
    spent = {
        "direct": total("time.direct_share"),
        "drive": total("time.travel_share"),
        "administration": total("time.administration_share") + own["case_work"] + gaps,
        "report": total("time.indirect_share"),
        "documentation": own["documentation"],
        "drug_dispensing": own["drug_dispensing"],
        "teaching": own["teaching"],
    }
    out = figures(spent, x["pool"])
    for role in ROLES:
        share = {
            c: ratio(f"time.{c}_share.role.{role}")
            for c in ("direct", "travel", "breaks", "idle", "development")
        }
        unseen = (1 - x["gaps"]) * (share["idle"] + share["development"])
        registered = 1 - share["breaks"] - unseen
        out[f"time.{role}"] = registered * total(
            f"time.direct_share.role.{role}", "denominator"
        )
        out[f"direct.{role}"] = share["direct"] / registered
        out[f"drive.{role}"] = share["travel"] / registered
    for outcome in (
        "legs_per_visit",
        "visits_per_shift",
        "late_route_share",
        "overrun_share",
        "overtime_shift_share",
    ):
        out[outcome] = ratio(f"staff.{outcome}")
    out["visits"] = ratio("citizen.visits")
    out["missed"] = ratio("citizen.missed_share")
    out["late"] = ratio("citizen.late_share")
    out["load"] = result.offered_load(name)
    return out


def simulate(sample: list[dict[str, float]], m: int) -> list[dict[str, float]]:
    """All draws of municipality m."""
    out = []
    for first in range(0, len(sample), 50):
        part = sample[first : first + 50]
        scenarios = {f"{first + i}": municipality(m, x) for i, x in enumerate(part)}
        result = tb.run(scenarios, replications=REPLICATIONS, warmup=WARMUP, seed=SEED)
        out += [measured(result, f"{first + i}", x) for i, x in enumerate(part)]
    return out


def medians(m: int) -> dict[str, float]:
    """Median minutes of episodes in the log of the preset of municipality m (0 to 2)."""
    log = tb.trace(tb.preset(f"home_care/norway_m{m + 1}"), warmup=0)
    columns = {name: np.asarray(column) for name, column in log.columns.items()}
    long = (columns["end"] - columns["start"]) / 60000

    def of(column: str, word: str) -> float:
        rows = columns[column] == log.names[column].index(word)
        return float(np.median(long[rows & (columns["start"] >= 0)]))

    return {
        "direct": of("activity", "care_needed"),
        "drive": of("activity", "travel"),
        "documentation": of("obligation", "documentation"),
    }


# ---- verdicts ------------------------------------------------------------------------


class Band(NamedTuple):
    """Where the draws lie: 5, 50 and 95 % of them below."""

    low: float
    middle: float
    high: float


def band(values: list[float]) -> Band:
    """Quantiles of the draws."""
    return Band(*(float(v) for v in np.quantile(values, (0.05, 0.5, 0.95))))


def landing(values: list[float], low: float, high: float) -> float:
    """Share of the draws within the published range."""
    return float(np.mean([low <= v <= high for v in values]))


def verdict(b: Band, low: float, high: float) -> str:
    """Whether what was published agrees with what the draws say, in a word.

    A range is hit when the middle draw lies in it, a single figure when it lies between 5
    and 95 % of the draws.
    """
    if low == high:
        return "inside" if b.low <= low <= b.high else "outside"
    if low <= b.middle <= high:
        return "inside"
    return "at the edge" if b.low <= high and b.high >= low else "outside"


def fingerprint() -> str:
    """What the page was made from: presets, evidence, program, what the model says."""
    digest = hashlib.sha256()
    for name in ("norway.py", "norway_page.py", "norway.md.in"):
        digest.update((ROOT / "validation" / name).read_bytes())
    for m in (1, 2, 3):
        scenario = tb.preset(f"home_care/norway_m{m}")
        digest.update("\n".join(map(str, scenario.values())).encode())
        result = tb.run({"m": scenario}, replications=1, weeks=1, warmup=0)
        for outcome in sorted(result.outcomes):
            if outcome.startswith(("time.", "staff.", "citizen.")):
                digest.update(repr(list(result.column("m", outcome))).encode())
    return digest.hexdigest()[:16]


def main() -> None:
    """Draw, simulate, write the page."""
    import norway_page

    began = time.monotonic()
    sample = draws(DRAWS)
    out = []
    for m, name in enumerate(MUNICIPALITIES):
        out.append(simulate(sample, m))
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    norway_page.write(sample, out)


if __name__ == "__main__":
    main()
