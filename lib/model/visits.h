/* model/visits.h: planned visits: a day has them, they are dealt out, begun, given up. */
#ifndef TB_MODEL_VISITS_H
#define TB_MODEL_VISITS_H

#include "model/state.h"

/* day.c: the visits of a day, and what is drawn ahead for them. */
void tb__plan_day(struct unit *u);
void tb__visits_switch(struct unit *u);
bool tb__goes_before(const struct visit *a, const struct visit *b);

/* plan.c: they are dealt out. */
struct candidates *tb__candidates(struct unit *u, size_t workers);
void tb__deal(struct unit *u, int first, int moved, int n);

/* timetable.c: n visits from `first` are dealt out as the timetable says; a visit that a worker gives up
 * finds somebody who stands in, or false. */
void tb__keep_timetable(struct unit *u, int first, int n);
bool tb__stand_in(struct unit *u, const struct worker *from, int visit);

/* route.c: what is left of a route. */
void tb__expire(struct unit *u, int first, int *link, int *last);
void tb__release_route(struct unit *u, struct worker *w, bool may_move);
void tb__postpone(struct unit *u, int visit);
void tb__miss(struct unit *u, int visit);
void tb__begin_later(struct unit *u, struct worker *w);

/* A visit joins a route, as its last. */
static inline void tb__append_visit(struct unit *u, int *first, int *last, int visit)
{
    u->visit[visit].next = NONE;
    if (*first == NONE)
        *first = visit;
    else
        u->visit[*last].next = visit;
    *last = visit;
}

/* open.c: visits that fitted nowhere when they were dealt out. */
void tb__offer(struct unit *u, int visit);
/* Begins the first that the worker has time for and returns true; or shortens *until, which is when it
 * leaves for its next visit or goes home, to when it leaves for one that is not open yet. */
bool tb__take_open(struct unit *u, struct worker *w, tb_time *until);
/* When somebody who is free from `now` on leaves for the first that there is time for; TB__NEVER: none. */
tb_time tb__open_due(const struct unit *u, const struct worker *w, tb_time now);
void tb__close_day(struct unit *u); /* what nobody took by now is missed, unless it is a night's */
/* Who has the visit of the second carer, of that visit the first's; NONE when nobody. */
int tb__partner(const struct unit *u, int visit);

/* visit.c */
tb_time tb__map_leg(const struct unit *u, int from, int to);

/* Expected leg (ms) between two clients; NONE is the office, SOMEWHERE a point of the district. */
static inline tb_time tb__leg_between(const struct unit *u, int from, int to)
{
    return u->world->set.travel.kind == TRAVEL_MAP ? tb__map_leg(u, from, to)
                                                   : u->world->leg_mean;
}

static inline tb_time tb__expected_leg(const struct unit *u, const struct worker *w,
                                       int client)
{
    return tb__leg_between(u, w->client, client);
}

tb_time tb__need(const struct unit *u, const struct visit *v);

/* When the worker leaves for the next visit of its route, from now on. */
static inline tb_time tb__depart_at(const struct unit *u, const struct worker *w)
{
    const struct visit *v = &u->visit[w->route];
    const tb_time depart = v->opens - tb__expected_leg(u, w, v->slot->client);

    return depart > w->clock ? depart : w->clock;
}

void tb__visit(struct unit *u, struct worker *w);
bool tb__is_usual(const struct unit *u); /* for u->usual: a visit asks little */
void tb__travel(struct unit *u, struct worker *w, int to, double drawn); /* of world.leg */
void tb__return_leg(struct unit *u, struct worker *w);

/* carers.c */
void tb__count_carers(struct unit *u);             /* at the end of a week */
void tb__count_leaver(struct unit *u, int client); /* who will be counted no more */

/* follow.c: the calls of who comes (change 1) or leaves (-1); number: of the stay. */
void tb__calls_of_change(struct unit *u, int client, uint32_t number, int change);

/* stay.c: clients who come and go. */
void tb__stays_open(struct unit *u); /* how life finds the places */
void tb__on_turnover(struct unit *u);
void tb__count_present(struct unit *u); /* up to now */
/* Whether one client, who came by `from`, is at a place until `to`; from is not long ago. */
bool tb__is_there(const struct unit *u, int client, tb_time from, tb_time to);

#endif
