/* job.h: a run in a thread of its own.
 *
 * The runner is a fresh thread for every run, and it is always waited for. That keeps Python able
 * to answer signals, and it makes runs safe around fork: libgomp keeps a pool of workers for each
 * thread that opens a parallel region, and ends it with that thread. So no pool is left when a run
 * is over, and a child of fork starts its own instead of waiting for one that it did not inherit.
 *
 * A job is owned twice, by its caller and by its runner, since Python may end the thread of the
 * caller (a daemon thread at exit) while the runner goes on. Nothing here calls Python. */
#ifndef TB_PYTHON_JOB_H
#define TB_PYTHON_JOB_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

#include "tidsbruk/tidsbruk.h"

struct job {
    atomic_int owners;
    pthread_mutex_t mutex;
    pthread_cond_t ended;
    int has_ended; /* under mutex */
    pthread_t thread;
    pid_t process;
    volatile int stop;
    volatile int64_t progress;

    tb_scenario **scenario; /* owned copies */
    int count;
    tb_plan plan;
    tb_target *target; /* owned, with the names of outcomes */
    int logged;        /* the replication whose log is wanted; -1: a run */

    tb_status status;
    tb_error err;
    tb_result *result; /* taken by the caller, else freed with the job */
    tb_log *log;
};

struct job *job_new(int count);        /* NULL when memory has run out */
int job_start(struct job *job);        /* 0, or an errno */
int job_wait(struct job *job, int ms); /* whether it has ended within so many milliseconds */
void job_join(struct job *job);        /* waits for the thread and for all that it held */
void job_drop(struct job *job);        /* gives up one ownership */

#endif
