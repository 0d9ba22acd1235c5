/* model/calls.h: what the files of the pool services share. A call comes (call.c; by another way than
 * the shortest: flow.c), waits (waiting.c), is assigned (assign.c), is served (call.c), may be cut
 * off (interrupt.c) and goes on or leaves (flow.c). What most calls need is inline. */
#ifndef TB_MODEL_CALLS_H
#define TB_MODEL_CALLS_H

#include "model/unit.h"

#include <string.h>

static inline const struct service_plan *tb__plan_of(const struct unit *u, int service)
{
    return &u->world->service[service];
}

static inline struct service_tally *tb__tally_of(const struct unit *u, const struct call *c)
{
    return &u->ledger.now->service[c->service];
}

static inline bool tb__qualified(const struct unit *u, const struct worker *w, int service)
{
    const int role = u->world->service[service].role;

    return role == ANY_ROLE || role == u->world->worker[w->id].role;
}

/* asked.c: for which roles calls wait. */
void tb__asked_from_now(struct unit *u, struct asked_role *a);
void tb__queue_begins(struct unit *u, int service); /* it was empty */
void tb__queue_ends_for_all(struct unit *u, int service);

/* One less of the services that a role may serve has a queue. */
static inline void tb__asked_less(struct unit *u, struct asked_role *a)
{
    if (u->leavers)
        tb__asked_from_now(u, a);
    if (!--a->queues)
        u->ledger.now->waited_for_ms[a->role + 1] += a->there * (u->now - a->since);
}

/* The queue of a service is empty. */
static inline void tb__queue_ends(struct unit *u, int service)
{
    if (u->asked_by[service])
        tb__asked_less(u, u->asked_by[service]);
    else
        tb__queue_ends_for_all(u, service);
}

/* waiting.c: the places of calls, and the queues of the services. */
bool tb__more_calls(struct unit *u, int room); /* so many at a time */
void tb__draw_its_records(struct unit *u, int at);
int tb__open_endless(struct unit *u, int service); /* the next item of an endless backlog */

static inline void tb__join(struct unit *u, int at, bool front)
{
    struct call *c = &u->call[at];
    struct list *q = &u->waiting[c->service];

    c->next = front ? q->first : NONE;
    c->before = front ? NONE : q->last;
    *(c->next == NONE ? &q->last : &u->call[c->next].before) = at;
    *(c->before == NONE ? &q->first : &u->call[c->before].next) = at;
    u->calls_waiting++;
    if ((unsigned)++u->waiting_count[c->service] - 2 > MOST_WAITING - 2) /* 1, or too many */
        tb__queue_begins(u, c->service);
}

/* At the end of its queue. */
static inline void tb__line_up(struct unit *u, int at)
{
    tb__join(u, at, false);
    if (!tb__plan_of(u, u->call[at].service)->stays)
        tb__patience_starts(u, at);
}

static inline int tb__leave(struct unit *u, int service)
{
    struct list *q = &u->waiting[service];
    const int at = q->first;

    u->calls_waiting--;
    u->waiting_count[service]--;
    q->first = u->call[at].next;
    if (q->first != NONE) {
        u->call[q->first].before = NONE;
    } else {
        q->last = NONE;
        tb__queue_ends(u, service);
    }
    if (u->patience.count)
        tb__patience_ends(u, at);
    return at;
}

static inline tb_time tb__at_least_1(double drawn)
{
    const tb_time ms = (tb_time)(drawn + 0.5);

    return ms > 0 ? ms : 1;
}

static inline tb_time tb__need_of(const struct unit *u, int service, double uniform)
{
    return tb__at_least_1(tb__variate(&u->world->service[service].minutes, uniform));
}

static inline double *tb__draws_of(const struct unit *u, int at)
{
    return u->call_draw + (size_t)at * (size_t)u->world->call_draws;
}

/* The uniforms of its records are kept with a call, since those of the quarter-hour go. */
static inline void tb__keep_draws(struct unit *u, int at, const double *draw)
{
    double *kept = tb__draws_of(u, at);
    const int n = u->world->call_draws;

    for (int i = 0; i < n; i += 2)
        memcpy(kept + i, draw + i, 2 * sizeof *kept);
}

static inline struct call tb__call_now(const struct unit *u, int service, uint32_t index,
                                       tb_time need)
{
    return (struct call){.index = index,
                         .service = (short)service,
                         .origin = (short)service,
                         .arrived = u->now,
                         .since = u->now,
                         .need = need};
}

static inline int tb__new_call(struct unit *u)
{
    if (u->call_free != NONE) {
        const int at = u->call_free;
        u->call_free = u->call[at].next;
        return at;
    }
    if (u->calls == u->call_room && !tb__more_calls(u, 2 * u->call_room)) {
        u->status = tb__no_memory(u->err);
        return NONE;
    }
    return u->calls++;
}

static inline int tb__open_call(struct unit *u, int service, uint32_t index, tb_time need)
{
    const int at = tb__new_call(u);

    if (at != NONE)
        u->call[at] = tb__call_now(u, service, index, need);
    return at;
}

static inline void tb__free_call(struct unit *u, int at)
{
    u->call[at].next = u->call_free;
    u->call_free = at;
}

/* assign.c: who takes which call. */
struct worker *tb__idle_worker(struct unit *u, const struct call *c);
bool tb__wake_one(struct unit *u, struct worker *w, int service);
int tb__wake(struct unit *u, int service, int calls); /* calls for whom nobody idles */
void tb__wake_for(struct unit *u, int at);
void tb__ask_anybody(struct unit *u, int at); /* a call that has just come */

/* Whether a free worker may take a call now: `gap` is the time before its route goes on. */
static inline bool tb__suits(const struct unit *u, const struct worker *w, int service,
                             tb_time gap)
{
    const struct service_plan *p = tb__plan_of(u, service);

    return tb__qualified(u, w, service) &&
           (p->before_visits || w->route == NONE || p->mean <= gap);
}

static inline bool tb__takes_now(const struct unit *u, const struct worker *w, int service)
{
    return (w->route == NONE ? tb__qualified(u, w, service)
                             : tb__suits(u, w, service, tb__depart_at(u, w) - u->now)) &&
           w->until > u->now && (w->temp || !tb__ill_at(w, u->now));
}

static inline struct worker *tb__longest_idle(struct unit *u, int service)
{
    for (int i = u->idle_first; i != NONE; i = u->worker[i].after)
        if (tb__takes_now(u, &u->worker[i], service))
            return &u->worker[i];
    return NULL;
}

/* cover.c: how many a cover lacks, those in overtime not counted; a free worker takes it; one is called
 * away from it; who idled and may have been woken in this ms for cover or a call that waits does something
 * else: others are woken. */
int tb__cover_lacks(const struct unit *u, int service);
void tb__wake_others(struct unit *u);
void tb__cover(struct unit *u, struct worker *w, int service);
void tb__cover_cut(struct unit *u, struct worker *w);

/* interrupt.c */
struct worker *tb__interruptible_worker(struct unit *u, int service);
bool tb__may_interrupt(const struct unit *u, const struct worker *w, int service);
void tb__interrupt(struct unit *u, struct worker *w, int at); /* for a call */

/* call.c */
void tb__work_on(struct unit *u, struct worker *w, struct call *c, tb_time ms);
void tb__serve(struct unit *u, struct worker *w, int at);
void tb__place_with(struct unit *u, int at, struct worker *idle);

/* Moves a worker's clock over `ms` of work for a call of a service. */
static inline void tb__spend_on(struct unit *u, struct worker *w, enum column column,
                                tb_time ms, int service)
{
    tb__book_of(&u->ledger, w->id, column, w->clock, w->clock + ms, NONE, NONE, service,
                w->temp);
    w->clock += ms;
}

/* Books care from the worker's clock: what the need asks for first, the rest as surplus. Of a service
 * that is not itemised. */
static inline void tb__care(struct unit *u, struct worker *w, struct call *c, tb_time ms)
{
    const tb_time needed = ms < c->need ? ms : c->need;

    tb__spend_on(u, w, CARE_NEEDED, needed, c->service);
    if (ms > needed)
        tb__spend_on(u, w, CARE_SURPLUS, ms - needed, c->service);
    c->need -= needed;
    c->remaining -= ms;
}

static inline void tb__count_done(struct service_tally *t, const struct call *c,
                                  tb_time served)
{
    t->done++;
    t->sojourn_ms += served - c->arrived;
}

/* later.c: a call that was served by a service comes (again, or to the one after) some time later;
 * false: at once. */
bool tb__put_off(struct unit *u, int at, int service, bool again);

/* follow.c: whether whose place calls is there; a round, the kth of its week. */
bool tb__is_somebodys(const struct unit *u, int service, uint32_t index);
void tb__go_round(struct unit *u, int service, uint32_t week, int k);

/* flow.c */
void tb__comes_in(struct unit *u, int at); /* to the service that it goes on to */
void tb__arrive(struct unit *u, int service, uint32_t index, tb_time need,
                const double *records); /* its row, NULL: not drawn yet */
void tb__moves_on(struct unit *u, int at);
void tb__on_special_call(struct unit *u, int service);

#endif
