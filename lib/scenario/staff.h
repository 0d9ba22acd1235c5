/* scenario/staff.h: who works, when, and what every shift holds. */
#ifndef TB_SCENARIO_STAFF_H
#define TB_SCENARIO_STAFF_H

#include "scenario/field.h"

enum { MAX_CREW = 8 };
enum { MAX_STAFF = 8, MAX_SHIFTS = 16 };

enum roster_kind { ROSTER_SHIFTS, ROSTER_ALWAYS };
enum unfinished {
    UNFINISHED_OVERTIME,
    UNFINISHED_HAND_OVER,
    UNFINISHED_POSTPONE,
    UNFINISHED_DROP
};

struct staff {
    char name[NAME_SIZE];
    char role[NAME_SIZE];
    int count;
    int roster; /* enum roster_kind */
    double wage;
    int crew; /* people who work as one worker */
    double short_pace, pace;
    int visits_per_trip; /* 0: no limit */
    double unload_minutes;
};

struct shift_kind {
    char name[NAME_SIZE];
    char role[NAME_SIZE]; /* empty: any */
    double starts, minutes;
    int weekdays, saturdays, sundays; /* workers wanted on such a day */
    double meeting_share;             /* of the regime's meeting minutes */
};

struct duty {
    double break_minutes, handover_minutes, administration_minutes;
    double break_spread_minutes;
    double meeting_minutes_per_week;
    double development_from_minutes;
    double overtime_limit_minutes;
    int unfinished_records; /* UNFINISHED_OVERTIME or UNFINISHED_POSTPONE */
};

struct absence {
    double days_between; /* 0: nobody is ever absent */
    struct law spell_days;
    double fill;
    double temp_pace;
};

extern const struct record tb__staff_record, tb__shift_record, tb__duty_record,
    tb__absence_record;

#endif
