/* Law 4: neutral by default, and regime costs are conserved.
 *
 * A mechanism at its neutral setting gives the same bits as one whose answers are skipped; what
 * meetings and dialogue take, recomputed from who came and from the settings, is missing elsewhere
 * to the millisecond; and with routes frozen they make nothing better for citizens. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "books.h"
#include "random_scenario.h"
#include "scenario/scenario.h"
#include "tidsbruk/run.h"

enum { RANDOM = 200, REGIMES = 4, MOST_NEUTRAL = 12 };

/* Neutral is absent ------------------------------------------------------------------------ */

struct mechanism_case {
    enum mechanism bit;
    const char *name;
    const char *neutral[MOST_NEUTRAL][2]; /* settings that make it neutral; its others stay as they are */
    int matters; /* scenarios, at least, in which skipping it changes something */
};

static const struct mechanism_case cases[] = {
    {M_GRANTS, "grants", {{"regime.grants.granularity", "none"}}, 100},
    {M_RECORDS, "records", {{"regime.records.interoperability", "0"}}, 50},
    {M_CONTROL,
     "control",
     {{"regime.control.audits_per_month", "0"},
      {"regime.control.record_review", "0"},
      {"regime.control.inspection_minutes", "0"}},
     150},
    {M_DISCRETION, "discretion", {{"regime.discretion.autonomy", "0"}}, 150},
    {M_TEAMS,
     "teams",
     {{"regime.teams.meeting_minutes", "0"},
      {"regime.teams.pooling", "0"},
      {"regime.teams.peer_support", "0"}},
     150},
    {M_KNOWLEDGE,
     "knowledge",
     {{"regime.knowledge.acquaintance_gain", "1"},
      {"regime.knowledge.acquaintance_half_life_days", "0"},
      {"regime.knowledge.records_on_acquaintance", "0"},
      {"regime.knowledge.unfamiliar_time", "0"},
      {"regime.knowledge.competence", "1"},
      {"regime.knowledge.competence_half_life_weeks", "0"},
      {"regime.knowledge.training_minutes", "0"},
      {"regime.knowledge.update_minutes", "0"},
      {"regime.knowledge.sparring_minutes", "0"}},
     150},
    {M_DIALOGUE,
     "dialogue",
     {{"regime.dialogue.minutes_per_shift", "0"},
      {"regime.dialogue.oral_share", "0"},
      {"regime.dialogue.handover_loss", "0"},
      {"regime.dialogue.codesign_minutes", "0"},
      {"regime.dialogue.coordination_minutes", "0"},
      {"regime.dialogue.clash_probability", "0"}},
     150},
    {M_WELLBEING,
     "wellbeing",
     {{"regime.wellbeing.strain_on_absence", "0"},
      {"regime.wellbeing.autonomy_on_absence", "0"},
      {"regime.wellbeing.meetings_on_absence", "0"}},
     75},
};

static const struct mechanism_case *current;
static int lived, changed;

/* Words on how a life with the mechanism differs from one without its answers; NULL when not. */
static const char *skipping_changes(const tb_scenario *s, enum mechanism bit)
{
    const struct occasion with = {.seed = 31, .weekly = 1};
    struct occasion without = with;
    struct life a, b;
    const char *differ;

    without.probe.skip = bit;
    live(&a, s, &with);
    live(&b, s, &without);
    differ = lives_differ(&a, &b);
    life_clear(&a);
    life_clear(&b);
    return differ;
}

static void compare_with_absent(tb_scenario *s, const char *name)
{
    const char *differ;

    random_regime(s, (uint64_t)++lived, true);
    if (tb_scenario_check(s, NULL, NULL))
        return; /* a shift too short for this regime */
    changed += skipping_changes(s, current->bit) != NULL;
    for (int i = 0; i < MOST_NEUTRAL && current->neutral[i][0]; i++)
        put(s, current->neutral[i][0], current->neutral[i][1]);
    differ = skipping_changes(s, current->bit);
    cr_assert_null(differ, "%s, %s: %s", current->name, name, differ);
}

Test(neutral, a_neutral_mechanism_is_absent)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        current = &cases[i];
        lived = changed = 0;
        each_scenario(2, RANDOM, compare_with_absent);
        printf("# %s: matters in %d of %d scenarios\n", current->name, changed, lived);
        cr_assert_geq(changed, current->matters, "%s", current->name);
    }
}

/* A whole regime of defaults is one in which nothing answers. */
static void compare_all(tb_scenario *s, const char *name)
{
    const char *differ;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int k = 0; k < MOST_NEUTRAL && cases[i].neutral[k][0]; k++)
            put(s, cases[i].neutral[k][0], cases[i].neutral[k][1]);
    differ = skipping_changes(s, M_GRANTS | M_RECORDS | M_CONTROL | M_DISCRETION |
                                     M_TEAMS | M_KNOWLEDGE | M_DIALOGUE | M_WELLBEING);
    cr_assert_null(differ, "%s: %s", name, differ);
}

Test(neutral, a_regime_of_neutral_mechanisms_is_absent)
{
    each_scenario(2, 100, compare_all);
}

/* Regime costs ------------------------------------------------------------------------------- */

/* What a life spent, from its ledger and from the books. */
struct spent {
    int64_t regime, from_log, from_settings; /* meetings, dialogue and training */
    int64_t others, direct, duty;
};

static struct spent spend(const tb_scenario *s, const struct occasion *o, const char *name)
{
    struct spent x = {0};
    struct life l;
    struct books b;
    const char *wrong;

    live(&l, s, o);
    cr_assert_eq(l.status, TB_OK, "%s: %s", name, l.err.message);
    wrong = books_keep(&b, &l);
    cr_assert_null(wrong, "%s: %s", name, wrong);
    x.regime = life_ms(&l, MEETINGS) + life_ms(&l, DIALOGUE) + life_ms(&l, TRAINING);
    x.from_log =
        books_sum(&b, MEETINGS) + books_sum(&b, DIALOGUE) + books_sum(&b, TRAINING);
    x.from_settings =
        books_regime_cost(&b) + books_training(&b) + books_talks_with_clients(&b);
    for (int i = 0; i < s->set.obligation_count; i++)
        if (s->set.obligations[i].channel != CHANNEL_WRITTEN ||
            s->set.obligations[i].books == BOOKED_DIALOGUE)
            for (int p = 0; p < b.periods; p++)
                x.from_settings += b.dialogue_ms[p * s->set.obligation_count + i];
    for (int i = 0; i < s->set.service_count; i++)
        if (s->set.services[i].books == BOOKS_MEETINGS ||
            s->set.services[i].books == BOOKS_DIALOGUE ||
            s->set.services[i].books == BOOKS_TRAINING)
            for (int p = 0; p < b.periods; p++)
                x.from_settings += b.service_ms[p * s->set.service_count + i];
    for (int c = 0; c < CATEGORIES; c++)
        if (c != MEETINGS && c != DIALOGUE && c != TRAINING)
            x.others += life_ms(&l, c);
    x.direct = life_ms(&l, CARE_NEEDED) + life_ms(&l, CARE_SURPLUS);
    x.duty = books_sum(&b, DUTY);
    books_clear(&b);
    life_clear(&l);
    return x;
}

static int costly;

static void cost(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 32, .logging = 1, .weekly = 1};
    tb_scenario *other = NULL;
    struct spent a, b;

    cr_assert_eq(tb_scenario_copy(s, &other, NULL), TB_OK);
    random_regime(other, (uint64_t)++lived, true);
    if (!tb_scenario_check(other, NULL, NULL)) {
        a = spend(s, &o, name);
        b = spend(other, &o, name);
        cr_assert_eq(b.regime - a.regime, b.from_log - a.from_log, "%s", name);
        cr_assert_eq(b.regime - a.regime, b.from_settings - a.from_settings, "%s", name);
        cr_assert_eq(b.others - a.others, b.duty - a.duty - (b.regime - a.regime), "%s",
                     name);
        costly += b.regime != a.regime;
    }
    tb_scenario_free(other);
}

Test(neutral, what_a_regime_costs_is_missing_elsewhere)
{
    each_scenario(3, RANDOM, cost);
    cr_assert_gt(costly, RANDOM / 2);
}

/* Saturation ------------------------------------------------------------------------------------ */

/* Work without end that is put down when the shift ends: there is no slack that meetings could eat
 * first. */
static tb_scenario *saturated(uint64_t number)
{
    static const char *const kinds[] = {"exponential(mean=%g)",
                                        "lognormal(mean=%g, cv=0.6)", "constant(mean=%g)"};
    struct random r = {number};
    tb_scenario *s = NULL;
    char minutes[64];

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    put_number(s, "horizon.weeks", random_count(&r, 1, 3));
    put_number(s, "horizon.warmup_weeks", random_count(&r, 0, 1));
    put_item(s, "staff.crew.count", "9");
    put_item(s, "shifts.day.weekdays", "4");
    put_number(s, "shifts.day.minutes", 15 * random_count(&r, 20, 36));
    put_item(s, "shifts.night.weekdays",
             "2"); /* the horizon ends between its opening and its break */
    put_number(s, "shifts.night.starts", random_between(&r, 1230, 1310));
    put_number(s, "shifts.night.meeting_share", random_between(&r, 0, 1));
    put(s, "shifts.night.sundays", "3");
    put_item(s, "services.queue.arrival", "endless");
    snprintf(minutes, sizeof minutes, kinds[number % 3], random_between(&r, 3, 15));
    put(s, "services.queue.minutes", minutes);
    put(s, "services.queue.interruptible", "true");
    put(s, "services.queue.unfinished", "hand_over");
    put_number(s, "duty.handover_minutes", random_between(&r, 0, 20));
    put_number(s, "duty.meeting_minutes_per_week", random_between(&r, 0, 40));
    put_number(s, "duty.break_minutes", random_between(&r, 0, 30));
    return s;
}

Test(neutral, in_a_saturated_unit_meetings_are_taken_from_care)
{
    for (uint64_t n = 1; n <= 60; n++) {
        struct random r = {n};
        const struct occasion o = {.seed = 33, .replication = (uint32_t)n, .logging = 1};
        tb_scenario *s = saturated(n), *meeting = NULL;
        struct spent a, b;
        char name[40];

        snprintf(name, sizeof name, "saturated unit %d", (int)n);
        cr_assert_eq(tb_scenario_copy(s, &meeting, NULL), TB_OK);
        put_number(meeting, "regime.teams.meeting_minutes", random_between(&r, 0.001, 45));
        put_number(meeting, "regime.dialogue.minutes_per_shift", random_between(&r, 0, 20));
        put_number(meeting, "regime.knowledge.sparring_minutes", random_between(&r, 0, 10));
        put_number(meeting, "regime.knowledge.training_minutes", random_between(&r, 0, 40));
        a = spend(s, &o, name);
        b = spend(meeting, &o, name);
        cr_assert_gt(b.regime, a.regime, "%s", name);
        cr_assert_eq(b.duty, a.duty, "%s", name);
        cr_assert_eq(b.direct - a.direct, -(b.regime - a.regime),
                     "%s: care %lld, regime %lld ms", name,
                     (long long)(b.direct - a.direct), (long long)(b.regime - a.regime));
        tb_scenario_free(meeting);
        tb_scenario_free(s);
    }
}

/* Frozen routes ---------------------------------------------------------------------------------- */

/* Home care with people to spare, routes that follow from grants alone, and alarms between them. */
static tb_scenario *slack(void)
{
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_preset("home_care/npm", &s, NULL), TB_OK);
    put(s, "planning.mode", "given");
    put(s, "clients.home.count", "50");
    put(s, "staff.carer.count", "18");
    put(s, "shifts.day.weekdays", "6");
    put(s, "shifts.day.saturdays", "4");
    put(s, "shifts.day.sundays", "4");
    put(s, "shifts.evening.weekdays", "3");
    put(s, "shifts.evening.saturdays", "3");
    put(s, "shifts.evening.sundays", "3");
    put_item(s, "services.alarm.per_hour", "0.3");
    put(s, "services.alarm.minutes", "exponential(mean=12)");
    put(s, "services.alarm.priority", "1");
    put(s, "services.alarm.travel", "true");
    put(s, "regime.wellbeing.strain_on_absence", "0"); /* a feedback, not a cost */
    return s;
}

/* Nothing that a citizen meets is better by more than three standard errors. Returns how many
 * outcomes were worse by as much. */
static int expect_nothing_better(const tb_result *r, int regime, double *largest)
{
    int worse = 0, looked = 0;

    for (int i = 0; i < tb_result_outcomes(r); i++) {
        tb_outcome o;
        tb_interval d;
        double better;

        cr_assert_eq(tb_result_outcome(r, i, &o, NULL), TB_OK);
        if (strncmp(o.name, "citizen.", 8) || o.better == TB_NEITHER ||
            !strncmp(o.name, "citizen.carers", 14) ||
            !strncmp(o.name, "citizen.continuity", 18)) /* a missed visit spares a carer */
            continue;
        cr_assert_eq(tb_result_difference(r, 0, regime, o.name, 0.95, &d, NULL), TB_OK);
        better = d.mean * (o.better == TB_MORE ? 1 : -1);
        cr_assert_leq(better, 3 * d.standard_error, "regime %d: %s is better by %g, se %g",
                      regime, o.name, better, d.standard_error);
        worse += better < -3 * d.standard_error;
        if (d.standard_error > 0 && better / d.standard_error > *largest)
            *largest = better / d.standard_error;
        looked++;
    }
    cr_assert_geq(looked, 8);
    return worse;
}

Test(neutral, costs_without_benefits_make_nothing_better)
{
    static const char *const minutes[][2] = {
        {"2", "1"}, {"15", "6"}, {"60", "0"}, {"0", "45"}};
    tb_scenario *s[REGIMES + 1] = {slack()};
    tb_plan plan = TB_PLAN_INIT;
    tb_result *r = NULL;
    tb_error err = {.status = TB_OK};
    double largest = -1e9;
    int worse = 0;

    for (int i = 1; i <= REGIMES; i++) {
        cr_assert_eq(tb_scenario_copy(s[0], &s[i], NULL), TB_OK);
        put(s[i], "regime.teams.meeting_minutes", minutes[i - 1][0]);
        put(s[i], "regime.dialogue.minutes_per_shift", minutes[i - 1][1]);
    }
    plan.replications = 200;
    plan.weeks = 4;
    plan.warmup = 1;
    plan.seed = 34;
    cr_assert_eq(tb_run((const tb_scenario *const *)s, REGIMES + 1, &plan, &r, &err),
                 TB_OK, "%s", err.message);
    cr_assert_leq(tb_result_offered_load(r, 0), 0.7, "load %g",
                  tb_result_offered_load(r, 0));
    for (int i = 1; i <= REGIMES; i++)
        worse += expect_nothing_better(r, i, &largest);
    printf("# offered load %.2f; best of the citizens' outcomes: %+.1f standard errors; "
           "worse by "
           "three: %d\n",
           tb_result_offered_load(r, 0), largest, worse);
    cr_assert_geq(worse, 5); /* somebody pays */
    tb_result_free(r);
    for (int i = 0; i <= REGIMES; i++)
        tb_scenario_free(s[i]);
}
