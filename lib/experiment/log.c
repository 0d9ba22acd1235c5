/* The log of one replication. */
#include "experiment/experiment.h"
#include "kernel/alloc.h"
#include "model/unit.h"

struct tb_log {
    struct world *world;
    tb_log_row *row;
    tb_log_visit *visit;
    tb_log_shift *shift;
    int64_t rows, visits, shifts;
};

/* Visits that were begun, in vain or not, or were missed and planned, before the end. */
static void keep_visits(tb_log *log, const struct notes *n)
{
    const tb_time zero = log->world->from;

    for (int64_t i = 0; i < n->visits; i++) {
        const struct visit_note *v = &n->visit[i];

        const bool came = v->given || v->no_show;

        if ((came ? v->start : v->planned) >= log->world->to)
            continue;
        log->visit[log->visits++] = (tb_log_visit){v->planned - zero,
                                                   v->granted,
                                                   v->opens - zero,
                                                   v->closes - zero,
                                                   came ? v->start - zero : 0,
                                                   came ? v->end - zero : 0,
                                                   v->worker,
                                                   v->client,
                                                   v->given,
                                                   v->temp,
                                                   v->no_show};
    }
}

static void keep_shifts(tb_log *log, const struct notes *n)
{
    const tb_time zero = log->world->from;

    for (int64_t i = 0; i < n->shifts; i++) {
        const struct shift_note *s = &n->shift[i];

        log->shift[log->shifts++] = (tb_log_shift){
            s->start - zero, s->end - zero, s->worker, s->kind, s->absent, s->temp};
    }
}

static tb_status keep(tb_log *log, const struct ledger *l, tb_error *err)
{
    log->row = tb__alloc((size_t)l->logged, sizeof *log->row);
    log->visit = tb__alloc((size_t)l->notes.visits, sizeof *log->visit);
    log->shift = tb__alloc((size_t)l->notes.shifts, sizeof *log->shift);
    if (!log->row || !log->visit || !log->shift)
        return tb__no_memory(err);
    keep_visits(log, &l->notes);
    keep_shifts(log, &l->notes);
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
            s->service,
            s->temp};
    }
    return TB_OK;
}

/* Compiles the scenario, and the one before it when there is a switch. */
static tb_status compile(const tb_scenario *const pair[2], const tb_plan *plan,
                         struct world *world[2], tb_error *err)
{
    const int count = plan->estimand == TB_SWITCH ? 2 : 1;
    const tb_scenario *const *arm = pair + 2 - count;
    const int warmup = tb__longest_warmup(arm, count, plan);
    struct arms arms = {NULL, NULL, 0, false};
    tb_status status = tb__arms_init(&arms, arm, count, plan->estimand, err);

    for (int i = 0; i < count && !status; i++)
        status =
            tb__arms_compile(&arms, i, arm[i], plan, warmup, &world[2 - count + i], err);
    tb__arms_clear(&arms);
    return status;
}

static tb_status run(tb_log *log, const tb_scenario *const pair[2], const tb_plan *plan,
                     int replication, tb_error *err)
{
    struct world *world[2] = {NULL, NULL};
    struct arena arena;
    struct unit u = {.world = NULL};
    tb_status status = compile(pair, plan, world, err);

    tb__arena_init(&arena);
    log->world = world[1];
    if (!status)
        status = tb__unit_switch_run(
            world[0] ? world[0] : world[1], world[1],
            tb__stream(plan->seed, (uint32_t)(plan->first + replication)), &arena, 1,
            true, plan->stop, &u, err);
    if (!status)
        status = keep(log, &u.ledger, err);
    tb__ledger_clear(&u.ledger);
    tb__arena_clear(&arena);
    tb__world_free(world[0]);
    return status;
}

tb_status tb_log_switch(const tb_scenario *before, const tb_scenario *s,
                        const tb_plan *plan, int replication, tb_log **out, tb_error *err)
{
    tb_log *log = NULL;
    tb_plan own;
    tb_status status = tb__plan_of(plan, &own, err);

    *out = NULL;
    if (status)
        return status;
    if (replication < 0)
        return tb__fail(err, TB_ERR_VALUE, "replication: %d is negative", replication);
    if (own.estimand == TB_SWITCH && !before)
        return tb__fail(err, TB_ERR_VALUE,
                        "plan.estimand: a switch needs the scenario of the warm-up");
    log = tb__alloc(1, sizeof *log);
    status = log ? run(log, (const tb_scenario *[]){before, s}, &own, replication, err)
                 : tb__no_memory(err);
    if (status)
        tb_log_free(log);
    else
        *out = log;
    return status;
}

tb_status tb_log_run(const tb_scenario *s, const tb_plan *plan, int replication,
                     tb_log **out, tb_error *err)
{
    return tb_log_switch(NULL, s, plan, replication, out, err);
}

void tb_log_free(tb_log *log)
{
    if (!log)
        return;
    tb__world_free(log->world);
    tb__free(log->row);
    tb__free(log->visit);
    tb__free(log->shift);
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

int64_t tb_log_visits(const tb_log *log)
{
    return log->visits;
}

const tb_log_visit *tb_log_visit_at(const tb_log *log, int64_t visit)
{
    return visit >= 0 && visit < log->visits ? &log->visit[visit] : NULL;
}

int64_t tb_log_shifts(const tb_log *log)
{
    return log->shifts;
}

const tb_log_shift *tb_log_shift_at(const tb_log *log, int64_t shift)
{
    return shift >= 0 && shift < log->shifts ? &log->shift[shift] : NULL;
}

const char *tb_log_role(const tb_log *log, int worker)
{
    const struct world *w = log->world;

    return worker >= 0 && worker < w->workers ? w->set.staff[w->worker[worker].group].role
                                              : NULL;
}

const char *tb_log_client(const tb_log *log, int client)
{
    const struct world *w = log->world;

    return client >= 0 && client < w->clients ? w->set.clients[w->client[client].group].name
                                              : NULL;
}

const char *tb_log_service(const tb_log *log, int service)
{
    return service >= 0 && service < log->world->services
               ? log->world->set.services[service].name
               : NULL;
}

const char *tb_log_kind(const tb_log *log, int kind)
{
    return kind >= 0 && kind < log->world->set.shift_count
               ? log->world->set.shifts[kind].name
               : NULL;
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
