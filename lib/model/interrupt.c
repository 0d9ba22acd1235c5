/* Calls that are cut off: by more urgent ones, or by the end of a shift. */
#include "model/calls.h"

/* Who does the least urgent interruptible work, if it is less urgent than this service's. */
struct worker *tb__interruptible_worker(struct unit *u, int service)
{
    struct worker *best = NULL;
    int priority = tb__plan_of(u, service)->priority;

    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];
        const struct service_plan *doing;
        const bool calling = w->doing == CALLING && w->call != NONE && w->clock <= u->now;

        if ((!calling && w->doing != COVERING) || !tb__qualified(u, w, service))
            continue;
        doing = tb__plan_of(u, calling ? u->call[w->call].service : w->covers);
        if (doing->interruptible && doing->priority > priority) {
            priority = doing->priority;
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
    c = &u->call[w->call];
    tb__work_on(u, w, c, u->now - w->clock);
    if (resumes) {
        c->resumption += u->world->service[c->service].resumption;
        u->ledger.now->count.interruptions++;
    }
    c->since = u->now;
    tb__join(u, w->call, true);
    tb__wake(u, c->service, 1);
    w->call = NONE;
}
