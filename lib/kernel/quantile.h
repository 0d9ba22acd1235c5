/* kernel/quantile.h: the inverse distribution functions that tables are built from.
 *
 * A form is a law without its scale: the kind and what shapes it. Laws of the same form share one
 * table. Quantiles of a form are in units of the law's mean, of its median where that was given,
 * or of its range (uniform, triangular, beta). */
#ifndef TB_KERNEL_QUANTILE_H
#define TB_KERNEL_QUANTILE_H

#include "kernel/law.h"

struct form {
    int kind;
    double shape, second; /* gamma: k; Weibull: 1/k; lognormal: sigma; beta: both; mode */
    double unit;          /* what values are divided by: the mean or median at scale 1 */
    double low;           /* the lower end in units of the range */
};

/* The form of a law that passed its check and is not a constant. */
struct form tb__form(const struct law *law);

/* What multiplies the quantiles of the law's form. */
double tb__form_scale(const struct law *law);

/* Shapes of a beta law on [0, 1] with this mean and standard deviation. */
void tb__beta_shapes(double mean, double sd, double *a, double *b);

/* 1/k of the Weibull law with this cv (1e-3 <= cv <= 10). */
double tb__weibull_power(double cv);

/* n quantiles at lower (upper: 1 -) probabilities p[i] <= 1/2, falling. */
void tb__quantiles(const struct form *f, int upper, int n, const double *p, double *value);

#endif
