/* A planned visit: the way there, care, and the records due at once.
 *
 * The way through a visit is compiled twice. A unit is usual where a visit asks little: grants by the minute, no
 * autonomy, nobody looks in, and none of what only some units have (usual_world). What then always has the same
 * answer is not asked: the compiler leaves it out of the function that is told so. */
#include "model/unit.h"

#include "model/carers.h"
#include "model/price.h"
#include "model/trigger.h"

static bool usual_world(const struct world *w)
{
    const struct regime *r = &w->set.regime;

    return w->set.travel.kind == TRAVEL_LAW && r->grants.granularity == GRANTS_MINUTES &&
           r->discretion.autonomy <= 0 && !w->in_vain && !w->knowing && !w->wider &&
           !w->crews && !w->client_talks && !w->trips && !w->slow;
}

bool tb__is_usual(const struct unit *u)
{
    return !u->probe && !u->ledger.logging && usual_world(u->world);
}

/* Whether a mechanism answers. */
static inline bool answers(const struct unit *u, bool usual, enum mechanism m)
{
    return usual || tb__answers(u, m);
}

tb_time tb__need(const struct unit *u, const struct visit *v)
{
    const double factor = u->client[v->slot->client].need_ratio * v->draw[DRAW_NEED];

    return (tb_time)((double)v->slot->granted * factor + 0.5);
}

static inline void travel(struct unit *u, struct worker *w, bool usual, int to, double drawn)
{
    const int kind = usual ? TRAVEL_LAW : u->world->set.travel.kind;

    if (kind != TRAVEL_NONE) {
        const double ms = kind == TRAVEL_LAW
                              ? drawn
                              : (double)tb__expected_leg(u, w, to) * drawn / 60000;
        const tb_time leg = (tb_time)(ms + 0.5);

        tb__spend(u, w, TRAVEL, leg, to < 0 ? NONE : to, NONE);
        u->ledger.now->count.legs++;
        u->ledger.now->count.leg_ms += leg;
    }
    w->client = to;
}

void tb__travel(struct unit *u, struct worker *w, int to, double drawn)
{
    travel(u, w, false, to, drawn);
}

void tb__return_leg(struct unit *u, struct worker *w)
{
    double draw[2];

    if (!w->travelled)
        return;
    tb__uniforms(&u->stream, (uint32_t)(tb__day_of(w->in) + u->world->day_bias),
                 u->world->worker[w->id].entity,
                 PURPOSE_RETURN_LEG | (uint32_t)w->returns++ << 8, draw);
    w->travelled = false;
    tb__travel(u, w, NONE, tb__variate(&u->world->leg, draw[0]));
}

/* Minutes that the grant leads to, with what the client saved earlier in the block. What this visit
 * leaves is saved in turn; what discretion adds to it or pressure takes from it is no affair of the
 * account. */
static tb_time by_grant(struct unit *u, const struct visit *v, tb_time wanted)
{
    const struct grants *g = &u->world->set.regime.grants;
    struct client *c = &u->client[v->slot->client];
    const int64_t block = tb__grants_block(g, u->day);
    const tb_time saved = block >= 0 && block == c->block ? c->saved : 0;
    tb_time allowed = tb__grants_allowed(g, v->slot->granted, saved, v->draw[DRAW_BINDS]);
    const tb_time given = wanted < allowed ? wanted : allowed;
    tb_time filled;

    if (allowed > v->slot->granted)
        allowed = v->slot->granted;
    filled = given + tb__grants_filled(g, allowed, given);
    if (block >= 0) {
        c->block = block;
        c->saved = saved + v->slot->granted - filled;
    }
    return filled;
}

/* The same where each visit has minutes of its own. */
static inline tb_time by_minutes(const struct unit *u, const struct visit *v, tb_time wanted)
{
    const struct grants *g = &u->world->set.regime.grants;
    const tb_time granted = v->slot->granted;
    const tb_time free =
        -(tb_time)(v->draw[DRAW_BINDS] >= g->binding); /* 0 where it binds */
    const tb_time allowed = granted | (free & TB__NEVER);
    const tb_time given = wanted < allowed ? wanted : allowed;
    const double apart = (double)(granted - given), left = apart > 0 ? apart : 0;

    return given + (tb_time)(left * g->fill + 0.5); /* no branch could be foretold here */
}

TB__ALWAYS_INLINE tb_time given_to(struct unit *u, const struct worker *w, bool usual,
                                   const struct visit *v, double pressure,
                                   double acquaintance, tb_time wanted)
{
    const struct setting *s = &u->world->set;
    const bool discretion = !usual && tb__answers(u, M_DISCRETION);
    double shorten, evenly;
    tb_time given = usual                      ? by_minutes(u, v, wanted)
                    : tb__answers(u, M_GRANTS) ? by_grant(u, v, wanted)
                                               : wanted;

    if (discretion)
        given = tb__discretion_chosen(&s->regime.discretion, given, wanted);
    if (pressure <= 0)
        return given;
    shorten = evenly = pressure * s->visits.pressure_shortening;
    if (discretion) {
        const struct view at = tb__view_with(u, w, v->slot->client, pressure, acquaintance);

        shorten *= tb__discretion_spares(&s->regime.discretion, &at);
        shorten = shorten < 0.95 ? shorten : 0.95;
        if (shorten > evenly) /* taken here; where less is cut, it was spared */
            u->ledger.now->count.moved_ms +=
                (tb_time)((double)given * (shorten - evenly)) * tb__present(u, w);
    }
    return given - (tb_time)((double)given * shorten);
}

static inline void count_visit(struct unit *u, const struct visit *v, tb_time begun,
                               tb_time need, tb_time met, tb_time given)
{
    struct counts *c = &u->ledger.now->count;
    const tb_time wider = need > v->slot->granted ? need : v->slot->granted;

    c->visits_given++;
    c->visits_late += begun > v->closes + u->world->late_ms;
    c->visits_cut += met < need;
    c->granted_ms += v->slot->granted;
    c->wider_ms += wider;
    c->misfit_ms += wider - (need > v->slot->granted ? v->slot->granted : need);
    c->given_ms += given;
    c->need_ms += need;
    c->met_ms += met;
}

/* Of visits to several persons, and of those that have a usual worker. */
TB__NOINLINE static void count_wider(struct unit *u, const struct worker *w,
                                     const struct visit *v, tb_time unmet, tb_time given)
{
    const struct client_plan *client = &u->world->client[v->slot->client];
    const int others = client->people - 1;
    struct counts *c = &u->ledger.now->count;

    c->person_ms += others * tb__present(u, w) * given;
    c->person_unmet_ms += others * u->world->client_crew[client->group] * unmet;
    c->substituted += u->world->timetable && (v->slot->usual != w->id || w->temp);
}

/* In people's time: so many give it as are there, and it was meant for as many as should be. */
TB__COLD static void count_crew(struct unit *u, const struct worker *w,
                                const struct visit *v, tb_time need, tb_time met,
                                tb_time given)
{
    struct counts *c = &u->ledger.now->count;
    const tb_time granted = v->slot->granted, wider = need > granted ? need : granted;
    const int more = u->world->client_crew[u->world->client[v->slot->client].group] - 1;

    c->granted_ms += more * granted;
    c->wider_ms += more * wider;
    c->misfit_ms += more * (wider - (need > granted ? granted : need));
    c->need_ms += more * need;
    c->met_ms += more * met;
    c->given_ms += (tb__present(u, w) - 1) * given;
}

/* Factor on the minutes that the same care takes. */
static inline double pace_of(const struct unit *u, const struct worker *w, bool usual,
                             int client, double pressure, double acquaintance)
{
    double pace = u->pace;

    if (!usual && u->world->knowing && tb__answers(u, M_KNOWLEDGE)) {
        const struct view at = tb__view_with(u, w, client, pressure, acquaintance);

        pace *= tb__knowledge_pace(&u->world->set.regime.knowledge, &at);
    }
    return w->slow ? pace * tb__slowness(u, w) : pace;
}

/* Care: returns how long it took. */
TB__ALWAYS_INLINE tb_time care(struct unit *u, struct worker *w, bool usual,
                               const struct visit *v, double pressure, double acquaintance)
{
    const double pace = pace_of(u, w, usual, v->slot->client, pressure, acquaintance);
    const tb_time need = tb__need(u, v);
    const tb_time wanted = (tb_time)((double)need * pace + 0.5), begun = w->clock;
    const tb_time given = given_to(u, w, usual, v, pressure, acquaintance, wanted);
    const tb_time reached = given >= wanted ? need : (tb_time)((double)given / pace);
    const tb_time met = reached < need ? reached : need;
    const tb_time needed = met < given ? met : given;

    if (!usual && u->probe)
        tb__realised(u, PURPOSE_NEED, v->slot->entity, v->index, need, 0);
    tb__spend(u, w, CARE_NEEDED, needed, v->slot->client, NONE);
    if (given > needed)
        tb__spend(u, w, CARE_SURPLUS, given - needed, v->slot->client, NONE);
    count_visit(u, v, begun, need, met, given);
    if (!usual && u->world->wider)
        count_wider(u, w, v, need - met, given);
    if (!usual && u->world->crews)
        count_crew(u, w, v, need, met, given);
    return given;
}

TB__ALWAYS_INLINE void records(struct unit *u, struct worker *w, bool usual,
                               const struct visit *v, tb_time given, struct trail *trail)
{
    const struct event e = {v->index, v->slot->entity, v->slot->client, NONE, v->draw};

    const struct grants *g = &u->world->set.regime.grants;
    const bool deviates = usual ? tb__grants_strays(g, v->slot->granted, given)
                                : tb__answers(u, M_GRANTS) &&
                                      tb__grants_deviates(g, v->slot->granted, given);

    u->ledger.now->count.deviations += deviates;
    if (usual)
        tb__trigger_of_visit(u, w, deviates, &e, trail);
    else
        tb__trigger_visit(u, w, deviates, &e, trail);
    if (tb__periods_turn(u, u->client[e.client].period_seen))
        tb__trigger_periodic(u, w, e.client);
}

/* Talks with the client, and about the client with other agencies, once in each period. */
static void talk(struct unit *u, struct worker *w, int client)
{
    const struct world *world = u->world;
    const struct dialogue_plan *p = &world->dialogue;
    const struct client_plan *plan = &world->client[client];
    const int others = world->set.clients[plan->group].agencies - 1;
    const int32_t week = tb__calendar_week(u);
    const int32_t month = tb__period(1, week, plan->entity);
    const int32_t now = tb__period(p->codesign_period, week, plan->entity);
    struct client *c = &u->client[client];
    struct counts *n = &u->ledger.now->count;

    if (p->codesign > 0 && c->talked != now) {
        c->talked = now;
        tb__spend(u, w, DIALOGUE, p->codesign, client, NONE);
        n->codesign_ms += p->codesign * tb__present(u, w);
        n->codesign_talks++;
        if (p->fits < 0 || p->fits > 0)
            c->need_ratio = tb__dialogue_fit(p, plan->need_ratio);
    }
    if (p->coordination > 0 && others && c->coordinated != month) {
        c->coordinated = month;
        tb__spend(u, w, DIALOGUE, others * p->coordination, client, NONE);
        n->coordination_ms += others * p->coordination * tb__present(u, w);
    }
}

/* Nobody is there: the worker waits a while, and the rest of the minutes is free. */
static bool nobody_comes(struct unit *u, struct worker *w, const struct visit *v)
{
    const struct world *world = u->world;
    const struct client_plan *c = &world->client[v->slot->client];
    const double chance = world->set.clients[c->group].no_show;
    const tb_time begun = w->clock;
    double draw[2];

    if (chance <= 0)
        return false;
    tb__uniforms(&u->stream, v->index & ~UINT32_C(1), c->entity, PURPOSE_NO_SHOW, draw);
    if (u->probe)
        tb__realised(u, PURPOSE_NO_SHOW, c->entity, v->index, draw[0] < chance, 0);
    if (draw[0] >= chance)
        return false;
    tb__spend(u, w, INDIRECT, world->no_show_ms[c->group], v->slot->client, NONE);
    if (u->ledger.logging)
        tb__note_no_show(&u->ledger.notes, w, v, begun, w->clock);
    u->ledger.now->count.no_shows++;
    u->ledger.now->count.no_show_granted_ms +=
        u->world->client_crew[u->world->client[v->slot->client].group] * v->slot->granted;
    tb__trigger(u, w, TRIGGER_NO_SHOW,
                &(struct event){v->index, c->entity, v->slot->client, NONE, NULL}, NULL);
    tb__chain_ends(u, w);
    return true;
}

/* The client has left, nobody comes, or another agency is there: the way was in vain. */
TB__NOINLINE static bool in_vain(struct unit *u, struct worker *w, const struct visit *v)
{
    const struct world *world = u->world;

    if (world->turnover &&
        !tb__is_there(u, v->slot->client, v->opens - (v->moved ? TB__DAY : 0), w->clock)) {
        tb__miss(u, (int)(v - u->visit));
        tb__chain_ends(u, w);
        return true;
    }
    if (world->no_shows && nobody_comes(u, w, v))
        return true;
    if (!world->clash || !tb__answers(u, M_DIALOGUE) ||
        v->draw[DRAW_CLASHES] >= world->clashes[world->client[v->slot->client].group])
        return false;
    tb__spend(u, w, INDIRECT, world->dialogue.clash, v->slot->client, NONE);
    u->ledger.now->count.clashes++;
    tb__miss(u, (int)(v - u->visit));
    tb__chain_ends(u, w);
    return true;
}

/* What the day plan set aside for a visit with this worker. */
static inline tb_time planned_ms(const struct unit *u, const struct worker *w, bool usual,
                                 const struct visit *v)
{
    const tb_time ms = (tb_time)v->slot->lasts * PLAN_SECOND;

    return !usual && u->world->slow ? tb__at_planned_pace(u, w->id, w->missing, ms) : ms;
}

TB__ALWAYS_INLINE void visit(struct unit *u, struct worker *w, bool usual)
{
    const struct visit *v = &u->visit[w->route];
    const int client = v->slot->client;
    const int64_t pair = tb__pair(u, w, client);
    uint32_t knew;
    double pressure, acquaintance, informed = 1;
    tb_time given, care_ends, records_end;
    struct trail trail;

    w->route = v->next;
    travel(u, w, usual, client, v->draw[DRAW_LEG]);
    w->travelled = usual || u->world->set.travel.kind != TRAVEL_NONE;
    if (!usual && u->world->in_vain && in_vain(u, w, v))
        return;
    pressure = tb__pressed(u, w->clock - v->planned);
    knew = tb__acquaintance_if(u, w, pair, answers(u, usual, M_KNOWLEDGE));
    acquaintance = knew / (double)ACQUAINTED;
    if (!w->temp) { /* strain is the worker's, not of who stands in */
        w->pressure += pressure;
        w->pressed_visits++;
    }
    u->ledger.now->count.acquaintance += acquaintance;
    if (u->world->harm && u->world->readables &&
        v->draw[DRAW_READS] < u->world->most_read * (1 - acquaintance))
        informed = tb__informed(u, w, v, acquaintance);
    given = care(u, w, usual, v, pressure, acquaintance);
    care_ends = w->clock;
    records(u, w, usual, v, given, &trail);
    records_end = w->clock;
    if (!usual && u->ledger.logging)
        tb__note_given(&u->ledger.notes, u, w, v, care_ends - given, care_ends);
    if (!usual && u->world->client_talks && !w->temp && tb__answers(u, M_DIALOGUE))
        talk(u, w, client);
    if (u->world->harm && tb__may_go_wrong(u, v->draw + DRAW_ERROR)) {
        const struct view at = tb__view_with(u, w, client, pressure, acquaintance);

        tb__judge(u, w, &at, v->index, v->slot->entity, client, v->draw + DRAW_ERROR,
                  v->draw[DRAW_FOUND], informed, &trail);
    }
    tb__remember_carer(u, w, client, pair, v->index, knew, given, records_end - care_ends,
                       answers(u, usual, M_KNOWLEDGE));
    w->visited++;
    w->overran |= w->clock > w->until;
    w->late = w->clock > v->planned + planned_ms(u, w, usual, v) + TB__MINUTE;
    if (!usual && u->world->trips)
        tb__load(u, w);
    tb__chain_ends(u, w);
}

TB__NOINLINE static void any_visit(struct unit *u, struct worker *w)
{
    visit(u, w, false);
}

void tb__visit(struct unit *u, struct worker *w)
{
    if (u->usual)
        visit(u, w, true);
    else
        any_visit(u, w);
}
