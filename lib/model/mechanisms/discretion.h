/* mechanisms/discretion.h: who decides how long a visit lasts.
 *
 * Neutral: autonomy 0: given = what the grant makes of the need, pace 1. Draws: none. Owns: nothing.
 * Reads: need level, pressure of the route. */
#ifndef TB_MECHANISM_DISCRETION_H
#define TB_MECHANISM_DISCRETION_H

#include "kernel/clock.h"
#include "model/view.h"
#include "scenario/regime/discretion.h"

/* Factor on the minutes that the same care takes. */
static inline double tb__discretion_pace(const struct discretion *d)
{
    return 1 + d->autonomy * d->time_cost;
}

/* Minutes (ms) given: between what the grant leads to and what the need wants. */
static inline tb_time tb__discretion_chosen(const struct discretion *d, tb_time by_grant,
                                            tb_time wanted)
{
    return by_grant + (tb_time)(d->autonomy * (double)(wanted - by_grant));
}

/* Factor on the share that pressure cuts off: below 1 for high need, above 1 for low need, 1 on
 * average over granted minutes. */
static inline double tb__discretion_spares(const struct discretion *d, const struct view *at)
{
    return 1 + d->autonomy * d->redistribution * (1 - 2 * at->rank);
}

/* Factor on the chance of an error. */
static inline double tb__discretion_errs(const struct discretion *d)
{
    return 1 + d->autonomy * d->error_effect;
}

#endif
