/* Crews and vehicles that fill: people's time, who is there, trips, kinds of vehicles, and that a crew of
 * one is nothing. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "books.h"
#include "life.h"
#include "random_scenario.h"
#include "scenario/scenario.h"
#include "tidsbruk/run.h"

static void add(tb_scenario *s, const char *path)
{
    cr_assert_eq(tb_scenario_add(s, path, NULL), TB_OK);
}

/* Six vehicles on weekdays, ninety clients with a visit a week of ten minutes, no travel. */
static tb_scenario *rounds(void)
{
    static const char *const values[][2] = {
        {"horizon.weeks", "4"},
        {"horizon.warmup_weeks", "1"},
        {"staff.vehicle.role", "round"},
        {"staff.vehicle.count", "6"},
        {"shifts.day.starts", "420"},
        {"shifts.day.minutes", "480"},
        {"shifts.day.weekdays", "4"},
        {"clients.stop.role", "round"},
        {"clients.stop.count", "90"},
        {"clients.stop.granted_hours", "constant(mean=0.5)"},
        {"clients.stop.visit_minutes", "constant(mean=10)"},
        {"clients.stop.need_ratio", "constant(mean=1)"},
        {"clients.stop.need_variation", "constant(mean=1)"},
        {"windows.day.opens", "420"},
        {"windows.day.closes", "840"},
        {"travel.kind", "none"},
        {"regime.grants.binding", "1"},
    };
    tb_scenario *s;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    add(s, "staff.vehicle");
    add(s, "shifts.day");
    add(s, "clients.stop");
    add(s, "windows.day");
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        put(s, values[i][0], values[i][1]);
    return s;
}

static tb_result *run(const tb_scenario *s, int replications)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_error err;
    tb_result *r;

    plan.replications = replications;
    plan.seed = 7;
    cr_assert_eq(tb_run(&s, 1, &plan, &r, &err), TB_OK, "%s", err.message);
    return r;
}

static double part_of(const tb_result *r, const char *outcome, int part)
{
    const int at = tb_result_find(r, outcome);
    double sum = 0;

    cr_assert_geq(at, 0, "%s", outcome);
    for (int64_t row = 0; row < tb_result_rows(r); row++)
        sum += tb_result_column(r, at, part)[row];
    return sum;
}

static double of(const tb_result *r, const char *outcome)
{
    return part_of(r, outcome, 1) / part_of(r, outcome, 2);
}

/* Without absence, a crew of three does what one does, three times over: shares, routes and waits are
 * the same, hours and posts threefold, minutes of a person the same. */
Test(crew, three_people_do_what_one_does_three_times_over)
{
    static const char *const same[] = {
        "time.direct_share", "time.idle_share",        "time.direct_minutes",
        "time.duty_minutes", "citizen.unmet_share",    "citizen.delivered_share",
        "citizen.visits",    "staff.visits_per_shift", "time.duty_minutes.role.round"};
    static const char *const more[] = {"staff.fte_duty",
                                       "staff.fte_direct",
                                       "staff.fte_unmet",
                                       "citizen.unmet_hours",
                                       "citizen.delivered_hours",
                                       "money.wages",
                                       "money.unmet",
                                       "staff.overtime_hours",
                                       "citizen.person_hours",
                                       "citizen.person_unmet_hours"};
    tb_scenario *one = rounds(), *three = rounds();
    tb_result *a, *b;

    put(one, "staff.vehicle.wage", "100");
    put(one, "clients.stop.need_variation", "gamma(mean=1, cv=0.5)");
    put(one, "clients.stop.count", "560"); /* more than fits: some visits are missed */
    put(three, "staff.vehicle.wage", "100");
    put(three, "clients.stop.need_variation", "gamma(mean=1, cv=0.5)");
    put(three, "clients.stop.count", "560");
    put(three, "staff.vehicle.crew", "3");
    put(one, "clients.stop.people", "4");
    put(three, "clients.stop.people", "4");
    a = run(one, 3);
    b = run(three, 3);
    cr_assert_gt(of(a, "citizen.unmet_hours"), 1);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        cr_expect_float_eq(of(b, same[i]), of(a, same[i]), 1e-9, "%s", same[i]);
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        cr_expect_float_eq(of(b, more[i]), 3 * of(a, more[i]), 1e-6, "%s", more[i]);
    tb_result_free(a);
    tb_result_free(b);
    tb_scenario_free(one);
    tb_scenario_free(three);
}

/* With people who are ill a share of the time, each for themselves, how many of a crew are there is
 * binomial; spells are short beside the time between shifts of one crew, and nobody stands in. */
Test(crew, how_many_are_there_is_binomial)
{
    enum { CREW = 4, LIVES = 60 };
    const double away = 1.5 / (1.5 + 6);
    tb_scenario *s = rounds();
    double expected[CREW + 1], seen[CREW + 1] = {0}, shifts = 0;

    put(s, "staff.vehicle.crew", "4");
    put(s, "absence.days_between", "6");
    put(s, "absence.spell_days", "constant(mean=1.5)");
    for (int life = 0; life < LIVES; life++) {
        const struct occasion o = {.seed = 11, .replication = (uint32_t)life, .logging = 1};
        struct life l;

        live(&l, s, &o);
        for (int64_t i = 0; i < l.unit.ledger.notes.shifts; i++) {
            seen[CREW - l.unit.ledger.notes.shift[i].ill]++;
            shifts++;
        }
        life_clear(&l);
    }
    for (int k = 0; k <= CREW; k++) {
        static const int choose[CREW + 1] = {1, 4, 6, 4, 1};
        double error;

        expected[k] = choose[k] * pow(1 - away, k) * pow(away, CREW - k);
        error =
            3 * sqrt(expected[k] * (1 - expected[k]) / shifts); /* shifts hang together */
        cr_expect_float_eq(seen[k] / shifts, expected[k], 4.5 * error,
                           "%d there: %.4f, not %.4f", k, seen[k] / shifts, expected[k]);
    }
    cr_expect_gt(seen[0], 5);
    tb_scenario_free(s);
}

/* Temps stand in with the chance `fill` for each of the ill; what is left of a crew goes out; only a crew
 * of which nobody is left stays away. */
Test(crew, who_is_ill_is_replaced_or_missing)
{
    tb_scenario *s = rounds();
    double ill = 0, temps = 0, away = 0, left = 0;

    put(s, "staff.vehicle.crew", "2");
    put(s, "absence.days_between", "6");
    put(s, "absence.spell_days", "constant(mean=3)");
    put(s, "absence.fill", "0.4");
    for (int life = 0; life < 40; life++) {
        const struct occasion o = {.seed = 12, .replication = (uint32_t)life, .logging = 1};
        struct life l;

        live(&l, s, &o);
        for (int64_t i = 0; i < l.unit.ledger.notes.shifts; i++) {
            const struct shift_note *n = &l.unit.ledger.notes.shift[i];

            ill += n->ill;
            temps += n->temps;
            left += n->ill == 2;
            away += n->ill == 2 && !n->temps;
        }
        life_clear(&l);
    }
    cr_expect_float_eq(temps / ill, 0.4, 4.5 * sqrt(0.4 * 0.6 / ill), "%g", temps / ill);
    cr_expect_float_eq(away / left, 0.36, 4.5 * sqrt(0.36 * 0.64 / left), "%g",
                       away / left);
    tb_scenario_free(s);
}

/* Care of a short crew takes so much longer for each who is missing: 1 + n x (pace - 1). */
Test(crew, who_is_missing_makes_care_longer)
{
    tb_scenario *s = rounds();
    struct life l;
    int64_t seen[4] = {0};
    const struct occasion o = {.seed = 13, .logging = 1};

    put(s, "staff.vehicle.crew", "3");
    put(s, "staff.vehicle.short_pace", "1.5");
    put(s, "staff.vehicle.pace", "0.8");
    put(s, "regime.grants.granularity", "none");
    put(s, "absence.days_between", "6");
    put(s, "absence.spell_days", "constant(mean=3)");
    live(&l, s, &o);
    for (int64_t i = 0; i < l.unit.ledger.logged; i++) {
        const struct stretch *t = &l.unit.ledger.log[i];

        const double expected = 600000 * 0.8 * (1 + (3 - t->people) * 0.5);
        const struct stretch *more = t + 1;
        int64_t ms = t->to - t->from;

        if (t->column != CARE_NEEDED)
            continue;
        if (more->column == CARE_SURPLUS && more->worker == t->worker)
            ms += more->to - more->from;
        seen[t->people]++;
        cr_assert_float_eq((double)ms, expected, 1, "%d there: %lld ms", t->people,
                           (long long)ms);
    }
    cr_expect(seen[1] > 10 && seen[2] > 50 && seen[3] > 50);
    life_clear(&l);
    tb_scenario_free(s);
}

/* Each route makes as many trips as its visits fill: its visits over those of a trip, rounded up. */
static void count_trips(int per_trip)
{
    tb_scenario *s = rounds();
    const struct occasion o = {.seed = 14, .logging = 1};
    struct life l;
    int64_t expected = 0, unloads = 0;
    char text[20];

    snprintf(text, sizeof text, "%d", per_trip);
    put(s, "horizon.warmup_weeks", "0");
    put(s, "staff.vehicle.visits_per_trip", text);
    put(s, "staff.vehicle.unload_minutes", "7");
    live(&l, s, &o);
    for (int64_t i = 0; i < l.unit.ledger.notes.shifts; i++) {
        const struct shift_note *n = &l.unit.ledger.notes.shift[i];
        int64_t visits = 0;

        for (int64_t k = 0; k < l.unit.ledger.notes.visits; k++) {
            const struct visit_note *v = &l.unit.ledger.notes.visit[k];

            visits += v->given && v->worker == n->worker && v->start >= n->start &&
                      v->start < n->end;
        }
        expected += (visits + per_trip - 1) / per_trip;
    }
    for (int64_t i = 0; i < l.unit.ledger.logged; i++)
        unloads += l.unit.ledger.log[i].column == INDIRECT;
    cr_expect_eq(l.unit.ledger.tally[0].count.trips, expected,
                 "%d a trip: %lld, not %lld", per_trip,
                 (long long)l.unit.ledger.tally[0].count.trips, (long long)expected);
    cr_expect_eq(unloads, expected);
    cr_expect_eq(life_ms(&l, INDIRECT), expected * 7 * 60000);
    cr_expect_gt(expected, 360 / per_trip);
    life_clear(&l);
    tb_scenario_free(s);
}

Test(crew, trips_are_visits_over_those_of_a_trip_rounded_up)
{
    static const int per_trip[] = {1, 2, 5, 1000};

    for (size_t i = 0; i < sizeof per_trip / sizeof *per_trip; i++)
        count_trips(per_trip[i]);
}

/* The day plan knows the ways back, the unloading, and which vehicle is slow: with no chance anywhere,
 * routes that are full end as planned, with and without. */
Test(crew, the_plan_knows_trips_and_paces)
{
    static const char *const full[][2] = {
        {"staff.vehicle.visits_per_trip", "4"}, {"staff.vehicle.unload_minutes", "20"},
        {"staff.vehicle.pace", "1.3"},          {"travel.kind", "law"},
        {"travel.leg", "constant(mean=5)"},     {"regime.grants.granularity", "none"},
        {"clients.stop.count", "900"},          {"duty.overtime_limit_minutes", "0"},
        {"windows.day.closes", "900"}};
    tb_scenario *s = rounds();
    tb_result *r;

    for (size_t i = 0; i < sizeof full / sizeof *full; i++)
        put(s, full[i][0], full[i][1]);
    r = run(s, 1);
    cr_expect_gt(of(r, "citizen.missed_share"), 0.2); /* there is more than fits */
    cr_expect_lt(of(r, "time.idle_share"), 0.12);
    cr_expect_eq(of(r, "staff.late_route_share"), 0);
    cr_expect_eq(of(r, "staff.overtime_shift_share"), 0);
    tb_result_free(r);
    tb_scenario_free(s);
}

/* The people of a crew and their illnesses are those of any other regime, and of a larger crew. */
Test(crew, a_larger_crew_has_the_same_people_and_one_more)
{
    struct realised_item *kept = NULL;
    int64_t count[2] = {0}, both = 0;

    for (int crew = 2; crew <= 3; crew++) {
        tb_scenario *s = rounds();
        const struct occasion o = {.seed = 15, .remember = 1};
        struct life l;
        char text[4];

        snprintf(text, sizeof text, "%d", crew);
        put(s, "staff.vehicle.crew", text);
        put(s, "absence.days_between", "8");
        put(s, "absence.spell_days", "constant(mean=2)");
        live(&l, s, &o);
        if (crew == 2) {
            kept = calloc((size_t)l.realised.count + 1, sizeof *kept);
            cr_assert(kept);
        }
        for (int64_t i = 0; i < l.realised.count; i++) {
            const struct realised_item *x = &l.realised.item[i];

            if (x->kind != PURPOSE_ABSENCE)
                continue;
            if (crew == 2)
                kept[count[0]] = *x;
            for (int64_t k = 0; crew == 3 && k < count[0]; k++)
                both +=
                    kept[k].entity == x->entity && kept[k].a == x->a && kept[k].b == x->b;
            count[crew - 2]++;
        }
        life_clear(&l);
        tb_scenario_free(s);
    }
    cr_expect_eq(both, count[0]);
    cr_expect_gt((double)count[1], 1.2 * (double)count[0]);
    cr_expect_gt(count[0], 30);
    free(kept);
}

Test(crew, round_the_clock_works_nobody_in_a_crew)
{
    tb_scenario *s = rounds();
    tb_error err;
    tb_result *r;
    const tb_plan plan = TB_PLAN_INIT;

    put(s, "staff.vehicle.roster", "always");
    put(s, "staff.vehicle.crew", "2");
    cr_expect_eq(tb_run((const tb_scenario *const *)&s, 1, &plan, &r, &err), TB_ERR_VALUE);
    cr_expect(strstr(err.message, "staff.vehicle.crew"), "%s", err.message);
    tb_scenario_free(s);
}
