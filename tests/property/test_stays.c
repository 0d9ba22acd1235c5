/* Clients who come and go: the same world under any regime, and work that follows who is there. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "life.h"
#include "random_scenario.h"
#include "scenario/scenario.h"

enum { SCENARIOS = 150, PRESET_WEEKS = 3 };

static int turned, followed, compared;

static bool turns(const struct world *w)
{
    for (int i = 0; i < w->set.client_group_count; i++)
        if (w->set.clients[i].count && tb__law_mean(&w->set.clients[i].stay_days) > 0)
            return true;
    return false;
}

static int group_of(const struct world *w, uint32_t entity)
{
    int i = 0;

    while (i < w->clients && w->client[i].entity != entity)
        i++;
    return i < w->clients ? w->client[i].group : -1;
}

/* Clients of a group (-1: all) who are there at t, by the stays as they were realised. */
static int there(const struct life *l, int group, tb_time t)
{
    const struct world *w = l->world;
    int n = 0;

    for (int g = 0; g < w->set.client_group_count; g++)
        if ((group < 0 || g == group) && tb__law_mean(&w->set.clients[g].stay_days) <= 0)
            n += w->set.clients[g].count;
    for (int64_t i = 0; i < l->realised.count; i++) {
        const struct realised_item *r = &l->realised.item[i];

        n += r->kind == PURPOSE_STAY && r->a <= t && t < r->b &&
             (group < 0 || group_of(w, r->entity) == group);
    }
    return n;
}

/* Those who come (1) or leave (-1) before the end, of a group or of all. */
static int changes(const struct life *l, int group, int change)
{
    int n = 0;

    for (int64_t i = 0; i < l->realised.count; i++) {
        const struct realised_item *r = &l->realised.item[i];

        if (r->kind == PURPOSE_STAY && (group < 0 || group_of(l->world, r->entity) == group))
            n += change > 0 ? r->a > 0 : r->b < l->world->to;
    }
    return n;
}

static int64_t time_there(const struct life *l)
{
    const struct world *w = l->world;
    int64_t ms = 0;

    for (int g = 0; g < w->set.client_group_count; g++)
        if (tb__law_mean(&w->set.clients[g].stay_days) <= 0)
            ms += w->set.clients[g].count * w->to;
    for (int64_t i = 0; i < l->realised.count; i++) {
        const struct realised_item *r = &l->realised.item[i];

        if (r->kind == PURPOSE_STAY)
            ms += (r->b < w->to ? r->b : w->to) - (r->a > 0 ? r->a : 0);
    }
    return ms;
}

/* Calls that were realised at a service. */
static int calls_of(const struct life *l, int service)
{
    int n = 0;

    for (int64_t i = 0; i < l->realised.count; i++)
        n += l->realised.item[i].kind == PURPOSE_CALL &&
             l->realised.item[i].entity == l->world->service[service].entity;
    return n;
}

static void check_service(const struct life *l, int s, const char *name)
{
    const struct world *w = l->world;
    const struct service *v = &w->set.services[s];
    const int group = w->service[s].of;
    int expected = -1;

    if (v->arrival == ARRIVAL_ADMISSION || v->arrival == ARRIVAL_DISCHARGE)
        expected = changes(l, group, v->arrival == ARRIVAL_ADMISSION ? 1 : -1);
    if (v->arrival == ARRIVAL_ROUNDS) {
        expected = 0;
        for (tb_time week = 0; week < w->to; week += TB__WEEK)
            for (int k = 0; k < v->trace_minutes.count; k++)
                expected += there(l, group, week + tb__minutes(v->trace_minutes.value[k]));
    }
    if (expected < 0)
        return;
    cr_assert_eq(calls_of(l, s), expected, "%s: %d calls of %s, not %d", name,
                 calls_of(l, s), v->name, expected);
    followed += expected > 0;
}

static void check(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 71, .no_warmup = 1, .remember = 1};
    struct life l;

    if (!s->set.client_group_count)
        return;
    live(&l, s, &o);
    if (turns(l.world)) {
        const struct counts *n = &l.unit.ledger.tally[0].count;

        cr_assert_eq(n->present_ms, time_there(&l), "%s: there for %lld ms, not %lld",
                     name, (long long)n->present_ms, (long long)time_there(&l));
        cr_assert_eq(n->admissions, changes(&l, -1, 1), "%s", name);
        turned++;
    }
    for (int i = 0; i < s->set.service_count; i++)
        check_service(&l, i, name);
    life_clear(&l);
}

Test(stays, work_follows_who_is_there)
{
    each_scenario(PRESET_WEEKS, SCENARIOS, check);
    cr_assert_gt(turned, SCENARIOS / 4);
    cr_assert_gt(followed, SCENARIOS / 10);
}

/* The nth realised stay from i on; the count where there is none. */
static int64_t next_stay(const struct life *l, int64_t i)
{
    while (i < l->realised.count && l->realised.item[i].kind != PURPOSE_STAY)
        i++;
    return i;
}

static void compare(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 72, .remember = 1};
    tb_scenario *other = NULL;
    struct life a, b;
    int64_t i, k;

    if (!s->set.client_group_count)
        return;
    cr_assert_eq(tb_scenario_copy(s, &other, NULL), TB_OK);
    random_regime(other, 17, true);
    live(&a, s, &o);
    live(&b, other, &o);
    i = next_stay(&a, 0);
    k = next_stay(&b, 0);
    for (; i < a.realised.count && k < b.realised.count;
         i = next_stay(&a, i + 1), k = next_stay(&b, k + 1)) {
        const struct realised_item *x = &a.realised.item[i], *y = &b.realised.item[k];

        cr_assert(x->entity == y->entity && x->index == y->index && x->a == y->a &&
                      x->b == y->b,
                  "%s: the stay of client %u differs", name, x->index);
        compared++;
    }
    cr_assert(i == a.realised.count && k == b.realised.count, "%s", name);
    life_clear(&a);
    life_clear(&b);
    tb_scenario_free(other);
}

Test(stays, are_the_same_under_any_regime)
{
    each_scenario(1, 40, compare);
    cr_assert_gt(compared, 100);
}

/* Of clients who stay a day, who is read about was somebody else: records that were owed when they left
 * are about nobody who comes. */
Test(stays, what_is_owed_tells_nobody_of_who_comes)
{
    const struct occasion o = {.seed = 74, .weeks = 10, .no_warmup = 1, .logging = 1};
    static const char *const timings[] = {"at_once", "when_idle", "end_of_shift"};
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    put_item(s, "staff.worker.count", "2");
    put_item(s, "shifts.day.minutes", "700");
    put(s, "shifts.day.weekdays", "1");
    put_item(s, "clients.guest.count", "10");
    put(s, "clients.guest.granted_hours", "7");
    put(s, "clients.guest.stay_days", "1");
    put(s, "clients.guest.need_variation", "lognormal(mean=1, cv=0.5)");
    put_item(s, "windows.day.opens", "500");
    put(s, "errors.per_visit", "0.2");
    put(s, "errors.misuse_per_visit", "0.2");
    put(s, "errors.unfamiliar_factor", "2");
    put(s, "regime.control.record_review", "0.5");
    put_item(s, "obligations.note.minutes", "5");
    put(s, "obligations.note.audited", "both");
    put_item(s, "obligations.report.trigger", "incident");
    put(s, "obligations.report.minutes", "5");
    for (int i = 0; i < 2; i++) {
        const char *name = i ? "report" : "note";
        char path[64];

        snprintf(path, sizeof path, "obligations.%s.read_probability", name);
        put(s, path, "1");
        snprintf(path, sizeof path, "obligations.%s.value", name);
        put(s, path, "0.5");
    }
    for (int i = 0; i < 3; i++) {
        struct life l;
        int about = 0;

        put(s, "obligations.note.timing", timings[i]);
        live(&l, s, &o);
        for (int k = 0; k < 2; k++) {
            cr_expect_gt(l.unit.ledger.tally[0].obligation[k].written, 10);
            cr_expect_eq(l.unit.ledger.tally[0].obligation[k].read, 0,
                         "%s, %d: %lld read", timings[i], k,
                         (long long)l.unit.ledger.tally[0].obligation[k].read);
        }
        for (int64_t k = 0; k < l.unit.ledger.logged; k++)
            if (l.unit.ledger.log[k].obligation == 0) {
                cr_assert(l.unit.ledger.log[k].client >= 0 &&
                          l.unit.ledger.log[k].client < l.world->clients);
                about++;
            }
        cr_expect_gt(about, 100); /* a log names the place */
        life_clear(&l);
    }
    tb_scenario_free(s);
}

/* Who comes is a stranger: nobody knows them, and no record tells of them. */
Test(stays, who_comes_is_a_stranger)
{
    const struct occasion o = {.seed = 73, .weeks = 6, .no_warmup = 1};
    tb_scenario *s = NULL;
    struct life l;
    int strangers = 0, known = 0;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    put_item(s, "staff.worker.count", "3");
    put(s, "staff.worker.roster", "always");
    put_item(s, "clients.guest.count", "20");
    put(s, "clients.guest.granted_hours", "7");
    put(s, "clients.guest.stay_days", "exponential(mean=12)");
    put(s, "clients.guest.vacant_days", "exponential(mean=1)");
    put_item(s, "windows.day.opens", "480");
    put_item(s, "obligations.note.minutes", "3");
    put(s, "regime.knowledge.acquaintance_gain", "0.5");
    live(&l, s, &o);
    for (int i = 0; i < l.world->clients; i++) {
        const struct stay *stay = &l.unit.client[i].stay;

        for (int w = 0; w < l.world->workers; w++) {
            const int day = tb__last_visits(&l.unit, i)[w];
            const int64_t pair = (int64_t)i * (l.world->workers + 1) + w;

            cr_assert(day < 0 || !stay->there || day >= stay->from / TB__DAY,
                      "client %d was visited before they came", i);
            strangers += day < 0;
            known += day >= 0;
            cr_assert(day >= 0 || l.unit.acquaintance[pair] == 0);
        }
        cr_assert(!stay->there || l.unit.written[i * l.world->obligations] < 0 ||
                      l.unit.written[i * l.world->obligations] >= stay->from,
                  "a record of client %d is of somebody else", i);
        cr_assert_leq(l.unit.client[i].continuity.visits, 15);
    }
    cr_assert_gt(strangers, 0);
    cr_assert_gt(known, 10);
    life_clear(&l);
    tb_scenario_free(s);
}
