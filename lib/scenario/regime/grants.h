/* scenario/regime/grants.h: what a decision allows a visit to take. */
#ifndef TB_REGIME_GRANTS_H
#define TB_REGIME_GRANTS_H

#include "scenario/field.h"

enum granularity { GRANTS_NONE, GRANTS_MINUTES, GRANTS_BLOCK, GRANTS_FRAME };

struct grants {
    int granularity; /* GRANTS_NONE is neutral: need decides */
    double binding, tolerance_minutes, fill;
};

extern const struct record tb__grants_record;

#endif
