#include "kernel/table_avx2.h"

#if TB__AVX2
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2"))) static inline

/* The coefficients of four rows: all c0, all c1 ... */
struct columns {
    __m256d c0, c1, c2, c3;
};

AVX2 struct columns look_up(const struct table_row *table, __m256i row)
{
    const __m128i low = _mm256_castsi256_si128(row);
    const __m128i high = _mm256_extracti128_si256(row, 1);
    const __m256d a = _mm256_loadu_pd(table[_mm_cvtsi128_si64(low)].c);
    const __m256d b = _mm256_loadu_pd(table[_mm_extract_epi64(low, 1)].c);
    const __m256d c = _mm256_loadu_pd(table[_mm_cvtsi128_si64(high)].c);
    const __m256d d = _mm256_loadu_pd(table[_mm_extract_epi64(high, 1)].c);
    const __m256d ab02 = _mm256_unpacklo_pd(a, b), ab13 = _mm256_unpackhi_pd(a, b);
    const __m256d cd02 = _mm256_unpacklo_pd(c, d), cd13 = _mm256_unpackhi_pd(c, d);
    const struct columns k = {_mm256_permute2f128_pd(ab02, cd02, 0x20),
                              _mm256_permute2f128_pd(ab13, cd13, 0x20),
                              _mm256_permute2f128_pd(ab02, cd02, 0x31),
                              _mm256_permute2f128_pd(ab13, cd13, 0x31)};

    return k;
}

/* tb__variate, step by step. */
AVX2 __m256d variates(const struct table *t, __m256d u)
{
    const __m256d one = _mm256_set1_pd(1);
    const __m256d rest = _mm256_sub_pd(one, u);
    const __m256d upper = _mm256_cmp_pd(rest, u, _CMP_LT_OQ);
    const __m256d p = _mm256_max_pd(_mm256_blendv_pd(u, rest, upper), _mm256_set1_pd(1e-9));
    const __m256i bits = _mm256_castpd_si256(p);
    const __m256i cell =
        _mm256_sub_epi64(_mm256_srli_epi64(bits, 52 - TABLE_BITS),
                         _mm256_set1_epi64x((1022 - TABLE_BINADES) << TABLE_BITS));
    const __m256i row =
        _mm256_sub_epi64(_mm256_slli_epi64(cell, 1), _mm256_castpd_si256(upper));
    const __m256i mantissa = _mm256_and_si256(_mm256_slli_epi64(bits, TABLE_BITS),
                                              _mm256_set1_epi64x(0x000fffffffffffff));
    const __m256d place =
        _mm256_sub_pd(_mm256_or_pd(_mm256_castsi256_pd(mantissa), one), one);
    const struct columns k = look_up(t->row, row);
    __m256d value = _mm256_add_pd(k.c2, _mm256_mul_pd(place, k.c3));

    value = _mm256_add_pd(k.c1, _mm256_mul_pd(place, value));
    value = _mm256_add_pd(k.c0, _mm256_mul_pd(place, value));
    return _mm256_mul_pd(_mm256_set1_pd(t->scale), value);
}

__attribute__((target("avx2"))) void tb__variates_avx2(const struct table *t, double chance,
                                                       int n, double *u, int stride)
{
    const __m256d chances = _mm256_set1_pd(chance), none = _mm256_set1_pd(TB__NONE);
    const size_t step = (size_t)stride;

    for (int i = 0; i + 4 <= n; i += 4, u += 4 * step) {
        const __m256d drawn = _mm256_set_pd(u[3 * step], u[2 * step], u[step], u[0]);
        /* Of what does not happen the variate is that of a clamped number, and is not used. */
        const __m256d value =
            _mm256_blendv_pd(none, variates(t, _mm256_div_pd(drawn, chances)),
                             _mm256_cmp_pd(drawn, chances, _CMP_LT_OQ));
        const __m128d low = _mm256_castpd256_pd128(value);
        const __m128d high = _mm256_extractf128_pd(value, 1);

        _mm_storel_pd(u, low);
        _mm_storeh_pd(u + step, low);
        _mm_storel_pd(u + 2 * step, high);
        _mm_storeh_pd(u + 3 * step, high);
    }
}
#else
typedef int tb__no_table_avx2; /* ISO C wants a declaration in every file */
#endif
