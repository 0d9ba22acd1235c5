/* What common random numbers gain: R = (s2_A + s2_B) / s2_(A - B), the variance of a difference had
 * the two been independent over its paired variance. 400 replications of 13 weeks of home care.
 *
 * Without the stopwatch, with given routes and no feedback on absence, nearly all of the variance
 * is shared: R >= 10. With another seed for B nothing is: R is about 1. For NPM against trust R is
 * printed with its interval; nothing is promised there. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "random_scenario.h"
#include "tidsbruk/run.h"

enum { REPLICATIONS = 400, WEEKS = 13, RESAMPLES = 1000 };

static tb_scenario *preset(const char *name)
{
    tb_scenario *s = NULL;
    tb_error err = {.status = TB_OK};

    cr_assert_eq(tb_scenario_preset(name, &s, &err), TB_OK, "%s", err.message);
    return s;
}

static tb_result *run(const tb_scenario *const *scenarios, int count, uint64_t seed)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_result *r = NULL;
    tb_error err = {.status = TB_OK};

    plan.replications = REPLICATIONS;
    plan.weeks = WEEKS;
    plan.warmup = 0;
    plan.seed = seed;
    cr_assert_eq(tb_run(scenarios, count, &plan, &r, &err), TB_OK, "%s", err.message);
    return r;
}

/* Residuals of the ratio estimate: their variance over n is that of the ratio (Cochran 1977). */
struct residuals {
    double z[REPLICATIONS];
};

static struct residuals residuals_of(const tb_result *r, int scenario, const char *outcome)
{
    const int at = tb_result_find(r, outcome);
    const double *num, *den;
    struct residuals out;
    double sum = 0, total = 0;

    cr_assert_geq(at, 0, "%s", outcome);
    num = tb_result_column(r, at, 1) + scenario * REPLICATIONS;
    den = tb_result_column(r, at, 2) + scenario * REPLICATIONS;
    for (int i = 0; i < REPLICATIONS; i++) {
        sum += num[i];
        total += den[i];
    }
    for (int i = 0; i < REPLICATIONS; i++)
        out.z[i] = (num[i] - sum / total * den[i]) / (total / REPLICATIONS);
    return out;
}

/* R over the replications that `chosen` names, NULL for all as they are. */
static double gain(const struct residuals *a, const struct residuals *b, const int *chosen)
{
    double mean[3] = {0, 0, 0}, square[3] = {0, 0, 0};

    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < REPLICATIONS; i++) {
            const int k = chosen ? chosen[i] : i;
            const double x[3] = {a->z[k], b->z[k], a->z[k] - b->z[k]};

            for (int j = 0; j < 3; j++)
                if (pass)
                    square[j] += (x[j] - mean[j]) * (x[j] - mean[j]);
                else
                    mean[j] += x[j] / REPLICATIONS;
        }
    return (square[0] + square[1]) / square[2];
}

static int by_value(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

/* Percentile interval from resampled replications, pairs kept together (Efron 1979). */
static void print_gain(const char *what, const tb_result *r, const char *outcome)
{
    const struct residuals a = residuals_of(r, 0, outcome), b = residuals_of(r, 1, outcome);
    static double sample[RESAMPLES];
    struct random random = {51};
    int chosen[REPLICATIONS];

    for (int i = 0; i < RESAMPLES; i++) {
        for (int k = 0; k < REPLICATIONS; k++)
            chosen[k] = random_count(&random, 0, REPLICATIONS - 1);
        sample[i] = gain(&a, &b, chosen);
    }
    qsort(sample, RESAMPLES, sizeof *sample, by_value);
    printf("# %s, %s: R = %.2f, 95 %% interval [%.2f, %.2f]\n", what, outcome,
           gain(&a, &b, NULL), sample[RESAMPLES / 40],
           sample[RESAMPLES - RESAMPLES / 40 - 1]);
}

/* Routes follow from grants and rosters, and nobody falls ill of the regime. */
static tb_scenario *frozen(void)
{
    tb_scenario *s = preset("home_care/npm");

    put(s, "planning.mode", "given");
    put(s, "regime.wellbeing.strain_on_absence", "0");
    put(s, "regime.wellbeing.autonomy_on_absence", "0");
    put(s, "regime.wellbeing.meetings_on_absence", "0");
    return s;
}

Test(common_random_numbers, a_duty_less_is_seen_against_the_same_world)
{
    static const char outcome[] = "time.records_share";
    tb_scenario *with = frozen(), *without = frozen();
    tb_result *same, *other;
    struct residuals a, b;
    double paired = 0, apart;

    cr_assert_eq(tb_scenario_remove(without, "obligations.visit_registration", NULL),
                 TB_OK);
    same = run((const tb_scenario *[]){with, without}, 2, 1);
    other = run((const tb_scenario *[]){without}, 1, 2);
    cr_assert_eq(tb_result_pairing_gain(same, 0, 1, outcome, &paired, NULL), TB_OK);
    print_gain("without the stopwatch", same, outcome);
    cr_assert_geq(paired, 10);

    a = residuals_of(same, 0, outcome);
    b = residuals_of(same, 1, outcome);
    cr_assert_lt(fabs(gain(&a, &b, NULL) / paired - 1), 1e-6, "the library says %g",
                 paired);
    b = residuals_of(other, 0, outcome);
    apart = gain(&a, &b, NULL);
    printf("# with another seed: R = %.2f\n", apart);
    cr_assert(apart >= 0.75 && apart <= 1.35, "R = %g", apart);
    tb_result_free(same);
    tb_result_free(other);
    tb_scenario_free(with);
    tb_scenario_free(without);
}

Test(common_random_numbers, npm_against_trust_is_printed)
{
    static const char *const outcomes[] = {"time.records_share", "time.direct_share",
                                           "citizen.unmet_share",
                                           "control.undetected_harm"};
    tb_scenario *npm = preset("home_care/npm"), *trust = preset("home_care/trust");
    tb_result *r = run((const tb_scenario *[]){npm, trust}, 2, 1);

    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
        print_gain("NPM against trust", r, outcomes[i]);
    tb_result_free(r);
    tb_scenario_free(npm);
    tb_scenario_free(trust);
}
