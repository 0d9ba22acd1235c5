/* How calls come to a service, find room and somebody, come again, go on to the next, and leave. */
#include "model/calls.h"

/* It is no longer with its service, which stops working when it was the last. */
static void steps_out(struct unit *u, const struct call *c)
{
    const int service = c->service;

    if (tb__plan_of(u, service)->counted && !--u->inside[service])
        u->working[service] = false;
}

static void leaves(struct unit *u, int at)
{
    tb__source_ends(u, u->call[at].origin, u->call[at].index);
    tb__free_call(u, at);
}

void tb__call_ends(struct unit *u, int at)
{
    steps_out(u, &u->call[at]);
    leaves(u, at);
}

static void goes_on(struct unit *u, int at, double uniform);
static void comes_again(struct unit *u, int at, double uniform);

/* Served at u->now: the client calls again, goes on to another service, or is done. */
void tb__moves_on(struct unit *u, int at)
{
    struct call *c = &u->call[at];
    const struct service_plan *p = tb__plan_of(u, c->service);
    double draw[2] = {1, 0}; /* 1: neither */

    if (p->on > 0)
        tb__uniforms(&u->stream, c->index, tb__plan_of(u, c->origin)->entity,
                     PURPOSE_CALL_AGAIN | (uint32_t)c->returns << 8, draw);
    c->returns++;
    if (draw[0] < p->again) {
        comes_again(u, at, draw[1]);
        return;
    }
    tb__count_done(tb__tally_of(u, c), c, u->now);
    if (draw[0] < p->on)
        goes_on(u, at, draw[1]);
    else
        tb__call_ends(u, at);
}

/* The same where calls gather, or are assigned by another rule. */
static void place(struct unit *u, int at)
{
    const int service = u->call[at].service;
    const struct service_plan *p = tb__plan_of(u, service);

    if (p->starts_at > 1 && !u->working[service]) {
        tb__line_up(u, at);
        u->working[service] = u->waiting_count[service] >= p->starts_at;
        if (u->working[service])
            tb__wake(u, service, u->waiting_count[service]);
        return;
    }
    if (p->assignment == ASSIGN_ANYBODY)
        tb__ask_anybody(u, at);
    else
        tb__place_with(u, at, tb__idle_worker(u, &u->call[at]));
}

/* A call reaches a service; false when that is full. */
static bool enters(struct unit *u, int service, tb_time need)
{
    const struct service_plan *p = tb__plan_of(u, service);
    struct service_tally *t = &u->ledger.now->service[service];

    if (p->room && u->inside[service] >= p->room) {
        t->lost++;
        t->unserved_ms += need;
        return false;
    }
    u->inside[service] += p->counted;
    return true;
}

/* The same client calls again: now, from within, or later. */
static void comes_again(struct unit *u, int at, double uniform)
{
    struct call *c = &u->call[at];

    c->begun = false;
    c->since = u->now;
    c->need = tb__need_of(u, c->service, uniform);
    if (tb__plan_of(u, c->service)->later && tb__put_off(u, at, c->service, true)) {
        steps_out(u, c);
        return;
    }
    tb__line_up(u, at);
    tb__wake_for(u, at);
}

/* From one service to the next, as a call of its own. */
static void goes_on(struct unit *u, int at, double uniform)
{
    struct call *c = &u->call[at];
    const int from = c->service, to = tb__plan_of(u, from)->then;

    u->ledger.now->service[from].passed++;
    steps_out(u, c);
    c->service = (short)to;
    c->begun = c->again = false;
    c->arrived = c->since = u->now;
    c->need = tb__need_of(u, to, uniform);
    if (!tb__plan_of(u, from)->later || !tb__put_off(u, at, from, false))
        tb__comes_in(u, at);
}

void tb__comes_in(struct unit *u, int at)
{
    const struct call *c = &u->call[at];

    tb__tally_of(u, c)->calls += !c->again;
    if (enters(u, c->service, c->need))
        place(u, at);
    else
        leaves(u, at);
}

/* The general way, for services whose calls do not simply come and wait. */
void tb__arrive(struct unit *u, int service, uint32_t index, tb_time need,
                const double *records)
{
    int at;

    if (u->probe)
        tb__realised(u, tb__plan_of(u, service)->callers ? PURPOSE_CALLER : PURPOSE_CALL,
                     tb__plan_of(u, service)->entity, index, u->now, need);
    u->ledger.now->service[service].calls++;
    if (!enters(u, service, need)) {
        tb__source_ends(u, service, index);
        return;
    }
    at = tb__open_call(u, service, index, need);
    if (at == NONE)
        return;
    if (records)
        tb__keep_draws(u, at, records);
    else
        tb__draw_its_records(u, at);
    place(u, at);
}

static void on_caller(struct unit *u, int service)
{
    double uniform;
    const uint32_t index = tb__caller_calls(u, service, &uniform);

    tb__arrive(u, service, index, tb__need_of(u, service, uniform), NULL);
}

void tb__on_special_call(struct unit *u, int service)
{
    const struct service_plan *p = tb__plan_of(u, service);
    struct source *source = &u->source[service];
    uint32_t index;
    int k;

    if (p->callers) {
        on_caller(u, service);
        return;
    }
    if (p->cover) {
        tb__cover_step(u, service);
        return;
    }
    k = (int)(source->key[source->next++] & NUMBERS);
    index = source->address << NUMBER_BITS | (uint32_t)k;
    if (p->rounds)
        tb__go_round(u, service, source->address, k);
    else if (p->of == NOWHERE || tb__is_somebodys(u, service, index))
        tb__arrive(u, service, index,
                   p->trace_needs ? p->trace_needs[k]
                                  : tb__at_least_1(source->draw[2 * k + 1]),
                   source->records + k * u->world->call_draws);
    tb__schedule_arrival(u, service);
}
