/* oracle.h: the gate between a simulated figure and its textbook value.
 *
 * A trial runs one unit as it should be and, paired with it, units in which a fault is planted: one
 * parameter is wrong by 5 %, or a rule is. A figure passes when
 *   - it is within 4.5 standard errors of its textbook value,
 *   - the standard error is below 1 % of the value, and at most one eighth of what the named fault
 *     changes,
 *   - the unit with the fault fails the same gate, and agrees with the formula for what it is.
 * Runs have fixed seeds: a gate that passes once passes for ever. Each figure leaves a line in the
 * log: value, estimate, z, relative standard error, and z with the fault. */
#ifndef TESTS_ORACLE_ORACLE_H
#define TESTS_ORACLE_ORACLE_H

#include <criterion/criterion.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "textbook.h"
#include "tidsbruk/tidsbruk.h"

static const double most_z = 4.5, most_relative_error = 0.01, faults_share = 1.0 / 8;

/* ---- scenarios */

static inline tb_scenario *empty_unit(void)
{
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    return s;
}

__attribute__((format(printf, 3, 4))) static inline void put(tb_scenario *s,
                                                             const char *path,
                                                             const char *format, ...)
{
    char value[TB_VALUE_SIZE];
    tb_error err = {0};
    va_list args;

    va_start(args, format);
    vsnprintf(value, sizeof value, format, args);
    va_end(args);
    cr_assert_eq(tb_scenario_set(s, path, value, &err), TB_OK, "%s", err.message);
}

static inline void add(tb_scenario *s, const char *path)
{
    tb_error err = {0};

    cr_assert_eq(tb_scenario_add(s, path, &err), TB_OK, "%s", err.message);
}

/* A unit of so many workers who are on duty round the clock. */
static inline tb_scenario *unit_of(int workers)
{
    tb_scenario *s = empty_unit();

    add(s, "staff.worker");
    put(s, "staff.worker.count", "%d", workers);
    put(s, "staff.worker.roster", "always");
    return s;
}

/* A service that is called `rate` times a minute. Its work is gamma; exponential at cv 1, constant
 * at cv 0. */
static inline void add_service(tb_scenario *s, const char *name, const struct work *w)
{
    char path[TB_PATH_SIZE];

    snprintf(path, sizeof path, "services.%s", name);
    add(s, path);
    snprintf(path, sizeof path, "services.%s.per_hour", name);
    put(s, path, "%.17g", 60 * w->rate);
    snprintf(path, sizeof path, "services.%s.minutes", name);
    if (w->cv <= 0)
        put(s, path, "%.17g", w->mean);
    else if (w->cv == 1)
        put(s, path, "exponential(mean=%.17g)", w->mean);
    else
        put(s, path, "gamma(mean=%.17g, cv=%.17g)", w->mean, w->cv);
}

/* ---- trials */

enum { MOST_UNITS = 8 };

struct trial {
    const char *name;
    tb_scenario *unit[MOST_UNITS]; /* the first as it should be, the others with faults */
    const char *fault[MOST_UNITS];
    int units;
    tb_result *result;
};

static inline void try_unit(struct trial *t, const char *fault, tb_scenario *unit)
{
    cr_assert_lt(t->units, MOST_UNITS);
    t->fault[t->units] = fault;
    t->unit[t->units++] = unit;
}

/* Weeks of warm-up: many times the mean service over (1 - root of the load)^2, in which a queue
 * forgets that it began empty. */
static inline void run_trial(struct trial *t, int replications, int weeks, int warmup)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_error err = {0};

    plan.replications = replications;
    plan.weeks = weeks;
    plan.warmup = warmup;
    cr_assert_eq(
        tb_run((const tb_scenario *const *)t->unit, t->units, &plan, &t->result, &err),
        TB_OK, "%s", err.message);
}

static inline void end_trial(struct trial *t)
{
    tb_result_free(t->result);
    for (int i = 0; i < t->units; i++)
        tb_scenario_free(t->unit[i]);
}

/* ---- figures */

struct estimate {
    double value, error;
};

static inline struct estimate ratio_of(const struct trial *t, int unit, const char *outcome)
{
    tb_interval interval;
    tb_error err = {0};

    cr_assert_eq(tb_result_estimate(t->result, unit, outcome, 0.95, &interval, &err),
                 TB_OK, "%s", err.message);
    return (struct estimate){interval.mean, interval.standard_error};
}

/* By Little's law: the minutes that calls spent, over the minutes that were measured, are the mean
 * number of calls. */
static inline struct estimate number_of(const struct trial *t, int unit, const char *outcome)
{
    const int n = tb_result_replications(t->result);
    const double minutes = 10080.0 * tb_result_horizon(t->result, NULL);
    const double *spent =
        tb_result_column(t->result, tb_result_find(t->result, outcome), 1) +
        (ptrdiff_t)unit * n;
    double mean = 0, sum = 0;

    for (int i = 0; i < n; i++)
        mean += spent[i] / n;
    for (int i = 0; i < n; i++)
        sum += (spent[i] - mean) * (spent[i] - mean);
    return (struct estimate){mean / minutes, sqrt(sum / (n - 1) / n) / minutes};
}

typedef struct estimate estimator(const struct trial *t, int unit, const char *outcome);

static inline double z_of(struct estimate e, double expected)
{
    return (e.value - expected) / e.error;
}

/* The gate but for its last part. */
static inline void expect_near(const char *name, const char *what, struct estimate e,
                               double expected)
{
    const double z = z_of(e, expected);

    cr_expect(fabs(z) < most_z, "%s: %s is %g, not %g: %+.1f standard errors", name, what,
              e.value, expected, z);
    cr_expect(e.error > 0 && e.error < most_relative_error * expected,
              "%s: %s: the standard error is %.2f %%", name, what,
              100 * e.error / expected);
}

static inline struct estimate expect_close(const struct trial *t, estimator *estimate,
                                           const char *outcome, double expected)
{
    const struct estimate e = estimate(t, 0, outcome);

    expect_near(t->name, outcome, e, expected);
    return e;
}

/* A figure of a further instance, in which nothing is planted. */
static inline void expect_agreement(const struct trial *t, estimator *estimate,
                                    const char *outcome, double expected)
{
    const struct estimate e = expect_close(t, estimate, outcome, expected);

    fprintf(stderr, "%-24s %-24s %10.6f got %10.6f z %+5.2f se %.2f %%\n", t->name,
            outcome, expected, e.value, z_of(e, expected), 100 * e.error / expected);
}

/* A figure and the fault that it must show: e as it should be, f with the fault, and what the
 * textbook says for both. */
static inline void expect_gate(const char *name, const char *what, struct estimate e,
                               double expected, const char *fault, struct estimate f,
                               double faulty)
{
    const double change = fabs(faulty - expected);

    expect_near(name, what, e, expected);
    fprintf(
        stderr,
        "%-24s %-24s %10.6f got %10.6f z %+5.2f se %.2f %%; with %s: change / se %.1f, "
        "z %+.1f\n",
        name, what, expected, e.value, z_of(e, expected), 100 * e.error / expected, fault,
        change / e.error, z_of(f, expected));
    cr_expect(
        e.error <= faults_share * change,
        "%s: %s: a standard error of %g is more than an eighth of what %s changes, %g",
        name, what, e.error, fault, change);
    cr_expect(fabs(z_of(f, expected)) > most_z, "%s: %s: %s passes the gate", name, what,
              fault);
    cr_expect(fabs(z_of(f, faulty)) < most_z, "%s: %s with %s is %g, not %g", name, what,
              fault, f.value, faulty);
}

/* The same for an outcome: unit `fault` of the trial, for which the textbook says `faulty`. */
static inline void expect_figure(const struct trial *t, estimator *estimate,
                                 const char *outcome, double expected, int fault,
                                 double faulty)
{
    expect_gate(t->name, outcome, estimate(t, 0, outcome), expected, t->fault[fault],
                estimate(t, fault, outcome), faulty);
}

#endif
