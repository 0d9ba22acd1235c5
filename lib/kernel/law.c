#include "kernel/law.h"

#include <math.h>
#include <stdio.h>

#include "kernel/quantile.h"
#include "kernel/status.h"

const struct law tb__law_unset = {LAW_BY(LAW_CONSTANT, NAN, NAN, NAN, NAN, NAN, NAN)};

const char *const tb__law_kind_names[LAW_KINDS + 1] = {
    "constant", "uniform", "triangular", "exponential", "lognormal", "gamma",
    "weibull",  "beta",    "empirical",  "mixture",     NULL,
};

struct law tb__law_constant(double mean)
{
    struct law law = tb__law_unset;

    law.mean = mean;
    return law;
}

enum {
    MEAN = 1,
    MEDIAN = 2,
    CV = 4,
    LOW = 8,
    MODE = 16,
    HIGH = 32,
    SHAPE = 64,
    SCALE = 128,
    P10 = 256,
    P25 = 512,
    P75 = 1024,
    P90 = 2048,
};

/* The pairs that say a law of two numbers. */
static const int pairs[] = {MEAN | CV, MEDIAN | CV, SHAPE | SCALE, P10 | P90, P25 | P75};
enum {
    PAIRS = sizeof pairs / sizeof *pairs,
    ANY_PAIR = MEAN | MEDIAN | CV | SHAPE | SCALE | P10 | P25 | P75 | P90
};

/* What a kind wants: all of it, or just one pair. */
static const int wanted[LAW_KINDS] = {
    [LAW_CONSTANT] = MEAN,
    [LAW_UNIFORM] = LOW | HIGH,
    [LAW_TRIANGULAR] = LOW | MODE | HIGH,
    [LAW_EXPONENTIAL] = MEAN,
    [LAW_LOGNORMAL] = ANY_PAIR,
    [LAW_GAMMA] = ANY_PAIR,
    [LAW_WEIBULL] = ANY_PAIR,
    [LAW_BETA] = LOW | HIGH | MEAN | CV,
};

static const struct parameter {
    const char *name;
    size_t offset;
    int flag;
    double low, high;
} parameters[] = {
    {"mean", offsetof(struct simple_law, mean), MEAN, 0, LAW_MOST},
    {"median", offsetof(struct simple_law, median), MEDIAN, 0, LAW_MOST},
    {"cv", offsetof(struct simple_law, cv), CV, LAW_CV_LEAST, LAW_CV_MOST},
    {"low", offsetof(struct simple_law, low), LOW, 0, LAW_MOST},
    {"mode", offsetof(struct simple_law, mode), MODE, 0, LAW_MOST},
    {"high", offsetof(struct simple_law, high), HIGH, 0, LAW_MOST},
    {"shape", offsetof(struct simple_law, shape), SHAPE, LAW_SHAPE_LEAST, LAW_SHAPE_MOST},
    {"scale", offsetof(struct simple_law, scale), SCALE, 0, LAW_MOST},
    {"p10", offsetof(struct simple_law, p10), P10, 0, LAW_MOST},
    {"p25", offsetof(struct simple_law, p25), P25, 0, LAW_MOST},
    {"p75", offsetof(struct simple_law, p75), P75, 0, LAW_MOST},
    {"p90", offsetof(struct simple_law, p90), P90, 0, LAW_MOST},
};

enum { PARAMETERS = sizeof parameters / sizeof *parameters };

static double value_of(const struct simple_law *law, const struct parameter *p)
{
    double value;

    memcpy(&value, (const char *)law + p->offset, sizeof value);
    return value;
}

/* Each parameter by itself; the flags of those that were given go to *given. */
static tb_status check_each(const struct simple_law *law, const char *path, int *given,
                            tb_error *err)
{
    const char *kind = tb__law_kind_names[law->kind];

    *given = 0;
    for (int i = 0; i < PARAMETERS; i++) {
        const struct parameter *p = &parameters[i];
        const double value = value_of(law, p);

        if (isnan(value))
            continue;
        if (!(wanted[law->kind] & p->flag))
            return tb__fail(err, TB_ERR_VALUE, "%s.%s: a law of kind %s does not take it",
                            path, p->name, kind);
        if (!(value >= p->low && value <= p->high))
            return tb__fail(err, TB_ERR_VALUE, "%s.%s is %g; it must be between %g and %g",
                            path, p->name, value, p->low, p->high);
        *given |= p->flag;
    }
    return TB_OK;
}

static tb_status check_pair(const struct simple_law *law, const char *path, int given,
                            tb_error *err)
{
    const char *kind = tb__law_kind_names[law->kind];

    for (int i = 0; i < PAIRS; i++)
        if (given == pairs[i])
            return TB_OK;
    if ((given & (MEAN | MEDIAN)) == (MEAN | MEDIAN))
        return tb__fail(err, TB_ERR_VALUE, "%s: give mean or median, not both", path);
    if (given == CV)
        return tb__fail(err, TB_ERR_VALUE,
                        "%s: a law of kind %s needs its mean or median", path, kind);
    if (given == MEAN || given == MEDIAN)
        return tb__fail(err, TB_ERR_VALUE, "%s: a law of kind %s needs its cv", path, kind);
    return tb__fail(
        err, TB_ERR_VALUE,
        "%s: a law of kind %s takes one pair: mean and cv, median and cv, shape "
        "and scale, p10 and p90, or p25 and p75",
        path, kind);
}

static tb_status check_complete(const struct simple_law *law, const char *path, int given,
                                tb_error *err)
{
    const int wants = wanted[law->kind];

    if (wants == ANY_PAIR)
        return check_pair(law, path, given, err);
    for (int i = 0; i < PARAMETERS; i++)
        if (wants & ~given & parameters[i].flag)
            return tb__fail(err, TB_ERR_VALUE, "%s: a law of kind %s needs its %s", path,
                            tb__law_kind_names[law->kind], parameters[i].name);
    return TB_OK;
}

static tb_status check_beta(const struct simple_law *law, const char *path, tb_error *err)
{
    double a, b;

    if (!(law->low < law->mean && law->mean < law->high))
        return tb__fail(err, TB_ERR_VALUE,
                        "%s.mean is %g; it must lie between low %g and high %g", path,
                        law->mean, law->low, law->high);
    tb__beta_shapes(law, &a, &b);
    if (!(a >= LAW_BETA_LEAST && b >= LAW_BETA_LEAST))
        return tb__fail(
            err, TB_ERR_VALUE,
            "%s.cv is %g, too much for a beta law of mean %g between %g and %g (its "
            "shapes must be at least %g)",
            path, law->cv, law->mean, law->low, law->high, LAW_BETA_LEAST);
    if (!(a + b <= LAW_BETA_MOST))
        return tb__fail(
            err, TB_ERR_VALUE,
            "%s.cv is %g, too little for a beta law of mean %g between %g and %g (its "
            "shapes must sum to at most %g)",
            path, law->cv, law->mean, law->low, law->high, LAW_BETA_MOST);
    return TB_OK;
}

static tb_status check_gamma(const struct simple_law *law, const char *path, tb_error *err)
{
    if (law->cv < LAW_GAMMA_CV_LEAST)
        return tb__fail(err, TB_ERR_VALUE, "%s.cv is %g; a gamma law needs at least %g",
                        path, law->cv, LAW_GAMMA_CV_LEAST);
    if (!isnan(law->median) && law->cv > LAW_GAMMA_MEDIAN_CV_MOST)
        return tb__fail(err, TB_ERR_VALUE,
                        "%s.cv is %g; a gamma law given by its median takes at most %g",
                        path, law->cv, LAW_GAMMA_MEDIAN_CV_MOST);
    return TB_OK;
}

static tb_status check_order(const struct simple_law *law, const char *path, tb_error *err)
{
    if (law->low > law->high)
        return tb__fail(err, TB_ERR_VALUE, "%s.low is %g; it must be at most high, %g",
                        path, law->low, law->high);
    if (law->mode < law->low || law->mode > law->high)
        return tb__fail(err, TB_ERR_VALUE,
                        "%s.mode is %g; it must lie between low %g and high %g", path,
                        law->mode, law->low, law->high);
    return TB_OK;
}

/* Natural parameters: a shape as wide and as narrow as a cv may be, a mean that is no greater than
 * one that is given. */
static tb_status check_shape(const struct simple_law *law, const char *path, tb_error *err)
{
    static const double bounds[LAW_KINDS][2] = {
        [LAW_LOGNORMAL] = {1e-3, 2.148},  /* cv 1e-3 to 10 */
        [LAW_GAMMA] = {1e-2, 1e4},        /* cv 10 to 1e-2 */
        [LAW_WEIBULL] = {0.2333, 1281.5}, /* cv 10 to 1e-3 */
    };
    const double least = bounds[law->kind][0], most = bounds[law->kind][1];

    if (isnan(law->shape))
        return TB_OK;
    if (!(law->shape >= least && law->shape <= most))
        return tb__fail(err, TB_ERR_VALUE,
                        "%s.shape is %g; that of a %s law must be between %g and %g",
                        path, law->shape, tb__law_kind_names[law->kind], least, most);
    if (law->kind == LAW_GAMMA && law->shape * law->scale > LAW_MOST)
        return tb__fail(err, TB_ERR_VALUE, "%s: the mean, %g, must be at most %g", path,
                        law->shape * law->scale, LAW_MOST);
    return TB_OK;
}

/* Two quantiles, so far apart as a cv within bounds puts them (a gamma law: a cv up to 3). */
static tb_status check_apart(const struct simple_law *law, const char *path, tb_error *err)
{
    static const double ln_ratios[LAW_KINDS][2][2] = {
        [LAW_LOGNORMAL] = {{2.5632e-3, 5.5062}, {1.3490e-3, 2.8979}},
        [LAW_GAMMA] = {{2.5632e-2, 20.034}, {1.34901e-2, 9.9302}},
        [LAW_WEIBULL] = {{2.4063e-3, 13.226}, {1.2268e-3, 6.743}},
    };
    const int outer = !isnan(law->p10);
    const double *const ends = ln_ratios[law->kind][!outer];
    const double low = outer ? law->p10 : law->p25, high = outer ? law->p90 : law->p75;

    if (isnan(low))
        return TB_OK;
    if (!(low > 0 && log(high / low) >= ends[0] && log(high / low) <= ends[1]))
        return tb__fail(err, TB_ERR_VALUE,
                        "%s: %s is %g and %s is %g; for a %s law the greater must be "
                        "%.5g to %.4g times "
                        "the smaller, which is above 0",
                        path, outer ? "p10" : "p25", low, outer ? "p90" : "p75", high,
                        tb__law_kind_names[law->kind], exp(ends[0]), exp(ends[1]));
    return TB_OK;
}

tb_status tb__simple_law_check(const struct simple_law *law, const char *path, tb_error *err)
{
    tb_status status;
    int given;

    if (law->kind < 0 || law->kind >= LAW_SIMPLE_KINDS)
        return tb__fail(err, TB_ERR_VALUE, "%s: there is no simple law of kind %d", path,
                        law->kind);
    if ((status = check_each(law, path, &given, err)) ||
        (status = check_complete(law, path, given, err)) ||
        (status = check_order(law, path, err)) ||
        (status = check_shape(law, path, err)) || (status = check_apart(law, path, err)))
        return status;
    if (law->kind == LAW_BETA)
        return check_beta(law, path, err);
    if (law->kind == LAW_GAMMA)
        return check_gamma(law, path, err);
    return TB_OK;
}

static tb_status check_empirical(const struct law *law, const char *path, tb_error *err)
{
    const int count = law->quantiles.count;
    const double *v = law->quantiles.value;

    if (count < 4 || count > 2 * LAW_POINTS || count % 2)
        return tb__fail(
            err, TB_ERR_VALUE,
            "%s.quantiles has %d numbers; it takes pairs of a probability and a "
            "value, at least 2 and at most %d pairs",
            path, count, LAW_POINTS);
    for (int i = 0; i < count; i += 2) {
        if (!(v[i + 1] >= 0 && v[i + 1] <= LAW_MOST))
            return tb__fail(err, TB_ERR_VALUE,
                            "%s.quantiles: value %d is %g; it must be between 0 and %g",
                            path, i / 2 + 1, v[i + 1], LAW_MOST);
        if (i && v[i + 1] < v[i - 1])
            return tb__fail(err, TB_ERR_VALUE,
                            "%s.quantiles: value %d, %g, is below the one before, %g",
                            path, i / 2 + 1, v[i + 1], v[i - 1]);
        if (i && !(v[i] - v[i - 2] >= LAW_STEP_LEAST))
            return tb__fail(
                err, TB_ERR_VALUE,
                "%s.quantiles: probability %d, %g, must be at least %g above the "
                "one before, %g",
                path, i / 2 + 1, v[i], LAW_STEP_LEAST, v[i - 2]);
    }
    if (v[0] < 0 || v[0] > 0 || v[count - 2] < 1 || v[count - 2] > 1)
        return tb__fail(
            err, TB_ERR_VALUE,
            "%s.quantiles: probabilities go from %g to %g; they must go from 0 "
            "(the least value) to 1 (the greatest)",
            path, v[0], v[count - 2]);
    return TB_OK;
}

static tb_status check_mixture(const struct law *law, const char *path, tb_error *err)
{
    double sum = 0;
    tb_status status;

    if (law->part_count < 1 || law->part_count > LAW_PARTS)
        return tb__fail(err, TB_ERR_VALUE,
                        "%s: a law of kind mixture needs 1 to %d parts, and has %d", path,
                        LAW_PARTS, law->part_count);
    for (int i = 0; i < law->part_count; i++) {
        const struct law_part *part = &law->parts[i];
        char full[TB_MESSAGE_SIZE / 2];

        snprintf(full, sizeof full, "%s.parts.%.*s", path, LAW_NAME_SIZE - 1, part->name);
        if (!(part->weight >= 0 && part->weight <= LAW_WEIGHT_MOST))
            return tb__fail(err, TB_ERR_VALUE,
                            "%s.weight is %g; it must be between 0 and %g", full,
                            part->weight, LAW_WEIGHT_MOST);
        if ((status = tb__simple_law_check(&part->simple, full, err)))
            return status;
        sum += part->weight;
    }
    for (int i = 0; i < law->part_count; i++)
        if (law->parts[i].weight > 0 && law->parts[i].weight < LAW_STEP_LEAST * sum)
            return tb__fail(
                err, TB_ERR_VALUE,
                "%s.parts.%s.weight is %g; it must be 0 or at least %g of all "
                "weights",
                path, law->parts[i].name, law->parts[i].weight, LAW_STEP_LEAST);
    return sum > 0 ? TB_OK
                   : tb__fail(err, TB_ERR_VALUE,
                              "%s: all parts have weight 0; one must have more", path);
}

tb_status tb__law_check(const struct law *law, const char *path, tb_error *err)
{
    int given;
    tb_status status;

    if (law->kind < 0 || law->kind >= LAW_KINDS)
        return tb__fail(err, TB_ERR_VALUE, "%s: there is no law of kind %d", path,
                        law->kind);
    if (law->kind != LAW_EMPIRICAL && law->quantiles.count)
        return tb__fail(err, TB_ERR_VALUE,
                        "%s.quantiles: a law of kind %s does not take them", path,
                        tb__law_kind_names[law->kind]);
    if (law->kind != LAW_MIXTURE && law->part_count)
        return tb__fail(err, TB_ERR_VALUE, "%s.parts: a law of kind %s does not take them",
                        path, tb__law_kind_names[law->kind]);
    if (law->kind < LAW_SIMPLE_KINDS)
        return tb__simple_law_check(&law->simple, path, err);
    if ((status = check_each(&law->simple, path, &given, err)))
        return status;
    return law->kind == LAW_EMPIRICAL ? check_empirical(law, path, err)
                                      : check_mixture(law, path, err);
}

double tb__simple_law_mean(const struct simple_law *law)
{
    struct form f;

    switch (law->kind) {
    case LAW_UNIFORM: return law->low + (law->high - law->low) / 2;
    case LAW_TRIANGULAR: return law->low / 3 + law->mode / 3 + law->high / 3;
    default: break;
    }
    if (!isnan(law->mean))
        return law->mean;
    f = tb__form(law);
    return tb__form_scale(law) * tb__form_mean(&f);
}

static double empirical_mean(const struct law *law)
{
    const double *v = law->quantiles.value;
    double sum = 0;

    for (int i = 2; i < law->quantiles.count; i += 2)
        sum += (v[i] - v[i - 2]) * (v[i + 1] / 2 + v[i - 1] / 2);
    return sum;
}

static double mixture_mean(const struct law *law)
{
    double sum = 0, weights = 0;

    for (int i = 0; i < law->part_count; i++) {
        if (law->parts[i].weight > 0)
            sum += law->parts[i].weight * tb__simple_law_mean(&law->parts[i].simple);
        weights += law->parts[i].weight;
    }
    return sum / weights;
}

double tb__law_mean(const struct law *law)
{
    switch (law->kind) {
    case LAW_EMPIRICAL: return empirical_mean(law);
    case LAW_MIXTURE: return mixture_mean(law);
    default: return tb__simple_law_mean(&law->simple);
    }
}
