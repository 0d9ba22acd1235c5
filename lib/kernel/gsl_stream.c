/* The addressed stream as a gsl_rng_type: see tidsbruk/gsl.h. */
#include "kernel/status.h"
#include "kernel/stream.h"
#include "tidsbruk/gsl.h"

enum { PURPOSE_BITS = 8, BLOCK_BITS = 32 - PURPOSE_BITS };

/* A tag that sets what is beyond the counter apart from streams of tags 1, 2, ... */
static const uint64_t beyond_counter = UINT64_C(0xb5297a4d3f84d5b5);

/* Plain data: GSL copies and writes it as bytes. */
struct state {
    struct stream stream; /* of the address */
    uint32_t index, entity, purpose;
    uint64_t draws; /* how many were taken; the next is word draws % 2 of block draws / 2 */
    uint64_t word[2]; /* of the block of the last draw */
};

/* The stream of the nth 2^24 blocks. Those of one address are all different, since the mixer is one to
 * one; one that another address has is as likely as that two hashes of 64 bits are equal. */
static struct stream stretch(const struct stream *s, uint64_t nth)
{
    struct stream apart = *s;

    if (nth) {
        apart = tb__stream_tagged(s, beyond_counter);
        apart = tb__stream_tagged(&apart, nth);
    }
    return apart;
}

static void draw_block(struct state *s)
{
    const uint64_t block = s->draws / 2;
    const uint32_t k = (uint32_t)(block & ((1u << BLOCK_BITS) - 1));
    const struct stream stream = stretch(&s->stream, block >> BLOCK_BITS);
    const uint32_t counter[4] = {s->index, s->entity, s->purpose | k << PURPOSE_BITS,
                                 stream.replication};
    uint32_t out[4];

    tb__philox(counter, stream.key, out);
    s->word[0] = out[0] | (uint64_t)out[1] << 32;
    s->word[1] = out[2] | (uint64_t)out[3] << 32;
}

static uint64_t next(struct state *s)
{
    if (s->draws % 2 == 0)
        draw_block(s);
    return s->word[s->draws++ % 2];
}

static unsigned long get(void *state)
{
    return (unsigned long)(next(state) >> 32);
}

static double get_double(void *state)
{
    return ((double)(next(state) >> 12) + 0.5) * 0x1p-52;
}

static void place(struct state *s, const tb_address *at)
{
    const struct stream stream = tb__stream(at->seed, at->replication);

    *s = (struct state){.stream = at->tag ? tb__stream_tagged(&stream, at->tag) : stream,
                        .index = at->index,
                        .entity = at->entity,
                        .purpose = at->purpose};
}

static void set(void *state, unsigned long seed)
{
    const tb_address at = {.seed = seed};

    place(state, &at);
}

static const gsl_rng_type type = {
    "tidsbruk-philox", 0xffffffffUL, 0, sizeof(struct state), set, get, get_double,
};

const gsl_rng_type *tb_gsl_stream(void)
{
    return &type;
}

tb_status tb_gsl_place(gsl_rng *rng, const tb_address *at, tb_error *err)
{
    if (rng->type != &type)
        return tb__fail(err, TB_ERR_TYPE, "a generator of type %s has no addresses; %s has",
                        gsl_rng_name(rng), type.name);
    if (at->purpose >> PURPOSE_BITS)
        return tb__fail(err, TB_ERR_VALUE, "purpose is %u; it lies between 0 and 255",
                        (unsigned)at->purpose);
    place(rng->state, at);
    return TB_OK;
}

tb_status tb_gsl_skip(gsl_rng *rng, uint64_t draws, tb_error *err)
{
    struct state *s = rng->state;

    if (rng->type != &type)
        return tb__fail(err, TB_ERR_TYPE, "a generator of type %s cannot skip; %s can",
                        gsl_rng_name(rng), type.name);
    if (draws > UINT64_MAX - s->draws)
        return tb__fail(err, TB_ERR_LIMIT, "an address has no more than 2^64 - 1 draws");
    s->draws += draws;
    if (s->draws % 2) /* in the middle of a block */
        draw_block(s);
    return TB_OK;
}

uint32_t tb_entity(const char *name)
{
    return (uint32_t)(tb__name_hash(name) >> 32);
}
