#include "model/outcomes/sums.h"

/* What goes wrong, what of it is found, and how much is looked for. */

static double harmed(const struct totals *t)
{
    return (double)(t->count.errors + t->count.misuse);
}

COUNT_SUM(found, found)
COUNT_SUM(audits, audits)
COUNT_SUM(incidents, incidents)

static double errors(const struct totals *t)
{
    return 1000.0 * (double)t->count.errors;
}

static double misuse(const struct totals *t)
{
    return 1000.0 * (double)t->count.misuse;
}

COUNT_SUM(undetected_cases, undetected)

static double undetected(const struct totals *t)
{
    return 1000.0 * (double)t->count.undetected;
}

static double judged(const struct totals *t)
{
    return (double)t->count.judged;
}

static const struct outcome row[] = {
    {"control.errors", "per 1,000 visits", "Harmful errors per 1,000 visits and calls.",
     OUTCOME_LESS, errors, judged},
    {"control.misuse", "per 1,000 visits", "Misuse per 1,000 visits and calls.",
     OUTCOME_LESS, misuse, judged},
    {"control.found_share", "share",
     "Errors and misuse that were found until the end over all of them, by the week of "
     "the visit.",
     OUTCOME_MORE, found, harmed},
    {"control.undetected_harm", "per 1,000 visits",
     "Errors and misuse that nobody found until the end per 1,000 visits and calls.",
     OUTCOME_LESS, undetected, judged},
    {"control.undetected_cases", "per week",
     "Errors and misuse that nobody found until the end, per week.", OUTCOME_LESS,
     undetected_cases, weeks},
    {"control.audits", "per week", "Audits per week.", OUTCOME_NEITHER, audits, weeks},
    {"control.incidents", "per week",
     "Visits and calls that were found out per week, each once whatever was found, by "
     "the "
     "week of finding: each calls for the records of an incident.",
     OUTCOME_NEITHER, incidents, weeks},
};
const struct outcome_family tb__control_outcomes = {row, sizeof row / sizeof *row};
