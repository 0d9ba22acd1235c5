/* A timetable: who usually gives each visit of the 28 days, and when (docs/model.md, "A timetable").
 *
 * Made once from grants and rosters, with nobody absent. A client's nth visit of a weekday has one
 * worker and one time in all weeks. Those of a weekday are dealt out in order of window opening, then of
 * clients; a worker has no two at a time, ways included. The cheapest gets it:
 *
 *     planning.load x minutes a week so far - planning.continuity, if the worker has the client already
 *       + planning.lateness x minutes of the visit x share of its days on which the worker is not rostered
 */
#include <stdlib.h>

#include "kernel/alloc.h"
#include "model/world/compile.h"

enum { WEEKS_IN_CYCLE = CYCLE_DAYS / 7, WEIGHT = 32, EARLY = -1 };

/* A client's nth visit of a weekday, in those of the four weeks that have it. */
struct entry {
    struct slot *slot[WEEKS_IN_CYCLE]; /* NULL where a week has none */
    const struct slot *any;            /* one of them */
    unsigned weeks;                    /* bits */
    int worker;
    tb_time from;
    int next; /* of the same worker, on the same weekday */
};

/* Days of one weekday in the measured time on which a worker is rostered. */
struct presence {
    tb_time from, to; /* after midnight; equal: not at all */
};

struct maker {
    struct world *w;
    struct entry *entry;
    int entries, days;      /* of this weekday; how often the weekday comes */
    int *first;             /* of each worker */
    int64_t *load;          /* of each worker, minutes in 28 days */
    uint32_t *has;          /* bits: [client][worker] */
    struct presence *there; /* [worker][day] */
};

static int64_t pair_of(const struct maker *m, int client, int worker)
{
    return (int64_t)client * m->w->workers + worker;
}

static bool has(const struct maker *m, int client, int worker)
{
    const int64_t at = pair_of(m, client, worker);

    return m->has[at / 32] >> at % 32 & 1;
}

static tb_time leg(const struct world *w, int from, int to)
{
    const float *a = w->client[from].place, *b = w->client[to].place;
    const float dx = a[0] - b[0], dy = a[1] - b[1];
    const float far = dx * dx + dy * dy;

    return w->set.travel.kind == TRAVEL_MAP ? tb__distance_ms(far) : w->leg_mean;
}

/* Entries of a weekday ------------------------------------------------------------------------- */

static int by_opening(const void *left, const void *right)
{
    const struct entry *p = left, *q = right;
    const struct slot *a = p->any, *b = q->any;

    if (a->opens != b->opens)
        return a->opens < b->opens ? -1 : 1;
    if (a->client != b->client)
        return a->client - b->client;
    return a->nth != b->nth ? a->nth - b->nth : (int)p->weeks - (int)q->weeks;
}

static bool is_same(const struct entry *a, const struct entry *b)
{
    return a->any->client == b->any->client && a->any->nth == b->any->nth;
}

/* The visits of a weekday, those of all four weeks in one. */
static void gather(struct maker *m, int weekday)
{
    struct world *w = m->w;
    int n = 0;

    for (int week = 0; week < WEEKS_IN_CYCLE; week++)
        for (int i = w->slot_first[7 * week + weekday];
             i < w->slot_first[7 * week + weekday + 1]; i++) {
            m->entry[n] =
                (struct entry){.any = &w->slot[i], .weeks = 1U << week, .worker = NO_ONE};
            m->entry[n++].slot[week] = &w->slot[i];
        }
    qsort(m->entry, (size_t)n, sizeof *m->entry, by_opening);
    m->entries = 0;
    for (int i = 0; i < n; i++) {
        struct entry *last = &m->entry[m->entries ? m->entries - 1 : 0];

        if (!m->entries || !is_same(last, &m->entry[i])) {
            m->entry[m->entries++] = m->entry[i];
            continue;
        }
        last->weeks |= m->entry[i].weeks;
        for (int week = 0; week < WEEKS_IN_CYCLE; week++)
            if (m->entry[i].slot[week])
                last->slot[week] = m->entry[i].slot[week];
    }
    for (int i = 0; i < w->workers; i++)
        m->first[i] = -1;
}

/* Who is there --------------------------------------------------------------------------------- */

static int64_t first_day(const struct world *w, int weekday)
{
    return w->from / TB__DAY + weekday;
}

static void see_rosters(struct maker *m, int weekday)
{
    const struct world *w = m->w;

    for (int i = 0; i < w->workers; i++) {
        const struct worker_plan *p = &w->worker[i];

        for (int k = 0; k < m->days; k++)
            m->there[i * m->days + k] =
                p->always ? (struct presence){0, 2 * TB__DAY} : (struct presence){0, 0};
    }
    for (int k = 0; k < m->days; k++) {
        const int64_t day = first_day(w, weekday) + 7 * k;

        for (int i = w->day_shift[day]; i < w->day_shift[day + 1]; i++) {
            const struct shift *s = &w->shift[w->on_day[i].shift];

            m->there[w->on_day[i].worker * m->days + k] =
                (struct presence){s->from - day * TB__DAY, s->to - day * TB__DAY};
        }
    }
}

/* On how many of an entry's days a worker is not there from then on. */
static int days_away(const struct maker *m, const struct entry *l, int worker,
                     tb_time from, int *of)
{
    int away = 0;

    *of = 0;
    for (int k = 0; k < m->days; k++) {
        const struct presence *p = &m->there[worker * m->days + k];

        if (!(l->weeks >> k % WEEKS_IN_CYCLE & 1))
            continue;
        ++*of;
        away += from < p->from || from + l->any->granted > p->to;
    }
    return away;
}

/* Who gets it ---------------------------------------------------------------------------------- */

/* The earliest start in the window, beside what the worker has; EARLY where there is none. */
static tb_time start_of(const struct maker *m, const struct entry *l, int worker,
                        tb_time opens)
{
    tb_time from = opens;
    int at = m->first[worker];

    while (at >= 0 && from <= l->any->closes) {
        const struct entry *other = &m->entry[at];
        const tb_time way = leg(m->w, other->any->client, l->any->client);
        const tb_time until = other->from + other->any->granted + way;

        if (other->weeks & l->weeks && from < until &&
            from + l->any->granted + way > other->from) {
            from = until;
            at = m->first[worker]; /* from the beginning: it is later now */
        } else {
            at = other->next;
        }
    }
    return from <= l->any->closes ? from : EARLY;
}

/* The price of an entry, in 32nds of a minute of 28 days; false where a worker cannot have it. */
static bool price_of(const struct maker *m, const struct entry *l, int worker,
                     tb_time from, int64_t *price)
{
    const struct planning *p = &m->w->set.planning;
    const int64_t minutes = (l->any->granted + TB__MINUTE / 2) / TB__MINUTE;
    int of;
    const int away = days_away(m, l, worker, from, &of);

    if (away == of)
        return false;
    *price = (int64_t)(p->load * WEIGHT) * m->load[worker] +
             (int64_t)(p->lateness * WEIGHT) * WEEKS_IN_CYCLE * minutes * away / of;
    if (has(m, l->any->client, worker))
        *price -= (int64_t)(p->continuity * WEIGHT) * WEEKS_IN_CYCLE;
    return true;
}

static void give(struct maker *m, int entry, int worker, tb_time from)
{
    struct entry *l = &m->entry[entry];
    const int64_t at = pair_of(m, l->any->client, worker);

    l->worker = worker;
    l->from = from;
    l->next = m->first[worker];
    m->first[worker] = entry;
    m->has[at / 32] |= UINT32_C(1) << at % 32;
    for (int week = 0; week < WEEKS_IN_CYCLE; week++) {
        if (!l->slot[week])
            continue;
        l->slot[week]->usual = worker;
        m->w->timetable[l->slot[week] - m->w->slot] = from;
        m->load[worker] += (l->any->granted + TB__MINUTE / 2) / TB__MINUTE;
    }
}

/* The second carer's visit begins with the first's, and is somebody else's. */
static const struct entry *first_carers(const struct maker *m, int entry)
{
    const struct entry *l = &m->entry[entry];
    const bool second = l->any->nth & 1 && entry > 0 &&
                        l[-1].any->client == l->any->client &&
                        l[-1].any->nth == (l->any->nth ^ 1);

    return second ? &l[-1] : NULL;
}

static void deal(struct maker *m, int entry)
{
    const struct entry *l = &m->entry[entry], *pair = first_carers(m, entry);
    const int role = m->w->client_role[m->w->client[l->any->client].group];
    const tb_time opens = pair && pair->worker != NO_ONE ? pair->from : l->any->opens;
    int best = NO_ONE;
    tb_time best_from = 0;
    int64_t least = 0;

    for (int i = 0; i < m->w->workers; i++) {
        int64_t price;
        tb_time from;

        if ((role != ANY_ROLE && m->w->worker[i].role != role) ||
            (pair && pair->worker == i) || (from = start_of(m, l, i, opens)) == EARLY ||
            !price_of(m, l, i, from, &price) || (best != NO_ONE && price >= least))
            continue;
        best = i;
        best_from = from;
        least = price;
    }
    if (best != NO_ONE)
        give(m, entry, best, best_from);
}

static tb_status open_maker(struct maker *m, tb_error *err)
{
    struct world *w = m->w;
    const size_t workers = (size_t)w->workers;

    m->days = w->weeks;
    w->timetable = tb__alloc((size_t)w->slots, sizeof *w->timetable);
    m->entry = tb__alloc((size_t)w->slots, sizeof *m->entry);
    m->first = tb__alloc(workers, sizeof *m->first);
    m->load = tb__alloc(workers, sizeof *m->load);
    m->has = tb__alloc((size_t)w->clients * workers / 32 + 1, sizeof *m->has);
    m->there = tb__alloc(workers * (size_t)m->days, sizeof *m->there);
    return w->timetable && m->entry && m->first && m->load && m->has && m->there
               ? TB_OK
               : tb__no_memory(err);
}

static void close_maker(struct maker *m)
{
    tb__free(m->entry);
    tb__free(m->first);
    tb__free(m->load);
    tb__free(m->has);
    tb__free(m->there);
}

tb_status tb__timetable(struct world *w, tb_error *err)
{
    struct maker m = {.w = w};
    tb_status status;

    if (w->set.planning.mode != PLANNING_TIMETABLE || !w->slots)
        return TB_OK;
    w->wider = true;
    status = open_maker(&m, err);
    for (int weekday = 0; weekday < 7 && !status; weekday++) {
        gather(&m, weekday);
        see_rosters(&m, weekday);
        for (int i = 0; i < m.entries; i++)
            deal(&m, i);
    }
    close_maker(&m);
    return status;
}
