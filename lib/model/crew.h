/* model/crew.h: workers who are several people, and vehicles that fill (crew.c).
 *
 * A crew is one worker: one route, one clock, one memory. What it spends is time of each of those who
 * are there, so the ledger of a unit with crews books people's milliseconds: each stretch times the
 * people of that shift (ledger.people). Each of them has a health of their own. Who of a crew is ill
 * when a shift begins is replaced by a temp, with chance absence.fill, or the crew goes out short; if
 * nobody is left, it is absent. Who falls ill later stays to the end of the shift.
 *
 * A vehicle that has taken visits_per_trip visits goes back, unloads, and goes on. Neutral: a crew
 * of one, no limit, paces 1. Draws: health and temps of each person, by names. */
#ifndef TB_MODEL_CREW_H
#define TB_MODEL_CREW_H

#include "model/state.h"

/* Who of a crew comes to a shift. */
struct muster {
    int present, temps, ill; /* temps: of the present; ill: replaced or not */
};

struct muster tb__muster(const struct unit *u, int worker, const struct shift *s);

/* Books a mark or duty of so many people, whoever else is there. */
void tb__mark(struct unit *u, const struct worker *w, enum column column, tb_time from,
              tb_time to, int people);

/* Factor on the minutes of a worker who is `slow`: who stands in, who is missing, which group. */
double tb__slowness(const struct unit *u, const struct worker *w);

/* The same as far as the day plan knows it: temps apart. */
double tb__planned_pace(const struct unit *u, int worker, int missing);

/* Time of a visit by that pace, in whole seconds. */
tb_time tb__at_planned_pace(const struct unit *u, int worker, int missing, tb_time ms);

/* A visit was loaded; when the vehicle is full, it goes back and unloads. */
void tb__load(struct unit *u, struct worker *w);
void tb__unload(struct unit *u, struct worker *w);

/* What a trip ends with, as expected: the way back and unloading; 0 where nothing is loaded. */
tb_time tb__trip_end(const struct unit *u, int worker);
tb_time tb__unload_ms(const struct unit *u, int worker);
bool tb__fills(const struct unit *u, const struct worker *w); /* one visit more would */

static inline const struct staff *tb__staff_of(const struct unit *u, int worker)
{
    return &u->world->set.staff[u->world->worker[worker].group];
}

/* People of a worker who are there, and who should be. */
static inline int tb__present(const struct unit *u, const struct worker *w)
{
    return u->ledger.people ? u->ledger.people[w->id] : 1;
}

static inline int tb__crew_of(const struct unit *u, const struct worker *w)
{
    return u->world->worker[w->id].crew;
}

#endif
