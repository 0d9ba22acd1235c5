/* model/world.h: a scenario, compiled: laws are tables, rosters are intervals, grants are visits.
 *
 * Made once for a scenario and a horizon, read by every replication and thread, never written
 * again. Nothing in it depends on a seed. */
#ifndef TB_MODEL_WORLD_H
#define TB_MODEL_WORLD_H

#include <math.h>

#include "kernel/clock.h"
#include "kernel/law.h"
#include "model/mechanisms/dialogue.h"
#include "model/mechanisms/knowledge.h"
#include "model/mechanisms/teams.h"
#include "scenario/scenario.h"

/* What is drawn for a planned visit: a row, of its own first, then of what it may have to record. Both
 * lanes of a purpose stand side by side; uniforms, but where they are variates already. */
enum visit_draw {
    DRAW_NEED, /* the variation of its need, a factor */
    DRAW_BINDS,
    DRAW_LEG, /* the leg to it (ms), or the noise of that leg */
    DRAW_FOUND,
    DRAW_ERROR,
    DRAW_MISUSE,
    DRAW_READS,
    DRAW_CLASHES,
    VISIT_OWN_DRAWS
};

enum {
    ANY_ROLE = -1,
    NOWHERE = -1,
    NO_ONE = -1,
    NO_ROLE = -2,
    CYCLE_DAYS = 28,
    SPELL_NODES = 1024,
    WRITERS = MAX_STAFF + 1 /* a role and 1; 0 is somebody whose role is not known */
};

/* One stretch on a roster: [from, to), planned. */
struct shift {
    tb_time from, to;
    int kind; /* index into the shifts of the scenario, -1: round the clock */
};

struct worker_plan {
    uint32_t entity;
    int role, group;
    int crew; /* people that it is */
    int seat; /* the first of them in world.seat, NOWHERE: it is one person */
    bool always;
    tb_time rest_after; /* the middle of a shift, or before it: when the break is due */
    int first, shifts;  /* its part of world.shift, in order of time */
    char name[NAME_SIZE + 8];
};

struct client_plan {
    uint32_t entity;
    int role, group;
    double need_ratio;
    double rank; /* share of the group's granted hours below its own: high need is near 1 */
    tb_time granted;    /* of each visit */
    bool weekdays_only; /* no visits at weekends */
    int skipped;        /* visits of its own that holidays skip, over all of life */
    int slots;          /* visits in 28 days, each carer's */
    int people;         /* in it */
    int cycles;         /* in how many times 28 days it has them once */
    bool frequent;      /* seven or more visits a week */
    bool two_carers;
    double takes_ms,
        deviates;   /* expected of a visit: its time, its chance to stray from it */
    float place[2]; /* minutes east and north of the office, when there is a map */
};

/* A visit that recurs every 28 days. */
struct slot {
    tb_time opens, closes;               /* after the midnight of its day */
    int32_t opens_second, closes_second; /* the same, as the day plan counts */
    tb_time granted;
    int client;
    int nth; /* of the client's visits of the day, times two, plus one for the second carer */
    uint32_t entity; /* of the client */
    int32_t lasts;   /* seconds with records at once, for the day plan */
    int32_t takes;   /* the same with the records that it leaves for later */
    uint32_t burden; /* what it adds to the price of further visits */
    int32_t usual;   /* worker who gives it by the timetable, NO_ONE */
};

/* How many calls a quarter-hour holds: cumulative probabilities of 0, 1, ... `most` of them. */
struct rate {
    const double *sum;
    int most;
};

struct service_plan {
    uint32_t entity;
    int role, priority;
    bool endless, interrupts, interruptible, travel;
    bool lull;          /* endless, but for one item after other calls alone */
    bool cut;           /* the end of a shift cuts it off */
    bool before_visits; /* its calls go before planned visits */
    bool evented;  /* the end of its care is an event: something depends on when it is */
    bool withheld; /* calls that wait are not always there to be taken */
    bool stays;    /* nobody leaves */
    bool counted;  /* somebody asks how many calls are there */
    bool special;  /* calls do not simply come and wait */
    bool itemised; /* its minutes are kept apart: they are not all that is care */
    bool unusual;  /* something comes before the care, or it is itemised */
    bool simple;   /* served at once and whole, a call leaves nothing behind */
    int column;    /* of its work: CARE_NEEDED with what goes beyond, or another */
    double again, on; /* chance that the client calls again; that, or goes on to `then` */
    int then;         /* NOWHERE: calls end here */
    bool later;       /* both some time later */
    int room, starts_at, assignment;
    tb_time mean, wait_limit;
    struct table minutes, patience, between, after;
    tb_time resumption;
    struct rate *rate;        /* of each of `rates` equal parts of a day, or of a week */
    int rates, rate_quarters; /* how many quarter-hours they hold together */
    int most;                 /* calls that are drawn at a time */
    int callers;
    int of;        /* client group that its calls follow, NOWHERE */
    bool rounds;   /* one for each client who is there, at the times of its trace */
    int on_change; /* 1: one for each client who comes, -1: who leaves */
    int traced;    /* calls of a week that are given */
    tb_time *trace,
        *trace_needs;   /* when, after its Monday; what they need, if that is given */
    bool cover;         /* no calls: so many workers are wanted at every moment */
    bool joins;         /* who has nothing else to do is there, too */
    int *wanted, steps; /* in each of so many equal parts of a day, or of a week */
    tb_time step;       /* their length */
};

/* A group whose clients come and go: laws of both (ms), and how life finds a place: the share of time
 * that somebody is there, and shares of time in stays and vacancies, shortest first. */
struct stay_plan {
    bool turns;   /* clients leave, some time */
    bool empties; /* places are empty between two clients */
    struct table stay, vacancy;
    double there;                 /* share of time that a place is held */
    double *in_stay, *in_vacancy; /* SPELL_NODES cumulative shares each */
};

struct obligation_plan {
    int id;
    int role, service, per, timing;
    uint32_t services;       /* whose calls meet it: 1 << service */
    int of;                  /* client group that it is about, NOWHERE: any */
    int column, told_column; /* of its minutes; of what is told of a written one */
    bool writing;            /* a record, and no other duty */
    tb_time strains; /* mask of its ms that count as records for strain: all or none */
    int datum; /* index of the first obligation with the same datum, itself if none */
    uint64_t datum_bit; /* 1 << datum */
    int receivers;
    int draw, copy_draw; /* places in its event's row of draws; -1: not drawn ahead */
    bool either;         /* part of them are told */
    bool interruptible;  /* writing it is, where it is owed */
    bool written;        /* it can be read later */
    bool plain;          /* by anybody, at once, once, and no other has its datum */
    bool alone;          /* written by anybody, and no other has its datum */
    int audited;         /* enum audited */
    uint64_t look_bit;   /* 1 << id when it is audited, else 0 */
    double unseen;       /* chance that looking at it shows nothing of what went wrong */
    double probability, reentry, delay_cost;
    struct table minutes; /* of one record, detail included */
    struct table citizen; /* the same of the citizen's */
    bool asks;            /* it takes minutes of the citizen */
    tb_time deadline, lasts;
    double read_probability, value; /* to who does not know the client */
    tb_time read_ms;
    uint64_t tag;
};

/* Records (ms) that the day plan expects: at once, in gaps, at the end of the shift. */
struct paper {
    tb_time at_once, idle, closing;
};

/* The same of what happens, by who is there to write. */
/* What a visit leaves to write later, in seconds, as the day plan counts. */
struct later {
    int32_t idle, closing;
};

struct paperwork {
    struct paper (*visit)[WRITERS]; /* to each client */
    struct later (*later)[WRITERS]; /* the same of what is not written at once */
    struct paper shift[WRITERS];
    struct paper worker[4][WRITERS], unit[4][WRITERS]; /* of a week, month, quarter, year */
    tb_time left[CYCLE_DAYS][WRITERS]; /* to a role, by the visits of others on a day */
    int visitor[MAX_CLIENT_GROUPS];    /* who is expected to come to a group */
    bool any;                          /* some is not written at once */
    bool shifts, units, leaves; /* of shifts or workers' periods; of the unit's; left */
};

struct world {
    struct setting set;
    const struct setting *history; /* whose rosters hold in the warm-up; only while it is made */
    int weeks, warmup;
    tb_time from, to; /* the measured time; life starts at 0 */
    int day_bias; /* address of day d is d + day_bias: the same whatever the warm-up */
    uint32_t unit_entity;

    int workers, shifts;
    int people, seats; /* persons in all; those who work in crews */
    struct worker_plan *worker;
    struct seat {
        int worker;
        uint32_t entity;
    } * seat;
    bool crews, trips; /* some worker is several people; some vehicle fills */
    bool slow;         /* some group, or a crew that is short, needs longer by plan */
    int client_crew[MAX_CLIENT_GROUPS], service_crew[MAX_SERVICES]; /* that visits, serves */
    uint8_t *worker_group; /* index of each worker's staff group, as in its plan */
    bool priced;           /* some group has a wage */
    struct shift *shift;
    int *day_shift; /* CSR: shifts that start on day d, as indices into day_shift_index */
    struct day_shift {
        int worker, shift;
    } * on_day;

    int clients, slots;
    int group_first[MAX_CLIENT_GROUPS + 1]; /* clients of a group stand together */
    struct stay_plan stay[MAX_CLIENT_GROUPS];
    bool turnover; /* clients of some group come and go */
    bool in_vain; /* a way may be: who was to be visited has left, or somebody is there, or nobody */
    struct client_plan *client;
    struct slot *slot;              /* sorted by day of the cycle, window, client */
    int slot_first[CYCLE_DAYS + 1]; /* slots of day d: slot_first[d] .. slot_first[d + 1] */
    int most_slots_a_day;
    bool wider; /* there are more outcomes of visits to count: persons, or usual workers */

    int services, obligations;
    struct service_plan *service;
    bool endless; /* some service has an endless backlog, or an item after others, or is cover */
    bool covers;    /* some service is cover */
    bool impatient; /* calls of some service leave when they wait too long */
    bool delays;    /* calls of some service go on some time later */
    bool weekly;    /* a week begins with a meeting, audits or records */
    int sources; /* slots: of services, one for timers (of who leaves, of what is due), one for turnover */
    int service_order[MAX_SERVICES]; /* by priority, then name */
    struct obligation_plan *obligation;
    int readable[MAX_OBLIGATIONS], readables; /* records with a client that are read */
    int shared[MAX_OBLIGATIONS], shares;      /* records without one that are */
    double most_read;                         /* the greatest of their read_probability */
    const struct obligation_plan *triggered[TRIGGERS][MAX_OBLIGATIONS + 1]; /* NULL at the end */
    int triggered_count[TRIGGERS];
    int visit_draws, call_draws; /* lengths of the rows of draws of a visit, a call */

    struct knowledge_plan knowledge;
    bool knowing;                            /* the pace depends on what a worker knows */
    struct teams_plan teams[MAX_SHIFTS + 1]; /* by kind of shift; see tb__teams_of */
    struct dialogue_plan dialogue;
    double clashes[MAX_CLIENT_GROUPS]; /* chance of one in a visit */
    bool clash, client_talks;          /* there may be any */
    bool no_shows;                     /* nobody comes to some visits */
    bool partial; /* visits to some groups alone call for some records */
    bool rare;    /* some clients have no visit in 28 days */
    tb_time no_show_ms[MAX_CLIENT_GROUPS];
    struct table_set *tables;
    struct table leg; /* ms; on a map, its noise: ms for each minute of the expected leg */
    struct table spell, between;
    double stays_well;            /* from that uniform on, no spell begins within a day */
    struct table *need_variation; /* of each client group */
    tb_time radial_mean; /* mean leg from the office to a point of the district, on a map */
    tb_time leg_mean, break_ms, development_ms, overtime_ms, late_ms;
    tb_time unpressed_ms; /* so late a route presses nobody: a ms less than where that begins */
    tb_time handover_ms, administration_ms, staff_meeting_ms; /* without a team */
    int client_role[MAX_CLIENT_GROUPS];                       /* who may visit a group */
    int substitute_role[MAX_CLIENT_GROUPS]; /* who may stand in, too; NO_ROLE: nobody */
    tb_time *timetable; /* of each slot, when it begins after the midnight of its day; NULL:
                            planning.mode is another */
    bool choosy;        /* legs differ between workers, or some may not visit some */
    double *spell_share; /* SPELL_NODES cumulative shares of time in spells, shortest first */
    double ill_at_start;
    struct paperwork paperwork;
    double strain_decay, distrust_decay;
    double detail; /* share of what they could tell that records hold, at most 1 */
    tb_time audit; /* minutes of one */
    tb_time inspection_ms;
    tb_time review_ms; /* of one record, by how many are looked at */
    bool harm;         /* errors or misuse are possible */
    double offered_load;
    uint64_t hash;
};

/* Compiles a scenario that passed its check. tb__world_after: for a unit that lives through its
 * warm-up under `history`, a scenario of the same unit, whose rosters hold until then. */
tb_status tb__world_after(const struct setting *set, const struct setting *history,
                          int weeks, int warmup, struct world **out, tb_error *err);
tb_status tb__world_new(const struct setting *set, int weeks, int warmup,
                        struct world **out, tb_error *err);
void tb__world_free(struct world *w);

/* Address of a planned visit: it keeps it when it is moved. */
static inline uint32_t tb__visit_index(const struct world *w, int64_t day, int nth)
{
    return (uint32_t)((day + w->day_bias) << 8 | nth);
}

/* Milliseconds of a straight way whose squared length in minutes is `square`. IEEE square root is
 * exact, so this is the same everywhere. */
static inline tb_time tb__distance_ms(float square)
{
    return (tb_time)(sqrtf(square) * 60000.0f + 0.5f);
}

/* What a team makes of a kind of shift; -1: of a week of who works round the clock. */
static inline const struct teams_plan *tb__teams_of(const struct world *w, int kind)
{
    return &w->teams[kind < 0 ? w->set.shift_count : kind];
}

/* switch.c: whether two settings describe the same unit, so that one can follow the other in a life;
 * TB_ERR_MISMATCH names the first difference. */
tb_status tb__same_unit(const struct setting *a, const struct setting *b, tb_error *err);

/* Whether control may look at the records of an obligation. */
static inline bool tb__is_looked_at(const struct world *w, int o)
{
    return w->obligation[o].audited && w->set.obligations[o].trigger <= TRIGGER_DEVIATION;
}

/* Whether a day, counted from the start of life, is a holiday. */
static inline bool tb__is_holiday(const struct world *w, int64_t day)
{
    for (int i = 0; i < w->set.holiday_count; i++) {
        const struct holiday *h = &w->set.holidays[i];

        if (day == w->from / TB__DAY + 7 * (h->week - 1) + h->weekday - 1)
            return true;
    }
    return false;
}

/* Whether the visits of a client that recur every 28 days take place in those of a day. */
static inline bool tb__has_its_turn(const struct world *w, int client, int64_t day)
{
    const int64_t cycle = (day - w->from / TB__DAY + 4 * CYCLE_DAYS * 26) / CYCLE_DAYS;

    return (cycle + client / 4) % w->client[client].cycles == 0;
}

/* The day of the 28 on which visits recur: measured time begins with the first. */
static inline int tb__cycle_day(const struct world *w, int64_t day)
{
    return (int)((day - w->from / TB__DAY + 4 * CYCLE_DAYS * 26) % CYCLE_DAYS);
}

#endif
