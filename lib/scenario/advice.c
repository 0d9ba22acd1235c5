#include "scenario/advice.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "scenario/default.h"
#include "scenario/place.h"
#include "scenario/value.h"

/* What a setting outside the lists needs to act. */
static const struct rule {
    const char *path;
    uint64_t facts;
} rules[] = {
    {"absence.spell_days", FACT(F_ABSENCE)},
    {"absence.fill", FACT(F_ABSENCE)},
    {"absence.temp_pace", FACT(F_ABSENCE) | FACT(F_TEMPS)},
    {"visits.unfinished", FACT(F_CLIENTS)},
    {"visits.on_holidays", FACT(F_CLIENTS) | FACT(F_HOLIDAYS)},
    {"visits.late_after_minutes", FACT(F_CLIENTS)},
    {"visits.pressure_from_minutes", FACT(F_CLIENTS) | FACT(F_PRESSURE)},
    {"visits.pressure_full_minutes", FACT(F_CLIENTS) | FACT(F_PRESSURE)},
    {"visits.pressure_shortening", FACT(F_CLIENTS)},
    {"travel.leg", FACT(F_LEGS_BY_LAW)},
    {"travel.radius_minutes", FACT(F_LEGS_ON_MAP)},
    {"travel.noise_cv", FACT(F_LEGS_ON_MAP)},
    {"planning.mode", FACT(F_CLIENTS)},
    {"planning.travel", FACT(F_CLIENTS) | FACT(F_LEGS_ON_MAP)},
    {"planning.lateness", FACT(F_CLIENTS)},
    {"planning.overtime", FACT(F_CLIENTS) | FACT(F_NO_TIMETABLE)},
    {"planning.continuity", FACT(F_CLIENTS) | FACT(F_DAILY)},
    {"planning.load", FACT(F_CLIENTS)},
    {"errors.unfamiliar_factor", FACT(F_CLIENTS) | FACT(F_ERRORS)},
    {"errors.familiar_days", FACT(F_CLIENTS)},
    {"errors.found_by_chance", FACT(F_HARM)},
    {"money.on_costs", FACT(F_WAGES)},
    {"money.overtime_supplement", FACT(F_WAGES)},
    {"money.temp_factor", FACT(F_WAGES) | FACT(F_ABSENCE) | FACT(F_TEMPS)},
    {"money.absence_pay", FACT(F_WAGES) | FACT(F_ABSENCE)},
    {"money.overhead", FACT(F_WAGES) | FACT(F_OBLIGATIONS)},
    {"regime.grants.granularity", FACT(F_CLIENTS)},
    {"regime.grants.binding", FACT(F_CLIENTS) | FACT(F_GRANTS)},
    {"regime.grants.tolerance_minutes", FACT(F_CLIENTS) | FACT(F_GRANTS)},
    {"regime.grants.fill", FACT(F_CLIENTS) | FACT(F_GRANTS)},
    {"regime.records.interoperability", FACT(F_COPIES)},
    {"regime.records.detail", FACT(F_WRITTEN)},
    {"regime.control.audit_minutes", FACT(F_AUDITS)},
    {"regime.control.look_minutes", FACT(F_AUDITS) | FACT(F_LOOKS)},
    {"regime.control.coverage", FACT(F_AUDITS)},
    {"regime.control.detection", FACT(F_AUDITS) | FACT(F_LOOKS) | FACT(F_HARM)},
    {"regime.control.record_review", FACT(F_REVIEW_ACTS) | FACT(F_AUDITED)},
    {"regime.control.review_minutes", FACT(F_REVIEWS) | FACT(F_AUDITED)},
    {"regime.control.deterrence", FACT(F_MISUSE) | FACT(F_FINDS_MISUSE)},
    {"regime.control.inspection_minutes", FACT(F_HARM) | FACT(F_FOUND)},
    {"regime.control.distrust_gain", FACT(F_AUDITS) | FACT(F_HARM) | FACT(F_FOUND)},
    {"regime.control.distrust_half_life_weeks", FACT(F_AUDITS) | FACT(F_DISTRUST)},
    {"regime.discretion.autonomy", FACT(F_AUTONOMY_ACTS)},
    {"regime.discretion.time_cost", FACT(F_AUTONOMY)},
    {"regime.discretion.redistribution",
     FACT(F_CLIENTS) | FACT(F_AUTONOMY) | FACT(F_SHORTENING)},
    {"regime.discretion.error_effect", FACT(F_AUTONOMY) | FACT(F_ERRORS)},
    {"regime.teams.pooling", FACT(F_TEAM_MEETS) | FACT(F_ERRANDS)},
    {"regime.teams.peer_support", FACT(F_TEAM_MEETS) | FACT(F_ERRORS)},
    {"regime.knowledge.acquaintance_gain", FACT(F_CLIENTS)},
    {"regime.knowledge.acquaintance_half_life_days", FACT(F_CLIENTS)},
    {"regime.knowledge.records_on_acquaintance", FACT(F_CLIENTS) | FACT(F_AT_ONCE)},
    {"regime.knowledge.unfamiliar_time", FACT(F_CLIENTS)},
    {"regime.knowledge.training_gain", FACT(F_TRAINING) | FACT(F_UNSKILLED)},
    {"regime.knowledge.update_gain", FACT(F_UPDATES) | FACT(F_UNSKILLED)},
    {"regime.knowledge.update_half_life_weeks",
     FACT(F_UPDATES) | FACT(F_UPDATE_GAIN) | FACT(F_UNSKILLED)},
    {"regime.knowledge.sparring_gain", FACT(F_SPARRING) | FACT(F_UNSKILLED)},
    {"regime.knowledge.sparring_errors", FACT(F_SPARRING) | FACT(F_ERRORS)},
    {"regime.knowledge.unskilled_time", FACT(F_UNSKILLED)},
    {"regime.knowledge.unskilled_errors", FACT(F_UNSKILLED) | FACT(F_ERRORS)},
    {"regime.dialogue.oral_share", FACT(F_EITHER)},
    {"regime.dialogue.oral_pace", FACT(F_TOLD)},
    {"regime.dialogue.handover_saved", FACT(F_HANDOVER_LOSS) | FACT(F_TALKS)},
    {"regime.dialogue.handover_errors", FACT(F_HANDOVER_LOSS) | FACT(F_ERRORS)},
    {"regime.dialogue.codesign_minutes", FACT(F_CLIENTS)},
    {"regime.dialogue.codesign_effect", FACT(F_CLIENTS) | FACT(F_CODESIGN)},
    {"regime.dialogue.codesign_every", FACT(F_CLIENTS) | FACT(F_CODESIGN)},
    {"regime.dialogue.coordination_minutes", FACT(F_CLIENTS) | FACT(F_AGENCIES)},
    {"regime.dialogue.coordination_saved",
     FACT(F_AGENCIES) | FACT(F_CLASHES) | FACT(F_COORDINATION)},
    {"regime.dialogue.clash_probability", FACT(F_CLIENTS) | FACT(F_AGENCIES)},
    {"regime.dialogue.clash_minutes", FACT(F_AGENCIES) | FACT(F_CLASHES)},
    {"regime.wellbeing.pressure_on_strain", FACT(F_CLIENTS)},
    {"regime.wellbeing.records_on_strain", FACT(F_WRITTEN)},
    {"regime.wellbeing.strain_half_life_weeks", FACT(F_STRAIN)},
    {"regime.wellbeing.strain_on_absence", FACT(F_ABSENCE) | FACT(F_STRAIN)},
    {"regime.wellbeing.autonomy_on_absence", FACT(F_ABSENCE) | FACT(F_AUTONOMY)},
    {"regime.wellbeing.meetings_on_absence", FACT(F_ABSENCE) | FACT(F_MEETINGS)},
};

void tb__advise(struct advice *a, const char *path, const char *format, ...)
{
    char message[TB_MESSAGE_SIZE];
    va_list arguments;

    a->count++;
    if (!a->advise)
        return;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    a->advise(path, message, a->data);
}

static bool is_initial(const struct setting *set, const struct place *place)
{
    const struct law *law = tb__at(set, place);

    if (place->kind != PLACE_LAW)
        return tb__is_default(set, place);
    return law->kind == LAW_CONSTANT && law->mean >= place->field->initial &&
           law->mean <= place->field->initial;
}

static void idle(struct advice *a, const char *path, const char *why)
{
    struct place place;

    if (!tb__resolve(a->set, path, &place, NULL) && !is_initial(a->set, &place))
        tb__advise(a, path, "it has no effect: %s", why);
}

void tb__idle_at(struct advice *a, const char *list, const char *item, const char *member,
                 const char *why)
{
    idle(a, tb__path_to(list, item, member).text, why);
}

void tb__needs(struct advice *a, const char *list, const char *item, const char *member,
               uint64_t facts)
{
    const uint64_t missing = facts & ~a->facts;

    if (missing)
        tb__idle_at(a, list, item, member, tb__missing_fact(missing));
}

/* What looks like a slip though it acts. */
static void advise_regime(struct advice *a)
{
    if ((a->facts & FACT(F_AUDITS)) && !(a->facts & FACT(F_LOOKS)))
        tb__advise(a, "regime.control.audits_per_month",
                   "audits look at no visit (coverage is 0), and find nothing");
}

int tb_scenario_advise(const tb_scenario *s,
                       void (*advise)(const char *path, const char *message, void *data),
                       void *data)
{
    struct advice a = {&s->set, tb__facts(&s->set), advise, data, 0};

    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        tb__needs(&a, rules[i].path, NULL, NULL, rules[i].facts);
    advise_regime(&a);
    tb__advise_items(&a);
    tb__advise_windows(&a);
    tb__advise_obligations(&a);
    tb__advise_warmup(&a);
    return a.count;
}
