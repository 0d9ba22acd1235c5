#include "scenario/holiday.h"

static const struct field holiday_fields[] = {
    COUNT(struct holiday, week, "", 1, 520, 1, "Which of the measured weeks it falls in."),
    COUNT(struct holiday, weekday, "", 1, 7, 1, "Which day of that week; 1 is Monday."),
};
RECORD(tb__holiday_record, "holiday", "A day on which shifts are those of a Sunday.",
       struct holiday, holiday_fields);
