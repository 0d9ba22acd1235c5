/* experiment/result.h: what a run leaves: for each outcome a column of ratios, of numerators and of
 * denominators, row = (scenario * replications + replication) * weeks + week.
 *
 * A result is made for settings, before anything is compiled or simulated, so that one that is too
 * large is refused at once. */
#ifndef TB_EXPERIMENT_RESULT_H
#define TB_EXPERIMENT_RESULT_H

#include "model/outcome.h"
#include "model/unit.h"
#include "tidsbruk/run.h"

enum { MOST_REPLICATIONS = 1000000 };

struct tb_result {
    int scenarios, replications, weeks, outcomes;
    int measured, warmup, first;
    bool weekly;
    tb_estimand estimand;
    tb_ending ending;
    int hardest; /* target, see tb_result_ending */
    uint64_t seed;
    char version[16]; /* of the library that simulated it */
    tb_outcome *outcome;
    char (*name)[2 * NAME_SIZE];
    double *part[3]; /* ratio, numerator, denominator; outcomes * rows each */
    int64_t rows;
    struct result_scenario {
        uint64_t settings, hash; /* of the settings, and of the compiled tables */
        double offered_load;
        int *role, *obligation,
            *service; /* index in this scenario of the union's nth, or -1 */
    } * scenario;
    int roles, obligations, services; /* of the union */
};

/* What a result is made for. */
struct frame {
    const struct setting *const *set;
    int scenarios, replications, measured,
        warmup;          /* replications: for which there is room now */
    const tb_plan *plan; /* with the most that there may be */
};

/* A result without numbers: every cell is to be written. TB_ERR_LIMIT when it would be too large. */
tb_status tb__result_new(const struct frame *frame, tb_result **out, tb_error *err);

/* Memory for the tables of a result whose sizes are set. */
tb_status tb__result_allocate(tb_result *r, tb_error *err);

/* Notes what a scenario was compiled to. */
void tb__result_world(tb_result *r, int scenario, uint64_t settings, const struct world *w);

/* Writes the rows of one replication. Different replications may be written at a time. */
void tb__result_put(tb_result *r, int scenario, int replication, const struct world *w,
                    const struct ledger *l);

/* Makes room for n replications in all; TB_ERR_MEMORY leaves the result as it was. */
tb_status tb__result_grow(tb_result *r, int n, tb_error *err);

/* precision.c: whether the targets of a plan make sense; the number of replications at which they are
 * looked at after n; and how they stand at the replications that a result has. */
tb_status tb__check_targets(const tb_plan *plan, tb_error *err);
tb_status tb__know_targets(const tb_result *r, const tb_plan *plan, tb_error *err);
int tb__next_look(const tb_plan *plan, int n);
tb_status tb__look(tb_result *r, const tb_plan *plan, tb_error *err);

/* Keeps the first n replications. */
void tb__result_cut(tb_result *r, int n);

#endif
