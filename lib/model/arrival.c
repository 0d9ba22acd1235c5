/* Where calls come from: a rate, a trace, or a number of callers who call again and again. */
#include "model/unit.h"

enum { WEEK_BIAS = 104 * 7, QUARTERS = 96 };

/* Number of calls in a quarter-hour: the Poisson quantile of a uniform, so that a higher rate adds
 * calls and moves none. */
static int count_of(const struct rate *r, double uniform)
{
    int low = 0, high = r->most;

    while (low < high) {
        const int mid = (low + high) / 2;
        if (r->sum[mid] >= uniform)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

/* Sorts arrivals of a quarter-hour by time, then number: places are uniform in (0, 1), so that n
 * buckets leave next to nothing for the insertions. */
static void sort_arrivals(struct source *s)
{
    const double *place = s->draw; /* every other one: between them are the needs */
    const int n = s->count;
    int *end = s->bucket;

    for (int i = 0; i <= n; i++)
        end[i] = 0;
    for (int k = 0; k < n; k++)
        end[(int)(place[2 * k] * n) + 1]++;
    for (int i = 0; i < n; i++)
        end[i + 1] += end[i];
    for (int k = 0; k < n; k++)
        s->key[end[(int)(place[2 * k] * n)]++] =
            (int64_t)(place[2 * k] * (double)TB__QUARTER) << NUMBER_BITS | k;
    for (int i = 1; i < n; i++) {
        const int64_t key = s->key[i];
        int j = i;

        for (; j > 0 && s->key[j - 1] > key; j--)
            s->key[j] = s->key[j - 1];
        s->key[j] = key;
    }
}

static const struct rate *rate_of(const struct service_plan *p, int64_t quarter)
{
    return &p->rate[quarter % p->rate_quarters * p->rates / p->rate_quarters];
}

/* The next stretch of time (a quarter-hour, a week of a trace) with its number of calls; false past
 * the end. */
static bool next_stretch(struct unit *u, const struct service_plan *p, struct source *s)
{
    const tb_time length = p->traced ? TB__WEEK : TB__QUARTER;
    const int64_t bias = (WEEK_BIAS - (int64_t)u->world->warmup * 7) * QUARTERS;
    const int64_t stretch = s->stretch++;
    const struct rate *rate;
    double draw[2];

    s->begins = stretch * length;
    if (s->begins >= u->world->to)
        return false;
    if (p->traced) {
        s->address = (uint32_t)(stretch + WEEK_BIAS - u->world->warmup);
        s->count = p->traced;
        return true;
    }
    s->address = (uint32_t)(stretch + bias);
    rate = rate_of(p, stretch);
    if (rate->sum[0] >= 1) { /* whatever was drawn */
        s->count = 0;
        return true;
    }
    tb__uniforms(&u->stream, s->address, p->entity, PURPOSE_CALL_COUNT, draw);
    s->count = count_of(rate, draw[0]);
    return true;
}

static void list_addresses(int n, uint32_t first, uint32_t entity,
                           uint32_t *restrict index, uint32_t *restrict entities)
{
    for (int k = 0; k < n; k++) {
        index[k] = first | (uint32_t)k;
        entities[k] = entity;
    }
}

/* Draws the calls of the next stretches until one has a call; false past the end. */
TB__NOINLINE bool tb__draw_arrivals(struct unit *u, int service)
{
    const struct service_plan *p = &u->world->service[service];
    struct source *s = &u->source[service];

    s->next = s->count = 0;
    while (!s->count)
        if (!next_stretch(u, p, s))
            return false;
    if (p->traced)
        for (int k = 0; k < s->count; k++)
            s->key[k] = p->trace[k] << NUMBER_BITS | k;
    if (p->rounds) /* each client's is drawn when it comes */
        return true;
    list_addresses(s->count, s->address << NUMBER_BITS, p->entity, u->ahead_index,
                   u->ahead_entity);
    tb__uniforms_ahead(&u->stream, s->count, u->ahead_index, u->ahead_entity,
                       PURPOSE_CALL, s->draw, 2);
    tb__variates_if(&p->minutes, 1, s->count, s->draw + 1, 2);
    if (!p->traced)
        sort_arrivals(s);
    tb__draw_records(u, TRIGGER_CALL, service, s->count, u->ahead_index, u->ahead_entity,
                     s->records, u->world->call_draws);
    return true;
}

/* Callers --------------------------------------------------------------------------------------- */

static void schedule_caller(struct unit *u, int service)
{
    int caller;
    const tb_time due = tb__heap_first(&u->source[service].callers, &caller);

    if (due == TB__NEVER)
        tb__queue_cancel(&u->queue, tb__source_slot(service));
    else
        tb__queue_set(&u->queue, tb__source_slot(service), due);
}

/* The time to a caller's next call begins at `from`. */
static void waits(struct unit *u, int service, int caller, tb_time from)
{
    const struct service_plan *p = &u->world->service[service];
    struct source *s = &u->source[service];
    const uint32_t k = s->caller_calls[caller]++;
    const uint32_t index = k << CALLER_BITS | (uint32_t)caller;
    double draw[2];
    tb_time ms;

    if (k >> (32 - CALLER_BITS)) {
        u->status = tb__fail(u->err, TB_ERR_LIMIT,
                             "services.%s: a caller called more than %u times; calls "
                             "come too fast for so long a life",
                             u->world->set.services[service].name, k);
        return;
    }
    tb__uniforms(&u->stream, index, p->entity, PURPOSE_CALLER, draw);
    ms = tb__variate_ms(&p->between, draw[0]);
    s->caller_need[caller] = draw[1];
    from += ms > 0 ? ms : 1;
    if (from < u->world->to)
        tb__heap_put(&s->callers, caller, from, caller);
}

void tb__source_ends(struct unit *u, int service, uint32_t index)
{
    const int caller = (int)(index & ((1u << CALLER_BITS) - 1));

    if (!u->world->service[service].callers)
        return;
    waits(u, service, caller, u->now);
    schedule_caller(u, service);
}

/* The caller whose call is due: its address and the uniform of its need. */
uint32_t tb__caller_calls(struct unit *u, int service, double *need)
{
    struct source *s = &u->source[service];
    int caller = 0;

    tb__heap_first(&s->callers, &caller);
    tb__heap_remove(&s->callers, caller);
    schedule_caller(u, service);
    *need = s->caller_need[caller];
    return (s->caller_calls[caller] - 1) << CALLER_BITS | (uint32_t)caller;
}

/* Life ------------------------------------------------------------------------------------------ */

static bool open_callers(struct unit *u, int service)
{
    struct source *s = &u->source[service];
    const int n = u->world->service[service].callers;

    s->caller_need = tb__arena_alloc(u->arena, (size_t)n, sizeof *s->caller_need);
    s->caller_calls = tb__arena_alloc(u->arena, (size_t)n, sizeof *s->caller_calls);
    if (!s->caller_need || !s->caller_calls || tb__heap_room(&s->callers, u->arena, n))
        return false;
    for (int i = 0; i < n; i++)
        waits(u, service, i, 0);
    schedule_caller(u, service);
    return true;
}

bool tb__source_open(struct unit *u, int service)
{
    const struct service_plan *p = &u->world->service[service];
    const size_t most = (size_t)p->most + 1, draws = (size_t)u->world->call_draws;
    struct source *s = &u->source[service];

    if (p->callers)
        return open_callers(u, service);
    s->key = tb__arena_alloc(u->arena, most, sizeof *s->key);
    s->draw = tb__arena_alloc(u->arena, 2 * most, sizeof *s->draw);
    s->bucket = tb__arena_alloc(u->arena, most + 1, sizeof *s->bucket);
    s->records = tb__arena_alloc(u->arena, most * draws, sizeof *s->records);
    if (!s->key || !s->draw || !s->bucket || !s->records)
        return false;
    if (p->rates || p->traced)
        tb__schedule_arrival(u, service);
    return true;
}

/* Calls that were to come under the old world are drawn again under the new one. Callers and
 * backlogs go on as they are. */
bool tb__source_switch(struct unit *u, int service)
{
    const struct service_plan *p = &u->world->service[service];
    struct source *s = &u->source[service];

    if (p->callers)
        return true;
    if (s->stretch && !p->rates && !p->traced)
        tb__queue_cancel(&u->queue, tb__source_slot(service));
    s->stretch = u->now / (p->traced ? TB__WEEK : TB__QUARTER);
    s->next = s->count = 0;
    return tb__source_open(u, service);
}
