/* The ledger against books that are kept a second time (books.h) and against counts: over every
 * preset and many random scenarios, weekly and with a warm-up, and once more without one, where
 * counts and minutes must meet to the millisecond. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "books.h"
#include "fired.h"
#include "model/bought.h"
#include "random_scenario.h"
#include "reform.h"

#ifndef SCENARIOS
#define SCENARIOS 2000 /* random ones; ledger_long has more */
#endif
enum { RANDOM = SCENARIOS, REFORMED = SCENARIOS / 2, PRESET_WEEKS = 5 };

/* Every stretch, worker, category, period ---------------------------------------------- */

/* In how many scenarios each number of a tally was not zero. */
enum {
    COUNTS = sizeof(struct counts) / sizeof(int64_t),
    OBLIGATION_COUNTS = sizeof(struct obligation_tally) / sizeof(int64_t),
    SERVICE_COUNTS = sizeof(struct service_tally) / sizeof(int64_t),
    SEEN_IN = 10,
    FIRED = 100 /* times in all: see fired.h */
};
static int lived, overloaded, endless;
static int seen[COLUMNS], seen_count[COUNTS], seen_obligation[OBLIGATION_COUNTS],
    seen_service[SERVICE_COUNTS];

/* Structs of 64-bit numbers, of which one is not zero somewhere in the array. */
static void see(int *seen_in, const void *tallies, int count, size_t size)
{
    for (size_t at = 0; at < size / sizeof(int64_t); at++) {
        bool somewhere = false;

        for (int i = 0; i < count; i++)
            somewhere |=
                ((const int64_t *)tallies)[(size_t)i * size / sizeof(int64_t) + at] != 0;
        seen_in[at] += somewhere;
    }
}

static void expect_seen(const char *what, const int *seen_in, int n)
{
    for (int i = 0; i < n; i++)
        cr_assert_geq(seen_in[i], SEEN_IN, "%s %d: in %d scenarios", what, i, seen_in[i]);
}

/* Without a log most stretches are booked by a shorter way, and visits of a usual unit given by one. */
static void expect_same_without_log(const struct life *logged, const tb_scenario *s,
                                    const char *name)
{
    const struct occasion o = {.seed = 11, .weekly = 1, .unseen = 1};
    const char *wrong;
    struct life l;

    live(&l, s, &o);
    cr_assert_eq(l.unit.ledger.logged, 0, "%s", name);
    wrong = lives_differ(logged, &l);
    cr_assert_null(wrong, "%s: %s", name, wrong);
    life_clear(&l);
}

static void keep_books(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 11, .logging = 1, .weekly = 1};
    struct life l;
    struct books b;
    const char *wrong;

    live(&l, s, &o);
    cr_assert_eq(l.status, TB_OK, "%s: %s", name, l.err.message);
    wrong = books_keep(&b, &l);
    cr_assert_null(wrong, "%s: %s", name, wrong);
    wrong = books_differ(&b);
    cr_assert_null(wrong, "%s: %s", name, wrong);
    cr_assert_eq(books_regime_cost(&b) + books_training(&b) + books_talks_with_clients(&b),
                 books_regime_cost_logged(&b), "%s: meetings, training and talks", name);
    for (int c = 0; c < COLUMNS; c++)
        seen[c] += books_sum(&b, c) > 0;
    lived++;
    overloaded += l.world->offered_load >= 1;
    for (int i = 0, found = 0; i < l.world->services && !found; i++)
        endless += found = l.world->set.services[i].arrival == ARRIVAL_ENDLESS;
    if (lived % 4 == 0)
        expect_same_without_log(&l, s, name);
    books_clear(&b);
    life_clear(&l);
}

Test(ledger, every_millisecond_has_one_owner)
{
    each_scenario(PRESET_WEEKS, RANDOM, keep_books);
    printf("# %d scenarios, %d of them overloaded, %d by an endless backlog\n", lived,
           overloaded, endless);
    cr_assert_geq(overloaded - endless, 0.3 * lived);
    expect_seen("column", seen, COLUMNS);
}

/* A reform in the middle of a life: the log of both halves, beside the rosters of both, makes the books
 * of the weeks after it. */
static void keep_books_over_a_reform(tb_scenario *s, const char *name)
{
    static uint64_t number;
    const struct occasion o = {.seed = 14, .logging = 1, .weekly = 1};
    tb_scenario *other = random_scenario(50000 + number++), *arm = NULL;
    const char *wrong;
    struct life l;
    struct books b;

    cr_assert_eq(tb_scenario_copy(s, &arm, NULL), TB_OK);
    reform(arm, other);
    live_switch(&l, s, arm, &o);
    cr_assert_eq(l.status, TB_OK, "%s: %s", name, l.err.message);
    wrong = books_keep(&b, &l);
    cr_assert_null(wrong, "%s: %s", name, wrong);
    wrong = books_differ(&b);
    cr_assert_null(wrong, "%s: %s", name, wrong);
    books_clear(&b);
    life_clear(&l);
    tb_scenario_free(arm);
    tb_scenario_free(other);
}

Test(ledger, a_reform_leaves_every_millisecond_its_owner)
{
    each_scenario(1, REFORMED, keep_books_over_a_reform);
}

/* A millisecond in the wrong place ------------------------------------------------------ */

static void misbook(tb_scenario *s, const char *name)
{
    for (int column = 0; column < COLUMNS; column++) {
        const struct occasion o = {.logging = 1, .probe = {.misbook = column + 1}};
        struct life l;
        struct books b;

        live(&l, s, &o);
        if (column <= DUTY)
            cr_assert_eq(l.status, TB_ERR_INTERNAL,
                         "%s, column %d: the library did not notice", name, column);
        cr_assert_null(books_keep(&b, &l));
        cr_assert(books_differ(&b), "%s, column %d: the books did not notice", name,
                  column);
        books_clear(&b);
        life_clear(&l);
    }
}

Test(ledger, a_millisecond_in_the_wrong_place_is_noticed)
{
    each_scenario(1, 20, misbook);
}

Test(ledger, random_scenarios_hold_every_setting)
{
    struct coverage *c = coverage_new();
    const char *gap;

    for (uint64_t n = 1; n <= RANDOM; n++) {
        tb_scenario *s = random_scenario(n);
        coverage_add(c, s);
        tb_scenario_free(s);
    }
    gap = coverage_gap(c);
    cr_assert_null(gap, "%s", gap);
    coverage_free(c);
}

/* Counts ------------------------------------------------------------------------------ */

/* A life from the first day on, in one period: what began in it was counted in it. */
struct witness {
    const char *name;
    const struct life *life;
    const struct books *books;
    const struct tally *tally;
    const struct setting *set;
    int64_t *owed; /* [obligation]: records not yet written */
};

#define SAME(left, right) expect_same(c, #left, left, #right, right)

static void expect_same(const struct witness *c, const char *left, int64_t x,
                        const char *right, int64_t y)
{
    cr_assert_eq(x, y, "%s: %s is %lld, %s is %lld", c->name, left, (long long)x, right,
                 (long long)y);
}

static int compare_items(const void *left, const void *right)
{
    const struct realised_item *a = left, *b = right;

    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->entity != b->entity)
        return a->entity < b->entity ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* Nobody gets the same visit or makes the same call twice. */
static void check_each_once(const struct witness *c)
{
    struct realised *r = (struct realised *)&c->life->realised;

    if (r->count)
        qsort(r->item, (size_t)r->count, sizeof *r->item, compare_items);
    for (int64_t i = 1; i < r->count; i++)
        if (r->item[i].kind != PURPOSE_ABSENCE)
            cr_assert(compare_items(&r->item[i - 1], &r->item[i]),
                      "%s: kind %d, entity %08x, index %x twice", c->name,
                      r->item[i].kind, r->item[i].entity, r->item[i].index);
}

static int64_t realised_sum(const struct witness *c, int kind, int64_t *count)
{
    int64_t sum = 0;

    *count = 0;
    for (int64_t i = 0; i < c->life->realised.count; i++)
        if (c->life->realised.item[i].kind == kind) {
            sum += kind == PURPOSE_NEED ? c->life->realised.item[i].a
                                        : c->life->realised.item[i].b;
            ++*count;
        }
    return sum;
}

struct sum {
    int64_t n, granted; /* in people's time */
};

/* People that a visit is meant for: the crew of the first group that has the role. */
static int people_for(const struct world *w, int client)
{
    const struct setting *s = &w->set;
    const char *role = s->clients[w->client[client].group].role;

    for (int g = 0; g < s->staff_count; g++)
        if (s->staff[g].count && (!*role || !strcmp(s->staff[g].role, role)))
            return s->staff[g].crew;
    return 1;
}

static int64_t needed(const struct witness *c)
{
    const struct world *w = c->life->world;
    int64_t sum = 0;

    for (int64_t i = 0; i < c->life->realised.count; i++) {
        const struct realised_item *x = &c->life->realised.item[i];
        int client = 0;

        if (x->kind != PURPOSE_NEED)
            continue;
        while (w->client[client].entity != x->entity)
            client++;
        sum += people_for(w, client) * x->a;
    }
    return sum;
}

/* Whether one client is at a place all the time, by the stays as they were realised. */
static bool is_there(const struct life *l, int client, tb_time from, tb_time to)
{
    const struct world *w = l->world;

    if (tb__law_mean(&w->set.clients[w->client[client].group].stay_days) <= 0)
        return true;
    for (int64_t i = 0; i < l->realised.count; i++) {
        const struct realised_item *r = &l->realised.item[i];

        if (r->kind == PURPOSE_STAY && r->entity == w->client[client].entity &&
            r->a <= from && to < r->b)
            return true;
    }
    return false;
}

static struct sum planned_visits(const struct life *l)
{
    const struct world *w = l->world;
    struct sum sum = {0, 0};

    for (int64_t day = 0; day < w->to / TB__DAY; day++) {
        const int cycle = (int)(day % CYCLE_DAYS);
        for (int s = w->slot_first[cycle]; s < w->slot_first[cycle + 1]; s++) {
            if (w->set.visits.on_holidays == HOLIDAYS_SKIPPED && tb__is_holiday(w, day) &&
                w->client[w->slot[s].client].weekdays_only)
                continue;
            if ((day / CYCLE_DAYS + 4 * 26 + w->slot[s].client / 4) %
                w->client[w->slot[s].client].cycles)
                continue;
            if (!is_there(l, w->slot[s].client, day * TB__DAY + w->slot[s].opens,
                          day * TB__DAY + w->slot[s].closes))
                continue;
            sum.n++;
            sum.granted += people_for(w, w->slot[s].client) * w->slot[s].granted;
        }
    }
    return sum;
}

static void add_route(struct sum *sum, const struct unit *u, int visit)
{
    for (; visit != NONE; visit = u->visit[visit].next) {
        sum->n++;
        sum->granted += people_for(u->world, u->visit[visit].slot->client) *
                        u->visit[visit].slot->granted;
    }
}

static struct sum open_visits(const struct unit *u)
{
    struct sum sum = {0, 0};

    for (int i = 0; i < u->world->workers; i++) {
        add_route(&sum, u, u->worker[i].route);
        add_route(&sum, u, u->worker[i].later);
    }
    add_route(&sum, u, u->open);
    for (int i = 0; i < u->postponed_count; i++) {
        sum.n++;
        sum.granted += people_for(u->world, u->postponed[i].slot->client) *
                       u->postponed[i].slot->granted;
    }
    return sum;
}

static void check_visits(const struct witness *c)
{
    const struct counts *n = &c->tally->count;
    const struct sum planned = planned_visits(c->life), open = open_visits(&c->life->unit);
    const int64_t *care = c->books->whole_visits;
    int64_t given;
    const int64_t need = (realised_sum(c, PURPOSE_NEED, &given), needed(c));

    SAME(n->visits_planned, planned.n);
    SAME(n->visits_given, given);
    SAME(n->visits_given + n->visits_missed + n->no_shows + open.n, planned.n);
    SAME(n->granted_ms + n->no_show_granted_ms + open.granted, planned.granted);
    SAME(n->need_ms - n->missed_need_ms, need);
    SAME(n->given_ms, care[CARE_NEEDED] + care[CARE_SURPLUS]);
    if (c->life->world->slow)
        return; /* others do the same in other time, or in other numbers */
    cr_assert_leq(care[CARE_NEEDED], n->met_ms, "%s", c->name);
    if (c->set->regime.discretion.time_cost >= 0 && c->set->absence.temp_pace >= 1 &&
        c->set->regime.knowledge.unfamiliar_time >= 0 &&
        c->set->regime.knowledge.unskilled_time >= 0)
        SAME(n->met_ms, care[CARE_NEEDED]); /* nobody is quicker than the need says */
}

static void check_legs(const struct witness *c)
{
    const struct travel *t = &c->set->travel;

    if (t->kind == TRAVEL_NONE)
        SAME(c->books->whole[TRAVEL], 0);
    if (c->life->world->crews)
        return; /* a leg is counted once, and takes everybody's time */
    SAME(c->tally->count.leg_ms, c->books->whole[TRAVEL]);
    if (t->kind == TRAVEL_LAW && t->leg.kind == LAW_CONSTANT)
        SAME(c->tally->count.legs * tb__minutes(t->leg.mean), c->books->whole[TRAVEL]);
}

static int waiting_calls(const struct unit *u, int service, int *begun)
{
    int n = 0;

    for (int i = u->waiting[service].first; i != NONE; i = u->call[i].next, n++)
        *begun += u->call[i].begun;
    for (int w = 0; w < u->world->workers; w++)
        if (u->worker[w].doing == CALLING && u->worker[w].call != NONE &&
            u->call[u->worker[w].call].service == service) {
            n++;
            *begun += u->call[u->worker[w].call].begun;
        }
    return n;
}

/* Calls that will come to a service later: again, or from another one. */
static int calls_to_come(const struct unit *u, int service, bool again)
{
    int n = 0;

    for (int i = 1; i <= u->later.count; i++) {
        const struct call *c = &u->call[u->later.item[i].id];

        n += c->service == service && c->again == again;
    }
    return n;
}

static bool is_endless(const struct service *s)
{
    return s->arrival == ARRIVAL_ENDLESS || s->arrival == ARRIVAL_LULL;
}

/* Calls that other services passed on to this one. */
static int64_t passed_to(const struct witness *c, int service)
{
    int64_t sum = 0;

    for (int s = 0; s < c->life->world->services; s++)
        if (!strcmp(c->set->services[s].then, c->set->services[service].name))
            sum += c->tally->service[s].passed;
    return sum;
}

/* Calls that came from outside, as they were realised. */
static int64_t called(const struct witness *c, int service)
{
    int64_t sum = 0;

    for (int64_t i = 0; i < c->life->realised.count; i++)
        sum += (c->life->realised.item[i].kind == PURPOSE_CALL ||
                c->life->realised.item[i].kind == PURPOSE_CALLER) &&
               c->life->realised.item[i].entity == c->life->world->service[service].entity;
    return sum;
}

/* Each caller either calls or will call: nobody is lost, nobody calls twice at a time. */
static void check_callers(const struct witness *c, int service)
{
    const struct unit *u = &c->life->unit;
    const struct service_plan *p = &c->life->world->service[service];
    int calling = 0;

    if (!p->callers)
        return;
    for (int s = 0; s < c->life->world->services; s++)
        for (int i = u->waiting[s].first; i != NONE; i = u->call[i].next)
            calling += u->call[i].origin == service;
    for (int w = 0; w < u->world->workers; w++)
        if (u->worker[w].doing == CALLING && u->worker[w].call != NONE)
            calling += u->call[u->worker[w].call].origin == service;
    for (int i = 1; i <= u->later.count; i++)
        calling += u->call[u->later.item[i].id].origin == service;
    cr_assert_leq(u->source[service].callers.count + calling, p->callers, "%s", c->name);
}

/* Arrivals are done, left, lost or open; each return joins the queue once more; services that began
 * are over or go on. */
static void check_calls(const struct witness *c)
{
    for (int s = 0; s < c->life->world->services; s++) {
        const struct service_tally *t = &c->tally->service[s];
        const struct service *v = &c->set->services[s];
        int begun = 0;
        const int open = waiting_calls(&c->life->unit, s, &begun),
                  again = calls_to_come(&c->life->unit, s, true),
                  on = calls_to_come(&c->life->unit, s, false);

        SAME(t->calls, t->done + t->abandoned + t->lost + open + again);
        SAME(t->started, t->services + begun);
        if (v->return_probability <= 0)
            SAME(t->services, t->done);
        if (is_endless(v))
            cr_assert_geq(t->calls, passed_to(c, s) - on, "%s", c->name);
        else
            SAME(t->calls, called(c, s) + passed_to(c, s) - on);
        if (is_endless(v) || tb__law_mean(&v->patience) <= 0)
            SAME(t->abandoned, 0);
        if (is_endless(v) || !v->room)
            SAME(t->lost, 0);
        else
            cr_assert_leq(open, v->room, "%s", c->name);
        if (v->then_probability >= 1 && v->return_probability <= 0 && *v->then)
            SAME(t->passed, t->done);
        if (v->starts_at == 1 || is_endless(v))
            cr_assert_leq(t->long_waits, t->waited, "%s", c->name);
        cr_assert_leq(t->waited, t->started + t->abandoned, "%s", c->name);
        check_callers(c, s);
    }
}

static void count_owed(int64_t *owed, int64_t *spent, const struct unit *u,
                       const struct list *list)
{
    for (int i = list->first; i != NONE; i = u->owed[i].next) {
        owed[u->owed[i].obligation]++;
        spent[u->owed[i].obligation] += u->owed[i].spent;
    }
}

static bool shares_datum(const struct setting *s, int obligation)
{
    for (int o = 0; o < s->obligation_count; o++)
        if (o != obligation && *s->obligations[o].datum &&
            !strcmp(s->obligations[o].datum, s->obligations[obligation].datum))
            return true;
    return false;
}

/* Whether what is found is one thing at a time: an error and a misuse of a visit come to light
 * together. */
static bool one_kind_of_harm(const struct witness *c)
{
    return !c->tally->count.errors || !c->tally->count.misuse;
}

/* The same of an obligation that is about one group of clients: visits and calls of theirs. */
static int64_t triggers_of_group(const struct witness *c, const struct obligation *o)
{
    const struct notes *n = &c->life->unit.ledger.notes;
    const struct world *w = c->life->world;
    int64_t met = 0;

    for (int64_t i = 0; i < n->visits && o->trigger == TRIGGER_VISIT; i++)
        met += n->visit[i].given &&
               !strcmp(o->of, c->set->clients[w->client[n->visit[i].client].group].name);
    for (int s = 0; s < w->services && o->trigger == TRIGGER_CALL; s++)
        if ((!*o->service || !strcmp(o->service, c->set->services[s].name)) &&
            w->service[s].of != NOWHERE &&
            !strcmp(o->of, c->set->clients[w->service[s].of].name))
            met += c->tally->service[s].services;
    return o->trigger == TRIGGER_VISIT || o->trigger == TRIGGER_CALL ? met : -1;
}

/* Triggers met, from counts of other things; -1 where nothing else counts them. */
static int64_t triggers_met(const struct witness *c, const struct obligation *o)
{
    int64_t calls = 0;

    if (*o->of)
        return triggers_of_group(c, o);

    switch (o->trigger) {
    case TRIGGER_VISIT: return c->tally->count.visits_given;
    case TRIGGER_DEVIATION: return c->tally->count.deviations;
    case TRIGGER_NO_SHOW: return c->tally->count.no_shows;
    case TRIGGER_INCIDENT: return one_kind_of_harm(c) ? c->tally->count.found : -1;
    case TRIGGER_SHIFT: return c->books->blind ? -1 : c->books->attendances;
    case TRIGGER_CALL:
        for (int s = 0; s < c->life->world->services; s++)
            if (!*o->service || !strcmp(o->service, c->set->services[s].name))
                calls += c->tally->service[s].services;
        return calls;
    default: return -1;
    }
}

static void check_records(const struct witness *c)
{
    const struct unit *u = &c->life->unit;
    int64_t begun[MAX_OBLIGATIONS] = {0}; /* ms of what is not done yet */

    for (int i = 0; i < WRITERS; i++)
        count_owed(c->owed, begun, u, &u->orphans[i]);
    for (int i = 0; i < u->world->workers; i++) {
        count_owed(c->owed, begun, u, &u->worker[i].records);
        count_owed(c->owed, begun, u, &u->worker[i].closing);
    }
    for (int i = 0; i < c->set->obligation_count; i++) {
        const struct obligation *o = &c->set->obligations[i];
        const struct obligation_tally *t = &c->tally->obligation[i];
        const int64_t met = triggers_met(c, o), written = t->written + t->told;
        const bool exact = !shares_datum(c->set, i);

        cr_assert_geq(written + t->parts, c->books->stretches[i], "%s: %s", c->name,
                      o->name);
        if (o->minutes.kind == LAW_CONSTANT || o->minutes.kind == LAW_UNIFORM ||
            o->minutes.kind == LAW_TRIANGULAR)
            SAME(written + t->parts, c->books->stretches[i]); /* none takes no time at all */
        if (met >= 0)
            cr_assert_leq(written + c->owed[i], met, "%s: %s", c->name, o->name);
        if (met >= 0 && exact && o->probability >= 1)
            SAME(written + c->owed[i], met);
        if (tb__law_mean(&o->citizen_minutes) > 0 && o->probability > 0)
            SAME(t->asked, written + c->owed[i]);
        else
            SAME(t->citizen_ms, 0);
        if (o->citizen_minutes.kind == LAW_CONSTANT)
            SAME(t->citizen_ms,
                 t->asked * tb__variate_ms(&u->world->obligation[i].citizen, 0.5));
        cr_assert(!t->told || o->channel != CHANNEL_WRITTEN, "%s: %s", c->name, o->name);
        if (!t->told && o->minutes.kind == LAW_CONSTANT && o->delay_cost <= 0 &&
            !u->world->crews) {
            SAME((written + t->reentries) *
                         tb__variate_ms(&u->world->obligation[i].minutes, 0.5) +
                     begun[i],
                 c->books->whole_obligation[i]);
            SAME(t->copies * tb__variate_ms(&u->world->obligation[i].minutes, 0.5),
                 t->copy_ms);
        }
        cr_assert(t->reentries <= t->copies && t->copies <= t->written + t->reentries);
        if (exact)
            SAME(t->copies, t->reentries);
    }
}

/* What the team leaves of so many minutes of an errand: the share 1 - pooling for each fifteen minutes of
 * its meeting. */
static tb_time errand(const struct witness *c, int kind, double minutes)
{
    const struct teams *t = &c->set->regime.teams;
    const double share = kind < 0 ? 1 : c->set->shifts[kind].meeting_share;

    return tb__minutes(minutes *
                       (1 - tb__bought(t->pooling, t->meeting_minutes * share, 15)));
}

/* What workers waited for those who did not come. */
static tb_time waits_in_vain(const struct witness *c)
{
    const struct world *w = c->life->world;
    tb_time sum = 0;

    for (int64_t i = 0; i < c->life->realised.count; i++) {
        const struct realised_item *r = &c->life->realised.item[i];

        for (int k = 0; k < w->clients && r->kind == PURPOSE_NO_SHOW && r->a; k++)
            if (w->client[k].entity == r->entity)
                sum += tb__minutes(c->set->clients[w->client[k].group].no_show_minutes);
    }
    return sum;
}

static double visits_in_28_days(const struct world *w)
{
    double sum = 0;

    for (int i = 0; i < w->clients; i++)
        sum += (double)w->client[i].slots / w->client[i].cycles;
    return sum;
}

/* What shifts hold, by who came. */
static void check_duties(const struct witness *c)
{
    const struct duty *d = &c->set->duty;
    const struct control *k = &c->set->regime.control;
    const tb_time pause = tb__minutes(d->break_minutes);
    const double looks =
        k->coverage * visits_in_28_days(c->life->world) * 13 / 12; /* -> a month */
    const tb_time audit = tb__minutes(k->audit_minutes + k->look_minutes * looks);
    const int64_t *ms = c->books->whole;
    const int64_t shifts = c->books->attendances;
    int64_t read = 0, waits = 0, resumed = 0, always = 0, errands = 0, office = 0,
            there = 0;

    for (int o = 0; o < c->set->obligation_count; o++)
        read += c->tally->obligation[o].read *
                tb__minutes(c->set->obligations[o].read_minutes);
    for (int s = 0; s < c->life->world->services; s++)
        if (c->life->world->service[s].resumption > resumed)
            resumed = c->life->world->service[s].resumption;
    resumed *= c->tally->count.interruptions; /* at most */
    for (int w = 0; w < c->life->world->workers; w++) {
        waits += c->life->unit.worker[w].audit_ms;
        always += c->life->world->worker[w].always; /* they may be ill when it is opened */
    }
    read += c->tally->count.clashes * tb__minutes(c->set->regime.dialogue.clash_minutes);
    read += waits_in_vain(c);
    for (int i = 0; i < shifts; i++) {
        const int kind = c->books->attendance[i].kind;
        const int people = c->books->attendance[i].people;

        errands += people * errand(c, kind, d->handover_minutes);
        office += people * errand(c, kind, d->administration_minutes);
        there += people;
    }
    for (int w = 0; w < c->life->world->workers; w++) /* they may be ill when it is opened */
        if (c->life->world->worker[w].always)
            office += errand(c, -1, d->administration_minutes);
    if (!c->books->blind) {
        const int64_t indirect = ms[INDIRECT] - c->books->whole_duties[INDIRECT];
        const int64_t other = ms[ADMINISTRATION] - c->books->whole_duties[ADMINISTRATION];

        cr_assert_geq(indirect, errands + read, "%s", c->name);
        if (!c->life->world->crews && !c->life->world->trips)
            cr_assert_leq(indirect, errands + read + resumed, "%s", c->name);
        cr_assert_leq(other, office, "%s", c->name);
        cr_assert_leq(ms[BREAKS], (there + always) * pause, "%s", c->name);
    }
    if (one_kind_of_harm(c) && !c->life->world->crews)
        SAME(ms[CONTROL_WORK] + waits,
             c->tally->count.audits * audit +
                 c->tally->count.incidents * tb__minutes(k->inspection_minutes) +
                 c->life->unit.control.reviews *
                     tb__minutes(k->record_review * k->review_minutes));
    if (pause)
        SAME(ms[BREAKS] % pause, 0);
}

static void count_from_the_start(tb_scenario *s, const char *name)
{
    const struct occasion o = {
        .seed = 12, .no_warmup = 1, .logging = 1, .probe = {.canary = 1}, .remember = 1};
    struct life l;
    struct books b;
    const char *wrong;
    struct witness c = {.name = name, .life = &l, .books = &b};

    live(&l, s, &o);
    wrong = books_keep(&b, &l);
    cr_assert_null(wrong, "%s: %s", name, wrong);
    c.tally = &l.unit.ledger.tally[0];
    c.set = &l.world->set;
    c.owed = calloc(MAX_OBLIGATIONS, sizeof *c.owed);
    check_each_once(&c);
    check_visits(&c);
    check_legs(&c);
    check_calls(&c);
    check_records(&c);
    check_duties(&c);
    see(seen_count, &c.tally->count, 1, sizeof(struct counts));
    see(seen_obligation, c.tally->obligation, l.world->obligations,
        sizeof(struct obligation_tally));
    see(seen_service, c.tally->service, l.world->services, sizeof(struct service_tally));
    if (!strncmp(name, "random", 6))
        fired_add(&l);
    free(c.owed);
    books_clear(&b);
    life_clear(&l);
}

Test(ledger, counts_and_minutes_meet)
{
    const char *least;
    int64_t times;

    each_scenario(PRESET_WEEKS, RANDOM, count_from_the_start);
    expect_seen("count", seen_count, COUNTS);
    expect_seen("count of obligations", seen_obligation, OBLIGATION_COUNTS);
    expect_seen("count of services", seen_service, SERVICE_COUNTS);
    least = fired_least(&times);
    cr_assert_geq(times, FIRED, "%s: %lld times", least, (long long)times);
}

/* Little's law ------------------------------------------------------------------------ */

static int by_value(const void *left, const void *right)
{
    const tb_time a = *(const tb_time *)left, b = *(const tb_time *)right;

    return (a > b) - (a < b);
}

/* The integral over [0, to) of how many calls are there, by walking from event to event. */
static int64_t area_of(tb_time *in, int ins, tb_time *out, int outs, tb_time to)
{
    int64_t area = 0, there = 0;
    tb_time now = 0;
    int i = 0, j = 0;

    qsort(in, (size_t)ins, sizeof *in, by_value);
    qsort(out, (size_t)outs, sizeof *out, by_value);
    while (now < to) {
        const tb_time arrival = i < ins ? in[i] : to, departure = j < outs ? out[j] : to;
        const tb_time sooner = arrival < departure ? arrival : departure;
        const tb_time next = sooner < to ? sooner : to;

        area += there * (next - now);
        now = next;
        for (; i < ins && in[i] <= now; i++)
            there++;
        for (; j < outs && out[j] <= now; j++)
            there--;
    }
    return area;
}

/* Calls that nothing interrupts and that come once: each is one stretch of care in the log. */
static void check_little(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 13, .no_warmup = 1, .logging = 1, .remember = 1};
    int ins = 0, outs = 0;
    int64_t sojourn = 0, wait = 0, beyond = 0, waiting = 0, starts = 0, arrivals = 0;
    struct life l;
    const struct ledger *g = &l.unit.ledger;
    tb_time *in, *out;

    live(&l, s, &o);
    in = calloc((size_t)l.realised.count + 1, sizeof *in);
    out = calloc((size_t)g->logged + 1, sizeof *out);
    for (int64_t i = 0; i < l.realised.count; i++)
        if (l.realised.item[i].kind == PURPOSE_CALL)
            arrivals += in[ins++] = l.realised.item[i].a;
    for (int64_t i = 0; i < g->logged; i++)
        if (g->log[i].column == CARE_NEEDED) {
            out[outs++] = g->log[i].to;
            beyond += g->log[i].to > g->to ? g->log[i].to - g->to : 0;
            starts += g->log[i].from;
        }
    for (int v = 0; v < g->services; v++) {
        sojourn += g->tally[0].service[v].sojourn_ms;
        wait += g->tally[0].service[v].wait_ms;
        for (int c = l.unit.waiting[v].first; c != NONE; c = l.unit.call[c].next) {
            waiting += g->to - l.unit.call[c].arrived;
            arrivals -= l.unit.call[c].arrived;
        }
    }
    cr_assert_gt(outs, 100, "%s", name);
    cr_assert_eq(area_of(in, ins, out, outs, g->to), sojourn - beyond + waiting, "%s",
                 name);
    cr_assert_eq(wait, starts - arrivals, "%s", name);
    free(in);
    free(out);
    life_clear(&l);
}

Test(ledger, calls_obey_littles_law)
{
    static const char *const staff[][2] = {{"staff.crew.roster", "always"},
                                           {"shifts.day.weekdays", "3"}};

    for (int kind = 0; kind < 2; kind++)
        for (int load = 1; load <= 3; load++) {
            tb_scenario *s = NULL;

            cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
            put_item(s, "staff.crew.count", "4");
            put_item(s, staff[kind][0], staff[kind][1]);
            put_item(s, "services.alarm.minutes", "exponential(mean=9)");
            put_number(s, "services.alarm.per_hour", 4 * load);
            put_item(s, "services.errand.minutes", "lognormal(mean=14, cv=1.2)");
            put_number(s, "services.errand.per_hour", 2 * load);
            put(s, "services.errand.priority", "3");
            check_little(s, staff[kind][0]);
            tb_scenario_free(s);
        }
}

/* Nights ------------------------------------------------------------------------------ */

/* Some who work tonight worked last night: when that ends at six, nobody gives up what was planned
 * at midnight for the night to come. */
Test(ledger, a_quiet_unit_of_nights_misses_no_visit)
{
    static const char *const rules[] = {"overtime", "hand_over", "postpone", "drop"};

    for (int i = 0; i < 4; i++) {
        const struct occasion o = {.weeks = 4};
        tb_scenario *s = NULL;
        struct life l;

        cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
        put_item(s, "staff.crew.count", "3");
        put_item(s, "shifts.night.starts", "1320");
        put(s, "shifts.night.minutes", "480");
        put(s, "shifts.night.weekdays", "2");
        put(s, "shifts.night.saturdays", "2");
        put(s, "shifts.night.sundays", "2");
        put_item(s, "clients.old.count", "4");
        put(s, "clients.old.granted_hours", "3.5");
        put_item(s, "windows.late.opens", "1380");
        put(s, "windows.late.closes", "1500");
        put(s, "visits.unfinished", rules[i]);
        live(&l, s, &o);
        cr_assert_geq(l.unit.ledger.tally[0].count.visits_given, 100, "%s", rules[i]);
        cr_assert_eq(l.unit.ledger.tally[0].count.visits_missed, 0, "%s: %lld missed",
                     rules[i], (long long)l.unit.ledger.tally[0].count.visits_missed);
        life_clear(&l);
        tb_scenario_free(s);
    }
}
