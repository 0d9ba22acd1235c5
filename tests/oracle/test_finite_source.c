/* A fixed number of callers who call, are served, and call again: fewer call while more are there. */
#include "oracle.h"

static tb_scenario *unit(const struct queueing *q, const char *between)
{
    tb_scenario *s = unit_of(q->workers);

    add(s, "services.call");
    put(s, "services.call.arrival", "finite");
    put(s, "services.call.population", "%d", q->callers);
    put(s, "services.call.between_minutes", between, 1 / q->rate);
    put(s, "services.call.minutes", "exponential(mean=%.17g)", q->mean);
    put(s, "services.call.room", "%d", q->room);
    return s;
}

static const char exponential[] = "exponential(mean=%.17g)";

static double wait(const struct queueing *q)
{
    return mean_of(q, waiting_of) / rate_in(q);
}

static double busy(const struct queueing *q)
{
    return mean_of(q, busy_of) / q->workers;
}

Test(finite_source, twelve_callers)
{
    static const struct queueing right = {1 / 60., 15, 3, .callers = 12},
                                 longer = {1 / 60., 15.75, 3, .callers = 12},
                                 rarer = {1 / 63., 15, 3, .callers = 12};
    struct trial t = {.name = "M/M/3//12"};

    try_unit(&t, "", unit(&right, exponential));
    try_unit(&t, "services 5 % longer", unit(&longer, exponential));
    try_unit(&t, "5 % more between calls", unit(&rarer, exponential));
    run_trial(&t, 60, 30, 1);
    expect_figure(&t, ratio_of, "citizen.calls.call", 10080 * rate_in(&right), 1,
                  10080 * rate_in(&longer));
    expect_figure(&t, ratio_of, "citizen.calls.call", 10080 * rate_in(&right), 2,
                  10080 * rate_in(&rarer));
    expect_figure(&t, ratio_of, "citizen.number.call", mean_of(&right, number_there), 1,
                  mean_of(&longer, number_there));
    expect_figure(&t, ratio_of, "citizen.wait.call", wait(&right), 1, wait(&longer));
    expect_figure(&t, ratio_of, "citizen.wait.call", wait(&right), 2, wait(&rarer));
    expect_figure(&t, ratio_of, "time.direct_share", busy(&right), 1, busy(&longer));
    end_trial(&t);
}

/* With somebody free at any time, only means matter. */
Test(finite_source, a_worker_for_each)
{
    static const struct queueing q = {1 / 60., 15, 12, .callers = 12};
    struct trial t = {.name = "M/M/12//12, constant"};

    try_unit(&t, "", unit(&q, "%.17g"));
    run_trial(&t, 40, 8, 1);
    expect_agreement(&t, ratio_of, "citizen.calls.call", 10080 * 12 / 75.);
    expect_agreement(&t, ratio_of, "citizen.number.call", 12 * 15 / 75.);
    end_trial(&t);
}

/* Who is turned away thinks again and calls later. */
Test(finite_source, little_room)
{
    static const struct queueing q = {1 / 60., 15, 2, .callers = 9, .room = 4};
    struct queueing p = q;
    struct chain c;
    struct trial t = {.name = "M/M/2/4//9"};
    double calls = 0, lost = 0, sum = 0;

    p.room = 0;
    c = chain_of(&p);
    for (int n = 0; n <= q.room; n++) {
        sum += c.p[n];
        calls += c.p[n] * birth(&q, n);
        lost += n == q.room ? c.p[n] * birth(&q, n) : 0;
    }
    try_unit(&t, "", unit(&q, exponential));
    run_trial(&t, 40, 20, 1);
    expect_agreement(&t, ratio_of, "citizen.lost.call", lost / calls);
    expect_agreement(&t, ratio_of, "citizen.calls.call", 10080 * calls / sum);
    end_trial(&t);
}
