/* kernel/arena: alignment, zeroed and separate objects, reuse without malloc, failures. */
#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "faulty.h"
#include "kernel/arena.h"

enum { OBJECTS = 500 };

/* Sizes from a byte to a few blocks' worth, in a jumble that is always the same. */
static size_t size_of(int i)
{
    const size_t small = (size_t)(i * 7919 % 3001);

    return i % 97 == 0 ? 200000 + small : small;
}

/* Fills an arena with objects that each hold their own number; what it saw wrong, or NULL. */
static const char *fill(struct arena *a)
{
    unsigned char *object[OBJECTS];

    for (int i = 0; i < OBJECTS; i++) {
        object[i] = tb__arena_alloc(a, 1, size_of(i));
        if (!object[i])
            return "no room";
        if ((uintptr_t)object[i] % 64)
            return "not aligned";
        for (size_t k = 0; k < size_of(i); k++)
            if (object[i][k])
                return "not zeroed";
        memset(object[i], i % 255 + 1, size_of(i));
    }
    for (int i = 0; i < OBJECTS; i++)
        for (size_t k = 0; k < size_of(i); k++)
            if (object[i][k] != i % 255 + 1)
                return "objects overlap";
    return NULL;
}

Test(arena, objects_are_aligned_zeroed_and_apart_and_a_reset_reuses_the_blocks)
{
    struct arena a;
    long calls;

    faulty_start(-1, 0);
    tb__arena_init(&a);
    cr_assert_eq(faulty.calls, 0, "an empty arena owns nothing");
    cr_assert_null(fill(&a), "%s", fill(&a));
    calls = faulty.calls;
    for (int round = 0; round < 3; round++) {
        const char *fault;
        tb__arena_reset(&a);
        fault = fill(&a);
        cr_assert_null(fault, "%s after a reset", fault);
    }
    cr_assert_eq(faulty.calls, calls, "a later replication met malloc");
    tb__arena_clear(&a);
    cr_assert_eq(faulty.live, 0);
}

Test(arena, blocks_grow_so_that_few_are_needed)
{
    struct arena a;

    faulty_start(-1, 0);
    tb__arena_init(&a);
    for (int i = 0; i < 10000; i++)
        cr_assert_not_null(tb__arena_alloc(&a, 100, 10));
    cr_assert_leq(faulty.calls, 10);
    tb__arena_clear(&a);
    tb__arena_clear(&a); /* harmless */
}

Test(arena, empty_objects_have_addresses_of_their_own)
{
    struct arena a;
    void *p, *q;

    tb__arena_init(&a);
    p = tb__arena_alloc(&a, 0, 8);
    q = tb__arena_alloc(&a, 8, 0);
    cr_assert(p && q && p != q);
    tb__arena_clear(&a);
}

Test(arena, impossible_sizes_are_refused_and_the_arena_stays_usable)
{
    const size_t sizes[][2] = {{SIZE_MAX, 1},           {1, SIZE_MAX},
                               {SIZE_MAX / 2, 2},       {SIZE_MAX / 4, 1},
                               {SIZE_MAX - 63, 1},      {SIZE_MAX / 8, 8},
                               {SIZE_MAX, SIZE_MAX},    {SIZE_MAX / 2 + 1, 2},
                               {SIZE_MAX / 16 + 2, 16}, {SIZE_MAX / 16, 15}};
    struct arena a;

    tb__arena_init(&a);
    cr_assert_not_null(tb__arena_alloc(&a, 1, 1)); /* a wrapped size would fit in its block */
    faulty_start(0, 0);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        cr_assert_null(tb__arena_alloc(&a, sizes[i][0], sizes[i][1]), "case %zu", i);
    faulty_start(-1, 0);
    cr_assert_not_null(tb__arena_alloc(&a, 1, 1));
    tb__arena_clear(&a);
}

Test(arena, each_failing_allocation_is_reported_and_leaks_nothing)
{
    for (int only_once = 0; only_once < 2; only_once++)
        for (long n = 0;; n++) {
            struct arena a;
            const char *fault;

            faulty_start(n, only_once);
            tb__arena_init(&a);
            fault = fill(&a);
            if (!fault) {
                cr_assert_geq(n, 3, "the filling takes several blocks");
                tb__arena_clear(&a);
                break;
            }
            cr_assert_str_eq(fault, "no room");
            faulty_start(-1, 0);
            tb__arena_reset(&a);
            cr_assert_null(fill(&a), "the arena is usable after a failure");
            tb__arena_clear(&a);
            cr_assert_eq(faulty.live, 0);
        }
}
