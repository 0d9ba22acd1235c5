/* days.h: the first day of a scenario, minute by minute, and outcomes of one replication. */
#ifndef TESTS_UNIT_DAYS_H
#define TESTS_UNIT_DAYS_H

#include <criterion/criterion.h>
#include <string.h>

#include "scenarios.h"
#include "tidsbruk/tidsbruk.h"

#define COUNT_OF(a) (sizeof(a) / sizeof *(a))

struct entry {
    int worker, from, to; /* minutes of the first day */
    const char *activity;
};

/* The stretches of the first two workers on the first day, duty apart. */
static inline void expect_day(const tb_scenario *s, const struct entry *expected,
                              int entries)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_log *log = NULL;
    tb_error err = {.status = TB_OK};
    int at = 0;

    cr_assert(!tb_log_run(s, &plan, 0, &log, &err), "%s", err.message);
    for (int worker = 0; worker < 2; worker++)
        for (int64_t i = 0; i < tb_log_rows(log); i++) {
            const tb_log_row *row = tb_log_at(log, i);
            const char *activity = tb_log_activity(log, row->activity);
            const struct entry *e = &expected[at];

            if (row->worker != worker || row->start >= 24 * 3600000 ||
                !strcmp(activity, "duty"))
                continue;
            cr_assert_lt(at++, entries, "worker %d: %s from %g to %g", worker, activity,
                         (double)row->start / 60000, (double)row->end / 60000);
            cr_expect(worker == e->worker && !strcmp(activity, e->activity) &&
                          row->start == e->from * 60000 && row->end == e->to * 60000,
                      "entry %d: worker %d: %s from %g to %g", at - 1, worker, activity,
                      (double)row->start / 60000, (double)row->end / 60000);
        }
    cr_expect_eq(at, entries, "%d entries", at);
    tb_log_free(log);
}

#define EXPECT_DAY(s, entries) expect_day(s, entries, COUNT_OF(entries))

static inline double outcome(const tb_scenario *s, const char *name)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_result *r = NULL;
    tb_error err = {.status = TB_OK};
    double value;
    int i;

    plan.replications = 1;
    cr_assert(!tb_run(&s, 1, &plan, &r, &err), "%s", err.message);
    i = tb_result_find(r, name);
    cr_assert_geq(i, 0, "%s", name);
    value = *tb_result_column(r, i, 1);
    if (strcmp(name, "citizen.unmet_hours") != 0)
        value /= *tb_result_column(r, i, 2);
    tb_result_free(r);
    return value;
}

#endif
