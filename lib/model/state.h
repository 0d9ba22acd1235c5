/* model/state.h: the state of one unit, which its neighbours share (docs/architecture.md says what is
 * whose), and the few steps that all of them take. Mechanisms only see a struct view. */
#ifndef TB_MODEL_STATE_H
#define TB_MODEL_STATE_H

#include "kernel/queue.h"
#include "kernel/stream.h"
#include "model/client.h"
#include "model/ledger.h"
#include "model/mechanisms/control.h"
#include "model/mechanisms/wellbeing.h"
#include "model/papers.h"
#include "model/probe.h"
#include "model/purpose.h"
#include "model/work.h"
#include "model/worker.h"
#include "model/world.h"

struct unit {
    /* where it lives, what is drawn, what comes next, what was booked */
    const struct world *world;
    const struct world *then; /* its world from week 0 on, NULL: the same */
    struct stream stream;
    struct stream *record_stream; /* of each obligation */
    struct queue queue;
    struct ledger ledger;
    tb_time now;
    int64_t day, week;
    double pace; /* of care, by discretion */
    bool usual;  /* see tb__is_usual */

    /* who is there */
    struct worker *worker;
    struct client *client;
    int present;           /* clients who are there */
    tb_time present_since; /* since when that is so many */
    struct heap turnover;  /* when clients come or leave, of each place where they do */
    int idle_first, idle_last, absent;
    tb_time strength_since; /* since when as many are absent as now */

    /* planned visits of two days, those put off, and scratch of the day plan */
    struct visit *visit; /* two days of them, by parity of the day */
    int visits[2], room_a_day;
    double *visit_draw;      /* the row of uniforms of each visit */
    struct visit *postponed; /* visits that move to the next day, with their draws */
    double *postponed_draw;
    int *postponed_order, postponed_count;
    int open, open_end;                   /* visits that nobody has */
    tb_time open_least;                   /* that the shortest of them takes, at least */
    struct candidates *candidates;        /* scratch of the day plan */
    uint32_t *ahead_index, *ahead_entity; /* scratch: addresses that are drawn ahead */
    struct health *seat;                  /* of each person in a crew */
    double *absence_draw; /* two of each worker and seat: for a first spell that begins today */
    double meeting_h;   /* see tb__meeting_hours */
    double most_errors; /* see tb__most_errors */

    /* who knows whom, who wrote what when */
    int16_t *last_visit;    /* see tb__last_visits */
    uint16_t *acquaintance; /* in the same order: then, of ACQUAINTED */
    tb_time *written; /* [client][obligation]: when its last record was written; one client
                            more at the end, for records without one */
    uint16_t *visits_by; /* in the same order: visits in this fortnight */

    /* calls: their places, queues by service, and where they come from */
    struct call *call;
    int calls, call_room, call_free;
    struct list *waiting;              /* of each service */
    int *waiting_count, calls_waiting; /* of each service, and of all */
    tb_time *waiting_need;             /* of each service, when the last week ended */
    int *inside;          /* calls that wait or are served, of those that count them */
    bool *working;        /* whether work goes on, where it waits for calls to gather */
    struct heap patience; /* when calls that wait will leave */
    struct heap later;    /* when calls come again or go on, that do so some time later */
    int64_t joined;       /* calls that had a patience, or were put off, so far */
    struct source *source; /* of each service: its next arrivals */
    double *call_draw;     /* the row of uniforms of each call, for its records */
    struct asked_role asked[WRITERS]; /* roles that workers have */
    int roles;
    struct asked_role *asked_by[MAX_SERVICES]; /* by service: who alone may serve; NULL: several */
    struct leaver *leaver; /* who has clocked out, and not yet reached that time */
    int leavers;
    struct cover *cover; /* of each service */

    /* records that are owed */
    struct owed *owed;
    int oweds, owed_room, owed_free;
    struct list orphans[WRITERS]; /* by role and 1: of temps, of authors of other roles */
    int orphan_count;
    int original[MAX_OBLIGATIONS]; /* by datum: what is owed of its first record in this
                                      trigger, NONE: it is written */
    int owed_of[MAX_OBLIGATIONS];  /* the last record of each that control will look at */
    struct harm *harm;             /* from 1 */
    int harms, harm_room, harm_free;
    int32_t period_seen[4];

    /* mechanisms */
    struct control_state control;
    struct wellbeing_state wellbeing;

    /* the run: tests that look in, memory, the stop flag, the first failure */
    const struct probe *probe;
    struct arena *arena;
    const volatile int *stop;
    tb_status status;
    tb_error *err;
};

/* Days on which workers last visited a client, one for each, a large negative number for never; one
 * more at the end, for who knows nobody. */
static inline int16_t *tb__last_visits(const struct unit *u, int client)
{
    return u->last_visit + (int64_t)client * (u->world->workers + 1);
}

/* Workers stand behind the calendar and all sources, far from the slots that turn often. */
static inline int tb__first_worker_slot(const struct world *w)
{
    return 1 + w->sources > QUEUE_NEAR ? 1 + w->sources : QUEUE_NEAR;
}

/* Behind the services and the timers of calls; of no event where nobody comes and goes. */
static inline int tb__turnover_slot(const struct world *w)
{
    return 1 + w->services + (w->impatient || w->delays);
}

/* Moves a worker's clock over `ms` of one activity. */
static inline void tb__spend(struct unit *u, struct worker *w, enum column column,
                             tb_time ms, int client, int obligation)
{
    tb__book(&u->ledger, w->id, column, w->clock, w->clock + ms, client, obligation,
             w->temp);
    w->clock += ms;
}

/* How long a worker has been on duty in this week, up to t. */
static inline tb_time tb__since(const struct unit *u, const struct worker *w, tb_time t)
{
    const tb_time monday = u->week * TB__WEEK;

    return t - (w->in > monday ? w->in : monday);
}

/* The chain is complete: the worker is heard of again when it ends. */
static inline void tb__chain_ends(struct unit *u, struct worker *w)
{
    w->doing = CHAIN;
    tb__queue_set_far(&u->queue, w->slot, w->clock);
}

static inline bool tb__answers(const struct unit *u, enum mechanism m)
{
    return !u->probe || !(u->probe->skip & (unsigned)m);
}

/* Routes depend on grants and rosters alone: they are the same under every regime. */
static inline bool tb__given_routes(const struct unit *u)
{
    return u->world->set.planning.mode == PLANNING_GIVEN;
}

#endif
