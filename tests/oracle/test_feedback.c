/* Failure demand: who is served comes again at once with probability p. */
#include "oracle.h"

struct demand {
    double rate, mean, again;
};

static tb_scenario *unit(struct demand d, int workers)
{
    const struct work w = {d.rate, d.mean, 1};
    tb_scenario *s = unit_of(workers);

    add_service(s, "call", &w);
    put(s, "services.call.return_probability", "%.17g", d.again);
    return s;
}

static double sojourn(struct demand d)
{
    return feedback_sojourn(d.rate, d.mean, d.again);
}

static double services(struct demand d)
{
    return 1 / (1 - d.again);
}

Test(feedback, one_worker)
{
    static const struct demand right = {.06, 10, .25}, longer = {.06, 10.5, .25},
                               worse = {.06, 10, .2625};
    struct trial t = {.name = "returns"};

    try_unit(&t, "", unit(right, 1));
    try_unit(&t, "services 5 % longer", unit(longer, 1));
    try_unit(&t, "5 % more returns", unit(worse, 1));
    run_trial(&t, 60, 80, 2);
    expect_figure(&t, ratio_of, "citizen.sojourn.call", sojourn(right), 1, sojourn(longer));
    expect_figure(&t, ratio_of, "citizen.sojourn.call", sojourn(right), 2, sojourn(worse));
    expect_figure(&t, number_of, "citizen.sojourn.call", .06 * sojourn(right), 1,
                  .06 * sojourn(longer));
    expect_figure(&t, ratio_of, "citizen.services.call", services(right), 2,
                  services(worse));
    end_trial(&t);
}

/* A queue of exponential work has as many calls in it whether they return or are longer. */
Test(feedback, several_workers)
{
    static const struct demand d = {.2, 6, .5};
    struct trial t = {.name = "returns, 4 workers"};

    try_unit(&t, "", unit(d, 4));
    run_trial(&t, 40, 20, 1);
    expect_agreement(&t, ratio_of, "citizen.sojourn.call", 2 * (mmc_wait(.4, 6, 4) + 6));
    expect_agreement(&t, ratio_of, "citizen.wait.call", mmc_wait(.4, 6, 4));
    expect_agreement(&t, ratio_of, "citizen.services.call", services(d));
    end_trial(&t);
}

/* With somebody idle at any time nobody waits, whatever is written in between (M/G/infinity). */
Test(feedback, as_many_workers_as_it_takes)
{
    static const struct demand d = {.2, 6, .5};
    struct trial t = {.name = "returns, 50 workers"};
    tb_scenario *s = unit(d, 50);
    struct estimate wait;

    add(s, "obligations.note");
    put(s, "obligations.note.trigger", "call");
    put(s, "obligations.note.minutes", "20");
    try_unit(&t, "", s);
    run_trial(&t, 40, 8, 1);
    wait = ratio_of(&t, 0, "citizen.wait.call");
    cr_expect(wait.value >= 0 && wait.value < 1e-4, "mean wait %g", wait.value);
    expect_agreement(&t, ratio_of, "citizen.sojourn.call", d.mean * services(d));
    expect_agreement(&t, number_of, "citizen.sojourn.call", d.rate * d.mean * services(d));
    expect_agreement(&t, ratio_of, "time.records_share", d.rate * services(d) * 20 / 50);
    end_trial(&t);
}

/* Follow-ups: those who are served come back some time later with probability p. The queue has the rates
 * of one that nobody leaves for a while (Jackson 1957), whatever the law of that while is, and the
 * number of those outside is that of M/G/infinity. */
static tb_scenario *followed_up(struct demand d, double later)
{
    tb_scenario *s = unit(d, 3);

    put(s, "services.call.then_after_minutes", "gamma(mean=%.17g, cv=1.5)", later);
    return s;
}

Test(feedback, some_time_later)
{
    static const struct demand right = {.15, 10, .3}, worse = {.15, 10, .315};
    const double outside = .15 * .3 / .7 * 600, more = .15 * .315 / .685 * 600;
    const double rate = .15 / .7, faster = .15 / .685;
    struct trial t = {.name = "follow-ups, 3 workers"};

    try_unit(&t, "", followed_up(right, 600));
    try_unit(&t, "5 % more of them", followed_up(worse, 600));
    try_unit(&t, "5 % later", followed_up(right, 630));
    run_trial(&t, 60, 60, 2);
    expect_figure(&t, ratio_of, "citizen.wait.call", mmc_wait(rate, 10, 3), 1,
                  mmc_wait(faster, 10, 3));
    expect_figure(&t, ratio_of, "citizen.number.call", rate * (mmc_wait(rate, 10, 3) + 10),
                  1, faster * (mmc_wait(faster, 10, 3) + 10));
    expect_figure(&t, ratio_of, "citizen.services.call", services(right), 1,
                  services(worse));
    expect_figure(&t, ratio_of, "citizen.later.call", outside, 1, more);
    expect_figure(&t, ratio_of, "citizen.later.call", outside, 2, 1.05 * outside);
    end_trial(&t);
}
