/* run.h: replications of one or more scenarios, and what came out.
 *
 * tb_run simulates every scenario `replications` times. Replication r of each scenario lives in the
 * same world: the same seed and r give the same needs, absences, travel noise and arrivals, so that
 * differences between scenarios are paired. The result has the same bits for any number of threads
 * and any schedule. */
#ifndef TIDSBRUK_RUN_H
#define TIDSBRUK_RUN_H

#include <stdint.h>

#include "tidsbruk/scenario.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is compared; results always name it.
 * TB_STANDING: each regime is warmed up under itself: settled practices stand side by side.
 * TB_SWITCH: all scenarios live through the warm-up under the first one, the baseline, in one history,
 * and part at week 0, with the state that they have by then (acquaintance, strain, backlogs, absence,
 * calls that wait). They must describe the same unit: staff, clients and services by name and number,
 * else TB_ERR_MISMATCH names the first difference. The baseline's rows are those of its standing run. */
typedef enum tb_estimand { TB_STANDING, TB_SWITCH } tb_estimand;

/* How well an outcome is to be known before a run may end: the half-width of its interval, of the
 * estimate of every scenario, or of the paired difference of every scenario from the first. */
typedef struct tb_target {
    const char *outcome;
    double half_width; /* above 0; in the unit of the outcome, or a share of the estimate */
    int relative;      /* nonzero: a share of the estimate's size */
    int difference;    /* nonzero: of differences */
} tb_target;

/* What to run. Start from TB_PLAN_INIT. `size` lets the struct grow: a library takes plans of older headers
 * (what they do not hold is as in TB_PLAN_INIT) and of newer ones whose further members are 0; any
 * other plan is TB_ERR_VALUE. */
typedef struct tb_plan {
    size_t size;
    int replications; /* 1 to 1,000,000 */
    uint64_t seed;
    int weeks; /* measured weeks; 0: as each scenario says, which must then agree */
    int warmup; /* whole weeks before them; -1: the longest that any of the scenarios says */
    int threads; /* 0: as many as the machine has; otherwise 1 to 1024, clamped to the work */
    int weekly; /* nonzero: rows are scenario x replication x week */
    int first;  /* number of the first replication, so that a run can be continued */
    const volatile int *stop; /* raised by tb_stop, it cancels the run; NULL: never */
    volatile int64_t *progress; /* read by tb_progress: replications done, all scenarios; or NULL */
    tb_estimand estimand;
    /* With targets, `replications` is the most; the run ends at the first of 20, 40, 80, ... replications
     * at which every target is met at this level. */
    const tb_target *target;
    int targets;
    double level; /* between 0 and 1 */
} tb_plan;

#define TB_PLAN_INIT                                                                    \
    {                                                                                   \
        sizeof(tb_plan), 100, 1, 0, -1, 0, 0, 0, NULL, NULL, TB_STANDING, NULL, 0, 0.95 \
    }

typedef struct tb_result tb_result;

/* Whether more of an outcome is better for somebody. */
typedef enum tb_direction { TB_LESS = -1, TB_NEITHER = 0, TB_MORE = 1 } tb_direction;

/* An outcome is a ratio of two sums over a replication (or a week): numerator / denominator, 0 where
 * the denominator is 0. Strings live as long as the result. */
typedef struct tb_outcome {
    const char *name;       /* "time.direct_share" */
    const char *unit;       /* "share", "min per worker-week", ... */
    const char *definition; /* one sentence with numerator and denominator */
    tb_direction better;
} tb_outcome;

/* An estimate with its confidence interval. */
typedef struct tb_interval {
    double mean; /* point estimate: ratio of sums over replications, or the difference of two */
    double low, high;
    double standard_error;
    int n; /* replications */
} tb_interval;

/* Runs the scenarios. On TB_ERR_CANCELLED and on TB_ERR_MEMORY *out holds the unbroken prefix of
 * replications that every scenario finished (NULL when there is none): the same bits as a run of so
 * many replications; it ended as TB_CUT_SHORT. On any other failure *out is NULL. */
TB_API tb_status tb_run(const tb_scenario *const *scenarios, int count,
                        const tb_plan *plan, tb_result **out, tb_error *err);

/* Raises the flag that a plan's `stop` points to, from any thread and from a signal handler. A run
 * looks at it every few thousand events, also in the middle of a replication. */
TB_API void tb_stop(volatile int *stop);

/* Replications done so far, from any thread: what a plan's `progress` points to. Both variables are
 * plain memory in this header, so that C and C++ can share it; these two functions and the library
 * touch them by atomic operations only. */
TB_API int64_t tb_progress(const volatile int64_t *progress);

/* Joins parts of one run, made with different `first`, in any order, into the result of the whole:
 * the same bits as one run of all their replications. Parts must agree in scenarios (by the hashes of
 * their settings and of their compiled tables), seed, weeks, warm-up and library version, and their
 * replications must follow one another without a gap or an overlap: otherwise TB_ERR_MISMATCH names
 * what differs. The parts stay as they are. */
TB_API tb_status tb_result_merge(const tb_result *const *parts, int count,
                                 tb_result **out, tb_error *err);
TB_API void tb_result_free(tb_result *r);

/* Numbers of scenarios and replications, which together with weeks span the rows. */
TB_API int tb_result_scenarios(const tb_result *r);
TB_API int tb_result_replications(const tb_result *r);
TB_API int tb_result_weeks(const tb_result *r); /* rows a replication: weeks if asked, else 1 */
TB_API int tb_result_outcomes(const tb_result *r);
TB_API uint64_t tb_result_seed(const tb_result *r);
TB_API int tb_result_first(const tb_result *r); /* number of its first replication */

/* Why a run ended: all its replications were done (no target was set, or parts were merged), every
 * target was met, the most replications that it was allowed did not do, or it was cut short: cancelled,
 * or out of memory. */
typedef enum tb_ending { TB_PLANNED, TB_PRECISE, TB_CAPPED, TB_CUT_SHORT } tb_ending;

/* `target`, if not NULL, gets the index of the target that was hardest to meet at the end (the
 * widest interval beside what was asked), -1 without any. */
TB_API tb_ending tb_result_ending(const tb_result *r, int *target);

/* What its differences estimate: the plan's word. */
TB_API tb_estimand tb_result_estimand(const tb_result *r);
TB_API int tb_result_is_weekly(const tb_result *r); /* nonzero: rows are weeks, be it only one */
/* Weeks measured and weeks of warm-up of the run. */
TB_API int tb_result_horizon(const tb_result *r, int *warmup);

/* 64-bit hash of the compiled tables of a scenario and of every number of its rows. */
TB_API uint64_t tb_result_hash(const tb_result *r, int scenario);

/* Offered load of a scenario: expected work over expected time on duty. 1 or more: no steady state,
 * and results hold for this horizon only. */
TB_API double tb_result_offered_load(const tb_result *r, int scenario);

/* Describes an outcome by its index, 0 to tb_result_outcomes - 1; otherwise TB_ERR_NAME. */
TB_API tb_status tb_result_outcome(const tb_result *r, int outcome, tb_outcome *out,
                                   tb_error *err);

/* Index of an outcome by name, or -1. */
TB_API int tb_result_find(const tb_result *r, const char *outcome);

/* Column of an outcome: tb_result_rows values, row = (scenario * replications + replication) *
 * weeks + week. `part` 0: the ratio, 1: its numerator, 2: its denominator. Owned by the result. */
TB_API const double *tb_result_column(const tb_result *r, int outcome, int part);
TB_API int64_t tb_result_rows(const tb_result *r);

/* Ratio estimate of one scenario: sum(numerator) / sum(denominator) over replications (weeks are
 * summed first), interval by t on n - 1 with the linearised variance (Cochran 1977, 6.3); below 30
 * replications by the jackknife. level in (0, 1). */
TB_API tb_status tb_result_estimate(const tb_result *r, int scenario, const char *outcome,
                                    double level, tb_interval *out, tb_error *err);

/* Paired difference: alternative minus baseline. The variance is that of
 * z = (D1 - R1 T1) / mean(T1) - (D0 - R0 T0) / mean(T0) over replications. */
TB_API tb_status tb_result_difference(const tb_result *r, int baseline, int alternative,
                                      const char *outcome, double level, tb_interval *out,
                                      tb_error *err);

/* The same week by week, for a result whose rows are weeks: out[0 .. weeks - 1]. The band holds jointly
 * over all weeks (Bonferroni: each week's interval is at 1 - (1 - level) / weeks), whatever their
 * dependence; replications, not weeks, are what is independent. TB_ERR_VALUE when rows are not weeks. */
TB_API tb_status tb_result_weekly(const tb_result *r, int scenario, const char *outcome,
                                  double level, tb_interval *out, tb_error *err);
TB_API tb_status tb_result_weekly_difference(const tb_result *r, int baseline,
                                             int alternative, const char *outcome,
                                             double level, tb_interval *out, tb_error *err);

/* The variance of the difference had the two been independent over its paired variance: how much the
 * common random numbers gained for this outcome; infinite where the difference does not vary, 1 where
 * nothing does. One replication has no variance: TB_ERR_VALUE. */
TB_API tb_status tb_result_pairing_gain(const tb_result *r, int baseline, int alternative,
                                        const char *outcome, double *out, tb_error *err);

/* The log of one replication ------------------------------------------------------------------ */

typedef struct tb_log tb_log;

/* One stretch of one worker's time. Indices are -1 where there is none. */
typedef struct tb_log_row {
    int64_t start, end; /* ms since the start of the measured weeks; warm-up is negative */
    int32_t worker;     /* index; tb_log_worker names it */
    int32_t activity;   /* ledger category; tb_log_activity names it */
    int32_t client;
    int32_t obligation; /* index; tb_log_obligation names it */
    int32_t service;    /* whose call it was for; index; tb_log_service names it */
    int32_t temp;       /* 1: a temp stood in */
} tb_log_row;

/* One planned visit that was given, missed, or in vain. One that was put off to another day stands once, as it
 * was in the end. */
typedef struct tb_log_visit {
    int64_t planned, granted; /* start by the day plan (ms as above); ms that were granted */
    int64_t opens, closes;    /* its window */
    int64_t start, end; /* at the client, records written there included; at the door if
                         * nobody came; 0 if it was missed */
    int32_t worker;     /* who gave it, or had it when it was missed; -1: nobody */
    int32_t client;
    int32_t given;   /* 1: given, 0: missed or in vain */
    int32_t temp;    /* 1: by a temp in the worker's place */
    int32_t no_show; /* 1: nobody came, or opened the door */
} tb_log_visit;

/* One shift of the roster that has begun. */
typedef struct tb_log_shift {
    int64_t start, end; /* as rostered */
    int32_t worker;
    int32_t kind;   /* index; tb_log_kind names it; -1: round the clock */
    int32_t absent; /* 1: the worker was ill when it began */
    int32_t temp;   /* 1: a temp came instead */
} tb_log_shift;

/* Simulates one replication (the nth of the plan, from 0) of a scenario and keeps its log, in the order of booking. */
TB_API tb_status tb_log_run(const tb_scenario *s, const tb_plan *plan, int replication,
                            tb_log **out, tb_error *err);

/* The same of a scenario as an arm of a run under plan.estimand: under TB_SWITCH the warm-up is lived
 * under `before`; otherwise that is not looked at and may be NULL. tb_log_run knows no such scenario
 * and refuses TB_SWITCH (TB_ERR_VALUE). */
TB_API tb_status tb_log_switch(const tb_scenario *before, const tb_scenario *s,
                               const tb_plan *plan, int replication, tb_log **out,
                               tb_error *err);
TB_API void tb_log_free(tb_log *log);
TB_API int64_t tb_log_rows(const tb_log *log);
TB_API const tb_log_row *tb_log_at(const tb_log *log, int64_t row); /* NULL past the end */
TB_API int64_t tb_log_visits(const tb_log *log);
TB_API const tb_log_visit *tb_log_visit_at(const tb_log *log, int64_t visit); /* likewise */
TB_API int64_t tb_log_shifts(const tb_log *log);
TB_API const tb_log_shift *tb_log_shift_at(const tb_log *log, int64_t shift); /* likewise */

/* What indices stand for; NULL for an index that is none. Names live as long as the log. */
TB_API const char *tb_log_worker(const tb_log *log, int worker);
TB_API const char *tb_log_role(const tb_log *log, int worker); /* of a worker */
TB_API const char *tb_log_client(const tb_log *log, int client); /* the group that it is of */
TB_API const char *tb_log_activity(const tb_log *log, int activity);
TB_API const char *tb_log_obligation(const tb_log *log, int obligation);
TB_API const char *tb_log_service(const tb_log *log, int service);
TB_API const char *tb_log_kind(const tb_log *log, int kind); /* of a shift */

#ifdef __cplusplus
}
#endif
#endif
