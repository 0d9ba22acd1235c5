/* kernel/queue.h: pending events, at most one for each slot.
 *
 * A winner tree over slots. Every worker, every source and the calendar own a slot, and a slot has
 * at most one pending event, so that moving or cancelling one is writing its leaf. Keys are
 * time << bits | slot: integers, unique, and ties go to the lower slot. Slots are numbered by
 * class (calendar, sources, workers), so that the order is time, class, id.
 * One change costs log2(slots) branch-free steps; the first slots, which belong to the calendar and
 * the first sources, have a tree of two steps to themselves. */
#ifndef TB_KERNEL_QUEUE_H
#define TB_KERNEL_QUEUE_H

#include "kernel/arena.h"
#include "kernel/clock.h"

enum { QUEUE_NEAR = 4 };

struct queue {
    int64_t near[2 * QUEUE_NEAR]; /* the same tree for slots below QUEUE_NEAR, which turn often */
    int64_t *node; /* 2 * leaves keys; node[1] is the winner, node[leaves + slot] a leaf */
    int leaves;    /* a power of two */
    int bits;      /* log2(leaves) */
};

/* An empty queue of `slots` >= 1 slots in the arena; 0, or -1 when there is no room. Times must
 * stay below 2^(62 - bits) ms. */
int tb__queue_init(struct queue *q, struct arena *a, int slots);

/* One level up: the winner of a node and its neighbour. */
static inline int64_t tb__queue_climb(int64_t *node, size_t *i, int64_t key)
{
    *i ^= 1;
    key = key < node[*i] ? key : node[*i];
    *i >>= 1;
    node[*i] = key;
    return key;
}

/* The key of a slot that is not below QUEUE_NEAR. */
static inline void tb__queue_put_far(struct queue *q, int slot, int64_t key)
{
    int64_t *const node = q->node;
    size_t i = (size_t)q->leaves + (size_t)slot;

    node[i] = key;
    if (q->bits & 1)
        key = tb__queue_climb(node, &i, key);
    do { /* two levels a turn take fewer instructions; there are three at least */
        key = tb__queue_climb(node, &i, key);
        key = tb__queue_climb(node, &i, key);
    } while (i > 1);
}

static inline void tb__queue_put(struct queue *q, int slot, int64_t key)
{
    size_t i = QUEUE_NEAR + (size_t)slot;

    if (slot >= QUEUE_NEAR) {
        tb__queue_put_far(q, slot, key);
        return;
    }
    q->near[i] = key;
    key = tb__queue_climb(q->near, &i, key);
    tb__queue_climb(q->near, &i, key);
}

/* A slot's event is due at `time`, which is a time and not TB__NEVER. */
static inline void tb__queue_set(struct queue *q, int slot, tb_time time)
{
    tb__queue_put(q, slot, time << q->bits | slot);
}

/* The same of a slot that is not below QUEUE_NEAR. */
static inline void tb__queue_set_far(struct queue *q, int slot, tb_time time)
{
    tb__queue_put_far(q, slot, time << q->bits | slot);
}

static inline void tb__queue_cancel(struct queue *q, int slot)
{
    tb__queue_put(q, slot, TB__NEVER);
}

/* Time of the next event; *slot is its owner then. Where nothing is pending, a time past every
 * horizon: TB__NEVER >> bits. */
static inline tb_time tb__queue_next(const struct queue *q, int *slot)
{
    const int64_t near = q->near[1], far = q->node[1], key = near < far ? near : far;

    *slot = (int)(key & (q->leaves - 1));
    return key >> q->bits;
}

/* When a slot's event is due, TB__NEVER when it has none. */
static inline tb_time tb__queue_due(const struct queue *q, int slot)
{
    const int64_t key =
        slot < QUEUE_NEAR ? q->near[QUEUE_NEAR + slot] : q->node[q->leaves + slot];

    return key == TB__NEVER ? TB__NEVER : key >> q->bits;
}

#endif
