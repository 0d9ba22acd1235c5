/* Advice: each scenario says something to no effect, or that looks like a slip, and is told so. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "scenarios.h"
#include "tidsbruk/tidsbruk.h"

#define COUNT_OF(a) (sizeof(a) / sizeof *(a))

struct told {
    int count;
    char path[64][128], message[64][256];
};

static void keep(const char *path, const char *message, void *data)
{
    struct told *t = data;

    cr_assert_lt(t->count, 64);
    snprintf(t->path[t->count], sizeof *t->path, "%s", path);
    snprintf(t->message[t->count++], sizeof *t->message, "%s", message);
}

static struct told advice_of(const tb_scenario *s)
{
    struct told t = {.count = 0};

    tb_scenario_check(s, keep, &t);
    cr_assert_eq(t.count, 0, "%s: %s", t.path[0], t.message[0]);
    cr_assert_eq(tb_scenario_advise(s, keep, &t), t.count);
    cr_assert_eq(tb_scenario_advise(s, NULL, NULL), t.count);
    return t;
}

static int place_of(const struct told *t, const char *path)
{
    for (int i = 0; i < t->count; i++)
        if (!strcmp(t->path[i], path))
            return i;
    return -1;
}

/* A unit of which nothing is said to no effect: crew, clients, two services, two obligations. */
static tb_scenario *plain(void)
{
    static const char *const lines[][2] = {
        {"staff.crew.count", "4"},
        {"staff.crew.roster", "always"},
        {"clients.old.count", "3"},
        {"windows.day.closes", "700"},
        {"services.alarm.per_hour", "1"},
        {"services.alarm.priority", "4"},
        {"services.errand.per_hour", "1"},
        {"services.errand.priority", "7"},
        {"obligations.note.minutes", "3"},
        {"obligations.plan.minutes", "5"},
        {"obligations.plan.trigger", "week"},
        {"horizon.weeks", "52"},
        {"horizon.warmup_weeks", "52"},
    };
    tb_scenario *s = empty_scenario();

    for (size_t i = 0; i < COUNT_OF(lines); i++)
        put(s, lines[i][0], lines[i][1]);
    return s;
}

/* Values that are set, the path at which advice is told, words of it, and one more value (or none)
 * with which it is no longer told. */
static const struct idle {
    const char *set[5][2], *path, *words, *mend[2];
} idle[] = {
    {{{"absence.fill", "0.5"}},
     "absence.fill",
     "nobody is ever absent",
     {"absence.days_between", "9"}},
    {{{"absence.days_between", "9"}, {"absence.temp_pace", "1.2"}},
     "absence.temp_pace",
     "no temp",
     {"absence.fill", "1"}},
    {{{"absence.spell_days", "exponential(mean=3)"}},
     "absence.spell_days",
     "absent",
     {"absence.days_between", "9"}},
    {{{"visits.on_holidays", "moved"}},
     "visits.on_holidays",
     "no holidays",
     {"holidays.first.week", "1"}},
    {{{"clients.old.count", "0"}, {"obligations.note.trigger", "shift"}},
     "clients.old.count",
     "nobody is in this group",
     {NULL, NULL}},
    {{{"travel.leg", "7"}}, "travel.leg", "not law", {"travel.kind", "law"}},
    {{{"travel.radius_minutes", "7"}},
     "travel.radius_minutes",
     "not map",
     {"travel.kind", "map"}},
    {{{"travel.noise_cv", "0.7"}, {"travel.kind", "law"}},
     "travel.noise_cv",
     "not map",
     {"travel.kind", "map"}},
    {{{"planning.continuity", "7"}, {"planning.mode", "given"}},
     "planning.continuity",
     "acquaintance",
     {"planning.mode", "daily"}},
    {{{"planning.travel", "7"}}, "planning.travel", "not map", {"travel.kind", "map"}},
    {{{"errors.unfamiliar_factor", "2"}},
     "errors.unfamiliar_factor",
     "per_visit is 0",
     {"errors.per_visit", "0.1"}},
    {{{"errors.found_by_chance", "0.2"}},
     "errors.found_by_chance",
     "nothing goes wrong",
     {"errors.misuse_per_visit", "0.1"}},
    {{{"money.on_costs", "0.3"}}, "money.on_costs", "wage", {"staff.crew.wage", "200"}},
    {{{"regime.grants.tolerance_minutes", "5"}},
     "regime.grants.tolerance_minutes",
     "granularity is none",
     {"regime.grants.granularity", "minutes"}},
    {{{"regime.grants.binding", "0.5"}},
     "regime.grants.binding",
     "granularity is none",
     {"regime.grants.granularity", "frame"}},
    {{{"regime.records.interoperability", "0.5"}, {"obligations.note.receivers", "2"}},
     "regime.records.interoperability",
     "entered again",
     {"obligations.note.reentry", "0.5"}},
    {{{"regime.control.coverage", "0.5"}},
     "regime.control.coverage",
     "audits_per_month is 0",
     {"regime.control.audits_per_month", "2"}},
    {{{"regime.control.look_minutes", "5"}, {"regime.control.audits_per_month", "2"}},
     "regime.control.look_minutes",
     "coverage is 0",
     {"regime.control.coverage", "0.1"}},
    {{{"regime.control.audits_per_month", "2"}},
     "regime.control.audits_per_month",
     "look at no visit",
     {"regime.control.coverage", "0.1"}},
    {{{"regime.control.record_review", "0.5"}, {"errors.per_visit", "0.1"}},
     "regime.control.record_review",
     "no record shows",
     {"obligations.note.audited", "errors"}},
    {{{"regime.control.deterrence", "0.5"},
      {"errors.misuse_per_visit", "0.1"},
      {"obligations.note.audited", "misuse"}},
     "regime.control.deterrence",
     "finds no misuse",
     {"regime.control.record_review", "0.1"}},
    {{{"regime.control.inspection_minutes", "5"}, {"errors.per_visit", "0.1"}},
     "regime.control.inspection_minutes",
     "ever found",
     {"errors.found_by_chance", "0.1"}},
    {{{"regime.control.distrust_half_life_weeks", "5"},
      {"regime.control.audits_per_month", "2"},
      {"regime.control.coverage", "0.2"}},
     "regime.control.distrust_half_life_weeks",
     "distrust_gain is 0",
     {"regime.control.distrust_gain", "1"}},
    {{{"regime.discretion.autonomy", "0.5"}},
     "regime.discretion.autonomy",
     "no grant limits",
     {"regime.discretion.time_cost", "0.1"}},
    {{{"regime.discretion.error_effect", "0.5"}, {"errors.per_visit", "0.1"}},
     "regime.discretion.error_effect",
     "autonomy is 0",
     {"regime.discretion.autonomy", "0.5"}},
    {{{"regime.discretion.redistribution", "0.5"}, {"regime.discretion.autonomy", "1"}},
     "regime.discretion.redistribution",
     "no visit is cut",
     {"visits.pressure_shortening", "0.5"}},
    {{{"regime.teams.pooling", "0.5"}, {"regime.teams.meeting_minutes", "5"}},
     "regime.teams.pooling",
     "no handover",
     {"duty.handover_minutes", "5"}},
    {{{"regime.teams.pooling", "0.5"}, {"duty.handover_minutes", "5"}},
     "regime.teams.pooling",
     "meeting_minutes is 0",
     {"regime.teams.meeting_minutes", "5"}},
    {{{"regime.teams.peer_support", "0.5"}, {"errors.per_visit", "0.1"}},
     "regime.teams.peer_support",
     "meeting_minutes is 0",
     {"regime.teams.meeting_minutes", "5"}},
    {{{"regime.control.review_minutes", "0.5"}, {"obligations.note.audited", "errors"}},
     "regime.control.review_minutes",
     "record_review is 0",
     {"regime.control.record_review", "0.5"}},
    {{{"regime.control.record_review", "0.5"}, {"obligations.note.audited", "errors"}},
     "regime.control.record_review",
     "takes no time",
     {"regime.control.review_minutes", "0.5"}},
    {{{"regime.knowledge.records_on_acquaintance", "0.5"},
      {"obligations.note.timing", "when_idle"},
      {"obligations.plan.timing", "when_idle"}},
     "regime.knowledge.records_on_acquaintance",
     "at once",
     {"obligations.note.timing", "at_once"}},
    {{{"regime.knowledge.training_gain", "0.5"}, {"regime.knowledge.competence", "0.5"}},
     "regime.knowledge.training_gain",
     "training_minutes is 0",
     {"regime.knowledge.training_minutes", "5"}},
    {{{"regime.knowledge.update_half_life_weeks", "5"},
      {"regime.knowledge.update_minutes", "5"},
      {"regime.knowledge.competence", "0.5"}},
     "regime.knowledge.update_half_life_weeks",
     "update_gain is 0",
     {"regime.knowledge.update_gain", "0.5"}},
    {{{"regime.knowledge.sparring_errors", "0.5"}, {"errors.per_visit", "0.1"}},
     "regime.knowledge.sparring_errors",
     "sparring_minutes is 0",
     {"regime.knowledge.sparring_minutes", "5"}},
    {{{"regime.knowledge.unskilled_time", "0.5"}},
     "regime.knowledge.unskilled_time",
     "competence is full",
     {"regime.knowledge.competence", "0.5"}},
    {{{"regime.dialogue.oral_share", "0.5"}},
     "regime.dialogue.oral_share",
     "either",
     {"obligations.note.channel", "either"}},
    {{{"regime.dialogue.oral_pace", "0.5"}, {"regime.dialogue.oral_share", "0.5"}},
     "regime.dialogue.oral_pace",
     "told instead",
     {"obligations.note.channel", "either"}},
    {{{"regime.dialogue.handover_saved", "0.5"}, {"regime.dialogue.handover_loss", "0.1"}},
     "regime.dialogue.handover_saved",
     "no talks",
     {"regime.dialogue.minutes_per_shift", "5"}},
    {{{"regime.dialogue.codesign_effect", "0.5"}},
     "regime.dialogue.codesign_effect",
     "codesign_minutes is 0",
     {"regime.dialogue.codesign_minutes", "5"}},
    {{{"regime.dialogue.clash_probability", "0.5"}},
     "regime.dialogue.clash_probability",
     "no other agency",
     {"clients.old.agencies", "2"}},
    {{{"clients.old.agencies", "2"}},
     "clients.old.agencies",
     "neither meet",
     {"regime.dialogue.coordination_minutes", "2"}},
    {{{"regime.wellbeing.meetings_on_absence", "0.5"}, {"absence.days_between", "9"}},
     "regime.wellbeing.meetings_on_absence",
     "no team meetings",
     {"regime.teams.meeting_minutes", "2"}},
    {{{"regime.wellbeing.strain_on_absence", "0.5"}},
     "regime.wellbeing.strain_on_absence",
     "absent",
     {"absence.days_between", "9"}},
    {{{"staff.other.roster", "always"}},
     "staff.other.count",
     "nobody is in",
     {"staff.other.count", "1"}},
    {{{"shifts.day.minutes", "300"}}, "shifts.day", "nobody is wanted", {NULL, NULL}},
    {{{"holidays.late.week", "60"}},
     "holidays.late.week",
     "52 weeks",
     {"holidays.late.week", "50"}},
    {{{"services.alarm.per_hour", "0"}},
     "services.alarm",
     "nobody calls",
     {"services.errand.then", "alarm"}},
    {{{"services.alarm.then", "errand"},
      {"services.alarm.priority", "6"},
      {"services.errand.per_hour", "0"},
      {"services.third.priority", "7"}},
     "services.third",
     "nobody calls",
     {"services.errand.then", "third"}},
    {{{"services.alarm.per_hour", "0"}, /* the chain runs against the order of the list */
      {"services.errand.per_hour", "0"},
      {"services.third.per_hour", "1"},
      {"services.third.then", "errand"}},
     "services.alarm",
     "nobody calls",
     {"services.errand.then", "alarm"}},
    {{{"services.alarm.profile", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"}},
     "services.alarm",
     "nobody calls",
     {"services.alarm.profile", ""}},
    {{{"services.alarm.profile", "2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2"}},
     "services.alarm.profile",
     "a level",
     {"services.alarm.profile", ""}},
    {{{"services.alarm.population", "4"}},
     "services.alarm.population",
     "not finite",
     {"services.alarm.arrival", "finite"}},
    {{{"services.alarm.trace_minutes", "4"}},
     "services.alarm.trace_minutes",
     "neither trace",
     {"services.alarm.arrival", "trace"}},
    {{{"services.errand.arrival", "endless"},
      {"services.errand.per_hour", "0"},
      {"services.errand.patience", "5"}},
     "services.errand.patience",
     "without an end",
     {"services.errand.arrival", "rate"}},
    {{{"services.alarm.present", "3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3"}},
     "services.alarm.present",
     "arrival is not cover",
     {"services.alarm.arrival", "cover"}},
    {{{"services.guard.arrival", "cover"}},
     "services.guard.present",
     "no worker wanted",
     {"services.guard.present", "3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3"}},
    {{{"services.guard.arrival", "cover"},
      {"services.guard.present", "9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9"}},
     "services.guard.present",
     "wants 9 workers on Monday at 00:00, when rosters hold 4",
     {"services.guard.each", "3"}},
    {{{"services.guard.arrival", "cover"},
      {"services.guard.present", "3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3"},
      {"services.guard.room", "4"}},
     "services.guard.room",
     "it is cover",
     {"services.guard.arrival", "rate"}},
    {{{"services.guard.arrival", "cover"},
      {"services.guard.present", "3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3"},
      {"services.guard.unfinished", "hand_over"},
      {"services.guard.interruptible", "true"}},
     "services.guard.interruptible",
     "no service of higher priority interrupts",
     {"services.alarm.interrupts", "true"}},
    {{{"services.alarm.interrupts", "true"}},
     "services.alarm.interrupts",
     "no service of lower",
     {"services.errand.interruptible", "true"}},
    {{{"services.errand.interruptible", "true"}},
     "services.errand.interruptible",
     "interrupts",
     {"services.alarm.interrupts", "true"}},
    {{{"services.errand.resumption_minutes", "2"}},
     "services.errand.resumption_minutes",
     "nothing interrupts",
     {NULL, NULL}},
    {{{"clients.old.no_show_minutes", "5"}},
     "clients.old.no_show_minutes",
     "somebody comes",
     {"clients.old.no_show", "0.1"}},
    {{{"obligations.note.trigger", "no_show"}},
     "obligations.note.trigger",
     "somebody comes",
     {"clients.old.no_show", "0.1"}},
    {{{"duty.break_spread_minutes", "60"},
      {"staff.crew.roster", "shifts"},
      {"shifts.day.weekdays", "1"}},
     "duty.break_spread_minutes",
     "no breaks",
     {"duty.break_minutes", "30"}},
    {{{"staff.crew.roster", "shifts"},
      {"shifts.day.weekdays", "1"},
      {"staff.crew.count", "1"},
      {"duty.break_minutes", "30"},
      {"duty.break_spread_minutes", "60"}},
     "duty.break_spread_minutes",
     "several workers in shifts",
     {"staff.crew.count", "2"}},
    {{{"staff.crew.roster", "shifts"},
      {"shifts.day.weekdays", "1"},
      {"staff.crew.crew", "3"},
      {"services.errand.arrival", "cover"},
      {"services.errand.present", "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"}},
     "services.errand.each",
     "is one of them",
     {"staff.crew.crew", "1"}},
    {{{"obligations.note.of", "old"}, {"clients.old.granted_hours", "0"}},
     "obligations.note.of",
     "nobody of this group is visited",
     {"clients.old.granted_hours", "2"}},
    {{{"obligations.note.of", "old"},
      {"obligations.note.trigger", "call"},
      {"services.errand.of", "old"}},
     "obligations.note.of",
     "follows this group",
     {"services.errand.arrival", "clients"}},
    {{{"services.errand.then_after_minutes", "600"}},
     "services.errand.then_after_minutes",
     "no call comes again",
     {"services.errand.return_probability", "0.2"}},
    {{{"services.errand.then_after_minutes", "600000"},
      {"services.errand.return_probability", "0.2"}},
     "horizon.warmup_weeks",
     "calls of errand come again",
     {"services.errand.then_after_minutes", "60000"}},
    {{{"services.errand.then_probability", "0.2"}},
     "services.errand.then_probability",
     "no other service",
     {"services.errand.then", "alarm"}},
    {{{"services.errand.travel", "true"}},
     "services.errand.travel",
     "travel.kind is none",
     {"travel.kind", "law"}},
    {{{"services.alarm.arrival", "endless"}, {"services.alarm.per_hour", "0"}},
     "services.errand.priority",
     "goes first",
     {"services.errand.priority", "4"}},
    {{{"obligations.note.probability", "0"}},
     "obligations.note.probability",
     "no record is ever due",
     {"obligations.note.probability", "0.5"}},
    {{{"obligations.note.trigger", "incident"}},
     "obligations.note.trigger",
     "nothing goes wrong",
     {NULL, NULL}},
    {{{"obligations.note.trigger", "incident"}, {"errors.per_visit", "0.1"}},
     "obligations.note.trigger",
     "ever found",
     {"errors.found_by_chance", "0.5"}},
    {{{"obligations.note.delay_cost", "0.2"}},
     "obligations.note.delay_cost",
     "at once",
     {"obligations.note.timing", "when_idle"}},
    {{{"obligations.note.oral_allowed", "true"}},
     "obligations.note.oral_allowed",
     "no law",
     {"obligations.note.imposed_by", "law"}},
    {{{"obligations.note.reentry", "0.2"}},
     "obligations.note.reentry",
     "one receiver",
     {"obligations.note.receivers", "2"}},
    {{{"obligations.note.receivers", "2"}},
     "obligations.note.receivers",
     "enters it again",
     {"obligations.note.reentry", "0.2"}},
    {{{"errors.per_visit", "0.1"}, {"obligations.note.read_probability", "0.2"}},
     "obligations.note.read_probability",
     "tells nothing",
     {"obligations.note.value", "0.2"}},
    {{{"errors.per_visit", "0.1"},
      {"obligations.note.read_probability", "0.2"},
      {"obligations.note.value", "0.2"}},
     "obligations.note.value",
     "errs no more",
     {"errors.unfamiliar_factor", "2"}},
    {{{"errors.per_visit", "0.1"}, {"obligations.note.value", "0.2"}},
     "obligations.note.value",
     "nobody reads it",
     {"obligations.note.read_probability", "0.2"}},
    {{{"obligations.note.read_probability", "0.2"}},
     "obligations.note.read_probability",
     "nothing goes wrong",
     {"errors.per_visit", "0.2"}},
    {{{"obligations.plan.read_probability", "0.2"}, {"obligations.plan.value", "0.2"}},
     "obligations.plan.read_probability",
     "handover_loss is 0",
     {"regime.dialogue.handover_loss", "0.2"}},
    {{{"errors.per_visit", "0.1"}, {"obligations.note.audited", "errors"}},
     "obligations.note.audited",
     "record_review is 0",
     {"regime.control.record_review", "0.2"}},
    {{{"errors.per_visit", "0.1"},
      {"obligations.note.audited", "misuse"},
      {"regime.control.record_review", "0.2"}},
     "obligations.note.audited",
     "of that kind",
     {"errors.misuse_per_visit", "0.2"}},
    {{{"errors.per_visit", "0.1"},
      {"obligations.plan.audited", "errors"},
      {"regime.control.record_review", "0.2"}},
     "obligations.plan.audited",
     "control looks at records of",
     {"obligations.plan.trigger", "deviation"}},
    {{{"errors.per_visit", "0.1"},
      {"obligations.plan.audited", "errors"},
      {"regime.control.record_review", "0.2"}},
     "regime.control.record_review",
     "no record shows",
     {"obligations.plan.trigger", "call"}},
    {{{"errors.per_visit", "0.1"},
      {"obligations.note.audited", "errors"},
      {"obligations.note.channel", "oral"},
      {"regime.control.record_review", "0.2"}},
     "regime.control.record_review",
     "no record shows",
     {"obligations.note.channel", "either"}},
    {{{"errors.misuse_per_visit", "0.1"},
      {"obligations.plan.audited", "misuse"},
      {"regime.control.record_review", "0.2"},
      {"regime.control.deterrence", "0.5"}},
     "regime.control.deterrence",
     "finds no misuse",
     {"obligations.plan.trigger", "visit"}},
    {{{"regime.control.deterrence", "0.5"},
      {"obligations.note.audited", "misuse"},
      {"errors.misuse_per_visit", "0.1"},
      {"obligations.note.channel", "oral"},
      {"regime.control.record_review", "0.2"}},
     "regime.control.deterrence",
     "finds no misuse",
     {"obligations.note.channel", "written"}},
    {{{"regime.control.deterrence", "0.5"},
      {"obligations.note.audited", "misuse"},
      {"errors.misuse_per_visit", "0.1"},
      {"obligations.note.probability", "0"},
      {"regime.control.record_review", "0.2"}},
     "regime.control.deterrence",
     "finds no misuse",
     {"obligations.note.probability", "0.5"}},
    {{{"errors.per_visit", "0.1"},
      {"obligations.note.audited", "errors"},
      {"regime.control.record_review", "0.2"},
      {"obligations.note.minutes", "0"}},
     "obligations.note.minutes",
     "takes no time",
     {"obligations.note.minutes", "1"}},
    {{{"obligations.plan.trigger", "year"}, {"horizon.weeks", "26"}},
     "obligations.plan.trigger",
     "26 weeks",
     {"horizon.weeks", "52"}},
    {{{"regime.wellbeing.strain_on_absence", "1"},
      {"absence.days_between", "9"},
      {"regime.wellbeing.strain_half_life_weeks", "18"}},
     "horizon.warmup_weeks",
     "strain",
     {"horizon.warmup_weeks", "54"}},
    {{{"regime.knowledge.competence_half_life_weeks", "18"}},
     "horizon.warmup_weeks",
     "competence",
     {"horizon.warmup_weeks", "54"}},
    {{{"regime.knowledge.acquaintance_half_life_days", "126"}},
     "horizon.warmup_weeks",
     "acquaintance",
     {"horizon.warmup_weeks", "54"}},
};

/* Two roles on shifts, clients of one of them with a visit or two a day. */
static tb_scenario *with_windows(void)
{
    static const char *const lines[][2] = {
        {"staff.crew.count", "4"},
        {"staff.crew.role", "helper"},
        {"staff.others.count", "4"},
        {"staff.others.role", "other"},
        {"shifts.day.starts", "480"},
        {"shifts.day.minutes", "420"},
        {"shifts.day.role", "helper"},
        {"shifts.day.weekdays", "2"},
        {"shifts.evening.starts", "900"},
        {"shifts.evening.minutes", "420"},
        {"shifts.evening.role", "other"},
        {"shifts.evening.weekdays", "1"},
        {"clients.old.count", "9"},
        {"clients.old.role", "helper"},
        {"clients.old.visit_minutes", "30"},
        {"clients.old.granted_hours", "2"}, /* four visits a week */
        {"windows.noon.opens", "700"},
        {"windows.noon.closes", "760"},
        {"windows.late.opens", "1000"},
        {"windows.late.closes", "1100"},
        {"windows.late.order", "2"},
        {"horizon.weeks", "52"},
        {"horizon.warmup_weeks", "52"},
    };
    tb_scenario *s = empty_scenario();

    for (size_t i = 0; i < COUNT_OF(lines); i++)
        put(s, lines[i][0], lines[i][1]);
    return s;
}

/* Changes, and what is told of the role of the clients then: NULL for nothing. */
static const struct {
    const char *set[4][2], *told;
} windows[] = {
    {{{NULL}}, NULL},
    {{{"clients.old.role", "other"}}, "no shift of other"},
    {{{"clients.old.role", "other"}, {"shifts.evening.starts", "760"}}, NULL},
    {{{"clients.old.granted_hours", "3.5"}}, "no shift of helper is on duty"},
    {{{"clients.old.granted_hours", "2.9"}}, "noon (Saturdays, Sundays)"},
    {{{"clients.old.granted_hours", "2.5"}}, NULL}, /* five, on weekdays */
    {{{"clients.old.granted_hours", "4"}, /* eight visits: on some days a second */
      {"shifts.day.saturdays", "1"},
      {"shifts.day.sundays", "1"}},
     "missed: late (any day)"},
    {{{"clients.old.granted_hours", "3.5"}, /* seven: one a day */
      {"shifts.day.saturdays", "1"},
      {"shifts.day.sundays", "1"}},
     NULL},
    {{{"clients.old.granted_hours", "4"},
      {"clients.old.granted_hours_limit", "3.5"},
      {"shifts.day.saturdays", "1"},
      {"shifts.day.sundays", "1"}},
     NULL},
    {{{"clients.old.granted_hours", "3.5"}, {"clients.old.role", ""}, {"shifts.day.role", ""}},
     "no shift of any role"},
    {{{"windows.noon.opens", "900"}, {"windows.noon.closes", "960"}}, "noon (weekdays)"},
    {{{"windows.noon.opens", "899"}, {"windows.noon.closes", "960"}}, NULL},
    {{{"windows.noon.opens", "900"}, {"windows.noon.closes", "960"}, {"clients.old.role", ""}},
     NULL},
    {{{"windows.noon.opens", "900"},
      {"windows.noon.closes", "960"},
      {"shifts.evening.role", ""}},
     NULL},
    {{{"clients.old.granted_hours", "5"},
      {"staff.crew.roster", "always"},
      {"shifts.day.role", "other"}},
     NULL},
    {{{"clients.old.granted_hours", "5"}, {"clients.old.count", "0"}}, NULL},
};

Test(advice, nobody_of_their_role_is_there)
{
    for (size_t i = 0; i < COUNT_OF(windows); i++) {
        tb_scenario *s = with_windows();
        struct told t;
        int at;

        for (int k = 0; k < 4 && windows[i].set[k][0]; k++)
            put(s, windows[i].set[k][0], windows[i].set[k][1]);
        t = advice_of(s);
        at = place_of(&t, "clients.old.role");
        if (windows[i].told)
            cr_expect(at >= 0 && strstr(t.message[at], windows[i].told), "%zu: %s", i,
                      at < 0 ? "nothing" : t.message[at]);
        else
            cr_expect_lt(at, 0, "%zu: %s", i, at < 0 ? "" : t.message[at]);
        tb_scenario_free(s);
    }
}

/* The municipality has nobody for practical help in the evening, and clients who have it then. */
Test(advice, windows_without_staff_in_presets)
{
    static const struct {
        const char *preset, *path;
    } at[] = {{"home_care/norway_m1", "clients.practical.role"}, {"home_care/npm", NULL}};

    for (size_t i = 0; i < COUNT_OF(at); i++) {
        tb_scenario *s = NULL;
        struct told t;
        int found = 0;

        cr_assert_eq(tb_scenario_preset(at[i].preset, &s, NULL), TB_OK);
        t = advice_of(s);
        for (int k = 0; k < t.count; k++)
            if (strstr(t.message[k], "no shift of")) {
                found++;
                cr_expect_str_eq(t.path[k], at[i].path ? at[i].path : "");
            }
        cr_expect_eq(found, at[i].path != NULL, "%s: %d", at[i].preset, found);
        tb_scenario_free(s);
    }
}

Test(advice, of_a_plain_unit_there_is_none)
{
    tb_scenario *s = plain();
    const struct told t = advice_of(s);

    cr_assert_eq(t.count, 0, "%s: %s", t.path[0], t.message[0]);
    tb_scenario_free(s);
}

Test(advice, each_is_told_at_its_place_and_until_it_is_mended)
{
    for (size_t i = 0; i < COUNT_OF(idle); i++) {
        tb_scenario *s = plain();
        struct told t;
        int at;

        for (int k = 0; k < 5 && idle[i].set[k][0]; k++)
            put(s, idle[i].set[k][0], idle[i].set[k][1]);
        t = advice_of(s);
        at = place_of(&t, idle[i].path);
        cr_expect_geq(at, 0, "no advice at %s", idle[i].path);
        if (at >= 0)
            cr_expect(strstr(t.message[at], idle[i].words), "%s: %s", t.path[at],
                      t.message[at]);
        if (at >= 0 && idle[i].mend[0]) {
            put(s, idle[i].mend[0], idle[i].mend[1]);
            t = advice_of(s);
            at = place_of(&t, idle[i].path);
            cr_expect(at < 0 || !strstr(t.message[at], idle[i].words), "still %s: %s",
                      idle[i].path, at < 0 ? "" : t.message[at]);
        }
        tb_scenario_free(s);
    }
}
