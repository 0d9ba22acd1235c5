#include "model/mechanisms/teams.h"

#include "model/bought.h"

void tb__teams_compile(const struct teams *t, const struct duty *d, double share,
                       struct teams_plan *out)
{
    const double minutes = t->meeting_minutes * share;
    const double left = 1 - tb__bought(t->pooling, minutes, MEETING_OF_EFFECT);

    *out = (struct teams_plan){
        .meeting = tb__minutes(minutes),
        .handover = tb__minutes(d->handover_minutes * left),
        .administration = tb__minutes(d->administration_minutes * left),
        .errs = 1 - tb__bought(t->peer_support, minutes, MEETING_OF_EFFECT),
    };
}
