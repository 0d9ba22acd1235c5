#include "kernel/stream.h"

#include <string.h>

#include "kernel/stream_avx2.h"
#include "kernel/stream_avx512.h"

/* Raised when the meaning of an address changes; uniforms of one version are stable for ever. */
static const uint64_t stream_version = 1;

/* One of the ten rounds. The key moves on by the golden ratio and by sqrt(3) - 1. */
static inline void turn(uint32_t c[4], uint32_t key0, uint32_t key1, uint32_t round)
{
    const uint64_t a = (uint64_t)c[0] * 0xd2511f53u, b = (uint64_t)c[2] * 0xcd9e8d57u;

    c[0] = (uint32_t)(b >> 32) ^ c[1] ^ (key0 + round * 0x9e3779b9u);
    c[1] = (uint32_t)b;
    c[2] = (uint32_t)(a >> 32) ^ c[3] ^ (key1 + round * 0xbb67ae85u);
    c[3] = (uint32_t)a;
}

/* Written out: no compiler unrolls the loop, which takes twice as many instructions. */
static inline void philox(uint32_t c[4], uint32_t key0, uint32_t key1)
{
    turn(c, key0, key1, 0);
    turn(c, key0, key1, 1);
    turn(c, key0, key1, 2);
    turn(c, key0, key1, 3);
    turn(c, key0, key1, 4);
    turn(c, key0, key1, 5);
    turn(c, key0, key1, 6);
    turn(c, key0, key1, 7);
    turn(c, key0, key1, 8);
    turn(c, key0, key1, 9);
}

void tb__philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c[4] = {counter[0], counter[1], counter[2], counter[3]};

    philox(c, key[0], key[1]);
    memcpy(out, c, sizeof c);
}

static struct stream stream_of(uint64_t key, uint32_t replication)
{
    const struct stream s = {{(uint32_t)key, (uint32_t)(key >> 32)}, replication};

    return s;
}

struct stream tb__stream(uint64_t seed, uint32_t replication)
{
    return stream_of(seed ^ stream_version, replication);
}

struct stream tb__stream_tagged(const struct stream *s, uint64_t tag)
{
    const uint64_t key = s->key[0] | (uint64_t)s->key[1] << 32;

    return stream_of(tb__mix(key ^ tb__mix(tag)), s->replication);
}

/* ((x >> 12) + 1/2) 2^-52 for x = low | high << 32, as a number in [1, 2) less 1 - 2^-53: exact,
 * and without a conversion. */
static inline double uniform(uint32_t low, uint32_t high)
{
    const uint64_t bits = (low | (uint64_t)high << 32) >> 12 | UINT64_C(0x3ff0000000000000);
    double u;

    memcpy(&u, &bits, sizeof u);
    return u - (1 - 0x1p-53);
}

void tb__uniforms(const struct stream *s, uint32_t index, uint32_t entity,
                  uint32_t purpose, double u[2])
{
    uint32_t c[4] = {index, entity, purpose, s->replication};

    philox(c, s->key[0], s->key[1]);
    u[0] = uniform(c[0], c[1]);
    u[1] = uniform(c[2], c[3]);
}

#if TB__AVX2
/* Fewer than a full set: padded, since that is cheaper than two single draws. */
static void pad(const struct stream *s, int n, const uint32_t *index,
                const uint32_t *entity, uint32_t purpose, double *out, int stride)
{
    uint32_t padded_index[AHEAD_SET] = {0}, padded_entity[AHEAD_SET] = {0};
    double u[2 * AHEAD_SET];

    for (int i = 0; i < n; i++) {
        padded_index[i] = index[i];
        padded_entity[i] = entity[i];
    }
    tb__uniforms_avx2(s, AHEAD_SET, padded_index, padded_entity, purpose, u, 2);
    for (int i = 0; i < n; i++)
        memcpy(out + i * stride, u + 2 * i, 2 * sizeof *u);
}
#endif

void tb__uniforms_ahead(const struct stream *s, int n, const uint32_t *index,
                        const uint32_t *entity, uint32_t purpose, double *out, int stride)
{
#if TB__AVX2
    if (n >= WIDE_SET && tb__has_avx512()) {
        tb__uniforms_avx512(s, n, index, entity, purpose, out, stride);
        return;
    }
    if (n > 1 && __builtin_cpu_supports("avx2")) {
        (n < AHEAD_SET ? pad : tb__uniforms_avx2)(s, n, index, entity, purpose, out,
                                                  stride);
        return;
    }
#endif
    for (int i = 0; i < n; i++)
        tb__uniforms(s, index[i], entity[i], purpose, out + i * stride);
}

uint64_t tb__name_hash(const char *name)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (const char *c = name; *c; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
    return tb__mix(hash);
}

uint64_t tb__mix(uint64_t x)
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}
