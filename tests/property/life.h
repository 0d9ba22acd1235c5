/* life.h: one life of one unit, with everything that it leaves: ledger, log, realised world, open
 * ends. */
#ifndef TESTS_PROPERTY_LIFE_H
#define TESTS_PROPERTY_LIFE_H

#include "model/unit.h"
#include "tidsbruk/scenario.h"

/* Which life. All zero: the first replication of seed 0, horizon as the scenario says. */
struct occasion {
    uint64_t seed;
    uint32_t replication;
    int weeks; /* measured; 0: as the scenario says */
    int no_warmup;
    int weekly; /* a period for each week */
    int logging;
    struct probe probe; /* its `realised` is filled in by live when `remember` */
    int remember;
    int unseen; /* nobody looks in: no probe at all, as in a run */
};

struct life {
    struct world *world;
    struct world *history; /* of its warm-up, when it switched; otherwise NULL */
    struct arena arena;
    struct unit unit;
    struct probe probe;
    struct realised realised;
    tb_status status;
    tb_error err;
};

/* Lives; fails the test when anything but the ledger's own check goes wrong. */
void live(struct life *l, const tb_scenario *s, const struct occasion *o);

/* The same for a unit that lives through a warm-up, of one week at least, under `before` and through
 * the measured weeks under s. Nothing is remembered. */
void live_switch(struct life *l, const tb_scenario *before, const tb_scenario *s,
                 const struct occasion *o);
void life_clear(struct life *l);

/* Where two lives' tallies differ, in words; NULL when they are equal to the last bit. The text is
 * static. */
const char *lives_differ(const struct life *a, const struct life *b);

/* Sum over all workers and periods. */
int64_t life_ms(const struct life *l, int column);

/* Calls `use` for every preset, shortened to at most `weeks`, and then for random scenarios 1 to
 * `random`. */
void each_scenario(int weeks, int random, void (*use)(tb_scenario *s, const char *name));

#endif
