/* model/outcomes/sums.h: the sums that outcomes are made of.
 *
 * An outcome is a ratio of two of them. Here are those that several families share and the forms that
 * make one out of a column of the ledger, a count or another sum; each family's own stand above its
 * table. */
#ifndef TB_MODEL_OUTCOMES_SUMS_H
#define TB_MODEL_OUTCOMES_SUMS_H

#include "model/outcome.h"

static const double MINUTE = 60000, HOUR = 3600000;

/* Milliseconds of a column of the ledger. */
#define COLUMN_SUM(function, column)                      \
    static inline double function(const struct totals *t) \
    {                                                     \
        return t->ms[column];                             \
    }
/* One of the unit's counts. */
#define COUNT_SUM(function, member)                       \
    static inline double function(const struct totals *t) \
    {                                                     \
        return (double)t->count.member;                   \
    }
/* A sum of milliseconds, in minutes. */
#define MINUTES_OF(function, sum)                         \
    static inline double function(const struct totals *t) \
    {                                                     \
        return sum(t) / MINUTE;                           \
    }

static inline double duty(const struct totals *t)
{
    return t->ms[DUTY];
}

static inline double direct(const struct totals *t)
{
    return t->ms[CARE_NEEDED] + t->ms[CARE_SURPLUS];
}

static inline double records(const struct totals *t)
{
    return t->ms[RECORDS_PRESENCE] + t->ms[RECORDS_AWAY];
}

static inline double worker_weeks(const struct totals *t)
{
    return t->worker_weeks;
}

static inline double weeks(const struct totals *t)
{
    return t->weeks;
}

COLUMN_SUM(indirect, INDIRECT)
COLUMN_SUM(travel, TRAVEL)
COLUMN_SUM(meetings, MEETINGS)
COLUMN_SUM(dialogue, DIALOGUE)
COLUMN_SUM(control, CONTROL_WORK)
COLUMN_SUM(administration, ADMINISTRATION)
COLUMN_SUM(development, DEVELOPMENT)
COLUMN_SUM(breaks, BREAKS)
COLUMN_SUM(idle, IDLE)
MINUTES_OF(duty_minutes, duty)
COUNT_SUM(visits_given, visits_given)

/* Need of planned visits that they did not meet; of missed ones, all of it. */
static inline double visits_unmet(const struct totals *t)
{
    return (double)(t->count.need_ms - t->count.met_ms);
}

/* Workers' time that cover wanted and that was not there. */
static inline double uncovered(const struct totals *t)
{
    return (double)(t->calls.wanted_ms - t->calls.covered_ms);
}

/* Need that came up in the period and was not met in it, of visits, calls and cover. Of calls: the need of
 * those that left or were turned away, and the growth of the need that waits, so that what waits
 * counts once, in the period in which it came, and counts back when it is met later. Periods add up. */
static inline double unmet(const struct totals *t)
{
    return visits_unmet(t) + (double)(t->calls.unserved_ms + t->calls.waiting_ms) +
           uncovered(t);
}

static inline double horizon(const struct totals *t)
{
    return t->weeks * (double)TB__WEEK;
}

#endif
