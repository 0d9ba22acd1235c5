/* run.c: runs scenarios while Python stays awake. */
#include "core.h"
#include "job.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TICK = 25 }; /* ms between two looks at signals */

/* Calls back with (done, total) when there is something new to say. */
static int report(const struct job *job, PyObject *callback, int64_t *told)
{
    const int64_t done = tb_progress(&job->progress);
    PyObject *answer;

    if (callback == Py_None || done == *told)
        return 0;
    *told = done;
    answer = PyObject_CallFunction(callback, "LL", (long long)done,
                                   (long long)job->count * job->plan.replications);
    Py_XDECREF(answer);
    return answer ? 0 : -1;
}

/* The child of a fork in a signal handler or in the callback: the runner is not with it. */
static int forked(void)
{
    if (!PyErr_Occurred())
        PyErr_SetString(
            PyExc_RuntimeError,
            "this process was forked during a run, which goes on in its parent");
    return -1;
}

/* Waits for the job; -1 with an exception set when a signal or the callback ended it. */
static int attend(struct job *job, PyObject *callback)
{
    int64_t told = -1;
    int has_ended, failed = 0;

    do {
        Py_BEGIN_ALLOW_THREADS has_ended = job_wait(job, TICK);
        Py_END_ALLOW_THREADS if (!has_ended) failed =
            PyErr_CheckSignals() < 0 || report(job, callback, &told) < 0;
        if (job->process != getpid())
            return forked();
    } while (!has_ended && !failed);
    if (failed)
        tb_stop(&job->stop);
    Py_BEGIN_ALLOW_THREADS job_join(job);
    Py_END_ALLOW_THREADS return failed ? -1 : report(job, callback, &told);
}

/* Starts the job and waits for it; -1 with an exception set. */
static int perform(struct job *job, PyObject *callback)
{
    const int failed = job_start(job);

    if (!failed)
        return attend(job, callback);
    PyErr_Format(PyExc_RuntimeError, "can't start a thread for the run: %s",
                 strerror(failed));
    return -1;
}

/* Arguments ----------------------------------------------------------------------------------- */

static int seed_converted(PyObject *object, void *out)
{
    const unsigned long long seed = PyLong_AsUnsignedLongLong(object);

    if (seed == (unsigned long long)-1 && PyErr_Occurred())
        return 0;
    *(uint64_t *)out = seed;
    return 1;
}

static struct job *job_with(const struct state *state, PyObject *scenarios)
{
    const Py_ssize_t count = PyTuple_Size(scenarios);
    struct job *job;

    if (count < 1 || count > INT32_MAX) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "there is no scenario to run");
        return NULL;
    }
    if (!(job = job_new((int)count)))
        return (struct job *)PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < count; i++)
        if (!(job->scenario[i] = scenario_copied(state, PyTuple_GetItem(scenarios, i)))) {
            job_drop(job);
            return NULL;
        }
    return job;
}

/* Targets from tuples (outcome, half-width, relative, difference); -1 with an exception set. */
static int targets_copied(struct job *job, PyObject *tuple)
{
    const Py_ssize_t count = PyTuple_Size(tuple);

    if (!(job->target = calloc((size_t)count + 1, sizeof *job->target))) {
        PyErr_NoMemory();
        return -1;
    }
    job->plan.target = job->target;
    for (Py_ssize_t i = 0; i < count; i++) {
        tb_target *t = &job->target[i];
        const char *outcome;

        if (!PyArg_ParseTuple(PyTuple_GetItem(tuple, i), "sdpp:target", &outcome,
                              &t->half_width, &t->relative, &t->difference))
            return -1;
        if (!(t->outcome = strdup(outcome))) {
            PyErr_NoMemory();
            return -1;
        }
        job->plan.targets++;
    }
    return 0;
}

static char **names_copied(PyObject *tuple, int count)
{
    char **name;
    const char *text;
    Py_ssize_t size;

    if (PyTuple_Size(tuple) != count) {
        PyErr_SetString(PyExc_ValueError, "there must be one name for each scenario");
        return NULL;
    }
    if (!(name = calloc((size_t)count, sizeof *name)))
        return (char **)PyErr_NoMemory();
    for (int i = 0; i < count; i++) {
        if (!(text = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(tuple, i), &size)))
            goto fail;
        if (!(name[i] = strdup(text))) {
            PyErr_NoMemory();
            goto fail;
        }
    }
    return name;
fail:
    names_free(name, count);
    return NULL;
}

/* Takes the result and the names. */
static PyObject *object_of(const struct state *state, tb_result *result, char **name)
{
    struct shared *shared = shared_new(result, name);

    return shared ? result_object(state, shared) : PyErr_NoMemory();
}

/* The job's result as an object; takes the names. */
static PyObject *result_taken(const struct state *state, struct job *job, char **name)
{
    tb_result *result = job->result;

    job->result = NULL;
    return object_of(state, result, name);
}

/* What was finished goes with the exception, as its attribute `partial`. Takes the names. */
static void partial_attached(const struct state *state, struct job *job, char **name)
{
    PyObject *type, *value, *trace, *partial;

    PyErr_Fetch(&type, &value, &trace);
    PyErr_NormalizeException(&type, &value, &trace);
    partial = result_taken(state, job, name);
    if (!partial || PyObject_SetAttrString(value, "partial", partial) < 0)
        PyErr_Clear(); /* the exception itself matters more */
    Py_XDECREF(partial);
    PyErr_Restore(type, value, trace);
}

/* Functions ----------------------------------------------------------------------------------- */

static PyObject *run(PyObject *module, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {
        "scenarios", "names", "replications", "seed",     "weeks",   "warmup", "threads",
        "weekly",    "first", "estimand",     "progress", "targets", NULL};
    const struct state *state = PyModule_GetState(module);
    PyObject *scenarios, *names, *callback = Py_None, *object = NULL;
    tb_plan plan = TB_PLAN_INIT;
    PyObject *targets = NULL;
    int estimand = TB_STANDING;
    struct job *job;
    char **name;

    if (!PyArg_ParseTupleAndKeywords(
            args, kwargs, "O!O!|iO&iiipiiOO!:run", keywords, &PyTuple_Type, &scenarios,
            &PyTuple_Type, &names, &plan.replications, seed_converted, &plan.seed,
            &plan.weeks, &plan.warmup, &plan.threads, &plan.weekly, &plan.first,
            &estimand, &callback, &PyTuple_Type, &targets))
        return NULL;
    if (!(job = job_with(state, scenarios)))
        return NULL;
    if (!(name = names_copied(names, job->count))) {
        job_drop(job);
        return NULL;
    }
    plan.estimand = (tb_estimand)estimand;
    plan.stop = job->plan.stop;
    plan.progress = job->plan.progress;
    job->plan = plan;
    if (targets && targets_copied(job, targets)) {
        names_free(name, job->count);
        job_drop(job);
        return NULL;
    }
    if (perform(job, callback) == 0) {
        if (job->status) {
            raise_error(state, &job->err);
            if (job->result) { /* out of memory */
                partial_attached(state, job, name);
                name = NULL;
            }
        } else {
            object = result_taken(state, job, name);
            name = NULL;
        }
    } else if (job->process == getpid() && job->result) {
        partial_attached(state, job, name);
        name = NULL;
    }
    names_free(name, job->count);
    job_drop(job);
    return object;
}

static PyObject *log_(PyObject *module, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"scenarios", "seed",   "replication",
                               "weeks",     "warmup", NULL};
    const struct state *state = PyModule_GetState(module);
    PyObject *scenarios, *object = NULL;
    int replication = 0;
    struct job *job;
    tb_plan plan = TB_PLAN_INIT;

    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!|O&iii:log", keywords,
                                     &PyTuple_Type, &scenarios, seed_converted,
                                     &plan.seed, &replication, &plan.weeks, &plan.warmup))
        return NULL;
    if (replication < 0) {
        PyErr_SetString(PyExc_ValueError, "a replication has a number from 0");
        return NULL;
    }
    if (!(job = job_with(state, scenarios)))
        return NULL;
    plan.replications = 1;
    plan.estimand = job->count > 1 ? TB_SWITCH : TB_STANDING;
    plan.stop = job->plan.stop;
    plan.progress = job->plan.progress;
    job->plan = plan;
    job->logged = replication;
    if (perform(job, Py_None) == 0) {
        if (job->status) {
            raise_error(state, &job->err);
        } else {
            object = log_object(state, job->log);
            job->log = NULL;
        }
    }
    job_drop(job);
    return object;
}

static PyObject *merge(PyObject *module, PyObject *args)
{
    const struct state *state = PyModule_GetState(module);
    PyObject *parts, *names;
    const tb_result **part;
    tb_result *merged = NULL;
    Py_ssize_t count;
    char **name;
    tb_status status;
    tb_error err;

    if (!PyArg_ParseTuple(args, "O!O!:merge", &PyTuple_Type, &parts, &PyTuple_Type, &names))
        return NULL;
    count = PyTuple_Size(parts);
    if (!(part = calloc((size_t)count + 1, sizeof(const tb_result *))))
        return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < count; i++)
        if (!(part[i] = result_of(state, PyTuple_GetItem(parts, i)))) {
            free(part);
            return NULL;
        }
    status = tb_result_merge(part, (int)count, &merged, &err);
    free(part);
    if (status)
        return raise_error(state, &err);
    if (!(name = names_copied(names, tb_result_scenarios(merged)))) {
        tb_result_free(merged);
        return NULL;
    }
    return object_of(state, merged, name);
}

PyMethodDef run_functions[] = {
    {"run", METHOD(run), METH_VARARGS | METH_KEYWORDS,
     "run(scenarios, names, replications, seed, weeks, warmup, threads, weekly, first, "
     "estimand, progress, targets)."},
    {"log", METHOD(log_), METH_VARARGS | METH_KEYWORDS,
     "log(scenarios, seed, replication, weeks, warmup): of the last scenario; of two, "
     "the "
     "first is that of the warm-up."},
    {"merge", merge, METH_VARARGS, "merge(parts, names): results of one run, joined."},
    {NULL, NULL, 0, NULL},
};
