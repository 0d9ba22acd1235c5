/* kernel/inverse.h: quantiles of the gamma and beta laws by continuation.
 *
 * GSL's own inverses start anew for each probability, and abort the program where they do not
 * converge (a gamma law of cv 4, for one). Here the quantile at one node of a table is predicted
 * from the one before, by a Taylor step, and corrected by Halley's method on the logarithm of
 * GSL's distribution function: one evaluation a node, and agreement with GSL to 1e-12. */
#ifndef TB_KERNEL_INVERSE_H
#define TB_KERNEL_INVERSE_H

#include "kernel/quantile.h"

/* The quantile of the gamma law of this shape (1e-2 to 1e6) and scale 1 at p in [0.1, 0.9]. */
double tb__gamma_quantile(double shape, double p);

/* The shape of the gamma law whose quantiles at q and 1 - q have this logarithm of their ratio: q is
 * 0.1 or 0.25, and the shape lies between 1/9 and 1e4. */
double tb__gamma_shape(double q, double ln_ratio);

/* Quantiles at p (upper: at 1 - p) for the probabilities p of all nodes; scale 1. */
void tb__gamma_quantiles(double shape, int upper, double value[NODES]);

/* The same for the beta law on [0, 1]. */
void tb__beta_quantiles(double a, double b, int upper, double value[NODES]);

#endif
