/* The formulas themselves, against numbers that were computed independently. */
#include <criterion/criterion.h>

#include "textbook.h"

#define EXPECT_NEAR(value, expected, digits)                       \
    cr_expect_float_eq(value, expected, 0.51 * pow(10, -(digits)), \
                       "%s is %.7f, not %.7f", #value, value, (double)(expected))

static const struct work classes[] = {{.02, 8, 1}, {.05, 6, .5}, {.03, 5, .57735026919}};

Test(textbook, several_servers)
{
    EXPECT_NEAR(erlang_b(3, 4), .206107, 6);
    EXPECT_NEAR(erlang_c(3, 4), .509434, 6);
    EXPECT_NEAR(mmc_wait(.3, 10, 4), 5.094340, 6);
    EXPECT_NEAR(.3 * mmc_wait(.3, 10, 4), 1.528302, 6);
    EXPECT_NEAR(erlang_c(3, 4) * exp(-(4 - 3) * 10 / 10.), .187410, 6);
    EXPECT_NEAR(mmc_wait(.25, 10, 4), 2.132378, 6);
    EXPECT_NEAR(mmc_wait(.25, 10, 5), .521485, 6);
    EXPECT_NEAR(mmc_wait(.05, 10, 1), 10, 12);
}

Test(textbook, one_server)
{
    const struct work mg1 = {.1, 6, 1.2}, md1 = {.1, 6, 0}, care = {.05, 10, 1};
    const struct work recorded = followed_by(care, 4, sqrt(.5));

    EXPECT_NEAR(mg1_wait(&mg1), 10.98, 9);
    EXPECT_NEAR(.1 * (mg1_wait(&mg1) + 6), 1.698, 9);
    EXPECT_NEAR(mg1_wait(&md1), 4.5, 9);
    EXPECT_NEAR(mg1_wait(&recorded), 25.333333, 6);
    EXPECT_NEAR(feedback_sojourn(.06, 10, .25), 66.666667, 6);
}

Test(textbook, priorities)
{
    static const double wait[] = {3.458333, 6.404321, 13.793922};
    static const double sojourn[] = {9.523810, 12.444885, 23.053181};

    EXPECT_NEAR(residual_of(classes, 3), 2.905, 9);
    for (int k = 0; k < 3; k++) {
        EXPECT_NEAR(cobham_wait(classes, 3, k), wait[k], 6);
        EXPECT_NEAR(preemptive_sojourn(classes, k), sojourn[k], 6);
    }
}

Test(textbook, priorities_of_several_servers_contain_those_of_one)
{
    static const struct work same[] = {{.02, 8, 1}, {.05, 8, 1}, {.03, 8, 1}};

    for (int k = 0; k < 3; k++) {
        EXPECT_NEAR(cobham_wait_of_many(same, 3, k, 1), cobham_wait(same, 3, k), 9);
        EXPECT_NEAR(preemptive_sojourn_of_many(same, k, 1), preemptive_sojourn(same, k), 9);
    }
}

Test(textbook, absence)
{
    EXPECT_NEAR(up_share(60, 6), .909091, 6);
    EXPECT_NEAR(pow(up_share(60, 6), 8), .466507, 6);
}
