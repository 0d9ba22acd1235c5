/* M/G/1: one worker; what counts of the law of work is its mean and its variance. */
#include "oracle.h"

static tb_scenario *unit(const struct work *w, const char *law)
{
    tb_scenario *s = unit_of(1);

    add_service(s, "call", w);
    if (law)
        put(s, "services.call.minutes", "%s(mean=%.17g, cv=%.17g)", law, w->mean, w->cv);
    return s;
}

static double number(const struct work *w)
{
    return w->rate * (mg1_wait(w) + w->mean);
}

Test(mg1, lognormal)
{
    static const struct work right = {.1, 6, 1.2}, longer = {.1, 6.3, 1.2},
                             more = {.105, 6, 1.2}, wider = {.1, 6, 1.26};
    struct trial t = {.name = "M/G/1, lognormal"};

    try_unit(&t, "", unit(&right, "lognormal"));
    try_unit(&t, "services 5 % longer", unit(&longer, "lognormal"));
    try_unit(&t, "5 % more calls", unit(&more, "lognormal"));
    try_unit(&t, "a cv 5 % higher", unit(&wider, "lognormal"));
    run_trial(&t, 60, 50, 1);
    expect_figure(&t, ratio_of, "citizen.wait.call", mg1_wait(&right), 1,
                  mg1_wait(&longer));
    expect_figure(&t, ratio_of, "citizen.wait.call", mg1_wait(&right), 3, mg1_wait(&wider));
    expect_figure(&t, number_of, "citizen.sojourn.call", number(&right), 2, number(&more));
    expect_figure(&t, ratio_of, "citizen.sojourn.call", mg1_wait(&right) + 6, 1,
                  mg1_wait(&longer) + 6.3);
    end_trial(&t);
}

Test(mg1, constant)
{
    static const struct work right = {.1, 6, 0}, longer = {.1, 6.3, 0}, more = {.105, 6, 0};
    struct trial t = {.name = "M/D/1"};

    try_unit(&t, "", unit(&right, NULL));
    try_unit(&t, "services 5 % longer", unit(&longer, NULL));
    try_unit(&t, "5 % more calls", unit(&more, NULL));
    run_trial(&t, 60, 16, 1);
    expect_figure(&t, ratio_of, "citizen.wait.call", mg1_wait(&right), 1,
                  mg1_wait(&longer));
    expect_figure(&t, ratio_of, "citizen.wait.call", mg1_wait(&right), 2, mg1_wait(&more));
    end_trial(&t);
}

Test(mg1, any_law)
{
    static const struct {
        const char *name, *law;
        struct work work;
        int weeks;
    } cases[] = {
        {"M/gamma/1", "gamma", {.05, 8, .7}, 30},
        {"M/gamma/1, wide", "gamma", {.02, 25, 1.5}, 250},
        {"M/Weibull/1", "weibull", {.5, 1.5, .6}, 16},
        {"M/lognormal/1, light", "lognormal", {.004, 30, .3}, 300},
        {"M/lognormal/1", "lognormal", {1, .7, .8}, 10},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial t = {.name = cases[i].name};

        try_unit(&t, "", unit(&cases[i].work, cases[i].law));
        run_trial(&t, 40, cases[i].weeks, 1);
        expect_agreement(&t, ratio_of, "citizen.wait.call", mg1_wait(&cases[i].work));
        end_trial(&t);
    }
}
