/* Pool services: calls are served. */
#include "model/calls.h"
#include "model/trigger.h"

double tb__care_pace(const struct unit *u)
{
    return tb__answers(u, M_DISCRETION)
               ? tb__discretion_pace(&u->world->set.regime.discretion)
               : 1;
}

static double pace_of(const struct unit *u, const struct worker *w)
{
    double pace = u->pace;

    if (u->world->knowing && tb__answers(u, M_KNOWLEDGE)) { /* otherwise it is 1 */
        const struct view at = tb__view_of(u, w);
        pace *= tb__knowledge_pace(&u->world->set.regime.knowledge, &at);
    }
    return w->slow ? pace * tb__slowness(u, w) : pace;
}

/* The care is given: what follows at once. entity: of its origin; draws: of its records. */
TB__ALWAYS_INLINE void follow_up(struct unit *u, struct worker *w, const struct call *c,
                                 uint32_t entity, const double *draws)
{
    struct trail trail = {0};

    if (c->returns || !draws)
        tb__trigger(u, w, TRIGGER_CALL,
                    &(struct event){c->index, entity + (uint32_t)c->returns, NONE,
                                    c->service, NULL},
                    &trail);
    else
        tb__trigger_ahead(u, w, TRIGGER_CALL, true,
                          &(struct event){c->index, entity, NONE, c->service, draws},
                          &trail);
    if (u->world->harm && tb__plan_of(u, c->service)->column == CARE_NEEDED) {
        double harm[2], leg[2];

        tb__uniforms(&u->stream, c->index, entity,
                     PURPOSE_CALL_HARM | (uint32_t)c->returns << 8, harm);
        if (tb__may_go_wrong(u, harm)) {
            const struct view view = tb__view_of(u, w);

            tb__uniforms(&u->stream, c->index, entity,
                         PURPOSE_CALL_LEG | (uint32_t)c->returns << 8, leg);
            tb__judge(u, w, &view, c->index, entity + (uint32_t)c->returns, NONE, harm,
                      leg[1], 1, &trail);
        }
    }
}

static inline void begins(struct unit *u, struct worker *w, struct call *c,
                          const struct service_plan *p, struct service_tally *t)
{
    const tb_time wait = w->clock - c->since;

    c->begun = true;
    c->remaining = (tb_time)((double)c->need * pace_of(u, w) + 0.5);
    t->started++;
    if (wait) {
        t->wait_ms += wait;
        t->waited++;
        t->long_waits += wait > p->wait_limit;
    }
}

/* Work on a call whose minutes are kept apart: of what books as care, what the need asks for first. */
static void work_apart(struct unit *u, struct worker *w, struct call *c, tb_time ms)
{
    const int service = c->service, column = tb__plan_of(u, service)->column;
    const tb_time needed = ms < c->need ? ms : c->need;
    const tb_time first = column == CARE_NEEDED ? needed : ms;

    tb__book_call(&u->ledger, w->id, (enum column)column, w->clock, w->clock + first,
                  service, w->temp);
    w->clock += first;
    if (ms > first)
        tb__book_call(&u->ledger, w->id, CARE_SURPLUS, w->clock, w->clock + ms - first,
                      service, w->temp);
    w->clock += ms - first;
    c->need -= needed;
    c->remaining -= ms;
}

/* Books work on a call from the worker's clock. */
void tb__work_on(struct unit *u, struct worker *w, struct call *c, tb_time ms)
{
    if (tb__plan_of(u, c->service)->itemised)
        work_apart(u, w, c, ms);
    else
        tb__care(u, w, c, ms);
}

/* From its beginning, or its resumption, to its end: nothing can come between. */
TB__ALWAYS_INLINE void serve_whole(struct unit *u, struct worker *w, struct call *c,
                                   const struct service_plan *p, struct service_tally *t,
                                   uint32_t entity, const double *draws)
{
    if (!c->begun)
        begins(u, w, c, p, t);
    w->service = c->service;
    tb__care(u, w, c, c->remaining);
    tb__count_done(t, c, w->clock);
    t->services++;
    follow_up(u, w, c, entity, draws);
    tb__chain_ends(u, w);
}

/* The same of an itemised service. */
TB__NOINLINE static void serve_apart(struct unit *u, struct worker *w, int at)
{
    struct call *c = &u->call[at];
    const struct service_plan *p = tb__plan_of(u, c->service);
    struct service_tally *t = tb__tally_of(u, c);

    if (!c->begun)
        begins(u, w, c, p, t);
    w->service = c->service;
    work_apart(u, w, c, c->remaining);
    tb__count_done(t, c, w->clock);
    t->services++;
    follow_up(u, w, c, tb__plan_of(u, c->origin)->entity, tb__draws_of(u, at));
    tb__chain_ends(u, w);
    tb__free_call(u, at);
}

/* What comes before the care: the way to a call, and finding back into it. */
static void approach(struct unit *u, struct worker *w, struct call *c,
                     const struct service_plan *p)
{
    if (p->travel) {
        double draw[2];

        tb__uniforms(&u->stream, c->index, tb__plan_of(u, c->origin)->entity,
                     PURPOSE_CALL_LEG | (uint32_t)c->returns << 8, draw);
        tb__travel(u, w, SOMEWHERE, tb__variate(&u->world->leg, draw[0]));
        w->travelled = u->world->set.travel.kind != TRAVEL_NONE;
    }
    if (c->resumption) {
        tb__spend(u, w, INDIRECT, c->resumption, NONE, NONE);
        u->ledger.now->count.resumption_ms += c->resumption * tb__present(u, w);
        c->resumption = 0;
    }
}

/* A worker whose clock is now turns to a call. */
void tb__serve(struct unit *u, struct worker *w, int at)
{
    struct call *c = &u->call[at];
    const struct service_plan *p = tb__plan_of(u, c->service);

    if (p->unusual || c->resumption) {
        approach(u, w, c, p);
        if (p->itemised && !p->evented) {
            serve_apart(u, w, at);
            return;
        }
    }
    if (!p->evented) {
        serve_whole(u, w, c, p, tb__tally_of(u, c), tb__plan_of(u, c->origin)->entity,
                    tb__draws_of(u, at));
        tb__free_call(u, at);
        return;
    }
    if (!c->begun)
        begins(u, w, c, p, tb__tally_of(u, c));
    w->service = c->service;
    w->call = at;
    w->doing = CALLING;
    w->cut_at = p->cut && w->until < w->clock + c->remaining && w->until > w->clock
                    ? w->until
                    : TB__NEVER;
    tb__queue_set(&u->queue, w->slot,
                  w->cut_at < w->clock + c->remaining ? w->cut_at
                                                      : w->clock + c->remaining);
}

void tb__call_done(struct unit *u, struct worker *w)
{
    const int at = w->call;

    if (u->now == w->cut_at) {
        tb__call_cut(u, w, false);
    } else {
        tb__work_on(u, w, &u->call[at], u->now - w->clock);
        w->call = NONE;
        tb__tally_of(u, &u->call[at])->services++;
        follow_up(u, w, &u->call[at], tb__plan_of(u, u->call[at].origin)->entity,
                  tb__draws_of(u, at));
        tb__moves_on(u, at);
    }
    if (w->clock > u->now)
        tb__chain_ends(u, w);
    else
        tb__next_work(u, w);
}

/* Whether the calls of a service that withholds them are there for a worker. */
static bool withheld(const struct unit *u, const struct worker *w, int service)
{
    const struct service_plan *p = tb__plan_of(u, service);

    if (p->cover)
        return tb__cover_lacks(u, service) <= 0;
    if (p->lull)
        return u->waiting[service].first == NONE &&
               (w->service == NONE || tb__plan_of(u, w->service)->lull);
    return !u->working[service];
}

/* Whether both are cover, and the first lacks no less. */
static bool lacks_more(const struct unit *u, int a, int b)
{
    return tb__plan_of(u, a)->cover && tb__plan_of(u, b)->cover &&
           tb__cover_lacks(u, a) >= tb__cover_lacks(u, b);
}

/* The most urgent service that has work for the worker; among equals the one whose first call has
 * waited longest. */
static int tb__most_urgent(const struct unit *u, const struct worker *w,
                           bool before_visits, tb_time gap)
{
    int best = NONE;

    for (int i = 0; i < u->world->services; i++) {
        const int s = u->world->service_order[i], first = u->waiting[s].first;
        const struct service_plan *p = tb__plan_of(u, s);

        if ((before_visits && !p->before_visits) ||
            (best != NONE && p->priority > tb__plan_of(u, best)->priority))
            break;
        if ((first == NONE && !p->endless) || !tb__suits(u, w, s, gap) ||
            (p->withheld && withheld(u, w, s)))
            continue;
        if (best == NONE || (u->waiting[best].first == NONE && !lacks_more(u, best, s)) ||
            (first != NONE && u->call[first].since < u->call[u->waiting[best].first].since))
            best = s;
    }
    return best;
}

bool tb__take_call(struct unit *u, struct worker *w, bool before_visits)
{
    tb_time gap = TB__NEVER;
    int at, service;

    if (w->route != NONE && !before_visits)
        gap = tb__depart_at(u, w) - w->clock;
    service = tb__most_urgent(u, w, before_visits, gap);
    if (service == NONE)
        return false;
    if (u->waiting[service].first != NONE) {
        at = tb__leave(u, service);
    } else if (tb__plan_of(u, service)->cover) {
        tb__cover(u, w, service);
        return true;
    } else {
        at = tb__open_endless(u, service);
    }
    if (at == NONE)
        return false;
    tb__serve(u, w, at);
    return true;
}

/* A call that has just come to a service: somebody idle takes it, or it takes somebody away, or it
 * waits. Who idles while calls wait was woken for them, and takes the first. */
void tb__place_with(struct unit *u, int at, struct worker *idle)
{
    const int service = u->call[at].service;
    struct worker *w = idle;

    if (idle && !u->calls_waiting) {
        tb__stop_idling(u, idle);
        if (u->world->covers)
            tb__wake_others(u);
        tb__serve(u, idle, at);
        return;
    }
    if (!idle && tb__plan_of(u, service)->interrupts)
        w = tb__interruptible_worker(u, service);
    if (w && !idle) {
        tb__interrupt(u, w, at);
        return;
    }
    tb__line_up(u, at);
    if (idle && !tb__wake_one(u, idle, service))
        tb__wake(u, service, 1);
}

/* A call that is kept, with its draws. */
static void wait_or_serve(struct unit *u, struct worker *idle, int at, const double *draws)
{
    if (at == NONE)
        return;
    tb__keep_draws(u, at, draws);
    tb__place_with(u, at, idle);
}

void tb__on_call(struct unit *u, int service)
{
    const struct service_plan *p = tb__plan_of(u, service);
    struct source *source = &u->source[service];
    struct service_tally *t = &u->ledger.now->service[service];
    struct worker *idle;
    const double *draws;
    uint32_t index;
    tb_time need;
    int k;

    if (p->special) {
        tb__on_special_call(u, service);
        return;
    }
    k = (int)(source->key[source->next++] & NUMBERS);
    index = source->address << NUMBER_BITS | (uint32_t)k;
    need = tb__at_least_1(source->draw[2 * k + 1]);
    draws = source->records + k * u->world->call_draws;
    if (u->probe)
        tb__realised(u, PURPOSE_CALL, p->entity, index, u->now, need);
    idle = tb__longest_idle(u, service);
    t->calls++;
    if (idle && p->simple && !u->calls_waiting) {
        struct call c = tb__call_now(u, service, index, need);

        tb__stop_idling(u, idle);
        serve_whole(u, idle, &c, p, t, p->entity, draws);
    } else {
        wait_or_serve(u, idle, tb__open_call(u, service, index, need), draws);
    }
    tb__schedule_arrival(u, service);
}
