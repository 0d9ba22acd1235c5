/* kernel/stream: known answers, Random123 as an oracle, uniforms, tags and names. */
#include <Random123/philox.h>
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "kernel/stream.h"
#include "kernel/stream_avx2.h"
#include "kernel/stream_avx512.h"

Test(stream, philox_gives_the_published_answers)
{
    static const struct {
        uint32_t counter[4], key[2], out[4];
    } cases[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t out[4];
        tb__philox(cases[i].counter, cases[i].key, out);
        cr_assert_arr_eq(out, cases[i].out, sizeof out, "case %zu", i);
    }
}

Test(stream, philox_agrees_with_random123)
{
    for (uint64_t i = 0; i < 100000; i++) {
        const uint64_t a = tb__mix(3 * i), b = tb__mix(3 * i + 1), k = tb__mix(3 * i + 2);
        const uint32_t counter[4] = {(uint32_t)a, (uint32_t)(a >> 32), (uint32_t)b,
                                     (uint32_t)(b >> 32)};
        const uint32_t key[2] = {(uint32_t)k, (uint32_t)(k >> 32)};
        philox4x32_ctr_t c, expected;
        philox4x32_key_t r;
        uint32_t out[4];

        memcpy(c.v, counter, sizeof counter);
        memcpy(r.v, key, sizeof key);
        expected = philox4x32(c, r);
        tb__philox(counter, key, out);
        cr_assert_arr_eq(out, expected.v, sizeof out, "draw %llu", (unsigned long long)i);
    }
}

/* The definition, from the words of a block. */
static double uniform_of(uint32_t low, uint32_t high)
{
    const uint64_t x = low | (uint64_t)high << 32;

    return ((double)(x >> 12) + 0.5) * ldexp(1, -52);
}

Test(stream, a_uniform_is_what_its_address_says)
{
    for (uint64_t i = 0; i < 10000; i++) {
        const uint64_t seed = tb__mix(i), x = tb__mix(~i);
        const uint32_t replication = (uint32_t)i, index = (uint32_t)x,
                       entity = (uint32_t)(x >> 32);
        const uint32_t purpose = (uint32_t)(seed >> 7);
        const uint32_t counter[4] = {index, entity, purpose, replication};
        const uint32_t key[2] = {(uint32_t)seed ^ 1u, (uint32_t)(seed >> 32)}; /* version 1 */
        const struct stream s = tb__stream(seed, replication);
        uint32_t word[4];
        double u[2];

        tb__philox(counter, key, word);
        tb__uniforms(&s, index, entity, purpose, u);
        cr_assert_eq(u[0], uniform_of(word[0], word[1]));
        cr_assert_eq(u[1], uniform_of(word[2], word[3]));
        cr_assert(u[0] > 0 && u[0] < 1 && u[1] > 0 && u[1] < 1);
    }
}

/* Philox is a bijection: its counter for given output words. */
static void unphilox(const uint32_t out[4], const uint32_t key[2], uint32_t counter[4])
{
    uint32_t c[4];
    /* inverses of the multipliers modulo 2^32 */
    uint32_t i0 = 1, i1 = 1;

    for (int i = 0; i < 5; i++) {
        i0 *= 2 - 0xd2511f53u * i0;
        i1 *= 2 - 0xcd9e8d57u * i1;
    }
    memcpy(c, out, sizeof c);
    for (uint32_t round = 10; round-- > 0;) {
        const uint32_t c0 = c[3] * i0, c2 = c[1] * i1;
        const uint32_t high0 = (uint32_t)((uint64_t)c0 * 0xd2511f53u >> 32);
        const uint32_t high1 = (uint32_t)((uint64_t)c2 * 0xcd9e8d57u >> 32);
        const uint32_t c1 = c[0] ^ high1 ^ (key[0] + round * 0x9e3779b9u);
        const uint32_t c3 = c[2] ^ high0 ^ (key[1] + round * 0xbb67ae85u);
        c[0] = c0;
        c[1] = c1;
        c[2] = c2;
        c[3] = c3;
    }
    memcpy(counter, c, sizeof c);
}

Test(stream, the_extreme_words_give_uniforms_inside_the_open_interval)
{
    static const struct {
        uint32_t word[4];
        double u[2];
    } cases[] = {
        {{0, 0, 0xffffffff, 0xffffffff}, {0x1p-53, 1 - 0x1p-53}},
        {{0xffffffff, 0xffffffff, 0, 0}, {1 - 0x1p-53, 0x1p-53}},
        {{0xfff, 0, 0x1000, 0}, {0x1p-53, 3 * 0x1p-53}},
        {{0, 0x80000000, 0xffffffff, 0x7fffffff}, {0.5 + 0x1p-53, 0.5 - 0x1p-53}},
    };
    const uint64_t seed = 12345;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stream s = tb__stream(seed, 0);
        uint32_t counter[4], again[4];
        double u[2], ahead[16];
        uint32_t index[8], entity[8];

        unphilox(cases[i].word, s.key, counter);
        tb__philox(counter, s.key, again);
        cr_assert_arr_eq(again, cases[i].word, sizeof again);
        s.replication = counter[3];
        tb__uniforms(&s, counter[0], counter[1], counter[2], u);
        cr_assert_eq(u[0], cases[i].u[0], "case %zu: %.17g", i, u[0]);
        cr_assert_eq(u[1], cases[i].u[1], "case %zu: %.17g", i, u[1]);
        for (int k = 0; k < 8; k++) {
            index[k] = counter[0];
            entity[k] = counter[1];
        }
        tb__uniforms_ahead(&s, 8, index, entity, counter[2], ahead, 2);
        for (int k = 0; k < 8; k++)
            cr_assert_arr_eq(ahead + 2 * k, u, sizeof u, "case %zu ahead", i);
    }
}

Test(stream, draws_made_ahead_are_the_same_bits)
{
    enum { MOST = 100 };
    uint32_t index[MOST], entity[MOST];
    static double out[5 * (MOST + 1)];

    for (int n = 0; n <= MOST; n++) {
        const int stride = 2 + n % 4;
        const struct stream s = tb__stream(tb__mix((uint64_t)n), (uint32_t)n * 0x01010101u);
        const uint32_t purpose = (uint32_t)tb__mix((uint64_t)n + 7);

        for (int i = 0; i < n; i++) {
            const uint64_t x = tb__mix((uint64_t)n * MOST + (uint64_t)i);
            index[i] = (uint32_t)x;
            entity[i] = (uint32_t)(x >> 32);
        }
        for (int i = 0; i < 5 * (MOST + 1); i++)
            out[i] = -1; /* what must not be touched */
        tb__uniforms_ahead(&s, n, index, entity, purpose, out, stride);
        for (int i = 0; i < n; i++) {
            double u[2];
            tb__uniforms(&s, index[i], entity[i], purpose, u);
            cr_assert_arr_eq(out + i * stride, u, sizeof u, "draw %d of %d", i, n);
            for (int k = 2; k < stride; k++)
                cr_assert_eq(out[i * stride + k], -1, "wrote between %d of %d", i, n);
        }
        cr_assert(out[n * stride] == -1 && out[n * stride + 1] == -1, "wrote beyond %d", n);
    }
}

#if TB__AVX2
/* Each kernel by itself, as a machine takes the widest that it has. */
Test(stream, each_kernel_draws_the_same_bits)
{
    enum { MOST = 100, STRIDE = 3 };
    uint32_t index[MOST], entity[MOST];
    double narrow[STRIDE * MOST], wide[STRIDE * MOST];
    const struct stream s = tb__stream(17, 3);

    if (!__builtin_cpu_supports("avx2"))
        cr_skip_test("this machine has no AVX2");
    for (int i = 0; i < MOST; i++) {
        index[i] = (uint32_t)tb__mix((uint64_t)i);
        entity[i] = (uint32_t)tb__mix((uint64_t)i + MOST);
    }
    for (int n = WIDE_SET; n <= MOST; n++) {
        tb__uniforms_avx2(&s, n, index, entity, 9, narrow, STRIDE);
        if (tb__has_avx512())
            tb__uniforms_avx512(&s, n, index, entity, 9, wide, STRIDE);
        for (int i = 0; i < n; i++) {
            double u[2];

            tb__uniforms(&s, index[i], entity[i], 9, u);
            cr_assert_arr_eq(narrow + i * STRIDE, u, sizeof u, "%d of %d", i, n);
            if (tb__has_avx512())
                cr_assert_arr_eq(wide + i * STRIDE, u, sizeof u, "%d of %d, wide", i, n);
        }
    }
}
#endif

/* Mean, variance and neighbours' correlation of n uniforms, in standard errors; the worst. */
static double worst_z(const double *u, int n)
{
    double sum = 0, square = 0, lag = 0, z[3];

    for (int i = 0; i < n; i++) {
        const double d = u[i] - 0.5;
        sum += d;
        square += d * d;
        lag += i ? d * (u[i - 1] - 0.5) : 0;
    }
    z[0] = sum / sqrt(n / 12.0);
    z[1] = (square - n / 12.0) / sqrt(n / 180.0);
    z[2] = lag / (sqrt(n) / 12.0);
    return fmax(fabs(z[0]), fmax(fabs(z[1]), fabs(z[2])));
}

Test(stream, uniforms_along_each_part_of_the_address_look_uniform)
{
    enum { N = 20000 };
    static double u[4][2][N];

    for (uint32_t i = 0; i < N; i++) {
        const struct stream s = tb__stream(42, 0), by_replication = tb__stream(42, i);
        double pair[4][2];
        tb__uniforms(&s, i, 0, 0, pair[0]);
        tb__uniforms(&s, 0, i, 0, pair[1]);
        tb__uniforms(&s, 0, 0, i, pair[2]);
        tb__uniforms(&by_replication, 0, 0, 0, pair[3]);
        for (int k = 0; k < 4; k++)
            for (int lane = 0; lane < 2; lane++)
                u[k][lane][i] = pair[k][lane];
    }
    for (int k = 0; k < 4; k++)
        for (int lane = 0; lane < 2; lane++)
            cr_assert_lt(worst_z(u[k][lane], N), 4.5, "part %d, lane %d", k, lane);
}

static int bits_that_differ(const struct stream *s, const struct stream *t)
{
    return __builtin_popcount(s->key[0] ^ t->key[0]) +
           __builtin_popcount(s->key[1] ^ t->key[1]);
}

Test(stream, a_tag_gives_an_unrelated_key_and_keeps_the_replication)
{
    const struct stream s = tb__stream(1, 9), t = tb__stream_tagged(&s, 0);
    const struct stream again = tb__stream_tagged(&s, 0), twice = tb__stream_tagged(&t, 0);
    double sum = 0;

    cr_assert_eq(t.replication, 9);
    cr_assert_eq(bits_that_differ(&t, &again), 0);
    cr_assert_neq(bits_that_differ(&s, &t), 0);
    cr_assert_neq(bits_that_differ(&t, &twice), 0);
    for (uint64_t tag = 0; tag < 1000; tag++)
        for (int bit = 0; bit < 64; bit++) {
            const struct stream a = tb__stream_tagged(&s, tag);
            const struct stream b = tb__stream_tagged(&s, tag ^ UINT64_C(1) << bit);
            const int differing = bits_that_differ(&a, &b);
            cr_assert(differing > 6 && differing < 58, "tag %llu, bit %d",
                      (unsigned long long)tag, bit);
            sum += differing;
        }
    for (uint64_t tag = 0; tag < 1000; tag++) { /* seed and tag must not cancel out */
        const struct stream v = tb__stream(tag ^ 77, 0), w = tb__stream(tag ^ 1077, 0);
        const struct stream a = tb__stream_tagged(&v, 77), b = tb__stream_tagged(&w, 1077);
        cr_assert_gt(bits_that_differ(&a, &b), 6);
    }
    cr_assert_float_eq(sum / 64000, 32, 0.1); /* five standard errors, and a little */
}

Test(stream, seeds_that_differ_in_any_bit_differ)
{
    const struct stream s = tb__stream(0, 0);
    double u[2];

    tb__uniforms(&s, 0, 0, 0, u);
    for (int bit = 0; bit < 64; bit++) {
        const struct stream t = tb__stream(UINT64_C(1) << bit, 0);
        double v[2];
        tb__uniforms(&t, 0, 0, 0, v);
        cr_assert(u[0] != v[0] && u[1] != v[1], "bit %d", bit);
    }
}

Test(stream, mixing_is_splitmix64_and_names_are_fnv1a_mixed)
{
    cr_assert_eq(tb__mix(0), UINT64_C(0xe220a8397b1dcdaf)); /* its first output from seed 0 */
    cr_assert_eq(tb__mix(UINT64_C(0x9e3779b97f4a7c15)), UINT64_C(0x6e789e6aa1b965f4));
    cr_assert_eq(tb__name_hash(""), tb__mix(UINT64_C(0xcbf29ce484222325)));
    cr_assert_eq(tb__name_hash("a"), tb__mix(UINT64_C(0xaf63dc4c8601ec8c)));
    cr_assert_eq(tb__name_hash("foobar"), tb__mix(UINT64_C(0x85944171f73967e8)));
    cr_assert_neq(tb__name_hash("visit_1"), tb__name_hash("visit_2"));
}
