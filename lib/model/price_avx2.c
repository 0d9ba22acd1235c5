#include "model/price.h"

#if TB__AVX2
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2"))) static inline

AVX2 __m256i everywhere(int32_t x)
{
    return _mm256_set1_epi32(x);
}

AVX2 __m256i load(const void *x)
{
    return _mm256_loadu_si256((const __m256i *)x);
}

AVX2 __m256i positive(__m256i x)
{
    return _mm256_max_epi32(x, _mm256_setzero_si256());
}

/* A bit for each of 32 workers: whether its last visit was on the day `since` or later. */
AVX2 uint32_t known_of(const int16_t *last_visit, __m256i since)
{
    const __m256i a = _mm256_cmpgt_epi16(since, load(last_visit));
    const __m256i b = _mm256_cmpgt_epi16(since, load(last_visit + 16));
    const __m256i unknown = _mm256_permute4x64_epi64(_mm256_packs_epi16(a, b), 0xd8);

    return ~(uint32_t)_mm256_movemask_epi8(unknown);
}

/* These bits of all workers in c->known; returns those of the first 256. Of 64, they need not go
 * through memory. */
AVX2 __m256i who_knows(const struct candidates *c, const struct wish *w)
{
    const __m256i since = _mm256_set1_epi16((int16_t)w->known_since);

    if (c->people <= 64)
        return _mm256_set1_epi64x(
            (long long)(known_of(w->last_visit, since) |
                        (uint64_t)known_of(w->last_visit + 32, since) << 32));
    for (int i = 0; i < c->people; i += 32)
        c->known[i / 32] = known_of(w->last_visit + i, since);
    return load(c->known);
}

/* The wish in every lane, and the bits of the first 256 workers. */
struct question {
    __m256i opens, closes, takes, most_over, travel, lateness, overtime, continuity, bits;
};

/* All ones where the candidate knows the client. A register holds the bits of 256 workers; known:
 * those of all when there are more. */
AVX2 __m256i knows(const struct lanes *c, __m256i bits, const uint32_t *known)
{
    const __m256i word = load(c->word);
    const __m256i words = known ? _mm256_i32gather_epi32((const int *)known, word, 4)
                                : _mm256_permutevar8x32_epi32(bits, word);

    return _mm256_srai_epi32(_mm256_sllv_epi32(words, load(c->bit)), 31);
}

AVX2 __m256i prices(const struct lanes *c, const struct question *q, const uint32_t *known)
{
    const __m256i leg = load(c->leg);
    const __m256i there = _mm256_add_epi32(load(c->free), leg);
    const __m256i start = _mm256_max_epi32(there, q->opens);
    const __m256i late = positive(_mm256_sub_epi32(start, q->closes));
    const __m256i owed =
        positive(_mm256_add_epi32(load(c->owed), _mm256_sub_epi32(there, start)));
    const __m256i done = _mm256_add_epi32(_mm256_add_epi32(start, q->takes), owed);
    const __m256i over = positive(_mm256_sub_epi32(done, load(c->end)));
    const __m256i bonus = _mm256_and_si256(knows(c, q->bits, known), q->continuity);
    const __m256i sum =
        _mm256_add_epi32(_mm256_add_epi32(_mm256_mullo_epi32(leg, q->travel),
                                          _mm256_mullo_epi32(late, q->lateness)),
                         _mm256_add_epi32(_mm256_mullo_epi32(over, q->overtime),
                                          _mm256_sub_epi32(load(c->load), bonus)));
    const __m256i can = _mm256_andnot_si256(_mm256_cmpgt_epi32(over, q->most_over),
                                            _mm256_cmpgt_epi32(load(c->home), start));

    return _mm256_blendv_epi8(everywhere(NEVER_CHOSEN), sum, can);
}

AVX2 int32_t smallest(__m256i x)
{
    __m128i half = _mm_min_epi32(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1));

    half = _mm_min_epi32(half, _mm_shuffle_epi32(half, 0x4e));
    half = _mm_min_epi32(half, _mm_shuffle_epi32(half, 0xb1));
    return _mm_cvtsi128_si32(half);
}

/* The least of all prices of lanes [from, to), each of which stands in its place then. */
AVX2 int32_t price_all(struct lanes *from, const struct lanes *to,
                       const struct question *q, const uint32_t *known)
{
    __m256i least = everywhere(NEVER_CHOSEN);

    for (struct lanes *c = from; c < to; c++) {
        const __m256i cost = prices(c, q, known);

        _mm256_storeu_si256((__m256i *)(void *)c->cost, cost);
        least = _mm256_min_epi32(least, cost);
    }
    return smallest(least);
}

enum { MOST_AT_ONCE = 64 / LANES };

/* A bit for each of the candidates of the next lanes who costs just that. All are looked at, since it cannot be
 * foretold in which lanes the cheapest stands. */
AVX2 uint64_t who_costs(const struct lanes *from, const struct lanes *to, int32_t cost)
{
    uint64_t found = 0;

    for (int i = 0; i < MOST_AT_ONCE && from + i < to; i++) {
        const __m256i same = _mm256_cmpeq_epi32(load(from[i].cost), everywhere(cost));
        const int lanes = _mm256_movemask_ps(_mm256_castsi256_ps(same));

        found |= (uint64_t)(unsigned)lanes << LANES * i;
    }
    return found;
}

/* The first of the cheapest; of those who are late anyway only where one of them may be it. */
AVX2 int cheapest(const struct candidates *c, const struct wish *w, const uint32_t *known)
{
    const struct question q = {
        everywhere(w->opens),     everywhere(w->closes),     everywhere(w->takes),
        everywhere(w->most_over), everywhere(w->travel),     everywhere(w->lateness),
        everywhere(w->overtime),  everywhere(w->continuity), who_knows(c, w)};
    struct lanes *first = c->lanes + w->first;
    const struct lanes *end = c->lanes + w->soon;
    int32_t best;

    while ((best = price_all(first, end, &q, known)) > w->late &&
           end < c->lanes + (unsigned)c->n / LANES)
        end = c->lanes + (unsigned)c->n / LANES;
    if (best == NEVER_CHOSEN)
        return NOBODY;
    for (;; first += MOST_AT_ONCE) {
        const uint64_t found = who_costs(first, end, best);

        if (found)
            return (int)(first - c->lanes) * LANES + __builtin_ctzll(found);
    }
}

__attribute__((target("avx2"), noinline)) static int cheapest_of_many(
    const struct candidates *c, const struct wish *w)
{
    return cheapest(c, w, c->known);
}

__attribute__((target("avx2"))) int tb__cheapest_avx2(const struct candidates *c,
                                                      const struct wish *w)
{
    return c->people <= 256 ? cheapest(c, w, NULL) : cheapest_of_many(c, w);
}
#else
typedef int tb__no_price_avx2; /* ISO C wants a declaration in every file */
#endif
