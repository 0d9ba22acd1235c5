/* model/harm.h: what may go wrong in a visit, and who finds it (harm.c). */
#ifndef TB_MODEL_HARM_H
#define TB_MODEL_HARM_H

#include "model/state.h"
#include "model/view.h"

double tb__informed(struct unit *u, struct worker *w, const struct visit *v,
                    double acquaintance);

/* The greatest chance of an error in any visit. Its factors are linear in each part of the view that
 * they read, so that it is met at a corner: all known or unknown, skilled or not ... */
double tb__most_errors(const struct unit *u);

/* Whether anything may have gone wrong: mostly nothing has, and tb__judge is not asked. Control deters
 * from misuse; it makes none. */
static inline bool tb__may_go_wrong(const struct unit *u, const double harm[2])
{
    u->ledger.now->count.judged++;
    return harm[0] < u->most_errors || harm[1] < u->world->set.errors.misuse_per_visit;
}

void tb__judge(struct unit *u, struct worker *w, const struct view *at, uint32_t index,
               uint32_t entity, int client, const double harm[2], double find,
               double informed, const struct trail *trail);

/* A record is written that was owed, and may show what went wrong: r, by now out of its list. */
TB__COLD void tb__look_at(struct unit *u, struct worker *w, const struct owed *r);

#endif
