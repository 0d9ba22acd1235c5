/* Follow-ups: calls that come again, or go on to another service, some time after they were served.
 *
 * Meanwhile they are nowhere: they neither wait nor take room, and what is still to come when life ends
 * is neither met nor unmet. How much later is addressed by the call. */
#include "model/calls.h"

enum { MOST_PUT_OFF = 1000000 };

/* The timers' slot comes after those of the services. */
void tb__schedule_timers(struct unit *u)
{
    const int slot = 1 + u->world->services;
    int call;
    const tb_time leaves = tb__heap_first(&u->patience, &call);
    const tb_time due = tb__heap_first(&u->later, &call);

    if (leaves == TB__NEVER && due == TB__NEVER)
        tb__queue_cancel(&u->queue, slot);
    else
        tb__queue_set(&u->queue, slot, leaves < due ? leaves : due);
}

bool tb__put_off(struct unit *u, int at, int service, bool again)
{
    struct call *c = &u->call[at];
    const struct service_plan *p = tb__plan_of(u, service);
    double draw[2];
    tb_time ms;

    tb__uniforms(&u->stream, c->index, tb__plan_of(u, c->origin)->entity,
                 PURPOSE_CALL_LATER | (uint32_t)(c->returns - 1) << 8, draw);
    ms = tb__variate_ms(&p->after, draw[0]);
    if (!ms)
        return false;
    if (u->later.count == MOST_PUT_OFF) {
        u->status = tb__fail(u->err, TB_ERR_LIMIT,
                             "services.%s: more than %d calls are to come later",
                             u->world->set.services[service].name, MOST_PUT_OFF);
        return true;
    }
    c->again = again;
    c->since = u->now;
    tb__heap_put(&u->later, at, u->now + ms, u->joined++);
    tb__schedule_timers(u);
    return true;
}

/* A call is due. What it waited outside is not time that it spent with a service. */
static void is_due(struct unit *u)
{
    int at = NONE;
    struct call *c;
    tb_time outside;

    tb__heap_first(&u->later, &at);
    tb__heap_remove(&u->later, at);
    tb__schedule_timers(u);
    c = &u->call[at];
    outside = u->now - c->since;
    tb__tally_of(u, c)->later_ms += outside;
    c->arrived = c->again ? c->arrived + outside : u->now;
    c->since = u->now;
    tb__comes_in(u, at);
}

/* Who loses patience in the ms in which something is due leaves first. */
void tb__on_timer(struct unit *u)
{
    int call;

    if (tb__heap_first(&u->patience, &call) == u->now)
        tb__patience_is_over(u);
    else
        is_due(u);
}
