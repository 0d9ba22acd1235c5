#include "model/crew.h"

#include "model/unit.h"

struct muster tb__muster(const struct unit *u, int worker, const struct shift *s)
{
    const struct worker_plan *p = &u->world->worker[worker];
    struct muster m = {p->crew, 0, 0};

    for (int k = p->seat; k < p->seat + p->crew; k++) {
        if (!tb__is_ill(&u->seat[k], s->from))
            continue;
        m.ill++;
        if (tb__temp_fills(u, u->world->seat[k].entity, s))
            m.temps++;
        else
            m.present--;
    }
    return m;
}

void tb__mark(struct unit *u, const struct worker *w, enum column column, tb_time from,
              tb_time to, int people)
{
    const int there = u->ledger.people[w->id];

    u->ledger.people[w->id] = people;
    tb__book(&u->ledger, w->id, column, from, to, NONE, NONE, w->temp);
    u->ledger.people[w->id] = there;
}

double tb__planned_pace(const struct unit *u, int worker, int missing)
{
    const struct staff *s = tb__staff_of(u, worker);

    return missing ? s->pace * (1 + missing * (s->short_pace - 1)) : s->pace;
}

tb_time tb__at_planned_pace(const struct unit *u, int worker, int missing, tb_time ms)
{
    return (tb_time)((double)ms * tb__planned_pace(u, worker, missing) / 1000 + 0.5) * 1000;
}

double tb__slowness(const struct unit *u, const struct worker *w)
{
    const double pace = tb__planned_pace(u, w->id, w->missing);
    const double temp_pace = u->world->set.absence.temp_pace;

    if (w->temp)
        return pace * temp_pace;
    return w->temps ? pace * (1 + (temp_pace - 1) * w->temps / tb__present(u, w)) : pace;
}

/* Trips --------------------------------------------------------------------------------------- */

tb_time tb__unload_ms(const struct unit *u, int worker)
{
    const struct staff *s = tb__staff_of(u, worker);

    return s->visits_per_trip ? tb__minutes(s->unload_minutes) : 0;
}

tb_time tb__trip_end(const struct unit *u, int worker)
{
    const struct world *w = u->world;

    if (!tb__staff_of(u, worker)->visits_per_trip)
        return 0;
    return tb__unload_ms(u, worker) + (w->set.travel.kind == TRAVEL_MAP ? w->radial_mean
                                       : w->set.travel.kind == TRAVEL_NONE ? 0
                                                                           : w->leg_mean);
}

bool tb__fills(const struct unit *u, const struct worker *w)
{
    const int most = tb__staff_of(u, w->id)->visits_per_trip;

    return most && w->load + 1 >= most;
}

void tb__unload(struct unit *u, struct worker *w)
{
    w->load = 0;
    u->ledger.now->count.trips++;
    tb__spend(u, w, INDIRECT, tb__unload_ms(u, w->id), NONE, NONE);
}

void tb__load(struct unit *u, struct worker *w)
{
    const int most = tb__staff_of(u, w->id)->visits_per_trip;

    if (!most)
        return;
    if (++w->load < most)
        return;
    tb__return_leg(u, w);
    tb__unload(u, w);
}
