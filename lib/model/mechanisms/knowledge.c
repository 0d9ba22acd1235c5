#include "model/mechanisms/knowledge.h"

#include <math.h>

#include "kernel/alloc.h"

/* Share that is left after a time with this half-life; all of it when there is none. In whole
 * SINGLEs, so that the last bit of a libm cannot reach a result. */
static double left(double time, double half_life)
{
    return half_life > 0 ? rint(exp2(-time / half_life) * SINGLE) / SINGLE : 1;
}

/* Share of what is missing that `hours` close when one hour closes `gain`. */
static double closed(double gain, double hours)
{
    return rint((1 - pow(1 - gain, hours)) * SINGLE) / SINGLE;
}

tb_status tb__knowledge_compile(const struct knowledge *k, double familiar_days,
                                struct knowledge_plan *out, tb_error *err)
{
    out->days = (int)familiar_days;
    out->fades = tb__alloc((size_t)out->days + 1, sizeof *out->fades);
    if (!out->fades)
        return tb__no_memory(err);
    for (int day = 0; day <= out->days; day++)
        out->fades[day] = (uint32_t)(left(day, k->acquaintance_half_life_days) * SINGLE);
    out->gain = (uint32_t)rint(k->acquaintance_gain * SINGLE);
    out->training = tb__minutes(k->training_minutes);
    out->update = tb__minutes(k->update_minutes);
    out->sparring = tb__minutes(k->sparring_minutes);
    out->retained = left(1, k->competence_half_life_weeks);
    out->trained = closed(k->training_gain, k->training_minutes / 60);
    out->sparred = closed(k->sparring_gain, k->sparring_minutes / 60);
    out->updated = closed(k->update_gain, k->update_minutes / 60);
    out->arrives =
        k->update_half_life_weeks > 0 ? 1 - left(1, k->update_half_life_weeks) : 1;
    return TB_OK;
}

void tb__knowledge_clear(struct knowledge_plan *p)
{
    tb__free(p->fades);
    p->fades = NULL;
}

double tb__knowledge_errs(const struct knowledge *k, const struct view *at)
{
    const double hours = k->sparring_minutes < 60 ? k->sparring_minutes / 60 : 1;

    return (1 + k->unskilled_errors * (1 - at->competence)) *
           (1 + k->sparring_errors * (at->temp ? 0 : hours));
}

void tb__knowledge_learns(struct competence *c, double share)
{
    c->now += (1 - c->now) * share;
}

void tb__knowledge_updated(const struct knowledge_plan *p, struct competence *c)
{
    c->coming += (1 - c->coming) * p->updated;
}

void tb__knowledge_week(const struct knowledge_plan *p, struct competence *c)
{
    const double arrives = p->arrives * c->coming;

    c->now *= p->retained;
    tb__knowledge_learns(c, arrives);
    c->coming -= arrives;
}
