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

Test(textbook, calls_that_leave_or_are_lost)
{
    static const struct queueing lost = {.3, 10, 4, .room = 4},
                                 short_of_room = {.09, 10, 1, .room = 5},
                                 impatient = {.5, 10, 5, .patience = 30};

    EXPECT_NEAR(chance_of(&lost, 4), .206107, 6);
    EXPECT_NEAR(chance_of(&lost, 4), erlang_b(3, 4), 12);
    EXPECT_NEAR(chance_of(&short_of_room, 5), .126023, 6);
    EXPECT_NEAR(mean_of(&short_of_room, number_there), 2.194782, 6);
    EXPECT_NEAR(chance_of(&impatient, 5), .675105, 6);
    EXPECT_NEAR(abandoned_share(&impatient), .129420, 6);
    EXPECT_NEAR(mean_of(&impatient, waiting_of), 1.941296, 6);
    EXPECT_NEAR(mean_of(&impatient, waiting_of) / .5, 3.882591, 6);
}

Test(textbook, finite_source)
{
    static const struct queueing q = {1 / 60., 15, 3, .callers = 12};

    EXPECT_NEAR(rate_in(&q), .150460, 6);
    EXPECT_NEAR(mean_of(&q, number_there), 2.972428, 6);
    EXPECT_NEAR(mean_of(&q, waiting_of) / rate_in(&q), 4.755660, 6);
    EXPECT_NEAR(mean_of(&q, busy_of) / 3, .752298, 6);
}

Test(textbook, vacations)
{
    static const struct work w = {.1, 6, .5};

    EXPECT_NEAR(vacations_wait(&w, 20, 400), 15.625, 9);
    EXPECT_NEAR(vacations_wait(&w, 20, 800), 25.625, 9);
    EXPECT_NEAR(single_vacation_wait(&w, 20), 22.767857, 6);
    EXPECT_NEAR(gathered_wait(&w, 5), 25.625, 9);
    EXPECT_NEAR(gathered_cycle(&w, 5), 125, 9);
}

Test(textbook, as_many_servers_as_it_takes)
{
    EXPECT_NEAR(poisson_up_to(9, 5), .115691, 6);
    EXPECT_NEAR(periodic_number(.2, .1, 45, 360), 13.332951, 6);
    EXPECT_NEAR(periodic_number(.2, .1, 45, 480), 13.177832, 6);
    EXPECT_NEAR(periodic_number(.2, .1, 45, 1080), 4.667049, 6);
    EXPECT_NEAR(number_from_empty(.2, .1, 45, 60), 7.151554, 6);
}

Test(textbook, from_empty)
{
    static const double a[] = {0, 2, 3, 7, 8, 8, 15}, s[] = {5, 1, 4, 2, 1, 3, 2},
                        expected[] = {0, 3, 3, 3, 4, 5, 1};
    double w[7];

    EXPECT_NEAR(first_waits(1, .9, 25), 2.124489, 6);
    EXPECT_NEAR(first_waits(1, .5, 25), .420813, 6);
    lindley_waits(a, s, 7, w);
    for (int i = 0; i < 7; i++)
        EXPECT_NEAR(w[i], expected[i], 12);
    EXPECT_NEAR(a[6] + w[6] + s[6], 18, 12);
}

Test(textbook, queues_in_a_row)
{
    EXPECT_NEAR(mm1_sojourn(.05, 10) + mm1_sojourn(.05, 12.5), 53.333333, 6);
}

Test(textbook, who_comes)
{
    static const double even[] = {1 / 6., 1 / 6., 1 / 6., 1 / 6., 1 / 6., 1 / 6.},
                        uneven[] = {.5, .2, .15, .1, .05};

    EXPECT_NEAR(distinct_carers(even, 6, 20), 5.843496, 6);
    EXPECT_NEAR(same_carer(even, 6), .166667, 6);
    EXPECT_NEAR(usual_share(even, 6, 20), .289547, 6);
    EXPECT_NEAR(distinct_carers(uneven, 5, 20), 4.469648, 6);
    EXPECT_NEAR(same_carer(uneven, 5), .325, 9);
}

Test(textbook, who_is_well)
{
    EXPECT_NEAR(8 * up_share(60, 6), 7.272727, 6);
    EXPECT_NEAR(well_up_to(up_share(60, 6), 8, 6), .160287, 6);
    EXPECT_NEAR(well_after(60, 6, 10), .923625, 6);
}
