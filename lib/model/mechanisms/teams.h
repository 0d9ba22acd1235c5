/* mechanisms/teams.h: self-managing teams: what they cost and what they may give.
 *
 * What they give grows with the minutes of the meeting that a shift holds (bought.h). Neutral:
 * meeting_minutes 0. Draws: none. Owns: nothing. Reads: nothing. */
#ifndef TB_MECHANISM_TEAMS_H
#define TB_MECHANISM_TEAMS_H

#include "kernel/clock.h"
#include "scenario/regime/teams.h"
#include "scenario/staff.h"

/* What a kind of shift holds: the planning meeting at its start, what is left of errands that the team does
 * together, and the factor on the chance of an error. */
struct teams_plan {
    tb_time meeting, handover, administration;
    double errs;
};

/* Of shifts that hold `share` of the meeting. */
void tb__teams_compile(const struct teams *t, const struct duty *d, double share,
                       struct teams_plan *out);

#endif
