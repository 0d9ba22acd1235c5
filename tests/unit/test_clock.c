/* kernel/clock: minutes, days, weekdays. */
#include <criterion/criterion.h>
#include <math.h>

#include "kernel/clock.h"

Test(clock, minutes_become_the_nearest_millisecond_halves_up)
{
    static const struct {
        double minutes;
        tb_time time;
    } cases[] = {
        {0, 0},
        {1, 60000},
        {1.5, 90000},
        {0.5 / 60000, 1},
        {0.49 / 60000, 0},
        {1.0 / 3, 20000},
        {10080, TB__WEEK},
        {1440, TB__DAY},
        {60, TB__HOUR},
        {15, TB__QUARTER},
        {1e11, 6000000000000000},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_assert_eq(tb__minutes(cases[i].minutes), cases[i].time, "%g minutes",
                     cases[i].minutes);
    for (tb_time t = 0; t < 10 * TB__WEEK; t += 77777)
        cr_assert_eq(tb__minutes((double)t / 60000.0), t, "%lld ms there and back",
                     (long long)t);
}

Test(clock, days_are_half_open_and_the_first_is_a_monday)
{
    cr_assert_eq(tb__day_of(0), 0);
    cr_assert_eq(tb__day_of(TB__DAY - 1), 0);
    cr_assert_eq(tb__day_of(TB__DAY), 1);
    for (int64_t day = 0; day < 100; day++) {
        cr_assert_eq(tb__weekday(day), (int)(day - day / 7 * 7));
        cr_assert_eq(tb__weekday(day), tb__weekday(day + 7 * 52));
    }
    cr_assert_eq(tb__weekday(tb__day_of(TB__WEEK - 1)), 6);
}
