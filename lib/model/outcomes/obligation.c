#include "model/outcomes/sums.h"

/* What each obligation takes and costs. */

const struct part_outcome tb__obligation_outcomes[OBLIGATION_OUTCOMES] = {
    {"time.obligation.", "min per worker-week",
     "Minutes that this obligation takes, copies included, per worker and week.",
     OUTCOME_LESS},
    {"money.obligation.", "currency per week",
     "Standard Cost Model cost of this obligation per week: its minutes, copies "
     "included, at wages with on-costs and overhead; of a duty that is no writing, what "
     "such minutes cost.",
     OUTCOME_LESS},
    {"time.piece_minutes.obligation.", "min",
     "Mean minutes of a record of this obligation, copies and all its parts together.",
     OUTCOME_NEITHER},
    {"staff.interruptions.obligation.", "per 100",
     "Times that somebody was called away from writing a record of this obligation, per "
     "100 of them written or told.",
     OUTCOME_LESS},
    {"citizen.own_hours.", "h per week",
     "Hours of citizens themselves that this obligation takes, journeys included, per "
     "week.",
     OUTCOME_LESS},
};

void tb__obligation_ratio(const struct totals *t, int obligation, int which,
                          double ratio[2])
{
    static const struct obligation_tally none = {0};
    const struct obligation_tally *o =
        obligation >= 0 ? &t->tally->obligation[obligation] : &none;
    const double records = (double)(o->written + o->told);
    const double money =
        obligation >= 0 ? tb__money_obligation(t->world, t->tally, obligation) : 0;
    const double ratios[OBLIGATION_OUTCOMES][2] = {
        {(double)o->ms / MINUTE, t->worker_weeks}, {money, t->weeks},
        {(double)o->ms / MINUTE, records},         {100 * (double)o->cuts, records},
        {(double)o->citizen_ms / HOUR, t->weeks},
    };

    ratio[0] = ratios[which][0];
    ratio[1] = ratios[which][1];
}
