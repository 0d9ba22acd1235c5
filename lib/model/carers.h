/* model/carers.h: a visit is remembered: who came to whom, and what the worker knows of the client then. Inline,
 * since every visit asks (with carers.c). */
#ifndef TB_MODEL_CARERS_H
#define TB_MODEL_CARERS_H

#include "model/seen.h"

/* A temp is counted, and remembers nothing. */
void tb__count_temp_visit(struct unit *u, const struct worker *w, struct client *c,
                          uint32_t visit);

/* A visit, at that address, by a worker who knew so much of the client (of ACQUAINTED), with its minutes of
 * care and of records at once; pair: their place (tb__pair); learns: knowledge answers. */
static inline void tb__remember_carer(struct unit *u, struct worker *w, int client,
                                      int64_t pair, uint32_t visit, uint32_t knew,
                                      tb_time care, tb_time records, bool learns)
{
    struct client *c = &u->client[client];

    visit &= ~1u; /* without the place of the second carer */
    if (w->temp) {
        tb__count_temp_visit(u, w, c, visit);
        return;
    }
    if (!tb__continuity_counted(&c->continuity, visit, w->id))
        tb__continuity_visit(&c->continuity, visit, w->id, u->visits_by[pair]++);
    u->last_visit[pair] = (int16_t)u->day;
    u->acquaintance[pair] =
        learns ? (uint16_t)tb__knowledge_after(&u->world->set.regime.knowledge,
                                               &u->world->knowledge, knew, care, records)
               : ACQUAINTED;
}

#endif
