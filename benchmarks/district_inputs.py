"""What a home-care district is made of, by the rules of docs/model.md.

Clients' visits (strata of granted hours, an additive recurrence, windows by the order of
the day's visits) and rosters depend on the scenario alone. They are built here a second
time, in Python, from the values that a `tidsbruk.Scenario` shows; nothing is read from
the library's insides. `faults` holds them against the log of a run in which every visit
takes its grant. Times are whole milliseconds since Monday 00:00, as in tidsbruk.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import tidsbruk as tb

MINUTE, HOUR, DAY, WEEK = 60_000, 3_600_000, 86_400_000, 7 * 86_400_000
CYCLE_DAYS, SECOND = 28, 1000
STEP = (0.8566748838545029, 0.7338918566271260)  # of the recurrence: minutes, need ratio
MOST_DAYS_RUNNING, REST = 6, 11 * HOUR
VARIATIONS = 16  # of need, for what a visit is expected to leave to write
NORMAL = NormalDist()

# Rules that the SimPy model does not have; a scenario with one of them on is refused.
NEUTRAL = {
    "clients.home.agencies": 1,
    "clients.home.two_carers": 0.0,
    "visits.unfinished": "postpone",
    "duty.unfinished_records": "overtime",
    "travel.kind": "law",
    "planning.mode": "daily",
    "regime.grants.granularity": "minutes",
    "regime.records.interoperability": 0.0,
    "regime.records.detail": 1.0,
    "regime.control.deterrence": 0.0,
    "regime.control.distrust_gain": 0.0,
    "regime.discretion.autonomy": 0.0,
    "regime.teams.meeting_minutes": 0.0,
    "regime.teams.pooling": 0.0,
    "regime.teams.peer_support": 0.0,
    "regime.knowledge.records_on_acquaintance": 0.0,
    "regime.knowledge.unfamiliar_time": 0.0,
    "regime.knowledge.competence": 1.0,
    "regime.knowledge.competence_half_life_weeks": 0.0,
    "regime.knowledge.training_minutes": 0.0,
    "regime.knowledge.update_minutes": 0.0,
    "regime.knowledge.sparring_minutes": 0.0,
    "regime.dialogue.minutes_per_shift": 0.0,
    "regime.dialogue.oral_share": 0.0,
    "regime.dialogue.codesign_minutes": 0.0,
    "regime.dialogue.clash_probability": 0.0,
    "regime.wellbeing.records_on_strain": 0.0,
    "regime.wellbeing.autonomy_on_absence": 0.0,
    "regime.wellbeing.meetings_on_absence": 0.0,
    "obligations.visit_registration.receivers": 1,
    "obligations.weekly_plan.probability": 0.0,
}


def ms(minutes):
    return int(minutes * MINUTE + 0.5)


@dataclass(frozen=True)
class Law:
    """A constant (sigma 0) or lognormal law."""

    mu: float
    sigma: float

    @property
    def mean(self):
        return math.exp(self.mu + self.sigma * self.sigma / 2)

    def quantile(self, p):
        return math.exp(self.mu + self.sigma * NORMAL.inv_cdf(p))


def law(scenario, path):
    if scenario[f"{path}.kind"] == "constant":
        return Law(math.log(scenario[f"{path}.mean"]), 0.0)
    if scenario[f"{path}.kind"] != "lognormal":
        raise ValueError(f"{path}: not constant or lognormal")
    variance = math.log1p(scenario[f"{path}.cv"] ** 2)
    if f"{path}.median" in set(scenario):
        return Law(math.log(scenario[f"{path}.median"]), math.sqrt(variance))
    return Law(math.log(scenario[f"{path}.mean"]) - variance / 2, math.sqrt(variance))


@dataclass
class Slots:
    """The visits that recur on one day of 28, in order of window opening; arrays."""

    client: np.ndarray
    opens: np.ndarray  # ms after midnight
    closes: np.ndarray
    granted: np.ndarray  # ms


@dataclass
class Planned:
    """A shift of the roster."""

    worker: int
    starts: int  # ms
    ends: int
    kind: str


@dataclass
class District:
    """A scenario, and what follows from it."""

    scenario: tb.Scenario
    workers: int
    clients: int
    need_ratio: np.ndarray
    visits: np.ndarray  # of each client in 28 days
    deviates: np.ndarray  # chance that a visit strays from its grant
    days: list[Slots]
    names: list[str]  # of kinds of shift

    def roster(self, days):
        return roster(self.scenario, self.names, self.workers, days)


def items(scenario, table):
    return sorted(
        {path.split(".")[1] for path in scenario if path.startswith(table + ".")}
    )


def point(i, dimension):
    return min(max((0.5 + (i + 1) * STEP[dimension]) % 1, 1e-9), 1 - 1e-9)


def windows(scenario):
    """Lists of (opens, closes) by the order of a day's visits."""
    by_order = defaultdict(list)
    for name in items(scenario, "windows"):
        path = f"windows.{name}"
        by_order[scenario[f"{path}.order"]].append(
            (ms(scenario[f"{path}.opens"]), ms(scenario[f"{path}.closes"]))
        )
    return [by_order[order] for order in sorted(by_order)]


def visits_on(weekly, weekday, client):
    span = 5 if weekly <= 5 else 7
    if weekday >= span:
        return 0
    base, extra = divmod(weekly, span)
    return base + ((weekday + client) * extra % span < extra)


def frequency(hours, minutes):
    """Visits a week, every how many weeks, and the ms of one."""
    weekly, interval = 60 * hours / minutes, 1
    n = max(math.floor(weekly + 0.5), 1)
    while weekly * interval < 0.75 and interval < 4:
        interval *= 2
    return n, interval, ms(60 * hours * interval / n)


def by_grant(wanted, granted, binds, fill):
    """Give ms by the grant: capped where it binds, a share of what is left filled."""
    given = np.where(binds, np.minimum(wanted, granted), wanted)
    filled = ((granted - given) * fill + 0.5).astype(np.int64)
    return given + np.where(given < granted, filled, 0)


def deviates(scenario, need, granted):
    """Chance of each client that the mean need, as it varies, strays from the grant."""
    between, spell = (
        scenario["absence.days_between"],
        law(scenario, "absence.spell_days").mean,
    )
    absent = spell / (between + spell) if between > 0 else 0
    pace = 1 + absent * scenario["absence.fill"] * (scenario["absence.temp_pace"] - 1)
    variation, chance = law(scenario, "clients.home.need_variation"), np.zeros(len(need))
    fill, binding = scenario["regime.grants.fill"], scenario["regime.grants.binding"]
    for i in range(VARIATIONS):
        wanted = need * variation.quantile((i + 0.5) / VARIATIONS) * pace
        for binds, share in ((True, binding), (False, 1 - binding)):
            given = by_grant(wanted.astype(np.int64), granted, binds, fill)
            apart = abs(given - granted) > ms(scenario["regime.grants.tolerance_minutes"])
            chance += apart * share / VARIATIONS
    return chance


def build(scenario):
    """Rebuild the district of a scenario that has one group of staff and of clients."""
    for path, neutral in NEUTRAL.items():
        if scenario[path] != neutral:
            raise ValueError(
                f"{path} is {scenario[path]!r}; this model knows {neutral!r}"
            )
    for path in (p for p in scenario if p.startswith("obligations.")):
        if path.endswith(".delay_cost") and scenario[path] != 0:
            raise ValueError(f"{path}: delay costs nothing in this model")
        if path.endswith(".detail") and scenario[path] != 1:
            raise ValueError(f"{path}: records hold all in this model")
    if items(scenario, "clients") != ["home"] or items(scenario, "staff") != ["carer"]:
        raise ValueError("this model knows one group of clients and of staff")

    count, limit = (
        scenario["clients.home.count"],
        scenario["clients.home.granted_hours_limit"],
    )
    hours = law(scenario, "clients.home.granted_hours")
    minutes = law(scenario, "clients.home.visit_minutes")
    ratio = law(scenario, "clients.home.need_ratio")
    by_order = windows(scenario)
    rows = [[] for _ in range(CYCLE_DAYS)]
    for i in range(count):
        weekly, interval, granted = frequency(
            min(hours.quantile((i + 0.5) / count), limit),
            max(minutes.quantile(point(i, 0)), 1),
        )
        for day in range(CYCLE_DAYS):
            n = 0 if (day // 7 + i) % interval else visits_on(weekly, day % 7, i)
            for nth in range(n):
                shared = by_order[nth % len(by_order)]
                opens, closes = shared[i % len(shared)]
                rows[day].append((opens, i, nth, closes, granted))
    days = []
    for day in rows:
        opens, client, _, closes, granted = np.array(sorted(day), dtype=np.int64).T
        days.append(Slots(client, opens, closes, granted))
    visits, granted = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    for day in days:
        np.add.at(visits, day.client, 1)
        granted[day.client] = day.granted
    need_ratio = np.array([ratio.quantile(point(i, 1)) for i in range(count)])
    kinds = items(scenario, "shifts")
    return District(
        scenario=scenario,
        workers=scenario["staff.carer.count"],
        clients=count,
        need_ratio=need_ratio,
        visits=visits,
        deviates=deviates(scenario, granted * need_ratio, granted),
        days=days,
        names=sorted(kinds, key=lambda kind: scenario[f"shifts.{kind}.starts"]),
    )


def roster(scenario, kinds, workers, days):
    """Shifts of so many days, in the order in which they are filled."""
    minutes, free, last, running = ([0] * workers for _ in range(4))
    last = [-2] * workers
    found = []
    for day in range(days):
        wants = "saturdays" if day % 7 == 5 else "sundays" if day % 7 == 6 else "weekdays"
        for kind in kinds:
            starts = day * DAY + ms(scenario[f"shifts.{kind}.starts"])
            ends = starts + ms(scenario[f"shifts.{kind}.minutes"])
            for _ in range(scenario[f"shifts.{kind}.{wants}"]):
                may = [
                    w
                    for w in range(workers)
                    if free[w] <= starts
                    and last[w] != day
                    and (last[w] != day - 1 or running[w] < MOST_DAYS_RUNNING)
                ]
                if not may:
                    break
                w = min(may, key=minutes.__getitem__)
                running[w] = running[w] + 1 if last[w] == day - 1 else 1
                minutes[w] += ends - starts
                last[w], free[w] = day, ends + REST
                found.append(Planned(w, starts, ends, kind))
    return found


# ---- held against a run ----------------------------------------------------------------

ALL_CONSTANT = (
    "clients.home.need_variation",
    "travel.leg",
    *(
        f"obligations.{name}.minutes"
        for name in (
            "visit_registration",
            "journal",
            "deviation",
            "shift_report",
            "weekly_report",
        )
    ),
)


def without_chance(scenario):
    """Take every draw out of a scenario: then both programs must do the same."""
    changes = {
        "absence.days_between": 0,
        "errors.per_visit": 1e-12,  # at 0 nobody would read
        "errors.misuse_per_visit": 0,
        "regime.control.audits_per_month": 0,
        "regime.dialogue.handover_loss": 1e-9,
        "regime.grants.binding": 1,
        "regime.knowledge.acquaintance_gain": 1,
        "regime.knowledge.acquaintance_half_life_days": 0,
        "obligations.journal.probability": 1,
        "obligations.deviation.probability": 1,
        "obligations.monthly_report.probability": 0,  # months begin by an internal number
    }
    for path in ALL_CONSTANT:
        changes[path] = {"kind": "constant", "mean": law(scenario, path).mean}
    for name in ("journal", "deviation", "shift_report", "weekly_report"):
        changes[f"obligations.{name}.reentry"] = 1
        changes[f"obligations.{name}.read_probability"] = 1
    return scenario.replace(changes)


def as_granted(scenario):
    """Let every visit take its grant, with everybody there."""
    return without_chance(scenario).replace(
        {
            "clients.home.need_ratio": {"kind": "constant", "mean": 1},
            "regime.grants.fill": 0,
            "visits.pressure_shortening": 0,
        }
    )


def place(name):
    """Return the place of "group/n" in its group, from 0."""
    return int(name.rsplit("/", 1)[1]) - 1


def faults(district, weeks=4):
    """What of the visits and rosters is not as in the log of a run."""
    scenario = as_granted(district.scenario)
    frame = tb.trace(scenario, weeks=weeks, warmup=0).to_pandas()
    result = tb.run({"run": scenario}, replications=1, weeks=weeks, warmup=0)
    missed = round(
        memoryview(result.column("run", "citizen.missed_share", "numerator"))[0]
    )

    care = frame[frame.activity == "care_needed"]
    clients = [place(name) for name in care.client]
    seen = Counter(clients)
    took = dict(zip(clients, (care.end - care.start).tolist(), strict=True))
    planned, granted = Counter(), {}
    for day in range(7 * weeks):
        slots = district.days[day % CYCLE_DAYS]
        planned.update(slots.client.tolist())
        granted.update(zip(slots.client.tolist(), slots.granted.tolist(), strict=True))
    wrong = [f"client {c} has {n} visits too many" for c, n in (seen - planned).items()]
    if (planned - seen).total() != missed:
        wrong.append(
            f"{(planned - seen).total()} visits are not in the log, {missed} missed"
        )
    # laws are interpolated in tidsbruk: a millisecond apart now and then
    wrong += [
        f"client {c} is given {x} ms" for c, x in took.items() if abs(x - granted[c]) > 1
    ]

    found = {(p.worker, p.starts) for p in district.roster(7 * weeks)}
    work = frame[frame.activity != "duty"]
    first = work.assign(day=work.start // DAY).groupby(["worker", "day"], observed=True)
    there = {(place(w), start) for (w, _), start in first.start.min().items()}
    if found != there:
        wrong.append(f"{len(found ^ there)} shifts begin otherwise")
    return wrong
