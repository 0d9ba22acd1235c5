/* scenario/money.h: what working time costs, and what a full-time post is.
 *
 * Prices change nothing that happens: they are applied to the ledger afterwards. With wages of 0
 * every outcome of the family money is 0. The wages themselves stand with the staff. */
#ifndef TB_SCENARIO_MONEY_H
#define TB_SCENARIO_MONEY_H

#include "scenario/field.h"

enum { CURRENCY_SIZE = 16 };

struct money {
    char currency[CURRENCY_SIZE];
    int price_year; /* 0: not said */
    double on_costs, overtime_supplement, temp_factor, absence_pay;
    double overhead; /* of the Standard Cost Model; in the cost of obligations alone */
    double full_time_hours, full_time_weeks;
};

extern const struct record tb__money_record;

#endif
