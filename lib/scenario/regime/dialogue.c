#include "scenario/regime/dialogue.h"

static const struct field dialogue_fields[] = {
    REAL(struct dialogue, minutes_per_shift, "min per shift", 0, 240,
         0, "Talks with colleagues and with clients about the service, at the start of a shift."),
};
RECORD(tb__dialogue_record, "dialogue", "What is said, and what talking costs.",
       struct dialogue, dialogue_fields);
