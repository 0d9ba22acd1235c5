/* What goes wrong and when it is found: records that are looked at as soon as they are written, and not
 * before; in small units where the shares are known beforehand. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "life.h"
#include "random_scenario.h"
#include "scenario/scenario.h"
#include "tidsbruk/run.h"

enum { REPLICATIONS = 12, WEEKS = 8 };

/* Nine clients who are visited every day for 47 minutes. Every visit calls for a journal of half an
 * hour that is looked at; half of what it may show is found. */
static tb_scenario *district(void)
{
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    put_item(s, "staff.crew.count", "12");
    put(s, "staff.crew.role", "carer");
    put_item(s, "staff.desk.count", "1");
    put(s, "staff.desk.role", "clerk");
    put_item(s, "shifts.desk.role", "clerk");
    put(s, "shifts.desk.weekdays", "1");
    put_item(s, "shifts.day.role", "carer");
    put(s, "shifts.day.weekdays", "5");
    put(s, "shifts.day.saturdays", "5");
    put(s, "shifts.day.sundays", "5");
    put_item(s, "clients.old.count", "9");
    put(s, "clients.old.role", "carer");
    put(s, "clients.old.granted_hours", "5.5");
    put(s, "clients.old.visit_minutes", "47");
    put_item(s, "windows.morning.opens", "480");
    put(s, "windows.morning.closes", "900");
    put(s, "errors.per_visit", "0.2");
    put(s, "errors.misuse_per_visit", "0.1");
    put(s, "duty.unfinished_records", "postpone");
    put_item(s, "obligations.journal.minutes", "30");
    put(s, "obligations.journal.timing", "when_idle");
    put(s, "obligations.journal.audited", "both");
    put(s, "regime.control.record_review", "0.5");
    return s;
}

static tb_scenario *with(const tb_scenario *s, const char *path, const char *value)
{
    tb_scenario *copy = NULL;

    cr_assert_eq(tb_scenario_copy(s, &copy, NULL), TB_OK);
    put(copy, path, value);
    return copy;
}

/* Work without end takes each gap, and journals never come to their turn. */
static void bury(tb_scenario *s)
{
    put_item(s, "services.papers.arrival", "endless");
    put(s, "services.papers.minutes", "7");
    put(s, "services.papers.priority", "9");
    put(s, "services.papers.interruptible", "true");
    put(s, "services.papers.unfinished", "hand_over");
}

/* Somebody else writes them, on weekdays. */
static void leave_to_clerk(tb_scenario *s)
{
    put(s, "obligations.journal.role", "clerk");
}

/* Somebody else has to write them, and has half an hour a week for one that takes half a year. */
static void leave_to_nobody(tb_scenario *s)
{
    leave_to_clerk(s);
    put(s, "shifts.desk.weekdays", "0");
    put(s, "shifts.desk.saturdays", "1");
    put(s, "shifts.desk.minutes", "30");
    put(s, "obligations.journal.minutes", "1000");
}

static tb_result *run(tb_scenario *const *s, int n, int weekly)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_result *r = NULL;
    tb_error err = {.status = TB_OK};

    plan.replications = REPLICATIONS;
    plan.weeks = WEEKS;
    plan.warmup = 2;
    plan.weekly = weekly;
    cr_assert_eq(tb_run((const tb_scenario *const *)s, n, &plan, &r, &err), TB_OK, "%s",
                 err.message);
    for (int i = 0; i < n; i++)
        tb_scenario_free(s[i]);
    return r;
}

static double value(const tb_result *r, int i, const char *name)
{
    tb_interval d;
    tb_error err = {.status = TB_OK};

    cr_assert_eq(tb_result_estimate(r, i, name, 0.95, &d, &err), TB_OK, "%s", err.message);
    return d.mean;
}

Test(harm, a_record_that_nobody_has_time_for_shows_nothing)
{
    tb_scenario *s[4] = {district()};
    tb_result *r;

    s[1] = with(s[0], "regime.control.record_review", "0.5");
    bury(s[1]);
    s[2] = with(s[0], "obligations.journal.timing", "at_once");
    s[3] = with(s[0], "obligations.journal.probability", "0");
    r = run(s, 4, 0);
    cr_expect_float_eq(value(r, 0, "control.found_share"), 0.5, 0.03);
    cr_expect_float_eq(value(r, 1, "record.written"), 0, 0);
    cr_expect_float_eq(value(r, 1, "control.found_share"), 0, 0);
    cr_expect_float_eq(value(r, 2, "control.found_share"), 0.5, 0.03);
    cr_expect_float_eq(value(r, 3, "control.found_share"), 0, 0);
    for (int i = 0; i < 4; i++)
        cr_expect_float_eq(value(r, i, "control.undetected_harm"),
                           300 * (1 - value(r, i, "control.found_share")), 15, "%d", i);
    cr_expect_gt(value(r, 1, "citizen.visits"), 50);
    tb_result_free(r);
}

/* What is found does not hang on when a record is written, nor on what is written before it: each week
 * of visits holds the same finds, whoever writes first or last. In the last scenario, journals of the
 * weekend wait for another week; those of the last are never written. */
Test(harm, what_a_record_shows_does_not_hang_on_its_time)
{
    static const char *const control[] = {"control.errors", "control.misuse",
                                          "control.found_share", "control.undetected_harm"};
    tb_scenario *s[5] = {district()};
    tb_result *r;

    put(s[0], "regime.control.inspection_minutes",
        "3"); /* whoever is found out has less time */
    s[1] = with(s[0], "obligations.journal.timing", "end_of_shift");
    s[2] = with(s[0], "obligations.journal.minutes", "2");
    s[3] = with(s[0], "obligations.journal.minutes", "2");
    put_item(s[3], "obligations.another.minutes", "5");
    put(s[3], "obligations.another.timing", "when_idle");
    s[4] = with(s[0], "obligations.journal.minutes", "2");
    leave_to_clerk(s[4]);
    r = run(s, 5, 1);
    for (size_t k = 0; k < sizeof control / sizeof *control; k++) {
        const int o = tb_result_find(r, control[k]);

        for (int part = 0; part < 2; part++) {
            const double *column = tb_result_column(r, o, part);

            for (int i = 1; i < 5; i++)
                for (int row = 0; row < REPLICATIONS * WEEKS; row++)
                    if (i < 4 || row % WEEKS < WEEKS - 1)
                        cr_expect_eq(column[i * REPLICATIONS * WEEKS + row], column[row],
                                     "%s, scenario %d, row %d: %g, not %g", control[k], i,
                                     row, column[i * REPLICATIONS * WEEKS + row],
                                     column[row]);
        }
    }
    cr_expect_float_eq(value(r, 3, "control.found_share"), 0.5, 0.03);
    tb_result_free(r);
}

/* A record that a system takes from another one is there when that one is written. */
Test(harm, what_is_transferred_shows_nothing_before_it_is_written)
{
    tb_scenario *s[3] = {district()};
    tb_result *r;

    put(s[0], "obligations.journal.audited", "nothing");
    put(s[0], "obligations.journal.datum", "fact");
    put_item(s[0], "obligations.register.minutes", "1");
    put(s[0], "obligations.register.datum", "fact");
    put(s[0], "obligations.register.audited", "errors");
    put(s[0], "obligations.register.read_probability", "1");
    put(s[0], "obligations.register.value", "0.5");
    put(s[0], "errors.misuse_per_visit", "0");
    put(s[0], "regime.records.interoperability", "1");
    put(s[0], "regime.knowledge.acquaintance_gain", "0.1");
    s[1] = with(s[0], "regime.records.interoperability", "1");
    leave_to_nobody(s[1]);
    s[2] = with(s[0], "obligations.journal.timing", "at_once");
    r = run(s, 3, 0);
    cr_expect_float_eq(value(r, 0, "control.found_share"), 0.5, 0.03);
    cr_expect_float_eq(value(r, 1, "control.found_share"), 0, 0);
    cr_expect_float_eq(value(r, 2, "control.found_share"), 0.5, 0.03);
    cr_expect_gt(value(r, 0, "record.read"), 0);
    cr_expect_float_eq(value(r, 1, "record.read"), 0, 0);
    tb_result_free(r);
}

/* Who misuses a visit knows what is to be written about it, and not that it never will be. */
Test(harm, a_record_that_is_owed_deters)
{
    tb_scenario *s[3] = {district()};
    tb_result *r;

    leave_to_nobody(s[0]);
    put(s[0], "regime.control.deterrence", "1");
    s[1] = with(s[0], "obligations.journal.audited", "errors");
    s[2] = with(s[0], "obligations.journal.channel", "oral");
    r = run(s, 3, 0);
    cr_expect_float_eq(value(r, 0, "control.misuse"), 50, 12);
    cr_expect_float_eq(value(r, 1, "control.misuse"), 100, 15);
    cr_expect_float_eq(value(r, 2, "control.misuse"), 100, 15);
    tb_result_free(r);
}

/* A form cut in half takes half the minutes, tells half as much and shows half as much. */
Test(harm, detail_cuts_what_a_record_takes_and_what_it_holds)
{
    tb_scenario *s[3] = {district()};
    tb_result *r;

    put(s[0], "errors.unfamiliar_factor", "4");
    put(s[0], "regime.knowledge.acquaintance_gain", "0.02");
    put(s[0], "obligations.journal.read_probability", "1");
    put(s[0], "obligations.journal.value", "0.8");
    put(s[0], "obligations.journal.minutes", "10");
    s[1] = with(s[0], "obligations.journal.detail", "0.5");
    s[2] = with(s[0], "obligations.journal.minutes", "5");
    r = run(s, 3, 0);
    cr_expect_float_eq(value(r, 1, "time.obligation.journal"),
                       value(r, 0, "time.obligation.journal") / 2, 1e-9);
    cr_expect_float_eq(value(r, 2, "time.obligation.journal"),
                       value(r, 1, "time.obligation.journal"), 1e-9);
    cr_expect_float_eq(value(r, 0, "control.found_share"), 0.5, 0.03);
    cr_expect_float_eq(value(r, 1, "control.found_share"), 0.25, 0.03);
    cr_expect_float_eq(value(r, 2, "control.found_share"), 0.5, 0.03);
    cr_expect_gt(value(r, 1, "control.errors"), 1.15 * value(r, 0, "control.errors"));
    cr_expect_float_eq(value(r, 2, "control.errors"), value(r, 0, "control.errors"), 12);
    tb_result_free(r);
}

/* Looking takes its minutes for the share of records that is looked at, and none where nobody looks. */
Test(harm, looking_at_records_takes_time)
{
    tb_scenario *s[4] = {district()};
    tb_result *r;

    put(s[0], "obligations.journal.minutes", "5");
    put(s[0], "regime.control.review_minutes", "2");
    put_item(s[0], "obligations.report.trigger", "shift");
    put(s[0], "obligations.report.audited", "both"); /* no record of a visit */
    s[1] = with(s[0], "regime.control.record_review", "0");
    s[2] = with(s[0], "obligations.journal.audited", "nothing");
    s[3] = with(s[0], "obligations.journal.minutes", "30");
    leave_to_nobody(s[3]);
    r = run(s, 4, 0);
    cr_expect_float_eq(13 * value(r, 0, "time.control_minutes"), 0.5 * 2 * 63, 1e-6);
    cr_expect_float_eq(value(r, 0, "citizen.visits"), 63, 1e-9);
    for (int i = 1; i < 4; i++)
        cr_expect_float_eq(value(r, i, "time.control_minutes"), 0, 0, "%d", i);
    tb_result_free(r);
}

static struct world *compiled(const tb_scenario *s)
{
    struct world *w = NULL;

    cr_assert_eq(tb__world_new(&s->set, WEEKS, 0, &w, NULL), TB_OK);
    return w;
}

/* How much the offered load rises when a record takes so many minutes to look at. */
static double rise(const tb_scenario *s, const char *minutes)
{
    tb_scenario *none = with(s, "regime.control.review_minutes", "0"),
                *some = with(s, "regime.control.review_minutes", minutes);
    struct world *a = compiled(none), *b = compiled(some);
    const double more = b->offered_load - a->offered_load;

    tb__world_free(a);
    tb__world_free(b);
    tb_scenario_free(none);
    tb_scenario_free(some);
    return more;
}

/* 63 visits a week, over the minutes of the shifts; control looks at half of their records. */
Test(harm, looking_at_records_is_offered_load)
{
    tb_scenario *s = district();
    struct world *w = compiled(s);
    double duty = 0, more;

    for (int i = 0; i < w->shifts; i++)
        duty += (double)(w->shift[i].to - w->shift[i].from) / 60000 / WEEKS;
    tb__world_free(w);
    cr_expect_float_eq(rise(s, "4"), 63 * 2 / duty, 1e-9);
    put(s, "obligations.journal.probability", "0.5");
    cr_expect_float_eq(rise(s, "4"), 63 * 0.5 * 2 / duty, 1e-9);
    put(s, "obligations.journal.datum", "fact");
    put_item(s, "obligations.list.datum", "fact");
    put(s, "obligations.list.audited", "misuse");
    put(s, "regime.records.interoperability", "0.4"); /* of the lists that follow a journal */
    more = rise(s, "4");
    cr_expect_float_eq(more, 63 * (0.5 + 0.8) * 2 / duty, 1e-9, "%g", more * duty);
    put(s, "obligations.list.channel", "either");
    put(s, "regime.dialogue.oral_share", "0.25"); /* nobody looks at what is told */
    more = rise(s, "4");
    cr_expect_float_eq(more, 63 * (0.5 + 0.75 * 0.8) * 2 / duty, 1e-9, "%g", more * duty);
    put(s, "obligations.list.channel", "oral");
    cr_expect_float_eq(rise(s, "4"), 63 * 0.5 * 2 / duty, 1e-9);
    put(s, "obligations.journal.trigger", "shift"); /* no record of a visit */
    cr_expect_float_eq(rise(s, "4"), 0, 1e-12);
    put(s, "obligations.journal.trigger", "visit");
    put(s, "regime.control.record_review", "0");
    cr_expect_float_eq(rise(s, "4"), 0, 1e-12);
    tb_scenario_free(s);
}

/* In a preset that looks at a tenth of the records that its life writes. */
Test(harm, the_offered_load_of_a_preset_knows_its_reviews)
{
    static const char *const minutes[] = {"1", "8", "30"};
    const struct occasion o = {.seed = 5, .no_warmup = 1, .weeks = 26};
    tb_scenario *s = NULL;
    double duty, records;
    struct life l;

    cr_assert_eq(tb_scenario_preset("home_care/npm", &s, NULL), TB_OK);
    live(&l, s, &o);
    records =
        (double)l.unit.control.reviews / 25; /* those of the last week are yet to come */
    duty = (double)life_ms(&l, DUTY) / 60000 / 26;
    cr_assert_gt(records, 100);
    for (int i = 0; i < 3; i++) {
        const double more = rise(s, minutes[i]),
                     expected = records * 0.1 * strtod(minutes[i], NULL) / duty;

        printf("# %s min: load rises by %.4f, by the life %.4f\n", minutes[i], more,
               expected);
        cr_expect(0.9 * expected < more && more < 1.1 * expected, "%s min: %g, %g",
                  minutes[i], more, expected);
    }
    life_clear(&l);
    tb_scenario_free(s);
}

/* Every week of every life: what is not found is undetected, and no more is found than went wrong. */
static int later;

static void balance(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 51, .weekly = 1};
    struct life l;

    live(&l, s, &o);
    for (int p = 0; p < l.unit.ledger.periods; p++) {
        const struct counts *n = &l.unit.ledger.tally[p].count;

        cr_assert_eq(n->undetected, n->errors + n->misuse - n->found, "%s, week %d", name,
                     p);
        cr_assert_geq(n->undetected, 0, "%s, week %d", name, p);
    }
    later += l.unit.harms;
    life_clear(&l);
}

Test(harm, each_week_is_balanced)
{
    each_scenario(3, 150, balance);
    printf("# %d were left to records that were owed\n", later);
    cr_assert_gt(later, 20);
}
