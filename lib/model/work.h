/* model/work.h: what is to be done: planned visits, calls and where they come from. */
#ifndef TB_MODEL_WORK_H
#define TB_MODEL_WORK_H

#include "kernel/clock.h"
#include "kernel/heap.h"
#include "model/world.h"

enum {
    NONE = -1,
    MOST_WAITING = 1000000,
    NUMBER_BITS = 12,
    NUMBERS = (1 << NUMBER_BITS) - 1,
    CALLER_BITS = 12
};

/* Places of things that are linked, NONE and NONE when there is none. */
struct list {
    int first, last;
};

/* A role, as far as it is asked for: see asked.c. */
struct asked_role {
    int role;
    int there;     /* people on duty; of those who left, until their clock is reached */
    int queues;    /* services that it may serve in which calls wait */
    tb_time since; /* up to here its time is counted */
};

/* Somebody who is on duty until then, and will not be heard of again before. */
struct leaver {
    tb_time at;
    int role, people;
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
    bool again; /* it is put off, and comes to the service that it was with */
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

/* A service that is cover: workers wanted and there now, of these in overtime; since when. */
struct cover {
    int wanted, there, staying;
    tb_time since; /* up to here it is summed */
};

#endif
