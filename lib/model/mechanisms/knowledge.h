/* mechanisms/knowledge.h: what workers know, of each client and of their trade.
 *
 * Acquaintance of a worker and a client goes from 0 to 1 in steps of 1 / ACQUAINTED. A visit closes a
 * share of what is missing; without visits it fades by a table of days, and ends with it. Competence of
 * a worker goes from 0 to 1; it fades by the week, and closes a share of what is missing with
 * training, updates (slowly) and sparring. Continuity is counted visit by visit, so that no list of
 * visits is kept.
 *
 * Neutral: acquaintance_gain 1 and acquaintance_half_life_days 0: who came within
 * errors.familiar_days knows the client fully, others not at all; competence 1 that stays; no
 * minutes, no effects. Draws: none. Owns: acquaintance, competence. Reads: acquaintance, competence. */
#ifndef TB_MECHANISM_KNOWLEDGE_H
#define TB_MECHANISM_KNOWLEDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/clock.h"
#include "kernel/status.h"
#include "model/view.h"
#include "scenario/regime/knowledge.h"

enum { ACQUAINTED = 65535, SINGLE = 65536 };

/* Settings, compiled. */
struct knowledge_plan {
    uint32_t *fades; /* by days since the last visit, what is left, of SINGLE; from tb__alloc */
    int days;        /* the last of them */
    uint32_t gain;                    /* of SINGLE */
    double retained;                  /* of competence, a week later */
    double trained, updated, sparred; /* what is missing and closed: by a month's training, a
                                         quarter's update, a shift's sparring */
    double arrives;                   /* of what an update will close, in a week */
};

/* TB_ERR_MEMORY. */
tb_status tb__knowledge_compile(const struct knowledge *k, double familiar_days,
                                struct knowledge_plan *out, tb_error *err);
void tb__knowledge_clear(struct knowledge_plan *p);

/* Acquaintance (of ACQUAINTED) `gap` days after the visit that left `then`; gap at most p->days. */
static inline uint32_t tb__knowledge_faded(const struct knowledge_plan *p, uint32_t then,
                                           int gap)
{
    return (uint32_t)((uint64_t)then * p->fades[gap > 0 ? gap : 0] >> 16);
}

/* Acquaintance after a visit with so much care and records (ms). */
static inline uint32_t tb__knowledge_after(const struct knowledge *k,
                                           const struct knowledge_plan *p,
                                           uint32_t acquaintance, tb_time care,
                                           tb_time records)
{
    uint32_t closed = (uint32_t)((uint64_t)(ACQUAINTED - acquaintance) * p->gain >> 16);

    if (k->records_on_acquaintance < 0 || k->records_on_acquaintance > 0) {
        const double missing = ACQUAINTED - acquaintance;
        const double recorded =
            records > 0 ? (double)records / (double)(care + records) : 0;
        const double more = closed * (1 - k->records_on_acquaintance * recorded);

        closed = (uint32_t)(more < missing ? more : missing);
    }
    return acquaintance + closed;
}

/* Factor on the minutes that the same care takes. */
static inline double tb__knowledge_pace(const struct knowledge *k, const struct view *at)
{
    return (1 + k->unfamiliar_time * (1 - at->acquaintance)) *
           (1 + k->unskilled_time * (1 - at->competence));
}

/* Factor on the chance of an error, apart from that of not knowing the client. */
double tb__knowledge_errs(const struct knowledge *k, const struct view *at);

/* What a worker's competence is, and what of an update is still to come. */
struct competence {
    double now, coming;
};

/* A share of what is missing is closed at once; or will be. */
void tb__knowledge_learns(struct competence *c, double share);
void tb__knowledge_updated(const struct knowledge_plan *p, struct competence *c);

/* A week ends. */
void tb__knowledge_week(const struct knowledge_plan *p, struct competence *c);

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
