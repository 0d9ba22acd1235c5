/* kernel/stream_avx2.h: the uniforms of eight addresses at a time, on machines that have AVX2.
 *
 * Neither gcc nor clang makes this of the plain loop. The same bits as tb__uniforms (tested). */
#ifndef TB_KERNEL_STREAM_AVX2_H
#define TB_KERNEL_STREAM_AVX2_H

#include "kernel/port.h"
#include "kernel/stream.h"

#if TB__AVX2
enum { AHEAD_SET = 8 }; /* addresses at a time */

/* As tb__uniforms_ahead, for n >= AHEAD_SET addresses. Only where
 * __builtin_cpu_supports("avx2"). */
void tb__uniforms_avx2(const struct stream *s, int n, const uint32_t *index,
                       const uint32_t *entity, uint32_t purpose, double *out, int stride);
#endif

#endif
