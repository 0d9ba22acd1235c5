#include "scenario/staff.h"

static const char *const rosters[] = {"shifts", "always", NULL};
static const char *const records_rules[] = {"overtime", "postpone", NULL};

static const struct field staff_fields[] = {
    TEXT(struct staff,
         role, "What the workers of this group are; shifts, services and obligations ask for it."),
    COUNT(struct staff, count, "workers", 0, 2000, 0,
          "How many workers; each is one person, or a crew."),
    CHOICE(
        struct staff, roster, rosters, ROSTER_SHIFTS,
        "shifts: takes part in the shifts of the unit; always: on duty round the clock."),
    REAL(struct staff, wage, "currency per h", 0, 1000000,
         0, "Wage of an hour on duty of one person, supplements for evenings and weekends included."),
    COUNT(struct staff, crew, "persons", 1, MAX_CREW, 1,
          "People who work together as one worker: each minute of theirs is so many. A "
          "smaller crew that is complete is no slower: pace says how much longer it "
          "takes."),
    REAL(struct staff, short_pace, "factor per person", 1, 3, 1,
         "What each person that is missing makes of the time that a crew needs for the "
         "same care: with n missing, 1 + n x (this - 1)."),
    REAL(struct staff, pace, "factor", 0.2, 5, 1,
         "Time that this group needs for the same care, relative to others."),
    COUNT(struct staff, visits_per_trip, "visits", 0, 10000, 0,
          "Visits after which the worker goes back to unload; 0: no limit."),
    REAL(struct staff, unload_minutes, "min per trip", 0, 240, 0,
         "Unloading at the office, indirect work, after each trip."),
};
RECORD(tb__staff_record, "staff", "A group of workers.", struct staff, staff_fields);

static const struct field shift_fields[] = {
    TEXT(struct shift_kind, role, "Role that fills the shift; empty: any."),
    REAL(struct shift_kind, starts, "min after midnight", 0, 1439, 480,
         "When the shift starts."),
    REAL(struct shift_kind, minutes, "min", 30, 960, 450,
         "Length from clock-in to planned clock-out, paid breaks included."),
    COUNT(struct shift_kind, weekdays, "workers", 0, 2000, 0,
          "Workers wanted from Monday to Friday."),
    COUNT(struct shift_kind, saturdays, "workers", 0, 2000, 0,
          "Workers wanted on Saturdays."),
    COUNT(struct shift_kind, sundays, "workers", 0, 2000, 0, "Workers wanted on Sundays."),
    REAL(struct shift_kind, meeting_share, "share", 0, 1, 1,
         "Share of regime.teams.meeting_minutes that this shift holds."),
};
RECORD(tb__shift_record, "shift", "A kind of shift that the roster repeats.",
       struct shift_kind, shift_fields);

static const struct field duty_fields[] = {
    REAL(struct duty, break_minutes, "min per shift", 0, 120, 0,
         "Paid break, taken between two pieces of work past the middle of the shift."),
    REAL(
        struct duty, break_spread_minutes, "min", 0, 240, 0,
        "Breaks of a shift fall due over so many minutes around its middle (never in its "
        "first or "
        "last quarter), those of a group's workers one after the other; 0: all at once."),
    REAL(struct duty, handover_minutes, "min per shift", 0, 240, 0,
         "Oral report between shifts, at the start; see regime.dialogue.handover_saved."),
    REAL(struct duty, administration_minutes, "min per shift", 0, 240, 0,
         "General administration, at the end of the shift."),
    REAL(struct duty, meeting_minutes_per_week, "min per worker-week", 0, 600, 0,
         "Ordinary staff meeting, on a worker's first shift of the week."),
    REAL(struct duty, development_from_minutes, "min", 0, 1440,
         0, "A gap at least this long is used for development work instead of idling; 0: never."),
    REAL(struct duty, overtime_limit_minutes, "min per shift", 0, 480, 120,
         "No visit or record is begun when the shift has run over by more."),
    CHOICE(struct duty, unfinished_records, records_rules,
           0, "Records that a shift leaves: written in overtime, or postponed to the next shift."),
};
RECORD(tb__duty_record, "duty", "What every shift holds apart from visits and records.",
       struct duty, duty_fields);

static const struct field absence_fields[] = {
    REAL(struct absence, days_between, "days", 0, 100000,
         0, "Mean time between the end of one spell of absence and the start of the next, for each worker; 0: no absence."),
    LAW(struct absence, spell_days, "days", 3650, 1, "Length of a spell."),
    REAL(struct absence, fill, "share", 0, 1, 0,
         "Chance that a temp fills a shift whose worker is absent from its start."),
    REAL(struct absence, temp_pace, "factor", 0.5, 3, 1,
         "Time that a temp needs for the same care, relative to a regular worker."),
};
RECORD(tb__absence_record, "absence", "Sickness absence and who fills it.",
       struct absence, absence_fields);
