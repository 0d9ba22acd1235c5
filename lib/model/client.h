/* model/client.h: one client, and who came to it. */
#ifndef TB_MODEL_CLIENT_H
#define TB_MODEL_CLIENT_H

#include "kernel/clock.h"
#include "model/mechanisms/knowledge.h"

enum { LONG_AGO = -30000 }; /* day of a last visit, where there was none */
enum { MOST_TEMPS = 16 };   /* of a client in a fortnight that are told apart */

struct temp_visits {
    int shift, visits;
};

/* A stay of a client at a place, or the time between two. */
struct stay {
    tb_time from, until;
    uint32_t number; /* its address at the place */
    bool there;
};

/* What every visit asks stands in the first lines of the cache. */
struct client {
    _Alignas(64) double need_ratio; /* to the grant, talks considered */
    int64_t block;          /* number of the block or frame that `saved` belongs to */
    tb_time saved;          /* granted and not used in it */
    int32_t period_seen[4]; /* week, month, quarter, year whose records were triggered */
    int32_t talked, coordinated; /* the last periods in which there was a talk */
    int temps, temps_of_four_weeks;
    struct continuity continuity;        /* of the fortnight */
    struct temp_visits temp[MOST_TEMPS]; /* the last of the fortnight's */
    tb_time origin_ends; /* when the stay, or vacancy, ends in which the measured time begins */
    struct stay stay; /* of a place whose clients come and go; otherwise not used */
};

#endif
