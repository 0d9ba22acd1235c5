/* model/seen.h: what mechanisms are shown of the unit (with view.c): the only place where one mechanism's
 * state becomes another's input. Inline, since every visit and call asks, and mostly for a part of it. */
#ifndef TB_MODEL_SEEN_H
#define TB_MODEL_SEEN_H

#include "model/state.h"
#include "model/view.h"

double tb__pressure(const struct visits *v, tb_time late);

/* Place of a worker and a client in last_visit, acquaintance and visits_by. */
static inline int64_t tb__pair(const struct unit *u, const struct worker *w, int client)
{
    return (int64_t)client * (u->world->workers + 1) + w->id;
}

/* Acquaintance today of a pair, of ACQUAINTED; a temp knows nobody. */
static inline uint32_t tb__acquaintance_if(const struct unit *u, const struct worker *w,
                                           int64_t pair, bool fades)
{
    const struct knowledge_plan *p = &u->world->knowledge;
    const int gap = (int)(u->day - u->last_visit[pair]);

    if (w->temp || gap > p->days)
        return 0;
    return fades ? tb__knowledge_faded(p, u->acquaintance[pair], gap) : ACQUAINTED;
}

/* How hard the lateness of a route presses, 0 to 1. */
static inline double tb__pressed(const struct unit *u, tb_time late)
{
    return late > u->world->unpressed_ms ? tb__pressure(&u->world->set.visits, late) : 0;
}

/* The view where pressure and acquaintance are known. */
static inline struct view tb__view_with(const struct unit *u, const struct worker *w,
                                        int client, double pressure, double acquaintance)
{
    const struct world *world = u->world;
    struct view at = {.rank = 0.5, .temp = w->temp, .competence = 1};

    at.pressure = pressure;
    at.acquaintance = acquaintance;
    at.strain = u->wellbeing.strain[w->id];
    if (tb__answers(u, M_DISCRETION))
        at.autonomy = world->set.regime.discretion.autonomy;
    at.uninformed = w->uninformed;
    if (!w->temp)
        at.competence = w->competence.now;
    if (client >= 0)
        at.rank = world->client[client].rank;
    return at;
}

/* Of who is at no client's: nothing is unknown there, and nothing late. */
static inline struct view tb__view_of(const struct unit *u, const struct worker *w)
{
    return tb__view_with(u, w, NONE, tb__pressed(u, 0), 1);
}

struct view tb__view_of_week(const struct unit *u,
                             const struct worker *w); /* for its absence */

/* Hours a week of team meetings and dialogue, were every shift of the week attended. */
double tb__meeting_hours(const struct unit *u);

#endif
