/* What minutes buy. */
#include <criterion/criterion.h>

#include "model/bought.h"

Test(bought, the_share_is_that_of_the_reference)
{
    cr_expect_float_eq(tb__bought(0.3, 15, 15), 0.3, 1e-9);
    cr_expect_float_eq(tb__bought(-0.3, 15, 15), -0.3, 1e-9);
    cr_expect_float_eq(tb__bought(0.5, 30, 15), 0.75, 1e-9);
    cr_expect_float_eq(tb__bought(0.99, 7.5, 15), 0.9, 1e-9);
}

Test(bought, nothing_is_bought_with_nothing)
{
    for (int i = 0; i <= 99; i++) {
        cr_expect_eq(tb__bought(i / 100.0, 0, 20), 0);
        cr_expect_lt(tb__bought(i / 100.0, 0.001, 20), 0.00025);
    }
    cr_expect_eq(tb__bought(0, 480, 20), 0);
}

/* More minutes bring more, each of them less, and never all. */
Test(bought, it_grows_and_saturates)
{
    double before = 0, grew = 1;

    for (int minutes = 1; minutes <= 60; minutes++) {
        const double now = tb__bought(0.4, minutes, 20);

        cr_expect(now > before && now < 1 && now - before < grew, "%d", minutes);
        grew = now - before;
        before = now;
    }
}
