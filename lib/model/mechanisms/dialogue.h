/* mechanisms/dialogue.h: what is said instead of written, and what talking costs.
 *
 * Neutral: minutes_per_shift 0. Draws: none. Owns: nothing. Reads: nothing. */
#ifndef TB_MECHANISM_DIALOGUE_H
#define TB_MECHANISM_DIALOGUE_H

#include "kernel/clock.h"
#include "scenario/regime/dialogue.h"

/* Talks (ms) at the start of a shift. */
static inline tb_time tb__dialogue_talks(const struct dialogue *d)
{
    return tb__minutes(d->minutes_per_shift);
}

#endif
