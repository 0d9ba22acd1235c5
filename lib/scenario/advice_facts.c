/* What is so in a scenario, as far as settings need it to act. */
#include <string.h>

#include "scenario/advice.h"

static const char *const missing[FACTS] = {
    [F_CLIENTS] = "nobody is visited by plan",
    [F_NO_SHOWS] = "somebody comes to every visit (clients.*.no_show is 0)",
    [F_HOLIDAYS] = "there are no holidays",
    [F_ABSENCE] = "absence.days_between is 0, and nobody is ever absent",
    [F_TEMPS] = "absence.fill is 0, and no temp ever comes",
    [F_ERRORS] = "errors.per_visit is 0",
    [F_MISUSE] = "errors.misuse_per_visit is 0",
    [F_HARM] = "nothing goes wrong (errors.per_visit, errors.misuse_per_visit)",
    [F_FOUND] = "nothing that goes wrong is ever found",
    [F_AUDITS] = "regime.control.audits_per_month is 0",
    [F_LOOKS] = "audits look at no visit (regime.control.coverage is 0)",
    [F_FINDS_MISUSE] = "control finds no misuse",
    [F_AUDITED] = "no record shows anything to control (obligations.*.audited)",
    [F_REVIEWS] = "regime.control.record_review is 0",
    [F_REVIEW_ACTS] = "nothing goes wrong, and looking takes no time",
    [F_GRANTS] = "regime.grants.granularity is none, and need decides",
    [F_AUTONOMY] = "regime.discretion.autonomy is 0",
    [F_AUTONOMY_ACTS] = "no grant limits a visit, and autonomy costs and changes nothing",
    [F_SHORTENING] = "visits.pressure_shortening is 0, and no visit is cut",
    [F_PRESSURE] = "pressure cuts no visit and is no strain",
    [F_UNFAMILIAR] = "errors.unfamiliar_factor is 1: who knows nobody errs no more",
    [F_TEAM_MEETS] = "regime.teams.meeting_minutes is 0",
    [F_ERRANDS] = "there is no handover and no administration",
    [F_AT_ONCE] = "no record is written at once in a visit",
    [F_UNSKILLED] = "competence is full and stays so",
    [F_TRAINING] = "regime.knowledge.training_minutes is 0",
    [F_UPDATES] = "regime.knowledge.update_minutes is 0",
    [F_UPDATE_GAIN] = "regime.knowledge.update_gain is 0",
    [F_SPARRING] = "regime.knowledge.sparring_minutes is 0",
    [F_EITHER] = "no obligation has channel = \"either\"",
    [F_TOLD] = "no record that may be written is told instead",
    [F_TALKS] = "there is no handover and there are no talks in a shift",
    [F_HANDOVER_LOSS] = "regime.dialogue.handover_loss is 0",
    [F_CODESIGN] = "regime.dialogue.codesign_minutes is 0",
    [F_AGENCIES] = "no other agency serves a client (clients.*.agencies)",
    [F_CLASHES] = "regime.dialogue.clash_probability is 0",
    [F_COORDINATION] = "regime.dialogue.coordination_minutes is 0",
    [F_MEETINGS] = "there are no team meetings and no dialogue",
    [F_STRAIN] = "nothing is a strain",
    [F_WAGES] = "every wage is 0",
    [F_OBLIGATIONS] = "no record is ever due",
    [F_WRITTEN] = "no record is written",
    [F_COPIES] = "no record is entered again, and no two hold the same datum",
    [F_DISTRUST] = "regime.control.distrust_gain is 0",
    [F_TRAVELS] = "travel.kind is none",
    [F_LEGS_BY_LAW] = "travel.kind is not law",
    [F_LEGS_ON_MAP] = "travel.kind is not map",
    [F_DAILY] = "planning.mode is given, and such a plan knows nobody's acquaintance",
    [F_TIMETABLE] = "planning.mode is not timetable",
    [F_NO_TIMETABLE] = "planning.mode is timetable, and nothing is planned past a shift",
};

const char *tb__missing_fact(uint64_t facts)
{
    int f = 0;

    while (!(facts >> f & 1))
        f++;
    return missing[f];
}

static void so(uint64_t *facts, int fact, bool is)
{
    if (is)
        *facts |= FACT(fact);
}

static bool has(uint64_t facts, int fact)
{
    return facts >> fact & 1;
}

static bool is_zero(double x)
{
    return !(x < 0) && !(x > 0);
}

static void of_people(const struct setting *set, uint64_t *f)
{
    for (int i = 0; i < set->client_group_count; i++) {
        so(f, F_CLIENTS, tb__is_visited(&set->clients[i]));
        so(f, F_NO_SHOWS, tb__is_visited(&set->clients[i]) && set->clients[i].no_show > 0);
        so(f, F_AGENCIES, tb__is_visited(&set->clients[i]) && set->clients[i].agencies > 1);
    }
    for (int i = 0; i < set->staff_count; i++)
        so(f, F_WAGES, set->staff[i].wage > 0);
    so(f, F_HOLIDAYS, set->holiday_count > 0);
    so(f, F_ABSENCE, set->absence.days_between > 0);
    so(f, F_TEMPS, set->absence.fill > 0);
    so(f, F_TRAVELS, set->travel.kind != TRAVEL_NONE);
    so(f, F_LEGS_BY_LAW, set->travel.kind == TRAVEL_LAW);
    so(f, F_LEGS_ON_MAP, set->travel.kind == TRAVEL_MAP);
    so(f, F_DAILY, set->planning.mode != PLANNING_GIVEN);
    so(f, F_TIMETABLE, set->planning.mode == PLANNING_TIMETABLE);
    so(f, F_NO_TIMETABLE, set->planning.mode != PLANNING_TIMETABLE);
    so(f, F_ERRANDS,
       set->duty.handover_minutes > 0 || set->duty.administration_minutes > 0);
}

static bool shares_datum(const struct setting *set, const struct obligation *o)
{
    for (int i = 0; i < set->obligation_count; i++) {
        const struct obligation *other = &set->obligations[i];

        if (other != o && other->trigger == o->trigger && *o->datum &&
            !strcmp(other->datum, o->datum))
            return true;
    }
    return false;
}

bool tb__is_looked_at(const struct obligation *o)
{
    const bool of_a_visit_or_call = o->trigger == TRIGGER_VISIT ||
                                    o->trigger == TRIGGER_DEVIATION ||
                                    o->trigger == TRIGGER_CALL;

    return of_a_visit_or_call && o->channel != CHANNEL_ORAL && o->probability > 0;
}

static void of_records(const struct setting *set, uint64_t *f)
{
    for (int i = 0; i < set->obligation_count; i++) {
        const struct obligation *o = &set->obligations[i];
        const bool told = /* what is oral by itself has its own minutes */
            o->channel == CHANNEL_EITHER && set->regime.dialogue.oral_share > 0;

        if (!(o->probability > 0))
            continue;
        so(f, F_OBLIGATIONS, true);
        so(f, F_EITHER, o->channel == CHANNEL_EITHER);
        so(f, F_TOLD, told);
        so(f, F_WRITTEN, o->channel != CHANNEL_ORAL && o->books == BOOKED_RECORDS);
        so(f, F_AUDITED, o->audited != 0 && tb__is_looked_at(o));
        so(f, F_AT_ONCE, o->timing == TIMING_AT_ONCE && tb__mean_of(&o->minutes) > 0);
        so(f, F_COPIES, (o->receivers > 1 && o->reentry > 0) || shares_datum(set, o));
    }
}

/* What goes wrong, and what comes to light. */
static void of_harm(const struct setting *set, uint64_t *f)
{
    const struct control *c = &set->regime.control;
    bool audits, misuse_shows = false;

    so(f, F_ERRORS, set->errors.per_visit > 0);
    so(f, F_MISUSE, set->errors.misuse_per_visit > 0);
    so(f, F_HARM, has(*f, F_ERRORS) || has(*f, F_MISUSE));
    so(f, F_UNFAMILIAR, set->errors.unfamiliar_factor > 1);
    so(f, F_AUDITS, c->audits_per_month > 0);
    so(f, F_LOOKS, c->coverage > 0);
    so(f, F_REVIEWS, c->record_review > 0);
    so(f, F_REVIEW_ACTS, has(*f, F_HARM) || c->review_minutes > 0);
    so(f, F_DISTRUST, c->distrust_gain > 0);
    audits = has(*f, F_AUDITS) && has(*f, F_LOOKS) && c->detection > 0;
    for (int i = 0; i < set->obligation_count; i++)
        misuse_shows |= (set->obligations[i].audited & AUDITED_MISUSE) != 0 &&
                        tb__is_looked_at(&set->obligations[i]);
    so(f, F_FINDS_MISUSE, audits || (c->record_review > 0 && misuse_shows));
    so(f, F_FOUND,
       set->errors.found_by_chance > 0 || audits ||
           (c->record_review > 0 && has(*f, F_AUDITED)));
}

static void of_the_regime(const struct setting *set, uint64_t *f)
{
    const struct regime *r = &set->regime;
    const struct dialogue *d = &r->dialogue;
    const struct wellbeing *w = &r->wellbeing;

    so(f, F_GRANTS, r->grants.granularity != GRANTS_NONE);
    so(f, F_AUTONOMY, r->discretion.autonomy > 0);
    so(f, F_SHORTENING, set->visits.pressure_shortening > 0);
    so(f, F_PRESSURE, has(*f, F_SHORTENING) || w->pressure_on_strain > 0);
    so(f, F_UNSKILLED,
       r->knowledge.competence < 1 || r->knowledge.competence_half_life_weeks > 0);
    so(f, F_TRAINING, r->knowledge.training_minutes > 0);
    so(f, F_UPDATES, r->knowledge.update_minutes > 0);
    so(f, F_UPDATE_GAIN, r->knowledge.update_gain > 0);
    so(f, F_SPARRING, r->knowledge.sparring_minutes > 0);
    so(f, F_TALKS, d->minutes_per_shift > 0 || set->duty.handover_minutes > 0);
    so(f, F_TEAM_MEETS, r->teams.meeting_minutes > 0);
    so(f, F_HANDOVER_LOSS, d->handover_loss > 0);
    so(f, F_CODESIGN, d->codesign_minutes > 0);
    so(f, F_CLASHES, d->clash_probability > 0);
    so(f, F_COORDINATION, d->coordination_minutes > 0);
    so(f, F_MEETINGS, r->teams.meeting_minutes > 0 || d->minutes_per_shift > 0);
    so(f, F_STRAIN,
       w->overtime_on_strain > 0 || w->pressure_on_strain > 0 || w->records_on_strain > 0);
    so(f, F_AUTONOMY_ACTS,
       (has(*f, F_GRANTS) && has(*f, F_CLIENTS)) || !is_zero(r->discretion.time_cost) ||
           (r->discretion.redistribution > 0 && has(*f, F_SHORTENING)) ||
           (!is_zero(r->discretion.error_effect) && has(*f, F_ERRORS)) ||
           (!is_zero(w->autonomy_on_absence) && has(*f, F_ABSENCE)));
}

uint64_t tb__facts(const struct setting *set)
{
    uint64_t facts = 0;

    of_people(set, &facts);
    of_records(set, &facts);
    of_harm(set, &facts);
    of_the_regime(set, &facts);
    return facts;
}
