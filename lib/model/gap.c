/* Gaps: what is done in them, and idling. */
#include "model/unit.h"

static void idle_append(struct unit *u, struct worker *w)
{
    w->before = u->idle_last;
    w->after = NONE;
    if (u->idle_last == NONE)
        u->idle_first = w->id;
    else
        u->worker[u->idle_last].after = w->id;
    u->idle_last = w->id;
}

static void idle_remove(struct unit *u, struct worker *w)
{
    if (w->before == NONE)
        u->idle_first = w->after;
    else
        u->worker[w->before].after = w->after;
    if (w->after == NONE)
        u->idle_last = w->before;
    else
        u->worker[w->after].before = w->before;
}

void tb__idle(struct unit *u, struct worker *w, tb_time wake)
{
    w->doing = IDLING;
    w->joined = u->world->covers && tb__cover_joined(u, w);
    idle_append(u, w);
    tb__queue_set_far(&u->queue, w->slot, wake);
}

void tb__stop_idling(struct unit *u, struct worker *w)
{
    const tb_time gap = u->now - w->clock;
    const tb_time from = u->world->development_ms;

    idle_remove(u, w);
    tb__spend(u, w,
              w->joined                 ? CARE_SURPLUS
              : from > 0 && gap >= from ? DEVELOPMENT
                                        : IDLE,
              gap, NONE, NONE);
}

static tb_time earlier(tb_time a, tb_time b)
{
    return a < b ? a : b;
}

/* Gaps before the next visit, or before the end of the shift, whose records end with it. */
void tb__use_gap(struct unit *u, struct worker *w, tb_time until)
{
    const bool closes = w->route == NONE && w->closing.first != NONE;
    const tb_time free = closes ? earlier(until, w->until - w->closing_ms) : until;
    tb_time wake = free;

    if (tb__write_one(u, w, free - w->clock)) {
        if (w->doing != WRITING)
            tb__chain_ends(u, w);
        return;
    }
    if (closes && wake <= w->clock) {
        tb__write_closing(u, w, w->until);
        if (w->doing != WRITING)
            tb__chain_ends(u, w);
        return;
    }
    if (u->world->covers && tb__cover_relieves(u, w))
        return;
    wake = earlier(wake, w->rest_from);
    if (!w->temp)
        wake = earlier(wake, tb__onset_after(w, w->clock));
    tb__idle(u, w, wake);
}
