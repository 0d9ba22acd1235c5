#include "experiment/result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/alloc.h"

struct names {
    char (*name)[NAME_SIZE];
    int count;
};

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

static int find(const struct names *n, const char *name)
{
    const char *at = bsearch(name, n->name, (size_t)n->count, sizeof *n->name, compare);

    return at ? (int)((at - *n->name) / NAME_SIZE) : -1;
}

static void note(struct names *n, const char *name)
{
    memcpy(n->name[n->count++], name, NAME_SIZE);
}

/* In order, each once. */
static void settle(struct names *n)
{
    int kept = 0;

    qsort(n->name, (size_t)n->count, sizeof *n->name, compare);
    for (int i = 0; i < n->count; i++)
        if (!i || strcmp(n->name[i], n->name[kept - 1]) != 0)
            memmove(n->name[kept++], n->name[i], NAME_SIZE);
    n->count = kept;
}

/* What has outcomes of its own, by name: over all scenarios, sorted. */
struct parts {
    struct names roles, obligations, services;
};

static void forget(struct parts *p)
{
    tb__free(p->roles.name);
    tb__free(p->obligations.name);
    tb__free(p->services.name);
}

static tb_status collect(const struct frame *f, struct parts *p, tb_error *err)
{
    p->roles.name = tb__alloc((size_t)f->scenarios * MAX_STAFF, NAME_SIZE);
    p->obligations.name = tb__alloc((size_t)f->scenarios * MAX_OBLIGATIONS, NAME_SIZE);
    p->services.name = tb__alloc((size_t)f->scenarios * MAX_SERVICES, NAME_SIZE);
    if (!p->roles.name || !p->obligations.name || !p->services.name)
        return tb__no_memory(err);
    for (int s = 0; s < f->scenarios; s++) {
        const struct setting *set = f->set[s];

        for (int i = 0; i < set->staff_count; i++)
            if (*set->staff[i].role)
                note(&p->roles, set->staff[i].role);
        for (int i = 0; i < set->obligation_count; i++)
            note(&p->obligations, set->obligations[i].name);
        for (int i = 0; i < set->service_count; i++)
            note(&p->services, set->services[i].name);
    }
    settle(&p->roles);
    settle(&p->obligations);
    settle(&p->services);
    return TB_OK;
}

static void name_part(tb_result *r, int n, const char *outcome, const char *part)
{
    snprintf(r->name[n], sizeof *r->name, "%s%s", outcome, part);
    r->outcome[n].name = r->name[n];
}

static void describe(tb_result *r, const struct parts *p)
{
    int n = 0;

    for (; n < tb__outcome_count(); n++) {
        const struct outcome *o = tb__outcome(n);
        r->outcome[n] =
            (tb_outcome){o->name, o->unit, o->definition, (tb_direction)o->better};
    }
    for (int i = 0; i < p->roles.count; i++)
        for (int k = 0; k < ROLE_OUTCOMES; k++, n++) {
            const struct outcome *o = &tb__role_outcomes[k];
            r->outcome[n] =
                (tb_outcome){NULL, o->unit, o->definition, (tb_direction)o->better};
            name_part(r, n, o->name, p->roles.name[i]);
        }
    for (int i = 0; i < p->obligations.count; i++)
        for (int k = 0; k < OBLIGATION_OUTCOMES; k++, n++) {
            const struct part_outcome *o = &tb__obligation_outcomes[k];
            r->outcome[n] =
                (tb_outcome){NULL, o->unit, o->definition, (tb_direction)o->better};
            name_part(r, n, o->name, p->obligations.name[i]);
        }
    for (int i = 0; i < p->services.count; i++)
        for (int k = 0; k < SERVICE_OUTCOMES; k++, n++) {
            const struct part_outcome *o = &tb__service_outcomes[k];
            r->outcome[n] =
                (tb_outcome){NULL, o->unit, o->definition, (tb_direction)o->better};
            name_part(r, n, o->name, p->services.name[i]);
        }
}

/* Where a scenario has the parts of the union: [part of the union] -> own index, or -1. */
static tb_status map_scenario(struct result_scenario *s, const struct setting *set,
                              const struct parts *p, tb_error *err)
{
    s->role = tb__alloc((size_t)p->roles.count, sizeof *s->role);
    s->obligation = tb__alloc((size_t)p->obligations.count, sizeof *s->obligation);
    s->service = tb__alloc((size_t)p->services.count, sizeof *s->service);
    if (!s->role || !s->obligation || !s->service)
        return tb__no_memory(err);
    for (int i = 0; i < p->roles.count; i++)
        s->role[i] = -1;
    for (int i = 0; i < p->obligations.count; i++)
        s->obligation[i] = -1;
    for (int i = 0; i < p->services.count; i++)
        s->service[i] = -1;
    for (int i = set->staff_count - 1; i >= 0; i--) /* the first group names the role */
        if (*set->staff[i].role)
            s->role[find(&p->roles, set->staff[i].role)] = i;
    for (int i = 0; i < set->obligation_count; i++)
        s->obligation[find(&p->obligations, set->obligations[i].name)] = i;
    for (int i = 0; i < set->service_count; i++)
        s->service[find(&p->services, set->services[i].name)] = i;
    return TB_OK;
}

static tb_status within_limit(const tb_result *r, int replications, tb_error *err)
{
    const int64_t rows = (int64_t)r->scenarios * replications * r->weeks;

    return rows * r->outcomes <= INT64_C(2000000000)
               ? TB_OK
               : tb__fail(
                     err, TB_ERR_LIMIT,
                     "plan: %lld rows of %d outcomes are more than a result holds; run "
                     "fewer replications, or without weeks",
                     (long long)rows, r->outcomes);
}

tb_status tb__result_allocate(tb_result *r, tb_error *err)
{
    const tb_status status = within_limit(r, r->replications, err);

    if (status)
        return status;
    r->rows = (int64_t)r->scenarios * r->replications * r->weeks;
    r->outcome = tb__alloc((size_t)r->outcomes, sizeof *r->outcome);
    r->name = tb__alloc((size_t)r->outcomes, sizeof *r->name);
    r->scenario = tb__alloc((size_t)r->scenarios, sizeof *r->scenario);
    for (int p = 0; p < 3; p++)
        r->part[p] = /* every cell will be written: zeroing them takes seconds for many rows */
            tb__realloc(NULL, (size_t)(r->rows * r->outcomes), sizeof **r->part);
    return r->outcome && r->name && r->scenario && r->part[0] && r->part[1] && r->part[2]
               ? TB_OK
               : tb__no_memory(err);
}

static void put_down(tb_result *r, const struct frame *f)
{
    r->scenarios = f->scenarios;
    r->replications = f->replications;
    r->weekly = f->plan->weekly;
    r->weeks = f->plan->weekly ? f->measured : 1;
    r->measured = f->measured;
    r->warmup = f->warmup;
    r->first = f->plan->first;
    r->estimand = f->plan->estimand;
    r->hardest = -1;
    r->seed = f->plan->seed;
    snprintf(r->version, sizeof r->version, "%s", tb_version());
}

tb_status tb__result_new(const struct frame *frame, tb_result **out, tb_error *err)
{
    struct parts parts = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    tb_result *r = tb__alloc(1, sizeof *r);
    tb_status status = r ? collect(frame, &parts, err) : tb__no_memory(err);

    *out = NULL;
    if (r && !status) {
        put_down(r, frame);
        r->roles = parts.roles.count;
        r->obligations = parts.obligations.count;
        r->services = parts.services.count;
        r->outcomes = tb__outcome_count() + ROLE_OUTCOMES * r->roles +
                      OBLIGATION_OUTCOMES * r->obligations + SERVICE_OUTCOMES * r->services;
        status = within_limit(r, frame->plan->replications, err);
        if (!status)
            status = tb__result_allocate(r, err);
    }
    if (!status)
        describe(r, &parts);
    for (int s = 0; s < frame->scenarios && !status; s++)
        status = map_scenario(&r->scenario[s], frame->set[s], &parts, err);
    forget(&parts);
    if (status)
        tb_result_free(r);
    else
        *out = r;
    return status;
}

void tb__result_world(tb_result *r, int scenario, uint64_t settings, const struct world *w)
{
    r->scenario[scenario].settings = settings;
    r->scenario[scenario].hash = w->hash;
    r->scenario[scenario].offered_load = w->offered_load;
}

static void put(tb_result *r, int outcome, int64_t row, double numerator, double denominator)
{
    const int64_t at = outcome * r->rows + row;

    r->part[0][at] = denominator != 0 ? numerator / denominator : 0;
    r->part[1][at] = numerator;
    r->part[2][at] = denominator;
}

/* Puts the outcomes of every role of the union from the nth on; returns the number after them. */
static int put_roles(tb_result *r, const struct result_scenario *s, int64_t row,
                     const struct world *w, const struct ledger *l, int period, int n)
{
    for (int i = 0; i < r->roles; i++) {
        struct totals t = {.ms = {0}};

        if (s->role[i] >= 0)
            tb__role_totals(w, l, period, s->role[i], &t);
        for (int k = 0; k < ROLE_OUTCOMES; k++, n++)
            put(r, n, row, tb__role_outcomes[k].numerator(&t),
                tb__role_outcomes[k].denominator(&t));
    }
    return n;
}

void tb__result_put(tb_result *r, int scenario, int replication, const struct world *w,
                    const struct ledger *l)
{
    const struct result_scenario *s = &r->scenario[scenario];
    const int fixed = tb__outcome_count();

    for (int week = 0; week < r->weeks; week++) {
        const int64_t row =
            ((int64_t)scenario * r->replications + replication) * r->weeks + week;
        struct totals t;
        int n = 0;

        tb__totals(w, l, week, &t);
        for (; n < fixed; n++)
            put(r, n, row, tb__outcome(n)->numerator(&t), tb__outcome(n)->denominator(&t));
        n = put_roles(r, s, row, w, l, week, n);
        for (int i = 0; i < r->obligations; i++)
            for (int k = 0; k < OBLIGATION_OUTCOMES; k++, n++) {
                double ratio[2];
                tb__obligation_ratio(&t, s->obligation[i], k, ratio);
                put(r, n, row, ratio[0], ratio[1]);
            }
        for (int i = 0; i < r->services; i++)
            for (int k = 0; k < SERVICE_OUTCOMES; k++, n++) {
                double ratio[2] = {0, 0};
                if (s->service[i] >= 0)
                    tb__service_ratio(&t, s->service[i], k, ratio);
                put(r, n, row, ratio[0], ratio[1]);
            }
    }
}

tb_status tb__result_grow(tb_result *r, int n, tb_error *err)
{
    const int64_t block = (int64_t)r->replications * r->weeks, more = (int64_t)n * r->weeks;
    double *part[3];

    for (int p = 0; p < 3; p++)
        part[p] =
            tb__realloc(NULL, (size_t)(r->outcomes * r->scenarios * more), sizeof **part);
    if (!part[0] || !part[1] || !part[2]) {
        for (int p = 0; p < 3; p++)
            tb__free(part[p]);
        return tb__no_memory(err);
    }
    for (int p = 0; p < 3; p++) {
        for (int64_t i = 0; i < (int64_t)r->outcomes * r->scenarios; i++)
            memcpy(part[p] + i * more, r->part[p] + i * block,
                   (size_t)block * sizeof **part);
        tb__free(r->part[p]);
        r->part[p] = part[p];
    }
    r->replications = n;
    r->rows = r->scenarios * more;
    return TB_OK;
}

void tb__result_cut(tb_result *r, int n)
{
    const int64_t rows = (int64_t)r->scenarios * n * r->weeks;

    for (int p = 0; p < 3; p++)
        for (int o = 0; o < r->outcomes; o++)
            for (int s = 0; s < r->scenarios; s++)
                memmove(r->part[p] + o * rows + (int64_t)s * n * r->weeks,
                        r->part[p] + o * r->rows + (int64_t)s * r->replications * r->weeks,
                        (size_t)n * (size_t)r->weeks * sizeof **r->part);
    r->rows = rows;
    r->replications = n;
    r->ending = TB_CUT_SHORT;
    r->hardest = -1;
}

void tb_result_free(tb_result *r)
{
    if (!r)
        return;
    for (int s = 0; r->scenario && s < r->scenarios; s++) {
        tb__free(r->scenario[s].role);
        tb__free(r->scenario[s].obligation);
        tb__free(r->scenario[s].service);
    }
    for (int p = 0; p < 3; p++)
        tb__free(r->part[p]);
    tb__free(r->scenario);
    tb__free(r->outcome);
    tb__free(r->name);
    tb__free(r);
}

int tb_result_scenarios(const tb_result *r)
{
    return r->scenarios;
}

int tb_result_replications(const tb_result *r)
{
    return r->replications;
}

int tb_result_weeks(const tb_result *r)
{
    return r->weeks;
}

int tb_result_outcomes(const tb_result *r)
{
    return r->outcomes;
}

uint64_t tb_result_seed(const tb_result *r)
{
    return r->seed;
}

int tb_result_first(const tb_result *r)
{
    return r->first;
}

tb_ending tb_result_ending(const tb_result *r, int *target)
{
    if (target)
        *target = r->hardest;
    return r->ending;
}

tb_estimand tb_result_estimand(const tb_result *r)
{
    return r->estimand;
}

int tb_result_is_weekly(const tb_result *r)
{
    return r->weekly;
}

int tb_result_horizon(const tb_result *r, int *warmup)
{
    if (warmup)
        *warmup = r->warmup;
    return r->measured;
}

double tb_result_offered_load(const tb_result *r, int scenario)
{
    return scenario >= 0 && scenario < r->scenarios ? r->scenario[scenario].offered_load
                                                    : 0;
}

int64_t tb_result_rows(const tb_result *r)
{
    return r->rows;
}

tb_status tb_result_outcome(const tb_result *r, int outcome, tb_outcome *out, tb_error *err)
{
    if (outcome < 0 || outcome >= r->outcomes)
        return tb__fail(err, TB_ERR_NAME, "outcome %d: there are %d", outcome, r->outcomes);
    *out = r->outcome[outcome];
    return TB_OK;
}

int tb_result_find(const tb_result *r, const char *outcome)
{
    for (int i = 0; i < r->outcomes; i++)
        if (!strcmp(r->outcome[i].name, outcome))
            return i;
    return -1;
}

const double *tb_result_column(const tb_result *r, int outcome, int part)
{
    if (outcome < 0 || outcome >= r->outcomes || part < 0 || part > 2)
        return NULL;
    return r->part[part] + outcome * r->rows;
}

uint64_t tb_result_hash(const tb_result *r, int scenario)
{
    const int64_t rows = (int64_t)r->replications * r->weeks;
    uint64_t h;

    if (scenario < 0 || scenario >= r->scenarios)
        return 0;
    h = r->scenario[scenario].hash;
    for (int p = 1; p < 3; p++)
        for (int o = 0; o < r->outcomes; o++)
            for (int64_t i = 0; i < rows; i++) {
                uint64_t bits;
                memcpy(&bits, &r->part[p][o * r->rows + scenario * rows + i], sizeof bits);
                h = tb__mix(h ^ bits);
            }
    return h;
}
