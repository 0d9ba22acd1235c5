/* The arms of a run: what each of its scenarios is compiled from. */
#include <string.h>

#include "experiment/experiment.h"
#include "kernel/alloc.h"

/* The obligations of all scenarios in order of names, each as the first that has one has it. */
struct union_of {
    const struct obligation *of[MAX_OBLIGATIONS];
    int count;
};

/* Where a name is, or belongs. */
static int place(const struct union_of *u, const char *name, bool *is_there)
{
    int low = 0, high = u->count;

    *is_there = false;
    while (low < high && !*is_there) {
        const int middle = low + (high - low) / 2,
                  order = strcmp(u->of[middle]->name, name);

        *is_there = !order;
        low = order < 0 ? middle + 1 : *is_there ? middle : low;
        high = order > 0 ? middle : high;
    }
    return low;
}

static tb_status join(struct union_of *u, const struct setting *set, tb_error *err)
{
    for (int i = 0; i < set->obligation_count; i++) {
        bool is_there;
        const int at = place(u, set->obligations[i].name, &is_there);

        if (is_there)
            continue;
        if (u->count == MAX_OBLIGATIONS)
            return tb__fail(
                err, TB_ERR_LIMIT,
                "obligations: the scenarios have more than %d together, which "
                "a switch does not hold",
                MAX_OBLIGATIONS);
        for (int k = u->count++; k > at; k--)
            u->of[k] = u->of[k - 1];
        u->of[at] = &set->obligations[i];
    }
    return TB_OK;
}

/* Gives a scenario what it lacks, from the last name back: nothing calls for that. */
static void complete(struct setting *set, const struct union_of *u)
{
    int own = set->obligation_count - 1;

    for (int i = u->count - 1; i >= 0; i--) {
        struct obligation *o = &set->obligations[i];

        if (own >= 0 && !strcmp(set->obligations[own].name, u->of[i]->name)) {
            if (own != i)
                *o = set->obligations[own];
            own--;
        } else {
            *o = *u->of[i];
            o->probability = 0;
        }
    }
    set->obligation_count = u->count;
}

static tb_status unite(struct arms *a, tb_error *err)
{
    struct union_of u = {.count = 0};
    tb_status status = TB_OK;

    for (int i = 0; i < a->count && !status; i++)
        status = join(&u, a->set[i], err);
    for (int i = 0; i < a->count && !status; i++)
        complete(&a->owned[i], &u);
    return status;
}

tb_status tb__arms_init(struct arms *a, const tb_scenario *const *scenarios, int count,
                        tb_estimand estimand, tb_error *err)
{
    tb_status status = TB_OK;

    *a = (struct arms){.count = count, .switches = estimand == TB_SWITCH};
    a->set = tb__alloc((size_t)count, sizeof(const struct setting *));
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
