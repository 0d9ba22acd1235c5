/* model/outcome.h: named results of a replication, each a ratio of two sums.
 *
 * The fixed ones stand in tables by family, a file of outcomes/ each; to them come how each role
 * spends its time (time.direct_share.role.NAME, ...), three for each obligation
 * (time.obligation.NAME, money.obligation.NAME, citizen.own_hours.NAME) and those of each pool service
 * (citizen.wait.NAME, ...). */
#ifndef TB_MODEL_OUTCOME_H
#define TB_MODEL_OUTCOME_H

#include "model/ledger.h"
#include "model/money.h"
#include "model/world.h"

enum outcome_direction { OUTCOME_LESS = -1, OUTCOME_NEITHER, OUTCOME_MORE };

/* A period of one unit, summed over its workers. */
struct totals {
    const struct world *world;
    const struct tally *tally;
    struct counts count;
    double ms[COLUMNS];
    double weeks, worker_weeks;
    double full_time_ms; /* that one full-time post works in a week */
    struct money_sums money;
    struct obligation_tally records; /* over all obligations that are writing; late, overdue
                                          and delay_ms over all */
    double duties;                   /* records and other duties, done or told */
    struct service_tally calls; /* over all services; its need, of those that are care */
    double waited_for_ms;       /* of one role */
};

struct outcome {
    const char *name, *unit, *definition;
    int better; /* enum outcome_direction */
    double (*numerator)(const struct totals *t);
    double (*denominator)(const struct totals *t);
};

struct outcome_family {
    const struct outcome *row;
    int count;
};
extern const struct outcome_family tb__time_outcomes, tb__citizen_outcomes,
    tb__staff_outcomes, tb__record_outcomes, tb__control_outcomes, tb__money_outcomes,
    tb__size_outcomes;

/* The fixed outcomes, family after family: how many there are, and the i-th of them. */
int tb__outcome_count(void);
const struct outcome *tb__outcome(int i);

/* What every role adds: rows over the totals of its workers; `name` ends in a dot. */
enum { ROLE_OUTCOMES = 14 };
extern const struct outcome tb__role_outcomes[ROLE_OUTCOMES];

/* What every obligation and every service adds; `name` ends in a dot. */
enum { OBLIGATION_OUTCOMES = 5, SERVICE_OUTCOMES = 18 };
struct part_outcome {
    const char *name, *unit, *definition;
    int better;
};
extern const struct part_outcome tb__obligation_outcomes[OBLIGATION_OUTCOMES];
extern const struct part_outcome tb__service_outcomes[SERVICE_OUTCOMES];

void tb__totals(const struct world *w, const struct ledger *l, int period,
                struct totals *out);

/* Times on duty of the workers of one role; temps count for the role that they stand in for. Only
 * `ms`, `weeks`, `worker_weeks` and `waited_for_ms` are filled. */
void tb__role_totals(const struct world *w, const struct ledger *l, int period, int role,
                     struct totals *out);
/* Of an obligation that a scenario does not have (-1): 0 over the same denominator. */
void tb__obligation_ratio(const struct totals *t, int obligation, int which,
                          double ratio[2]);
void tb__service_ratio(const struct totals *t, int service, int which, double ratio[2]);

#endif
