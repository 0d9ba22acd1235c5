/* model/record.h: what a record is while it is made: shared by those that are made at once
 * (record.c) and those that are owed (owed.c). */
#ifndef TB_MODEL_RECORD_H
#define TB_MODEL_RECORD_H

#include "model/unit.h"

static inline const struct obligation_plan *tb__obligation_of(const struct unit *u, int o)
{
    return &u->world->obligation[o];
}

static inline bool tb__may_write(const struct unit *u, const struct worker *w,
                                 const struct obligation_plan *o)
{
    return o->role == ANY_ROLE || u->world->worker[w->id].role == o->role;
}

/* From now on it can be read. What is about nobody, or about somebody who has left, stands in the last
 * row, where records that are about clients are looked for by nobody. */
static inline void tb__keep(struct unit *u, const struct worker *w, int o, int client)
{
    const int at = client >= 0 ? client : u->world->clients;

    u->written[at * u->world->obligations + o] = w->clock;
}

/* Books minutes of a record with its copies at the worker's clock; it need not be done then. */
static inline void tb__book_writing(struct unit *u, struct worker *w,
                                    const struct obligation_plan *p, int client, tb_time ms)
{
    tb__spend(u, w, (enum column)p->column, ms, client, p->id);
    w->week_records += w->temp ? 0 : ms & p->strains;
}

/* The record is done. */
static inline void tb__book_record(struct unit *u, struct worker *w,
                                   const struct obligation_plan *p, int client, tb_time ms)
{
    tb__book_writing(u, w, p, client, ms);
    u->ledger.now->obligation[p->id].written++;
    tb__keep(u, w, p->id, client);
}

/* The same of what is told: nothing is left to be read. */
static inline void tb__book_talk(struct unit *u, struct worker *w, int o, int client,
                                 tb_time ms)
{
    tb__spend(u, w, (enum column)tb__obligation_of(u, o)->told_column, ms, client, o);
    u->ledger.now->obligation[o].told++;
}

/* Counts the copies among the writings of one record, each of which took `ms` of people: those that entered
 * it again, and the record itself when its datum existed. */
static inline void tb__count_copies(struct unit *u, int o, int reentries, bool duplicate,
                                    tb_time ms)
{
    struct obligation_tally *t = &u->ledger.now->obligation[o];
    const int copies = reentries + duplicate;

    t->reentries += reentries;
    t->copies += copies;
    t->copy_ms += copies * ms;
}

/* owed.c: room for more of them; false, with the unit's status set, when there is none. */
TB__COLD bool tb__more_owed(struct unit *u);

/* Sets time aside at the end of the shift for a record of then. */
void tb__set_aside(struct unit *u, struct worker *w, struct owed *r);

static inline void tb__append_owed(struct unit *u, struct list *list, int at)
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
static inline int tb__owe(struct unit *u, struct worker *w, const struct obligation_plan *p,
                          int client, tb_time minutes, int copies, struct list *list)
{
    const int free = u->owed_free;
    struct owed *r;
    int at = free;

    if (free != NONE)
        u->owed_free = u->owed[free].next;
    else if (u->oweds < u->owed_room || tb__more_owed(u))
        at = u->oweds++;
    else
        return NONE;
    r = &u->owed[at];
    r->obligation = p->id;
    r->client = client;
    r->minutes = minutes;
    r->since = w->clock;
    r->spent = 0;
    r->reentries = copies;
    r->told = r->duplicate = false;
    r->carries = 0;
    r->harm = 0;
    tb__append_owed(u, list, at);
    if (list == &w->records)
        w->records_ms += minutes;
    else if (list == &w->closing)
        tb__set_aside(u, w, r);
    else
        u->orphan_count++;
    return at;
}

#endif
