#!/usr/bin/env python3
"""A home-care district in SimPy: the yardstick for a district-year of tidsbruk.

The model is `home_care/npm` by the rules of docs/model.md, with the visits and rosters
that district_inputs.py rebuilds from the same scenario. In it:

    rosters; spells of absence whose hazard follows strain; temps, and shifts left empty
    grants, windows, needs by client and by visit, grants that bind or not, fill, pressure
    the day plan: greedy in order of windows over everybody who comes, by lateness,
        overtime, continuity and load; with time set aside for records
    visits that fit nowhere and are open to whoever has time, that are postponed once,
        or that are handed over when somebody goes home ill
    legs, the way back, breaks, staff meetings, handover, administration, audits,
        inspections, overtime
    acquaintance that grows and fades, records that are read, lost handovers, errors,
        misuse, and what is found of them
    registration at once, journals and explained deviations in the next gap, the first
        that fits or a part of the oldest, reports of shifts, weeks and months, all with
        copies; what the limit of overtime breaks off, what temps leave to the unit

Minutes are summed per worker and activity. What is left out makes SimPy faster:

    the exact ledger: no split at the borders of weeks, no check that minutes fill duty
    most of the 98 outcomes: continuity (UPC, COC, SECON, carers), delays, copies and
        backlogs of records, money, late routes, full strength, cuts, misfit
    what home_care/npm keeps neutral (district_inputs.NEUTRAL): refused, not ignored
    addressed draws: those here depend on what was drawn before, so that two regimes
        would not meet the same world
    a worker's second spell within a day; the end of visits that wait past a second
        midnight; and months of a client begin by its number, not by a hash

The same model is written in four styles, because a yardstick must not be a straw man:

    textbook   a process for each worker, an event for each phase, a draw where it is
               needed, the cheapest worker by `min` over a function of cost
    phases     the same events; a day's draws at once, and the day plan, by numpy
    numpy      as phases, but one event for way, care and record: nothing interrupts them
    chains     as numpy, but the day plan is a loop that passes over whoever could not be
               cheapest even if they came in time

All of them decide alike; the last three meet the same draws. `chains` is the fastest that
we found: a plan that asks the likely cheapest first was 5 % slower, and callbacks instead
of processes would save 2 %. An idle worker is woken by `Process.interrupt` when a visit
is handed over. Time is whole milliseconds.
"""

import argparse
import gc
import math
import random
import time
from collections import deque
from dataclasses import dataclass
from itertools import islice
from operator import sub

import numpy as np
import simpy
import tidsbruk as tb
from district_inputs import (
    CYCLE_DAYS,
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    WEEK,
    build,
    by_grant,
    law,
    ms,
)

NEVER = 1 << 62
TEMP, AWAY, REGULAR = range(3)
LOOKS = 16  # records that are tried before one is written in parts
PLAN_WEIGHT = 32  # weights of the day plan are whole 32nds a second
(
    CARE_NEEDED,
    CARE_SURPLUS,
    INDIRECT,
    TRAVEL,
    RECORDS_PRESENCE,
    RECORDS_AWAY,
    MEETINGS,
    CONTROL,
    ADMINISTRATION,
    DEVELOPMENT,
    BREAKS,
    IDLE,
    DUTY,
    OVERTIME,
    ABSENT,
) = range(15)
ACTIVITIES = [
    "care_needed",
    "care_surplus",
    "indirect",
    "travel",
    "records_presence",
    "records_away",
    "meetings",
    "control",
    "administration",
    "development",
    "breaks",
    "idle",
    "duty",
    "overtime",
    "absent",
]
DEVIATION, JOURNAL, MONTHLY, SHIFT, WEEKLY = range(5)
NAMES = ["deviation", "journal", "monthly_report", "shift_report", "weekly_report"]


class Shift:
    """A shift of the roster: who has it, who comes, the visits planned for it."""

    __slots__ = ("ends", "person", "route", "starts", "state")

    def __init__(self, person, planned):
        self.person = person
        self.starts = planned.starts
        self.ends = planned.ends
        self.route = deque()  # of (when it was planned, visit)
        self.state = REGULAR


class Person:
    """A worker on the roster, or the temp who stands in."""

    __slots__ = (
        "audit",
        "clock",
        "closing",
        "closing_ms",
        "foreseen",
        "here",
        "id",
        "idle",
        "met_week",
        "office",
        "pressed",
        "pressure",
        "process",
        "records",
        "records_ms",
        "reported",
        "rest_from",
        "route",
        "sick_from",
        "sick_until",
        "since",
        "strain",
        "sums",
        "temp",
        "travelled",
        "uninformed",
        "until",
        "week_duty",
        "week_overtime",
    )

    def __init__(self, index):
        self.id = index
        self.sums = [0] * len(ACTIVITIES)
        self.records, self.closing = deque(), deque()  # of (ms, obligation, client)
        self.route = deque()
        self.process = None
        self.clock = self.until = self.since = self.rest_from = self.audit = 0
        self.closing_ms = self.records_ms = self.foreseen = 0
        self.week_duty = self.week_overtime = self.pressed = 0
        self.sick_from, self.sick_until = NEVER, -1
        self.met_week = self.reported = -1
        self.pressure = self.strain = 0.0
        self.here = self.idle = self.temp = self.travelled = self.office = False
        self.uninformed = False


@dataclass
class Record:
    """What an obligation takes, and what its records are worth to who reads them."""

    mu: float
    sigma: float
    expected: float  # ms, copies included
    probability: float
    reentry: float
    others: int  # receivers after the first
    read_probability: float
    read_ms: int
    remains: float  # of the errors, for who has read it
    lasts: int


def record_of(scenario, name):
    path = f"obligations.{name}"
    minutes = law(scenario, f"{path}.minutes")
    copies = (scenario[f"{path}.receivers"] - 1) * scenario[f"{path}.reentry"]
    return Record(
        expected=MINUTE * scenario[f"{path}.probability"] * minutes.mean * (1 + copies),
        mu=minutes.mu + math.log(MINUTE),
        sigma=minutes.sigma,
        probability=scenario[f"{path}.probability"],
        reentry=scenario[f"{path}.reentry"],
        others=scenario[f"{path}.receivers"] - 1,
        read_probability=scenario[f"{path}.read_probability"],
        read_ms=ms(scenario[f"{path}.read_minutes"]),
        remains=1 - scenario[f"{path}.value"],
        lasts=ms(1440 * scenario[f"{path}.lasts_days"]),
    )


class Unit:
    """One replication: state, and the rules that change it."""

    def __init__(self, district, env, weeks, seed, style):
        self.env, self.district, self.style = env, district, style
        self.rng, self.random = np.random.default_rng(seed), random.Random(seed)
        self.settings(district.scenario)
        self.constants(district.scenario)
        self.today = self.week = 0
        self.missed = self.given = self.late = self.unmet = self.undetected = 0
        self.audits_due = 0.0
        self.to_look_at = 0  # records of the week that control will look at
        self.people = [Person(i) for i in range(district.workers)]
        self.orphans, self.postponed, self.open = deque(), [], []

        # who knows whom: plain arrays for one visit, the same memory for the day plan
        self.columns = district.workers + 1  # and nobody, for temps
        self.last_visit = np.full(district.clients * self.columns, -30000, dtype=np.int64)
        self.last = memoryview(self.last_visit)
        self.knew = [0.0] * (district.clients * self.columns)
        self.written = [[-1] * district.clients for _ in range(3)]
        self.written_unit = {SHIFT: -1, WEEKLY: -1}
        self.month_seen = [self.month(-1, c) for c in range(district.clients)]
        self.week_seen = [-1] * district.clients

        self.by_day = [[] for _ in range(7 * weeks)]
        rosters = [[] for _ in self.people]
        for planned in district.roster(7 * weeks):
            shift = Shift(self.people[planned.worker], planned)
            self.by_day[planned.starts // DAY].append(shift)
            rosters[planned.worker].append(shift)
        self.ill_at_start()
        env.process(self.calendar())
        for person, shifts in zip(self.people, rosters, strict=True):
            person.process = env.process(self.work(person, shifts))

    def settings(self, s):
        """Take what the scenario says."""
        self.binding, self.fill = s["regime.grants.binding"], s["regime.grants.fill"]
        self.tolerance = ms(s["regime.grants.tolerance_minutes"])
        self.temp_pace, self.temps = s["absence.temp_pace"], s["absence.fill"]
        self.between = s["absence.days_between"] * DAY
        self.meeting = ms(s["duty.meeting_minutes_per_week"])
        self.handover = ms(s["duty.handover_minutes"])
        self.administration = ms(s["duty.administration_minutes"])
        self.rest = ms(s["duty.break_minutes"])
        self.development = ms(s["duty.development_from_minutes"]) or NEVER
        self.overtime = ms(s["duty.overtime_limit_minutes"])
        self.late_after = ms(s["visits.late_after_minutes"])
        self.pressed_from = ms(s["visits.pressure_from_minutes"])
        self.pressed_full = ms(s["visits.pressure_full_minutes"])
        self.shortening = s["visits.pressure_shortening"]
        self.familiar_days = int(s["errors.familiar_days"])
        self.errors, self.misuse = s["errors.per_visit"], s["errors.misuse_per_visit"]
        self.unfamiliar = s["errors.unfamiliar_factor"] - 1
        self.by_chance = s["errors.found_by_chance"]
        saved = 1 - s["regime.dialogue.handover_saved"]
        self.lost = s["regime.dialogue.handover_loss"] * saved ** (
            s["duty.handover_minutes"] / 10
        )
        self.lost_errors = 1 + s["regime.dialogue.handover_errors"]
        self.gain = s["regime.knowledge.acquaintance_gain"]
        self.audits = s["regime.control.audits_per_month"]
        self.inspection = ms(s["regime.control.inspection_minutes"])
        self.review = s["regime.control.record_review"]
        self.look = ms(self.review * s["regime.control.review_minutes"])
        self.overtime_strain = s["regime.wellbeing.overtime_on_strain"]
        self.pressure_strain = s["regime.wellbeing.pressure_on_strain"]
        self.strain_absence = s["regime.wellbeing.strain_on_absence"]
        self.records = [record_of(s, name) for name in NAMES]
        self.registration = record_of(s, "visit_registration")

    def constants(self, s):
        """What follows from the settings."""
        half_life = s["regime.knowledge.acquaintance_half_life_days"]
        self.fades = [
            2 ** (-day / half_life) if half_life else 1.0
            for day in range(self.familiar_days + 1)
        ]
        leg, self.spell = law(s, "travel.leg"), law(s, "absence.spell_days")
        self.variation = law(s, "clients.home.need_variation")
        self.leg_mu, self.leg_sigma = leg.mu + math.log(MINUTE), leg.sigma
        self.leg_mean = ms(leg.mean)
        self.readable = [
            (o, self.records[o].read_probability) for o in (DEVIATION, JOURNAL, MONTHLY)
        ]
        self.most_read = max(p for _, p in self.readable)
        self.most_errors = self.errors * (1 + self.unfamiliar) * self.lost_errors
        self.strain_decay = 2 ** (-1 / s["regime.wellbeing.strain_half_life_weeks"])
        coverage = s["regime.control.coverage"]
        slots = sum(len(day.client) for day in self.district.days)
        looked_at = coverage * slots * 13 / 12
        self.audit = ms(
            s["regime.control.audit_minutes"]
            + s["regime.control.look_minutes"] * looked_at
        )
        self.overlooked = (
            1 - min(coverage * self.audits, 1) * s["regime.control.detection"]
        )
        at_once = int(self.registration.expected)
        later = self.expected_later()
        self.lateness = int(s["planning.lateness"] * PLAN_WEIGHT)
        self.overtime_cost = int(s["planning.overtime"] * PLAN_WEIGHT)
        self.continuity = int(s["planning.continuity"] * PLAN_WEIGHT * 60)
        load = int(s["planning.load"] * PLAN_WEIGHT * 60)
        self.slots = []
        for day in self.district.days:
            lasts = (day.granted + at_once) // SECOND
            burden = (day.granted // SECOND + 30) // 60 * load
            self.slots.append((day, lasts, burden, later[day.client]))

    def expected_later(self):
        """Seconds of records that a visit to each client leaves for a gap, on average."""
        district, records = self.district, self.records
        monthly = np.minimum(28 * 3 / 91 / np.maximum(district.visits, 1), 1)
        parts = (
            records[JOURNAL].expected,
            records[DEVIATION].expected * district.deviates,
            records[MONTHLY].expected * monthly,
        )
        return sum(np.asarray(part).astype(np.int64) for part in parts) // SECOND

    # ---- what is drawn ------------------------------------------------------------

    def copied(self, record, n):
        """Minutes of n records with their copies, 0 where there is none."""
        rng = self.rng
        minutes = (rng.lognormal(record.mu, record.sigma, n) + 0.5).astype(np.int64)
        for _ in range(record.others):
            minutes = minutes + np.where(rng.random(n) < record.reentry, minutes, 0)
        if record.probability < 1:
            minutes[rng.random(n) >= record.probability] = 0
        return minutes

    def visits_at_once(self, now):
        """Draw all visits of a day at once."""
        rng, (day, lasts, burden, later) = self.rng, self.slots[self.today % CYCLE_DAYS]
        granted, n = day.granted, len(day.granted)
        factor = self.district.need_ratio[day.client]
        need = (
            granted * factor * rng.lognormal(self.variation.mu, self.variation.sigma, n)
        )
        need = (need + 0.5).astype(np.int64)
        binds = rng.random(n) < self.binding
        wanted = (need * self.temp_pace + 0.5).astype(np.int64)
        columns = (
            day.client,
            now + day.opens,
            now + day.closes,
            granted,
            lasts,
            burden,
            later,
            need,
            by_grant(need, granted, binds, self.fill),
            by_grant(wanted, granted, binds, self.fill),
            (rng.lognormal(self.leg_mu, self.leg_sigma, n) + 0.5).astype(np.int64),
            rng.random(n),  # error
            rng.random(n),  # misuse
            rng.random(n),  # found
            rng.random(n),  # reads
            self.copied(self.registration, n),
            self.copied(self.records[JOURNAL], n),
            self.copied(self.records[DEVIATION], n),
        )
        moved = [False] * n
        return list(zip(*[column.tolist() for column in columns], moved, strict=True))

    def one_by_grant(self, wanted, granted, binds):
        given = min(wanted, granted) if binds else wanted
        return (
            given + int((granted - given) * self.fill + 0.5) if given < granted else given
        )

    def one_record(self, record):
        draw = self.random
        if record.probability < 1 and draw.random() >= record.probability:
            return 0
        minutes = int(draw.lognormvariate(record.mu, record.sigma) + 0.5)
        return minutes * (
            1 + sum(draw.random() < record.reentry for _ in range(record.others))
        )

    def visits_one_by_one(self, now):
        draw, (day, lasts, burden, later) = (
            self.random,
            self.slots[self.today % CYCLE_DAYS],
        )
        visits = []
        for i in range(len(day.granted)):
            client, granted = int(day.client[i]), int(day.granted[i])
            factor = self.district.need_ratio[client]
            factor *= draw.lognormvariate(self.variation.mu, self.variation.sigma)
            need, binds = int(granted * factor + 0.5), draw.random() < self.binding
            visits.append(
                (
                    client,
                    now + int(day.opens[i]),
                    now + int(day.closes[i]),
                    granted,
                    int(lasts[i]),
                    int(burden[i]),
                    int(later[i]),
                    need,
                    self.one_by_grant(need, granted, binds),
                    self.one_by_grant(int(need * self.temp_pace + 0.5), granted, binds),
                    int(draw.lognormvariate(self.leg_mu, self.leg_sigma) + 0.5),
                    draw.random(),
                    draw.random(),
                    draw.random(),
                    draw.random(),
                    self.one_record(self.registration),
                    self.one_record(self.records[JOURNAL]),
                    self.one_record(self.records[DEVIATION]),
                    False,
                )
            )
        return visits

    # ---- midnight -----------------------------------------------------------------

    def calendar(self):
        timeout = self.env.timeout
        for today, shifts in enumerate(self.by_day):
            self.today = today
            self.close_day(today * DAY)
            if today % 7 == 0:
                if today:
                    self.end_week()
                self.week = today // 7
                self.send_audits()
            self.absence(today * DAY)
            for shift in shifts:
                self.staff(shift)
            self.plan(today * DAY, [s for s in shifts if s.state != AWAY])
            yield timeout(DAY)

    def end_week(self):
        now, keeps = self.env.now, self.strain_decay
        for p in self.people:
            duty = p.week_duty
            if p.here and not p.temp:
                duty += now - max(p.since, now - WEEK)
            cause = self.overtime_strain * p.week_overtime / max(duty, 1)
            if p.pressed:
                cause += self.pressure_strain * p.pressure / p.pressed
            p.strain = keeps * p.strain + (1 - keeps) * cause
            p.week_duty = p.week_overtime = p.pressed = 0
            p.pressure = 0.0

    def send_audits(self):
        self.audits_due += self.audits * 3 / 13
        while self.audits_due >= 1:
            self.audits_due -= 1
            self.random.choice(self.people).audit += self.audit
        looks, everybody = self.to_look_at * self.look, len(self.people)
        for i, p in enumerate(self.people):
            p.audit += looks * (i + 1) // everybody - looks * i // everybody
        self.to_look_at = 0

    def draw_spell(self):
        return int(self.random.lognormvariate(self.spell.mu, self.spell.sigma) * DAY) + 1

    def ill_at_start(self):
        """Who is ill is in a spell met with a chance proportional to its length."""
        if not self.between:
            return
        mean, draw = self.spell.mean * DAY, self.random
        for p in self.people:
            if draw.random() < mean / (mean + self.between):
                longer = self.spell.mu + self.spell.sigma**2  # lengths weighted by length
                length = draw.lognormvariate(longer, self.spell.sigma) * DAY
                p.sick_from, p.sick_until = 0, 1 + int(draw.random() * length)
                p.foreseen = p.sick_until

    def absence(self, now):
        tomorrow, expovariate = now + DAY, self.random.expovariate
        if not self.between:
            return
        for p in self.people:
            if p.foreseen >= tomorrow:
                continue
            hazard = min(max(1 + self.strain_absence * p.strain, 0.05), 20)
            onset = p.foreseen + int(expovariate(hazard / self.between))
            if onset >= tomorrow:
                p.foreseen = tomorrow
                continue
            p.sick_from, p.sick_until = onset, onset + self.draw_spell()
            p.foreseen = p.sick_until

    def staff(self, shift):
        """Settle who comes to a shift of today."""
        p = shift.person
        if p.sick_from <= shift.starts < p.sick_until:
            shift.state = TEMP if self.random.random() < self.temps else AWAY

    def opening(self, shift):
        if shift.state == TEMP:
            return self.handover
        p = shift.person
        opening = (
            self.handover + p.audit + (self.meeting if p.met_week < self.week else 0)
        )
        return min(opening, shift.ends - shift.starts)

    def plan(self, now, shifts):
        visits, moved = self.style.visits(self, now), self.postponed
        if moved:
            self.postponed = []
            moved = [(v[0], v[1] + DAY, v[2] + DAY, *v[3:18], True) for v in moved]
            visits = sorted(moved + visits, key=lambda v: v[1] % DAY)
        self.style.plan(self, now, shifts, visits)

    def candidates(self, now, shifts):
        """When each could be at a first visit, must be back, and must have written."""
        leg = self.leg_mean // SECOND
        there = [(s.starts + self.opening(s) - now) // SECOND + leg for s in shifts]
        slack = self.rest + self.administration
        home = [(s.ends - slack - now) // SECOND for s in shifts]
        reports = [self.reports(s) // SECOND for s in shifts]
        return (
            there,
            home,
            [back - report for back, report in zip(home, reports, strict=True)],
        )

    def reports(self, shift):
        reports = int(self.records[SHIFT].expected)
        if shift.state != TEMP and shift.person.reported != self.week:
            reports += int(self.records[WEEKLY].expected)
        return reports

    def known(self, shifts, visits):
        """What it is worth that somebody knows a client: a row for each visit."""
        memory = [len(self.people) if s.state == TEMP else s.person.id for s in shifts]
        clients = np.array([v[0] for v in visits])
        last = self.last_visit.reshape(-1, self.columns)[clients[:, None], memory]
        return np.where(last >= self.today - self.familiar_days, self.continuity, 0)

    def miss(self, v):
        self.missed += 1
        self.unmet += v[7]

    def close_day(self, now):
        """Miss what nobody took, unless it is a night's."""
        for v in self.open:
            if v[2] <= now:
                self.miss(v)
        self.open = [v for v in self.open if v[2] > now]

    def plan_by_loop(self, now, shifts, visits):
        """Pass over who would not be cheapest if they were neither late nor over."""
        there, home, ends = self.candidates(now, shifts)
        load, owed, nobody = [0] * len(shifts), [0] * len(shifts), 1 << 40
        most, lateness, overtime = (
            self.overtime // SECOND,
            self.lateness,
            self.overtime_cost,
        )
        leg = self.leg_mean // SECOND
        routes = [s.route for s in shifts]
        for v, worth in zip(visits, self.known(shifts, visits).tolist(), strict=True):
            opens, closes, lasts = (v[1] - now) // SECOND, (v[2] - now) // SECOND, v[4]
            takes = lasts + v[6]
            best = nobody
            for i, cost in enumerate(map(sub, load, worth)):
                if cost >= best:
                    continue
                start, left = there[i], owed[i]
                if start < opens:
                    if left:  # waiting makes room for records from before
                        left += start - opens
                        if left < 0:
                            left = 0
                    start = opens
                elif start > closes:
                    cost += lateness * (start - closes)
                over = start + takes + left - ends[i]
                if over > 0:
                    if over > most:
                        continue
                    cost += overtime * over
                if cost < best and start < home[i]:
                    best, chosen, begins, leaves = cost, i, start, left
            if best == nobody:
                self.open.append(v)
                continue
            there[chosen] = begins + lasts + leg
            owed[chosen] = leaves + v[6]
            load[chosen] += v[5]
            routes[chosen].append((now + begins * SECOND, v))

    def plan_by_numpy(self, now, shifts, visits):
        there, home, ends = map(np.array, self.candidates(now, shifts))
        load, owed = (np.zeros(len(shifts), dtype=np.int64) for _ in range(2))
        start, cost, late, left, over = (np.empty_like(load) for _ in range(5))
        most, leg, nobody = self.overtime // SECOND, self.leg_mean // SECOND, 1 << 40
        for v, worth in zip(visits, self.known(shifts, visits), strict=True):
            opens, closes, lasts = (v[1] - now) // SECOND, (v[2] - now) // SECOND, v[4]
            np.maximum(there, opens, out=start)
            np.subtract(load, worth, out=cost)
            np.subtract(start, closes, out=late)
            np.maximum(late, 0, out=late)
            late *= self.lateness
            cost += late
            np.subtract(owed, start, out=left)
            left += there
            np.maximum(left, 0, out=left)
            np.subtract(start, ends, out=over)
            over += left
            over += lasts + v[6]
            np.maximum(over, 0, out=over)
            never = (over > most) | (start >= home)
            over *= self.overtime_cost
            cost += over
            cost[never] = nobody
            chosen = int(cost.argmin())
            if cost[chosen] == nobody:
                self.open.append(v)
                continue
            begins = int(start[chosen])
            there[chosen] = begins + lasts + leg
            owed[chosen] = left[chosen] + v[6]
            load[chosen] += v[5]
            shifts[chosen].route.append((now + begins * SECOND, v))

    def plan_by_cost(self, now, shifts, visits):
        there, home, ends = self.candidates(now, shifts)
        load, owed, nobody = [0] * len(shifts), [0] * len(shifts), 1 << 40
        most, since = self.overtime // SECOND, self.today - self.familiar_days
        leg = self.leg_mean // SECOND

        def left(i):
            return max(owed[i] - max(opens - there[i], 0), 0)

        def cost_of(i):
            start = max(there[i], opens)
            over = max(start + lasts + v[6] + left(i) - ends[i], 0)
            if start >= home[i] or over > most:
                return nobody
            cost = (
                self.lateness * max(start - closes, 0)
                + self.overtime_cost * over
                + load[i]
            )
            if shifts[i].state == TEMP:
                return cost
            cell = v[0] * self.columns + shifts[i].person.id
            return cost - (self.continuity if self.last[cell] >= since else 0)

        for v in visits:
            opens, closes, lasts = (v[1] - now) // SECOND, (v[2] - now) // SECOND, v[4]
            chosen = min(range(len(shifts)), key=cost_of)
            if cost_of(chosen) == nobody:
                self.open.append(v)
                continue
            begins = max(there[chosen], opens)
            owed[chosen] = left(chosen) + v[6]
            there[chosen] = begins + lasts + leg
            load[chosen] += v[5]
            shifts[chosen].route.append((now + begins * SECOND, v))

    # ---- a worker -----------------------------------------------------------------

    def work(self, p, shifts):
        """Live through the shifts of one place on the roster."""
        env, timeout, sums = self.env, self.env.timeout, p.sums
        chains, leg = self.style.chains, self.leg_mean
        for shift in shifts:
            if shift.ends <= env.now:
                continue  # it passed while the one before ran over
            if shift.starts > env.now:
                yield timeout(shift.starts - env.now)
            if shift.state == AWAY:
                sums[ABSENT] += shift.ends - env.now
                continue
            self.clock_in(p, shift)
            until, route = shift.ends, shift.route
            p.rest_from = (shift.starts + until) // 2 if self.rest else NEVER
            yield timeout(p.clock - env.now)
            while True:
                clock = p.clock
                if clock >= until:
                    if self.end_shift(p):
                        break
                elif p.sick_from <= clock < p.sick_until and not p.temp:
                    self.go_home_ill(p)
                    break
                elif clock >= p.rest_from:
                    p.rest_from = NEVER
                    sums[BREAKS] += self.rest
                    p.clock = clock + self.rest
                else:
                    gap, entry = until, None
                    if route:
                        departs = route[0][1][1] - leg
                        if departs <= clock:
                            entry = route.popleft()
                        elif departs < gap:
                            gap = departs
                    if entry is None and self.open:
                        entry, gap = self.take_open(p, gap)
                    if entry is not None:
                        arrives, leaves = self.visit(p, *entry)
                        if not chains:
                            yield timeout(arrives - clock)
                            yield timeout(leaves - arrives)
                            yield timeout(p.clock - leaves)
                            continue
                    elif not route and (p.travelled or not p.office):
                        self.office_work(p)
                    elif not self.write_in_gap(
                        p, gap if route else min(gap, until - p.closing_ms)
                    ):
                        wake = min(gap, p.rest_from)
                        if not route and p.closing and until - p.closing_ms < wake:
                            wake = until - p.closing_ms
                        if clock < p.sick_from < wake and not p.temp:
                            wake = p.sick_from
                        if wake > clock:
                            p.idle = True
                            try:
                                yield timeout(wake - clock)
                            except simpy.Interrupt:
                                wake = env.now
                            p.idle = False
                            gap = wake - clock
                            sums[DEVELOPMENT if gap >= self.development else IDLE] += gap
                            p.clock = wake
                            continue
                        self.write_closing(p, until)
                yield timeout(p.clock - clock)

    def clock_in(self, p, shift):
        p.here, p.until, p.route = True, shift.ends, shift.route
        p.clock = p.since = self.env.now
        p.travelled = p.office = False
        p.temp = shift.state == TEMP
        if p.temp:
            p.sums[ABSENT] += shift.ends - shift.starts
        elif p.met_week != self.week:
            p.met_week = self.week
            p.sums[MEETINGS] += self.meeting
            p.clock += self.meeting
        p.sums[INDIRECT] += self.handover
        p.clock += self.handover
        self.be_informed(p)
        if p.audit and not p.temp:
            spent = min(p.audit, max(p.until - p.clock, 0))
            p.sums[CONTROL] += spent
            p.clock += spent
            p.audit -= spent
        self.owe_report(p, SHIFT)
        if not p.temp and p.reported != self.week:
            p.reported = self.week
            self.owe_report(p, WEEKLY)

    def be_informed(self, p):
        """What the shift before has to tell may be lost; its records may tell it."""
        reads, remains = self.random.random(), self.lost
        for o, written in self.written_unit.items():
            record = self.records[o]
            if reads < record.read_probability and 0 <= written >= p.clock - record.lasts:
                remains *= record.remains
                p.sums[INDIRECT] += record.read_ms
                p.clock += record.read_ms
        p.uninformed = self.random.random() < remains

    def owe_report(self, p, o):
        minutes = self.one_record(self.records[o])
        p.closing.append((minutes, o, -1, None))
        p.closing_ms += minutes

    def take_open(self, p, gap):
        """Return the first open visit that fits, or None, and when the gap ends."""
        clock, leg, route = p.clock, self.leg_mean, p.route
        until = p.until - p.records_ms
        if p.rest_from < until:
            until -= self.rest
        if route:
            until = min(until, route[0][1][1] - p.records_ms)
        else:
            until -= p.closing_ms + (0 if p.office else self.administration)
        until -= leg
        arrives = clock + leg
        for i, v in enumerate(self.open):
            opens, lasts = v[1], v[4]
            done = (arrives if arrives > opens else opens) + lasts * SECOND
            if done > (until if route else until - v[6] * SECOND):
                continue
            if arrives < opens:  # later ones do not open earlier
                return None, min(gap, opens - leg)
            del self.open[i]
            return (arrives, v), gap
        return None, gap

    def visit(self, p, planned, v):
        """Book a visit, and return when the worker arrives and when care ends."""
        (
            client,
            _,
            closes,
            granted,
            _,
            _,
            _,
            need,
            given,
            given_temp,
            leg,
            error,
            misuse,
            find,
            reads,
            registration,
            journal,
            deviation,
            _,
        ) = v
        sums, cell = p.sums, client * self.columns + p.id
        clock = p.clock + leg
        sums[TRAVEL] += leg
        p.travelled = True
        arrives = clock

        pressure = clock - planned - self.pressed_from
        pressure = 0 if pressure <= 0 else min(pressure / self.pressed_full, 1)
        wanted = need
        if p.temp:
            acquaintance, wanted, given = 0.0, need * self.temp_pace, given_temp
        else:
            gap = self.today - self.last[cell]
            acquaintance = (
                self.knew[cell] * self.fades[gap] if gap <= self.familiar_days else 0.0
            )
            p.pressed += 1
            p.pressure += pressure
        informed = 1.0
        if reads < self.most_read * (1 - acquaintance):
            clock, informed = self.read(sums, client, cell, acquaintance, reads, clock)

        self.given += 1
        if clock > closes + self.late_after:
            self.late += 1
        if pressure:
            given -= int(given * pressure * self.shortening)
        if given >= wanted:
            met = need
        else:
            met = min(int(given * need / wanted), need)
            self.unmet += need - met
        met = min(met, given)
        sums[CARE_NEEDED] += met
        sums[CARE_SURPLUS] += given - met
        clock += given
        leaves = clock

        if deviation and abs(given - granted) > self.tolerance:
            p.records.append((deviation, DEVIATION, client, None))
            p.records_ms += deviation
        sums[RECORDS_PRESENCE] += registration
        clock += registration
        self.to_look_at += registration > 0
        harm = None
        if error < self.most_errors or misuse < self.misuse:
            harm = self.judge(p, (error, misuse, find), acquaintance, informed)
        if journal:
            p.records.append((journal, JOURNAL, client, harm))
            p.records_ms += journal
        if self.week_seen[client] != self.week:
            self.report_month(p, client)
        if not p.temp:
            self.last[cell] = self.today
            self.knew[cell] = acquaintance + (1 - acquaintance) * self.gain
        p.clock = clock
        return arrives, leaves

    def read(self, sums, client, cell, acquaintance, reads, clock):
        remains, unknown = 1.0, 1 - acquaintance
        for o, probability in self.readable:
            if reads >= probability * unknown:
                continue
            written, record = self.written[o][client], self.records[o]
            if written < 0 or clock - written > record.lasts:
                continue
            if acquaintance <= 0 or written // DAY > self.last[cell]:
                remains *= record.remains
                sums[INDIRECT] += record.read_ms
                clock += record.read_ms
        return clock, remains

    def month(self, week, client):
        return (3 * (week + 208) + client % 13) // 13

    def report_month(self, p, client):
        self.week_seen[client], month = self.week, self.month(self.week, client)
        if month != self.month_seen[client]:
            self.month_seen[client] = month
            minutes = self.one_record(self.records[MONTHLY])
            if minutes:
                p.records.append((minutes, MONTHLY, client, None))
                p.records_ms += minutes

    def judge(self, p, draws, acquaintance, informed):
        """Return who made an error that its journal may show, and if one is known."""
        error, misuse, find = draws
        chance = self.errors * (1 + self.unfamiliar * (1 - acquaintance) * informed)
        if p.uninformed:
            chance *= self.lost_errors
        missed, found = (1 - self.by_chance) * self.overlooked, 0
        if misuse < self.misuse:
            found += find < 1 - missed * (1 - self.review)
            self.undetected += 1
        known = found > 0
        if error < chance:
            found += find < 1 - missed
            self.undetected += 1
        self.undetected -= found
        if found:
            p.audit += self.inspection
        return (p, known) if error < chance and found == known else None

    # ---- records ------------------------------------------------------------------

    def write(self, p, minutes, o, client, harm):
        p.sums[RECORDS_AWAY] += minutes
        p.clock += minutes
        if client < 0:
            self.written_unit[o] = p.clock
        else:
            self.written[o][client] = p.clock
            self.to_look_at += o == JOURNAL
        if harm and self.random.random() < self.review:
            self.undetected -= 1
            giver, known = harm
            if not known:
                giver.audit += self.inspection

    def write_in_gap(self, p, until):
        """Write the first record that fits, or a part of the oldest; was there one?"""
        room, records = until - p.clock, p.records
        if room <= 0:
            return False
        if not records:
            if p.temp or not self.orphans:
                return False
            records.append(self.orphans.popleft())
            p.records_ms += records[0][0]
        for i, record in enumerate(islice(records, LOOKS)):
            if record[0] <= room:
                del records[i]
                p.records_ms -= record[0]
                self.write(p, *record)
                return True
        if room < MINUTE:
            return False
        p.records_ms -= room
        self.write_part(p, records, room)
        return True

    def write_part(self, p, records, part):
        minutes, *record = records[0]
        records[0] = (minutes - part, *record)
        p.sums[RECORDS_AWAY] += part
        p.clock += part

    def write_closing(self, p, limit):
        """Write what the shift ends with, and then what waits, until the limit."""
        while p.clock < limit and p.closing:
            p.closing_ms -= self.write_first(p, p.closing, limit - p.clock)
        while p.clock < limit and p.records:
            p.records_ms -= self.write_first(p, p.records, limit - p.clock)

    def write_first(self, p, records, room):
        """Return for how long the first record was written."""
        minutes = records[0][0]
        if minutes > room:
            self.write_part(p, records, room)
            return room
        self.write(p, *records.popleft())
        return minutes

    # ---- the end of a shift -------------------------------------------------------

    def office_work(self, p):
        """The way back, and once in a shift the paperwork; say whether there was any."""
        before = p.clock
        if p.travelled:
            leg = int(self.random.lognormvariate(self.leg_mu, self.leg_sigma) + 0.5)
            p.travelled = False
            p.sums[TRAVEL] += leg
            p.clock += leg
        if not p.office:
            p.office = True
            p.sums[ADMINISTRATION] += self.administration
            p.clock += self.administration
        return p.clock > before

    def end_shift(self, p):
        """Say whether the worker has gone home; otherwise the clock was moved."""
        while p.route:
            self.put_off(p.route.popleft()[1])
        if self.office_work(p):
            return False
        if p.records or p.closing:
            before, limit = p.clock, p.until + self.overtime
            self.write_closing(p, limit)
            if before < p.clock < limit:
                return False
        self.clock_out(p)
        return True

    def put_off(self, v):
        if v[18]:
            self.miss(v)
        else:
            self.postponed.append(v)

    def clock_out(self, p):
        p.here = False
        duty, over = p.clock - p.since, max(p.clock - p.until, 0)
        p.sums[DUTY] += duty
        p.sums[OVERTIME] += over
        if p.temp:
            self.orphans.extend(p.closing)
            self.orphans.extend(p.records)
            p.closing.clear()
            p.records.clear()
            p.closing_ms = p.records_ms = 0
        else:
            p.week_duty += duty
            p.week_overtime += over

    def go_home_ill(self, p):
        p.here = False
        while p.route:
            entry = p.route.popleft()
            if not self.hand_over(entry):
                self.put_off(entry[1])
        p.sums[DUTY] += p.clock - p.since
        p.sums[ABSENT] += p.until - p.clock
        p.week_duty += p.clock - p.since

    def hand_over(self, entry):
        """Give a visit to whoever on duty can begin it first, if somebody can."""
        now, leg, v = self.env.now, self.leg_mean, entry[1]
        taker, earliest = None, NEVER
        for q in self.people:
            if not q.here:
                continue
            free = max(q.clock, now) + leg + sum(x[3] + leg for _, x in q.route)
            start = max(free, v[1])
            if start < earliest and start + v[3] <= q.until + self.overtime:
                taker, earliest = q, start
        if taker is None:
            return False
        taker.route.append(entry)
        if taker.idle:
            taker.idle = False
            taker.process.interrupt()
        return True


@dataclass(frozen=True)
class Style:
    visits: object  # how the visits of a day are drawn
    plan: object  # how they are dealt out
    chains: bool  # one event for what nothing can interrupt


STYLES = {
    "textbook": Style(Unit.visits_one_by_one, Unit.plan_by_cost, False),
    "phases": Style(Unit.visits_at_once, Unit.plan_by_numpy, False),
    "numpy": Style(Unit.visits_at_once, Unit.plan_by_numpy, True),
    "chains": Style(Unit.visits_at_once, Unit.plan_by_loop, True),
}


def simulate(district, weeks, seed, style="chains"):
    """Simulate one replication from its first day; the time is that of `env.run`."""
    env = simpy.Environment()
    unit = Unit(district, env, weeks, seed, STYLES[style])
    gc.collect()
    gc.disable()  # there are no cycles to be found: worth 4 %
    started = time.process_time()
    env.run(until=weeks * WEEK)
    unit.close_day(weeks * WEEK)
    seconds = time.process_time() - started
    gc.enable()

    spent = [sum(column) for column in zip(*(p.sums for p in unit.people), strict=True)]
    per_worker_week = MINUTE * weeks * district.workers
    return {
        "seconds": seconds,
        "visits": unit.given + unit.missed,
        "missed": unit.missed,
        "missed_share": unit.missed / (unit.given + unit.missed),
        "late_share": unit.late / unit.given,
        "unmet_hours": unit.unmet / HOUR / weeks,
        "overtime_hours": spent[OVERTIME] / HOUR / weeks,
        "undetected": 1000 * unit.undetected / unit.given,
        "ms": dict(zip(ACTIVITIES, spent, strict=True)),
        "minutes": {
            name: x / per_worker_week for name, x in zip(ACTIVITIES, spent, strict=True)
        },
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weeks", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--style", choices=STYLES, default="chains")
    args = parser.parse_args()
    district = build(tb.preset("home_care/npm"))
    found = simulate(district, args.weeks, args.seed, args.style)
    print(f"{1e9 * found['seconds'] / found['visits']:,.0f} ns of processor time a visit")
    for name, x in found["minutes"].items():
        print(f"{name:18} {x:9.2f} minutes per worker and week")
    print(f"{found['missed_share']:.2%} missed, {found['late_share']:.2%} late")


if __name__ == "__main__":
    main()
