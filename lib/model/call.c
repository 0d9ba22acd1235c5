/* Pool services: calls arrive, wait, are served, interrupted and resumed. */
#include "model/unit.h"

#include <string.h>

enum { QUARTER_BIAS = 104 * 7 * 96, NUMBER_BITS = 12 };

static const struct service_plan *plan_of(const struct unit *u, int service)
{
    return &u->world->service[service];
}

static int source_slot(int service)
{
    return 1 + service;
}

static bool qualified(const struct unit *u, const struct worker *w, int service)
{
    const int role = u->world->service[service].role;

    return role == ANY_ROLE || role == u->world->worker[w->id].role;
}

/* Room for so many calls at a time, with the uniforms of their records. */
static bool more_calls(struct unit *u, int room)
{
    const size_t draws = (size_t)u->world->call_draws;
    struct call *call = tb__arena_alloc(u->arena, (size_t)room, sizeof *call);
    double *draw = tb__arena_alloc(u->arena, (size_t)room * draws, sizeof *draw);

    if (!call || !draw)
        return false;
    if (u->calls) {
        memcpy(call, u->call, (size_t)u->calls * sizeof *call);
        memcpy(draw, u->call_draw, (size_t)u->calls * draws * sizeof *draw);
    }
    u->call = call;
    u->call_draw = draw;
    u->call_room = room;
    return true;
}

/* Arrivals -------------------------------------------------------------------------------------- */

/* Number of calls in a quarter-hour: the Poisson quantile of a uniform, so that a higher rate adds
 * calls and moves none. */
static int count_of(const struct service_plan *p, double uniform)
{
    int low = 0, high = p->most;

    while (low < high) {
        const int mid = (low + high) / 2;
        if (p->arrivals[mid] >= uniform)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

/* Sorts arrivals of a quarter-hour by time, then number: places are uniform in (0, 1), so that n
 * buckets leave next to nothing for the insertions. */
static void sort_arrivals(struct source *s)
{
    const double *place = s->draw; /* every other one: between them are the needs */
    const int n = s->count;
    int *end = s->bucket;

    for (int i = 0; i <= n; i++)
        end[i] = 0;
    for (int k = 0; k < n; k++)
        end[(int)(place[2 * k] * n) + 1]++;
    for (int i = 0; i < n; i++)
        end[i + 1] += end[i];
    for (int k = 0; k < n; k++)
        s->key[end[(int)(place[2 * k] * n)]++] =
            (int64_t)(place[2 * k] * (double)TB__QUARTER) << NUMBER_BITS | k;
    for (int i = 1; i < n; i++) {
        const int64_t key = s->key[i];
        int j = i;

        for (; j > 0 && s->key[j - 1] > key; j--)
            s->key[j] = s->key[j - 1];
        s->key[j] = key;
    }
}

/* Draws the calls of the next quarter-hours until one has a call; false past the end. */
TB__NOINLINE static bool draw_arrivals(struct unit *u, int service)
{
    const struct service_plan *p = &u->world->service[service];
    struct source *s = &u->source[service];

    s->next = s->count = 0;
    while (!s->count) {
        const int64_t quarter = s->quarter++;
        double draw[2];

        if (quarter * TB__QUARTER >= u->world->to)
            return false;
        s->address =
            (uint32_t)(quarter + QUARTER_BIAS - (int64_t)u->world->warmup * 7 * 96);
        tb__uniforms(&u->stream, s->address, p->entity, PURPOSE_CALL_COUNT, draw);
        s->count = count_of(p, draw[0]);
    }
    for (int k = 0; k < s->count; k++) {
        u->ahead_index[k] = s->address << NUMBER_BITS | (uint32_t)k;
        u->ahead_entity[k] = p->entity;
    }
    tb__uniforms_ahead(&u->stream, s->count, u->ahead_index, u->ahead_entity,
                       PURPOSE_CALL, s->draw, 2);
    sort_arrivals(s);
    tb__draw_records(u, TRIGGER_CALL, s->count, u->ahead_index, u->ahead_entity,
                     s->records, u->world->call_draws);
    return true;
}

static inline void schedule_arrival(struct unit *u, int service)
{
    const struct source *s = &u->source[service];

    if (s->next == s->count && !draw_arrivals(u, service))
        tb__queue_cancel(&u->queue, source_slot(service));
    else
        tb__queue_set(&u->queue, source_slot(service),
                      (s->quarter - 1) * TB__QUARTER + (s->key[s->next] >> NUMBER_BITS));
}

static bool open_source(struct unit *u, int service)
{
    const size_t most = (size_t)u->world->service[service].most + 1;
    const size_t draws = (size_t)u->world->call_draws;
    struct source *s = &u->source[service];

    u->waiting[service] = (struct list){NONE, NONE};
    s->key = tb__arena_alloc(u->arena, most, sizeof *s->key);
    s->draw = tb__arena_alloc(u->arena, 2 * most, sizeof *s->draw);
    s->bucket = tb__arena_alloc(u->arena, most + 1, sizeof *s->bucket);
    s->records = tb__arena_alloc(u->arena, most * draws, sizeof *s->records);
    if (!s->key || !s->draw || !s->bucket || !s->records)
        return false;
    if (u->world->service[service].arrivals)
        schedule_arrival(u, service);
    return true;
}

tb_status tb__calls_open(struct unit *u)
{
    const size_t n = (size_t)u->world->services;

    u->waiting = tb__arena_alloc(u->arena, n, sizeof *u->waiting);
    u->waiting_count = tb__arena_alloc(u->arena, n, sizeof *u->waiting_count);
    u->source = tb__arena_alloc(u->arena, n, sizeof *u->source);
    u->call_free = NONE;
    if (!u->waiting || !u->waiting_count || !u->source || !more_calls(u, 256))
        return tb__no_memory(u->err);
    for (int s = 0; s < u->world->services; s++)
        if (!open_source(u, s))
            return tb__no_memory(u->err);
    return TB_OK;
}

/* The queue of a service ------------------------------------------------------------------------ */

static int new_call(struct unit *u)
{
    if (u->call_free != NONE) {
        const int at = u->call_free;
        u->call_free = u->call[at].next;
        return at;
    }
    if (u->calls == u->call_room && !more_calls(u, 2 * u->call_room)) {
        u->status = tb__no_memory(u->err);
        return NONE;
    }
    return u->calls++;
}

static void join(struct unit *u, int at, bool front)
{
    struct call *c = &u->call[at];
    struct list *q = &u->waiting[c->service];

    c->next = front ? q->first : NONE;
    if (q->first == NONE)
        q->last = at;
    else if (!front)
        u->call[q->last].next = at;
    if (front || q->first == NONE)
        q->first = at;
    q->last = front ? q->last : at;
    u->calls_waiting++;
    if (++u->waiting_count[c->service] > MOST_WAITING)
        u->status = tb__fail(
            u->err, TB_ERR_LIMIT,
            "services.%s: more than %d calls are waiting; the unit is overloaded",
            u->world->set.services[c->service].name, MOST_WAITING);
}

static int leave(struct unit *u, int service)
{
    struct list *q = &u->waiting[service];
    const int at = q->first;

    q->first = u->call[at].next;
    u->waiting_count[service]--;
    u->calls_waiting--;
    return at;
}

static tb_time need_of(const struct unit *u, int service, double uniform)
{
    const tb_time ms = tb__variate_ms(&u->world->service[service].minutes, uniform);

    return ms > 0 ? ms : 1;
}

static double *draws_of(const struct unit *u, int at)
{
    return u->call_draw + (size_t)at * (size_t)u->world->call_draws;
}

/* The uniforms of its records are kept with a call, since those of the quarter-hour go. */
static void keep_draws(struct unit *u, int at, const double *draw)
{
    double *kept = draws_of(u, at);
    const int n = u->world->call_draws;

    for (int i = 0; i < n; i += 2)
        memcpy(kept + i, draw + i, 2 * sizeof *kept);
}

static inline int open_call(struct unit *u, int service, uint32_t index, double uniform)
{
    const int at = new_call(u);

    if (at != NONE) {
        u->call[at] = (struct call){.service = service,
                                    .index = index,
                                    .arrived = u->now,
                                    .since = u->now,
                                    .need = need_of(u, service, uniform)};
        u->ledger.now->service[service].calls++;
    }
    return at;
}

/* The next item of an endless backlog. */
static int open_endless(struct unit *u, int service)
{
    const uint32_t number = u->source[service].endless++;
    const uint32_t entity = u->world->service[service].entity;
    double draw[2];
    int at;

    tb__uniforms(&u->stream, number, entity, PURPOSE_CALL, draw);
    at = open_call(u, service, number, draw[1]);
    if (at != NONE)
        tb__draw_records(u, TRIGGER_CALL, 1, &number, &entity, draws_of(u, at),
                         u->world->call_draws);
    return at;
}

/* Whether a free worker may take a call now: `gap` is the time before its route goes on. */
static bool suits(const struct unit *u, const struct worker *w, int service, tb_time gap)
{
    const struct service_plan *p = plan_of(u, service);

    return qualified(u, w, service) &&
           (p->before_visits || w->route == NONE || p->mean <= gap);
}

static inline struct worker *idle_worker(struct unit *u, int service)
{
    for (int i = u->idle_first; i != NONE; i = u->worker[i].after) {
        struct worker *w = &u->worker[i];
        const tb_time gap = w->route == NONE ? TB__NEVER : tb__depart_at(u, w) - u->now;

        if (suits(u, w, service, gap) && w->until > u->now &&
            (w->temp || !tb__ill_at(w, u->now)))
            return w;
    }
    return NULL;
}

/* Somebody who idles looks again: a call has joined that did not arrive just now. */
static void wake(struct unit *u, int service)
{
    struct worker *w = idle_worker(u, service);

    if (w)
        tb__queue_set(&u->queue, tb__worker_slot(u, w), u->now);
}

/* Service --------------------------------------------------------------------------------------- */

static double pace_of(const struct unit *u, const struct worker *w)
{
    const struct regime *r = &u->world->set.regime;
    double pace = tb__answers(u, M_DISCRETION) ? tb__discretion_pace(&r->discretion) : 1;

    if (tb__answers(u, M_KNOWLEDGE)) {
        const struct view at = tb__view_of(u, w, NONE, 0);
        pace *= tb__knowledge_pace(&r->knowledge, &at);
    }
    return w->temp ? pace * u->world->set.absence.temp_pace : pace;
}

/* Books care from the worker's clock: what the need asks for first, the rest as surplus. */
static inline void care(struct unit *u, struct worker *w, struct call *c, tb_time ms)
{
    const tb_time needed = ms < c->need ? ms : c->need;

    tb__spend(u, w, CARE_NEEDED, needed, NONE, NONE);
    if (ms > needed)
        tb__spend(u, w, CARE_SURPLUS, ms - needed, NONE, NONE);
    c->need -= needed;
    c->remaining -= ms;
}

/* The care is given: what follows at once, and perhaps the client calls again. */
TB__ALWAYS_INLINE void finish(struct unit *u, struct worker *w, int at)
{
    struct call *c = &u->call[at];
    const struct service_plan *p = plan_of(u, c->service);
    struct service_tally *t = &u->ledger.now->service[c->service];
    const tb_time served = w->clock;
    double draw[2] = {1, 0}; /* 1: never again */
    int audited[2] = {0};    /* records that may show misuse; errors */

    t->services++;
    tb__trigger(u, w, TRIGGER_CALL,
                &(struct event){c->index, p->entity + (uint32_t)c->returns, NONE,
                                c->service, c->returns ? NULL : draws_of(u, at)},
                audited);
    if (u->world->harm) {
        const struct view view = tb__view_of(u, w, NONE, 0);
        double harm[2], leg[2];

        tb__uniforms(&u->stream, c->index, p->entity,
                     PURPOSE_CALL_HARM | (uint32_t)c->returns << 8, harm);
        tb__uniforms(&u->stream, c->index, p->entity,
                     PURPOSE_CALL_LEG | (uint32_t)c->returns << 8, leg);
        tb__judge(u, w, &view, c->index, p->entity + (uint32_t)c->returns, NONE, harm,
                  leg[1], 1, audited);
    }
    if (p->again > 0)
        tb__uniforms(&u->stream, c->index, p->entity,
                     PURPOSE_CALL_AGAIN | (uint32_t)c->returns << 8, draw);
    if (draw[0] < p->again) {
        c->returns++;
        c->begun = false;
        c->since = served;
        c->need = need_of(u, c->service, draw[1]);
        join(u, at, false);
        wake(u, c->service);
        return;
    }
    t->done++;
    t->sojourn_ms += served - c->arrived;
    c->next = u->call_free;
    u->call_free = at;
}

/* A worker whose clock is now turns to a call. */
static void serve(struct unit *u, struct worker *w, int at)
{
    struct call *c = &u->call[at];
    const struct service_plan *p = plan_of(u, c->service);

    if (p->travel) {
        double draw[2];

        tb__uniforms(&u->stream, c->index, p->entity,
                     PURPOSE_CALL_LEG | (uint32_t)c->returns << 8, draw);
        tb__travel(u, w, NONE, draw[0]);
    }
    tb__spend(u, w, INDIRECT, c->resumption, NONE, NONE);
    u->ledger.now->count.resumption_ms += c->resumption;
    c->resumption = 0;
    if (!c->begun) {
        struct service_tally *t = &u->ledger.now->service[c->service];

        c->begun = true;
        c->remaining = (tb_time)((double)c->need * pace_of(u, w) + 0.5);
        t->started++;
        t->wait_ms += w->clock - c->since;
    }
    if (!p->interruptible && p->again <= 0) { /* nothing can come between */
        care(u, w, c, c->remaining);
        finish(u, w, at);
        tb__chain_ends(u, w);
        return;
    }
    w->call = at;
    w->doing = CALLING;
    w->cut_at = p->cut && w->until < w->clock + c->remaining && w->until > w->clock
                    ? w->until
                    : TB__NEVER;
    tb__queue_set(&u->queue, tb__worker_slot(u, w),
                  w->cut_at < w->clock + c->remaining ? w->cut_at
                                                      : w->clock + c->remaining);
}

void tb__call_done(struct unit *u, struct worker *w)
{
    const int at = w->call;

    if (u->now == w->cut_at) {
        tb__call_cut(u, w, false);
    } else {
        care(u, w, &u->call[at], u->now - w->clock);
        w->call = NONE;
        finish(u, w, at);
    }
    if (w->clock > u->now)
        tb__chain_ends(u, w);
    else
        tb__next_work(u, w);
}

/* Interrupted: the rest waits at the head of its queue and costs a resumption when it was taken up
 * for something else. */
void tb__call_cut(struct unit *u, struct worker *w, bool resumes)
{
    struct call *c = &u->call[w->call];

    care(u, w, c, u->now - w->clock);
    if (resumes) {
        c->resumption += u->world->service[c->service].resumption;
        u->ledger.now->count.interruptions++;
    }
    c->since = u->now;
    join(u, w->call, true);
    wake(u, c->service);
    w->call = NONE;
}

/* The most urgent service that has work for the worker; among equals the one whose first call has
 * waited longest. */
static int most_urgent(const struct unit *u, const struct worker *w, bool before_visits,
                       tb_time gap)
{
    int best = NONE;

    for (int i = 0; i < u->world->services; i++) {
        const int s = u->world->service_order[i], first = u->waiting[s].first;
        const struct service_plan *p = plan_of(u, s);

        if ((before_visits && !p->before_visits) ||
            (best != NONE && p->priority > plan_of(u, best)->priority))
            break;
        if ((first == NONE && !p->endless) || !suits(u, w, s, gap))
            continue;
        if (best == NONE || u->waiting[best].first == NONE ||
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
    service = most_urgent(u, w, before_visits, gap);
    if (service == NONE)
        return false;
    at = u->waiting[service].first != NONE ? leave(u, service) : open_endless(u, service);
    if (at == NONE)
        return false;
    serve(u, w, at);
    return true;
}

/* Who does the least urgent interruptible work, if it is less urgent than this service's. */
static struct worker *interruptible_worker(struct unit *u, int service)
{
    struct worker *best = NULL;
    int priority = plan_of(u, service)->priority;

    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];
        const struct service_plan *doing;

        if (w->doing != CALLING || w->clock > u->now || !qualified(u, w, service))
            continue;
        doing = plan_of(u, u->call[w->call].service);
        if (doing->interruptible && doing->priority > priority) {
            priority = doing->priority;
            best = w;
        }
    }
    return best;
}

void tb__on_call(struct unit *u, int service)
{
    struct source *source = &u->source[service];
    const int k = (int)(source->key[source->next++] & ((1 << NUMBER_BITS) - 1));
    const uint32_t index = source->address << NUMBER_BITS | (uint32_t)k;
    const int at = open_call(u, service, index, source->draw[2 * k + 1]);
    struct worker *w;

    if (at == NONE)
        return;
    keep_draws(u, at, source->records + k * u->world->call_draws);
    if (u->probe)
        tb__realised(u, PURPOSE_CALL, u->world->service[service].entity, index, u->now,
                     u->call[at].need);
    schedule_arrival(u, service);
    w = idle_worker(u, service);
    if (w) {
        tb__stop_idling(u, w);
        serve(u, w, at);
        return;
    }
    w = plan_of(u, service)->interrupts ? interruptible_worker(u, service) : NULL;
    if (w) {
        tb__call_cut(u, w, true);
        serve(u, w, at);
        return;
    }
    join(u, at, false);
}
