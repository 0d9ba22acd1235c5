#include "model/outcomes/sums.h"

/* What the work is like for those who do it, and what they come to in full-time posts. */

/* A sum of milliseconds, in posts that work all year. */
#define POSTS_OF(function, sum)                           \
    static inline double function(const struct totals *t) \
    {                                                     \
        return sum(t) / t->full_time_ms;                  \
    }

static double duty_hours(const struct totals *t)
{
    return t->ms[DUTY] / HOUR;
}

COLUMN_SUM(temp_duty, TEMP_DUTY)
COLUMN_SUM(rostered, ROSTERED)
COLUMN_SUM(absent, ABSENT)
COUNT_SUM(legs, legs)
COUNT_SUM(visit_shifts, visit_shifts)
COUNT_SUM(overrun_shifts, overrun_shifts)
COUNT_SUM(overtime_shifts, overtime_shifts)
COUNT_SUM(late_routes, late_routes)
COUNT_SUM(interruptions, interruptions)
COUNT_SUM(handovers, handovers)
COUNT_SUM(trips, trips)
COUNT_SUM(handovers_lost, handovers_lost)
COUNT_SUM(breaks_forgone, breaks_forgone)
COUNT_SUM(strain, strain)
COUNT_SUM(competence, competence)
COUNT_SUM(strain_samples, strain_samples)
POSTS_OF(duty_posts, duty)
POSTS_OF(direct_posts, direct)
POSTS_OF(records_posts, records)
POSTS_OF(unmet_posts, unmet)

static double breaks_due(const struct totals *t)
{
    return (double)(t->count.breaks + t->count.breaks_forgone);
}

static double overtime_hours(const struct totals *t)
{
    return t->ms[OVERTIME] / HOUR;
}

static double full_strength(const struct totals *t)
{
    return t->ms[FULL_STRENGTH];
}

static const struct outcome row[] = {
    {"staff.overtime_hours", "h per week",
     "Hours on duty after the planned end of the shift, per week.", OUTCOME_LESS,
     overtime_hours, weeks},
    {"staff.absence_share", "share",
     "Rostered time whose worker was absent over rostered time.", OUTCOME_LESS, absent,
     rostered},
    {"staff.temp_share", "share", "Time on duty of temps over time on duty.",
     OUTCOME_LESS, temp_duty, duty},
    {"staff.full_strength_share", "share",
     "Time in which no worker who is rostered is missing (of a crew, all of it) over the "
     "horizon.",
     OUTCOME_MORE, full_strength, horizon},
    {"staff.strain", "strain", "Mean strain of workers at the ends of weeks.",
     OUTCOME_LESS, strain, strain_samples},
    {"staff.competence", "share", "Mean competence of workers at the ends of weeks.",
     OUTCOME_MORE, competence, strain_samples},
    {"staff.lost_handovers", "share",
     "Shifts begun without what the one before had to tell over shifts begun.",
     OUTCOME_LESS, handovers_lost, handovers},
    {"staff.interruptions", "per h", "Interruptions of work per hour on duty.",
     OUTCOME_LESS, interruptions, duty_hours},
    {"staff.forgone_breaks", "share",
     "Breaks that were due and not taken when the shift ended (round the clock: when the "
     "week did) over breaks due, of those who did not go home ill.",
     OUTCOME_LESS, breaks_forgone, breaks_due},
    {"staff.visits_per_shift", "visits", "Planned visits per shift with visits.",
     OUTCOME_NEITHER, visits_given, visit_shifts},
    {"staff.legs_per_visit", "legs", "Legs travelled per planned visit given.",
     OUTCOME_LESS, legs, visits_given},
    {"staff.trips", "per week",
     "Trips that ended with unloading, of vehicles that fill, per week.", OUTCOME_NEITHER,
     trips, weeks},
    {"staff.overrun_share", "share",
     "Shifts whose visits ran past the planned end or were left over, among shifts "
     "with visits.",
     OUTCOME_LESS, overrun_shifts, visit_shifts},
    {"staff.late_route_share", "share",
     "Shifts whose last visit ended more than a minute later than the day plan had "
     "it, or that left visits over, among shifts with visits.",
     OUTCOME_LESS, late_routes, visit_shifts},
    {"staff.overtime_shift_share", "share",
     "Shifts that ended later than planned, for whatever reason, among shifts with "
     "visits.",
     OUTCOME_LESS, overtime_shifts, visit_shifts},
    {"staff.fte_duty", "FTE",
     "Hours on duty of a year over those that a full-time post works in it.",
     OUTCOME_NEITHER, duty_posts, weeks},
    {"staff.fte_direct", "FTE",
     "Hours with citizens of a year over those that a full-time post works in it.",
     OUTCOME_MORE, direct_posts, weeks},
    {"staff.fte_records", "FTE",
     "Hours of writing records of a year over those that a full-time post works in "
     "it.",
     OUTCOME_LESS, records_posts, weeks},
    {"staff.fte_unmet", "FTE",
     "Hours of need not met (citizen.unmet_hours) in a year over those that a "
     "full-time post works in it.",
     OUTCOME_LESS, unmet_posts, weeks},
};
const struct outcome_family tb__staff_outcomes = {row, sizeof row / sizeof *row};
