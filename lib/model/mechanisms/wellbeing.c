#include "model/mechanisms/wellbeing.h"

/* Bounds of the factor on the hazard of a spell. */
static const double LEAST = 0.05, MOST = 20;

void tb__wellbeing_week(const struct wellbeing *p, struct wellbeing_state *state,
                        int worker, double decay, double overtime, double pressure,
                        double records)
{
    const double cause = p->overtime_on_strain * overtime +
                         p->pressure_on_strain * pressure + p->records_on_strain * records;

    state->strain[worker] = decay * state->strain[worker] + (1 - decay) * cause;
}

double tb__wellbeing_illness(const struct wellbeing *p, const struct view *at)
{
    const double factor = (1 + p->strain_on_absence * at->strain) *
                          (1 + p->autonomy_on_absence * at->autonomy) *
                          (1 + p->meetings_on_absence * at->meeting_h);

    return factor > LEAST ? factor < MOST ? factor : MOST : LEAST;
}

static bool acts(double effect)
{
    return effect < 0 || effect > 0;
}

double tb__wellbeing_most_illness(const struct wellbeing *p)
{
    return acts(p->strain_on_absence) || acts(p->autonomy_on_absence) ||
                   acts(p->meetings_on_absence)
               ? MOST
               : 1;
}
