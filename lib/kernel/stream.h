/* kernel/stream.h: random numbers that are addressed, not consumed.
 *
 * A uniform is a pure function of where it belongs: (seed, replication, entity, purpose, index).
 * Nothing that happened before can change it, so two scenarios of the same seed live in the same
 * world, and a mechanism that draws more changes nothing for the others.
 *
 * Generator: Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as
 * 1, 2, 3", SC11). Key: the 64-bit seed xor the stream version, and mixed with a tag (obligation
 * and receiver) where a record is drawn. Counter: (index, entity, purpose | k << 8, replication).
 * A block holds two uniforms; each lane is bound to a named purpose by the caller, since keeping
 * "the other one" for later would be consumption again.
 *
 * u = ((x >> 12) + 0.5) * 2^-52 for a 64-bit x, hence never 0 or 1. */
#ifndef TB_KERNEL_STREAM_H
#define TB_KERNEL_STREAM_H

#include <stdint.h>

struct stream {
    uint32_t key[2];
    uint32_t replication;
};

/* out = Philox4x32-10(counter, key). Word order as in Random123. */
void tb__philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/* The stream of one replication. */
struct stream tb__stream(uint64_t seed, uint32_t replication);

/* The same stream under another key: `tag` is a 64-bit hash of what draws (an obligation and a
 * receiver). Mixed so that tags that differ in one bit give unrelated keys; tag 0 is not the
 * stream itself. */
struct stream tb__stream_tagged(const struct stream *s, uint64_t tag);

/* The two uniforms of one address. x0 | x1 << 32 gives u[0], x2 | x3 << 32 gives u[1]. */
void tb__uniforms(const struct stream *s, uint32_t index, uint32_t entity,
                  uint32_t purpose, double u[2]);

/* The same for `n` addresses drawn ahead, which costs a fifth of single draws: out[i * stride] and
 * out[i * stride + 1] belong to index[i], entity[i]. */
void tb__uniforms_ahead(const struct stream *s, int n, const uint32_t *index,
                        const uint32_t *entity, uint32_t purpose, double *out, int stride);

/* 64-bit FNV-1a hash of a name, finished by the 64-bit mixer of splitmix64. The upper half serves
 * as an entity. */
uint64_t tb__name_hash(const char *name);

/* Finishes any 64-bit value into one whose bits all depend on all of its (splitmix64). */
uint64_t tb__mix(uint64_t x);

#endif
