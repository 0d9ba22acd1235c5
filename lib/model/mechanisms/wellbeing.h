/* mechanisms/wellbeing.h: strain, and what it does to absence.
 *
 * Strain of a worker is an average of its causes over the past weeks, with a half-life. Neutral:
 * strain_on_absence, autonomy_on_absence and meetings_on_absence 0: absence is as the scenario says.
 * Draws: none. Owns: strain. Reads: autonomy, hours of meetings. */
#ifndef TB_MECHANISM_WELLBEING_H
#define TB_MECHANISM_WELLBEING_H

#include "model/view.h"
#include "scenario/regime/wellbeing.h"

struct wellbeing_state {
    double *strain; /* of each worker */
};

/* A worker's week ends: shares of duty that were overtime and records, mean pressure of visits. */
void tb__wellbeing_week(const struct wellbeing *p, struct wellbeing_state *state,
                        int worker, double decay, double overtime, double pressure,
                        double records);

/* Factor on the chance to fall ill, at least 0.05; and the most that it can be. */
double tb__wellbeing_illness(const struct wellbeing *p, const struct view *at);
double tb__wellbeing_most_illness(const struct wellbeing *p);

#endif
