/* Records: what calls for them, what is written or told at once, and what can be read. */
#include "model/trigger.h"

/* How often other receivers do. */
TB__NOINLINE int tb__copies_drawn_now(const struct unit *u, const struct obligation_plan *p,
                                      const struct event *e, bool told)
{
    int copies = 0;

    for (int receiver = 1; receiver < p->receivers; receiver++) {
        double draw[2];

        tb__uniforms(&u->record_stream[p->id], e->index, e->entity,
                     PURPOSE_COPY | (uint32_t)receiver << 8, draw);
        copies += tb__enters_again(u, p, draw, told);
    }
    return copies;
}

/* Whether a record is told and not written. */
static bool is_told(const struct unit *u, const struct obligation_plan *p,
                    const struct event *e)
{
    double draw[2];

    if (!p->either || !tb__answers(u, M_DIALOGUE))
        return !p->written;
    tb__uniforms(&u->record_stream[p->id], e->index, e->entity, PURPOSE_CHANNEL, draw);
    return tb__dialogue_tells(&u->world->set.regime.dialogue, draw[0]);
}

/* A record of a datum that another one holds: it is there as soon as that one is. */
static enum trace transfer(struct unit *u, const struct worker *w,
                           const struct obligation_plan *p, int client)
{
    const int at = u->original[p->datum];

    if (!p->written)
        return NO_TRACE;
    if (at == NONE) {
        tb__keep(u, w, p->id, client);
        return THERE;
    }
    u->owed[at].carries |= UINT64_C(1) << p->id;
    u->owed_of[p->id] = at;
    return OWED;
}

/* The list of who is to write a record. */
static struct list *writer_of(struct unit *u, struct worker *w,
                              const struct obligation_plan *p)
{
    return !tb__may_write(u, w, p)            ? &u->orphans[p->role + 1]
           : p->timing == TIMING_END_OF_SHIFT ? &w->closing
                                              : &w->records;
}

/* Minutes that the record takes of the citizen: when it is called for, whoever writes it when. */
TB__NOINLINE static void ask_citizen(struct unit *u, const struct obligation_plan *p,
                                     const struct event *e)
{
    struct obligation_tally *t = &u->ledger.now->obligation[p->id];
    double draw[2];

    tb__uniforms(&u->record_stream[p->id], e->index, e->entity, PURPOSE_CITIZEN, draw);
    t->citizen_ms += tb__variate_ms(&p->citizen, draw[0]);
    t->asked++;
}

/* One obligation meets one trigger; draw: its minutes (ms) or TB__NONE, and whether its datum is
 * transferred. */
enum trace tb__meet(struct unit *u, struct worker *w, const struct obligation_plan *p,
                    const struct event *e, const double draw[2], bool datum_exists)
{
    tb_time ms;
    bool told;
    int copies, at;

    if (draw[0] <= TB__NONE)
        return NO_TRACE;
    if (datum_exists && tb__answers(u, M_RECORDS) &&
        tb__records_transferred(&u->world->set.regime.records, draw[1]))
        return transfer(u, w, p, e->client);
    if (p->asks)
        ask_citizen(u, p, e);
    told = (p->either || !p->written) && is_told(u, p, e);
    ms = (tb_time)(draw[0] + 0.5);
    copies = tb__copies_of(u, p, e, told);
    if (told && p->either)
        ms = (tb_time)((double)ms * u->world->set.regime.dialogue.oral_pace + 0.5);
    if (p->timing == TIMING_AT_ONCE && tb__may_write(u, w, p)) {
        if (told) {
            tb__book_talk(u, w, p->id, e->client, ms * (1 + copies));
            return NO_TRACE;
        }
        if (copies + datum_exists)
            tb__count_copies(u, p->id, copies, datum_exists, ms * tb__present(u, w));
        tb__book_record(u, w, p, e->client, ms * (1 + copies));
        if (!datum_exists)
            u->original[p->datum] = NONE;
        return THERE;
    }
    at = tb__owe(u, w, p, e->client, ms * (1 + copies), copies, writer_of(u, w, p));
    if (at == NONE)
        return NO_TRACE;
    u->owed[at].told = told;
    u->owed[at].duplicate = datum_exists;
    if (told)
        return NO_TRACE;
    if (!datum_exists)
        u->original[p->datum] = at;
    u->owed_of[p->id] = at;
    return OWED;
}

static void draw_record(const struct unit *u, const struct obligation_plan *p,
                        const struct event *e, double draw[2])
{
    tb__uniforms(&u->record_stream[p->id], e->index, e->entity, PURPOSE_RECORD, draw);
    draw[0] = tb__variate_if(&p->minutes, p->probability, draw[0]);
}

static bool is_met_by_call(const struct obligation_plan *p, int service)
{
    return p->services >> service & 1;
}

/* Whether it is about clients such as this one, who may have left by now. */
static bool is_about(const struct unit *u, const struct obligation_plan *p, int client)
{
    if (p->of == NOWHERE)
        return true;
    if (client == NONE)
        return false;
    return p->of == u->world->client[client < NONE ? tb__former(client) : client].group;
}

/* One obligation after the other meets a trigger whose uniforms were not drawn ahead. */
TB__NOINLINE static void trigger_now(struct unit *u, struct worker *w, enum trigger trigger,
                                     const struct event *e, struct trail *trail)
{
    uint64_t seen = 0;

    for (int i = 0; i < u->world->triggered_count[trigger]; i++) {
        const struct obligation_plan *p = u->world->triggered[trigger][i];
        double draw[2];
        enum trace trace;

        if (e->service != NONE ? !is_met_by_call(p, e->service)
                               : !is_about(u, p, e->client))
            continue;
        draw_record(u, p, e, draw);
        if (!(trace = tb__meet(u, w, p, e, draw, seen & p->datum_bit)))
            continue;
        seen |= p->datum_bit;
        if (trail)
            tb__leaves_trail(p, trace, trail);
    }
}

void tb__trigger_visit(struct unit *u, struct worker *w, bool deviates,
                       const struct event *e, struct trail *trail)
{
    tb__trigger_of_visit(u, w, deviates, e, trail);
}

void tb__trigger(struct unit *u, struct worker *w, enum trigger trigger,
                 const struct event *e, struct trail *trail)
{
    if (e->draw)
        tb__trigger_ahead(u, w, TRIGGER_CALL, true, e, trail);
    else
        trigger_now(u, w, trigger, e, trail);
}

/* Fills the rows of n events, `length` doubles each, with what is drawn for a trigger's records. */
void tb__draw_records(const struct unit *u, enum trigger trigger, int service, int n,
                      const uint32_t *index, const uint32_t *entity, double *row,
                      int length)
{
    const struct world *world = u->world;

    for (int i = 0; i < world->triggered_count[trigger]; i++) {
        const struct obligation_plan *p = world->triggered[trigger][i];
        const struct stream *s = &u->record_stream[p->id];

        if (p->service != NONE && p->service != service)
            continue; /* nobody looks at its place in the row */
        if (service != NONE && !is_met_by_call(p, service)) {
            for (int k = 0; k < n; k++)
                row[(ptrdiff_t)k * length + p->draw] = TB__NONE;
            continue;
        }
        tb__uniforms_ahead(s, n, index, entity, PURPOSE_RECORD, row + p->draw, length);
        tb__variates_if(&p->minutes, p->probability, n, row + p->draw, length);
        for (int k = 1; k < p->receivers && p->copy_draw >= 0; k++)
            tb__uniforms_ahead(s, n, index, entity, PURPOSE_COPY | (uint32_t)k << 8,
                               row + p->copy_draw + 2 * (k - 1), length);
    }
}

/* Numbers of the week, month, quarter and year that hold a week, from 1. A month is a third of a
 * quarter of thirteen weeks. Longer periods begin in different weeks for different entities, so that
 * what is due once a year is spread over the year. */
static void period_numbers(int32_t week, uint32_t entity, int32_t number[4])
{
    const int32_t of_quarter = (int32_t)(entity % 13), of_year = (int32_t)(entity % 52);

    number[0] = tb__week_number(week);
    number[1] = (3 * week + of_quarter) / 13 + 1;
    number[2] = (week + of_quarter) / 13 + 1;
    number[3] = (week + of_year) / 52 + 1;
}

int32_t tb__period(int k, int32_t week, uint32_t entity)
{
    int32_t number[4];

    period_numbers(week, entity, number);
    return number[k];
}

void tb__periods_open(const struct world *w, uint32_t entity, int32_t seen[4])
{
    period_numbers(PERIOD_BIAS - w->warmup - 1, entity, seen);
}

enum {
    PERSON_BITS = 20
}; /* numbers of periods stay below; the first person has the client's */

/* Address of a person's record of a period. */
static uint32_t person_of(uint32_t number, int person)
{
    return number | (uint32_t)person << PERSON_BITS;
}

/* An obligation meets a period of a worker, a client, a person in it, or the unit. */
static void meet_period(struct unit *u, struct worker *w, const struct obligation_plan *p,
                        uint32_t index, uint32_t entity, int client)
{
    const struct event e = {index, entity, client, NONE, NULL};
    double draw[2];

    draw_record(u, p, &e, draw);
    tb__meet(u, w, p, &e, draw, false);
}

/* Periodic obligations: a period's records are called for when its worker, its client or the unit is
 * first met in it. */
static void periods(struct unit *u, struct worker *w, int per, uint32_t entity,
                    int client, int32_t seen[4])
{
    int32_t number[4];

    if (!tb__periods_turn(u, seen))
        return;
    period_numbers(tb__calendar_week(u), entity, number);
    for (int k = 0; k < 4; k++) {
        const int trigger = TRIGGER_WEEK + k;

        if (seen[k] == number[k])
            continue;
        seen[k] = number[k];
        for (int i = 0; i < u->world->triggered_count[trigger]; i++) {
            const struct obligation_plan *p = u->world->triggered[trigger][i];

            if (per == PER_CLIENT && !is_about(u, p, client))
                continue;
            if (p->per == per)
                meet_period(u, w, p, (uint32_t)number[k], entity, client);
            else if (p->per == PER_PERSON && per == PER_CLIENT)
                for (int person = 0; person < u->world->client[client].people; person++)
                    meet_period(u, w, p, person_of((uint32_t)number[k], person), entity,
                                client);
        }
    }
}

void tb__trigger_periodic(struct unit *u, struct worker *w, int client)
{
    if (client >= 0) {
        periods(u, w, PER_CLIENT, u->world->client[client].entity, client,
                u->client[client].period_seen);
        return;
    }
    if (!w->temp)
        periods(u, w, PER_WORKER, u->world->worker[w->id].entity, NONE, w->period_seen);
    periods(u, w, PER_UNIT, u->world->unit_entity, NONE, u->period_seen);
}
