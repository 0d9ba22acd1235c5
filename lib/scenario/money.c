#include "scenario/money.h"

static const struct field money_fields[] = {
    TEXT(struct money, currency, "What wages are counted in, such as NOK."),
    COUNT(struct money, price_year, "", 0, 2200, 0,
          "The year whose prices wages are in; 0: not said."),
    REAL(struct money, on_costs, "share", 0, 3, 0,
         "What the employer pays on top of wages: pension, taxes, holiday pay."),
    REAL(struct money, overtime_supplement, "share", 0, 5, 0,
         "What an hour of overtime costs on top of the wage."),
    REAL(struct money, temp_factor, "factor", 0, 10, 1,
         "Cost of an hour of a temp, relative to the regular worker who is absent."),
    REAL(struct money, absence_pay, "share", 0, 1, 0,
         "Share of the wage that the employer pays for rostered time of absence."),
    REAL(struct money, overhead, "share", 0, 5, 0,
         "Standard Cost Model: rooms, equipment and administration, on top of wages and "
         "on-costs; in the cost of obligations alone."),
    REAL(struct money, full_time_hours, "h per week", 1, 80, 37.5,
         "Hours of a full-time post in a week that is worked."),
    REAL(struct money, full_time_weeks, "weeks per year", 1, 52, 52,
         "Weeks that a full-time post works in a year of fifty-two, holidays apart."),
};
RECORD(tb__money_record, "money", "Prices, and what a full-time post is.", struct money,
       money_fields);
