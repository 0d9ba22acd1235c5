/* model/price.h: what a visit costs with each worker who could be given it, and who is cheapest.
 *
 * The inner loop of the day plan: visits times workers. It counts in whole seconds of the day and in
 * 32nds, in 32 bits, so that eight candidates fit a register; integers give the same answer in any
 * order. tb__cheapest takes the kernel for the machine that it runs on. */
#ifndef TB_MODEL_PRICE_H
#define TB_MODEL_PRICE_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/clock.h"
#include "kernel/port.h"

enum {
    LANES = 8,
    PRICE_PAD = 64,
    PLAN_WEIGHT = 32,
    PLAN_SECOND = 1000,
    PLAN_LATEST = 2 * 86400,
    NOBODY = -1,
    NEVER_CHOSEN = INT32_MAX /* the price of who cannot take a visit */
};

/* Whole seconds of a time after midnight, within what planning can count. */
static inline int32_t tb__plan_seconds(tb_time ms)
{
    return ms < 0 ? 0
           : ms >= (tb_time)PLAN_LATEST * PLAN_SECOND
               ? PLAN_LATEST
               : (int32_t)((uint32_t)ms / PLAN_SECOND);
}

/* LANES candidates side by side, as a kernel reads them. Seconds after midnight. Those who begin together
 * stand together, so that most visits concern few lanes. */
struct lanes {
    int32_t begin, over; /* when the first is free, before any visit; all are home then */
    int32_t word[LANES], bit[LANES]; /* where `known` tells whether they know the client */
    int32_t free[LANES];
    int32_t home[LANES]; /* nothing begins then or later */
    int32_t end[LANES]; /* by when all should be done: home less what the end of the shift holds */
    int32_t owed[LANES]; /* what waits for gaps, be it only that after the last visit */
    int32_t leg[LANES];  /* to the visit that is being dealt out */
    uint32_t load[LANES]; /* price of the visits so far; of who cannot be chosen it may wrap */
    int32_t cost[LANES]; /* scratch: prices */
};

/* Who may be given visits today. Arrays of n, a multiple of LANES; some may be nobody. */
struct candidates {
    int n;
    int32_t *worker, *shift, *role;
    int32_t *client; /* where the route is, -1: the office */
    int32_t *memory; /* whose acquaintance counts: the worker's, or nobody's for a temp */
    int32_t *load;   /* visits since the last unloading */
    int32_t *missing; /* people of its crew */
    struct lanes *lanes;
    uint32_t *known; /* scratch: who knows the client, a bit for each worker */
    int people;      /* workers, and one more for nobody */
};

/* A field of the lane of candidate i. */
#define TB__LANE(c, field, i) \
    ((c)->lanes[(unsigned)(i) / LANES].field[(unsigned)(i) % LANES])

/* Whose acquaintance counts for candidate i. */
static inline void tb__remembers(struct candidates *c, int i, int32_t who)
{
    c->memory[i] = who;
    TB__LANE(c, word, i) = who / 32;
    TB__LANE(c, bit, i) = 31 - who % 32; /* from the left */
}

/* Finds when each of the lanes begins and is over: once all are there, and before the first visit. */
void tb__span_candidates(struct candidates *c);

/* What is asked of the candidates, in seconds and 32nds: by the visit, and all day long. */
struct wish {
    int32_t opens, closes, takes;
    const int16_t *last_visit; /* of each worker to the client; PRICE_PAD more may be read */
    int32_t most_over, travel, lateness, overtime; /* weights are not negative */
    int32_t known_since, continuity; /* for whoever was there on that day or later */
    int first, soon;                 /* lanes that it concerns, see tb__narrow */
    int64_t late;                    /* what anybody behind them costs, at least */
};

/* Which lanes a wish concerns, by its window. Candidates whose end has passed when it opens come before
 * `first`; those who begin after it closes, from `soon` on, are late, and mostly cost too much. The same
 * for all visits of a window and a day. */
void tb__narrow(const struct candidates *c, struct wish *w);

/* tb__cheapest for any machine. */
int tb__cheapest_plain(const struct candidates *c, const struct wish *w);

#if TB__AVX2
/* The same, only where __builtin_cpu_supports("avx2"). Neither gcc nor clang makes this of the
 * plain loop: who knows the client is looked up for each candidate. */
int tb__cheapest_avx2(const struct candidates *c, const struct wish *w);
#endif

/* The first of the cheapest candidates, NOBODY when none can take the visit. */
static inline int tb__cheapest(const struct candidates *c, const struct wish *w)
{
#if TB__AVX2
    if (__builtin_cpu_supports("avx2"))
        return tb__cheapest_avx2(c, w);
#endif
    return tb__cheapest_plain(c, w);
}

#endif
