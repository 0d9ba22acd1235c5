#include "model/outcomes/sums.h"

/* How much happens: what speed is measured by. */

static double starts(const struct totals *t)
{
    return (double)(t->count.visits_given + t->calls.started);
}

static double phases(const struct totals *t)
{
    return (double)(t->count.visits_given + t->count.legs + t->calls.started +
                    t->calls.calls + t->records.written + t->records.told);
}

static const struct outcome row[] = {
    {"staff.starts", "per week", "Visits and calls begun per week.", OUTCOME_NEITHER,
     starts, weeks},
    {"staff.phases", "per week", "Arrivals, legs, visits, calls and records begun per week.",
     OUTCOME_NEITHER, phases, weeks},
};
const struct outcome_family tb__size_outcomes = {row, sizeof row / sizeof *row};
