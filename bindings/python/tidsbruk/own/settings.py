"""From what was found to the settings of a scenario, and what is to be said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidsbruk.own.days import DAY
from tidsbruk.own.estimates import Estimate

if TYPE_CHECKING:
    from tidsbruk.own.calls import Call
    from tidsbruk.own.days import Shift, Window
    from tidsbruk.own.estimates import Fitted
    from tidsbruk.own.need import Need
    from tidsbruk.own.roster import Roster
    from tidsbruk.own.visits import Group, Visits

REPLACED = ("staff", "shifts", "clients", "windows")  # lists of the base that go
TEMP_PACE, CUT = (0.5, 3.0), (0.0, 0.9)  # what these settings take
WEEKDAYS = ("weekdays", "saturdays", "sundays")
DAYS = ("Monday to Friday", "Saturdays", "Sundays")


def _value(e: Estimate, value: float | None = None, note: str = "") -> dict[str, Any]:
    """A setting with where it comes from."""
    said: dict[str, Any] = {"value": e.value if value is None else value}
    said["grade"] = "estimated"
    if value is None and e.error > 0:
        said |= {"low": max(e.low, 0.0), "high": e.high}
    said["note"] = (
        note or f"{e.how or e.name}: {e.n:,} values, standard error {e.error:.2g}"
    )
    return said


def _assumed(value: Any, note: str) -> dict[str, Any]:
    return {"value": value, "grade": "assumed", "note": note}


def _counted(value: Any, note: str) -> dict[str, Any]:
    return {"value": value, "grade": "estimated", "note": note}


def _law(f: Fitted) -> dict[str, Any]:
    note = f"{f.n:,} values: {f.said}"
    return {**f.law, "source": {"grade": "estimated", "note": note}}


def _lognormal(mean: float, cv: float, note: str) -> dict[str, Any]:
    source = {"grade": "estimated", "note": note}
    if cv < 0.002:
        return {"kind": "constant", "mean": mean, "source": source}
    return {"kind": "lognormal", "mean": mean, "cv": cv, "source": source}


# Visits -------------------------------------------------------------------------------


def visit_settings(v: Visits) -> dict[str, Any]:
    """Nested tables, as `Scenario.replace` takes them."""
    made: dict[str, Any] = people_settings(v)
    made["clients"] = {name: _clients(g, v) for name, g in v.groups.items()}
    made["windows"] = _windows(v)
    if v.legs:
        made["travel"] = {"kind": "law", "leg": _law(v.legs)}
    made["regime"] = {"grants": _grants(v)}
    absence = _absence(v.roster, v) if v.roster and v.roster.absent else {}
    if v.temp_pace:
        absence["temp_pace"] = _value(_within(v.temp_pace, *TEMP_PACE))
    if absence:
        made["absence"] = absence
    if v.cut:
        made["visits"] = {"pressure_shortening": _value(_within(v.cut, *CUT))}
    if v.calls:
        made["services"] = {name: _service(c, v) for name, c in v.calls.items()}
    return _rounded(made)  # type: ignore[no-any-return]


def _within(e: Estimate, low: float, high: float) -> Estimate:
    """An estimate whose value a setting takes."""
    return e._replace(value=min(max(e.value, low), high))


def _service(c: Call, v: Visits) -> dict[str, Any]:
    """Calls: how often and how long they are; all else is assumed."""
    made: dict[str, Any] = {
        "role": c.role or _only_role(v),
        "arrival": "rate",
        "per_hour": _value(c.per_hour),
        "minutes": _law(c.minutes),
        "travel": _assumed(str(v.base["travel.kind"]) != "none", "as to visits"),
    }
    if c.profile:
        made["profile"] = _counted(c.profile, f"when calls are begun: {c.said}")
    return made


def _only_role(v: Visits) -> str:
    roles = list(v.staff)
    return roles[0] if len(roles) == 1 else ""


def _rounded(value: Any) -> Any:
    """Six digits of every number: more say nothing, and files show these."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list) else value


def _clients(g: Group, v: Visits) -> dict[str, Any]:
    limit = float(g.granted.mean.value * (1 + 6 * max(g.granted.cv.value, 0.1)))
    made: dict[str, Any] = {
        "role": g.role or _only_role(v),
        "count": _counted(g.clients, f"clients there on average, in {v.weeks} weeks"),
        "granted_hours": _law(g.granted),
        "granted_hours_limit": _assumed(min(limit, 168.0), "beyond all of them"),
        "visit_minutes": _law(g.minutes),
        "two_carers": _value(g.two_carers),
    }
    if g.weekdays:
        made["days"] = _counted("weekdays", "no visit is planned at a weekend")
    n = g.need
    if n:
        told = f"{n.n:,} visits of {n.of} clients"
        clients = n.clients if n.clients == n.clients else 0.0
        made["need_ratio"] = _lognormal(n.mean, clients, told)
        made["need_variation"] = _lognormal(1.0, n.visits, told)
    if g.no_show:
        made["no_show"] = _value(g.no_show)
        if v.in_vain:
            made["no_show_minutes"] = _value(_within(v.in_vain, 0.0, 240.0))
    return made


def _grants(v: Visits) -> dict[str, Any]:
    fill = _assumed(0.0, "not to be told from need; what is given is taken for need")
    none = _counted(0.0, "visits do not end on the minute of their grant")
    if not v.binding:
        return {"binding": none, "fill": fill}
    told = _value(v.binding)
    told["note"] = (
        "of visits that need more than their grant, those that end on the minute of it; "
        f"standard error {v.binding.error:.2g}"
    )
    # an account of saved minutes would let visits go beyond their own grant
    minutes = _counted("minutes", "visits are held to their own minutes")
    return {"granularity": minutes, "binding": told, "fill": fill}


def _windows(v: Visits) -> dict[str, Any]:
    how = "as the table says" if v.windows_told else "by when visits are planned"
    shifts = [s for kinds in v.shifts.values() for s in kinds]
    made = {}
    for found in v.windows:
        w, moved = served(found, shifts)
        made[f"w{w.order}_{w.opens // 60:02}{w.opens % 60:02}"] = {
            "opens": _counted(w.opens, how + moved),
            "closes": _counted(w.closes, how + moved),
            "order": w.order,
        }
    return made


def served(w: Window, shifts: list[Shift]) -> tuple[Window, str]:
    """A window as the shifts of a day see it, and what was done to it, in words.

    After midnight a shift that began the evening before is on duty: its window is of the
    day before, and opens above 1440. Where nobody is on duty, it is the window that is
    nearest to it in time, at the begin or the end of a shift.

    Examples
    --------
    >>> from tidsbruk.own.days import Shift, Window
    >>> night = Shift("night", 1380, 0, 480, 0, (1, 1, 1), (0, 0, 0), 9)
    >>> served(Window(240, 360, 2), [night])
    (Window(opens=1680, closes=1800, order=2), '; of the night before')
    """
    wanted = [s for s in shifts if sum(map(round, s.wanted))] or shifts
    night = w._replace(opens=w.opens + DAY, closes=w.closes + DAY)
    for seen, told in ((w, ""), (night, "; of the night before")):
        if any(s.starts < seen.closes and seen.opens < s.ends for s in wanted):
            return seen, told
    long = w.closes - w.opens
    near = [
        seen._replace(opens=opens, closes=opens + long)
        for seen in (w, night)
        for s in wanted
        for opens in (round(s.starts), max(round(s.ends) - long, 0))
    ]
    moved = min(near, key=lambda m: abs((m.opens - w.opens + DAY // 2) % DAY - DAY // 2))
    told = f"; moved from {w.opens} to {w.closes}, when nobody is on duty"
    return moved, told


def people_settings(v: Visits | Roster, base: Any = None) -> dict[str, Any]:
    """Staff and shifts."""
    base = v.base if base is None and hasattr(v, "base") else base
    wage = _wage(base)
    roster = getattr(v, "roster", v)
    factor = 1.0 if roster or base is None else 1 / _came(base)
    staff = {
        role: {"role": role, "count": _counted(count, "who was seen"), **wage}
        for role, count in v.staff.items()
    }
    several = len(v.shifts) > 1
    shifts = {}
    for role, kinds in v.shifts.items():
        for s in kinds:
            name = f"{role}_{s.name}"[:40] if several else s.name
            shifts[name] = _shift(s, role, factor, base)
    return {"staff": staff, "shifts": shifts}


def _wage(base: Any) -> dict[str, Any]:
    paths = [] if base is None else [p for p in base if p.startswith("staff.")]
    wages = [float(str(base[p])) for p in paths if p.endswith(".wage")]
    return {"wage": _assumed(wages[0], "of the base")} if wages else {}


def _came(base: Any) -> float:
    """Share of wanted shifts that somebody came for, by the base."""
    between = float(str(base["absence.days_between"]))
    if between <= 0:
        return 1.0
    spell = base.law_mean("absence.spell_days")
    away = spell / (spell + between)
    return 1 - float(away) * (1 - float(str(base["absence.fill"])))


def _shift(s: Shift, role: str, factor: float, base: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "role": role,
        "starts": _counted(round(s.starts, 2) % 1440, f"{s.n:,} shifts"),
        "minutes": _counted(round(s.minutes, 2), f"{s.n:,} shifts"),
    }
    for name, mean, error in zip(WEEKDAYS, s.wanted, s.wanted_error, strict=True):
        note = f"{mean:.2f} a day were there, standard error {error:.2g}"
        if factor != 1:
            note += f"; wanted are {factor:.3f} times as many, by the absence of the base"
        made[name] = _counted(round(mean * factor), note)
    share = f"shifts.{s.name}.meeting_share"
    if base is not None and share in list(base):
        made["meeting_share"] = float(str(base[share]))
    return made


def _absence(roster: Roster, v: Visits) -> dict[str, Any]:
    days = days_between(v)
    made: dict[str, Any] = {}
    if days:
        made["days_between"] = _value(days)
    if roster.filled:
        made["fill"] = _value(roster.filled)
    return made


def days_between(v: Visits) -> Estimate | None:
    """Days between spells, from the share of shifts missed and the spells of the base."""
    absent = v.roster.absent if v.roster else None
    if absent is None or not 0 < absent.value < 1:
        return None
    spell = v.base.law_mean("absence.spell_days")
    a = absent.value
    return Estimate(
        "days between spells",
        spell * (1 - a) / a,
        spell / (a * a) * absent.error,
        "days",
        absent.n,
        "absence.days_between",
        f"{a:.1%} of shifts were missed; spells of {spell:.1f} days are the base's",
    )


def roster_settings(roster: Roster) -> dict[str, Any]:
    """What a roster alone decides."""
    made = people_settings(roster)
    if roster.filled:
        made["absence"] = {"fill": _value(roster.filled)}
    return made


# What is said -------------------------------------------------------------------------


def every_estimate(v: Visits) -> list[Estimate]:
    """Every number, in the order of the report."""
    found: list[Estimate] = []
    for g in v.groups.values():
        path = f"clients.{g.name}"
        found += [
            Estimate("clients", g.clients, 0, "clients", g.clients, f"{path}.count"),
            g.weekly,
            *(g.granted.mean, g.granted.cv, g.minutes.mean, g.minutes.cv),
            *(_of_need(g.need, path) if g.need else []),
            g.two_carers,
            *_of_no_show(g, v),
        ]
    found += [e for e in (v.binding, v.temp_pace, v.cut) if e]
    for call in v.calls.values():
        found += [call.per_hour, call.minutes.mean, call.minutes.cv]
    if v.legs:
        found += [v.legs.mean, v.legs.cv]
    for role, count in v.staff.items():
        path = f"staff.{role}.count"
        found.append(Estimate(f"{role}: workers", count, 0, "workers", count, path))
    for kinds in v.shifts.values():
        for s in kinds:
            found += _of_shift(s)
    if v.roster:
        between = days_between(v)
        found += [e for e in (v.roster.absent, v.roster.filled, between) if e]
    shares = (v.missed, v.late, v.temps, v.carers)
    return found + [e for e in shares if e]


def _of_need(n: Need, path: str) -> list[Estimate]:
    ratio, variation = f"{path}.need_ratio", f"{path}.need_variation"
    return [
        Estimate("need over grant", n.mean, n.mean_error, "", n.n, f"{ratio}.mean"),
        Estimate(
            "cv of it between clients",
            n.clients,
            n.clients_error,
            "",
            n.of,
            f"{ratio}.cv",
        ),
        Estimate(
            "cv of it between visits",
            n.visits,
            n.visits_error,
            "",
            n.n,
            f"{variation}.cv",
        ),
    ]


def _of_no_show(g: Group, v: Visits) -> list[Estimate]:
    if not g.no_show:
        return []
    path = f"clients.{g.name}.no_show_minutes"
    return [g.no_show, *([v.in_vain._replace(path=path)] if v.in_vain else [])]


def _of_shift(s: Shift) -> list[Estimate]:
    path = f"shifts.{s.name}"
    starts, minutes = f"{s.name} shift starts", f"{s.name} shift lasts"
    found = [
        Estimate(starts, s.starts, s.starts_error, "min", s.n, f"{path}.starts"),
        Estimate(minutes, s.minutes, s.minutes_error, "min", s.n, f"{path}.minutes"),
    ]
    for key, day, mean, error in zip(
        WEEKDAYS, DAYS, s.wanted, s.wanted_error, strict=True
    ):
        name = f"{s.name} shifts, {day}"
        found.append(Estimate(name, mean, error, "a day", s.n, f"{path}.{key}"))
    return found


def said(v: Visits) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What was assumed, and what these data cannot tell, with why."""
    base = v.base.title or "the base"
    assumed = [
        (
            "everything that no visit shows",
            f"records, meetings, errors, control, money: as in «{base}»",
        ),
        (
            "clients",
            "are those who were visited; whoever was there for part of the weeks "
            "counts in part",
        ),
        (
            "need of a visit",
            "is lognormal, a factor of the client times one of the visit",
        ),
    ]
    if v.presence:
        assumed.append(
            (
                "records at the client",
                f"{v.presence:.2f} min of each visit, by the base, are writing, no care",
            )
        )
    if v.cut is None and float(str(v.base["visits.pressure_shortening"])) > 0:
        assumed.append(
            ("cut under pressure", "too few visits begin behind the plan: as in the base")
        )
    if v.calls:
        assumed.append(
            (
                "calls",
                "come at random at the rates at which they were begun, are served by "
                "whoever of the role is free, after a way as to any visit, and wait for "
                "ever",
            )
        )
    if not v.windows_told:
        assumed.append(
            ("windows", "are two hours wide, from when visits are planned to start")
        )
    if v.legs:
        assumed.append(
            (
                "a way",
                "is the gap after a visit that ended when the next was already due, the "
                f"middle of the shift left out: {len(v.gaps.minutes):,} of "
                f"{v.gaps.gaps:,} gaps ({v.gaps.left_out}); whatever else is done "
                "between two doors counts as way",
            )
        )
    if v.roster is None:
        assumed.append(
            (
                "shifts",
                "begin and end as far from the first and last visit of most days as "
                "handovers, meetings, paperwork and a way take in the base, to a quarter",
            )
        )
        assumed.append(("workers wanted", "are who came, and who was absent in the base"))
    return assumed, _unknown(v)


def _unknown(v: Visits) -> list[tuple[str, str]]:
    found = []
    if v.binding:
        told = (
            "Of a visit that ends on the minute of its grant, need is known to be no "
            "less. How much more rests on the shape of the law."
        )
    else:
        told = (
            "Visits do not end on the minute of their grant, so nothing is held back by "
            "it: need is taken to be what was given."
        )
    if v.heaps.are_there:
        told += (
            " Times are rounded by hand, so that a visit that was held is hardly told "
            "from one that took about as long: binding is uncertain beyond its error."
        )
    found.append(("need beyond the grant", told))
    found.append(
        (
            "fill: grants used up without need",
            "It looks like need. It is set to 0, and need may be too high by it.",
        )
    )
    if not any(g.no_show for g in v.groups.values()):
        told = "No row says that nobody was at home: no_show is 0."
        found.append(("visits in vain", told))
    elif v.in_vain is None:
        told = "Their rows say no start and end: no_show_minutes is 0."
        found.append(("minutes at a door that nobody opened", told))
    if v.calls:
        told = (
            "The table says when somebody came, not when a call was made: waits, "
            "patience and calls that nobody took are not known, nor what is put off for "
            "a call."
        )
        found.append(("calls", told))
    if v.legs is None:
        found.append(
            (
                "ways",
                f"Only {len(v.gaps.minutes)} of {v.gaps.gaps} gaps between visits ended "
                "late enough to hold nothing but the way; those of the base are kept.",
            )
        )
    if v.roster is None:
        found.append(("absence", "No roster says who should have come."))
        found.append(("shifts", "First and last visits bound them from within."))
    elif v.roster.absent is None:
        found.append(("absence", "The roster has no column that says who was absent."))
    else:
        found.append(
            (
                "how long spells of absence last",
                "A roster shows shifts that were missed, no days between them; the law "
                "of the base is kept, and only the share of shifts is matched.",
            )
        )
    found.append(
        ("errors, records, gaps on duty", "No visit shows them; they are the base's.")
    )
    return found
