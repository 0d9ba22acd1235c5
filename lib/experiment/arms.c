/* The arms of a run: what each of its scenarios is compiled from. */
#include <string.h>

#include "experiment/experiment.h"
#include "kernel/alloc.h"

static const struct obligation *find(const struct setting *set, const char *name)
{
    for (int i = 0; i < set->obligation_count; i++)
        if (!strcmp(set->obligations[i].name, name))
            return &set->obligations[i];
    return NULL;
}

/* Adds an obligation that nothing calls for, in order of names. */
static tb_status add(struct setting *set, const struct obligation *o, tb_error *err)
{
    int at = set->obligation_count;

    if (at == MAX_OBLIGATIONS)
        return tb__fail(err, TB_ERR_LIMIT,
                        "obligations: the scenarios have more than %d together, which a "
                        "switch does not hold",
                        MAX_OBLIGATIONS);
    for (; at > 0 && strcmp(set->obligations[at - 1].name, o->name) > 0; at--)
        set->obligations[at] = set->obligations[at - 1];
    set->obligations[at] = *o;
    set->obligations[at].probability = 0;
    set->obligation_count++;
    return TB_OK;
}

/* The obligations of all, as the first that has one has it. */
static tb_status unite(struct arms *a, tb_error *err)
{
    tb_status status = TB_OK;

    for (int from = 0; from < a->count; from++)
        for (int i = 0; i < a->set[from]->obligation_count; i++) {
            const struct obligation *o = &a->set[from]->obligations[i];

            for (int to = 0; to < a->count && !status; to++)
                if (!find(&a->owned[to], o->name))
                    status = add(&a->owned[to], o, err);
        }
    return status;
}

tb_status tb__arms_init(struct arms *a, const tb_scenario *const *scenarios, int count,
                        tb_estimand estimand, tb_error *err)
{
    tb_status status = TB_OK;

    *a = (struct arms){.count = count, .switches = estimand == TB_SWITCH};
    a->set = tb__alloc((size_t)count, sizeof *a->set);
    if (!a->set)
        return tb__no_memory(err);
    for (int i = 0; i < count; i++)
        a->set[i] = &scenarios[i]->set;
    if (!a->switches)
        return TB_OK;
    a->owned = tb__alloc((size_t)count, sizeof *a->owned);
    if (!a->owned)
        return tb__no_memory(err);
    for (int i = 0; i < count; i++)
        a->owned[i] = scenarios[i]->set;
    for (int i = 1; i < count && !status; i++)
        status = tb__same_unit(a->set[0], a->set[i], err);
    if (!status)
        status = unite(a, err);
    for (int i = 0; i < count; i++)
        a->set[i] = &a->owned[i];
    return status;
}

void tb__arms_clear(struct arms *a)
{
    tb__free(a->set);
    tb__free(a->owned);
}

static void count_fault(const char *path, const char *message, void *data)
{
    tb_error *err = data;

    if (!err->status)
        (void)tb__fail(err, TB_ERR_VALUE, "%s: %s", path, message);
}

static tb_status check(const tb_scenario *s, tb_error *err)
{
    tb_error first = {.status = TB_OK};
    const int faults = tb_scenario_check(s, count_fault, &first);

    if (faults > 1)
        return tb__fail(err, TB_ERR_VALUE, "%s (and %d more)", first.message, faults - 1);
    return faults ? tb__fail(err, TB_ERR_VALUE, "%s", first.message) : TB_OK;
}

tb_status tb__arms_compile(const struct arms *a, int nth, const tb_scenario *s,
                           const tb_plan *plan, int warmup, struct world **out,
                           tb_error *err)
{
    const tb_status status = check(s, err);

    *out = NULL;
    return status ? status
                  : tb__world_after(a->set[nth], a->switches && nth ? a->set[0] : NULL,
                                    tb__measured(s, plan), warmup, out, err);
}

tb_status tb__compile(const tb_scenario *s, const tb_plan *plan, int warmup,
                      struct world **out, tb_error *err)
{
    const tb_status status = check(s, err);

    *out = NULL;
    return status ? status
                  : tb__world_new(&s->set, tb__measured(s, plan), warmup, out, err);
}
