/* model/shift.h: shifts: who is on duty (shift.c), who is ill (health.c). */
#ifndef TB_MODEL_SHIFT_H
#define TB_MODEL_SHIFT_H

#include "model/state.h"

void tb__health_open(struct health *h);
void tb__absence_at_start(struct unit *u);
void tb__absence_of_day(struct unit *u);
void tb__absence_settle(struct unit *u); /* yesterday's spells, and none before now is left to draw */
void tb__on_shift(struct unit *u, struct worker *w);
void tb__weeks_begin(struct unit *u); /* Monday 00:00, for those who work round the clock */
void tb__open_week(struct unit *u, struct worker *w);
void tb__clock_out(struct unit *u, struct worker *w);
void tb__go_home_ill(struct unit *u, struct worker *w);
void tb__absence_ends(struct unit *u, struct worker *w);
void tb__strength(struct unit *u, int change);
tb_time tb__learning(const struct unit *u, const struct worker *w, int64_t week);
void tb__schedule_shift(struct unit *u, struct worker *w, tb_time not_before);
/* Whether somebody comes to a shift; temp: and nobody of the worker. */
bool tb__works_on(const struct unit *u, int worker, int shift, bool *temp);
bool tb__temp_fills(const struct unit *u, uint32_t entity, const struct shift *s);
void tb__foresee_worker(struct unit *u,
                        struct worker *w); /* spells of today, when one is over */

#endif
