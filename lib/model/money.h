/* model/money.h: what the time of a ledger costs.
 *
 * A price is a wage by staff group times milliseconds that the ledger holds as whole numbers: it is
 * computed once, when a period is summed, and changes nothing that happens. What an hour costs:
 *
 *     rate(group)         = wage x (1 + on_costs)
 *     duty of regulars    = rate
 *     duty of temps       = rate x temp_factor
 *     overtime, besides   = rate x overtime_supplement
 *     rostered, absent    = rate x absence_pay
 *     an obligation       = rate x (1 + overhead)
 *
 * The last is the Standard Cost Model: cost = sum of tariff x time x (population x frequency), with
 * overhead within the tariff (International SCM Network 2005, International Standard Cost Model
 * Manual). Population x frequency is here the number of records that were written. */
#ifndef TB_MODEL_MONEY_H
#define TB_MODEL_MONEY_H

#include "model/ledger.h"
#include "model/world.h"

enum { WEEKS_A_YEAR = 52 };

/* A period in currency. */
struct money_sums {
    double wages; /* everything but the overhead of obligations */
    double direct, overtime, temps, absence, records;
};

void tb__money_sums(const struct world *w, const struct tally *t, struct money_sums *out);

/* Standard Cost Model cost of one obligation in a period, copies included. */
double tb__money_obligation(const struct world *w, const struct tally *t, int obligation);

/* Milliseconds that a full-time post works in a week of the year, on average. */
double tb__full_time_ms(const struct world *w);

#endif
