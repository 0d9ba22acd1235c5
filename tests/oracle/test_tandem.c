/* Calls that go on from one service to the next (Jackson 1957). */
#include "oracle.h"

static tb_scenario *unit(const struct work *first, const struct work *second)
{
    const struct work none = {0, second->mean, second->cv};
    tb_scenario *s = empty_unit();

    for (int i = 0; i < 2; i++) {
        const char *const names[] = {"desk", "office"};
        char path[TB_PATH_SIZE];

        snprintf(path, sizeof path, "staff.%s", names[i]);
        add(s, path);
        snprintf(path, sizeof path, "staff.%s.count", names[i]);
        put(s, path, "1");
        snprintf(path, sizeof path, "staff.%s.role", names[i]);
        put(s, path, names[i]);
        snprintf(path, sizeof path, "staff.%s.roster", names[i]);
        put(s, path, "always");
        add_service(s, names[i], i ? &none : first);
        snprintf(path, sizeof path, "services.%s.role", names[i]);
        put(s, path, names[i]);
    }
    put(s, "services.desk.then", "office");
    return s;
}

/* Both services together: what a call of the first goes through. */
static struct estimate whole_sojourn(const struct trial *t, int unit, const char *outcome)
{
    const int n = tb_result_replications(t->result);
    const double *desk[3], *office[3];
    double sum = 0, square = 0;

    (void)outcome;
    for (int part = 0; part < 3; part++) {
        desk[part] = tb_result_column(
            t->result, tb_result_find(t->result, "citizen.sojourn.desk"), part);
        office[part] = tb_result_column(
            t->result, tb_result_find(t->result, "citizen.sojourn.office"), part);
    }
    for (int i = unit * n; i < (unit + 1) * n; i++) {
        const double whole = (desk[1][i] + office[1][i]) / desk[2][i];
        sum += whole;
        square += whole * whole;
    }
    return (struct estimate){sum / n, sqrt((square / n - sum / n * sum / n) / (n - 1))};
}

Test(tandem, two_services)
{
    static const struct work first = {.05, 10, 1}, second = {0, 12.5, 1},
                             longer = {0, 13.125, 1};
    struct trial t = {.name = "desk, then office"};
    const double right = mm1_sojourn(.05, 10) + mm1_sojourn(.05, 12.5);

    try_unit(&t, "", unit(&first, &second));
    try_unit(&t, "the second 5 % longer", unit(&first, &longer));
    run_trial(&t, 60, 120, 2);
    expect_figure(&t, whole_sojourn, "both", right, 1,
                  mm1_sojourn(.05, 10) + mm1_sojourn(.05, 13.125));
    expect_figure(&t, ratio_of, "citizen.sojourn.office", mm1_sojourn(.05, 12.5), 1,
                  mm1_sojourn(.05, 13.125));
    end_trial(&t);
}

/* Some come back from the second to the first: each is a queue of its own, of all that come to it. */
Test(tandem, round_and_round)
{
    static const struct work first = {.03, 10, 1}, second = {0, 12.5, 1};
    const double on = .8, back = .5, rate = .03 / (1 - on * back);
    struct trial t = {.name = "there and back"};

    try_unit(&t, "", unit(&first, &second));
    put(t.unit[0], "services.desk.then_probability", "%g", on);
    put(t.unit[0], "services.office.then", "desk");
    put(t.unit[0], "services.office.then_probability", "%g", back);
    run_trial(&t, 60, 60, 2);
    expect_agreement(&t, ratio_of, "citizen.calls.desk", 10080 * rate);
    expect_agreement(&t, ratio_of, "citizen.calls.office", 10080 * rate * on);
    expect_agreement(&t, ratio_of, "citizen.sojourn.desk", mm1_sojourn(rate, 10));
    expect_agreement(&t, ratio_of, "citizen.sojourn.office", mm1_sojourn(rate * on, 12.5));
    end_trial(&t);
}

/* The same a while later: neither queue notices, and so many are on their way as come in that while. */
Test(tandem, some_time_later)
{
    static const struct work first = {.05, 10, 1}, second = {0, 12.5, 1};
    struct trial t = {.name = "desk, later office"};

    try_unit(&t, "", unit(&first, &second));
    put(t.unit[0], "services.desk.then_after_minutes", "lognormal(mean=300, cv=1)");
    run_trial(&t, 60, 120, 2);
    expect_agreement(&t, ratio_of, "citizen.sojourn.desk", mm1_sojourn(.05, 10));
    expect_agreement(&t, ratio_of, "citizen.sojourn.office", mm1_sojourn(.05, 12.5));
    expect_agreement(&t, ratio_of, "citizen.later.office", .05 * 300);
    end_trial(&t);
}
