#include "kernel/stream_avx512.h"

#if TB__AVX2
#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f"))) static inline

enum { ROUNDS = 10, XOR_OF_THREE = 0x96 };

/* Eight blocks, laid out as the four of stream_avx2.c. */
struct blocks {
    __m512i c0, c1, c2, c3;
};

AVX512 __m512i everywhere(uint32_t x)
{
    return _mm512_set1_epi64((long long)x);
}

AVX512 void turn(struct blocks *b, __m512i key0, __m512i key1)
{
    const __m512i x = _mm512_mul_epu32(b->c0, everywhere(0xd2511f53u));
    const __m512i y = _mm512_mul_epu32(b->c2, everywhere(0xcd9e8d57u));

    b->c0 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(y, 32), b->c1, key0, XOR_OF_THREE);
    b->c2 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(x, 32), b->c3, key1, XOR_OF_THREE);
    b->c1 = y;
    b->c3 = x;
}

AVX512 __m512i words(const uint32_t *word)
{
    return _mm512_cvtepu32_epi64(_mm256_loadu_si256((const __m256i *)(const void *)word));
}

/* The uniforms of two words: 52 bits as the mantissa of a number in [1, 2). */
AVX512 __m512d uniforms(__m512i low, __m512i high)
{
    const __m512i word = _mm512_mask_blend_epi32(0xaaaa, low, _mm512_slli_epi64(high, 32));
    const __m512i bits = _mm512_or_si512(_mm512_srli_epi64(word, 12),
                                         _mm512_set1_epi64(0x3ff0000000000000));

    return _mm512_sub_pd(_mm512_castsi512_pd(bits), _mm512_set1_pd(1 - 0x1p-53));
}

/* A quarter of a register: the pair of one address. */
#define PAIR(x, quarter) \
    _mm_castps_pd(_mm512_extractf32x4_ps(_mm512_castpd_ps(x), quarter))

/* Both uniforms of eight addresses, each pair where it belongs. */
AVX512 void store(const struct blocks *b, double *out, size_t stride)
{
    const __m512d first = uniforms(b->c0, b->c1), second = uniforms(b->c2, b->c3);
    const __m512d even = _mm512_unpacklo_pd(first, second); /* of addresses 0, 2 ... */
    const __m512d odd = _mm512_unpackhi_pd(first, second);

    _mm_storeu_pd(out, PAIR(even, 0));
    _mm_storeu_pd(out + stride, PAIR(odd, 0));
    _mm_storeu_pd(out + 2 * stride, PAIR(even, 1));
    _mm_storeu_pd(out + 3 * stride, PAIR(odd, 1));
    _mm_storeu_pd(out + 4 * stride, PAIR(even, 2));
    _mm_storeu_pd(out + 5 * stride, PAIR(odd, 2));
    _mm_storeu_pd(out + 6 * stride, PAIR(even, 3));
    _mm_storeu_pd(out + 7 * stride, PAIR(odd, 3));
}

/* Two sets of eight side by side; the last sixteen may overlap the ones before, as in stream_avx2.c. */
__attribute__((target("avx512f"))) void tb__uniforms_avx512(const struct stream *s, int n,
                                                            const uint32_t *index,
                                                            const uint32_t *entity,
                                                            uint32_t purpose, double *out,
                                                            int stride)
{
    const size_t step = (size_t)stride;
    const __m512i what = everywhere(purpose), replication = everywhere(s->replication);

    for (int next = 0; next < n; next += WIDE_SET) {
        const int i = next + WIDE_SET <= n ? next : n - WIDE_SET;
        struct blocks a = {words(index + i), words(entity + i), what, replication};
        struct blocks b = {words(index + i + 8), words(entity + i + 8), what, replication};

        for (uint32_t round = 0; round < ROUNDS; round++) {
            const __m512i key0 = everywhere(s->key[0] + round * 0x9e3779b9u);
            const __m512i key1 = everywhere(s->key[1] + round * 0xbb67ae85u);

            turn(&a, key0, key1);
            turn(&b, key0, key1);
        }
        store(&a, out + (size_t)i * step, step);
        store(&b, out + (size_t)(i + 8) * step, step);
    }
}
#else
typedef int tb__no_avx512; /* ISO C wants a declaration in every file */
#endif
