/* scenario/holiday.h: days on which shifts are those of a Sunday. */
#ifndef TB_SCENARIO_HOLIDAY_H
#define TB_SCENARIO_HOLIDAY_H

#include "scenario/field.h"

enum { MAX_HOLIDAYS = 40 };

struct holiday {
    char name[NAME_SIZE];
    int week;    /* of the measured weeks, from 1 */
    int weekday; /* 1 is Monday */
};

extern const struct record tb__holiday_record;

#endif
