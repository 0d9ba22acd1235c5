/* Endless work: way, care, record, and the next. Shares of time are means of the parts over the mean
 * of the cycle (renewal reward, Ross 1996, theorem 3.6.1). */
#include "oracle.h"

struct cycle {
    double travel, care, record;
};

static tb_scenario *unit(struct cycle c, int workers)
{
    tb_scenario *s = unit_of(workers);

    add(s, "services.visit");
    put(s, "services.visit.arrival", "endless");
    put(s, "services.visit.minutes", "gamma(mean=%.17g, cv=0.4)", c.care);
    put(s, "services.visit.travel", "true");
    put(s, "travel.kind", "law");
    put(s, "travel.leg", "gamma(mean=%.17g, cv=0.6)", c.travel);
    add(s, "obligations.note");
    put(s, "obligations.note.trigger", "call");
    put(s, "obligations.note.minutes", "gamma(mean=%.17g, cv=0.5)", c.record);
    return s;
}

static double length(struct cycle c)
{
    return c.travel + c.care + c.record;
}

Test(renewal_reward, shares_of_a_cycle)
{
    static const struct cycle right = {12, 25, 9}, far = {12.6, 25, 9},
                              slow = {12, 26.25, 9}, wordy = {12, 25, 9.45};
    const double cycles = 10080;
    struct trial t = {.name = "endless work"};

    try_unit(&t, "", unit(right, 1));
    try_unit(&t, "legs 5 % longer", unit(far, 1));
    try_unit(&t, "care 5 % longer", unit(slow, 1));
    try_unit(&t, "records 5 % longer", unit(wordy, 1));
    run_trial(&t, 60, 16, 1);
    expect_figure(&t, ratio_of, "time.travel_share", 12 / length(right), 1,
                  12.6 / length(far));
    expect_figure(&t, ratio_of, "time.direct_share", 25 / length(right), 2,
                  26.25 / length(slow));
    expect_figure(&t, ratio_of, "time.records_share", 9 / length(right), 3,
                  9.45 / length(wordy));
    expect_figure(&t, ratio_of, "citizen.calls.visit", cycles / length(right), 1,
                  cycles / length(far));
    expect_figure(&t, ratio_of, "record.written", cycles / length(right), 3,
                  cycles / length(wordy));
    end_trial(&t);
}

Test(renewal_reward, each_of_five_workers)
{
    static const struct cycle c = {3, 10, 20};
    struct trial t = {.name = "endless work, 5 workers"};

    try_unit(&t, "", unit(c, 5));
    run_trial(&t, 40, 4, 1);
    expect_agreement(&t, ratio_of, "time.travel_share", 3 / length(c));
    expect_agreement(&t, ratio_of, "time.direct_share", 10 / length(c));
    expect_agreement(&t, ratio_of, "time.records_share", 20 / length(c));
    expect_agreement(&t, ratio_of, "time.obligation.note", 10080 * 20 / length(c));
    end_trial(&t);
}
