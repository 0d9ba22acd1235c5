/* kernel/law.h: distributions of minutes, and the quantile tables that they become.
 *
 * A law is what a user says (a kind and its parameters); a table is what the event loop reads: one
 * uniform gives one variate, monotone, without libm. Tables are built from the inverse
 * distribution functions of GSL when a scenario is compiled.
 *
 * Layout: for u <= 1/2 a cell is found from the exponent and the first four bits of the mantissa
 * of u (16 cells a binade), for u > 1/2 from those of 1 - u; a cubic in the cell. Covers
 * (1e-9, 1 - 1e-9); outside, u is clamped. Node values are rounded to 36 significant bits before
 * coefficients are formed, so that the last bit of a libm cannot reach a result. The relative
 * error against GSL is below 1e-7 (tested for each kind), the error of the mean is tested. */
#ifndef TB_KERNEL_LAW_H
#define TB_KERNEL_LAW_H

#include <stdint.h>
#include <string.h>

#include "kernel/status.h"

enum law_kind {
    LAW_CONSTANT,    /* mean */
    LAW_UNIFORM,     /* low, high */
    LAW_TRIANGULAR,  /* low, mode, high */
    LAW_EXPONENTIAL, /* mean */
    LAW_LOGNORMAL,   /* mean and cv, or median and cv */
    LAW_GAMMA,       /* mean and cv, or median and cv */
    LAW_WEIBULL,     /* mean and cv, or median and cv */
    LAW_BETA,        /* low, high, mean, cv (cv of the variate itself) */
    LAW_KINDS
};

/* Parameters that were not given are NaN. */
struct law {
    int kind;
    double mean, median, cv, low, mode, high;
};

extern const struct law tb__law_unset; /* a constant with every parameter NaN */
extern const char *const tb__law_kind_names[LAW_KINDS];

/* Whether the parameters make a law: just those that its kind wants, all finite; mean, median
 * >= 0; 0 < cv <= 10; low <= mode <= high. `path` names the law in messages. Never calls GSL. */
tb_status tb__law_check(const struct law *law, const char *path, tb_error *err);

/* Mean of a law that passed its check (closed form, or by GSL for the median forms). */
double tb__law_mean(const struct law *law);

enum { TABLE_BITS = 4, TABLE_BINADES = 30, TABLE_ROWS = 2 * ((TABLE_BINADES << TABLE_BITS) + 1) };

struct table_row {
    double c[4]; /* value = c0 + t(c1 + t(c2 + t c3)), t in [0, 1) the place in the cell */
};

struct table {
    double scale;                /* multiplies the row's value: mean, or 1 */
    double constant;             /* where rows is NULL: the value of every draw */
    const struct table_row *row; /* TABLE_ROWS rows, owned by the set; NULL for a constant */
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

/* The variate of a uniform in (0, 1). */
static inline double tb__variate(const struct table *t, double u);

/* The same, rounded to whole units (ms), at least 0. */
static inline int64_t tb__variate_ms(const struct table *t, double u)
{
    return (int64_t)(tb__variate(t, u) + 0.5);
}

static inline double tb__variate(const struct table *t, double u)
{
    const int upper = u > 0.5;
    double p = upper ? 1.0 - u : u, place;
    uint64_t bits;
    uint32_t cell;
    const struct table_row *r;

    if (!t->row)
        return t->constant;
    if (p < 1e-9)
        p = 1e-9;
    memcpy(&bits, &p, sizeof bits);
    /* 0.5 has biased exponent 1022; cells count downwards from there: binade 0 is [1/4, 1/2),
     * and p = 1/2 itself is the first cell of the binade above, kept as an extra row. */
    cell = (uint32_t)(bits >> (52 - TABLE_BITS)) - ((1022u - TABLE_BINADES) << TABLE_BITS);
    bits = (bits << TABLE_BITS & UINT64_C(0x000fffffffffffff)) | UINT64_C(0x3ff0000000000000);
    memcpy(&place, &bits, sizeof place);
    place -= 1.0;
    r = t->row + 2 * cell + upper;
    return t->scale * (r->c[0] + place * (r->c[1] + place * (r->c[2] + place * r->c[3])));
}

#endif
