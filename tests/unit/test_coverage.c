/* How often the intervals hold what they say: 2,000 macro-runs each, with columns made here instead of
 * simulated. They are held against the coverage that each has for its law and number of replications,
 * which is not the nominal one for skewed laws, within three binomial standard errors. */
#include <criterion/criterion.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

#include "experiment/result.h"

enum { MACRO_RUNS = 2000, MOST = 5120, MOST_WEEKS = 8, ARMS = 2 };

/* A result of one outcome, made by hand. */
struct made {
    struct tb_result result;
    struct result_scenario scenario[ARMS];
    tb_outcome outcome;
    double *part[3];
};

static void make(struct made *m, int scenarios, int replications, int weeks)
{
    m->outcome = (tb_outcome){"made", "", "", TB_MORE};
    for (int p = 0; p < 3; p++)
        if (!m->part[p])
            m->part[p] = calloc(ARMS * MOST * MOST_WEEKS, sizeof(double));
    m->result = (struct tb_result){.scenarios = scenarios,
                                   .replications = replications,
                                   .weeks = weeks,
                                   .weekly = weeks > 1,
                                   .outcomes = 1,
                                   .outcome = &m->outcome,
                                   .part = {m->part[0], m->part[1], m->part[2]},
                                   .rows = (int64_t)scenarios * replications * weeks,
                                   .scenario = m->scenario};
}

static void unmake(struct made *m)
{
    for (int p = 0; p < 3; p++)
        free(m->part[p]);
}

static void set(struct made *m, int row, double numerator, double denominator)
{
    m->part[1][row] = numerator;
    m->part[2][row] = denominator;
}

typedef double (*law)(const gsl_rng *rng);

static double normal(const gsl_rng *rng)
{
    return 1 + 0.5 * gsl_ran_gaussian_ziggurat(rng, 1);
}

static double exponential(const gsl_rng *rng)
{
    return gsl_ran_exponential(rng, 1);
}

static double lognormal(const gsl_rng *rng) /* mean 1, cv 1.2 */
{
    const double variance = log(1 + 1.2 * 1.2);

    return exp(gsl_ran_gaussian_ziggurat(rng, sqrt(variance)) - variance / 2);
}

static bool holds(const tb_interval *i, double truth)
{
    return i->low <= truth && truth <= i->high;
}

static void expect_coverage(const char *what, int held, double expected)
{
    const double share = (double)held / MACRO_RUNS;
    const double error = sqrt(expected * (1 - expected) / MACRO_RUNS);

    cr_expect(fabs(share - expected) < 3 * error, "%s: %.4f, not %.3f +- %.4f", what,
              share, expected, 3 * error);
}

static int t_intervals(struct made *m, const gsl_rng *rng, law draw, int n)
{
    int held = 0;

    for (int run = 0; run < MACRO_RUNS; run++) {
        tb_interval i;

        make(m, 1, n, 1);
        for (int r = 0; r < n; r++)
            set(m, r, draw(rng), 1);
        cr_assert_eq(tb_result_estimate(&m->result, 0, "made", 0.95, &i, NULL), TB_OK);
        held += holds(&i, 1);
    }
    return held;
}

static gsl_rng *generator(void)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    gsl_rng_set(rng, 81);
    return rng;
}

Test(coverage, of_estimates)
{
    static const struct {
        const char *name;
        law law;
        double ten, thirty;
    } cases[] = {{"normal", normal, 0.950, 0.950},
                 {"exponential", exponential, 0.901, 0.927},
                 {"lognormal", lognormal, 0.851, 0.890}};
    struct made m = {.part = {NULL}};
    gsl_rng *rng = generator();

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_coverage(cases[i].name, t_intervals(&m, rng, cases[i].law, 10),
                        cases[i].ten);
        expect_coverage(cases[i].name, t_intervals(&m, rng, cases[i].law, 30),
                        cases[i].thirty);
    }
    gsl_rng_free(rng);
    unmake(&m);
}

/* Both arms share most of their noise; by itself neither is known that well. The difference of two
 * exponentials is Laplace: coverage of its t-interval by 200,000 independent macro-runs. */
static int differences(struct made *m, const gsl_rng *rng, law draw, int n)
{
    int held = 0;

    for (int run = 0; run < MACRO_RUNS; run++) {
        tb_interval i;

        make(m, 2, n, 1);
        for (int r = 0; r < n; r++) {
            const double common = 20 * gsl_rng_uniform(rng);
            set(m, r, common + draw(rng), 1);
            set(m, n + r, common + 3 + draw(rng), 1);
        }
        cr_assert_eq(tb_result_difference(&m->result, 0, 1, "made", 0.95, &i, NULL), TB_OK);
        held += holds(&i, 3);
    }
    return held;
}

Test(coverage, of_paired_differences)
{
    struct made m = {.part = {NULL}};
    gsl_rng *rng = generator();

    expect_coverage("normal 10", differences(&m, rng, normal, 10), 0.950);
    expect_coverage("normal 30", differences(&m, rng, normal, 30), 0.950);
    expect_coverage("exponential 10", differences(&m, rng, exponential, 10), 0.9575);
    expect_coverage("exponential 30", differences(&m, rng, exponential, 30), 0.953);
    gsl_rng_free(rng);
    unmake(&m);
}

/* Ratios of sums with denominators that vary: the jackknife below 30. Expected by 50,000 independent
 * macro-runs; with exponential denominators the linearised interval would hold in 93.8 % only. */
static int ratios(struct made *m, const gsl_rng *rng, int n, bool heavy)
{
    int held = 0;

    for (int run = 0; run < MACRO_RUNS; run++) {
        tb_interval i;

        make(m, 1, n, 1);
        for (int r = 0; r < n; r++) {
            const double t = heavy ? exponential(rng) : 0.5 + gsl_rng_uniform(rng);
            set(m, r, 2 * t + (heavy ? exponential(rng) - 1 : normal(rng) - 1), t);
        }
        cr_assert_eq(tb_result_estimate(&m->result, 0, "made", 0.95, &i, NULL), TB_OK);
        held += holds(&i, 2);
    }
    return held;
}

Test(coverage, of_the_jackknife)
{
    struct made m = {.part = {NULL}};
    gsl_rng *rng = generator();

    expect_coverage("ratio 10", ratios(&m, rng, 10, false), 0.9535);
    expect_coverage("ratio 20", ratios(&m, rng, 20, false), 0.952);
    expect_coverage("heavy ratio 10", ratios(&m, rng, 10, true), 0.9474);
    gsl_rng_free(rng);
    unmake(&m);
}

/* Three independent headlines, each at 1 - 0.05 / 3, hold jointly in (1 - 0.05 / 3)^3. */
Test(coverage, of_a_set_of_headlines)
{
    struct made m = {.part = {NULL}};
    gsl_rng *rng = generator();
    int held = 0;

    for (int run = 0; run < MACRO_RUNS; run++) {
        bool all = true;

        for (int headline = 0; headline < 3; headline++) {
            tb_interval i;

            make(&m, 2, 20, 1);
            for (int r = 0; r < 40; r++)
                set(&m, r, normal(rng), 1);
            cr_assert_eq(
                tb_result_difference(&m.result, 0, 1, "made", 1 - 0.05 / 3, &i, NULL),
                TB_OK);
            all &= holds(&i, 0);
        }
        held += all;
    }
    expect_coverage("three headlines", held, pow(1 - 0.05 / 3, 3));
    gsl_rng_free(rng);
    unmake(&m);
}

static bool band_holds(const tb_interval *band, int weeks, double truth)
{
    bool all = true;

    for (int week = 0; week < weeks; week++)
        all &= holds(&band[week], truth);
    return all;
}

Test(coverage, of_weekly_bands)
{
    struct made m = {.part = {NULL}};
    gsl_rng *rng = generator();
    tb_interval band[MOST_WEEKS];
    int held[2] = {0};

    for (int run = 0; run < MACRO_RUNS; run++) {
        make(&m, 2, 12, MOST_WEEKS);
        for (int r = 0; r < 2 * 12 * MOST_WEEKS; r++)
            set(&m, r, normal(rng), 1);
        cr_assert_eq(tb_result_weekly(&m.result, 1, "made", 0.95, band, NULL), TB_OK);
        held[0] += band_holds(band, MOST_WEEKS, 1);
        cr_assert_eq(
            tb_result_weekly_difference(&m.result, 0, 1, "made", 0.95, band, NULL), TB_OK);
        held[1] += band_holds(band, MOST_WEEKS, 0);
    }
    expect_coverage("weekly band", held[0], pow(1 - 0.05 / MOST_WEEKS, MOST_WEEKS));
    expect_coverage("weekly band of differences", held[1],
                    pow(1 - 0.05 / MOST_WEEKS, MOST_WEEKS));
    gsl_rng_free(rng);
    unmake(&m);
}

/* Looks at 20, 40, 80, ... until the half-width is a tenth of the mean. */
static int sequences(struct made *m, const gsl_rng *rng, law draw)
{
    const tb_target target = {"made", 0.1, 1, 0};
    tb_plan plan = TB_PLAN_INIT;
    int held = 0;

    plan.replications = MOST;
    plan.target = &target;
    plan.targets = 1;
    for (int run = 0; run < MACRO_RUNS; run++) {
        tb_interval i;
        int n = 0;

        make(m, 1, MOST, 1);
        do {
            const int before = n;

            n = tb__next_look(&plan, n);
            for (int r = before; r < n; r++)
                set(m, r, draw(rng), 1);
            m->result.rows = m->result.replications = n;
            cr_assert_eq(tb__look(&m->result, &plan, NULL), TB_OK);
        } while (m->result.ending != TB_PRECISE && n < MOST);
        cr_assert_eq(tb_result_estimate(&m->result, 0, "made", 0.95, &i, NULL), TB_OK);
        held += holds(&i, 1);
    }
    return held;
}

Test(coverage, of_sequential_stopping)
{
    struct made m = {.part = {NULL}};
    gsl_rng *rng = generator();

    expect_coverage("normal", sequences(&m, rng, normal), 0.947);
    expect_coverage("exponential", sequences(&m, rng, exponential), 0.949);
    gsl_rng_free(rng);
    unmake(&m);
}

/* sum(D) / sum(T) without each replication in turn, summed anew (Efron and Tibshirani 1993, 11.5). */
Test(coverage, the_jackknife_leaves_out_one_at_a_time)
{
    static const double d[] = {3, 1, 4, 1, 5, 9}, t[] = {2, 7, 1, 8, 2, 8};
    struct made m = {.part = {NULL}};
    double without[6], mean = 0, squares = 0;
    tb_interval i;

    make(&m, 1, 6, 1);
    for (int k = 0; k < 6; k++) {
        double top = 0, bottom = 0;

        set(&m, k, d[k], t[k]);
        for (int j = 0; j < 6; j++) {
            top += j == k ? 0 : d[j];
            bottom += j == k ? 0 : t[j];
        }
        without[k] = top / bottom;
        mean += without[k] / 6;
    }
    for (int k = 0; k < 6; k++)
        squares += (without[k] - mean) * (without[k] - mean);
    cr_assert_eq(tb_result_estimate(&m.result, 0, "made", 0.95, &i, NULL), TB_OK);
    cr_assert_float_eq(i.mean, 23.0 / 28, 1e-14);
    cr_assert_float_eq(i.standard_error, sqrt(5.0 / 6 * squares), 1e-14);
    cr_assert_float_eq(i.high - i.mean, 2.570581835636197 * i.standard_error,
                       1e-12); /* t, 5 */
    unmake(&m);
}

/* The standard error by the jackknife, each rest summed anew in long double. */
static long double jackknife(const struct made *m, int n, bool paired)
{
    long double z[30], mean = 0, squares = 0;

    for (int k = 0; k < n; k++) {
        long double ratio[ARMS] = {0, 0};

        for (int arm = 0; arm <= paired; arm++) {
            long double top = 0, bottom = 0;

            for (int j = 0; j < n; j++) {
                top += j == k ? 0 : (long double)m->part[1][arm * n + j];
                bottom += j == k ? 0 : (long double)m->part[2][arm * n + j];
            }
            ratio[arm] = bottom > 0 ? top / bottom : 0;
        }
        z[k] = paired ? ratio[1] - ratio[0] : ratio[0];
        mean += z[k] / n;
    }
    for (int k = 0; k < n; k++)
        squares += (z[k] - mean) * (z[k] - mean);
    return sqrtl((long double)(n - 1) / n * squares);
}

/* Seldom anything, and then up to 90. */
static double cluster(const gsl_rng *rng)
{
    return gsl_rng_uniform(rng) < 0.1 ? (double)(1 + gsl_rng_uniform_int(rng, 90)) : 0;
}

/* Rare events: most replications have none, now and then one has all, also of what events are counted
 * by: a rest by subtraction would then be rounding, over rounding. */
Test(coverage, the_jackknife_of_rare_counts_is_that_of_long_doubles)
{
    static const double chance[] = {0, 0.02, 0.1, 0.5}, size[] = {1, 1e-9, 1e9 / 3};
    struct made m = {.part = {NULL}};
    gsl_rng *rng = generator();

    for (int trial = 0; trial < 4 * MACRO_RUNS; trial++) {
        const int n = 2 + trial % 28, arms = 1 + trial / 28 % 2;
        const double p = chance[trial % 4], scale = size[trial % 3];
        long double expected;
        tb_interval i;

        make(&m, arms, n, 1);
        for (int r = 0; r < arms * n; r++)
            set(&m, r, scale * gsl_ran_binomial(rng, p, 3),
                trial % 5 ? 0.1 + 1000 * exponential(rng) : cluster(rng));
        cr_assert_eq(arms > 1
                         ? tb_result_difference(&m.result, 0, 1, "made", 0.95, &i, NULL)
                         : tb_result_estimate(&m.result, 0, "made", 0.95, &i, NULL),
                     TB_OK);
        expected = jackknife(&m, n, arms > 1);
        cr_assert(fabsl(i.standard_error - expected) <= 1e-12L * expected,
                  "%d of %d: %.17g, not %.17Lg", arms, n, i.standard_error, expected);
    }
    gsl_rng_free(rng);
    unmake(&m);
}

/* The same in each replication: nothing varies, also where a seventh is no binary number. */
Test(coverage, what_does_not_vary_has_no_error)
{
    struct made m = {.part = {NULL}};

    for (int n = 2; n < 40; n++) {
        tb_interval i;

        make(&m, 1, n, 1);
        for (int r = 0; r < n; r++)
            set(&m, r, 3, 7);
        cr_assert_eq(tb_result_estimate(&m.result, 0, "made", 0.95, &i, NULL), TB_OK);
        cr_assert_eq(i.standard_error, 0, "%d", n);
    }
    unmake(&m);
}
