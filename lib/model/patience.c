/* Calls that will not wait for ever: when a call's patience runs out before anybody turned to it, it
 * leaves.
 *
 * Patience begins when the call joins the queue, again each time that it joins it unserved, and is
 * addressed by the call, not by its wait. Who becomes free in the millisecond in which it runs out
 * comes too late. Work that was begun does not leave. */
#include "model/calls.h"

void tb__patience_starts(struct unit *u, int call)
{
    const struct call *c = &u->call[call];
    const struct world *w = u->world;
    const uint32_t entity = w->service[c->origin].entity;
    double draw[2];
    tb_time ms;

    tb__uniforms(&u->stream, c->index, entity,
                 PURPOSE_CALL_PATIENCE | (uint32_t)c->returns << 8, draw);
    ms = tb__variate_ms(&w->service[c->service].patience, draw[0]);
    if (u->probe && !c->returns)
        tb__realised(u, PURPOSE_CALL_PATIENCE, entity, c->index, ms, 0);
    if (ms >= w->to - u->now)
        return;
    tb__heap_put(&u->patience, call, u->now + ms, u->joined++);
    tb__schedule_timers(u);
}

void tb__patience_ends(struct unit *u, int call)
{
    tb__heap_remove(&u->patience, call);
    tb__schedule_timers(u);
}

/* Out of the middle of a queue. */
static void unlink_call(struct unit *u, const struct call *c)
{
    struct list *q = &u->waiting[c->service];

    *(c->before == NONE ? &q->first : &u->call[c->before].next) = c->next;
    *(c->next == NONE ? &q->last : &u->call[c->next].before) = c->before;
    u->calls_waiting--;
    if (!--u->waiting_count[c->service])
        tb__queue_ends(u, c->service);
}

void tb__patience_is_over(struct unit *u)
{
    int at = NONE;
    const struct call *c;
    struct service_tally *t;

    tb__heap_first(&u->patience, &at);
    tb__patience_ends(u, at);
    c = &u->call[at];
    unlink_call(u, c);
    t = &u->ledger.now->service[c->service];
    t->abandoned++;
    t->waited++;
    t->wait_ms += u->now - c->since;
    t->long_waits += u->now - c->since > u->world->service[c->service].wait_limit;
    t->left_ms += u->now - c->arrived;
    t->unserved_ms += c->need;
    tb__call_ends(u, at);
}
