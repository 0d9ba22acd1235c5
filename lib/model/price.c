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
