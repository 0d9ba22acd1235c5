#include "kernel/law.h"

#include <math.h>

#include "kernel/quantile.h"
#include "kernel/status.h"

const struct law tb__law_unset = {LAW_CONSTANT, NAN, NAN, NAN, NAN, NAN, NAN};

const char *const tb__law_kind_names[LAW_KINDS] = {
    "constant",  "uniform", "triangular", "exponential",
    "lognormal", "gamma",   "weibull",    "beta",
};

enum {
    MEAN = 1,
    MEDIAN = 2,
    CV = 4,
    LOW = 8,
    MODE = 16,
    HIGH = 32,
    CENTRE = MEAN | MEDIAN
};

/* What a kind wants; of CENTRE it wants one. */
static const int wanted[LAW_KINDS] = {
    [LAW_CONSTANT] = MEAN,
    [LAW_UNIFORM] = LOW | HIGH,
    [LAW_TRIANGULAR] = LOW | MODE | HIGH,
    [LAW_EXPONENTIAL] = MEAN,
    [LAW_LOGNORMAL] = CENTRE | CV,
    [LAW_GAMMA] = CENTRE | CV,
    [LAW_WEIBULL] = CENTRE | CV,
    [LAW_BETA] = LOW | HIGH | MEAN | CV,
};

static const struct parameter {
    const char *name;
    size_t offset;
    int flag;
    double low, high;
} parameters[] = {
    {"mean", offsetof(struct law, mean), MEAN, 0, LAW_MOST},
    {"median", offsetof(struct law, median), MEDIAN, 0, LAW_MOST},
    {"cv", offsetof(struct law, cv), CV, LAW_CV_LEAST, LAW_CV_MOST},
    {"low", offsetof(struct law, low), LOW, 0, LAW_MOST},
    {"mode", offsetof(struct law, mode), MODE, 0, LAW_MOST},
    {"high", offsetof(struct law, high), HIGH, 0, LAW_MOST},
};

enum { PARAMETERS = sizeof parameters / sizeof *parameters };

static double value_of(const struct law *law, const struct parameter *p)
{
    double value;

    memcpy(&value, (const char *)law + p->offset, sizeof value);
    return value;
}

/* Each parameter by itself; the flags of those that were given go to *given. */
static tb_status check_each(const struct law *law, const char *path, int *given,
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

static tb_status check_complete(const struct law *law, const char *path, int given,
                                tb_error *err)
{
    const int wants = wanted[law->kind];
    const int median = (wants & MEDIAN) != 0;

    if (median && (given & CENTRE) == CENTRE)
        return tb__fail(err, TB_ERR_VALUE, "%s: give mean or median, not both", path);
    if (median && !(given & CENTRE))
        return tb__fail(err, TB_ERR_VALUE, "%s: a law of kind %s needs its mean or median",
                        path, tb__law_kind_names[law->kind]);
    for (int i = 0; i < PARAMETERS; i++)
        if (wants & ~(median ? CENTRE : 0) & ~given & parameters[i].flag)
            return tb__fail(err, TB_ERR_VALUE, "%s: a law of kind %s needs its %s", path,
                            tb__law_kind_names[law->kind], parameters[i].name);
    return TB_OK;
}

static tb_status check_beta(const struct law *law, const char *path, tb_error *err)
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

static tb_status check_gamma(const struct law *law, const char *path, tb_error *err)
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

static tb_status check_order(const struct law *law, const char *path, tb_error *err)
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

tb_status tb__law_check(const struct law *law, const char *path, tb_error *err)
{
    tb_status status;
    int given;

    if (law->kind < 0 || law->kind >= LAW_KINDS)
        return tb__fail(err, TB_ERR_VALUE, "%s: there is no law of kind %d", path,
                        law->kind);
    if ((status = check_each(law, path, &given, err)) ||
        (status = check_complete(law, path, given, err)) ||
        (status = check_order(law, path, err)))
        return status;
    if (law->kind == LAW_BETA)
        return check_beta(law, path, err);
    if (law->kind == LAW_GAMMA)
        return check_gamma(law, path, err);
    return TB_OK;
}

double tb__law_mean(const struct law *law)
{
    switch (law->kind) {
    case LAW_UNIFORM: return law->low + (law->high - law->low) / 2;
    case LAW_TRIANGULAR: return law->low / 3 + law->mode / 3 + law->high / 3;
    default: break;
    }
    if (!isnan(law->mean))
        return law->mean;
    const struct form f = tb__form(law);
    return law->median * tb__form_mean(&f);
}
