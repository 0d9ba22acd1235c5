/* Heavier instances, known five to ten times as well: what the short ones cannot tell from chance. */
#include "oracle.h"

static tb_scenario *unit(const struct work *w, int workers)
{
    tb_scenario *s = unit_of(workers);

    add_service(s, "call", w);
    return s;
}

Test(oracle_long, many_workers_nearly_all_busy, .timeout = 3600)
{
    static const struct work right = {4.8, 10, 1}, longer = {4.8, 10.05, 1};
    struct trial t = {.name = "M/M/50"};

    try_unit(&t, "", unit(&right, 50));
    try_unit(&t, "services 0.5 % longer", unit(&longer, 50));
    run_trial(&t, 80, 20, 1);
    expect_figure(&t, ratio_of, "citizen.wait.call", mmc_wait(4.8, 10, 50), 1,
                  mmc_wait(4.8, 10.05, 50));
    expect_figure(&t, ratio_of, "time.direct_share", .96, 1, .9648);
    end_trial(&t);
}

Test(oracle_long, four_workers, .timeout = 3600)
{
    static const struct work right = {.3, 10, 1}, longer = {.3, 10.05, 1};
    struct trial t = {.name = "M/M/4"};

    try_unit(&t, "", unit(&right, 4));
    try_unit(&t, "services 0.5 % longer", unit(&longer, 4));
    run_trial(&t, 400, 60, 1);
    expect_figure(&t, ratio_of, "citizen.wait.call", mmc_wait(.3, 10, 4), 1,
                  mmc_wait(.3, 10.05, 4));
    end_trial(&t);
}

Test(oracle_long, wide_work_of_one_worker, .timeout = 3600)
{
    static const struct work right = {.05, 17, 2}, longer = {.05, 17.17, 2};
    struct trial t = {.name = "M/gamma/1, busy"};

    try_unit(&t, "", unit(&right, 1));
    try_unit(&t, "services 1 % longer", unit(&longer, 1));
    run_trial(&t, 400, 250, 4);
    expect_figure(&t, ratio_of, "citizen.wait.call", mg1_wait(&right), 1,
                  mg1_wait(&longer));
    end_trial(&t);
}

Test(oracle_long, priorities, .timeout = 3600)
{
    static const struct work w[] = {{.02, 8, 1}, {.05, 6, .5}, {.03, 5, .57735026919}};
    static const char *const names[] = {"first", "second", "third"};

    for (int interrupts = 0; interrupts < 2; interrupts++) {
        struct trial t = {.name = interrupts ? "interruptions" : "priorities"};
        tb_scenario *s = unit_of(1);
        char path[TB_PATH_SIZE];

        for (int k = 0; k < 3; k++) {
            add_service(s, names[k], &w[k]);
            snprintf(path, sizeof path, "services.%s.priority", names[k]);
            put(s, path, "%d", k + 1);
            snprintf(path, sizeof path, "services.%s.interrupts", names[k]);
            put(s, path, interrupts ? "true" : "false");
            snprintf(path, sizeof path, "services.%s.interruptible", names[k]);
            put(s, path, "true");
        }
        try_unit(&t, "", s);
        run_trial(&t, 400, 100, 1);
        for (int k = 0; k < 3; k++) {
            snprintf(path, sizeof path, "citizen.sojourn.%s", names[k]);
            expect_agreement(&t, ratio_of, path,
                             interrupts ? preemptive_sojourn(w, k)
                                        : cobham_wait(w, 3, k) + w[k].mean);
        }
        end_trial(&t);
    }
}

Test(oracle_long, absence, .timeout = 3600)
{
    struct trial t = {.name = "absence"};

    for (int longer = 0; longer < 2; longer++) {
        tb_scenario *s = unit_of(8);

        put(s, "absence.days_between", "60");
        put(s, "absence.spell_days", "exponential(mean=%g)", longer ? 6.06 : 6);
        try_unit(&t, "spells 1 % longer", s);
    }
    run_trial(&t, 4000, 500, 20);
    expect_figure(&t, ratio_of, "staff.absence_share", 1 - up_share(60, 6), 1,
                  1 - up_share(60, 6.06));
    expect_agreement(&t, ratio_of, "staff.full_strength_share", pow(up_share(60, 6), 8));
    end_trial(&t);
}

/* Not only the mean: over a time T much longer than a cycle of length C, the share of records has
 * variance ((1 - r)^2 var(record) + r^2 var(rest)) / (E[C] T) (Smith 1955). */
Test(oracle_long, spread_of_a_share, .timeout = 3600)
{
    const double r = 9 / 46.0, weeks = 4;
    const double variance =
        (pow((1 - r) * 4.5, 2) + r * r * (7.2 * 7.2 + 100)) / (46 * weeks * 10080);
    struct trial t = {.name = "endless work"};
    tb_scenario *s = unit_of(1);
    const double *share;
    double sum = 0, got, error;
    int n;

    add(s, "services.visit");
    put(s, "services.visit.arrival", "endless");
    put(s, "services.visit.minutes", "gamma(mean=25, cv=0.4)");
    put(s, "services.visit.travel", "true");
    put(s, "travel.kind", "law");
    put(s, "travel.leg", "gamma(mean=12, cv=0.6)");
    add(s, "obligations.note");
    put(s, "obligations.note.trigger", "call");
    put(s, "obligations.note.minutes", "gamma(mean=9, cv=0.5)");
    try_unit(&t, "", s);
    run_trial(&t, 40000, 4, 1);
    share = tb_result_column(t.result, tb_result_find(t.result, "time.records_share"), 0);
    n = tb_result_replications(t.result);
    for (int i = 0; i < n; i++)
        sum += pow(share[i] - r, 2);
    got = sqrt(sum / n);
    error = got / sqrt(2.0 * n);
    fprintf(stderr, "sd of the share of records %.6f got %.6f z %+.2f\n", sqrt(variance),
            got, (got - sqrt(variance)) / error);
    cr_expect(fabs(got - sqrt(variance)) < most_z * error, "%g, not %g", got,
              sqrt(variance));
    end_trial(&t);
}
