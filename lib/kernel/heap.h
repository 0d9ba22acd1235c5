/* kernel/heap.h: pending times of many things, the soonest first.
 *
 * The winner tree (queue.h) has a slot for every worker and source. Things without a bound on their
 * number (calls whose patience runs out, callers between two calls) share a binary heap each, and its
 * first owns one slot of the tree. Ties: time, then the order that was given with it, so that
 * nothing depends on where a thing stands in memory. Things are numbered from 0; each is in the heap
 * once or not at all. */
#ifndef TB_KERNEL_HEAP_H
#define TB_KERNEL_HEAP_H

#include "kernel/arena.h"
#include "kernel/clock.h"

struct heap_item {
    tb_time time;
    int64_t order;
    int id;
};

struct heap {
    struct heap_item *item; /* item[1 .. count], no parent after its children */
    int *place;             /* of each id in item, 0: not in it */
    int count, room;        /* room: ids are below it */
};

/* Room for ids 0 to room - 1; what is in the heap stays. 0, or -1 when there is no memory. */
int tb__heap_room(struct heap *h, struct arena *a, int room);

/* Puts a thing that is not in the heap into it. */
void tb__heap_put(struct heap *h, int id, tb_time time, int64_t order);

/* Takes a thing out; nothing happens when it is not in the heap. */
void tb__heap_remove(struct heap *h, int id);

/* When the first is due, TB__NEVER when there is none; *id is the first then. */
static inline tb_time tb__heap_first(const struct heap *h, int *id)
{
    if (!h->count)
        return TB__NEVER;
    *id = h->item[1].id;
    return h->item[1].time;
}

#endif
