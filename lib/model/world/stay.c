/* Clients who come and go: laws of stays and vacancies, and how life finds the places. */
#include "model/world/compile.h"

#include "kernel/alloc.h"

static const double DAY_MS = 1440 * 60000.0;

/* Cumulative shares of time in spells of a law, shortest first; returns its mean. */
static double shares(const struct table *law, double *share)
{
    double sum = 0;

    for (int i = 0; i < SPELL_NODES; i++)
        share[i] = sum += tb__variate(law, (i + 0.5) / SPELL_NODES);
    for (int i = 0; i < SPELL_NODES; i++)
        share[i] /= sum > 0 ? sum : 1;
    return sum / SPELL_NODES;
}

static tb_status group(struct world *w, const struct client_group *g, struct stay_plan *p,
                       tb_error *err)
{
    double stay, vacancy;
    tb_status status;

    p->there = 1;
    p->turns = tb__law_mean(&g->stay_days) > 0;
    p->empties = tb__law_mean(&g->vacant_days) > 0;
    if (!p->turns || !g->count)
        return TB_OK;
    w->turnover = true;
    if ((status = tb__compile_law(w, &g->stay_days, DAY_MS, &p->stay, err)) ||
        (status = tb__compile_law(w, &g->vacant_days, DAY_MS, &p->vacancy, err)))
        return status;
    p->in_stay = tb__alloc(SPELL_NODES, sizeof *p->in_stay);
    p->in_vacancy = tb__alloc(SPELL_NODES, sizeof *p->in_vacancy);
    if (!p->in_stay || !p->in_vacancy)
        return tb__no_memory(err);
    stay = shares(&p->stay, p->in_stay);
    vacancy = p->empties ? shares(&p->vacancy, p->in_vacancy) : 0;
    p->there = stay / (stay + vacancy);
    return TB_OK;
}

tb_status tb__compile_stays(struct world *w, tb_error *err)
{
    tb_status status = TB_OK;

    for (int g = 0; g < w->set.client_group_count && !status; g++)
        status = group(w, &w->set.clients[g], &w->stay[g], err);
    return status;
}

void tb__stays_free(struct world *w)
{
    for (int g = 0; g < MAX_CLIENT_GROUPS; g++) {
        tb__free(w->stay[g].in_stay);
        tb__free(w->stay[g].in_vacancy);
    }
}
