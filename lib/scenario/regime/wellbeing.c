#include "scenario/regime/wellbeing.h"

static const struct field wellbeing_fields[] = {
    REAL(struct wellbeing, overtime_on_strain, "per share", 0, 100, 1,
         "Weight of the share of duty that is overtime."),
    REAL(struct wellbeing, pressure_on_strain, "per share", 0, 100, 1,
         "Weight of the mean pressure over a week's visits."),
    REAL(struct wellbeing, records_on_strain, "per share", 0, 100, 0,
         "Weight of the share of duty that goes into records."),
    REAL(struct wellbeing, strain_half_life_weeks, "weeks", 0.1, 520, 4,
         "Time in which strain halves when its causes are gone."),
    REAL(struct wellbeing, strain_on_absence, "per strain", -10, 10,
         0, "Relative change of the chance to fall ill for one unit of strain. The sign is open."),
    REAL(struct wellbeing, autonomy_on_absence, "share", -0.9, 2,
         0, "Relative change of the chance to fall ill under full autonomy. The sign is open."),
    REAL(struct wellbeing, meetings_on_absence, "per h", -0.9, 2, 0,
         "Relative change of the chance to fall ill for each hour a week of team "
         "meetings and dialogue. The sign is open."),
};
RECORD(tb__wellbeing_record, "wellbeing", "Strain, and what it does to absence.",
       struct wellbeing, wellbeing_fields);
