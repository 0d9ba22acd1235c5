/* Visits that nobody has yet stand in the order in which they may begin. */
#include <criterion/criterion.h>

#include "model/unit.h"

enum { VISITS = 6 };

Test(open, visits_stand_in_order_of_their_windows)
{
    static const tb_time opens[VISITS] = {480, 540, 510, 480, 600, 450};
    static const int expected[VISITS] = {5, 0, 3, 2, 1, 4};
    const struct slot slot = {.lasts = 30};
    struct visit visit[VISITS];
    struct unit u = {.visit = visit, .open = NONE, .open_end = NONE};
    int at;

    for (int i = 0; i < VISITS; i++) {
        visit[i] = (struct visit){.slot = &slot, .opens = opens[i], .next = NONE};
        tb__offer(&u, i);
    }
    at = u.open;
    for (int i = 0; i < VISITS; i++, at = visit[at].next)
        cr_assert_eq(at, expected[i], "place %d holds visit %d", i, at);
    cr_expect_eq(at, NONE);
    cr_expect_eq(u.open_end, expected[VISITS - 1]);
}
