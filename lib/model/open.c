/* Open visits: what fits nowhere at midnight waits for a worker who has time for it after all. */
#include "model/unit.h"

#include "model/price.h"

/* In order of window opening: mostly the last, as a day is dealt out in that order; but a second carer's
 * visit opens when the first's is planned. */
void tb__offer(struct unit *u, int visit)
{
    struct visit *v = &u->visit[visit];
    const tb_time takes = (tb_time)v->slot->lasts * PLAN_SECOND;
    int *link = &u->open;

    if (u->open == NONE || takes < u->open_least)
        u->open_least = takes;
    if (u->open == NONE || u->visit[u->open_end].opens <= v->opens) {
        tb__append_visit(u, &u->open, &u->open_end, visit);
        return;
    }
    while (u->visit[*link].opens <= v->opens)
        link = &u->visit[*link].next;
    v->next = *link;
    *link = visit;
}

int tb__partner(const struct unit *u, int visit)
{
    const struct visit *v = &u->visit[visit];
    const int at = visit + (v->slot->nth & 1 ? -1 : 1);

    return at >= 0 && at < 2 * u->room_a_day && u->visit[at].slot &&
                   u->visit[at].index == (v->index ^ 1) &&
                   u->visit[at].slot->client == v->slot->client
               ? u->visit[at].by
               : NONE;
}

/* Until when a worker has to be done with what it takes on: until it leaves for its next visit, or the
 * shift ends; the break, what ends a shift, and records find their time first. Ways and records of
 * the visit itself come on top. */
static tb_time free_until(const struct unit *u, const struct worker *w)
{
    const struct setting *s = &u->world->set;
    const int kind = u->world->shift[w->shift].kind;
    const bool may_wait = s->duty.unfinished_records != UNFINISHED_OVERTIME;
    const tb_time records = may_wait ? 0 : w->records_ms;
    tb_time until = w->until - records - w->left_ms;

    if (w->rest_from < until)
        until -= u->world->break_ms;
    if (w->route != NONE) {
        const tb_time leaves = u->visit[w->route].opens - records;

        return leaves < until ? leaves : until;
    }
    if (s->visits.unfinished == UNFINISHED_OVERTIME)
        until += u->world->overtime_ms;
    if (!w->closed)
        until -= tb__teams_of(u->world, kind)->administration;
    return may_wait ? until : until - w->closing_ms;
}

/* The same for one visit. */
static tb_time done_by(const struct unit *u, const struct worker *w,
                       const struct visit *v, tb_time until)
{
    const int client = v->slot->client;

    if (w->route != NONE) {
        const int next = u->visit[w->route].slot->client;

        return u->world->trips && tb__fills(u, w)
                   ? until - tb__leg_between(u, client, NONE) - tb__unload_ms(u, w->id) -
                         tb__leg_between(u, NONE, next)
                   : until - tb__leg_between(u, client, next);
    }
    if (u->world->trips)
        until -= tb__unload_ms(u, w->id);
    return until - tb__leg_between(u, client, NONE) -
           (tb_time)(v->slot->takes - v->slot->lasts) * PLAN_SECOND;
}

static bool may_visit(const struct unit *u, const struct worker *w, int visit)
{
    const int client = u->visit[visit].slot->client;
    const int role = u->world->client_role[u->world->client[client].group];

    return (role == ANY_ROLE || u->world->worker[w->id].role == role) &&
           tb__partner(u, visit) != w->id;
}

/* Takes a visit out of the list and begins it. */
static void begin(struct unit *u, struct worker *w, int before, int at, tb_time arrives)
{
    struct visit *v = &u->visit[at];

    *(before == NONE ? &u->open : &u->visit[before].next) = v->next;
    if (u->open_end == at)
        u->open_end = before;
    v->by = w->id;
    v->planned = arrives;
    v->next = w->route;
    if (w->route == NONE)
        w->route_end = at;
    w->route = at;
    tb__visit(u, w);
}

/* The first open visit that somebody has time for who is free from `now` on, NONE when there is none;
 * the one before it in the list, and the way there. */
static inline int first_that_fits(const struct unit *u, const struct worker *w,
                                  tb_time now, int *before, tb_time *leg)
{
    const tb_time first = u->visit[u->open].opens, free = free_until(u, w);

    *before = NONE;
    if ((first > now ? first : now) + u->open_least > free)
        return NONE; /* mostly: none opens earlier, none is shorter */
    for (int at = u->open; at != NONE; *before = at, at = u->visit[at].next) {
        const struct visit *v = &u->visit[at];
        tb_time start;

        *leg = tb__expected_leg(u, w, v->slot->client);
        start = now + *leg > v->opens ? now + *leg : v->opens;
        if (may_visit(u, w, at) &&
            start + (tb_time)v->slot->lasts * PLAN_SECOND <= done_by(u, w, v, free))
            return at;
    }
    return NONE;
}

bool tb__take_open(struct unit *u, struct worker *w, tb_time *until)
{
    tb_time leg, leaves;
    int before;
    const int at = first_that_fits(u, w, w->clock, &before, &leg);

    if (at == NONE)
        return false;
    leaves = u->visit[at].opens - leg;
    if (leaves <= w->clock) {
        begin(u, w, before, at, w->clock + leg);
        return true;
    }
    if (leaves < *until)
        *until = leaves; /* later ones do not open earlier */
    return false;
}

tb_time tb__open_due(const struct unit *u, const struct worker *w, tb_time now)
{
    tb_time leg, leaves;
    int before;
    const int at = first_that_fits(u, w, now, &before, &leg);

    if (at == NONE)
        return TB__NEVER;
    leaves = u->visit[at].opens - leg;
    return leaves > now ? leaves : now;
}

void tb__close_day(struct unit *u)
{
    int at = u->open;

    u->open = u->open_end = NONE;
    while (at != NONE) {
        const int next = u->visit[at].next;

        if (u->visit[at].closes <= u->now)
            tb__miss(u, at);
        else
            tb__offer(u, at);
        at = next;
    }
}
