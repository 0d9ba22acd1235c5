/* Money and full-time posts, computed a second time: worker by worker, from the log and the rosters
 * (books.h), at the wages of the scenario. Prices move nothing that happens. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "books.h"
#include "model/outcome.h"
#include "random_scenario.h"

enum { RANDOM = 300, PRESET_WEEKS = 3, SEEN_IN = 20 };

static int positive[COLUMNS], several_groups, obligations_of_two;

/* What the outcomes should say, of one period. */
struct expected {
    double wages, direct, overtime, temps, absence, unmet, records;
    double direct_hours, duty_hours, record_hours, unmet_hours;
    double obligation[MAX_OBLIGATIONS];
};

static double hours(const struct books *b, int period, int worker, int column)
{
    return (double)books_ms(b, period, worker, column) / 3600000;
}

static void add_worker(struct expected *e, const struct books *b, int period, int worker)
{
    const struct setting *s = &b->life->world->set;
    const struct money *m = &s->money;
    const double wage = s->staff[b->life->world->worker[worker].group].wage;
    const double hour = wage + wage * m->on_costs;
    const double duty = hours(b, period, worker, DUTY),
                 temp = hours(b, period, worker, TEMP_DUTY),
                 over = hours(b, period, worker, OVERTIME),
                 care = hours(b, period, worker, CARE_NEEDED) +
                        hours(b, period, worker, CARE_SURPLUS);

    e->direct += care * hour;
    e->overtime += over * hour * (1 + m->overtime_supplement);
    e->temps += temp * hour * m->temp_factor;
    e->absence += hours(b, period, worker, ABSENT) * hour * m->absence_pay;
    e->wages += (duty - temp) * hour + over * hour * m->overtime_supplement;
    e->direct_hours += care;
    e->duty_hours += duty;
    e->record_hours += hours(b, period, worker, RECORDS_PRESENCE) +
                       hours(b, period, worker, RECORDS_AWAY);
}

/* Every stretch of the log that an obligation caused, at the wage of who wrote it. */
static void add_obligations(struct expected *e, const struct life *l, int period)
{
    const struct ledger *g = &l->unit.ledger;
    const struct setting *s = &l->world->set;
    const tb_time from = g->from + period * g->length;

    for (int64_t i = 0; i < g->logged; i++) {
        const struct stretch *x = &g->log[i];
        double cost;

        if (x->obligation < 0)
            continue;
        cost = x->people * (double)overlap(x->from, x->to, from, from + g->length) /
               3600000 * s->staff[l->world->worker[x->worker].group].wage *
               (1 + s->money.on_costs) * (1 + s->money.overhead);
        e->obligation[x->obligation] += cost;
        e->records += s->obligations[x->obligation].books == BOOKED_RECORDS ? cost : 0;
    }
}

static struct expected expect(const struct books *b, int period)
{
    const struct life *l = b->life;
    const struct counts *c = &l->unit.ledger.tally[period].count;
    struct expected e = {0};
    int64_t unmet;

    for (int i = 0; i < b->workers; i++)
        add_worker(&e, b, period, i);
    e.wages += e.temps + e.absence;
    unmet = c->need_ms - c->met_ms;
    for (int s = 0; s < l->world->services; s++) {
        const struct service_tally *v = &l->unit.ledger.tally[period].service[s];

        if (l->world->set.services[s].books == BOOKS_CARE)
            unmet += l->world->service_crew[s] * (v->unserved_ms + v->waiting_ms) +
                     books_wanted(l, period, s) - v->covered_ms;
    }
    e.unmet_hours = (double)unmet / 3600000;
    e.unmet = e.direct_hours > 0 ? e.unmet_hours * e.direct / e.direct_hours : 0;
    add_obligations(&e, l, period);
    return e;
}

static void same(const char *scenario, const char *what, double is, double should)
{
    cr_assert_lt(fabs(is - should), 1e-9 * (1 + fabs(should)),
                 "%s: %s is %.12g, not %.12g", scenario, what, is, should);
}

static void check_ratio(const char *scenario, const struct totals *t, const char *outcome,
                        double numerator, double denominator)
{
    for (int i = 0; i < tb__outcome_count(); i++)
        if (!strcmp(tb__outcome(i)->name, outcome)) {
            same(scenario, outcome, tb__outcome(i)->numerator(t), numerator);
            same(scenario, outcome, tb__outcome(i)->denominator(t), denominator);
            return;
        }
    cr_assert_fail("there is no %s", outcome);
}

static void check_period(const char *name, const struct books *b, int period)
{
    const struct world *w = b->life->world;
    const struct money *m = &w->set.money;
    const double post = m->full_time_hours * m->full_time_weeks / 52; /* hours a week */
    const struct expected e = expect(b, period);
    struct totals t;
    double ratio[2];

    tb__totals(w, &b->life->unit.ledger, period, &t);
    check_ratio(name, &t, "money.wages", e.wages, 1);
    check_ratio(name, &t, "money.per_direct_hour", e.wages, e.direct_hours);
    check_ratio(name, &t, "money.direct", e.direct, 1);
    check_ratio(name, &t, "money.unmet", e.unmet, 1);
    check_ratio(name, &t, "money.overtime", e.overtime, 1);
    check_ratio(name, &t, "money.temps", e.temps, 1);
    check_ratio(name, &t, "money.absence", e.absence, 1);
    check_ratio(name, &t, "money.records", e.records, 1);
    check_ratio(name, &t, "staff.fte_duty", e.duty_hours / post, 1);
    check_ratio(name, &t, "staff.fte_direct", e.direct_hours / post, 1);
    check_ratio(name, &t, "staff.fte_records", e.record_hours / post, 1);
    check_ratio(name, &t, "staff.fte_unmet", e.unmet_hours / post, 1);
    for (int o = 0; o < w->obligations; o++) {
        int writers = 0;

        tb__obligation_ratio(&t, o, 1, ratio);
        same(name, w->set.obligations[o].name, ratio[0], e.obligation[o]);
        same(name, w->set.obligations[o].name, ratio[1], 1);
        for (int g = 0; g < w->set.staff_count; g++)
            writers += t.tally->group_ms[o][g] > 0;
        obligations_of_two += writers > 1;
    }
    positive[0] += e.wages > 0;
    positive[1] += e.overtime > 0;
    positive[2] += e.temps > 0;
    positive[3] += e.absence > 0;
    positive[4] += e.unmet > 0;
    positive[5] += e.records > 0;
}

static void recompute(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 17, .logging = 1, .weekly = 1};
    struct life l;
    struct books b;
    const char *wrong;

    live(&l, s, &o);
    cr_assert_eq(l.status, TB_OK, "%s: %s", name, l.err.message);
    wrong = books_keep(&b, &l);
    cr_assert_null(wrong, "%s: %s", name, wrong);
    several_groups += l.world->set.staff_count > 1;
    for (int p = 0; p < b.periods; p++)
        check_period(name, &b, p);
    books_clear(&b);
    life_clear(&l);
}

Test(money, is_minutes_times_wages)
{
    each_scenario(PRESET_WEEKS, RANDOM, recompute);
    for (int i = 0; i < 6; i++)
        cr_assert_geq(positive[i], SEEN_IN, "number %d: positive in %d weeks", i,
                      positive[i]);
    cr_assert_geq(several_groups, SEEN_IN, "%d", several_groups);
    cr_assert_geq(obligations_of_two, SEEN_IN, "%d", obligations_of_two);
}

/* Prices -------------------------------------------------------------------------------- */

static void price(tb_scenario *s)
{
    for (int g = 0; g < s->set.staff_count; g++)
        s->set.staff[g].wage = 100 + 50 * g;
    s->set.money.on_costs = 0.4;
    s->set.money.overtime_supplement = 0.5;
    s->set.money.temp_factor = 2;
    s->set.money.absence_pay = 1;
    s->set.money.overhead = 0.25;
    s->set.money.full_time_hours = 35;
    s->set.money.full_time_weeks = 45;
}

static void free_of_charge(tb_scenario *s, const char *name)
{
    const struct occasion logged = {.seed = 17, .logging = 1}, o = {.seed = 17};
    struct life without, with;
    struct totals t;
    const char *differ;

    for (int g = 0; g < s->set.staff_count; g++)
        s->set.staff[g].wage = 0;
    live(&without, s, &logged);
    price(s);
    live(&with, s, &o);
    differ = lives_differ(&without, &with);
    cr_assert_null(differ, "%s: %s", name, differ);
    tb__totals(without.world, &without.unit.ledger, 0, &t);
    for (int i = 0; i < tb__outcome_count(); i++)
        if (!strncmp(tb__outcome(i)->name, "money.", 6)) {
            const double is = tb__outcome(i)->numerator(&t);
            cr_assert(is >= 0 && is <= 0, "%s: %s is %g", name, tb__outcome(i)->name, is);
        }
    tb__totals(with.world, &with.unit.ledger, 0, &t);
    cr_assert(t.ms[DUTY] <= 0 || t.money.wages > 0, "%s", name);
    life_clear(&without);
    life_clear(&with);
}

Test(money, prices_move_nothing_that_happens)
{
    each_scenario(1, 60, free_of_charge);
}
