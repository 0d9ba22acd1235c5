/* Offered load: mean work that is asked for in a week over mean time on duty in a week, from the
 * settings alone. An estimate for a warning: at 1 or more there is no steady state. */
#include <string.h>

#include "model/ledger.h"
#include "model/mechanisms/grants.h"
#include "model/world/compile.h"

enum { VARIATIONS = 16 };

/* What a week asks for, in numbers. */
struct demand {
    double visits, calls, shifts, deviations, incidents, no_shows;
    double calls_of[MAX_SERVICES]; /* parts of `calls` */
    double care_calls;             /* of calls, those whose work is care */
    struct {
        double visits, deviations, no_shows;
    } of[MAX_CLIENT_GROUPS]; /* parts of the same */
};

/* Chance that a record's datum exists and is transferred: another record of its trigger held it. */
static double transferred(const struct setting *s, const struct obligation *o)
{
    double none = 1;

    for (const struct obligation *b = s->obligations; b < o && *o->datum; b++)
        if (b->trigger == o->trigger && !strcmp(b->datum, o->datum) &&
            b->channel != CHANNEL_ORAL && (!*b->of || !strcmp(b->of, o->of)))
            none *= 1 - b->probability;
    return (1 - none) * s->regime.records.interoperability;
}

/* Expected minutes (in ms) of one trigger's record with its copies. */
double tb__record_mean(const struct world *w, int o)
{
    const struct obligation *ob = &w->set.obligations[o];
    const double copies =
        (ob->receivers - 1) * ob->reentry * (1 - w->set.regime.records.interoperability);
    const double detail = ob->detail * tb__detail_left(ob, w->set.regime.records.detail);

    const double told =
        ob->channel == CHANNEL_EITHER ? w->set.regime.dialogue.oral_share : 0;
    const double pace = 1 - told + told * w->set.regime.dialogue.oral_pace;

    return ob->probability * (1 - transferred(&w->set, ob)) * 60000 * pace * detail *
           tb__law_mean(&ob->minutes) * (1 + copies);
}

/* Share of a trigger's records that are told. */
static double told_share(const struct setting *s, const struct obligation *o)
{
    return o->channel == CHANNEL_ORAL     ? 1
           : o->channel == CHANNEL_EITHER ? s->regime.dialogue.oral_share
                                          : 0;
}

/* Calls a week that meet an obligation. */
static double calls_that_meet(const struct world *w, const struct demand *d, int o)
{
    double calls = 0;

    for (int s = 0; s < w->services; s++)
        calls += w->obligation[o].services >> s & 1 ? d->calls_of[s] : 0;
    return calls;
}

/* Visits and calls a week of each kind that meet an obligation, by its trigger: those of its group. */
static void times_of(const struct world *w, const struct demand *d, int o,
                     double times[TRIGGER_SHIFT])
{
    const int g = w->obligation[o].of;
    const bool all = g == NOWHERE;

    times[TRIGGER_VISIT] = all ? d->visits : d->of[g].visits;
    times[TRIGGER_CALL] = calls_that_meet(w, d, o);
    times[TRIGGER_DEVIATION] = all ? d->deviations : d->of[g].deviations;
    times[TRIGGER_INCIDENT] =
        all             ? d->incidents
        : d->visits > 0 ? d->incidents * d->of[g].visits / (d->visits + d->care_calls)
                        : 0;
    times[TRIGGER_NO_SHOW] = all ? d->no_shows : d->of[g].no_shows;
}

/* Looking at the records that a week's visits, deviations and calls are expected to have written, in
 * ms. Who is absent does a share of it later. */
static double weekly_reviews(const struct world *w, const struct demand *d)
{
    double records = 0;

    for (int o = 0; o < w->obligations; o++) {
        const struct obligation *ob = &w->set.obligations[o];
        double times[TRIGGER_SHIFT];

        times_of(w, d, o, times);
        if (tb__is_looked_at(w, o))
            records += times[ob->trigger] * ob->probability *
                       (1 - transferred(&w->set, ob)) * (1 - told_share(&w->set, ob));
    }
    return records * (double)w->review_ms;
}

static double per_week(double a_month)
{
    return a_month * 3 / 13;
}

/* Clients of a group, NOWHERE: of all, who are visited, as many as are there at a time, or the persons in
 * them. */
static double visited(const struct world *w, int group, bool persons)
{
    double sum = 0;

    for (int i = 0; i < w->clients; i++)
        sum += w->client[i].slots && (group == NOWHERE || group == w->client[i].group)
                   ? w->stay[w->client[i].group].there * (persons ? w->client[i].people : 1)
                   : 0;
    return sum;
}

static double weekly_records(const struct world *w, const struct demand *d)
{
    double sum = 0;

    for (int o = 0; o < w->obligations; o++) {
        const struct obligation *ob = &w->set.obligations[o];
        const int of = w->obligation[o].of;
        const double each = ob->per == PER_CLIENT   ? visited(w, of, false)
                            : ob->per == PER_PERSON ? visited(w, of, true)
                            : ob->per == PER_UNIT   ? 1
                                                    : w->workers;
        double times[TRIGGERS] = {[TRIGGER_SHIFT] = d->shifts,
                                  [TRIGGER_WEEK] = each,
                                  [TRIGGER_MONTH] = per_week(each),
                                  [TRIGGER_QUARTER] = each / 13,
                                  [TRIGGER_YEAR] = each / 52};

        times_of(w, d, o, times);
        sum += times[ob->trigger] * tb__record_mean(w, o);
    }
    return sum;
}

/* Share of time that a worker is absent in the long run, feedbacks apart. */
static double absent_share(const struct absence *a)
{
    const double spell = a->days_between > 0 ? tb__law_mean(&a->spell_days) : 0;

    return spell > 0 ? spell / (a->days_between + spell) : 0;
}

/* What a visit is expected to take (ms) when it is not pressed, and its chance to stray from its
 * minutes, over the variation of its need. A block or a frame is taken as its mean visit. */
static double expected_visit(const struct world *w, const struct client_plan *c,
                             double pace, double *deviates)
{
    const struct grants *g = &w->set.regime.grants;
    const double autonomy = w->set.regime.discretion.autonomy;
    double ms = 0;

    for (int i = 0; i < VARIATIONS; i++) {
        const double u = (i + 0.5) / VARIATIONS;
        const double need = (double)c->granted * c->need_ratio *
                            tb__variate(&w->need_variation[c->group], u) * pace;
        const tb_time free = (tb_time)need, capped = free < c->granted ? free : c->granted;
        const tb_time given[2] = {free + tb__grants_filled(g, c->granted, free),
                                  capped + tb__grants_filled(g, c->granted, capped)};
        const double binds = g->granularity == GRANTS_NONE ? 0 : g->binding;

        for (int bound = 0; bound < 2; bound++) {
            const double chance = (bound ? binds : 1 - binds) / VARIATIONS;
            ms +=
                chance * ((double)given[bound] + autonomy * (need - (double)given[bound]));
            *deviates += chance * tb__grants_deviates(g, c->granted, given[bound]);
        }
    }
    return ms;
}

/* Calls a week that come to a service from outside, nobody leaving or being turned away. */
static double from_outside(const struct world *w, int service)
{
    const struct service *s = &w->set.services[service];
    const int g = w->service[service].of;
    const double there = g == NOWHERE ? 1 : w->set.clients[g].count * w->stay[g].there;
    double factor = s->profile.count ? 0 : 1;

    switch (s->arrival) {
    case ARRIVAL_RATE:
    case ARRIVAL_CLIENTS:
        for (int i = 0; i < s->profile.count; i++)
            factor += s->profile.value[i] / s->profile.count;
        return 168 * there * s->per_hour * factor;
    case ARRIVAL_TRACE:
    case ARRIVAL_ROUNDS: return there * s->trace_minutes.count;
    case ARRIVAL_ADMISSION:
    case ARRIVAL_DISCHARGE:
        return w->stay[g].turns ? 7 * there / tb__law_mean(&w->set.clients[g].stay_days)
                                : 0;
    case ARRIVAL_FINITE: /* at most, when nobody waits */
        return 10080.0 * s->population /
               (tb__law_mean(&s->between_minutes) + tb__law_mean(&s->minutes));
    default: return 0;
    }
}

/* Services a week of each service: calls from outside, returns, and what other services pass on. */
static void weekly_calls(const struct world *w, double calls[MAX_SERVICES])
{
    enum {
        PASSES = 1000
    }; /* of calls that go round and round, what is left then is next to nothing */
    double flow[MAX_SERVICES], next[MAX_SERVICES];
    double left = 0;

    for (int i = 0; i < w->services; i++) {
        calls[i] = 0;
        left += flow[i] = from_outside(w, i);
    }
    for (int pass = 0; pass < PASSES && left > 0; pass++) {
        for (int i = 0; i < w->services; i++)
            next[i] = 0;
        left = 0;
        for (int i = 0; i < w->services; i++) {
            const struct service_plan *p = &w->service[i];
            const double times = flow[i] / (1 - p->again);

            calls[i] += times;
            if (p->then != NOWHERE)
                left += next[p->then] += times * (p->on - p->again);
        }
        for (int i = 0; i < w->services; i++)
            flow[i] = next[i];
    }
}

/* Mean over the workers of what a group, and people who are missing in it, make of the time. */
static double pace_of_staff(const struct world *w)
{
    const struct absence *a = &w->set.absence;
    const double missing = absent_share(a) * (1 - a->fill);
    double sum = 0;

    if (!w->slow)
        return 1;
    for (int i = 0; i < w->workers; i++) {
        const struct staff *s = &w->set.staff[w->worker[i].group];
        const double short_of = w->worker[i].crew > 1 ? w->worker[i].crew * missing : 0;

        sum += s->pace * (1 + short_of * (s->short_pace - 1));
    }
    return sum / w->workers;
}

static double pace_of(const struct world *w)
{
    const struct setting *s = &w->set;
    const double temps = absent_share(&s->absence) * s->absence.fill;

    return (1 + s->regime.discretion.autonomy * s->regime.discretion.time_cost) *
           (1 + temps * (s->absence.temp_pace - 1)) * pace_of_staff(w);
}

/* Ways back and unloading that a visit brings with it, in ms: of its share of a trip. */
static double trips(const struct world *w)
{
    double sum = 0;

    for (int i = 0; i < w->workers && w->trips; i++) {
        const struct staff *s = &w->set.staff[w->worker[i].group];

        if (s->visits_per_trip)
            sum += ((double)w->leg_mean + 60000 * s->unload_minutes) / s->visits_per_trip;
    }
    return w->trips ? sum / w->workers : 0;
}

/* Share of a worker's shifts in which somebody is there: of a crew, whoever is left of it. */
static double filled_of(const struct world *w)
{
    const double away = absent_share(&w->set.absence) * (1 - w->set.absence.fill);
    double there = 0, all = 0;

    if (!w->crews)
        return 1 - away;
    for (int i = 0; i < w->workers; i++) {
        double nobody = away;

        for (int k = 1; k < w->worker[i].crew; k++)
            nobody *= away;
        there += w->worker[i].shifts * (1 - nobody);
        all += w->worker[i].shifts;
    }
    return all > 0 ? there / all : 1;
}

void tb__expect_visits(struct world *w)
{
    const double pace = pace_of(w);

    for (int i = 0; i < w->clients; i++) {
        struct client_plan *c = &w->client[i];

        c->takes_ms = expected_visit(w, c, pace, &c->deviates);
    }
}

/* Care, travel and interruptions aside: planned visits and calls, in ms a week. */
static double weekly_care(const struct world *w, struct demand *d, double weeks)
{
    const struct setting *s = &w->set;
    const double pace = pace_of(w);
    double ms = 0;

    for (int i = 0; i < w->clients; i++) {
        const struct client_plan *c = &w->client[i];
        const double weekly =
            (c->slots / 4.0 / c->cycles - c->skipped / weeks) * w->stay[c->group].there;
        const double no_show = w->set.clients[c->group].no_show;

        ms += weekly *
              ((1 - no_show) * c->takes_ms + no_show * (double)w->no_show_ms[c->group]);
        d->deviations += weekly * (1 - no_show) * c->deviates;
        d->visits += weekly * (1 - no_show);
        d->no_shows += weekly * no_show;
        d->of[c->group].deviations += weekly * (1 - no_show) * c->deviates;
        d->of[c->group].visits += weekly * (1 - no_show);
        d->of[c->group].no_shows += weekly * no_show;
    }
    ms += (double)w->leg_mean * (w->slots ? d->visits + d->no_shows + d->shifts : 0);
    ms += trips(w) * d->visits;
    weekly_calls(w, d->calls_of);
    for (int i = 0; i < w->services; i++) {
        const struct service *v = &s->services[i];

        d->calls += d->calls_of[i];
        d->care_calls += v->books == BOOKS_CARE ? d->calls_of[i] : 0;
        ms += d->calls_of[i] * (pace * 60000 * tb__law_mean(&v->minutes) +
                                (v->travel ? 2 * (double)w->leg_mean : 0)); /* and back */
    }
    d->incidents = (d->visits + d->care_calls) * s->errors.found_by_chance *
                   (s->errors.per_visit + s->errors.misuse_per_visit);
    return ms;
}

/* Cover in a week, in ms; holidays apart. */
static double weekly_cover(const struct world *w)
{
    double ms = 0;

    for (int i = 0; i < w->services; i++) {
        const struct service_plan *p = &w->service[i];

        for (int k = 0; k < p->steps; k++)
            ms += (double)p->wanted[k] * (double)TB__WEEK / p->steps;
    }
    return ms;
}

/* Minutes a week of talks with clients, and about them with other agencies. */
static double talks_with_clients(const struct world *w)
{
    static const double weeks[] = {13 / 3.0, 13, 52};
    const struct dialogue *d = &w->set.regime.dialogue;
    double minutes =
        visited(w, NOWHERE, false) * d->codesign_minutes / weeks[d->codesign_every];

    for (int i = 0; i < w->clients; i++)
        if (w->client[i].slots)
            minutes += w->stay[w->client[i].group].there *
                       per_week(d->coordination_minutes) *
                       (w->set.clients[w->client[i].group].agencies - 1);
    return minutes;
}

/* What every shift holds, and control, in ms a week. */
static double weekly_duties(const struct world *w, const struct demand *d, double weeks)
{
    const struct setting *s = &w->set;
    const struct control *c = &s->regime.control;
    double minutes = w->workers * s->duty.meeting_minutes_per_week;

    for (int i = 0; i < w->shifts; i++) {
        const int kind = w->shift[i].kind;
        const struct teams_plan *t = tb__teams_of(w, kind);

        minutes += (s->duty.break_minutes + s->regime.dialogue.minutes_per_shift +
                    s->regime.knowledge.sparring_minutes +
                    (double)(t->meeting + t->handover + t->administration) / 60000) /
                   (kind < 0 ? 1 : weeks); /* round the clock: each week */
    }
    minutes += w->workers * (per_week(s->regime.knowledge.training_minutes) +
                             s->regime.knowledge.update_minutes / 13);
    minutes += talks_with_clients(w);
    minutes += per_week(c->audits_per_month) * (double)w->audit / 60000 +
               d->incidents * c->inspection_minutes;
    return 60000 * minutes;
}

double tb__offered_load(const struct world *w)
{
    const double weeks = (double)w->to / TB__WEEK;
    const double filled = filled_of(w);
    struct demand d = {0};
    double duty = 0, work;

    for (int i = 0; i < w->services; i++)
        if (w->service[i].endless && !w->service[i].lull && !w->service[i].cover)
            return 1;
    for (int i = 0; i < w->shifts; i++)
        duty += (double)(w->shift[i].to - w->shift[i].from) / weeks;
    for (int i = 0; i < w->workers; i++)
        d.shifts += w->worker[i].shifts / weeks;
    duty *= filled;
    d.shifts *= filled; /* a shift that nobody fills holds nothing */
    work = weekly_care(w, &d, weeks);
    work += weekly_cover(w) + weekly_records(w, &d) + weekly_reviews(w, &d);
    work += filled * weekly_duties(w, &d, weeks);
    return duty > 0 ? work / duty : work > 0 ? 1 : 0;
}
