/* Runs that are cancelled from another thread while a third looks at their progress. A plain program,
 * so that it can also be built with -fsanitize=thread (./dev check), under which Criterion cannot
 * run. Says what was wrong and exits with 1. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tidsbruk/tidsbruk.h"

enum { REPLICATIONS = 24, ROUNDS = 30 };

#define EXPECT(true_, ...)                     \
    do {                                       \
        if (!(true_)) {                        \
            fprintf(stderr, "threads: ");      \
            fprintf(stderr, __VA_ARGS__);      \
            fprintf(stderr, ": " #true_ "\n"); \
            exit(1);                           \
        }                                      \
    } while (0)

struct watch {
    volatile int stop;
    volatile int64_t progress;
    int64_t stop_at; /* raises the flag when so many replications are done */
    int over;        /* the run has ended; by atomic operations */
};

static void *watcher(void *data)
{
    struct watch *w = data;

    while (!__atomic_load_n(&w->over, __ATOMIC_ACQUIRE))
        if (tb_progress(&w->progress) >= w->stop_at)
            tb_stop(&w->stop);
    return NULL;
}

/* Runs while a watcher looks on. */
static tb_status run(const tb_scenario *const *s, int count, tb_plan plan,
                     int64_t stop_at, tb_result **out, int64_t *progress)
{
    struct watch w = {.stop_at = stop_at};
    pthread_t thread;
    tb_error err;
    tb_status status;

    plan.stop = &w.stop;
    plan.progress = &w.progress;
    EXPECT(!pthread_create(&thread, NULL, watcher, &w), "a thread");
    status = tb_run(s, count, &plan, out, &err);
    EXPECT(status == TB_OK || status == TB_ERR_CANCELLED, "%s", err.message);
    __atomic_store_n(&w.over, 1, __ATOMIC_RELEASE);
    pthread_join(thread, NULL);
    *progress = tb_progress(&w.progress);
    return status;
}

static tb_scenario *preset(const char *name)
{
    tb_scenario *s;
    tb_error err;

    EXPECT(tb_scenario_preset(name, &s, &err) == TB_OK, "%s", err.message);
    EXPECT(tb_scenario_set(s, "clients.home.count", "60", &err) == TB_OK, "%s",
           err.message);
    return s;
}

/* The prefix has the bits of a run of so many replications, and so of the whole run. */
static void expect_prefix(const tb_scenario *const *s, tb_plan plan, const tb_result *part)
{
    tb_result *whole;
    tb_error err;

    plan.replications = tb_result_replications(part);
    plan.threads = 1;
    EXPECT(tb_run(s, 2, &plan, &whole, &err) == TB_OK, "%s", err.message);
    EXPECT(tb_result_rows(whole) == tb_result_rows(part), "%d replications",
           plan.replications);
    for (int i = 0; i < 2; i++)
        EXPECT(tb_result_hash(whole, i) == tb_result_hash(part, i),
               "%d replications, scenario %d", plan.replications, i);
    for (int o = 0; o < tb_result_outcomes(whole); o++)
        for (int p = 0; p < 3; p++)
            EXPECT(!memcmp(tb_result_column(whole, o, p), tb_result_column(part, o, p),
                           (size_t)tb_result_rows(whole) * sizeof(double)),
                   "%d replications, outcome %d", plan.replications, o);
    tb_result_free(whole);
}

static void cancelled_at_any_time(const tb_scenario *const *s)
{
    int lengths[REPLICATIONS + 1] = {0}, seen = 0;
    tb_plan plan = TB_PLAN_INIT;

    plan.replications = REPLICATIONS;
    plan.weeks = 1;
    plan.warmup = 1;
    plan.weekly = 1;
    for (int i = 0; i < ROUNDS; i++) {
        tb_result *r;
        int64_t progress;
        tb_status status;
        int n;

        plan.threads = 1 + i % 5;
        status =
            run(s, 2, plan, (int64_t)i * 2 * REPLICATIONS / (ROUNDS - 1), &r, &progress);
        EXPECT(status == TB_ERR_CANCELLED || r, "round %d", i);
        n = r ? tb_result_replications(r) : 0;
        EXPECT((status == TB_OK) == (n == REPLICATIONS), "round %d", i);
        EXPECT(!r || n > 0, "round %d: a result of nothing", i);
        EXPECT(progress >= 2 * n && progress <= 2 * REPLICATIONS, "round %d", i);
        if (r)
            expect_prefix(s, plan, r);
        lengths[n] = 1;
        tb_result_free(r);
    }
    for (int n = 0; n <= REPLICATIONS; n++)
        seen += lengths[n];
    EXPECT(seen > 5, "only %d different prefixes", seen);
}

/* The second simulation takes ten years of a unit's life; it is stopped soon after it begins. */
static void cancelled_within_a_replication(tb_scenario *const s[2])
{
    const tb_scenario *const two[] = {s[0], s[1]};
    tb_plan plan = TB_PLAN_INIT;
    tb_result *r;
    int64_t progress;

    plan.replications = 1;
    plan.threads = 1;
    plan.weeks = 520;
    plan.warmup = 0;
    EXPECT(tb_scenario_set(s[0], "clients.home.count", "1", NULL) == TB_OK, "one client");
    EXPECT(run(two, 2, plan, 1, &r, &progress) == TB_ERR_CANCELLED, "a long replication");
    EXPECT(!r && progress == 1, "it went on to its end");
}

int main(void)
{
    tb_scenario *s[2] = {preset("home_care/npm"), preset("home_care/trust")};

    cancelled_at_any_time((const tb_scenario *const *)s);
    cancelled_within_a_replication(s);
    tb_scenario_free(s[0]);
    tb_scenario_free(s[1]);
    return 0;
}
