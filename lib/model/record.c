/* Records: what calls for them, when they are written, and what is left unwritten. */
#include "model/unit.h"

#include <string.h>

enum { MOST_OWED = 4000000 };

static const struct obligation_plan *plan_of(const struct unit *u, int o)
{
    return &u->world->obligation[o];
}

static bool may_write(const struct unit *u, const struct worker *w,
                      const struct obligation_plan *o)
{
    return o->role == ANY_ROLE || u->world->worker[w->id].role == o->role;
}

/* What a record takes when it is written `delay` after its trigger. */
static tb_time dearer(const struct obligation_plan *o, tb_time minutes, tb_time delay)
{
    double share;

    if (o->delay_cost <= 0 || delay <= 0)
        return minutes;
    share = o->delay_cost * (double)delay / (double)TB__HOUR;
    return (tb_time)((double)minutes * (1 + (share < 1 ? share : 1)) + 0.5);
}

/* From now on it can be read. */
static inline void keep(struct unit *u, const struct worker *w, int o, int client)
{
    const int at = client >= 0 ? client : u->world->clients;

    u->written[at * u->world->obligations + o] = w->clock;
}

static inline void count_written(struct unit *u, struct worker *w, int o, tb_time ms)
{
    w->week_records += w->temp ? 0 : ms;
    u->ledger.now->obligation[o].written++;
}

/* Books the minutes of one record with its copies at the worker's clock. */
static inline void book(struct unit *u, struct worker *w, const struct obligation_plan *p,
                        int o, int client, tb_time ms)
{
    tb__spend(u, w, (enum column)p->column, ms, client, o);
    count_written(u, w, o, ms);
    keep(u, w, o, client);
}

/* The same of what is told: nothing is left to be read. */
TB__NOINLINE static void book_talk(struct unit *u, struct worker *w, int o, int client,
                                   tb_time ms)
{
    tb__spend(u, w, DIALOGUE, ms, client, o);
    u->ledger.now->obligation[o].told++;
}

/* Counts the copies among the writings of one record, each of which took `ms`: those that entered
 * it again, and the record itself when its datum existed. */
TB__NOINLINE static void count_copies(struct unit *u, int o, int reentries,
                                      bool duplicate, tb_time ms)
{
    struct obligation_tally *t = &u->ledger.now->obligation[o];
    const int copies = reentries + duplicate;

    t->reentries += reentries;
    t->copies += copies;
    t->copy_ms += copies * ms;
}

/* It is there now, and so is what other systems take from it; control looks at it. */
TB__COLD static void show(struct unit *u, struct worker *w, struct owed r)
{
    for (int o = 0; r.carries >> o; o++)
        if (r.carries >> o & 1)
            keep(u, w, o, r.client);
    if (r.harm)
        tb__look_at(u, w, &r);
}

/* Writes a record that was owed. */
static inline void write(struct unit *u, struct worker *w, const struct owed *r)
{
    const struct obligation_plan *p = plan_of(u, r->obligation);
    struct obligation_tally *t = &u->ledger.now->obligation[r->obligation];
    const tb_time delay = w->clock - r->since;
    const tb_time ms = dearer(p, r->minutes, delay);

    t->delay_ms += delay;
    t->late += delay > p->deadline;
    if (r->told) {
        book_talk(u, w, r->obligation, r->client, ms);
        return;
    }
    if (r->reentries || r->duplicate)
        count_copies(u, r->obligation, r->reentries, r->duplicate, ms / (1 + r->reentries));
    book(u, w, p, r->obligation, r->client, ms);
    if (r->carries || r->harm)
        show(u, w, *r);
}

/* Room for more records that are owed; false, with the unit's status set, when there is none. */
TB__COLD static bool more_owed(struct unit *u)
{
    const int room = 2 * u->owed_room;
    struct owed *more =
        room > MOST_OWED ? NULL : tb__arena_room(u->arena, (size_t)room, sizeof *more);

    if (!more) {
        u->status = tb__fail(u->err, room > MOST_OWED ? TB_ERR_LIMIT : TB_ERR_MEMORY,
                             "records: more than %d are waiting to be written", u->oweds);
        return false;
    }
    memcpy(more, u->owed, (size_t)u->oweds * sizeof *more);
    u->owed = more;
    u->owed_room = room;
    return true;
}

/* A place in the pool of owed records; NONE when there is none. */
static inline int new_owed(struct unit *u)
{
    const int at = u->owed_free;

    if (at != NONE) {
        u->owed_free = u->owed[at].next;
        return at;
    }
    return u->oweds < u->owed_room || more_owed(u) ? u->oweds++ : NONE;
}

static void append(struct unit *u, struct list *list, int at)
{
    u->owed[at].next = NONE;
    if (list->first == NONE)
        list->first = at;
    else
        u->owed[list->last].next = at;
    list->last = at;
}

/* A record that the worker owes, or nobody in particular, at the end of its list; NONE when there is
 * no room. */
static inline int owe(struct unit *u, struct worker *w, const struct obligation_plan *p,
                      int client, tb_time minutes, int copies, struct list *list)
{
    const int at = new_owed(u);
    struct owed *r;

    if (at == NONE)
        return NONE;
    r = &u->owed[at];
    r->obligation = p->id;
    r->client = client;
    r->minutes = minutes;
    r->since = w->clock;
    r->reentries = copies;
    r->told = r->duplicate = false;
    r->carries = 0;
    r->harm = 0;
    append(u, list, at);
    if (list == &w->closing)
        w->closing_ms += minutes;
    return at;
}

/* Whether one receiver has the record entered again, or told again: what is told no system transfers. */
static inline bool enters_again(const struct unit *u, const struct obligation_plan *p,
                                const double draw[2], bool told)
{
    return draw[0] < p->reentry &&
           (told || !tb__answers(u, M_RECORDS) ||
            !tb__records_transferred(&u->world->set.regime.records, draw[1]));
}

/* How often other receivers do. */
TB__NOINLINE static int copies_drawn_now(const struct unit *u,
                                         const struct obligation_plan *p,
                                         const struct event *e, bool told)
{
    int copies = 0;

    for (int receiver = 1; receiver < p->receivers; receiver++) {
        double draw[2];

        tb__uniforms(&u->record_stream[p->id], e->index, e->entity,
                     PURPOSE_COPY | (uint32_t)receiver << 8, draw);
        copies += enters_again(u, p, draw, told);
    }
    return copies;
}

static inline int copies_of(const struct unit *u, const struct obligation_plan *p,
                            const struct event *e, bool told)
{
    int copies = 0;

    if (p->reentry <= 0)
        return 0;
    if (!e->draw || p->copy_draw < 0)
        return copies_drawn_now(u, p, e, told);
    for (int k = 0; k < p->receivers - 1; k++)
        copies += enters_again(u, p, e->draw + p->copy_draw + 2 * k, told);
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

/* What an obligation that met its trigger leaves to be read and looked at. */
enum trace { NO_TRACE, THERE, OWED };

/* A record of a datum that another one holds: it is there as soon as that one is. */
static enum trace transfer(struct unit *u, const struct worker *w,
                           const struct obligation_plan *p, int client)
{
    const int at = u->original[p->datum];

    if (!p->written)
        return NO_TRACE;
    if (at == NONE) {
        keep(u, w, p->id, client);
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
    return !may_write(u, w, p)                ? &u->orphans
           : p->timing == TIMING_END_OF_SHIFT ? &w->closing
                                              : &w->records;
}

/* One obligation meets one trigger; draw: its minutes (ms) or TB__NONE, and whether its datum is
 * transferred. */
static enum trace meet(struct unit *u, struct worker *w, const struct obligation_plan *p,
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
    told = (p->either || !p->written) && is_told(u, p, e);
    ms = (tb_time)(draw[0] + 0.5);
    copies = copies_of(u, p, e, told);
    if (told && p->either)
        ms = (tb_time)((double)ms * u->world->set.regime.dialogue.oral_pace + 0.5);
    if (p->timing == TIMING_AT_ONCE && may_write(u, w, p)) {
        if (told) {
            book_talk(u, w, p->id, e->client, ms * (1 + copies));
            return NO_TRACE;
        }
        if (copies + datum_exists)
            count_copies(u, p->id, copies, datum_exists, ms);
        book(u, w, p, p->id, e->client, ms * (1 + copies));
        if (!datum_exists)
            u->original[p->datum] = NONE;
        return THERE;
    }
    at = owe(u, w, p, e->client, ms * (1 + copies), copies, writer_of(u, w, p));
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

/* The same where the obligation is plain. */
static inline enum trace meet_plain(struct unit *u, struct worker *w,
                                    const struct obligation_plan *p,
                                    const struct event *e, double drawn)
{
    const tb_time ms = (tb_time)(drawn + 0.5);

    if (p->written)
        book(u, w, p, p->id, e->client, ms);
    else
        book_talk(u, w, p->id, e->client, ms);
    return p->written ? THERE : NO_TRACE;
}

/* The same where the obligation is alone. */
static inline enum trace meet_alone(struct unit *u, struct worker *w,
                                    const struct obligation_plan *p,
                                    const struct event *e, double drawn)
{
    const int copies = copies_of(u, p, e, false);
    const tb_time ms = (tb_time)(drawn + 0.5);
    int at;

    if (p->timing == TIMING_AT_ONCE) {
        if (copies)
            count_copies(u, p->id, copies, false, ms);
        book(u, w, p, p->id, e->client, ms * (1 + copies));
        return THERE;
    }
    at = owe(u, w, p, e->client, ms * (1 + copies), copies,
             p->timing == TIMING_END_OF_SHIFT ? &w->closing : &w->records);
    u->owed_of[p->id] = at;
    return at == NONE ? NO_TRACE : OWED;
}

/* Control looks at what a trigger leaves: whoever does may find something in it. */
static inline void leaves_trail(const struct obligation_plan *p, enum trace trace,
                                struct trail *trail)
{
    *(trace == OWED ? &trail->owed : &trail->there) |= p->look_bit;
}

static bool concerns(const struct obligation_plan *p, const struct event *e)
{
    return p->service == NONE || p->service == e->service;
}

/* The same for a trigger whose uniforms were not drawn ahead. */
TB__NOINLINE static void trigger_now(struct unit *u, struct worker *w, enum trigger trigger,
                                     const struct event *e, struct trail *trail)
{
    uint64_t seen = 0;

    for (int i = 0; i < u->world->triggered_count[trigger]; i++) {
        const struct obligation_plan *p = u->world->triggered[trigger][i];
        double draw[2];
        enum trace trace;

        if (!concerns(p, e))
            continue;
        draw_record(u, p, e, draw);
        if (!(trace = meet(u, w, p, e, draw, seen & p->datum_bit)))
            continue;
        seen |= p->datum_bit;
        if (trail)
            leaves_trail(p, trace, trail);
    }
}

/* The same for one whose uniforms were: a visit, its deviation or a call. */
TB__ALWAYS_INLINE void trigger_ahead(struct unit *u, struct worker *w, enum trigger trigger,
                                     const struct event *e, struct trail *trail)
{
    const struct obligation_plan *const *next = u->world->triggered[trigger];
    const struct obligation_plan *p;
    uint64_t seen = 0; /* data recorded for this trigger so far */

    while ((p = *next++)) {
        const double *draw = e->draw + p->draw;
        enum trace trace;

        if (draw[0] <= TB__NONE || (trigger == TRIGGER_CALL && !concerns(p, e)))
            continue;
        if (p->plain)
            trace = meet_plain(u, w, p, e, draw[0]);
        else if (p->alone)
            trace = meet_alone(u, w, p, e, draw[0]);
        else if ((trace = meet(u, w, p, e, draw, seen & p->datum_bit)))
            seen |= p->datum_bit;
        if (trace && trail)
            leaves_trail(p, trace, trail);
    }
}

void tb__trigger_visit(struct unit *u, struct worker *w, bool deviates,
                       const struct event *e, struct trail *trail)
{
    struct trail left = {0};

    for (int i = !deviates; i < 2; i++)
        trigger_ahead(u, w, i ? TRIGGER_VISIT : TRIGGER_DEVIATION, e, &left);
    *trail = left;
}

void tb__trigger(struct unit *u, struct worker *w, enum trigger trigger,
                 const struct event *e, struct trail *trail)
{
    if (e->draw)
        trigger_ahead(u, w, TRIGGER_CALL, e, trail);
    else
        trigger_now(u, w, trigger, e, trail);
}

/* Fills the rows of n events, `length` doubles each, with what is drawn for a trigger's records. */
void tb__draw_records(const struct unit *u, enum trigger trigger, int n,
                      const uint32_t *index, const uint32_t *entity, double *row,
                      int length)
{
    const struct world *world = u->world;

    for (int i = 0; i < world->triggered_count[trigger]; i++) {
        const struct obligation_plan *p = world->triggered[trigger][i];
        const struct stream *s = &u->record_stream[p->id];

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
            const struct event e = {(uint32_t)number[k], entity, client, NONE, NULL};
            double draw[2];

            if (p->per != per)
                continue;
            draw_record(u, p, &e, draw);
            meet(u, w, p, &e, draw, false);
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

void tb__write_first(struct unit *u, struct worker *w, struct list *list)
{
    const int at = list->first;

    list->first = u->owed[at].next;
    if (list == &w->closing)
        w->closing_ms -= u->owed[at].minutes;
    write(u, w, &u->owed[at]);
    u->owed[at].next = u->owed_free;
    u->owed_free = at;
}

/* Takes the first orphan that the worker may write to the front of its own list. */
bool tb__adopt(struct unit *u, struct worker *w)
{
    int before = NONE;

    if (w->temp)
        return false;
    for (int at = u->orphans.first; at != NONE; before = at, at = u->owed[at].next) {
        if (!may_write(u, w, plan_of(u, u->owed[at].obligation)))
            continue;
        if (before == NONE)
            u->orphans.first = u->owed[at].next;
        else
            u->owed[before].next = u->owed[at].next;
        if (u->orphans.last == at)
            u->orphans.last = before;
        append(u, &w->records, at);
        return true;
    }
    return false;
}

bool tb__has_records(const struct worker *w)
{
    return w->records.first != NONE || w->closing.first != NONE;
}

void tb__write_closing(struct unit *u, struct worker *w, tb_time limit)
{
    while (w->clock < limit && w->closing.first != NONE)
        tb__write_first(u, w, &w->closing);
    while (w->clock < limit && w->records.first != NONE)
        tb__write_first(u, w, &w->records);
}

void tb__orphan_records(struct unit *u, struct worker *w)
{
    struct list *lists[2] = {&w->closing, &w->records};

    for (int i = 0; i < 2; i++)
        while (lists[i]->first != NONE) {
            const int at = lists[i]->first;
            lists[i]->first = u->owed[at].next;
            append(u, &u->orphans, at);
        }
    w->closing_ms = 0;
}

static tb_time sum_of(const struct unit *u, const struct list *list)
{
    tb_time sum = 0;

    for (int at = list->first; at != NONE; at = u->owed[at].next)
        sum += u->owed[at].minutes;
    return sum;
}

void tb__sample_backlog(struct unit *u)
{
    struct counts *c = &u->ledger.now->count;

    c->backlog_ms += sum_of(u, &u->orphans);
    for (int i = 0; i < u->world->workers; i++)
        c->backlog_ms +=
            sum_of(u, &u->worker[i].records) + sum_of(u, &u->worker[i].closing);
    c->backlog_samples++;
}
