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
    uint32_t gain;                      /* of SINGLE */
    tb_time training, update, sparring; /* of a month, a quarter, a shift */
    double retained;                    /* of competence, a week later */
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

/* Who came to a client in a fortnight. All zero: nobody.
 *
 * A visit for which two carers come is one visit, with two carers: who comes to it before anybody
 * comes to another visit of the client is of it. The indices count as they are defined where each
 * visit has one carer. Where it has two, they are 1 if the same two always come, as they should be. */
struct continuity {
    int visits, carers;
    int comings; /* sum over visits of their carers */
    int most;    /* visits of the carer who came most */
    int again,
        then; /* comings of who came to the visit before; all but those of the first */
    int64_t squares; /* sum over carers of their visits squared */
    uint32_t visit;  /* address of the last visit */
    int now[2],
        before[2]; /* 1 + the carers of the last visit, and of the one before it; or 0 */
};

static inline bool tb__came(const int carers[2], int carer)
{
    return carers[0] == 1 + carer || carers[1] == 1 + carer;
}

/* Whether the carer has come to this visit already. */
static inline bool tb__continuity_counted(const struct continuity *c, uint32_t visit,
                                          int carer)
{
    return c->visits && c->visit == visit && tb__came(c->now, carer);
}

/* To a visit comes a carer who came to `before` visits in this fortnight, and not yet to this one. */
static inline void tb__continuity_visit(struct continuity *c, uint32_t visit, int carer,
                                        int before)
{
    if (!c->visits || c->visit != visit) {
        c->visits++;
        c->visit = visit;
        c->before[0] = c->now[0];
        c->before[1] = c->now[1];
        c->now[0] = 1 + carer;
        c->now[1] = 0;
    } else {
        c->now[1] = 1 + carer;
    }
    c->comings++;
    c->carers += !before;
    c->most = before + 1 > c->most ? before + 1 : c->most;
    c->squares += 2 * before + 1;
    c->then += c->visits > 1;
    c->again += tb__came(c->before, carer);
}

/* Usual provider of care: share of the visits to which whoever came most came (Breslau and Reeb 1975). */
static inline double tb__continuity_upc(const struct continuity *c)
{
    return (double)c->most / c->visits;
}

/* Continuity of care: of a coming, the share of the other visits to which the same carer came, for n >=
 * 2 visits; with one carer a visit, (sum of squares - n) / (n (n - 1)) (Bice and Boxerman 1977, Medical
 * Care 15, 347). */
static inline double tb__continuity_coc(const struct continuity *c)
{
    const double n = c->comings;

    return ((double)c->squares - n) / (n * (c->visits - 1.0));
}

/* Sequential continuity: share of the comings after the first visit that are by who came to the visit
 * before, for n >= 2 (Steinwachs 1979, Medical Care 17, 551). */
static inline double tb__continuity_secon(const struct continuity *c)
{
    return (double)c->again / c->then;
}

#endif
