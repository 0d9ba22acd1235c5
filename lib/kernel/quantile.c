#include "kernel/quantile.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

#include "kernel/inverse.h"

void tb__beta_shapes(const struct simple_law *law, double *a, double *b)
{
    const double range = law->high - law->low;
    const double mean = (law->mean - law->low) / range,
                 rest = (law->high - law->mean) / range;
    const double sd = law->cv * law->mean / range;
    const double sum = mean * rest / (sd * sd) - 1;

    *a = mean * sum;
    *b = rest * sum;
}

/* ln(1 + cv^2) of a Weibull law with exponent k = 1/power. */
static double weibull_spread(double power)
{
    return gsl_sf_lngamma(1 + 2 * power) - 2 * gsl_sf_lngamma(1 + power);
}

/* 1/k from the cv: the spread rises with it, so that bisection is safe; done once for a law. */
static double weibull_power(double cv)
{
    const double goal = log1p(cv * cv);
    double from = 0, to = 8;

    while (to - from > 1e-15 * to) {
        const double middle = from + (to - from) / 2;
        if (middle <= from || middle >= to)
            break;
        if (weibull_spread(middle) < goal)
            from = middle;
        else
            to = middle;
    }
    return from;
}

static double quantile(const struct form *f, int upper, double p)
{
    switch (f->kind) {
    case LAW_LOGNORMAL:
        return exp(f->shape *
                   (upper ? gsl_cdf_ugaussian_Qinv(p) : gsl_cdf_ugaussian_Pinv(p)));
    case LAW_EXPONENTIAL: return upper ? -log(p) : -log1p(-p);
    case LAW_WEIBULL: return pow(upper ? -log(p) : -log1p(-p), f->shape);
    case LAW_TRIANGULAR:
        if (upper)
            return p <= 1 - f->shape ? 1 - sqrt(p * (1 - f->shape))
                                     : sqrt((1 - p) * f->shape);
        return p <= f->shape ? sqrt(p * f->shape) : 1 - sqrt((1 - p) * (1 - f->shape));
    default: return upper ? 1 - p : p;
    }
}

/* The greater of the two quantiles that a law was given by, and its probability: 0 where it was
 * given otherwise. */
struct given {
    double low, high, p;
};

static struct given given_by(const struct simple_law *law)
{
    if (!isnan(law->p90))
        return (struct given){law->p10, law->p90, 0.9};
    if (!isnan(law->p75))
        return (struct given){law->p25, law->p75, 0.75};
    return (struct given){0, 0, 0};
}

/* The shape that puts the two quantiles so far apart as they are. */
static double shape_between(int kind, const struct given *g)
{
    const double ln_ratio = log(g->high / g->low), q = 1 - g->p;

    switch (kind) {
    case LAW_LOGNORMAL: return ln_ratio / (2 * gsl_cdf_ugaussian_Qinv(q));
    case LAW_GAMMA: return tb__gamma_shape(q, ln_ratio);
    default: return ln_ratio / (log(-log(q)) - log(-log1p(-q)));
    }
}

static double shape_of(const struct simple_law *law)
{
    const struct given g = given_by(law);

    if (g.p > 0)
        return shape_between(law->kind, &g);
    if (!isnan(law->shape))
        return law->kind == LAW_WEIBULL ? 1 / law->shape : law->shape;
    switch (law->kind) {
    case LAW_LOGNORMAL: return sqrt(log1p(law->cv * law->cv));
    case LAW_GAMMA: return 1 / (law->cv * law->cv);
    default: return weibull_power(law->cv);
    }
}

/* A quantile of a lognormal, gamma or Weibull law at scale 1. */
static double quantile_of(const struct form *f, double p)
{
    if (f->kind == LAW_GAMMA)
        return tb__gamma_quantile(f->shape, p);
    return p > 0.5 ? quantile(f, 1, 1 - p) : quantile(f, 0, p);
}

static double unit_of(const struct simple_law *law, const struct form *f)
{
    const struct given g = given_by(law);

    if (g.p > 0)
        return quantile_of(f, g.p);
    if (!isnan(law->shape))
        return 1;
    if (isnan(law->mean))
        return f->kind == LAW_LOGNORMAL ? 1 : quantile_of(f, 0.5);
    switch (f->kind) {
    case LAW_LOGNORMAL: return exp(f->shape * f->shape / 2);
    case LAW_GAMMA: return f->shape;
    default: return exp(gsl_sf_lngamma(1 + f->shape));
    }
}

struct form tb__form(const struct simple_law *law)
{
    struct form f = {law->kind, 0, 0, 1, 0};

    switch (law->kind) {
    case LAW_LOGNORMAL:
    case LAW_GAMMA:
    case LAW_WEIBULL:
        f.shape = shape_of(law);
        f.unit = unit_of(law, &f);
        break;
    case LAW_BETA: tb__beta_shapes(law, &f.shape, &f.second); break;
    case LAW_TRIANGULAR: f.shape = (law->mode - law->low) / (law->high - law->low); break;
    default: break;
    }
    if (law->kind == LAW_BETA || law->kind == LAW_TRIANGULAR || law->kind == LAW_UNIFORM)
        f.low = law->low / (law->high - law->low);
    return f;
}

double tb__form_scale(const struct simple_law *law)
{
    const struct given g = given_by(law);

    switch (law->kind) {
    case LAW_CONSTANT: return 0;
    case LAW_UNIFORM:
    case LAW_TRIANGULAR:
    case LAW_BETA: return law->high - law->low;
    default: break;
    }
    if (g.p > 0)
        return g.high;
    return !isnan(law->mean) ? law->mean : !isnan(law->median) ? law->median : law->scale;
}

double tb__form_mean(const struct form *f)
{
    switch (f->kind) {
    case LAW_LOGNORMAL: return exp(f->shape * f->shape / 2) / f->unit;
    case LAW_GAMMA: return f->shape / f->unit;
    case LAW_WEIBULL: return exp(gsl_sf_lngamma(1 + f->shape)) / f->unit;
    default: return 1;
    }
}

static double power_of_2(int exponent)
{
    const uint64_t bits = (uint64_t)(exponent + 1023) << 52;
    double power;

    memcpy(&power, &bits, sizeof power);
    return power;
}

double tb__node_probability(int node)
{
    static const double place[3] = {0, TB__NODE_PLACE, 1 - TB__NODE_PLACE};
    const int cell = node / 3, cells = 1 << TABLE_BITS;
    const double mantissa = 1 + (cell % cells + place[node % 3]) / cells;

    return mantissa * power_of_2(cell / cells - TABLE_BINADES - 1);
}

void tb__normal_quantiles(double normal[NODES])
{
    for (int i = 0; i < NODES; i++)
        normal[i] = gsl_cdf_ugaussian_Qinv(tb__node_probability(i));
}

void tb__lognormal_quantiles(const struct form *f, const double normal[NODES],
                             double lower[NODES], double upper[NODES])
{
    for (int i = 0; i < NODES; i++) {
        const double e = exp(f->shape * normal[i]);

        upper[i] = e / f->unit;
        lower[i] = 1 / (e * f->unit);
    }
}

void tb__quantiles(const struct form *f, int upper, double value[NODES])
{
    if (f->kind == LAW_GAMMA)
        tb__gamma_quantiles(f->shape, upper, value);
    else if (f->kind == LAW_BETA)
        tb__beta_quantiles(f->shape, f->second, upper, value);
    else
        for (int i = 0; i < NODES; i++)
            value[i] = quantile(f, upper, tb__node_probability(i));
    for (int i = 0; i < NODES; i++)
        value[i] = f->low + value[i] / f->unit;
}
