/* Paperwork that the day plan sets time aside for: of a visit, of a shift, of a period; by who is there
 * to write it. An expectation from the settings alone, so that a plan depends on no draw. */
#include <math.h>

#include "kernel/alloc.h"
#include "model/price.h"
#include "model/world/compile.h"

/* Times in 28 days that a week, month, quarter, year begins. */
static const double periods[] = {4, 28 * 3 / 91.0, 28 / 91.0, 28 / 364.0};

/* How often a visit to a client meets an obligation's trigger. */
static double meets(const struct world *w, const struct obligation_plan *p,
                    const struct client_plan *c)
{
    const struct obligation *o = &w->set.obligations[p->id];
    const double visits = (double)c->slots / c->cycles;
    const double slots = c->slots > 1 ? visits : 1.0 / c->cycles;

    if (p->of != NOWHERE && p->of != c->group)
        return 0;
    if (o->trigger == TRIGGER_VISIT)
        return 1;
    if (o->trigger == TRIGGER_DEVIATION)
        return c->deviates;
    if (o->trigger >= TRIGGER_WEEK && tb__is_of_clients(o->per))
        return fmin(periods[o->trigger - TRIGGER_WEEK] / slots, 1) *
               (o->per == PER_PERSON ? c->people : 1);
    return 0;
}

/* Adds ms of an obligation to what is expected of each who may write it. */
static void expect(const struct world *w, const struct obligation_plan *p, double ms,
                   struct paper at[WRITERS])
{
    for (int i = -1; i < w->set.staff_count; i++) {
        struct paper *e = &at[i + 1];

        if (p->role != ANY_ROLE && p->role != i)
            continue;
        *(p->timing == TIMING_AT_ONCE        ? &e->at_once
          : p->timing == TIMING_END_OF_SHIFT ? &e->closing
                                             : &e->idle) += (tb_time)ms;
    }
}

/* Share of the time on duty of those who have a role. */
static double share_of(const struct world *w, int role)
{
    double own = 0, all = 0;

    for (int i = 0; i < w->workers; i++)
        for (int k = 0; k < w->worker[i].shifts; k++) {
            const struct shift *s = &w->shift[w->worker[i].first + k];

            all += (double)(s->to - s->from);
            own += w->worker[i].role == role ? (double)(s->to - s->from) : 0;
        }
    return all > 0 ? own / all : 0;
}

/* What visits of each day leave to a role that does not give them. */
static void leave_to_role(struct world *w, const struct obligation_plan *p, double mean)
{
    const double others = 1 - share_of(w, p->role);

    for (int day = 0; day < CYCLE_DAYS; day++) {
        double ms = 0;

        for (int i = w->slot_first[day]; i < w->slot_first[day + 1]; i++) {
            const struct client_plan *c = &w->client[w->slot[i].client];
            const int visitor = w->client_role[c->group];

            ms += mean * meets(w, p, c) * w->stay[c->group].there / c->cycles *
                  (visitor == ANY_ROLE ? others : visitor != p->role);
        }
        w->paperwork.left[day][p->role + 1] += (tb_time)ms;
        w->paperwork.leaves |= ms >= 1;
    }
}

static void of_obligation(struct world *w, const struct obligation_plan *p)
{
    const struct obligation *o = &w->set.obligations[p->id];
    const int period = o->trigger - TRIGGER_WEEK;
    const double mean = tb__record_mean(w, p->id);
    const bool may_wait = w->set.duty.unfinished_records != UNFINISHED_OVERTIME;
    struct paperwork *all = &w->paperwork;

    if (may_wait && o->timing != TIMING_AT_ONCE)
        return; /* no visit is refused for it */

    all->any |= o->timing != TIMING_AT_ONCE;
    all->shifts |= o->trigger == TRIGGER_SHIFT || (period >= 0 && o->per == PER_WORKER);
    all->units |= period >= 0 && o->per == PER_UNIT;
    if (o->trigger == TRIGGER_SHIFT)
        expect(w, p, mean, all->shift);
    else if (period >= 0 && o->per == PER_WORKER)
        expect(w, p, mean, all->worker[period]);
    else if (period >= 0 && o->per == PER_UNIT)
        expect(w, p, mean, all->unit[period]);
    else if (o->trigger == TRIGGER_VISIT || o->trigger == TRIGGER_DEVIATION || period >= 0) {
        for (int i = 0; i < w->clients; i++)
            expect(w, p, mean * meets(w, p, &w->client[i]), all->visit[i]);
        if (p->role != ANY_ROLE && !may_wait)
            leave_to_role(w, p, mean);
    }
}

/* Who is expected to come to a group, as writers are counted. */
static int visitor_of(const struct world *w, int group)
{
    const int role = w->client_role[group];

    for (int i = 1; role == ANY_ROLE && i < w->workers; i++)
        if (w->worker[i].role != w->worker[0].role)
            return 0;
    return 1 + (role == ANY_ROLE && w->workers ? w->worker[0].role : role);
}

tb_status tb__expect_paperwork(struct world *w, tb_error *err)
{
    struct paperwork *all = &w->paperwork;

    all->visit = tb__alloc((size_t)w->clients, sizeof *all->visit);
    all->later = tb__alloc((size_t)w->clients, sizeof *all->later);
    if (!all->visit || !all->later)
        return tb__no_memory(err);
    for (int g = 0; g < w->set.client_group_count; g++)
        all->visitor[g] = visitor_of(w, g);
    if (w->set.planning.mode != PLANNING_DAILY || !w->clients)
        return TB_OK; /* routes are the same whatever there is to write */
    for (int t = 0; t < TRIGGERS; t++)
        for (int i = 0; i < w->triggered_count[t]; i++)
            of_obligation(w, w->triggered[t][i]);
    for (int i = 0; i < w->clients; i++)
        for (int k = 0; k < WRITERS; k++)
            all->later[i][k] = (struct later){tb__plan_seconds(all->visit[i][k].idle),
                                              tb__plan_seconds(all->visit[i][k].closing)};
    return TB_OK;
}
