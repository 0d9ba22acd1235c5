/* What a log keeps beside stretches of time: planned visits, and shifts. */
#include "model/notes.h"

#include "kernel/alloc.h"
#include "model/unit.h"

/* The next of `count` items that are kept, with room for it; NULL, and a mark, when memory has run
 * out. */
static void *next_of(struct notes *n, void **items, int64_t *count, int64_t *room,
                     size_t size)
{
    if (*count == *room) {
        const int64_t more = *room ? 2 * *room : 1024;
        void *larger = tb__realloc(*items, (size_t)more, size);

        if (!larger) {
            n->failed = true;
            return NULL;
        }
        *items = larger;
        *room = more;
    }
    return (char *)*items + (size_t)(*count)++ * size;
}

static struct visit_note *next_visit(struct notes *n)
{
    void *items = n->visit;
    struct visit_note *next =
        next_of(n, &items, &n->visits, &n->visit_room, sizeof *n->visit);

    n->visit = items;
    return next;
}

static struct shift_note *next_shift(struct notes *n)
{
    void *items = n->shift;
    struct shift_note *next =
        next_of(n, &items, &n->shifts, &n->shift_room, sizeof *n->shift);

    n->shift = items;
    return next;
}

void tb__notes_clear(struct notes *n)
{
    tb__free(n->visit);
    tb__free(n->shift);
    *n = (struct notes){.visit = NULL};
}

/* When the worker left the client: after what was recorded there at once. */
static tb_time left_at(const struct ledger *l, int worker, tb_time ended)
{
    tb_time left = ended;

    for (int64_t i = l->logged - 1; i >= 0; i--) {
        const struct stretch *s = &l->log[i];

        if (s->worker != worker || s->from < ended)
            break;
        if (s->column == RECORDS_PRESENCE && s->to > left)
            left = s->to;
    }
    return left;
}

void tb__note_given(struct notes *n, const struct unit *u, const struct worker *w,
                    const struct visit *v, tb_time begun, tb_time ended)
{
    struct visit_note *note = next_visit(n);

    if (note)
        *note = (struct visit_note){.planned = v->planned,
                                    .granted = v->slot->granted,
                                    .opens = v->opens,
                                    .closes = v->closes,
                                    .start = begun,
                                    .end = left_at(&u->ledger, w->id, ended),
                                    .worker = w->id,
                                    .client = v->slot->client,
                                    .given = true,
                                    .temp = w->temp};
}

void tb__note_no_show(struct notes *n, const struct worker *w, const struct visit *v,
                      tb_time begun, tb_time ended)
{
    struct visit_note *note = next_visit(n);

    if (note)
        *note = (struct visit_note){.planned = v->planned,
                                    .granted = v->slot->granted,
                                    .opens = v->opens,
                                    .closes = v->closes,
                                    .start = begun,
                                    .end = ended,
                                    .worker = w->id,
                                    .client = v->slot->client,
                                    .temp = w->temp,
                                    .no_show = true};
}

void tb__note_missed(struct notes *n, const struct unit *u, const struct visit *v)
{
    struct visit_note *note = next_visit(n);

    if (note)
        *note = (struct visit_note){.planned = v->planned,
                                    .granted = v->slot->granted,
                                    .opens = v->opens,
                                    .closes = v->closes,
                                    .worker = v->by,
                                    .client = v->slot->client,
                                    .temp = v->by != NONE && u->worker[v->by].temp};
}

void tb__note_shift(struct notes *n, const struct unit *u, const struct worker *w,
                    bool absent)
{
    const struct shift *s = &u->world->shift[w->shift];
    struct shift_note *note = next_shift(n);

    if (note)
        *note = (struct shift_note){.start = s->from,
                                    .end = s->to,
                                    .worker = w->id,
                                    .kind = s->kind,
                                    .absent = absent,
                                    .temp = w->temp,
                                    .ill = w->missing + w->temps,
                                    .temps = w->temps};
}
