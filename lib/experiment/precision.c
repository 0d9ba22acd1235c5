/* Runs that go on until outcomes are known well enough.
 *
 * Looking after every replication and stopping at the first good moment would make intervals that hold
 * less often than they say; a few looks at fixed numbers cost next to nothing (Law 2015, Simulation
 * Modeling and Analysis, 9.4; coverage is tested in tests/unit/test_coverage.c). */
#include <math.h>

#include "experiment/result.h"

enum { FIRST_LOOK = 20 };

tb_status tb__check_targets(const tb_plan *plan, tb_error *err)
{
    if (plan->targets < 0 || (plan->targets && !plan->target))
        return tb__fail(err, TB_ERR_VALUE, "plan.targets: %d, and where they are is %s",
                        plan->targets, plan->target ? "said" : "not said");
    if (plan->targets && !(plan->level > 0 && plan->level < 1))
        return tb__fail(err, TB_ERR_VALUE, "plan.level: %g is not between 0 and 1",
                        plan->level);
    for (int i = 0; i < plan->targets; i++)
        if (!plan->target[i].outcome || !(plan->target[i].half_width > 0))
            return tb__fail(err, TB_ERR_VALUE,
                            "plan.target[%d] (%s): a half-width of %g is not above 0", i,
                            plan->target[i].outcome ? plan->target[i].outcome : "no outcome",
                            plan->target[i].half_width);
    return TB_OK;
}

tb_status tb__know_targets(const tb_result *r, const tb_plan *plan, tb_error *err)
{
    for (int i = 0; i < plan->targets; i++) {
        if (tb_result_find(r, plan->target[i].outcome) < 0)
            return tb__fail(err, TB_ERR_NAME, "plan.target[%d]: outcome '%s' is not known",
                            i, plan->target[i].outcome);
        if (plan->target[i].difference && r->scenarios < 2)
            return tb__fail(err, TB_ERR_VALUE,
                            "plan.target[%d] (%s): one scenario has no difference", i,
                            plan->target[i].outcome);
    }
    return TB_OK;
}

int tb__next_look(const tb_plan *plan, int n)
{
    const int next = n ? 2 * n : FIRST_LOOK;

    return !plan->targets || next > plan->replications ? plan->replications : next;
}

/* How wide an interval is beside what is asked: 1 or less is met. */
static double strain(const tb_target *t, const tb_interval *i)
{
    const double half = (i->high - i->low) / 2;
    const double asked = t->relative ? t->half_width * fabs(i->mean) : t->half_width;

    if (t->relative && !t->difference && !(fabs(i->mean) > 0))
        return INFINITY; /* what never happened is not known to a share of itself */
    return half <= asked ? (asked > 0 ? half / asked : 0)
           : asked > 0   ? half / asked
                         : INFINITY;
}

/* The widest over the scenarios. */
static tb_status widest(const tb_result *r, const tb_target *t, double level, double *out,
                        tb_error *err)
{
    tb_status status = TB_OK;

    *out = 0;
    for (int s = t->difference ? 1 : 0; s < r->scenarios && !status; s++) {
        tb_interval i;

        status = t->difference ? tb_result_difference(r, 0, s, t->outcome, level, &i, err)
                               : tb_result_estimate(r, s, t->outcome, level, &i, err);
        if (!status && !(strain(t, &i) <= *out))
            *out = strain(t, &i);
    }
    return status;
}

tb_status tb__look(tb_result *r, const tb_plan *plan, tb_error *err)
{
    double most = -1;
    tb_status status = TB_OK;

    r->ending = TB_PLANNED;
    r->hardest = -1;
    for (int i = 0; i < plan->targets && !status; i++) {
        double width;

        status = widest(r, &plan->target[i], plan->level, &width, err);
        if (!status && width > most) {
            most = width;
            r->hardest = i;
        }
    }
    if (plan->targets)
        r->ending = most <= 1 ? TB_PRECISE : TB_CAPPED;
    return status;
}
