/* kernel/law.h: distributions of minutes, and the quantile tables that they become.
 *
 * A law is what a user says (a kind and its parameters); a table is what the event loop reads: one
 * uniform gives one variate, monotone, without libm. Tables are built from the inverse
 * distribution functions of GSL when a scenario is compiled.
 *
 * Layout: for u <= 1/2 a cell is found from the exponent and the first four bits of the mantissa
 * of u (16 cells a binade), for u > 1/2 from those of 1 - u; a cubic in the cell. Covers
 * (1e-9, 1 - 1e-9); outside, u is clamped. Node values are rounded to 36 significant bits before
 * coefficients are formed, so that the last bit of a libm cannot reach a result.
 *
 * A law whose quantiles have kinks or steps (empirical, mixture) becomes pieces instead: cubics
 * between probabilities of its own choice, laid where they are needed (pieces.h). Such a draw costs
 * a search; the others pay nothing for it.
 *
 * Errors against GSL, tested for each kind: below 1e-7 of the value for cv <= 1.9; beyond, below
 * 1.2e-6 of the value or the mean, whichever is greater; uniform, triangular and beta: below 1e-7
 * of the range, but 1e-6 for beta laws with a shape below 1/4 and 2e-6 in the cell that holds the
 * mode of a triangular law. Empirical laws are exact but for rounding (1e-10 of the value); mixtures
 * are below 1e-7 of the value, but for a probability of 1e-8 in all, next to steps. The clamping takes from the mean 2e-7 of it at cv 1, 2e-6 at cv 2 and
 * at most 1e-4 at cv 10. */
#ifndef TB_KERNEL_LAW_H
#define TB_KERNEL_LAW_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "kernel/status.h"

enum law_kind {
    LAW_CONSTANT,    /* mean */
    LAW_UNIFORM,     /* low, high */
    LAW_TRIANGULAR,  /* low, mode, high */
    LAW_EXPONENTIAL, /* mean */
    LAW_LOGNORMAL,   /* a pair (below) */
    LAW_GAMMA,       /* a pair */
    LAW_WEIBULL,     /* a pair */
    LAW_BETA,        /* low, high, mean, cv (cv of the variate itself) */
    LAW_EMPIRICAL,   /* quantiles */
    LAW_MIXTURE,     /* parts */
    LAW_KINDS,
    LAW_SIMPLE_KINDS = LAW_EMPIRICAL
};

/* Numbers that were not given are NaN. A pair is one of: mean and cv; median and cv; shape and
 * scale (lognormal: standard deviation of the logarithm, and the median; gamma: k and theta;
 * Weibull: k and lambda); p10 and p90, the quantiles at 0.1 and 0.9; p25 and p75. */
#define TB__LAW_NUMBERS \
    int kind;           \
    double mean, median, cv, low, mode, high, shape, scale, p10, p25, p75, p90

struct simple_law {
    TB__LAW_NUMBERS;
};

enum { LAW_POINTS = 24, LAW_PARTS = 3, LAW_NAME_SIZE = 48 };

/* One part of a mixture. Its chance is its weight over the sum of weights. */
struct law_part {
    char name[LAW_NAME_SIZE];
    double weight;
    union {
        struct {
            TB__LAW_NUMBERS;
        };
        struct simple_law simple;
    };
};

struct law {
    union {
        struct {
            TB__LAW_NUMBERS;
        };
        struct simple_law simple;
    };
    int part_count;
    struct {
        int count;
        double value[2 * LAW_POINTS]; /* p, value, p, value, ...: p rises from 0 to 1 */
    } quantiles;
    struct law_part parts[LAW_PARTS];
};

/* The beginning of an initialiser of a law or a simple one. */
#define LAW_BY(kind_, mean_, median_, cv_, low_, mode_, high_)                         \
    .kind = (kind_), .mean = (mean_), .median = (median_), .cv = (cv_), .low = (low_), \
    .mode = (mode_), .high = (high_), .shape = NAN, .scale = NAN, .p10 = NAN,          \
    .p25 = NAN, .p75 = NAN, .p90 = NAN

extern const struct law tb__law_unset; /* a constant with every number NaN */
extern const char *const tb__law_kind_names[LAW_KINDS + 1]; /* NULL at the end */

/* The law that is always this. */
struct law tb__law_constant(double mean);

/* Bounds. The greatest value leaves room for the far tail of any law in int64 milliseconds; shapes
 * beyond these bounds are so narrow that a constant says the same, or so wide that a table of
 * cubics cannot follow them. */
#define LAW_MOST 1e8 /* mean, median, low, mode, high: 190 years in minutes */
#define LAW_CV_LEAST 1e-3
#define LAW_CV_MOST 10.0
#define LAW_GAMMA_CV_LEAST 1e-2      /* GSL cannot compute narrower gamma laws well */
#define LAW_GAMMA_MEDIAN_CV_MOST 3.0 /* a gamma law's median is next to nothing beyond */
#define LAW_SHAPE_LEAST 1e-3 /* of any kind; each kind has narrower bounds of its own */
#define LAW_SHAPE_MOST 1e4
#define LAW_WEIGHT_MOST 1e6 /* of a part */
#define LAW_STEP_LEAST \
    1e-6 /* between probabilities of an empirical law; a share of a mixture */
#define LAW_BETA_LEAST 0.1 /* of each shape of a beta law */
#define LAW_BETA_MOST 1e5  /* of their sum */

/* Whether the parameters make a law: just those that its kind wants, within the bounds above;
 * low <= mode <= high; for beta low < mean < high; quantiles apart as a cv within bounds puts them;
 * for empirical 2 to LAW_POINTS points, p rising from 0 to 1, values not falling; for mixture one to
 * LAW_PARTS parts, not all of weight 0. `path` names the law in messages. Never calls
 * GSL. */
tb_status tb__law_check(const struct law *law, const char *path, tb_error *err);
tb_status tb__simple_law_check(const struct simple_law *law, const char *path,
                               tb_error *err);

/* Mean of a law that passed its check (closed form, or by GSL where no mean was given). */
double tb__law_mean(const struct law *law);
double tb__simple_law_mean(const struct simple_law *law);

enum {
    TABLE_BITS = 4,
    TABLE_BINADES = 29,
    TABLE_ROWS = 2 * ((TABLE_BINADES << TABLE_BITS) + 1)
};

struct table_row {
    double c[4]; /* value = c0 + t(c1 + t(c2 + t c3)), t in [0, 1) the place in the cell */
};

struct pieces;

struct table {
    double scale;    /* multiplies the row's value: mean, or 1 */
    double constant; /* where row and pieces are NULL: the value of every draw */
    const struct table_row *row; /* TABLE_ROWS rows, owned by the set; NULL for a constant */
    const struct pieces *pieces; /* of an empirical law or a mixture; then row is NULL */
};

/* The tables of one compiled scenario: built at unit scale by (kind, shape) and shared. */
struct table_set;
tb_status tb__tables_new(struct table_set **out, tb_error *err);
void tb__tables_free(struct table_set *set);

/* The table of a law that passed its check, times `factor` (say 60000 for minutes to ms). */
tb_status tb__tables_build(struct table_set *set, const struct law *law, double factor,
                           struct table *out, tb_error *err);

/* A 64-bit hash over all rows in order of first use, for the hash of a compiled scenario. */
uint64_t tb__tables_hash(const struct table_set *set);

/* The value of pieces at a uniform in (0, 1). */
double tb__pieces_at(const struct pieces *pieces, double u);

/* The variate of a uniform in (0, 1). */
static inline double tb__variate(const struct table *t, double u);

/* The same, rounded to whole units (ms), at least 0. */
static inline int64_t tb__variate_ms(const struct table *t, double u)
{
    return (int64_t)(tb__variate(t, u) + 0.5);
}

/* What one uniform decides: whether something happens (u < chance, chance > 0), and how large it is
 * (u / chance is uniform then). TB__NONE when it does not happen. */
#define TB__NONE (-1.0)

static inline double tb__variate_if(const struct table *t, double chance, double u)
{
    return u < chance ? tb__variate(t, u / chance) : TB__NONE;
}

/* The same for n uniforms u[0], u[stride] ..., in place: for what is drawn ahead. */
void tb__variates_if(const struct table *t, double chance, int n, double *u, int stride);

static inline double tb__variate(const struct table *t, double u)
{
    const double rest = 1.0 - u;
    const int upper = rest < u;
    double p = rest < u ? rest : u, place;
    uint64_t bits;
    uint32_t cell;
    const struct table_row *r;

    if (!t->row)
        return t->pieces ? t->scale * tb__pieces_at(t->pieces, u) : t->constant;
    p = p < 1e-9 ? 1e-9 : p;
    memcpy(&bits, &p, sizeof bits);
    /* Biased exponents: 993 is [2^-30, 2^-29), which holds 1e-9; 1021 is [1/4, 1/2), the last of
     * the 29 binades; 1022 has one cell, which holds p = 1/2. */
    cell = (uint32_t)(bits >> (52 - TABLE_BITS)) - ((1022u - TABLE_BINADES) << TABLE_BITS);
    bits = (bits << TABLE_BITS & UINT64_C(0x000fffffffffffff)) |
           UINT64_C(0x3ff0000000000000);
    memcpy(&place, &bits, sizeof place);
    place -= 1.0;
    r = t->row + 2 * cell + upper;
    return t->scale * (r->c[0] + place * (r->c[1] + place * (r->c[2] + place * r->c[3])));
}

#endif
