/* Two ways of governing in the same worlds: what changes, and how sure the simulation is. */
#include <stdio.h>
#include <stdlib.h>

#include <tidsbruk/tidsbruk.h>

static const char *const headlines[] = {
    "time.direct_share",
    "citizen.unmet_share",
    "control.undetected_harm",
};

/* Prints one headline: both estimates, and the paired difference with its interval. */
static tb_status print_headline(const tb_result *result, const char *outcome, tb_error *err)
{
    tb_interval npm, trust, change;
    tb_status status;

    if ((status = tb_result_estimate(result, 0, outcome, 0.95, &npm, err)) ||
        (status = tb_result_estimate(result, 1, outcome, 0.95, &trust, err)) ||
        (status = tb_result_difference(result, 0, 1, outcome, 0.95, &change, err)))
        return status;
    printf("%-24s %8.4f %8.4f %+9.4f [%+.4f, %+.4f]\n", outcome, npm.mean, trust.mean,
           change.mean, change.low, change.high);
    return TB_OK;
}

int main(void)
{
    tb_error err;
    tb_scenario *npm = NULL, *trust = NULL;
    tb_result *result = NULL;
    tb_plan plan = TB_PLAN_INIT;
    int status = EXIT_FAILURE;

    plan.replications = 40;
    plan.seed = 1;
    if (tb_scenario_preset("home_care/npm", &npm, &err) ||
        tb_scenario_preset("home_care/trust", &trust, &err) ||
        tb_scenario_set(trust, "regime.teams.meeting_minutes", "30", &err) ||
        tb_run((const tb_scenario *[]){npm, trust}, 2, &plan, &result, &err))
        goto out;

    printf("%-24s %8s %8s %9s\n", "", "NPM", "trust", "change");
    for (size_t i = 0; i < sizeof headlines / sizeof *headlines; i++)
        if (print_headline(result, headlines[i], &err))
            goto out;
    status = EXIT_SUCCESS;

out:
    if (status)
        fprintf(stderr, "quick_start: %s\n", err.message);
    tb_result_free(result);
    tb_scenario_free(trust);
    tb_scenario_free(npm);
    return status;
}
