#define _POSIX_C_SOURCE 200809L
#include "job.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* macOS cannot wait on a condition by the monotonic clock. */
#if defined(__APPLE__)
enum { WAITING_CLOCK = CLOCK_REALTIME };
static int condition_init(pthread_cond_t *condition)
{
    return pthread_cond_init(condition, NULL);
}
#else
enum { WAITING_CLOCK = CLOCK_MONOTONIC };
static int condition_init(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    int failed = pthread_condattr_init(&attributes);

    if (failed)
        return failed;
    failed = pthread_condattr_setclock(&attributes, WAITING_CLOCK);
    if (!failed)
        failed = pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
    return failed;
}
#endif

struct job *job_new(int count)
{
    struct job *job = calloc(1, sizeof *job);

    if (!job)
        return NULL;
    if (!(job->scenario = calloc((size_t)count, sizeof(tb_scenario *))))
        goto fail;
    if (condition_init(&job->ended))
        goto fail;
    if (pthread_mutex_init(&job->mutex, NULL)) {
        pthread_cond_destroy(&job->ended);
        goto fail;
    }
    atomic_init(&job->owners, 1);
    job->count = count;
    job->logged = -1;
    job->process = getpid();
    job->plan = (tb_plan)TB_PLAN_INIT;
    job->plan.stop = &job->stop;
    job->plan.progress = &job->progress;
    return job;
fail:
    free(job->scenario);
    free(job);
    return NULL;
}

void job_drop(struct job *job)
{
    if (atomic_fetch_sub(&job->owners, 1) > 1)
        return;
    for (int i = 0; i < job->count; i++)
        tb_scenario_free(job->scenario[i]);
    tb_result_free(job->result);
    tb_log_free(job->log);
    for (int i = 0; i < job->plan.targets; i++)
        free((char *)job->target[i].outcome);
    free(job->target);
    pthread_mutex_destroy(&job->mutex);
    pthread_cond_destroy(&job->ended);
    free(job->scenario);
    free(job);
}

static void *runner(void *argument)
{
    struct job *job = argument;

    if (job->logged >= 0)
        job->status = tb_log_switch(job->scenario[0], job->scenario[job->count - 1],
                                    &job->plan, job->logged, &job->log, &job->err);
    else
        job->status = tb_run((const tb_scenario *const *)job->scenario, job->count,
                             &job->plan, &job->result, &job->err);
    pthread_mutex_lock(&job->mutex);
    job->has_ended = 1;
    pthread_cond_signal(&job->ended);
    pthread_mutex_unlock(&job->mutex);
    job_drop(job);
    return NULL;
}

int job_start(struct job *job)
{
    sigset_t all, before;
    int failed;

    sigfillset(&all); /* signals are for the threads of Python */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    atomic_fetch_add(&job->owners, 1);
    failed = pthread_create(&job->thread, NULL, runner, job);
    if (failed)
        job_drop(job);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed;
}

int job_wait(struct job *job, int ms)
{
    struct timespec until;
    int has_ended, late = 0;

    clock_gettime(WAITING_CLOCK, &until);
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&job->mutex);
    while (!job->has_ended && !late)
        late = pthread_cond_timedwait(&job->ended, &job->mutex, &until);
    has_ended = job->has_ended;
    pthread_mutex_unlock(&job->mutex);
    return has_ended;
}

void job_join(struct job *job)
{
    pthread_join(job->thread, NULL);
}
