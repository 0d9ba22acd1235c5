/* mechanisms/teams.h: self-managing teams: what they cost and what they may give.
 *
 * Neutral: all 0. Draws: none. Owns: nothing. Reads: nothing. */
#ifndef TB_MECHANISM_TEAMS_H
#define TB_MECHANISM_TEAMS_H

#include "kernel/clock.h"
#include "scenario/regime/teams.h"

/* Planning meeting (ms) at the start of a shift that holds `share` of it. */
static inline tb_time tb__teams_meeting(const struct teams *t, double share)
{
    return tb__minutes(t->meeting_minutes * share);
}

/* What is left (ms) of errands that the team does together. */
static inline tb_time tb__teams_errand(const struct teams *t, double minutes)
{
    return tb__minutes(minutes * (1 - t->pooling));
}

/* Factor on the chance of an error. */
static inline double tb__teams_errs(const struct teams *t)
{
    return 1 - t->peer_support;
}

#endif
