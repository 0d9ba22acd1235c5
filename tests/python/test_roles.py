"""How roles spend their time, and three ways in which a route can be too long."""

import pytest
import tidsbruk as tb

np = pytest.importorskip("numpy")

CATEGORIES = {
    "direct": {"care_needed", "care_surplus"},
    "records": {"records_presence", "records_away"},
    **{
        name: {name}
        for name in (
            *("indirect", "travel", "meetings", "dialogue", "control", "administration"),
            *("development", "breaks", "idle"),
        )
    },
}

# Two roles in three groups, absence with temps, duties of every kind.
TWO_ROLES = {
    "horizon": {"weeks": 2, "warmup_weeks": 1},
    "staff": {
        "nurses": {"role": "nurse", "count": 6},
        "helpers": {"role": "helper", "count": 10},
        "students": {"role": "helper", "count": 3},
        "others": {"count": 2},
    },
    "shifts": {
        "day": {"role": "helper", "starts": 450, "weekdays": 5, "saturdays": 3},
        "ward": {"role": "nurse", "starts": 450, "weekdays": 2, "sundays": 2},
        "late": {"starts": 900, "weekdays": 3, "saturdays": 3, "sundays": 3},
    },
    "duty": {
        "break_minutes": 30,
        "handover_minutes": 10,
        "administration_minutes": 15,
        "meeting_minutes_per_week": 30,
        "development_from_minutes": 40,
    },
    "absence": {"days_between": 20, "spell_days": 3, "fill": 0.6},
    "clients": {
        "ill": {"role": "nurse", "count": 20, "granted_hours": 2, "visit_minutes": 20},
        "old": {"count": 30, "granted_hours": 3, "visit_minutes": 30},
    },
    "windows": {
        "morning": {"opens": 480, "closes": 660, "order": 1},
        "evening": {"opens": 960, "closes": 1200, "order": 2},
    },
    "travel": {"kind": "law", "leg": "lognormal(mean=6, cv=0.5)"},
    "obligations": {
        "note": {"minutes": "lognormal(mean=4, cv=1)", "timing": "when_idle"},
        "talk": {"trigger": "shift", "channel": "oral", "minutes": 5},
    },
    "regime": {
        "teams": {"meeting_minutes": 10},
        "control": {"audits_per_month": 9, "audit_minutes": 60},
    },
}


@pytest.fixture(scope="module")
def two_roles():
    return tb.Scenario(TWO_ROLES)


@pytest.fixture(scope="module")
def run(two_roles):
    return tb.run({"unit": two_roles}, replications=3, seed=5)


@pytest.fixture(scope="module")
def logged(two_roles):
    """Ms of each category and of duty, by role, from the log of replication 1."""
    log = tb.trace(two_roles, seed=5, replication=1).to_pandas()
    log = log[log.end > 0].assign(start=log.start.clip(lower=0))
    group = log.worker.astype(str).str.partition("/")[0]
    role = group.map(
        {"nurses": "nurse", "helpers": "helper", "students": "helper", "others": ""}
    )
    spent = (log.end - log.start).groupby([role, log.activity.astype(str)]).sum()
    return lambda role, names: sum(int(spent.get((role, name), 0)) for name in names)


@pytest.mark.parametrize("role", ["nurse", "helper"])
@pytest.mark.parametrize("category", CATEGORIES)
def test_time_by_role_is_that_of_the_log(run, logged, role, category):
    name = f"time.{category}_share.role.{role}"
    assert logged("helper", CATEGORIES[category]) > 0
    assert run.column("unit", name, "numerator")[1] == logged(role, CATEGORIES[category])
    assert run.column("unit", name, "denominator")[1] == logged(role, {"duty"})


@pytest.mark.parametrize("role", ["nurse", "helper"])
def test_the_shares_of_a_role_sum_to_one(run, role):
    ratios = [run.column("unit", f"time.{c}_share.role.{role}") for c in CATEGORIES]
    assert np.sum(ratios, axis=0) == pytest.approx(1)


def test_duty_by_role_is_per_worker_of_the_role(run, logged):
    for role, workers in (("nurse", 6), ("helper", 13)):
        minutes = run.column("unit", f"time.duty_minutes.role.{role}")[1]
        duty = logged(role, {"duty"})
        assert minutes == pytest.approx(duty / 60000 / (2 * workers))


def test_who_has_no_role_is_in_no_role(run, two_roles):
    assert not [name for name in run.outcomes if name.endswith(".role.")]
    duty = [
        run.column("unit", f"time.direct_share.role.{r}", "denominator")
        for r in ("nurse", "helper")
    ]
    whole = run.column("unit", "time.direct_share", "denominator")
    assert (np.sum(duty, axis=0) < np.asarray(whole)).all()
    everybody = two_roles.replace({"staff.others.role": "other"})
    again = tb.run({"unit": everybody}, replications=3, seed=5)
    duty.append(again.column("unit", "time.direct_share.role.other", "denominator"))
    assert np.sum(duty, axis=0) == pytest.approx(np.asarray(whole), rel=1e-15)


def test_roles_of_all_scenarios_stand_side_by_side(two_roles):
    other = two_roles.replace({"staff.students.role": "carer"})
    result = tb.run({"a": two_roles, "b": other}, replications=2)
    assert result.estimate("a", "time.duty_minutes.role.carer").mean == 0
    helpers = result.estimate("b", "time.duty_minutes.role.helper").mean
    assert helpers > 0
    alone = tb.run({"b": other}, replications=2)
    assert alone.estimate("b", "time.duty_minutes.role.helper").mean == helpers


def test_weeks_by_role_sum_to_the_run(two_roles, run):
    weekly = tb.run({"unit": two_roles}, replications=3, seed=5, weekly=True)
    for part in ("numerator", "denominator"):
        rows = weekly.column("unit", "time.travel_share.role.helper", part)
        whole = run.column("unit", "time.travel_share.role.helper", part)
        assert np.reshape(rows, (3, 2)).sum(axis=1) == pytest.approx(list(whole))


# One worker, one client, two visits a day of 30 minutes at 8:00 and 9:00; the way is 5.
ROUTE = {
    "horizon": {"weeks": 1},
    "staff": {"carer": {"count": 1}},
    "shifts": {"day": {"starts": 450, "minutes": 165, "weekdays": 1}},
    "clients": {"one": {"count": 1, "granted_hours": 7, "visit_minutes": 30}},
    "windows": {
        "first": {"opens": 480, "closes": 540, "order": 1},
        "second": {"opens": 540, "closes": 600, "order": 2},
    },
    "travel": {"kind": "law", "leg": 5},
}


@pytest.mark.parametrize(
    ("changes", "late", "overrun", "overtime"),
    [
        ({}, 0, 0, 0),  # 8:00-8:30, 9:00-9:30, at the office 9:35, home 10:15
        ({"clients.one.need_ratio": 1.03}, 0, 0, 0),  # 9:30:54
        ({"clients.one.need_ratio": 1.04}, 1, 0, 0),  # 9:31:12
        ({"clients.one.need_ratio": 2.5}, 1, 1, 1),  # the second ends at 10:35
        ({"duty.administration_minutes": 41}, 0, 0, 1),  # the route was on time
        ({"travel.leg": 30, "shifts.day.starts": 430}, 0, 0, 1),  # the way back
    ],
)
def test_routes_that_took_too_long(changes, late, overrun, overtime):
    result = tb.run({"unit": tb.Scenario(ROUTE).replace(changes)}, replications=1)
    found = [
        result.estimate("unit", f"staff.{name}_share").mean
        for name in ("late_route", "overrun", "overtime_shift")
    ]
    assert found == [late, overrun, overtime]
