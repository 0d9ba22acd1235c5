/* experiment/precision: runs that end when outcomes are known well enough. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "scenarios.h"
#include "tidsbruk/run.h"

static tb_plan plan_of(const tb_target *target, int targets, int most)
{
    tb_plan plan = TB_PLAN_INIT;

    plan.weeks = 1;
    plan.warmup = 0;
    plan.seed = 7;
    plan.replications = most;
    plan.target = target;
    plan.targets = targets;
    return plan;
}

static tb_status run(const tb_plan *plan, tb_result **out)
{
    tb_scenario *s[2] = {district(), district()};
    tb_status status;

    put(s[1], "regime.teams.meeting_minutes", "15");
    status = tb_run((const tb_scenario *const *)s, 2, plan, out, NULL);
    tb_scenario_free(s[0]);
    tb_scenario_free(s[1]);
    return status;
}

static double half(const tb_interval *i)
{
    return (i->high - i->low) / 2;
}

/* The half-width at so many replications. */
static double half_at(int n, bool difference)
{
    const tb_plan plan = plan_of(NULL, 0, n);
    tb_result *r;
    tb_interval i, j;

    cr_assert_eq(run(&plan, &r), TB_OK);
    cr_assert_eq(tb_result_ending(r, NULL), TB_PLANNED);
    cr_assert_eq(tb_result_estimate(r, 0, "time.direct_share", 0.95, &i, NULL), TB_OK);
    cr_assert_eq(tb_result_estimate(r, 1, "time.direct_share", 0.95, &j, NULL), TB_OK);
    i = half(&i) > half(&j) ? i : j;
    if (difference)
        cr_assert_eq(tb_result_difference(r, 0, 1, "citizen.wait.alarm", 0.95, &i, NULL),
                     TB_OK);
    tb_result_free(r);
    return half(&i);
}

static void expect_end(const tb_target *target, int targets, int most, int n,
                       tb_ending ending, int hardest)
{
    tb_plan plan = plan_of(target, targets, most), fixed = plan_of(NULL, 0, n);
    tb_result *r, *same;
    int at = -2;

    for (plan.threads = 1; plan.threads < 4; plan.threads += 2) {
        cr_assert_eq(run(&plan, &r), TB_OK);
        cr_assert_eq(tb_result_replications(r), n, "%d", tb_result_replications(r));
        cr_assert_eq(tb_result_ending(r, &at), ending);
        cr_assert_eq(at, hardest);
        cr_assert_eq(run(&fixed, &same), TB_OK);
        cr_assert_eq(tb_result_hash(r, 0), tb_result_hash(same, 0));
        cr_assert_eq(tb_result_hash(r, 1), tb_result_hash(same, 1));
        tb_result_free(r);
        tb_result_free(same);
    }
}

Test(precision, the_first_look_that_is_good_enough_ends_the_run)
{
    const double at_20 = half_at(20, false), at_40 = half_at(40, false);
    const double paired_20 = half_at(20, true), paired_40 = half_at(40, true);
    const tb_target early[] = {{"time.direct_share", 1.01 * at_20, 0, 0}};
    const tb_target later[] = {{"time.direct_share", 1.01 * at_20, 0, 0},
                               {"time.direct_share", 1.001 * at_40, 0, 0}};
    const tb_target pair[] = {{"citizen.wait.alarm", 1.001 * paired_40, 0, 1}};
    const tb_target never[] = {{"time.direct_share", 1.01 * at_20, 0, 0},
                               {"time.direct_share", 1e-9, 1, 0}};

    cr_assert_lt(1.001 * at_40, at_20);
    cr_assert_lt(1.001 * paired_40, paired_20);
    expect_end(early, 1, 100, 20, TB_PRECISE, 0);
    expect_end(later, 2, 100, 40, TB_PRECISE, 1);
    expect_end(pair, 1, 100, 40, TB_PRECISE, 0);
    expect_end(never, 2, 50, 50, TB_CAPPED, 1);
    expect_end(early, 1, 10, 10, TB_CAPPED, 0);
}

Test(precision, targets_that_make_no_sense)
{
    const tb_target bad[] = {{"time.direct_share", 0, 0, 0},
                             {"time.direct_share", NAN, 0, 0},
                             {NULL, 1, 0, 0},
                             {"time.direct_shore", 1, 0, 0}};
    const tb_target alone[] = {{"time.direct_share", 1, 0, 1}};
    tb_scenario *s = district();
    tb_result *r;
    tb_plan plan;

    for (int i = 0; i < 4; i++) {
        plan = plan_of(&bad[i], 1, 100);
        cr_assert_eq(run(&plan, &r), i < 3 ? TB_ERR_VALUE : TB_ERR_NAME, "%d", i);
        cr_assert_null(r);
    }
    plan = plan_of(NULL, 1, 100);
    cr_assert_eq(run(&plan, &r), TB_ERR_VALUE);
    plan = plan_of(alone, 1, 100);
    plan.level = 1;
    cr_assert_eq(run(&plan, &r), TB_ERR_VALUE);
    plan.level = 0.95;
    cr_assert_eq(tb_run((const tb_scenario *[]){s}, 1, &plan, &r, NULL), TB_ERR_VALUE);
    tb_scenario_free(s);
}

Test(precision, weeks_are_no_replications)
{
    tb_plan plan = plan_of(NULL, 0, 3);
    tb_interval band[1];
    tb_result *r;

    cr_assert_eq(run(&plan, &r), TB_OK);
    cr_assert_eq(tb_result_weekly(r, 0, "time.direct_share", 0.95, band, NULL),
                 TB_ERR_VALUE);
    cr_assert_eq(tb_result_weekly_difference(r, 0, 1, "time.direct_share", 0.95, band, NULL),
                 TB_ERR_VALUE);
    tb_result_free(r);
    plan.weekly = 1;
    cr_assert_eq(run(&plan, &r), TB_OK);
    cr_assert_eq(tb_result_weekly(r, 0, "time.direct_share", 0.95, band, NULL), TB_OK);
    cr_assert_eq(band[0].n, 3);
    tb_result_free(r);
}
