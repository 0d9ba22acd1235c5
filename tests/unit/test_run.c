/* What a result and a log say of themselves, through the public interface. */
#include <criterion/criterion.h>

#include "tidsbruk/tidsbruk.h"

static tb_result *run_of(const tb_plan *plan)
{
    tb_error err;
    tb_scenario *s = NULL;
    tb_result *r = NULL;

    cr_assert_eq(tb_scenario_preset("home_care/npm", &s, &err), TB_OK);
    cr_assert_eq(tb_run((const tb_scenario *[]){s, s}, 2, plan, &r, &err), TB_OK, "%s",
                 err.message);
    tb_scenario_free(s);
    return r;
}

Test(run, result_knows_its_plan)
{
    tb_plan plan = TB_PLAN_INIT;
    int warmup = -1;

    plan.replications = 3;
    plan.seed = UINT64_MAX - 7;
    plan.weeks = 2;
    plan.warmup = 1;
    tb_result *r = run_of(&plan);
    cr_expect_eq(tb_result_scenarios(r), 2);
    cr_expect_eq(tb_result_replications(r), 3);
    cr_expect_eq(tb_result_weeks(r), 1);
    cr_expect_eq(tb_result_rows(r), 6);
    cr_expect_eq(tb_result_seed(r), UINT64_MAX - 7);
    cr_expect_eq(tb_result_horizon(r, &warmup), 2);
    cr_expect_eq(warmup, 1);
    cr_expect_eq(tb_result_horizon(r, NULL), 2);
    tb_result_free(r);

    plan.weekly = 1;
    r = run_of(&plan);
    cr_expect_eq(tb_result_weeks(r), 2);
    cr_expect_eq(tb_result_rows(r), 12);
    tb_result_free(r);
}

Test(run, log_names_its_indices)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_scenario *s = NULL;
    tb_log *log = NULL;

    plan.weeks = 1;
    plan.warmup = 0;
    cr_assert_eq(tb_scenario_preset("home_care/npm", &s, NULL), TB_OK);
    cr_assert_eq(tb_log_run(s, &plan, 0, &log, NULL), TB_OK);
    tb_scenario_free(s); /* the log keeps its own names */

    cr_expect_str_eq(tb_log_worker(log, 0), "carer/1");
    cr_expect_null(tb_log_worker(log, -1));
    cr_expect_null(tb_log_worker(log, 100000));
    cr_expect_not_null(tb_log_obligation(log, 0));
    cr_expect_null(tb_log_obligation(log, -1));
    cr_expect_null(tb_log_obligation(log, 100000));
    cr_expect_null(tb_log_at(log, tb_log_rows(log)));
    tb_log_free(log);
}
