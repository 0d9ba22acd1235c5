#include "scenario/regime/discretion.h"

static const struct field discretion_fields[] = {
    REAL(struct discretion, autonomy, "share", 0, 1, 0,
         "How far the worker, and not the grant, decides how long a visit lasts."),
    REAL(struct discretion, time_cost, "share", -0.5, 1,
         0, "Extra time that care takes under full autonomy; negative: less. The sign is open."),
    REAL(struct discretion, redistribution, "share", 0, 1,
         0, "How far shortening under pressure is moved from clients with high need to clients with low need."),
    REAL(struct discretion, error_effect, "share", -0.9, 2, 0,
         "Change of the error probability under full autonomy. The sign is open."),
};
RECORD(tb__discretion_record, "discretion", "Who decides how long a visit lasts.",
       struct discretion, discretion_fields);
