/* experiment/experiment.h: what plan.c, arms.c, run.c and log.c share. */
#ifndef TB_EXPERIMENT_EXPERIMENT_H
#define TB_EXPERIMENT_EXPERIMENT_H

#include "model/world.h"
#include "tidsbruk/run.h"

/* plan.c: a copy of a caller's plan, checked. What a shorter one of an older header does not hold is as
 * in TB_PLAN_INIT; a longer one of a newer header may hold zeros only beyond what is known here. */
tb_status tb__plan_of(const tb_plan *given, tb_plan *out, tb_error *err);

/* Weeks that are measured of a scenario. */
int tb__measured(const tb_scenario *s, const tb_plan *plan);

/* Weeks of warm-up of a plan: its own, or the longest that any scenario says. */
int tb__longest_warmup(const tb_scenario *const *scenarios, int count, const tb_plan *plan);

/* Checks a scenario and compiles it; the first fault is named, the others are counted. */
tb_status tb__compile(const tb_scenario *s, const tb_plan *plan, int warmup,
                      struct world **out, tb_error *err);

/* arms.c: the settings of a plan's scenarios as they are compiled.
 *
 * Under TB_STANDING they are the scenarios' own. Under TB_SWITCH all arms live through the warm-up
 * under the first scenario, so that all have the obligations of all: one that an arm does not impose
 * has probability 0 in it, and what was owed of it is written as the baseline has it. */
struct arms {
    const struct setting **set; /* of each scenario */
    struct setting *owned;      /* under TB_SWITCH */
    int count;
    bool switches;
};

/* Fails with TB_ERR_MISMATCH where a switch is not possible, naming the first difference. */
tb_status tb__arms_init(struct arms *a, const tb_scenario *const *scenarios, int count,
                        tb_estimand estimand, tb_error *err);
void tb__arms_clear(struct arms *a);

/* Checks and compiles the nth. */
tb_status tb__arms_compile(const struct arms *a, int nth, const tb_scenario *s,
                           const tb_plan *plan, int warmup, struct world **out,
                           tb_error *err);

#endif
