/* kernel/quantile and kernel/inverse: tables against the quantiles that GSL computes. */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "kernel/inverse.h"
#include "laws.h"

/* The oracle: what GSL says, from parameters worked out here and not by the library */

/* 1/k of the Weibull law with this cv, by bisection. */
static double weibull_power(double cv)
{
    double from = 0, to = 6;

    for (int i = 0; i < 200; i++) {
        const double v = (from + to) / 2;
        const double spread = lgamma(1 + 2 * v) - 2 * lgamma(1 + v);
        *(spread < log1p(cv * cv) ? &from : &to) = v;
    }
    return from;
}

static void beta_shapes(const struct law *law, double *a, double *b)
{
    const double range = law->high - law->low, m = (law->mean - law->low) / range;
    const double sd = law->cv * law->mean / range;

    *a = m * (m * (1 - m) / (sd * sd) - 1);
    *b = *a * (1 - m) / m;
}

/* A quantile of the law at scale 1, and the density there. */
struct oracle {
    double shape, second, scale, low;
};

static struct oracle oracle_of(const struct law *law)
{
    struct oracle o = {0, 0, isnan(law->mean) ? law->median : law->mean, 0};

    switch (law->kind) {
    case LAW_LOGNORMAL:
        o.shape = sqrt(log1p(law->cv * law->cv));
        o.scale /= isnan(law->mean) ? 1 : exp(o.shape * o.shape / 2);
        break;
    case LAW_GAMMA:
        o.shape = 1 / (law->cv * law->cv);
        o.scale /= isnan(law->mean) ? gsl_cdf_gamma_Pinv(0.5, o.shape, 1) : o.shape;
        break;
    case LAW_WEIBULL:
        o.shape = weibull_power(law->cv);
        o.scale /= isnan(law->mean) ? pow(M_LN2, o.shape) : tgamma(1 + o.shape);
        break;
    case LAW_EXPONENTIAL: break;
    default:
        o.low = law->low;
        o.scale = law->high - law->low;
        o.shape = (law->mode - law->low) / (law->high - law->low);
        if (law->kind == LAW_BETA)
            beta_shapes(law, &o.shape, &o.second);
    }
    return o;
}

static double triangular_quantile(double mode, int upper, double p)
{
    if (upper)
        return 1 - triangular_quantile(1 - mode, 0, p);
    return p <= mode ? sqrt(p * mode) : 1 - sqrt((1 - p) * (1 - mode));
}

/* GSL's inverse at scale 1; NaN where it does not converge. */
static double inverse(int kind, const struct oracle *o, int upper, double p)
{
    switch (kind) {
    case LAW_EXPONENTIAL:
        return upper ? gsl_cdf_exponential_Qinv(p, 1) : gsl_cdf_exponential_Pinv(p, 1);
    case LAW_LOGNORMAL:
        return upper ? gsl_cdf_lognormal_Qinv(p, 0, o->shape)
                     : gsl_cdf_lognormal_Pinv(p, 0, o->shape);
    case LAW_GAMMA:
        return upper ? gsl_cdf_gamma_Qinv(p, o->shape, 1)
                     : gsl_cdf_gamma_Pinv(p, o->shape, 1);
    case LAW_WEIBULL:
        return upper ? gsl_cdf_weibull_Qinv(p, 1, 1 / o->shape)
                     : gsl_cdf_weibull_Pinv(p, 1, 1 / o->shape);
    case LAW_BETA:
        return upper ? gsl_cdf_beta_Qinv(p, o->shape, o->second)
                     : gsl_cdf_beta_Pinv(p, o->shape, o->second);
    case LAW_TRIANGULAR: return triangular_quantile(o->shape, upper, p);
    default: return upper ? 1 - p : p;
    }
}

/* Distance of x from the quantile, by one step of Newton from GSL's distribution function: for
 * where its inverses do not converge. */
static double residual(int kind, const struct oracle *o, int upper, double p, double x)
{
    double f, density;

    if (x < 1e-280 || (kind == LAW_BETA && x >= 1))
        return 0;
    if (kind == LAW_BETA) {
        f = upper ? gsl_cdf_beta_Q(x, o->shape, o->second)
                  : gsl_cdf_beta_P(x, o->shape, o->second);
        density = gsl_ran_beta_pdf(x, o->shape, o->second);
    } else {
        f = upper ? gsl_cdf_gamma_Q(x, o->shape, 1) : gsl_cdf_gamma_P(x, o->shape, 1);
        density = gsl_ran_gamma_pdf(x, o->shape, 1);
    }
    return (f - p) / density;
}

/* Error of a draw at p (upper: at 1 - p) in the law's units, and the exact value. */
static double error_at(const struct law *law, const struct oracle *o,
                       const struct table *t, int upper, double p, double *exact)
{
    const double value = tb__variate(t, upper ? 1 - p : p);

    if (law->kind == LAW_GAMMA || law->kind == LAW_BETA) {
        *exact = value;
        return fabs(o->scale *
                    residual(law->kind, o, upper, p, (value - o->low) / o->scale));
    }
    *exact = o->low + o->scale * inverse(law->kind, o, upper, p);
    return fabs(value - *exact);
}

/* Greatest error over a dense grid of both halves, relative to the value, or to what stands in
 * `least` where that is greater. */
static double worst_against(const struct law *law, const struct oracle *o,
                            const struct table *t, double least)
{
    enum { GRID = 6000 };
    double worst = 0;

    for (int upper = 0; upper < 2; upper++)
        for (int i = 0; i < GRID; i++) {
            /* 1 - p rounds: the p that the table sees is the one to compare with */
            const double wish = pow(10, -9 + (i + 0.5) / GRID * (9 - 0.30103));
            const double p = upper ? 1 - (1 - wish) : wish;
            double exact, e;

            e = error_at(law, o, t, upper, p, &exact) / fmax(fabs(exact), least);
            worst = fmax(worst, isnan(e) ? INFINITY : e);
        }
    return worst;
}

static double worst_error(const struct law *law, const struct table *t, double least)
{
    const struct oracle o = oracle_of(law);

    return worst_against(law, &o, t, least);
}

Test(quantile, tables_follow_the_quantiles_to_1e_7)
{
    static const double cvs[] = {0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 1, 1.2, 1.5, 1.9};

    watch_gsl();
    for (size_t k = 0; k < COUNT_OF(shaped); k++)
        for (size_t i = 0; i < COUNT_OF(cvs); i++)
            for (int by_median = 0; by_median < 2; by_median++) {
                const struct law law =
                    law_of(shaped[k], by_median ? NAN : 17, by_median ? 17 : NAN, cvs[i]);
                struct table_set *set = new_set();
                const struct table t = table_of(set, &law, 1);
                const double worst = worst_error(&law, &t, 0);

                gsl_errors = 0; /* those of the oracle */
                cr_expect_lt(worst, 1e-7, "%s, cv %g, by median %d: %.2e",
                             tb__law_kind_names[shaped[k]], cvs[i], by_median, worst);
                tb__tables_free(set);
            }
}

Test(quantile, the_exponential_table_follows_its_quantiles_to_1e_7)
{
    const struct law law = law_of(LAW_EXPONENTIAL, 3, NAN, NAN);
    struct table_set *set = new_set();
    const struct table t = table_of(set, &law, 1);

    cr_assert_lt(worst_error(&law, &t, 0), 1e-7);
    for (int i = 0; i < 1000;
         i++) { /* nearly a line there: only the rounding of nodes is seen */
        const double u = 1.01e-9 + 1e-9 * i;
        cr_assert_float_eq(tb__variate(&t, u) / (-3 * log1p(-u)), 1, 5e-11);
    }
    tb__tables_free(set);
}

/* The law of this shape and scale, given by them or by its quantiles at `tail` and 1 - tail. */
static struct law given_by(int kind, const struct oracle *o, double tail)
{
    struct law law = tb__law_unset;
    const double low = o->scale * inverse(kind, o, 0, tail),
                 high = o->scale * inverse(kind, o, 1, tail);

    law.kind = kind;
    if (tail <= 0) {
        law.shape = kind == LAW_WEIBULL ? 1 / o->shape : o->shape;
        law.scale = o->scale;
    } else if (tail < 0.2) {
        law.p10 = low;
        law.p90 = high;
    } else {
        law.p25 = low;
        law.p75 = high;
    }
    return law;
}

Test(quantile, laws_by_shape_or_by_two_quantiles_follow_them_to_1e_7)
{
    /* as cvs from 0.01 to about 1.9 put them; of a Weibull law 1 over its shape */
    static const double shapes[][6] = {[LAW_LOGNORMAL] = {0.01, 0.1, 0.3, 0.6, 1, 1.2},
                                       [LAW_GAMMA] = {0.3, 0.6, 1, 4, 90, 9000},
                                       [LAW_WEIBULL] = {0.008, 0.05, 0.3, 0.8, 1, 1.7}};
    static const double tails[] = {0, 0.1, 0.25};

    watch_gsl();
    for (size_t k = 0; k < COUNT_OF(shaped); k++)
        for (int i = 0; i < 6; i++)
            for (size_t j = 0; j < COUNT_OF(tails); j++) {
                const struct oracle o = {shapes[shaped[k]][i], 0, 12.5, 0};
                const struct law law = given_by(shaped[k], &o, tails[j]);
                struct table_set *set = new_set();
                const struct table t = table_of(set, &law, 1);
                const double worst = worst_against(&law, &o, &t, 0);

                gsl_errors = 0;
                cr_expect_lt(worst, 1e-7, "%s, shape %g, tail %g: %.2e",
                             tb__law_kind_names[shaped[k]], o.shape, tails[j], worst);
                tb__tables_free(set);
            }
}

Test(quantile, wide_and_narrow_laws_stay_close_to_value_or_mean)
{
    static const double cvs[] = {1e-3, 3e-3, 2, 2.5, 3, 4, 5, 7, 10};

    watch_gsl();
    for (size_t k = 0; k < COUNT_OF(shaped); k++)
        for (size_t i = 0; i < COUNT_OF(cvs); i++) {
            const struct law law = law_of(shaped[k], 17, NAN, cvs[i]);
            struct table_set *set = new_set();
            struct table t;
            double worst;

            if (tb__law_check(&law, "law", NULL)) {
                cr_assert(law.kind == LAW_GAMMA && law.cv < 0.01);
            } else {
                t = table_of(set, &law, 1);
                worst = worst_error(&law, &t, 17);
                gsl_errors = 0;
                cr_expect_lt(worst, 1.2e-6, "%s, cv %g: %.2e",
                             tb__law_kind_names[shaped[k]], cvs[i], worst);
            }
            tb__tables_free(set);
        }
}

Test(quantile, tables_of_a_range_follow_their_quantiles_to_1e_7_of_the_range)
{
    watch_gsl();
    for (size_t i = 0; i < COUNT_OF(ranges); i++) {
        const struct law *law = &ranges[i];
        struct table_set *set = new_set();
        const struct table t = table_of(set, law, 1);
        const double worst = worst_error(law, &t, law->high - law->low) *
                             fmax(1, law->high / (law->high - law->low));

        gsl_errors = 0;
        cr_expect_lt(worst, 1e-7, "case %zu, %s: %.2e", i, tb__law_kind_names[law->kind],
                     worst);
        tb__tables_free(set);
    }
}

Test(quantile, the_kink_of_a_triangular_law_costs_2e_6_of_its_range)
{
    for (int i = 0; i <= 200; i++) {
        const struct law law = ranged(LAW_TRIANGULAR, 0, 0.05 * i, 10);
        struct table_set *set = new_set();
        const struct table t = table_of(set, &law, 1);
        const double worst = worst_error(&law, &t, 10);

        cr_expect_lt(worst, 2e-6, "mode %g: %.2e", law.mode, worst);
        tb__tables_free(set);
    }
}

Test(quantile, a_beta_law_heaped_at_both_ends_stays_within_1e_6_of_its_range)
{
    watch_gsl();
    for (int i = 0; i <= 20; i++) {
        const struct law law = beta_of(0, 10, 5, 0.81 + 0.005 * i); /* shapes down to 0.1 */
        struct table_set *set = new_set();
        const struct table t = table_of(set, &law, 1);
        const double worst = worst_error(&law, &t, 10);

        cr_expect_lt(worst, 1e-6, "cv %g: %.2e", law.cv, worst);
        tb__tables_free(set);
    }
}

/* Greatest distance of node values from the quantiles, relative to them or to `least`. */
static double worst_node(int kind, const struct oracle *o, int upper,
                         const double value[NODES], double least)
{
    double worst = 0;

    for (int i = 0; i < NODES; i++) {
        const double e = residual(kind, o, upper, tb__node_probability(i), value[i]);
        worst = fmax(worst, fabs(e) / fmax(value[i], least));
    }
    return worst;
}

Test(quantile, continuation_solves_for_the_nodes_of_gamma_and_beta)
{
    double value[NODES];

    watch_gsl();
    for (int i = 0; i <= 60; i++)
        for (int upper = 0; upper < 2; upper++) {
            const struct oracle gamma = {pow(10, -2 + 0.1 * i), 0, 1, 0};
            const struct oracle beta = {pow(10, -1 + 0.08 * i),
                                        pow(10, -1 + 0.08 * (i * 7 % 61)), 1, 0};
            double worst;

            tb__gamma_quantiles(gamma.shape, upper, value);
            worst = worst_node(LAW_GAMMA, &gamma, upper, value, gamma.shape);
            cr_expect_lt(worst, 2e-10, "gamma %g, upper %d: %.2e", gamma.shape, upper,
                         worst);
            tb__beta_quantiles(beta.shape, beta.second, upper, value);
            worst = worst_node(LAW_BETA, &beta, upper, value, 1);
            cr_expect_lt(worst, 1e-10, "beta %g, %g, upper %d: %.2e", beta.shape,
                         beta.second, upper, worst);
        }
    cr_assert_eq(gsl_errors, 0);
}

/* GSL's inverses, where they converge, are a second opinion on gamma and beta. */
Test(quantile, gamma_and_beta_agree_with_the_inverses_of_gsl)
{
    static const double cvs[] = {0.1, 0.3, 0.63, 1, 1.4};
    int compared = 0;

    watch_gsl();
    for (size_t i = 0; i < 2 * COUNT_OF(cvs); i++) {
        const double cv = cvs[i / 2];
        const struct law law =
            i % 2 ? law_of(LAW_GAMMA, 17, NAN, cv) : beta_of(0, 90, 17, cv);
        const struct oracle o = oracle_of(&law);
        struct table_set *set = new_set();
        const struct table t = table_of(set, &law, 1);
        double worst = 0;

        for (int j = 1; j < 2000; j++) {
            const double u = j / 2000.0;
            const int upper = u > 0.5;
            const double exact = o.scale * inverse(law.kind, &o, upper, upper ? 1 - u : u);
            const double unit = law.kind == LAW_BETA ? 90 : exact;

            if (gsl_errors == 0) {
                worst = fmax(worst, fabs(tb__variate(&t, u) - exact) / unit);
                compared++;
            }
            gsl_errors = 0;
        }
        cr_expect_lt(worst, 1e-7, "%s, cv %g: %.2e", tb__law_kind_names[law.kind], cv,
                     worst);
        tb__tables_free(set);
    }
    cr_assert_gt(compared, 19000, "GSL converged in %d places only", compared);
}
