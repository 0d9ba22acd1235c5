#include "kernel/stream.h"

/* Raised when the meaning of an address changes; uniforms of one version are stable for ever. */
static const uint64_t stream_version = 1;

void tb__philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];

    for (int round = 0; round < 10; round++) {
        const uint64_t a = (uint64_t)c0 * 0xd2511f53u, b = (uint64_t)c2 * 0xcd9e8d57u;
        c0 = (uint32_t)(b >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)b;
        c2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)a;
        k0 += 0x9e3779b9u; /* the golden ratio and sqrt(3) - 1: Weyl sequences of the key */
        k1 += 0xbb67ae85u;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
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

static inline double uniform(uint32_t low, uint32_t high)
{
    return ((double)((low | (uint64_t)high << 32) >> 12) + 0.5) * 0x1p-52;
}

void tb__uniforms(const struct stream *s, uint32_t index, uint32_t entity,
                  uint32_t purpose, double u[2])
{
    const uint32_t counter[4] = {index, entity, purpose, s->replication};
    uint32_t x[4];

    tb__philox(counter, s->key, x);
    u[0] = uniform(x[0], x[1]);
    u[1] = uniform(x[2], x[3]);
}

void tb__uniforms_ahead(const struct stream *s, int n, const uint32_t *index,
                        const uint32_t *entity, uint32_t purpose, double *first,
                        double *second)
{
    for (int i = 0; i < n; i++) {
        double u[2];
        tb__uniforms(s, index[i], entity[i], purpose, u);
        first[i] = u[0];
        second[i] = u[1];
    }
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
