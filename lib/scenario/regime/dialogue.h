/* scenario/regime/dialogue.h: what is said instead of written, and what talking costs. */
#ifndef TB_REGIME_DIALOGUE_H
#define TB_REGIME_DIALOGUE_H

#include "scenario/field.h"

enum codesign_every { CODESIGN_MONTH, CODESIGN_QUARTER, CODESIGN_YEAR };

struct dialogue {
    double minutes_per_shift; /* 0 is neutral, as in all others but oral_pace */
    double oral_share, oral_pace;
    double handover_loss, handover_saved, handover_errors;
    double codesign_minutes, codesign_effect;
    int codesign_every; /* enum codesign_every */
    double coordination_minutes, coordination_saved;
    double clash_probability, clash_minutes;
};

extern const struct record tb__dialogue_record;

#endif
