/* scenario/regime/wellbeing.h: strain, and what it does to absence. */
#ifndef TB_REGIME_WELLBEING_H
#define TB_REGIME_WELLBEING_H

#include "scenario/field.h"

struct wellbeing {
    double overtime_on_strain, pressure_on_strain, records_on_strain;
    double strain_half_life_weeks;
    double strain_on_absence, autonomy_on_absence, meetings_on_absence; /* 0 is neutral */
};

extern const struct record tb__wellbeing_record;

#endif
