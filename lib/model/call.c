/* Pool services: calls arrive, wait, are served, interrupted and resumed. */
#include "model/unit.h"

#include <string.h>

enum { NUMBERS = (1 << NUMBER_BITS) - 1 };

static const struct service_plan *plan_of(const struct unit *u, int service)
{
    return &u->world->service[service];
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
    return !u->world->impatient || !tb__heap_room(&u->patience, u->arena, room);
}

tb_status tb__calls_open(struct unit *u)
{
    const size_t n = (size_t)u->world->services;

    u->waiting = tb__arena_alloc(u->arena, n, sizeof *u->waiting);
    u->waiting_count = tb__arena_alloc(u->arena, n, sizeof *u->waiting_count);
    u->inside = tb__arena_alloc(u->arena, n, sizeof *u->inside);
    u->working = tb__arena_alloc(u->arena, n, sizeof *u->working);
    u->source = tb__arena_alloc(u->arena, n, sizeof *u->source);
    u->call_free = NONE;
    if (!u->waiting || !u->waiting_count || !u->inside || !u->working || !u->source ||
        !more_calls(u, 256))
        return tb__no_memory(u->err);
    for (int s = 0; s < u->world->services; s++) {
        u->waiting[s] = (struct list){NONE, NONE};
        if (!tb__source_open(u, s))
            return tb__no_memory(u->err);
    }
    return u->status;
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
    c->before = front ? NONE : q->last;
    *(c->next == NONE ? &q->last : &u->call[c->next].before) = at;
    *(c->before == NONE ? &q->first : &u->call[c->before].next) = at;
    u->calls_waiting++;
    if (++u->waiting_count[c->service] > MOST_WAITING)
        u->status = tb__fail(
            u->err, TB_ERR_LIMIT,
            "services.%s: more than %d calls are waiting; the unit is overloaded",
            u->world->set.services[c->service].name, MOST_WAITING);
}

/* At the end of its queue. */
static void line_up(struct unit *u, int at)
{
    join(u, at, false);
    if (!plan_of(u, u->call[at].service)->stays)
        tb__patience_starts(u, at);
}

static int leave(struct unit *u, int service)
{
    struct list *q = &u->waiting[service];
    const int at = q->first;

    q->first = u->call[at].next;
    *(q->first == NONE ? &q->last : &u->call[q->first].before) = NONE;
    u->waiting_count[service]--;
    u->calls_waiting--;
    if (u->patience.count)
        tb__patience_ends(u, at);
    return at;
}

static tb_time at_least_1(double drawn)
{
    const tb_time ms = (tb_time)(drawn + 0.5);

    return ms > 0 ? ms : 1;
}

static tb_time need_of(const struct unit *u, int service, double uniform)
{
    return at_least_1(tb__variate(&u->world->service[service].minutes, uniform));
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

static inline struct call call_now(const struct unit *u, int service, uint32_t index,
                                   tb_time need)
{
    return (struct call){.index = index,
                         .service = (short)service,
                         .origin = (short)service,
                         .arrived = u->now,
                         .since = u->now,
                         .need = need};
}

static inline int open_call(struct unit *u, int service, uint32_t index, tb_time need)
{
    const int at = new_call(u);

    if (at != NONE)
        u->call[at] = call_now(u, service, index, need);
    return at;
}

/* The uniforms of the records of a call that was not drawn ahead with others. */
static void draw_its_records(struct unit *u, int at)
{
    const uint32_t entity = plan_of(u, u->call[at].service)->entity;

    tb__draw_records(u, TRIGGER_CALL, 1, &u->call[at].index, &entity, draws_of(u, at),
                     u->world->call_draws);
}

/* The next item of an endless backlog. */
static int open_endless(struct unit *u, int service)
{
    const uint32_t number = u->source[service].endless++;
    double draw[2];
    int at;

    tb__uniforms(&u->stream, number, plan_of(u, service)->entity, PURPOSE_CALL, draw);
    at = open_call(u, service, number, need_of(u, service, draw[1]));
    if (at == NONE)
        return NONE;
    u->ledger.now->service[service].calls++;
    draw_its_records(u, at);
    return at;
}

/* Whether a free worker may take a call now: `gap` is the time before its route goes on. */
static bool suits(const struct unit *u, const struct worker *w, int service, tb_time gap)
{
    const struct service_plan *p = plan_of(u, service);

    return qualified(u, w, service) &&
           (p->before_visits || w->route == NONE || p->mean <= gap);
}

static inline bool takes_now(const struct unit *u, const struct worker *w, int service)
{
    return (w->route == NONE ? qualified(u, w, service)
                             : suits(u, w, service, tb__depart_at(u, w) - u->now)) &&
           w->until > u->now && (w->temp || !tb__ill_at(w, u->now));
}

static inline struct worker *longest_idle(struct unit *u, int service)
{
    for (int i = u->idle_first; i != NONE; i = u->worker[i].after)
        if (takes_now(u, &u->worker[i], service))
            return &u->worker[i];
    return NULL;
}

/* The nth, by number, of the idle who may take a call now; NULL, and how many there are, when there
 * are no more than n. */
static struct worker *nth_idle(struct unit *u, int service, int n, int *count)
{
    *count = 0;
    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];

        if (w->doing == IDLING && takes_now(u, w, service) && (*count)++ == n)
            return w;
    }
    return NULL;
}

/* Who of the idle takes a call. */
static struct worker *idle_worker(struct unit *u, const struct call *c)
{
    const int service = c->service, assignment = plan_of(u, service)->assignment;
    int count, none;
    double draw[2] = {0, 0};

    if (assignment == ASSIGN_LONGEST_IDLE)
        return longest_idle(u, service);
    nth_idle(u, service, u->world->workers, &count);
    if (!count)
        return NULL;
    if (assignment == ASSIGN_RANDOM)
        tb__uniforms(&u->stream, c->index, plan_of(u, c->origin)->entity,
                     PURPOSE_CALL_ASSIGN | (uint32_t)c->returns << 8, draw);
    return nth_idle(u, service, (int)(draw[0] * count), &none);
}

static bool wake_one(struct unit *u, struct worker *w, int service)
{
    const int slot = tb__worker_slot(u, w);

    if (tb__queue_due(&u->queue, slot) <= u->now || !takes_now(u, w, service))
        return false; /* or it looks again already */
    tb__queue_set(&u->queue, slot, u->now);
    return true;
}

/* So many of those who idle look again: calls have joined that did not arrive just now. */
static void wake(struct unit *u, int service, int calls)
{
    for (int i = u->idle_first; i != NONE && calls > 0; i = u->worker[i].after)
        calls -= wake_one(u, &u->worker[i], service);
}

/* The same for one call, by whom its service assigns it to. */
static void wake_for(struct unit *u, int at)
{
    const struct call *c = &u->call[at];
    struct worker *w = plan_of(u, c->service)->assignment == ASSIGN_LONGEST_IDLE
                           ? NULL
                           : idle_worker(u, c);

    if (!w || !wake_one(u, w, c->service))
        wake(u, c->service, 1);
}

/* Service --------------------------------------------------------------------------------------- */

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
        const struct view at = tb__view_of(u, w, NONE, 0);
        pace *= tb__knowledge_pace(&u->world->set.regime.knowledge, &at);
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

static inline struct service_tally *tally_of(const struct unit *u, const struct call *c)
{
    return &u->ledger.now->service[c->service];
}

/* The care is given: what follows at once. entity: of its origin; draws: of its records. */
TB__ALWAYS_INLINE void follow_up(struct unit *u, struct worker *w, const struct call *c,
                                 uint32_t entity, const double *draws)
{
    int audited[2] = {0}; /* records that may show misuse; errors */

    tb__trigger(u, w, TRIGGER_CALL,
                &(struct event){c->index, entity + (uint32_t)c->returns, NONE, c->service,
                                c->returns ? NULL : draws},
                audited);
    if (u->world->harm) {
        const struct view view = tb__view_of(u, w, NONE, 0);
        double harm[2], leg[2];

        tb__uniforms(&u->stream, c->index, entity,
                     PURPOSE_CALL_HARM | (uint32_t)c->returns << 8, harm);
        tb__uniforms(&u->stream, c->index, entity,
                     PURPOSE_CALL_LEG | (uint32_t)c->returns << 8, leg);
        if (tb__may_go_wrong(u, harm))
            tb__judge(u, w, &view, c->index, entity + (uint32_t)c->returns, NONE, harm,
                      leg[1], 1, audited);
    }
}

static inline void count_done(struct service_tally *t, const struct call *c, tb_time served)
{
    t->done++;
    t->sojourn_ms += served - c->arrived;
}

static void free_call(struct unit *u, int at)
{
    u->call[at].next = u->call_free;
    u->call_free = at;
}

/* It is no longer with its service, which stops working when it was the last. */
static void steps_out(struct unit *u, const struct call *c)
{
    const int service = c->service;

    if (plan_of(u, service)->counted && !--u->inside[service])
        u->working[service] = false;
}

static void leaves(struct unit *u, int at)
{
    tb__source_ends(u, u->call[at].origin, u->call[at].index);
    free_call(u, at);
}

void tb__call_ends(struct unit *u, int at)
{
    steps_out(u, &u->call[at]);
    leaves(u, at);
}

static void goes_on(struct unit *u, int at, double uniform);

/* Served at u->now: the client calls again, goes on to another service, or is done. */
static void moves_on(struct unit *u, int at)
{
    struct call *c = &u->call[at];
    const struct service_plan *p = plan_of(u, c->service);
    double draw[2] = {1, 0}; /* 1: neither */

    if (p->on > 0)
        tb__uniforms(&u->stream, c->index, plan_of(u, c->origin)->entity,
                     PURPOSE_CALL_AGAIN | (uint32_t)c->returns << 8, draw);
    c->returns++;
    if (draw[0] < p->again) {
        c->begun = false;
        c->since = u->now;
        c->need = need_of(u, c->service, draw[1]);
        line_up(u, at);
        wake_for(u, at);
        return;
    }
    count_done(tally_of(u, c), c, u->now);
    if (draw[0] < p->on)
        goes_on(u, at, draw[1]);
    else
        tb__call_ends(u, at);
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

/* From its beginning, or its resumption, to its end: nothing can come between. */
TB__ALWAYS_INLINE void serve_whole(struct unit *u, struct worker *w, struct call *c,
                                   const struct service_plan *p, struct service_tally *t,
                                   uint32_t entity, const double *draws)
{
    if (!c->begun)
        begins(u, w, c, p, t);
    w->service = c->service;
    care(u, w, c, c->remaining);
    count_done(t, c, w->clock);
    t->services++;
    follow_up(u, w, c, entity, draws);
    tb__chain_ends(u, w);
}

/* What comes before the care: the way to a call, and finding back into it. */
static void approach(struct unit *u, struct worker *w, struct call *c,
                     const struct service_plan *p)
{
    if (p->travel) {
        double draw[2];

        tb__uniforms(&u->stream, c->index, plan_of(u, c->origin)->entity,
                     PURPOSE_CALL_LEG | (uint32_t)c->returns << 8, draw);
        tb__travel(u, w, SOMEWHERE, tb__variate(&u->world->leg, draw[0]));
        w->travelled = u->world->set.travel.kind != TRAVEL_NONE;
    }
    if (c->resumption) {
        tb__spend(u, w, INDIRECT, c->resumption, NONE, NONE);
        u->ledger.now->count.resumption_ms += c->resumption;
        c->resumption = 0;
    }
}

/* A worker whose clock is now turns to a call. */
static void serve(struct unit *u, struct worker *w, int at)
{
    struct call *c = &u->call[at];
    const struct service_plan *p = plan_of(u, c->service);

    if (p->travel || c->resumption)
        approach(u, w, c, p);
    if (!p->evented) {
        serve_whole(u, w, c, p, tally_of(u, c), plan_of(u, c->origin)->entity,
                    draws_of(u, at));
        free_call(u, at);
        return;
    }
    if (!c->begun)
        begins(u, w, c, p, tally_of(u, c));
    w->service = c->service;
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
        tally_of(u, &u->call[at])->services++;
        follow_up(u, w, &u->call[at], plan_of(u, u->call[at].origin)->entity,
                  draws_of(u, at));
        moves_on(u, at);
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
    wake(u, c->service, 1);
    w->call = NONE;
}

/* Whether the calls of a service that withholds them are there for a worker. */
static bool withheld(const struct unit *u, const struct worker *w, int service)
{
    const struct service_plan *p = plan_of(u, service);

    if (p->lull)
        return u->waiting[service].first == NONE &&
               (w->service == NONE || plan_of(u, w->service)->lull);
    return !u->working[service];
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
        if ((first == NONE && !p->endless) || !suits(u, w, s, gap) ||
            (p->withheld && withheld(u, w, s)))
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

        if (w->doing != CALLING || w->call == NONE || w->clock > u->now ||
            !qualified(u, w, service))
            continue;
        doing = plan_of(u, u->call[w->call].service);
        if (doing->interruptible && doing->priority > priority) {
            priority = doing->priority;
            best = w;
        }
    }
    return best;
}

/* A call that has just come to a service: somebody idle takes it, or it takes somebody away, or it
 * waits. Who idles while calls wait was woken for them, and takes the first. */
static inline void place_with(struct unit *u, int at, struct worker *idle)
{
    const int service = u->call[at].service;
    struct worker *w = idle;

    if (idle && !u->calls_waiting) {
        tb__stop_idling(u, idle);
        serve(u, idle, at);
        return;
    }
    if (!idle && plan_of(u, service)->interrupts)
        w = interruptible_worker(u, service);
    if (w && !idle) {
        tb__call_cut(u, w, true);
        serve(u, w, at);
        return;
    }
    line_up(u, at);
    if (idle && !wake_one(u, idle, service))
        wake(u, service, 1);
}

/* The same where calls gather, or are assigned by another rule. */
static void place(struct unit *u, int at)
{
    const int service = u->call[at].service;
    const struct service_plan *p = plan_of(u, service);

    if (p->starts_at > 1 && !u->working[service]) {
        line_up(u, at);
        u->working[service] = u->waiting_count[service] >= p->starts_at;
        if (u->working[service])
            wake(u, service, u->waiting_count[service]);
        return;
    }
    place_with(u, at, idle_worker(u, &u->call[at]));
}

/* A call reaches a service; false when that is full. */
static bool enters(struct unit *u, int service, tb_time need)
{
    const struct service_plan *p = plan_of(u, service);
    struct service_tally *t = &u->ledger.now->service[service];

    t->calls++;
    if (p->room && u->inside[service] >= p->room) {
        t->lost++;
        t->unserved_ms += need;
        return false;
    }
    u->inside[service] += p->counted;
    return true;
}

/* From one service to the next, as a call of its own. */
static void goes_on(struct unit *u, int at, double uniform)
{
    struct call *c = &u->call[at];
    const int to = plan_of(u, c->service)->then;

    u->ledger.now->service[c->service].passed++;
    steps_out(u, c);
    c->service = (short)to;
    c->begun = false;
    c->arrived = c->since = u->now;
    c->need = need_of(u, to, uniform);
    if (enters(u, to, c->need))
        place(u, at);
    else
        leaves(u, at);
}

/* The general way, for services whose calls do not simply come and wait. */
static void arrive(struct unit *u, int service, uint32_t index, tb_time need,
                   const double *records)
{
    int at;

    if (u->probe)
        tb__realised(u, plan_of(u, service)->callers ? PURPOSE_CALLER : PURPOSE_CALL,
                     plan_of(u, service)->entity, index, u->now, need);
    if (!enters(u, service, need)) {
        tb__source_ends(u, service, index);
        return;
    }
    at = open_call(u, service, index, need);
    if (at == NONE)
        return;
    if (records)
        keep_draws(u, at, records);
    else
        draw_its_records(u, at);
    place(u, at);
}

static void on_caller(struct unit *u, int service)
{
    double uniform;
    const uint32_t index = tb__caller_calls(u, service, &uniform);

    arrive(u, service, index, need_of(u, service, uniform), NULL);
}

TB__NOINLINE static void on_special_call(struct unit *u, int service)
{
    const struct service_plan *p = plan_of(u, service);
    struct source *source = &u->source[service];
    int k;

    if (p->callers) {
        on_caller(u, service);
        return;
    }
    k = (int)(source->key[source->next++] & NUMBERS);
    arrive(u, service, source->address << NUMBER_BITS | (uint32_t)k,
           p->trace_needs ? p->trace_needs[k] : at_least_1(source->draw[2 * k + 1]),
           source->records + k * u->world->call_draws);
    tb__schedule_arrival(u, service);
}

/* A call that is kept, with its draws. */
static void wait_or_serve(struct unit *u, struct worker *idle, int at, const double *draws)
{
    if (at == NONE)
        return;
    keep_draws(u, at, draws);
    place_with(u, at, idle);
}

void tb__on_call(struct unit *u, int service)
{
    const struct service_plan *p = plan_of(u, service);
    struct source *source = &u->source[service];
    struct service_tally *t = &u->ledger.now->service[service];
    struct worker *idle;
    const double *draws;
    uint32_t index;
    tb_time need;
    int k;

    if (p->special) {
        on_special_call(u, service);
        return;
    }
    k = (int)(source->key[source->next++] & NUMBERS);
    index = source->address << NUMBER_BITS | (uint32_t)k;
    need = at_least_1(source->draw[2 * k + 1]);
    draws = source->records + k * u->world->call_draws;
    if (u->probe)
        tb__realised(u, PURPOSE_CALL, p->entity, index, u->now, need);
    idle = longest_idle(u, service);
    t->calls++;
    if (idle && p->simple && !u->calls_waiting) {
        struct call c = call_now(u, service, index, need);

        tb__stop_idling(u, idle);
        serve_whole(u, idle, &c, p, t, p->entity, draws);
    } else {
        wait_or_serve(u, idle, open_call(u, service, index, need), draws);
    }
    tb__schedule_arrival(u, service);
}

/* The switch ------------------------------------------------------------------------------------ */

/* Uniforms of the records of a call that is in the house, at the same addresses. */
static void draw_again(struct unit *u, int at)
{
    const struct call *c = &u->call[at];
    const uint32_t entity = plan_of(u, c->origin)->entity;

    if (!c->returns) /* those of a call that came again are drawn when it is done */
        tb__draw_records(u, TRIGGER_CALL, 1, &c->index, &entity, draws_of(u, at),
                         u->world->call_draws);
}

/* Calls that were to come under the old world are drawn again under the new one. Callers and
 * backlogs go on as they are. */
static bool switch_source(struct unit *u, int service)
{
    const struct service_plan *p = plan_of(u, service);
    struct source *s = &u->source[service];

    if (p->callers)
        return true;
    if (s->stretch && !p->rates && !p->traced)
        tb__queue_cancel(&u->queue, tb__source_slot(service));
    s->stretch = u->now / (p->traced ? TB__WEEK : TB__QUARTER);
    s->next = s->count = 0;
    return tb__source_open(u, service);
}

void tb__calls_switch(struct unit *u)
{
    bool room;

    u->call_draw =
        tb__arena_alloc(u->arena, (size_t)u->call_room * (size_t)u->world->call_draws,
                        sizeof *u->call_draw);
    room = u->call_draw != NULL;
    for (int s = 0; s < u->world->services && room; s++) {
        room = switch_source(u, s);
        for (int at = u->waiting[s].first; at != NONE && room; at = u->call[at].next)
            draw_again(u, at);
    }
    for (int i = 0; i < u->world->workers && room; i++)
        if (u->worker[i].doing == CALLING)
            draw_again(u, u->worker[i].call);
    if (!room)
        u->status = tb__no_memory(u->err);
}
