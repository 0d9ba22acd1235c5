/* mechanisms/dialogue.h: what is said instead of written, and what talking costs.
 *
 * Neutral: minutes_per_shift, oral_share, handover_loss, codesign_minutes, coordination_minutes and
 * clash_probability 0: everything is written that has to be, nothing is lost between shifts, nobody
 * meets another agency at the door. Draws: none (the unit draws what is told, what is lost and what
 * clashes). Owns: nothing. Reads: whether the worker's handover was lost. */
#ifndef TB_MECHANISM_DIALOGUE_H
#define TB_MECHANISM_DIALOGUE_H

#include "kernel/clock.h"
#include "model/view.h"
#include "scenario/regime/dialogue.h"

/* Settings, compiled. */
struct dialogue_plan {
    tb_time talks, codesign, coordination, clash; /* coordination: for one other agency */
    int codesign_period;                          /* see tb__period */
    double fits;    /* share of the distance of need and grant that talks close */
    double lost;    /* chance that a handover is lost, its minutes and talks considered */
    double clashes; /* with one other agency in one visit, coordination considered */
};

/* handover_minutes: of a shift, that the team does together included. */
void tb__dialogue_compile(const struct dialogue *d, double handover_minutes,
                          struct dialogue_plan *out);

/* Chance that a visit finds at least one of so many other agencies there. */
double tb__dialogue_clashes(const struct dialogue_plan *p, int others);

/* A client's need over the grant, once talks are held; no need is below nothing. */
static inline double tb__dialogue_fit(const struct dialogue_plan *p, double need_ratio)
{
    const double fit = 1 + (need_ratio - 1) * (1 - p->fits);

    return fit > 0 ? fit : 0;
}

/* Whether a record that may be told is told. */
static inline bool tb__dialogue_tells(const struct dialogue *d, double uniform)
{
    return uniform < d->oral_share;
}

/* Factor on the chance of an error. */
static inline double tb__dialogue_errs(const struct dialogue *d, const struct view *at)
{
    return at->uninformed ? 1 + d->handover_errors : 1;
}

#endif
