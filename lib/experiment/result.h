/* experiment/result.h: what a run leaves: for each outcome a column of ratios, of numerators and of
 * denominators, row = (scenario * replications + replication) * weeks + week. */
#ifndef TB_EXPERIMENT_RESULT_H
#define TB_EXPERIMENT_RESULT_H

#include "model/outcome.h"
#include "model/unit.h"
#include "tidsbruk/run.h"

struct tb_result {
    int scenarios, replications, weeks, outcomes;
    int measured, warmup;
    uint64_t seed;
    tb_outcome *outcome;
    char (*name)[2 * NAME_SIZE];
    double *part[3]; /* ratio, numerator, denominator; outcomes * rows each */
    int64_t rows;
    struct result_scenario {
        uint64_t hash; /* of compiled tables */
        double offered_load;
        int *obligation, *service; /* index in this scenario of the union's nth, or -1 */
    } * scenario;
    int obligations, services; /* of the union */
};

/* An empty result for these worlds. */
tb_status tb__result_new(struct world *const *world, int scenarios, const tb_plan *plan,
                         tb_result **out, tb_error *err);

/* Writes the rows of one replication. Different replications may be written at a time. */
void tb__result_put(tb_result *r, int scenario, int replication, const struct world *w,
                    const struct ledger *l);

/* Keeps the first n replications. */
void tb__result_cut(tb_result *r, int n);

#endif
