#include "kernel/pieces.h"

#include <math.h>
#include <stdlib.h>

#include "kernel/alloc.h"
#include "kernel/cubic.h"
#include "kernel/status.h"
#include "kernel/stream.h"

enum { CELLS = TABLE_BINADES << TABLE_BITS, MOST_DEPTH = 40 };

static const double tolerance = 2e-8;

/* A piece is not halved below 2e-10, nor below a thousandth of its probability. */
static double narrowest(double p)
{
    return fmin(2e-10, 1e-3 * p);
}

/* ---- reading */

double tb__pieces_at(const struct pieces *pieces, double u)
{
    const double rest = 1.0 - u;
    const int upper = rest < u;
    const double p = fmax(1e-9, upper ? rest : u);
    const struct piece *piece = pieces->piece[upper];
    uint64_t bits;
    int cell, low, high;
    double t;

    memcpy(&bits, &p, sizeof bits);
    cell = (int)((uint32_t)(bits >> (52 - TABLE_BITS)) -
                 ((1022u - TABLE_BINADES) << TABLE_BITS));
    low = pieces->guide[upper][cell];
    high = pieces->guide[upper][cell + 1] + 1;
    while (high - low > 1) {
        const int middle = (low + high) / 2;

        if (piece[middle].start <= p)
            low = middle;
        else
            high = middle;
    }
    piece += low;
    t = fmax(0, fmin(1, (p - piece->start) * piece->rate));
    return piece->c[0] + t * (piece->c[1] + t * (piece->c[2] + t * piece->c[3]));
}

/* ---- laying */

struct laying {
    const struct quantile_function *f;
    int upper;
    struct piece *piece;
    int count, room;
};

static tb_status put(struct laying *l, const struct piece *piece, tb_error *err)
{
    if (l->count == l->room) {
        const int room = l->room ? 2 * l->room : 64;
        struct piece *grown = tb__realloc(l->piece, (size_t)room, sizeof *grown);

        if (!grown)
            return tb__no_memory(err);
        l->piece = grown;
        l->room = room;
    }
    l->piece[l->count++] = *piece;
    return TB_OK;
}

/* Inside of a step at either end of (from, to), in p: u falls in the upper half as p grows. */
static double node(const struct laying *l, double from, double to, double place)
{
    const int inside = place <= 0 ? 1 : place >= 1 ? -1 : 0;
    const double p = inside > 0 ? from : inside < 0 ? to : from + place * (to - from);

    return l->f->at(l->f->data, l->upper, p, l->upper ? -inside : inside);
}

/* Whether the cubic follows the function between its nodes. */
static bool follows(const struct laying *l, const double c[4], double from, double to)
{
    static const double places[] = {0.12, 0.5, 0.88};

    for (int i = 0; i < 3; i++) {
        const double t = places[i], exact = node(l, from, to, t);
        const double value = c[0] + t * (c[1] + t * (c[2] + t * c[3]));

        if (!(fabs(value - exact) <= tolerance * fabs(exact)))
            return false;
    }
    return true;
}

static tb_status lay(struct laying *l, double from, double to, double at_from,
                     double at_to, int depth, tb_error *err)
{
    const double a = TB__NODE_PLACE;
    double v[4] = {at_from, 0, 0, at_to};
    struct piece piece = {tb__rounded(from, 46), 1 / (to - from), {at_from, 0, 0, 0}};

    if (l->f->line || !(at_to < at_from || at_to > at_from)) {
        piece.c[1] = at_to - at_from;
        return put(l, &piece, err);
    }
    v[1] = tb__rounded(node(l, from, to, a), 36);
    v[2] = tb__rounded(node(l, from, to, 1 - a), 36);
    tb__cubic(v, l->upper ? -1 : 1, piece.c);
    if (depth < MOST_DEPTH && to - from > narrowest(from) &&
        !follows(l, piece.c, from, to)) {
        const double middle = from + (to - from) / 2;
        const double value = tb__rounded(node(l, from, to, 0.5), 36);
        const tb_status status = lay(l, from, middle, at_from, value, depth + 1, err);

        return status ? status : lay(l, middle, to, value, at_to, depth + 1, err);
    }
    return put(l, &piece, err);
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The start of a cell; of a line there are no cells. */
static int boundaries(const struct quantile_function *f, int upper, double *p)
{
    int n = 0;

    p[n++] = f->line ? 0 : ldexp(1, -TABLE_BINADES - 1);
    for (int cell = 1; cell < CELLS && !f->line; cell++)
        p[n++] = ldexp(1 + (cell % 16) / 16.0, cell / 16 - TABLE_BINADES - 1);
    for (int i = 0; i < f->breaks[upper]; i++)
        if (f->brk[upper][i] > p[0] && f->brk[upper][i] < 0.5)
            p[n++] = f->brk[upper][i];
    p[n++] = 0.5;
    qsort(p, (size_t)n, sizeof *p, ascending);
    return n;
}

static tb_status lay_half(struct laying *l, tb_error *err)
{
    double p[CELLS + MOST_BREAKS + 2];
    const int n = boundaries(l->f, l->upper, p);
    tb_status status = TB_OK;

    for (int i = 0; i + 1 < n && !status; i++) {
        if (!(p[i + 1] - p[i] > 1e-15))
            continue;
        const double from = node(l, p[i], p[i + 1], 0), to = node(l, p[i], p[i + 1], 1);
        const int bits = l->f->line ? 53 : 36;

        status =
            lay(l, p[i], p[i + 1], tb__rounded(from, bits), tb__rounded(to, bits), 0, err);
    }
    return status;
}

static void guide(struct pieces *pieces, int upper)
{
    int last = 0;

    for (int cell = 0; cell < GUIDES; cell++) {
        const double start = ldexp(1 + (cell % 16) / 16.0, cell / 16 - TABLE_BINADES - 1);

        while (last + 1 < pieces->count[upper] &&
               pieces->piece[upper][last + 1].start <= start)
            last++;
        pieces->guide[upper][cell] = last;
    }
}

tb_status tb__pieces_new(const struct quantile_function *f, struct pieces **out,
                         tb_error *err)
{
    struct pieces *pieces = tb__alloc(1, sizeof *pieces);
    tb_status status = pieces ? TB_OK : tb__no_memory(err);

    for (int upper = 0; upper < 2 && !status; upper++) {
        struct laying l = {.f = f, .upper = upper};

        status = lay_half(&l, err);
        pieces->piece[upper] = l.piece;
        pieces->count[upper] = l.count;
        if (!status)
            guide(pieces, upper);
    }
    if (status) {
        tb__pieces_free(pieces);
        return status;
    }
    *out = pieces;
    return TB_OK;
}

void tb__pieces_free(struct pieces *pieces)
{
    if (!pieces)
        return;
    tb__free(pieces->piece[0]);
    tb__free(pieces->piece[1]);
    tb__free(pieces);
}

uint64_t tb__pieces_hash(const struct pieces *pieces, uint64_t hash)
{
    for (int upper = 0; upper < 2; upper++)
        for (int i = 0; i < pieces->count[upper]; i++) {
            const double *number = &pieces->piece[upper][i].start;
            uint64_t bits[6];

            memcpy(bits, number, sizeof bits);
            for (int k = 0; k < 6; k++)
                hash = tb__mix(hash ^ bits[k]);
        }
    return hash;
}

/* ---- empirical laws */

/* The value at probability u: by the line through the points around it. */
static double empirical_at(void *data, int upper, double p, int side)
{
    const struct law *l = data;
    const double *v = l->quantiles.value, u = upper ? 1 - p : p;
    int i = 2;

    (void)side; /* no two points have one probability: there are no steps */
    while (i < l->quantiles.count - 2 && v[i] < u)
        i += 2;
    return v[i - 1] + (v[i + 1] - v[i - 1]) * ((u - v[i - 2]) / (v[i] - v[i - 2]));
}

void tb__empirical_function(const struct law *law, struct quantile_function *out)
{
    out->at = empirical_at;
    out->data = (void *)law; /* only read */
    out->line = 1;
    out->breaks[0] = out->breaks[1] = 0;
    for (int i = 2; i < law->quantiles.count - 2; i += 2) {
        const double p = law->quantiles.value[i];

        if (p < 0.5)
            out->brk[0][out->breaks[0]++] = p;
        else
            out->brk[1][out->breaks[1]++] = 1 - p;
    }
}
