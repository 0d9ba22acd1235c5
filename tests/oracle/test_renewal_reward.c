/* Endless work: way, care, record, and the next. Shares of time are means of the parts over the mean
 * of the cycle (renewal reward, Ross 1996, theorem 3.6.1). */
#include "logs.h"

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

/* Over a time T much longer than a cycle C, the share of records has variance
 * ((1 - r)^2 var(record) + r^2 var(rest)) / (E[C] T) (Smith 1955). */
static double spread(double record, double record_cv, double time)
{
    const double cycle = 37 + record, r = record / cycle;
    const double variance =
        pow((1 - r) * record * record_cv, 2) + r * r * (pow(12 * .6, 2) + pow(25 * .4, 2));

    return sqrt(variance / (cycle * time));
}

/* Standard deviation of the share over windows of 40 hours, with its own standard error. */
static struct estimate spread_of(const tb_scenario *s, double time, int lives)
{
    enum { WEEKS = 520 };
    double sum = 0, square = 0, n = 0;

    for (int life = 0; life < lives; life++) {
        struct stretches records = lived(s, life, WEEKS, 1, "records_away");
        const int windows = (int)(10080.0 * WEEKS / time);
        double *minutes = calloc((size_t)windows + 1, sizeof *minutes);

        cr_assert(minutes);
        for (long i = 0; i < records.count; i++) {
            const double from = fmax(records.item[i].from, 0), to = records.item[i].to;
            const int k = (int)(from / time);
            const double border = time * (k + 1);

            if (to <= 0 || k >= windows)
                continue;
            minutes[k] += fmin(to, border) - from;
            minutes[k + 1] += fmax(to - border, 0);
        }
        for (int k = 0; k < windows; k++) {
            sum += minutes[k] / time;
            square += minutes[k] / time * minutes[k] / time;
            n++;
        }
        free(minutes);
        free(records.item);
    }
    square = sqrt(square / n - sum / n * sum / n);
    return (struct estimate){square, square / sqrt(2 * n)};
}

Test(renewal_reward, spread_of_a_share_over_forty_hours)
{
    static const struct cycle right = {12, 25, 9};
    tb_scenario *s = unit(right, 1), *wide = unit(right, 1);

    put(wide, "obligations.note.minutes", "gamma(mean=9, cv=0.55)");
    expect_gate("endless work", "sd of the share", spread_of(s, 2400, 10),
                spread(9, .5, 2400), "records 10 % wider", spread_of(wide, 2400, 10),
                spread(9, .55, 2400));
    tb_scenario_free(s);
    tb_scenario_free(wide);
}
