/* kernel/arena.h: the memory of one replication.
 *
 * A replication allocates from one arena and frees nothing; the thread resets the arena and uses
 * it for its next replication, so that after the first one the event loop never meets malloc. */
#ifndef TB_KERNEL_ARENA_H
#define TB_KERNEL_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *first, *current;
    size_t used; /* bytes used in `current` */
};

void tb__arena_init(struct arena *a); /* owns nothing yet */
void tb__arena_clear(struct arena *a);
void tb__arena_reset(struct arena *a); /* keeps its blocks, forgets what was in them */

/* `count` zeroed objects of `size` bytes, aligned to 64; NULL when there is no room. */
void *tb__arena_alloc(struct arena *a, size_t count, size_t size);

/* The same, not zeroed: for what is written before it is read. */
void *tb__arena_room(struct arena *a, size_t count, size_t size);

#endif
