/* kernel/mixture.h: the quantile function of a mixture, by inverting the sum of its parts'
 * distribution functions.
 *
 * The parts' functions are closed forms or GSL's, and those only where they do not underflow or give
 * up; a value beyond is so far out that its chance is below 1e-20. Below the median the sum of the
 * distribution functions is inverted, above it that of the survival functions, so that neither tail
 * loses digits. */
#ifndef TB_KERNEL_MIXTURE_H
#define TB_KERNEL_MIXTURE_H

#include "kernel/pieces.h"

/* A part: a form and what multiplies it, or a constant. */
struct component {
    struct form form;
    double share, scale;
    double from, to; /* beyond, its distribution function is 0 or 1 */
};

struct mixture {
    struct component component[LAW_PARTS];
    int count;
    double least, most; /* the quantiles of all probabilities of a table lie between */
    double guess;       /* the last quantile found */
};

/* Chance of at most x (upper: of more than x) under a mixture. */
double tb__mixture_chance(const struct mixture *m, int upper, double x);

/* The mixture of a law of that kind that passed its check, and its quantile function, which points
 * to *mixture. */
void tb__mixture_function(const struct law *law, struct mixture *mixture,
                          struct quantile_function *out);

#endif
