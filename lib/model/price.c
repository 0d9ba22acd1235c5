#include "model/price.h"

/* Unsigned, since the prices of those who cannot be chosen may wrap. */
static int32_t price(const struct candidates *c, const struct wish *w, int i)
{
    const int32_t there = TB__LANE(c, free, i) + TB__LANE(c, leg, i);
    const int32_t start = there > w->opens ? there : w->opens;
    const int32_t late = start > w->closes ? start - w->closes : 0;
    const int32_t owed = TB__LANE(c, owed, i) - (start - there); /* waiting makes room */
    const int32_t done = start + w->takes + (owed > 0 ? owed : 0);
    const int32_t over = done > TB__LANE(c, end, i) ? done - TB__LANE(c, end, i) : 0;
    const bool known = w->last_visit[c->memory[i]] >= w->known_since;

    if (start >= TB__LANE(c, home, i) || over > w->most_over)
        return NEVER_CHOSEN;
    return (int32_t)((uint32_t)w->travel * (uint32_t)TB__LANE(c, leg, i) +
                     (uint32_t)w->lateness * (uint32_t)late +
                     (uint32_t)w->overtime * (uint32_t)over + TB__LANE(c, load, i) -
                     (known ? (uint32_t)w->continuity : 0));
}

int tb__cheapest_plain(const struct candidates *c, const struct wish *w)
{
    int32_t best = NEVER_CHOSEN;
    int chosen = NOBODY;

    for (int i = 0; i < c->n; i++) {
        const int32_t cost = price(c, w, i);

        if (cost < best) {
            best = cost;
            chosen = i;
        }
    }
    return chosen;
}

void tb__span_candidates(struct candidates *c)
{
    for (int i = 0; i < c->n; i += LANES) {
        struct lanes *l = &c->lanes[i / LANES];

        l->begin = INT32_MAX;
        l->over = 0;
        for (int k = 0; k < LANES; k++) {
            if (l->free[k] < l->begin && l->free[k] < l->home[k])
                l->begin = l->free[k];
            if (l->home[k] > l->over)
                l->over = l->home[k];
        }
    }
}

void tb__narrow(const struct candidates *c, struct wish *w)
{
    const int n = c->n / LANES;

    w->late = INT64_MAX;
    for (w->first = 0; w->first < n && c->lanes[w->first].over <= w->opens;)
        w->first++;
    for (w->soon = w->first; w->soon < n && c->lanes[w->soon].begin <= w->closes;)
        w->soon++;
    for (int i = w->soon; i < n; i++) {
        const int64_t late = (int64_t)c->lanes[i].begin - w->closes;
        const int64_t cost = w->lateness * late - w->continuity;

        w->late = cost < w->late ? cost : w->late;
    }
}
