/* Obligations that are about one group of clients: each group's part of what all would owe, to the
 * millisecond, and nothing of the others'. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "life.h"
#include "random_scenario.h"

enum { GROUPS = 2, WEEKS = 9 };

static const char *const groups[GROUPS] = {"first", "second"};

static const struct {
    const char *trigger, *per;
} kinds[] = {{"visit", "worker"},    {"deviation", "worker"}, {"no_show", "worker"},
             {"incident", "worker"}, {"week", "client"},      {"month", "person"},
             {"call", "worker"}};

static void set(tb_scenario *s, const char *list, const char *item, const char *member,
                const char *value)
{
    char path[TB_PATH_SIZE];

    snprintf(path, sizeof path, "%s.%s.%s", list, item, member);
    put_item(s, path, value);
}

/* Two groups with visits by given routes, and calls of each; records are written in the long run of the
 * evening, and change nothing of the day. */
static tb_scenario *unit(const char *trigger, const char *per)
{
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    put(s, "planning.mode", "given");
    put_item(s, "staff.worker.count", "9");
    put_item(s, "shifts.day.starts", "420");
    put(s, "shifts.day.minutes", "900");
    put(s, "shifts.day.weekdays", "4");
    put(s, "shifts.day.saturdays", "4");
    put(s, "shifts.day.sundays", "4");
    put_item(s, "windows.morning.opens", "480");
    put(s, "windows.morning.closes", "600");
    put(s, "errors.per_visit", "0.3");
    put(s, "errors.found_by_chance", "0.5");
    put(s, "regime.grants.granularity", "minutes");
    for (int g = 0; g < GROUPS; g++) {
        set(s, "clients", groups[g], "count", g ? "7" : "5");
        set(s, "clients", groups[g], "people", "3");
        set(s, "clients", groups[g], "granted_hours", "1");
        set(s, "clients", groups[g], "visit_minutes", "20");
        set(s, "clients", groups[g], "no_show", "0.3");
        set(s, "clients", groups[g], "need_variation", "lognormal(mean=1, cv=0.4)");
        set(s, "services", groups[g], "arrival", "clients");
        set(s, "services", groups[g], "of", groups[g]);
        set(s, "services", groups[g], "per_hour", "0.05");
    }
    put_item(s, "obligations.note.minutes", "lognormal(mean=2, cv=0.5)");
    put(s, "obligations.note.trigger", trigger);
    put(s, "obligations.note.per", per);
    put(s, "obligations.note.probability", "0.7");
    put(s, "obligations.note.timing", "end_of_shift");
    return s;
}

/* Records and ms of the note, and ms about clients of each group. */
struct sums {
    int64_t written, ms, about[GROUPS];
};

static struct sums sums_of(const tb_scenario *s)
{
    const struct occasion o = {.seed = 5, .weeks = WEEKS, .no_warmup = 1, .logging = 1};
    struct sums sum = {0};
    struct life l;

    live(&l, s, &o);
    cr_assert_eq(l.status, TB_OK, "%s", l.err.message);
    sum.written = l.unit.ledger.tally[0].obligation[0].written;
    sum.ms = l.unit.ledger.tally[0].obligation[0].ms;
    for (int64_t i = 0; i < l.unit.ledger.logged; i++) {
        const struct stretch *t = &l.unit.ledger.log[i];

        if (t->obligation == 0 && t->client >= 0)
            sum.about[l.world->client[t->client].group] += t->to - t->from;
    }
    life_clear(&l);
    return sum;
}

Test(groups, each_has_its_part)
{
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        tb_scenario *s = unit(kinds[k].trigger, kinds[k].per);
        const struct sums all = sums_of(s);
        struct sums parts = {0};

        for (int g = 0; g < GROUPS; g++) {
            struct sums part;

            put(s, "obligations.note.of", groups[g]);
            part = sums_of(s);
            cr_expect_gt(part.written, 5, "%s of %s", kinds[k].trigger, groups[g]);
            cr_expect_eq(part.about[!g], 0, "%s of %s", kinds[k].trigger, groups[g]);
            cr_expect_eq(part.about[g], all.about[g], "%s of %s", kinds[k].trigger,
                         groups[g]);
            parts.written += part.written;
            parts.ms += part.ms;
        }
        if (strcmp(kinds[k].trigger, "incident") != 0) { /* those of calls are of no group */
            cr_expect_eq(parts.written, all.written, "%s", kinds[k].trigger);
            cr_expect_eq(parts.ms, all.ms, "%s", kinds[k].trigger);
        } else {
            cr_expect_lt(parts.written, all.written);
        }
        tb_scenario_free(s);
    }
}

static int named;

/* Where there is one group of clients and nobody calls, to name it changes nothing, plans included. */
static void name_the_only_one(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 6, .weekly = 1};
    tb_scenario *other = NULL;
    struct life a, b;

    if (s->set.client_group_count != 1)
        return;
    for (int i = 0; i < s->set.service_count; i++)
        s->set.services[i].books = BOOKS_INDIRECT; /* nothing goes wrong in a call */
    for (int i = 0; i < s->set.obligation_count; i++)
        *s->set.obligations[i].of = '\0';
    cr_assert_eq(tb_scenario_copy(s, &other, NULL), TB_OK);
    for (int i = 0; i < other->set.obligation_count; i++) {
        struct obligation *d = &other->set.obligations[i];

        if (d->trigger == TRIGGER_CALL || d->trigger == TRIGGER_SHIFT ||
            (d->trigger >= TRIGGER_WEEK && !tb__is_of_clients(d->per)))
            continue;
        strcpy(d->of, other->set.clients[0].name);
        named++;
    }
    live(&a, s, &o);
    live(&b, other, &o);
    cr_assert_null(lives_differ(&a, &b), "%s: %s", name, lives_differ(&a, &b));
    life_clear(&a);
    life_clear(&b);
    tb_scenario_free(other);
}

Test(groups, the_only_one_may_be_named)
{
    each_scenario(2, 150, name_the_only_one);
    cr_assert_gt(named, 100);
}

/* The day plan sets no time aside for what is about others, and the offered load holds none of it. */
Test(groups, plan_and_load_know_them)
{
    const struct occasion o = {.seed = 7, .weeks = 2, .no_warmup = 1};
    tb_scenario *s = unit("visit", "worker");
    double load[GROUPS + 1];
    int32_t takes[GROUPS + 1][GROUPS] = {{0}};
    struct life l;

    put(s, "planning.mode", "daily");
    put(s, "obligations.note.minutes", "12");
    put(s, "obligations.note.probability", "1");
    for (int k = 0; k <= GROUPS; k++) {
        if (k)
            put(s, "obligations.note.of", groups[k - 1]);
        live(&l, s, &o);
        load[k] = l.world->offered_load;
        for (int i = 0; i < l.world->slots; i++)
            takes[k][l.world->client[l.world->slot[i].client].group] =
                l.world->slot[i].takes - l.world->slot[i].lasts;
        life_clear(&l);
    }
    for (int g = 0; g < GROUPS; g++) {
        cr_expect_eq(takes[0][g], 720);
        cr_expect_eq(takes[1 + g][g], 720);
        cr_expect_eq(takes[1 + g][!g], 0);
    }
    put(s, "obligations.note.of", "");
    put(s, "obligations.note.probability", "0");
    live(&l, s, &o);
    cr_expect_float_eq(load[1] + load[2] - load[0], l.world->offered_load, 1e-12);
    cr_expect_gt(load[1], l.world->offered_load);
    life_clear(&l);
    tb_scenario_free(s);
}
