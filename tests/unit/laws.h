/* laws.h: laws and tables for tests, and a watch over GSL's error handler. */
#ifndef TESTS_UNIT_LAWS_H
#define TESTS_UNIT_LAWS_H

#include <criterion/criterion.h>
#include <gsl/gsl_errno.h>
#include <math.h>

#include "kernel/law.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static int gsl_errors; /* how often GSL called its handler */

/* In place of the handler that aborts: the library must never reach it. */
static inline void count_error(const char *reason, const char *file, int line, int code)
{
    (void)reason, (void)file, (void)line, (void)code;
    gsl_errors++;
}

static inline void watch_gsl(void)
{
    gsl_errors = 0;
    gsl_set_error_handler(count_error);
}

static inline struct law law_of(int kind, double mean, double median, double cv)
{
    struct law law = tb__law_unset;

    law.kind = kind;
    law.mean = mean;
    law.median = median;
    law.cv = cv;
    return law;
}

static inline struct law ranged(int kind, double low, double mode, double high)
{
    struct law law = tb__law_unset;

    law.kind = kind;
    law.low = low;
    law.mode = mode;
    law.high = high;
    return law;
}

static inline struct law beta_of(double low, double high, double mean, double cv)
{
    struct law law = law_of(LAW_BETA, mean, NAN, cv);

    law.low = low;
    law.high = high;
    return law;
}

static inline struct table table_of(struct table_set *set, const struct law *law,
                                    double factor)
{
    struct table t;
    tb_error err;

    cr_assert_eq(tb__law_check(law, "law", &err), TB_OK, "%s", err.message);
    cr_assert_eq(tb__tables_build(set, law, factor, &t, &err), TB_OK, "%s", err.message);
    cr_assert_eq(gsl_errors, 0, "%s: GSL met an error", tb__law_kind_names[law->kind]);
    return t;
}

static inline struct table_set *new_set(void)
{
    struct table_set *set = NULL;

    cr_assert_eq(tb__tables_new(&set, NULL), TB_OK);
    return set;
}

/* The kinds with a mean or median and a cv. */
static const int shaped[] = {LAW_LOGNORMAL, LAW_GAMMA, LAW_WEIBULL};

/* Laws on an interval, the corners among them. */
static const struct law ranges[] = {
    {LAW_BY(LAW_UNIFORM, NAN, NAN, NAN, 0, NAN, 10)},
    {LAW_BY(LAW_UNIFORM, NAN, NAN, NAN, 5, NAN, 6)},
    {LAW_BY(LAW_TRIANGULAR, NAN, NAN, NAN, 0, 0, 10)},
    {LAW_BY(LAW_TRIANGULAR, NAN, NAN, NAN, 2, 10, 10)},
    {LAW_BY(LAW_TRIANGULAR, NAN, NAN, NAN, 2, 6, 10)},
    {LAW_BY(LAW_BETA, 2, NAN, 0.5, 0, NAN, 10)},
    {LAW_BY(LAW_BETA, 5, NAN, 0.5, 0, NAN, 10)},    /* a = b = 1.5 */
    {LAW_BY(LAW_BETA, 5, NAN, 0.8, 0, NAN, 10)},    /* a = b = 0.28 */
    {LAW_BY(LAW_BETA, 5, NAN, 0.0033, 0, NAN, 10)}, /* nearly the narrowest */
    {LAW_BY(LAW_BETA, 1, NAN, 2.5, 0, NAN, 100)},
    {LAW_BY(LAW_BETA, 9, NAN, 0.1, 0, NAN, 10)},
    {LAW_BY(LAW_BETA, 7, NAN, 0.02, 6, NAN, 9)},
};

#endif
