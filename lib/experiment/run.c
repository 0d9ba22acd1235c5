/* Replications over threads. Each writes rows of its own, so that no number depends on who ran it or
 * when. */
#include <stdlib.h>

#include "experiment/experiment.h"
#include "experiment/result.h"
#include "kernel/alloc.h"
#include "kernel/port.h"

#ifdef _OPENMP
#include <omp.h>
#endif

enum { MOST_SCENARIOS = 100000 };

static tb_status same_horizon(const tb_scenario *const *scenarios, int count,
                              const tb_plan *plan, tb_error *err)
{
    for (int i = 1; i < count && !plan->weeks; i++)
        if (scenarios[i]->set.horizon.weeks != scenarios[0]->set.horizon.weeks)
            return tb__fail(
                err, TB_ERR_MISMATCH,
                "horizon.weeks: %d in the first scenario, %d in number %d; say "
                "plan.weeks",
                scenarios[0]->set.horizon.weeks, scenarios[i]->set.horizon.weeks, i + 1);
    return TB_OK;
}

void tb_stop(volatile int *stop) /* NOLINT(readability-non-const-parameter): it is written */
{
    TB__ATOMIC_STORE(stop, 1);
}

int64_t tb_progress(const volatile int64_t *progress)
{
    return TB__ATOMIC_LOAD(progress);
}

static bool stopped(const tb_plan *plan)
{
    return plan->stop && TB__ATOMIC_LOAD(plan->stop);
}

struct work {
    struct world **world;
    struct arms arms;
    int scenarios;
    const tb_plan *plan;
    tb_result *result;
    int from, to; /* replications that are simulated now */
    char *done;   /* of each task */
    int status;   /* a tb_status, which all threads look at */
    tb_error error;
};

/* One scenario, one replication. */
static void task(struct work *k, int64_t t, struct arena *arena)
{
    const int scenario = (int)(t % k->scenarios), replication = (int)(t / k->scenarios);
    const struct world *w = k->world[scenario];
    const tb_plan *plan = k->plan;
    struct unit u;
    tb_error err = {.status = TB_OK};
    tb_status status;

    if (stopped(plan))
        return;
    tb__arena_reset(arena);
    status = tb__unit_switch_run(
        plan->estimand == TB_SWITCH ? k->world[0] : w, w,
        tb__stream(plan->seed, (uint32_t)(plan->first + replication)), arena,
        plan->weekly ? w->weeks : 1, false, plan->stop, &u, &err);
    if (!status) {
        tb__result_put(k->result, scenario, replication, w, &u.ledger);
        k->done[t] = 1;
        if (plan->progress)
            TB__ATOMIC_INCREMENT(plan->progress);
    }
    tb__ledger_clear(&u.ledger);
    if (status && status != TB_ERR_CANCELLED) {
#pragma omp critical
        if (!k->status) {
            k->error = err;
#pragma omp atomic write
            k->status = (int)status;
        }
    }
}

static bool failed(const struct work *k)
{
    int status;
#pragma omp atomic read
    status = k->status;
    return status != TB_OK;
}

static int threads_for(int wanted, int64_t tasks)
{
#ifdef _OPENMP
    const int64_t threads = wanted ? wanted : omp_get_num_procs();

    return (int)(threads < 1 ? 1 : threads > tasks ? tasks : threads);
#else
    (void)wanted, (void)tasks;
    return 1;
#endif
}

static void run_all(struct work *k)
{
    const int64_t first = (int64_t)k->scenarios * k->from;
    const int64_t end = (int64_t)k->scenarios * k->to;
    const int threads = threads_for(k->plan->threads, end - first);

    (void)threads; /* where there is no OpenMP */
#pragma omp parallel num_threads(threads)
    {
        struct arena arena;

        tb__arena_init(&arena);
#pragma omp for schedule(dynamic)
        for (int64_t t = first; t < end; t++)
            if (!failed(k))
                task(k, t, &arena);
        tb__arena_clear(&arena);
    }
}

/* Replications that every scenario finished, from the first on without a gap. */
static int unbroken(const struct work *k)
{
    int n = 0;

    for (; n < k->to; n++)
        for (int s = 0; s < k->scenarios; s++)
            if (!k->done[(int64_t)n * k->scenarios + s])
                return n;
    return n;
}

static tb_status finish(struct work *k, tb_status status, tb_result **out, tb_error *err)
{
    const int n = unbroken(k), wanted = k->plan->replications;

    if (!status && k->status) {
        status = (tb_status)k->status;
        if (err)
            *err = k->error;
    }
    if (!status && n < k->to)
        status = tb__fail(err, TB_ERR_CANCELLED, "stopped after %d of %d replications", n,
                          wanted);
    if (status == TB_ERR_MEMORY)
        (void)tb__fail(err, status, "out of memory after %d of %d replications", n, wanted);
    if (n && (status == TB_ERR_MEMORY || status == TB_ERR_CANCELLED))
        tb__result_cut(k->result, n);
    else if (status)
        return status;
    if (n) {
        *out = k->result;
        k->result = NULL;
    }
    return status;
}

/* An arm that switches is known by its history, too. */
static void note_world(struct work *k, int i, const tb_scenario *const *scenarios)
{
    const bool switched = i && k->plan->estimand == TB_SWITCH;
    const uint64_t settings = switched ? tb_scenario_hash(scenarios[0]) : 0;

    if (switched)
        k->world[i]->hash = tb__mix(k->world[i]->hash ^ tb__mix(k->world[0]->hash));
    tb__result_world(k->result, i, tb_scenario_hash(scenarios[i]) ^ tb__mix(settings),
                     k->world[i]);
}

/* Room for the result first: one that is too large is refused before anything is compiled. */
static tb_status prepare(struct work *k, const tb_scenario *const *scenarios, tb_error *err)
{
    const size_t count = (size_t)k->scenarios;
    const int warmup = tb__longest_warmup(scenarios, k->scenarios, k->plan);
    tb_status status;

    k->world = tb__alloc(count, sizeof(struct world *));
    k->done = tb__alloc(count * (size_t)k->plan->replications, 1);
    if (!k->world || !k->done)
        return tb__no_memory(err);
    if ((status = tb__arms_init(&k->arms, scenarios, k->scenarios, k->plan->estimand, err)))
        return status;
    status = tb__result_new(
        &(struct frame){k->arms.set, k->scenarios, tb__next_look(k->plan, 0),
                        tb__measured(scenarios[0], k->plan), warmup, k->plan},
        &k->result, err);
    if (!status)
        status = tb__know_targets(k->result, k->plan, err);
    for (int i = 0; i < k->scenarios && !status; i++) {
        if (stopped(k->plan))
            return tb__fail(err, TB_ERR_CANCELLED, "stopped before the first replication");
        status = tb__arms_compile(&k->arms, i, scenarios[i], k->plan, warmup,
                                  &k->world[i], err);
        if (!status)
            note_world(k, i, scenarios);
    }
    return status;
}

static void clear(struct work *k)
{
    tb_result_free(k->result);
    for (int i = 0; k->world && i < k->scenarios; i++)
        tb__world_free(k->world[i]);
    tb__free(k->world);
    tb__arms_clear(&k->arms);
    tb__free(k->done);
}

/* From look to look: each adds replications to those before, which stay as they are. */
static tb_status run_to_the_end(struct work *k, tb_error *err)
{
    const tb_plan *plan = k->plan;
    tb_status status = TB_OK;

    for (k->to = tb__next_look(plan, 0);; k->to = tb__next_look(plan, k->to)) {
        if (k->to > k->result->replications &&
            (status = tb__result_grow(k->result, k->to, err)))
            return status;
        run_all(k);
        if (failed(k) || unbroken(k) < k->to || (status = tb__look(k->result, plan, err)) ||
            k->to == plan->replications || k->result->ending == TB_PRECISE)
            return status;
        k->from = k->to;
    }
}

tb_status tb_run(const tb_scenario *const *scenarios, int count, const tb_plan *plan,
                 tb_result **out, tb_error *err)
{
    tb_plan own;
    struct work k = {.scenarios = count, .plan = &own};
    tb_status status = tb__plan_of(plan, &own, err);

    *out = NULL;
    if (status)
        return status;
    if (count < 1 || count > MOST_SCENARIOS)
        return tb__fail(err, TB_ERR_VALUE, "scenarios: %d is not within 1 to %d", count,
                        MOST_SCENARIOS);
    if ((status = same_horizon(scenarios, count, &own, err)))
        return status;
    status = prepare(&k, scenarios, err);
    if (!status)
        status = finish(&k, run_to_the_end(&k, err), out, err);
    clear(&k);
    return status;
}
