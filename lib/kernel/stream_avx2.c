#include "kernel/stream_avx2.h"

#if TB__AVX2
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2"))) static inline

enum { ROUNDS = 10 };

/* Four blocks: each counter word of a block in the low half of a 64-bit lane. What stands in the
 * high halves does not matter: products take the low halves only. */
struct blocks {
    __m256i c0, c1, c2, c3;
};

/* The ten round keys, in every lane. */
struct schedule {
    __m256i key0[ROUNDS], key1[ROUNDS];
};

AVX2 __m256i everywhere(uint32_t x)
{
    return _mm256_set1_epi64x((long long)x);
}

AVX2 void turn(struct blocks *b, __m256i key0, __m256i key1)
{
    const __m256i x = _mm256_mul_epu32(b->c0, everywhere(0xd2511f53u));
    const __m256i y = _mm256_mul_epu32(b->c2, everywhere(0xcd9e8d57u));

    b->c0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(y, 32), b->c1), key0);
    b->c2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(x, 32), b->c3), key1);
    b->c1 = y;
    b->c3 = x;
}

AVX2 struct blocks load(const uint32_t *index, const uint32_t *entity, uint32_t purpose,
                        uint32_t replication)
{
    const struct blocks b = {
        _mm256_cvtepu32_epi64(_mm_loadu_si128((const __m128i *)(const void *)index)),
        _mm256_cvtepu32_epi64(_mm_loadu_si128((const __m128i *)(const void *)entity)),
        everywhere(purpose),
        everywhere(replication),
    };
    return b;
}

/* The uniforms of two words, as in stream.c: 52 bits as the mantissa of a number in [1, 2). */
AVX2 __m256d uniforms(__m256i low, __m256i high)
{
    const __m256i word = _mm256_blend_epi32(low, _mm256_slli_epi64(high, 32), 0xaa);
    const __m256i bits = _mm256_or_si256(_mm256_srli_epi64(word, 12),
                                         _mm256_set1_epi64x(0x3ff0000000000000));

    return _mm256_sub_pd(_mm256_castsi256_pd(bits), _mm256_set1_pd(1 - 0x1p-53));
}

/* Both uniforms of four addresses, each pair where it belongs. */
AVX2 void store(const struct blocks *b, double *out, size_t stride)
{
    const __m256d first = uniforms(b->c0, b->c1), second = uniforms(b->c2, b->c3);
    const __m256d even = _mm256_unpacklo_pd(first, second); /* of addresses 0 and 2 */
    const __m256d odd = _mm256_unpackhi_pd(first, second);

    _mm_storeu_pd(out, _mm256_castpd256_pd128(even));
    _mm_storeu_pd(out + stride, _mm256_castpd256_pd128(odd));
    _mm_storeu_pd(out + 2 * stride, _mm256_extractf128_pd(even, 1));
    _mm_storeu_pd(out + 3 * stride, _mm256_extractf128_pd(odd, 1));
}

AVX2 struct schedule schedule_of(const struct stream *s)
{
    struct schedule k;

    for (uint32_t round = 0; round < ROUNDS; round++) {
        k.key0[round] = everywhere(s->key[0] + round * 0x9e3779b9u);
        k.key1[round] = everywhere(s->key[1] + round * 0xbb67ae85u);
    }
    return k;
}

/* Two sets of four side by side, since a product takes five cycles. The last eight may overlap the
 * ones before: drawing an address twice is cheaper than a remainder. */
__attribute__((target("avx2"))) void tb__uniforms_avx2(const struct stream *s, int n,
                                                       const uint32_t *index,
                                                       const uint32_t *entity,
                                                       uint32_t purpose, double *out,
                                                       int stride)
{
    const struct schedule k = schedule_of(s);
    const size_t step = (size_t)stride;

    for (int next = 0; next < n; next += AHEAD_SET) {
        const int i = next + AHEAD_SET <= n ? next : n - AHEAD_SET;
        struct blocks a = load(index + i, entity + i, purpose, s->replication);
        struct blocks b = load(index + i + 4, entity + i + 4, purpose, s->replication);

        for (int round = 0; round < ROUNDS; round++) {
            turn(&a, k.key0[round], k.key1[round]);
            turn(&b, k.key0[round], k.key1[round]);
        }
        store(&a, out + (size_t)i * step, step);
        store(&b, out + (size_t)(i + 4) * step, step);
    }
}
#else
typedef int tb__no_avx2; /* ISO C wants a declaration in every file */
#endif
