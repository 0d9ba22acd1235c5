/* scenario/regime/knowledge.h: what workers know: of their clients, and of their trade. */
#ifndef TB_REGIME_KNOWLEDGE_H
#define TB_REGIME_KNOWLEDGE_H

#include "scenario/field.h"

struct knowledge {
    double acquaintance_gain;           /* 1 is neutral */
    double acquaintance_half_life_days; /* 0 is neutral: it does not fade, it ends */
    double records_on_acquaintance, unfamiliar_time; /* 0 is neutral */
    double competence, competence_half_life_weeks;   /* 1 and 0 are neutral */
    double training_minutes, training_gain;
    double update_minutes, update_gain, update_half_life_weeks;
    double sparring_minutes, sparring_gain, sparring_errors;
    double unskilled_time, unskilled_errors;
};

extern const struct record tb__knowledge_record;

#endif
