/* kernel/stream_avx512.h: the uniforms of sixteen addresses at a time, on machines that have AVX-512
 * without a price for it: those that came with VBMI2 keep their clock.
 *
 * Eight blocks fit a register, and three words are xored at once: a third of the instructions that
 * stream_avx2.h takes. The same bits as tb__uniforms (tested where the machine has it). */
#ifndef TB_KERNEL_STREAM_AVX512_H
#define TB_KERNEL_STREAM_AVX512_H

#include <stdbool.h>

#include "kernel/port.h"
#include "kernel/stream.h"

#if TB__AVX2
enum { WIDE_SET = 16 }; /* addresses at a time */

static inline bool tb__has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vbmi2");
}

/* As tb__uniforms_ahead, for n >= WIDE_SET addresses. Only where tb__has_avx512. */
void tb__uniforms_avx512(const struct stream *s, int n, const uint32_t *index,
                         const uint32_t *entity, uint32_t purpose, double *out, int stride);
#endif

#endif
