/* scenario/regime/dialogue.h: what is said instead of written, and what talking costs. */
#ifndef TB_REGIME_DIALOGUE_H
#define TB_REGIME_DIALOGUE_H

#include "scenario/field.h"

struct dialogue {
    double minutes_per_shift; /* 0 is neutral */
};

extern const struct record tb__dialogue_record;

#endif
