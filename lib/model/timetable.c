/* A timetable, day by day: usual workers who are there have their visits; others are stood in for.
 *
 * Whose usual worker is away, or went home, goes to whoever is free then and may come: at its time, beside
 * what that worker has already, which does not move. Where nobody is, the visit is missed: nobody comes
 * after its window (docs/model.md, "A timetable"; world/timetable.c makes it). */
#include "model/price.h"
#include "model/unit.h"

/* Somebody who is there today, or now: from when to when, and which of the two routes it is. */
struct stand_in {
    struct worker *worker;
    tb_time from, to;
    bool temp, later;
};

static int *route_of(struct worker *w, bool later)
{
    return later ? &w->later : &w->route;
}

/* A visit joins a route in order of its planned start. */
static void insert(struct unit *u, struct worker *w, bool later, int visit)
{
    int *link = route_of(w, later), *end = later ? &w->later_end : &w->route_end;

    while (*link != NONE && u->visit[*link].planned <= u->visit[visit].planned)
        link = &u->visit[*link].next;
    u->visit[visit].next = *link;
    if (*link == NONE)
        *end = visit;
    *link = visit;
    u->visit[visit].by = w->id;
}

/* Who has the route that a visit may join: the shift that holds it. */
static bool enters(struct unit *u, int worker, int shift, struct stand_in *out)
{
    const struct shift *s = &u->world->shift[shift];
    struct worker *w = &u->worker[worker];
    bool temp;

    if (!tb__works_on(u, worker, shift, &temp))
        return false;
    *out = (struct stand_in){
        .worker = w, .from = s->from, .to = s->to, .temp = temp, .later = shift > w->shift};
    return true;
}

static struct stand_in round_the_clock(const struct unit *u, struct worker *w)
{
    return (struct stand_in){.worker = w, .from = u->now, .to = u->now + 2 * TB__DAY};
}

/* Those of today, in the order of their shifts, then those who work round the clock; from the i-th
 * place on. Returns the place after the one that was found, 0 when there is none. */
static int next_of_today(struct unit *u, int i, struct stand_in *out)
{
    const struct world *w = u->world;
    const int first = w->day_shift[u->day], shifts = w->day_shift[u->day + 1] - first;

    for (; i < shifts; i++)
        if (enters(u, w->on_day[first + i].worker, w->on_day[first + i].shift, out))
            return i + 1;
    for (; i < shifts + w->workers; i++) {
        struct worker *k = &u->worker[i - shifts];

        if (!w->worker[k->id].always || k->doing == AWAY)
            continue;
        *out = round_the_clock(u, k);
        return i + 1;
    }
    return 0;
}

/* One of them: a worker begins one shift a day. */
static bool find_today(struct unit *u, int worker, struct stand_in *out)
{
    const struct world *w = u->world;

    if (w->worker[worker].always) {
        *out = round_the_clock(u, &u->worker[worker]);
        return u->worker[worker].doing != AWAY;
    }
    for (int i = w->day_shift[u->day]; i < w->day_shift[u->day + 1]; i++)
        if (w->on_day[i].worker == worker)
            return enters(u, worker, w->on_day[i].shift, out);
    return false;
}

/* Those who are on duty now: when they are done with what they do, until the end of their shift. */
static int next_of_now(struct unit *u, int i, struct stand_in *out)
{
    for (; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];

        if (w->doing == OFF || w->doing == AWAY)
            continue;
        *out = (struct stand_in){.worker = w,
                                 .from = w->clock > u->now ? w->clock : u->now,
                                 .to = w->until,
                                 .temp = w->temp};
        return i + 1;
    }
    return 0;
}

/* What a stand-in would make of a visit. */
struct offer {
    tb_time start, leg, load; /* minutes of the route so far, in ms */
};

/* The first start in the window that moves nothing of the route; false where there is none. */
static bool fits(struct unit *u, const struct stand_in *s, const struct visit *v,
                 struct offer *out)
{
    const int client = v->slot->client;
    int place = s->later || s->worker->doing == OFF ? NONE : s->worker->client;
    tb_time free = s->from, load = 0;
    bool found = false;

    *out = (struct offer){0};
    for (int at = *route_of(s->worker, s->later);; at = u->visit[at].next) {
        const struct visit *next = at == NONE ? NULL : &u->visit[at];
        const tb_time leg = tb__leg_between(u, place, client);
        const tb_time start = free + leg > v->opens ? free + leg : v->opens;
        const tb_time done = start + v->slot->granted;

        if (!found && start <= v->closes &&
            (next ? done + tb__leg_between(u, client, next->slot->client) <= next->planned
                  : done <= s->to)) {
            *out = (struct offer){.start = start, .leg = leg};
            found = true;
        }
        if (!next)
            break;
        load += next->slot->granted;
        free = next->planned + next->slot->granted;
        place = next->slot->client;
    }
    out->load = load;
    return found;
}

static bool may_come(const struct unit *u, const struct stand_in *s, int client)
{
    const int group = u->world->client[client].group;
    const int role = u->world->client_role[group],
              own = u->world->worker[s->worker->id].role;

    return role == ANY_ROLE || own == role || own == u->world->substitute_role[group];
}

/* As the day plan prices a visit: the way, minutes so far, and what it is worth to know the client. */
static double price_of(const struct unit *u, const struct stand_in *s,
                       const struct visit *v, const struct offer *o)
{
    const struct planning *p = &u->world->set.planning;
    const int last = tb__last_visits(u, v->slot->client)[s->worker->id];
    const bool known = !s->temp && u->day - last <= u->world->knowledge.days;

    return (p->travel * (double)o->leg + p->load * (double)o->load) / TB__MINUTE -
           (known ? p->continuity : 0);
}

/* Gives a visit to the cheapest who can come in time, other than `but` and its second carer; the first
 * of equals. Returns who, or NULL. */
static struct worker *stand_in(struct unit *u, int visit, const struct worker *but,
                               int (*next)(struct unit *, int, struct stand_in *))
{
    struct visit *v = &u->visit[visit];
    const int partner = tb__partner(u, visit);
    struct stand_in s, best = {.worker = NULL};
    tb_time start = 0;
    double least = 0;

    for (int i = next(u, 0, &s); i; i = next(u, i, &s)) {
        struct offer offer;
        double price;

        if (s.worker == but || s.worker->id == partner ||
            !may_come(u, &s, v->slot->client) || !fits(u, &s, v, &offer))
            continue;
        price = price_of(u, &s, v, &offer);
        if (best.worker && price >= least)
            continue;
        best = s;
        start = offer.start;
        least = price;
    }
    if (!best.worker)
        return NULL;
    v->planned = start;
    insert(u, best.worker, best.later, visit);
    return best.worker;
}

/* The usual worker, if there today while the visit lasts; a visit of yesterday has none. */
static bool give_to_usual(struct unit *u, int visit)
{
    struct visit *v = &u->visit[visit];
    struct stand_in s;

    if (v->moved || v->slot->usual == NO_ONE)
        return false;
    v->planned = u->now + u->world->timetable[v->slot - u->world->slot];
    if (!find_today(u, v->slot->usual, &s) || v->planned < s.from ||
        v->planned + v->slot->granted > s.to)
        return false;
    insert(u, s.worker, s.later, visit);
    return true;
}

void tb__keep_timetable(struct unit *u, int first, int n)
{
    for (int i = first; i < first + n; i++)
        if (!give_to_usual(u, i))
            u->visit[i].by = NONE;
    for (int i = first; i < first + n; i++) {
        struct visit *v = &u->visit[i];

        if (v->by != NONE)
            continue;
        v->planned = v->opens;
        if (!stand_in(u, i, NULL, next_of_today))
            tb__miss(u, i);
    }
}

bool tb__stand_in(struct unit *u, const struct worker *from, int visit)
{
    struct worker *to = stand_in(u, visit, from, next_of_now);

    if (to && tb__may_look(to)) /* it looks again at once */
        tb__queue_set(&u->queue, to->slot, u->now);
    return to != NULL;
}
