/* model/life.h: a life: its loop (life.c), what a free worker does next (next.c), the gaps between
 * (gap.c), midnight (calendar.c), another regime (switch.c). */
#ifndef TB_MODEL_LIFE_H
#define TB_MODEL_LIFE_H

#include "model/state.h"

/* A whole life; tb__unit_switch_run: with the warm-up under `before`, the measured weeks under w. */
tb_status tb__unit_switch_run(const struct world *before, const struct world *w,
                              struct stream stream, struct arena *a, int periods,
                              bool logging, const volatile int *stop, struct unit *u,
                              tb_error *err);
tb_status tb__unit_run(const struct world *w, struct stream stream, struct arena *a,
                       int periods, bool logging, const struct probe *probe,
                       const volatile int *stop, struct unit *u, tb_error *err);

/* A worker whose clock is now takes the next piece of work. */
void tb__next_work(struct unit *u, struct worker *w);

/* What can be done in a gap of a worker, or the gap goes by: until its next visit, or the end. */
void tb__use_gap(struct unit *u, struct worker *w, tb_time until);

/* A gap in which no record can be written: those of the end of the shift are, or the worker idles. */
void tb__gap_goes_by(struct unit *u, struct worker *w, tb_time until);

/* A gap that goes by; the worker wakes, or is woken before. */
void tb__idle(struct unit *u, struct worker *w, tb_time wake);

/* Books the gap that ends now: as surplus care among those who cover, as development work when it was long
 * enough for that. */
void tb__stop_idling(struct unit *u, struct worker *w);

/* A day ends and the next is planned; on Mondays a week. What the week left, when life ends. */
void tb__midnight(struct unit *u);
void tb__end_week(struct unit *u);

void tb__switch(struct unit *u);

/* Remembers what was realised, when a test asks for it (probe.c). */
void tb__realised(struct unit *u, int kind, uint32_t entity, uint32_t index, tb_time a,
                  tb_time b);

#endif
