/* Calls that are cut off: by more urgent ones, or by the end of a shift. */
#include "model/calls.h"

enum { WRITING_STANDS_AFTER = 9 }; /* records wait for all calls */

/* How urgent what a worker does is, if it may be interrupted; 0 where it may not. */
static int urgency(const struct unit *u, const struct worker *w)
{
    const struct service_plan *doing;

    if (w->clock > u->now)
        return 0;
    if (w->doing == WRITING)
        return WRITING_STANDS_AFTER + 1;
    if (w->doing != COVERING && (w->doing != CALLING || w->call == NONE))
        return 0;
    doing = tb__plan_of(u, w->doing == COVERING ? w->covers : u->call[w->call].service);
    return doing->interruptible ? doing->priority : 0;
}

/* Nobody is called to what stands after planned visits when the next one leaves no time for it; nor called
 * in to cover after the planned end of the shift, when ill, or when something else comes first: a call
 * ends by itself, but who covers does so until somebody looks. */
static bool may_be_called_in(const struct unit *u, const struct worker *w, int service)
{
    if (tb__plan_of(u, service)->cover)
        return tb__takes_now(u, w, service) && !w->week_begins;
    return w->route == NONE || tb__suits(u, w, service, tb__depart_at(u, w) - u->now);
}

bool tb__may_interrupt(const struct unit *u, const struct worker *w, int service)
{
    return urgency(u, w) > tb__plan_of(u, service)->priority &&
           may_be_called_in(u, w, service);
}

/* Who does the least urgent interruptible work, if it is less urgent than this service's. */
struct worker *tb__interruptible_worker(struct unit *u, int service)
{
    struct worker *best = NULL;
    int priority = tb__plan_of(u, service)->priority;

    for (struct worker *w = u->worker, *end = w + u->world->workers; w < end; w++) {
        int less;

        if (w->doing < CALLING || !tb__qualified(u, w, service))
            continue; /* most: off duty, idle, on a visit */
        less = urgency(u, w);
        if (less > priority && may_be_called_in(u, w, service)) {
            priority = less;
            best = w;
        }
    }
    return best;
}

/* Interrupted: the rest waits at the head of its queue and costs a resumption when it was taken up
 * for something else. */
void tb__call_cut(struct unit *u, struct worker *w, bool resumes)
{
    struct call *c;

    if (w->doing == COVERING) {
        tb__cover_cut(u, w);
        return;
    }
    if (w->doing == WRITING) {
        tb__cut_writing(u, w);
        return;
    }
    c = &u->call[w->call];
    tb__work_on(u, w, c, u->now - w->clock);
    if (resumes) {
        c->resumption += u->world->service[c->service].resumption;
        u->ledger.now->count.interruptions++;
        u->ledger.now->service[c->service].cuts++;
    }
    c->since = u->now;
    tb__join(u, w->call, true);
    tb__wake(u, c->service, 1);
    w->call = NONE;
}

void tb__interrupt(struct unit *u, struct worker *w, int at)
{
    tb__call_cut(u, w, true);
    if (w->clock == u->now) {
        tb__serve(u, w, at);
        return;
    }
    tb__chain_ends(u, w); /* a record that was done just then has called for others */
    tb__line_up(u, at);   /* for whoever is free first */
}
