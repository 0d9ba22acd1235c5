/* Holidays: a week counted by hand, and a world in which other days stay as they are. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "model/world.h"
#include "scenarios.h"
#include "tidsbruk/tidsbruk.h"

enum { DAYS = 14, MOST = 40 };

/* One client with five visits a week, Monday to Friday, and one with seven. Shifts: three on
 * weekdays, one on Saturdays, two on Sundays; eight carers, so that none stays vacant. */
static tb_scenario *unit(void)
{
    static const char *const values[][2] = {
        {"horizon.weeks", "2"},
        {"staff.carer.count", "8"},
        {"shifts.day.starts", "480"},
        {"shifts.day.minutes", "420"},
        {"shifts.day.weekdays", "3"},
        {"shifts.day.saturdays", "1"},
        {"shifts.day.sundays", "2"},
        {"windows.morning.opens", "480"},
        {"windows.morning.closes", "600"},
        {"clients.a_weekdays.count", "1"},
        {"clients.a_weekdays.granted_hours", "2.5"},
        {"clients.a_weekdays.visit_minutes", "30"},
        {"clients.a_weekdays.need_variation", "gamma(mean=1, cv=0.3)"},
        {"clients.b_daily.count", "1"},
        {"clients.b_daily.granted_hours", "7"},
        {"clients.b_daily.visit_minutes", "60"},
        {"clients.b_daily.need_variation", "gamma(mean=1, cv=0.3)"},
    };
    tb_scenario *s = empty_scenario();

    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        put(s, values[i][0], values[i][1]);
    return s;
}

/* Shifts and visits of each day, with the minutes of each visit. */
struct days {
    int shifts[DAYS], visits[DAYS];
    int64_t ms[DAYS][MOST];
};

static struct days *lived(const tb_scenario *s)
{
    struct days *days = calloc(1, sizeof *days);
    tb_plan plan = TB_PLAN_INIT;
    tb_log *log = NULL;
    tb_error err = {0};

    cr_assert_eq(tb_log_run(s, &plan, 0, &log, &err), TB_OK, "%s", err.message);
    for (int64_t i = 0; i < tb_log_rows(log); i++) {
        const tb_log_row *row = tb_log_at(log, i);
        const char *activity = tb_log_activity(log, row->activity);
        const int64_t day = row->start / 86400000;

        if (!strcmp(activity, "duty"))
            days->shifts[day]++;
        if (!strcmp(activity, "care_needed")) {
            cr_assert_lt(days->visits[day], MOST);
            days->ms[day][days->visits[day]++] = row->end - row->start;
        }
    }
    tb_log_free(log);
    return days;
}

static void expect_days(const struct days *days, const int shifts[DAYS],
                        const int visits[DAYS], const char *what)
{
    for (int day = 0; day < DAYS; day++) {
        cr_expect_eq(days->shifts[day], shifts[day], "%s: %d shifts on day %d", what,
                     days->shifts[day], day);
        cr_expect_eq(days->visits[day], visits[day], "%s: %d visits on day %d", what,
                     days->visits[day], day);
    }
}

/* Wednesday of the second week: day 9. */
static tb_scenario *with_holiday(const char *rule)
{
    tb_scenario *s = unit();

    put(s, "holidays.may_17.week", "2");
    put(s, "holidays.may_17.weekday", "3");
    put(s, "visits.on_holidays", rule);
    return s;
}

static bool holds(const struct days *days, int day, int64_t ms)
{
    for (int i = 0; i < days->visits[day]; i++)
        if (days->ms[day][i] == ms)
            return true;
    return false;
}

Test(holidays, a_week_counted_by_hand)
{
    static const int usual[DAYS] = {3, 3, 3, 3, 3, 1, 2, 3, 3, 3, 3, 3, 1, 2},
                     holiday[DAYS] = {3, 3, 3, 3, 3, 1, 2, 3, 3, 2, 3, 3, 1, 2};
    static const int visits[DAYS] = {2, 2, 2, 2, 2, 1, 1, 2, 2, 2, 2, 2, 1, 1},
                     moved[DAYS] = {2, 2, 2, 2, 2, 1, 1, 2, 2, 1, 3, 2, 1, 1},
                     skipped[DAYS] = {2, 2, 2, 2, 2, 1, 1, 2, 2, 1, 2, 2, 1, 1};
    const struct {
        const char *rule;
        const int *visits;
    } cases[] = {{"given", visits}, {"moved", moved}, {"skipped", skipped}};
    tb_scenario *s = unit();
    struct days *plain = lived(s);

    expect_days(plain, usual, visits, "no holiday");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_scenario *other = with_holiday(cases[i].rule);
        struct days *days = lived(other);

        expect_days(days, holiday, cases[i].visits, cases[i].rule);
        for (int day = 0; day < DAYS; day++) /* the same world: needs are the same */
            for (int k = 0; k < days->visits[day]; k++)
                cr_expect(holds(plain, day, days->ms[day][k]) ||
                              (day == 10 && holds(plain, 9, days->ms[day][k])),
                          "%s: another need on day %d", cases[i].rule, day);
        free(days);
        tb_scenario_free(other);
    }
    free(plain);
    tb_scenario_free(s);
}

/* Weeks are those that are measured, whatever the warm-up. */
Test(holidays, the_first_measured_week_is_week_1)
{
    tb_scenario *s = with_holiday("skipped");
    struct world *w = NULL;

    put(s, "holidays.may_17.week", "1");
    for (int warmup = 0; warmup < 3; warmup++) {
        cr_assert_eq(tb__world_new(&s->set, 2, warmup, &w, NULL), TB_OK);
        for (int64_t day = 0; day < 7 * (2 + warmup); day++)
            cr_expect_eq(tb__is_holiday(w, day), day == 7 * warmup + 2);
        tb__world_free(w);
    }
    tb_scenario_free(s);
}

static double offered(const tb_scenario *s)
{
    struct world *w = NULL;
    double load;

    cr_assert_eq(tb__world_new(&s->set, 2, 0, &w, NULL), TB_OK);
    load = w->offered_load;
    tb__world_free(w);
    return load;
}

/* Care: 9.5 hours a week; 32 shifts of 7 hours in two weeks, and one fewer with a holiday. */
Test(holidays, the_offered_load_knows_them)
{
    tb_scenario *s = unit(), *given = with_holiday("given"),
                *skipped = with_holiday("skipped");

    put(s, "duty.break_minutes", "0");
    put(given, "duty.break_minutes", "0");
    put(skipped, "duty.break_minutes", "0");
    cr_expect_float_eq(offered(s), 19 / (36 * 7.0), 1e-3, "%g", offered(s));
    cr_expect_float_eq(offered(given), 19 / (35 * 7.0), 1e-3, "%g", offered(given));
    cr_expect_float_eq(offered(skipped), 18.5 / (35 * 7.0), 1e-3, "%g", offered(skipped));
    tb_scenario_free(s);
    tb_scenario_free(given);
    tb_scenario_free(skipped);
}

Test(holidays, without_any_the_rule_does_nothing)
{
    tb_scenario *s = unit(), *other = unit();
    tb_plan plan = TB_PLAN_INIT;
    tb_result *r[2] = {NULL, NULL};
    const tb_scenario *which[2] = {s, other};

    put(other, "visits.on_holidays", "skipped");
    plan.replications = 3;
    for (int i = 0; i < 2; i++)
        cr_assert_eq(tb_run(&which[i], 1, &plan, &r[i], NULL), TB_OK);
    for (int o = 0; o < tb_result_outcomes(r[0]); o++)
        for (int part = 0; part < 3; part++)
            cr_expect_eq(memcmp(tb_result_column(r[0], o, part),
                                tb_result_column(r[1], o, part), 3 * sizeof(double)),
                         0);
    for (int i = 0; i < 2; i++) {
        tb_result_free(r[i]);
        tb_scenario_free(i ? other : s);
    }
}
