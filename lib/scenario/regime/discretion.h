/* scenario/regime/discretion.h: who decides how long a visit lasts. */
#ifndef TB_REGIME_DISCRETION_H
#define TB_REGIME_DISCRETION_H

#include "scenario/field.h"

struct discretion {
    double autonomy; /* 0 is neutral */
    double time_cost, redistribution, error_effect;
};

extern const struct record tb__discretion_record;

#endif
