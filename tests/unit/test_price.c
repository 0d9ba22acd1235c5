/* model/price: the kernel for AVX2 chooses whom the plain one chooses, and both the cheapest. */
#include <criterion/criterion.h>

#include "kernel/stream.h"
#include "model/price.h"

enum { MOST = 96, PEOPLE = 400 };

/* Candidates and a wish, drawn by number; small ranges, so that prices tie and limits are met. */
struct day {
    int32_t worker[MOST], shift[MOST], role[MOST], client[MOST], memory[MOST];
    struct lanes lanes[MOST / LANES];
    uint32_t known[PEOPLE / 32 + LANES];
    int16_t last_visit[PEOPLE + PRICE_PAD];
    struct candidates c;
    struct wish w;
};

static int32_t below(uint64_t *state, uint32_t bound)
{
    *state = tb__mix(*state);
    return (int32_t)((uint32_t)(*state >> 32) % bound);
}

static void draw_day(struct day *d, uint64_t number, int n, int people)
{
    uint64_t s = number;

    d->c = (struct candidates){.n = n,
                               .worker = d->worker,
                               .shift = d->shift,
                               .role = d->role,
                               .client = d->client,
                               .memory = d->memory,
                               .lanes = d->lanes,
                               .known = d->known,
                               .people = people};
    for (int i = 0, begin = 0; i < n; i++) {
        if (i % LANES == 0) /* on every other day those of the same lanes have one shift */
            begin = number & 1 ? below(&s, 60000) : -1;
        tb__remembers(&d->c, i, below(&s, (uint32_t)people));
        TB__LANE(&d->c, free, i) = begin < 0 ? below(&s, 86400) : begin + below(&s, 1800);
        TB__LANE(&d->c, home, i) = !below(&s, 4) ? 0
                                   : begin < 0   ? 40000 + below(&s, 60000)
                                                 : begin + 27000;
        TB__LANE(&d->c, end, i) = TB__LANE(&d->c, home, i) - below(&s, 3) * 2000;
        TB__LANE(&d->c, owed, i) = below(&s, 3) * 1500;
        TB__LANE(&d->c, leg, i) = below(&s, 3) * 300;
        TB__LANE(&d->c, load, i) = (uint32_t)below(&s, 4) * 60;
    }
    tb__span_candidates(&d->c);
    for (int i = 0; i < n; i++) /* visits so far */
        TB__LANE(&d->c, free, i) += below(&s, 2) * below(&s, 7200);
    for (int i = 0; i < PEOPLE + PRICE_PAD; i++)
        d->last_visit[i] = (int16_t)(below(&s, 2) ? -30000 : below(&s, 60));
    d->w = (struct wish){.opens = below(&s, 86400),
                         .takes = 600 + below(&s, 3600),
                         .last_visit = d->last_visit,
                         .most_over = below(&s, 3) * 3600,
                         .travel = below(&s, 100),
                         .lateness = below(&s, 200),
                         .overtime = below(&s, 1000),
                         .known_since = below(&s, 60) - 20,
                         .continuity = below(&s, 2) * 60000};
    d->w.closes = d->w.opens + below(&s, 7200);
    tb__narrow(&d->c, &d->w);
}

#if TB__AVX2
Test(price, avx2_chooses_whom_the_plain_kernel_chooses)
{
    static const int people[] = {2, 31, 32, 33, 53, 64, 65, 255, 256, 257, PEOPLE};
    static struct day d;
    int chosen = 0;

    if (!__builtin_cpu_supports("avx2"))
        cr_skip_test("this machine has no AVX2");
    for (uint64_t number = 0; number < 20000; number++) {
        const int n = LANES * (1 + (int)(number % (MOST / LANES)));
        int plain;

        draw_day(&d, number, n, people[number % (sizeof people / sizeof *people)]);
        plain = tb__cheapest_plain(&d.c, &d.w);
        cr_assert_eq(tb__cheapest_avx2(&d.c, &d.w), plain, "day %d", (int)number);
        chosen += plain != NOBODY;
    }
    cr_assert_gt(chosen, 10000);
    cr_assert_lt(chosen, 19999);
}
#endif

/* Two who could come, by hand: 32nds of a second. */
static void expect(struct day *d, int first, const char *why)
{
    tb__span_candidates(&d->c);
    tb__narrow(&d->c, &d->w);
    cr_assert_eq(tb__cheapest(&d->c, &d->w), first, "%s", why);
    cr_assert_eq(tb__cheapest_plain(&d->c, &d->w), first, "%s", why);
}

Test(price, the_cheapest_is_who_it_should_be)
{
    static struct day d;

    d.c = (struct candidates){.n = LANES,
                              .worker = d.worker,
                              .shift = d.shift,
                              .role = d.role,
                              .client = d.client,
                              .memory = d.memory,
                              .lanes = d.lanes,
                              .known = d.known,
                              .people = 2};
    d.last_visit[0] = d.last_visit[1] = -30000;
    tb__remembers(&d.c, 0, 0);
    tb__remembers(&d.c, 1, 1);
    for (int i = 0; i < 2; i++) {
        TB__LANE(&d.c, free, i) = 30000;
        TB__LANE(&d.c, home, i) = TB__LANE(&d.c, end, i) = 50000;
        TB__LANE(&d.c, leg, i) = 300;
    }
    d.w = (struct wish){.opens = 32000,
                        .closes = 33000,
                        .takes = 1800,
                        .last_visit = d.last_visit,
                        .travel = 64,
                        .lateness = 128,
                        .overtime = 512,
                        .known_since = 10,
                        .continuity = 57600};
    expect(&d, 0, "the first of equals");
    TB__LANE(&d.c, leg, 0) = 301;
    expect(&d, 1, "the shorter leg");
    TB__LANE(&d.c, leg, 0) = 300;
    TB__LANE(&d.c, load, 0) = 1;
    expect(&d, 1, "the lighter load");
    d.last_visit[0] = 10;
    expect(&d, 0, "who knows the client");
    TB__LANE(&d.c, free, 0) = 33000 - 300 + 449;
    expect(&d, 0, "449 seconds late cost less than knowing is worth");
    TB__LANE(&d.c, free, 0)++;
    expect(&d, 1, "450 cost as much, and there is the load");
    TB__LANE(&d.c, load, 0) = 0;
    expect(&d, 0, "without it, the first of equals");
    TB__LANE(&d.c, free, 0)++;
    expect(&d, 1, "another second is too much");
    TB__LANE(&d.c, free, 1) = 50000;
    expect(&d, 0, "who is there when the shift ends cannot begin");
    TB__LANE(&d.c, end, 0) = 33451 + 1800 - 1;
    expect(&d, NOBODY, "no overtime is allowed");
    d.w.most_over = 1;
    expect(&d, 0, "one second is");
    TB__LANE(&d.c, owed, 0) = 1;
    expect(&d, NOBODY, "a record of another second does not fit");
    d.w.opens = 33452;
    TB__LANE(&d.c, end, 0)++;
    expect(&d, 0, "it does while the window is waited for");
}
