/* kernel/pieces.h: quantile functions with kinks and steps.
 *
 * The cells of a table are the same for every law, and a cubic cannot turn a corner inside one. An
 * empirical law is lines with corners where its points are; a mixture has steps where its parts leave
 * a gap, corners where one begins, and turns of any steepness between. Such a law becomes pieces: for
 * each half (u <= 1/2 by p = u, above by p = 1 - u) cubics between probabilities of its own choice.
 * A guide over the cells of a table tells which pieces to search. */
#ifndef TB_KERNEL_PIECES_H
#define TB_KERNEL_PIECES_H

#include "kernel/law.h"
#include "kernel/quantile.h"

/* From `start` to the start of the next: value = c0 + t(c1 + t(c2 + t c3)), t = (p - start) rate. */
struct piece {
    double start, rate, c[4];
};

enum { GUIDES = (TABLE_BINADES << TABLE_BITS) + 2 };

struct pieces {
    int count[2];
    struct piece *piece[2];
    int guide[2][GUIDES]; /* the last piece that starts at the start of a cell or before */
};

/* A quantile function to be laid in pieces. `at` gives the value at p (upper: at 1 - p), where there
 * is a step the one below it (side -1) or above it (side 1), as u grows. `line`: it is one line
 * between any two breaks. Breaks are probabilities p within (0, 1/2) of each half, in any order,
 * where it may have a corner or a step. */
enum { MOST_BREAKS = 128 };
struct quantile_function {
    double (*at)(void *data, int upper, double p, int side);
    void *data;
    int line;
    int breaks[2];
    double brk[2][MOST_BREAKS];
};

/* Lays pieces until each follows the function to a relative 2e-8, or is narrower than 2e-10. */
tb_status tb__pieces_new(const struct quantile_function *f, struct pieces **out,
                         tb_error *err);
void tb__pieces_free(struct pieces *pieces); /* NULL is allowed */

/* Hash of all numbers of the pieces, continuing `hash`. */
uint64_t tb__pieces_hash(const struct pieces *pieces, uint64_t hash);

/* The quantile function of an empirical law that passed its check; the law must outlive it. */
void tb__empirical_function(const struct law *law, struct quantile_function *out);

#endif
