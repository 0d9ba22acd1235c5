/* gsl.h: the addressed streams of tidsbruk as a generator for GSL.
 *
 * In tidsbruk a random number is not the next one of a sequence; it belongs to an address: seed,
 * replication, entity (who), purpose (what for) and index (when). With this generator every
 * distribution of GSL can be drawn that way: place a gsl_rng at an address, draw, place it at the
 * next. What was drawn elsewhere, and how often, changes nothing.
 *
 *     gsl_rng *r = gsl_rng_alloc(tb_gsl_stream());
 *     const tb_address at = {.seed = 1, .entity = tb_entity("ada"), .purpose = 7, .index = day};
 *
 *     tb_gsl_place(r, &at, NULL);
 *     minutes = gsl_ran_gamma(r, 4, 2.5);
 *
 * The sequence at an address: Philox4x32-10 gives blocks of two 64-bit words; draw n is word n % 2 of
 * block n / 2. The first 2^24 blocks (33,554,432 draws) follow one another in the upper 24 bits of the
 * counter's third word, whose lowest 8 are the purpose: no other address of any seed is touched.
 * Each further 2^24 blocks have a key of their own, a hash in 64 bits of the address's key; all keys of an
 * address are different, and two addresses meet in one with a chance of 2^-64 for each pair of keys,
 * as tags do. So an address has 2^64 - 1 draws. gsl_rng_get gives the upper 32 bits of a word, the same on every machine; gsl_rng_uniform the
 * upper 52, as ((word >> 12) + 1/2) 2^-52, which is never 0. Each takes one draw. The first two
 * uniforms are those that tidsbruk itself has at that address (stream version 1).
 *
 * A generator is a plain gsl_rng of the caller: gsl_rng_alloc, gsl_rng_clone, gsl_rng_memcpy,
 * gsl_rng_fwrite and gsl_rng_free do what they always do, since its state holds no pointers. One
 * generator belongs to one thread at a time. gsl_rng_set(r, s) places it at seed s (all bits of it;
 * also 0 is a seed) and zeros otherwise.
 *
 * This header needs GSL's, and tidsbruk.h does not include it. */
#ifndef TIDSBRUK_GSL_H
#define TIDSBRUK_GSL_H

#include <gsl/gsl_rng.h>
#include <stdint.h>

#include "tidsbruk/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where draws belong. What is left out is 0. */
typedef struct tb_address {
    uint64_t seed; /* of the run */
    uint64_t tag; /* 0, or a second name that sets streams apart: of an obligation, say */
    uint32_t replication; /* which world */
    uint32_t entity;      /* who: see tb_entity */
    uint32_t index;       /* when, or which: a day, a visit, a count */
    uint32_t purpose;     /* what for: 0 to 255 */
} tb_address;

/* The type of generator, for gsl_rng_alloc. Static, named "tidsbruk-philox". */
TB_API const gsl_rng_type *tb_gsl_stream(void);

/* Places a generator at the beginning of an address. TB_ERR_TYPE when it is of another type,
 * TB_ERR_VALUE when the purpose is above 255; then it is left where it was. */
TB_API tb_status tb_gsl_place(gsl_rng *rng, const tb_address *at, tb_error *err);

/* Skips so many draws, in no time, as if they had been taken: gsl_rng_get and gsl_rng_uniform take one
 * each. TB_ERR_TYPE when the generator is of another type, TB_ERR_LIMIT beyond the 2^64 - 1 draws of an
 * address; then it is left where it was. */
TB_API tb_status tb_gsl_skip(gsl_rng *rng, uint64_t draws, tb_error *err);

/* An entity from a name: 32 bits of a hash, the same on every machine, as tidsbruk gives it to a
 * worker or a client. Two names may share one: among a thousand with a chance of one in 8,600. */
TB_API uint32_t tb_entity(const char *name);

#ifdef __cplusplus
}
#endif
#endif
