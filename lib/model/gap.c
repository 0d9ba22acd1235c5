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

TB__ALWAYS_INLINE void idle(struct unit *u, struct worker *w, tb_time wake)
{
    w->doing = IDLING;
    idle_append(u, w);
    tb__queue_set_far(&u->queue, w->slot, wake);
}

void tb__idle(struct unit *u, struct worker *w, tb_time wake)
{
    idle(u, w, wake);
}

void tb__stop_idling(struct unit *u, struct worker *w)
{
    const tb_time gap = u->now - w->clock;
    const tb_time from = u->world->development_ms;
    enum column column = IDLE;

    idle_remove(u, w);
    if (from > 0) { /* or who idles may be among those who cover */
        column = w->joined ? CARE_SURPLUS : gap >= from ? DEVELOPMENT : IDLE;
        w->joined = false;
    }
    tb__spend(u, w, column, gap, NONE, NONE);
}

static tb_time earlier(tb_time a, tb_time b)
{
    return a < b ? a : b;
}

void tb__gap_goes_by(struct unit *u, struct worker *w, tb_time until)
{
    tb_time wake = until;

    if (w->route == NONE && w->closing.first != NONE) {
        wake = earlier(wake, w->until - w->closing_ms);
        if (wake <= w->clock) {
            tb__write_closing(u, w, w->until);
            if (w->doing != WRITING)
                tb__chain_ends(u, w);
            return;
        }
    }
    wake = earlier(wake, w->rest_from);
    if (!w->temp)
        wake = earlier(wake, tb__onset_after(w, w->clock));
    idle(u, w, wake);
}

void tb__use_gap(struct unit *u, struct worker *w, tb_time until)
{
    if (w->records.first != NONE || u->orphan_count)
        tb__write_in_gap(u, w, until);
    else
        tb__gap_goes_by(u, w, until);
}
