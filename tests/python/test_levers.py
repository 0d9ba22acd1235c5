"""Each preset answers its levers as somebody who has worked there would expect.

One setting at a time is moved up; in the same worlds, what it should raise may not fall,
and what it should lower may not rise, by more than chance. What a lever is made for has
to move. Prices, limits and definitions move nothing else at all.
"""

import fnmatch
import math

import pytest
import tidsbruk as tb

WORLDS = 6
CLEAR = 6.9  # standard errors: t of 5 degrees at one in a thousand
SERVICES = sorted(n.split("/")[0] for n in tb.presets() if n.endswith("/npm"))

# Lever, its factor (a text: what it becomes), what has to move, what else may only move
# that way: "+" up, "-" down. A star in an outcome stands for all that have its name.
LEVERS = [
    ("duty.break_minutes", 2, "time.breaks_share +", "staff.overtime_hours +"),
    (
        "duty.administration_minutes",
        3,
        "time.administration_share +",
        "citizen.unmet_hours + staff.overtime_hours + time.direct_share -",
    ),
    (
        "duty.meeting_minutes_per_week",
        "240",
        "time.meetings_share +",
        "citizen.unmet_hours + staff.overtime_hours +",
    ),
    (
        "regime.teams.meeting_minutes",
        "30",
        "time.meetings_share +",
        "citizen.unmet_hours + staff.overtime_hours + citizen.missed_share +",
    ),
    (
        "regime.dialogue.minutes_per_shift",
        "30",
        "time.dialogue_share +",
        "citizen.unmet_hours + staff.overtime_hours + staff.lost_handovers -",
    ),
    (
        "absence.days_between",
        0.25,
        "staff.absence_share +",
        "citizen.unmet_hours + time.duty_hours - staff.full_strength_share -",
    ),
    (
        "absence.fill",
        "1",
        "staff.temp_share +",
        "time.duty_hours + citizen.missed_share - staff.full_strength_share +",
    ),
    (
        "regime.records.detail",
        2,
        "time.records_share +",
        "citizen.unmet_hours + staff.overtime_hours + record.late_share +",
    ),
    (
        "regime.control.audits_per_month",
        "20",
        "time.control_share + control.audits +",
        "citizen.unmet_hours + control.undetected_harm - control.found_share +",
    ),
    (
        "regime.control.detection",
        "0",
        "",
        "control.undetected_harm +",
    ),
    ("errors.per_visit", 4, "control.errors + control.undetected_harm +", ""),
    ("errors.found_by_chance", "0.9", "control.undetected_harm -", ""),
]
# Who asks or pays otherwise, and what is called late: no working minute moves.
STILL = [
    "money.on_costs",
    "money.overtime_supplement",
    "money.temp_factor",
    "money.overhead",
    "money.absence_pay",
    "staff.*.wage",
    "visits.late_after_minutes",
    "services.*.wait_limit_minutes",
    "obligations.*.deadline_hours",
    "obligations.*.citizen_minutes.mean",
]
MINUTES = "time.*_minutes"
COLUMNS = [
    "direct",
    "indirect",
    "travel",
    "records",
    "meetings",
    "dialogue",
    "training",
    "control",
    "administration",
    "development",
    "breaks",
    "idle",
]


def moved(scenario, path, factor):
    """The scenario with a lever elsewhere."""
    if isinstance(factor, str):
        return scenario.replace({path: factor})
    return scenario.replace({path: factor * scenario[path]})


def z_of(result, arm, outcome):
    """The paired difference in standard errors; without any, for sure."""
    d = result.difference("base", arm, outcome)
    if not d.mean:
        return 0.0
    return d.mean / d.standard_error if d.standard_error else math.copysign(99, d.mean)


@pytest.mark.parametrize("service", SERVICES)
def test_levers_move_what_they_should(service):
    base = tb.preset(f"{service}/npm")
    arms = {"base": base} | {p: moved(base, p, f) for p, f, *_ in LEVERS}
    result = tb.run(arms, replications=WORLDS, weeks=4, warmup=2, seed=5)
    for path, _, made_for, else_ in LEVERS:
        for text, needed in ((made_for, True), (else_, False)):
            words = text.split()
            for outcome, sign in zip(words[::2], words[1::2], strict=True):
                z = z_of(result, path, outcome)
                told = f"{path} moves {outcome} by {z:+.1f} standard errors, not {sign}"
                z = z if sign == "+" else -z
                assert z > 0 if needed else z > -CLEAR, told


@pytest.mark.parametrize("service", SERVICES)
def test_prices_and_names_of_what_is_late_move_no_minute(service):
    base = tb.preset(f"{service}/npm")
    still = {}
    for value in base.values():
        if value.is_default or not any(fnmatch.fnmatch(value.path, p) for p in STILL):
            continue
        still[value.path] = base.replace({value.path: 0.5 * base[value.path]})
    result = tb.run({"base": base} | still, replications=1, weeks=2, warmup=0, seed=5)
    assert len(still) > 5
    minutes = [o for o in result.outcomes if fnmatch.fnmatch(o, MINUTES)]
    assert len(minutes) > 10
    for path in still:
        for outcome in minutes:
            columns = [list(result.column(arm, outcome)) for arm in ("base", path)]
            assert columns[0] == columns[1], (path, outcome)


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_counted_adds_up(service):
    """Columns to duty, waits to queues (Little), posts to hours."""
    name = f"{service}/npm"
    r = tb.run({"base": tb.preset(name)}, replications=3, weeks=4, warmup=2, seed=9)

    def get(outcome):
        return r.estimate("base", outcome).mean

    duty = sum(get(f"time.{c}_minutes") for c in COLUMNS)
    assert duty == pytest.approx(get("time.duty_minutes"), rel=1e-9)
    assert sum(get(f"time.{c}_share") for c in COLUMNS) == pytest.approx(1, rel=1e-9)
    assert get("citizen.delivered_hours") <= get("time.direct_hours") * (1 + 1e-9)
    s = tb.preset(name)
    hours = s["money.full_time_hours"] * s["money.full_time_weeks"] / 52
    assert get("staff.fte_duty") == pytest.approx(
        get("time.duty_hours") / hours, rel=1e-9
    )
    for outcome in r.outcomes:
        assert math.isfinite(get(outcome)), outcome
        if "_share" in outcome and outcome != "citizen.delivered_share":
            assert -1e-12 <= get(outcome) <= 1 + 1e-9, outcome

    for service in (
        o.split(".")[2] for o in r.outcomes if o.startswith("citizen.queue.")
    ):
        if comes_again(s, service) or get(f"citizen.queue.{service}") > 3:
            continue  # waits more than once; a queue that grows counts them at the end
        waited = get(f"citizen.calls.{service}") * get(f"citizen.wait.{service}") / 10080
        queue = get(f"citizen.queue.{service}")
        assert queue == pytest.approx(waited, rel=0.15, abs=0.05), service


def comes_again(scenario, service):
    """Whether calls of a service are served more than once, or come from another."""
    services = scenario.to_dict()["services"]
    return "return_probability" in services[service] or any(
        s.get("then") == service for s in services.values()
    )
