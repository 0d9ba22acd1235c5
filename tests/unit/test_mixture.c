/* kernel/pieces and kernel/mixture: empirical laws against the lines between their points, mixtures
 * against an inversion in long double that shares nothing with the library; laws given by quantiles
 * or natural parameters against GSL. */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "faulty.h"
#include "kernel/pieces.h"
#include "kernel/stream.h"
#include "laws.h"

/* ---- empirical laws */

static struct law empirical(int count, const double *numbers)
{
    struct law law = tb__law_unset;

    law.kind = LAW_EMPIRICAL;
    law.quantiles.count = count;
    memcpy(law.quantiles.value, numbers, (size_t)count * sizeof *numbers);
    return law;
}

#define EMPIRICAL(...) \
    empirical((int)COUNT_OF(((double[]){__VA_ARGS__})), (double[]){__VA_ARGS__})

/* The value at probability u, and at p = 1 - u: u itself may have lost digits. */
static long double on_a_line(const struct law *law, long double u)
{
    const double *v = law->quantiles.value;
    int i = 2;

    while (i < law->quantiles.count - 2 && v[i] < u)
        i += 2;
    return v[i - 1] + ((long double)v[i + 1] - v[i - 1]) * (u - v[i - 2]) /
                          ((long double)v[i] - v[i - 2]);
}

/* A uniform of a dense grid over both halves, and how far it is from the nearer end. */
static double uniform_of(int i, int n, int upper)
{
    const double p = pow(10, -9 + (i + 0.5) / n * (9 - 0.30103));

    return upper ? 1 - p : p;
}

static void expect_lines(const struct law *law)
{
    enum { GRID = 6000 };
    struct table_set *set = new_set();
    const struct table t = table_of(set, law, 60000);
    double last = 0;

    for (int upper = 0; upper < 2; upper++)
        for (int k = 0; k < GRID; k++) {
            const double u = uniform_of(upper ? GRID - 1 - k : k, GRID, upper);
            const double exact = (double)(60000 * on_a_line(law, u));
            const double value = tb__variate(&t, u);

            cr_assert_leq(fabs(value - exact), 1e-10 * exact + 1e-10,
                          "u = %.17g: %g, not %g", u, value, exact);
            cr_assert_geq(value, last * (1 - 1e-14));
            last = value;
        }
    tb__tables_free(set);
}

Test(empirical, draws_lie_on_the_lines_between_the_points)
{
    const struct law laws[] = {
        EMPIRICAL(0, 2, 1, 8),
        EMPIRICAL(0, 0, 0.5, 4, 1, 30),
        EMPIRICAL(0, 0, 0.1, 1, 0.25, 2, 0.5, 4, 0.75, 9, 0.9, 20, 1, 240),
        EMPIRICAL(0, 5, 0.3, 5, 0.7, 9, 1, 9),
        EMPIRICAL(0, 0, 0.999999, 1, 1, 100),
        EMPIRICAL(0, 0, 0.000002, 1, 0.000003, 50, 1, 51),
        EMPIRICAL(0, 3, 0.4, 3, 1, 3),
        EMPIRICAL(0, 0, 0.3333333333333333, 1, 0.6666666666666666, 7, 1, 8),
    };

    for (size_t i = 0; i < COUNT_OF(laws); i++)
        expect_lines(&laws[i]);
}

Test(empirical, random_points_as_many_as_there_may_be)
{
    for (uint64_t n = 1; n <= 40; n++) {
        double v[2 * LAW_POINTS] = {0};
        const int points = n % 2 ? LAW_POINTS : 2 + (int)(tb__mix(n) % (LAW_POINTS - 2));

        for (int i = 0; i < points; i++) {
            const double share = (double)(tb__mix(n * 1000 + (uint64_t)i) >> 11) * 0x1p-53;

            v[2 * i] = i ? v[2 * i - 2] + 2e-6 + share : 0;
            v[2 * i + 1] = i ? v[2 * i - 1] + 100 * pow(share, 6) : 100 * share;
        }
        for (int i = 0; i < points; i++)
            v[2 * i] /= v[2 * points - 2];
        const struct law law = empirical(2 * points, v);
        if (!tb__law_check(&law, "x", NULL))
            expect_lines(&law);
        else
            cr_expect_fail("law %d", (int)n);
    }
}

Test(empirical, the_mean_is_that_of_the_lines)
{
    const struct law law = EMPIRICAL(0, 0, 0.5, 4, 1, 30);

    cr_expect_float_eq(tb__law_mean(&law), 0.5 * 2 + 0.5 * 17, 1e-14);
}

Test(empirical, says_what_is_wrong)
{
    const struct {
        struct law law;
        const char *words;
    } bad[] = {
        {EMPIRICAL(0, 1), "at least 2 and at most 24 pairs"},
        {EMPIRICAL(0, 1, 1), "has 3 numbers"},
        {EMPIRICAL(0.1, 1, 1, 2), "from 0.1 to 1; they must go from 0"},
        {EMPIRICAL(0, 1, 0.9, 2), "from 0 to 0.9"},
        {EMPIRICAL(0, 1, 0.5, 2, 0.5, 3, 1, 4),
         "probability 3, 0.5, must be at least 1e-06"},
        {EMPIRICAL(0, 1, 0.5, 2, 0.4, 3, 1, 4), "probability 3, 0.4"},
        {EMPIRICAL(0, 1, 0.5, 0.5, 1, 4), "value 2, 0.5, is below the one before, 1"},
        {EMPIRICAL(0, -1, 1, 4), "value 1 is -1"},
        {EMPIRICAL(0, 1, 1, NAN), "value 2 is nan"},
        {EMPIRICAL(0, 1, NAN, 2, 1, 3), "probability 2, nan"},
        {EMPIRICAL(NAN, 1, 1, 2), "probability 2"},
        {EMPIRICAL(0, 1, 1, 2e8), "between 0 and 1e+08"},
    };

    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        tb_error err = {0};

        cr_expect_eq(tb__law_check(&bad[i].law, "x", &err), TB_ERR_VALUE);
        cr_expect(strstr(err.message, bad[i].words) && strstr(err.message, "x.quantiles"),
                  "%zu: %s", i, err.message);
    }
}

/* ---- mixtures */

static struct law mixture(int parts, ...)
{
    struct law law = tb__law_unset;
    va_list given;

    law.kind = LAW_MIXTURE;
    law.part_count = parts;
    va_start(given, parts);
    for (int i = 0; i < parts; i++) {
        law.parts[i].name[0] = (char)('a' + i);
        law.parts[i].weight = va_arg(given, double);
        law.parts[i].simple = va_arg(given, struct law).simple;
    }
    va_end(given);
    return law;
}

/* Chance of at most x, or of more than x, by closed forms in long double (gamma and beta: GSL). */
static long double chance(const struct simple_law *l, int upper, long double x)
{
    const long double s2 = log1pl((long double)l->cv * l->cv), m = l->high - l->low;
    const double k = 1 / (l->cv * l->cv), mean = (l->mean - l->low) / (l->high - l->low),
                 sd = l->cv * l->mean / (l->high - l->low),
                 a = mean * (mean * (1 - mean) / (sd * sd) - 1);
    long double y, f;

    switch (l->kind) {
    case LAW_CONSTANT: return (x >= l->mean) != upper;
    case LAW_EXPONENTIAL: return upper ? expl(-x / l->mean) : -expm1l(-x / l->mean);
    case LAW_LOGNORMAL:
        y = (logl(x / l->mean) + s2 / 2) / sqrtl(2 * s2);
        return erfcl(upper ? y : -y) / 2;
    case LAW_GAMMA:
        /* 40 deviations out GSL gives up, and nothing is left */
        if (fabsl(x - l->mean) > 40 * l->cv * l->mean + 60 * l->cv * l->cv * l->mean)
            return (x > l->mean) != upper;
        return upper ? gsl_cdf_gamma_Q((double)x, k, l->mean / k)
                     : gsl_cdf_gamma_P((double)x, k, l->mean / k);
    case LAW_BETA:
        y = fminl(1, fmaxl(0, (x - l->low) / m));
        return upper ? gsl_cdf_beta_Q((double)y, a, a * (1 - mean) / mean)
                     : gsl_cdf_beta_P((double)y, a, a * (1 - mean) / mean);
    case LAW_WEIBULL: /* by shape and scale */
        y = powl(x / l->scale, l->shape);
        return upper ? expl(-y) : -expm1l(-y);
    case LAW_UNIFORM: y = fminl(1, fmaxl(0, (x - l->low) / m)); return upper ? 1 - y : y;
    default: /* triangular */
        y = fminl(1, fmaxl(0, (x - l->low) / m));
        f = (l->mode - l->low) / m;
        if (upper)
            return y >= f ? (1 - y) * (1 - y) / (1 - f) : 1 - y * y / f;
        return y <= f ? y * y / f : 1 - (1 - y) * (1 - y) / (1 - f);
    }
}

static long double sum_of_chances(const struct law *law, int upper, long double x)
{
    long double sum = 0, weights = 0;

    for (int i = 0; i < law->part_count; i++) {
        weights += law->parts[i].weight;
        sum += law->parts[i].weight * chance(&law->parts[i].simple, upper, x);
    }
    return sum / weights;
}

/* The least x that has at least p below it (upper: at most p above it). */
static double inverted(const struct law *law, int upper, long double p)
{
    long double low = 1e-60L, high = 1e9L;

    for (int i = 0; i < 130; i++) {
        const long double x = sqrtl(low * high);
        const long double sum = sum_of_chances(law, upper, x);

        *((upper ? sum <= p : sum >= p) ? &high : &low) = x;
    }
    return (double)high;
}

/* Errors over a dense grid. Next to a step, where the value is one of those that the law has within
 * 5e-9 of that probability, any of them will do; such places are few. */
static double worst_error(const struct law *law, const struct table *t, int *excused)
{
    enum { GRID = 500 };
    double worst = 0, last = 0;

    *excused = 0;
    for (int upper = 0; upper < 2; upper++)
        for (int k = 0; k < GRID; k++) {
            const double u = uniform_of(upper ? GRID - 1 - k : k, GRID, upper);
            const double p = upper ? 1 - u : u, value = tb__variate(t, u);
            const double exact = inverted(law, upper, p);
            const double error = fabs(value - exact) / exact;

            cr_assert_geq(value, last * (1 - 1e-12), "falls at u = %.17g", u);
            last = value;
            if (error > 1e-7 && p > 1e-7) {
                const double a = inverted(law, upper, p - 5e-9),
                             b = inverted(law, upper, p + 5e-9);

                if (value >= fmin(a, b) * (1 - 1e-7) && value <= fmax(a, b) * (1 + 1e-7)) {
                    ++*excused;
                    continue;
                }
            }
            if (error > worst)
                worst = error;
        }
    return worst;
}

static void expect_mixture(const struct law *law, const char *name, int most_excused)
{
    struct table_set *set = new_set();
    const struct table t = table_of(set, law, 1);
    int excused;
    const double worst = worst_error(law, &t, &excused);

    cr_expect_lt(worst, 1e-7, "%s: %.2e", name, worst);
    cr_expect_leq(excused, most_excused, "%s: %d places next to steps", name, excused);
    tb__tables_free(set);
}

static struct law weibull_by_shape(double shape, double scale)
{
    struct law law = law_of(LAW_WEIBULL, NAN, NAN, NAN);

    law.shape = shape;
    law.scale = scale;
    return law;
}

#define LOGNORMAL(mean, cv) law_of(LAW_LOGNORMAL, mean, NAN, cv)
#define GAMMA(mean, cv) law_of(LAW_GAMMA, mean, NAN, cv)
#define FIXED(mean) tb__law_constant(mean)

Test(mixture, smooth_parts_that_overlap)
{
    const struct law laws[] = {
        mixture(1, 1.0, LOGNORMAL(4, 0.5)),
        mixture(2, 0.7, LOGNORMAL(4, 0.5), 0.3, GAMMA(20, 1)),
        mixture(3, 5.0, LOGNORMAL(4, 0.5), 3.0, GAMMA(12, 0.3), 2.0,
                weibull_by_shape(0.8, 30)),
        mixture(2, 0.5, law_of(LAW_EXPONENTIAL, 3, NAN, NAN), 0.5, LOGNORMAL(9, 1.5)),
    };

    watch_gsl();
    for (size_t i = 0; i < COUNT_OF(laws); i++)
        expect_mixture(&laws[i], "overlap", 0);
}

Test(mixture, parts_with_a_gap_between_them)
{
    const struct law laws[] = {
        mixture(2, 0.7, LOGNORMAL(2, 0.05), 0.3, LOGNORMAL(20, 0.05)),
        mixture(2, 0.999, GAMMA(2, 0.02), 0.001, GAMMA(200, 0.02)),
        mixture(3, 1.0, LOGNORMAL(1, 0.001), 1.0, LOGNORMAL(2, 0.01), 1.0, GAMMA(50, 0.01)),
    };

    watch_gsl();
    for (size_t i = 0; i < COUNT_OF(laws); i++)
        expect_mixture(&laws[i], "gap", 2);
}

Test(mixture, parts_with_ends_and_parts_that_are_constant)
{
    const struct law laws[] = {
        mixture(2, 0.7, FIXED(2), 0.3, FIXED(20)),
        mixture(2, 0.7, FIXED(2), 0.3, LOGNORMAL(20, 1)),
        mixture(3, 0.2, FIXED(5), 0.3, FIXED(6), 0.5, LOGNORMAL(5, 0.4)),
        mixture(2, 0.5, ranged(LAW_UNIFORM, 0, NAN, 1), 0.5, ranged(LAW_UNIFORM, 5, NAN, 6)),
        mixture(2, 0.5, ranged(LAW_UNIFORM, 1, NAN, 6), 0.5, ranged(LAW_UNIFORM, 2, NAN, 9)),
        mixture(2, 0.6, ranged(LAW_TRIANGULAR, 1, 2, 6), 0.4, LOGNORMAL(9, 0.3)),
        mixture(2, 0.6, beta_of(1, 9, 4, 0.3), 0.4, GAMMA(9, 0.3)),
    };

    watch_gsl();
    for (size_t i = 0; i < COUNT_OF(laws); i++) {
        char name[16];

        snprintf(name, sizeof name, "ends %zu", i);
        expect_mixture(&laws[i], name, 2);
    }
}

Test(mixture, a_small_part_is_not_overlooked)
{
    const struct law laws[] = {
        mixture(2, 1.0, LOGNORMAL(4, 0.5), 1e-5, LOGNORMAL(4, 0.001)),
        mixture(2, 1.0, LOGNORMAL(4, 0.5), 1e-5, FIXED(3)),
        mixture(2, 1.0, LOGNORMAL(4, 0.5), 2e-6, FIXED(3000)),
    };
    struct table_set *set = new_set();

    for (size_t i = 0; i < COUNT_OF(laws); i++)
        expect_mixture(&laws[i], "small", 4);
    /* The small and narrow lognormal law: uniforms within it. */
    const struct table narrow = table_of(set, &laws[0], 1);
    for (int i = -4; i <= 4; i++) {
        const double u = (double)sum_of_chances(&laws[0], 0, 4 * (1 + i * 5e-4L));

        cr_expect_float_eq(tb__variate(&narrow, u) / (4 * (1 + i * 5e-4)), 1, 1e-7, "%d",
                           i);
    }
    /* The flat of the constant: u from F(3-) to F(3). */
    const double below = (double)sum_of_chances(&laws[1], 0, 3 * (1 - 1e-15L));
    const struct table t = table_of(set, &laws[1], 1);
    cr_expect_float_eq(tb__variate(&t, below + 5e-6), 3, 1e-7);
    cr_expect_gt(tb__variate(&t, below + 1.1e-5), 3 + 1e-7);
    cr_expect_lt(tb__variate(&t, below - 1e-6), 3 - 1e-7);
    tb__tables_free(set);
}

static struct law random_part(uint64_t n)
{
    const double x = (double)(tb__mix(n) >> 11) * 0x1p-53,
                 y = (double)(tb__mix(n + 7919) >> 11) * 0x1p-53;
    const double mean = pow(10, 3 * x - 1), cv = pow(10, 2 * y - 1.7);

    switch (tb__mix(n + 104729) % 7) {
    case 0: return FIXED(mean);
    case 1: return law_of(LAW_EXPONENTIAL, mean, NAN, NAN);
    case 2: return LOGNORMAL(mean, cv);
    case 3: return GAMMA(mean, cv);
    case 4: return weibull_by_shape(1 / cv, mean);
    case 5: return ranged(LAW_UNIFORM, mean, NAN, mean * (1 + cv));
    default: return ranged(LAW_TRIANGULAR, mean, mean * (1 + cv * x), mean * (1 + cv));
    }
}

Test(mixture, random_ones, .timeout = 120)
{
    watch_gsl();
    for (uint64_t n = 1; n <= 12; n++) {
        const struct law law =
            mixture(2 + (int)(n % 2), 0.1 + (double)(tb__mix(n) % 10), random_part(3 * n),
                    1.0, random_part(3 * n + 1), 0.5, random_part(3 * n + 2));
        char name[16];

        snprintf(name, sizeof name, "%d", (int)n);
        expect_mixture(&law, name, 8);
    }
}

Test(mixture, the_mean_and_the_weights)
{
    const struct law law = mixture(2, 3.0, FIXED(2), 1.0, law_of(LAW_GAMMA, 10, NAN, 1)),
                     none = mixture(3, 3.0, FIXED(2), 0.0, FIXED(99), 1.0, FIXED(6));
    struct table_set *set = new_set();
    const struct table t = table_of(set, &none, 60000);

    cr_expect_float_eq(tb__law_mean(&law), 4, 1e-14);
    cr_expect_float_eq(tb__law_mean(&none), 3, 1e-14);
    cr_expect_eq(tb__variate_ms(&t, 0.74), 120000);
    cr_expect_eq(tb__variate_ms(&t, 0.76), 360000);
    cr_expect_eq(tb__variate_ms(&t, 0.75 - 1e-11), 120000);
    cr_expect_eq(tb__variate_ms(&t, 0.75 + 1e-11), 360000);
    cr_expect_eq(tb__variate_ms(&t, 1 - 1e-12), 360000);
    tb__tables_free(set);
}

Test(mixture, says_what_is_wrong)
{
    const struct law empty = mixture(0), heavy = mixture(1, 2e6, FIXED(1)),
                     negative = mixture(1, -1.0, FIXED(1)),
                     nothing = mixture(1, NAN, FIXED(1)),
                     zero = mixture(2, 0.0, FIXED(1), 0.0, FIXED(2)),
                     tiny = mixture(2, 1.0, FIXED(1), 1e-9, FIXED(2)),
                     bad = mixture(2, 1.0, FIXED(1), 1.0, LOGNORMAL(2, NAN));
    struct law many = mixture(1, 1.0, FIXED(1)), other = LOGNORMAL(2, 1);
    const struct {
        const struct law *law;
        const char *words;
    } cases[] = {
        {&empty, "needs 1 to 3 parts, and has 0"},
        {&heavy, "x.parts.a.weight is 2e+06"},
        {&negative, "x.parts.a.weight is -1"},
        {&nothing, "x.parts.a.weight is nan"},
        {&zero, "all parts have weight 0"},
        {&tiny, "x.parts.b.weight is 1e-09; it must be 0 or at least 1e-06"},
        {&bad, "x.parts.b: a law of kind lognormal needs its cv"},
        {&many, "and has 4"},
        {&other, "x.parts: a law of kind lognormal does not take them"},
    };

    many.part_count = 4;
    other.part_count = 1;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        tb_error err = {0};

        cr_expect_eq(tb__law_check(cases[i].law, "x", &err), TB_ERR_VALUE);
        cr_expect(strstr(err.message, cases[i].words), "%zu: %s", i, err.message);
    }
}

/* ---- the set */

Test(pieces, laws_share_them_and_the_hash_knows_them)
{
    struct table_set *set = new_set();
    const struct law a = mixture(2, 0.7, FIXED(2), 0.3, LOGNORMAL(20, 1)),
                     b = EMPIRICAL(0, 1, 1, 4), c = EMPIRICAL(0, 1, 1, 5);
    struct law renamed = a;
    const uint64_t before = tb__tables_hash(set);
    const struct table t = table_of(set, &a, 1), u = table_of(set, &b, 1);
    const uint64_t after = tb__tables_hash(set);

    strcpy(renamed.parts[0].name, "other");
    cr_expect_neq(before, after);
    cr_expect_eq(table_of(set, &renamed, 3).pieces, t.pieces);
    cr_expect_eq(table_of(set, &b, 1).pieces, u.pieces);
    cr_expect_eq(tb__tables_hash(set), after);
    cr_expect_neq(table_of(set, &c, 1).pieces, u.pieces);
    cr_expect_neq(tb__tables_hash(set), after);
    tb__tables_free(set);
}

Test(pieces, each_failing_allocation_is_reported_and_the_set_stays_usable)
{
    const struct law law = mixture(2, 0.7, FIXED(2), 0.3, LOGNORMAL(20, 1));
    struct table_set *set = new_set();
    uint64_t expected;
    long n = 0;
    int done = 0;

    table_of(set, &law, 1);
    expected = tb__tables_hash(set);
    tb__tables_free(set);
    for (; !done; n++) {
        tb_error err = {0};
        struct table t;

        set = new_set();
        faulty_start(n, (int)(n % 2));
        done = !tb__tables_build(set, &law, 1, &t, &err);
        cr_assert_eq(err.status, done ? TB_OK : TB_ERR_MEMORY);
        faulty_start(-1, 0);
        table_of(set, &law, 1);
        cr_assert_eq(tb__tables_hash(set), expected, "after failure %ld", n);
        tb__tables_free(set);
    }
    cr_assert_gt(n, 6);
}

/* ---- laws given by two quantiles, or by their natural parameters */

static double gsl_quantile(int kind, double shape, double p)
{
    switch (kind) {
    case LAW_LOGNORMAL: return gsl_cdf_lognormal_Pinv(p, 0, shape);
    case LAW_GAMMA: return gsl_cdf_gamma_Pinv(p, shape, 1);
    default: return gsl_cdf_weibull_Pinv(p, 1, shape);
    }
}

static void expect_quantiles(const struct law *law, double shape, double scale)
{
    struct table_set *set = new_set();
    const struct table t = table_of(set, law, 1);

    for (int i = 1; i < 400; i++) {
        const double u = i / 400.0;
        const double exact = scale * gsl_quantile(law->kind, shape, u);

        cr_assert_float_eq(tb__variate(&t, u) / exact, 1, 1e-7, "%s, shape %g, u %g",
                           tb__law_kind_names[law->kind], shape, u);
    }
    tb__tables_free(set);
}

Test(pairs, natural_parameters_and_quantiles_say_the_same_law)
{
    static const double shapes[][5] = {[LAW_LOGNORMAL] = {0.01, 0.2, 0.5, 0.8, 1.2},
                                       [LAW_GAMMA] = {0.3, 0.9, 2, 17, 4000},
                                       [LAW_WEIBULL] = {0.6, 0.9, 1, 3, 50}};

    for (size_t k = 0; k < COUNT_OF(shaped); k++)
        for (int i = 0; i < 5; i++) {
            const int kind = shaped[k];
            const double shape = shapes[kind][i], scale = 12.5;
            struct law natural = law_of(kind, NAN, NAN, NAN), outer = natural,
                       inner = natural;

            natural.shape = shape;
            natural.scale = scale;
            outer.p10 = scale * gsl_quantile(kind, shape, 0.1);
            outer.p90 = scale * gsl_quantile(kind, shape, 0.9);
            inner.p25 = scale * gsl_quantile(kind, shape, 0.25);
            inner.p75 = scale * gsl_quantile(kind, shape, 0.75);
            expect_quantiles(&natural, shape, scale);
            expect_quantiles(&outer, shape, scale);
            expect_quantiles(&inner, shape, scale);
            cr_expect_float_eq(tb__law_mean(&outer) / tb__law_mean(&natural), 1, 1e-9);
            cr_expect_float_eq(tb__law_mean(&inner) / tb__law_mean(&natural), 1, 1e-9);
        }
}

Test(pairs, the_mean_of_natural_parameters)
{
    struct law law = law_of(LAW_GAMMA, NAN, NAN, NAN);

    law.shape = 3;
    law.scale = 4;
    cr_expect_float_eq(tb__law_mean(&law), 12, 1e-12);
    law.kind = LAW_WEIBULL;
    cr_expect_float_eq(tb__law_mean(&law), 4 * tgamma(1 + 1 / 3.0), 1e-12);
    law.kind = LAW_LOGNORMAL;
    law.shape = 0.5;
    cr_expect_float_eq(tb__law_mean(&law), 4 * exp(0.125), 1e-12);
}

Test(pairs, quantiles_too_near_or_too_far_apart_are_refused)
{
    static const double pairs[][2] = {{4, 4},      {4, 3}, {4, 4.001},
                                      {1e-6, 1e6}, {0, 4}, {0, 0}};

    for (size_t k = 0; k < COUNT_OF(shaped); k++)
        for (size_t i = 0; i < COUNT_OF(pairs); i++) {
            struct law law = law_of(shaped[k], NAN, NAN, NAN);
            tb_error err = {0};

            law.p10 = pairs[i][0];
            law.p90 = pairs[i][1];
            cr_expect_eq(tb__law_check(&law, "x", &err), TB_ERR_VALUE);
            cr_expect(strstr(err.message, "x: p10 is"), "%s", err.message);
        }
}
