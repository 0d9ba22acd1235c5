/* A record written at once makes the worker's time with each call longer: M/G/1 on the sum. */
#include "oracle.h"

static const struct work calls = {.05, 10, 1};

static tb_scenario *unit(double record)
{
    tb_scenario *s = unit_of(1);

    add_service(s, "call", &calls);
    add(s, "obligations.note");
    put(s, "obligations.note.trigger", "call");
    put(s, "obligations.note.minutes", "gamma(mean=%.17g, cv=%.17g)", record, sqrt(.5));
    return s;
}

static tb_scenario *unit_that_postpones(void)
{
    tb_scenario *s = unit(4);

    put(s, "obligations.note.timing", "end_of_shift");
    return s;
}

static double wait(double record)
{
    const struct work both = followed_by(calls, record, sqrt(.5));

    return mg1_wait(&both);
}

Test(inline_record, wait_and_share)
{
    struct trial t = {.name = "records at once"};

    try_unit(&t, "", unit(4));
    try_unit(&t, "records 5 % longer", unit(4.2));
    try_unit(&t, "records at the end", unit_that_postpones());
    run_trial(&t, 60, 60, 1);
    expect_figure(&t, ratio_of, "citizen.wait.call", wait(4), 1, wait(4.2));
    expect_figure(&t, ratio_of, "citizen.wait.call", wait(4), 2, mg1_wait(&calls));
    expect_figure(&t, ratio_of, "citizen.sojourn.call", wait(4) + 10, 1, wait(4.2) + 10);
    expect_figure(&t, ratio_of, "time.records_share", .05 * 4, 1, .05 * 4.2);
    expect_figure(&t, ratio_of, "time.obligation.note", 10080 * .05 * 4, 1,
                  10080 * .05 * 4.2);
    end_trial(&t);
}

/* Three calls in ten need a talk as well. */
Test(inline_record, some_calls_only)
{
    const double often = .3, mean = 5, square = often * 2 * mean * mean;
    const double cv = sqrt(square / pow(often * mean, 2) - 1);
    const struct work w = {.1, 6, .5}, both = followed_by(w, often * mean, cv);
    struct trial t = {.name = "records of some calls"};
    tb_scenario *s = unit_of(1);

    add_service(s, "call", &w);
    add(s, "obligations.talk");
    put(s, "obligations.talk.trigger", "call");
    put(s, "obligations.talk.channel", "oral");
    put(s, "obligations.talk.probability", "%g", often);
    put(s, "obligations.talk.minutes", "exponential(mean=%g)", mean);
    try_unit(&t, "", s);
    run_trial(&t, 60, 40, 1);
    expect_agreement(&t, ratio_of, "citizen.wait.call", mg1_wait(&both));
    expect_agreement(&t, ratio_of, "time.dialogue_share", .1 * often * mean);
    end_trial(&t);
}

/* Two classes, and only the second is recorded. */
Test(inline_record, one_class_of_two)
{
    const struct work first = {.03, 8, 1}, second = {.04, 6, .5};
    const struct work both[] = {first, followed_by(second, 5, 1)};
    struct trial t = {.name = "records of one class"};
    tb_scenario *s = unit_of(1);

    add_service(s, "first", &first);
    put(s, "services.first.priority", "1");
    add_service(s, "second", &second);
    put(s, "services.second.priority", "2");
    add(s, "obligations.note");
    put(s, "obligations.note.trigger", "call");
    put(s, "obligations.note.service", "second");
    put(s, "obligations.note.minutes", "exponential(mean=5)");
    try_unit(&t, "", s);
    run_trial(&t, 60, 50, 1);
    expect_agreement(&t, ratio_of, "citizen.wait.first", cobham_wait(both, 2, 0));
    expect_agreement(&t, ratio_of, "citizen.wait.second", cobham_wait(both, 2, 1));
    expect_agreement(&t, ratio_of, "time.records_share", .04 * 5);
    end_trial(&t);
}

/* Written when nobody calls, a record delays a call by what is left of it only: calls go before
 * records, and nothing interrupts. */
Test(inline_record, in_gaps)
{
    const struct work both[] = {calls, {.05, 4, sqrt(.5)}};
    struct trial t = {.name = "records in gaps"};
    tb_scenario *s = unit(4);

    put(s, "obligations.note.timing", "when_idle");
    try_unit(&t, "", s);
    run_trial(&t, 60, 30, 1);
    expect_agreement(&t, ratio_of, "citizen.wait.call", cobham_wait(both, 2, 0));
    expect_agreement(&t, ratio_of, "time.records_share", .05 * 4);
    end_trial(&t);
}
