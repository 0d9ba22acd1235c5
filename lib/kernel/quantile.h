/* kernel/quantile.h: the inverse distribution functions that tables are built from.
 *
 * A form is a law without its scale: the kind and what shapes it. Laws of one form share a table.
 * Quantiles of a form are in units of what was given of the law: its mean, its median, its scale or
 * the greater of two quantiles; or of its range (uniform, triangular, beta). */
#ifndef TB_KERNEL_QUANTILE_H
#define TB_KERNEL_QUANTILE_H

#include "kernel/law.h"

struct form {
    int kind;
    double shape; /* lognormal: sigma; gamma: k; Weibull: 1/k; beta: a; triangular: the mode */
    double second; /* beta: b */
    double unit;   /* what values are divided by: what was given, at scale 1 */
    double low;    /* the lower end in units of the range */
};

/* The form of a law that passed its check and has a spread, and what multiplies its quantiles (0
 * for a law without spread). */
struct form tb__form(const struct simple_law *law);
double tb__form_scale(const struct simple_law *law);

/* Shapes of the beta law with this mean and cv on [low, high]. */
void tb__beta_shapes(const struct simple_law *law, double *a, double *b);

/* The mean of a form in its own units: 1 where the mean was given. */
double tb__form_mean(const struct form *f);

/* Each cell of a table has its ends and two places between as nodes. The places are nearly those
 * that minimise the greatest error of a cubic that is continuous over the cells. */
enum { NODES = 3 * (TABLE_BINADES << TABLE_BITS) + 1 };
#define TB__NODE_PLACE 0.296875

/* Probability of a node: rising from 2^-30 at node 0 to 1/2 at node NODES - 1. */
double tb__node_probability(int node);

/* The quantiles at p (upper: at 1 - p) for the probabilities p of all nodes. */
void tb__quantiles(const struct form *f, int upper, double value[NODES]);

/* Those of a lognormal form, both halves from one exponential a node. `normal` are the quantiles of
 * the standard normal law at 1 - p, which all lognormal forms share. */
void tb__normal_quantiles(double normal[NODES]);
void tb__lognormal_quantiles(const struct form *f, const double normal[NODES],
                             double lower[NODES], double upper[NODES]);

#endif
