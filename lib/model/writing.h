/* model/writing.h: what others ask of records: triggers (record.c) and writing what is owed (owed.c). */
#ifndef TB_MODEL_WRITING_H
#define TB_MODEL_WRITING_H

#include "model/state.h"

void tb__trigger(struct unit *u, struct worker *w, enum trigger trigger,
                 const struct event *e, struct trail *trail);
/* The same for a visit, which was drawn ahead; first for its deviation, if it does. Sets the trail. */
void tb__trigger_visit(struct unit *u, struct worker *w, bool deviates,
                       const struct event *e, struct trail *trail);
/* Draws what n triggers of one kind call for, in rows; of calls, those of that service, else NONE. */
void tb__draw_records(const struct unit *u, enum trigger trigger, int service, int n,
                      const uint32_t *index, const uint32_t *entity, double *row,
                      int length);

/* The week on a calendar on which the measured weeks begin at the same place whatever the warm-up;
 * its number among periods, which are numbered from 1. */
enum { PERIOD_BIAS = 208 };

/* A week on the calendar, counted from the start of life. */
static inline int32_t tb__calendar_of(const struct world *w, int64_t week)
{
    return (int32_t)week - w->warmup + PERIOD_BIAS;
}

static inline int32_t tb__calendar_week(const struct unit *u)
{
    return tb__calendar_of(u->world, u->week);
}

static inline int32_t tb__week_number(int32_t week)
{
    return week + 1;
}

/* Whether periodic records may be due: longer periods turn with a week, too. */
static inline bool tb__periods_turn(const struct unit *u, const int32_t seen[4])
{
    return seen[0] != tb__week_number(tb__calendar_week(u));
}

int32_t tb__period(int k, int32_t week, uint32_t entity);
void tb__periods_open(const struct world *w, uint32_t entity, int32_t seen[4]);
void tb__trigger_periodic(struct unit *u, struct worker *w, int client);

/* owed.c */
/* A gap until then, of somebody who may owe records: one is written, or as much of one as it holds. */
void tb__write_in_gap(struct unit *u, struct worker *w, tb_time until);

/* Of who writes what may be interrupted (doing WRITING): it ends now; it is broken off now, by the end of
 * life; or by a call. */
void tb__written(struct unit *u, struct worker *w);
void tb__stop_writing(struct unit *u, struct worker *w);
void tb__cut_writing(struct unit *u, struct worker *w);

void tb__closing_anew(struct unit *u, struct worker *w); /* for another end of the shift */
void tb__write_closing(struct unit *u, struct worker *w, tb_time limit);
bool tb__has_records(const struct worker *w);
void tb__orphan_records(struct unit *u, struct worker *w);
void tb__client_left(struct unit *u,
                     int client); /* what is owed about them tells of nobody else */
void tb__sample_backlog(struct unit *u);
void tb__count_overdue(struct unit *u); /* once, when life ends */

#endif
