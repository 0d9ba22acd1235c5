/* model/pool.h: calls, as those see them who serve others, too; calls.h is for those who serve calls. */
#ifndef TB_MODEL_POOL_H
#define TB_MODEL_POOL_H

#include "model/state.h"

/* arrival.c: where calls come from. */
bool tb__source_open(struct unit *u, int service);
bool tb__draw_arrivals(struct unit *u, int service);
uint32_t tb__caller_calls(struct unit *u, int service, double *need);
void tb__source_ends(struct unit *u, int service, uint32_t index);
bool tb__source_switch(struct unit *u, int service);

static inline int tb__source_slot(int service)
{
    return 1 + service;
}

/* The next call of a service that is drawn ahead comes when it is due. */
static inline void tb__schedule_arrival(struct unit *u, int service)
{
    const struct source *s = &u->source[service];

    if (s->next == s->count && !tb__draw_arrivals(u, service))
        tb__queue_cancel(&u->queue, tb__source_slot(service));
    else
        tb__queue_set(&u->queue, tb__source_slot(service),
                      s->begins + (s->key[s->next] >> NUMBER_BITS));
}

/* asked.c: calls wait for a role; nothing of it is needed where there are no services. */
bool tb__asked_open(struct unit *u);
void tb__asked_settle(struct unit *u); /* before the period of the ledger turns */
void tb__asked_anew(struct unit *u);   /* other roles may serve since now */
void tb__clocks_in(struct unit *u, const struct worker *w);
void tb__clocks_out(struct unit *u, const struct worker *w); /* at its clock, now or later */

/* patience.c: calls that will not wait for ever. */
void tb__patience_starts(struct unit *u, int call);
void tb__patience_ends(struct unit *u, int call);
void tb__patience_is_over(struct unit *u); /* of the first */

/* later.c: calls that come again or go on some time later; the timers of both. */
void tb__on_timer(struct unit *u);
void tb__schedule_timers(struct unit *u);

/* call.c, and those beside it that share calls.h: waiting.c, flow.c, interrupt.c */
double tb__care_pace(const struct unit *u);
void tb__on_call(struct unit *u, int service);
bool tb__take_call(struct unit *u, struct worker *w, bool before_visits);
void tb__call_done(struct unit *u, struct worker *w);
tb_status tb__calls_open(struct unit *u);
void tb__calls_switch(struct unit *u);
void tb__count_waiting(struct unit *u); /* at the end of a week */
void tb__call_ends(struct unit *u, int at);
void tb__call_cut(struct unit *u, struct worker *w, bool resumes);

/* cover.c: cover steps to what its series wants now; who covers looks whether to stay; who begins
 * to idle takes the place of somebody who has other work, or joins those who cover. */
bool tb__cover_open(struct unit *u);
void tb__cover_step(struct unit *u, int service);
void tb__cover_looks(struct unit *u, struct worker *w);
void tb__cover_idles(struct unit *u, struct worker *w);
void tb__cover_week_ends(struct unit *u);
void tb__cover_ends(struct unit *u, struct worker *w); /* with life */
bool tb__cover_needs(const struct unit *u,
                     const struct worker *w); /* it lacks such as this one */

#endif
