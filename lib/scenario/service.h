/* scenario/service.h: pool services: demand arrives, the first qualified free worker takes it; and
 * cover, for which so many workers are there at every moment. */
#ifndef TB_SCENARIO_SERVICE_H
#define TB_SCENARIO_SERVICE_H

#include "scenario/field.h"

enum { MAX_SERVICES = 16, MOST_CALLERS = 4096, MOST_TRACED = 128, MOST_PRESENT = 336 };

enum arrival_kind {
    ARRIVAL_RATE,
    ARRIVAL_ENDLESS,
    ARRIVAL_LULL,
    ARRIVAL_FINITE,
    ARRIVAL_TRACE,
    ARRIVAL_COVER,
    ARRIVAL_CLIENTS,
    ARRIVAL_ROUNDS,
    ARRIVAL_ADMISSION,
    ARRIVAL_DISCHARGE
};
enum service_books {
    BOOKS_CARE,
    BOOKS_INDIRECT,
    BOOKS_ADMINISTRATION,
    BOOKS_MEETINGS,
    BOOKS_TRAINING,
    BOOKS_DIALOGUE,
    BOOKS_DEVELOPMENT
};
enum assignment { ASSIGN_LONGEST_IDLE, ASSIGN_RANDOM, ASSIGN_FIRST, ASSIGN_ANYBODY };

struct service {
    char name[NAME_SIZE];
    char role[NAME_SIZE]; /* who may serve; empty: any */
    char of[NAME_SIZE];   /* client group that its calls follow */
    int books;            /* enum service_books */
    int arrival;          /* enum arrival_kind */
    double per_hour;
    struct {
        int count;
        double value[168];
    } profile; /* factors of per_hour */
    struct {
        int count;
        double value[MOST_TRACED];
    } trace_minutes, trace_work;
    int population; /* ARRIVAL_FINITE: how many may call */
    struct law between_minutes;
    struct law minutes;
    struct law patience; /* mean 0: nobody leaves */
    int room;            /* 0: no limit */
    int starts_at;
    int assignment; /* enum assignment */
    int priority;   /* 1 is served first */
    bool interrupts, interruptible, travel;
    double resumption_minutes;
    double return_probability;
    char then[NAME_SIZE]; /* service that a finished call goes on to; empty: none */
    double then_probability;
    struct law then_after_minutes; /* mean 0: at once */
    double wait_limit_minutes;
    int unfinished; /* UNFINISHED_OVERTIME, _HAND_OVER or _DROP */
    struct {
        int count;
        double value[MOST_PRESENT];
    } present;        /* ARRIVAL_COVER: citizens who are there */
    double each;      /* how many of them one worker answers for */
    bool others_join; /* who has nothing else to do is there, too */
};

extern const struct record tb__service_record;

/* Workers that cover wants in the ith part of its series. */
int tb__cover_wanted(const struct service *s, int i);

#endif
