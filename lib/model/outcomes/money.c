#include "model/outcomes/sums.h"

/* What the time costs; money.c sums it. */

#define MONEY_SUM(function, member)                       \
    static inline double function(const struct totals *t) \
    {                                                     \
        return t->money.member;                           \
    }

MONEY_SUM(money_wages, wages)
MONEY_SUM(money_direct, direct)
MONEY_SUM(money_overtime, overtime)
MONEY_SUM(money_temps, temps)
MONEY_SUM(money_absence, absence)
MONEY_SUM(money_records, records)

static double direct_hours(const struct totals *t)
{
    return direct(t) / HOUR;
}

/* At the mean of what an hour with citizens costs; nothing where there is none. */
static double money_unmet(const struct totals *t)
{
    const double hours = direct_hours(t);

    return hours > 0 ? t->money.direct / hours * (unmet(t) / HOUR) : 0;
}

static const struct outcome row[] = {
    {"money.wages", "currency per week",
     "Wages and on-costs of time on duty, overtime, temps and paid absence, per "
     "week.",
     OUTCOME_LESS, money_wages, weeks},
    {"money.per_direct_hour", "currency per h",
     "The same over hours with citizens: what such an hour costs, all else included.",
     OUTCOME_LESS, money_wages, direct_hours},
    {"money.direct", "currency per week",
     "Wages and on-costs of time with citizens, without supplements, per week.",
     OUTCOME_NEITHER, money_direct, weeks},
    {"money.unmet", "currency per week",
     "Wages and on-costs that need not met (citizen.unmet_hours) would take per "
     "week, each period priced at its own mean of those of an hour with citizens "
     "(so that weeks need not add up where wages differ).",
     OUTCOME_LESS, money_unmet, weeks},
    {"money.overtime", "currency per week",
     "Wages, on-costs and supplement of time after the planned end of the shift, "
     "per week.",
     OUTCOME_LESS, money_overtime, weeks},
    {"money.temps", "currency per week", "Price of the time on duty of temps, per week.",
     OUTCOME_LESS, money_temps, weeks},
    {"money.absence", "currency per week",
     "What the employer pays for rostered time whose worker was absent, per week.",
     OUTCOME_LESS, money_absence, weeks},
    {"money.records", "currency per week",
     "Standard Cost Model cost of all obligations to record per week: their minutes, "
     "copies and oral ones included, at wages with on-costs and overhead; duties that "
     "are no writing (obligations.*.books) are not in it.",
     OUTCOME_LESS, money_records, weeks},
};
const struct outcome_family tb__money_outcomes = {row, sizeof row / sizeof *row};
