#include <math.h>

#include "kernel/alloc.h"
#include "kernel/law.h"
#include "kernel/quantile.h"
#include "kernel/status.h"
#include "kernel/stream.h"

enum { CELLS = TABLE_BINADES << TABLE_BITS, CACHE_LINE = 64 };

struct entry {
    struct form form;
    struct entry *next;
    struct table_row *row; /* behind the entry, on cache lines: two rows a line */
};

struct table_set {
    struct entry *first, *last; /* in order of first use */
};

tb_status tb__tables_new(struct table_set **out, tb_error *err)
{
    *out = tb__alloc(1, sizeof **out);
    return *out ? TB_OK : tb__no_memory(err);
}

void tb__tables_free(struct table_set *set)
{
    struct entry *entry = set ? set->first : NULL;

    while (entry) {
        struct entry *next = entry->next;
        tb__free(entry);
        entry = next;
    }
    tb__free(set);
}

/* Nearest double with 36 significant bits: hides the last bits of a libm, which may differ between
 * machines, from everything that is made of it. */
static double round36(double x)
{
    int exponent;
    const double mantissa = frexp(x, &exponent);

    return ldexp(rint(ldexp(mantissa, 36)), exponent - 36);
}

/* Whether c0 + c1 t + ... moves one way only over [0, 1], `sign` telling which. */
static int monotone(const double c[4], double sign)
{
    const double d0 = sign * c[1], d1 = sign * (c[1] + 2 * c[2] + 3 * c[3]);
    const double lowest =
        -c[2] / (3 * c[3]); /* where the slope has its extreme; c3 0: not inside */

    if (d0 < 0 || d1 < 0)
        return 0;
    return !(lowest > 0 && lowest < 1) ||
           sign * (c[1] + lowest * (2 * c[2] + lowest * 3 * c[3])) >= 0;
}

/* The cubic through the four nodes of a cell (Newton's divided differences). Where it would turn
 * back, in cells so steep that values differ by orders of magnitude, the chord instead. */
static void fit(const double v[4], double sign, double c[4])
{
    const double a = TB__NODE_PLACE;
    const double d0 = (v[1] - v[0]) / a, d1 = (v[2] - v[1]) / (1 - 2 * a),
                 d2 = (v[3] - v[2]) / a;
    const double s0 = (d1 - d0) / (1 - a), s1 = (d2 - d1) / (1 - a), cubic = s1 - s0;

    c[0] = v[0];
    c[1] = d0 - a * s0 + a * (1 - a) * cubic;
    c[2] = s0 - cubic;
    c[3] = cubic;
    if (!monotone(c, sign)) {
        c[1] = v[3] - v[0];
        c[2] = c[3] = 0;
    }
}

static void build_half(const struct form *form, int upper, struct table_row *row)
{
    double value[NODES];

    tb__quantiles(form, upper, value);
    for (int i = 0; i < NODES; i++)
        value[i] = round36(value[i]);
    for (int cell = 0; cell < CELLS; cell++)
        fit(value + 3 * cell, upper ? -1 : 1, row[2 * cell + upper].c);
    row[2 * CELLS + upper].c[0] = value[NODES - 1];
}

static int same_form(const struct form *f, const struct form *g)
{
    return f->kind == g->kind && f->shape == g->shape && f->second == g->second &&
           f->unit == g->unit && f->low == g->low;
}

static struct entry *entry_new(const struct form *form)
{
    const size_t bytes = TABLE_ROWS * sizeof(struct table_row);
    struct entry *entry = tb__alloc(1, sizeof *entry + CACHE_LINE + bytes);
    char *behind;

    if (!entry)
        return NULL;
    behind = (char *)(entry + 1);
    behind += (CACHE_LINE - (uintptr_t)behind % CACHE_LINE) % CACHE_LINE;
    entry->form = *form;
    entry->row = (struct table_row *)(void *)behind;
    build_half(form, 0, entry->row);
    build_half(form, 1, entry->row);
    return entry;
}

/* The entry of a form, made where it is new; NULL when there is no room. */
static const struct entry *entry_of(struct table_set *set, const struct form *form)
{
    struct entry *entry;

    for (entry = set->first; entry; entry = entry->next)
        if (same_form(&entry->form, form))
            return entry;
    entry = entry_new(form);
    if (!entry)
        return NULL;
    if (set->last)
        set->last->next = entry;
    else
        set->first = entry;
    set->last = entry;
    return entry;
}

/* What multiplies the quantiles of the law's form; 0 for a law without spread. */
static double scale_of(const struct law *law)
{
    switch (law->kind) {
    case LAW_CONSTANT: return 0;
    case LAW_UNIFORM:
    case LAW_TRIANGULAR:
    case LAW_BETA: return law->high - law->low;
    default: return isnan(law->mean) ? law->median : law->mean;
    }
}

tb_status tb__tables_build(struct table_set *set, const struct law *law, double factor,
                           struct table *out, tb_error *err)
{
    const double scale = scale_of(law);
    const struct entry *entry;
    struct form form;

    if (scale == 0) {
        *out = (struct table){1, tb__law_mean(law) * factor, NULL};
        return TB_OK;
    }
    form = tb__form(law);
    entry = entry_of(set, &form);
    if (!entry)
        return tb__no_memory(err);
    *out = (struct table){scale * factor, 0, entry->row};
    return TB_OK;
}

uint64_t tb__tables_hash(const struct table_set *set)
{
    uint64_t hash = 0;

    for (const struct entry *entry = set->first; entry; entry = entry->next)
        for (int i = 0; i < TABLE_ROWS; i++)
            for (int k = 0; k < 4; k++) {
                uint64_t bits;
                memcpy(&bits, &entry->row[i].c[k], sizeof bits);
                hash = tb__mix(hash ^ bits);
            }
    return hash;
}
