/* What is left of a route: visits are missed, handed over, postponed; a later route begins. */
#include "model/unit.h"

#include <string.h>

/* Visits of the day before yesterday that nobody has begun are missed: their place is needed. They
 * may stand anywhere on a route: what was handed over stands behind what was planned later. */
void tb__expire(struct unit *u, int first, int *link, int *last)
{
    while (*link != NONE) {
        const int at = *link;

        if (at >= first && at < first + u->room_a_day) {
            *link = u->visit[at].next;
            tb__miss(u, at);
        } else {
            *last = at;
            link = &u->visit[at].next;
        }
    }
}

void tb__miss(struct unit *u, int visit)
{
    const struct visit *v = &u->visit[visit];
    const struct world *w = u->world;
    const tb_time need = tb__need(u, v);
    const int people = w->client_crew[w->client[v->slot->client].group];
    struct counts *c = &u->ledger.now->count;

    c->visits_missed++;
    c->need_ms += people * need;
    c->granted_ms += people * v->slot->granted;
    c->missed_need_ms += people * need;
    c->person_unmet_ms += (w->client[v->slot->client].people - 1) * people * need;
    if (u->ledger.logging)
        tb__note_missed(&u->ledger.notes, u, v);
}

/* Time that the rest of a route takes, and where it ends. */
static tb_time remaining_route(const struct unit *u, const struct worker *w, int *place)
{
    tb_time sum = 0;

    *place = w->client;
    for (int i = w->route; i != NONE; i = u->visit[i].next) {
        const struct slot *s = u->visit[i].slot;

        sum += s->granted + tb__leg_between(u, *place, s->client);
        *place = s->client;
    }
    return sum;
}

/* The worker on duty who would be done with a visit first, within the overtime limit. */
static struct worker *who_takes(struct unit *u, const struct worker *from, int visit)
{
    const struct visit *v = &u->visit[visit];
    const int partner = tb__partner(u, visit);
    const int wanted = u->world->client_role[u->world->client[v->slot->client].group];
    struct worker *best = NULL;
    tb_time earliest = TB__NEVER;

    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];
        tb_time free, start;
        int place;

        if (w == from || i == partner || w->doing == OFF || w->doing == AWAY ||
            (wanted != ANY_ROLE && u->world->worker[i].role != wanted))
            continue;
        free = (w->clock > u->now ? w->clock : u->now) + remaining_route(u, w, &place);
        free += tb__leg_between(u, place, v->slot->client);
        start = free > v->opens ? free : v->opens;
        if (start < earliest &&
            start + v->slot->granted <= w->until + u->world->overtime_ms) {
            earliest = start;
            best = w;
        }
    }
    return best;
}

static bool hand_over(struct unit *u, struct worker *from, int visit)
{
    struct worker *to = who_takes(u, from, visit);

    if (!to)
        return false;
    tb__append_visit(u, &to->route, &to->route_end, visit);
    u->visit[visit].by = to->id;
    if (tb__may_look(to)) /* it looks again at once */
        tb__queue_set(&u->queue, to->slot, u->now);
    return true;
}

/* Out of the two days of visits: its place may be needed for the day that it moves to. */
void tb__postpone(struct unit *u, int visit)
{
    const int draws = u->world->visit_draws;
    const int at = u->postponed_count++;

    u->postponed[at] = u->visit[visit];
    memcpy(&u->postponed_draw[at * draws], u->visit[visit].draw,
           (size_t)draws * sizeof *u->visit_draw);
    u->postponed_order[at] = at;
}

void tb__release_route(struct unit *u, struct worker *w, bool may_move)
{
    const int rule = u->world->set.visits.unfinished;
    const bool hands = !tb__given_routes(u) && (may_move || rule == UNFINISHED_HAND_OVER);

    while (w->route != NONE) {
        const int visit = w->route;

        w->route = u->visit[visit].next;
        w->overran = w->late = true;
        if (hands &&
            (u->world->timetable ? tb__stand_in(u, w, visit) : hand_over(u, w, visit)))
            continue;
        if (rule == UNFINISHED_POSTPONE && !tb__given_routes(u) &&
            !u->visit[visit].moved && u->postponed_count < u->world->most_slots_a_day) {
            tb__postpone(u, visit);
            continue;
        }
        tb__miss(u, visit);
    }
}

/* A shift is over: the route of the next one, planned in the meantime, is the worker's route. */
void tb__begin_later(struct unit *u, struct worker *w)
{
    if (w->later == NONE)
        return;
    *(w->route == NONE ? &w->route : &u->visit[w->route_end].next) = w->later;
    w->route_end = w->later_end;
    w->later = NONE;
}
