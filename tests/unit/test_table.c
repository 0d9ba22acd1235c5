/* kernel/table: moments, monotone draws, the clamped ends, sharing, failures. */
#include <criterion/criterion.h>
#include <float.h>
#include <math.h>

#include "faulty.h"
#include "kernel/stream.h"
#include "laws.h"

/* ---- moments */

/* The mean of a power of the table's variate, cell by cell by Gauss's four points, exact for a
 * power of at most two of a cubic; with the clamped ends. */
static double moment(const struct table *t, int power)
{
    static const double place[4] = {0.0694318442029737, 0.3300094782075719,
                                    0.6699905217924281, 0.9305681557970263};
    static const double weight[4] = {0.1739274225687269, 0.3260725774312731,
                                     0.3260725774312731, 0.1739274225687269};
    double sum = 0;

    for (int upper = 0; upper < 2; upper++)
        for (int cell = 0; cell < TABLE_BINADES << TABLE_BITS; cell++) {
            const double width = ldexp(1, cell / 16 - 34);
            const double from = fmax(1e-9, (16 + cell % 16) * width);
            const double to = (17 + cell % 16) * width;

            for (int k = 0; k < 4 && to > from; k++) {
                const double p = from + (to - from) * place[k];
                sum += (to - from) * weight[k] *
                       pow(tb__variate(t, upper ? 1 - p : p), power);
            }
        }
    return sum + 1e-9 * (pow(tb__variate(t, 1e-9), power) +
                         pow(tb__variate(t, 1 - 1e-9), power));
}

static void expect_moments(const struct law *law, double cv, double tolerance)
{
    struct table_set *set = new_set();
    const struct table t = table_of(set, law, 60000);
    const double mean = tb__law_mean(law) * 60000;
    const double m = moment(&t, 1), sd = sqrt(fmax(0, moment(&t, 2) - m * m));

    cr_expect_float_eq(m / mean, 1, tolerance, "%s, cv %g: mean off by %.2e",
                       tb__law_kind_names[law->kind], cv, m / mean - 1);
    cr_expect_float_eq(sd / mean / cv, 1, 1000 * tolerance, "%s, cv %g: cv off by %.2e",
                       tb__law_kind_names[law->kind], cv, sd / mean / cv - 1);
    tb__tables_free(set);
}

Test(table, tables_have_the_mean_and_the_cv_that_were_asked_for)
{
    /* The clamped tail is what is missing from the mean: more of it where the law is wide. */
    static const struct {
        double cv, tolerance;
    } cases[] = {{0.01, 1e-9}, {0.1, 2e-9}, {0.5, 2e-8}, {1, 2e-7}, {2, 2e-6}};

    watch_gsl();
    for (size_t k = 0; k < COUNT_OF(shaped); k++)
        for (size_t i = 0; i < COUNT_OF(cases); i++) {
            const struct law by_mean = law_of(shaped[k], 12.5, NAN, cases[i].cv);
            const struct law by_median = law_of(shaped[k], NAN, 12.5, cases[i].cv);

            expect_moments(&by_mean, cases[i].cv, cases[i].tolerance);
            expect_moments(&by_median, cases[i].cv, cases[i].tolerance);
        }
}

Test(table, the_mean_of_a_wide_law_misses_its_far_tail)
{
    watch_gsl();
    for (size_t k = 0; k < COUNT_OF(shaped); k++) {
        const struct law law = law_of(shaped[k], 12.5, NAN, 10);
        struct table_set *set = new_set();
        const struct table t = table_of(set, &law, 1);
        const double missing = 1 - moment(&t, 1) / 12.5;

        cr_expect(missing > -1e-7 && missing < 1e-4, "%s: %.2e",
                  tb__law_kind_names[shaped[k]], missing);
        tb__tables_free(set);
    }
}

Test(table, means_and_spreads_of_the_other_kinds)
{
    const struct law exponential = law_of(LAW_EXPONENTIAL, 4, NAN, NAN);
    const struct law uniform = ranged(LAW_UNIFORM, 2, NAN, 10);
    const struct law triangular = ranged(LAW_TRIANGULAR, 1, 3, 8);
    const struct law beta = beta_of(5, 50, 20, 0.4);

    watch_gsl();
    cr_assert_eq(tb__law_mean(&uniform), 6);
    cr_assert_float_eq(tb__law_mean(&triangular), 4, 1e-15);
    expect_moments(&exponential, 1, 1e-7);
    expect_moments(&uniform, 8 / sqrt(12) / 6, 1e-9);
    expect_moments(&triangular, sqrt((1 + 9 + 64 - 3 - 8 - 24) / 18.0) / 4, 1e-7);
    expect_moments(&beta, 0.4, 1e-8);
}

Test(table, a_law_given_by_its_median_has_that_median)
{
    static const double cvs[] = {0.01, 0.3, 1, 3};

    watch_gsl();
    for (size_t k = 0; k < COUNT_OF(shaped); k++)
        for (size_t i = 0; i < COUNT_OF(cvs); i++) {
            const struct law law = law_of(shaped[k], NAN, 8, cvs[i]);
            struct table_set *set = new_set();
            const struct table t = table_of(set, &law, 1);

            cr_assert_float_eq(tb__variate(&t, 0.5), 8, 1e-9, "%s, cv %g: %.12g",
                               tb__law_kind_names[law.kind], cvs[i], tb__variate(&t, 0.5));
            tb__tables_free(set);
        }
}

/* ---- draws */

/* Laws of every kind with bounds and beyond what is usual; the last ones sit in the corners. */
static struct law nth_law(int n)
{
    static const double cvs[] = {1e-3, 0.01, 0.2, 1, 2, 4, 10};
    const double cv = cvs[n / 8 % 7];

    switch (n % 8) {
    case 0: return law_of(LAW_EXPONENTIAL, 1000, NAN, NAN);
    case 1: return law_of(LAW_LOGNORMAL, 1000, NAN, cv);
    case 2: return law_of(LAW_GAMMA, 1000, NAN, fmax(cv, LAW_GAMMA_CV_LEAST));
    case 3: return law_of(LAW_WEIBULL, 1000, NAN, cv);
    case 4: return ranges[n / 8 % (int)COUNT_OF(ranges)];
    case 5: return law_of(LAW_GAMMA, NAN, 1000, fmax(0.01, fmin(cv, 3)));
    case 6: return law_of(LAW_WEIBULL, NAN, 1000, cv);
    default: return ranges[(n / 8 + 7) % (int)COUNT_OF(ranges)];
    }
}

enum { LAWS = 56 };

/* Both the variate, but for the last bits at a cell's edge, and its milliseconds. */
static void expect_rising(const struct law *law, const struct table *t, const double *u,
                          int n)
{
    double last = 0;
    int64_t last_ms = 0;

    for (int i = 0; i < n; i++) {
        const double value = tb__variate(t, u[i]);
        const int64_t ms = tb__variate_ms(t, u[i]);

        cr_assert(value >= last * (1 - 1e-12) && ms >= last_ms,
                  "%s, cv %g: falls at u = %.17g", tb__law_kind_names[law->kind], law->cv,
                  u[i]);
        last = value;
        last_ms = ms;
    }
}

Test(table, draws_never_fall_when_the_uniform_rises)
{
    enum { GRID = 20001, EDGES = 2 * 29 * 16 * 7 };
    static double grid[GRID], tail[GRID], edge[EDGES];
    int n = EDGES;

    watch_gsl();
    for (int i = 0; i < GRID; i++) {
        grid[i] = (i + 0.5) / GRID;
        tail[i] = i < GRID / 2 ? pow(10, -10 + 9.0 * i / (GRID / 2))
                               : 1 - pow(10, -1 - 9.0 * (i - GRID / 2) / (GRID / 2));
    }
    for (int cell = 0; cell < 29 * 16;
         cell++) /* three doubles either side of each cell's edge */
        for (int k = -3; k < 4; k++) {
            const double p =
                ldexp(1 + cell % 16 / 16.0, cell / 16 - 30) * (1 + k * DBL_EPSILON);
            edge[cell * 7 + k + 3] = p;
            edge[--n] = 1 - p;
        }
    for (int i = 0; i < LAWS; i++) {
        const struct law law = nth_law(i);
        struct table_set *set = new_set();
        const struct table t = table_of(set, &law, 60000);

        expect_rising(&law, &t, grid, GRID);
        expect_rising(&law, &t, tail, GRID);
        expect_rising(&law, &t, edge, EDGES);
        tb__tables_free(set);
    }
}

Test(table, draws_beyond_the_table_are_clamped_and_all_are_finite)
{
    static const double low[] = {DBL_MIN, 1e-300, 0x1p-53, 0x1p-31, 9.9e-10};

    watch_gsl();
    for (int i = 0; i < LAWS; i++) {
        const struct law law = nth_law(i);
        struct table_set *set = new_set();
        const struct table t = table_of(set, &law, 60000);
        const double least = tb__variate(&t, 1e-9), most = tb__variate(&t, 1 - 1e-9);

        cr_assert(least >= 0 && isfinite(most) && most < 9e18);
        for (size_t k = 0; k < COUNT_OF(low); k++)
            cr_assert_eq(tb__variate(&t, low[k]), least);
        cr_assert_eq(tb__variate(&t, 1 - 0x1p-53), tb__variate(&t, 1 - 0x1p-31));
        cr_assert_float_eq(tb__variate(&t, 1 - 0x1p-53) / most, 1, 1e-6);
        cr_assert_geq(tb__variate(&t, 1 - 0x1p-53), most);
        tb__tables_free(set);
    }
}

Test(table, milliseconds_are_rounded_halves_up)
{
    static const double values[][2] = {{0, 0}, {0.49, 0}, {0.5, 1}, {7.4999, 7}, {7.5, 8}};

    for (size_t i = 0; i < COUNT_OF(values); i++) {
        const struct table t = {1, values[i][0], NULL, NULL};
        cr_assert_eq(tb__variate_ms(&t, 0.3), (int64_t)values[i][1]);
    }
}

Test(table, laws_without_spread_are_constants)
{
    const struct law laws[] = {
        law_of(LAW_CONSTANT, 3, NAN, NAN), ranged(LAW_UNIFORM, 3, NAN, 3),
        ranged(LAW_TRIANGULAR, 3, 3, 3),   law_of(LAW_CONSTANT, 0, NAN, NAN),
        law_of(LAW_LOGNORMAL, 0, NAN, 1),  law_of(LAW_GAMMA, NAN, 0, 1)};

    for (size_t i = 0; i < COUNT_OF(laws); i++) {
        struct table_set *set = new_set();
        const struct table t = table_of(set, &laws[i], 60000);

        cr_assert_null(t.row);
        cr_assert_eq(tb__variate_ms(&t, 0.99), i < 3 ? 180000 : 0);
        cr_assert_float_eq(tb__law_mean(&laws[i]), i < 3 ? 3 : 0, 1e-15);
        tb__tables_free(set);
    }
}

/* ---- the set */

Test(table, laws_of_one_form_share_their_rows_whatever_their_scale)
{
    struct table_set *set = new_set();
    const struct law laws[] = {
        law_of(LAW_LOGNORMAL, 10, NAN, 0.5), law_of(LAW_LOGNORMAL, 25, NAN, 0.5),
        law_of(LAW_LOGNORMAL, 10, NAN, 0.6), law_of(LAW_LOGNORMAL, NAN, 10, 0.5),
        law_of(LAW_WEIBULL, 10, NAN, 0.5)};
    struct table t[COUNT_OF(laws)];
    uint64_t before = tb__tables_hash(set);

    for (size_t i = 0; i < COUNT_OF(laws); i++) {
        t[i] = table_of(set, &laws[i], 2);
        cr_assert((before != tb__tables_hash(set)) == (i != 1), "law %zu", i);
        before = tb__tables_hash(set);
    }
    cr_assert_eq(t[0].row, t[1].row);
    for (size_t i = 2; i < COUNT_OF(laws); i++)
        for (size_t k = 0; k < i; k++)
            cr_assert_neq(t[i].row, t[k].row, "laws %zu and %zu", i, k);
    cr_assert_float_eq(tb__variate(&t[1], 0.3) / tb__variate(&t[0], 0.3), 2.5, 1e-14);
    tb__tables_free(set);
    tb__tables_free(NULL);
}

Test(table, laws_that_differ_in_one_way_only_have_tables_of_their_own)
{
    const struct law pairs[][2] = {
        {ranged(LAW_UNIFORM, 0, NAN, 10), law_of(LAW_EXPONENTIAL, 10, NAN, NAN)},
        {ranged(LAW_UNIFORM, 0, NAN, 10), ranged(LAW_UNIFORM, 10, NAN, 20)},
        {ranged(LAW_TRIANGULAR, 0, 5, 10), ranged(LAW_TRIANGULAR, 0, 6, 10)},
        {beta_of(0, 10, 2.5, 0.5), beta_of(0, 12, 2.5, 0.5)},
        {beta_of(0, 10, 2.5, 0.5), beta_of(0, 10, 7.5, 0.5 / 3)},
    };

    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct table_set *set = new_set();
        const struct table a = table_of(set, &pairs[i][0], 1),
                           b = table_of(set, &pairs[i][1], 1);

        cr_assert_neq(a.row, b.row, "pair %zu", i);
        tb__tables_free(set);
    }
}

Test(table, values_at_the_nodes_have_36_bits)
{
    const struct law law = law_of(LAW_GAMMA, 7, NAN, 0.7);
    struct table_set *set = new_set();
    const struct table t = table_of(set, &law, 1);

    for (int i = 0; i < TABLE_ROWS; i++) {
        int exponent;
        const double bits = ldexp(frexp(t.row[i].c[0], &exponent), 36);
        cr_assert_eq(bits, floor(bits), "row %d", i);
        cr_assert_gt(bits, 0);
    }
    tb__tables_free(set);
}

Test(table, each_failing_allocation_is_reported_and_the_set_stays_usable)
{
    const struct law first = law_of(LAW_GAMMA, 5, NAN, 0.5);
    const struct law second = law_of(LAW_LOGNORMAL, 5, NAN, 0.5);
    struct table_set *set = new_set();
    uint64_t expected;
    long n = 0;
    int done = 0;

    table_of(set, &first, 1);
    table_of(set, &second, 1);
    expected = tb__tables_hash(set);
    tb__tables_free(set);

    for (; !done; n++) {
        tb_error err = {0};
        struct table t;

        faulty_start(n, (int)(n % 2));
        done = !tb__tables_new(&set, &err) && !tb__tables_build(set, &first, 1, &t, &err) &&
               !tb__tables_build(set, &second, 1, &t, &err);
        cr_assert_eq(err.status, done ? TB_OK : TB_ERR_MEMORY);
        faulty_start(-1, 0);
        if (!set)
            continue;
        table_of(set, &first, 1);
        table_of(set, &second, 1);
        cr_assert_eq(tb__tables_hash(set), expected, "after failure %ld", n);
        tb__tables_free(set);
        set = NULL;
        cr_assert_eq(faulty.live, 0);
    }
    cr_assert_eq(n, 4, "three allocations can fail");
}

/* ---- drawn ahead */

Test(table, variates_drawn_ahead_are_the_same_bits)
{
    enum { MOST = 21, STRIDES = 4 };
    static const double chances[] = {1, 0.45, 0.001};
    const struct law laws[] = {law_of(LAW_LOGNORMAL, 20, NAN, 0.5),
                               law_of(LAW_GAMMA, 2, NAN, 3), beta_of(0, 7, 2, 0.5),
                               law_of(LAW_CONSTANT, 3, NAN, NAN)};
    struct table_set *set = new_set();

    for (size_t l = 0; l < COUNT_OF(laws); l++)
        for (int n = 0; n < MOST * STRIDES * (int)COUNT_OF(chances); n++) {
            const struct table t = table_of(set, &laws[l], 60000);
            const double chance = chances[n % 3];
            const int stride = 1 + n / 3 % STRIDES, count = n / 3 / STRIDES;
            double drawn[MOST * STRIDES], u[MOST * STRIDES];

            for (int i = 0; i < MOST * STRIDES; i++) {
                const uint64_t x = tb__mix((uint64_t)n * MOST * STRIDES + (uint64_t)i);
                /* in the middle, at both ends, and just below and at the chance */
                u[i] = i % 7 == 0   ? ldexp((double)(x >> 44) + 0.5, -52)
                       : i % 7 == 1 ? 1 - ldexp((double)(x >> 44) + 0.5, -52)
                       : i % 7 == 2 ? chance * (i % 2 ? 1 : 1 - DBL_EPSILON)
                                    : ((double)(x >> 12) + 0.5) * ldexp(1, -52);
                drawn[i] = u[i];
            }
            tb__variates_if(&t, chance, count, drawn, stride);
            for (int i = 0; i < MOST * STRIDES; i++) {
                const bool turned = i % stride == 0 && i / stride < count;
                const double expected = turned ? tb__variate_if(&t, chance, u[i]) : u[i];

                cr_assert_eq(drawn[i], expected, "%s: %.17g gives %.17g, not %.17g",
                             tb__law_kind_names[laws[l].kind], u[i], drawn[i], expected);
            }
        }
    tb__tables_free(set);
}
