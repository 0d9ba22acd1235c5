/* model/ledger.h: where the minutes went. Every millisecond of duty has one owner.
 *
 * A tally holds one period (the measured weeks, or one of them): a row for each worker and one for
 * the unit. A stretch of time is booked once, into one column; what crosses the border of a period
 * is split there, and what lies in the warm-up or beyond the end goes nowhere. Of a crew, each
 * millisecond counts for each of the people who are there. Duty is booked from
 * the clock, not from the activities, so that the two can be compared (tb__ledger_check). */
#ifndef TB_MODEL_LEDGER_H
#define TB_MODEL_LEDGER_H

#include <stdbool.h>

#include "kernel/arena.h"
#include "kernel/clock.h"
#include "kernel/port.h"
#include "kernel/status.h"
#include "model/notes.h"
#include "scenario/staff.h"

enum column {
    /* categories: they sum to duty */
    CARE_NEEDED,
    CARE_SURPLUS,
    INDIRECT,
    TRAVEL,
    RECORDS_PRESENCE,
    RECORDS_AWAY,
    MEETINGS,
    DIALOGUE,
    TRAINING, /* updates and sparring included */
    CONTROL_WORK,
    ADMINISTRATION,
    DEVELOPMENT,
    BREAKS,
    IDLE,
    CATEGORIES,
    /* marks on the same time */
    DUTY = CATEGORIES,
    OVERTIME,
    TEMP_DUTY,
    ROSTERED,
    ABSENT,
    FULL_STRENGTH, /* unit's row: everybody who is rostered is there */
    COLUMNS
};

enum { NO_SERVICE = -1 }; /* of a stretch */

/* How a client who has left is written where somebody else may have the place by now; and back. A log
 * names the place. */
static inline int tb__former(int client)
{
    return -2 - client;
}

extern const char *const tb__category_names[CATEGORIES];

struct row {
    int64_t ms[COLUMNS];
};

struct obligation_tally {
    int64_t ms;        /* of records, copies included; from tb__ledger_sum */
    int64_t written;   /* records, however often each was entered */
    int64_t told;      /* instead of written */
    int64_t reentries; /* times that one was entered again, for another receiver */
    int64_t copies; /* writings of what was written already: reentries, and records of a datum
                          that another obligation has recorded for the same trigger */
    int64_t copy_ms, late, delay_ms, read;
    int64_t citizen_ms, asked; /* minutes of citizens, and records that took them */
    int64_t parts;   /* times that a record was broken off, to be gone on with */
    int64_t cuts;    /* times that somebody was called away from writing one */
    int64_t overdue; /* late and unwritten when life ends: in its last period */
};

/* Calls arrive (from outside or from another service) and end: done, passed on, abandoned or lost. */
struct service_tally {
    int64_t calls, started, wait_ms, done, sojourn_ms, services;
    int64_t waited, long_waits; /* services whose call waited at all, and beyond the limit */
    int64_t passed, abandoned, lost;
    int64_t cuts; /* times that somebody was called away from it */
    int64_t ms;   /* of work, where it is kept apart (service_plan.itemised) */
    int64_t left_ms, unserved_ms; /* time that abandoned calls spent; need that nobody met */
    int64_t later_ms;             /* until follow-ups that came to it were due */
    int64_t waiting_ms; /* need of the calls that wait, at the end less at the start */
    int64_t wanted_ms, covered_ms; /* of cover: workers' time wanted, and there of it */
};

/* Sums over clients who were visited in a fortnight; of coc and secon over those who were visited
 * more than once. */
struct carer_counts {
    int64_t clients, repeated, carers;
    double upc, coc, secon;
};

/* What happened in a period, in counts and ms that no row holds. */
struct counts {
    int64_t visits_planned, visits_given, visits_missed, visits_cut, visits_late;
    int64_t need_ms, met_ms, given_ms, granted_ms, missed_need_ms, moved_ms;
    int64_t misfit_ms,
        wider_ms; /* of visits given: distance of need and grant; the larger of both */
    int64_t deviations, legs, leg_ms, shifts, visit_shifts, interruptions;
    int64_t overrun_shifts, overtime_shifts, late_routes;
    int64_t errors, misuse, found, undetected, judged;
    struct carer_counts carers, carers_daily; /* daily: of clients with many visits */
    int64_t handovers, handovers_lost, clashes, codesign_talks, codesign_ms,
        coordination_ms;
    int64_t update_ms;
    int64_t present_ms, admissions;       /* of clients */
    int64_t no_shows, no_show_granted_ms; /* of visits to which nobody came */
    int64_t four_week_carers, four_week_clients;
    int64_t person_ms, person_unmet_ms; /* beyond the first person of each client */
    int64_t substituted; /* visits given by another than the usual worker */
    int64_t trips;       /* of vehicles that fill, by when they unload */
    int64_t audits, incidents, resumption_ms; /* incidents: visits that were found out */
    int64_t breaks, breaks_forgone;
    int64_t backlog_ms, backlog_samples, strain_samples;
    double strain, competence, acquaintance; /* sums: of workers' weeks, of visits */
};

struct tally {
    struct row *row; /* workers + 1 */
    struct obligation_tally *obligation;
    int64_t (*group_ms)[MAX_STAFF]; /* [obligation][staff group]: its ms by who wrote them */
    struct service_tally *service;
    int64_t waited_for_ms[MAX_STAFF + 1]; /* by role and 1: on duty, while calls wait for it */
    struct counts count;
};

/* One stretch of a worker's time, as booked; kept only when somebody asks. */
struct stretch {
    tb_time from, to;
    int worker, column, client, obligation, service;
    bool apart, temp; /* apart: it counts among the minutes of its service, too */
    int people;       /* whose time it is: of a crew, all who are there; 0: one */
};

struct ledger {
    struct tally *tally; /* `periods` of them, and one more for what is not measured */
    int periods, workers, obligations, services;
    const uint8_t *group;     /* of each worker, for who opened the ledger to set */
    int *people;              /* who are there of each worker; NULL: each is one */
    tb_time from, to, length; /* the measured time and the length of a period */

    struct tally *now; /* of the time that the unit has reached */
    tb_time now_from,
        now_to; /* its borders; a log wants every stretch: then nothing is within */

    bool logging;
    struct stretch *log; /* from tb__realloc; freed by tb__ledger_clear */
    int64_t logged, log_room;
    bool log_failed;
    struct notes notes; /* freed with it */
};

/* Rows and tallies in the arena. TB_ERR_MEMORY. */
tb_status tb__ledger_init(struct ledger *l, struct arena *a, int workers, int obligations,
                          int services, tb_time from, tb_time to, int periods,
                          tb_error *err);
void tb__ledger_clear(struct ledger *l);

/* From now on a stretch is booked times the people of its worker, each 1 for the beginning; every one
 * goes the general way. TB_ERR_MEMORY. */
tb_status tb__ledger_people(struct ledger *l, struct arena *a, tb_error *err);

/* Moves `now` to the period that holds time t, before the end. */
void tb__ledger_turn(struct ledger *l, tb_time t);

/* The general way of tb__book: splits at the borders and writes the log. */
TB__COLD void tb__book_split(struct ledger *l, const struct stretch *s);

/* Books [from, to) of a worker into a column; obligation -1 where none causes it. `service`: whose call
 * it was, for a log; its minutes are not kept apart. */
static inline void tb__book_of(struct ledger *l, int worker, enum column column,
                               tb_time from, tb_time to, int client, int obligation,
                               int service, bool temp)
{
    if (from >= l->now_from && to <= l->now_to) {
        l->now->row[worker].ms[column] += to - from;
        if (obligation >= 0)
            l->now->group_ms[obligation][l->group[worker]] += to - from;
    } else {
        const struct stretch s = {from,       to,      worker, column, client,
                                  obligation, service, false,  temp,   0};
        tb__book_split(l, &s);
    }
}

static inline void tb__book(struct ledger *l, int worker, enum column column, tb_time from,
                            tb_time to, int client, int obligation, bool temp)
{
    tb__book_of(l, worker, column, from, to, client, obligation, NO_SERVICE, temp);
}

/* The same of work on a call of a service that is kept apart. */
static inline void tb__book_call(struct ledger *l, int worker, enum column column,
                                 tb_time from, tb_time to, int service, bool temp)
{
    if (from >= l->now_from && to <= l->now_to) {
        l->now->row[worker].ms[column] += to - from;
        l->now->service[service].ms += to - from;
    } else {
        const struct stretch s = {from, to,      worker, column, -1,
                                  -1,   service, true,   temp,   0};
        tb__book_split(l, &s);
    }
}

/* At the end: what each obligation took, of the groups that wrote its records. */
void tb__ledger_sum(struct ledger *l);

/* Whether the categories of every worker and period sum to duty; TB_ERR_INTERNAL names the first
 * that does not. */
tb_status tb__ledger_check(const struct ledger *l, tb_error *err);

#endif
