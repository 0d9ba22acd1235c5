/* One duty: in a unit with slack and given routes, twice the minutes of one duty move its own row by
 * frequency x minutes, and no other duty by a single record. For each kind of trigger. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "life.h"
#include "random_scenario.h"

enum { WORLDS = 8, ENOUGH = 50 };

static const char slack[] = "textbook/slack";

struct sums {
    int64_t written, ms;
};

static tb_scenario *unit_with_slack(void)
{
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_preset(slack, &s, NULL), TB_OK);
    s->set.clients[0].no_show = 0.1;
    put_item(s, "obligations.nobody_came.trigger", "no_show");
    put(s, "obligations.nobody_came.minutes", "lognormal(mean=5, cv=0.5)");
    return s;
}

static void live_once(struct life *l, const tb_scenario *s, int replication)
{
    const struct occasion o = {.seed = 23, .replication = (uint32_t)replication};

    live(l, s, &o);
    cr_assert_eq(l->status, TB_OK, "%s", l->err.message);
}

static void double_minutes(tb_scenario *s, int duty)
{
    s->set.obligations[duty].minutes.mean *= 2;
}

/* What happened besides the minutes of duties: equal, whatever one of them takes. */
static void expect_same_work(const char *duty, const struct life *a, const struct life *b)
{
    const struct counts *x = &a->unit.ledger.tally[0].count,
                        *y = &b->unit.ledger.tally[0].count;

    cr_assert_eq(x->visits_given, y->visits_given, "%s: visits", duty);
    cr_assert_eq(x->visits_missed, 0, "%s: %lld visits are missed", duty,
                 (long long)x->visits_missed);
    cr_assert_eq(x->deviations, y->deviations, "%s: deviations", duty);
    cr_assert_eq(x->incidents, y->incidents, "%s: incidents", duty);
    cr_assert_eq(x->given_ms, y->given_ms, "%s: care", duty);
    cr_assert_eq(x->met_ms, y->met_ms, "%s: need met", duty);
}

/* Other duties have the same records. The own one has, too, and their minutes are added here. */
static void expect_same_records(int duty, const struct life *before,
                                const struct life *after, struct sums sums[2])
{
    const struct world *w = before->world;

    for (int o = 0; o < w->obligations; o++) {
        const struct obligation_tally *x = &before->unit.ledger.tally[0].obligation[o],
                                      *y = &after->unit.ledger.tally[0].obligation[o];

        cr_assert_eq(x->written, y->written,
                     "%s doubled: %s is written %lld times, not %lld",
                     w->set.obligations[duty].name, w->set.obligations[o].name,
                     (long long)y->written, (long long)x->written);
        if (o != duty) {
            cr_assert_eq(x->ms, y->ms, "%s doubled: %s takes %lld ms, not %lld",
                         w->set.obligations[duty].name, w->set.obligations[o].name,
                         (long long)y->ms, (long long)x->ms);
            continue;
        }
        sums[0].written += x->written;
        sums[0].ms += x->ms;
        sums[1].ms += y->ms;
    }
}

static void expect_one_duty(int duty)
{
    tb_scenario *s = unit_with_slack(), *more = unit_with_slack();
    const struct obligation *o = &s->set.obligations[duty];
    const double mean = 60000 * o->minutes.mean, sd = mean * o->minutes.cv;
    struct sums sums[2] = {{0, 0}, {0, 0}};
    double moved, n, z;

    double_minutes(more, duty);
    for (int r = 0; r < WORLDS; r++) {
        struct life before, after;

        live_once(&before, s, r);
        live_once(&after, more, r);
        expect_same_work(o->name, &before, &after);
        expect_same_records(duty, &before, &after, sums);
        life_clear(&before);
        life_clear(&after);
    }
    n = (double)sums[0].written;
    moved = (double)(sums[1].ms - sums[0].ms);
    z = (moved - n * mean) / (sd * sqrt(n));
    cr_assert_geq(n, ENOUGH, "%s: %g records", o->name, n);
    cr_assert_lt(fabs(z), 4.5, "%s: %g records moved %g min, not %g x %g: z = %.2f",
                 o->name, n, moved / 60000, n, mean / 60000, z);
    /* the same draws, twice as long: each record is rounded to a millisecond, twice */
    cr_assert_lt(fabs(moved - (double)sums[0].ms), 2 * n + 1, "%s", o->name);
    tb_scenario_free(s);
    tb_scenario_free(more);
}

Test(one_duty, moves_its_own_row_and_no_other)
{
    tb_scenario *s = unit_with_slack();
    bool met[TRIGGERS] = {false};

    for (int o = 0; o < s->set.obligation_count; o++) {
        met[s->set.obligations[o].trigger] = true;
        expect_one_duty(o);
    }
    for (int t = 0; t < TRIGGERS; t++)
        cr_assert(met[t], "trigger %d has no duty", t);
    tb_scenario_free(s);
}

Test(one_duty, in_a_unit_that_has_slack)
{
    tb_scenario *s = unit_with_slack();
    struct life l;

    live_once(&l, s, 0);
    cr_assert_leq(l.world->offered_load, 0.7, "%g", l.world->offered_load);
    cr_assert_gt(l.world->offered_load, 0.3, "%g", l.world->offered_load);
    cr_assert_eq(s->set.planning.mode, PLANNING_GIVEN);
    cr_assert_lt(1000 * life_ms(&l, OVERTIME), life_ms(&l, DUTY), "%lld ms of overtime",
                 (long long)life_ms(&l, OVERTIME));
    life_clear(&l);
    tb_scenario_free(s);
}
