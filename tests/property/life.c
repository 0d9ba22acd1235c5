#include "life.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "experiment/experiment.h"
#include "kernel/alloc.h"
#include "random_scenario.h"
#include "scenario/scenario.h"

void live(struct life *l, const tb_scenario *s, const struct occasion *o)
{
    tb_plan plan = TB_PLAN_INIT;
    const int warmup = o->no_warmup ? 0 : s->set.horizon.warmup_weeks;

    plan.weeks = o->weeks;
    *l = (struct life){.probe = o->probe};
    tb__arena_init(&l->arena);
    l->status = tb__compile(s, &plan, warmup, &l->world, &l->err);
    cr_assert_eq(l->status, TB_OK, "%s", l->err.message);
    if (o->remember)
        l->probe.realised = &l->realised;
    l->status = tb__unit_run(l->world, tb__stream(o->seed, o->replication), &l->arena,
                             o->weekly ? l->world->weeks : 1, o->logging,
                             o->unseen ? NULL : &l->probe, NULL, &l->unit, &l->err);
    cr_assert(l->status == TB_OK || l->status == TB_ERR_INTERNAL, "%s", l->err.message);
}

void live_switch(struct life *l, const tb_scenario *before, const tb_scenario *s,
                 const struct occasion *o)
{
    const tb_scenario *const pair[] = {before, s};
    const int warmup = before->set.horizon.warmup_weeks;
    struct world **world[] = {&l->history, &l->world};
    tb_plan plan = TB_PLAN_INIT;
    struct arms arms;

    plan.weeks = o->weeks;
    *l = (struct life){.status = TB_OK};
    tb__arena_init(&l->arena);
    l->status = tb__arms_init(&arms, pair, 2, TB_SWITCH, &l->err);
    for (int i = 0; i < 2 && !l->status; i++)
        l->status = tb__arms_compile(&arms, i, pair[i], &plan, warmup ? warmup : 1,
                                     world[i], &l->err);
    tb__arms_clear(&arms);
    cr_assert_eq(l->status, TB_OK, "%s", l->err.message);
    l->status = tb__unit_switch_run(
        l->history, l->world, tb__stream(o->seed, o->replication), &l->arena,
        o->weekly ? l->world->weeks : 1, o->logging, NULL, &l->unit, &l->err);
    cr_assert(l->status == TB_OK || l->status == TB_ERR_INTERNAL, "%s", l->err.message);
}

void life_clear(struct life *l)
{
    tb__ledger_clear(&l->unit.ledger);
    tb__free(l->realised.item);
    tb__arena_clear(&l->arena);
    tb__world_free(l->world);
    tb__world_free(l->history);
}

int64_t life_ms(const struct life *l, int column)
{
    const struct ledger *g = &l->unit.ledger;
    int64_t sum = 0;

    for (int p = 0; p < g->periods; p++)
        for (int w = 0; w <= g->workers; w++)
            sum += g->tally[p].row[w].ms[column];
    return sum;
}

/* The first 64-bit word in which two structs differ, -1 when there is none. */
static int first_difference(const void *a, const void *b, size_t size)
{
    for (size_t i = 0; i < size; i += sizeof(int64_t))
        if (memcmp((const char *)a + i, (const char *)b + i, sizeof(int64_t)))
            return (int)(i / sizeof(int64_t));
    return -1;
}

static const char *arrays_differ(const char *what, int period, const void *a,
                                 const void *b, int count, size_t size)
{
    static char text[160];

    for (int i = 0; i < count; i++) {
        const char *x = (const char *)a + (size_t)i * size;
        const char *y = (const char *)b + (size_t)i * size;
        const int at = first_difference(x, y, size);
        int64_t left, right;

        if (at < 0)
            continue;
        memcpy(&left, x + (size_t)at * sizeof left, sizeof left);
        memcpy(&right, y + (size_t)at * sizeof right, sizeof right);
        snprintf(text, sizeof text, "period %d, %s %d, number %d: %lld, %lld", period,
                 what, i, at, (long long)left, (long long)right);
        return text;
    }
    return NULL;
}

const char *lives_differ(const struct life *a, const struct life *b)
{
    const struct ledger *x = &a->unit.ledger, *y = &b->unit.ledger;
    const char *text = NULL;

    if (x->periods != y->periods || x->workers != y->workers ||
        x->obligations != y->obligations || x->services != y->services)
        return "the shape of the ledger";
    for (int p = 0; p < x->periods && !text; p++) {
        const struct tally *s = &x->tally[p], *t = &y->tally[p];

        if ((text = arrays_differ("worker", p, s->row, t->row, x->workers + 1,
                                  sizeof *s->row)) ||
            (text = arrays_differ("counts", p, &s->count, &t->count, 1, sizeof s->count)) ||
            (text = arrays_differ("obligation", p, s->obligation, t->obligation,
                                  x->obligations, sizeof *s->obligation)) ||
            (text = arrays_differ("staff groups of obligation", p, s->group_ms,
                                  t->group_ms, x->obligations, sizeof *s->group_ms)))
            return text;
        text = arrays_differ("service", p, s->service, t->service, x->services,
                             sizeof *s->service);
    }
    return text;
}

void each_scenario(int weeks, int random, void (*use)(tb_scenario *s, const char *name))
{
    char name[40];
    tb_scenario *s;

    for (int i = 0; tb_preset_name(i); i++) {
        cr_assert_eq(tb_scenario_preset(tb_preset_name(i), &s, NULL), TB_OK);
        if (s->set.horizon.weeks > weeks)
            s->set.horizon.weeks = weeks;
        if (s->set.horizon.warmup_weeks > 1)
            s->set.horizon.warmup_weeks = 1;
        use(s, tb_preset_name(i));
        tb_scenario_free(s);
    }
    for (int n = 1; n <= random; n++) {
        snprintf(name, sizeof name, "random scenario %d", n);
        s = random_scenario((uint64_t)n);
        use(s, name);
        tb_scenario_free(s);
    }
}
