/* scenario/regime/control.h: audits, what they find and what they cost. */
#ifndef TB_REGIME_CONTROL_H
#define TB_REGIME_CONTROL_H

#include "scenario/field.h"

struct control {
    double audits_per_month; /* 0 is neutral, with record_review 0 */
    double audit_minutes, look_minutes;
    double coverage, detection, record_review;
    double review_minutes;
    double deterrence;
    double inspection_minutes;
    double distrust_gain, distrust_half_life_weeks;
};

extern const struct record tb__control_record;

#endif
