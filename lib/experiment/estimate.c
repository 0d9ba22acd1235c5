/* Ratio estimates over replications and their intervals. */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "experiment/result.h"
#include "kernel/alloc.h"

enum { JACKKNIFE_BELOW = 30, ALL_WEEKS = -1 };

/* Sums of one outcome for each replication of a scenario. */
struct sample {
    int n;
    double *numerator, *denominator;
    double ratio, mean_denominator;
};

static void sample_clear(struct sample *s)
{
    tb__free(s->numerator);
    tb__free(s->denominator);
}

/* Of all weeks together, or of one of them. */
static tb_status sample_init(struct sample *s, const tb_result *r, int scenario,
                             int outcome, int only, tb_error *err)
{
    const double *num = r->part[1] + outcome * r->rows,
                 *den = r->part[2] + outcome * r->rows;
    double sum = 0, total = 0;

    *s = (struct sample){.n = r->replications};
    s->numerator = tb__alloc((size_t)s->n, sizeof *s->numerator);
    s->denominator = tb__alloc((size_t)s->n, sizeof *s->denominator);
    if (!s->numerator || !s->denominator) {
        sample_clear(s);
        return tb__no_memory(err);
    }
    for (int i = 0; i < s->n; i++) {
        const int64_t row = ((int64_t)scenario * s->n + i) * r->weeks;
        for (int week = 0; week < r->weeks; week++) {
            if (only != ALL_WEEKS && week != only)
                continue;
            s->numerator[i] += num[row + week];
            s->denominator[i] += den[row + week];
        }
        sum += s->numerator[i];
        total += s->denominator[i];
    }
    s->ratio = total != 0 ? sum / total : 0;
    s->mean_denominator = total / s->n;
    return TB_OK;
}

/* Linearised residual of replication i: its mean is 0, its variance over n that of the ratio. */
static double residual(const struct sample *s, int i)
{
    return s->mean_denominator != 0
               ? (s->numerator[i] - s->ratio * s->denominator[i]) / s->mean_denominator
               : 0;
}

/* The ratio without each replication in turn. What is left is summed from both ends, in the order of
 * replications, and never taken from the whole: a rest of rare events would be what rounding leaves
 * of it. */
static void without(const struct sample *s, double ratio[JACKKNIFE_BELOW])
{
    double numerator = 0, denominator = 0; /* of those before, then of those after */
    double rest[JACKKNIFE_BELOW];

    for (int i = 0; i < s->n; i++) {
        ratio[i] = numerator;
        rest[i] = denominator;
        numerator += s->numerator[i];
        denominator += s->denominator[i];
    }
    numerator = denominator = 0;
    for (int i = s->n - 1; i >= 0; i--) {
        rest[i] += denominator;
        ratio[i] = rest[i] != 0 ? (ratio[i] + numerator) / rest[i] : 0;
        numerator += s->numerator[i];
        denominator += s->denominator[i];
    }
}

/* What is equal varies by 0, also where a mean of it is rounded. */
static double variance_of(const double *x, int n)
{
    double mean = 0, sum = 0;

    for (int i = 1; i < n; i++)
        mean += (x[i] - x[0]) / n;
    for (int i = 0; i < n; i++)
        sum += (x[i] - x[0] - mean) * (x[i] - x[0] - mean);
    return n > 1 ? sum / (n - 1) : 0;
}

static tb_status linearised_error(const struct sample *a, const struct sample *b,
                                  double *out, tb_error *err)
{
    const int n = b->n;
    double *z = tb__alloc((size_t)n, sizeof *z);

    if (!z)
        return tb__no_memory(err);
    for (int i = 0; i < n; i++)
        z[i] = residual(b, i) - (a ? residual(a, i) : 0);
    *out = sqrt(variance_of(z, n) / n);
    tb__free(z);
    return TB_OK;
}

/* By the jackknife (Efron and Tibshirani 1993, An Introduction to the Bootstrap, 11.5). */
static double jackknife_error(const struct sample *a, const struct sample *b)
{
    double z[JACKKNIFE_BELOW] = {0}, baseline[JACKKNIFE_BELOW] = {0};
    const int n = b->n;

    without(b, z);
    if (a)
        without(a, baseline);
    for (int i = 0; i < n; i++)
        z[i] -= baseline[i];
    return sqrt(variance_of(z, n)) * (n - 1) / sqrt(n);
}

/* Standard error of b's ratio minus a's (a NULL: of b's alone). */
static tb_status standard_error(const struct sample *a, const struct sample *b,
                                double *out, tb_error *err)
{
    if (b->n >= JACKKNIFE_BELOW)
        return linearised_error(a, b, out, err);
    *out = jackknife_error(a, b);
    return TB_OK;
}

static tb_status check(const tb_result *r, int a, int b, const char *outcome,
                       double level, int *index, tb_error *err)
{
    if (a < 0 || b < 0 || a >= r->scenarios || b >= r->scenarios)
        return tb__fail(err, TB_ERR_VALUE, "scenario %d or %d: the result has %d", a, b,
                        r->scenarios);
    if (!(level > 0 && level < 1))
        return tb__fail(err, TB_ERR_VALUE, "level: %g is not between 0 and 1", level);
    *index = tb_result_find(r, outcome);
    return *index >= 0 ? TB_OK
                       : tb__fail(err, TB_ERR_NAME, "outcome '%s' is not known", outcome);
}

/* Interval by t; without a second replication it is unbounded. */
static tb_interval interval(double mean, double se, int n, double level)
{
    tb_interval out = {mean, -INFINITY, INFINITY, se, n};

    if (n > 1) {
        const double t = gsl_cdf_tdist_Pinv(0.5 + level / 2, n - 1);
        out.low = mean - t * se;
        out.high = mean + t * se;
    } else {
        out.standard_error = INFINITY;
    }
    return out;
}

static tb_status estimate(const tb_result *r, int scenario, int index, int week,
                          double level, tb_interval *out, tb_error *err)
{
    struct sample s;
    double se;
    tb_status status = sample_init(&s, r, scenario, index, week, err);

    if (status)
        return status;
    status = standard_error(NULL, &s, &se, err);
    if (!status)
        *out = interval(s.ratio, se, s.n, level);
    sample_clear(&s);
    return status;
}

tb_status tb_result_estimate(const tb_result *r, int scenario, const char *outcome,
                             double level, tb_interval *out, tb_error *err)
{
    int index = -1;
    const tb_status status = check(r, scenario, scenario, outcome, level, &index, err);

    return status ? status : estimate(r, scenario, index, ALL_WEEKS, level, out, err);
}

static tb_status pair(const tb_result *r, int baseline, int alternative, int index,
                      int week, struct sample *a, struct sample *b, tb_error *err)
{
    tb_status status = sample_init(a, r, baseline, index, week, err);

    if (!status && (status = sample_init(b, r, alternative, index, week, err)))
        sample_clear(a);
    return status;
}

static tb_status difference(const tb_result *r, int baseline, int alternative, int index,
                            int week, double level, tb_interval *out, tb_error *err)
{
    struct sample a, b;
    double se;
    tb_status status = pair(r, baseline, alternative, index, week, &a, &b, err);

    if (status)
        return status;
    status = standard_error(&a, &b, &se, err);
    if (!status)
        *out = interval(b.ratio - a.ratio, se, a.n, level);
    sample_clear(&a);
    sample_clear(&b);
    return status;
}

tb_status tb_result_difference(const tb_result *r, int baseline, int alternative,
                               const char *outcome, double level, tb_interval *out,
                               tb_error *err)
{
    int index = -1;
    const tb_status status = check(r, baseline, alternative, outcome, level, &index, err);

    return status
               ? status
               : difference(r, baseline, alternative, index, ALL_WEEKS, level, out, err);
}

/* The level of each of so many intervals that hold jointly: Bonferroni's inequality. */
static double shared(double level, int intervals)
{
    return 1 - (1 - level) / intervals;
}

static tb_status check_weekly(const tb_result *r, int a, int b, const char *outcome,
                              double level, int *index, tb_error *err)
{
    const tb_status status = check(r, a, b, outcome, level, index, err);

    return status || r->weekly ? status
                               : tb__fail(err, TB_ERR_VALUE,
                                          "the rows of the result are not weeks: run it "
                                          "with plan.weekly");
}

tb_status tb_result_weekly(const tb_result *r, int scenario, const char *outcome,
                           double level, tb_interval *out, tb_error *err)
{
    int index = -1;
    tb_status status = check_weekly(r, scenario, scenario, outcome, level, &index, err);

    for (int week = 0; week < r->weeks && !status; week++)
        status =
            estimate(r, scenario, index, week, shared(level, r->weeks), &out[week], err);
    return status;
}

tb_status tb_result_weekly_difference(const tb_result *r, int baseline, int alternative,
                                      const char *outcome, double level, tb_interval *out,
                                      tb_error *err)
{
    int index = -1;
    tb_status status = check_weekly(r, baseline, alternative, outcome, level, &index, err);

    for (int week = 0; week < r->weeks && !status; week++)
        status = difference(r, baseline, alternative, index, week,
                            shared(level, r->weeks), &out[week], err);
    return status;
}

tb_status tb_result_pairing_gain(const tb_result *r, int baseline, int alternative,
                                 const char *outcome, double *out, tb_error *err)
{
    struct sample a, b;
    double alone_a, alone_b, paired;
    int index = -1;
    tb_status status = check(r, baseline, alternative, outcome, 0.5, &index, err);

    if (status)
        return status;
    if (r->replications < 2)
        return tb__fail(err, TB_ERR_VALUE,
                        "replications: one has no variance, and so no gain by pairing");
    if ((status = pair(r, baseline, alternative, index, ALL_WEEKS, &a, &b, err)))
        return status;
    if (!(status = standard_error(NULL, &a, &alone_a, err)) &&
        !(status = standard_error(NULL, &b, &alone_b, err)) &&
        !(status = standard_error(&a, &b, &paired, err)))
        *out = paired > 0 ? (alone_a * alone_a + alone_b * alone_b) / (paired * paired)
                          : (alone_a + alone_b > 0 ? INFINITY : 1);
    sample_clear(&a);
    sample_clear(&b);
    return status;
}
