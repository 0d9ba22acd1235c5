#include "model/mechanisms/dialogue.h"

#include <math.h>

#include "model/bought.h"

static const double FINE = 4294967296.0; /* chances are whole multiples of its inverse */

/* A chance of which ten minutes prevent a share. */
static double lowered(double chance, double minutes, double saved)
{
    return rint(chance * pow(1 - saved, minutes / 10) * FINE) / FINE;
}

void tb__dialogue_compile(const struct dialogue *d, double handover_minutes,
                          struct dialogue_plan *out)
{
    *out = (struct dialogue_plan){
        .talks = tb__minutes(d->minutes_per_shift),
        .codesign = tb__minutes(d->codesign_minutes),
        .coordination = tb__minutes(d->coordination_minutes),
        .clash = tb__minutes(d->clash_minutes),
        .codesign_period = 1 + d->codesign_every,
        .fits = tb__bought(d->codesign_effect, d->codesign_minutes, TALK_OF_EFFECT),
        .lost = lowered(d->handover_loss, d->minutes_per_shift + handover_minutes,
                        d->handover_saved),
        .clashes =
            lowered(d->clash_probability, d->coordination_minutes, d->coordination_saved),
    };
}

double tb__dialogue_clashes(const struct dialogue_plan *p, int others)
{
    double apart = 1;

    for (int i = 0; i < others; i++)
        apart *= 1 - p->clashes;
    return 1 - apart;
}
