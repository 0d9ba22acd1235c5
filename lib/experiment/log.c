/* The log of one replication. */
#include "experiment/experiment.h"
#include "kernel/alloc.h"
#include "model/unit.h"

struct tb_log {
    struct world *world;
    tb_log_row *row;
    int64_t rows;
};

static tb_status keep(tb_log *log, const struct ledger *l, tb_error *err)
{
    log->row = tb__alloc((size_t)l->logged, sizeof *log->row);
    if (!log->row)
        return tb__no_memory(err);
    for (int64_t i = 0; i < l->logged; i++) {
        const struct stretch *s = &l->log[i];
        if (s->from >= log->world->to)
            continue;
        log->row[log->rows++] = (tb_log_row){
            s->from - log->world->from,
            (s->to < log->world->to ? s->to : log->world->to) - log->world->from,
            s->worker,
            s->column,
            s->client,
            s->obligation,
            s->temp};
    }
    return TB_OK;
}

tb_status tb_log_run(const tb_scenario *s, const tb_plan *plan, int replication,
                     tb_log **out, tb_error *err)
{
    tb_log *log = NULL;
    struct arena arena;
    struct unit u = {.world = NULL};
    tb_status status = tb__check_plan(plan, err);

    *out = NULL;
    if (status)
        return status;
    if (replication < 0)
        return tb__fail(err, TB_ERR_VALUE, "replication: %d is negative", replication);
    tb__arena_init(&arena);
    log = tb__alloc(1, sizeof *log);
    status = log ? tb__compile(s, plan, tb__longest_warmup(&s, 1, plan), &log->world, err)
                 : tb__no_memory(err);
    if (!status)
        status = tb__unit_run(log->world,
                              tb__stream(plan->seed, (uint32_t)(plan->first + replication)),
                              &arena, 1, true, NULL, plan->stop, &u, err);
    if (!status)
        status = keep(log, &u.ledger, err);
    tb__ledger_clear(&u.ledger);
    tb__arena_clear(&arena);
    if (status)
        tb_log_free(log);
    else
        *out = log;
    return status;
}

void tb_log_free(tb_log *log)
{
    if (!log)
        return;
    tb__world_free(log->world);
    tb__free(log->row);
    tb__free(log);
}

int64_t tb_log_rows(const tb_log *log)
{
    return log->rows;
}

const tb_log_row *tb_log_at(const tb_log *log, int64_t row)
{
    return row >= 0 && row < log->rows ? &log->row[row] : NULL;
}

const char *tb_log_worker(const tb_log *log, int worker)
{
    return worker >= 0 && worker < log->world->workers ? log->world->worker[worker].name
                                                       : NULL;
}

const char *tb_log_activity(const tb_log *log, int activity)
{
    (void)log;
    return activity >= 0 && activity < CATEGORIES ? tb__category_names[activity]
           : activity == DUTY                     ? "duty"
                                                  : NULL;
}

const char *tb_log_obligation(const tb_log *log, int obligation)
{
    return obligation >= 0 && obligation < log->world->obligations
               ? log->world->set.obligations[obligation].name
               : NULL;
}
