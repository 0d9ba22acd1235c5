/* kernel/queue: against a naive model under random operations; ties, limits, failure. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "faulty.h"
#include "kernel/queue.h"
#include "kernel/stream.h"

enum { MOST_SLOTS = 70 };

struct model {
    tb_time due[MOST_SLOTS];
    int slots;
};

static tb_time model_next(const struct model *m, int *slot)
{
    tb_time first = TB__NEVER;

    for (int i = 0; i < m->slots; i++)
        if (m->due[i] < first) {
            first = m->due[i];
            *slot = i;
        }
    return first;
}

static void expect_equal(const struct queue *q, const struct model *m)
{
    int slot = -1, expected = -1;
    tb_time time = tb__queue_next(q, &slot);

    time = time == TB__NEVER >> q->bits ? TB__NEVER : time;
    cr_assert_eq(time, model_next(m, &expected));
    if (time != TB__NEVER)
        cr_assert_eq(slot, expected, "slot %d, not %d of %d", slot, expected, m->slots);
}

/* A jumble of insertions, moves, cancellations and removals of the first; times from a small set
 * so that ties abound. */
static void compare(struct arena *a, int slots, uint64_t seed)
{
    struct model m = {{0}, slots};
    struct queue q;

    tb__arena_reset(a);
    cr_assert_eq(tb__queue_init(&q, a, slots), 0);
    for (int i = 0; i < slots; i++)
        m.due[i] = TB__NEVER;
    expect_equal(&q, &m);
    for (uint64_t step = 0; step < 2000; step++) {
        const uint64_t x = tb__mix(seed << 32 | step);
        int slot = (int)(x % (uint64_t)slots);
        tb_time time = (tb_time)(x >> 32 & 15);

        if (x >> 48 & 1)
            time *= INT64_C(1) << 45; /* far beyond any horizon */
        if ((x >> 50 & 3) == 0) {
            time = TB__NEVER;
            tb__queue_cancel(&q, slot);
        } else if ((x >> 50 & 3) == 1) {
            if (model_next(&m, &slot) == TB__NEVER)
                continue;
            time = TB__NEVER;
            tb__queue_cancel(&q, slot);
        } else {
            tb__queue_set(&q, slot, time);
        }
        m.due[slot] = time;
        expect_equal(&q, &m);
        cr_assert_eq(tb__queue_due(&q, slot), time);
    }
}

Test(queue, agrees_with_a_naive_model)
{
    struct arena a;

    tb__arena_init(&a);
    for (int slots = 1; slots <= MOST_SLOTS; slots++)
        for (uint64_t seed = 0; seed < 4; seed++)
            compare(&a, slots, seed * 1000 + (uint64_t)slots);
    tb__arena_clear(&a);
}

Test(queue, ties_go_to_the_lower_slot_and_removal_sorts)
{
    struct arena a;
    struct queue q;
    int slot;

    tb__arena_init(&a);
    cr_assert_eq(tb__queue_init(&q, &a, 1000), 0);
    for (int i = 999; i >= 0; i--)
        tb__queue_set(&q, i, 7 * (i % 3));
    for (int rank = 0; rank < 1000; rank++) {
        const int expected = rank < 334   ? 3 * rank
                             : rank < 667 ? 3 * (rank - 334) + 1
                                          : 3 * (rank - 667) + 2;
        cr_assert_eq(tb__queue_next(&q, &slot), 7 * (expected % 3));
        cr_assert_eq(slot, expected);
        tb__queue_cancel(&q, slot);
    }
    cr_assert_eq(tb__queue_next(&q, &slot), TB__NEVER >> q.bits);
    tb__arena_clear(&a);
}

Test(queue, the_latest_time_that_is_allowed_comes_before_never)
{
    struct arena a;

    tb__arena_init(&a);
    for (int slots = 1; slots <= 1 << 20; slots *= 4) {
        struct queue q;
        tb_time latest;
        int slot;

        cr_assert_eq(tb__queue_init(&q, &a, slots), 0);
        cr_assert_eq(1 << q.bits, q.leaves);
        cr_assert_geq(q.leaves, slots);
        latest = (INT64_C(1) << (62 - q.bits)) - 1;
        tb__queue_set(&q, slots - 1, latest);
        cr_assert_eq(tb__queue_next(&q, &slot), latest);
        cr_assert_eq(slot, slots - 1);
    }
    tb__arena_clear(&a);
}

Test(queue, without_room_it_says_so)
{
    struct arena a;
    struct queue q;

    tb__arena_init(&a);
    faulty_start(0, 0);
    cr_assert_eq(tb__queue_init(&q, &a, 10), -1);
    faulty_start(-1, 0);
    cr_assert_eq(tb__queue_init(&q, &a, 10), 0);
    tb__arena_clear(&a);
}
