/* kernel/cubic.h: cubics through the nodes of a cell, as tables and pieces have them. */
#ifndef TB_KERNEL_CUBIC_H
#define TB_KERNEL_CUBIC_H

/* Nearest double with so many significant bits: hides the last bits of a libm, which may differ
 * between machines, from everything that is made of it. */
double tb__rounded(double x, int bits);

/* The cubic through four values at 0, TB__NODE_PLACE, 1 - TB__NODE_PLACE and 1, where `sign` tells
 * which way it goes. Where it would turn back, the chord instead. */
void tb__cubic(const double value[4], double sign, double c[4]);

#endif
