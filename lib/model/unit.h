/* model/unit.h: one unit as it lives: the state that unit.c and its neighbours share.
 *
 * unit.c and those of its neighbours that take a struct unit write it (docs/architecture.md says what
 * is whose); mechanisms only see a struct view. A worker moves through time by its own clock: a chain of activities that nothing can
 * interrupt (travel, care, records at once) is booked when it begins and costs one event, at its
 * end. What can be interrupted (idling, interruptible calls) is booked when it ends. */
#ifndef TB_MODEL_UNIT_H
#define TB_MODEL_UNIT_H

#include "kernel/heap.h"
#include "kernel/queue.h"
#include "kernel/stream.h"
#include "model/ledger.h"
#include "model/mechanisms/control.h"
#include "model/mechanisms/dialogue.h"
#include "model/mechanisms/discretion.h"
#include "model/mechanisms/grants.h"
#include "model/mechanisms/knowledge.h"
#include "model/mechanisms/records.h"
#include "model/mechanisms/teams.h"
#include "model/mechanisms/wellbeing.h"
#include "model/purpose.h"
#include "model/world.h"

enum {
    NONE = -1,
    SOMEWHERE = -2,
    MOST_WAITING = 1000000,
    NUMBER_BITS = 12,
    NUMBERS = (1 << NUMBER_BITS) - 1,
    CALLER_BITS = 12
};

/* A planned visit of one day. */
struct visit {
    const struct slot *slot;
    tb_time opens, closes, planned; /* absolute; planned start by the day plan */
    uint32_t index;                 /* its address */
    const double *draw;             /* world.visit_draws of them: see enum visit_draw */
    bool moved;                     /* it was postponed once */
    int by;                         /* who has it or gave it, NONE */
    int next;                       /* on its worker's route, NONE at the end */
};

/* A call that waits, is served or was interrupted. */
struct call {
    uint32_t index;          /* its address, with the entity of its origin */
    short service, origin;   /* where it is, and where it came from first */
    int returns;             /* how often it was served before */
    int before, next;        /* in its queue */
    tb_time arrived, since;  /* first arrival, and when it joined the queue this time */
    tb_time need, remaining; /* ms of need not yet met; ms of work left */
    tb_time resumption;      /* that it takes to find back into it */
    bool begun;
};

/* Arrivals of a service: those of one quarter-hour, or of one week of a trace. */
struct source {
    int64_t stretch; /* the next quarter-hour or week to draw */
    tb_time begins;  /* of the one that was drawn last */
    uint32_t address;
    int64_t *key; /* ms after its start << 12 | number of the call, sorted */
    double *draw,
        *records; /* by number of the call: its place (a uniform) and need (ms); its row */
    int *bucket;  /* scratch of the sort */
    int next, count;
    uint32_t endless;       /* number of the next item of an endless backlog */
    struct heap callers;    /* those between two calls, of a finite source */
    uint32_t *caller_calls; /* how often each has called or will soonest */
    double *caller_need;    /* uniform of the next call of each */
};

/* A record that is owed. */
struct owed {
    int obligation, client;
    tb_time minutes, since; /* what is left of it, when it was called for */
    tb_time spent;          /* on its parts so far */
    tb_time aside;          /* set aside for it at the end of the shift */
    int reentries;          /* how often it is entered again */
    bool told;              /* it is not written */
    bool duplicate;         /* its datum was recorded already */
    uint64_t carries;       /* obligations whose records are transferred from it */
    int harm;               /* what it may bring to light, 0: nothing */
    int next;
};

/* What went wrong in a visit, was not found there, and may show in a record that is owed. */
struct harm {
    struct counts *count; /* of the period of the visit */
    uint32_t index, entity;
    int client, worker;
    int kinds;   /* enum audited: what is still unknown */
    bool known;  /* something of it was found */
    int records; /* that are owed and may show it; 0: this place is free */
    int next;
};

/* Records of a visit that control looks at, as sets of obligations: those that are there when it is
 * judged, and those that will be written. */
struct trail {
    uint64_t there, owed;
};

struct list {
    int first, last;
};

enum doing { OFF, AWAY, IDLING, CHAIN, CALLING };

struct worker {
    int id;
    int slot; /* in the queue */
    enum doing doing;
    tb_time clock;     /* up to here its time is booked, or idling and calling began */
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
    tb_time cut_at;       /* when the shift cuts that call off, TB__NEVER */
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

enum { MOST_TEMPS = 16 }; /* of a client in a fortnight that are told apart */

struct temp_visits {
    int shift, visits;
};

struct client {
    double need_ratio;           /* to the grant, talks considered */
    int32_t talked, coordinated; /* the last periods in which there was a talk */
    int64_t block; /* number of the block or frame that `saved` belongs to */
    tb_time saved; /* granted and not used in it */
    struct continuity continuity; /* of the fortnight */
    int temps, temps_of_four_weeks;
    struct temp_visits temp[MOST_TEMPS]; /* the last of the fortnight's */
    int32_t period_seen[4]; /* week, month, quarter, year whose records were triggered */
};

/* What is remembered when somebody asks for the world as it was realised (tests do). */
struct realised {
    struct realised_item {
        int kind; /* enum purpose of what was realised */
        uint32_t entity, index;
        tb_time a, b;
    } * item;
    int64_t count, room;
};

/* Ways to look into a run or to break it on purpose; all zero in production. */
struct probe {
    unsigned skip; /* bit of enum mechanism: its answers are skipped */
    bool canary;   /* draws extra numbers everywhere */
    int misbook;   /* 1 + a column that gets a millisecond that belongs to another */
    struct realised *realised;
};

enum mechanism {
    M_GRANTS = 1,
    M_RECORDS = 2,
    M_CONTROL = 4,
    M_DISCRETION = 8,
    M_TEAMS = 16,
    M_WELLBEING = 32,
    M_KNOWLEDGE = 64,
    M_DIALOGUE = 128
};

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

    /* who is there */
    struct worker *worker;
    struct client *client;
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
    double *absence_draw; /* two of each worker: for its first spell that begins today */
    double meeting_h;     /* see tb__meeting_hours */
    double most_errors;   /* see tb__most_errors */

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
    int *inside;           /* calls that wait or are served, of those that count them */
    bool *working;         /* whether work goes on, where it waits for calls to gather */
    struct heap patience;  /* when calls that wait will leave */
    int64_t joined;        /* calls that had a patience so far */
    struct source *source; /* of each service: its next arrivals */
    double *call_draw;     /* the row of uniforms of each call, for its records */

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

/* unit.c: a life; tb__unit_switch_run: with the warm-up under `before`, the measured weeks under w. */
tb_status tb__unit_switch_run(const struct world *before, const struct world *w,
                              struct stream stream, struct arena *a, int periods,
                              bool logging, const volatile int *stop, struct unit *u,
                              tb_error *err);
tb_status tb__unit_run(const struct world *w, struct stream stream, struct arena *a,
                       int periods, bool logging, const struct probe *probe,
                       const volatile int *stop, struct unit *u, tb_error *err);
void tb__next_work(struct unit *u, struct worker *w);
void tb__stop_idling(struct unit *u, struct worker *w);
void tb__realised(struct unit *u, int kind, uint32_t entity, uint32_t index, tb_time a,
                  tb_time b);

/* Workers stand behind the calendar and all sources, far from the slots that turn often. */
static inline int tb__first_worker_slot(const struct world *w)
{
    return 1 + w->sources > QUEUE_NEAR ? 1 + w->sources : QUEUE_NEAR;
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

/* day.c: the visits of a day, and what is drawn ahead for them. */
void tb__plan_day(struct unit *u);
void tb__visits_switch(struct unit *u);
bool tb__goes_before(const struct visit *a, const struct visit *b);

/* plan.c: they are dealt out. */
struct candidates *tb__candidates(struct unit *u, size_t workers);
void tb__deal(struct unit *u, int first, int moved, int n);

/* route.c: what is left of a route. */
void tb__expire(struct unit *u, int first, int *link, int *last);
void tb__release_route(struct unit *u, struct worker *w, bool may_move);
void tb__postpone(struct unit *u, int visit);
void tb__miss(struct unit *u, int visit);
void tb__begin_later(struct unit *u, struct worker *w);

/* A visit joins a route, as its last. */
static inline void tb__append_visit(struct unit *u, int *first, int *last, int visit)
{
    u->visit[visit].next = NONE;
    if (*first == NONE)
        *first = visit;
    else
        u->visit[*last].next = visit;
    *last = visit;
}

/* open.c: visits that fitted nowhere when they were dealt out. */
void tb__offer(struct unit *u, int visit);
/* Begins the first that the worker has time for and returns true; or shortens *until, which is when it
 * leaves for its next visit or goes home, to when it leaves for one that is not open yet. */
bool tb__take_open(struct unit *u, struct worker *w, tb_time *until);
void tb__close_day(struct unit *u); /* what nobody took by now is missed, unless it is a night's */
/* Who has the visit of the second carer, of that visit the first's; NONE when nobody. */
int tb__partner(const struct unit *u, int visit);

/* visit.c */
tb_time tb__map_leg(const struct unit *u, int from, int to);

/* Expected leg (ms) between two clients; NONE is the office, SOMEWHERE a point of the district. */
static inline tb_time tb__leg_between(const struct unit *u, int from, int to)
{
    return u->world->set.travel.kind == TRAVEL_MAP ? tb__map_leg(u, from, to)
                                                   : u->world->leg_mean;
}

static inline tb_time tb__expected_leg(const struct unit *u, const struct worker *w,
                                       int client)
{
    return tb__leg_between(u, w->client, client);
}
tb_time tb__need(const struct unit *u, const struct visit *v);

/* When the worker leaves for the next visit of its route, from now on. */
static inline tb_time tb__depart_at(const struct unit *u, const struct worker *w)
{
    const struct visit *v = &u->visit[w->route];
    const tb_time depart = v->opens - tb__expected_leg(u, w, v->slot->client);

    return depart > w->clock ? depart : w->clock;
}

void tb__visit(struct unit *u, struct worker *w);
void tb__travel(struct unit *u, struct worker *w, int to, double drawn); /* of world.leg */
void tb__return_leg(struct unit *u, struct worker *w);

/* carers.c: a visit, at that address, by a worker who knew so much of the client (of ACQUAINTED), with
 * its minutes of care and of records at once. */
void tb__remember_carer(struct unit *u, struct worker *w, int client, uint32_t visit,
                        uint32_t knew, tb_time care, tb_time records);
void tb__count_carers(struct unit *u); /* at the end of a week */

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

/* patience.c: calls that will not wait for ever. */
void tb__patience_starts(struct unit *u, int call);
void tb__patience_ends(struct unit *u, int call);
void tb__on_timer(struct unit *u);

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

/* record.c */
struct event { /* what triggers records: its address, and its uniforms if they were drawn ahead */
    uint32_t index, entity;
    int client, service;
    const double *draw; /* its row of uniforms; NULL: draw now */
};
void tb__trigger(struct unit *u, struct worker *w, enum trigger trigger,
                 const struct event *e, struct trail *trail);
/* The same for a visit, which was drawn ahead; first for its deviation, if it does. Sets the trail. */
void tb__trigger_visit(struct unit *u, struct worker *w, bool deviates,
                       const struct event *e, struct trail *trail);
void tb__draw_records(const struct unit *u, enum trigger trigger, int n,
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
bool tb__write_next(struct unit *u, struct worker *w, tb_time room);

/* Writes one record that is owed, or as much of one as `room` holds. Mostly none is. */
static inline bool tb__write_one(struct unit *u, struct worker *w, tb_time room)
{
    return (w->records.first != NONE || u->orphan_count) && tb__write_next(u, w, room);
}

void tb__closing_anew(struct unit *u, struct worker *w); /* for another end of the shift */
void tb__write_closing(struct unit *u, struct worker *w, tb_time limit);
bool tb__has_records(const struct worker *w);
void tb__orphan_records(struct unit *u, struct worker *w);
void tb__sample_backlog(struct unit *u);
void tb__count_overdue(struct unit *u); /* once, when life ends */

/* shift.c */
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

/* harm.c */
double tb__informed(struct unit *u, struct worker *w, const struct visit *v,
                    double acquaintance);

/* The greatest chance of an error in any visit. Its factors are linear in each part of the view that
 * they read, so that it is met at a corner: all known or unknown, skilled or not ... */
double tb__most_errors(const struct unit *u);

/* Whether anything may have gone wrong: mostly nothing has, and tb__judge is not asked. Control deters
 * from misuse; it makes none. */
static inline bool tb__may_go_wrong(const struct unit *u, const double harm[2])
{
    u->ledger.now->count.judged++;
    return harm[0] < u->most_errors || harm[1] < u->world->set.errors.misuse_per_visit;
}

void tb__judge(struct unit *u, struct worker *w, const struct view *at, uint32_t index,
               uint32_t entity, int client, const double harm[2], double find,
               double informed, const struct trail *trail);

/* A record is written that was owed, and may show what went wrong: r, by now out of its list. */
TB__COLD void tb__look_at(struct unit *u, struct worker *w, const struct owed *r);

/* switch.c */
void tb__switch(struct unit *u);

/* view.c, and the two functions here: the only place where one mechanism's state becomes another's
 * input. They are inline since every visit and call asks, and mostly for a part of the view. */
double tb__pressure(const struct visits *v, tb_time late);

/* Place of a worker and a client in last_visit, acquaintance and visits_by. */
static inline int64_t tb__pair(const struct unit *u, const struct worker *w, int client)
{
    return (int64_t)client * (u->world->workers + 1) + w->id;
}

/* Acquaintance today of a pair, of ACQUAINTED; a temp knows nobody. */
static inline uint32_t tb__acquaintance(const struct unit *u, const struct worker *w,
                                        int64_t pair)
{
    const struct knowledge_plan *p = &u->world->knowledge;
    const int gap = (int)(u->day - u->last_visit[pair]);

    if (w->temp || gap > p->days)
        return 0;
    return tb__answers(u, M_KNOWLEDGE) ? tb__knowledge_faded(p, u->acquaintance[pair], gap)
                                       : ACQUAINTED;
}

/* How hard the lateness of a route presses, 0 to 1. */
static inline double tb__pressed(const struct unit *u, tb_time late)
{
    return late > 0 ? tb__pressure(&u->world->set.visits, late) : 0;
}

/* The view where pressure and acquaintance are known. */
static inline struct view tb__view_with(const struct unit *u, const struct worker *w,
                                        int client, double pressure, double acquaintance)
{
    const struct world *world = u->world;
    struct view at = {.rank = 0.5, .temp = w->temp, .competence = 1};

    at.pressure = pressure;
    at.acquaintance = acquaintance;
    at.strain = u->wellbeing.strain[w->id];
    if (tb__answers(u, M_DISCRETION))
        at.autonomy = world->set.regime.discretion.autonomy;
    at.uninformed = w->uninformed;
    if (!w->temp)
        at.competence = w->competence.now;
    if (client >= 0)
        at.rank = world->client[client].rank;
    return at;
}

static inline struct view tb__view_of(const struct unit *u, const struct worker *w,
                                      int client, tb_time late)
{
    const uint32_t known =
        client < 0 ? ACQUAINTED : tb__acquaintance(u, w, tb__pair(u, w, client));

    return tb__view_with(u, w, client, tb__pressed(u, late), known / (double)ACQUAINTED);
}

struct view tb__view_of_week(const struct unit *u,
                             const struct worker *w); /* for its absence */

/* Hours a week of team meetings and dialogue, were every shift of the week attended. */
double tb__meeting_hours(const struct unit *u);

#endif
