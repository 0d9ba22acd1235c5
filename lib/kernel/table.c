#include <math.h>

#include "kernel/alloc.h"
#include "kernel/cubic.h"
#include "kernel/law.h"
#include "kernel/mixture.h"
#include "kernel/pieces.h"
#include "kernel/quantile.h"
#include "kernel/status.h"
#include "kernel/stream.h"
#include "kernel/table_avx2.h"

enum { CELLS = TABLE_BINADES << TABLE_BITS, CACHE_LINE = 64 };

struct entry {
    struct form form;
    struct entry *next;
    struct table_row *row; /* behind the entry, on cache lines: two rows a line */
};

/* The pieces of a law that is no simple one. */
struct broken {
    struct law law;
    struct pieces *pieces;
    struct broken *next;
};

struct table_set {
    struct entry *first, *last;          /* in order of first use */
    struct broken *broken, *last_broken; /* so are these */
    bool has_normal;
    double normal[NODES]; /* quantiles of the normal law, for all lognormal forms */
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
    for (struct broken *b = set ? set->broken : NULL, *next; b; b = next) {
        next = b->next;
        tb__pieces_free(b->pieces);
        tb__free(b);
    }
    tb__free(set);
}

static void build_half(double value[NODES], int upper, struct table_row *row)
{
    for (int i = 0; i < NODES; i++)
        value[i] = tb__rounded(value[i], 36);
    for (int cell = 0; cell < CELLS; cell++)
        tb__cubic(value + 3 * cell, upper ? -1 : 1, row[2 * cell + upper].c);
    row[2 * CELLS + upper] = (struct table_row){{value[NODES - 1], 0, 0, 0}};
}

static int same_form(const struct form *f, const struct form *g)
{
    return f->kind == g->kind && f->shape == g->shape && f->second == g->second &&
           f->unit == g->unit && f->low == g->low;
}

static void build_rows(struct table_set *set, const struct form *form, struct table_row *row)
{
    double lower[NODES], upper[NODES];

    if (form->kind == LAW_LOGNORMAL) {
        if (!set->has_normal)
            tb__normal_quantiles(set->normal);
        set->has_normal = true;
        tb__lognormal_quantiles(form, set->normal, lower, upper);
    } else {
        tb__quantiles(form, 0, lower);
        tb__quantiles(form, 1, upper);
    }
    build_half(lower, 0, row);
    build_half(upper, 1, row);
}

static struct entry *entry_new(struct table_set *set, const struct form *form)
{
    const size_t bytes = TABLE_ROWS * sizeof(struct table_row);
    /* Not zeroed: all of it is written below. */
    struct entry *entry = tb__realloc(NULL, 1, sizeof *entry + CACHE_LINE + bytes);
    char *behind;

    if (!entry)
        return NULL;
    behind = (char *)(entry + 1);
    behind += (CACHE_LINE - (uintptr_t)behind % CACHE_LINE) % CACHE_LINE;
    entry->form = *form;
    entry->next = NULL;
    entry->row = (struct table_row *)(void *)behind;
    build_rows(set, form, entry->row);
    return entry;
}

/* The entry of a form, made where it is new; NULL when there is no room. */
static const struct entry *entry_of(struct table_set *set, const struct form *form)
{
    struct entry *entry;

    for (entry = set->first; entry; entry = entry->next)
        if (same_form(&entry->form, form))
            return entry;
    entry = entry_new(set, form);
    if (!entry)
        return NULL;
    if (set->last)
        set->last->next = entry;
    else
        set->first = entry;
    set->last = entry;
    return entry;
}

static tb_status build_simple(struct table_set *set, const struct simple_law *law,
                              double factor, struct table *out, tb_error *err)
{
    const double scale = tb__form_scale(law);
    const struct entry *entry;
    struct form form;

    if (scale == 0) {
        *out = (struct table){1, tb__simple_law_mean(law) * factor, NULL, NULL};
        return TB_OK;
    }
    form = tb__form(law);
    entry = entry_of(set, &form);
    if (!entry)
        return tb__no_memory(err);
    *out = (struct table){scale * factor, 0, entry->row, NULL};
    return TB_OK;
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool same_simple(const struct simple_law *a, const struct simple_law *b)
{
    return a->kind == b->kind && same_number(a->mean, b->mean) &&
           same_number(a->median, b->median) && same_number(a->cv, b->cv) &&
           same_number(a->low, b->low) && same_number(a->mode, b->mode) &&
           same_number(a->high, b->high) && same_number(a->shape, b->shape) &&
           same_number(a->scale, b->scale) && same_number(a->p10, b->p10) &&
           same_number(a->p25, b->p25) && same_number(a->p75, b->p75) &&
           same_number(a->p90, b->p90);
}

/* Whether two laws are one, whatever the parts are called. */
static bool same_law(const struct law *a, const struct law *b)
{
    if (a->kind != b->kind || a->quantiles.count != b->quantiles.count ||
        a->part_count != b->part_count)
        return false;
    for (int i = 0; i < a->quantiles.count; i++)
        if (!same_number(a->quantiles.value[i], b->quantiles.value[i]))
            return false;
    for (int i = 0; i < a->part_count; i++)
        if (!same_number(a->parts[i].weight, b->parts[i].weight) ||
            !same_simple(&a->parts[i].simple, &b->parts[i].simple))
            return false;
    return true;
}

static tb_status broken_new(const struct law *law, struct broken **out, tb_error *err)
{
    struct broken *b = tb__alloc(1, sizeof *b);
    struct quantile_function f;
    struct mixture mixture;
    tb_status status;

    if (!b)
        return tb__no_memory(err);
    b->law = *law;
    if (law->kind == LAW_EMPIRICAL)
        tb__empirical_function(law, &f);
    else
        tb__mixture_function(law, &mixture, &f);
    status = tb__pieces_new(&f, &b->pieces, err);
    if (status)
        tb__free(b);
    else
        *out = b;
    return status;
}

static tb_status build_broken(struct table_set *set, const struct law *law, double factor,
                              struct table *out, tb_error *err)
{
    struct broken *b = set->broken;
    tb_status status;

    while (b && !same_law(&b->law, law))
        b = b->next;
    if (!b) {
        if ((status = broken_new(law, &b, err)))
            return status;
        *(set->broken ? &set->last_broken->next : &set->broken) = b;
        set->last_broken = b;
    }
    *out = (struct table){factor, 0, NULL, b->pieces};
    return TB_OK;
}

tb_status tb__tables_build(struct table_set *set, const struct law *law, double factor,
                           struct table *out, tb_error *err)
{
    return law->kind < LAW_SIMPLE_KINDS ? build_simple(set, &law->simple, factor, out, err)
                                        : build_broken(set, law, factor, out, err);
}

/* All bits of a row in 64, each number turned to a place of its own. */
static uint64_t row_bits(const struct table_row *row)
{
    uint64_t bits = 0;

    for (int k = 0; k < 4; k++) {
        uint64_t number;

        memcpy(&number, &row->c[k], sizeof number);
        bits += k ? number << 16 * k | number >> (64 - 16 * k) : number;
    }
    return bits;
}

void tb__variates_if(const struct table *t, double chance, int n, double *u, int stride)
{
    int i = 0;

#if TB__AVX2
    if (t->row && __builtin_cpu_supports("avx2")) {
        tb__variates_avx2(t, chance, n, u, stride);
        i = n / 4 * 4;
    }
#endif
    for (; i < n; i++)
        u[i * stride] = tb__variate_if(t, chance, u[i * stride]);
}

uint64_t tb__tables_hash(const struct table_set *set)
{
    uint64_t hash = 0;

    for (const struct entry *entry = set->first; entry; entry = entry->next)
        for (int i = 0; i < TABLE_ROWS; i++)
            hash = tb__mix(hash ^ row_bits(&entry->row[i]));
    for (const struct broken *b = set->broken; b; b = b->next)
        hash = tb__pieces_hash(b->pieces, hash);
    return hash;
}
