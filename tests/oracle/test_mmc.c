/* M/M/c: calls at random, exponential work, several workers. */
#include "oracle.h"

struct queue {
    double rate, mean;
    int workers;
};

static tb_scenario *unit(struct queue q)
{
    const struct work w = {q.rate, q.mean, 1};
    tb_scenario *s = unit_of(q.workers);

    add_service(s, "call", &w);
    return s;
}

static double wait(struct queue q)
{
    return mmc_wait(q.rate, q.mean, q.workers);
}

static double busy(struct queue q)
{
    return q.rate * q.mean / q.workers;
}

Test(mmc, wait_queue_and_utilisation)
{
    static const struct queue right = {.3, 10, 4}, longer = {.3, 10.5, 4},
                              more = {.315, 10, 4};
    struct trial t = {.name = "M/M/4"};

    try_unit(&t, "", unit(right));
    try_unit(&t, "services 5 % longer", unit(longer));
    try_unit(&t, "5 % more calls", unit(more));
    run_trial(&t, 60, 16, 1);
    expect_figure(&t, ratio_of, "citizen.wait.call", wait(right), 1, wait(longer));
    expect_figure(&t, ratio_of, "citizen.wait.call", wait(right), 2, wait(more));
    expect_figure(&t, number_of, "citizen.wait.call", .3 * wait(right), 2,
                  .315 * wait(more));
    expect_figure(&t, ratio_of, "time.direct_share", busy(right), 1, busy(longer));
    expect_figure(&t, ratio_of, "citizen.calls.call", 10080 * .3, 2, 10080 * .315);
    end_trial(&t);
}

Test(mmc, four_nurses)
{
    static const struct queue right = {.25, 10, 4}, longer = {.25, 10.5, 4},
                              five = {.25, 10, 5};
    struct trial t = {.name = "four nurses"};

    try_unit(&t, "", unit(right));
    try_unit(&t, "services 5 % longer", unit(longer));
    try_unit(&t, "a fifth nurse", unit(five));
    run_trial(&t, 50, 16, 1);
    expect_figure(&t, ratio_of, "citizen.wait.call", wait(right), 1, wait(longer));
    expect_figure(&t, ratio_of, "citizen.wait.call", wait(right), 2, wait(five));
    end_trial(&t);
}

Test(mmc, five_nurses)
{
    static const struct queue right = {.25, 10, 5}, longer = {.25, 10.5, 5};
    struct trial t = {.name = "five nurses"};

    try_unit(&t, "", unit(right));
    try_unit(&t, "services 5 % longer", unit(longer));
    run_trial(&t, 60, 16, 1);
    expect_figure(&t, ratio_of, "citizen.wait.call", wait(right), 1, wait(longer));
    end_trial(&t);
}

/* Chance of a wait, and of one beyond ten minutes: exponential from where it begins. */
static double waits_beyond(struct queue q, double minutes)
{
    return erlang_c(q.rate * q.mean, q.workers) *
           exp(-(q.workers / q.mean - q.rate) * minutes);
}

Test(mmc, waits_at_all_and_long_waits)
{
    static const struct queue right = {.3, 10, 4}, longer = {.3, 10.5, 4};
    struct trial t = {.name = "M/M/4"};

    try_unit(&t, "", unit(right));
    try_unit(&t, "services 5 % longer", unit(longer));
    for (int i = 0; i < 2; i++)
        put(t.unit[i], "services.call.wait_limit_minutes", "10");
    run_trial(&t, 60, 16, 1);
    expect_figure(&t, ratio_of, "citizen.waited.call", waits_beyond(right, 0), 1,
                  waits_beyond(longer, 0));
    expect_figure(&t, ratio_of, "citizen.long_waits.call", waits_beyond(right, 10), 1,
                  waits_beyond(longer, 10));
    expect_figure(&t, ratio_of, "citizen.queue.call", .3 * wait(right), 1,
                  .3 * wait(longer));
    end_trial(&t);
}

/* Somebody is served, and somebody waits: a load, and the chance of a wait times that load, which is the
 * chance of more calls than workers. */
Test(mmc, busy_and_waited_for)
{
    static const struct queue right = {.3, 10, 4}, longer = {.3, 10.5, 4};
    const double waited = erlang_c(3, 4) * .75, faulty = erlang_c(3.15, 4) * .7875;
    struct trial t = {.name = "M/M/4"};

    try_unit(&t, "", unit(right));
    try_unit(&t, "services 5 % longer", unit(longer));
    for (int i = 0; i < 2; i++)
        put(t.unit[i], "staff.worker.role", "clerk");
    run_trial(&t, 60, 16, 1);
    expect_figure(&t, ratio_of, "time.busy_share.role.clerk", .75, 1, .7875);
    expect_figure(&t, ratio_of, "time.waited_for_share.role.clerk", waited, 1, faulty);
    end_trial(&t);
}

/* Light load and heavy, seconds of work and hours, one worker and many. */
Test(mmc, any_number_of_workers)
{
    static const struct {
        const char *name;
        struct queue queue;
        int replications, weeks, warmup;
    } cases[] = {
        {"M/M/1", {.05, 10, 1}, 40, 30, 1},
        {"M/M/1, busy", {.016, 50, 1}, 40, 400, 4},
        {"M/M/2", {.1, 15, 2}, 40, 50, 1},
        {"M/M/3, seconds", {4, .6, 3}, 40, 3, 1},
        {"M/M/5, hours", {.02, 200, 5}, 40, 500, 4},
        {"M/M/8", {.7, 10, 8}, 40, 32, 1},
        {"M/M/20", {1.8, 10, 20}, 40, 24, 1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial t = {.name = cases[i].name};

        try_unit(&t, "", unit(cases[i].queue));
        run_trial(&t, cases[i].replications, cases[i].weeks, cases[i].warmup);
        expect_agreement(&t, ratio_of, "citizen.wait.call", wait(cases[i].queue));
        end_trial(&t);
    }
}
