/* tidsbruk/gsl.h: known answers, the library's own uniforms, GSL's way with generators, and its
 * distributions on addressed streams. */
#include <Random123/philox.h>
#include <criterion/criterion.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "kernel/stream.h"
#include "tidsbruk/gsl.h"

static gsl_rng *placed(const tb_address *at)
{
    gsl_rng *r = gsl_rng_alloc(tb_gsl_stream());
    tb_error err = {0};

    cr_assert_eq(tb_gsl_place(r, at, &err), TB_OK, "%s", err.message);
    return r;
}

/* What the header says, by Random123. */
static uint64_t word_at(const tb_address *at, uint64_t n)
{
    philox4x32_ctr_t c = {
        {at->index, at->entity, at->purpose | (uint32_t)(n / 2) << 8, at->replication}};
    philox4x32_key_t k = {{(uint32_t)(at->seed ^ 1), (uint32_t)(at->seed >> 32)}};
    const philox4x32_ctr_t out = philox4x32(c, k);
    const unsigned first = n % 2 ? 2 : 0;

    return out.v[first] | (uint64_t)out.v[first + 1] << 32;
}

static const tb_address somewhere = {.seed = UINT64_C(0xfedcba9876543210),
                                     .replication = 0x89abcdef,
                                     .entity = 0xdeadbeef,
                                     .index = 0xcafe1234,
                                     .purpose = 0xa5};

Test(gsl_stream, the_sequence_is_what_the_header_says)
{
    gsl_rng *r = placed(&somewhere), *s = placed(&somewhere);

    for (uint64_t n = 0; n < 1000; n++) {
        const uint64_t word = word_at(&somewhere, n);

        cr_assert_eq(gsl_rng_get(r), (unsigned long)(word >> 32), "draw %d", (int)n);
        cr_assert_eq(gsl_rng_uniform(s), ((double)(word >> 12) + 0.5) * ldexp(1, -52));
    }
    gsl_rng_free(r);
    gsl_rng_free(s);
}

/* Of the first answer published with Philox: counter 0, key 0. */
Test(gsl_stream, gives_the_published_answer)
{
    gsl_rng *r = placed(&(tb_address){.seed = 1}); /* the version, 1, is taken off again */

    cr_expect_eq(gsl_rng_get(r), 0xe169c58d);
    cr_expect_eq(gsl_rng_get(r), 0x9b00dbd8);
    cr_expect_eq(gsl_rng_max(r), 0xffffffff);
    cr_expect_eq(gsl_rng_min(r), 0);
    cr_expect_str_eq(gsl_rng_name(r), "tidsbruk-philox");
    gsl_rng_free(r);
}

Test(gsl_stream, its_uniforms_are_those_of_the_library)
{
    for (uint64_t i = 0; i < 2000; i++) {
        const tb_address at = {.seed = tb__mix(i),
                               .tag = i % 2 ? tb__mix(~i) : 0,
                               .replication = (uint32_t)tb__mix(2 * i),
                               .entity = (uint32_t)tb__mix(3 * i),
                               .index = (uint32_t)tb__mix(5 * i),
                               .purpose = (uint32_t)i % 256};
        const struct stream plain = tb__stream(at.seed, at.replication);
        const struct stream stream = at.tag ? tb__stream_tagged(&plain, at.tag) : plain;
        gsl_rng *r = placed(&at);

        for (uint32_t k = 0; k < 5; k++) {
            double u[2];

            tb__uniforms(&stream, at.index, at.entity, at.purpose | k << 8, u);
            cr_assert_eq(gsl_rng_uniform(r), u[0]);
            cr_assert_eq(gsl_rng_uniform(r), u[1]);
        }
        gsl_rng_free(r);
    }
    cr_expect_eq(tb_entity("ada"), tb__name_hash("ada") >> 32);
}

Test(gsl_stream, set_takes_all_bits_of_a_seed)
{
    const unsigned long seeds[] = {0, 1, 0xffffffff, (unsigned long)-1, 1ul << 31, 12345};
    gsl_rng *r = gsl_rng_alloc(tb_gsl_stream());

    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        const tb_address at = {.seed = seeds[i]};

        gsl_rng_set(r, 99);
        gsl_rng_get(r);
        gsl_rng_set(r, seeds[i]);
        cr_expect_eq(gsl_rng_get(r), (unsigned long)(word_at(&at, 0) >> 32));
    }
    gsl_rng_free(r);
}

Test(gsl_stream, clones_and_copies_go_on_alike_and_apart)
{
    gsl_rng *r = placed(&somewhere), *copy = gsl_rng_alloc(tb_gsl_stream()), *clone;

    for (int taken = 0; taken < 5; taken++) { /* also in the middle of a block */
        clone = gsl_rng_clone(r);
        cr_assert_eq(gsl_rng_memcpy(copy, r), 0);
        for (int i = 0; i < 7; i++) {
            const unsigned long x = gsl_rng_get(clone);

            cr_assert_eq(gsl_rng_get(copy), x);
            cr_assert_eq(
                x, (unsigned long)(word_at(&somewhere, (uint64_t)(taken + i)) >> 32));
        }
        gsl_rng_free(clone);
        gsl_rng_get(r);
    }
    gsl_rng_free(copy);
    gsl_rng_free(r);
}

Test(gsl_stream, its_state_goes_to_a_file_and_comes_back)
{
    gsl_rng *r = placed(&somewhere), *back = gsl_rng_alloc(tb_gsl_stream());
    FILE *file = tmpfile();

    gsl_rng_get(r);
    cr_assert_eq(gsl_rng_fwrite(file, r), 0);
    rewind(file);
    cr_assert_eq(gsl_rng_fread(file, back), 0);
    fclose(file);
    cr_assert_eq(gsl_rng_size(r), gsl_rng_size(back));
    for (int i = 0; i < 9; i++)
        cr_assert_eq(gsl_rng_get(r), gsl_rng_get(back));
    gsl_rng_free(r);
    gsl_rng_free(back);
}

Test(gsl_stream, placing_again_begins_again)
{
    gsl_rng *r = placed(&somewhere);
    const double first = gsl_ran_gamma(r, 2.5, 3);

    gsl_ran_poisson(r, 1000);
    cr_assert_eq(tb_gsl_place(r, &somewhere, NULL), TB_OK);
    cr_assert_eq(gsl_ran_gamma(r, 2.5, 3), first);
    gsl_rng_free(r);
}

Test(gsl_stream, each_part_of_an_address_counts)
{
    gsl_rng *r = placed(&somewhere);
    const unsigned long first = gsl_rng_get(r);
    tb_address other[6];

    for (int i = 0; i < 6; i++)
        other[i] = somewhere;
    other[0].seed ^= UINT64_C(1) << 63;
    other[1].tag = 1;
    other[2].replication ^= 1u << 31;
    other[3].entity ^= 1;
    other[4].index ^= 1;
    other[5].purpose ^= 0x80;
    for (int i = 0; i < 6; i++) {
        cr_assert_eq(tb_gsl_place(r, &other[i], NULL), TB_OK);
        cr_expect_neq(gsl_rng_get(r), first, "part %d", i);
    }
    gsl_rng_free(r);
}

Test(gsl_stream, what_cannot_be_placed_is_left_alone)
{
    gsl_rng *r = placed(&somewhere), *other = gsl_rng_alloc(gsl_rng_mt19937);
    const tb_address beyond = {.purpose = 256};
    tb_error err = {0};
    const unsigned long before = gsl_rng_get(other);

    cr_expect_eq(tb_gsl_place(r, &beyond, &err), TB_ERR_VALUE);
    cr_expect_str_eq(err.message, "purpose is 256; it lies between 0 and 255");
    cr_expect_eq(gsl_rng_get(r), (unsigned long)(word_at(&somewhere, 0) >> 32));
    cr_expect_eq(tb_gsl_place(other, &somewhere, &err), TB_ERR_TYPE);
    cr_expect(strstr(err.message, "mt19937"), "%s", err.message);
    cr_expect_eq(tb_gsl_skip(other, 1, &err), TB_ERR_TYPE);
    gsl_rng_set(other, 0);
    cr_expect_eq(gsl_rng_get(other), before);
    gsl_rng_free(r);
    gsl_rng_free(other);
}

Test(gsl_stream, skipping_is_drawing)
{
    gsl_rng *r = placed(&somewhere), *s = placed(&somewhere);

    for (uint64_t n = 0; n < 200; n++) {
        cr_assert_eq(tb_gsl_skip(r, n % 7, NULL), TB_OK);
        for (uint64_t i = 0; i < n % 7; i++)
            gsl_rng_get(s);
        cr_assert_eq(gsl_rng_get(r), gsl_rng_get(s), "after %d", (int)n);
    }
    gsl_rng_free(r);
    gsl_rng_free(s);
}

static uint64_t word_from(const tb_address *at, uint64_t n)
{
    gsl_rng *r = placed(at), *next = placed(at);
    uint64_t word;

    cr_assert_eq(tb_gsl_skip(r, n, NULL), TB_OK);
    cr_assert_eq(tb_gsl_skip(next, n, NULL), TB_OK);
    word = gsl_rng_get(r) << 32 ^ (uint64_t)(0x1p52 * gsl_rng_uniform(next));
    gsl_rng_free(r);
    gsl_rng_free(next);
    return word;
}

static int compare(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* Where the counter is full, and then up to 2^33 draws: by jumps, against the beginnings of other tags
 * and of other seeds and purposes. */
Test(gsl_stream, a_long_stream_touches_no_other_address)
{
    enum { STRETCHES = 256, OTHERS = 4096, ALL = STRETCHES + 4 * OTHERS };
    static uint64_t word[ALL];
    const uint64_t full = UINT64_C(1) << 25; /* draws */
    int n = 0;

    for (uint64_t i = 0; i < STRETCHES; i++)
        word[n++] = word_from(&somewhere, i * full);
    for (uint32_t i = 0; i < OTHERS; i++) {
        tb_address at = somewhere;

        at.tag = i + 1;
        word[n++] = word_from(&at, 0);
        at.tag = (uint64_t)i << 32 | 5;
        word[n++] = word_from(&at, 2); /* the second block */
        at.tag = 0;
        at.seed += i + 1;
        word[n++] = word_from(&at, 0);
        at = somewhere;
        at.purpose = i % 256;
        at.index += 1 + i / 256;
        word[n++] = word_from(&at, 0);
    }
    qsort(word, (size_t)n, sizeof *word, compare);
    for (int i = 1; i < n; i++)
        cr_assert_neq(word[i], word[i - 1], "word %d", i);
}

Test(gsl_stream, goes_on_where_the_counter_is_full)
{
    const uint64_t full = UINT64_C(1) << 25;
    const struct stream plain = tb__stream(somewhere.seed, somewhere.replication);
    gsl_rng *r = placed(&somewhere);
    double u[2];

    cr_assert_eq(tb_gsl_skip(r, full - 2, NULL), TB_OK);
    tb__uniforms(&plain, somewhere.index, somewhere.entity,
                 somewhere.purpose | 0xffffff00u, u);
    cr_expect_eq(gsl_rng_uniform(r), u[0]);
    cr_expect_eq(gsl_rng_uniform(r), u[1]);
    for (uint64_t n = full; n < full + 5; n++) { /* drawn and jumped to */
        gsl_rng *jumped = placed(&somewhere);

        tb_gsl_skip(jumped, n, NULL);
        cr_expect_eq(gsl_rng_get(jumped), gsl_rng_get(r));
        gsl_rng_free(jumped);
    }
    cr_expect_eq(tb_gsl_skip(r, UINT64_MAX - full - 4, NULL), TB_ERR_LIMIT);
    cr_expect_eq(tb_gsl_skip(r, UINT64_MAX - full - 5, NULL), TB_OK);
    gsl_rng_free(r);
}

/* Ziggurat, rejection, inversion, integers: what they need of a generator differs. */
static double draw(int which, gsl_rng *r)
{
    switch (which) {
    case 0: return gsl_ran_gaussian_ziggurat(r, 1);
    case 1: return gsl_ran_gaussian(r, 1);
    case 2: return gsl_ran_gamma(r, 0.5, 2);
    case 3: return gsl_ran_exponential(r, 3);
    case 4: return gsl_ran_poisson(r, 4.5);
    case 5: return gsl_ran_binomial(r, 0.3, 20);
    case 6: return gsl_ran_beta(r, 2, 3);
    case 7: return (double)gsl_rng_uniform_int(r, 6);
    default: return gsl_rng_uniform_pos(r);
    }
}

static const double moments[][2] = {{0, 1},      {0, 1},           {1, 2},
                                    {3, 9},      {4.5, 4.5},       {6, 4.2},
                                    {0.4, 0.04}, {2.5, 35 / 12.0}, {0.5, 1 / 12.0}};

/* Along one address, and one draw at each of many. */
Test(gsl_stream, distributions_have_their_means_and_variances)
{
    enum { N = 40000, KINDS = sizeof moments / sizeof *moments };

    for (int along = 0; along < 2; along++)
        for (int which = 0; which < KINDS; which++) {
            gsl_rng *r = placed(&(tb_address){.seed = 7, .purpose = (uint32_t)which});
            double sum = 0, square = 0, fourth = 0;

            for (uint32_t i = 0; i < N; i++) {
                const tb_address at = {.seed = 7, .purpose = (uint32_t)which, .index = i};
                double d;

                if (!along)
                    tb_gsl_place(r, &at, NULL);
                d = draw(which, r) - moments[which][0];
                sum += d;
                square += d * d;
                fourth += d * d * d * d;
            }
            const double variance = moments[which][1];
            const double of_square = fourth / N - variance * variance;

            cr_expect_lt(fabs(sum / sqrt(N * variance)), 4.5, "mean of %d", which);
            cr_expect_lt(fabs((square - N * variance) / sqrt(N * of_square)), 4.5,
                         "variance of %d", which);
            gsl_rng_free(r);
        }
}
