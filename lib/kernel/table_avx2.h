/* kernel/table_avx2.h: four variates at a time, on machines that have AVX2.
 *
 * Rows of four coefficients are loaded and transposed: neither gcc nor clang makes this of the plain
 * loop, and gathering takes longer. The same bits as tb__variate_if (tested). */
#ifndef TB_KERNEL_TABLE_AVX2_H
#define TB_KERNEL_TABLE_AVX2_H

#include "kernel/law.h"
#include "kernel/port.h"

#if TB__AVX2
/* As tb__variates_if, for a table with rows and the first n / 4 * 4 uniforms. Only where
 * __builtin_cpu_supports("avx2"). */
void tb__variates_avx2(const struct table *t, double chance, int n, double *u, int stride);
#endif

#endif
