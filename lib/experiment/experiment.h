/* experiment/experiment.h: what run.c and log.c share. */
#ifndef TB_EXPERIMENT_EXPERIMENT_H
#define TB_EXPERIMENT_EXPERIMENT_H

#include "model/world.h"
#include "tidsbruk/run.h"

tb_status tb__check_plan(const tb_plan *plan, tb_error *err);

/* Weeks that are measured of a scenario. */
int tb__measured(const tb_scenario *s, const tb_plan *plan);

/* Weeks of warm-up of a plan: its own, or the longest that any scenario says. */
int tb__longest_warmup(const tb_scenario *const *scenarios, int count, const tb_plan *plan);

/* Checks a scenario and compiles it; the first fault is named, the others are counted. */
tb_status tb__compile(const tb_scenario *s, const tb_plan *plan, int warmup,
                      struct world **out, tb_error *err);

#endif
