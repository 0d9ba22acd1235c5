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
};

void tb__obligation_ratio(const struct totals *t, int obligation, int which,
                          double ratio[2])
{
    const bool money = which > 0;

    ratio[0] = 0;
    ratio[1] = money ? t->weeks : t->worker_weeks;
    if (obligation >= 0)
        ratio[0] = money ? tb__money_obligation(t->world, t->tally, obligation)
                         : (double)t->tally->obligation[obligation].ms / MINUTE;
}
