/* model/worker.h: one worker as it lives. */
#ifndef TB_MODEL_WORKER_H
#define TB_MODEL_WORKER_H

#include "model/mechanisms/knowledge.h"
#include "model/work.h"

enum { SOMEWHERE = -2 };

enum doing { OFF, AWAY, IDLING, CHAIN, CALLING, COVERING, WRITING };

struct worker {
    int id;
    int slot; /* in the queue */
    enum doing doing;
    tb_time clock; /* up to here its time is booked, or idling, calling and covering began */
    tb_time in, until; /* clock-in and planned clock-out of the shift */
    int shift;         /* index into world.shift of the current or next one */
    tb_time rest_from; /* when the break is due, TB__NEVER when it was taken */
    bool opened;       /* its first shift was opened */
    bool week_begins; /* rest_from is when its week is opened: who works round the clock */
    bool temp, closed, travelled;
    bool uninformed;  /* the handover to this shift was lost */
    int64_t met_week; /* the last week whose staff meeting it attended */
    int32_t period_seen[4];
    int route; /* first visit not begun, NONE */
    int route_end;
    int later, later_end; /* the same of its next shift, planned while it is in one */
    int call;             /* what it serves when CALLING */
    int service;          /* whose call it served last, NONE */
    int writes;           /* what it writes when WRITING, and may be called away from */
    tb_time write_ms;     /* that the whole of it takes from when it was taken up */
    bool writes_closing;  /* it is of those for the end of the shift */
    tb_time cut_at;       /* when the shift cuts that call off, TB__NEVER */
    int covers;           /* the service, when COVERING */
    bool stays_on;        /* covers after the end of its shift */
    bool joined;          /* idles among those who cover */
    tb_time relieved;     /* when it was last, a time before life for never */
    int client; /* where it is (map), NONE: at the office, SOMEWHERE: at a call */
    struct list records; /* when idle */
    struct list closing; /* end of shift */
    tb_time records_ms, closing_ms;
    tb_time left_ms; /* what visits of others will still leave to it today, by the day plan */
    int visited;     /* visits of the shift */
    bool overran; /* visits went past the planned end of the shift, or were left over */
    bool late;    /* the last visit ended later than planned, or visits were left over */
    tb_time sick_from, sick_until;   /* the last spell of absence, or the one to come */
    tb_time again_from, again_until; /* the one after it, where it begins on the same day */
    tb_time foreseen;                /* up to here onsets have been drawn */
    int spell;                       /* number of the spell within the day */
    int before, after;               /* among the idle, by how long they idle */
    double pressure;                 /* sum over the visits of the week, for strain */
    int pressed_visits;
    struct competence competence;
    int32_t trained, updated; /* the last month and quarter of its training and its update */
    tb_time week_overtime, week_records, week_duty;
    int returns;      /* to the office, in this shift */
    tb_time audit_ms; /* control work that waits for the next shift */
};

/* Whether it may be woken to look what is next. */
static inline bool tb__may_look(const struct worker *w)
{
    return w->doing == IDLING || w->doing == COVERING;
}

static inline bool tb__ill_at(const struct worker *w, tb_time t)
{
    return (w->sick_from <= t && t < w->sick_until) ||
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
