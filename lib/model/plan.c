/* The day plan: visits of a day are drawn ahead and dealt out to the workers who will be there.
 *
 * Greedy in order of window opening over all workers on duty. Cost of giving a visit to a worker:
 * travel, time after the window closes, time after the shift ends, load so far, less what it is worth
 * that the worker knows the client (docs/model.md, "The day plan"). Planning counts in whole seconds
 * of the day in 32 bits, weights in 32nds (price.h); the bounds of the weights keep the cost of whoever
 * can be chosen below 2^31. */
#include "model/unit.h"

#include <string.h>

#include "model/price.h"

struct candidates *tb__candidates(struct unit *u, size_t workers)
{
    const size_t n = 2 * workers + LANES; /* a worker may begin two shifts on a day */
    struct candidates *c = tb__arena_alloc(u->arena, 1, sizeof *c);
    int32_t **array[] = {&c->worker, &c->shift, &c->role, &c->client, &c->memory,
                         &c->free,   &c->end,   &c->leg,  &c->cost};

    if (!c)
        return NULL;
    c->people = (int)workers + 1;
    c->known = tb__arena_alloc(u->arena, workers / 32 + LANES, sizeof *c->known);
    c->load = tb__arena_alloc(u->arena, n, sizeof *c->load);
    if (!c->known || !c->load)
        return NULL;
    for (size_t i = 0; i < sizeof array / sizeof *array; i++)
        if (!(*array[i] = tb__arena_alloc(u->arena, n, sizeof(int32_t))))
            return NULL;
    return c;
}

static bool given_routes(const struct unit *u)
{
    return u->world->set.planning.mode == PLANNING_GIVEN;
}

tb_time tb__map_leg(const struct unit *u, int from, int to)
{
    const struct world *w = u->world;
    const float zero[2] = {0, 0};
    const float *a, *b;
    float dx, dy, far;

    if (from == SOMEWHERE || to == SOMEWHERE)
        return from == NONE || to == NONE ? w->radial_mean : w->leg_mean;
    a = from == NONE ? zero : &w->client[from].place[0];
    b = to == NONE ? zero : &w->client[to].place[0];
    dx = a[0] - b[0];
    dy = a[1] - b[1];
    far = dx * dx + dy * dy;
    return tb__distance_ms(far);
}

/* What a shift opens with: for who is ill, what a temp does. */
static tb_time opening_ms(const struct unit *u, const struct worker *w,
                          const struct shift *s)
{
    const struct setting *set = &u->world->set;
    const struct teams *t = &set->regime.teams;
    tb_time ms;

    if (given_routes(u))
        return 0;
    ms = tb__teams_meeting(t, set->shifts[s->kind].meeting_share) +
         u->world->dialogue.talks + tb__teams_errand(t, set->duty.handover_minutes);
    if (tb__ill_at(w, s->from))
        return ms;
    if (w->met_week < u->week)
        ms += tb__minutes(set->duty.meeting_minutes_per_week);
    ms += tb__learning(u, w, tb__day_of(s->from) / 7);
    return ms + w->audit_ms < s->to - s->from ? ms + w->audit_ms : s->to - s->from;
}

static tb_time closing_ms(const struct unit *u)
{
    const struct setting *s = &u->world->set;

    return tb__minutes(s->duty.break_minutes) +
           (given_routes(u)
                ? 0
                : tb__teams_errand(&s->regime.teams, s->duty.administration_minutes));
}

static void enlist(struct unit *u, int worker, int shift, tb_time from, tb_time end,
                   bool temp)
{
    struct candidates *c = u->candidates;
    const int i = c->n++;

    c->worker[i] = worker;
    c->shift[i] = shift;
    c->role[i] = u->world->worker[worker].role;
    c->client[i] = NONE;
    c->free[i] = tb__plan_seconds(from - u->now);
    c->end[i] = tb__plan_seconds(end - u->now);
    c->load[i] = 0;
    c->memory[i] = temp ? u->world->workers : worker;
    c->leg[i] = tb__plan_seconds(u->world->leg_mean);
}

/* Somebody whose day ends before it begins. */
static void enlist_nobody(struct unit *u)
{
    struct candidates *c = u->candidates;
    const int i = c->n++;

    c->worker[i] = c->shift[i] = c->role[i] = c->client[i] = NONE;
    c->free[i] = c->end[i] = c->leg[i] = 0; /* no start is before such an end */
    c->load[i] = 0;
    c->memory[i] = u->world->workers;
}

static void gather(struct unit *u)
{
    const struct world *w = u->world;

    u->candidates->n = 0;
    for (int i = w->day_shift[u->day]; i < w->day_shift[u->day + 1]; i++) {
        const struct day_shift *d = &w->on_day[i];
        const struct shift *s = &w->shift[d->shift];
        const struct worker *k = &u->worker[d->worker];

        if (tb__works_on(u, d->worker, d->shift))
            enlist(u, d->worker, d->shift, s->from + opening_ms(u, k, s),
                   s->to - closing_ms(u), tb__ill_at(k, s->from));
    }
    for (int i = 0; i < w->workers; i++)
        if (w->worker[i].always && u->worker[i].doing != AWAY)
            enlist(u, i, w->worker[i].first, u->now, u->now + TB__DAY, false);
    while (u->candidates->n % LANES)
        enlist_nobody(u);
}

/* Legs to one client, where they are not the same for all. Who may not go gets a leg past every
 * end. */
static void look_at(struct unit *u, const struct visit *v, int but)
{
    const struct world *w = u->world;
    const int client = v->slot->client, role = w->client_role[w->client[client].group];
    struct candidates *c = u->candidates;

    for (int i = 0; i < c->n; i++) {
        c->leg[i] = tb__plan_seconds(tb__leg_between(u, c->client[i], client));
        if ((role != ANY_ROLE && c->role[i] != role) || c->worker[i] == but)
            c->leg[i] = PLAN_LATEST;
    }
}

/* What is the same for all visits of a day. */
static struct wish wish_of_day(const struct unit *u)
{
    const struct world *w = u->world;
    const struct planning *p = &w->set.planning;

    return (struct wish){
        .most_over = tb__plan_seconds(w->overtime_ms),
        .travel = (int32_t)(p->travel * PLAN_WEIGHT),
        .lateness = (int32_t)(p->lateness * PLAN_WEIGHT),
        .overtime = (int32_t)(p->overtime * PLAN_WEIGHT),
        .known_since = (int32_t)u->day - w->knowledge.days,
        .continuity = given_routes(u) ? 0 : (int32_t)(p->continuity * PLAN_WEIGHT * 60),
    };
}

bool tb__later_than_planned(const struct visit *v, tb_time ended)
{
    return ended > v->planned + (tb_time)v->slot->lasts * PLAN_SECOND + TB__MINUTE;
}

static void turn_to(struct wish *k, const struct unit *u, const struct visit *v)
{
    k->opens = tb__plan_seconds(v->opens - u->now);
    k->closes = tb__plan_seconds(v->closes - u->now);
    k->lasts = v->slot->lasts;
    k->last_visit = tb__last_visits(u, v->slot->client);
}

/* The cheapest candidate for a visit, NONE when nobody can; `but` is a worker who may not. */
static int choose(struct unit *u, const struct visit *v, const struct wish *k, int but)
{
    const bool choosy = u->world->choosy;
    int chosen;

    if (but != NONE || choosy)
        look_at(u, v, but);
    chosen = tb__cheapest(u->candidates, k);
    if (but != NONE && !choosy)
        look_at(u, v, NONE); /* the next visit is for everybody again */
    return chosen;
}

static void append(struct unit *u, int *first, int *last, int visit)
{
    u->visit[visit].next = NONE;
    *(*first == NONE ? first : &u->visit[*last].next) = visit;
    *last = visit;
}

/* A candidate takes a visit: it starts as soon as the way and the window allow. */
static void take(struct unit *u, int candidate, struct visit *v, const struct wish *k)
{
    struct candidates *c = u->candidates;
    const int32_t there = c->free[candidate] + c->leg[candidate];
    const int32_t start = there > k->opens ? there : k->opens;

    v->planned = u->now + (tb_time)start * PLAN_SECOND;
    c->free[candidate] = start + k->lasts;
    c->load[candidate] += v->slot->burden;
    c->client[candidate] = v->slot->client;
}

/* Order of the day: by window opening; a second carer's visit follows the first's. */
static bool goes_before(const struct visit *a, const struct visit *b)
{
    return a->slot->opens != b->slot->opens     ? a->slot->opens < b->slot->opens
           : a->index >> 8 != b->index >> 8     ? a->index >> 8 < b->index >> 8
           : a->slot->client != b->slot->client ? a->slot->client < b->slot->client
                                                : a->slot->nth < b->slot->nth;
}

/* Deals out n visits from `first`, `moved` of them from yesterday, in the order of the day. */
static void deal(struct unit *u, int first, int moved, int n)
{
    int old = first, new = first + moved;
    int before = NONE, last = NONE; /* the visit before, and who got it */
    struct wish k = wish_of_day(u);

    gather(u);
    while (old < first + moved || new < first + n) {
        const bool takes_old =
            new == first + n ||
            (old < first + moved && goes_before(&u->visit[old], &u->visit[new]));
        const int i = takes_old ? old++ : new ++;
        struct visit *v = &u->visit[i];
        const bool second = v->slot->nth & 1 && before != NONE &&
                            u->visit[before].slot + 1 == v->slot &&
                            u->visit[before].moved == v->moved;
        int to;

        if (second)
            v->opens = u->visit[before].planned;
        v->planned = v->opens;
        turn_to(&k, u, v);
        to = choose(u, v, &k, second ? last : NONE);
        last = to == NONE ? NONE : u->candidates->worker[to];
        before = i;
        if (to == NONE) {
            tb__miss(u, i);
            continue;
        }
        take(u, to, v, &k);
        if (u->candidates->shift[to] > u->worker[last].shift)
            append(u, &u->worker[last].later, &u->worker[last].later_end, i);
        else
            append(u, &u->worker[last].route, &u->worker[last].route_end, i);
    }
}

static double *row_of(const struct unit *u, int visit)
{
    return u->visit_draw + (ptrdiff_t)visit * u->world->visit_draws;
}

static void draw_lanes(const struct unit *u, int n, uint32_t purpose, double *lanes)
{
    tb__uniforms_ahead(&u->stream, n, u->ahead_index, u->ahead_entity, purpose, lanes,
                       u->world->visit_draws);
}

/* Needs of n visits, in runs of one client group. */
static void vary_needs(const struct unit *u, const struct visit *v, int n, double *row)
{
    const struct world *w = u->world;

    for (int i = 0, next; i < n; i = next) {
        const int group = w->client[v[i].slot->client].group;

        next = i + 1;
        while (next < n && (w->set.client_group_count == 1 ||
                            w->client[v[next].slot->client].group == group))
            next++;
        tb__variates_if(&w->need_variation[group], 1, next - i,
                        row + (ptrdiff_t)i * w->visit_draws + DRAW_NEED, w->visit_draws);
    }
}

/* Draws what is known of the day's visits before anybody leaves the house. */
static void draw_ahead(struct unit *u, const struct visit *v, int n, double *row)
{
    const struct world *w = u->world;

    for (int i = 0; i < n; i++) {
        u->ahead_index[i] = v[i].index;
        u->ahead_entity[i] = w->client[v[i].slot->client].entity;
    }
    draw_lanes(u, n, PURPOSE_NEED, row + DRAW_NEED);
    vary_needs(u, v, n, row);
    draw_lanes(u, n, PURPOSE_LEG, row + DRAW_LEG);
    tb__variates_if(&w->leg, 1, n, row + DRAW_LEG, w->visit_draws);
    if (w->harm)
        draw_lanes(u, n, PURPOSE_HARM, row + DRAW_ERROR);
    if (w->clash || (w->harm && w->readables))
        draw_lanes(u, n, PURPOSE_READING, row + DRAW_READS);
    tb__draw_records(u, TRIGGER_VISIT, n, u->ahead_index, u->ahead_entity, row,
                     w->visit_draws);
    tb__draw_records(u, TRIGGER_DEVIATION, n, u->ahead_index, u->ahead_entity, row,
                     w->visit_draws);
}

/* Visits of the day before yesterday that nobody has begun are missed: their place is needed. They
 * may stand anywhere on a route: what was handed over stands behind what was planned later. */
static void expire(struct unit *u, int first, int *link, int *last)
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

static void sort_postponed(struct unit *u)
{
    for (int i = 1; i < u->postponed_count; i++) {
        const struct visit *v = &u->postponed[i];
        int j = i;

        for (; j > 0 && goes_before(v, &u->postponed[u->postponed_order[j - 1]]); j--)
            u->postponed_order[j] = u->postponed_order[j - 1];
        u->postponed_order[j] = i;
    }
}

/* A visit of today, at place `at`. */
static void write_visit(struct unit *u, int at, const struct slot *slot)
{
    u->visit[at] = (struct visit){.slot = slot,
                                  .opens = u->now + slot->opens,
                                  .closes = u->now + slot->closes,
                                  .index = tb__visit_index(u->world, u->day, slot->nth),
                                  .draw = row_of(u, at)};
}

/* The visits that recur today, from place `at`; how many. On a holiday, those of clients who have none
 * at weekends follow the rule: skipped ones are left out, and those that are put off until tomorrow
 * stand last, *put_off of them. */
static int todays(struct unit *u, int at, int *put_off)
{
    const struct world *w = u->world;
    const int cycle = tb__cycle_day(w, u->day), rule = w->set.visits.on_holidays;
    const struct slot *slot = w->slot + w->slot_first[cycle],
                      *end = w->slot + w->slot_first[cycle + 1];
    const bool holiday = rule != HOLIDAYS_GIVEN && tb__is_holiday(w, u->day);
    const struct slot *late[2] = {slot, slot}; /* where those stand that are put off */
    int n = 0;

    for (; slot < end; slot++) {
        if (!holiday || !w->client[slot->client].weekdays_only)
            write_visit(u, at + n++, slot);
        else if (rule == HOLIDAYS_MOVED) {
            ++*put_off;
            late[1] = slot + 1;
        }
    }
    for (int left = *put_off; late[0] < late[1] && left; late[0]++)
        if (w->client[late[0]->client].weekdays_only) {
            write_visit(u, at + n++, late[0]);
            left--;
        }
    return n;
}

static void postpone(struct unit *u, int visit);

void tb__plan_day(struct unit *u)
{
    const struct world *w = u->world;
    const int first = (int)(u->day & 1) * u->room_a_day;
    const int draws = w->visit_draws;
    const int moved = u->postponed_count;
    int n = moved, put_off = 0;

    if (!w->slots)
        return;
    for (int i = 0; i < w->workers; i++) {
        expire(u, first, &u->worker[i].route, &u->worker[i].route_end);
        expire(u, first, &u->worker[i].later, &u->worker[i].later_end);
    }
    sort_postponed(u);
    for (int i = 0; i < n; i++) {
        struct visit *v = &u->visit[first + i];
        *v = u->postponed[u->postponed_order[i]];
        v->draw = memcpy(row_of(u, first + i),
                         &u->postponed_draw[u->postponed_order[i] * draws],
                         (size_t)draws * sizeof *u->visit_draw);
        v->moved = true;
        while (v->opens < u->now) { /* twice for a visit of a night that has passed midnight */
            v->opens += TB__DAY;
            v->closes += TB__DAY;
        }
    }
    u->postponed_count = 0;
    n += todays(u, first + moved, &put_off);
    draw_ahead(u, &u->visit[first + moved], n - moved, row_of(u, first + moved));
    u->ledger.now->count.visits_planned += n - moved;
    for (int i = 0; i < put_off; i++)
        postpone(u, first + n - put_off + i);
    deal(u, first, moved, n - put_off);
}

/* What was drawn ahead of visits that are still to come: at the same addresses, in rows as the new
 * world lays them out. */
static void draw_again(struct unit *u, int visit)
{
    for (; visit != NONE; visit = u->visit[visit].next) {
        u->visit[visit].draw = row_of(u, visit);
        draw_ahead(u, &u->visit[visit], 1, row_of(u, visit));
    }
}

void tb__visits_switch(struct unit *u)
{
    const size_t draws = (size_t)u->world->visit_draws, room = (size_t)u->room_a_day;

    u->visit_draw = tb__arena_alloc(u->arena, 2 * room * draws, sizeof *u->visit_draw);
    u->postponed_draw = tb__arena_alloc(u->arena, room * draws, sizeof *u->postponed_draw);
    if (!u->visit_draw || !u->postponed_draw) {
        u->status = tb__no_memory(u->err);
        return;
    }
    for (int i = 0; i < u->world->workers; i++) {
        draw_again(u, u->worker[i].route);
        draw_again(u, u->worker[i].later);
    }
    for (int i = 0; i < u->postponed_count; i++)
        draw_ahead(u, &u->postponed[i], 1, u->postponed_draw + (size_t)i * draws);
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
static struct worker *who_takes(struct unit *u, const struct worker *from,
                                const struct visit *v)
{
    const int wanted = u->world->client_role[u->world->client[v->slot->client].group];
    struct worker *best = NULL;
    tb_time earliest = TB__NEVER;

    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];
        tb_time free, start;
        int place;

        if (w == from || w->doing == OFF || w->doing == AWAY ||
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
    struct worker *to = who_takes(u, from, &u->visit[visit]);

    if (!to)
        return false;
    append(u, &to->route, &to->route_end, visit);
    if (to->doing == IDLING) /* it looks again at once */
        tb__queue_set(&u->queue, tb__worker_slot(u, to), u->now);
    return true;
}

/* Out of the two days of visits: its place may be needed for the day that it moves to. */
static void postpone(struct unit *u, int visit)
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
    const bool hands = !given_routes(u) && (may_move || rule == UNFINISHED_HAND_OVER);

    while (w->route != NONE) {
        const int visit = w->route;

        w->route = u->visit[visit].next;
        w->overran = w->late = true;
        if (hands && hand_over(u, w, visit))
            continue;
        if (rule == UNFINISHED_POSTPONE && !given_routes(u) && !u->visit[visit].moved &&
            u->postponed_count < u->world->most_slots_a_day) {
            postpone(u, visit);
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
