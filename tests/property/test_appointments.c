/* Appointments: to some nobody comes, some are rarer than every fourth week, and records take time of
 * citizens, too. */
#include <criterion/criterion.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "life.h"
#include "random_scenario.h"
#include "tidsbruk/run.h"

/* An office of four with talks of 45 minutes: `hours` a week are granted to each of 60. */
static tb_scenario *office(const char *hours)
{
    static const char *const lines[][2] = {
        {"staff.adviser.count", "5"},       {"shifts.day.weekdays", "4"},
        {"shifts.day.saturdays", "0"},      {"shifts.day.sundays", "0"},
        {"shifts.day.starts", "480"},       {"shifts.day.minutes", "480"},
        {"clients.seeker.count", "60"},     {"clients.seeker.visit_minutes", "45"},
        {"windows.morning.opens", "500"},   {"windows.morning.closes", "700"},
        {"obligations.note.minutes", "10"}, {"obligations.note.citizen_minutes", "20"},
    };
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        put_item(s, lines[i][0], lines[i][1]);
    put(s, "clients.seeker.granted_hours", hours);
    return s;
}

static const struct counts *counts_of(const struct life *l)
{
    return &l->unit.ledger.tally[0].count;
}

/* Each client once in eight weeks, so many a week: 45 minutes in them are 0.09375 h a week. */
Test(appointments, every_eighth_week)
{
    const struct occasion o = {.weeks = 16, .logging = 1};
    tb_scenario *s = office("0.09375");
    int visits[60] = {0}, last[60], of_week[16] = {0};
    struct life l;

    put(s, "clients.seeker.rarest_weeks", "8");
    live(&l, s, &o);
    for (int64_t i = 0; i < l.unit.ledger.logged; i++) {
        const struct stretch *t = &l.unit.ledger.log[i];
        const int week = (int)(t->from / TB__WEEK);

        if (t->column != CARE_NEEDED || week < 0 || week >= 16)
            continue;
        cr_expect_eq(t->to - t->from, 45 * TB__MINUTE);
        if (visits[t->client]++)
            cr_expect_eq(week - last[t->client], 8, "client %d", t->client);
        last[t->client] = week;
        of_week[week]++;
    }
    for (int i = 0; i < 60; i++)
        cr_expect_eq(visits[i], 2, "client %d: %d", i, visits[i]);
    for (int week = 0; week < 16; week++)
        cr_expect(of_week[week] >= 4 && of_week[week] <= 12, "week %d: %d", week,
                  of_week[week]);
    cr_expect_eq(counts_of(&l)->visits_missed, 0);
    life_clear(&l);
    tb_scenario_free(s);
}

/* Those of one day are dealt out over its windows, also where there are as many windows as weekdays. */
Test(appointments, of_a_day_spread_over_its_windows)
{
    static const char *const names[] = {"b", "c", "d", "e"};
    const struct occasion o = {.weeks = 8, .logging = 1};
    tb_scenario *s = office("0.09375");
    int of[56][5] = {{0}};
    struct life l;

    put(s, "clients.seeker.rarest_weeks", "8");
    put(s, "clients.seeker.count", "200");
    put(s, "windows.morning.closes", "530");
    for (int k = 0; k < 4; k++) {
        char path[64], minutes[16];

        snprintf(path, sizeof path, "windows.%s.opens", names[k]);
        snprintf(minutes, sizeof minutes, "%d", 560 + 60 * k);
        put_item(s, path, minutes);
        snprintf(path, sizeof path, "windows.%s.closes", names[k]);
        snprintf(minutes, sizeof minutes, "%d", 590 + 60 * k);
        put_item(s, path, minutes);
    }
    live(&l, s, &o);
    cr_assert_eq(counts_of(&l)->visits_given, 200);
    for (int64_t i = 0; i < l.unit.ledger.logged; i++) {
        const struct stretch *t = &l.unit.ledger.log[i];
        const int64_t day = t->from / TB__DAY, minute = t->from % TB__DAY / TB__MINUTE;

        if (t->column == CARE_NEEDED && t->from >= 0)
            of[day][(minute - 500) / 60]++;
    }
    for (int day = 0; day < 56; day++)
        for (int k = 0; k < 5; k++)
            cr_expect_eq(of[day][k], day % 7 < 5, "day %d, window %d: %d", day, k,
                         of[day][k]);
    life_clear(&l);
    tb_scenario_free(s);
}

/* How many visits of a day begin in each window, most less least. */
static int unevenness(const struct world *w, int day, int windows)
{
    int of_window[8] = {0}, least = INT_MAX, most = 0;

    for (int i = w->slot_first[day % CYCLE_DAYS]; i < w->slot_first[day % CYCLE_DAYS + 1];
         i++)
        if (tb__has_its_turn(w, w->slot[i].client, w->from / TB__DAY + day))
            of_window[(w->slot[i].opens / TB__MINUTE - 480) / 60]++;
    for (int i = 0; i < windows; i++) {
        least = of_window[i] < least ? of_window[i] : least;
        most = of_window[i] > most ? of_window[i] : most;
    }
    return most ? most - least : 0;
}

/* Of how many clients in a row one is visited on a day, by `hours` below. */
static const int one_of[] = {5, 5, 10, 20, 40};

/* Those of each day are dealt out over all windows, however rare visits are: where windows divide days
 * (five windows and one visit a week), where both have no divisor in common, and always where visits
 * come every eighth week. Otherwise (six windows, every second week) a day has some of the windows. */
Test(appointments, each_day_has_all_windows)
{
    static const char *const hours[] = {"1.5", "0.75", "0.375", "0.1875", "0.09375"};
    const struct occasion o = {.weeks = 16};

    for (int rarity = 0; rarity < 5; rarity++)
        for (int windows = 2; windows <= 7; windows++) {
            const int days = one_of[rarity];
            tb_scenario *s;
            struct life l;

            if (days < 40 && days % windows && windows % 2 == 0 && days % 2 == 0)
                continue;
            s = office(hours[rarity]);
            put(s, "clients.seeker.count", "840");
            put(s, "clients.seeker.rarest_weeks", "8");
            cr_assert_eq(tb_scenario_remove(s, "windows.morning", NULL), TB_OK);
            for (int i = 0; i < windows; i++) {
                char path[40], minute[8];

                snprintf(path, sizeof path, "windows.w%d.opens", i);
                snprintf(minute, sizeof minute, "%d", 480 + 60 * i);
                put_item(s, path, minute);
                snprintf(path, sizeof path, "windows.w%d.closes", i);
                snprintf(minute, sizeof minute, "%d", 500 + 60 * i);
                put(s, path, minute);
            }
            live(&l, s, &o);
            for (int day = 0; day < 8 * 7; day++)
                cr_expect_leq(unevenness(l.world, day, windows), 1,
                              "%s h, %d windows, day %d: %d", hours[rarity], windows, day,
                              unevenness(l.world, day, windows));
            life_clear(&l);
            tb_scenario_free(s);
        }
}

/* Weeks of warm-up move no visit. */
Test(appointments, in_the_same_weeks_whatever_the_warmup)
{
    const struct occasion whole = {.weeks = 8, .remember = 1};
    tb_scenario *s = office("0.09375");
    struct life a, b;

    put(s, "clients.seeker.rarest_weeks", "16");
    live(&a, s, &whole);
    s->set.horizon.warmup_weeks = 3;
    live(&b, s, &whole);
    cr_assert_gt(counts_of(&a)->visits_given, 20);
    cr_expect_eq(counts_of(&a)->visits_given, counts_of(&b)->visits_given);
    cr_expect_eq(counts_of(&a)->need_ms, counts_of(&b)->need_ms);
    life_clear(&a);
    life_clear(&b);
    tb_scenario_free(s);
}

static int by_address(const void *left, const void *right)
{
    const struct realised_item *a = left, *b = right;

    return a->kind != b->kind       ? (a->kind > b->kind) - (a->kind < b->kind)
           : a->entity != b->entity ? (a->entity > b->entity) - (a->entity < b->entity)
                                    : (a->index > b->index) - (a->index < b->index);
}

/* Whether nobody comes to a visit is a thing of the client and the visit: it is so under any regime. */
Test(appointments, the_same_visits_are_in_vain_under_any_regime)
{
    const struct occasion o = {.weeks = 8, .remember = 1};
    tb_scenario *s = office("1.5"), *other = NULL;
    int64_t both = 0, in_vain = 0;
    struct life l[2];

    put(s, "clients.seeker.no_show", "0.3");
    cr_assert_eq(tb_scenario_copy(s, &other, NULL), TB_OK);
    random_regime(other, 7, false);
    put(other, "clients.seeker.no_show_minutes", "20");
    live(&l[0], s, &o);
    live(&l[1], other, &o);
    for (int i = 0; i < 2; i++)
        qsort(l[i].realised.item, (size_t)l[i].realised.count, sizeof *l[i].realised.item,
              by_address);
    for (int64_t i = 0, k = 0; i < l[0].realised.count && k < l[1].realised.count;) {
        const struct realised_item *a = &l[0].realised.item[i], *b = &l[1].realised.item[k];
        const int order = by_address(a, b);

        if (!order && a->kind == PURPOSE_NO_SHOW) {
            cr_assert_eq(a->a, b->a, "entity %08x, index %x", a->entity, a->index);
            both++;
            in_vain += a->a;
        }
        i += order <= 0;
        k += order >= 0;
    }
    cr_assert_gt(both, 800);
    cr_expect_lt(fabs((double)in_vain - 0.3 * (double)both),
                 4.5 * sqrt(0.21 * (double)both), "%lld of %lld", (long long)in_vain,
                 (long long)both);
    cr_expect_eq(counts_of(&l[0])->no_shows, in_vain);
    life_clear(&l[0]);
    life_clear(&l[1]);
    tb_scenario_free(s);
    tb_scenario_free(other);
}

/* Where nobody ever comes, there is no care, no need, nothing missed; a worker waits ten minutes each
 * time, and what is written about it is written. */
Test(appointments, nobody_comes)
{
    const struct occasion o = {.weeks = 4};
    tb_scenario *s = office("0.75");
    struct life l;

    put(s, "clients.seeker.no_show", "1");
    put(s, "clients.seeker.no_show_minutes", "10");
    put_item(s, "obligations.sanction.trigger", "no_show");
    put(s, "obligations.sanction.minutes", "25");
    live(&l, s, &o);
    cr_expect_eq(counts_of(&l)->no_shows, 4 * 60);
    cr_expect_eq(counts_of(&l)->visits_given + counts_of(&l)->visits_missed, 0);
    cr_expect_eq(counts_of(&l)->need_ms, 0);
    cr_expect_eq(life_ms(&l, CARE_NEEDED) + life_ms(&l, CARE_SURPLUS), 0);
    cr_expect_eq(life_ms(&l, INDIRECT), 4 * 60 * 10 * TB__MINUTE);
    cr_expect_eq(life_ms(&l, RECORDS_AWAY), 4 * 60 * 25 * TB__MINUTE);
    life_clear(&l);
    tb_scenario_free(s);
}

static double outcome(const tb_scenario *s, const char *name)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_result *r = NULL;
    double value;

    plan.replications = 2;
    plan.weeks = 4;
    cr_assert_eq(tb_run((const tb_scenario *[]){s}, 1, &plan, &r, NULL), TB_OK);
    cr_assert_geq(tb_result_find(r, name), 0, "%s", name);
    value = tb_result_column(r, tb_result_find(r, name), 0)[0];
    tb_result_free(r);
    return value;
}

/* What a record takes of citizens: so many minutes each time, however often it is entered; half of them
 * where half of the form is cut, none where its datum is transferred or the duty is gone. */
Test(appointments, citizens_write_too)
{
    tb_scenario *s = office("0.75");
    const double each = 60 * 20 / 60.0; /* h a week: a visit a week of 60 clients */

    put(s, "obligations.note.receivers", "3");
    put(s, "obligations.note.reentry", "1");
    cr_expect_float_eq(outcome(s, "citizen.own_hours"), each, 1e-9);
    cr_expect_float_eq(outcome(s, "citizen.own_hours.note"), each, 1e-9);
    cr_expect_float_eq(outcome(s, "time.obligation.note") * 5, 60 * 30, 1e-9);
    put(s, "obligations.note.detail", "0.5");
    cr_expect_float_eq(outcome(s, "citizen.own_hours"), each / 2, 1e-9);
    put(s, "obligations.note.detail", "1");
    put(s, "obligations.note.datum", "fact");
    put_item(s, "obligations.again.datum", "fact");
    put(s, "obligations.again.minutes", "1");
    put(s, "obligations.again.citizen_minutes", "30");
    cr_expect_float_eq(outcome(s, "citizen.own_hours"), 2.5 * each, 1e-9);
    put(s, "regime.records.interoperability", "1");
    /* the first of a datum by name asks for it */
    cr_expect_float_eq(outcome(s, "citizen.own_hours"), 1.5 * each, 1e-9);
    cr_assert_eq(tb_scenario_remove(s, "obligations.again", NULL), TB_OK);
    cr_expect_float_eq(outcome(s, "citizen.own_hours"), each, 1e-9);
    cr_assert_eq(tb_scenario_remove(s, "obligations.note", NULL), TB_OK);
    cr_expect_float_eq(outcome(s, "citizen.own_hours"), 0, 0);
    tb_scenario_free(s);
}
