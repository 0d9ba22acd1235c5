/* Advice about obligations, and about a warm-up that is too short. */
#include <string.h>

#include "scenario/advice.h"
#include "scenario/number.h"

static void at(struct advice *a, const struct obligation *o, const char *member,
               const char *why)
{
    tb__idle_at(a, "obligations", o->name, member, why);
}

static bool is_about_a_client(const struct obligation *o)
{
    return o->trigger == TRIGGER_VISIT || o->trigger == TRIGGER_DEVIATION ||
           o->trigger == TRIGGER_INCIDENT || o->trigger == TRIGGER_NO_SHOW ||
           (o->trigger >= TRIGGER_WEEK && tb__is_of_clients(o->per));
}

static void advise_reading(struct advice *a, const struct obligation *o)
{
    static const char *const reading[] = {"read_probability", "read_minutes", "value",
                                          "lasts_days"};
    const uint64_t needed = is_about_a_client(o) ? FACT(F_HARM) : FACT(F_HANDOVER_LOSS);
    const char *why = NULL;

    if (o->channel == CHANNEL_ORAL)
        why = "what is told cannot be read";
    else if (needed & ~a->facts)
        why = tb__missing_fact(needed & ~a->facts);
    for (int i = 0; i < 4; i++)
        if (why)
            at(a, o, reading[i], why);
        else if (i && !(o->read_probability > 0))
            at(a, o, reading[i], "nobody reads it (read_probability is 0)");
    if (why || !(o->read_probability > 0))
        return;
    if (!(o->value > 0))
        tb__advise(
            a, tb__path_to("obligations", o->name, "read_probability").text,
            "it is read, which takes read_minutes, and tells nothing (value is 0)");
    else if (is_about_a_client(o))
        tb__needs(a, "obligations", o->name, "value", FACT(F_ERRORS) | FACT(F_UNFAMILIAR));
}

static void advise_audited(struct advice *a, const struct obligation *o)
{
    uint64_t shown = 0;

    if (o->audited & AUDITED_MISUSE)
        shown |= FACT(F_MISUSE);
    if (o->audited & AUDITED_ERRORS)
        shown |= FACT(F_ERRORS);
    if (o->channel == CHANNEL_ORAL)
        at(a, o, "audited", "control cannot look at what is told");
    else if (!tb__is_looked_at(o))
        at(a, o, "audited", "control looks at records of visits, deviations and calls");
    else if (!(a->set->regime.control.record_review > 0))
        at(a, o, "audited", "regime.control.record_review is 0");
    else if (!(shown & a->facts) && !(a->set->regime.control.review_minutes > 0))
        at(a, o, "audited", "nothing of that kind goes wrong");
}

static void advise_copies(struct advice *a, const struct obligation *o)
{
    if (o->receivers < 2)
        at(a, o, "reentry", "there is one receiver");
    if (!(o->reentry > 0))
        at(a, o, "receivers", "nobody enters it again (reentry is 0)");
}

/* Periods that the measured time does not hold. */
static void advise_period(struct advice *a, const struct obligation *o)
{
    static const struct {
        int trigger;
        double weeks;
        const char *name;
    } period[] = {{TRIGGER_MONTH, 13 / 3., "month"},
                  {TRIGGER_QUARTER, 13, "quarter"},
                  {TRIGGER_YEAR, 52, "year"}};

    for (int i = 0; i < 3; i++)
        if (o->trigger == period[i].trigger && a->set->horizon.weeks < period[i].weeks)
            tb__advise(a, tb__path_to("obligations", o->name, "trigger").text,
                       "a %s is longer than the %d weeks that are measured: only some "
                       "come to it",
                       period[i].name, a->set->horizon.weeks);
}

bool tb__may_be_interrupted(const struct obligation *o)
{
    return o->interruptible && (o->timing != TIMING_AT_ONCE || *o->role);
}

/* Whether calls that may call for it are of services that follow its group. */
static bool calls_follow(const struct setting *set, const struct obligation *o)
{
    for (int i = 0; i < set->service_count; i++) {
        const struct service *s = &set->services[i];

        if ((!*o->service || !strcmp(o->service, s->name)) && tb__follows_clients(s) &&
            !strcmp(s->of, o->of))
            return true;
    }
    return false;
}

static void advise_of(struct advice *a, const struct obligation *o)
{
    const char *why = NULL;

    for (int i = 0; i < a->set->client_group_count; i++)
        if (!strcmp(a->set->clients[i].name, o->of) && o->trigger != TRIGGER_CALL &&
            !tb__is_visited(&a->set->clients[i]))
            why = "nobody of this group is visited by plan";
    if (*o->of && o->trigger == TRIGGER_CALL && !calls_follow(a->set, o))
        why = "no service whose calls call for it follows this group";
    if (why)
        tb__advise(a, tb__path_to("obligations", o->name, "of").text,
                   "no record is ever due: %s", why);
}

static void advise_obligation(struct advice *a, const struct obligation *o)
{
    const double minutes = tb__mean_of(&o->minutes);

    if (!(o->probability > 0)) {
        tb__advise(a, tb__path_to("obligations", o->name, "probability").text,
                   "it is 0: no record is ever due");
        return;
    }
    if (o->trigger == TRIGGER_INCIDENT && (a->facts & FACT(F_HARM)) == 0)
        tb__advise(a, tb__path_to("obligations", o->name, "trigger").text, "%s",
                   tb__missing_fact(FACT(F_HARM)));
    else if (o->trigger == TRIGGER_INCIDENT && (a->facts & FACT(F_FOUND)) == 0)
        tb__advise(a, tb__path_to("obligations", o->name, "trigger").text, "%s",
                   tb__missing_fact(FACT(F_FOUND)));
    if (o->trigger == TRIGGER_NO_SHOW && (a->facts & FACT(F_NO_SHOWS)) == 0)
        tb__advise(a, tb__path_to("obligations", o->name, "trigger").text, "%s",
                   tb__missing_fact(FACT(F_NO_SHOWS)));
    advise_of(a, o);
    if (o->timing == TIMING_AT_ONCE && !*o->role)
        at(a, o, "delay_cost", "it is written at once");
    if (o->timing == TIMING_AT_ONCE && !*o->role)
        at(a, o, "interruptible", "it is written at once");
    else if (!tb__anything_interrupts(a->set))
        at(a, o, "interruptible", "no service interrupts");
    if (o->imposed_by != IMPOSED_LAW)
        at(a, o, "oral_allowed", "no law imposes it");
    if (o->books != BOOKED_RECORDS)
        at(a, o, "in_presence", "books says where its minutes stand");
    if (!(minutes > 0) && ((o->value > 0 && o->read_probability > 0) || o->audited))
        tb__advise(a, tb__path_to("obligations", o->name, "minutes").text,
                   "it takes no time, and still it tells");
    advise_reading(a, o);
    advise_audited(a, o);
    advise_copies(a, o);
    advise_period(a, o);
}

void tb__advise_obligations(struct advice *a)
{
    for (int i = 0; i < a->set->obligation_count; i++)
        advise_obligation(a, &a->set->obligations[i]);
}

enum { HALF_LIVES = 3 }; /* after which an eighth of the way is left */

static void settles(struct advice *a, const char *path, const char *what, double weeks,
                    bool acts)
{
    const int warmup = a->set->horizon.warmup_weeks;

    if (acts && warmup < HALF_LIVES * weeks)
        tb__advise(
            a, "horizon.warmup_weeks",
            "%d weeks are less than %d half-lives of %s (%s is %s weeks): the first "
            "measured weeks hold some of the way there",
            warmup, HALF_LIVES, what, path, tb__number(weeks).text);
}

void tb__advise_warmup(struct advice *a)
{
    const struct regime *r = &a->set->regime;
    const struct knowledge *k = &r->knowledge;
    const bool absence = a->facts & FACT(F_ABSENCE), clients = a->facts & FACT(F_CLIENTS),
               audits = a->facts & FACT(F_AUDITS);

    settles(a, "regime.wellbeing.strain_half_life_weeks", "strain",
            r->wellbeing.strain_half_life_weeks,
            absence && (r->wellbeing.strain_on_absence < 0 ||
                        r->wellbeing.strain_on_absence > 0));
    settles(a, "regime.knowledge.acquaintance_half_life_days", "acquaintance",
            k->acquaintance_half_life_days / 7, clients);
    settles(a, "regime.knowledge.competence_half_life_weeks", "competence",
            k->competence_half_life_weeks, true);
    settles(a, "regime.control.distrust_half_life_weeks", "distrust",
            r->control.distrust_half_life_weeks,
            audits && r->control.distrust_gain > 0 && (a->facts & FACT(F_FOUND)));
}
