#include "scenario/regime/grants.h"

static const char *const granularities[] = {"none", "minutes", "block", "frame", NULL};

static const struct field grants_fields[] = {
    CHOICE(struct grants, granularity, granularities, GRANTS_NONE,
           "What is granted: nothing (need decides), minutes for each visit, a block for "
           "the day or a frame for the week."),
    REAL(struct grants, binding, "probability", 0, 1, 0,
         "Chance that the grant caps a visit whose need is larger."),
    REAL(struct grants, tolerance_minutes, "min", 0, 240, 0,
         "A visit that differs from its granted minutes by more is a deviation."),
    REAL(struct grants, fill, "share", 0, 1,
         0, "Share of granted minutes that need leaves unused and that are spent there all the same."),
};
RECORD(tb__grants_record, "grants", "What a decision allows.", struct grants,
       grants_fields);
