/* model/worker.h: one worker as it lives. */
#ifndef TB_MODEL_WORKER_H
#define TB_MODEL_WORKER_H

#include "model/mechanisms/knowledge.h"
#include "model/work.h"

enum { SOMEWHERE = -2 };

/* When somebody is ill, as far as it is known; of a worker alone it stands among what is needed often. */
struct health {
    tb_time sick_from, sick_until;   /* the last spell of absence, or the one to come */
    tb_time again_from, again_until; /* the one after it, where it begins on the same day */
    tb_time foreseen;                /* up to here onsets have been drawn */
    int spell;                       /* number of the spell within the day */
};

enum doing { OFF, AWAY, IDLING, CHAIN, CALLING, COVERING, WRITING };

/* In the order in which it is needed: what every event asks of a worker stands in the first lines of the
 * cache. */
struct worker {
    /* what is next */
    _Alignas(64) tb_time clock; /* up to here its time is booked, or idling, calling ... began */
    tb_time until;              /* planned clock-out of the shift */
    tb_time rest_from;          /* when the break is due, TB__NEVER when it was taken */
    tb_time sick_from;          /* the last spell of absence, or the one to come */
    tb_time again_from;         /* the one after it, where it begins on the same day */
    enum doing doing;
    int route; /* first visit not begun, NONE */
    int id;
    int slot; /* in the queue */
    bool temp, closed, travelled;
    bool uninformed; /* the handover to this shift was lost */
    bool overran; /* visits went past the planned end of the shift, or were left over */
    bool late;    /* the last visit ended later than planned, or visits were left over */
    bool joined;  /* idles among those who cover */
    bool opened;  /* its first shift was opened */

    /* a gap, and what is owed */
    tb_time sick_until, again_until;
    struct list records; /* when idle */
    struct list closing; /* end of shift */
    tb_time records_ms, closing_ms;
    int client;        /* where it is (map), NONE: at the office, SOMEWHERE: at a call */
    int shift;         /* index into world.shift of the current or next one */
    int before, after; /* among the idle, by how long they idle */

    /* a visit, a call */
    bool slow;          /* it needs longer than others for the same care, or may */
    int temps, missing; /* of a crew in this shift: who stands in, who is not there */
    int load;           /* visits since it unloaded */
    double pressure;    /* sum over the visits of the week, for strain */
    struct competence competence;
    tb_time week_records;
    tb_time in;      /* clock-in */
    tb_time left_ms; /* what visits of others will still leave to it today, by the day plan */
    int pressed_visits;
    int visited;         /* visits of the shift */
    int service;         /* whose call it served last, NONE */
    int call;            /* what it serves when CALLING */
    tb_time cut_at;      /* when the shift cuts that call off, TB__NEVER */
    tb_time write_ms;    /* that the whole of it takes from when it was taken up */
    int writes;          /* what it writes when WRITING, and may be called away from */
    bool writes_closing; /* it is of those for the end of the shift */

    /* what a day, a shift or a week asks */
    int route_end;
    int later, later_end; /* the route of its next shift, planned while it is in one */
    int covers;           /* the service, when COVERING */
    tb_time relieved;     /* when it was last, a time before life for never */
    bool stays_on;        /* covers after the end of its shift */
    bool week_begins; /* rest_from is when its week is opened: who works round the clock */
    int spell;        /* number of the spell within the day */
    tb_time foreseen; /* up to here onsets have been drawn */
    int64_t met_week; /* the last week whose staff meeting it attended */
    int32_t period_seen[4];
    int32_t trained, updated; /* the last month and quarter of its training and its update */
    tb_time week_overtime, week_duty;
    tb_time audit_ms; /* control work that waits for the next shift */
    int returns;      /* to the office, in this shift */
};

/* Whether it may be woken to look what is next. */
static inline bool tb__may_look(const struct worker *w)
{
    return w->doing == IDLING || w->doing == COVERING;
}

static inline bool tb__is_ill(const struct health *h, tb_time t)
{
    return (h->sick_from <= t && t < h->sick_until) ||
           (h->again_from <= t && t < h->again_until);
}

/* One branch for the spell, since a past one stands there as often as one to come: below zero is the sum of bits
 * of two differences when either is, that is, before it or after it. */
static inline bool tb__ill_at(const struct worker *w, tb_time t)
{
    return ((t - w->sick_from) | (w->sick_until - 1 - t)) >= 0 ||
           (w->again_from <= t && t < w->again_until);
}

/* When the worker falls ill next after t, as far as it is drawn. */
static inline tb_time tb__onset_after(const struct worker *w, tb_time t)
{
    return w->sick_from > t    ? w->sick_from
           : w->again_from > t ? w->again_from
                               : TB__NEVER;
}

#endif
