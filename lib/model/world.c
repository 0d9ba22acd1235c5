/* The making of a world, part after part; the larger parts have files of their own in world/. */
#include "model/world.h"

#include <math.h>

#include "kernel/alloc.h"
#include "kernel/stream.h"
#include "model/ledger.h"
#include "model/price.h"
#include "model/world/compile.h"

/* Keeps addresses of days above 0, through the longest warm-up. */
enum { DAY_BIAS = 104 * 7 + 1 };

/* Who may visit a group: anybody, too, where all workers have the role that it asks for. */
static int client_role_of(const struct setting *s, const char *role)
{
    const int wanted = tb__role_index(s, role);
    bool all = true;

    for (int i = 0; i < s->staff_count; i++)
        all &= !s->staff[i].count || tb__role_index(s, s->staff[i].role) == wanted;
    return all ? ANY_ROLE : wanted;
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
        status = tb__compile_law(w, &t->leg, 60000, &w->leg, err);
        w->leg_mean = tb__minutes(tb__law_mean(&t->leg));
    } else if (t->kind == TRAVEL_MAP) {
        status = tb__compile_law(w, &noise, 60000, &w->leg, err);
        w->leg_mean = tb__minutes(MEAN_OF_DISC * t->radius_minutes);
        w->radial_mean = tb__minutes(2 * t->radius_minutes / 3);
    }
    return status;
}

static void dialogue(struct world *w)
{
    const struct dialogue *d = &w->set.regime.dialogue;

    tb__dialogue_compile(d, w->set.duty.handover_minutes, &w->dialogue);
    w->client_talks = w->dialogue.codesign > 0;
    for (int g = 0; g < w->set.client_group_count; g++) {
        const int others = w->set.clients[g].agencies - 1;

        w->clashes[g] = tb__dialogue_clashes(&w->dialogue, others);
        w->clash |= w->clashes[g] > 0;
        w->no_shows |= w->set.clients[g].no_show > 0;
        w->no_show_ms[g] = tb__minutes(w->set.clients[g].no_show_minutes);
        w->client_talks |= others && w->dialogue.coordination > 0;
    }
}

static void teams(struct world *w)
{
    const struct setting *s = &w->set;

    for (int k = 0; k <= s->shift_count; k++)
        tb__teams_compile(&s->regime.teams, &s->duty,
                          k < s->shift_count ? s->shifts[k].meeting_share : 1,
                          &w->teams[k]);
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
        w->substitute_role[g] = *w->set.clients[g].substitute
                                    ? tb__role_index(&w->set, w->set.clients[g].substitute)
                                    : NO_ROLE;
        w->choosy |= w->client_role[g] != ANY_ROLE;
        status = tb__compile_law(w, &w->set.clients[g].need_variation, 1,
                                 &w->need_variation[g], err);
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

/* One audit: its own minutes, and those of the planned visits of a month that it looks at. */
static tb_time audit_ms(const struct world *w)
{
    const struct control *c = &w->set.regime.control;
    double visits = 0; /* in 28 days */

    for (int i = 0; i < w->clients; i++)
        visits += (double)w->client[i].slots / w->client[i].cycles;
    return tb__minutes(c->audit_minutes +
                       c->look_minutes * (c->coverage * visits * 13 / 12));
}

/* What the day plan asks of a slot each time. */
static void prices(struct world *w)
{
    const uint32_t load = (uint32_t)(w->set.planning.load * PLAN_WEIGHT * 60);

    for (int i = 0; i < w->slots; i++) {
        struct slot *s = &w->slot[i];
        const uint32_t minutes = ((uint32_t)tb__plan_seconds(s->granted) + 30) / 60;
        const int visitor = w->paperwork.visitor[w->client[s->client].group];
        const struct paper *e = &w->paperwork.visit[s->client][visitor];

        s->lasts = tb__plan_seconds(s->granted + e->at_once);
        s->takes = s->lasts + tb__plan_seconds(e->idle + e->closing);
        s->entity = w->client[s->client].entity;
        s->opens_second = tb__plan_seconds(s->opens);
        s->closes_second = tb__plan_seconds(s->closes);
        s->burden = minutes * load; /* load is small beside the other weights */
    }
}

/* The horizon, and what follows from single settings. */
static void constants(struct world *w, int weeks, int warmup)
{
    const struct setting *set = &w->set;

    w->weeks = weeks;
    w->warmup = warmup;
    w->from = warmup * TB__WEEK;
    w->to = w->from + weeks * TB__WEEK;
    w->day_bias = DAY_BIAS - 7 * warmup;
    w->unit_entity = (uint32_t)(tb__name_hash("unit") >> 32);
    w->strain_decay = exp2(-1 / set->regime.wellbeing.strain_half_life_weeks);
    w->distrust_decay = exp2(-1 / set->regime.control.distrust_half_life_weeks);
    w->break_ms = tb__minutes(set->duty.break_minutes);
    w->handover_ms = tb__minutes(set->duty.handover_minutes);
    w->administration_ms = tb__minutes(set->duty.administration_minutes);
    w->staff_meeting_ms = tb__minutes(set->duty.meeting_minutes_per_week);
    w->development_ms = tb__minutes(set->duty.development_from_minutes);
    w->overtime_ms = tb__minutes(set->duty.overtime_limit_minutes);
    w->late_ms = tb__minutes(set->visits.late_after_minutes);
    w->unpressed_ms = tb__minutes(set->visits.pressure_from_minutes) - 1;
    w->inspection_ms = tb__minutes(set->regime.control.inspection_minutes);
    w->review_ms =
        tb__minutes(set->regime.control.record_review * set->regime.control.review_minutes);
    w->detail = set->regime.records.detail < 1 ? set->regime.records.detail : 1;
    w->harm = set->errors.per_visit > 0 || set->errors.misuse_per_visit > 0;
}

/* Whether the week of who works round the clock holds anything that a shift opens or closes with. */
static bool has_weekly_work(const struct world *w)
{
    const struct knowledge_plan *k = &w->knowledge;
    bool records = false;

    for (int t = TRIGGER_SHIFT; t <= TRIGGER_YEAR; t++)
        records |= w->triggered_count[t] > 0;
    return records || tb__teams_of(w, -1)->meeting || w->dialogue.talks ||
           w->staff_meeting_ms || k->training || k->update || k->sparring ||
           w->handover_ms || w->administration_ms || w->break_ms ||
           w->set.regime.control.audits_per_month > 0 || w->review_ms ||
           w->set.regime.control.inspection_minutes > 0;
}

static tb_status compile(struct world *w, tb_error *err)
{
    tb_status status;

    dialogue(w);
    teams(w);
    w->knowing = w->set.regime.knowledge.unfamiliar_time != 0 ||
                 w->set.regime.knowledge.unskilled_time != 0;
    if ((status = tb__knowledge_compile(&w->set.regime.knowledge,
                                        w->set.errors.familiar_days, &w->knowledge, err)) ||
        (status = tb__tables_new(&w->tables, err)) || (status = travel(w, err)) ||
        (status = tb__compile_absence(w, err)) || (status = needs(w, err)) ||
        (status = tb__compile_stays(w, err)) || (status = tb__compile_services(w, err)) ||
        (status = tb__compile_obligations(w, err)) || (status = tb__roster(w, err)) ||
        (tb__compile_crews(w), status = wages(w, err)) ||
        (status = tb__grant_plan(w, err)) || (status = tb__part_entities(w, err)))
        return status;
    w->in_vain = w->clash || w->turnover || w->no_shows;
    tb__expect_visits(w);
    if ((status = tb__expect_paperwork(w, err)) || (status = tb__timetable(w, err)))
        return status;
    w->audit = audit_ms(w);
    prices(w);
    w->weekly = has_weekly_work(w);
    w->offered_load = tb__offered_load(w);
    w->hash = hash_of(w);
    return TB_OK;
}

tb_status tb__world_new(const struct setting *set, int weeks, int warmup,
                        struct world **out, tb_error *err)
{
    return tb__world_after(set, NULL, weeks, warmup, out, err);
}

tb_status tb__world_after(const struct setting *set, const struct setting *history,
                          int weeks, int warmup, struct world **out, tb_error *err)
{
    tb_status status = tb__within_limits(set, weeks + warmup, err);
    struct world *w;

    *out = NULL;
    if (status)
        return status;
    w = tb__alloc(1, sizeof *w);
    if (!w)
        return tb__no_memory(err);
    w->set = *set;
    w->history = history;
    constants(w, weeks, warmup);
    if ((status = compile(w, err))) {
        tb__world_free(w);
        return status;
    }
    w->history = NULL;
    *out = w;
    return TB_OK;
}

void tb__world_free(struct world *w)
{
    if (!w)
        return;
    tb__free(w->worker);
    tb__free(w->worker_group);
    tb__free(w->seat);
    tb__free(w->shift);
    tb__free(w->day_shift);
    tb__free(w->on_day);
    tb__free(w->client);
    tb__free(w->paperwork.visit);
    tb__free(w->paperwork.later);
    tb__free(w->slot);
    tb__free(w->timetable);
    tb__services_free(w);
    tb__stays_free(w);
    tb__free(w->obligation);
    tb__free(w->need_variation);
    tb__free(w->spell_share);
    tb__knowledge_clear(&w->knowledge);
    tb__tables_free(w->tables);
    tb__free(w);
}
