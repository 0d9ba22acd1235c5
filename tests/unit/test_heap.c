/* kernel/heap: against a naive model under random operations; ties, growth, failure. */
#include <criterion/criterion.h>

#include "faulty.h"
#include "kernel/heap.h"
#include "kernel/stream.h"

enum { MOST = 200, STEPS = 20000 };

struct model {
    tb_time time[MOST]; /* TB__NEVER: not in the heap */
    int64_t order[MOST];
};

static tb_time model_first(const struct model *m, int *id)
{
    tb_time first = TB__NEVER;
    int64_t order = 0;

    for (int i = 0; i < MOST; i++)
        if (m->time[i] < first ||
            (m->time[i] == first && first < TB__NEVER && m->order[i] < order)) {
            first = m->time[i];
            order = m->order[i];
            *id = i;
        }
    return first;
}

static void expect_equal(const struct heap *h, const struct model *m)
{
    int id = -1, expected = -1;

    cr_assert_eq(tb__heap_first(h, &id), model_first(m, &expected));
    cr_assert_eq(id, expected);
}

Test(heap, agrees_with_a_list)
{
    struct arena a;
    struct heap h = {0};
    struct model m;
    int room = 8;

    tb__arena_init(&a);
    cr_assert_eq(tb__heap_room(&h, &a, room), 0);
    for (int i = 0; i < MOST; i++)
        m.time[i] = TB__NEVER;
    for (int64_t step = 0; step < STEPS; step++) {
        const uint64_t bits = tb__mix((uint64_t)step);
        const int id = (int)(bits % (uint64_t)room);

        if (m.time[id] == TB__NEVER) {
            m.time[id] = (tb_time)(bits >> 40 & 31); /* ties abound */
            m.order[id] = bits >> 60 & 1 ? step : -step;
            tb__heap_put(&h, id, m.time[id], m.order[id]);
        } else {
            m.time[id] = TB__NEVER;
            tb__heap_remove(&h, id);
        }
        tb__heap_remove(&h, (id + 1) % room); /* in it or not */
        m.time[(id + 1) % room] = TB__NEVER;
        expect_equal(&h, &m);
        if (step % 400 == 0 && room < MOST) {
            room = room * 2 < MOST ? room * 2 : MOST;
            cr_assert_eq(tb__heap_room(&h, &a, room), 0);
            expect_equal(&h, &m);
        }
    }
    tb__arena_clear(&a);
}

Test(heap, comes_out_in_order)
{
    struct arena a;
    struct heap h = {0};
    tb_time last = -1;
    int64_t last_order = -1;
    int id = -1;

    tb__arena_init(&a);
    cr_assert_eq(tb__heap_room(&h, &a, MOST), 0);
    for (int i = 0; i < MOST; i++)
        tb__heap_put(&h, i, (tb_time)(tb__mix((uint64_t)i) % 40), i);
    for (int i = 0; i < MOST; i++) {
        const tb_time time = tb__heap_first(&h, &id);

        cr_assert(time > last || (time == last && id > last_order), "%d", i);
        last = time;
        last_order = id;
        tb__heap_remove(&h, id);
    }
    cr_assert_eq(tb__heap_first(&h, &id), TB__NEVER);
    tb__arena_clear(&a);
}

Test(heap, has_no_room_without_memory)
{
    struct arena a;
    struct heap h = {0};

    tb__arena_init(&a);
    faulty_start(0, 0);
    cr_assert_eq(tb__heap_room(&h, &a, 10), -1);
    faulty_start(-1, 0);
    tb__arena_clear(&a);
}
