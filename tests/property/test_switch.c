/* The estimand "switch": one history under the baseline, and then each arm its own way. */
#include <criterion/criterion.h>
#include <string.h>

#include "../unit/scenarios.h"
#include "life.h"
#include "random_scenario.h"
#include "reform.h"
#include "tidsbruk/run.h"

enum { RANDOM = 120 };

static tb_plan plan_of(tb_estimand estimand)
{
    tb_plan plan = TB_PLAN_INIT;

    plan.replications = 2;
    plan.threads = 1;
    plan.seed = 71;
    plan.weeks = 2;
    plan.warmup = 2;
    plan.weekly = 1;
    plan.estimand = estimand;
    return plan;
}

static tb_result *run(const tb_scenario *a, const tb_scenario *b, const tb_plan *plan)
{
    const tb_scenario *const pair[] = {a, b};
    tb_result *r = NULL;
    tb_error err = {.status = TB_OK};

    cr_assert_eq(tb_run(pair, b ? 2 : 1, plan, &r, &err), TB_OK, "%s", err.message);
    cr_assert_eq(tb_result_estimand(r), plan->estimand);
    return r;
}

/* Rows of a scenario of one result and of another are equal to the last bit; outcomes that only one
 * has are left out. */
static void expect_rows(const char *name, const tb_result *a, int s, const tb_result *b,
                        int t)
{
    const int64_t n = tb_result_replications(a) * tb_result_weeks(a);

    for (int o = 0; o < tb_result_outcomes(a); o++) {
        tb_outcome outcome;
        int at;

        cr_assert_eq(tb_result_outcome(a, o, &outcome, NULL), TB_OK);
        at = tb_result_find(b, outcome.name);
        for (int p = 0; p < 3 && at >= 0; p++)
            cr_assert_eq(memcmp(tb_result_column(a, o, p) + s * n,
                                tb_result_column(b, at, p) + t * n,
                                (size_t)n * sizeof(double)),
                         0, "%s: %s", name, outcome.name);
    }
}

/* The whole switch is gone through: the second arm is compiled on its own. */
static void changes_nothing(tb_scenario *s, const char *name)
{
    const tb_plan standing = plan_of(TB_STANDING), plan = plan_of(TB_SWITCH);
    tb_result *alone = run(s, NULL, &standing), *both = run(s, s, &plan);

    expect_rows(name, alone, 0, both, 0);
    expect_rows(name, alone, 0, both, 1);
    cr_assert_eq(tb_result_hash(alone, 0), tb_result_hash(both, 0));
    cr_assert_neq(tb_result_hash(alone, 0), tb_result_hash(both, 1));
    tb_result_free(alone);
    tb_result_free(both);
}

Test(switch, between_equal_scenarios_changes_nothing)
{
    each_scenario(2, RANDOM, changes_nothing);
}

static int reforms, moved;

/* The ledger is checked at the end of every life: a run that is TB_OK has it exact. */
static void goes_on(tb_scenario *s, const char *name)
{
    static uint64_t number;
    const tb_plan plan = plan_of(TB_SWITCH), standing = plan_of(TB_STANDING);
    tb_scenario *other = random_scenario(5000 + number++), *arm = NULL;
    tb_result *r, *alone;

    cr_assert_eq(tb_scenario_copy(s, &arm, NULL), TB_OK);
    reform(arm, other);
    r = run(s, arm, &plan);
    alone = run(s, NULL, &standing);
    expect_rows(name, alone, 0, r, 0); /* whatever the other arm brings */
    reforms++;
    moved += memcmp(tb_result_column(r, 0, 1), tb_result_column(r, 0, 1) + 4,
                    4 * sizeof(double)) != 0;
    tb_result_free(r);
    tb_result_free(alone);
    tb_scenario_free(arm);
    tb_scenario_free(other);
}

Test(switch, to_anything_keeps_the_books_and_the_baseline)
{
    each_scenario(2, RANDOM, goes_on);
    cr_assert_gt(moved, reforms / 2, "%d of %d reforms moved something", moved, reforms);
}

static void change(tb_scenario *s)
{
    put(s, "obligations.extra.trigger", "visit");
    put(s, "obligations.extra.minutes", "3");
    put(s, "obligations.extra.timing", "at_once");
    put(s, "regime.teams.meeting_minutes", "10");
}

static void unstrained(tb_scenario *s)
{
    put(s, "regime.wellbeing.overtime_on_strain", "0");
    put(s, "regime.wellbeing.pressure_on_strain", "0");
    put(s, "regime.wellbeing.records_on_strain", "0");
}

/* Needs of the measured weeks, as a sum over visits that were given or missed. */
Test(switch, the_needs_stay_the_same)
{
    tb_scenario *a = district(), *b = district();
    const tb_plan plan = plan_of(TB_SWITCH);
    const double *need;
    tb_result *r;

    put(a, "visits.unfinished", "drop");
    put(b, "visits.unfinished", "drop");
    change(b);
    r = run(a, b, &plan);
    need = tb_result_column(r, tb_result_find(r, "citizen.unmet_share"), 2);
    for (int i = 0; i < 4; i++) {
        cr_assert_gt(need[i], 0);
        cr_assert_eq(need[i], need[4 + i]);
    }
    tb_result_free(r);
    tb_scenario_free(a);
    tb_scenario_free(b);
}

/* Without feedbacks a unit with slack forgets: the arm becomes the one that was always so. */
Test(switch, a_short_memory_ends_in_the_standing_regime)
{
    tb_scenario *a = district(), *b = district();
    tb_plan plan = plan_of(TB_SWITCH), standing = plan_of(TB_STANDING);
    tb_result *switched, *settled;

    unstrained(a);
    unstrained(b);
    put(a, "planning.continuity", "0");
    put(b, "planning.continuity", "0");
    change(b);
    plan.weeks = standing.weeks = 8;
    switched = run(a, b, &plan);
    settled = run(a, b, &standing);
    for (int o = 0; o < tb_result_outcomes(switched); o++)
        for (int i = 0; i < 2; i++) {
            const double *x = tb_result_column(switched, o, 1) + (2 + i) * 8;
            const double *y = tb_result_column(settled, o, 1) + (2 + i) * 8;

            for (int week = 1; week < 8; week++)
                cr_assert_eq(x[week], y[week], "outcome %d: %g, %g", o, x[week], y[week]);
        }
    tb_result_free(switched);
    tb_result_free(settled);
    tb_scenario_free(a);
    tb_scenario_free(b);
}

/* Strain of the warm-up is still there in week 0. */
Test(switch, the_state_carries_over)
{
    tb_scenario *a = district(), *b = district();
    tb_plan plan = plan_of(TB_SWITCH), standing = plan_of(TB_STANDING);
    tb_result *switched, *settled;
    int strain;

    unstrained(a);
    unstrained(b);
    put(a, "regime.wellbeing.records_on_strain", "1");
    put(a, "regime.wellbeing.strain_half_life_weeks", "8");
    put(b, "regime.wellbeing.strain_half_life_weeks", "8");
    plan.warmup = standing.warmup = 12;
    switched = run(a, b, &plan);
    settled = run(a, b, &standing);
    strain = tb_result_find(settled, "staff.strain");
    cr_assert_eq(tb_result_column(settled, strain, 0)[4], 0);
    cr_assert_gt(tb_result_column(switched, strain, 0)[4],
                 0.7 * tb_result_column(switched, strain, 0)[0]);
    cr_assert_gt(tb_result_column(switched, strain, 0)[0], 0);
    tb_result_free(switched);
    tb_result_free(settled);
    tb_scenario_free(a);
    tb_scenario_free(b);
}

/* Minutes of control a worker in week 0 of an arm whose `path` is put, and of the same that was always
 * so; the baseline looks at no record. */
static void control_of_week_0(const char *path, const char *before, const char *after)
{
    tb_scenario *a = NULL, *b = NULL;
    tb_plan plan = plan_of(TB_SWITCH), standing = plan_of(TB_STANDING);
    tb_result *switched, *settled;

    cr_assert_eq(tb_scenario_preset("home_care/npm", &a, NULL), TB_OK);
    put(a, "regime.control.review_minutes", "4");
    put(a, path, before);
    cr_assert_eq(tb_scenario_copy(a, &b, NULL), TB_OK);
    put(b, path, after);
    plan.warmup = standing.warmup = 20;
    switched = run(a, b, &plan);
    settled = run(a, b, &standing);
    for (int i = 0; i < 2; i++) {
        const int column = tb_result_find(settled, "time.control_minutes");
        const double none = tb_result_column(settled, column, 0)[2 * i],
                     always = tb_result_column(settled, column, 0)[4 + 2 * i],
                     now = tb_result_column(switched, column, 0)[4 + 2 * i];

        cr_expect_gt(always, none + 3, "%s: %g, %g", path, always, none);
        cr_expect_float_eq(now, always, 3, "%s: %g, settled %g", path, now, always);
    }
    tb_result_free(switched);
    tb_result_free(settled);
    tb_scenario_free(a);
    tb_scenario_free(b);
}

/* Who begins to look at records begins with those of the last week, not of all the years before. */
Test(switch, control_begins_with_the_last_week)
{
    control_of_week_0("regime.control.review_minutes", "0", "4");
    control_of_week_0("regime.control.record_review", "0", "0.1");
    control_of_week_0("obligations.journal.audited", "nothing", "both");
}

/* Where nobody fell ill before, all are there at the switch, and illness begins with it. */
Test(switch, absence_begins_with_it)
{
    tb_scenario *a = district(), *b = district();
    tb_plan plan = plan_of(TB_SWITCH);
    const double *absent;
    tb_result *r;

    put(a, "absence.days_between", "0");
    put(b, "absence.days_between", "14");
    put(b, "absence.spell_days", "200");
    plan.warmup = 20;
    r = run(a, b, &plan);
    absent = tb_result_column(r, tb_result_find(r, "staff.absence_share"), 0);
    for (int i = 0; i < 4; i++) {
        cr_assert_eq(absent[i], 0);
        cr_assert(0.05 < absent[4 + i] && absent[4 + i] < 0.75, "%g", absent[4 + i]);
    }
    tb_result_free(r);
    tb_scenario_free(a);
    tb_scenario_free(b);
}

static void expect_refused(const char *path, const char *value, const char *word)
{
    tb_scenario *pair[2] = {district(), district()};
    const tb_plan plan = plan_of(TB_SWITCH);
    tb_result *r = NULL;
    tb_error err = {.status = TB_OK};

    put(pair[1], path, value);
    cr_assert_eq(tb_run((const tb_scenario *const *)pair, 2, &plan, &r, &err),
                 TB_ERR_MISMATCH, "%s", path);
    cr_assert_null(r);
    cr_assert_not_null(strstr(err.message, word), "%s", err.message);
    tb_scenario_free(pair[0]);
    tb_scenario_free(pair[1]);
}

/* The pace of a group holds from week 0 on, also for who is on duty then, and for ever after. */
Test(switch, the_pace_of_who_is_on_duty_changes_at_once)
{
    const tb_plan plan = plan_of(TB_SWITCH);
    tb_scenario *pair[2];
    const double *care;
    tb_result *r;

    for (int i = 0; i < 2; i++) {
        cr_assert_eq(tb_scenario_new(&pair[i], NULL), TB_OK);
        put(pair[i], "staff.one.count", "2");
        put(pair[i], "staff.one.roster", "always");
        put(pair[i], "services.call.per_hour", "1");
        put(pair[i], "services.call.minutes", "5");
    }
    put(pair[1], "staff.one.pace", "2");
    r = run(pair[0], pair[1], &plan);
    care = tb_result_column(r, tb_result_find(r, "time.direct_hours"), 1);
    for (int i = 0; i < 4;
         i++) /* what was begun in week 0 or goes on beyond a week is little */
        cr_expect_float_eq(care[4 + i], 2 * care[i], 0.2, "%g h, %g h", care[i],
                           care[4 + i]);
    tb_result_free(r);
    tb_scenario_free(pair[0]);
    tb_scenario_free(pair[1]);
}

Test(switch, another_unit_is_refused)
{
    tb_plan plan = plan_of(TB_SWITCH);
    tb_scenario *s = district();
    tb_result *r;
    tb_log *log;

    expect_refused("staff.nurses.count", "7", "staff.nurses");
    expect_refused("staff.helpers.role", "nurse", "staff.helpers");
    expect_refused("staff.more.count", "1", "staff");
    expect_refused("clients.old.count", "41", "clients.old");
    expect_refused("services.bell.minutes", "1", "services");
    cr_assert_eq(tb_log_run(s, &plan, 0, &log, NULL), TB_ERR_VALUE);
    plan.estimand = (tb_estimand)2;
    cr_assert_eq(tb_run((const tb_scenario *[]){s}, 1, &plan, &r, NULL), TB_ERR_VALUE);
    tb_scenario_free(s);
}

/* The log of an arm tells the same measured minutes as its rows. */
Test(switch, the_log_is_of_the_same_life)
{
    tb_scenario *a = district(), *b = district();
    tb_plan plan = plan_of(TB_SWITCH);
    double sum = 0, duty = 0;
    tb_result *r;
    tb_log *log;

    change(b);
    r = run(a, b, &plan);
    cr_assert_eq(tb_log_switch(a, b, &plan, 1, &log, NULL), TB_OK);
    for (int64_t i = 0; i < tb_log_rows(log); i++) {
        const tb_log_row *row = tb_log_at(log, i);

        if (!strcmp(tb_log_activity(log, row->activity), "duty"))
            sum += (double)(row->end - (row->start > 0 ? row->start : 0)) *
                   (row->end > 0 ? 1 : 0);
    }
    for (int week = 0; week < 2; week++)
        duty += tb_result_column(r, tb_result_find(r, "time.duty_minutes"), 1)[6 + week];
    cr_assert_float_eq(sum / 60000, duty, 1e-6, "%g, %g", sum / 60000, duty);
    tb_log_free(log);
    tb_result_free(r);
    tb_scenario_free(a);
    tb_scenario_free(b);
}

/* Shifts of the new roster, from its first morning on. */
Test(switch, the_new_roster_begins_with_week_0)
{
    tb_scenario *a = district(), *b = district();
    const tb_plan plan = plan_of(TB_SWITCH);
    int begun[14] = {0};
    tb_log *log;

    put(a, "absence.days_between", "0");
    put(b, "absence.days_between", "0");
    put(b, "shifts.day.starts", "480");
    put(b, "shifts.day.weekdays", "5");
    cr_assert_eq(tb_log_switch(a, b, &plan, 0, &log, NULL), TB_OK);
    for (int64_t i = 0; i < tb_log_rows(log); i++) {
        const tb_log_row *row = tb_log_at(log, i);
        const int64_t minute = row->start / 60000;

        if (row->start < 0 || strcmp(tb_log_activity(log, row->activity), "duty"))
            continue;
        cr_assert_neq(minute % 1440, 450, "a shift of the old roster on day %d",
                      (int)(minute / 1440));
        begun[minute / 1440] += minute % 1440 == 480;
    }
    for (int day = 0; day < 14; day++)
        cr_assert_eq(begun[day], day % 7 < 5 ? 5 : 3, "day %d: %d", day, begun[day]);
    tb_log_free(log);
    tb_scenario_free(a);
    tb_scenario_free(b);
}
