/* Records that are owed: who writes them when, in parts where a gap is short; which are late.
 *
 * A worker has a list of records for gaps and one for the end of the shift; a record that its author
 * may not write, or left, stands among the orphans of its role. */
#include "model/record.h"

#include <string.h>

enum {
    MOST_OWED = 4000000,
    LOOKS = 16,             /* records that are tried before one is written in parts */
    LEAST_PART = TB__MINUTE /* no shorter gap is used for a part */
};

/* What a record takes when it is written `delay` after its trigger. */
static tb_time dearer(const struct obligation_plan *o, tb_time minutes, tb_time delay)
{
    double share;

    if (o->delay_cost <= 0 || delay <= 0)
        return minutes;
    share = o->delay_cost * (double)delay / (double)TB__HOUR;
    return (tb_time)((double)minutes * (1 + (share < 1 ? share : 1)) + 0.5);
}

static tb_time takes(const struct unit *u, const struct owed *r, tb_time when)
{
    return dearer(tb__obligation_of(u, r->obligation), r->minutes, when - r->since);
}

/* Lists ---------------------------------------------------------------------------------------- */

TB__COLD bool tb__more_owed(struct unit *u)
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

/* Takes a record out of a list; before: the one that stands before it, NONE for the first. */
static void drop(struct unit *u, struct list *list, int before, int at)
{
    *(before == NONE ? &list->first : &u->owed[before].next) = u->owed[at].next;
    if (list->last == at)
        list->last = before;
}

static void append_gap(struct unit *u, struct worker *w, int at)
{
    tb__append_owed(u, &w->records, at);
    w->records_ms += u->owed[at].minutes;
}

static void append_orphan(struct unit *u, int at)
{
    tb__append_owed(u, &u->orphans[tb__obligation_of(u, u->owed[at].obligation)->role + 1],
                    at);
    u->orphan_count++;
}

void tb__set_aside(struct unit *u, struct worker *w, struct owed *r)
{
    r->aside = takes(u, r, w->until > r->since ? w->until : r->since);
    w->closing_ms += r->aside;
}

/* The list, if any, with the record that has waited longest for somebody like the worker. */
static struct list *orphans_for(struct unit *u, const struct worker *w)
{
    struct list *any = &u->orphans[0], *own = &u->orphans[u->world->worker[w->id].role + 1];

    if (w->temp)
        return NULL;
    if (any->first == NONE || own->first == NONE)
        return any->first != NONE ? any : own->first != NONE ? own : NULL;
    return u->owed[own->first].since < u->owed[any->first].since ? own : any;
}

TB__NOINLINE static bool adopt(struct unit *u, struct worker *w)
{
    struct list *from = orphans_for(u, w);
    int at;

    if (!from)
        return false;
    at = from->first;
    drop(u, from, NONE, at);
    u->orphan_count--;
    append_gap(u, w, at);
    w->left_ms -= w->left_ms < u->owed[at].minutes ? w->left_ms : u->owed[at].minutes;
    return true;
}

void tb__orphan_records(struct unit *u, struct worker *w)
{
    struct list *lists[2] = {&w->closing, &w->records};

    for (int i = 0; i < 2; i++)
        while (lists[i]->first != NONE) {
            const int at = lists[i]->first;

            drop(u, lists[i], NONE, at);
            append_orphan(u, at);
        }
    w->closing_ms = w->records_ms = 0;
}

/* Records that are still to be written, and what they may bring to light, are about a former client. */
void tb__client_left(struct unit *u, int client)
{
    for (int i = 0; i < u->oweds; i++) /* places that are free say nothing */
        if (u->owed[i].client == client)
            u->owed[i].client = tb__former(client);
    for (int i = 1; i <= u->harms; i++)
        if (u->harm[i].client == client)
            u->harm[i].client = tb__former(client);
}

/* Writing -------------------------------------------------------------------------------------- */

/* It is there now, and so is what other systems take from it; control looks at it. */
TB__COLD static void show(struct unit *u, struct worker *w, struct owed r)
{
    for (int o = 0; r.carries >> o; o++)
        if (r.carries >> o & 1)
            tb__keep(u, w, o, r.client);
    if (r.harm)
        tb__look_at(u, w, &r);
}

static bool is_late(const struct unit *u, const struct owed *r, tb_time now)
{
    return now - r->since > tb__obligation_of(u, r->obligation)->deadline;
}

/* The wait of a record that ends now, or with the unit's life: each has one. An orphan may be taken
 * while its author is still busy at the visit that called for it: it has not waited. */
static void count_delay(struct unit *u, const struct owed *r, tb_time now)
{
    struct obligation_tally *t = &u->ledger.now->obligation[r->obligation];

    t->delay_ms += now > r->since ? now - r->since : 0;
    t->late += is_late(u, r, now);
}

/* The last ms of a record. */
static inline void finish(struct unit *u, struct worker *w, const struct owed *r, tb_time ms)
{
    const struct obligation_plan *p = tb__obligation_of(u, r->obligation);

    count_delay(u, r, w->clock);
    if (r->told) {
        tb__book_talk(u, w, r->obligation, r->client, ms);
        return;
    }
    if (r->reentries || r->duplicate)
        tb__count_copies(u, r->obligation, r->reentries, r->duplicate,
                         (r->spent + ms) / (1 + r->reentries) * tb__present(u, w));
    tb__book_record(u, w, p, r->client, ms);
    if (r->carries || r->harm)
        show(u, w, *r);
}

/* A part of a record that takes `all` from now on. */
static void write_part(struct unit *u, struct worker *w, struct owed *r, tb_time all,
                       tb_time part)
{
    const tb_time done = all == r->minutes
                             ? part
                             : (tb_time)((double)r->minutes * (double)part / (double)all);

    if (r->told)
        tb__spend(u, w, (enum column)tb__obligation_of(u, r->obligation)->told_column,
                  part, r->client, r->obligation);
    else
        tb__book_writing(u, w, tb__obligation_of(u, r->obligation), r->client, part);
    u->ledger.now->obligation[r->obligation].parts++;
    r->minutes -= done;
    r->spent += part;
}

/* Writes the whole of a record, which takes `ms`. */
TB__ALWAYS_INLINE void write_whole(struct unit *u, struct worker *w, struct list *list,
                                   int before, int at, tb_time ms)
{
    if (list == &w->closing)
        w->closing_ms -= u->owed[at].aside;
    else
        w->records_ms -= u->owed[at].minutes;
    drop(u, list, before, at);
    finish(u, w, &u->owed[at], ms);
    u->owed[at].next = u->owed_free; /* the pool may have moved: control calls for records */
    u->owed_free = at;
}

/* The same of a record of a list, whose sum it keeps. */
static void write_part_of(struct unit *u, struct worker *w, const struct list *list,
                          struct owed *r, tb_time all, tb_time part)
{
    const tb_time before = r->minutes;

    write_part(u, w, r, all, part);
    if (list == &w->closing) {
        w->closing_ms -= r->aside;
        tb__set_aside(u, w, r);
    } else {
        w->records_ms -= before - r->minutes;
    }
}

/* Takes up what somebody may be called away from: `part` of the `all` that it takes. */
TB__NOINLINE static void take_up(struct unit *u, struct worker *w, bool closing, int at,
                                 tb_time all, tb_time part)
{
    w->doing = WRITING;
    w->writes = at;
    w->write_ms = all;
    w->writes_closing = closing;
    tb__queue_set(&u->queue, w->slot, w->clock + part);
}

/* The same, if somebody may. */
static inline bool begin_writing(struct unit *u, struct worker *w, const struct list *list,
                                 int at, tb_time all, tb_time part)
{
    if (!tb__obligation_of(u, u->owed[at].obligation)->interruptible)
        return false;
    take_up(u, w, list == &w->closing, at, all, part);
    return true;
}

/* Writes the first record of a list, for at most `room`. */
static void write_first(struct unit *u, struct worker *w, struct list *list, tb_time room)
{
    struct owed *r = &u->owed[list->first];
    const tb_time ms = takes(u, r, w->clock);

    if (ms <= room) {
        write_whole(u, w, list, NONE, list->first, ms);
        return;
    }
    write_part_of(u, w, list, r, ms, room);
}

/* The oldest is too long: one of those behind it, or a part of it. */
TB__NOINLINE static bool write_another(struct unit *u, struct worker *w, tb_time room)
{
    int before = w->records.first, at = u->owed[before].next;

    for (int i = 1; i < LOOKS && at != NONE; i++, before = at, at = u->owed[at].next) {
        const tb_time ms = takes(u, &u->owed[at], w->clock);

        if (ms <= room) {
            if (!begin_writing(u, w, &w->records, at, ms, ms))
                write_whole(u, w, &w->records, before, at, ms);
            return true;
        }
    }
    if (room < LEAST_PART)
        return false;
    at = w->records.first;
    if (!begin_writing(u, w, &w->records, at, takes(u, &u->owed[at], w->clock), room))
        write_first(u, w, &w->records, room);
    return true;
}

/* Writes one record of those for gaps, or a part of one; false when `room` holds none. */
TB__ALWAYS_INLINE bool write_one(struct unit *u, struct worker *w, tb_time room)
{
    int at;
    tb_time ms;

    if (room <= 0 || (w->records.first == NONE && !adopt(u, w)))
        return false;
    at = w->records.first;
    ms = takes(u, &u->owed[at], w->clock);
    if (ms > room)
        return write_another(u, w, room);
    if (!begin_writing(u, w, &w->records, at, ms, ms))
        write_whole(u, w, &w->records, NONE, at, ms);
    return true;
}

/* Breaks off what somebody writes; returns whether the whole of it is done. */
static bool leave_off(struct unit *u, struct worker *w)
{
    struct list *list = w->writes_closing ? &w->closing : &w->records;
    const tb_time spent = u->now - w->clock;
    int before = NONE;

    if (spent < w->write_ms) {
        if (spent > 0)
            write_part_of(u, w, list, &u->owed[w->writes], w->write_ms, spent);
        return false;
    }
    for (int at = list->first; at != w->writes; at = u->owed[at].next)
        before = at;
    write_whole(u, w, list, before, w->writes, spent);
    return true;
}

void tb__stop_writing(struct unit *u, struct worker *w)
{
    leave_off(u, w);
}

void tb__written(struct unit *u, struct worker *w)
{
    leave_off(u, w);
    if (w->clock > u->now) /* what it brought to light has called for records */
        tb__chain_ends(u, w);
    else
        tb__next_work(u, w);
}

void tb__cut_writing(struct unit *u, struct worker *w)
{
    const int obligation = u->owed[w->writes].obligation;

    if (leave_off(u, w))
        return; /* it was done just now */
    u->ledger.now->obligation[obligation].cuts++;
    u->ledger.now->count.interruptions++;
}

/* Records of the end of the shift end with it. */
void tb__write_in_gap(struct unit *u, struct worker *w, tb_time until)
{
    const bool closes = w->route == NONE && w->closing.first != NONE;
    const tb_time closing = w->until - w->closing_ms;

    if (write_one(u, w, (closes && closing < until ? closing : until) - w->clock)) {
        if (w->doing != WRITING)
            tb__chain_ends(u, w);
    } else {
        tb__gap_goes_by(u, w, until);
    }
}

bool tb__has_records(const struct worker *w)
{
    return w->records.first != NONE || w->closing.first != NONE;
}

static bool may_be_cut(const struct unit *u, int at)
{
    return tb__obligation_of(u, u->owed[at].obligation)->interruptible;
}

static void begin_first(struct unit *u, struct worker *w, const struct list *list,
                        tb_time room)
{
    const tb_time ms = takes(u, &u->owed[list->first], w->clock);

    begin_writing(u, w, list, list->first, ms, ms < room ? ms : room);
}

void tb__write_closing(struct unit *u, struct worker *w, tb_time limit)
{
    struct list *lists[2] = {&w->closing, &w->records};

    for (int i = 0; i < 2; i++)
        while (w->clock < limit && lists[i]->first != NONE) {
            if (limit <= w->until && may_be_cut(u, lists[i]->first)) {
                if (w->clock == u->now) /* otherwise when what was written until then ends */
                    begin_first(u, w, lists[i], limit - w->clock);
                return;
            }
            write_first(u, w, lists[i], limit - w->clock);
        }
}

void tb__closing_anew(struct unit *u, struct worker *w)
{
    w->closing_ms = 0;
    for (int at = w->closing.first; at != NONE; at = u->owed[at].next)
        tb__set_aside(u, w, &u->owed[at]);
}

/* What is left --------------------------------------------------------------------------------- */

/* Sums what a list still takes. */
static tb_time left_in(const struct unit *u, const struct list *list)
{
    tb_time sum = 0;

    for (int at = list->first; at != NONE; at = u->owed[at].next)
        sum += u->owed[at].minutes;
    return sum;
}

void tb__sample_backlog(struct unit *u)
{
    struct counts *c = &u->ledger.now->count;

    for (int i = 0; i < WRITERS; i++)
        c->backlog_ms += left_in(u, &u->orphans[i]);
    for (int i = 0; i < u->world->workers; i++)
        c->backlog_ms +=
            left_in(u, &u->worker[i].records) + left_in(u, &u->worker[i].closing);
    c->backlog_samples++;
}

static void count_overdue_in(struct unit *u, const struct list *list)
{
    for (int at = list->first; at != NONE; at = u->owed[at].next) {
        const struct owed *r = &u->owed[at];

        if (!is_late(u, r, u->now))
            continue;
        count_delay(u, r, u->now);
        u->ledger.now->obligation[r->obligation].overdue++;
    }
}

void tb__count_overdue(struct unit *u)
{
    for (int i = 0; i < WRITERS; i++)
        count_overdue_in(u, &u->orphans[i]);
    for (int i = 0; i < u->world->workers; i++) {
        count_overdue_in(u, &u->worker[i].records);
        count_overdue_in(u, &u->worker[i].closing);
    }
}
