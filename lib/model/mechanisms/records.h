/* mechanisms/records.h: the paperwork as a whole.
 *
 * Neutral: interoperability 0, detail 1 (detail is compiled into the tables of minutes). Draws: none
 * (the unit draws whether a copy is transferred). Reads: nothing. */
#ifndef TB_MECHANISM_RECORDS_H
#define TB_MECHANISM_RECORDS_H

#include <stdbool.h>

#include "scenario/regime/records.h"

/* Whether a datum that exists already is transferred instead of entered again. */
static inline bool tb__records_transferred(const struct records *r, double uniform)
{
    return uniform < r->interoperability;
}

#endif
