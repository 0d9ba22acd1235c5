/* Absence: spells of illness, and who is in one when life starts. */
#include "model/world/compile.h"

#include <math.h>

#include "kernel/alloc.h"
#include "model/mechanisms/wellbeing.h"

/* Life starts in the middle of things: a worker is ill with the share of time that spells take, in a
 * spell that is met with a chance proportional to its length. */
static tb_status equilibrium(struct world *w, tb_error *err)
{
    double sum = 0;

    w->spell_share = tb__alloc(SPELL_NODES, sizeof *w->spell_share);
    if (!w->spell_share)
        return tb__no_memory(err);
    for (int i = 0; i < SPELL_NODES; i++)
        w->spell_share[i] = sum += tb__variate(&w->spell, (i + 0.5) / SPELL_NODES);
    w->ill_at_start = sum / SPELL_NODES /
                      (sum / SPELL_NODES + w->set.absence.days_between * (double)TB__DAY);
    for (int i = 0; i < SPELL_NODES; i++)
        w->spell_share[i] /= sum > 0 ? sum : 1;
    return TB_OK;
}

/* The uniform from which the time to a spell is longer than a day, whatever multiplies the hazard; with
 * a margin that is far above the error of a table. It only saves looking up. */
static double stays_well(const struct world *w)
{
    const double longest = 1.001 * tb__wellbeing_most_illness(&w->set.regime.wellbeing);

    return 1 - exp(-longest / w->set.absence.days_between);
}

tb_status tb__compile_absence(struct world *w, tb_error *err)
{
    const struct absence *a = &w->set.absence;
    const struct law between = {
        LAW_BY(LAW_EXPONENTIAL, a->days_between, NAN, NAN, NAN, NAN, NAN)};
    tb_status status;

    if (a->days_between <= 0)
        return TB_OK;
    if ((status = tb__compile_law(w, &between, 1440 * 60000.0, &w->between, err)) ||
        (status = tb__compile_law(w, &a->spell_days, 1440 * 60000.0, &w->spell, err)))
        return status;
    w->stays_well = stays_well(w);
    return equilibrium(w, err);
}
