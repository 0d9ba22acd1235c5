/* Busy, and asked for: two shares that are not one another. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "life.h"
#include "model/outcome.h"
#include "random_scenario.h"

enum { SCENARIOS = 300, PRESET_WEEKS = 3 };

static int lived, beyond_the_shift;

static int64_t duty_of(const struct life *l, int period, int role)
{
    int64_t sum = 0;

    for (int w = 0; w < l->world->workers; w++)
        if (l->world->worker[w].role == role)
            sum += l->unit.ledger.tally[period].row[w].ms[DUTY];
    return sum;
}

/* A call of Monday 00:00 that never comes to be served, since so many do not gather. */
static void add_one_that_waits(tb_scenario *s, const char *role)
{
    put_item(s, "services.never.arrival", "trace");
    put(s, "services.never.trace_minutes", "0");
    put(s, "services.never.starts_at", "100000");
    put(s, "services.never.role", role);
}

/* Then all time on duty is time in which a call waits, to the millisecond, in each week, of every role;
 * or of the one that may serve. */
static void wait_for_ever(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 41, .weekly = 1};
    const bool one = lived % 2 && s->set.staff_count && *s->set.staff[0].role;
    struct life l;

    if (s->set.service_count == MAX_SERVICES)
        return;
    add_one_that_waits(s, one ? s->set.staff[0].role : "");
    if (tb_scenario_check(s, NULL, NULL))
        return; /* nobody of the role is ever on duty */
    live(&l, s, &o);
    cr_assert_eq(l.status, TB_OK, "%s: %s", name, l.err.message);
    for (int week = 0; week < l.unit.ledger.periods; week++)
        for (int role = one ? 0 : ANY_ROLE; role < (one ? 1 : s->set.staff_count); role++)
            cr_assert_eq(l.unit.ledger.tally[week].waited_for_ms[role + 1],
                         duty_of(&l, week, role), "%s, week %d, role %d: %lld, not %lld",
                         name, week, role,
                         (long long)l.unit.ledger.tally[week].waited_for_ms[role + 1],
                         (long long)duty_of(&l, week, role));
    lived++;
    beyond_the_shift += life_ms(&l, OVERTIME) > 0;
    life_clear(&l);
}

Test(asked, for_all_the_time_on_duty)
{
    each_scenario(PRESET_WEEKS, SCENARIOS, wait_for_ever);
    cr_assert_geq(lived, SCENARIOS / 2);
    cr_assert_geq(beyond_the_shift, SCENARIOS / 4);
}

/* The same over a reform in the middle of a life, after which more may serve. */
Test(asked, under_both_regimes)
{
    tb_scenario *before = NULL, *after = NULL;
    const struct occasion o = {.seed = 42, .weekly = 1};
    struct life l;

    cr_assert_eq(tb_scenario_preset("home_care/npm", &before, NULL), TB_OK);
    before->set.horizon.weeks = 2;
    before->set.horizon.warmup_weeks = 1;
    put_item(before, "staff.helper.count", "2");
    put(before, "staff.helper.role", "helper");
    put(before, "staff.helper.roster", "always");
    add_one_that_waits(before, "");
    cr_assert_eq(tb_scenario_copy(before, &after, NULL), TB_OK);
    put(before, "services.never.role", "carer");
    live_switch(&l, before, after, &o);
    for (int week = 0; week < 2; week++)
        for (int role = 0; role < 2; role++)
            cr_expect_eq(l.unit.ledger.tally[week].waited_for_ms[role + 1],
                         duty_of(&l, week, role), "week %d, role %d", week, role);
    life_clear(&l);
    tb_scenario_free(before);
    tb_scenario_free(after);
}

/* A doctor is busy 10 to 30, a nurse 12 to 22. A call for the doctor waits 12 to 20, one for anybody 15
 * to 22. */
Test(asked, a_day_by_hand)
{
    static const char *const lines[][2] = {
        {"staff.doctor.count", "1"},         {"staff.doctor.role", "doctor"},
        {"staff.doctor.roster", "always"},   {"staff.nurse.count", "1"},
        {"staff.nurse.role", "nurse"},       {"staff.nurse.roster", "always"},
        {"services.visit.arrival", "trace"}, {"services.visit.trace_minutes", "10 12"},
        {"services.visit.minutes", "10"},    {"services.visit.role", "doctor"},
        {"services.talk.arrival", "trace"},  {"services.talk.trace_minutes", "12 15"},
        {"services.talk.minutes", "10"},     {"services.talk.assignment", "first"},
    };
    const struct {
        int role, busy, waited;
    } expected[] = {{0, 20, 10}, {1, 20, 7}};
    const struct occasion o = {.weeks = 1};
    tb_scenario *s = NULL;
    struct life l;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        put_item(s, lines[i][0], lines[i][1]);
    live(&l, s, &o);
    for (int i = 0; i < 2; i++) {
        struct totals t;

        tb__role_totals(l.world, &l.unit.ledger, 0, expected[i].role, &t);
        for (int k = 0; k < ROLE_OUTCOMES; k++) {
            const struct outcome *r = &tb__role_outcomes[k];

            if (!strcmp(r->name, "time.busy_share.role."))
                cr_expect_float_eq(r->numerator(&t), 60000. * expected[i].busy, 0.5);
            if (!strcmp(r->name, "time.waited_for_share.role."))
                cr_expect_float_eq(r->numerator(&t), 60000. * expected[i].waited, 0.5,
                                   "role %d: %g", i, r->numerator(&t) / 60000);
        }
    }
    life_clear(&l);
    tb_scenario_free(s);
}
