#include "books.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static char fault[200];

#define FAULT(...) (snprintf(fault, sizeof fault, __VA_ARGS__), fault)

static int64_t *at(const struct books *b, int period, int worker, int column)
{
    return &b->ms[((int64_t)period * (b->workers + 1) + worker) * COLUMNS + column];
}

int64_t books_ms(const struct books *b, int period, int worker, int column)
{
    return *at(b, period, worker, column);
}

int64_t books_sum(const struct books *b, int column)
{
    int64_t sum = 0;

    for (int p = 0; p < b->periods; p++)
        for (int w = 0; w <= b->workers; w++)
            sum += books_ms(b, p, w, column);
    return sum;
}

/* What of [from, to) lies in a period. */
static tb_time within(const struct books *b, int period, tb_time from, tb_time to)
{
    const struct world *w = b->life->world;
    const tb_time length = (w->to - w->from) / b->periods;
    const tb_time begins = w->from + period * length;

    return overlap(from, to, begins, begins + length);
}

/* For so many people. */
static void enter_for(struct books *b, int worker, int column, tb_time from, tb_time to,
                      int people)
{
    for (int p = 0; p < b->periods; p++)
        *at(b, p, worker, column) += people * within(b, p, from, to);
}

static void enter(struct books *b, int worker, int column, tb_time from, tb_time to)
{
    enter_for(b, worker, column, from, to, 1);
}

static int crew_of(const struct books *b, int worker)
{
    const struct world *w = b->life->world;

    return w->set.staff[w->worker[worker].group].crew;
}

/* The log of one worker -------------------------------------------------------------- */

struct own { /* stretches of one worker, in the order of booking */
    const struct stretch **work, **duty;
    int works, duties;
};

static const char *tiles(const struct own *o, int worker)
{
    int next = 0;
    tb_time before = 0;

    for (int i = 0; i < o->duties; i++) {
        tb_time clock = o->duty[i]->from;

        if (clock < before)
            return FAULT("worker %d clocks in at %lld, out was at %lld", worker,
                         (long long)clock, (long long)before);
        for (; next < o->works && o->work[next]->to <= o->duty[i]->to; next++) {
            if (o->work[next]->from != clock)
                return FAULT("worker %d: nothing from %lld to %lld", worker,
                             (long long)clock, (long long)o->work[next]->from);
            if (o->work[next]->temp != o->duty[i]->temp)
                return FAULT("worker %d at %lld: work and duty of two people", worker,
                             (long long)clock);
            if (o->work[next]->people != o->duty[i]->people)
                return FAULT("worker %d at %lld: work of %d people in duty of %d", worker,
                             (long long)clock, o->work[next]->people, o->duty[i]->people);
            clock = o->work[next]->to;
        }
        if (clock != o->duty[i]->to)
            return FAULT("worker %d clocks out at %lld, work ends at %lld", worker,
                         (long long)o->duty[i]->to, (long long)clock);
        before = clock;
    }
    return next == o->works ? NULL : FAULT("worker %d works when not on duty", worker);
}

/* Where minutes of an obligation may stand, by docs/model.md. */
static bool may_stand_in(const struct obligation *o, int column)
{
    switch (o->books) {
    case BOOKED_INDIRECT: return column == INDIRECT;
    case BOOKED_ADMINISTRATION: return column == ADMINISTRATION;
    case BOOKED_DEVELOPMENT: return column == DEVELOPMENT;
    case BOOKED_DIALOGUE: return column == DIALOGUE;
    default: break;
    }
    if (column == DIALOGUE)
        return o->channel != CHANNEL_WRITTEN;
    return o->channel != CHANNEL_ORAL &&
           column == (o->in_presence ? RECORDS_PRESENCE : RECORDS_AWAY);
}

/* Whether a stretch may be of an obligation, by its group; which services follow whom, a log does not
 * tell of records. */
static bool may_be_about(const struct world *w, const struct obligation *o, int client)
{
    if (!*o->of || (o->trigger == TRIGGER_CALL && client < 0))
        return true;
    return client >= 0 && !strcmp(o->of, w->set.clients[w->client[client].group].name);
}

static const char *enter_log(struct books *b, const struct own *o)
{
    const struct world *w = b->life->world;

    for (int i = 0; i < o->works; i++) {
        const struct stretch *s = o->work[i];

        enter_for(b, s->worker, s->column, s->from, s->to, s->people);
        if (!s->apart)
            b->whole[s->column] += s->people * (s->to - s->from);
        if (s->client >= 0)
            b->whole_visits[s->column] += s->people * (s->to - s->from);
        if (s->apart)
            for (int p = 0; p < b->periods; p++)
                b->service_ms[p * w->services + s->service] +=
                    s->people * within(b, p, s->from, s->to);
        if (s->obligation < 0)
            continue;
        if (!b->life->history && /* what a reform changed was owed as it was before */
            !may_stand_in(&w->set.obligations[s->obligation], s->column))
            return FAULT("worker %d at %lld: %s stands in column %d", s->worker,
                         (long long)s->from, w->set.obligations[s->obligation].name,
                         s->column);
        if (!b->life->history &&
            !may_be_about(w, &w->set.obligations[s->obligation], s->client))
            return FAULT("worker %d at %lld: %s is about client %d", s->worker,
                         (long long)s->from, w->set.obligations[s->obligation].name,
                         s->client);
        b->whole_obligation[s->obligation] += s->people * (s->to - s->from);
        b->whole_duties[s->column] += s->people * (s->to - s->from);
        b->stretches[s->obligation]++;
        for (int p = 0; p < b->periods; p++) {
            const int at = p * w->obligations + s->obligation;
            const tb_time ms = s->people * within(b, p, s->from, s->to);

            b->obligation_ms[at] += ms;
            b->dialogue_ms[at] += s->column == DIALOGUE ? ms : 0;
        }
    }
    for (int i = 0; i < o->duties; i++) {
        const struct stretch *d = o->duty[i];

        enter_for(b, d->worker, DUTY, d->from, d->to, d->people);
        if (d->temp)
            enter_for(b, d->worker, TEMP_DUTY, d->from, d->to, d->people);
    }
    return NULL;
}

/* Rosters against duty --------------------------------------------------------------- */

struct gaps { /* when somebody who is rostered is missing and nobody stands in */
    tb_time (*gap)[2];
    int count, room;
};

static void gap(struct gaps *g, tb_time from, tb_time to)
{
    if (g->count == g->room)
        g->gap = realloc(g->gap, (size_t)(g->room = 2 * g->room + 64) * sizeof *g->gap);
    cr_assert(g->gap);
    g->gap[g->count][0] = from;
    g->gap[g->count++][1] = to;
}

static void miss(struct books *b, struct gaps *g, int worker, tb_time from, tb_time to)
{
    if (from >= to)
        return;
    enter_for(b, worker, ABSENT, from, to, crew_of(b, worker));
    gap(g, from, to);
}

static void attend(struct books *b, const struct stretch *duty, int kind)
{
    b->attendance[b->attendances++] = (struct attendance){
        duty->worker, kind, duty->from, duty->to, duty->temp, duty->people};
}

/* What the openings of shifts hold --------------------------------------------------- */

/* Number of the month (13 / 3 weeks) or quarter (13) that holds a week, of a worker who begins them
 * with weeks of its own; from docs/model.md. */
static int64_t period_of(const struct world *w, int worker, int64_t week, int a_quarter)
{
    return ((week - w->warmup + 208) * a_quarter + w->worker[worker].entity % 13) / 13;
}

/* What a worker learns at the start of a shift; the first of a month and of a quarter hold more. */
static tb_time lessons(const struct world *w, int worker, int64_t week, int64_t seen[2])
{
    const struct knowledge *k = &w->set.regime.knowledge;
    const int64_t month = period_of(w, worker, week, 3),
                  quarter = period_of(w, worker, week, 1);
    tb_time sum = tb__minutes(k->sparring_minutes);

    if (month != seen[0])
        sum += tb__minutes(k->training_minutes);
    if (quarter != seen[1])
        sum += tb__minutes(k->update_minutes);
    seen[0] = month;
    seen[1] = quarter;
    return sum;
}

/* Meetings, talks and lessons are held when a shift opens, and nowhere else. */
static bool opens_with(const struct stretch *s)
{
    return s->obligation < 0 && s->client < 0 && !s->apart &&
           (s->column == MEETINGS || s->column == DIALOGUE || s->column == TRAINING);
}

/* Round the clock: each week is opened when its worker is first free in it; the log shows when, by the
 * first thing that it opens with. */
static void open_weeks(struct books *b, const struct own *o, int worker)
{
    const struct world *w = b->life->world;
    const tb_time fixed = tb__minutes(w->set.regime.teams.meeting_minutes) +
                          tb__minutes(w->set.regime.dialogue.minutes_per_shift) +
                          tb__minutes(w->set.duty.meeting_minutes_per_week);
    int64_t seen[2] = {period_of(w, worker, -1, 3), period_of(w, worker, -1, 1)};
    tb_time next = 0;

    b->blind |= !fixed && !tb__minutes(w->set.regime.knowledge.sparring_minutes);
    for (int i = 0; i < o->works; i++) {
        const struct stretch *s = o->work[i];

        if (!opens_with(s) || s->from < next)
            continue;
        attend(b, s, -1);
        next = s->from + fixed + lessons(w, worker, s->from / TB__WEEK, seen);
    }
}

/* Absent whenever not on duty. */
static const char *always(struct books *b, struct gaps *g, const struct own *o, int worker)
{
    const tb_time end = b->life->world->to;
    tb_time clock = 0;

    enter(b, worker, ROSTERED, 0, end);
    for (int i = 0; i < o->duties; i++) {
        miss(b, g, worker, clock, o->duty[i]->from);
        clock = o->duty[i]->to;
    }
    miss(b, g, worker, clock, end);
    open_weeks(b, o, worker);
    return NULL;
}

/* A crew: who of it was ill and who stood in, as noted; the rest follows. */
static const char *crew_shift(struct books *b, const struct stretch *d,
                              const struct shift *s)
{
    const struct notes *n = &b->life->unit.ledger.notes;
    const int crew = crew_of(b, d->worker);
    int64_t i = 0;

    while (i < n->shifts &&
           (n->shift[i].worker != d->worker || n->shift[i].start != s->from))
        i++;
    if (i == n->shifts)
        return FAULT("worker %d: no note of the shift", d->worker);
    if (d->people != crew - n->shift[i].ill + n->shift[i].temps || d->people < 1)
        return FAULT("worker %d: %d of %d with %d ill and %d temps", d->worker, d->people,
                     crew, n->shift[i].ill, n->shift[i].temps);
    if (d->temp != (n->shift[i].temps == d->people))
        return FAULT("worker %d: a crew of temps is a temp", d->worker);
    enter_for(b, d->worker, ABSENT, s->from, s->to, n->shift[i].ill);
    if (!d->temp)
        enter_for(b, d->worker, TEMP_DUTY, d->from, d->to, n->shift[i].temps);
    return NULL;
}

/* A shift is attended from its start, or from when the one before let go, or not at all. */
static const char *shifts(struct books *b, struct gaps *g, const struct own *o, int worker)
{
    const struct world *w = b->life->world;
    const struct worker_plan *p = &w->worker[worker];
    tb_time free = 0;
    int next = 0;

    for (int k = p->first; k < p->first + p->shifts; k++) {
        const struct shift *s = &w->shift[k];
        const tb_time begins = s->from > free ? s->from : free;
        const struct stretch *d = next < o->duties ? o->duty[next] : NULL;

        if (begins >= w->to)
            break;
        if (s->to <= free)
            continue; /* it passed while the one before ran over */
        enter_for(b, worker, ROSTERED, s->from, s->to, crew_of(b, worker));
        if (!d || d->from > begins) {
            miss(b, g, worker, begins, s->to);
            free = s->to > begins ? s->to : begins;
            continue;
        }
        next++;
        if (d->from < begins)
            return FAULT("worker %d clocks in at %lld, the shift begins at %lld", worker,
                         (long long)d->from, (long long)begins);
        attend(b, d, s->kind);
        if (d->to > s->to)
            enter_for(b, worker, OVERTIME, s->to, d->to, d->people);
        if (crew_of(b, worker) > 1) {
            const char *wrong = crew_shift(b, d, s);

            if (wrong)
                return wrong;
            free = d->to;
            continue;
        }
        if (d->temp)
            enter(b, worker, ABSENT, s->from, s->to);
        else
            miss(b, g, worker, d->to, s->to);
        free = d->to > s->to || d->temp ? d->to : s->to;
    }
    return next == o->duties ? NULL : FAULT("worker %d is on duty without a shift", worker);
}

static int by_start(const void *a, const void *b)
{
    const tb_time x = *(const tb_time *)a, y = *(const tb_time *)b;

    return (x > y) - (x < y);
}

static void enter_full_strength(struct books *b, struct gaps *g)
{
    tb_time clock = 0;

    if (g->count)
        qsort(g->gap, (size_t)g->count, sizeof *g->gap, by_start);
    for (int i = 0; i < g->count; i++) {
        if (g->gap[i][0] > clock)
            enter(b, b->workers, FULL_STRENGTH, clock, g->gap[i][0]);
        if (g->gap[i][1] > clock)
            clock = g->gap[i][1];
    }
    if (clock < b->life->world->to)
        enter(b, b->workers, FULL_STRENGTH, clock, b->life->world->to);
}

/* All of it -------------------------------------------------------------------------- */

static void *zeros(int64_t n, size_t size)
{
    void *p = calloc((size_t)n + 1, size);

    cr_assert(p);
    return p;
}

static void part(const struct ledger *l, struct own *own)
{
    for (int64_t i = 0; i < l->logged; i++) {
        struct own *o = &own[l->log[i].worker];
        ++*(l->log[i].column == DUTY ? &o->duties : &o->works);
    }
    for (int w = 0; w < l->workers; w++) {
        own[w].work = zeros(own[w].works, sizeof *own[w].work);
        own[w].duty = zeros(own[w].duties, sizeof *own[w].duty);
        own[w].works = own[w].duties = 0;
    }
    for (int64_t i = 0; i < l->logged; i++) {
        struct own *o = &own[l->log[i].worker];
        if (l->log[i].column == DUTY)
            o->duty[o->duties++] = &l->log[i];
        else
            o->work[o->works++] = &l->log[i];
    }
}

const char *books_keep(struct books *b, const struct life *l)
{
    const struct ledger *g = &l->unit.ledger;
    const struct world *w = l->world;
    struct own *own = zeros(g->workers, sizeof *own);
    struct gaps gaps = {NULL, 0, 0};
    const char *wrong = NULL;

    *b = (struct books){.life = l, .periods = g->periods, .workers = g->workers};
    b->ms = zeros((int64_t)b->periods * (b->workers + 1) * COLUMNS, sizeof *b->ms);
    b->obligation_ms =
        zeros((int64_t)b->periods * w->obligations, sizeof *b->obligation_ms);
    b->service_ms = zeros((int64_t)b->periods * w->services, sizeof *b->service_ms);
    b->dialogue_ms = zeros((int64_t)b->periods * w->obligations, sizeof *b->dialogue_ms);
    b->whole_obligation = zeros(w->obligations, sizeof *b->whole_obligation);
    b->stretches = zeros(w->obligations, sizeof *b->stretches);
    /* weeks under a regime before a reform open with other minutes, and may be taken for several */
    b->attendance =
        zeros(w->shifts + (int64_t)w->workers * (w->warmup + w->weeks) + g->logged,
              sizeof *b->attendance);
    part(g, own);
    for (int i = 0; i < b->workers && !wrong; i++) {
        if (!(wrong = tiles(&own[i], i)) && !(wrong = enter_log(b, &own[i])))
            wrong = w->worker[i].always ? always(b, &gaps, &own[i], i)
                                        : shifts(b, &gaps, &own[i], i);
    }
    enter_full_strength(b, &gaps);
    for (int i = 0; i < b->workers; i++) {
        free(own[i].work);
        free(own[i].duty);
    }
    free(own);
    free(gaps.gap);
    return wrong;
}

void books_clear(struct books *b)
{
    free(b->ms);
    free(b->obligation_ms);
    free(b->service_ms);
    free(b->dialogue_ms);
    free(b->whole_obligation);
    free(b->stretches);
    free(b->attendance);
}

const char *books_differ(const struct books *b)
{
    const struct ledger *g = &b->life->unit.ledger;

    for (int p = 0; p < b->periods; p++) {
        for (int w = 0; w <= b->workers; w++)
            for (int c = 0; c < COLUMNS; c++)
                if (g->tally[p].row[w].ms[c] != books_ms(b, p, w, c))
                    return FAULT(
                        "period %d, worker %d, column %d: ledger %lld, books %lld ms", p,
                        w, c, (long long)g->tally[p].row[w].ms[c],
                        (long long)books_ms(b, p, w, c));
        for (int o = 0; o < g->obligations; o++)
            if (g->tally[p].obligation[o].ms != b->obligation_ms[p * g->obligations + o])
                return FAULT("period %d, obligation %d: ledger %lld, books %lld ms", p, o,
                             (long long)g->tally[p].obligation[o].ms,
                             (long long)b->obligation_ms[p * g->obligations + o]);
        for (int s = 0; s < g->services; s++)
            if (g->tally[p].service[s].ms != b->service_ms[p * g->services + s])
                return FAULT("period %d, service %d: ledger %lld, books %lld ms", p, s,
                             (long long)g->tally[p].service[s].ms,
                             (long long)b->service_ms[p * g->services + s]);
    }
    return NULL;
}

/* What a shift opens with ------------------------------------------------------------ */

static tb_time measured(const struct books *b, tb_time from, tb_time to)
{
    return overlap(from, to, b->life->world->from, b->life->world->to);
}

int64_t books_training(const struct books *b)
{
    const struct world *w = b->life->world;
    const tb_time weekly = tb__minutes(w->set.duty.meeting_minutes_per_week);
    int64_t seen[2] = {0}, sum = 0, met = -1;

    for (int i = 0; i < b->attendances; i++) {
        const struct attendance *a = &b->attendance[i];
        const int64_t week = a->in / TB__WEEK;
        const double share = a->kind < 0 ? 1 : w->set.shifts[a->kind].meeting_share;
        tb_time from = a->in + tb__minutes(w->set.regime.teams.meeting_minutes * share) +
                       tb__minutes(w->set.regime.dialogue.minutes_per_shift);

        if (!i || b->attendance[i - 1].worker != a->worker) {
            met = -1;
            seen[0] = period_of(w, a->worker, -1, 3);
            seen[1] = period_of(w, a->worker, -1, 1);
        }
        if (a->temp)
            continue;
        from += week != met ? weekly : 0;
        met = week;
        sum += a->people * measured(b, from, from + lessons(w, a->worker, week, seen));
    }
    return sum;
}

/* Periods of a client, from docs/model.md: k 0 month, 1 quarter, 2 year. */
static int64_t client_period(const struct world *w, int client, int64_t week, int k)
{
    static const int length[] = {13, 13, 52}, step[] = {3, 1, 1};
    const int64_t on_calendar = week - w->warmup + 208;

    return (on_calendar * step[k] + w->client[client].entity % (uint32_t)length[k]) /
           length[k];
}

static bool is_care(const struct stretch *s)
{
    return s->column == CARE_NEEDED || s->column == CARE_SURPLUS;
}

/* What is spent at a client's in vain: nobody came, or another agency is there. */
static bool in_vain(const struct books *b, const struct stretch *s)
{
    const struct setting *set = &b->life->world->set;
    const int group = b->life->world->client[s->client].group;
    const tb_time ms = s->to - s->from;

    return s->column == INDIRECT &&
           ((set->clients[group].no_show > 0 &&
             ms == tb__minutes(set->clients[group].no_show_minutes)) ||
            ms == tb__minutes(set->regime.dialogue.clash_minutes));
}

/* When the worker set out for the visit to which the ith stretch of the log belongs, one that comes after the
 * care: a visit is booked in one go. One that is long may end in another week than it began in. */
static tb_time visit_begins(const struct books *b, int64_t i)
{
    const struct stretch *log = b->life->unit.ledger.log;
    const int client = log[i].client;
    bool care = false, needed = false;

    for (; i > 0 && log[i].column != TRAVEL; i--) {
        const struct stretch *s = &log[i - 1];

        if (s->worker != log[i].worker || s->client != client || s->to != log[i].from)
            break;
        if ((needed && (is_care(s) || in_vain(b, s))) ||
            (care && (s->obligation >= 0 || s->column == DIALOGUE)))
            break; /* the visit before */
        care |= is_care(s);
        needed |= s->column == CARE_NEEDED;
    }
    return log[i].from;
}

int64_t books_talks_with_clients(const struct books *b)
{
    const struct world *w = b->life->world;
    const struct ledger *g = &b->life->unit.ledger;
    const struct dialogue *d = &w->set.regime.dialogue;
    const tb_time codesign = tb__minutes(d->codesign_minutes);
    int64_t *talked = zeros(w->clients, sizeof *talked), sum = 0;
    int64_t *agreed = zeros(w->clients, sizeof *agreed);

    for (int i = 0; i < w->clients; i++) {
        talked[i] = -1; /* the first talk is held at the first visit */
        agreed[i] = client_period(w, i, -1, 0);
    }
    for (int64_t i = 0; i < g->logged; i++) {
        const struct stretch *s = &g->log[i];
        const int c = s->client;
        int64_t week;
        tb_time ms;

        if (s->column != DIALOGUE || s->obligation >= 0 || c < 0)
            continue;
        week = visit_begins(b, i) / TB__WEEK;
        cr_assert(!s->temp, "a temp talks with client %d", c);
        if (tb__law_mean(&w->set.clients[w->client[c].group].stay_days) > 0) {
            /* who comes is talked with anew: how long the talk is says what it is */
            sum += s->people * measured(b, s->from, s->to);
            ms = tb__minutes(d->coordination_minutes) *
                 (w->set.clients[w->client[c].group].agencies - 1);
            cr_assert(s->to - s->from == codesign || s->to - s->from == ms,
                      "client %d is talked with for %lld ms", c,
                      (long long)(s->to - s->from));
            continue;
        }
        if (codesign && talked[c] != client_period(w, c, week, d->codesign_every)) {
            talked[c] = client_period(w, c, week, d->codesign_every);
            ms = codesign;
        } else {
            cr_assert_neq(agreed[c], client_period(w, c, week, 0),
                          "client %d is talked about twice in a month", c);
            agreed[c] = client_period(w, c, week, 0);
            ms = tb__minutes(d->coordination_minutes) *
                 (w->set.clients[w->client[c].group].agencies - 1);
        }
        sum += s->people * measured(b, s->from, s->from + ms);
    }
    free(talked);
    free(agreed);
    return sum;
}

int64_t books_regime_cost(const struct books *b)
{
    const struct setting *set = &b->life->world->set;
    const struct teams *t = &set->regime.teams;
    const tb_time talk = tb__minutes(set->regime.dialogue.minutes_per_shift);
    const tb_time weekly = tb__minutes(set->duty.meeting_minutes_per_week);
    int64_t sum = 0, week = -1;

    for (int i = 0; i < b->attendances; i++) {
        const struct attendance *a = &b->attendance[i];
        const double share = a->kind < 0 ? 1 : set->shifts[a->kind].meeting_share;
        const tb_time team = tb__minutes(t->meeting_minutes * share) + talk;

        if (i && b->attendance[i - 1].worker != a->worker)
            week = -1;
        sum += a->people * measured(b, a->in, a->in + team);
        if (a->temp || a->in / TB__WEEK == week)
            continue;
        week = a->in / TB__WEEK;
        sum += a->people * measured(b, a->in + team, a->in + team + weekly);
    }
    return sum;
}

int64_t books_regime_cost_logged(const struct books *b)
{
    const struct ledger *g = &b->life->unit.ledger;
    int64_t sum = 0;

    for (int64_t i = 0; i < g->logged; i++) {
        const struct stretch *s = &g->log[i];
        if ((s->column == MEETINGS || s->column == DIALOGUE || s->column == TRAINING) &&
            s->obligation < 0 && !s->apart)
            sum += s->people * measured(b, s->from, s->to);
    }
    return sum;
}

/* Cover ------------------------------------------------------------------------------ */

int books_wanted_at(const struct life *l, int service, tb_time t)
{
    const struct service *s = &l->world->set.services[service];
    const int n = s->present.count;
    const bool week = n == 168 || n == 336;
    int64_t day = t / TB__DAY % 7, half = t % TB__DAY / (30 * TB__MINUTE);
    double workers;

    if (s->arrival != ARRIVAL_COVER || !n)
        return 0;
    if (tb__is_holiday(l->world, t / TB__DAY))
        day = 6;
    half += week ? 48 * day : 0;
    workers = s->present.value[half / (n == 24 || n == 168 ? 2 : 1)] / s->each;
    for (int k = 0;; k++)
        if (k >= workers)
            return k;
}

int64_t books_wanted(const struct life *l, int period, int service)
{
    const struct ledger *g = &l->unit.ledger;
    const tb_time from = g->from + period * g->length;
    int64_t sum = 0;

    for (tb_time t = from; t < from + g->length; t += 30 * TB__MINUTE)
        sum += books_wanted_at(l, service, t) * 30 * TB__MINUTE;
    return sum;
}
