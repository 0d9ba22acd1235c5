/* One setting is changed at a time: what is said to have no effect has none, to the last bit, and every
 * other kind of setting moves something in some scenario. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "life.h"
#include "model/outcome.h"
#include "random_scenario.h"
#include "scenario/scenario.h"

enum {
    DONORS = 300,
    SCENARIOS = 320,
    CHANGES = 8,
    KINDS = 600,
    TEXTS = 16,
    ENOUGH = 100
};

/* Settings by kind of path ("obligations.*.value"), and texts that they had somewhere. */
struct kind {
    char path[TB_PATH_SIZE], text[TEXTS][240];
    int texts, tried, moved, idle;
};
static struct kind kind[KINDS];
static int kinds, idle_changes, moving_changes;

/* What names, quotes, or says whose affair it is; no answer is to depend on it. All lives here last five
 * weeks. */
static const char *const labels[] = {"horizon.weeks", "money.currency", "money.price_year",
                                     "obligations.*.citation", "obligations.*.imposed_by"};

/* The name of an item is any name. */
static void kind_of(const char *path, char out[TB_PATH_SIZE])
{
    static const char *const lists[] = {"staff",   "shifts",   "holidays",    "clients",
                                        "windows", "services", "obligations", NULL};
    const char *dot = strchr(path, '.');

    snprintf(out, TB_PATH_SIZE, "%s", path);
    for (int i = 0; lists[i]; i++)
        if (dot && !strncmp(path, lists[i], (size_t)(dot - path)) &&
            strlen(lists[i]) == (size_t)(dot - path)) {
            const char *member = strchr(dot + 1, '.');

            snprintf(out, TB_PATH_SIZE, "%s.*%s", lists[i], member ? member : "");
        }
}

static struct kind *find(const char *path)
{
    char pattern[TB_PATH_SIZE];

    kind_of(path, pattern);
    for (int i = 0; i < kinds; i++)
        if (!strcmp(kind[i].path, pattern))
            return &kind[i];
    cr_assert_lt(kinds, KINDS);
    snprintf(kind[kinds].path, TB_PATH_SIZE, "%s", pattern);
    return &kind[kinds++];
}

/* Laws are set as a whole. */
static bool is_setting(const tb_value *v)
{
    return v->kind != TB_GROUP && v->kind != TB_LIST && !strstr(v->path, ".parts.") &&
           strlen(v->text) < 240;
}

static int lend(const tb_value *v, void *data)
{
    struct kind *k;

    (void)data;
    if (!is_setting(v))
        return 0;
    k = find(v->path);
    for (int i = 0; i < k->texts; i++)
        if (!strcmp(k->text[i], v->text))
            return 0;
    if (k->texts < TEXTS)
        snprintf(k->text[k->texts++], sizeof *k->text, "%s", v->text);
    return 0;
}

struct choice {
    struct random *random;
    int seen;
    bool fresh; /* only of kinds that have moved nothing yet */
    char path[TB_PATH_SIZE], text[240];
};

/* Any one, all equally likely. */
static int choose(const tb_value *v, void *data)
{
    struct choice *c = data;

    if (!is_setting(v) || (c->fresh && find(v->path)->moved) ||
        random_count(c->random, 0, c->seen++))
        return 0;
    snprintf(c->path, sizeof c->path, "%s", v->path);
    snprintf(c->text, sizeof c->text, "%s", v->text);
    return 0;
}

struct asked {
    const char *path;
    bool idle;
};

static void hear(const char *path, const char *message, void *data)
{
    struct asked *a = data;
    const size_t n = strlen(path);

    if (!strncmp(a->path, path, n) && (!a->path[n] || a->path[n] == '.') &&
        !strncmp(message, "it has no effect", 16) &&
        !strstr(message, "are measured")) /* here more weeks are than the scenario says */
        a->idle = true;
}

static bool is_idle(const tb_scenario *s, const char *path)
{
    struct asked a = {path, false};

    tb_scenario_advise(s, hear, &a);
    return a.idle;
}

static bool is_default(const tb_scenario *s, const char *path)
{
    tb_value v;

    cr_assert_eq(tb_scenario_get(s, path, &v, NULL), TB_OK);
    return v.is_default;
}

/* Whether what comes out of two lives differs, in any tally or any outcome. */
static bool differ(const struct life *a, const struct life *b)
{
    struct totals x, y;

    if (lives_differ(a, b))
        return true;
    tb__totals(a->world, &a->unit.ledger, 0, &x);
    tb__totals(b->world, &b->unit.ledger, 0, &y);
    for (int i = 0; i < tb__outcome_count(); i++) {
        const struct outcome *o = tb__outcome(i);
        const double p[] = {o->numerator(&x), o->denominator(&x)},
                     q[] = {o->numerator(&y), o->denominator(&y)};

        if (memcmp(p, q, sizeof p))
            return true;
    }
    return false;
}

static void change(const tb_scenario *s, const char *name, const struct life *before,
                   struct random *r)
{
    const struct occasion o = {.seed = 41, .weeks = 5};
    struct choice c = {.random = r, .fresh = random_chance(r, 0.6)};
    tb_scenario *other = NULL;
    const struct kind *from;
    struct kind *k;
    const char *text;
    struct life l;
    bool idle, was_idle;

    tb_scenario_walk(s, choose, &c);
    if (!c.seen)
        return;
    k = find(c.path);
    from = k;
    text = from->text[random_count(r, 0, from->texts - 1)];
    if (!strcmp(text, c.text))
        return;
    cr_assert_eq(tb_scenario_copy(s, &other, NULL), TB_OK);
    if (tb_scenario_set(other, c.path, text, NULL) || tb_scenario_check(other, NULL, NULL)) {
        tb_scenario_free(other);
        return;
    }
    was_idle = is_idle(s, c.path);
    idle = is_idle(other, c.path) && (was_idle || is_default(s, c.path));
    live(&l, other, &o);
    if (differ(before, &l)) {
        cr_expect(!idle, "%s: %s from %s to %s moves an answer, and is said not to", name,
                  c.path, c.text, text);
        k->moved++;
        moving_changes++;
    }
    k->tried += !idle && !was_idle && !is_idle(other, c.path);
    k->idle += idle;
    idle_changes += idle;
    life_clear(&l);
    tb_scenario_free(other);
}

Test(levers, move_something_or_are_said_to_be_idle)
{
    int silent = 0;

    for (uint64_t n = 1; n <= DONORS; n++) {
        tb_scenario *s = random_scenario(n);

        tb_scenario_walk(s, lend, NULL);
        tb_scenario_free(s);
    }
    for (uint64_t n = 1; n <= SCENARIOS; n++) {
        const struct occasion o = {.seed = 41, .weeks = 5};
        struct random r = {n};
        tb_scenario *s = random_scenario(n);
        char name[40];
        struct life l;

        snprintf(name, sizeof name, "random scenario %d", (int)n);
        live(&l, s, &o);
        for (int i = 0; i < CHANGES; i++)
            change(s, name, &l, &r);
        life_clear(&l);
        tb_scenario_free(s);
    }
    for (int i = 0; i < kinds; i++) {
        bool label = false;

        for (size_t k = 0; k < sizeof labels / sizeof *labels; k++)
            label |= !strcmp(kind[i].path, labels[k]);
        if (label)
            cr_expect_eq(kind[i].moved, 0, "%s moves an answer", kind[i].path);
        else if (!kind[i].moved && kind[i].tried) {
            printf("# %s: moved nothing in %d changes\n", kind[i].path, kind[i].tried);
            silent += kind[i].tried >= ENOUGH;
        }
    }
    printf("# %d changes moved an answer, %d were said not to; %d kinds of settings\n",
           moving_changes, idle_changes, kinds);
    cr_expect_eq(silent, 0, "%d kinds of settings never moved anything", silent);
    cr_assert(moving_changes > 300 && idle_changes > 50);
}
