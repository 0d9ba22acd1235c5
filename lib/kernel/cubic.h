/* kernel/cubic.h: cubics through the nodes of a cell, as tables and pieces have them. */
#ifndef TB_KERNEL_CUBIC_H
#define TB_KERNEL_CUBIC_H

#include <stdint.h>
#include <string.h>

/* Nearest double with so many significant bits (at most 53), ties to even: hides the last bits of a
 * libm, which may differ between machines, from everything that is made of it. */
static inline double tb__rounded(double x, int bits)
{
    const int dropped = 53 - bits;
    const uint64_t unit = UINT64_C(1) << dropped;
    uint64_t b;

    memcpy(&b, &x, sizeof b);
    if (dropped)
        b = (b + unit / 2 - 1 + (b >> dropped & 1)) & ~(unit - 1);
    memcpy(&x, &b, sizeof x);
    return x;
}

/* The cubic through four values at 0, TB__NODE_PLACE, 1 - TB__NODE_PLACE and 1, where `sign` tells
 * which way it goes. Where it would turn back, the chord instead. */
void tb__cubic(const double value[4], double sign, double c[4]);

#endif
