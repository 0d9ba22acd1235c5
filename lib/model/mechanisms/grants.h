/* mechanisms/grants.h: what a decision allows a visit to take.
 *
 * Neutral: granularity none: allowed is without bound, no deviation, nothing filled. Draws: none (the
 * unit draws whether a grant binds). Reads: nothing. */
#ifndef TB_MECHANISM_GRANTS_H
#define TB_MECHANISM_GRANTS_H

#include <stdbool.h>

#include "kernel/clock.h"
#include "scenario/regime/grants.h"

/* Number of the block that unused minutes may move within: a visit has its own (NEVER), a block is a
 * day, a frame is a week. */
static inline int64_t tb__grants_block(const struct grants *g, int64_t day)
{
    return g->granularity == GRANTS_BLOCK   ? day
           : g->granularity == GRANTS_FRAME ? day / 7
                                            : -1;
}

/* Minutes (ms) that a visit may take: its grant and what was saved earlier in the block. */
static inline tb_time tb__grants_allowed(const struct grants *g, tb_time granted,
                                         tb_time saved, double uniform)
{
    const tb_time most = granted + saved > 0 ? granted + saved : 0;

    return g->granularity == GRANTS_NONE || uniform >= g->binding ? TB__NEVER : most;
}

/* Minutes (ms) that are spent of those that the grant leaves over. */
static inline tb_time tb__grants_filled(const struct grants *g, tb_time granted,
                                        tb_time given)
{
    if (g->granularity == GRANTS_NONE || given >= granted)
        return 0;
    return (tb_time)((double)(granted - given) * g->fill + 0.5);
}

/* Whether a visit strays from its minutes so far that it has to be explained; where each has minutes of
 * its own. */
static inline bool tb__grants_strays(const struct grants *g, tb_time granted, tb_time given)
{
    const tb_time apart = given > granted ? given - granted : granted - given;

    return apart > tb__minutes(g->tolerance_minutes);
}

/* The same of any grant: no other has to be. */
static inline bool tb__grants_deviates(const struct grants *g, tb_time granted,
                                       tb_time given)
{
    return g->granularity == GRANTS_MINUTES && tb__grants_strays(g, granted, given);
}

#endif
