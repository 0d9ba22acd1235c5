/* Simulates one scenario on one thread and prints what happened, as JSON: for callgrind, and for
 * anybody who wants to look at the core without Python around it.
 *
 *     simulate REPLICATIONS WEEKS [SETTING ...]
 *     simulate presets
 *
 * A SETTING is the name of a preset (home_care/npm), an item to add (+staff.worker) or a value
 * (staff.worker.count=50); they are taken in turn. There is no warm-up. The second form lists the presets. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tidsbruk/tidsbruk.h>

static tb_status use(tb_scenario **s, const char *setting, tb_error *err)
{
    const char *equals = strchr(setting, '=');
    char path[TB_PATH_SIZE];

    if (*setting == '+')
        return tb_scenario_add(*s, setting + 1, err);
    if (!equals) {
        tb_scenario_free(*s);
        return tb_scenario_preset(setting, s, err);
    }
    snprintf(path, sizeof path, "%.*s", (int)(equals - setting), setting);
    return tb_scenario_set(*s, path, equals + 1, err);
}

/* Sum of one part of an outcome over all replications. */
static double sum_of(const tb_result *r, const char *outcome, int part)
{
    const int index = tb_result_find(r, outcome);
    const double *column = index < 0 ? NULL : tb_result_column(r, index, part);
    double sum = 0;

    for (int64_t row = 0; column && row < tb_result_rows(r); row++)
        sum += column[row];
    return sum;
}

static tb_status simulate(const tb_scenario *s, int replications, int weeks, tb_error *err)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_result *r;
    tb_status status;

    plan.replications = replications;
    plan.weeks = weeks;
    plan.warmup = 0;
    plan.threads = 1;
    if ((status = tb_run(&s, 1, &plan, &r, err)))
        return status;
    printf("{\"calls\": %.0f, \"phases\": %.0f, \"planned_visits\": %.0f, ",
           sum_of(r, "citizen.calls.contact", 1), sum_of(r, "staff.phases", 1),
           sum_of(r, "citizen.missed_share", 2));
    printf("\"events\": %.0f, ", sum_of(r, "staff.starts", 1) +
                                     sum_of(r, "record.written", 1) +
                                     sum_of(r, "record.told", 1));
    printf("\"hash\": \"%016llx\"}\n", (unsigned long long)tb_result_hash(r, 0));
    tb_result_free(r);
    return TB_OK;
}

int main(int argc, char **argv)
{
    tb_scenario *s = NULL;
    tb_error err;
    tb_status status;

    if (argc == 2 && !strcmp(argv[1], "presets")) {
        for (int i = 0; tb_preset_name(i); i++)
            puts(tb_preset_name(i));
        return 0;
    }
    if (argc < 3) {
        fprintf(stderr, "simulate REPLICATIONS WEEKS [SETTING ...]\n");
        return 2;
    }
    status = tb_scenario_new(&s, &err);
    for (int i = 3; !status && i < argc; i++)
        status = use(&s, argv[i], &err);
    if (!status)
        status = simulate(s, atoi(argv[1]), atoi(argv[2]), &err);
    if (status)
        fprintf(stderr, "simulate: %s\n", err.message);
    else
        tb_scenario_free(s);
    return status ? 1 : 0;
}
