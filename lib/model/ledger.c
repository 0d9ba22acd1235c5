#include "model/ledger.h"

#include "kernel/alloc.h"

const char *const tb__category_names[CATEGORIES] = {
    "care_needed",    "care_surplus", "indirect", "travel",   "records_presence",
    "records_away",   "meetings",     "dialogue", "training", "control",
    "administration", "development",  "breaks",   "idle",
};

static int open_tally(struct tally *t, struct arena *a, int workers, int obligations,
                      int services)
{
    t->row = tb__arena_alloc(a, (size_t)workers + 1, sizeof *t->row);
    t->obligation = tb__arena_alloc(a, (size_t)obligations + 1, sizeof *t->obligation);
    t->group_ms = tb__arena_alloc(a, (size_t)obligations + 1, sizeof *t->group_ms);
    t->service = tb__arena_alloc(a, (size_t)services + 1, sizeof *t->service);
    return t->row && t->obligation && t->group_ms && t->service;
}

tb_status tb__ledger_init(struct ledger *l, struct arena *a, int workers, int obligations,
                          int services, tb_time from, tb_time to, int periods,
                          tb_error *err)
{
    *l = (struct ledger){.periods = periods,
                         .workers = workers,
                         .obligations = obligations,
                         .services = services,
                         .from = from,
                         .to = to,
                         .length = (to - from) / periods};
    l->tally = tb__arena_alloc(a, (size_t)periods + 1, sizeof *l->tally);
    if (!l->tally)
        return tb__no_memory(err);
    for (int i = 0; i <= periods; i++)
        if (!open_tally(&l->tally[i], a, workers, obligations, services))
            return tb__no_memory(err);
    tb__ledger_turn(l, 0);
    return TB_OK;
}

tb_status tb__ledger_people(struct ledger *l, struct arena *a, tb_error *err)
{
    l->people = tb__arena_alloc(a, (size_t)l->workers, sizeof *l->people);
    if (!l->people)
        return tb__no_memory(err);
    for (int i = 0; i < l->workers; i++)
        l->people[i] = 1;
    return TB_OK;
}

void tb__ledger_clear(struct ledger *l)
{
    tb__free(l->log);
    l->log = NULL;
    tb__notes_clear(&l->notes);
}

void tb__ledger_turn(struct ledger *l, tb_time t)
{
    int period = l->periods;

    if (t < l->from) {
        l->now_from = INT64_MIN;
        l->now_to = l->from;
    } else {
        period = (int)((t - l->from) / l->length);
        l->now_from = l->from + period * l->length;
        l->now_to = l->now_from + l->length;
    }
    if (l->logging || l->people)
        l->now_from = TB__NEVER;
    l->now = &l->tally[period];
}

static void keep(struct ledger *l, const struct stretch *s, int people)
{
    if (l->logged == l->log_room) {
        const int64_t room = l->log_room ? 2 * l->log_room : 4096;
        struct stretch *log = tb__realloc(l->log, (size_t)room, sizeof *log);
        if (!log) {
            l->log_failed = true;
            return;
        }
        l->log = log;
        l->log_room = room;
    }
    l->log[l->logged] = *s;
    if (s->client < -1)
        l->log[l->logged].client = tb__former(s->client);
    l->log[l->logged++].people = people;
}

void tb__book_split(struct ledger *l, const struct stretch *s)
{
    const int people = l->people && s->worker < l->workers ? l->people[s->worker] : 1;

    if (l->logging && s->from < s->to && s->column <= DUTY)
        keep(l, s, people);
    for (tb_time t = s->from > l->from ? s->from : l->from; t < s->to && t < l->to;) {
        const int period = (int)((t - l->from) / l->length);
        const tb_time border = l->from + (period + 1) * l->length;
        const tb_time end = s->to < border ? s->to : border;

        l->tally[period].row[s->worker].ms[s->column] += people * (end - t);
        if (s->obligation >= 0)
            l->tally[period].group_ms[s->obligation][l->group[s->worker]] +=
                people * (end - t);
        if (s->apart)
            l->tally[period].service[s->service].ms += people * (end - t);
        t = end;
    }
}

void tb__ledger_sum(struct ledger *l)
{
    for (int p = 0; p <= l->periods; p++)
        for (int o = 0; o < l->obligations; o++) {
            l->tally[p].obligation[o].ms = 0;
            for (int group = 0; group < MAX_STAFF; group++)
                l->tally[p].obligation[o].ms += l->tally[p].group_ms[o][group];
        }
}

tb_status tb__ledger_check(const struct ledger *l, tb_error *err)
{
    for (int p = 0; p < l->periods; p++)
        for (int w = 0; w < l->workers; w++) {
            const int64_t *ms = l->tally[p].row[w].ms;
            int64_t sum = 0;

            for (int c = 0; c < CATEGORIES; c++)
                sum += ms[c];
            if (sum != ms[DUTY])
                return tb__fail(
                    err, TB_ERR_INTERNAL,
                    "ledger: worker %d, period %d: categories sum to %lld ms, duty is "
                    "%lld ms",
                    w, p, (long long)sum, (long long)ms[DUTY]);
        }
    return TB_OK;
}
