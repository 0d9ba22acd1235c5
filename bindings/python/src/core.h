/* core.h: what the files of tidsbruk._core share.
 *
 * The module has no mutable globals: types and exceptions live in its state, so that each
 * interpreter has its own. None of the objects holds a reference to another Python object. A
 * result is shared by an atomic count (struct shared), because Arrow consumers may give their
 * part back from any thread, and after the interpreter has gone.
 *
 * Only the limited API of Python 3.11 is used. */
#ifndef TB_PYTHON_CORE_H
#define TB_PYTHON_CORE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdatomic.h>
#include <stdint.h>

#include "tidsbruk/tidsbruk.h"

struct state {
    PyTypeObject *fault, *scenario, *result, *column, *log;
    PyObject *error, *scenario_error;
};

/* A function as the object pointer that slots want, which ISO C does not know. */
#define SLOT(function) (__extension__(void *)(function))
#define METHOD(function) ((PyCFunction)(void (*)(void))(function))

/* Objects that may change are locked where there is no global lock. */
#if defined(Py_GIL_DISABLED) && !defined(Py_LIMITED_API)
#define LOCK(object) Py_BEGIN_CRITICAL_SECTION(object)
#define UNLOCK() Py_END_CRITICAL_SECTION()
#else
#define LOCK(object) {
#define UNLOCK() }
#endif

/* The state, from an object of one of the module's types (they are final). */
static inline struct state *state_of(PyObject *self)
{
    return PyType_GetModuleState(Py_TYPE(self));
}

/* module.c: raises what a call into the library failed with; always NULL. Faults of a scenario
 * become a ScenarioError with one fault at `path`; `value` is what was given, or NULL. */
PyObject *raise_error(const struct state *state, const tb_error *err);
PyObject *raise_fault(const struct state *state, const tb_error *err, const char *path,
                      const char *value);
PyObject *raise_faults(const struct state *state, const tb_error *err,
                       PyObject *faults); /* takes the list, or NULL after an exception */
/* One fault; line 0 is none. NULL with an exception set when memory has run out. */
PyObject *fault_object(const struct state *state, const char *path, const char *message,
                       const char *value, int line);

/* scenario.c */
extern PyType_Spec scenario_spec;
extern PyMethodDef scenario_functions[];
/* A copy of what the object holds, or NULL with an exception set. */
tb_scenario *scenario_copied(const struct state *state, PyObject *object);

/* column.c: a read-only, contiguous, one-dimensional buffer. `release(owner)` is called when the
 * last view has gone; it is called at once when the column cannot be made. */
extern PyType_Spec column_spec;
PyObject *column_new(const struct state *state, const void *data, Py_ssize_t length,
                     char format, void *owner, void (*release)(void *owner));

/* result.c */
extern PyType_Spec result_spec;

struct shared {
    atomic_int references;
    tb_result *result;
    int scenarios, outcomes;
    int64_t rows, weeks;
    int weekly;                             /* rows are weeks, be it only one */
    char **name;                            /* of each scenario, UTF-8 */
    int32_t *scenario, *replication, *week; /* index columns, one entry a row */
    int32_t *name_offset;                   /* where each name starts in ... */
    char *name_bytes;                       /* ... all of them after one another */
};

/* Takes the result and the names, whatever happens; NULL when memory has run out. */
struct shared *shared_new(tb_result *result, char **name);
struct shared *shared_keep(struct shared *shared);
void shared_drop(void *object);
void names_free(char **name, int count);
/* The result that an object holds, borrowed; NULL with an exception set. */
const tb_result *result_of(const struct state *state, PyObject *object);
PyObject *result_object(const struct state *state, struct shared *shared); /* takes it */

/* arrow.c: a new PyCapsule "arrow_array_stream" over the result. */
PyObject *arrow_stream(struct shared *shared);

/* log.c */
extern PyType_Spec log_spec;
PyObject *log_object(const struct state *state, tb_log *log); /* takes it */

/* run.c */
extern PyMethodDef run_functions[];

#endif
