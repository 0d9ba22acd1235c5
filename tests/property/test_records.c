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

/* A record that nothing can come between takes a short way, to the same bits. */
Test(records, the_short_way_is_the_general_way)
{
    each_scenario(3, 150, both_ways);
    printf("# %d obligations took the short way, then %d\n", short_ways, general_ways);
    cr_assert_gt(short_ways, 50);
    cr_assert_lt(4 * general_ways, short_ways); /* those whose datum was their own before */
}
