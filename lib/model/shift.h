/* model/shift.h: shifts: who is on duty, who is ill (shift.c). */
#ifndef TB_MODEL_SHIFT_H
#define TB_MODEL_SHIFT_H

#include "model/state.h"

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
bool tb__works_on(const struct unit *u, int worker, int shift);

#endif
