/* From which uniform on the model does not look up when a spell begins: none may begin within a day. */
#include <criterion/criterion.h>

#include "model/world.h"
#include "scenario/scenario.h"
#include "scenarios.h"

static void expect_well(const char *days, const char *strain, double most)
{
    tb_scenario *s = district();
    struct world *w = NULL;

    put(s, "absence.days_between", days);
    put(s, "regime.wellbeing.strain_on_absence", strain);
    cr_assert_eq(tb__world_new(&s->set, 1, 0, &w, NULL), TB_OK);
    for (double u = w->stays_well; u < 1; u += (1 - u) / 64 + 1e-9)
        cr_assert_geq(tb__variate(&w->between, u) / most, (double)TB__DAY, "%s: %g", days,
                      u);
    cr_expect_lt(tb__variate(&w->between, w->stays_well) / most, 1.01 * TB__DAY, "%s",
                 days);
    tb__world_free(w);
    tb_scenario_free(s);
}

Test(absence, who_stays_well_is_clear_at_once)
{
    static const char *const days[] = {"0.5", "3", "20", "63", "400", "20000"};

    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        expect_well(days[i], "0", 1);
        expect_well(days[i], "0.2", 20);
        expect_well(days[i], "-0.2", 20);
    }
}
