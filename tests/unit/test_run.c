/* What a result and a log say of themselves; plans of other headers; what a run that is out of memory
 * leaves; what the arms of a switch have in common. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "experiment/experiment.h"
#include "faulty.h"
#include "scenarios.h"
#include "tidsbruk/tidsbruk.h"

static tb_result *run_of(const tb_plan *plan)
{
    tb_error err;
    tb_scenario *s = NULL;
    tb_result *r = NULL;

    cr_assert_eq(tb_scenario_preset("home_care/npm", &s, &err), TB_OK);
    cr_assert_eq(tb_run((const tb_scenario *[]){s, s}, 2, plan, &r, &err), TB_OK, "%s",
                 err.message);
    tb_scenario_free(s);
    return r;
}

Test(run, result_knows_its_plan)
{
    tb_plan plan = TB_PLAN_INIT;
    int warmup = -1;

    plan.replications = 3;
    plan.seed = UINT64_MAX - 7;
    plan.weeks = 2;
    plan.warmup = 1;
    tb_result *r = run_of(&plan);
    cr_expect_eq(tb_result_scenarios(r), 2);
    cr_expect_eq(tb_result_replications(r), 3);
    cr_expect_eq(tb_result_weeks(r), 1);
    cr_expect_eq(tb_result_rows(r), 6);
    cr_expect_eq(tb_result_seed(r), UINT64_MAX - 7);
    cr_expect_eq(tb_result_horizon(r, &warmup), 2);
    cr_expect_eq(warmup, 1);
    cr_expect_eq(tb_result_horizon(r, NULL), 2);
    tb_result_free(r);

    plan.weekly = 1;
    r = run_of(&plan);
    cr_expect_eq(tb_result_weeks(r), 2);
    cr_expect_eq(tb_result_rows(r), 12);
    tb_result_free(r);
}

Test(run, log_names_its_indices)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_scenario *s = NULL;
    tb_log *log = NULL;

    plan.weeks = 1;
    plan.warmup = 0;
    cr_assert_eq(tb_scenario_preset("home_care/npm", &s, NULL), TB_OK);
    cr_assert_eq(tb_log_run(s, &plan, 0, &log, NULL), TB_OK);
    tb_scenario_free(s); /* the log keeps its own names */

    cr_expect_str_eq(tb_log_worker(log, 0), "carer/1");
    cr_expect_null(tb_log_worker(log, -1));
    cr_expect_null(tb_log_worker(log, 100000));
    cr_expect_not_null(tb_log_obligation(log, 0));
    cr_expect_null(tb_log_obligation(log, -1));
    cr_expect_null(tb_log_obligation(log, 100000));
    cr_expect_null(tb_log_at(log, tb_log_rows(log)));
    tb_log_free(log);
}

static tb_plan short_plan(int replications)
{
    tb_plan plan = TB_PLAN_INIT;

    plan.replications = replications;
    plan.threads = 1;
    plan.weeks = 1;
    plan.warmup = 0;
    return plan;
}

/* A plan of another header: so many bytes long, the bytes after those of ours as said. */
static tb_status run_with_size(size_t size, unsigned char beyond, uint64_t *hash)
{
    union {
        tb_plan plan;
        unsigned char byte[sizeof(tb_plan) + 64];
    } u;
    tb_scenario *s = district();
    tb_result *r = NULL;
    tb_log *log = NULL;
    tb_status status;

    memset(&u, 0, sizeof u);
    u.plan = short_plan(2);
    u.plan.size = size;
    if (size < sizeof u.plan) /* what the caller's stack happens to hold */
        memset(u.byte + size, 0xa5, sizeof u.plan - size);
    u.byte[sizeof u.plan + 40] = beyond;
    status = tb_run((const tb_scenario *[]){s}, 1, &u.plan, &r, NULL);
    *hash = status ? 0 : tb_result_hash(r, 0);
    cr_expect_eq(tb_log_run(s, &u.plan, 0, &log, NULL), status);
    tb_log_free(log);
    tb_result_free(r);
    tb_scenario_free(s);
    return status;
}

Test(run, plans_of_older_and_newer_headers_are_understood)
{
    const size_t now = sizeof(tb_plan);
    uint64_t same, hash;

    cr_assert_eq(run_with_size(now, 0, &same), TB_OK);
    cr_assert_eq(run_with_size(offsetof(tb_plan, target), 0, &hash), TB_OK);
    cr_assert_eq(hash, same);
    cr_assert_eq(run_with_size(offsetof(tb_plan, estimand), 0, &hash), TB_OK);
    cr_assert_eq(hash, same);
    cr_assert_eq(run_with_size(now + 64, 0, &hash), TB_OK);
    cr_assert_eq(hash, same);
    cr_assert_eq(run_with_size(now + 40, 1, &hash), TB_OK); /* not of the plan any more */
    cr_assert_eq(run_with_size(now + 41, 1, &hash), TB_ERR_VALUE);
    cr_assert_eq(run_with_size(0, 0, &hash), TB_ERR_VALUE);
    cr_assert_eq(run_with_size(now - 1, 0, &hash), TB_ERR_VALUE);
    cr_assert_eq(run_with_size(offsetof(tb_plan, stop), 0, &hash), TB_ERR_VALUE);
    cr_assert_eq(run_with_size((size_t)-1, 0, &hash), TB_ERR_VALUE);
}

static uint64_t hash_of(const tb_scenario *s, int replications)
{
    const tb_plan plan = short_plan(replications);
    tb_result *r = NULL;
    uint64_t hash;

    cr_assert_eq(tb_run((const tb_scenario *[]){s}, 1, &plan, &r, NULL), TB_OK);
    hash = tb_result_hash(r, 0);
    tb_result_free(r);
    return hash;
}

/* Every allocation of a run that grows from 20 to 40 replications fails in turn. */
Test(run, out_of_memory_leaves_the_unbroken_prefix)
{
    const tb_target never = {"time.direct_share", 1e-9, 0, 0};
    tb_scenario *s = district();
    uint64_t prefix[41] = {0};
    tb_plan plan = short_plan(40);
    tb_status status = TB_ERR_MEMORY;
    int at_twenty = 0, at_the_end = 0;

    plan.target = &never;
    plan.targets = 1;
    for (long n = 0; status; n++) {
        tb_result *r = NULL;
        tb_error err = {.status = TB_OK};

        faulty_start(n, 1);
        faulty.live = 0;
        status = tb_run((const tb_scenario *[]){s}, 1, &plan, &r, &err);
        faulty_start(-1, 0);
        cr_assert(status == TB_OK || status == TB_ERR_MEMORY, "%s", err.message);
        if (status && r) {
            const int done = tb_result_replications(r);

            cr_assert(done >= 1 && done <= 40);
            cr_assert_eq(tb_result_ending(r, NULL), TB_CUT_SHORT);
            cr_assert_not_null(strstr(err.message, "out of memory after"), "%s",
                               err.message);
            if (!prefix[done])
                prefix[done] = hash_of(s, done);
            cr_assert_eq(tb_result_hash(r, 0), prefix[done], "%d", done);
            at_twenty += done == 20;
            at_the_end += done == 40;
        }
        tb_result_free(r);
        cr_assert_eq(faulty.live, 0, "allocation %ld", n);
    }
    cr_assert_geq(at_twenty, 4);  /* three parts that grow, and an arena */
    cr_assert_geq(at_the_end, 3); /* what is looked at, and errors of it */
    tb_scenario_free(s);
}

static void impose(tb_scenario *s, const char *name, const char *minutes)
{
    char path[TB_PATH_SIZE];

    snprintf(path, sizeof path, "obligations.%s.minutes", name);
    put(s, path, minutes);
}

enum { ARMS_UNITED = 3 };

/* An obligation of an arm: its own, or that of the first arm that has one, which is never called for. */
static void expect_joined(tb_scenario *const *s, int arm, const struct obligation *o)
{
    const struct obligation *model = NULL;
    struct obligation expected;
    bool own = false;

    for (int from = 0; from < ARMS_UNITED; from++)
        for (int i = 0; i < s[from]->set.obligation_count; i++)
            if (!strcmp(s[from]->set.obligations[i].name, o->name)) {
                if (!model || from == arm)
                    model = &s[from]->set.obligations[i];
                own |= from == arm;
            }
    cr_assert_not_null(model, "%s", o->name);
    expected = *model;
    expected.probability = own ? model->probability : 0;
    cr_expect_eq(memcmp(o, &expected, sizeof expected), 0, "%s", o->name);
}

Test(run, arms_of_a_switch_have_the_obligations_of_all)
{
    tb_scenario *s[ARMS_UNITED] = {district(), district(), district()};
    struct arms a;
    int n;

    impose(s[1], "aa_first", "constant(mean=1)");
    impose(s[1], "zz_last", "constant(mean=2)");
    impose(s[2], "zz_last", "constant(mean=3)");
    impose(s[2], "kept_by_the_third", "constant(mean=4)");
    cr_assert_eq(tb_scenario_remove(s[2], "obligations.journal", NULL), TB_OK);
    cr_assert_eq(
        tb__arms_init(&a, (const tb_scenario *const *)s, ARMS_UNITED, TB_SWITCH, NULL),
        TB_OK);
    n = s[0]->set.obligation_count + 3;
    for (int arm = 0; arm < ARMS_UNITED; arm++) {
        cr_assert_eq(a.set[arm]->obligation_count, n);
        for (int i = 0; i < n; i++) {
            const struct obligation *o = &a.set[arm]->obligations[i];

            cr_assert(!i || strcmp(o[-1].name, o->name) < 0, "%s", o->name);
            expect_joined(s, arm, o);
        }
    }
    tb__arms_clear(&a);
    for (int arm = 0; arm < ARMS_UNITED; arm++)
        tb_scenario_free(s[arm]);
}

Test(run, arms_that_impose_too_much_together_are_refused)
{
    tb_scenario *s[2] = {district(), district()};
    tb_error err = {.status = TB_OK};
    struct arms a;

    for (int i = 0; i < MAX_OBLIGATIONS; i++) {
        char name[NAME_SIZE];

        snprintf(name, sizeof name, "x%d", i);
        if (s[i % 2]->set.obligation_count < MAX_OBLIGATIONS)
            impose(s[i % 2], name, "constant(mean=1)");
    }
    cr_assert_eq(tb__arms_init(&a, (const tb_scenario *const *)s, 2, TB_SWITCH, &err),
                 TB_ERR_LIMIT);
    cr_assert_not_null(strstr(err.message, "48"), "%s", err.message);
    tb__arms_clear(&a);
    tb_scenario_free(s[0]);
    tb_scenario_free(s[1]);
}
