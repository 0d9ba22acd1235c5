/* mechanisms/knowledge.h: who has been with a client, and how much that is of one and the same.
 *
 * Continuity is counted visit by visit, so that no list of visits is kept. */
#ifndef TB_MECHANISM_KNOWLEDGE_H
#define TB_MECHANISM_KNOWLEDGE_H

#include <stdbool.h>
#include <stdint.h>

/* Who came to a client in a fortnight. All zero: nobody. */
struct continuity {
    int visits, carers;
    int most;        /* visits of the carer who came most */
    int runs;        /* visits by the carer who came the time before */
    int last;        /* 1 + the carer of the last visit */
    int64_t squares; /* sum over carers of their visits squared */
};

/* One visit by a carer who came `before` times in this fortnight. */
static inline void tb__continuity_visit(struct continuity *c, int carer, int before)
{
    c->visits++;
    c->carers += !before;
    c->most = before + 1 > c->most ? before + 1 : c->most;
    c->squares += 2 * before + 1;
    c->runs += c->last == 1 + carer;
    c->last = 1 + carer;
}

/* Usual provider of care: share of the visits by whoever came most (Breslau and Reeb 1975). */
static inline double tb__continuity_upc(const struct continuity *c)
{
    return (double)c->most / c->visits;
}

/* Continuity of care: (sum of squares - n) / (n (n - 1)) for n >= 2 visits (Bice and Boxerman
 * 1977, Medical Care 15, 347). */
static inline double tb__continuity_coc(const struct continuity *c)
{
    const double n = c->visits;

    return ((double)c->squares - n) / (n * (n - 1));
}

/* Sequential continuity: share of the n - 1 visits after the first that are by the same carer as the
 * visit before, for n >= 2 (Steinwachs 1979, Medical Care 17, 551). */
static inline double tb__continuity_secon(const struct continuity *c)
{
    return (double)c->runs / (c->visits - 1);
}

#endif
