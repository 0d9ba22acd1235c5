/* The day plan sets time aside for paperwork: how many visits a day holds, counted by hand.
 *
 * One worker from 8:00 to 16:00 on weekdays, ten clients with a visit of an hour a day, no way between
 * them, and nobody may work overtime: without paperwork a day holds eight visits. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "life.h"
#include "model/record.h"
#include "random_scenario.h"
#include "scenario/scenario.h"
#include "tidsbruk/run.h"

enum { WEEKS = 4 };

/* Of an item of a list, which is added when it is missing, or of anything else. */
static void set(tb_scenario *s, const char *path, const char *value)
{
    if (tb_scenario_set(s, path, value, NULL))
        put_item(s, path, value);
}

static tb_scenario *desk(void)
{
    static const char *const lines[][2] = {
        {"staff.helpers.role", "helper"},     {"staff.helpers.count", "1"},
        {"shifts.day.starts", "480"},         {"shifts.day.minutes", "480"},
        {"shifts.day.weekdays", "1"},         {"windows.day.opens", "480"},
        {"windows.day.closes", "960"},        {"clients.old.count", "10"},
        {"clients.old.granted_hours", "5"},   {"clients.old.visit_minutes", "60"},
        {"duty.overtime_limit_minutes", "0"}, {"duty.unfinished_records", "overtime"},
    };
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        set(s, lines[i][0], lines[i][1]);
    return s;
}

static void put_all(tb_scenario *s, const char *const (*lines)[2])
{
    for (; (*lines)[0]; lines++)
        set(s, (*lines)[0], (*lines)[1]);
}

/* Visits given in a week, none of them in overtime, and at most so many minutes of records left when a
 * week ends. */
static void expect_visits(const char *const (*lines)[2], int a_week, int left,
                          const char *why)
{
    const struct occasion o = {.seed = 3, .weeks = WEEKS, .no_warmup = 1};
    tb_scenario *s = desk();
    struct life l;

    put_all(s, lines);
    live(&l, s, &o);
    cr_assert_eq(l.status, TB_OK, "%s", l.err.message);
    cr_expect_eq(l.unit.ledger.tally[0].count.visits_given, WEEKS * a_week,
                 "%s: %lld visits in %d weeks", why,
                 (long long)l.unit.ledger.tally[0].count.visits_given, WEEKS);
    if (s->set.planning.mode != PLANNING_GIVEN) {
        cr_expect_eq(life_ms(&l, OVERTIME), 0, "%s: overtime", why);
        cr_expect_leq(l.unit.ledger.tally[0].count.backlog_ms, WEEKS * left * 60000,
                      "%s: backlog", why);
    }
    life_clear(&l);
    tb_scenario_free(s);
}

#define LINES (const char *const[][2])
#define NO_MORE    \
    {              \
        NULL, NULL \
    }

Test(paperwork, of_visits_waits_for_room_in_the_day)
{
    expect_visits(LINES{NO_MORE}, 40, 0, "none");
    expect_visits(LINES{{"obligations.note.minutes", "20"}, NO_MORE}, 30, 0, "at once");
    expect_visits(LINES{{"obligations.note.minutes", "20"},
                        {"obligations.note.timing", "when_idle"},
                        NO_MORE},
                  30, 0, "in gaps");
    expect_visits(LINES{{"obligations.note.minutes", "20"},
                        {"obligations.note.timing", "end_of_shift"},
                        NO_MORE},
                  30, 0, "at the end");
    expect_visits(LINES{{"obligations.note.minutes", "20"},
                        {"obligations.note.timing", "when_idle"},
                        {"planning.mode", "given"},
                        NO_MORE},
                  40, 0, "given routes know no paperwork");
}

Test(paperwork, that_may_wait_refuses_no_visit)
{
    expect_visits(LINES{{"obligations.note.minutes", "20"},
                        {"obligations.note.timing", "end_of_shift"},
                        {"duty.unfinished_records", "postpone"},
                        NO_MORE},
                  40, 20 * 40 * WEEKS, "until the next shift");
    expect_visits(LINES{{"obligations.note.minutes", "20"},
                        {"duty.unfinished_records", "postpone"},
                        NO_MORE},
                  30, 0, "at once, nothing waits");
}

/* Five visits from 8:00 to 13:00 leave 100 minutes; an hour of them fits before 14:00. */
Test(paperwork, in_gaps_costs_the_day_less)
{
    expect_visits(LINES{{"windows.day.closes", "540"},
                        {"windows.late.opens", "840"},
                        {"windows.late.closes", "960"},
                        {"windows.late.order", "2"},
                        {"clients.old.count", "5"},
                        {"clients.old.granted_hours", "14"},
                        {"obligations.note.minutes", "20"},
                        {"obligations.note.timing", "when_idle"},
                        NO_MORE},
                  30, 0, "an hour is written while nobody can be visited");
    expect_visits(LINES{{"windows.day.closes", "540"},
                        {"windows.late.opens", "840"},
                        {"windows.late.closes", "960"},
                        {"windows.late.order", "2"},
                        {"clients.old.count", "5"},
                        {"clients.old.granted_hours", "14"},
                        {"obligations.note.minutes", "20"},
                        {"obligations.note.timing", "end_of_shift"},
                        NO_MORE},
                  25, 0, "what belongs to the end of the shift is not");
}

Test(paperwork, of_shifts_and_periods)
{
    expect_visits(LINES{{"obligations.report.trigger", "shift"},
                        {"obligations.report.minutes", "60"},
                        {"obligations.report.timing", "end_of_shift"},
                        NO_MORE},
                  35, 0, "each shift");
    expect_visits(LINES{{"obligations.report.trigger", "shift"},
                        {"obligations.report.minutes", "60"},
                        NO_MORE},
                  35, 0, "each shift, as it opens");
    expect_visits(LINES{{"obligations.report.trigger", "week"},
                        {"obligations.report.minutes", "60"},
                        {"obligations.report.timing", "when_idle"},
                        NO_MORE},
                  39, 0, "the first shift of a week");
    expect_visits(LINES{{"obligations.report.trigger", "week"},
                        {"obligations.report.per", "unit"},
                        {"obligations.report.minutes", "120"},
                        {"obligations.report.timing", "end_of_shift"},
                        NO_MORE},
                  38, 0, "the unit's week");
}

/* Ten visits of an hour a day leave the nurse 200 minutes: three of her own take 80 each. */
Test(paperwork, that_one_role_alone_may_write)
{
    expect_visits(LINES{{"staff.nurses.role", "nurse"},
                        {"staff.nurses.count", "1"},
                        {"shifts.day.role", "helper"},
                        {"shifts.nurse.role", "nurse"},
                        {"shifts.nurse.starts", "480"},
                        {"shifts.nurse.minutes", "480"},
                        {"shifts.nurse.weekdays", "1"},
                        {"clients.old.role", "helper"},
                        {"clients.sick.role", "nurse"},
                        {"clients.sick.count", "10"},
                        {"clients.sick.granted_hours", "5"},
                        {"clients.sick.visit_minutes", "60"},
                        {"obligations.note.minutes", "20"},
                        {"obligations.note.role", "nurse"},
                        {"obligations.note.timing", "when_idle"},
                        NO_MORE},
                  5 * (8 + 3), 40,
                  "helpers write nothing; their last visits wait until Monday");
}

/* What a visit leaves for later: probability x minutes x detail x copies that are not transferred. */
Test(paperwork, of_a_visit_is_what_is_expected)
{
    const struct occasion o = {.weeks = 1, .no_warmup = 1};
    tb_scenario *s = desk();
    struct life l;

    put_all(s, LINES{{"regime.records.detail", "0.5"},
                     {"regime.records.interoperability", "0.25"},
                     {"obligations.note.minutes", "20"},
                     {"obligations.note.probability", "0.4"},
                     {"obligations.note.timing", "when_idle"},
                     {"obligations.note.receivers", "3"},
                     {"obligations.note.reentry", "0.5"},
                     {"obligations.report.minutes", "4"},
                     {"obligations.report.timing", "end_of_shift"},
                     {"obligations.plan.trigger", "week"},
                     {"obligations.plan.per", "client"},
                     {"obligations.plan.minutes", "10"},
                     {"obligations.plan.timing", "when_idle"},
                     {"obligations.stamp.minutes", "1"},
                     NO_MORE});
    live(&l, s, &o);
    cr_expect_eq(l.world->slot[0].lasts, 3600 + 30);
    cr_expect_eq(l.world->slot[0].takes - l.world->slot[0].lasts,
                 240 * 7 / 4 + 120 + 60); /* of five visits a week */
    life_clear(&l);
    tb_scenario_free(s);
}

/* Visits that take half of what is planned leave time for those that fitted nowhere. */
Test(open, visits_are_given_by_who_has_time_after_all)
{
    expect_visits(LINES{{"clients.old.need_ratio", "0.5"}, NO_MORE}, 50, 0, "all of them");
    expect_visits(
        LINES{{"clients.old.need_ratio", "0.5"}, {"planning.mode", "given"}, NO_MORE}, 40,
        0, "given routes are not mended");
    expect_visits(LINES{{"clients.old.need_ratio", "0.5"},
                        {"obligations.note.minutes", "20"},
                        {"obligations.note.timing", "when_idle"},
                        NO_MORE},
                  45, 0, "nine times 50 minutes; a tenth would want 80");
    expect_visits(LINES{{"windows.day.closes", "540"},
                        {"windows.late.opens", "840"},
                        {"windows.late.closes", "960"},
                        {"windows.late.order", "2"},
                        {"clients.old.count", "6"},
                        {"clients.old.granted_hours", "14"},
                        {"clients.old.need_ratio", "0.45"},
                        NO_MORE},
                  45, 0, "not before their windows open at 14:00");
}

Test(open, visits_go_to_their_role)
{
    expect_visits(LINES{{"clients.old.need_ratio", "0.5"},
                        {"staff.nurses.role", "nurse"},
                        {"staff.nurses.count", "1"},
                        {"shifts.day.role", "helper"},
                        {"shifts.nurse.role", "nurse"},
                        {"shifts.nurse.starts", "480"},
                        {"shifts.nurse.minutes", "480"},
                        {"shifts.nurse.weekdays", "1"},
                        {"clients.old.count", "18"},
                        {"clients.old.role", "helper"},
                        NO_MORE},
                  75, 0, "fifteen by the helper, of whom the last begins at 15:00");
}

/* At most five visits open before 14:00. Forty minutes of paperwork are planned with each, and every
 * second calls for none: on some days there is room for more, which waits for 14:00. */
Test(open, visits_wait_for_their_windows)
{
    const struct occasion o = {.seed = 4, .weeks = 8, .no_warmup = 1, .logging = 1};
    tb_scenario *s = desk();
    struct life l;
    int early[56] = {0}, late = 0;

    put_all(s, LINES{{"windows.day.closes", "540"},
                     {"windows.late.opens", "840"},
                     {"windows.late.closes", "960"},
                     {"windows.late.order", "2"},
                     {"clients.old.count", "5"},
                     {"clients.old.granted_hours", "14"},
                     {"obligations.note.minutes", "40"},
                     {"obligations.note.probability", "0.5"},
                     {"obligations.note.timing", "end_of_shift"},
                     NO_MORE});
    live(&l, s, &o);
    for (int64_t i = 0; i < l.unit.ledger.logged; i++) {
        const struct stretch *t = &l.unit.ledger.log[i];

        if (t->column == CARE_NEEDED && t->from % TB__DAY < 840 * TB__MINUTE)
            early[t->from / TB__DAY]++;
        else if (t->column == CARE_NEEDED)
            late++;
    }
    for (int day = 0; day < 56; day++)
        cr_expect_leq(early[day], 5, "day %d: %d before 14:00", day, early[day]);
    cr_expect_gt(late, 5);
    life_clear(&l);
    tb_scenario_free(s);
}

/* The two carers of a visit are two people, however it is dealt out. */
static int pairs, opened;

static void two_people(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 8, .weeks = 2, .no_warmup = 1};
    struct life l;

    if (s->set.planning.mode == PLANNING_GIVEN)
        return; /* nobody is asked who has the other visit */
    live(&l, s, &o);
    for (int i = 0; i < 2 * l.unit.room_a_day; i++) {
        const struct visit *v = &l.unit.visit[i];
        const int partner = v->slot && v->by != NONE ? tb__partner(&l.unit, i) : NONE;

        if (partner == NONE)
            continue;
        pairs++;
        cr_assert_neq(v->by, partner, "%s", name);
    }
    opened += l.unit.open != NONE;
    life_clear(&l);
}

/* Her route is done, an open visit's window opens in half an hour, an hour of records waits for the end
 * of the shift in four hours: what `gap_minutes` of records for gaps take of this half hour. */
static int minutes_written(const struct life *l, int gap_minutes, int until)
{
    struct unit u = l->unit;
    struct worker *w = &u.worker[0];
    const tb_time before = w->clock = u.now = u.world->to - 300 * TB__MINUTE;

    w->until = before + 240 * TB__MINUTE;
    w->rest_from = TB__NEVER;
    w->route = NONE;
    w->records = w->closing = (struct list){NONE, NONE};
    w->records_ms = w->closing_ms = 0;
    tb__owe(&u, w, &u.world->obligation[0], NONE, gap_minutes * TB__MINUTE, 0, &w->records);
    tb__owe(&u, w, &u.world->obligation[0], NONE, 60 * TB__MINUTE, 0, &w->closing);
    tb__use_gap(&u, w, before + until * TB__MINUTE);
    return (int)((w->clock - before) / TB__MINUTE);
}

Test(open, records_are_written_before_windows_open)
{
    static const struct {
        int records, until, written;
    } at[] = {{10, 30, 10}, {45, 30, 30}, {10, 240, 10}, {200, 240, 180}, {200, 200, 180}};
    const struct occasion o = {.weeks = 1, .no_warmup = 1};
    tb_scenario *s = desk();
    struct life l;

    set(s, "obligations.note.minutes", "20");
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        int written;

        live(&l, s, &o);
        written = minutes_written(&l, at[i].records, at[i].until);
        cr_expect_eq(written, at[i].written, "%d min until %d: %d written", at[i].records,
                     at[i].until, written);
        life_clear(&l);
    }
    tb_scenario_free(s);
}

Test(open, two_carers_are_two_people)
{
    tb_scenario *s = desk();

    put_all(s, LINES{{"staff.helpers.count", "6"},
                     {"shifts.day.weekdays", "3"},
                     {"clients.old.count", "17"},
                     {"clients.old.granted_hours", "10"},
                     {"clients.old.two_carers", "1"},
                     {"clients.old.need_ratio", "0.6"},
                     {"clients.old.need_variation", "lognormal(mean=1, cv=0.5)"},
                     NO_MORE});
    two_people(s, "by hand");
    cr_assert_gt(pairs, 20);
    tb_scenario_free(s);
    each_scenario(2, 150, two_people);
}

/* Who is on duty round the clock hears of the visits of each day. */
Test(open, workers_round_the_clock_are_told_at_midnight)
{
    expect_visits(
        LINES{{"staff.helpers.roster", "always"}, {"shifts.day.weekdays", "0"}, NO_MORE},
        50, 0, "ten a day");
}

/* Where a sixth of the shifts is missing, a good part of what the journal took goes to visits that were
 * missed; where hardly any are missed, little can. */
static double returned(const char *const (*lines)[2])
{
    tb_plan plan = TB_PLAN_INIT;
    tb_scenario *s[2] = {NULL, NULL};
    tb_interval care, paper;
    tb_result *r = NULL;
    tb_error err = {.status = TB_OK};

    cr_assert_eq(tb_scenario_preset("home_care/npm", &s[0], NULL), TB_OK);
    put_all(s[0], lines);
    cr_assert_eq(tb_scenario_copy(s[0], &s[1], NULL), TB_OK);
    cr_assert_eq(tb_scenario_remove(s[1], "obligations.journal", NULL), TB_OK);
    plan.replications = 16;
    plan.weeks = 8;
    plan.warmup = 2;
    cr_assert_eq(tb_run((const tb_scenario *const *)s, 2, &plan, &r, &err), TB_OK, "%s",
                 err.message);
    cr_assert_eq(tb_result_difference(r, 0, 1, "time.direct_minutes", 0.95, &care, &err),
                 TB_OK);
    cr_assert_eq(tb_result_estimate(r, 0, "time.obligation.journal", 0.95, &paper, &err),
                 TB_OK);
    tb_result_free(r);
    tb_scenario_free(s[0]);
    tb_scenario_free(s[1]);
    printf("# %.3f of %.1f minutes return\n", care.mean / paper.mean, paper.mean);
    return care.mean / paper.mean;
}

Test(paperwork, returns_to_citizens_where_staff_is_short)
{
    cr_expect_gt(returned(LINES{{"shifts.day.weekdays", "15"},
                                {"shifts.day.saturdays", "9"},
                                {"shifts.day.sundays", "9"},
                                {"shifts.evening.weekdays", "7"},
                                {"shifts.evening.saturdays", "8"},
                                {"shifts.evening.sundays", "7"},
                                NO_MORE}),
                 0.2);
    cr_expect_lt(returned(LINES{NO_MORE}), 0.15);
}
