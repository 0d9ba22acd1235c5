/* Law 3: the same answer for any number of threads, any order of replications, any neighbours in a
 * run, with a log and without, by week and as a whole. Compilers and their flags are compared by
 * tests/same_answer.py. */
#include <criterion/criterion.h>
#include <string.h>

#include "life.h"
#include "random_scenario.h"
#include "scenario/scenario.h"
#include "tidsbruk/run.h"

enum { REPLICATIONS = 21, RANDOM = 60 };

static tb_result *run(const tb_scenario *const *scenarios, int count, const tb_plan *plan)
{
    tb_result *r = NULL;
    tb_error err = {.status = TB_OK};

    cr_assert_eq(tb_run(scenarios, count, plan, &r, &err), TB_OK, "%s", err.message);
    return r;
}

static tb_plan plan_of(int replications, int threads)
{
    tb_plan plan = TB_PLAN_INIT;

    plan.replications = replications;
    plan.threads = threads;
    plan.seed = 62;
    plan.weeks = 2;
    plan.warmup = 1;
    plan.weekly = 1;
    return plan;
}

/* The homes under both regimes, and three random scenarios. */
enum { UNITS = 5 };

static void units(tb_scenario *s[UNITS])
{
    cr_assert_eq(tb_scenario_preset("home_care/npm", &s[0], NULL), TB_OK);
    cr_assert_eq(tb_scenario_preset("home_care/trust", &s[1], NULL), TB_OK);
    for (int i = 2; i < UNITS; i++)
        s[i] = random_scenario((uint64_t)(1000 + i));
}

static void units_free(tb_scenario *s[UNITS])
{
    for (int i = 0; i < UNITS; i++)
        tb_scenario_free(s[i]);
}

static const tb_scenario *const *view(tb_scenario *s[UNITS])
{
    return (const tb_scenario *const *)s;
}

/* Rows of one replication are equal to the last bit. */
static void expect_rows(const tb_result *whole, int scenario, int replication,
                        const tb_result *part, int part_scenario, int part_replication)
{
    const int weeks = tb_result_weeks(whole);
    const int64_t row =
        ((int64_t)scenario * tb_result_replications(whole) + replication) * weeks;
    const int64_t part_row =
        ((int64_t)part_scenario * tb_result_replications(part) + part_replication) * weeks;

    for (int o = 0; o < tb_result_outcomes(part); o++) {
        tb_outcome outcome;
        int at;

        cr_assert_eq(tb_result_outcome(part, o, &outcome, NULL), TB_OK);
        at = tb_result_find(whole, outcome.name);
        cr_assert_geq(at, 0);
        for (int p = 0; p < 3; p++)
            cr_assert_eq(memcmp(tb_result_column(whole, at, p) + row,
                                tb_result_column(part, o, p) + part_row,
                                (size_t)weeks * sizeof(double)),
                         0, "%s, scenario %d, replication %d", outcome.name, scenario,
                         replication);
    }
}

Test(same_answer, any_number_of_threads)
{
    static const int threads[] = {1, 2, 3, 7, 16};
    tb_scenario *s[UNITS];
    uint64_t first[UNITS] = {0};

    units(s);
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        const tb_plan plan = plan_of(REPLICATIONS, threads[i]);
        tb_result *r = run(view(s), UNITS, &plan);

        for (int k = 0; k < UNITS; k++) {
            if (!i)
                first[k] = tb_result_hash(r, k);
            cr_assert_eq(tb_result_hash(r, k), first[k], "%d threads, scenario %d",
                         threads[i], k);
        }
        tb_result_free(r);
    }
    for (int k = 1; k < UNITS; k++)
        cr_assert_neq(first[k], first[k - 1]);
    units_free(s);
}

Test(same_answer, every_preset_on_one_thread_and_on_two)
{
    for (int i = 0; tb_preset_name(i); i++) {
        tb_scenario *s;
        uint64_t hash[2];

        cr_assert_eq(tb_scenario_preset(tb_preset_name(i), &s, NULL), TB_OK);
        for (int threads = 1; threads <= 2; threads++) {
            const tb_plan plan = plan_of(5, threads);
            tb_result *r = run((const tb_scenario *const *)&s, 1, &plan);

            hash[threads - 1] = tb_result_hash(r, 0);
            tb_result_free(r);
        }
        cr_expect_eq(hash[0], hash[1], "%s", tb_preset_name(i));
        tb_scenario_free(s);
    }
}

Test(same_answer, another_seed_or_replication_is_another_answer)
{
    tb_scenario *s[UNITS];
    tb_plan plan = plan_of(1, 1);
    tb_result *r[3];

    units(s);
    r[0] = run(view(s), UNITS, &plan);
    plan.first = 1;
    r[1] = run(view(s), UNITS, &plan);
    plan.first = 0;
    plan.seed++;
    r[2] = run(view(s), UNITS, &plan);
    for (int k = 0; k < UNITS; k++) {
        cr_assert_neq(tb_result_hash(r[0], k), tb_result_hash(r[1], k));
        cr_assert_neq(tb_result_hash(r[0], k), tb_result_hash(r[2], k));
        cr_assert_neq(tb_result_hash(r[1], k), tb_result_hash(r[2], k));
    }
    for (int i = 0; i < 3; i++)
        tb_result_free(r[i]);
    units_free(s);
}

Test(same_answer, replications_in_any_order)
{
    tb_scenario *s[UNITS];
    tb_plan plan = plan_of(REPLICATIONS, 2);
    struct random random = {63};
    tb_result *whole;
    int order[REPLICATIONS];

    units(s);
    whole = run(view(s), UNITS, &plan);
    for (int i = 0; i < REPLICATIONS; i++) {
        const int j = random_count(&random, 0, i);
        order[i] = order[j];
        order[j] = i;
    }
    plan.replications = 1;
    for (int i = 0; i < REPLICATIONS; i++) {
        tb_result *part;

        plan.first = order[i];
        part = run(view(s), UNITS, &plan);
        for (int k = 0; k < UNITS; k++)
            expect_rows(whole, k, order[i], part, k, 0);
        tb_result_free(part);
    }
    tb_result_free(whole);
    units_free(s);
}

Test(same_answer, alone_or_beside_others)
{
    tb_scenario *s[UNITS];
    const tb_plan plan = plan_of(4, 2);
    tb_result *whole;

    units(s);
    whole = run(view(s), UNITS, &plan);
    for (int k = 0; k < UNITS; k++) {
        tb_result *alone = run(view(s) + k, 1, &plan);

        for (int i = 0; i < 4; i++)
            expect_rows(whole, k, i, alone, 0, i);
        tb_result_free(alone);
    }
    tb_result_free(whole);
    units_free(s);
}

/* With a log every stretch goes another way through the ledger; by week it is split. */
static void with_a_log(tb_scenario *s, const char *name)
{
    const struct occasion plain = {.seed = 64}, logged = {.seed = 64, .logging = 1},
                          weekly = {.seed = 64, .weekly = 1};
    struct life a, b, c;
    const char *differ;

    live(&a, s, &plain);
    live(&b, s, &logged);
    live(&c, s, &weekly);
    differ = lives_differ(&a, &b);
    cr_assert_null(differ, "%s with a log: %s", name, differ);
    for (int i = 0; i < COLUMNS; i++)
        cr_assert_eq(life_ms(&a, i), life_ms(&c, i), "%s by week: column %d", name, i);
    for (int o = 0; o < a.world->obligations; o++) {
        int64_t sum = 0;
        for (int p = 0; p < c.unit.ledger.periods; p++)
            sum += c.unit.ledger.tally[p].obligation[o].ms;
        cr_assert_eq(a.unit.ledger.tally[0].obligation[o].ms, sum, "%s: obligation %d",
                     name, o);
    }
    life_clear(&a);
    life_clear(&b);
    life_clear(&c);
}

Test(same_answer, with_a_log_and_by_week)
{
    each_scenario(3, RANDOM, with_a_log);
}
