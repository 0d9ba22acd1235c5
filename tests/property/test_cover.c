/* Cover in random units: what is wanted is what the settings say, what is covered is what the log says, and
 * nobody idles while cover lacks such as they are. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "books.h"
#include "model/outcome.h"
#include "random_scenario.h"

enum { SCENARIOS = 1000 };

static int units, part, short_of, two, surplus, overtime, absent, switched;

static int covers_of(const struct setting *s)
{
    int covers = 0;

    for (int i = 0; i < s->service_count; i++)
        covers += s->services[i].arrival == ARRIVAL_COVER;
    return covers;
}

/* Nothing but cover: nobody is visited, nobody calls. */
static void only_cover(struct setting *s)
{

    for (int i = 0; i < s->client_group_count; i++)
        s->clients[i].count = 0;
    for (int i = 0; i < s->service_count; i++) {
        struct service *v = &s->services[i];

        if (v->arrival == ARRIVAL_COVER)
            continue;
        v->arrival = ARRIVAL_RATE;
        v->per_hour = 0;
    }
    if (s->absence.days_between > 0) /* a third spell of a day is noticed late, by who idles */
        s->absence.days_between += 4;
    for (int i = 0; i < s->obligation_count; i++) { /* of what still happens */
        struct obligation *o = &s->obligations[i];

        o->trigger = o->trigger < TRIGGER_SHIFT ? TRIGGER_SHIFT : o->trigger;
        o->per = o->per == PER_UNIT ? PER_UNIT : PER_WORKER;
        o->in_presence = false;
        o->service[0] = o->of[0] = '\0';
    }
}

static int64_t within(const struct life *l, int period, const struct stretch *s)
{
    const struct ledger *g = &l->unit.ledger;
    const tb_time from = g->from + period * g->length;

    return overlap(s->from, s->to, from, from + g->length);
}

/* Wanted = covered + uncovered, to the ms: the settings know what is wanted, the log what is covered. What
 * is care of that is unmet need. */
static void conserved(const struct life *l, const char *name)
{
    const struct ledger *g = &l->unit.ledger;

    for (int p = 0; p < g->periods; p++) {
        int64_t lacks = 0;
        struct totals t;

        for (int s = 0; s < g->services; s++) {
            const struct service_tally *v = &g->tally[p].service[s];
            const int64_t wanted = books_wanted(l, p, s);
            int64_t there = 0;

            cr_assert_eq(v->wanted_ms, wanted, "%s, week %d: %lld ms wanted, not %lld",
                         name, p, (long long)v->wanted_ms, (long long)wanted);
            if (l->world->set.services[s].arrival != ARRIVAL_COVER)
                continue;
            for (int64_t i = 0; i < g->logged; i++)
                if (g->log[i].service == s)
                    there += within(l, p, &g->log[i]);
            cr_assert_eq(v->covered_ms, there, "%s, week %d: %lld ms covered, not %lld",
                         name, p, (long long)v->covered_ms, (long long)there);
            cr_assert_leq(there, wanted, "%s, week %d", name, p);
            if (l->world->set.services[s].books == BOOKS_CARE)
                lacks += wanted - there;
            part += there > 0 && there < wanted;
            short_of += there < wanted;
        }
        tb__totals(l->world, g, p, &t);
        cr_assert_eq((int64_t)(t.calls.wanted_ms - t.calls.covered_ms), lacks, "%s", name);
    }
}

/* Borders of stretches, in order of time. */
struct border {
    tb_time at;
    int there, idle; /* by how much their numbers change */
};

static int by_time(const void *a, const void *b)
{
    const tb_time x = ((const struct border *)a)->at, y = ((const struct border *)b)->at;

    return (x > y) - (x < y);
}

static struct border *borders_of(const struct life *l, int64_t *count)
{
    const struct ledger *g = &l->unit.ledger;
    struct border *border = malloc((2 * (size_t)g->logged + 1) * sizeof *border);

    cr_assert(border);
    *count = 0;
    for (int64_t i = 0; i < g->logged; i++) {
        const struct stretch *s = &g->log[i];
        const int there = s->service >= 0,
                  idle = s->obligation < 0 &&
                         (s->column == IDLE || s->column == DEVELOPMENT ||
                          s->column == CARE_SURPLUS);

        border[(*count)++] = (struct border){s->from, there, idle};
        border[(*count)++] = (struct border){s->to, -there, -idle};
    }
    qsort(border, (size_t)*count, sizeof *border, by_time);
    return border;
}

/* Where anybody may cover: never more there than wanted, and nobody idle while somebody lacks. */
static void nobody_idles(const struct life *l, const char *name)
{
    int64_t count;
    struct border *border = borders_of(l, &count);
    int there = 0, idle = 0;

    for (int64_t i = 0; i < count; i++) {
        there += border[i].there;
        idle += border[i].idle;
        if (i + 1 == count || border[i + 1].at == border[i].at)
            continue;
        for (tb_time t = border[i].at; t < border[i + 1].at;) {
            const tb_time next = (t / (30 * TB__MINUTE) + 1) * 30 * TB__MINUTE;
            int wanted = 0;

            for (int s = 0; s < l->world->services; s++)
                wanted += books_wanted_at(l, s, t);
            cr_assert_leq(there, wanted, "%s, minute %g", name, (double)t / 60000);
            cr_assert(there == wanted || !idle, "%s, minute %g: %d of %d there, %d idle",
                      name, (double)t / 60000, there, wanted, idle);
            t = next;
        }
    }
    free(border);
}

static bool has_roles(const struct setting *s)
{
    for (int i = 0; i < s->service_count; i++)
        if (*s->services[i].role)
            return true;
    return false;
}

static void look(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 5, .logging = 1, .weekly = 1};
    const int covers = covers_of(&s->set);
    struct life l;
    struct books b;
    const char *wrong;

    if (!covers)
        return;
    only_cover(&s->set);
    live(&l, s, &o);
    cr_assert_eq(l.status, TB_OK, "%s: %s", name, l.err.message);
    conserved(&l, name);
    if (!has_roles(&s->set))
        nobody_idles(&l, name);
    wrong = books_keep(&b, &l);
    cr_assert_null(wrong, "%s: %s", name, wrong);
    wrong = books_differ(&b);
    cr_assert_null(wrong, "%s: %s", name, wrong);
    units++;
    two += covers > 1;
    surplus += books_sum(&b, CARE_SURPLUS) > 0;
    overtime += books_sum(&b, OVERTIME) > 0;
    absent += books_sum(&b, ABSENT) > 0;
    books_clear(&b);
    life_clear(&l);
}

Test(cover, what_is_wanted_is_covered_or_missed)
{
    for (uint64_t n = 1; n <= SCENARIOS; n++) {
        tb_scenario *s = random_scenario(n);
        char name[40];

        snprintf(name, sizeof name, "scenario %llu", (unsigned long long)n);
        look(s, name);
        tb_scenario_free(s);
    }
    printf("# %d units, %d with two covers, %d with surplus, %d with overtime, %d with "
           "absence; weeks: %d short of cover, %d in part\n",
           units, two, surplus, overtime, absent, short_of, part);
    cr_assert(units > 200 && two > 50 && surplus > 50 && overtime > 100 && absent > 100);
    cr_assert(part > 200);
}

/* The same beside visits and calls, and through a reform half-way. */
Test(cover, beside_calls_and_through_a_reform)
{
    for (uint64_t n = 1; n <= SCENARIOS / 4; n++) {
        const struct occasion o = {.seed = 6, .weekly = 1, .logging = 1};
        tb_scenario *s = random_scenario(n), *arm = NULL;
        struct life l;
        char name[40];

        snprintf(name, sizeof name, "scenario %llu", (unsigned long long)n);
        if (!covers_of(&s->set)) {
            tb_scenario_free(s);
            continue;
        }
        live(&l, s, &o);
        conserved(&l, name);
        life_clear(&l);
        cr_assert_eq(tb_scenario_copy(s, &arm, NULL), TB_OK);
        for (int i = 0; i < arm->set.service_count; i++)
            arm->set.services[i].each *= 0.7;
        live_switch(&l, s, arm, &o);
        conserved(&l, name);
        switched++;
        life_clear(&l);
        tb_scenario_free(arm);
        tb_scenario_free(s);
    }
    cr_assert_gt(switched, 50);
}
