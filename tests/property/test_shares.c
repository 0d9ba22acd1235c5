/* What is called a share is one: never below 0, never above 1, of any week of any scenario and of any
 * whole life. Two are ratios that may exceed 1: minutes given over minutes granted; and, of a week,
 * calls that left over calls that came, since some came before. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "life.h"
#include "model/outcome.h"

enum { SCENARIOS = 300, PRESET_WEEKS = 4 };

static int shares, between;

static void check(const char *scenario, int week, const char *name, const char *unit,
                  double numerator, double denominator)
{
    if (strcmp(unit, "share") || !(denominator > 0) ||
        !strcmp(name, "citizen.delivered_share") ||
        (week >= 0 && !strcmp(name, "citizen.abandoned.")))
        return;
    cr_assert(numerator >= 0 && numerator <= denominator * (1 + 1e-12),
              "%s, week %d: %s is %.9g / %.9g", scenario, week, name, numerator,
              denominator);
    shares++;
    between += numerator > 0 && numerator < denominator;
}

static void check_row(const char *scenario, int week, const struct outcome *row,
                      const struct totals *t)
{
    check(scenario, week, row->name, row->unit, row->numerator(t), row->denominator(t));
}

/* week: -1 for the only period. */
static void check_period(const struct life *l, const char *name, int week)
{
    const struct ledger *g = &l->unit.ledger;
    const int period = week < 0 ? 0 : week;
    struct totals t;
    double ratio[2];

    tb__totals(l->world, g, period, &t);
    for (int i = 0; i < tb__outcome_count(); i++)
        check_row(name, week, tb__outcome(i), &t);
    for (int s = 0; s < l->world->services; s++)
        for (int k = 0; k < SERVICE_OUTCOMES; k++) {
            tb__service_ratio(&t, s, k, ratio);
            check(name, week, tb__service_outcomes[k].name, tb__service_outcomes[k].unit,
                  ratio[0], ratio[1]);
        }
    for (int i = 0; i < l->world->workers; i++) { /* some roles more than once */
        tb__role_totals(l->world, g, period, l->world->worker[i].role, &t);
        for (int k = 0; k < ROLE_OUTCOMES; k++)
            check_row(name, week, &tb__role_outcomes[k], &t);
    }
}

static void check_life(tb_scenario *s, const char *name)
{
    const struct occasion weekly = {.seed = 31, .weekly = 1},
                          whole = {.seed = 31, .no_warmup = 1};
    struct life l;

    live(&l, s, &weekly);
    for (int week = 0; week < l.unit.ledger.periods; week++)
        check_period(&l, name, week);
    life_clear(&l);
    live(&l, s, &whole);
    check_period(&l, name, -1);
    life_clear(&l);
}

Test(shares, are_between_0_and_1)
{
    each_scenario(PRESET_WEEKS, SCENARIOS, check_life);
    printf("# %d shares, %d of them between 0 and 1\n", shares, between);
    cr_assert_gt(between, shares / 10);
}
