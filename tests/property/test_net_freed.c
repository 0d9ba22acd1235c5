/* Law 5: nothing is free by construction.
 *
 * Between two lives of one world, exactly and signed:
 *     net freed = -change(all that is neither direct care, development, idling nor breaks)
 *               = change(direct) [care] + change(development) [development]
 *               + change(idling and breaks) [slack] - change(duty) [harvested].
 * The left side is taken from the log, the sinks from the ledger, duty from the clock. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "books.h"
#include "random_scenario.h"
#include "scenario/scenario.h"
#include "tidsbruk/run.h"

enum { RANDOM = 150 };

/* The identity --------------------------------------------------------------------------- */

struct account {
    int64_t other_logged; /* what is neither care, development, idling nor breaks, by the log */
    int64_t care, development, slack; /* by the ledger */
    int64_t duty;                     /* from clock-in to clock-out */
};

static struct account account_of(const tb_scenario *s, const struct occasion *o,
                                 const char *name)
{
    struct account x;
    struct life l;
    struct books b;
    const char *wrong;

    live(&l, s, o);
    cr_assert_eq(l.status, TB_OK, "%s: %s", name, l.err.message);
    wrong = books_keep(&b, &l);
    cr_assert_null(wrong, "%s: %s", name, wrong);
    x = (struct account){
        .care = life_ms(&l, CARE_NEEDED) + life_ms(&l, CARE_SURPLUS),
        .development = life_ms(&l, DEVELOPMENT),
        .slack = life_ms(&l, IDLE) + life_ms(&l, BREAKS),
        .duty = books_sum(&b, DUTY),
    };
    for (int c = 0; c < CATEGORIES; c++)
        if (c != CARE_NEEDED && c != CARE_SURPLUS && c != DEVELOPMENT && c != IDLE &&
            c != BREAKS)
            x.other_logged += books_sum(&b, c);
    books_clear(&b);
    life_clear(&l);
    return x;
}

static int pairs, freed, bound, harvested, to_care, to_slack;

static void expect_identity(const tb_scenario *before, const tb_scenario *after,
                            const char *name, uint32_t replication)
{
    const struct occasion o = {.seed = 41, .replication = replication, .logging = 1};
    const struct account a = account_of(before, &o, name), b = account_of(after, &o, name);
    const int64_t net = a.other_logged - b.other_logged;
    const int64_t care = b.care - a.care, development = b.development - a.development;
    const int64_t slack = b.slack - a.slack, harvest = a.duty - b.duty;

    cr_assert_eq(
        net, care + development + slack + harvest,
        "%s: %lld ms freed; care %lld, development %lld, slack %lld, harvested %lld",
        name, (long long)net, (long long)care, (long long)development, (long long)slack,
        (long long)harvest);
    pairs++;
    freed += net > 0;
    bound += net < 0;
    harvested += harvest != 0;
    to_care += care > 0;
    to_slack += slack > 0;
}

static void change_regime(tb_scenario *s, const char *name)
{
    static uint64_t number;
    tb_scenario *other = NULL;

    cr_assert_eq(tb_scenario_copy(s, &other, NULL), TB_OK);
    random_regime(other, ++number, true);
    if (s->set.obligation_count && number % 2) {
        char path[TB_PATH_SIZE];

        snprintf(path, sizeof path, "obligations.%s", s->set.obligations[0].name);
        cr_assert_eq(tb_scenario_remove(other, path, NULL), TB_OK);
    }
    if (!tb_scenario_check(other, NULL, NULL))
        expect_identity(s, other, name, 0);
    tb_scenario_free(other);
}

static tb_scenario *preset(const char *name)
{
    tb_scenario *s = NULL;
    tb_error err = {.status = TB_OK};

    cr_assert_eq(tb_scenario_preset(name, &s, &err), TB_OK, "%s", err.message);
    return s;
}

Test(net_freed, what_is_freed_is_care_development_slack_or_harvest)
{
    static const char *const without[] = {"obligations.visit_registration",
                                          "obligations.deviation", "obligations.journal"};
    tb_scenario *npm = preset("home_care/npm"), *trust = preset("home_care/trust");

    npm->set.horizon.weeks = trust->set.horizon.weeks = 4;
    npm->set.horizon.warmup_weeks = trust->set.horizon.warmup_weeks = 1;
    for (uint32_t r = 0; r < 5; r++) {
        expect_identity(npm, trust, "npm to trust", r);
        expect_identity(trust, npm, "trust to npm", r);
        for (size_t i = 0; i < sizeof without / sizeof *without; i++) {
            tb_scenario *less = NULL;

            cr_assert_eq(tb_scenario_copy(npm, &less, NULL), TB_OK);
            cr_assert_eq(tb_scenario_remove(less, without[i], NULL), TB_OK);
            expect_identity(npm, less, without[i], r);
            tb_scenario_free(less);
        }
    }
    each_scenario(3, RANDOM, change_regime);
    printf(
        "# %d pairs: freed in %d, bound in %d; harvested %d, to care %d, to slack %d\n",
        pairs, freed, bound, harvested, to_care, to_slack);
    cr_assert(freed > pairs / 5 && bound > pairs / 5 && harvested > pairs / 5);
    cr_assert(to_care > pairs / 5 && to_slack > pairs / 5);
    tb_scenario_free(npm);
    tb_scenario_free(trust);
}

/* What goes with what is removed ------------------------------------------------------------ */

/* Paired runs: by how many standard errors an outcome is higher in the second scenario. */
static double rise(const tb_scenario *before, const tb_scenario *after,
                   const char *outcome, int replications)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_result *r = NULL;
    tb_interval d;
    tb_error err = {.status = TB_OK};

    plan.replications = replications;
    plan.weeks = 8;
    plan.warmup = 2;
    plan.seed = 42;
    cr_assert_eq(tb_run((const tb_scenario *[]){before, after}, 2, &plan, &r, &err),
                 TB_OK, "%s", err.message);
    cr_assert_eq(tb_result_difference(r, 0, 1, outcome, 0.95, &d, &err), TB_OK, "%s",
                 err.message);
    tb_result_free(r);
    printf("# %s: %+.4f, %.1f standard errors\n", outcome, d.mean,
           d.mean / d.standard_error);
    return d.mean / d.standard_error;
}

static void without_control(tb_scenario *s)
{
    put(s, "regime.control.audits_per_month", "0");
    put(s, "regime.control.record_review", "0");
    put(s, "regime.control.inspection_minutes", "0");
}

Test(net_freed, without_control_more_harm_stays_undetected)
{
    static const char *const names[] = {"home_care/npm", "home_care/trust"};

    for (int i = 0; i < 2; i++) {
        tb_scenario *s = preset(names[i]), *less = preset(names[i]);

        without_control(less);
        cr_assert_gt(rise(s, less, "control.undetected_harm", 40), 4.5, "%s", names[i]);
        tb_scenario_free(less);
        tb_scenario_free(s);
    }
}

/* Path of a member of an obligation; the text is static. */
static const char *with(const char *obligation, const char *member)
{
    static char path[TB_PATH_SIZE];

    snprintf(path, sizeof path, "obligations.%s.%s", obligation, member);
    return path;
}

Test(net_freed, without_records_that_are_read_there_are_more_errors)
{
    tb_scenario *s = preset("home_care/npm");
    int read = 0;

    put(s, "errors.per_visit", "0.05"); /* often enough to be seen in sixty replications */
    put(s, "errors.unfamiliar_factor", "4");
    put(s, "regime.dialogue.handover_loss", "0.5");
    put(s, "regime.dialogue.handover_errors", "2");
    for (int i = 0; i < s->set.obligation_count; i++) {
        const struct obligation *o = &s->set.obligations[i];
        tb_scenario *much = NULL, *less = NULL;
        char path[TB_PATH_SIZE];

        if (o->audited) /* control looks at it: see above */
            continue;
        cr_assert(o->value > 0 && o->read_probability > 0, "%s tells nobody", o->name);
        /* what it tells, so much that few replications show it */
        cr_assert_eq(tb_scenario_copy(s, &much, NULL), TB_OK);
        put(much, with(o->name, "value"), "0.9");
        put(much, with(o->name, "read_probability"), "1");
        if (o->probability <= 0)
            put(much, with(o->name, "probability"), "1");
        cr_assert_eq(tb_scenario_copy(much, &less, NULL), TB_OK);
        snprintf(path, sizeof path, "obligations.%s", o->name);
        cr_assert_eq(tb_scenario_remove(less, path, NULL), TB_OK);
        cr_assert_gt(rise(much, less, "control.errors", 60), 4.5, "%s", path);
        tb_scenario_free(less);
        tb_scenario_free(much);
        read++;
    }
    cr_assert_geq(read, 5);
    tb_scenario_free(s);
}

/* A shift that begins with no time for its handover begins more often without what it has to know. */
Test(net_freed, without_handovers_there_are_more_errors)
{
    tb_scenario *s = preset("home_care/npm"), *less = NULL;

    cr_assert(s->set.regime.dialogue.handover_saved > 0 && s->set.duty.handover_minutes > 0);
    put(s, "errors.per_visit", "0.05");
    put(s, "regime.dialogue.handover_errors", "4");
    put(s, "regime.dialogue.handover_loss", "0.8");
    cr_assert_eq(tb_scenario_copy(s, &less, NULL), TB_OK);
    put(less, "duty.handover_minutes", "0");
    cr_assert_gt(rise(s, less, "control.errors", 60), 4.5);
    tb_scenario_free(less);
    tb_scenario_free(s);
}

/* What minutes buy is not there without them ------------------------------------------------ */

/* What a lever gives, and the minutes that it takes. */
static const char *const levers[][2] = {
    {"regime.teams.pooling", "regime.teams.meeting_minutes"},
    {"regime.teams.peer_support", "regime.teams.meeting_minutes"},
    {"regime.dialogue.codesign_effect", "regime.dialogue.codesign_minutes"},
    {"regime.dialogue.coordination_saved", "regime.dialogue.coordination_minutes"},
    {"regime.dialogue.handover_saved", "regime.dialogue.minutes_per_shift"},
    {"regime.knowledge.training_gain", "regime.knowledge.training_minutes"},
    {"regime.knowledge.update_gain", "regime.knowledge.update_minutes"},
    {"regime.knowledge.sparring_gain", "regime.knowledge.sparring_minutes"},
    {"regime.knowledge.sparring_errors", "regime.knowledge.sparring_minutes"},
};
enum { LEVERS = sizeof levers / sizeof *levers };

static int given;

static void pull_levers(tb_scenario *s, const char *name)
{
    static uint64_t number;
    const struct occasion o = {.seed = 43, .weekly = 1};
    tb_scenario *without = NULL;
    struct life a, b, c;
    const char *differ;

    random_regime(s, ++number, true);
    for (int i = 0; i < LEVERS; i++)
        put(s, levers[i][0], "0.7");
    if (tb_scenario_check(s, NULL, NULL))
        return;
    live(&c, s, &o);
    put(s, "duty.handover_minutes", "0");
    for (int i = 0; i < LEVERS; i++)
        put(s, levers[i][1], "0");
    cr_assert_eq(tb_scenario_copy(s, &without, NULL), TB_OK);
    for (int i = 0; i < LEVERS; i++)
        put(without, levers[i][0], "0");
    live(&a, without, &o);
    live(&b, s, &o);
    differ = lives_differ(&a, &b);
    cr_assert_null(differ, "%s: %s", name, differ);
    given += lives_differ(&a, &c) != NULL;
    tb_scenario_free(without);
    life_clear(&a);
    life_clear(&b);
    life_clear(&c);
}

Test(net_freed, what_minutes_buy_is_not_there_without_them)
{
    each_scenario(2, 100, pull_levers);
    cr_assert_gt(given, 80);
}

/* Round the clock --------------------------------------------------------------------------- */

enum { PEOPLE = 3, WEEKS = 13 };

/* Three people who are there day and night, and few calls. */
static tb_scenario *round_the_clock(void)
{
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    put_number(s, "horizon.weeks", WEEKS);
    put_item(s, "staff.crew.count", "3");
    put(s, "staff.crew.roster", "always");
    put_item(s, "services.queue.per_hour", "0.5");
    put(s, "services.queue.minutes", "exponential(mean=5)");
    put(s, "services.queue.interruptible", "true");
    return s;
}

/* All that a shift opens with: a week holds it once, a month its training, a quarter its update; and what a
 * shift closes with. A quarter is thirteen weeks, and three months begin in it. */
Test(net_freed, who_works_round_the_clock_pays_every_week)
{
    static const char *const held[][2] = {
        {"regime.teams.meeting_minutes", "15"},
        {"regime.teams.pooling", "0.5"},
        {"regime.dialogue.minutes_per_shift", "6"},
        {"regime.knowledge.training_minutes", "40"},
        {"regime.knowledge.update_minutes", "60"},
        {"regime.knowledge.sparring_minutes", "5"},
        {"duty.meeting_minutes_per_week", "30"},
        {"duty.handover_minutes", "12"},
        {"duty.administration_minutes", "20"},
        {"duty.break_minutes", "25"},
        {"obligations.report.minutes", "4"},
    };
    static const struct {
        int column;
        double minutes; /* of a worker in the quarter */
    } expected[] = {
        {MEETINGS, WEEKS * (15 + 30)},       {DIALOGUE, WEEKS * 6},
        {TRAINING, 3 * 40 + 60 + WEEKS * 5}, {INDIRECT, WEEKS * 12 / 2},
        {ADMINISTRATION, WEEKS * 20 / 2.0},  {BREAKS, WEEKS * 25},
        {RECORDS_AWAY, WEEKS * 4},
    };
    const struct occasion o = {.seed = 44};
    tb_scenario *s = round_the_clock(), *all = round_the_clock();
    struct life l;
    int64_t sum = 0;

    put_item(all, "obligations.report.trigger", "shift");
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        put(all, held[i][0], held[i][1]);
    expect_identity(s, all, "round the clock", 0);
    live(&l, all, &o);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        cr_expect_float_eq((double)life_ms(&l, expected[i].column),
                           PEOPLE * expected[i].minutes * TB__MINUTE, 1, "column %d",
                           expected[i].column);
        sum += life_ms(&l, expected[i].column);
    }
    cr_expect_eq(life_ms(&l, CARE_NEEDED) + life_ms(&l, IDLE) + sum,
                 PEOPLE * WEEKS * TB__WEEK);
    life_clear(&l);
    for (size_t i = 0; i < sizeof held / sizeof *held; i++) { /* each of them alone, too */
        tb_scenario *one = round_the_clock();

        if (!strncmp(held[i][0], "obligations", 11))
            put_item(one, "obligations.report.trigger", "shift");
        put(one, held[i][0], held[i][1]);
        live(&l, one, &o);
        sum = PEOPLE * WEEKS * TB__WEEK - life_ms(&l, CARE_NEEDED) - life_ms(&l, IDLE);
        cr_expect_eq(sum > PEOPLE * 30 * TB__MINUTE, strcmp(held[i][0], levers[0][0]) != 0,
                     "%s alone takes %lld ms", held[i][0], (long long)sum);
        life_clear(&l);
        tb_scenario_free(one);
    }
    tb_scenario_free(all);
    tb_scenario_free(s);
}
