/* What goes wrong in a visit, and whether anybody finds it. */
#include "model/unit.h"

#include <string.h>

/* Whether a record tells the worker something: it is not too old, and it was written since the worker
 * was there, unless that is forgotten. */
static bool is_news(const struct unit *u, const struct worker *w, int client, int o,
                    double acquaintance)
{
    const tb_time written = u->written[client * u->world->obligations + o];
    const int last = tb__last_visits(u, client)[w->id];

    return written >= 0 && w->clock - written <= u->world->obligation[o].lasts &&
           (acquaintance <= 0 || tb__day_of(written) > last);
}

/* Share of the errors of not knowing the client that remains when the worker has read what there is.
 * Reading takes its minutes. Who reads one record reads all that are read more often. */
double tb__informed(struct unit *u, struct worker *w, const struct visit *v,
                    double acquaintance)
{
    const struct world *world = u->world;
    const int client = v->slot->client;
    double remain = 1;

    for (int i = 0; i < world->readables; i++) {
        const int o = world->readable[i];
        const struct obligation_plan *p = &world->obligation[o];

        if (v->draw[DRAW_READS] >= p->read_probability * (1 - acquaintance) ||
            !is_news(u, w, client, o, acquaintance))
            continue;
        remain *= 1 - p->value;
        u->ledger.now->obligation[o].read++;
        tb__spend(u, w, INDIRECT, p->read_ms, client, NONE);
    }
    return remain;
}

/* A visit is found out: its records of an incident are due, and the time of the worker who gave it. */
static void found(struct unit *u, struct worker *w, int worker, uint32_t index,
                  uint32_t entity, int client)
{
    const struct control *c = &u->world->set.regime.control;

    u->ledger.now->count.incidents++;
    tb__trigger(u, w, TRIGGER_INCIDENT,
                &(struct event){index, entity, client, NONE, NULL}, NULL);
    if (tb__answers(u, M_CONTROL)) {
        tb__control_incident(c, &u->control);
        u->worker[worker].audit_ms += u->world->inspection_ms;
    }
}

/* support: factor of the team, on the shift. */
static double error_chance(const struct unit *u, const struct view *at, double support,
                           double informed)
{
    const struct errors *e = &u->world->set.errors;
    double p = e->per_visit *
               (1 + (e->unfamiliar_factor - 1) * (1 - at->acquaintance) * informed);

    if (tb__answers(u, M_KNOWLEDGE))
        p *= tb__knowledge_errs(&u->world->set.regime.knowledge, at);
    if (tb__answers(u, M_DIALOGUE))
        p *= tb__dialogue_errs(&u->world->set.regime.dialogue, at);
    if (tb__answers(u, M_DISCRETION))
        p *= tb__discretion_errs(&u->world->set.regime.discretion);
    if (tb__answers(u, M_TEAMS))
        p *= support;
    return p < 1 ? p : 1;
}

/* Chance that control finds one kind of what went wrong, by audits and these records. */
static double control_finds(const struct unit *u, uint64_t records, int kind)
{
    double unseen = 1;

    if (!tb__answers(u, M_CONTROL))
        return 0;
    for (int o = 0; records >> o; o++)
        if (records >> o & 1 && u->world->obligation[o].audited & kind)
            unseen *= u->world->obligation[o].unseen;
    return tb__control_finds(&u->world->set.regime.control, &u->control, unseen);
}

/* Chance that it is found, by chance or by control. */
static double finds(const struct unit *u, double control)
{
    return 1 - (1 - u->world->set.errors.found_by_chance) * (1 - control);
}

double tb__most_errors(const struct unit *u)
{
    const struct world *w = u->world;
    double most = 0, support = tb__teams_of(w, -1)->errs;

    for (int k = 0; k < w->set.shift_count; k++)
        support = w->teams[k].errs > support ? w->teams[k].errs : support;
    for (int corner = 0; corner < 32; corner++) {
        const struct view at = {.acquaintance = corner & 1,
                                .competence = corner >> 1 & 1,
                                .temp = corner >> 2 & 1,
                                .uninformed = corner >> 3 & 1};
        const double chance = error_chance(u, &at, support, corner >> 4);

        most = chance > most ? chance : most;
    }
    return most * (1 + 1e-9); /* more than any rounding between the corners */
}

/* Room for one more; 0, with the unit's status set, when there is none. */
static int new_harm(struct unit *u)
{
    const int at = u->harm_free;

    if (at) {
        u->harm_free = u->harm[at].next;
        return at;
    }
    if (u->harms + 1 >= u->harm_room) {
        const int room = 2 * u->harm_room + 4;
        struct harm *more = tb__arena_alloc(u->arena, (size_t)room, sizeof *more);

        if (!more) {
            u->status = tb__no_memory(u->err);
            return 0;
        }
        if (u->harms)
            memcpy(more + 1, u->harm + 1, (size_t)u->harms * sizeof *more);
        u->harm = more;
        u->harm_room = room;
    }
    return ++u->harms;
}

/* Ties what was not found in a visit to the owed records that may show it. */
static void wait_for_records(struct unit *u, const struct harm *h, uint64_t owed)
{
    int at = 0;

    for (int o = 0; owed >> o; o++) {
        const struct obligation_plan *p = &u->world->obligation[o];
        struct owed *r;

        if (!(owed >> o & 1) || !(p->audited & h->kinds) || p->unseen >= 1)
            continue;
        r = &u->owed[u->owed_of[o]];
        if (r->harm)
            continue;
        if (!at) {
            if (!(at = new_harm(u)))
                return;
            u->harm[at] = *h;
        }
        r->harm = at;
        u->harm[at].records++;
    }
}

/* What shows of a harm in the record of one obligation. */
static int shows(const struct unit *u, const struct harm *h, int o)
{
    const struct obligation_plan *p = &u->world->obligation[o];
    double draw[2];

    tb__uniforms(&u->record_stream[o], h->index, h->entity, PURPOSE_REVIEW, draw);
    return p->audited & h->kinds &
           ((draw[0] >= p->unseen ? AUDITED_MISUSE : 0) |
            (draw[1] >= p->unseen ? AUDITED_ERRORS : 0));
}

void tb__look_at(struct unit *u, struct worker *w, const struct owed *r)
{
    struct harm *h = &u->harm[r->harm];
    const struct harm was = *h;
    const uint64_t records = r->carries | UINT64_C(1) << r->obligation;
    int now, kinds;

    for (int o = 0; records >> o; o++)
        if (records >> o & 1)
            h->kinds &= ~shows(u, h, o);
    kinds = was.kinds & ~h->kinds;
    now = !!(kinds & AUDITED_MISUSE) + !!(kinds & AUDITED_ERRORS);
    h->known |= now > 0;
    if (!--h->records) {
        h->next = u->harm_free;
        u->harm_free = r->harm;
    }
    h->count->found += now;
    h->count->undetected -= now;
    if (now && !was.known)
        found(u, w, was.worker, was.index, was.entity, was.client);
}

void tb__judge(struct unit *u, struct worker *w, const struct view *at, uint32_t index,
               uint32_t entity, int client, const double harm[2], double find,
               double informed, const struct trail *trail)
{
    const bool controls = tb__answers(u, M_CONTROL);
    const double expected = control_finds(u, trail->there | trail->owed, AUDITED_MISUSE);
    const double deters =
        controls ? tb__control_deters(&u->world->set.regime.control, expected) : 1;
    const bool misuse = harm[1] < u->world->set.errors.misuse_per_visit * deters;
    const double support = tb__teams_of(u->world, u->world->shift[w->shift].kind)->errs;
    const bool error = harm[0] < error_chance(u, at, support, informed);
    struct counts *n = &u->ledger.now->count;
    int now = 0, unknown = 0;

    if (!error && !misuse)
        return;
    n->errors += error;
    n->misuse += misuse;
    for (int kind = AUDITED_MISUSE; kind <= AUDITED_ERRORS; kind++) {
        if (!(kind == AUDITED_MISUSE ? misuse : error))
            continue;
        if (find < finds(u, control_finds(u, trail->there, kind)))
            now++;
        else
            unknown |= kind;
    }
    n->found += now;
    n->undetected += error + misuse - now;
    if (unknown && trail->owed && controls)
        wait_for_records(
            u, &(struct harm){n, index, entity, client, w->id, unknown, now > 0, 0, 0},
            trail->owed);
    if (now)
        found(u, w, w->id, index, entity, client);
}
