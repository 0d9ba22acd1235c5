/* experiment: parts that are merged, limits, what one replication and one week are. */
#include <criterion/criterion.h>
#include <string.h>

#include "experiment/result.h"
#include "faulty.h"
#include "scenarios.h"
#include "tidsbruk/run.h"

static tb_plan plan_of(int first, int replications)
{
    tb_plan plan = TB_PLAN_INIT;

    plan.first = first;
    plan.replications = replications;
    plan.threads = 1;
    plan.weeks = 2;
    plan.warmup = 1;
    return plan;
}

static tb_result *run(const tb_scenario *s, const tb_plan *plan)
{
    const tb_scenario *const two[] = {s, s};
    tb_result *r = NULL;
    tb_error err = {.status = TB_OK};

    cr_assert_eq(tb_run(two, 2, plan, &r, &err), TB_OK, "%s", err.message);
    return r;
}

static tb_result *part(const tb_scenario *s, int first, int replications)
{
    const tb_plan plan = plan_of(first, replications);

    return run(s, &plan);
}

static void expect_same(const tb_result *a, const tb_result *b)
{
    const size_t bytes = (size_t)tb_result_rows(a) * sizeof(double);

    cr_assert_eq(tb_result_rows(a), tb_result_rows(b));
    cr_assert_eq(tb_result_first(a), tb_result_first(b));
    cr_assert_eq(tb_result_hash(a, 0), tb_result_hash(b, 0));
    cr_assert_eq(tb_result_hash(a, 1), tb_result_hash(b, 1));
    for (int o = 0; o < tb_result_outcomes(a); o++) {
        tb_outcome x, y;

        cr_assert_eq(tb_result_outcome(a, o, &x, NULL), TB_OK);
        cr_assert_eq(tb_result_outcome(b, o, &y, NULL), TB_OK);
        cr_assert_str_eq(x.name, y.name);
        for (int p = 0; p < 3; p++)
            cr_assert_eq(
                memcmp(tb_result_column(a, o, p), tb_result_column(b, o, p), bytes), 0);
    }
}

Test(merge, parts_in_any_order_have_the_bits_of_one_run)
{
    static const int first[] = {3, 10, 7, 4}, length[] = {1, 5, 3, 3};
    tb_scenario *s = district();
    tb_result *parts[4], *whole = part(s, 3, 12), *merged = NULL;

    for (int i = 0; i < 4; i++)
        parts[i] = part(s, first[i], length[i]);
    cr_assert_eq(tb_result_merge((const tb_result *const *)parts, 4, &merged, NULL), TB_OK);
    for (int i = 0; i < 4; i++) /* the merged one stands on its own */
        tb_result_free(parts[i]);
    expect_same(merged, whole);
    tb_result_free(merged);
    cr_assert_eq(tb_result_merge((const tb_result *const *)&whole, 1, &merged, NULL),
                 TB_OK);
    expect_same(merged, whole);
    tb_result_free(merged);
    tb_result_free(whole);
    tb_scenario_free(s);
}

Test(merge, weeks_of_parts_stay_weeks)
{
    tb_scenario *s = district();
    tb_plan plan = plan_of(0, 3);
    tb_result *parts[2], *whole, *merged = NULL;

    plan.weekly = 1;
    whole = run(s, &plan);
    plan.replications = 1;
    parts[0] = run(s, &plan);
    plan.replications = 2;
    plan.first = 1;
    parts[1] = run(s, &plan);
    cr_assert_eq(tb_result_merge((const tb_result *const *)parts, 2, &merged, NULL), TB_OK);
    expect_same(merged, whole);
    cr_assert(tb_result_is_weekly(merged));
    tb_result_free(parts[0]);
    tb_result_free(parts[1]);
    tb_result_free(merged);
    tb_result_free(whole);
    tb_scenario_free(s);
}

/* Merges and frees two parts; what is said of them holds `word`. */
static void expect_refused(tb_result *a, tb_result *b, const char *word)
{
    tb_result *pair[2] = {a, b}, *merged = NULL;
    tb_error err = {.status = TB_OK};

    cr_assert_eq(tb_result_merge((const tb_result *const *)pair, 2, &merged, &err),
                 TB_ERR_MISMATCH, "%s", word);
    cr_assert_null(merged);
    cr_assert_not_null(strstr(err.message, word), "\"%s\" in \"%s\"", word, err.message);
    tb_result_free(a);
    tb_result_free(b);
}

Test(merge, what_does_not_belong_together_is_refused)
{
    tb_scenario *s = district(), *other = district();
    tb_plan plan = plan_of(2, 2);
    tb_result *b;

    expect_refused(part(s, 0, 2), part(s, 3, 2), "gap");
    expect_refused(part(s, 0, 2), part(s, 1, 2), "overlap");
    plan.seed++;
    expect_refused(part(s, 0, 2), run(s, &plan), "seed");
    plan = plan_of(2, 2);
    plan.weeks++;
    expect_refused(part(s, 0, 2), run(s, &plan), "weeks");
    plan = plan_of(2, 2);
    plan.warmup++;
    expect_refused(part(s, 0, 2), run(s, &plan), "warm-up");
    plan = plan_of(2, 2);
    plan.weekly = 1;
    expect_refused(part(s, 0, 2), run(s, &plan), "rows a replication");
    put(other, "obligations.journal.probability", "0.5"); /* no table holds it */
    expect_refused(part(s, 0, 2), part(other, 2, 2), "settings");
    b = part(s, 2, 2);
    b->scenario[1].hash++;
    expect_refused(part(s, 0, 2), b, "tables");
    b = part(s, 2, 2);
    b->version[0]++;
    expect_refused(part(s, 0, 2), b, "tidsbruk");
    cr_assert_eq(tb_result_merge(NULL, 0, &b, NULL), TB_ERR_VALUE);
    tb_scenario_free(s);
    tb_scenario_free(other);
}

Test(merge, a_failed_allocation_leaves_nothing)
{
    tb_scenario *s = district();
    tb_result *pair[2] = {part(s, 0, 1), part(s, 1, 1)}, *merged = NULL;
    tb_status status = TB_ERR_MEMORY;

    for (int n = 0; status; n++) {
        long live;

        faulty_start(n, 1);
        live = faulty.live;
        status = tb_result_merge((const tb_result *const *)pair, 2, &merged, NULL);
        cr_assert(status == TB_OK || status == TB_ERR_MEMORY);
        cr_assert((status == TB_OK) == (merged != NULL));
        if (status)
            cr_assert_eq(faulty.live, live, "allocation %d", n);
    }
    tb_result_free(merged);
    faulty_start(-1, 0);
    tb_result_free(pair[0]);
    tb_result_free(pair[1]);
    tb_scenario_free(s);
}

/* Before a world is compiled, which takes hundreds of allocations. */
Test(parts, a_result_that_is_too_large_is_refused_at_once)
{
    tb_scenario *s = district();
    const tb_scenario *const one[] = {s};
    tb_plan plan = plan_of(0, 1000000);
    tb_result *r = NULL;

    plan.weeks = 520;
    plan.weekly = 1;
    faulty_start(-1, 0);
    cr_assert_eq(tb_run(one, 1, &plan, &r, NULL), TB_ERR_LIMIT);
    cr_assert_null(r);
    cr_assert_lt(faulty.calls, 10);
    cr_assert_eq(faulty.live, 0);
    tb_scenario_free(s);
}

Test(parts, one_week_by_week_is_weekly)
{
    tb_scenario *s = district();
    tb_plan plan = plan_of(0, 1);
    tb_result *r;

    plan.weeks = 1;
    r = run(s, &plan);
    cr_assert_not(tb_result_is_weekly(r));
    tb_result_free(r);
    plan.weekly = 1;
    r = run(s, &plan);
    cr_assert(tb_result_is_weekly(r));
    cr_assert_eq(tb_result_weeks(r), 1);
    tb_result_free(r);
    tb_scenario_free(s);
}

Test(parts, one_replication_says_nothing_of_pairing)
{
    tb_scenario *s = district();
    tb_result *r = part(s, 0, 1);
    double gain = 0;

    cr_assert_eq(tb_result_pairing_gain(r, 0, 1, "time.direct_share", &gain, NULL),
                 TB_ERR_VALUE);
    tb_result_free(r);
    r = part(s, 0, 2);
    cr_assert_eq(tb_result_pairing_gain(r, 0, 1, "time.direct_share", &gain, NULL), TB_OK);
    cr_assert(isinf(gain)); /* the two are one scenario */
    tb_result_free(r);
    tb_scenario_free(s);
}
