#include "model/outcomes/sums.h"

/* Where the time on duty goes, as shares of it and as minutes a worker and week. */

static double at_work(const struct totals *t)
{
    return t->ms[DUTY] - t->ms[BREAKS];
}

COLUMN_SUM(needed, CARE_NEEDED)
COLUMN_SUM(surplus, CARE_SURPLUS)
COLUMN_SUM(records_presence, RECORDS_PRESENCE)
COLUMN_SUM(training, TRAINING)
MINUTES_OF(direct_minutes, direct)
MINUTES_OF(needed_minutes, needed)
MINUTES_OF(surplus_minutes, surplus)
MINUTES_OF(indirect_minutes, indirect)
MINUTES_OF(travel_minutes, travel)
MINUTES_OF(records_minutes, records)
MINUTES_OF(meetings_minutes, meetings)
MINUTES_OF(dialogue_minutes, dialogue)
MINUTES_OF(training_minutes, training)
MINUTES_OF(control_minutes, control)
MINUTES_OF(administration_minutes, administration)
MINUTES_OF(development_minutes, development)
MINUTES_OF(breaks_minutes, breaks)
MINUTES_OF(idle_minutes, idle)

static double update_minutes(const struct totals *t)
{
    return (double)t->count.update_ms / MINUTE;
}

static double codesign_minutes(const struct totals *t)
{
    return (double)t->count.codesign_ms / MINUTE;
}

static double coordination_minutes(const struct totals *t)
{
    return (double)t->count.coordination_ms / MINUTE;
}

static double direct_hours(const struct totals *t)
{
    return direct(t) / HOUR;
}

static double needed_hours(const struct totals *t)
{
    return needed(t) / HOUR;
}

static double surplus_hours(const struct totals *t)
{
    return surplus(t) / HOUR;
}

static double duty_hours(const struct totals *t)
{
    return duty(t) / HOUR;
}

#define SHARE(name, more, sum, text)                                                 \
    {                                                                                \
        "time." name "_share", "share", text " over time on duty, breaks included.", \
            more, sum, duty                                                          \
    }
#define WEEKLY(name, more, sum, text)                                           \
    {                                                                           \
        "time." name "_minutes", "min per worker-week",                         \
            text " per worker on the roster and week.", more, sum, worker_weeks \
    }
#define UNIT(name, more, sum, text)                                                      \
    {                                                                                    \
        "time." name "_hours", "h per week", text " of the whole unit, per week.", more, \
            sum, weeks                                                                   \
    }

static const struct outcome row[] = {
    SHARE("direct", OUTCOME_MORE, direct, "Time with citizens, needed and surplus,"),
    {"time.direct_share_of_work", "share",
     "Time with citizens over time on duty without breaks.", OUTCOME_MORE, direct, at_work},
    SHARE("direct_needed", OUTCOME_MORE, needed, "Time with citizens that meets need"),
    SHARE("direct_surplus", OUTCOME_NEITHER, surplus,
          "Time with citizens beyond what need asks for"),
    SHARE("indirect", OUTCOME_NEITHER, indirect,
          "Handover, reading and other work for citizens without them"),
    SHARE("travel", OUTCOME_LESS, travel, "Travel"),
    SHARE("records", OUTCOME_LESS, records,
          "Writing records, with the citizen present or not,"),
    SHARE("records_presence", OUTCOME_NEITHER, records_presence,
          "Writing records with the citizen present"),
    SHARE("meetings", OUTCOME_NEITHER, meetings, "Meetings"),
    SHARE("dialogue", OUTCOME_NEITHER, dialogue,
          "Talks with colleagues and citizens about the service, oral records included,"),
    SHARE("training", OUTCOME_NEITHER, training,
          "Training, updates of knowledge and sparring"),
    SHARE("control", OUTCOME_NEITHER, control, "Audits and inspections"),
    SHARE("administration", OUTCOME_LESS, administration, "General administration"),
    SHARE("development", OUTCOME_MORE, development, "Development work in longer gaps"),
    SHARE("breaks", OUTCOME_NEITHER, breaks, "Breaks"),
    SHARE("idle", OUTCOME_NEITHER, idle, "Gaps"),
    WEEKLY("direct", OUTCOME_MORE, direct_minutes, "Minutes with citizens"),
    WEEKLY("direct_needed", OUTCOME_MORE, needed_minutes,
           "Minutes with citizens that meet need"),
    WEEKLY("direct_surplus", OUTCOME_NEITHER, surplus_minutes,
           "Minutes with citizens beyond need"),
    WEEKLY("indirect", OUTCOME_NEITHER, indirect_minutes,
           "Minutes of work for citizens without them"),
    WEEKLY("travel", OUTCOME_LESS, travel_minutes, "Minutes of travel"),
    WEEKLY("records", OUTCOME_LESS, records_minutes, "Minutes of records"),
    WEEKLY("meetings", OUTCOME_NEITHER, meetings_minutes, "Minutes of meetings"),
    WEEKLY("dialogue", OUTCOME_NEITHER, dialogue_minutes, "Minutes of dialogue"),
    WEEKLY("codesign", OUTCOME_NEITHER, codesign_minutes,
           "Minutes of talks with clients on what the service should be, a part of "
           "dialogue,"),
    WEEKLY("coordination", OUTCOME_NEITHER, coordination_minutes,
           "Minutes of coordination with other agencies, a part of dialogue,"),
    WEEKLY("training", OUTCOME_NEITHER, training_minutes,
           "Minutes of training, updates and sparring"),
    WEEKLY("updates", OUTCOME_NEITHER, update_minutes,
           "Minutes of knowledge updates, a part of training,"),
    WEEKLY("control", OUTCOME_NEITHER, control_minutes, "Minutes of audits and inspections"),
    WEEKLY("administration", OUTCOME_LESS, administration_minutes,
           "Minutes of administration"),
    WEEKLY("development", OUTCOME_MORE, development_minutes, "Minutes of development work"),
    WEEKLY("breaks", OUTCOME_NEITHER, breaks_minutes, "Minutes of breaks"),
    WEEKLY("idle", OUTCOME_NEITHER, idle_minutes, "Minutes of gaps"),
    WEEKLY("duty", OUTCOME_NEITHER, duty_minutes, "Minutes from clock-in to clock-out"),
    UNIT("direct", OUTCOME_MORE, direct_hours, "Hours with citizens"),
    UNIT("direct_needed", OUTCOME_MORE, needed_hours, "Hours with citizens that meet need"),
    UNIT("direct_surplus", OUTCOME_NEITHER, surplus_hours,
         "Hours with citizens beyond need"),
    UNIT("duty", OUTCOME_NEITHER, duty_hours, "Hours from clock-in to clock-out"),
};
const struct outcome_family tb__time_outcomes = {row, sizeof row / sizeof *row};
