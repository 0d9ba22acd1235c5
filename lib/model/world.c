#include "model/world.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "kernel/alloc.h"
#include "kernel/stream.h"
#include "model/ledger.h"
#include "model/price.h"

enum {
    VISITS_STAND_AFTER = 5,
    QUARTERS_OF_DAY = 96,
    HOURS_OF_WEEK = 168,
    MOST_WORKERS = 4096,
    DAY_BIAS = 104 * 7 + 1
};

static tb_status law(struct world *w, const struct law *law, double factor,
                     struct table *out, tb_error *err)
{
    return tb__tables_build(w->tables, law, factor, out, err);
}

/* Index of the first staff group with a role: groups of one role share it. */
static int role_of(const struct setting *s, const char *role)
{
    for (int i = 0; *role && i < s->staff_count; i++)
        if (!strcmp(s->staff[i].role, role))
            return i;
    return ANY_ROLE;
}

/* Who may visit a group: anybody, too, where all workers have the role that it asks for. */
static int client_role_of(const struct setting *s, const char *role)
{
    const int wanted = role_of(s, role);
    bool all = true;

    for (int i = 0; i < s->staff_count; i++)
        all &= !s->staff[i].count || role_of(s, s->staff[i].role) == wanted;
    return all ? ANY_ROLE : wanted;
}

/* Probabilities of 0, 1, ... calls in a quarter-hour that brings `mean` of them, summed. */
static tb_status poisson(double mean, struct rate *out, tb_error *err)
{
    const int most = (int)(mean + 10 * sqrt(mean) + 20);
    double *sum = tb__alloc((size_t)most + 1, sizeof *sum);

    if (!sum)
        return tb__no_memory(err);
    for (int k = 0; k <= most; k++)
        sum[k] = mean > 0 ? gsl_cdf_poisson_P((unsigned)k, mean) : 1;
    *out = (struct rate){sum, most};
    return TB_OK;
}

static tb_status rates(const struct service *s, struct service_plan *p, tb_error *err)
{
    const int parts = s->profile.count ? s->profile.count : 1;

    if (s->arrival != ARRIVAL_RATE || s->per_hour <= 0)
        return TB_OK;
    p->rate = tb__alloc((size_t)parts, sizeof *p->rate);
    if (!p->rate)
        return tb__no_memory(err);
    p->rates = parts;
    p->rate_quarters = parts == HOURS_OF_WEEK ? 7 * QUARTERS_OF_DAY : QUARTERS_OF_DAY;
    for (int i = 0; i < parts; i++) {
        const double factor = s->profile.count ? s->profile.value[i] : 1;
        const tb_status status = poisson(s->per_hour * factor / 4, &p->rate[i], err);

        if (status)
            return status;
        if (p->rate[i].most > p->most)
            p->most = p->rate[i].most;
    }
    return TB_OK;
}

static tb_status trace(const struct service *s, struct service_plan *p, tb_error *err)
{
    const int n = s->trace_minutes.count;

    if (s->arrival != ARRIVAL_TRACE || !n)
        return TB_OK;
    p->trace = tb__alloc((size_t)n, sizeof *p->trace);
    p->trace_needs =
        s->trace_work.count ? tb__alloc((size_t)n, sizeof *p->trace_needs) : NULL;
    if (!p->trace || (s->trace_work.count && !p->trace_needs))
        return tb__no_memory(err);
    for (int i = 0; i < n; i++) {
        p->trace[i] = tb__minutes(s->trace_minutes.value[i]);
        if (p->trace_needs && !(p->trace_needs[i] = tb__minutes(s->trace_work.value[i])))
            p->trace_needs[i] = 1;
    }
    p->traced = p->most = n;
    return TB_OK;
}

static tb_status arrivals(struct world *w, const struct service *s,
                          struct service_plan *p, tb_error *err)
{
    tb_status status = TB_OK;

    p->endless = s->arrival == ARRIVAL_ENDLESS || s->arrival == ARRIVAL_LULL;
    p->lull = s->arrival == ARRIVAL_LULL;
    w->endless |= p->endless;
    if (s->arrival == ARRIVAL_FINITE) {
        p->callers = s->population;
        status = law(w, &s->between_minutes, 60000, &p->between, err);
    }
    if (!status && !(status = rates(s, p, err)))
        status = trace(s, p, err);
    return status;
}

static int service_of(const struct setting *s, const char *name)
{
    for (int i = 0; *name && i < s->service_count; i++)
        if (!strcmp(s->services[i].name, name))
            return i;
    return NOWHERE;
}

/* Who waits how long for whom. */
static void queueing(struct world *w, const struct service *s, struct service_plan *p)
{
    p->priority = s->priority;
    p->before_visits = s->priority <= VISITS_STAND_AFTER;
    p->interrupts = s->interrupts;
    p->assignment = s->assignment;
    p->room = p->endless ? 0 : s->room;
    p->starts_at = p->endless ? 1 : s->starts_at;
    p->wait_limit = tb__minutes(s->wait_limit_minutes);
    p->stays = p->endless || tb__law_mean(&s->patience) <= 0;
    w->impatient |= !p->stays;
    p->counted = p->room || p->starts_at > 1;
    p->withheld = p->lull || p->starts_at > 1;
    p->special = p->counted || p->callers || p->trace_needs ||
                 p->assignment != ASSIGN_LONGEST_IDLE;
}

/* What serving takes, and what follows it. */
static void serving(struct world *w, const struct service *s, struct service_plan *p)
{
    p->interruptible = s->interruptible;
    p->travel = s->travel;
    p->resumption = tb__minutes(s->resumption_minutes);
    p->cut = s->interruptible && s->unfinished == UNFINISHED_HAND_OVER;
    p->mean = tb__minutes(tb__law_mean(&s->minutes));
    p->again = p->on = s->return_probability;
    p->then = service_of(&w->set, s->then);
    if (p->then != NOWHERE)
        p->on += (1 - p->again) * s->then_probability;
    p->evented = p->interruptible || p->on > 0 || p->counted || p->callers;
}

static tb_status services(struct world *w, tb_error *err)
{
    w->services = w->set.service_count;
    w->service = tb__alloc((size_t)w->services, sizeof *w->service);
    if (!w->service)
        return tb__no_memory(err);
    for (int i = 0; i < w->services; i++) {
        const struct service *s = &w->set.services[i];
        struct service_plan *p = &w->service[i];
        char name[NAME_SIZE + 32];
        tb_status status;
        int at = i;

        snprintf(name, sizeof name, "service/%s", s->name);
        p->entity = (uint32_t)(tb__name_hash(name) >> 32);
        p->role = role_of(&w->set, s->role);
        if ((status = law(w, &s->minutes, 60000, &p->minutes, err)) ||
            (status = law(w, &s->patience, 60000, &p->patience, err)) ||
            (status = arrivals(w, s, p, err)))
            return status;
        queueing(w, s, p);
        serving(w, s, p);
        for (; at > 0 && w->set.services[w->service_order[at - 1]].priority > s->priority;
             at--)
            w->service_order[at] = w->service_order[at - 1];
        w->service_order[at] = i;
    }
    w->sources = w->services + w->impatient;
    for (int i = 0; i < w->services; i++) /* a caller may be served to the end elsewhere */
        if (w->service[i].then != NOWHERE)
            w->service[w->service[i].then].evented = true;
    return TB_OK;
}

static int datum_of(const struct setting *s, int obligation)
{
    for (int i = 0; i < obligation && *s->obligations[obligation].datum; i++)
        if (!strcmp(s->obligations[i].datum, s->obligations[obligation].datum))
            return i;
    return obligation;
}

/* Whether an obligation can ever meet its trigger and lead to a record. */
static bool can_happen(const struct world *w, const struct obligation *o)
{
    return o->probability > 0 && (o->trigger != TRIGGER_DEVIATION ||
                                  w->set.regime.grants.granularity == GRANTS_MINUTES);
}

/* Gives the obligations of a trigger their places in a row of uniforms that has `length` doubles so
 * far; returns its new length. What is drawn ahead costs a fifth of what is drawn when it is needed:
 * copies have places where that pays and where they are few. */
static int lay_out(struct world *w, enum trigger trigger, int length)
{
    for (int i = 0; i < w->triggered_count[trigger]; i++) {
        struct obligation_plan *p = &w->obligation[w->triggered[trigger][i]->id];
        const bool copies = p->reentry > 0 && p->probability >= 0.25 && p->receivers <= 4;

        p->draw = length;
        length += 2;
        p->copy_draw = copies ? length : -1;
        length += copies ? 2 * (p->receivers - 1) : 0;
    }
    return length;
}

/* Whether records of an obligation are about a client. */
static bool has_client(const struct obligation *o)
{
    return o->trigger <= TRIGGER_INCIDENT
               ? o->trigger != TRIGGER_CALL
               : o->trigger != TRIGGER_SHIFT && o->per == PER_CLIENT;
}

/* What a record tells who reads it: less when fewer details are written than the obligation asks
 * for, nothing when nothing is written. */
static void use_of(struct world *w, int i)
{
    const struct obligation *o = &w->set.obligations[i];
    const double detail = w->set.regime.records.detail;
    struct obligation_plan *p = &w->obligation[i];

    p->read_probability = o->read_probability;
    p->value = p->written ? o->value * (detail < 1 ? detail : 1) : 0;
    p->read_ms = tb__minutes(o->read_minutes);
    if (p->value <= 0 || o->read_probability <= 0)
        return;
    if (!has_client(o)) {
        w->shared[w->shares++] = i;
        return;
    }
    w->readable[w->readables++] = i;
    if (o->read_probability > w->most_read)
        w->most_read = o->read_probability;
}

static tb_status obligations(struct world *w, tb_error *err)
{
    w->obligations = w->set.obligation_count;
    w->obligation = tb__alloc((size_t)w->obligations, sizeof *w->obligation);
    if (!w->obligation)
        return tb__no_memory(err);
    for (int i = 0; i < w->obligations; i++) {
        const struct obligation *o = &w->set.obligations[i];
        struct obligation_plan *p = &w->obligation[i];
        char name[NAME_SIZE + 32];
        const bool oral = o->channel == CHANNEL_ORAL;
        tb_status status = TB_OK;

        snprintf(name, sizeof name, "obligation/%s", o->name);
        p->tag = tb__name_hash(name);
        p->role = role_of(&w->set, o->role);
        p->service = o->trigger == TRIGGER_CALL ? service_of(&w->set, o->service) : -1;
        p->per = o->per;
        p->timing = o->timing;
        p->receivers = o->receivers;
        p->written = !oral;
        p->either = o->channel == CHANNEL_EITHER && w->set.regime.dialogue.oral_share > 0;
        p->audited = o->audited;
        p->probability = o->probability;
        p->reentry = o->reentry;
        p->delay_cost = o->delay_cost;
        p->deadline = tb__minutes(60 * o->deadline_hours);
        p->lasts = tb__minutes(1440 * o->lasts_days);
        p->id = i;
        p->datum = datum_of(&w->set, i);
        p->datum_bit = UINT64_C(1) << p->datum;
        p->column = oral ? DIALOGUE : o->in_presence ? RECORDS_PRESENCE : RECORDS_AWAY;
        if (p->probability > 0) /* one that never happens has no minutes */
            status = law(w, &o->minutes, 60000 * (oral ? 1 : w->set.regime.records.detail),
                         &p->minutes, err);
        if (status)
            return status;
        if (!can_happen(w, o))
            continue;
        w->triggered[o->trigger][w->triggered_count[o->trigger]++] = p;
        use_of(w, i);
    }
    w->visit_draws =
        lay_out(w, TRIGGER_DEVIATION, lay_out(w, TRIGGER_VISIT, VISIT_OWN_DRAWS));
    w->call_draws = lay_out(w, TRIGGER_CALL, 0);
    return TB_OK;
}

/* Mean distance of two points of a disc of radius 1: 128 / (45 pi). */
static const double MEAN_OF_DISC = 0.9054147873672270;

static tb_status travel(struct world *w, tb_error *err)
{
    const struct travel *t = &w->set.travel;
    const struct law noise =
        t->noise_cv > 0
            ? (struct law){LAW_BY(LAW_LOGNORMAL, 1, NAN, t->noise_cv, NAN, NAN, NAN)}
            : tb__law_constant(1);
    tb_status status = TB_OK;

    if (t->kind == TRAVEL_LAW) {
        status = law(w, &t->leg, 60000, &w->leg, err);
        w->leg_mean = tb__minutes(tb__law_mean(&t->leg));
    } else if (t->kind == TRAVEL_MAP) {
        status = law(w, &noise, 60000, &w->leg, err);
        w->leg_mean = tb__minutes(MEAN_OF_DISC * t->radius_minutes);
        w->radial_mean = tb__minutes(2 * t->radius_minutes / 3);
    }
    return status;
}

/* Life starts in the middle of things: a worker is ill with the share of time that spells take, in a
 * spell that is met with a chance proportional to its length. */
static tb_status equilibrium(struct world *w, tb_error *err)
{
    double sum = 0;

    w->spell_share = tb__alloc(SPELL_NODES, sizeof *w->spell_share);
    if (!w->spell_share)
        return tb__no_memory(err);
    for (int i = 0; i < SPELL_NODES; i++)
        w->spell_share[i] = sum += tb__variate(&w->spell, (i + 0.5) / SPELL_NODES);
    w->ill_at_start = sum / SPELL_NODES /
                      (sum / SPELL_NODES + w->set.absence.days_between * (double)TB__DAY);
    for (int i = 0; i < SPELL_NODES; i++)
        w->spell_share[i] /= sum > 0 ? sum : 1;
    return TB_OK;
}

static tb_status absence(struct world *w, tb_error *err)
{
    const struct absence *a = &w->set.absence;
    const struct law between = {
        LAW_BY(LAW_EXPONENTIAL, a->days_between, NAN, NAN, NAN, NAN, NAN)};
    tb_status status;

    if (a->days_between <= 0)
        return TB_OK;
    if ((status = law(w, &between, 1440 * 60000.0, &w->between, err)) ||
        (status = law(w, &a->spell_days, 1440 * 60000.0, &w->spell, err)))
        return status;
    return equilibrium(w, err);
}

static void dialogue(struct world *w)
{
    const struct dialogue *d = &w->set.regime.dialogue;

    tb__dialogue_compile(d, &w->dialogue);
    w->client_talks = w->dialogue.codesign > 0;
    for (int g = 0; g < w->set.client_group_count; g++) {
        const int others = w->set.clients[g].agencies - 1;

        w->clashes[g] = tb__dialogue_clashes(&w->dialogue, others);
        w->clash |= w->clashes[g] > 0;
        w->client_talks |= others && w->dialogue.coordination > 0;
    }
}

static tb_status needs(struct world *w, tb_error *err)
{
    tb_status status = TB_OK;

    w->choosy = w->set.travel.kind == TRAVEL_MAP;
    w->need_variation =
        tb__alloc((size_t)w->set.client_group_count, sizeof *w->need_variation);
    if (!w->need_variation)
        return tb__no_memory(err);
    for (int g = 0; g < w->set.client_group_count && !status; g++) {
        w->client_role[g] = client_role_of(&w->set, w->set.clients[g].role);
        w->choosy |= w->client_role[g] != ANY_ROLE;
        status = law(w, &w->set.clients[g].need_variation, 1, &w->need_variation[g], err);
    }
    return status;
}

static uint64_t hash_of(const struct world *w)
{
    uint64_t h = tb__tables_hash(w->tables);

    for (int i = 0; i < w->shifts; i++)
        h = tb__mix(h ^ (uint64_t)w->shift[i].from ^ (uint64_t)w->shift[i].to << 20);
    for (int i = 0; i < w->slots; i++)
        h = tb__mix(h ^ (uint64_t)w->slot[i].granted ^ (uint64_t)w->slot[i].client << 40 ^
                    (uint64_t)w->slot[i].opens << 8);
    return h;
}

static int by_value(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* Two names with one 32-bit entity would share their world: the later one takes the next free. */
static tb_status part_entities(struct world *w, tb_error *err)
{
    const int n = w->workers + w->clients + w->services;
    uint32_t *all = tb__alloc((size_t)n, sizeof *all),
             **owner = tb__alloc((size_t)n, sizeof *owner);
    int i = 0, clash = 1;

    if (!all || !owner) {
        tb__free(all);
        tb__free(owner);
        return tb__no_memory(err);
    }
    for (int k = 0; k < w->workers; k++)
        owner[i++] = &w->worker[k].entity;
    for (int k = 0; k < w->clients; k++)
        owner[i++] = &w->client[k].entity;
    for (int k = 0; k < w->services; k++)
        owner[i++] = &w->service[k].entity;
    while (clash) {
        clash = 0;
        for (int k = 0; k < n; k++)
            all[k] = *owner[k];
        if (n)
            qsort(all, (size_t)n, sizeof *all, by_value);
        for (int k = 1; k < n && !clash; k++)
            if (all[k] == all[k - 1])
                for (int j = n - 1; j >= 0 && !clash; j--)
                    if (*owner[j] == all[k]) {
                        ++*owner[j];
                        clash = 1;
                    }
    }
    tb__free(all);
    tb__free(owner);
    return TB_OK;
}

/* Who has which wage, close together: records look it up. */
static tb_status wages(struct world *w, tb_error *err)
{
    w->worker_group = tb__alloc((size_t)w->workers, sizeof *w->worker_group);
    if (!w->worker_group)
        return tb__no_memory(err);
    for (int i = 0; i < w->workers; i++)
        w->worker_group[i] = (uint8_t)w->worker[i].group;
    for (int g = 0; g < w->set.staff_count; g++)
        w->priced |= w->set.staff[g].wage > 0;
    return TB_OK;
}

static tb_status within_limits(const struct setting *s, int weeks, tb_error *err)
{
    double workers = 0, clients = 0, shifts = 0;

    for (int i = 0; i < s->staff_count; i++)
        workers += s->staff[i].count;
    for (int i = 0; i < s->client_group_count; i++)
        clients += s->clients[i].count;
    for (int i = 0; i < s->shift_count; i++)
        shifts +=
            5.0 * s->shifts[i].weekdays + s->shifts[i].saturdays + s->shifts[i].sundays;
    if (workers > MOST_WORKERS)
        return tb__fail(err, TB_ERR_LIMIT, "staff: %.0f workers in one unit; at most %d",
                        workers, MOST_WORKERS);
    if (workers * clients > 4e6)
        return tb__fail(
            err, TB_ERR_LIMIT,
            "clients: %.0f clients times %.0f workers is more than 4,000,000; split "
            "the unit",
            clients, workers);
    if (shifts * workers * weeks > 1e9)
        return tb__fail(
            err, TB_ERR_LIMIT,
            "shifts: %.0f shifts a week, %.0f workers and %d weeks are too many for "
            "one unit; split it",
            shifts, workers, weeks);
    return TB_OK;
}

/* One audit: its own minutes, and those of the planned visits of a month that it looks at. */
static tb_time audit_ms(const struct world *w)
{
    const struct control *c = &w->set.regime.control;

    return tb__minutes(c->audit_minutes +
                       c->look_minutes * (c->coverage * w->slots * 13 / 12));
}

/* What the day plan asks of a slot each time. */
static void prices(struct world *w)
{
    const struct planning *p = &w->set.planning;
    const tb_time records = p->mode == PLANNING_GIVEN ? 0 : w->at_once_mean;
    const uint32_t load = (uint32_t)(p->load * PLAN_WEIGHT * 60);

    for (int i = 0; i < w->slots; i++) {
        struct slot *s = &w->slot[i];
        const uint32_t minutes = ((uint32_t)tb__plan_seconds(s->granted) + 30) / 60;

        s->lasts = tb__plan_seconds(s->granted + records);
        s->burden = minutes * load; /* load is small beside the other weights */
    }
}

tb_status tb__world_new(const struct setting *set, int weeks, int warmup,
                        struct world **out, tb_error *err)
{
    return tb__world_after(set, NULL, weeks, warmup, out, err);
}

tb_status tb__world_after(const struct setting *set, const struct setting *history,
                          int weeks, int warmup, struct world **out, tb_error *err)
{
    tb_status status = within_limits(set, weeks + warmup, err);
    struct world *w;

    *out = NULL;
    if (status)
        return status;
    w = tb__alloc(1, sizeof *w);
    if (!w)
        return tb__no_memory(err);
    w->set = *set;
    w->history = history;
    w->weeks = weeks;
    w->warmup = warmup;
    w->from = warmup * TB__WEEK;
    w->to = w->from + weeks * TB__WEEK;
    w->day_bias = DAY_BIAS - 7 * warmup;
    w->unit_entity = (uint32_t)(tb__name_hash("unit") >> 32);
    w->strain_decay = exp2(-1 / set->regime.wellbeing.strain_half_life_weeks);
    w->distrust_decay = exp2(-1 / set->regime.control.distrust_half_life_weeks);
    w->break_ms = tb__minutes(set->duty.break_minutes);
    w->development_ms = tb__minutes(set->duty.development_from_minutes);
    w->overtime_ms = tb__minutes(set->duty.overtime_limit_minutes);
    dialogue(w);
    w->harm = set->errors.per_visit > 0 || set->errors.misuse_per_visit > 0;
    if ((status = tb__knowledge_compile(&set->regime.knowledge, set->errors.familiar_days,
                                        &w->knowledge, err)) ||
        (status = tb__tables_new(&w->tables, err)) || (status = travel(w, err)) ||
        (status = absence(w, err)) || (status = needs(w, err)) ||
        (status = services(w, err)) || (status = obligations(w, err)) ||
        (status = tb__roster(w, err)) || (status = wages(w, err)) ||
        (status = tb__grant_plan(w, err)) || (status = part_entities(w, err))) {
        tb__world_free(w);
        return status;
    }
    for (int i = 0; i < w->triggered_count[TRIGGER_VISIT]; i++) {
        const int o = w->triggered[TRIGGER_VISIT][i]->id;
        if (w->set.obligations[o].timing == TIMING_AT_ONCE)
            w->at_once_mean += (tb_time)tb__record_mean(w, o);
    }
    w->audit = audit_ms(w);
    prices(w);
    w->weekly = set->duty.meeting_minutes_per_week > 0 ||
                set->regime.control.audits_per_month > 0 ||
                set->regime.control.inspection_minutes > 0;
    for (int t = TRIGGER_WEEK; t <= TRIGGER_YEAR; t++)
        w->weekly |= w->triggered_count[t] > 0;
    w->offered_load = tb__offered_load(w);
    w->hash = hash_of(w);
    w->history = NULL;
    *out = w;
    return TB_OK;
}

static void free_service(struct service_plan *p)
{
    for (int i = 0; i < p->rates; i++)
        tb__free((void *)p->rate[i].sum);
    tb__free(p->rate);
    tb__free(p->trace);
    tb__free(p->trace_needs);
}

void tb__world_free(struct world *w)
{
    if (!w)
        return;
    for (int i = 0; w->service && i < w->services; i++)
        free_service(&w->service[i]);
    tb__free(w->worker);
    tb__free(w->worker_group);
    tb__free(w->shift);
    tb__free(w->day_shift);
    tb__free(w->on_day);
    tb__free(w->client);
    tb__free(w->slot);
    tb__free(w->service);
    tb__free(w->obligation);
    tb__free(w->need_variation);
    tb__free(w->spell_share);
    tb__knowledge_clear(&w->knowledge);
    tb__tables_free(w->tables);
    tb__free(w);
}
