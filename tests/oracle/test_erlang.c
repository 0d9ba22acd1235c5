/* Calls that are lost when there is no room, and calls that leave when nobody comes: chains of births
 * and deaths. */
#include "oracle.h"

static tb_scenario *unit(const struct queueing *q)
{
    const struct work w = {q->rate, q->mean, 1};
    tb_scenario *s = unit_of(q->workers);

    add_service(s, "call", &w);
    put(s, "services.call.room", "%d", q->room);
    if (q->patience > 0)
        put(s, "services.call.patience", "exponential(mean=%.17g)", q->patience);
    return s;
}

static double lost(const struct queueing *q)
{
    return chance_of(q, q->room);
}

Test(erlang, lost_without_a_queue)
{
    static const struct queueing right = {.3, 10, 4, .room = 4},
                                 longer = {.3, 10.5, 4, .room = 4},
                                 roomier = {.3, 10, 4, .room = 5};
    struct trial t = {.name = "Erlang B"};

    try_unit(&t, "", unit(&right));
    try_unit(&t, "services 5 % longer", unit(&longer));
    try_unit(&t, "room for one to wait", unit(&roomier));
    run_trial(&t, 60, 8, 1);
    expect_figure(&t, ratio_of, "citizen.lost.call", lost(&right), 1, lost(&longer));
    expect_figure(&t, ratio_of, "citizen.lost.call", lost(&right), 2, lost(&roomier));
    expect_figure(&t, ratio_of, "citizen.unserved_hours.call",
                  168 * .3 * 10 * lost(&right), 1, 168 * .3 * 10.5 * lost(&longer));
    end_trial(&t);
}

/* Insensitivity: only the mean of the work matters (Sevastyanov 1957). */
Test(erlang, lost_whatever_the_law)
{
    static const struct queueing right = {.3, 10, 4, .room = 4},
                                 longer = {.3, 10.5, 4, .room = 4};
    struct trial t = {.name = "Erlang B, lognormal"};

    for (int i = 0; i < 2; i++) {
        try_unit(&t, "services 5 % longer", unit(i ? &longer : &right));
        put(t.unit[i], "services.call.minutes", "lognormal(mean=%g, cv=1.5)",
            i ? 10.5 : 10.);
    }
    run_trial(&t, 60, 8, 1);
    expect_figure(&t, ratio_of, "citizen.lost.call", lost(&right), 1, lost(&longer));
    end_trial(&t);
}

Test(erlang, little_room)
{
    static const struct queueing right = {.09, 10, 1, .room = 5},
                                 longer = {.09, 10.5, 1, .room = 5},
                                 larger = {.09, 10, 1, .room = 6};
    struct trial t = {.name = "M/M/1/5"};

    try_unit(&t, "", unit(&right));
    try_unit(&t, "services 5 % longer", unit(&longer));
    try_unit(&t, "room for one more", unit(&larger));
    run_trial(&t, 60, 40, 1);
    expect_figure(&t, ratio_of, "citizen.lost.call", lost(&right), 1, lost(&longer));
    expect_figure(&t, ratio_of, "citizen.number.call", mean_of(&right, number_there), 1,
                  mean_of(&longer, number_there));
    expect_figure(&t, ratio_of, "citizen.number.call", mean_of(&right, number_there), 2,
                  mean_of(&larger, number_there));
    end_trial(&t);
}

static double wait_of_all(const struct queueing *q)
{
    return mean_of(q, waiting_of) / q->rate;
}

Test(erlang, patience_that_runs_out)
{
    static const struct queueing right = {.5, 10, 5, .patience = 30},
                                 longer = {.5, 10.5, 5, .patience = 30},
                                 patient = {.5, 10, 5, .patience = 31.5};
    struct trial t = {.name = "M/M/5+M"};

    try_unit(&t, "", unit(&right));
    try_unit(&t, "services 5 % longer", unit(&longer));
    try_unit(&t, "5 % more patience", unit(&patient));
    run_trial(&t, 100, 30, 1);
    expect_figure(&t, ratio_of, "citizen.waited.call", chance_of(&right, 5), 1,
                  chance_of(&longer, 5));
    expect_figure(&t, ratio_of, "citizen.abandoned.call", abandoned_share(&right), 1,
                  abandoned_share(&longer));
    expect_figure(&t, ratio_of, "citizen.abandoned.call", abandoned_share(&right), 2,
                  abandoned_share(&patient));
    expect_figure(&t, ratio_of, "citizen.wait.call", wait_of_all(&right), 1,
                  wait_of_all(&longer));
    expect_figure(&t, ratio_of, "citizen.wait.call", wait_of_all(&right), 2,
                  wait_of_all(&patient));
    expect_figure(&t, ratio_of, "citizen.queue.call", mean_of(&right, waiting_of), 1,
                  mean_of(&longer, waiting_of));
    expect_figure(&t, ratio_of, "citizen.number.call", mean_of(&right, number_there), 1,
                  mean_of(&longer, number_there));
    end_trial(&t);
}

/* Far beyond what there are people for: those who leave keep it steady. */
Test(erlang, overload_with_patience_and_room)
{
    static const struct queueing q = {.8, 10, 5, .room = 12, .patience = 20};
    struct trial t = {.name = "M/M/5/12+M, overload"};

    try_unit(&t, "", unit(&q));
    run_trial(&t, 40, 8, 1);
    expect_agreement(&t, ratio_of, "citizen.lost.call", lost(&q));
    expect_agreement(&t, ratio_of, "citizen.number.call", mean_of(&q, number_there));
    expect_agreement(&t, ratio_of, "citizen.abandoned.call",
                     mean_of(&q, waiting_of) / 20 / .8);
    expect_agreement(&t, ratio_of, "time.direct_share", mean_of(&q, busy_of) / 5);
    end_trial(&t);
}
