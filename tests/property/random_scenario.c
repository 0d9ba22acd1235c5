#include "random_scenario.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/scenario.h"

/* Numbers ---------------------------------------------------------------------------- */

/* splitmix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators") */
uint64_t random_bits(struct random *r)
{
    uint64_t x = r->state += UINT64_C(0x9e3779b97f4a7c15);

    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

double random_between(struct random *r, double low, double high)
{
    return low + (high - low) * ((double)(random_bits(r) >> 11) * 0x1p-53);
}

int random_count(struct random *r, int low, int high)
{
    return low + (int)(random_bits(r) % (uint64_t)(high - low + 1));
}

bool random_chance(struct random *r, double probability)
{
    return random_between(r, 0, 1) < probability;
}

static const char *pick(struct random *r, const char *const *words)
{
    int n = 0;

    while (words[n])
        n++;
    return words[random_count(r, 0, n - 1)];
}

/* Setting ---------------------------------------------------------------------------- */

void put(tb_scenario *s, const char *path, const char *value)
{
    tb_error err = {.status = TB_OK};

    cr_assert_eq(tb_scenario_set(s, path, value, &err), TB_OK, "%s = %s: %s", path, value,
                 err.message);
}

void put_number(tb_scenario *s, const char *path, double value)
{
    char text[40];

    snprintf(text, sizeof text, "%.17g", value);
    put(s, path, text);
}

void put_item(tb_scenario *s, const char *path, const char *value)
{
    char item[TB_PATH_SIZE];

    snprintf(item, sizeof item, "%.*s", (int)(strrchr(path, '.') - path), path);
    cr_assert_eq(tb_scenario_add(s, item, NULL), TB_OK, "%s", item);
    put(s, path, value);
}

/* The member of an item of a list. */
struct path {
    char text[TB_PATH_SIZE];
};

static struct path of(const char *list, const char *item, const char *member)
{
    struct path p;

    snprintf(p.text, sizeof p.text, "%s.%s.%s", list, item, member);
    return p;
}

static void text_of(tb_scenario *s, const char *list, const char *item,
                    const char *member, const char *value)
{
    put_item(s, of(list, item, member).text, value);
}

static void number_of(tb_scenario *s, const char *list, const char *item,
                      const char *member, double value)
{
    char text[40];

    snprintf(text, sizeof text, "%.17g", value);
    text_of(s, list, item, member, text);
}

/* With some chance a number between low and high, otherwise the default. */
static void maybe(tb_scenario *s, struct random *r, const char *path, double chance,
                  double low, double high)
{
    if (random_chance(r, chance))
        put_number(s, path, random_between(r, low, high));
}

static void maybe_of(tb_scenario *s, struct random *r, const char *list, const char *item,
                     const char *member, double chance, double low, double high)
{
    if (random_chance(r, chance))
        number_of(s, list, item, member, random_between(r, low, high));
}

/* A law of any kind with about this mean. Shapes come from few values, so that a scenario compiles
 * few tables. */
static struct path law_around(struct random *r, double mean)
{
    static const double shapes[] = {0.3, 0.6, 1.2};
    const double cv = shapes[random_count(r, 0, 2)];
    const int kind = random_count(r, 0, LAW_KINDS - 1);
    struct path p;

    switch (kind) {
    case LAW_UNIFORM:
        snprintf(p.text, sizeof p.text, "uniform(low=%.6g, high=%.6g)", 0.5 * mean,
                 1.5 * mean);
        break;
    case LAW_TRIANGULAR:
        snprintf(p.text, sizeof p.text, "triangular(low=%.6g, mode=%.6g, high=%.6g)",
                 0.5 * mean, mean, 1.5 * mean);
        break;
    case LAW_EXPONENTIAL:
        snprintf(p.text, sizeof p.text, "exponential(mean=%.6g)", mean);
        break;
    case LAW_LOGNORMAL:
        snprintf(p.text, sizeof p.text, "lognormal(mean=%.6g, cv=%g)", mean, cv);
        break;
    case LAW_GAMMA:
        snprintf(p.text, sizeof p.text, "gamma(mean=%.6g, cv=%g)", mean, cv);
        break;
    case LAW_WEIBULL:
        snprintf(p.text, sizeof p.text, "weibull(mean=%.6g, cv=%g)", mean, cv);
        break;
    case LAW_BETA:
        snprintf(p.text, sizeof p.text, "beta(low=0, high=%.6g, mean=%.6g, cv=0.4)",
                 2 * mean, mean);
        break;
    case LAW_EMPIRICAL:
        snprintf(p.text, sizeof p.text,
                 "empirical(quantiles=0 %.6g 0.2 %.6g 0.8 %.6g 1 %.6g)", 0.3 * mean,
                 0.9 * mean, 1.1 * mean, 1.7 * mean);
        break;
    case LAW_MIXTURE:
        snprintf(p.text, sizeof p.text,
                 "mixture(a=0.5*lognormal(p10=%.6g, p90=%.6g), b=%g*constant(mean=%.6g))",
                 0.41364 * mean, 1.75797 * mean, 0.25 * cv, mean);
        break;
    default: snprintf(p.text, sizeof p.text, "constant(mean=%.6g)", mean); break;
    }
    return p;
}

static void law_of(tb_scenario *s, struct random *r, const char *list, const char *item,
                   const char *member, double mean)
{
    text_of(s, list, item, member, law_around(r, mean).text);
}

/* Parts of a scenario ---------------------------------------------------------------- */

/* What the parts tell one another. */
struct outline {
    bool roles;    /* staff of two roles, "one" and "two" */
    int people[2]; /* in shifts, of each role */
    int wanted[2]; /* shifts a week that each role alone may fill */
    int shared;    /* shifts a week that anybody may fill */
    int always;    /* workers round the clock, of role "one" */
    bool night;
    int clients;
    double load; /* how much demand there is, 1 in the middle */
};

static const char *const role_words[] = {"one", "two", NULL};

static void horizon(tb_scenario *s, struct random *r)
{
    put_number(s, "horizon.weeks", random_count(r, 1, 4));
    if (random_chance(r, 0.5))
        put_number(s, "horizon.warmup_weeks", random_count(r, 1, 2));
}

static void shift(tb_scenario *s, struct random *r, struct outline *o, const char *name,
                  double starts)
{
    const int role = o->roles && random_chance(r, 0.5) ? random_count(r, 0, 1) : -1;
    const int weekdays = random_count(r, 0, 3), saturdays = random_count(r, 0, 2),
              sundays = random_count(r, 0, 2);
    const int shifts = 5 * weekdays + saturdays + sundays;

    number_of(s, "shifts", name, "starts", starts);
    number_of(s, "shifts", name, "minutes", 15 * random_count(r, 20, 38));
    number_of(s, "shifts", name, "weekdays", weekdays);
    number_of(s, "shifts", name, "saturdays", saturdays);
    number_of(s, "shifts", name, "sundays", sundays);
    maybe_of(s, r, "shifts", name, "meeting_share", 0.4, 0, 1);
    if (role >= 0)
        text_of(s, "shifts", name, "role", role_words[role]);
    *(role < 0 ? &o->shared : &o->wanted[role]) += shifts;
}

static void shifts(tb_scenario *s, struct random *r, struct outline *o)
{
    o->night = random_chance(r, 0.35);
    shift(s, r, o, "day", random_between(r, 400, 560));
    if (random_chance(r, 0.5))
        shift(s, r, o, "evening", random_between(r, 840, 960));
    if (o->night)
        shift(s, r, o, "night", random_between(r, 1260, 1430));
    if (random_chance(r, 0.2))
        shift(s, r, o, "noon", 720);
}

static void people(tb_scenario *s, struct random *r, struct outline *o)
{
    static const char *const names[] = {"first", "second"};
    const double each = random_between(r, 2, 6); /* shifts a week */
    const int roles = o->roles ? 2 : 1;

    for (int i = 0; i < roles; i++) {
        const double shifts = o->wanted[i] + (double)o->shared / roles;
        o->people[i] = shifts > 0 ? (int)ceil(shifts / each) : 0;
        if (!o->people[i] && i)
            continue;
        number_of(s, "staff", names[i], "count", o->people[i]);
        if (o->roles)
            text_of(s, "staff", names[i], "role", role_words[i]);
    }
    if (random_chance(r, o->people[0] + o->people[1] ? 0.25 : 1)) {
        o->always = random_count(r, 1, 3);
        number_of(s, "staff", "third", "count", o->always);
        text_of(s, "staff", "third", "roster", "always");
        if (o->roles)
            text_of(s, "staff", "third", "role", "one");
    }
}

static void duty(tb_scenario *s, struct random *r)
{
    maybe(s, r, "duty.break_minutes", 0.6, 1, 40);
    maybe(s, r, "duty.handover_minutes", 0.5, 1, 30);
    maybe(s, r, "duty.administration_minutes", 0.5, 1, 30);
    maybe(s, r, "duty.meeting_minutes_per_week", 0.4, 1, 60);
    maybe(s, r, "duty.development_from_minutes", 0.4, 5, 60);
    maybe(s, r, "duty.overtime_limit_minutes", 0.6, 0, 240);
    if (random_chance(r, 0.4))
        put(s, "duty.unfinished_records", "postpone");
}

static void absence(tb_scenario *s, struct random *r)
{
    if (random_chance(r, 0.3))
        return;
    put_number(s, "absence.days_between", exp(random_between(r, log(0.5), log(100))));
    put(s, "absence.spell_days",
        law_around(r, exp(random_between(r, log(0.05), log(8)))).text);
    maybe(s, r, "absence.fill", 0.6, 0, 1);
    maybe(s, r, "absence.temp_pace", 0.6, 0.7, 2);
}

static void client_group(tb_scenario *s, struct random *r, struct outline *o,
                         const char *name)
{
    const int count = random_count(r, 1, 16);
    const int role = o->roles ? random_count(r, -1, 1) : -1;

    number_of(s, "clients", name, "count", count);
    if (random_chance(r, 0.4))
        number_of(s, "clients", name, "agencies", random_count(r, 2, 5));
    law_of(s, r, "clients", name, "granted_hours", o->load * random_between(r, 0.3, 9));
    maybe_of(s, r, "clients", name, "granted_hours_limit", 0.4, 5, 60);
    law_of(s, r, "clients", name, "visit_minutes",
           random_chance(r, 0.1) ? random_between(r, 100, 700) : random_between(r, 5, 60));
    maybe_of(s, r, "clients", name, "two_carers", 0.4, 0, 1);
    law_of(s, r, "clients", name, "need_ratio", random_between(r, 0.5, 1.6));
    law_of(s, r, "clients", name, "need_variation", 1);
    if (role >= 0)
        text_of(s, "clients", name, "role", role_words[role]);
    o->clients += count;
}

static void windows(tb_scenario *s, struct random *r, const struct outline *o)
{
    const double starts = random_between(r, 360, 600), lasts = random_between(r, 60, 300);

    number_of(s, "windows", "morning", "opens", starts);
    number_of(s, "windows", "morning", "closes", starts + lasts);
    if (random_chance(r, 0.5)) {
        number_of(s, "windows", "midday", "opens", 690);
        number_of(s, "windows", "midday", "closes", random_between(r, 700, 900));
        number_of(s, "windows", "midday", "order", random_count(r, 1, 2));
    }
    if (random_chance(r, 0.3)) {
        number_of(s, "windows", "noon", "opens", 720);
        number_of(s, "windows", "noon", "closes", 780);
        number_of(s, "windows", "noon", "order", 2);
    }
    if ((o->night || o->always) && random_chance(r, 0.6)) {
        number_of(s, "windows", "night", "opens", random_between(r, 1300, 1430));
        number_of(s, "windows", "night", "closes", random_between(r, 1435, 1600));
    }
}

static void visits(tb_scenario *s, struct random *r)
{
    static const char *const rules[] = {"overtime", "hand_over", "postpone", "drop", NULL};
    static const char *const kinds[] = {"none", "law", "map", NULL};

    put(s, "visits.unfinished", pick(r, rules));
    if (random_chance(r, 0.3)) {
        static const char *const words[] = {"given", "moved", "skipped", NULL};

        number_of(s, "holidays", "first", "week", random_count(r, 1, 3));
        number_of(s, "holidays", "first", "weekday", random_count(r, 1, 7));
        number_of(s, "holidays", "second", "weekday", random_count(r, 1, 7));
        put(s, "visits.on_holidays", pick(r, words));
    }
    maybe(s, r, "visits.late_after_minutes", 0.4, 0, 60);
    maybe(s, r, "visits.pressure_from_minutes", 0.4, 0, 30);
    maybe(s, r, "visits.pressure_full_minutes", 0.4, 1, 120);
    maybe(s, r, "visits.pressure_shortening", 0.6, 0, 0.9);
    put(s, "travel.kind", pick(r, kinds));
    put(s, "travel.leg", law_around(r, random_between(r, 1, 15)).text);
    maybe(s, r, "travel.radius_minutes", 0.5, 1, 30);
    maybe(s, r, "travel.noise_cv", 0.5, 0.05, 1);
    if (random_chance(r, 0.35))
        put(s, "planning.mode", "given");
    maybe(s, r, "planning.travel", 0.3, 0, 8);
    maybe(s, r, "planning.lateness", 0.3, 0, 16);
    maybe(s, r, "planning.overtime", 0.3, 0, 64);
    maybe(s, r, "planning.continuity", 0.5, 1, 100);
    maybe(s, r, "planning.load", 0.3, 0, 2);
}

static void errors(tb_scenario *s, struct random *r)
{
    if (random_chance(r, 0.3))
        return;
    maybe(s, r, "errors.per_visit", 0.8, 0.001, 0.3);
    maybe(s, r, "errors.misuse_per_visit", 0.6, 0.001, 0.2);
    maybe(s, r, "errors.unfamiliar_factor", 0.6, 1, 5);
    maybe(s, r, "errors.familiar_days", 0.5, 1, 30);
    maybe(s, r, "errors.found_by_chance", 0.6, 0, 0.6);
}

/* Numbers with blanks between, each what `next` makes of it. */
static void series_of(tb_scenario *s, const char *item, const char *member, int count,
                      double (*next)(struct random *r, int i, int count), struct random *r)
{
    char *text = calloc((size_t)count + 1, 32);
    size_t length = 0;

    cr_assert(text);
    for (int i = 0; i < count; i++)
        length += (size_t)sprintf(text + length, "%s%.6g", i ? " " : "", next(r, i, count));
    text_of(s, "services", item, member, text);
    free(text);
}

static double factor(struct random *r, int i, int count)
{
    (void)i, (void)count;
    return random_chance(r, 0.3) ? 0 : random_between(r, 0.2, 2);
}

static double rising(struct random *r, int i, int count)
{
    return floor(10080.0 * (i + random_between(r, 0, 1)) / count);
}

static double work(struct random *r, int i, int count)
{
    (void)i, (void)count;
    return random_between(r, 0, 60);
}

/* Where its calls come from. */
static void arrivals(tb_scenario *s, struct random *r, const char *name, double minutes)
{
    static const int profiles[] = {24, 48, 168};
    const double kind = random_between(r, 0, 1);
    const int calls = random_count(r, 1, 128);

    if (kind < 0.08) {
        text_of(s, "services", name, "arrival", "endless");
    } else if (kind < 0.16) {
        text_of(s, "services", name, "arrival", "lull");
    } else if (kind < 0.3) {
        text_of(s, "services", name, "arrival", "finite");
        number_of(s, "services", name, "population", random_count(r, 1, 30));
        law_of(s, r, "services", name, "between_minutes",
               minutes * random_between(r, 2, 100));
    } else if (kind < 0.45) {
        text_of(s, "services", name, "arrival", "trace");
        series_of(s, name, "trace_minutes", calls, rising, r);
        if (random_chance(r, 0.5))
            series_of(s, name, "trace_work", calls, work, r);
    } else if (kind < 0.6) {
        series_of(s, name, "profile", profiles[random_count(r, 0, 2)], factor, r);
    }
}

/* NULL as long as nothing was said of it. */
static const struct service *service_called(const tb_scenario *s, const char *name)
{
    for (int i = 0; i < s->set.service_count; i++)
        if (!strcmp(name, s->set.services[i].name))
            return &s->set.services[i];
    return NULL;
}

/* No more than can be there at a time. */
static int at_most_all(const struct service *v, int calls)
{
    if (!v)
        return calls;
    if (v->room && calls > v->room)
        calls = v->room;
    return v->arrival == ARRIVAL_FINITE && calls > v->population ? v->population : calls;
}

/* Who waits how long, and where calls go. */
static void queueing(tb_scenario *s, struct random *r, const char *name)
{
    static const char *const assignments[] = {"longest_idle", "random", "first", NULL};
    static const char *const others[] = {"alarm", "errand", "talk", "watch", NULL};
    const char *other = pick(r, others);

    if (random_chance(r, 0.3))
        law_of(s, r, "services", name, "patience", random_between(r, 0.5, 90));
    if (random_chance(r, 0.3))
        number_of(s, "services", name, "room", random_count(r, 1, 20));
    if (random_chance(r, 0.2))
        number_of(s, "services", name, "starts_at",
                  at_most_all(service_called(s, name), random_count(r, 2, 6)));
    if (random_chance(r, 0.4))
        text_of(s, "services", name, "assignment", pick(r, assignments));
    maybe_of(s, r, "services", name, "wait_limit_minutes", 0.5, 1, 60);
    if (!random_chance(r, 0.35))
        return;
    for (int i = 0; i < s->set.service_count; i++)
        if (!strcmp(other, s->set.services[i].name)) {
            text_of(s, "services", name, "then", other);
            number_of(s, "services", name, "then_probability",
                      random_chance(r, 0.3) ? 1 : random_between(r, 0.05, 0.7));
        }
}

static void service(tb_scenario *s, struct random *r, const struct outline *o,
                    const char *name)
{
    const int role = o->roles ? random_count(r, -1, 1) : -1;
    const double minutes = random_chance(r, 0.1)
                               ? exp(random_between(r, log(100), log(3000)))
                               : random_between(r, 2, 40);
    const double people = o->people[0] + o->people[1] + 4 * o->always;

    arrivals(s, r, name, minutes);
    queueing(s, r, name);
    number_of(s, "services", name, "per_hour",
              o->load * random_between(r, 0.02, 0.2) * people * 10 / minutes);
    law_of(s, r, "services", name, "minutes", minutes);
    number_of(s, "services", name, "priority", random_count(r, 1, 9));
    text_of(s, "services", name, "interrupts", random_chance(r, 0.5) ? "true" : "false");
    text_of(s, "services", name, "interruptible", random_chance(r, 0.6) ? "true" : "false");
    text_of(s, "services", name, "travel", random_chance(r, 0.3) ? "true" : "false");
    maybe_of(s, r, "services", name, "resumption_minutes", 0.5, 0.5, 10);
    maybe_of(s, r, "services", name, "return_probability", 0.4, 0.01, 0.6);
    text_of(s, "services", name, "unfinished",
            random_chance(r, 0.5) ? "hand_over" : "overtime");
    if (role >= 0)
        text_of(s, "services", name, "role", role_words[role]);
}

static const char *const triggers[] = {"visit", "call",  "deviation", "incident", "shift",
                                       "week",  "month", "quarter",   "year",     NULL};

/* A trigger that the scenario can meet. */
static const char *trigger(const tb_scenario *s, struct random *r, const struct outline *o)
{
    for (;;) {
        const char *word = pick(r, triggers);

        if ((!strcmp(word, "visit") || !strcmp(word, "deviation")) && !o->clients)
            continue;
        if (!strcmp(word, "call") && !s->set.service_count)
            continue;
        return word;
    }
}

static void reading(tb_scenario *s, struct random *r, const char *name)
{
    static const char *const audited[] = {"nothing", "misuse", "errors", "both", NULL};

    maybe_of(s, r, "obligations", name, "read_probability", 0.5, 0.1, 1);
    maybe_of(s, r, "obligations", name, "read_minutes", 0.5, 0.1, 5);
    maybe_of(s, r, "obligations", name, "value", 0.6, 0.1, 1);
    maybe_of(s, r, "obligations", name, "lasts_days", 0.5, 1, 30);
    text_of(s, "obligations", name, "audited", pick(r, audited));
}

static void copies(tb_scenario *s, struct random *r, const char *name)
{
    static const char *const data[] = {"fact", "figure", NULL};

    if (random_chance(r, 0.4))
        text_of(s, "obligations", name, "datum", pick(r, data));
    if (random_chance(r, 0.4)) {
        number_of(s, "obligations", name, "receivers", random_count(r, 2, 6));
        maybe_of(s, r, "obligations", name, "reentry", 0.8, 0.1, 1);
    }
}

static void obligation(tb_scenario *s, struct random *r, const struct outline *o,
                       const char *name)
{
    static const char *const timings[] = {"at_once", "when_idle", "end_of_shift", NULL};
    static const char *const imposers[] = {"law",  "state",    "municipality",
                                           "unit", "receiver", NULL};
    static const char *const pers[] = {"worker", "client", "unit", NULL};
    static const char *const channels[] = {"oral", "either", NULL};
    const char *by = pick(r, imposers);
    const char *what = trigger(s, r, o), *when = pick(r, timings), *per = pick(r, pers);
    const bool with_client = !strcmp(what, "visit") || !strcmp(what, "call");

    text_of(s, "obligations", name, "trigger", what);
    text_of(s, "obligations", name, "per", !o->clients && *per == 'c' ? "unit" : per);
    if (!strcmp(what, "call") && random_chance(r, 0.5))
        text_of(s, "obligations", name, "service",
                s->set.services[random_count(r, 0, s->set.service_count - 1)].name);
    if (o->roles && random_chance(r, 0.4))
        text_of(s, "obligations", name, "role", "one");
    maybe_of(s, r, "obligations", name, "probability", 0.5, 0, 1);
    law_of(s, r, "obligations", name, "minutes", random_between(r, 0.5, 8));
    text_of(s, "obligations", name, "timing", when);
    maybe_of(s, r, "obligations", name, "deadline_hours", 0.5, 0, 48);
    maybe_of(s, r, "obligations", name, "delay_cost", 0.4, 0.01, 0.5);
    text_of(s, "obligations", name, "in_presence",
            with_client && !strcmp(when, "at_once") && random_chance(r, 0.5) ? "true"
                                                                             : "false");
    text_of(s, "obligations", name, "imposed_by", by);
    text_of(s, "obligations", name, "oral_allowed",
            *by == 'l' || random_chance(r, 0.2) ? "true" : "false");
    text_of(s, "obligations", name, "channel",
            random_chance(r, 0.6) ? "written" : pick(r, channels));
    if (random_chance(r, 0.3))
        text_of(s, "obligations", name, "citation", "a rule, section 1");
    copies(s, r, name);
    reading(s, r, name);
}

static void grants(tb_scenario *s, struct random *r)
{
    static const char *const grants[] = {"minutes", "block", "frame", NULL};

    put(s, "regime.grants.granularity", pick(r, grants));
    put_number(s, "regime.grants.binding", random_between(r, 0.2, 1));
    put_number(s, "regime.grants.tolerance_minutes", random_between(r, 0, 10));
    put_number(s, "regime.grants.fill", random_between(r, 0, 1));
}

static void control(tb_scenario *s, struct random *r)
{
    put_number(s, "regime.control.audits_per_month", random_between(r, 1, 12));
    put_number(s, "regime.control.audit_minutes", random_between(r, 1, 60));
    put_number(s, "regime.control.coverage", random_between(r, 0.05, 1));
    put_number(s, "regime.control.look_minutes", random_between(r, 0, 0.5));
    put_number(s, "regime.control.detection", random_between(r, 0.1, 1));
    put_number(s, "regime.control.record_review", random_between(r, 0, 1));
    put_number(s, "regime.control.deterrence", random_between(r, 0, 1));
    if (s->set.obligation_count % 2) /* no further number, so that scenarios stay as they are */
        put_number(s, "regime.control.review_minutes", 0.05 * s->set.obligation_count);
    put_number(s, "regime.control.inspection_minutes", random_between(r, 1, 30));
    put_number(s, "regime.control.distrust_gain", random_between(r, 0, 0.5));
    put_number(s, "regime.control.distrust_half_life_weeks", random_between(r, 0.5, 10));
}

static void discretion(tb_scenario *s, struct random *r)
{
    put_number(s, "regime.discretion.autonomy", random_between(r, 0.1, 1));
    put_number(s, "regime.discretion.time_cost", random_between(r, -0.3, 0.4));
    put_number(s, "regime.discretion.redistribution", random_between(r, 0, 1));
    put_number(s, "regime.discretion.error_effect", random_between(r, -0.8, 1));
}

static void teams(tb_scenario *s, struct random *r)
{
    put_number(s, "regime.teams.meeting_minutes", random_between(r, 1, 45));
    put_number(s, "regime.teams.pooling", random_between(r, 0.1, 0.99));
    put_number(s, "regime.teams.peer_support", random_between(r, -0.9, 0.9));
}

static void knowledge(tb_scenario *s, struct random *r)
{
    put_number(s, "regime.knowledge.acquaintance_gain", random_between(r, 0.1, 0.9));
    put_number(s, "regime.knowledge.acquaintance_half_life_days", random_between(r, 1, 30));
    put_number(s, "regime.knowledge.records_on_acquaintance", random_between(r, -1, 1));
    put_number(s, "regime.knowledge.unfamiliar_time", random_between(r, -0.2, 0.4));
    put_number(s, "regime.knowledge.competence", random_between(r, 0.2, 0.9));
    put_number(s, "regime.knowledge.competence_half_life_weeks", random_between(r, 2, 60));
    put_number(s, "regime.knowledge.training_minutes", random_between(r, 1, 30));
    put_number(s, "regime.knowledge.training_gain", random_between(r, 0, 0.99));
    put_number(s, "regime.knowledge.update_minutes", random_between(r, 1, 20));
    put_number(s, "regime.knowledge.update_gain", random_between(r, 0, 0.99));
    put_number(s, "regime.knowledge.update_half_life_weeks", random_between(r, 0.5, 9));
    put_number(s, "regime.knowledge.sparring_minutes", random_between(r, 1, 10));
    put_number(s, "regime.knowledge.sparring_gain", random_between(r, 0, 0.99));
    put_number(s, "regime.knowledge.sparring_errors", random_between(r, -0.9, 1));
    put_number(s, "regime.knowledge.unskilled_time", random_between(r, -0.2, 0.4));
    put_number(s, "regime.knowledge.unskilled_errors", random_between(r, -0.5, 2));
}

static void dialogue(tb_scenario *s, struct random *r)
{
    put_number(s, "regime.dialogue.minutes_per_shift", random_between(r, 1, 20));
    put_number(s, "regime.dialogue.oral_share", random_between(r, 0.1, 0.9));
    put_number(s, "regime.dialogue.oral_pace", random_between(r, 0.2, 2));
    put_number(s, "regime.dialogue.handover_loss", random_between(r, 0.1, 1));
    put_number(s, "regime.dialogue.handover_saved", random_between(r, 0.05, 0.9));
    put_number(s, "regime.dialogue.handover_errors", random_between(r, -0.5, 2));
    put_number(s, "regime.dialogue.codesign_minutes", random_between(r, 1, 30));
    put_number(s, "regime.dialogue.coordination_minutes", random_between(r, 1, 15));
    put_number(s, "regime.dialogue.coordination_saved", random_between(r, 0.05, 0.9));
    put_number(s, "regime.dialogue.clash_probability", random_between(r, 0.01, 0.3));
    put_number(s, "regime.dialogue.clash_minutes", random_between(r, 0, 10));
}

/* What talks make of a client's needs. */
static void feedback_on_needs(tb_scenario *s, struct random *r)
{
    static const char *const periods[] = {"month", "quarter", "year", NULL};

    put_number(s, "regime.dialogue.codesign_effect", random_between(r, -0.8, 0.8));
    put(s, "regime.dialogue.codesign_every", pick(r, periods));
}

static void strain(tb_scenario *s, struct random *r)
{
    put_number(s, "regime.wellbeing.overtime_on_strain", random_between(r, 0, 8));
    put_number(s, "regime.wellbeing.pressure_on_strain", random_between(r, 0, 8));
    put_number(s, "regime.wellbeing.records_on_strain", random_between(r, 0, 8));
    put_number(s, "regime.wellbeing.strain_half_life_weeks", random_between(r, 0.2, 8));
}

static void feedback_on_absence(tb_scenario *s, struct random *r)
{
    put_number(s, "regime.wellbeing.strain_on_absence", random_between(r, -3, 5));
    put_number(s, "regime.wellbeing.autonomy_on_absence", random_between(r, -0.8, 1));
    put_number(s, "regime.wellbeing.meetings_on_absence", random_between(r, -0.5, 1));
}

void random_regime(tb_scenario *s, uint64_t number, bool wellbeing)
{
    struct random r = {~number};

    grants(s, &r);
    put_number(s, "regime.records.interoperability", random_between(&r, 0.1, 1));
    put_number(s, "regime.records.detail", random_between(&r, 0.3, 2));
    control(s, &r);
    discretion(s, &r);
    teams(s, &r);
    knowledge(s, &r);
    dialogue(s, &r);
    strain(s, &r);
    if (wellbeing) {
        feedback_on_absence(s, &r);
        feedback_on_needs(s, &r);
    }
}

static void regime(tb_scenario *s, struct random *r)
{
    if (random_chance(r, 0.6))
        grants(s, r);
    maybe(s, r, "regime.records.interoperability", 0.5, 0.1, 1);
    maybe(s, r, "regime.records.detail", 0.4, 0.3, 2);
    if (random_chance(r, 0.5))
        control(s, r);
    if (random_chance(r, 0.5))
        discretion(s, r);
    if (random_chance(r, 0.5))
        teams(s, r);
    if (random_chance(r, 0.4))
        knowledge(s, r);
    if (random_chance(r, 0.5))
        dialogue(s, r);
    if (random_chance(r, 0.3))
        feedback_on_needs(s, r);
    if (random_chance(r, 0.5))
        strain(s, r);
    if (random_chance(r, 0.4))
        feedback_on_absence(s, r);
}

/* Duties that are no writing, from numbers of their own. */
static void other_books(tb_scenario *s, uint64_t number)
{
    static const char *const books[] = {"indirect", "administration", "development",
                                        "dialogue", NULL};
    struct random r = {number ^ UINT64_C(0x7a3d9e15c8b24f61)};

    for (int i = 0; i < s->set.obligation_count; i++)
        if (random_chance(&r, 0.25))
            put(s, of("obligations", s->set.obligations[i].name, "books").text,
                pick(&r, books));
}

/* Clients who are many, timetables, and times that are fixed, from numbers of their own. */
static void timetables(tb_scenario *s, uint64_t number, const struct outline *o)
{
    struct random r = {number ^ UINT64_C(0x1c69b3f74ae5d208)};

    for (int i = 0; i < s->set.client_group_count; i++) {
        const char *group = s->set.clients[i].name;

        if (random_chance(&r, 0.4))
            number_of(s, "clients", group, "people", random_count(&r, 2, 30));
        if (random_chance(&r, 0.3))
            text_of(s, "clients", group, "days", "weekdays");
        if (o->roles && random_chance(&r, 0.4))
            text_of(s, "clients", group, "substitute", s->set.staff[0].role);
    }
    for (int i = 0; i < s->set.obligation_count && o->clients; i++)
        if (random_chance(&r, 0.2))
            text_of(s, "obligations", s->set.obligations[i].name, "per", "person");
    if (!o->clients || !random_chance(&r, 0.25))
        return;
    put(s, "planning.mode", "timetable");
    for (int i = 0; i < s->set.window_count; i++) {
        struct window *w = &s->set.windows[i];
        const double closes = w->closes;

        if (random_chance(&r, 0.5))
            w->closes = w->opens;
        if (tb_scenario_check(s, NULL, NULL))
            w->closes = closes; /* nobody is on duty as early as that */
    }
}

/* Crews, kinds of vehicles and trips draw from numbers of their own, too. Round the clock works nobody
 * in a crew. */
static void crews(tb_scenario *s, uint64_t number)
{
    static const char *const groups[] = {"first", "second", "third"};
    struct random r = {number ^ UINT64_C(0x2545f4914f6cdd1d)};

    if (random_chance(&r, 0.6))
        return;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        tb_value there;

        if (tb_scenario_get(s, of("staff", groups[i], "crew").text, &there, NULL))
            continue;
        if (i < 2 && random_chance(&r, 0.6)) {
            number_of(s, "staff", groups[i], "crew", random_count(&r, 2, 4));
            number_of(s, "staff", groups[i], "short_pace", random_between(&r, 1.01, 1.6));
        }
        if (random_chance(&r, 0.4))
            number_of(s, "staff", groups[i], "pace", random_between(&r, 0.6, 1.5));
        if (random_chance(&r, 0.4)) {
            number_of(s, "staff", groups[i], "visits_per_trip", random_count(&r, 1, 9));
            number_of(s, "staff", groups[i], "unload_minutes", random_between(&r, 1, 30));
        }
    }
}

/* Whom an obligation is about, from numbers of its own, where clients can call for it. */
static void groups(tb_scenario *s, uint64_t number)
{
    struct random r = {number ^ UINT64_C(0x3f84d5b5b5470917)};

    for (int i = 0; i < s->set.obligation_count && s->set.client_group_count; i++) {
        const int group = random_count(&r, 0, s->set.client_group_count - 1);

        if (!random_chance(&r, 0.2))
            continue;
        text_of(s, "obligations", s->set.obligations[i].name, "of",
                s->set.clients[group].name);
        if (tb_scenario_check(s, NULL, NULL))
            text_of(s, "obligations", s->set.obligations[i].name, "of", "");
    }
}

/* Breaks one after the other, from numbers of their own. */
static void breaks(tb_scenario *s, uint64_t number)
{
    struct random r = {number ^ UINT64_C(0x6a09e667f3bcc909)};

    maybe(s, &r, "duty.break_spread_minutes", 0.3, 5, 240);
}

/* Prices move nothing that happens: they draw from numbers of their own. */
static void prices(tb_scenario *s, uint64_t number)
{
    static const char *const groups[] = {"first", "second", "third"};
    struct random r = {number ^ UINT64_C(0x5bd1e995a3c59ac3)};

    if (random_chance(&r, 0.3))
        return;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        const struct path wage = of("staff", groups[i], "wage");
        tb_value there;

        if (!tb_scenario_get(s, wage.text, &there, NULL))
            put_number(s, wage.text, random_between(&r, 100, 500));
    }
    put(s, "money.currency", random_chance(&r, 0.5) ? "NOK" : "SEK");
    put_number(s, "money.price_year", random_count(&r, 2000, 2030));
    maybe(s, &r, "money.on_costs", 0.7, 0.05, 0.8);
    maybe(s, &r, "money.overtime_supplement", 0.7, 0.1, 1);
    maybe(s, &r, "money.temp_factor", 0.7, 0.8, 3);
    maybe(s, &r, "money.absence_pay", 0.7, 0.1, 1);
    maybe(s, &r, "money.overhead", 0.7, 0.1, 1);
    maybe(s, &r, "money.full_time_hours", 0.5, 30, 42);
    maybe(s, &r, "money.full_time_weeks", 0.5, 40, 52);
}

/* What chance alone would make too seldom, from numbers of its own: visits due about when a shift ends,
 * nights of temps. */
static void edges(tb_scenario *s, uint64_t number, const struct outline *o)
{
    struct random r = {number ^ UINT64_C(0x9f3c1b6ad07e5824)};

    if (o->clients && random_chance(&r, 0.3)) {
        const double opens = random_between(&r, 700, 1300);

        number_of(s, "windows", "dusk", "opens", opens);
        number_of(s, "windows", "dusk", "closes", opens + random_between(&r, 30, 200));
        put(s, "absence.days_between", "3");
        put(s, "visits.unfinished", "overtime");
        put(s, "duty.overtime_limit_minutes", "300");
    }
    if (o->night && random_chance(&r, 0.5)) {
        put_number(s, "absence.days_between", random_between(&r, 0.5, 4));
        put_number(s, "absence.fill", random_between(&r, 0.7, 1));
    }
}

/* Forms that were cut, from numbers of their own. */
static void cut_forms(tb_scenario *s, uint64_t number)
{
    struct random r = {number ^ UINT64_C(0x2545f4914f6cdd1d)};

    for (int i = 0; i < s->set.obligation_count; i++)
        if (random_chance(&r, 0.3))
            put_number(s, of("obligations", s->set.obligations[i].name, "detail").text,
                       random_between(&r, 0, 1));
}

/* What else the work of services is, from numbers of its own. */
static void other_work(tb_scenario *s, uint64_t number)
{
    static const char *const books[] = {"care",        "indirect", "administration",
                                        "meetings",    "training", "dialogue",
                                        "development", NULL};
    struct random r = {number ^ UINT64_C(0x6a09e667f3bcc909)};

    for (int i = 0; i < s->set.service_count; i++)
        if (random_chance(&r, 0.4))
            text_of(s, "services", s->set.services[i].name, "books", pick(&r, books));
}

/* Follow-ups, from numbers of their own. */
static void follow_ups(tb_scenario *s, uint64_t number)
{
    struct random r = {number ^ UINT64_C(0x7c3a9d2e51b8f046)};

    for (int i = 0; i < s->set.service_count; i++)
        if (random_chance(&r, 0.3))
            law_of(s, &r, "services", s->set.services[i].name, "then_after_minutes",
                   exp(random_between(&r, log(1), log(6000))));
}

static double people_present(struct random *r, int i, int count)
{
    (void)i, (void)count;
    return random_chance(r, 0.3) ? 0 : random_between(r, 0.1, 9);
}

static double many_from_thursday(struct random *r, int i, int count)
{
    (void)r, (void)count;
    return i < 72 ? 0 : 60;
}

/* Cover, from numbers of its own: so many who are there, from whom more urgent calls may take. */
static void cover(tb_scenario *s, uint64_t number, const struct outline *o)
{
    static const char *const names[] = {"presence", "guard"};
    static const int lengths[] = {24, 48, 168, 336};
    struct random r = {number ^ UINT64_C(0x7d3a59c1e84b2f06)};

    for (int i = 0; i < 2 && random_chance(&r, 0.3); i++) {
        const char *name = names[i];
        const int role = o->roles ? random_count(&r, -1, 1) : -1;

        text_of(s, "services", name, "arrival", "cover");
        series_of(s, name, "present", lengths[random_count(&r, 0, 3)], people_present, &r);
        number_of(s, "services", name, "each", random_between(&r, 1.5, 6));
        number_of(s, "services", name, "priority", random_count(&r, 1, 9));
        text_of(s, "services", name, "interruptible",
                random_chance(&r, 0.7) ? "true" : "false");
        text_of(s, "services", name, "interrupts",
                random_chance(&r, 0.4) ? "true" : "false");
        if (random_chance(&r, 0.15))
            text_of(s, "services", name, "books", "indirect");
        text_of(s, "services", name, "others_join",
                random_chance(&r, 0.4) ? "true" : "false");
        text_of(s, "services", name, "unfinished",
                random_chance(&r, 0.4) ? "hand_over" : "overtime");
        if (role >= 0)
            text_of(s, "services", name, "role", role_words[role]);
    }
}

/* Calls for somebody in particular, and records that they interrupt, from numbers of its own. */
static void interruption(tb_scenario *s, uint64_t number)
{
    struct random r = {number ^ UINT64_C(0x3c6ef372fe94f82b)};

    for (int i = 0; i < s->set.service_count; i++)
        if (random_chance(&r, 0.3) && s->set.services[i].arrival != ARRIVAL_COVER)
            text_of(s, "services", s->set.services[i].name, "assignment", "anybody");
    for (int i = 0; i < s->set.obligation_count; i++)
        if (random_chance(&r, 0.5))
            text_of(s, "obligations", s->set.obligations[i].name, "interruptible", "true");
}

/* Clients who come and go, and work that follows them, from numbers of its own. */
static void turnover(tb_scenario *s, uint64_t number)
{
    static const char *const follows[] = {"clients", "rounds", "admission", "discharge",
                                          NULL};
    struct random r = {number ^ UINT64_C(0xbb67ae8584caa73b)};
    const int groups = s->set.client_group_count;

    for (int i = 0; i < groups; i++) {
        const char *name = s->set.clients[i].name;

        if (random_chance(&r, 0.5))
            continue;
        law_of(s, &r, "clients", name, "stay_days", exp(random_between(&r, -1, 3)));
        if (random_chance(&r, 0.6))
            law_of(s, &r, "clients", name, "vacant_days", exp(random_between(&r, -2, 2)));
    }
    for (int i = 0; i < s->set.service_count && groups; i++) {
        const char *name = s->set.services[i].name, *arrival = pick(&r, follows);
        const int group = random_count(&r, 0, groups - 1);

        if (random_chance(&r, 0.6) || s->set.services[i].starts_at > 1 ||
            s->set.services[i].arrival == ARRIVAL_COVER)
            continue;
        text_of(s, "services", name, "arrival", arrival);
        text_of(s, "services", name, "of", s->set.clients[group].name);
        if (*arrival == 'c')
            number_of(s, "services", name, "per_hour",
                      s->set.services[i].per_hour / (1 + s->set.clients[group].count));
        if (*arrival == 'r')
            series_of(s, name, "trace_minutes", random_count(&r, 1, 40), rising, &r);
        if (*arrival == 'r' && random_chance(&r, 0.4))
            series_of(s, name, "trace_work", s->set.services[i].trace_minutes.count, work,
                      &r);
    }
}

/* Appointments, from numbers of their own: to some nobody comes, some are rare, and what is written when
 * nobody comes. */
static void appointments(tb_scenario *s, uint64_t number, const struct outline *o)
{
    struct random r = {number ^ UINT64_C(0x1f83d9abfb41bd6b)};

    for (int i = 0; i < s->set.client_group_count; i++) {
        const char *group = s->set.clients[i].name;

        if (random_chance(&r, 0.4)) {
            number_of(s, "clients", group, "no_show", random_between(&r, 0.02, 0.5));
            maybe_of(s, &r, "clients", group, "no_show_minutes", 0.7, 1, 30);
        }
        if (random_chance(&r, 0.1)) {
            number_of(s, "clients", group, "rarest_weeks", random_count(&r, 8, 40));
            law_of(s, &r, "clients", group, "granted_hours", random_between(&r, 0.02, 0.3));
        }
    }
    for (int i = 0; i < s->set.obligation_count; i++)
        if (o->clients && !s->set.obligations[i].in_presence &&
            !*s->set.obligations[i].service && random_chance(&r, 0.1))
            text_of(s, "obligations", s->set.obligations[i].name, "trigger", "no_show");
}

/* What records take of citizens, from numbers of its own. */
static void own_paperwork(tb_scenario *s, uint64_t number)
{
    struct random r = {number ^ UINT64_C(0x5be0cd19137e2179)};

    for (int i = 0; i < s->set.obligation_count; i++)
        if (random_chance(&r, 0.3))
            law_of(s, &r, "obligations", s->set.obligations[i].name, "citizen_minutes",
                   random_between(&r, 1, 90));
}

/* One datum in two records of a visit that are owed, at which control looks; from numbers of its own. */
static void shared_data(tb_scenario *s, uint64_t number, const struct outline *o)
{
    struct random r = {number ^ UINT64_C(0x428a2f98d728ae22)};

    if (!o->clients || s->set.obligation_count < 2 || *s->set.obligations[0].service ||
        *s->set.obligations[1].service || !random_chance(&r, 0.1))
        return;
    for (int i = 0; i < 2; i++) {
        const char *name = s->set.obligations[i].name;

        text_of(s, "obligations", name, "in_presence", "false");
        text_of(s, "obligations", name, "trigger", "visit");
        text_of(s, "obligations", name, "timing", i ? "end_of_shift" : "when_idle");
        text_of(s, "obligations", name, "datum", "fact");
        text_of(s, "obligations", name, "audited", "both");
    }
    control(s, &r);
    put_number(s, "regime.records.interoperability", random_between(&r, 0.3, 1));
    put_number(s, "errors.per_visit", random_between(&r, 0.01, 0.3));
}

/* Whoever works round the clock is wanted when the break of the week is due, and has nobody to relieve
 * her; from numbers of its own. */
static void no_rest(tb_scenario *s, uint64_t number, const struct outline *o)
{
    struct random r = {number ^ UINT64_C(0x71374491ec4d65cd)};

    if (!o->always || !random_chance(&r, 0.08))
        return;
    text_of(s, "services", "guard", "arrival", "cover");
    series_of(s, "guard", "present", 168, many_from_thursday, &r);
    number_of(s, "services", "guard", "each", 1);
    put_number(s, "duty.break_minutes", random_between(&r, 5, 40));
}

/* Demand and what is written about it. */
static void demand(tb_scenario *s, struct random *r, struct outline *o)
{
    static const char *const services[] = {"alarm", "errand", "talk", "watch"};
    static const char *const duties[] = {"journal", "plan",   "report", "notice",
                                         "count",   "survey", "letter", "list"};
    int n = random_count(r, 0, 2);

    if (random_chance(r, 0.75))
        client_group(s, r, o, "old");
    if (o->clients && random_chance(r, 0.3))
        client_group(s, r, o, "young");
    if (o->clients)
        windows(s, r, o);
    visits(s, r);
    errors(s, r);
    if (!o->clients)
        n = random_count(r, 1, 4);
    for (int i = 0; i < n; i++)
        service(s, r, o, services[i]);
    n = random_count(r, 0, 8);
    for (int i = 0; i < n; i++)
        obligation(s, r, o, duties[i]);
}

tb_scenario *random_scenario(uint64_t number)
{
    struct random r = {number * UINT64_C(0xd1342543de82ef95)};

    for (;;) {
        struct outline o = {.load = exp(random_between(&r, -1, 1.2))};
        tb_scenario *s = NULL;

        cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
        o.roles = random_chance(&r, 0.4);
        horizon(s, &r);
        shifts(s, &r, &o);
        people(s, &r, &o);
        duty(s, &r);
        absence(s, &r);
        demand(s, &r, &o);
        regime(s, &r);
        other_books(s, number);
        timetables(s, number, &o);
        prices(s, number);
        crews(s, number);
        edges(s, number, &o);
        cut_forms(s, number);
        other_work(s, number);
        follow_ups(s, number);
        cover(s, number, &o);
        turnover(s, number);
        interruption(s, number);
        appointments(s, number, &o);
        own_paperwork(s, number);
        shared_data(s, number, &o);
        no_rest(s, number, &o);
        groups(s, number);
        breaks(s, number);
        if (!tb_scenario_check(s, NULL, NULL))
            return s;
        tb_scenario_free(s); /* say, a window in which nobody is on duty */
    }
}

/* Coverage --------------------------------------------------------------------------- */

enum { SEEN_ROOM = 1 << 12, KEY_SIZE = TB_PATH_SIZE + 64 };

struct coverage {
    uint64_t seen[SEEN_ROOM]; /* hashes of keys, open addressing, 0 is free */
    char gap[KEY_SIZE];
};

struct coverage *coverage_new(void)
{
    struct coverage *c = calloc(1, sizeof *c);

    cr_assert(c);
    return c;
}

void coverage_free(struct coverage *c)
{
    free(c);
}

static uint64_t hash_of(const char *key)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a */

    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * UINT64_C(0x100000001b3);
    return hash | 1;
}

/* Where a key stands, or the free cell where it belongs. */
static uint64_t *cell_of(struct coverage *c, const char *key)
{
    const uint64_t hash = hash_of(key);
    uint64_t at = hash % SEEN_ROOM;

    while (c->seen[at] && c->seen[at] != hash)
        at = (at + 1) % SEEN_ROOM;
    return &c->seen[at];
}

static bool is_list(const char *path)
{
    static const char *const lists[] = {"staff.",   "shifts.",   "clients.",
                                        "windows.", "services.", "obligations."};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (!strncmp(path, lists[i], strlen(lists[i])))
            return true;
    return false;
}

/* "shifts.day.starts" and a word become "shifts.*.starts = word". */
static void key_of(const char *path, const char *word, char out[KEY_SIZE])
{
    if (is_list(path)) {
        const char *item = strchr(path, '.') + 1, *member = strchr(item, '.');
        snprintf(out, KEY_SIZE, "%.*s*%s = %s", (int)(item - path), path, member, word);
    } else {
        snprintf(out, KEY_SIZE, "%s = %s", path, word);
    }
}

/* What a value counts as: a word of a choice, a flag's state, or whether it was set. */
static const char *word_of(const tb_value *v)
{
    if (v->kind == TB_CHOICE || v->kind == TB_FLAG)
        return v->text;
    return v->is_default ? "default" : "set";
}

static int see(const tb_value *v, void *data)
{
    char key[KEY_SIZE];

    key_of(v->path, word_of(v), key);
    *cell_of(data, key) = hash_of(key);
    return 0;
}

void coverage_add(struct coverage *c, const tb_scenario *s)
{
    tb_scenario_walk(s, see, c);
}

static int misses(struct coverage *c, const char *path, const char *word)
{
    key_of(path, word, c->gap);
    return !*cell_of(c, c->gap);
}

static int look(const tb_value *v, void *data)
{
    struct coverage *c = data;
    const char *last = strrchr(v->path, '.') + 1;

    if (v->kind == TB_CHOICE) {
        for (int i = 0; v->choices[i]; i++)
            if (misses(c, v->path, v->choices[i]))
                return 1;
        return 0;
    }
    if (v->kind == TB_FLAG)
        return misses(c, v->path, "true") || misses(c, v->path, "false");
    /* parameters of laws come and go with the kind, which was looked at */
    for (int part = 0; part < 6; part++) {
        static const char *const parts[] = {"mean", "median", "cv",
                                            "low",  "mode",   "high"};
        if (!strcmp(last, parts[part]))
            return 0;
    }
    return misses(c, v->path, "set");
}

const char *coverage_gap(struct coverage *c)
{
    static const char *const items[] = {"staff.x",   "shifts.x",   "clients.x",
                                        "windows.x", "services.x", "obligations.x"};
    tb_scenario *s = NULL;
    int gap;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        cr_assert_eq(tb_scenario_add(s, items[i], NULL), TB_OK);
    gap = tb_scenario_walk(s, look, c);
    tb_scenario_free(s);
    return gap ? c->gap : NULL;
}
