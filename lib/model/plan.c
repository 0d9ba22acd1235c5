/* The day plan: visits of a day are drawn ahead and dealt out to the workers who will be there.
 *
 * Greedy in order of window opening over all workers on duty. Cost of giving a visit to a worker:
 * travel, minutes after the window closes, minutes after the shift ends, load so far, less what it is
 * worth that the worker knows the client (docs/model.md, "The day plan"). Integers throughout. */
#include "model/unit.h"

#include <string.h>

enum { WEIGHT = 1024 };

struct candidate {
    int worker, role, client; /* client: where its route is, NONE: the office */
    tb_time from, end, free, load;
    bool temp;
};

struct candidate *tb__candidates(struct unit *u, size_t workers)
{
    /* a worker may begin two shifts on a day */
    return tb__arena_alloc(u->arena, 2 * workers + 1, sizeof(struct candidate));
}

struct weights {
    int64_t travel, lateness, overtime, continuity, load;
};

static struct weights weights_of(const struct planning *p)
{
    const struct weights w = {(int64_t)(p->travel * WEIGHT), (int64_t)(p->lateness * WEIGHT),
                              (int64_t)(p->overtime * WEIGHT),
                              (int64_t)(p->continuity * WEIGHT * 60000),
                              (int64_t)(p->load * WEIGHT)};
    return w;
}

static bool given_routes(const struct unit *u)
{
    return u->world->set.planning.mode == PLANNING_GIVEN;
}

/* Expected leg (ms) between two places; NONE is the office. */
static tb_time expected_leg(const struct unit *u, int from, int to)
{
    const struct world *w = u->world;
    const float zero[2] = {0, 0};
    const float *a, *b;
    float dx, dy, far;

    if (w->set.travel.kind != TRAVEL_MAP)
        return w->leg_mean;
    a = from == NONE ? zero : &w->client[from].place[0];
    b = to == NONE ? zero : &w->client[to].place[0];
    dx = a[0] - b[0];
    dy = a[1] - b[1];
    far = dx * dx + dy * dy;
    return tb__distance_ms(far);
}

tb_time tb__expected_leg(const struct unit *u, const struct worker *w, int client)
{
    return expected_leg(u, w->client, client);
}

static tb_time opening_ms(const struct unit *u, int kind)
{
    const struct setting *s = &u->world->set;
    const struct teams *t = &s->regime.teams;

    if (given_routes(u) || kind < 0)
        return 0;
    return tb__teams_meeting(t, s->shifts[kind].meeting_share) + tb__teams_dialogue(t)
           + tb__teams_errand(t, s->duty.handover_minutes);
}

static tb_time closing_ms(const struct unit *u, int kind)
{
    const struct setting *s = &u->world->set;

    if (kind < 0)
        return 0;
    return tb__minutes(s->duty.break_minutes)
           + (given_routes(u) ? 0 : tb__teams_errand(&s->regime.teams, s->duty.administration_minutes));
}

static int gather(struct unit *u)
{
    const struct world *w = u->world;
    int n = 0;

    for (int i = w->day_shift[u->day]; i < w->day_shift[u->day + 1]; i++) {
        const struct day_shift *d = &w->on_day[i];
        const struct shift *s = &w->shift[d->shift];

        if (!tb__works_on(u, d->worker, d->shift))
            continue;
        u->candidate[n++] = (struct candidate){
            .worker = d->worker,
            .role = w->worker[d->worker].role,
            .client = NONE,
            .from = s->from + opening_ms(u, s->kind),
            .end = s->to - closing_ms(u, s->kind),
            .free = s->from + opening_ms(u, s->kind),
            .temp = u->worker[d->worker].sick_from <= s->from && s->from < u->worker[d->worker].sick_until,
        };
    }
    for (int i = 0; i < w->workers; i++)
        if (w->worker[i].always && u->worker[i].doing != AWAY)
            u->candidate[n++] = (struct candidate){.worker = i,
                                                   .role = w->worker[i].role,
                                                   .client = NONE,
                                                   .from = u->now,
                                                   .end = u->now + TB__DAY,
                                                   .free = u->now};
    return n;
}

struct offer {
    int candidate;
    int64_t cost;
    tb_time start;
};

/* The cheapest candidate for a visit; `but` is a worker who may not take it. */
static struct offer best_offer(const struct unit *u, int n, const struct visit *v, int but)
{
    const struct world *world = u->world;
    const struct weights k = weights_of(&world->set.planning);
    const tb_time most = world->overtime_ms;
    const tb_time lasts = v->slot->granted + (given_routes(u) ? 0 : world->at_once_mean);
    const int wanted = world->client_role[world->client[v->slot->client].group];
    const bool remember = k.continuity > 0 && !given_routes(u);
    struct offer best = {NONE, INT64_MAX, 0};

    for (int i = 0; i < n; i++) {
        const struct candidate *c = &u->candidate[i];
        const tb_time leg = expected_leg(u, c->client, v->slot->client);
        const tb_time start = c->free + leg > v->opens ? c->free + leg : v->opens;
        const tb_time late = start > v->closes ? start - v->closes : 0;
        const tb_time over = start + lasts > c->end ? start + lasts - c->end : 0;
        int64_t cost = k.travel * leg + k.lateness * late + k.overtime * over + k.load * c->load;

        if (over > most || start >= c->end || c->worker == but
            || (wanted != ANY_ROLE && c->role != wanted))
            continue;
        if (remember && !c->temp
            && (double)(u->day - u->last_visit[c->worker * world->clients + v->slot->client])
                   <= world->set.errors.familiar_days)
            cost -= k.continuity;
        if (cost < best.cost)
            best = (struct offer){i, cost, start};
    }
    return best;
}

static void append(struct unit *u, struct worker *w, int visit)
{
    u->visit[visit].next = NONE;
    if (w->route == NONE)
        w->route = visit;
    else
        u->visit[w->route_end].next = visit;
    w->route_end = visit;
}

/* Deals out the visits first .. first + n in order. */
static void deal(struct unit *u, int first, int n)
{
    const int candidates = gather(u);
    int last = NONE; /* who got the visit before */

    for (int i = first; i < first + n; i++) {
        struct visit *v = &u->visit[i];
        const bool second = v->slot->nth & 1 && i > first
                            && u->visit[i - 1].slot->client == v->slot->client;
        struct offer o;

        if (second)
            v->opens = u->visit[i - 1].planned;
        o = best_offer(u, candidates, v, second ? last : NONE);
        last = NONE;
        v->planned = v->opens;
        if (o.candidate == NONE) {
            tb__miss(u, i);
            continue;
        }
        last = u->candidate[o.candidate].worker;
        v->planned = o.start;
        u->candidate[o.candidate].free = o.start + v->slot->granted + (given_routes(u) ? 0 : u->world->at_once_mean);
        u->candidate[o.candidate].load += v->slot->granted;
        u->candidate[o.candidate].client = v->slot->client;
        append(u, &u->worker[last], i);
    }
}

/* Draws what is known of the day's visits before anybody leaves the house. */
static void draw_ahead(struct unit *u, int first, int n)
{
    const struct world *w = u->world;
    double *a = u->ahead, *b = u->ahead + n;

    for (int i = 0; i < n; i++) {
        const struct visit *v = &u->visit[first + i];
        u->ahead_index[i] = v->index;
        u->ahead_entity[i] = w->client[v->slot->client].entity;
    }
    tb__uniforms_ahead(&u->stream, n, u->ahead_index, u->ahead_entity, PURPOSE_NEED, a, b);
    for (int i = 0; i < n; i++) {
        u->visit[first + i].need_u = a[i];
        u->visit[first + i].bind_u = b[i];
    }
    tb__uniforms_ahead(&u->stream, n, u->ahead_index, u->ahead_entity, PURPOSE_LEG, a, b);
    for (int i = 0; i < n; i++) {
        u->visit[first + i].leg_u = a[i];
        u->visit[first + i].find_u = b[i];
    }
    tb__draw_records(u, TRIGGER_VISIT, n, u->ahead_index, u->ahead_entity,
                     &u->visit_draw[2 * first * w->triggered_count[TRIGGER_VISIT]]);
}

/* Visits of the day before yesterday that nobody has begun are missed: their place is needed. */
static void expire(struct unit *u, int first)
{
    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];

        while (w->route >= first && w->route < first + u->room_a_day) {
            const int gone = w->route;
            w->route = u->visit[gone].next;
            tb__miss(u, gone);
        }
    }
}

void tb__plan_day(struct unit *u)
{
    const struct world *w = u->world;
    const int64_t from = w->from / TB__DAY;
    const int cycle = (int)((u->day - from + 4 * CYCLE_DAYS * 26) % CYCLE_DAYS);
    const int first = (int)(u->day & 1) * u->room_a_day;
    const int draws = 2 * w->triggered_count[TRIGGER_VISIT];
    int n = u->postponed_count;

    if (!w->slots)
        return;
    expire(u, first);
    for (int i = 0; i < n; i++) {
        struct visit *v = &u->visit[first + i];
        *v = u->visit[u->postponed[i]];
        memcpy(&u->visit_draw[(first + i) * draws], &u->visit_draw[u->postponed[i] * draws],
               (size_t)draws * sizeof *u->visit_draw);
        v->moved = true;
        v->opens += TB__DAY;
        v->closes += TB__DAY;
    }
    u->postponed_count = 0;
    for (int s = w->slot_first[cycle]; s < w->slot_first[cycle + 1]; s++)
        u->visit[first + n++] = (struct visit){.slot = &w->slot[s],
                                               .opens = u->now + w->slot[s].opens,
                                               .closes = u->now + w->slot[s].closes,
                                               .index = tb__visit_index(w, u->day, w->slot[s].nth)};
    draw_ahead(u, first + (n - (w->slot_first[cycle + 1] - w->slot_first[cycle])),
               w->slot_first[cycle + 1] - w->slot_first[cycle]);
    u->ledger.now->count.visits_planned += w->slot_first[cycle + 1] - w->slot_first[cycle];
    deal(u, first, n);
}

/* What is left of a route ----------------------------------------------------------------------- */

void tb__miss(struct unit *u, int visit)
{
    const struct visit *v = &u->visit[visit];
    const tb_time need = tb__need(u, v);
    struct counts *c = &u->ledger.now->count;

    c->visits_missed++;
    c->need_ms += need;
    c->granted_ms += v->slot->granted;
    c->missed_need_ms += need;
}

static tb_time remaining_route(const struct unit *u, const struct worker *w)
{
    tb_time sum = 0;

    for (int i = w->route; i != NONE; i = u->visit[i].next)
        sum += u->visit[i].slot->granted + u->world->leg_mean;
    return sum;
}

/* The worker on duty who would be done with a visit first, within the overtime limit. */
static struct worker *who_takes(struct unit *u, const struct worker *from, const struct visit *v)
{
    const int wanted = u->world->client_role[u->world->client[v->slot->client].group];
    struct worker *best = NULL;
    tb_time earliest = TB__NEVER;

    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];
        tb_time free, start;

        if (w == from || w->doing == OFF || w->doing == AWAY
            || (wanted != ANY_ROLE && u->world->worker[i].role != wanted))
            continue;
        free = (w->clock > u->now ? w->clock : u->now) + remaining_route(u, w)
               + expected_leg(u, w->client, v->slot->client);
        start = free > v->opens ? free : v->opens;
        if (start < earliest
            && start + v->slot->granted <= w->until + u->world->overtime_ms) {
            earliest = start;
            best = w;
        }
    }
    return best;
}

static bool hand_over(struct unit *u, struct worker *from, int visit)
{
    struct worker *to = who_takes(u, from, &u->visit[visit]);

    if (!to)
        return false;
    append(u, to, visit);
    if (to->doing == IDLING) /* it looks again at once */
        tb__queue_set(&u->queue, tb__worker_slot(u, to), u->now);
    return true;
}

void tb__release_route(struct unit *u, struct worker *w, bool may_move)
{
    const int rule = u->world->set.visits.unfinished;
    const bool hands = !given_routes(u) && (may_move || rule == UNFINISHED_HAND_OVER);

    while (w->route != NONE) {
        const int visit = w->route;

        w->route = u->visit[visit].next;
        w->overran = true;
        if (hands && hand_over(u, w, visit))
            continue;
        if (rule == UNFINISHED_POSTPONE && !u->visit[visit].moved
            && u->postponed_count < u->room_a_day / 2) {
            u->postponed[u->postponed_count++] = visit;
            continue;
        }
        tb__miss(u, visit);
    }
}
