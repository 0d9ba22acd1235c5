/* Records: writings, copies and what is said instead, counted in small units where every number is
 * known beforehand. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "life.h"
#include "random_scenario.h"
#include "scenario/scenario.h"
#include "tidsbruk/run.h"

/* A district in which every visit calls for the same two records of one fact, a minute each. */
static tb_scenario *two_of_a_fact(void)
{
    static const char *const items[] = {"obligations.first", "obligations.second"};
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    put_item(s, "staff.crew.count", "6");
    put_item(s, "shifts.day.weekdays", "3");
    put(s, "shifts.day.saturdays", "3");
    put(s, "shifts.day.sundays", "3");
    put_item(s, "clients.old.count", "8");
    put(s, "clients.old.granted_hours", "3.5");
    put_item(s, "windows.morning.opens", "480");
    put(s, "windows.morning.closes", "720");
    for (int i = 0; i < 2; i++) {
        char path[TB_PATH_SIZE];

        snprintf(path, sizeof path, "%s.minutes", items[i]);
        put_item(s, path, "1");
        snprintf(path, sizeof path, "%s.datum", items[i]);
        put(s, path, "fact");
    }
    return s;
}

static double outcome(const tb_scenario *s, const char *name)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_result *r = NULL;
    tb_interval d;
    tb_error err = {.status = TB_OK};

    plan.replications = 8;
    plan.weeks = 4;
    cr_assert_eq(tb_run((const tb_scenario *[]){s}, 1, &plan, &r, &err), TB_OK, "%s",
                 err.message);
    cr_assert_eq(tb_result_estimate(r, 0, name, 0.95, &d, &err), TB_OK, "%s", err.message);
    tb_result_free(r);
    return d.mean;
}

/* The second record of a fact is one writing, and a copy: not a writing and a copy besides. */
Test(records, a_datum_that_exists_is_one_writing)
{
    static const char *const timings[] = {"at_once", "when_idle", "end_of_shift"};

    for (int i = 0; i < 3; i++) {
        tb_scenario *s = two_of_a_fact();

        put(s, "obligations.second.timing", timings[i]);
        cr_expect_float_eq(outcome(s, "record.copy_share"), 0.5, 1e-12, "%s", timings[i]);
        cr_expect_float_eq(outcome(s, "record.written"), 2 * outcome(s, "citizen.visits"),
                           1e-9, "%s", timings[i]);
        tb_scenario_free(s);
    }
}

/* Three receivers, always entered again: each record is three writings. The first one's are one
 * original and two copies, the second one's three copies. */
Test(records, writings_are_originals_and_copies)
{
    tb_scenario *s = two_of_a_fact();

    put(s, "obligations.first.receivers", "3");
    put(s, "obligations.first.reentry", "1");
    put(s, "obligations.second.receivers", "3");
    put(s, "obligations.second.reentry", "1");
    cr_expect_float_eq(outcome(s, "record.copy_share"), 5.0 / 6, 1e-12);
    cr_expect_float_eq(outcome(s, "record.copy_minutes") * 6,
                       5 * outcome(s, "citizen.visits"), 1e-9);
    put(s, "regime.records.interoperability", "1"); /* the second is transferred */
    cr_expect_float_eq(outcome(s, "record.copy_share"), 0, 0);
    cr_expect_float_eq(outcome(s, "record.written"), outcome(s, "citizen.visits"), 1e-9);
    tb_scenario_free(s);
}

/* The short way ----------------------------------------------------------------------------- */

static int short_ways, general_ways;

/* Gives each obligation without a datum one of its own, and a shadow that never happens: of the same datum,
 * which closes the short way, or of none. */
static tb_scenario *shadowed(const tb_scenario *s, bool same)
{
    const int n = s->set.obligation_count;
    tb_scenario *copy = NULL;

    cr_assert_eq(tb_scenario_copy(s, &copy, NULL), TB_OK);
    for (int i = 0; i < n; i++) {
        const struct obligation *o = &s->set.obligations[i];
        char path[TB_PATH_SIZE], datum[NAME_SIZE];

        snprintf(datum, sizeof datum, "own%d", i);
        snprintf(path, sizeof path, "obligations.%s.datum", o->name);
        if (*o->datum)
            continue;
        put(copy, path, datum);
        snprintf(path, sizeof path, "obligations.shadow%d.probability", i);
        put_item(copy, path, "0");
        snprintf(path, sizeof path, "obligations.shadow%d.trigger", i);
        put(copy, path, "shift");
        snprintf(path, sizeof path, "obligations.shadow%d.datum", i);
        put(copy, path, same ? datum : "");
    }
    return copy;
}

static int plain_ones(const struct world *w)
{
    int n = 0;

    for (int i = 0; i < w->obligations; i++)
        n += w->obligation[i].plain && w->obligation[i].probability > 0;
    return n;
}

static void both_ways(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 61, .weekly = 1};
    tb_scenario *alone = shadowed(s, false), *twin = shadowed(s, true);
    struct life a, b;
    const char *differ;

    live(&a, alone, &o);
    live(&b, twin, &o);
    differ = lives_differ(&a, &b);
    cr_assert_null(differ, "%s: %s", name, differ);
    short_ways += plain_ones(a.world);
    general_ways += plain_ones(b.world);
    life_clear(&a);
    life_clear(&b);
    tb_scenario_free(alone);
    tb_scenario_free(twin);
}

/* Who reads a record does not know beforehand whether it is worth anything: reading takes its minutes
 * all the same, of records with a client and of those that shifts leave to one another. */
Test(records, one_that_tells_nothing_is_read_all_the_same)
{
    const struct occasion o = {.weeks = 4};
    tb_scenario *s = two_of_a_fact();
    double read[2], minutes[2], lost[2];
    struct life l[2];

    put(s, "errors.per_visit", "0.1");
    put(s, "regime.knowledge.acquaintance_gain", "0");
    put(s, "obligations.first.read_probability", "0.8");
    put(s, "obligations.first.read_minutes", "2");
    for (int i = 0; i < 2; i++) {
        put(s, "obligations.first.value", i ? "0.9" : "0");
        live(&l[i], s, &o);
        read[i] = outcome(s, "record.read");
    }
    cr_expect_gt(read[0], 10);
    cr_expect_eq(read[0], read[1], "%g and %g", read[0], read[1]);
    cr_expect_null(lives_differ(&l[0], &l[1]), "%s", lives_differ(&l[0], &l[1]));
    put_item(s, "obligations.report.trigger", "shift");
    put(s, "obligations.report.minutes", "1");
    put(s, "obligations.report.read_probability", "0.5");
    put(s, "obligations.report.read_minutes", "3");
    put(s, "regime.dialogue.handover_loss", "0.5");
    for (int i = 0; i < 2; i++) {
        put(s, "obligations.report.value", i ? "0.9" : "0");
        read[i] = outcome(s, "record.read");
        minutes[i] = outcome(s, "time.indirect_minutes");
        lost[i] = outcome(s, "staff.lost_handovers");
        life_clear(&l[i]);
    }
    cr_expect_eq(read[0], read[1], "%g and %g", read[0], read[1]);
    cr_expect_eq(minutes[0], minutes[1], "%g and %g", minutes[0], minutes[1]);
    cr_expect_lt(lost[1], 0.8 * lost[0]);
    tb_scenario_free(s);
}

/* A record that nothing can come between takes a short way, to the same bits. */
Test(records, the_short_way_is_the_general_way)
{
    each_scenario(3, 150, both_ways);
    printf("# %d obligations took the short way, then %d\n", short_ways, general_ways);
    cr_assert_gt(short_ways, 50);
    cr_assert_lt(4 * general_ways, short_ways); /* those whose datum was their own before */
}

/* What waits for a gap -------------------------------------------------------------------------- */

/* One worker of a day of 480 minutes who gives `visits` visits of 30 minutes, by routes that know no
 * paperwork; of each, two records wait for gaps. */
static tb_scenario *clerk(const char *visits, const char *first, const char *second)
{
    tb_scenario *s = two_of_a_fact();

    put(s, "obligations.first.datum", "");
    put(s, "obligations.second.datum", "");
    put(s, "obligations.first.minutes", first);
    put(s, "obligations.second.minutes", second);
    put(s, "obligations.first.timing", "when_idle");
    put(s, "obligations.second.timing", "when_idle");
    put(s, "shifts.day.starts", "480");
    put(s, "shifts.day.minutes", "480");
    put(s, "shifts.day.weekdays", "1");
    put(s, "shifts.day.saturdays", "1");
    put(s, "shifts.day.sundays", "1");
    put(s, "windows.morning.closes", "960");
    put(s, "clients.old.count", visits);
    put(s, "clients.old.visit_minutes", "30");
    put(s, "planning.mode", "given");
    put(s, "duty.unfinished_records", "postpone");
    return s;
}

/* A record of 100 minutes does not fit into the gap of a day: the notes behind it are written all the
 * same, and it is written in parts in what they leave. */
Test(records, one_that_fits_into_no_gap_holds_up_none_and_is_written)
{
    tb_scenario *s = clerk("13", "100", "2"); /* 390 minutes of visits, 26 of notes */

    put(s, "obligations.first.probability", "0.04");
    cr_expect_gt(outcome(s, "record.written"), 7 * (13 + 0.3));
    cr_expect_lt(outcome(s, "record.backlog_minutes"), 400);
    tb_scenario_free(s);
}

/* Minutes of records, and those that are owed at the end of the last week. */
static double asked(const tb_scenario *s, const char *path, double minutes)
{
    tb_scenario *copy = NULL;
    tb_plan plan = TB_PLAN_INIT;
    tb_result *r = NULL;
    tb_interval written, owed;
    tb_error err = {.status = TB_OK};

    cr_assert_eq(tb_scenario_copy(s, &copy, NULL), TB_OK);
    put_number(copy, path, minutes);
    plan.replications = 4;
    plan.weeks = 6;
    plan.warmup = 0;
    cr_assert_eq(tb_run((const tb_scenario *[]){copy}, 1, &plan, &r, &err), TB_OK, "%s",
                 err.message);
    cr_assert_eq(tb_result_estimate(r, 0, "time.records_minutes", 0.95, &written, &err),
                 TB_OK);
    cr_assert_eq(tb_result_estimate(r, 0, "record.backlog_minutes", 0.95, &owed, &err),
                 TB_OK);
    cr_expect_geq(owed.mean, 0);
    tb_result_free(r);
    tb_scenario_free(copy);
    return written.mean;
}

/* Dearer paperwork takes more time, be there slack or none. */
Test(records, longer_ones_take_more_time_at_any_staffing)
{
    static const char *const staffing[][2] = {{"24", "12"}, {"18", "8"}, {"13", "6"}};
    static const double minutes[] = {1, 2, 4, 8, 16, 32, 64};

    for (int i = 0; i < 3; i++) {
        tb_scenario *s = NULL;
        double before = 0;

        cr_assert_eq(tb_scenario_preset("home_care/npm", &s, NULL), TB_OK);
        put(s, "shifts.day.weekdays", staffing[i][0]);
        put(s, "shifts.evening.weekdays", staffing[i][1]);
        for (size_t k = 0; k < sizeof minutes / sizeof *minutes; k++) {
            const double now = asked(s, "obligations.journal.minutes.mean", minutes[k]);

            printf("# %s by day, %g min: %.1f min of records\n", staffing[i][0],
                   minutes[k], now);
            cr_expect_gt(now, before, "%g min: %g, not more than %g", minutes[k], now,
                         before);
            before = now;
        }
        tb_scenario_free(s);
    }
}

/* A record that nobody writes is late when its deadline has passed. */
Test(records, what_is_never_written_is_late)
{
    tb_scenario *s = clerk("16", "5", "5"); /* no time is left */

    cr_expect_float_eq(outcome(s, "record.written"), 0, 0);
    cr_expect_float_eq(outcome(s, "record.late_share"), 1, 0);
    cr_expect_gt(outcome(s, "record.delay_hours"), 24);
    put(s, "obligations.first.deadline_hours", "8760");
    put(s, "obligations.second.deadline_hours", "8760");
    cr_expect_float_eq(outcome(s, "record.late_share"), 0, 0);
    tb_scenario_free(s);
}

/* The same records, all written within the day they are called for, late or not by their deadline. */
Test(records, what_is_written_in_time_is_not_late)
{
    tb_scenario *s = clerk("8", "5", "5");

    cr_expect_float_eq(outcome(s, "record.late_share"), 0, 0);
    put(s, "obligations.first.deadline_hours", "0");
    cr_expect_gt(outcome(s, "record.late_share"), 0.3);
    cr_expect_leq(outcome(s, "record.late_share"), 0.5);
    tb_scenario_free(s);
}

/* Records that are overdue, and the hours that they have waited. */
struct waits {
    double records, hours;
};

static struct waits owed_at_the_end(const struct life *l)
{
    struct waits sum = {0, 0};

    for (int i = 0; i < WRITERS + 2 * l->world->workers; i++) {
        const struct list *list = i < WRITERS ? &l->unit.orphans[i]
                                  : i % 2     ? &l->unit.worker[(i - WRITERS) / 2].records
                                          : &l->unit.worker[(i - WRITERS) / 2].closing;

        for (int at = list->first; at != NONE; at = l->unit.owed[at].next) {
            const struct owed *r = &l->unit.owed[at];
            const tb_time age = l->world->to - r->since;

            if (age <= l->world->obligation[r->obligation].deadline)
                continue;
            sum.records++;
            sum.hours += (double)age / 3600000;
        }
    }
    return sum;
}

static double of_plan(const tb_scenario *s, const char *name, int warmup, int weekly)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_result *r = NULL;
    tb_interval d;

    plan.replications = 1;
    plan.weeks = 4;
    plan.warmup = warmup;
    plan.weekly = weekly;
    cr_assert_eq(tb_run((const tb_scenario *[]){s}, 1, &plan, &r, NULL), TB_OK);
    cr_assert_eq(tb_result_estimate(r, 0, name, 0.95, &d, NULL), TB_OK);
    tb_result_free(r);
    return d.mean;
}

/* Where no record is ever written each has waited since its visit: on average half of a life, which
 * is what the mean says, however long the warm-up. */
Test(records, a_wait_counts_once)
{
    static const int warmups[] = {0, 10, 50};
    tb_scenario *s = clerk("16", "5", "5"); /* no time is left */

    for (int i = 0; i < 3; i++)
        for (int weekly = 0; weekly < 2; weekly++) {
            const double life = 168.0 * (warmups[i] + 4);
            const double hours = of_plan(s, "record.delay_hours", warmups[i], weekly);

            printf("# warm-up of %d weeks: %.0f h\n", warmups[i], hours);
            cr_expect_float_eq(hours, life / 2 + 12, 12, "%g", hours);
            cr_expect_float_eq(of_plan(s, "record.late_share", warmups[i], weekly), 1, 0);
        }
    tb_scenario_free(s);
}

static int overdue_lives;

/* In every life: each wait is one of a record that was written or told, or that is overdue when life
 * ends, and none is longer than the life. */
static void waits_are_whole(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 17, .weekly = 1};
    struct waits end;
    struct life l;
    double late = 0, made = 0, overdue = 0, hours = 0;

    live(&l, s, &o);
    end = owed_at_the_end(&l);
    for (int p = 0; p <= l.unit.ledger.periods; p++)
        for (int i = 0; i < l.world->obligations; i++) {
            const struct obligation_tally *t = &l.unit.ledger.tally[p].obligation[i];

            cr_expect_geq(t->overdue, 0, "%s", name);
            cr_expect_geq(t->delay_ms, 0, "%s", name);
            cr_expect_leq(t->late, t->written + t->told + t->overdue, "%s", name);
            if (p != l.unit.ledger.periods - 1)
                cr_expect_eq(t->overdue, 0, "%s", name);
            late += (double)t->late;
            made += (double)(t->written + t->told);
            overdue += (double)t->overdue;
            hours += (double)t->delay_ms / 3600000;
        }
    cr_expect_float_eq(overdue, end.records, 0, "%s: %g, %g", name, overdue, end.records);
    cr_expect_geq(late, end.records, "%s", name);
    cr_expect_geq(hours, end.hours * (1 - 1e-12), "%s: %g, %g", name, hours, end.hours);
    if (made + overdue > 0)
        cr_expect_leq(hours / (made + overdue), (double)l.world->to / 3600000 + 24, "%s",
                      name);
    overdue_lives += overdue > 0;
    life_clear(&l);
}

Test(records, a_wait_is_no_longer_than_a_life)
{
    each_scenario(3, 150, waits_are_whole);
    printf("# %d lives end with overdue records\n", overdue_lives);
    cr_assert_gt(overdue_lives, 20);
}

/* Stretches of Monday, in minutes. */
static void expect_monday(const struct life *l, const int (*expected)[3], int n)
{
    int at = 0;

    for (int64_t i = 0; i < l->unit.ledger.logged; i++) {
        const struct stretch *s = &l->unit.ledger.log[i];

        if (s->column >= IDLE || s->from >= TB__DAY)
            continue;
        cr_assert_lt(at, n);
        cr_expect(s->column == expected[at][0] && s->from == expected[at][1] * TB__MINUTE &&
                      s->to == expected[at][2] * TB__MINUTE,
                  "%d: column %d from %g to %g", at, s->column,
                  (double)s->from / TB__MINUTE, (double)s->to / TB__MINUTE);
        at++;
    }
    cr_expect_eq(at, n);
}

/* A call at 8:10 leaves a record that may be interrupted; in the very millisecond in which that is done another
 * call comes, which interrupts. Nothing is left to be interrupted. */
static tb_scenario *as_a_record_ends(void)
{
    static const char *const items[][2] = {
        {"staff.crew.count", "1"},
        {"shifts.day.starts", "480"},
        {"shifts.day.minutes", "480"},
        {"shifts.day.weekdays", "1"},
        {"services.first.arrival", "trace"},
        {"services.first.trace_minutes", "490"},
        {"services.first.minutes", "10"},
        {"services.second.arrival", "trace"},
        {"services.second.trace_minutes", "520"},
        {"services.second.minutes", "20"},
        {"services.second.interrupts", "true"},
        {"obligations.note.trigger", "call"},
        {"obligations.note.service", "first"},
        {"obligations.note.timing", "when_idle"},
        {"obligations.note.minutes", "20"},
        {"obligations.note.interruptible", "true"},
    };
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    put(s, "horizon.weeks", "1");
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        put_item(s, items[i][0], items[i][1]);
    return s;
}

Test(records, a_call_as_a_record_ends)
{
    static const int monday[][3] = {
        {CARE_NEEDED, 490, 500}, {RECORDS_AWAY, 500, 520}, {CARE_NEEDED, 520, 540}};
    const struct occasion o = {.logging = 1};
    tb_scenario *s = as_a_record_ends();
    struct life l;

    live(&l, s, &o);
    expect_monday(&l, monday, 3);
    cr_expect_eq(l.unit.ledger.tally[0].count.interruptions, 0);
    cr_expect_eq(l.unit.ledger.tally[0].obligation[0].cuts, 0);
    cr_expect_eq(l.unit.ledger.tally[0].obligation[0].written, 1);
    life_clear(&l);
    tb_scenario_free(s);
}

/* The same where the record shows an error, which calls for another record at once: the call waits for that, or
 * for somebody else. */
Test(records, a_call_as_a_record_brings_an_error_to_light)
{
    static const int monday[][3] = {{CARE_NEEDED, 490, 500},
                                    {RECORDS_AWAY, 500, 520},
                                    {RECORDS_AWAY, 520, 525},
                                    {CARE_NEEDED, 522, 542}};
    const struct occasion o = {.logging = 1};
    tb_scenario *s = as_a_record_ends();
    struct life l;

    put(s, "staff.crew.count", "2");
    put_item(s, "shifts.late.starts", "522");
    put(s, "shifts.late.weekdays", "1");
    put(s, "errors.per_visit", "1");
    put(s, "errors.found_by_chance", "0");
    put(s, "obligations.note.audited", "errors");
    put(s, "regime.control.record_review", "1");
    put_item(s, "obligations.report.trigger", "incident");
    put(s, "obligations.report.minutes", "5");
    live(&l, s, &o);
    expect_monday(&l, monday, 4);
    cr_expect_eq(l.unit.ledger.tally[0].service[1].wait_ms, 2 * TB__MINUTE);
    life_clear(&l);
    tb_scenario_free(s);
}
