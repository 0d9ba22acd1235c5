#include "kernel/arena.h"

#include <stdint.h>
#include <string.h>

#include "kernel/alloc.h"

enum { ALIGNMENT = 64, FIRST_BLOCK = 64 * 1024 };

/* A header in front of its bytes; `bytes` is aligned, the block itself need not be. */
struct arena_block {
    struct arena_block *next;
    size_t size; /* usable bytes */
    char *bytes;
};

void tb__arena_init(struct arena *a)
{
    *a = (struct arena){NULL, NULL, 0};
}

void tb__arena_clear(struct arena *a)
{
    struct arena_block *block = a->first;

    while (block) {
        struct arena_block *next = block->next;
        tb__free(block);
        block = next;
    }
    tb__arena_init(a);
}

void tb__arena_reset(struct arena *a)
{
    a->current = a->first;
    a->used = 0;
}

static struct arena_block *block_new(size_t size)
{
    const size_t overhead = sizeof(struct arena_block) + ALIGNMENT;
    struct arena_block *block;
    uintptr_t start;

    if (size > SIZE_MAX - overhead)
        return NULL;
    block = tb__realloc(NULL, 1,
                        size + overhead); /* not zeroed: each object is, when given out */
    if (!block)
        return NULL;
    start = (uintptr_t)(block + 1);
    block->next = NULL;
    block->size = size;
    block->bytes = (char *)(block + 1) + (ALIGNMENT - start % ALIGNMENT) % ALIGNMENT;
    return block;
}

/* Makes a block with room for `bytes` the current one: a later block that was kept by a reset, or
 * a new one behind the last, twice its size so that a replication settles in few blocks. */
static int advance(struct arena *a, size_t bytes)
{
    struct arena_block *last = a->current, *block;
    size_t size = FIRST_BLOCK;

    while (last && last->next) {
        last = last->next;
        if (last->size >= bytes) {
            a->current = last;
            a->used = 0;
            return 1;
        }
    }
    if (last && last->size <= SIZE_MAX / 4)
        size = 2 * last->size;
    block = block_new(size > bytes ? size : bytes);
    if (!block)
        return 0;
    if (last)
        last->next = block;
    else
        a->first = block;
    a->current = block;
    a->used = 0;
    return 1;
}

void *tb__arena_room(struct arena *a, size_t count, size_t size)
{
    size_t bytes;
    char *p;

    if (size && count > (SIZE_MAX / 4) / size)
        return NULL;
    bytes = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (bytes == 0)
        bytes = ALIGNMENT; /* so that two objects never share an address */
    if ((!a->current || a->current->size - a->used < bytes) && !advance(a, bytes))
        return NULL;
    p = a->current->bytes + a->used;
    a->used += bytes;
    return p;
}

void *tb__arena_alloc(struct arena *a, size_t count, size_t size)
{
    void *p = tb__arena_room(a, count, size);

    return p ? memset(p, 0, count * size) : NULL;
}
