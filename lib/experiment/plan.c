/* What is asked for: plans of callers that were compiled with an older or a newer header, and what a
 * plan may say. */
#include <string.h>

#include "experiment/experiment.h"
#include "experiment/result.h"

enum { MOST_THREADS = 1024, MOST_BYTES = 4096 };

/* What tb_plan has measured since the first header; each grew by whole members. */
static const size_t sizes[] = {offsetof(tb_plan, estimand), offsetof(tb_plan, target),
                               sizeof(tb_plan)};

static bool is_known(size_t size)
{
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (sizes[i] == size)
            return true;
    return false;
}

/* The plan with what it does not say by default. A longer one says nothing that is not known here,
 * when the rest of it is zeros. */
static tb_status take(const tb_plan *given, tb_plan *out, tb_error *err)
{
    const size_t known = sizeof *out, size = given->size;
    const unsigned char *byte = (const unsigned char *)given;

    *out = (tb_plan)TB_PLAN_INIT;
    if (size > MOST_BYTES || (size < known && !is_known(size)))
        return tb__fail(err, TB_ERR_VALUE, "plan: start from TB_PLAN_INIT");
    for (size_t i = known; i < size; i++)
        if (byte[i])
            return tb__fail(err, TB_ERR_VALUE,
                            "plan: it asks for something that tidsbruk %s does not know "
                            "(byte %zu of %zu)",
                            tb_version(), i, size);
    memcpy(out, given, size < known ? size : known);
    out->size = known;
    return TB_OK;
}

static tb_status check(const tb_plan *plan, tb_error *err)
{
    tb_status status;

    if (plan->replications < 1 || plan->replications > MOST_REPLICATIONS)
        return tb__fail(err, TB_ERR_VALUE, "plan.replications: %d is not within 1 to %d",
                        plan->replications, MOST_REPLICATIONS);
    if (plan->first < 0 || plan->first > 1000000000)
        return tb__fail(err, TB_ERR_VALUE,
                        "plan.first: %d is not within 0 to 1,000,000,000", plan->first);
    if (plan->weeks < 0 || plan->weeks > 520)
        return tb__fail(err, TB_ERR_VALUE, "plan.weeks: %d is not within 0 to 520",
                        plan->weeks);
    if (plan->warmup < -1 || plan->warmup > 104)
        return tb__fail(err, TB_ERR_VALUE, "plan.warmup: %d is not within -1 to 104",
                        plan->warmup);
    if (plan->estimand != TB_STANDING && plan->estimand != TB_SWITCH)
        return tb__fail(err, TB_ERR_VALUE,
                        "plan.estimand: %d is neither TB_STANDING nor TB_SWITCH",
                        (int)plan->estimand);
    if ((status = tb__check_targets(plan, err)))
        return status;
    if (plan->threads < 0 || plan->threads > MOST_THREADS)
        return tb__fail(err, TB_ERR_VALUE, "plan.threads: %d is not within 0 to %d",
                        plan->threads, MOST_THREADS);
    return TB_OK;
}

tb_status tb__plan_of(const tb_plan *given, tb_plan *out, tb_error *err)
{
    const tb_status status = take(given, out, err);

    return status ? status : check(out, err);
}

int tb__measured(const tb_scenario *s, const tb_plan *plan)
{
    return plan->weeks ? plan->weeks : s->set.horizon.weeks;
}

int tb__longest_warmup(const tb_scenario *const *scenarios, int count, const tb_plan *plan)
{
    int longest = plan->warmup;

    for (int i = 0; i < count && plan->warmup < 0; i++)
        if (scenarios[i]->set.horizon.warmup_weeks > longest)
            longest = scenarios[i]->set.horizon.warmup_weeks;
    return longest;
}
