/* As many workers as it takes: the number of calls that are there is Poisson, also when they come at
 * a rate that follows the hour. Counted in the log: with somebody idle at any time, each call is one
 * stretch of care. */
#include "logs.h"

enum { ENOUGH = 40 };

static tb_scenario *unit(double per_minute, const char *minutes, double mean)
{
    const struct work w = {per_minute, 1, 0};
    tb_scenario *s = unit_of(ENOUGH);

    add_service(s, "call", &w);
    put(s, "services.call.minutes", minutes, mean);
    return s;
}

struct counts {
    struct sample number, few;
};

static void count(int number, void *data)
{
    struct counts *c = data;

    cr_assert_lt(number, ENOUGH);
    take(&c->number, number);
    take(&c->few, number <= 5);
}

/* So far apart that hardly a call is there twice. */
static struct counts counts_of(const tb_scenario *s)
{
    struct counts c = {{0, 0, 0}, {0, 0, 0}};

    for (int i = 0; i < 3; i++) {
        struct stretches care = lived(s, i, 500, 1, "care_needed");

        number_at(&care, 100, 180, 500, count, &c);
        free(care.item);
    }
    return c;
}

Test(infinite, any_law_of_work)
{
    static const char *const laws[] = {"exponential(mean=%g)", "%g"};

    for (int i = 0; i < 2; i++) {
        tb_scenario *right = unit(.2, laws[i], 45), *longer = unit(.2, laws[i], 47.25);
        const struct counts c = counts_of(right), f = counts_of(longer);

        expect_gate(laws[i], "mean", mean_of_sample(&c.number), 9, "work 5 % longer",
                    mean_of_sample(&f.number), 9.45);
        expect_gate(laws[i], "P(N <= 5)", mean_of_sample(&c.few), poisson_up_to(9, 5),
                    "work 5 % longer", mean_of_sample(&f.few), poisson_up_to(9.45, 5));
        tb_scenario_free(right);
        tb_scenario_free(longer);
    }
}

/* A day whose rate is a sine: half-hours at the mean of each. Those from `hours` on are silent. */
static tb_scenario *sine(double level, double swing, double hours)
{
    const double turn = 8 * atan(1) / 48;
    tb_scenario *s = unit(level, "exponential(mean=%g)", 45);
    char profile[48 * 24], *at = profile;

    for (int i = 0; i < 48; i++)
        at += sprintf(at, " %.12g",
                      i < 2 * hours
                          ? 1 + swing / level * (cos(turn * i) - cos(turn * (i + 1))) / turn
                          : 0);
    put(s, "services.call.profile", "%s", profile);
    return s;
}

static void take_number(int number, void *data)
{
    cr_assert_lt(number, ENOUGH);
    take(data, number);
}

static struct estimate number_each_day(const tb_scenario *s, double minute)
{
    struct sample sample = {0, 0, 0};

    for (int i = 0; i < 2; i++) {
        struct stretches care = lived(s, i, 500, 1, "care_needed");

        number_at(&care, minute, 1440, 500, take_number, &sample);
        free(care.item);
    }
    return mean_of_sample(&sample);
}

Test(infinite, a_rate_that_follows_the_day)
{
    static const double minutes[] = {360, 480, 1080};
    tb_scenario *right = sine(.2, .1, 24), *more = sine(.21, .105, 24);

    for (int i = 0; i < 3; i++)
        expect_gate("sine", "mean", number_each_day(right, minutes[i]),
                    periodic_number(.2, .1, 45, minutes[i]), "5 % more calls",
                    number_each_day(more, minutes[i]),
                    periodic_number(.21, .105, 45, minutes[i]));
    tb_scenario_free(right);
    tb_scenario_free(more);
}

/* Nobody calls after the first hour: each day begins empty. */
Test(infinite, from_empty)
{
    tb_scenario *right = sine(.2, .1, 1), *more = sine(.21, .105, 1);

    expect_gate("sine, from empty", "mean at minute 60", number_each_day(right, 60),
                number_from_empty(.2, .1, 45, 60), "5 % more calls",
                number_each_day(more, 60), number_from_empty(.21, .105, 45, 60));
    tb_scenario_free(right);
    tb_scenario_free(more);
}
