/* Bad numbers: whatever stands where a number is expected, there is a named error, a named fault or
 * a finished run. Every numeric value of every record of two units that hold one of everything, and
 * every parameter of every kind of law, takes not-a-number, infinities, the ends of the doubles, its
 * own bounds, and the first number outside them. Then many values are extreme together. */
#include <criterion/criterion.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "tidsbruk/tidsbruk.h"

enum { SECONDS = 10, MOST_VALUES = 2000 };

/* Units ---------------------------------------------------------------------------------- */

/* Planned clients by law of travel, calls that interrupt and return, records of every trigger and
 * timing, every mechanism. */
static const char *const by_law[][2] = {
    {"horizon.weeks", "1"},
    {"horizon.warmup_weeks", "1"},
    {"staff.nurses.role", "nurse"},
    {"staff.nurses.count", "3"},
    {"staff.helpers.role", "helper"},
    {"staff.helpers.count", "6"},
    {"staff.night.roster", "always"},
    {"staff.night.count", "1"},
    {"shifts.day.starts", "450"},
    {"shifts.day.weekdays", "3"},
    {"shifts.day.saturdays", "1"},
    {"shifts.day.sundays", "1"},
    {"shifts.evening.starts", "900"},
    {"shifts.evening.role", "nurse"},
    {"shifts.evening.weekdays", "1"},
    {"holidays.may_1.week", "1"},
    {"holidays.may_1.weekday", "2"},
    {"visits.on_holidays", "moved"},
    {"duty.break_minutes", "30"},
    {"duty.handover_minutes", "10"},
    {"duty.administration_minutes", "10"},
    {"duty.meeting_minutes_per_week", "20"},
    {"duty.development_from_minutes", "20"},
    {"absence.days_between", "20"},
    {"absence.spell_days", "lognormal(mean=4, cv=1.5)"},
    {"absence.fill", "0.5"},
    {"absence.temp_pace", "1.2"},
    {"clients.old.role", "helper"},
    {"clients.old.count", "20"},
    {"clients.old.granted_hours", "lognormal(median=2, cv=1)"},
    {"clients.old.visit_minutes", "gamma(mean=30, cv=0.4)"},
    {"clients.old.two_carers", "0.1"},
    {"clients.old.need_ratio", "weibull(mean=1.1, cv=0.3)"},
    {"clients.old.need_variation", "gamma(mean=1, cv=0.3)"},
    {"windows.morning.opens", "480"},
    {"windows.morning.closes", "600"},
    {"windows.evening.opens", "960"},
    {"windows.evening.closes", "1140"},
    {"windows.evening.order", "2"},
    {"visits.unfinished", "hand_over"},
    {"visits.pressure_shortening", "0.3"},
    {"travel.kind", "law"},
    {"travel.leg", "triangular(low=1, mode=4, high=12)"},
    {"planning.continuity", "5"},
    {"errors.per_visit", "0.02"},
    {"errors.misuse_per_visit", "0.01"},
    {"errors.unfamiliar_factor", "2"},
    {"errors.found_by_chance", "0.1"},
    {"services.alarm.role", "nurse"},
    {"services.alarm.per_hour", "0.5"},
    {"services.alarm.minutes", "exponential(mean=12)"},
    {"services.alarm.priority", "1"},
    {"services.alarm.interrupts", "true"},
    {"services.alarm.travel", "true"},
    {"services.phone.per_hour", "1"},
    {"services.phone.minutes", "beta(low=1, high=30, mean=8, cv=0.5)"},
    {"services.phone.priority", "7"},
    {"services.phone.interruptible", "true"},
    {"services.phone.resumption_minutes", "2"},
    {"services.phone.return_probability", "0.2"},
    {"services.phone.unfinished", "hand_over"},
    {"obligations.journal.minutes", "lognormal(mean=4, cv=0.5)"},
    {"obligations.journal.receivers", "3"},
    {"obligations.journal.reentry", "0.2"},
    {"obligations.journal.datum", "visit"},
    {"obligations.journal.audited", "both"},
    {"obligations.journal.read_probability", "0.5"},
    {"obligations.journal.read_minutes", "2"},
    {"obligations.journal.value", "0.3"},
    {"obligations.tick.minutes", "1"},
    {"obligations.tick.datum", "visit"},
    {"obligations.tick.in_presence", "true"},
    {"obligations.alarm_note.trigger", "call"},
    {"obligations.alarm_note.service", "alarm"},
    {"obligations.alarm_note.timing", "when_idle"},
    {"obligations.alarm_note.minutes", "uniform(low=1, high=6)"},
    {"obligations.alarm_note.delay_cost", "0.1"},
    {"obligations.why.trigger", "deviation"},
    {"obligations.why.timing", "end_of_shift"},
    {"obligations.why.minutes", "3"},
    {"obligations.harm.trigger", "incident"},
    {"obligations.harm.role", "nurse"},
    {"obligations.harm.minutes", "30"},
    {"obligations.log.trigger", "shift"},
    {"obligations.log.channel", "oral"},
    {"obligations.log.minutes", "5"},
    {"obligations.plan.trigger", "month"},
    {"obligations.plan.per", "client"},
    {"obligations.plan.minutes", "gamma(median=20, cv=0.5)"},
    {"obligations.week.trigger", "week"},
    {"obligations.week.minutes", "10"},
    {"obligations.year.trigger", "year"},
    {"obligations.year.per", "unit"},
    {"obligations.year.minutes", "60"},
    {"regime.grants.granularity", "minutes"},
    {"regime.grants.binding", "0.7"},
    {"regime.grants.tolerance_minutes", "5"},
    {"regime.grants.fill", "0.3"},
    {"regime.records.interoperability", "0.3"},
    {"regime.records.detail", "1.5"},
    {"regime.control.audits_per_month", "4"},
    {"regime.control.audit_minutes", "60"},
    {"regime.control.coverage", "0.1"},
    {"regime.control.detection", "0.5"},
    {"regime.control.record_review", "0.1"},
    {"regime.control.deterrence", "0.5"},
    {"regime.control.inspection_minutes", "60"},
    {"regime.control.distrust_gain", "0.5"},
    {"regime.discretion.autonomy", "0.5"},
    {"regime.discretion.time_cost", "0.1"},
    {"regime.discretion.redistribution", "0.5"},
    {"regime.discretion.error_effect", "-0.1"},
    {"regime.teams.meeting_minutes", "10"},
    {"regime.dialogue.minutes_per_shift", "10"},
    {"regime.teams.pooling", "0.3"},
    {"regime.teams.peer_support", "0.2"},
    {"regime.wellbeing.records_on_strain", "1"},
    {"regime.wellbeing.strain_on_absence", "0.5"},
    {"regime.wellbeing.autonomy_on_absence", "-0.1"},
    {"regime.wellbeing.meetings_on_absence", "-0.1"},
};

/* What changes in the second unit: places on a map, frames, endless work, visits that move. */
static const char *const by_map[][2] = {
    {"travel.kind", "map"},
    {"travel.noise_cv", "0.3"},
    {"clients.young.count", "5"},
    {"clients.young.granted_hours", "exponential(mean=3)"},
    {"clients.young.granted_hours_limit", "10"},
    {"regime.grants.granularity", "frame"},
    {"services.papers.arrival", "endless"},
    {"services.papers.minutes", "7"},
    {"services.papers.priority", "9"},
    {"services.papers.interruptible", "true"},
    {"visits.unfinished", "postpone"},
    {"duty.unfinished_records", "postpone"},
};

static void put(tb_scenario *s, const char *path, const char *value)
{
    const size_t list = strcspn(path, ".") + 1, item = list + strcspn(path + list, ".");
    char name[TB_PATH_SIZE];
    tb_error err = {0};

    snprintf(name, sizeof name, "%.*s", (int)item, path);
    tb_scenario_add(s, name, NULL); /* fails where it is no list, which the next line knows */
    cr_assert_eq(tb_scenario_set(s, path, value, &err), TB_OK, "%s", err.message);
}

static void complain(const char *path, const char *message, void *data)
{
    cr_expect_fail("%s: %s: %s", (const char *)data, path, message);
}

static tb_scenario *unit(int with_map)
{
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    for (size_t i = 0; i < sizeof by_law / sizeof *by_law; i++)
        put(s, by_law[i][0], by_law[i][1]);
    for (size_t i = 0; with_map && i < sizeof by_map / sizeof *by_map; i++)
        put(s, by_map[i][0], by_map[i][1]);
    cr_assert_eq(tb_scenario_check(s, complain, (void *)"unit"), 0);
    return s;
}

struct values {
    tb_value value[MOST_VALUES];
    int count;
};

static int keep(const tb_value *value, void *data)
{
    struct values *all = data;

    cr_assert_lt(all->count, MOST_VALUES);
    all->value[all->count++] = *value;
    return 0;
}

static struct values *values_of(const tb_scenario *s)
{
    struct values *all = calloc(1, sizeof *all);

    cr_assert(all);
    tb_scenario_walk(s, keep, all);
    return all;
}

static int is_number(const tb_value *v)
{
    return v->kind == TB_REAL || v->kind == TB_COUNT;
}

/* A case ---------------------------------------------------------------------------------- */

static struct {
    char text[2 * TB_PATH_SIZE + TB_VALUE_SIZE]; /* what is tried now */
    size_t length;
    int refused, faulty, limited, finished;
} the;

/* Too slow: the process ends here, since nobody can say whether the run ever would. */
static void on_alarm(int number)
{
    static const char words[] = "not done in time: ";

    (void)number;
    if (write(STDERR_FILENO, words, sizeof words - 1) < 0 ||
        write(STDERR_FILENO, the.text, the.length) < 0 || write(STDERR_FILENO, "\n", 1) < 0)
        _exit(2);
    _exit(1);
}

/* Time of this process: that of others does not count. */
static void set_alarm(int seconds)
{
    const struct itimerval t = {.it_value.tv_sec = seconds};

    setitimer(ITIMER_PROF, &t, NULL);
}

static void begin(const char *path, const char *value)
{
    struct sigaction action = {.sa_handler = on_alarm};

    sigaction(SIGPROF, &action, NULL);
    snprintf(the.text, sizeof the.text, "%s = %s", path, value);
    the.length = strlen(the.text);
    set_alarm(SECONDS);
}

static void see_fault(const char *path, const char *message, void *data)
{
    (void)data;
    cr_expect(path && *path && message && *message, "%s: a fault without words", the.text);
}

static void expect_finite(const tb_result *r)
{
    for (int o = 0; o < tb_result_outcomes(r); o++)
        for (int part = 0; part < 3; part++) {
            const double x = tb_result_column(r, o, part)[0];
            tb_outcome outcome;

            tb_result_outcome(r, o, &outcome, NULL);
            cr_expect(isfinite(x), "%s: %s is %g", the.text, outcome.name, x);
            cr_expect(part != 2 || x >= 0, "%s: %s over %g", the.text, outcome.name, x);
        }
}

/* Checks and runs a scenario whose values were all accepted. */
static void expect_an_end(const tb_scenario *s)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_error err = {0};
    tb_result *r = NULL;
    const int faults = tb_scenario_check(s, see_fault, NULL);
    tb_status status;

    plan.replications = 1;
    plan.threads = 1;
    status = tb_run(&s, 1, &plan, &r, &err);
    if (faults) {
        cr_expect_eq(status, TB_ERR_VALUE, "%s: %d faults, and the run: %s", the.text,
                     faults, tb_status_name(status));
        the.faulty++;
    } else if (status) {
        cr_expect_eq(status, TB_ERR_LIMIT, "%s: %s: %s", the.text, tb_status_name(status),
                     err.message);
        cr_expect(strlen(err.message) > 0);
        the.limited++;
    } else {
        expect_finite(r);
        the.finished++;
    }
    tb_result_free(r);
}

/* Sets a value, puts up with what follows, and sets it back. */
static void try_value(tb_scenario *s, const tb_value *v, const char *text, int outside)
{
    tb_error err = {0};
    tb_status status;

    begin(v->path, text);
    status = tb_scenario_set(s, v->path, text, &err);
    cr_expect(!outside || status, "%s was accepted", the.text);
    if (status) {
        cr_expect(status == TB_ERR_VALUE || status == TB_ERR_TYPE, "%s: %s", the.text,
                  tb_status_name(status));
        cr_expect(strstr(err.message, v->path), "%s: %s", the.text, err.message);
        the.refused++;
    } else {
        expect_an_end(s);
        cr_assert_eq(tb_scenario_set(s, v->path, v->text, &err), TB_OK, "%s", err.message);
    }
    set_alarm(0);
}

/* Cases ----------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    double value;
} extremes[] = {
    {"nan", NAN},
    {"inf", INFINITY},
    {"-inf", -INFINITY},
    {"-1", -1},
    {"0", 0},
    {"-0", 0},
    {"5e-324", 5e-324},
    {"2.2250738585072014e-308", DBL_MIN},
    {"1.7976931348623157e308", DBL_MAX},
    {"-1.7976931348623157e308", -DBL_MAX},
    {"1e999", INFINITY},
    {"2147483648", 2147483648.0},
    {"9223372036854775808", 9223372036854775808.0},
    {"0.5", 0.5},
};

enum { EXTREMES = sizeof extremes / sizeof *extremes };

static void try_number(tb_scenario *s, const tb_value *v, double x)
{
    char text[TB_VALUE_SIZE];

    snprintf(text, sizeof text, "%.17g", x);
    try_value(s, v, text, !(x >= v->low && x <= v->high));
}

static void try_all(tb_scenario *s, const tb_value *v)
{
    const double step = v->kind == TB_COUNT ? 1 : 0;

    cr_assert(isfinite(v->low) && isfinite(v->high), "%s has no bounds", v->path);
    for (int i = 0; i < EXTREMES; i++)
        try_value(s, v, extremes[i].text,
                  !(extremes[i].value >= v->low && extremes[i].value <= v->high));
    try_number(s, v, v->low);
    try_number(s, v, v->high);
    try_number(s, v, step > 0 ? v->low - step : nextafter(v->low, -INFINITY));
    try_number(s, v, step > 0 ? v->high + step : nextafter(v->high, INFINITY));
    try_number(s, v, nextafter(v->low, INFINITY));
    try_number(s, v, nextafter(v->high, -INFINITY));
}

static void report(const char *what)
{
    fprintf(stderr, "%s: %d refused, %d with faults, %d beyond limits, %d runs finished\n",
            what, the.refused, the.faulty, the.limited, the.finished);
    cr_expect(the.faulty && the.finished);
}

static void every_value(int with_map, const char *name)
{
    tb_scenario *s = unit(with_map);
    struct values *all = values_of(s);
    const uint64_t hash = tb_scenario_hash(s);

    for (int i = 0; i < all->count; i++)
        if (is_number(&all->value[i]))
            try_all(s, &all->value[i]);
    cr_expect_eq(tb_scenario_hash(s), hash, "the unit is not as it was");
    report(name);
    free(all);
    tb_scenario_free(s);
}

Test(bad_numbers, every_value_of_a_unit_with_travel_by_law, .timeout = 600)
{
    every_value(0, "by law");
}

Test(bad_numbers, every_value_of_a_unit_on_a_map, .timeout = 600)
{
    every_value(1, "map");
}

/* Of each preset, the numbers that it gives: nothing, too much, and the ends of what they may be. */
Test(bad_numbers, every_number_that_a_preset_gives, .timeout = 600)
{
    for (int n = 0; tb_preset_name(n); n++) {
        tb_scenario *s;
        struct values *all;

        cr_assert_eq(tb_scenario_preset(tb_preset_name(n), &s, NULL), TB_OK);
        cr_assert_eq(tb_scenario_set(s, "horizon.weeks", "1", NULL), TB_OK);
        cr_assert_eq(tb_scenario_set(s, "horizon.warmup_weeks", "0", NULL), TB_OK);
        all = values_of(s);
        for (int i = 0; i < all->count; i++) {
            const tb_value *v = &all->value[i];

            if (!is_number(v) || v->is_default)
                continue;
            try_value(s, v, "nan", 1);
            try_value(s, v, "1e999", 1);
            try_value(s, v, "0", !(v->low <= 0 && v->high >= 0));
            try_number(s, v, v->low);
            try_number(s, v, v->high);
        }
        report(tb_preset_name(n));
        free(all);
        tb_scenario_free(s);
    }
}

static const struct {
    const char *kind, *part[4];
    double value[4];
} laws[] = {
    {"constant", {"mean"}, {3}},
    {"uniform", {"low", "high"}, {1, 9}},
    {"triangular", {"low", "mode", "high"}, {1, 3, 9}},
    {"exponential", {"mean"}, {3}},
    {"lognormal", {"mean", "cv"}, {3, .5}},
    {"lognormal", {"median", "cv"}, {3, .5}},
    {"gamma", {"mean", "cv"}, {3, .5}},
    {"gamma", {"median", "cv"}, {3, .5}},
    {"weibull", {"mean", "cv"}, {3, .5}},
    {"weibull", {"median", "cv"}, {3, .5}},
    {"beta", {"low", "high", "mean", "cv"}, {1, 9, 3, .3}},
    {"lognormal", {"shape", "scale"}, {.5, 3}},
    {"gamma", {"shape", "scale"}, {2, 3}},
    {"gamma", {"p10", "p90"}, {1, 9}},
    {"weibull", {"p25", "p75"}, {1, 9}},
};

/* Laws that are no row of numbers, with a place for a bad one. */
static const char *const others[] = {
    "empirical(quantiles=0 1 0.5 %s 1 9)",
    "empirical(quantiles=0 1 %s 3 1 9)",
    "empirical(quantiles=0 1 1 %s)",
    "mixture(a=%s*constant(mean=3), b=1*uniform(low=1, high=9))",
    "mixture(a=1*constant(mean=%s), b=1*exponential(mean=3))",
    "mixture(a=1*gamma(p10=1, p90=%s), b=1*exponential(mean=3))",
};

/* A law as text: refused by its path, or there is an end. */
static void try_text(tb_scenario *s, const tb_value *v, const char *text)
{
    tb_error err = {0};

    begin(v->path, text);
    if (tb_scenario_set(s, v->path, text, &err)) {
        cr_expect(strstr(err.message, v->path), "%s: %s", the.text, err.message);
        the.refused++;
    } else {
        expect_an_end(s);
    }
    set_alarm(0);
}

/* The law `at` as text, with one parameter replaced. */
static void try_law(tb_scenario *s, const tb_value *v, size_t at, int replaced,
                    const char *bad)
{
    char text[TB_VALUE_SIZE];
    int n = snprintf(text, sizeof text, "%s(", laws[at].kind);

    for (int i = 0; i < 4 && laws[at].part[i]; i++) {
        char number[40];

        snprintf(number, sizeof number, "%g", laws[at].value[i]);
        n += snprintf(text + n, sizeof text - (size_t)n, "%s%s=%s", i ? ", " : "",
                      laws[at].part[i], i == replaced ? bad : number);
    }
    snprintf(text + n, sizeof text - (size_t)n, ")");
    try_text(s, v, text);
}

static void try_other(tb_scenario *s, const tb_value *v, size_t at, const char *bad)
{
    const char *place = strchr(others[at], '%');
    char text[TB_VALUE_SIZE];

    snprintf(text, sizeof text, "%.*s%s%s", (int)(place - others[at]), others[at], bad,
             place + 2);
    try_text(s, v, text);
}

/* "x.minutes.kind" becomes the law "x.minutes". */
static int is_law(tb_value *v)
{
    const size_t length = strlen(v->path);

    if (v->kind != TB_CHOICE || length < 5 || strcmp(v->path + length - 5, ".kind") != 0 ||
        strcmp(v->choices[0], "constant") != 0)
        return 0;
    v->path[length - 5] = '\0';
    return 1;
}

Test(bad_numbers, every_parameter_of_every_law, .timeout = 600)
{
    tb_scenario *original = unit(0), *s = NULL;
    struct values *all = values_of(original);

    for (int i = 0; i < all->count; i++) {
        if (!is_law(&all->value[i]))
            continue;
        cr_assert_eq(tb_scenario_copy(original, &s, NULL), TB_OK);
        for (size_t at = 0; at < sizeof laws / sizeof *laws; at++)
            for (int part = 0; part < 4 && laws[at].part[part]; part++) {
                for (int k = 0; k < EXTREMES; k++)
                    try_law(s, &all->value[i], at, part, extremes[k].text);
                try_law(s, &all->value[i], at, part, "1e-3");
                try_law(s, &all->value[i], at, part, "10");
                try_law(s, &all->value[i], at, part, "1e8");
            }
        for (size_t at = (size_t)i % 3; at < sizeof others / sizeof *others; at += 3)
            for (int k = 0; k < EXTREMES; k++)
                try_other(s, &all->value[i], at, extremes[k].text);
        tb_scenario_free(s);
    }
    report("laws");
    free(all);
    tb_scenario_free(original);
}

/* Many at once --------------------------------------------------------------------------- */

static uint64_t random_bits(uint64_t *state) /* splitmix64 (Steele, Lea, Flood 2014) */
{
    uint64_t x = *state += UINT64_C(0x9e3779b97f4a7c15);

    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

/* A bound, or something of any size between. */
static double extreme_of(const tb_value *v, uint64_t *state)
{
    const double share = (double)(random_bits(state) >> 11) * 0x1p-53;
    const double x = v->low + (v->high - v->low) * pow(share, 8);

    switch (random_bits(state) % 4) {
    case 0: return v->low;
    case 1: return v->high;
    default: return v->kind == TB_COUNT ? floor(x) : x;
    }
}

Test(bad_numbers, several_at_their_ends, .timeout = 600)
{
    for (uint64_t number = 1; number <= 400; number++) {
        uint64_t state = number;
        tb_scenario *s = unit((int)(number % 2));
        struct values *all = values_of(s);
        const int changes = 1 + (int)(random_bits(&state) % 8);
        char name[40];

        snprintf(name, sizeof name, "%d", (int)number);
        begin("several at their ends, number", name);
        for (int i = 0; i < changes;) {
            const tb_value *v = &all->value[random_bits(&state) % (uint64_t)all->count];
            char text[TB_VALUE_SIZE];

            if (!is_number(v))
                continue;
            snprintf(text, sizeof text, "%.17g", extreme_of(v, &state));
            cr_expect_eq(tb_scenario_set(s, v->path, text, NULL), TB_OK, "%s = %s",
                         v->path, text);
            i++;
        }
        expect_an_end(s);
        set_alarm(0);
        free(all);
        tb_scenario_free(s);
    }
    report("several");
}

/* Sources, plans and levels ----------------------------------------------------------- */

Test(bad_numbers, ranges_of_sources)
{
    tb_scenario *s = unit(0);
    struct values *all = values_of(s);

    for (int i = 0; i < all->count; i++)
        for (int low = 0; low < EXTREMES; low++)
            for (int high = 0; high < EXTREMES; high++) {
                const tb_value *v = &all->value[i];
                const tb_source source = {.grade = TB_ASSUMED,
                                          .low = extremes[low].value,
                                          .high = extremes[high].value};
                tb_error err = {0};
                const tb_status status = tb_scenario_set_source(s, v->path, &source, &err);
                const int stated =
                    is_number(v) && !(isnan(source.low) && isnan(source.high));

                cr_expect(status == TB_OK || strstr(err.message, v->path), "%s: %s",
                          v->path, err.message);
                cr_expect(status || !stated ||
                              (source.low <= source.high && source.low >= v->low &&
                               source.high <= v->high),
                          "%s: %g to %g was accepted", v->path, source.low, source.high);
            }
    free(all);
    tb_scenario_free(s);
}

Test(bad_numbers, plans, .timeout = 600)
{
    static const int numbers[] = {INT_MIN, -2, -1, 0, 1, 2, 105, 521, 1025, INT_MAX};
    tb_scenario *s = unit(0);
    const tb_scenario *only = s;

    for (int member = 0; member < 6; member++)
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            tb_plan plan = TB_PLAN_INIT;
            int *const at[] = {&plan.replications, &plan.weeks,  &plan.warmup,
                               &plan.threads,      &plan.weekly, &plan.first};
            tb_result *r = NULL;
            tb_error err = {0};
            char number[16];
            tb_status status;

            plan.replications = 2;
            *at[member] = numbers[i];
            if (member == 0 && numbers[i] > 1000)
                continue; /* beyond a million below, and a thousand take a while */
            snprintf(number, sizeof number, "%d", numbers[i]);
            begin((const char *[]){"replications", "weeks", "warmup", "threads", "weekly",
                                   "first"}[member],
                  number);
            status = tb_run(&only, 1, &plan, &r, &err);
            cr_expect(status == TB_OK ||
                          (status == TB_ERR_VALUE && strstr(err.message, "plan.")),
                      "%s: %s: %s", the.text, tb_status_name(status), err.message);
            cr_expect_eq(status == TB_OK, r != NULL);
            tb_result_free(r);
            set_alarm(0);
        }
    tb_scenario_free(s);
}

Test(bad_numbers, impossible_plans)
{
    tb_scenario *s = unit(0);
    const tb_scenario *only = s;
    tb_result *r = NULL;
    tb_plan plan = TB_PLAN_INIT;
    tb_error err = {0};

    plan.replications = INT_MAX;
    cr_expect_eq(tb_run(&only, 1, &plan, &r, &err), TB_ERR_VALUE);
    plan.replications = 1000000;
    plan.weekly = 1;
    plan.weeks = 520;
    cr_expect_eq(tb_run(&only, 1, &plan, &r, &err), TB_ERR_LIMIT, "%s", err.message);
    plan = (tb_plan)TB_PLAN_INIT;
    plan.size = 0;
    cr_expect_eq(tb_run(&only, 1, &plan, &r, &err), TB_ERR_VALUE);
    plan.size = sizeof plan;
    cr_expect_eq(tb_run(&only, 0, &plan, &r, &err), TB_ERR_VALUE);
    cr_expect_eq(tb_run(&only, -1, &plan, &r, &err), TB_ERR_VALUE);
    cr_expect_null(r);
    tb_scenario_free(s);
}

Test(bad_numbers, levels_and_indices)
{
    static const int indices[] = {INT_MIN, -1, 2, INT_MAX};
    tb_scenario *s = unit(0);
    const tb_scenario *both[] = {s, s};
    tb_plan plan = TB_PLAN_INIT;
    tb_interval interval;
    tb_outcome outcome;
    tb_result *r = NULL;
    double gain;

    plan.replications = 3;
    cr_assert_eq(tb_run(both, 2, &plan, &r, NULL), TB_OK);
    for (int k = 0; k < EXTREMES; k++) {
        const double level = extremes[k].value;
        const int valid = level > 0 && level < 1;

        cr_expect_eq(!tb_result_estimate(r, 0, "time.idle_share", level, &interval, NULL),
                     valid);
        cr_expect_eq(
            !tb_result_difference(r, 0, 1, "time.idle_share", level, &interval, NULL),
            valid);
    }
    for (size_t k = 0; k < sizeof indices / sizeof *indices; k++) {
        const int i = indices[k];

        cr_expect(tb_result_estimate(r, i, "time.idle_share", 0.9, &interval, NULL));
        cr_expect(tb_result_difference(r, 0, i, "time.idle_share", 0.9, &interval, NULL));
        cr_expect(tb_result_pairing_gain(r, i, 0, "time.idle_share", &gain, NULL));
        if (i == 2)
            continue; /* an outcome has that number */
        cr_expect(tb_result_outcome(r, i, &outcome, NULL));
        cr_expect_null(tb_result_column(r, i, 0));
        cr_expect_null(tb_result_column(r, 0, i));
    }
    cr_expect_null(tb_result_column(r, 0, 3));
    tb_result_free(r);
    tb_scenario_free(s);
}
