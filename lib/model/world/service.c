/* Services: laws of what they take, where their calls come from, who waits for whom. */
#include "model/world/compile.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kernel/alloc.h"
#include "kernel/stream.h"
#include "model/ledger.h"
#include "scenario/check.h"

enum {
    VISITS_STAND_AFTER = 5,
    QUARTERS_OF_DAY = 96,
    HALF_HOURS_OF_DAY = 48,
    HOURS_OF_WEEK = 168
};

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

static tb_status rates(const struct world *w, const struct service *s,
                       struct service_plan *p, tb_error *err)
{
    const int parts = s->profile.count ? s->profile.count : 1;

    const int callers = s->arrival == ARRIVAL_RATE      ? 1
                        : s->arrival == ARRIVAL_CLIENTS ? w->set.clients[p->of].count
                                                        : 0;

    if (!callers || s->per_hour <= 0)
        return TB_OK;
    p->rate = tb__alloc((size_t)parts, sizeof *p->rate);
    if (!p->rate)
        return tb__no_memory(err);
    p->rates = parts;
    p->rate_quarters = parts == HOURS_OF_WEEK ? 7 * QUARTERS_OF_DAY : QUARTERS_OF_DAY;
    for (int i = 0; i < parts; i++) {
        const double factor = s->profile.count ? s->profile.value[i] : 1;
        const tb_status status =
            poisson(callers * s->per_hour * factor / 4, &p->rate[i], err);

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

    if ((s->arrival != ARRIVAL_TRACE && !p->rounds) || !n)
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

/* A worker who is needed for cover finds it like an item of a backlog that is withheld at times. */
static tb_status cover(struct world *w, const struct service *s, struct service_plan *p,
                       tb_error *err)
{
    const int n = s->present.count;

    if (!p->cover)
        return TB_OK;
    p->wanted = tb__alloc((size_t)n + 1, sizeof *p->wanted);
    if (!p->wanted)
        return tb__no_memory(err);
    p->steps = n ? n : 1; /* nobody is ever present */
    p->step = (n > HALF_HOURS_OF_DAY ? TB__WEEK : TB__DAY) / p->steps;
    p->joins = s->others_join && s->books == BOOKS_CARE;
    if (p->joins && !w->development_ms) /* gaps are looked at, see tb__stop_idling */
        w->development_ms = TB__NEVER;
    for (int i = 0; i < n; i++)
        p->wanted[i] = tb__cover_wanted(s, i);
    w->covers = true;
    return TB_OK;
}

static int group_followed(const struct setting *set, const struct service *s)
{
    const struct client_group *g = tb__followed(set, s);

    return g ? (int)(g - set->clients) : NOWHERE;
}

static tb_status arrivals(struct world *w, const struct service *s,
                          struct service_plan *p, tb_error *err)
{
    tb_status status = TB_OK;

    p->cover = s->arrival == ARRIVAL_COVER;
    p->endless = p->cover || s->arrival == ARRIVAL_ENDLESS || s->arrival == ARRIVAL_LULL;
    p->lull = s->arrival == ARRIVAL_LULL;
    p->of = group_followed(&w->set, s);
    p->rounds = s->arrival == ARRIVAL_ROUNDS;
    p->on_change = (s->arrival == ARRIVAL_ADMISSION) - (s->arrival == ARRIVAL_DISCHARGE);
    w->endless |= p->endless;
    if (s->arrival == ARRIVAL_FINITE) {
        p->callers = s->population;
        status = tb__compile_law(w, &s->between_minutes, 60000, &p->between, err);
    }
    if (!status && !(status = rates(w, s, p, err)) && !(status = trace(s, p, err)))
        status = cover(w, s, p, err);
    return status;
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
    p->withheld = p->lull || p->cover || p->starts_at > 1;
    p->special = p->counted || p->callers || p->trace_needs || p->cover ||
                 p->of != NOWHERE || p->assignment != ASSIGN_LONGEST_IDLE;
}

static const int column_of[] = {
    [BOOKS_CARE] = CARE_NEEDED,        [BOOKS_INDIRECT] = INDIRECT,
    [BOOKS_MEETINGS] = MEETINGS,       [BOOKS_ADMINISTRATION] = ADMINISTRATION,
    [BOOKS_TRAINING] = TRAINING,       [BOOKS_DIALOGUE] = DIALOGUE,
    [BOOKS_DEVELOPMENT] = DEVELOPMENT,
};

static bool visited(const struct setting *s)
{
    for (int i = 0; i < s->client_group_count; i++)
        if (tb__is_visited(&s->clients[i]))
            return true;
    return false;
}

/* What serving takes, and what follows it. */
static void serving(struct world *w, const struct service *s, struct service_plan *p)
{
    p->interruptible = s->interruptible && tb__is_interrupted(&w->set, s);
    p->travel = s->travel;
    p->resumption = tb__minutes(s->resumption_minutes);
    p->cut = (s->interruptible || p->cover) && s->unfinished == UNFINISHED_HAND_OVER;
    p->column = column_of[s->books];
    p->itemised = p->cover || w->services > 1 || visited(&w->set) || s->books != BOOKS_CARE;
    p->unusual = p->travel || p->itemised;
    p->mean = p->cover ? 1 : tb__minutes(tb__law_mean(&s->minutes)); /* cover fits any gap */
    p->again = p->on = s->return_probability;
    p->then = tb__service_index(&w->set, s->then);
    if (p->then != NOWHERE)
        p->on += (1 - p->again) * s->then_probability;
    p->later = tb__law_mean(&s->then_after_minutes) > 0;
    w->delays |= p->later;
    p->evented = p->interruptible || p->cut || p->on > 0 || p->counted || p->callers;
}

tb_status tb__compile_services(struct world *w, tb_error *err)
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
        p->role = tb__role_index(&w->set, s->role);
        if ((status = tb__compile_law(w, &s->minutes, 60000, &p->minutes, err)) ||
            (status = tb__compile_law(w, &s->patience, 60000, &p->patience, err)) ||
            (status = tb__compile_law(w, &s->then_after_minutes, 60000, &p->after, err)) ||
            (status = arrivals(w, s, p, err)))
            return status;
        queueing(w, s, p);
        serving(w, s, p);
        for (; at > 0 && w->set.services[w->service_order[at - 1]].priority > s->priority;
             at--)
            w->service_order[at] = w->service_order[at - 1];
        w->service_order[at] = i;
    }
    w->sources = w->services + (w->impatient || w->delays) + w->turnover;
    for (int i = 0; i < w->services; i++) /* a caller may be served to the end elsewhere */
        if (w->service[i].then != NOWHERE)
            w->service[w->service[i].then].evented = true;
    for (int i = 0; i < w->services; i++)
        w->service[i].simple = !w->service[i].evented && !w->service[i].unusual;
    return TB_OK;
}

static void clear(struct service_plan *p)
{
    for (int i = 0; i < p->rates; i++)
        tb__free((void *)p->rate[i].sum);
    tb__free(p->rate);
    tb__free(p->trace);
    tb__free(p->trace_needs);
    tb__free(p->wanted);
}

void tb__services_free(struct world *w)
{
    for (int i = 0; w->service && i < w->services; i++)
        clear(&w->service[i]);
    tb__free(w->service);
}
