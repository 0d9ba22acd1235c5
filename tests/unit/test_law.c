/* kernel/law: names, and which parameters are refused. */
#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "kernel/stream.h"
#include "laws.h"

static double *parameter(struct law *law, int i)
{
    double *const members[] = {&law->mean, &law->median, &law->cv,    &law->low,
                               &law->mode, &law->high,   &law->shape, &law->scale,
                               &law->p10,  &law->p25,    &law->p75,   &law->p90};
    return members[i];
}

static const char *const parameter_names[] = {"mean", "median", "cv",    "low",
                                              "mode", "high",   "shape", "scale",
                                              "p10",  "p25",    "p75",   "p90"};
enum { PARAMETERS = COUNT_OF(parameter_names) };

#define PAIR_shape(kind_, a, b)                                                          \
    {                                                                                    \
        .kind = (kind_), .mean = NAN, .median = NAN, .cv = NAN, .low = NAN, .mode = NAN, \
        .high = NAN, .shape = (a), .scale = (b), .p10 = NAN, .p25 = NAN, .p75 = NAN,     \
        .p90 = NAN                                                                       \
    }
#define PAIR_p10(kind_, a, b)                                                            \
    {                                                                                    \
        .kind = (kind_), .mean = NAN, .median = NAN, .cv = NAN, .low = NAN, .mode = NAN, \
        .high = NAN, .shape = NAN, .scale = NAN, .p10 = (a), .p25 = NAN, .p75 = NAN,     \
        .p90 = (b)                                                                       \
    }
#define PAIR_p25(kind_, a, b)                                                            \
    {                                                                                    \
        .kind = (kind_), .mean = NAN, .median = NAN, .cv = NAN, .low = NAN, .mode = NAN, \
        .high = NAN, .shape = NAN, .scale = NAN, .p10 = NAN, .p25 = (a), .p75 = (b),     \
        .p90 = NAN                                                                       \
    }

static const struct law good[] = {
    {LAW_BY(LAW_CONSTANT, 3, NAN, NAN, NAN, NAN, NAN)},
    {LAW_BY(LAW_UNIFORM, NAN, NAN, NAN, 1, NAN, 2)},
    {LAW_BY(LAW_TRIANGULAR, NAN, NAN, NAN, 1, 2, 3)},
    {LAW_BY(LAW_EXPONENTIAL, 3, NAN, NAN, NAN, NAN, NAN)},
    {LAW_BY(LAW_LOGNORMAL, 3, NAN, 0.5, NAN, NAN, NAN)},
    {LAW_BY(LAW_LOGNORMAL, NAN, 3, 0.5, NAN, NAN, NAN)},
    {LAW_BY(LAW_GAMMA, 3, NAN, 0.5, NAN, NAN, NAN)},
    {LAW_BY(LAW_GAMMA, NAN, 3, 0.5, NAN, NAN, NAN)},
    {LAW_BY(LAW_WEIBULL, 3, NAN, 0.5, NAN, NAN, NAN)},
    {LAW_BY(LAW_WEIBULL, NAN, 3, 0.5, NAN, NAN, NAN)},
    {LAW_BY(LAW_BETA, 3, NAN, 0.2, 1, NAN, 8)},
    PAIR_shape(LAW_LOGNORMAL, 0.5, 3),
    PAIR_shape(LAW_GAMMA, 0.5, 3),
    PAIR_shape(LAW_WEIBULL, 0.5, 3),
    PAIR_p10(LAW_LOGNORMAL, 1, 9),
    PAIR_p10(LAW_GAMMA, 1, 9),
    PAIR_p10(LAW_WEIBULL, 1, 9),
    PAIR_p25(LAW_LOGNORMAL, 1, 9),
    PAIR_p25(LAW_GAMMA, 1, 9),
    PAIR_p25(LAW_WEIBULL, 1, 9),
};

/* A law is refused with its path, or makes a table of finite values that never fall. */
static int expect_refused_or_finite(const struct law *law)
{
    tb_error err = {0};
    struct table_set *set;
    struct table t;
    double last = 0;

    if (tb__law_check(law, "visit.minutes", &err)) {
        cr_assert_eq(err.status, TB_ERR_VALUE);
        cr_assert_eq(strncmp(err.message, "visit.minutes", 13), 0, "%s", err.message);
        cr_assert_eq(tb__law_check(law, "visit.minutes", NULL), TB_ERR_VALUE);
        return 0;
    }
    set = new_set();
    t = table_of(set, law, 60000);
    for (int i = 1; i < 200; i++) {
        const double value = tb__variate(&t, i / 200.0);
        cr_assert(isfinite(value) && value >= last * (1 - 1e-12), "%s: %g after %g",
                  tb__law_kind_names[law->kind], value, last);
        last = value;
    }
    cr_assert(isfinite(tb__law_mean(law)) && tb__law_mean(law) >= 0);
    tb__tables_free(set);
    return 1;
}

Test(law, the_bad_values_of_every_parameter_are_refused_or_harmless)
{
    const double bad[] = {
        INFINITY, -INFINITY,   -1,  0,     -0.0,   DBL_TRUE_MIN,    DBL_MIN, DBL_MAX,
        -DBL_MAX, DBL_EPSILON, 1e8, 1e300, 1e-300, 1 + DBL_EPSILON, NAN};

    watch_gsl();
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        struct law law = good[i];
        cr_assert_eq(expect_refused_or_finite(&law), 1);
        for (int k = 0; k < PARAMETERS; k++)
            for (size_t v = 0; v < COUNT_OF(bad); v++) {
                law = good[i];
                *parameter(&law, k) = bad[v];
                if (expect_refused_or_finite(&law))
                    cr_assert(isnan(bad[v]) || (bad[v] >= 0 && bad[v] <= LAW_MOST),
                              "%s.%s = %g passed", tb__law_kind_names[law.kind],
                              parameter_names[k], bad[v]);
            }
    }
}

Test(law, a_missing_or_a_needless_parameter_is_named)
{
    for (size_t i = 0; i < COUNT_OF(good); i++)
        for (int k = 0; k < PARAMETERS; k++) {
            struct law law = good[i];
            tb_error err;

            *parameter(&law, k) = isnan(*parameter(&law, k)) ? 1 : NAN;
            cr_assert_eq(tb__law_check(&law, "x", &err), TB_ERR_VALUE,
                         "%s with or without %s", tb__law_kind_names[law.kind],
                         parameter_names[k]);
            cr_assert_not_null(strstr(err.message, parameter_names[k]), "%s", err.message);
        }
}

Test(law, contradictions_are_refused)
{
    const struct law laws[] = {
        ranged(LAW_UNIFORM, 2, NAN, 1),
        ranged(LAW_TRIANGULAR, 1, 0.5, 2),
        ranged(LAW_TRIANGULAR, 1, 2.5, 2),
        ranged(LAW_TRIANGULAR, 3, 2, 1),
        beta_of(0, 10, 10, 0.1),
        beta_of(0, 10, 0, 0.1),
        beta_of(5, 10, 4, 0.1),
        beta_of(0, 10, 5, 1),
        beta_of(0, 10, 5, 0.92),
        beta_of(0, 10, 5, 0.001),
        beta_of(0, 10, 1, 2.5),
        beta_of(0, 10, 9, 0.278),
        beta_of(0, 1e8, 1e-8, 10),
        law_of(LAW_GAMMA, NAN, 5, 3.1),
        law_of(LAW_GAMMA, 5, NAN, 0.009),
        law_of(LAW_LOGNORMAL, 5, NAN, 10.1),
        law_of(LAW_LOGNORMAL, 5, NAN, 9e-4),
        law_of(LAW_WEIBULL, 5, NAN, 0),
        law_of(LAW_EXPONENTIAL, 1.1e8, NAN, NAN),
        law_of(-1, 1, NAN, NAN),
        law_of(LAW_KINDS, 1, NAN, NAN),
        tb__law_unset,
    };

    watch_gsl();
    for (size_t i = 0; i < COUNT_OF(laws); i++)
        cr_assert_eq(expect_refused_or_finite(&laws[i]), 0, "case %zu passed", i);
}

Test(law, the_mean_of_a_beta_law_must_lie_within_its_range)
{
    static const double means[] = {0.5, 1, 8, 9};

    for (size_t i = 0; i < COUNT_OF(means); i++) {
        const struct law law = beta_of(1, 8, means[i], 0.2);
        tb_error err;

        cr_assert_eq(tb__law_check(&law, "x", &err), TB_ERR_VALUE);
        cr_assert_not_null(strstr(err.message, "x.mean is"), "%s", err.message);
    }
}

Test(law, random_parameters_are_refused_or_make_finite_tables)
{
    int passed = 0;

    watch_gsl();
    for (uint64_t i = 0; i < 3000; i++) {
        struct law law = good[tb__mix(i) % COUNT_OF(good)];

        for (int k = 0; k < PARAMETERS; k++) {
            const uint64_t x = tb__mix(i * 100 + (uint64_t)k);
            double *value = parameter(&law, k);
            if (!isnan(*value) && x & 1)
                *value = k == 2 ? pow(10, -3.2 + 4.3 * (double)(x >> 11) * 0x1p-53)
                                : pow(10, -12 + 21 * (double)(x >> 11) * 0x1p-53);
        }
        passed += expect_refused_or_finite(&law);
    }
    cr_assert_gt(passed, 1000);
}

Test(law, each_kind_has_its_name)
{
    cr_assert_str_eq(tb__law_kind_names[LAW_CONSTANT], "constant");
    cr_assert_str_eq(tb__law_kind_names[LAW_WEIBULL], "weibull");
    for (int i = 0; i < LAW_KINDS; i++)
        cr_assert_not_null(tb__law_kind_names[i]);
}
