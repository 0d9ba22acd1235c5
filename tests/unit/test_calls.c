/* Calls minute by minute: given times and given work, one worker, and what must come of it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "tidsbruk/tidsbruk.h"

struct entry {
    const char *activity;
    double from, to; /* minutes after Monday 00:00 */
};

static tb_scenario *unit(int workers, const char *const (*lines)[2])
{
    tb_scenario *s = NULL;
    tb_error err = {0};
    char count[8];

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    snprintf(count, sizeof count, "%d", workers);
    cr_assert_eq(tb_scenario_add(s, "staff.worker", NULL), TB_OK);
    cr_assert_eq(tb_scenario_set(s, "staff.worker.count", count, NULL), TB_OK);
    cr_assert_eq(tb_scenario_set(s, "staff.worker.roster", "always", NULL), TB_OK);
    for (; (*lines)[0]; lines++)
        if ((*lines)[1])
            cr_assert_eq(tb_scenario_set(s, (*lines)[0], (*lines)[1], &err), TB_OK, "%s",
                         err.message);
        else
            cr_assert_eq(tb_scenario_add(s, (*lines)[0], &err), TB_OK, "%s", err.message);
    return s;
}

/* What the worker does first in a life of so many weeks; n entries. */
static void expect_day(const char *const (*lines)[2], int weeks, const struct entry *day,
                       int n)
{
    tb_scenario *s = unit(1, lines);
    tb_plan plan = TB_PLAN_INIT;
    tb_error err = {0};
    tb_log *log;

    plan.weeks = weeks;
    plan.warmup = 0;
    cr_assert_eq(tb_log_run(s, &plan, 0, &log, &err), TB_OK, "%s", err.message);
    cr_assert_geq(tb_log_rows(log), n);
    for (int i = 0; i < n; i++) {
        const tb_log_row *r = tb_log_at(log, i);

        cr_expect_str_eq(tb_log_activity(log, r->activity), day[i].activity,
                         "entry %d: %s", i, tb_log_activity(log, r->activity));
        cr_expect(r->start == (int64_t)(day[i].from * 60000 + .5) &&
                      r->end == (int64_t)(day[i].to * 60000 + .5),
                  "entry %d, %s: %.4f to %.4f", i, day[i].activity,
                  (double)r->start / 60000, (double)r->end / 60000);
    }
    tb_log_free(log);
    tb_scenario_free(s);
}

/* An outcome of one week times `scale`. */
static void expect_outcome(const char *const (*lines)[2], int workers,
                           const char *outcome, double expected)
{
    tb_scenario *s = unit(workers, lines);
    tb_plan plan = TB_PLAN_INIT;
    tb_error err = {0};
    tb_result *r;

    plan.replications = 1;
    plan.weeks = 1;
    plan.warmup = 0;
    cr_assert_eq(tb_run((const tb_scenario *const *)&s, 1, &plan, &r, &err), TB_OK, "%s",
                 err.message);
    cr_assert_geq(tb_result_find(r, outcome), 0, "%s", outcome);
    cr_expect_float_eq(tb_result_column(r, tb_result_find(r, outcome), 0)[0], expected,
                       1e-9, "%s: %.9f", outcome,
                       tb_result_column(r, tb_result_find(r, outcome), 0)[0]);
    tb_result_free(r);
    tb_scenario_free(s);
}

#define CALL(times, work)                                        \
    {"services.call", NULL}, {"services.call.arrival", "trace"}, \
        {"services.call.trace_minutes", times},                  \
    {                                                            \
        "services.call.trace_work", work                         \
    }

Test(calls, the_way_there_and_back)
{
    static const char *const lines[][2] = {CALL("10 12 100", "10 10 5"),
                                           {"services.call.travel", "true"},
                                           {"travel.kind", "law"},
                                           {"travel.leg", "6"},
                                           {NULL, NULL}};
    static const struct entry day[] = {
        {"idle", 0, 10},      {"travel", 10, 16},      {"care_needed", 16, 26},
        {"travel", 26, 32},   {"care_needed", 32, 42}, {"travel", 42, 48},
        {"idle", 48, 100},    {"travel", 100, 106},    {"care_needed", 106, 111},
        {"travel", 111, 117}, {"idle", 117, 10080},
    };

    expect_day(lines, 1, day, sizeof day / sizeof *day);
}

/* On a map, legs are 2/3 of the radius from and to the office, and 128 / (45 pi) of it from one call
 * to the next. */
Test(calls, the_way_on_a_map)
{
    static const char *const lines[][2] = {
        CALL("10 12", "10 10"),   {"services.call.travel", "true"},
        {"travel.kind", "map"},   {"travel.radius_minutes", "30"},
        {"travel.noise_cv", "0"}, {NULL, NULL}};
    const double between = 30 * 0.9054147873672270;
    const struct entry day[] = {
        {"idle", 0, 10},
        {"travel", 10, 30},
        {"care_needed", 30, 40},
        {"travel", 40, 40 + between},
        {"care_needed", 40 + between, 50 + between},
        {"travel", 50 + between, 70 + between},
        {"idle", 70 + between, 10080},
    };

    expect_day(lines, 1, day, sizeof day / sizeof *day);
}

/* The second runs out of patience at 6; the third at 10, in the millisecond in which the first is
 * done; the fourth is served. */
Test(calls, patience)
{
    static const char *const lines[][2] = {CALL("0 1 5 6 6.5", "10 10 10 4 3"),
                                           {"services.call.patience", "5"},
                                           {"services.call.wait_limit_minutes", "4.5"},
                                           {NULL, NULL}};
    static const struct entry day[] = {
        {"care_needed", 0, 10}, {"care_needed", 10, 14}, {"idle", 14, 10080}};

    expect_day(lines, 1, day, sizeof day / sizeof *day);
    expect_outcome(lines, 1, "citizen.calls.call", 5);
    expect_outcome(lines, 1, "citizen.abandoned.call", 3 / 5.);
    expect_outcome(lines, 1, "citizen.unserved_hours.call", 23 / 60.);
    expect_outcome(lines, 1, "citizen.unmet_hours", 23 / 60.);
    expect_outcome(lines, 1, "citizen.wait.call", (0 + 5 + 5 + 4 + 5) / 5.);
    expect_outcome(lines, 1, "citizen.waited.call", 4 / 5.);
    expect_outcome(lines, 1, "citizen.long_waits.call", 3 / 5.);
    expect_outcome(lines, 1, "citizen.number.call", (10 + 5 + 5 + 8 + 5) / 10080.);
    expect_outcome(lines, 1, "citizen.queue.call", 19 / 10080.);
}

/* Room for two: who comes at 1 waits, at 2 is lost, at 10 finds room when the first is done. */
Test(calls, room)
{
    static const char *const lines[][2] = {
        CALL("0 1 2 10", "10 10 10 10"), {"services.call.room", "2"}, {NULL, NULL}};
    static const struct entry day[] = {
        {"care_needed", 0, 10}, {"care_needed", 10, 20}, {"idle", 20, 10080}};

    /* sources come before workers: at 10 the first is still there */
    expect_day(lines, 1, day, sizeof day / sizeof *day);
    expect_outcome(lines, 1, "citizen.lost.call", .5);
    expect_outcome(lines, 1, "citizen.unserved_hours.call", 20 / 60.);
}

/* Work begins when two wait and goes on until none is left: the call at 25 joins it, the one at 60
 * waits for another. */
Test(calls, gathering)
{
    static const char *const lines[][2] = {CALL("5 20 25 60 90", "10 10 10 10 10"),
                                           {"services.call.starts_at", "2"},
                                           {NULL, NULL}};
    static const struct entry day[] = {{"idle", 0, 20},          {"care_needed", 20, 30},
                                       {"care_needed", 30, 40},  {"care_needed", 40, 50},
                                       {"idle", 50, 90},         {"care_needed", 90, 100},
                                       {"care_needed", 100, 110}};

    expect_day(lines, 1, day, sizeof day / sizeof *day);
}

/* Two come in one millisecond: who came first goes first, also where work begins with the second. */
Test(calls, gathering_keeps_the_order)
{
    static const char *const lines[][2] = {
        CALL("5 20 20", "10 20 30"), {"services.call.starts_at", "2"}, {NULL, NULL}};
    static const struct entry day[] = {{"idle", 0, 20},
                                       {"care_needed", 20, 30},
                                       {"care_needed", 30, 50},
                                       {"care_needed", 50, 80}};

    expect_day(lines, 1, day, sizeof day / sizeof *day);
}

/* One item after calls, not one before them and not a second one. */
Test(calls, lull)
{
    static const char *const lines[][2] = {CALL("5 8 100", "10 10 10"),
                                           {"services.call.priority", "1"},
                                           {"services.sorting", NULL},
                                           {"services.sorting.arrival", "lull"},
                                           {"services.sorting.minutes", "30"},
                                           {"services.sorting.priority", "9"},
                                           {NULL, NULL}};
    static const struct entry day[] = {{"idle", 0, 5},
                                       {"care_needed", 5, 15},
                                       {"care_needed", 15, 25},
                                       {"care_needed", 25, 55},
                                       {"idle", 55, 100},
                                       {"care_needed", 100, 110},
                                       {"care_needed", 110, 140},
                                       {"idle", 140, 10080}};

    expect_day(lines, 1, day, sizeof day / sizeof *day);
}

/* What is passed on is a call of the second service; half a week later it would be the same. */
Test(calls, one_service_after_the_other)
{
    static const char *const lines[][2] = {CALL("5 8", "10 10"),
                                           {"services.letter", NULL},
                                           {"services.letter.minutes", "7"},
                                           {"services.letter.priority", "1"},
                                           {"services.call.priority", "2"},
                                           {"services.call.then", "letter"},
                                           {NULL, NULL}};
    static const struct entry day[] = {{"idle", 0, 5},          {"care_needed", 5, 15},
                                       {"care_needed", 15, 22}, {"care_needed", 22, 32},
                                       {"care_needed", 32, 39}, {"idle", 39, 10080}};

    expect_day(lines, 1, day, sizeof day / sizeof *day);
    expect_outcome(lines, 1, "citizen.calls.letter", 2);
    expect_outcome(lines, 1, "citizen.wait.letter", 0);
    expect_outcome(lines, 1, "citizen.sojourn.call", (10 + 24) / 2.);
}

/* Two calls in one minute and two who idle: each has a worker at once. */
Test(calls, at_the_same_time)
{
    static const char *const lines[][2] = {CALL("5 5", "10 10"), {NULL, NULL}};

    expect_outcome(lines, 2, "citizen.waited.call", 0);
    expect_outcome(lines, 1, "citizen.wait.call", 5);
}

/* Nobody calls in hours of factor 0, and everybody in the others. */
Test(calls, profile)
{
    static const char *const lines[][2] = {
        {"services.call", NULL},
        {"services.call.per_hour", "20"},
        {"services.call.minutes", "0.001"},
        {"services.call.profile", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 2"},
        {NULL, NULL}};
    tb_scenario *s = unit(1, lines);
    tb_plan plan = TB_PLAN_INIT;
    tb_log *log;
    int calls = 0;

    plan.weeks = 4;
    plan.warmup = 1;
    cr_assert_eq(tb_log_run(s, &plan, 0, &log, NULL), TB_OK);
    for (int64_t i = 0; i < tb_log_rows(log); i++) {
        const tb_log_row *r = tb_log_at(log, i);
        const int64_t minute = (r->start + 10080 * 60000) / 60000 % 1440;

        if (strcmp(tb_log_activity(log, r->activity), "care_needed"))
            continue;
        cr_assert_geq(minute, 23 * 60);
        calls++;
    }
    cr_assert(calls > 1200 && calls < 1600, "%d", calls); /* 40 an hour, 35 hours */
    tb_log_free(log);
    tb_scenario_free(s);
}

/* Round the clock: a staff meeting at the first free moment of each week. */
Test(calls, weeks_of_who_works_round_the_clock)
{
    static const char *const lines[][2] = {
        CALL("10075", "20"), {"duty.meeting_minutes_per_week", "30"}, {NULL, NULL}};
    static const struct entry day[] = {
        {"meetings", 0, 30},        {"idle", 30, 10075},    {"care_needed", 10075, 10095},
        {"meetings", 10095, 10125}, {"idle", 10125, 20155}, {"care_needed", 20155, 20175},
        {"meetings", 20175, 20205}};

    expect_day(lines, 3, day, sizeof day / sizeof *day);
}
