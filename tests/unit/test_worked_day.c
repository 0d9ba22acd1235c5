/* The worked day of docs/model.md, minute by minute. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "tidsbruk/tidsbruk.h"

struct setting_line {
    const char *path, *value;
};

static const char *const items[] = {"staff.carer",
                                    "shifts.day",
                                    "windows.morning",
                                    "windows.noon",
                                    "clients.a_ada",
                                    "clients.b_bo",
                                    "obligations.journal",
                                    "obligations.deviation",
                                    "obligations.registration"};

static const struct setting_line lines[] = {
    {"horizon.weeks", "1"},
    {"staff.carer.count", "2"},
    {"shifts.day.starts", "480"},
    {"shifts.day.minutes", "420"},
    {"shifts.day.weekdays", "2"},
    {"windows.morning.opens", "480"},
    {"windows.morning.closes", "600"},
    {"windows.morning.order", "1"},
    {"windows.noon.opens", "720"},
    {"windows.noon.closes", "780"},
    {"windows.noon.order", "2"},
    {"clients.a_ada.count", "1"},
    {"clients.a_ada.granted_hours", "7"},
    {"clients.a_ada.visit_minutes", "30"},
    {"clients.a_ada.need_ratio", "1.2"},
    {"clients.b_bo.count", "1"},
    {"clients.b_bo.granted_hours", "2.3333333333333335"},
    {"clients.b_bo.visit_minutes", "20"},
    {"clients.b_bo.need_ratio", "0.5"},
    {"travel.kind", "law"},
    {"travel.leg", "6"},
    {"duty.break_minutes", "20"},
    {"duty.handover_minutes", "5"},
    {"duty.administration_minutes", "10"},
    {"regime.teams.meeting_minutes", "10"},
    {"regime.grants.granularity", "minutes"},
    {"regime.grants.binding", "1"},
    {"regime.grants.fill", "0.5"},
    {"regime.grants.tolerance_minutes", "4"},
    {"obligations.registration.minutes", "1"},
    {"obligations.registration.in_presence", "true"},
    {"obligations.deviation.trigger", "deviation"},
    {"obligations.deviation.minutes", "3"},
    {"obligations.journal.minutes", "4"},
    {"obligations.journal.timing", "when_idle"},
};

struct entry {
    int worker, from, to; /* minutes after midnight */
    const char *activity;
};

/* In order of time for each worker; duty is booked at the end of the shift. */
static const struct entry expected[] = {
    {0, 480, 490, "meetings"},
    {0, 490, 495, "indirect"},
    {0, 495, 501, "travel"},
    {0, 501, 531, "care_needed"},
    {0, 531, 532, "records_presence"},
    {0, 532, 538, "travel"},
    {0, 538, 548, "administration"},
    {0, 548, 552, "records_away"},
    {0, 552, 690, "idle"},
    {0, 690, 710, "breaks"},
    {0, 710, 900, "idle"},
    {0, 480, 900, "duty"},
    {1, 480, 490, "meetings"},
    {1, 490, 495, "indirect"},
    {1, 495, 501, "travel"},
    {1, 501, 511, "care_needed"},
    {1, 511, 516, "care_surplus"},
    {1, 516, 519, "records_away"},
    {1, 519, 520, "records_presence"},
    {1, 520, 524, "records_away"},
    {1, 524, 690, "idle"},
    {1, 690, 710, "breaks"},
    {1, 710, 714, "idle"},
    {1, 714, 720, "travel"},
    {1, 720, 750, "care_needed"},
    {1, 750, 751, "records_presence"},
    {1, 751, 757, "travel"},
    {1, 757, 767, "administration"},
    {1, 767, 771, "records_away"},
    {1, 771, 900, "idle"},
    {1, 480, 900, "duty"},
};

static tb_scenario *worked_day(void)
{
    tb_scenario *s = NULL;
    tb_error err = {.status = TB_OK};

    cr_assert(!tb_scenario_new(&s, &err), "%s", err.message);
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        cr_assert(!tb_scenario_add(s, items[i], &err), "%s", err.message);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        cr_assert(!tb_scenario_set(s, lines[i].path, lines[i].value, &err), "%s",
                  err.message);
    return s;
}

Test(worked_day, every_minute)
{
    tb_scenario *s = worked_day();
    tb_plan plan = TB_PLAN_INIT;
    tb_log *log = NULL;
    tb_error err = {.status = TB_OK};
    int at[2] = {0, 12}, ends[2] = {12, sizeof expected / sizeof *expected};

    cr_assert(!tb_log_run(s, &plan, 0, &log, &err), "%s", err.message);
    for (int64_t i = 0; i < tb_log_rows(log); i++) {
        const tb_log_row *row = tb_log_at(log, i);
        const struct entry *e;

        if (row->start >= 24 * 3600000)
            continue;
        cr_assert(at[row->worker] < ends[row->worker],
                  "worker %d does more than it should", row->worker);
        e = &expected[at[row->worker]++];
        cr_expect_str_eq(tb_log_activity(log, row->activity), e->activity);
        cr_expect_eq(row->start, e->from * 60000, "%s from %g", e->activity,
                     (double)row->start / 60000);
        cr_expect_eq(row->end, e->to * 60000, "%s to %g", e->activity,
                     (double)row->end / 60000);
    }
    cr_expect_eq(at[0], ends[0]);
    cr_expect_eq(at[1], ends[1]);
    tb_log_free(log);
    tb_scenario_free(s);
}

/* Minutes of Monday: the plan, and what came of it. */
static const struct {
    int worker, client;
    double planned, granted, opens, closes, start, end;
} visits[] = {
    {0, 0, 501, 30, 480, 600, 501, 532},
    {1, 1, 501, 20, 480, 600, 501, 520}, /* the registration comes behind the deviation */
    {1, 0, 720, 30, 720, 780, 720, 751},
};

Test(worked_day, visits_and_shifts)
{
    tb_scenario *s = worked_day();
    tb_plan plan = TB_PLAN_INIT;
    tb_log *log = NULL;
    tb_error err = {.status = TB_OK};

    cr_assert(!tb_log_run(s, &plan, 0, &log, &err), "%s", err.message);
    cr_assert_eq(tb_log_visits(log), 21);
    for (int i = 0; i < 3; i++) {
        const tb_log_visit *v = tb_log_visit_at(log, i);

        cr_expect_eq(v->worker, visits[i].worker);
        cr_expect_eq(v->client, visits[i].client);
        cr_expect_eq(v->planned, visits[i].planned * 60000, "visit %d", i);
        cr_expect_eq(v->granted, visits[i].granted * 60000);
        cr_expect_eq(v->opens, visits[i].opens * 60000);
        cr_expect_eq(v->closes, visits[i].closes * 60000);
        cr_expect_eq(v->start, visits[i].start * 60000, "visit %d", i);
        cr_expect_eq(v->end, visits[i].end * 60000, "visit %d", i);
        cr_expect(v->given && !v->temp);
    }
    cr_assert_eq(tb_log_shifts(log), 10); /* none at weekends */
    cr_expect_eq(tb_log_shift_at(log, 0)->start, 480 * 60000);
    cr_expect_eq(tb_log_shift_at(log, 0)->end, 900 * 60000);
    cr_expect_str_eq(tb_log_kind(log, tb_log_shift_at(log, 0)->kind), "day");
    cr_expect_str_eq(tb_log_client(log, 1), "b_bo");
    cr_expect_str_eq(tb_log_role(log, 0), "");
    cr_expect_null(tb_log_visit_at(log, 21));
    cr_expect_null(tb_log_shift_at(log, -1));
    cr_expect_null(tb_log_service(log, 0));
    cr_expect_null(tb_log_kind(log, -1));
    cr_expect_null(tb_log_client(log, 2));
    cr_expect_null(tb_log_role(log, 2));
    tb_log_free(log);
    tb_scenario_free(s);
}
