/* What goes wrong in a visit, and whether anybody finds it. */
#include "model/unit.h"

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

static void found(struct unit *u, struct worker *w, uint32_t index, uint32_t entity,
                  int client)
{
    const struct control *c = &u->world->set.regime.control;

    tb__trigger(u, w, TRIGGER_INCIDENT,
                &(struct event){index, entity, client, NONE, NULL}, NULL);
    if (tb__answers(u, M_CONTROL)) {
        tb__control_incident(c, &u->control);
        w->audit_ms += tb__minutes(c->inspection_minutes);
    }
}

static double error_chance(const struct unit *u, const struct view *at, double informed)
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
        p *= tb__teams_errs(&u->world->set.regime.teams);
    return p < 1 ? p : 1;
}

/* Chance that what went wrong is found, by chance or by control. */
static double finds(const struct unit *u, double control)
{
    return 1 - (1 - u->world->set.errors.found_by_chance) * (1 - control);
}

double tb__most_errors(const struct unit *u)
{
    double most = 0;

    for (int corner = 0; corner < 32; corner++) {
        const struct view at = {.acquaintance = corner & 1,
                                .competence = corner >> 1 & 1,
                                .temp = corner >> 2 & 1,
                                .uninformed = corner >> 3 & 1};
        const double chance = error_chance(u, &at, corner >> 4);

        most = chance > most ? chance : most;
    }
    return most * (1 + 1e-9); /* more than any rounding between the corners */
}

/* audited: records of the visit that may show misuse, and errors. */
void tb__judge(struct unit *u, struct worker *w, const struct view *at, uint32_t index,
               uint32_t entity, int client, const double harm[2], double find,
               double informed, const int audited[2])
{
    const struct control *c = &u->world->set.regime.control;
    const bool controls = tb__answers(u, M_CONTROL);
    const double detail = u->world->detail;
    const double by_control =
        controls ? tb__control_finds(c, &u->control, audited[0], detail) : 0;
    const double deters = controls ? tb__control_deters(c, by_control) : 1;
    const bool misuse = harm[1] < u->world->set.errors.misuse_per_visit * deters;
    const bool error = harm[0] < error_chance(u, at, informed);
    struct counts *n = &u->ledger.now->count;
    int found_out = 0;

    if (!error && !misuse)
        return;
    n->errors += error;
    n->misuse += misuse;
    if (misuse)
        found_out += find < finds(u, by_control);
    if (error)
        found_out +=
            find <
            finds(u, controls ? tb__control_finds(c, &u->control, audited[1], detail) : 0);
    n->found += found_out;
    n->undetected += error + misuse - found_out;
    if (found_out) {
        n->incidents++;
        found(u, w, index, entity, client);
    }
}
