/* Law 2: same world, different rules.
 *
 * Every call of tb__uniforms and tb__uniforms_ahead is seen here (the linker puts a wrapper before
 * them), and so is every realised need with the leg that led to it. So base draws are compared
 * where they are read, and realised lists where they are realised. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "life.h"
#include "random_scenario.h"
#include "scenario/scenario.h"

enum { PAIRS = 250 };

/* What is read --------------------------------------------------------------------------- */

struct reading {
    uint32_t key[2], replication, index, entity, purpose;
    double u[2];
};

struct readings {
    struct reading *item;
    int64_t count, room;
};

/* A leg and the visit that it led to. */
struct way {
    uint32_t entity, index;
    tb_time ms, begins; /* begins: since the start of the measured weeks */
};

struct ways {
    struct way *item;
    int64_t count, room;
};

static struct readings *spied; /* where readings go; NULL: nowhere */
static struct ways *walked;

#define GROW(list)                                                                  \
    do {                                                                            \
        if ((list)->count == (list)->room) {                                        \
            (list)->room = 2 * (list)->room + 1024;                                 \
            (list)->item =                                                          \
                realloc((list)->item, (size_t)(list)->room * sizeof *(list)->item); \
            cr_assert((list)->item);                                                \
        }                                                                           \
    } while (0)

static void note(const struct stream *s, uint32_t index, uint32_t entity,
                 uint32_t purpose, double first, double second)
{
    if (!spied)
        return;
    GROW(spied);
    spied->item[spied->count++] = (struct reading){
        {s->key[0], s->key[1]}, s->replication, index, entity, purpose, {first, second}};
}

void __real_tb__uniforms(const struct stream *s, uint32_t index, uint32_t entity,
                         uint32_t purpose, double u[2]);
void __wrap_tb__uniforms(const struct stream *s, uint32_t index, uint32_t entity,
                         uint32_t purpose, double u[2]);
void __real_tb__uniforms_ahead(const struct stream *s, int n, const uint32_t *index,
                               const uint32_t *entity, uint32_t purpose, double *out,
                               int stride);
void __wrap_tb__uniforms_ahead(const struct stream *s, int n, const uint32_t *index,
                               const uint32_t *entity, uint32_t purpose, double *out,
                               int stride);
void __real_tb__realised(struct unit *u, int kind, uint32_t entity, uint32_t index,
                         tb_time a, tb_time b);
void __wrap_tb__realised(struct unit *u, int kind, uint32_t entity, uint32_t index,
                         tb_time a, tb_time b);

void __wrap_tb__uniforms(const struct stream *s, uint32_t index, uint32_t entity,
                         uint32_t purpose, double u[2])
{
    __real_tb__uniforms(s, index, entity, purpose, u);
    note(s, index, entity, purpose, u[0], u[1]);
}

void __wrap_tb__uniforms_ahead(const struct stream *s, int n, const uint32_t *index,
                               const uint32_t *entity, uint32_t purpose, double *out,
                               int stride)
{
    __real_tb__uniforms_ahead(s, n, index, entity, purpose, out, stride);
    for (int i = 0; i < n; i++)
        note(s, index[i], entity[i], purpose, out[i * stride], out[i * stride + 1]);
}

/* A need is realised on arrival: the last stretch of travel in the log is the way there; only
 * reading may come between. */
static tb_time last_leg(const struct ledger *l)
{
    for (int64_t i = l->logged - 1; i >= 0 && i > l->logged - 50; i--)
        if (l->log[i].column == TRAVEL)
            return l->log[i].to - l->log[i].from;
    return 0;
}

void __wrap_tb__realised(struct unit *u, int kind, uint32_t entity, uint32_t index,
                         tb_time a, tb_time b)
{
    __real_tb__realised(u, kind, entity, index, a, b);
    if (!walked || kind != PURPOSE_NEED)
        return;
    GROW(walked);
    walked->item[walked->count++] =
        (struct way){entity, index, last_leg(&u->ledger), u->now - u->world->from};
}

/* Two lives ------------------------------------------------------------------------------ */

struct watched {
    struct life life;
    struct readings readings;
    struct ways ways;
};

static int by_address(const void *left, const void *right)
{
    return memcmp(left, right, offsetof(struct reading, u));
}

static int by_visit(const void *left, const void *right)
{
    return memcmp(left, right, offsetof(struct way, ms));
}

static int by_kind(const void *left, const void *right)
{
    const struct realised_item *a = left, *b = right;

    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->entity != b->entity)
        return a->entity < b->entity ? -1 : 1;
    if (a->index != b->index)
        return a->index < b->index ? -1 : 1;
    return (a->a > b->a) - (a->a < b->a);
}

static void watch(struct watched *w, const tb_scenario *s, struct occasion o)
{
    *w = (struct watched){.readings = {NULL, 0, 0}};
    o.remember = o.logging = 1;
    spied = &w->readings;
    walked = &w->ways;
    live(&w->life, s, &o);
    spied = NULL;
    walked = NULL;
    if (w->readings.count)
        qsort(w->readings.item, (size_t)w->readings.count, sizeof *w->readings.item,
              by_address);
    if (w->ways.count)
        qsort(w->ways.item, (size_t)w->ways.count, sizeof *w->ways.item, by_visit);
    for (int64_t i = 0; i < w->life.realised.count; i++) {
        struct realised_item *r = &w->life.realised.item[i];

        if (r->kind == PURPOSE_ABSENCE && r->a >= w->life.world->to - TB__DAY)
            r->kind = INT32_MAX; /* of the last day, not all spells are known */
    }
    if (w->life.realised.count)
        qsort(w->life.realised.item, (size_t)w->life.realised.count,
              sizeof *w->life.realised.item, by_kind);
}

static void watched_clear(struct watched *w)
{
    free(w->readings.item);
    free(w->ways.item);
    life_clear(&w->life);
}

/* Addresses ------------------------------------------------------------------------------ */

/* How many items of a backlog, or calls of a caller, there are depends on who has time for them. */
static bool is_endless(const struct world *w, uint32_t entity)
{
    for (int s = 0; s < w->services; s++)
        if (w->service[s].entity == entity)
            return w->service[s].endless;
    return false;
}

/* What nobody's rules can change is drawn for the same addresses; what a regime decides (records,
 * audits, errors of the visits that were given) may be drawn for others, but an address that both
 * read gives both the same. */
static bool is_base(const struct world *w, const struct reading *r)
{
    const uint32_t p = r->purpose & 0xff;

    if (p == PURPOSE_ABSENCE) /* all of a day's spells are known when it is over */
        return r->index < (uint32_t)(w->to / TB__DAY - 1 + w->day_bias);
    return p == PURPOSE_NEED || p == PURPOSE_LEG || p == PURPOSE_CALL_COUNT ||
           (p == PURPOSE_CALL && !is_endless(w, r->entity));
}

static int64_t expect_same_draws(const char *name, const struct watched *a,
                                 const struct watched *b)
{
    int64_t common = 0, i = 0, j = 0;

    while (i < a->readings.count || j < b->readings.count) {
        const struct reading *x = i < a->readings.count ? &a->readings.item[i] : NULL;
        const struct reading *y = j < b->readings.count ? &b->readings.item[j] : NULL;
        const int order = !x ? 1 : !y ? -1 : by_address(x, y);

        if (!order) {
            cr_assert_arr_eq(x->u, y->u, sizeof x->u, "%s: purpose %u", name, x->purpose);
            common++;
        } else {
            cr_assert(!is_base(a->life.world, order < 0 ? x : y),
                      "%s: only one draws purpose %u, entity %08x, index %x", name,
                      (order < 0 ? x : y)->purpose, (order < 0 ? x : y)->entity,
                      (order < 0 ? x : y)->index);
        }
        i += order <= 0;
        j += order >= 0;
    }
    return common;
}

/* Two purposes have lanes that are read at different times: who finds back to a call goes the same
 * way; whether a temp fills is asked when the day is planned and when the shift begins. How long somebody
 * stays is looked up when visits are planned, and when it is so far. */
static bool is_read_again(uint32_t purpose)
{
    return (purpose & 0xff) == PURPOSE_NO_SHOW || /* by each of two carers */
           (purpose & 0xff) == PURPOSE_RETURN_LEG ||
           (purpose & 0xff) == PURPOSE_CALL_LEG || (purpose & 0xff) == PURPOSE_STAY;
}

static void expect_read_once(const char *name, const struct watched *w)
{
    for (int64_t i = 1; i < w->readings.count; i++) {
        const struct reading *r = &w->readings.item[i];

        if (!is_read_again(r->purpose))
            cr_assert(by_address(r - 1, r),
                      "%s: purpose %u, entity %08x, index %x is read twice", name,
                      r->purpose, r->entity, r->index);
    }
}

/* Realised lists --------------------------------------------------------------------------- */

static int64_t first_of(const struct realised *r, int kind)
{
    int64_t i = 0;

    while (i < r->count && r->item[i].kind < kind)
        i++;
    return i;
}

static bool same_item(const struct realised_item *a, const struct realised_item *b)
{
    return !by_kind(a, b) && a->b == b->b;
}

/* Who is ill falls ill again only when well. */
static void expect_spells_apart(const char *name, const struct watched *w)
{
    const struct realised *r = &w->life.realised;

    for (int64_t i = first_of(r, PURPOSE_ABSENCE) + 1; i < r->count; i++)
        if (r->item[i].kind == PURPOSE_ABSENCE && r->item[i].entity == r->item[i - 1].entity)
            cr_assert_leq(r->item[i - 1].b, r->item[i].a, "%s: worker %08x, day %u", name,
                          r->item[i].entity, r->item[i].index);
}

/* Equal to the last item. */
static int64_t expect_equal_lists(const char *name, const struct watched *a,
                                  const struct watched *b, int kind)
{
    const struct realised *x = &a->life.realised, *y = &b->life.realised;
    int64_t i = first_of(x, kind), j = first_of(y, kind), n = 0;

    for (;; i++, j++, n++) {
        const bool more = i < x->count && x->item[i].kind == kind;

        cr_assert_eq(more, j < y->count && y->item[j].kind == kind,
                     "%s: kind %d ends after %lld of one", name, kind, (long long)n);
        if (!more)
            return n;
        cr_assert(same_item(&x->item[i], &y->item[j]),
                  "%s: kind %d, item %lld: %08x %x %lld %lld, %08x %x %lld %lld", name,
                  kind, (long long)n, x->item[i].entity, x->item[i].index,
                  (long long)x->item[i].a, (long long)x->item[i].b, y->item[j].entity,
                  y->item[j].index, (long long)y->item[j].a, (long long)y->item[j].b);
    }
}

/* What of the realised does not depend on when: needs of visits and of callers' calls, patience. */
static tb_time lasting(const struct realised_item *r)
{
    return r->kind == PURPOSE_CALLER ? r->b : r->a;
}

/* Needs of visits that both gave (or of calls, or their patience); returns how many. */
static int64_t expect_equal_values(const char *name, const struct watched *a,
                                   const struct watched *b, int kind)
{
    const struct realised *x = &a->life.realised, *y = &b->life.realised;
    int64_t i = first_of(x, kind), j = first_of(y, kind), n = 0;

    while (i < x->count && j < y->count && x->item[i].kind == kind &&
           y->item[j].kind == kind) {
        const struct realised_item *p = &x->item[i], *q = &y->item[j];
        const int order = p->entity != q->entity
                              ? (p->entity < q->entity ? -1 : 1)
                              : (p->index > q->index) - (p->index < q->index);

        if (!order) {
            cr_assert_eq(lasting(p), lasting(q), "%s: kind %d of %08x, %x", name, kind,
                         p->entity, p->index);
            n++;
        }
        i += order <= 0;
        j += order >= 0;
    }
    return n;
}

static int64_t expect_equal_needs(const char *name, const struct watched *a,
                                  const struct watched *b)
{
    return expect_equal_values(name, a, b, PURPOSE_NEED);
}

/* Legs of visits that both gave; returns how many. */
static int64_t expect_equal_legs(const char *name, const struct watched *a,
                                 const struct watched *b)
{
    int64_t i = 0, j = 0, n = 0;

    while (i < a->ways.count && j < b->ways.count) {
        const struct way *x = &a->ways.item[i], *y = &b->ways.item[j];
        const int order = by_visit(x, y);

        if (!order) {
            cr_assert_eq(x->ms, y->ms, "%s: client %08x, visit %x", name, x->entity,
                         x->index);
            n++;
        }
        i += order <= 0;
        j += order >= 0;
    }
    return n;
}

/* Visits that both gave were given about the same time: a visit is late by days in few units. */
static int64_t expect_same_days(const char *name, const struct watched *a,
                                const struct watched *b)
{
    int64_t i = 0, j = 0, n = 0, apart = 0;

    while (i < a->ways.count && j < b->ways.count) {
        const struct way *x = &a->ways.item[i], *y = &b->ways.item[j];
        const int order = by_visit(x, y);

        if (!order) {
            n++;
            apart += llabs(x->begins - y->begins) > 2 * TB__DAY;
        }
        i += order <= 0;
        j += order >= 0;
    }
    cr_assert_leq(apart, 2 + n / 10, "%s: %lld of %lld visits are on other days", name,
                  (long long)apart, (long long)n);
    return n;
}

/* The tests ---------------------------------------------------------------------------------- */

static void close_feedbacks(tb_scenario *s)
{
    put(s, "regime.wellbeing.strain_on_absence", "0");
    put(s, "regime.wellbeing.autonomy_on_absence", "0");
    put(s, "regime.wellbeing.meetings_on_absence", "0");
    put(s, "regime.dialogue.codesign_effect", "0");
}

static int64_t draws, needs, absences, calls, legs, canaries, pairs, removals, callers,
    patience;

static void compare(const char *name, const tb_scenario *one, const tb_scenario *other)
{
    const struct occasion o = {.seed = 21, .replication = 3};
    struct watched a, b;

    watch(&a, one, o);
    watch(&b, other, o);
    expect_read_once(name, &a);
    expect_read_once(name, &b);
    expect_spells_apart(name, &a);
    draws += expect_same_draws(name, &a, &b);
    absences += expect_equal_lists(name, &a, &b, PURPOSE_ABSENCE);
    calls += expect_equal_lists(name, &a, &b, PURPOSE_CALL);
    needs += expect_equal_needs(name, &a, &b);
    callers += expect_equal_values(name, &a, &b, PURPOSE_CALLER);
    patience += expect_equal_values(name, &a, &b, PURPOSE_CALL_PATIENCE);
    if (a.life.world->set.travel.kind == TRAVEL_LAW)
        legs += expect_equal_legs(name, &a, &b);
    cr_assert_eq(a.life.unit.ledger.tally[0].count.visits_planned,
                 b.life.unit.ledger.tally[0].count.visits_planned, "%s", name);
    pairs++;
    watched_clear(&a);
    watched_clear(&b);
}

/* Another regime, and other rules beside it. */
static void change_everything(tb_scenario *s, const char *name)
{
    static const char *const rules[] = {"overtime", "hand_over", "postpone", "drop"};
    static uint64_t number;
    tb_scenario *other = NULL;

    close_feedbacks(s);
    cr_assert_eq(tb_scenario_copy(s, &other, NULL), TB_OK);
    random_regime(other, ++number, false);
    put(other, "visits.unfinished", rules[number % 4]);
    put(other, "planning.mode", number / 4 % 2 ? "given" : "daily");
    put(other, "duty.break_minutes", "10");
    while (other->set.obligation_count && !(number % 3)) {
        char path[TB_PATH_SIZE];

        snprintf(path, sizeof path, "obligations.%s", other->set.obligations[0].name);
        cr_assert_eq(tb_scenario_remove(other, path, NULL), TB_OK);
    }
    if (!tb_scenario_check(other, NULL, NULL)) /* shifts may be too short for both regimes */
        compare(name, s, other);
    tb_scenario_free(other);
}

Test(same_world, needs_absences_and_calls_are_equal_under_any_rules)
{
    each_scenario(2, PAIRS, change_everything);
    printf("# %lld pairs share %lld draws, %lld needs, %lld absences, %lld calls, %lld "
           "legs\n",
           (long long)pairs, (long long)draws, (long long)needs, (long long)absences,
           (long long)calls, (long long)legs);
    cr_assert_gt(pairs, PAIRS * 4 / 5);
    printf("# and %lld needs of callers and %lld patiences\n", (long long)callers,
           (long long)patience);
    cr_assert(needs > 10000 && absences > 1000 && calls > 10000 && legs > 3000);
    cr_assert(callers > 1000 && patience > 1000);
}

/* Without one duty to write, the rest of the world goes on: with the same rules even the order in
 * which routes are walked is the plan's, where the plan is given. */
static void remove_each(tb_scenario *s, const char *name)
{
    close_feedbacks(s);
    put(s, "planning.mode", "given");
    for (int i = 0; i < s->set.obligation_count; i++) {
        tb_scenario *less = NULL;
        char path[TB_PATH_SIZE], text[TB_PATH_SIZE + 80];

        snprintf(path, sizeof path, "obligations.%s", s->set.obligations[i].name);
        snprintf(text, sizeof text, "%s without %s", name, path);
        cr_assert_eq(tb_scenario_copy(s, &less, NULL), TB_OK);
        cr_assert_eq(tb_scenario_remove(less, path, NULL), TB_OK);
        compare(text, s, less);
        tb_scenario_free(less);
        removals++;
    }
}

Test(same_world, an_obligation_less_changes_no_arrival_need_absence_or_leg)
{
    each_scenario(1, 40, remove_each);
    printf("# %lld removals share %lld legs\n", (long long)removals, (long long)legs);
    cr_assert(removals > 100 && legs > 10000 && needs > 10000 && calls > 10000);
}

static void let_it_sing(tb_scenario *s, const char *name)
{
    const struct occasion silent = {.seed = 22, .weekly = 1};
    struct occasion loud = silent;
    struct watched a, b;
    const char *differ;

    loud.probe.canary = true;
    watch(&a, s, silent);
    watch(&b, s, loud);
    cr_assert_gt(b.readings.count, a.readings.count, "%s: no canary", name);
    canaries += b.readings.count - a.readings.count;
    differ = lives_differ(&a.life, &b.life);
    cr_assert_null(differ, "%s: %s", name, differ);
    cr_assert_eq(a.life.unit.ledger.logged, b.life.unit.ledger.logged, "%s", name);
    for (int64_t i = 0; i < a.life.unit.ledger.logged; i++) {
        const struct stretch *x = &a.life.unit.ledger.log[i],
                             *y = &b.life.unit.ledger.log[i];
        cr_assert(x->from == y->from && x->to == y->to && x->worker == y->worker &&
                      x->column == y->column && x->client == y->client &&
                      x->obligation == y->obligation && x->temp == y->temp,
                  "%s: stretch %lld", name, (long long)i);
    }
    watched_clear(&a);
    watched_clear(&b);
}

Test(same_world, a_canary_changes_nothing)
{
    each_scenario(2, 100, let_it_sing);
    cr_assert_gt(canaries, 1000);
}

/* A unit into which nobody looks takes the short way through its visits, where it is usual. */
static int64_t short_ways, visits_given;

static void look_away(tb_scenario *s, const char *name)
{
    struct occasion o = {.seed = 24, .weekly = 1};
    struct life seen, unseen;
    const char *differ;

    live(&seen, s, &o);
    o.unseen = 1;
    live(&unseen, s, &o);
    cr_assert_not(seen.unit.usual);
    differ = lives_differ(&seen, &unseen);
    cr_assert_null(differ, "%s: %s", name, differ);
    if (unseen.unit.usual) {
        short_ways++;
        visits_given += unseen.unit.ledger.tally[0].count.visits_given;
    }
    life_clear(&seen);
    life_clear(&unseen);
}

/* Units like a preset's, with other rules where the short way has steps of its own. */
static void look_away_from(const char *preset)
{
    static const char *const rules[][2] = {
        {"regime.grants.binding", "0.5"},
        {"regime.grants.fill", "0.7"},
        {"regime.grants.tolerance_minutes", "0"},
        {"regime.records.interoperability", "0.5"},
        {"regime.knowledge.records_on_acquaintance", "0.4"},
        {"regime.discretion.autonomy", "0.2"},
        {"obligations.deviation.timing", "at_once"},
        {"obligations.journal.timing", "end_of_shift"},
        {"obligations.journal.datum", "deviation"},
        {"visits.pressure_from_minutes", "0"},
        {"absence.days_between", "10"},
    };
    tb_error err;

    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        tb_scenario *s;

        cr_assert_eq(tb_scenario_preset(preset, &s, &err), TB_OK, "%s", err.message);
        put(s, "horizon.weeks", "2");
        put(s, "horizon.warmup_weeks", "1");
        put(s, rules[i][0], rules[i][1]);
        look_away(s, rules[i][0]);
        tb_scenario_free(s);
    }
}

Test(same_world, who_looks_in_changes_nothing)
{
    each_scenario(2, 150, look_away);
    look_away_from("home_care/npm");
    printf("# %lld units took the short way, through %lld visits\n",
           (long long)short_ways, (long long)visits_given);
    cr_assert(short_ways >= 11 && visits_given > 10000);
}

/* Longer before the measured weeks: the same visits, calls and needs within them. */
static void warm_up(tb_scenario *s, const char *name)
{
    struct watched a, b;

    put(s, "regime.dialogue.codesign_effect", "0"); /* talks begin with life */
    s->set.horizon.weeks = 2;
    s->set.horizon.warmup_weeks = 1;
    watch(&a, s, (struct occasion){.seed = 23});
    s->set.horizon.warmup_weeks = 3;
    watch(&b, s, (struct occasion){.seed = 23});
    needs += expect_equal_needs(name, &a, &b);
    expect_same_days(name, &a, &b);
    for (int64_t i = 0; i < a.life.realised.count; i++)
        if (a.life.realised.item[i].kind == PURPOSE_CALL)
            a.life.realised.item[i].a += 2 * TB__WEEK;
    /* of the longer life, what the shorter one has seen */
    for (int64_t i = 0, n = b.life.realised.count; i < n; i++)
        if (b.life.realised.item[i].kind == PURPOSE_CALL &&
            b.life.realised.item[i].a < 2 * TB__WEEK)
            b.life.realised.item[i].kind = INT32_MAX;
    if (b.life.realised.count)
        qsort(b.life.realised.item, (size_t)b.life.realised.count,
              sizeof *b.life.realised.item, by_kind);
    calls += expect_equal_lists(name, &a, &b, PURPOSE_CALL);
    watched_clear(&a);
    watched_clear(&b);
}

Test(same_world, the_warm_up_moves_no_visit_and_no_call)
{
    each_scenario(2, 60, warm_up);
    cr_assert(needs > 2000 && calls > 1000, "%lld needs, %lld calls", (long long)needs,
              (long long)calls);
}
