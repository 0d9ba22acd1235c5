/* dose.h: dose and response. A row of a table names a setting, levels in rising dose, an outcome and
 * the sign of its change; every pair of adjacent levels is run paired and has to move the outcome
 * that way by more than 4.5 standard errors.
 *
 * Settings with an open sign have levels on both sides of their neutral value: the negative side then
 * moves the outcome the other way. Rows of one table share their runs where scenarios are equal. */
#ifndef TESTS_PROPERTY_DOSE_H
#define TESTS_PROPERTY_DOSE_H

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tidsbruk/tidsbruk.h"

enum { MOST_LEVELS = 6, MOST_UNITS = 400 };

static const double least_z = 4.5;

struct dose {
    const char *path;
    const char *levels; /* rising dose, with spaces between */
    const char *outcome;
    char sign;         /* '+' or '-': of the change from one level to the next */
    const char *given; /* "path = value; path = value", on top of what the table gives */
};

/* Which runs a table needs. `given` as above. */
struct doses {
    const char *preset, *given;
    int replications, weeks, warmup;
    const struct dose *row;
    int rows;
};

#define DOSES(preset, given, replications, rows)              \
    (&(struct doses){preset, given, replications, 6, 2, rows, \
                     sizeof(rows) / sizeof *(rows)})

static inline void give(tb_scenario *s, const char *path, const char *value)
{
    tb_error err = {0};

    cr_assert_eq(tb_scenario_set(s, path, value, &err), TB_OK, "%s", err.message);
}

static inline void give_all(tb_scenario *s, const char *given)
{
    char text[1024], *next = text;

    if (!given)
        return;
    cr_assert_lt(strlen(given), sizeof text);
    strcpy(text, given);
    while (next && *next) {
        char *path = next + strspn(next, " "), *equals = strstr(path, " = ");

        cr_assert(equals, "%s: no value", path);
        *equals = '\0';
        next = strchr(equals + 3, ';');
        if (next)
            *next++ = '\0';
        give(s, path, equals + 3);
    }
}

/* The levels of a row, apart. */
struct levels {
    char text[120];
    const char *level[MOST_LEVELS];
    int count;
};

static inline void part(const struct dose *row, struct levels *out)
{
    char *rest = NULL;

    cr_assert_lt(strlen(row->levels), sizeof out->text);
    strcpy(out->text, row->levels);
    out->count = 0;
    for (char *t = strtok_r(out->text, " ", &rest); t; t = strtok_r(NULL, " ", &rest)) {
        cr_assert_lt(out->count, MOST_LEVELS);
        out->level[out->count++] = t;
    }
    cr_assert_geq(out->count, 2);
}

/* What is run, without repetition. */
struct units {
    tb_scenario *unit[MOST_UNITS];
    uint64_t hash[MOST_UNITS];
    int count;
};

static inline int place_of(struct units *u, const struct doses *t, const struct dose *row,
                           const char *level)
{
    tb_scenario *s;
    uint64_t hash;

    cr_assert_eq(tb_scenario_preset(t->preset, &s, NULL), TB_OK);
    give_all(s, t->given);
    give_all(s, row->given);
    give(s, row->path, level);
    hash = tb_scenario_hash(s);
    for (int i = 0; i < u->count; i++)
        if (u->hash[i] == hash) {
            tb_scenario_free(s);
            return i;
        }
    cr_assert_lt(u->count, MOST_UNITS);
    u->unit[u->count] = s;
    u->hash[u->count] = hash;
    return u->count++;
}

static inline double z_between(const tb_result *r, int before, int after,
                               const char *outcome, tb_interval *d)
{
    tb_error err = {0};

    cr_assert_eq(tb_result_difference(r, before, after, outcome, 0.95, d, &err), TB_OK,
                 "%s", err.message);
    if (d->mean == 0)
        return 0;
    return d->standard_error > 0 ? d->mean / d->standard_error : copysign(999, d->mean);
}

static inline void judge(const tb_result *r, const struct dose *row, const int *place)
{
    const int sign = row->sign == '+' ? 1 : -1;
    struct levels l;
    tb_interval d;

    part(row, &l);
    cr_assert_eq(tb_result_estimate(r, place[0], row->outcome, 0.95, &d, NULL), TB_OK,
                 "%s", row->outcome);
    fprintf(stderr, "%-44s %-34s %s: %.4g", row->path, row->outcome, l.level[0], d.mean);
    for (int i = 1; i < l.count; i++) {
        const double z = z_between(r, place[i - 1], place[i], row->outcome, &d);

        fprintf(stderr, "  %s: %+.3g (z %+.1f)", l.level[i], d.mean, z);
        cr_expect_gt(sign * z, least_z,
                     "%s from %s to %s changes %s by %g, %+.1f standard errors, not %c",
                     row->path, l.level[i - 1], l.level[i], row->outcome, d.mean, z,
                     row->sign);
    }
    fprintf(stderr, "\n");
}

/* Runs a table and expects every row of it. */
static inline void expect_doses(const struct doses *t)
{
    struct units *u = calloc(1, sizeof *u);
    int(*place)[MOST_LEVELS] = calloc((size_t)t->rows, sizeof *place);
    tb_plan plan = TB_PLAN_INIT;
    tb_error err = {0};
    tb_result *r;

    cr_assert(u && place);
    for (int i = 0; i < t->rows; i++) {
        struct levels l;

        part(&t->row[i], &l);
        for (int k = 0; k < l.count; k++)
            place[i][k] = place_of(u, t, &t->row[i], l.level[k]);
    }
    plan.replications = t->replications;
    plan.weeks = t->weeks;
    plan.warmup = t->warmup;
    cr_assert_eq(tb_run((const tb_scenario *const *)u->unit, u->count, &plan, &r, &err),
                 TB_OK, "%s", err.message);
    for (int i = 0; i < t->rows; i++)
        judge(r, &t->row[i], place[i]);
    tb_result_free(r);
    for (int i = 0; i < u->count; i++)
        tb_scenario_free(u->unit[i]);
    free(place);
    free(u);
}

#endif
