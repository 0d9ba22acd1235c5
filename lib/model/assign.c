/* Who takes a call: the idle worker that it finds, and who is woken for calls that wait. */
#include "model/calls.h"

/* The nth, by number, of the idle who may take a call now; NULL, and how many there are, when there
 * are no more than n. */
static struct worker *nth_idle(struct unit *u, int service, int n, int *count)
{
    *count = 0;
    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];

        if (w->doing == IDLING && tb__takes_now(u, w, service) && (*count)++ == n)
            return w;
    }
    return NULL;
}

/* Who of the idle takes a call. */
struct worker *tb__idle_worker(struct unit *u, const struct call *c)
{
    const int service = c->service, assignment = tb__plan_of(u, service)->assignment;
    int count, none;
    double draw[2] = {0, 0};

    if (assignment == ASSIGN_LONGEST_IDLE || assignment == ASSIGN_ANYBODY)
        return tb__longest_idle(u, service);
    nth_idle(u, service, u->world->workers, &count);
    if (!count)
        return NULL;
    if (assignment == ASSIGN_RANDOM)
        tb__uniforms(&u->stream, c->index, tb__plan_of(u, c->origin)->entity,
                     PURPOSE_CALL_ASSIGN | (uint32_t)c->returns << 8, draw);
    return nth_idle(u, service, (int)(draw[0] * count), &none);
}

bool tb__wake_one(struct unit *u, struct worker *w, int service)
{
    const int slot = w->slot;

    if (tb__queue_due(&u->queue, slot) <= u->now || !tb__takes_now(u, w, service))
        return false; /* or it looks again already */
    tb__queue_set(&u->queue, slot, u->now);
    return true;
}

/* So many of those who idle look again: calls have joined that did not arrive just now. */
int tb__wake(struct unit *u, int service, int calls)
{
    for (int i = u->idle_first; i != NONE && calls > 0; i = u->worker[i].after)
        calls -= tb__wake_one(u, &u->worker[i], service);
    return calls;
}

/* The same for one call, by whom its service assigns it to. */
void tb__wake_for(struct unit *u, int at)
{
    const struct call *c = &u->call[at];
    struct worker *w = tb__plan_of(u, c->service)->assignment == ASSIGN_LONGEST_IDLE
                           ? NULL
                           : tb__idle_worker(u, c);

    if (!w || !tb__wake_one(u, w, c->service))
        tb__wake(u, c->service, 1);
}

/* Somebody in particular ------------------------------------------------------------------------ */

/* A worker's place in the order in which a call asks: of another number on duty few are asked instead
 * (highest random weight; Thaler and Ravishankar 1998). The mixing is that of splitmix64 (Steele, Lea,
 * Flood 2014). */
static uint64_t rank(double uniform, uint32_t entity)
{
    uint64_t x = (uint64_t)(uniform * 0x1p53) + entity * UINT64_C(0x9e3779b97f4a7c15);

    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

/* Who of those on duty is asked, whatever she does; NULL where nobody is there. */
static struct worker *whom(struct unit *u, const struct call *c)
{
    struct worker *first = NULL;
    uint64_t highest = 0;
    double draw[2];

    tb__uniforms(&u->stream, c->index, tb__plan_of(u, c->origin)->entity,
                 PURPOSE_CALL_ASSIGN | (uint32_t)c->returns << 8, draw);
    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];
        uint64_t r;

        if (w->doing == OFF || w->doing == AWAY || !tb__qualified(u, w, c->service))
            continue;
        r = rank(draw[0], u->world->worker[i].entity);
        if (!first || r > highest) {
            first = w;
            highest = r;
        }
    }
    return first;
}

/* She takes it if she idles, or may be interrupted; otherwise whoever idles longest, or it waits. */
void tb__ask_anybody(struct unit *u, int at)
{
    const int service = u->call[at].service;
    struct worker *w = whom(u, &u->call[at]);

    if (w && w->doing == IDLING && tb__takes_now(u, w, service)) {
        tb__place_with(u, at, w);
    } else if (w && tb__plan_of(u, service)->interrupts && w->until > u->now &&
               tb__may_interrupt(u, w, service)) {
        tb__interrupt(u, w, at);
    } else if ((w = tb__longest_idle(u, service))) {
        tb__place_with(u, at, w);
    } else {
        tb__line_up(u, at);
    }
}
