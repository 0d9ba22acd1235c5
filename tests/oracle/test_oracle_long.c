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

/* Random numbers for the instances below. */
static double between(uint64_t *state, double low, double high)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return low + (high - low) * ((double)(*state >> 11) * 0x1p-53);
}

static tb_scenario *unit_of_chain(const struct queueing *q)
{
    tb_scenario *s = unit_of(q->workers);

    add(s, "services.call");
    if (q->callers) {
        put(s, "services.call.arrival", "finite");
        put(s, "services.call.population", "%d", q->callers);
        put(s, "services.call.between_minutes", "exponential(mean=%.17g)", 1 / q->rate);
    } else {
        put(s, "services.call.per_hour", "%.17g", 60 * q->rate);
    }
    put(s, "services.call.minutes", "exponential(mean=%.17g)", q->mean);
    put(s, "services.call.room", "%d", q->room);
    if (q->patience > 0)
        put(s, "services.call.patience", "exponential(mean=%.17g)", q->patience);
    return s;
}

static struct queueing random_chain(uint64_t *state)
{
    struct queueing q = {0, between(state, 2, 30), (int)between(state, 1, 9), 0, 0, 0};
    const int kind = (int)between(state, 0, 4);

    q.rate = between(state, .3, .85) * q.workers / q.mean;
    if (kind == 1 || kind == 2) {
        q.patience = q.mean * between(state, .5, 4);
        q.rate *= 1.4;
    }
    if (kind == 2 || kind == 3) {
        q.room = q.workers + (int)between(state, 0, 8);
        q.rate *= 1.2;
    }
    if (!kind) {
        q.callers = q.workers + (int)between(state, 1, 20);
        q.rate = q.workers / (q.mean * q.callers) * between(state, .5, 1.5);
    }
    return q;
}

/* Weeks in which 40 lives see about two million calls. */
static int weeks_of(double rate)
{
    const double weeks = 2e6 / (40 * 10080 * rate);

    return weeks < 4 ? 4 : weeks > 400 ? 400 : (int)weeks;
}

static void expect_z(const struct trial *t, const char *outcome, double expected)
{
    const struct estimate e = ratio_of(t, 0, outcome);
    const double z = e.error > 0 ? z_of(e, expected) : 0;

    fprintf(stderr, "%-24s %-24s %10.6f got %10.6f z %+5.2f\n", t->name, outcome,
            expected, e.value, z);
    cr_expect(fabs(z) < most_z, "%s: %s is %g, not %g: %+.1f standard errors", t->name,
              outcome, e.value, expected, z);
}

/* Any number of workers, with and without room, patience, callers. */
Test(oracle_long, sixty_random_chains, .timeout = 3600)
{
    uint64_t state = 2026;

    for (int i = 0; i < 60; i++) {
        const struct queueing q = random_chain(&state);
        const double calls = rate_in(&q), waiting = mean_of(&q, waiting_of);
        const double left = q.patience > 0 ? waiting / q.patience : 0;
        char name[100];
        struct trial t = {.name = name};

        snprintf(name, sizeof name, "%d: c %d rate %.3g mean %.3g n %d K %d patience %.3g",
                 i, q.workers, q.rate, q.mean, q.callers, q.room, q.patience);
        try_unit(&t, "", unit_of_chain(&q));
        run_trial(&t, 40, weeks_of(calls), 2);
        expect_z(&t, "time.direct_share", mean_of(&q, busy_of) / q.workers);
        expect_z(&t, "citizen.number.call", mean_of(&q, number_there));
        expect_z(&t, "citizen.wait.call", waiting / calls);
        if (left > 0)
            expect_z(&t, "citizen.abandoned.call", left / q.rate);
        if (q.room)
            expect_z(&t, "citizen.lost.call", chance_of(&q, q.room));
        end_trial(&t);
    }
}

/* One worker with other things to do, under random laws of work. */
Test(oracle_long, thirty_random_vacations, .timeout = 3600)
{
    uint64_t state = 7;

    for (int i = 0; i < 30; i++) {
        const double load = between(&state, .2, .75), mean = between(&state, 2, 30);
        const struct work w = {load / mean, mean, between(&state, .2, 1.5)};
        const double away = mean * between(&state, .3, 5);
        const int kind = i % 3, n = (int)between(&state, 2, 9);
        char name[80];
        struct trial t = {.name = name};
        tb_scenario *s = unit_of(1);

        snprintf(name, sizeof name, "%d: load %.2f mean %.3g cv %.2f away %.3g n %d", i,
                 load, mean, w.cv, away, n);
        add_service(s, "call", &w);
        put(s, "services.call.priority", "1");
        if (kind == 2) {
            put(s, "services.call.starts_at", "%d", n);
        } else {
            add(s, "services.away");
            put(s, "services.away.arrival", kind ? "lull" : "endless");
            put(s, "services.away.priority", "9");
            put(s, "services.away.minutes", "exponential(mean=%.17g)", away);
        }
        try_unit(&t, "", s);
        run_trial(&t, 40, weeks_of(w.rate), 2);
        expect_z(&t, "citizen.wait.call",
                 kind == 2   ? gathered_wait(&w, n)
                 : kind == 1 ? single_vacation_wait(&w, away)
                             : vacations_wait(&w, away, 2 * away * away));
        end_trial(&t);
    }
}
