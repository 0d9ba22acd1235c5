/* The day plan: visits of a day are dealt out to the workers who will be there.
 *
 * Greedy in order of window opening over all workers on duty. Cost of giving a visit to a worker:
 * travel, time after the window closes, time after the shift ends, load so far, less what it is worth
 * that the worker knows the client (docs/model.md, "The day plan"). Planning counts in whole seconds
 * of the day in 32 bits, weights in 32nds (price.h); the bounds of the weights keep the cost of whoever
 * can be chosen below 2^31. */
#include "model/unit.h"

#include "model/price.h"

struct candidates *tb__candidates(struct unit *u, size_t workers)
{
    /* A worker may begin two shifts on a day; each kind of shift may begin with new lanes. */
    const size_t n = 2 * workers + LANES * (1 + MAX_SHIFTS);
    struct candidates *c = tb__arena_alloc(u->arena, 1, sizeof *c);
    int32_t **array[] = {&c->worker, &c->shift, &c->role,   &c->client,
                         &c->memory, &c->load,  &c->missing};

    if (!c)
        return NULL;
    c->people = (int)workers + 1;
    c->known = tb__arena_alloc(u->arena, workers / 32 + LANES, sizeof *c->known);
    c->lanes = tb__arena_alloc(u->arena, n / LANES + 1, sizeof *c->lanes);
    if (!c->known || !c->lanes)
        return NULL;
    for (size_t i = 0; i < sizeof array / sizeof *array; i++)
        if (!(*array[i] = tb__arena_alloc(u->arena, n, sizeof(int32_t))))
            return NULL;
    return c;
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

/* What a shift opens with: for who is ill, what a temp does. Of who works round the clock, a week. */
static tb_time opening_ms(const struct unit *u, const struct worker *w,
                          const struct shift *s, bool temp)
{
    const struct teams_plan *t = tb__teams_of(u->world, s->kind);
    const tb_time from = s->kind < 0 ? u->now : s->from;
    tb_time ms;

    if (tb__given_routes(u))
        return 0;
    ms = t->meeting + u->world->dialogue.talks + t->handover;
    if (temp)
        return ms;
    if (w->met_week < u->week)
        ms += u->world->staff_meeting_ms;
    ms += tb__learning(u, w, tb__day_of(from) / 7);
    return ms + w->audit_ms < s->to - from ? ms + w->audit_ms : s->to - from;
}

static tb_time closing_ms(const struct unit *u, const struct shift *s)
{
    return u->world->break_ms +
           (tb__given_routes(u) ? 0 : tb__teams_of(u->world, s->kind)->administration);
}

/* What periods add to the records of a shift: each is due in the worker's first shift of it. */
static void add_periods(const struct unit *u, const struct worker *k, tb_time from,
                        struct paper *e)
{
    const struct world *w = u->world;
    const struct worker_plan *plan = &w->worker[k->id];
    const int32_t week = tb__calendar_of(w, tb__day_of(from) / 7);

    if (k->period_seen[0] == tb__week_number(week))
        return; /* longer periods turn with a week, too */
    for (int i = 0; i < 4; i++) {
        const struct paper *p = &w->paperwork.worker[i][plan->role + 1];

        if (tb__period(i, week, plan->entity) == k->period_seen[i])
            continue;
        e->at_once += p->at_once;
        e->idle += p->idle;
        e->closing += p->closing;
    }
}

/* Records of a shift from `from` on: its own, those of periods, and what visits of others leave. */
static struct paper of_shift(const struct unit *u, const struct worker *k, tb_time from,
                             bool temp)
{
    const struct paperwork *p = &u->world->paperwork;
    struct paper e = {0};

    if (!p->shifts)
        return e;
    if (!u->world->worker[k->id].always || !k->opened || k->week_begins)
        e = p->shift[u->world->worker[k->id].role + 1];
    if (!temp)
        add_periods(u, k, from, &e);
    return e;
}

/* Who goes short, and what a trip ends with: there is always room for it. */
static void fit_out(struct unit *u, int candidate)
{
    struct candidates *c = u->candidates;
    const int worker = c->worker[candidate];
    const struct worker_plan *p = &u->world->worker[worker];

    c->load[candidate] = u->worker[worker].load;
    if (p->seat >= 0) {
        const struct muster m =
            tb__muster(u, worker, &u->world->shift[c->shift[candidate]]);
        c->missing[candidate] = m.ill - m.temps;
    }
    TB__LANE(c, end, candidate) -= tb__plan_seconds(tb__trip_end(u, worker));
}

static void enlist(struct unit *u, int worker, int shift, tb_time from, tb_time end,
                   bool temp)
{
    const struct paper e = of_shift(u, &u->worker[worker], from, temp);
    struct candidates *c = u->candidates;
    const int i = c->n++;

    c->worker[i] = worker;
    c->shift[i] = shift;
    c->role[i] = u->world->worker[worker].role;
    c->client[i] = NONE;
    TB__LANE(c, free, i) = tb__plan_seconds(from - u->now + e.at_once);
    TB__LANE(c, home, i) = tb__plan_seconds(end - u->now);
    TB__LANE(c, end, i) = TB__LANE(c, home, i) - tb__plan_seconds(e.closing);
    c->load[i] = c->missing[i] = 0;
    if (u->world->trips || u->world->slow)
        fit_out(u, i);
    TB__LANE(c, owed, i) = tb__plan_seconds(e.idle);
    TB__LANE(c, load, i) = 0;
    tb__remembers(c, i, temp ? u->world->workers : worker);
    TB__LANE(c, leg, i) = tb__plan_seconds(u->world->leg_mean);
}

/* Somebody whose day ends before it begins. */
static void enlist_nobody(struct unit *u)
{
    struct candidates *c = u->candidates;
    const int i = c->n++;

    c->worker[i] = c->shift[i] = c->role[i] = c->client[i] = NONE;
    TB__LANE(c, free, i) = TB__LANE(c, home, i) = TB__LANE(c, end, i) =
        TB__LANE(c, owed, i) = TB__LANE(c, leg, i) = 0; /* none starts */
    TB__LANE(c, load, i) = 0;
    tb__remembers(c, i, u->world->workers);
}

/* What visits leave to a role is shared by its workers of the day who may adopt it. */
static void share_out(struct unit *u, int writer)
{
    const int32_t left =
        tb__plan_seconds(u->world->paperwork.left[tb__cycle_day(u->world, u->day)][writer]);
    struct candidates *c = u->candidates;
    int sharers = 0;

    for (int i = 0; i < c->n; i++)
        sharers += c->role[i] + 1 == writer && c->memory[i] == c->worker[i];
    for (int i = 0; i < c->n && left; i++)
        if (c->role[i] + 1 == writer && c->memory[i] == c->worker[i]) {
            TB__LANE(c, owed, i) += left / sharers;
            u->worker[c->worker[i]].left_ms = (tb_time)(left / sharers) * PLAN_SECOND;
        }
}

/* Records of the unit's week, month ... are called for when the first worker begins. */
static void add_units(struct unit *u)
{
    const struct world *w = u->world;
    const int32_t week = tb__calendar_of(w, u->day / 7);
    struct candidates *c = u->candidates;
    int first = 0;

    for (int i = 1; i < c->n; i++)
        if (c->worker[i] != NONE)
            first = TB__LANE(c, free, i) < TB__LANE(c, free, first) ? i : first;
    for (int i = 0; i < 4 && c->n; i++) {
        const struct paper *e = &w->paperwork.unit[i][c->role[first] + 1];

        if (tb__period(i, week, w->unit_entity) == u->period_seen[i])
            continue;
        TB__LANE(c, free, first) += tb__plan_seconds(e->at_once);
        TB__LANE(c, end, first) -= tb__plan_seconds(e->closing);
        TB__LANE(c, owed, first) += tb__plan_seconds(e->idle);
    }
}

/* Sets time aside for records that no visit of the day calls for. */
static void set_aside(struct unit *u)
{
    for (int i = 0; i < u->world->workers && u->world->paperwork.leaves; i++)
        u->worker[i].left_ms = 0;
    for (int i = 1; i < WRITERS && u->world->paperwork.leaves; i++)
        share_out(u, i);
    if (u->world->paperwork.units && tb__periods_turn(u, u->period_seen))
        add_units(u);
}

/* The rest of the lanes is nobody's. */
static void fill_lanes(struct unit *u)
{
    while (u->candidates->n % LANES)
        enlist_nobody(u);
}

/* Those who begin past the middle of the shifts before them have lanes of their own: few visits concern
 * both. */
static void part(struct unit *u, const struct shift *before, const struct shift *s)
{
    if (before && before->kind != s->kind && s->from > (before->from + before->to) / 2)
        fill_lanes(u);
}

static void gather(struct unit *u)
{
    const struct world *w = u->world;
    const struct shift *before = NULL;

    u->candidates->n = 0;
    for (int i = w->day_shift[u->day]; i < w->day_shift[u->day + 1]; i++) {
        const struct day_shift *d = &w->on_day[i];
        const struct shift *s = &w->shift[d->shift];
        const struct worker *k = &u->worker[d->worker];
        bool temp;

        part(u, before, s);
        before = s;
        if (tb__works_on(u, d->worker, d->shift, &temp))
            enlist(u, d->worker, d->shift, s->from + opening_ms(u, k, s, temp),
                   s->to - closing_ms(u, s), temp);
    }
    for (int i = 0; i < w->workers; i++) {
        const struct worker *k = &u->worker[i];
        const int first = w->worker[i].first;

        if (w->worker[i].always && k->doing != AWAY)
            enlist(u, i, first,
                   u->now + (k->week_begins || !k->opened
                                 ? opening_ms(u, k, &w->shift[first], tb__ill_at(k, u->now))
                                 : 0),
                   u->now + TB__DAY, false);
    }
    set_aside(u);
    fill_lanes(u);
    tb__span_candidates(u->candidates);
}

/* Legs to one client, where they are not the same for all. Who may not go gets a leg past every
 * end. */
static void look_at(struct unit *u, const struct visit *v, int but)
{
    const struct world *w = u->world;
    const int client = v->slot->client, role = w->client_role[w->client[client].group];
    struct candidates *c = u->candidates;

    for (int i = 0; i < c->n; i++) {
        TB__LANE(c, leg, i) = tb__plan_seconds(tb__leg_between(u, c->client[i], client));
        if ((role != ANY_ROLE && c->role[i] != role) || c->worker[i] == but)
            TB__LANE(c, leg, i) = PLAN_LATEST;
    }
}

/* What is the same for all visits of a day. */
static struct wish wish_of_day(const struct unit *u)
{
    const struct world *w = u->world;
    const struct planning *p = &w->set.planning;

    return (struct wish){
        .opens = -1, /* of no visit */
        .most_over = tb__plan_seconds(w->overtime_ms),
        .travel = (int32_t)(p->travel * PLAN_WEIGHT),
        .lateness = (int32_t)(p->lateness * PLAN_WEIGHT),
        .overtime = (int32_t)(p->overtime * PLAN_WEIGHT),
        .known_since = (int32_t)u->day - w->knowledge.days,
        .continuity = tb__given_routes(u) ? 0 : (int32_t)(p->continuity * PLAN_WEIGHT * 60),
    };
}

/* Asks for a visit. Today's stand where their slots say; others were moved, or are a second carer's. Most
 * have the window of the one before. */
static void turn_to(struct wish *k, const struct unit *u, const struct visit *v, bool today)
{
    const struct slot *s = v->slot;
    const int32_t opens = today ? s->opens_second : tb__plan_seconds(v->opens - u->now);
    const int32_t closes = today ? s->closes_second : tb__plan_seconds(v->closes - u->now);

    k->takes = s->takes;
    k->last_visit = tb__last_visits(u, s->client);
    if (opens == k->opens && closes == k->closes)
        return;
    k->opens = opens;
    k->closes = closes;
    tb__narrow(u->candidates, k);
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

/* Records that a visit leaves for later are due from now on; waiting for its window made room for
 * those from before. */
static void owe(struct unit *u, int candidate, const struct visit *v, int32_t gap)
{
    struct candidates *c = u->candidates;
    const struct later *e =
        &u->world->paperwork.later[v->slot->client][c->role[candidate] + 1];
    const int32_t left =
        TB__LANE(c, owed, candidate) > gap ? TB__LANE(c, owed, candidate) - gap : 0;

    TB__LANE(c, owed, candidate) = left + e->idle;
    TB__LANE(c, end, candidate) -= e->closing;
}

/* The visit takes longer than others need, and the vehicle may be full after it. */
static void load(struct unit *u, int candidate, int32_t lasts)
{
    struct candidates *c = u->candidates;
    const int worker = c->worker[candidate];
    const int most = tb__staff_of(u, worker)->visits_per_trip;

    TB__LANE(c, free, candidate) +=
        tb__plan_seconds(tb__at_planned_pace(u, worker, c->missing[candidate],
                                             (tb_time)lasts * PLAN_SECOND)) -
        lasts;
    if (!most || ++c->load[candidate] < most)
        return;
    c->load[candidate] = 0;
    c->client[candidate] = NONE;
    TB__LANE(c, free, candidate) += tb__plan_seconds(tb__trip_end(u, worker));
}

/* A candidate takes a visit: it starts as soon as the way and the window allow. */
static void take(struct unit *u, int candidate, struct visit *v, const struct wish *k)
{
    struct candidates *c = u->candidates;
    const int32_t there = TB__LANE(c, free, candidate) + TB__LANE(c, leg, candidate);
    const int32_t start = there > k->opens ? there : k->opens;

    v->planned = u->now + (tb_time)start * PLAN_SECOND;
    if (u->world->paperwork.any)
        owe(u, candidate, v, start - there);
    TB__LANE(c, free, candidate) = start + v->slot->lasts;
    TB__LANE(c, load, candidate) += v->slot->burden;
    c->client[candidate] = v->slot->client;
    if (u->world->trips || u->world->slow)
        load(u, candidate, v->slot->lasts);
}

/* Deals out n visits from `first`, `moved` of them from yesterday, in the order of the day. */
void tb__deal(struct unit *u, int first, int moved, int n)
{
    int old = first, new = first + moved;
    int before = NONE, last = NONE; /* the visit before, and who got it */
    struct wish k = wish_of_day(u);

    gather(u);
    while (old < first + moved || new < first + n) {
        const bool takes_old =
            new == first + n ||
            (old < first + moved && tb__goes_before(&u->visit[old], &u->visit[new]));
        const int i = takes_old ? old++ : new ++;
        struct visit *v = &u->visit[i];
        const bool second = v->slot->nth & 1 && before != NONE &&
                            u->visit[before].slot + 1 == v->slot &&
                            u->visit[before].moved == v->moved;
        int to;

        if (second)
            v->opens = u->visit[before].planned;
        v->planned = v->opens;
        turn_to(&k, u, v, !takes_old && !second);
        to = choose(u, v, &k, second ? last : NONE);
        last = to == NONE ? NONE : u->candidates->worker[to];
        before = i;
        if (to == NONE) {
            if (tb__given_routes(u))
                tb__miss(u, i);
            else
                tb__offer(u, i);
            continue;
        }
        v->by = last;
        take(u, to, v, &k);
        if (u->candidates->shift[to] > u->worker[last].shift)
            tb__append_visit(u, &u->worker[last].later, &u->worker[last].later_end, i);
        else
            tb__append_visit(u, &u->worker[last].route, &u->worker[last].route_end, i);
    }
}
