/* faulty.h: an allocator that fails when a test says so, and that counts what is not yet freed. */
#ifndef TESTS_UNIT_FAULTY_H
#define TESTS_UNIT_FAULTY_H

#include <stdlib.h>
#include <string.h>

#include "tidsbruk/status.h"

static struct {
    long left;     /* allocations that still succeed; negative: all do */
    int only_once; /* whether those after the failing one succeed again */
    long live;     /* blocks that were allocated and not released */
    long calls;
} faulty = {-1, 0, 0, 0};

static int faulty_fails(void)
{
    faulty.calls++;
    if (faulty.left < 0)
        return 0;
    if (faulty.left > 0) {
        faulty.left--;
        return 0;
    }
    if (faulty.only_once)
        faulty.left = -1;
    return 1;
}

/* Filled, and more than was asked for: nobody may count on zeros, nor on a string's end. */
static void *faulty_allocate(size_t size)
{
    void *p = faulty_fails() ? NULL : malloc(size + 8);

    faulty.live += p != NULL;
    return p ? memset(p, 0xa5, size + 8) : NULL;
}

static void *faulty_resize(void *p, size_t size)
{
    void *q = faulty_fails() ? NULL : realloc(p, size);

    faulty.live += !p && q;
    return q;
}

static void faulty_release(void *p)
{
    faulty.live -= p != NULL;
    free(p);
}

/* From now on the allocation after `successes` more fails: once, or that one and all after it. */
static void faulty_start(long successes, int only_once)
{
    faulty.left = successes;
    faulty.only_once = only_once;
    faulty.calls = 0;
    tb_set_allocator(faulty_allocate, faulty_resize, faulty_release);
}

#endif
