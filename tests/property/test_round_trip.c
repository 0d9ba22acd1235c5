/* Canonical text and back: the identity for every preset and for random scenarios, with sources and
 * in any state; and texts that are wrong in every way are refused without harm. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random_scenario.h"

#ifndef SCENARIOS
#define SCENARIOS 2000
#endif
#define MUTANTS (5 * SCENARIOS)
enum { PARENTS = 60 };

static char *text_of(const tb_scenario *s, unsigned flags)
{
    const size_t length = tb_scenario_text(s, flags, NULL, 0);
    char *text = malloc(length + 1);

    cr_assert(text);
    cr_assert_eq(tb_scenario_text(s, flags, text, length + 1), length);
    return text;
}

static tb_scenario *parsed(const char *text)
{
    tb_scenario *s = NULL;
    tb_error err = {0};

    cr_assert_eq(tb_scenario_parse(text, strlen(text), &s, NULL, NULL, &err), TB_OK, "%s",
                 err.message);
    return s;
}

/* Lines of every value, default or not, made without the writer. */
struct listing {
    char *text;
    size_t length, room;
};

static void append(struct listing *l, const char *text)
{
    const size_t bytes = strlen(text);

    if (l->length + bytes >= l->room) {
        l->room = 2 * l->room + bytes + 4096;
        l->text = realloc(l->text, l->room);
        cr_assert(l->text);
    }
    memcpy(l->text + l->length, text, bytes + 1);
    l->length += bytes;
}

static int list_value(const tb_value *v, void *data)
{
    char source[192];

    append(data, v->path);
    append(data, "\t");
    append(data, v->text);
    snprintf(source, sizeof source, "\t%d\t%d\t%.17g\t%.17g\t%s\n", v->is_default,
             (int)v->source.grade, v->source.low, v->source.high, v->source.evidence);
    append(data, source);
    return 0;
}

static char *listing_of(const tb_scenario *s)
{
    struct listing l = {NULL, 0, 0};

    append(&l, "");
    tb_scenario_walk(s, list_value, &l);
    return l.text;
}

static void survives(const tb_scenario *s)
{
    char *text = text_of(s, TB_TEXT_SOURCES), *listing = listing_of(s);
    tb_scenario *again = parsed(text);
    char *text_again = text_of(again, TB_TEXT_SOURCES), *listing_again = listing_of(again);

    cr_assert_str_eq(text_again, text);
    cr_assert_str_eq(listing_again, listing);
    cr_assert_eq(tb_scenario_hash(again), tb_scenario_hash(s));
    tb_scenario_free(again);
    free(text);
    free(text_again);
    free(listing);
    free(listing_again);
}

Test(round_trip, every_preset_survives)
{
    int count = 0;

    for (const char *name; (name = tb_preset_name(count)); count++) {
        tb_scenario *s = NULL;

        cr_assert_eq(tb_scenario_preset(name, &s, NULL), TB_OK);
        survives(s);
        tb_scenario_free(s);
    }
    cr_assert_gt(count, 2);
}

/* Random states ----------------------------------------------------------------------- */

struct dice {
    struct random random;
    tb_scenario *scenario; /* a copy, which may be changed while the other is walked */
};

static void give_source(struct dice *d, const tb_value *v)
{
    static const char *const ids[] = {"", "E001", "E001 E002", " \"E003", "a from to b "};
    tb_source source = {(tb_grade)random_count(&d->random, 0, 3), NAN, NAN, ""};
    const bool ranged = v->kind == TB_REAL || v->kind == TB_COUNT;
    tb_error err = {0};

    snprintf(source.evidence, sizeof source.evidence, "%s",
             ids[random_count(&d->random, 0, 4)]);
    if (ranged && random_chance(&d->random, 0.5)) {
        const double a = random_between(&d->random, v->low, v->high),
                     b = random_between(&d->random, a, v->high);

        source.low = v->kind == TB_COUNT ? floor(a) : a;
        source.high = v->kind == TB_COUNT ? floor(b) : b;
    }
    if (tb_scenario_set_source(d->scenario, v->path, &source, &err)) /* it was rolled away */
        cr_assert(strstr(err.message, "is not given") || strstr(v->path, ".parts."), "%s",
                  err.message);
}

/* Sets it to nothing, to an end or to any word that it takes; laws come apart so. */
static void unsettle(struct dice *d, const tb_value *v)
{
    char text[TB_VALUE_SIZE] = "";

    if (v->kind == TB_CHOICE) {
        int words = 0;

        while (v->choices[words])
            words++;
        snprintf(text, sizeof text, "%s",
                 v->choices[random_count(&d->random, 0, words - 1)]);
    } else if (v->kind == TB_REAL && random_chance(&d->random, 0.5)) {
        snprintf(text, sizeof text, "%.17g",
                 random_between(&d->random, v->low, v->high < 1e6 ? v->high : 1e6));
    } else if (v->kind == TB_COUNT) {
        snprintf(text, sizeof text, "%.0f",
                 random_chance(&d->random, 0.5) ? v->low : v->high);
    }
    (void)tb_scenario_set(d->scenario, v->path, text, NULL);
}

static int roll(const tb_value *v, void *data)
{
    struct dice *d = data;

    if (random_chance(&d->random, 0.1))
        give_source(d, v);
    else if (random_chance(&d->random, 0.05))
        unsettle(d, v);
    return 0;
}

static tb_scenario *rolled(uint64_t n)
{
    tb_scenario *s = random_scenario(n);
    struct dice d = {{n}, NULL};

    cr_assert_eq(tb_scenario_copy(s, &d.scenario, NULL), TB_OK);
    tb_scenario_walk(s, roll, &d);
    tb_scenario_free(s);
    return d.scenario;
}

Test(round_trip, random_scenarios_survive)
{
    for (uint64_t n = 1; n <= SCENARIOS; n++) {
        tb_scenario *s = random_scenario(n);

        survives(s);
        tb_scenario_free(s);
    }
}

Test(round_trip, random_states_with_sources_survive)
{
    for (uint64_t n = 1; n <= SCENARIOS; n++) {
        tb_scenario *s = rolled(n);

        survives(s);
        tb_scenario_free(s);
    }
}

/* One value changed: another text, and another hash. */
Test(round_trip, texts_are_equal_when_values_are)
{
    for (uint64_t n = 1; n <= SCENARIOS / 10; n++) {
        tb_scenario *s = random_scenario(n), *other = rolled(n);
        char *values[2] = {listing_of(s), listing_of(other)};
        char *texts[2] = {text_of(s, 0), text_of(other, 0)};

        /* what was rolled may differ in sources only, which the listing holds */
        if (strcmp(texts[0], texts[1]) != 0) {
            cr_assert_neq(tb_scenario_hash(s), tb_scenario_hash(other));
            cr_assert(strcmp(values[0], values[1]) != 0);
        } else {
            cr_assert_eq(tb_scenario_hash(s), tb_scenario_hash(other));
        }
        for (int i = 0; i < 2; i++) {
            free(values[i]);
            free(texts[i]);
        }
        tb_scenario_free(s);
        tb_scenario_free(other);
    }
}

/* Texts that are wrong ---------------------------------------------------------------- */

static void count_fault(int line, const char *path, const char *message, void *data)
{
    cr_assert_gt(line, 0);
    cr_assert(path && strlen(message) > 8);
    ++*(int *)data;
}

/* Read without harm: either a scenario that survives, or at least one fault. */
static bool is_harmless(const char *text, size_t length)
{
    tb_scenario *s = NULL;
    tb_error err = {0};
    int faults = 0;
    const tb_status status =
        tb_scenario_parse(text, length, &s, count_fault, &faults, &err);

    if (!status) {
        cr_assert_eq(faults, 0);
        survives(s);
        tb_scenario_free(s);
    } else {
        cr_assert_gt(faults, 0);
        cr_assert_eq(strncmp(err.message, "line ", 5), 0);
    }
    return !status;
}

static size_t mutate(struct random *r, char *text, size_t length, size_t room)
{
    const size_t at = (size_t)random_count(r, 0, (int)length - 1),
                 from = (size_t)random_count(r, 0, (int)length - 1);
    size_t bytes = (size_t)random_count(r, 1, 40);

    switch (random_count(r, 0, 4)) {
    case 0: text[at] = (char)random_bits(r); return length;
    case 1: text[at] = "\n =~.\"#\r\t0-en"[random_count(r, 0, 12)]; return length;
    case 2: /* a piece goes */
        bytes = bytes > length - at ? length - at : bytes;
        memmove(text + at, text + at + bytes, length - at - bytes);
        return length - bytes ? length - bytes : 1;
    case 3: /* a piece again, elsewhere */
        bytes = bytes > length - from ? length - from : bytes;
        bytes = bytes > room - length ? room - length : bytes;
        memmove(text + at + bytes, text + at, length - at);
        memmove(text + at, text + (from > length - bytes ? 0 : from), bytes);
        return length + bytes;
    default: return at + 1; /* the end goes */
    }
}

Test(round_trip, mutants_do_no_harm)
{
    char *parent[PARENTS];
    int good = 0;

    for (uint64_t n = 0; n < PARENTS; n++) {
        tb_scenario *s = n % 2 ? rolled(n + 1) : random_scenario(n + 1);

        parent[n] = text_of(s, TB_TEXT_SOURCES);
        tb_scenario_free(s);
    }
    for (uint64_t n = 1; n <= MUTANTS; n++) {
        size_t length = strlen(parent[n % PARENTS]);
        const size_t room = length + 400;
        char *text = malloc(room);
        struct random r = {n};

        cr_assert(text);
        memcpy(text, parent[n % PARENTS], length);
        for (int i = random_count(&r, 1, 8); i > 0; i--)
            length = mutate(&r, text, length, room);
        text = realloc(text, length); /* a byte too far is seen by a sanitizer */
        cr_assert(text);
        good += is_harmless(text, length);
        free(text);
    }
    for (int i = 0; i < PARENTS; i++)
        free(parent[i]);
    cr_assert(good > MUTANTS / 200 && good < MUTANTS / 2, "%d of %d were texts", good,
              MUTANTS);
}

Test(round_trip, garbage_does_no_harm)
{
    for (uint64_t n = 1; n <= MUTANTS; n++) {
        struct random r = {n};
        const size_t length = (size_t)random_count(&r, 0, 300);
        char *text = malloc(length + 32);
        size_t at = 0;

        cr_assert(text);
        if (n % 3)
            at = (size_t)snprintf(text, 32, "tidsbruk scenario 1\n");
        for (size_t i = 0; i < length; i++)
            text[at++] = (char)random_bits(&r);
        is_harmless(text, at);
        free(text);
    }
}
