/* model/trigger.h: a trigger whose uniforms were drawn ahead calls for records: inline, since every visit and
 * call does (with record.c). */
#ifndef TB_MODEL_TRIGGER_H
#define TB_MODEL_TRIGGER_H

#include "model/record.h"

/* What an obligation that met its trigger leaves to be read and looked at. */
enum trace { NO_TRACE, THERE, OWED };

/* record.c: one obligation meets one trigger; draw: its minutes (ms) or TB__NONE, and whether its datum is
 * transferred. */
enum trace tb__meet(struct unit *u, struct worker *w, const struct obligation_plan *p,
                    const struct event *e, const double draw[2], bool datum_exists);

/* Whether one receiver has the record entered again, or told again: what is told no system transfers. */
static inline bool tb__enters_again(const struct unit *u, const struct obligation_plan *p,
                                    const double draw[2], bool told)
{
    const bool asks = !told && tb__answers(u, M_RECORDS);
    const double transferred = asks ? u->world->set.regime.records.interoperability : 0;

    return (draw[0] < p->reentry) & (draw[1] >= transferred);
}

/* record.c: how often other receivers do, where that was not drawn ahead. */
int tb__copies_drawn_now(const struct unit *u, const struct obligation_plan *p,
                         const struct event *e, bool told);

static inline int tb__copies_of(const struct unit *u, const struct obligation_plan *p,
                                const struct event *e, bool told)
{
    int copies = 0;

    if (p->reentry <= 0)
        return 0;
    if (!e->draw || p->copy_draw < 0) {
        const struct event copy = *e; /* so that the event need not stand in memory */

        return tb__copies_drawn_now(u, p, &copy, told);
    }
    for (int k = 0; k < p->receivers - 1; k++)
        copies += tb__enters_again(u, p, e->draw + p->copy_draw + 2 * k, told);
    return copies;
}

/* The same where the obligation is plain. */
static inline enum trace tb__meet_plain(struct unit *u, struct worker *w,
                                        const struct obligation_plan *p,
                                        const struct event *e, double drawn)
{
    const tb_time ms = (tb_time)(drawn + 0.5);

    if (!p->written) {
        tb__spend(u, w, (enum column)p->column, ms, e->client, p->id);
        u->ledger.now->obligation[p->id].told++;
        return NO_TRACE;
    }
    tb__book_record(u, w, p, e->client, ms);
    return THERE;
}

/* The same where the obligation is alone. */
static inline enum trace tb__meet_alone(struct unit *u, struct worker *w,
                                        const struct obligation_plan *p,
                                        const struct event *e, double drawn)
{
    const int copies = tb__copies_of(u, p, e, false);
    const tb_time ms = (tb_time)(drawn + 0.5);
    int at;

    if (p->timing == TIMING_AT_ONCE) {
        if (copies)
            tb__count_copies(u, p->id, copies, false, ms * tb__present(u, w));
        tb__book_record(u, w, p, e->client, ms * (1 + copies));
        return THERE;
    }
    at = tb__owe(u, w, p, e->client, ms * (1 + copies), copies,
                 p->timing == TIMING_END_OF_SHIFT ? &w->closing : &w->records);
    u->owed_of[p->id] = at;
    return at == NONE ? NO_TRACE : OWED;
}

/* Control looks at what a trigger leaves: whoever does may find something in it. */
static inline void tb__leaves_trail(const struct obligation_plan *p, enum trace trace,
                                    struct trail *trail)
{
    *(trace == OWED ? &trail->owed : &trail->there) |= p->look_bit;
}

/* Of a call that was drawn ahead; where it is about clients that the call is not of, none was drawn. */
static inline bool tb__concerns(const struct obligation_plan *p, const struct event *e)
{
    return p->service == NONE || p->service == e->service;
}

/* One obligation after the other meets a trigger whose uniforms were drawn ahead: a visit, its deviation or a
 * call. happens: whether it does; asked together with what was drawn, since neither can be foretold. */
TB__ALWAYS_INLINE void tb__trigger_ahead(struct unit *u, struct worker *w,
                                         enum trigger trigger, bool happens,
                                         const struct event *e, struct trail *trail)
{
    const struct obligation_plan *const *next = u->world->triggered[trigger];
    const struct obligation_plan *p;
    uint64_t seen = 0; /* data recorded for this trigger so far */

    while ((p = *next++)) {
        const double *draw = e->draw + p->draw;
        enum trace trace;

        if (!(happens & (draw[0] > TB__NONE)) ||
            (trigger == TRIGGER_CALL && !tb__concerns(p, e)))
            continue;
        if (p->plain) {
            trace = tb__meet_plain(u, w, p, e, draw[0]);
        } else if (p->alone) {
            trace = tb__meet_alone(u, w, p, e, draw[0]);
        } else {
            const struct event copy = *e; /* so that the event need not stand in memory */

            if ((trace = tb__meet(u, w, p, &copy, draw, seen & p->datum_bit)))
                seen |= p->datum_bit;
        }
        if (trace && trail)
            tb__leaves_trail(p, trace, trail);
    }
}

/* tb__trigger_visit, in the caller. */
TB__ALWAYS_INLINE void tb__trigger_of_visit(struct unit *u, struct worker *w, bool deviates,
                                            const struct event *e, struct trail *trail)
{
    struct trail left = {0};

    tb__trigger_ahead(u, w, TRIGGER_DEVIATION, deviates, e, &left);
    tb__trigger_ahead(u, w, TRIGGER_VISIT, true, e, &left);
    *trail = left;
}

#endif
