/* result.c: a tb_result under an atomic count, and the object through which Python reads it. */
#include "core.h"

#include <stdlib.h>
#include <string.h>

struct result {
    PyObject_HEAD struct shared *shared;
};

/* The shared part ----------------------------------------------------------------------------- */

void names_free(char **name, int count)
{
    for (int i = 0; name && i < count; i++)
        free(name[i]);
    free(name);
}

struct shared *shared_keep(struct shared *shared)
{
    atomic_fetch_add_explicit(&shared->references, 1, memory_order_relaxed);
    return shared;
}

void shared_drop(void *object)
{
    struct shared *shared = object;

    if (atomic_fetch_sub_explicit(&shared->references, 1, memory_order_acq_rel) > 1)
        return;
    tb_result_free(shared->result);
    names_free(shared->name, shared->scenarios);
    free(shared->scenario);
    free(shared->name_offset);
    free(shared->name_bytes);
    free(shared);
}

/* The index columns: which scenario, replication and week a row is about. */
static int index_rows(struct shared *s)
{
    const int64_t block =
        s->scenarios > 0 ? s->rows / s->scenarios : 1; /* a result has some */

    if (!(s->scenario = malloc((size_t)(3 * s->rows + 1) * sizeof *s->scenario)))
        return -1;
    s->replication = s->scenario + s->rows;
    s->week = s->replication + s->rows;
    for (int64_t row = 0; row < s->rows; row++) {
        s->scenario[row] = (int32_t)(row / block);
        s->replication[row] = (int32_t)(row % block / s->weeks);
        s->week[row] = (int32_t)(row % s->weeks);
    }
    return 0;
}

/* The names one after another, as Arrow wants them. */
static int index_names(struct shared *s)
{
    size_t bytes = 0, length;

    for (int i = 0; i < s->scenarios; i++)
        bytes += strlen(s->name[i]);
    s->name_offset = malloc(((size_t)s->scenarios + 1) * sizeof *s->name_offset);
    s->name_bytes = malloc(bytes + 1);
    if (bytes > INT32_MAX || !s->name_offset || !s->name_bytes)
        return -1;
    bytes = 0;
    for (int i = 0; i < s->scenarios; i++) {
        s->name_offset[i] = (int32_t)bytes;
        length = strlen(s->name[i]);
        memcpy(s->name_bytes + bytes, s->name[i], length);
        bytes += length;
    }
    s->name_offset[s->scenarios] = (int32_t)bytes;
    return 0;
}

struct shared *shared_new(tb_result *result, char **name)
{
    struct shared *s = calloc(1, sizeof *s);

    if (!s) {
        names_free(name, tb_result_scenarios(result));
        tb_result_free(result);
        return NULL;
    }
    atomic_init(&s->references, 1);
    s->result = result;
    s->name = name;
    s->scenarios = tb_result_scenarios(result);
    s->outcomes = tb_result_outcomes(result);
    s->rows = tb_result_rows(result);
    s->weeks = tb_result_weeks(result);
    s->weekly = tb_result_is_weekly(result);
    if (index_rows(s) || index_names(s)) {
        shared_drop(s);
        return NULL;
    }
    return s;
}

const tb_result *result_of(const struct state *state, PyObject *object)
{
    if (Py_TYPE(object) == (PyTypeObject *)state->result)
        return ((struct result *)object)->shared->result;
    PyErr_SetString(PyExc_TypeError, "a part must be a result");
    return NULL;
}

/* The object ---------------------------------------------------------------------------------- */

static struct shared *shared_of(PyObject *self)
{
    return ((struct result *)self)->shared;
}

PyObject *result_object(const struct state *state, struct shared *shared)
{
    struct result *self = PyObject_New(struct result, state->result);

    if (!self) {
        shared_drop(shared);
        return NULL;
    }
    self->shared = shared;
    return (PyObject *)self;
}

static void result_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);

    shared_drop(shared_of(self));
    PyObject_Free(self);
    Py_DECREF(type);
}

static int scenario_exists(const struct shared *s, int scenario)
{
    if (scenario >= 0 && scenario < s->scenarios)
        return 1;
    PyErr_Format(PyExc_IndexError, "there is no scenario %d among %d", scenario,
                 s->scenarios);
    return 0;
}

static PyObject *result_column(PyObject *self, PyObject *args)
{
    struct shared *s = shared_of(self);
    const int64_t block =
        s->scenarios > 0 ? s->rows / s->scenarios : 1; /* a result has some */
    const char *name;
    const double *data;
    tb_error err = {.status = TB_ERR_NAME};
    int scenario, part, outcome;

    if (!PyArg_ParseTuple(args, "isi:column", &scenario, &name, &part) ||
        (scenario != -1 && !scenario_exists(s, scenario)))
        return NULL;
    outcome = tb_result_find(s->result, name);
    data = outcome < 0 ? NULL : tb_result_column(s->result, outcome, part);
    if (!data) {
        PyOS_snprintf(err.message, sizeof err.message, "%.200s: no such outcome", name);
        return raise_error(state_of(self), &err);
    }
    if (scenario == -1)
        return column_new(state_of(self), data, (Py_ssize_t)s->rows, 'd', shared_keep(s),
                          shared_drop);
    return column_new(state_of(self), data + scenario * block, (Py_ssize_t)block, 'd',
                      shared_keep(s), shared_drop);
}

static PyObject *interval(const tb_interval *i)
{
    return Py_BuildValue("(ddddi)", i->mean, i->low, i->high, i->standard_error, i->n);
}

static PyObject *result_estimate(PyObject *self, PyObject *args)
{
    const struct shared *s = shared_of(self);
    tb_interval out;
    const char *name;
    tb_error err;
    double level;
    int scenario;

    if (!PyArg_ParseTuple(args, "isd:estimate", &scenario, &name, &level) ||
        !scenario_exists(s, scenario))
        return NULL;
    if (tb_result_estimate(s->result, scenario, name, level, &out, &err))
        return raise_error(state_of(self), &err);
    return interval(&out);
}

static PyObject *result_difference(PyObject *self, PyObject *args)
{
    const struct shared *s = shared_of(self);
    int baseline, alternative;
    tb_interval out;
    const char *name;
    tb_error err;
    double level;

    if (!PyArg_ParseTuple(args, "iisd:difference", &baseline, &alternative, &name, &level) ||
        !scenario_exists(s, baseline) || !scenario_exists(s, alternative))
        return NULL;
    if (tb_result_difference(s->result, baseline, alternative, name, level, &out, &err))
        return raise_error(state_of(self), &err);
    return interval(&out);
}

/* A list with an interval for each week. */
static PyObject *weeks_of(const tb_interval *band, int64_t weeks)
{
    PyObject *list = PyList_New(0), *item;

    for (int64_t i = 0; i < weeks && list; i++) {
        item = interval(&band[i]);
        if (!item || PyList_Append(list, item) < 0)
            Py_CLEAR(list);
        Py_XDECREF(item);
    }
    return list;
}

static PyObject *result_weekly(PyObject *self, PyObject *args)
{
    const struct shared *s = shared_of(self);
    int baseline, scenario;
    PyObject *list = NULL;
    tb_interval *band;
    const char *name;
    tb_status status;
    tb_error err;
    double level;

    if (!PyArg_ParseTuple(args, "iisd:band", &baseline, &scenario, &name, &level) ||
        !scenario_exists(s, scenario) || (baseline != -1 && !scenario_exists(s, baseline)))
        return NULL;
    if (!(band = calloc((size_t)s->weeks + 1, sizeof *band)))
        return PyErr_NoMemory();
    status = baseline < 0 ? tb_result_weekly(s->result, scenario, name, level, band, &err)
                          : tb_result_weekly_difference(s->result, baseline, scenario,
                                                        name, level, band, &err);
    list = status ? raise_error(state_of(self), &err) : weeks_of(band, s->weeks);
    free(band);
    return list;
}

static PyObject *get_ending(PyObject *self, void *unused)
{
    int target = -1;
    const tb_ending ending = tb_result_ending(shared_of(self)->result, &target);

    (void)unused;
    return Py_BuildValue("(ii)", (int)ending, target);
}

static PyObject *result_pairing_gain(PyObject *self, PyObject *args)
{
    const struct shared *s = shared_of(self);
    int baseline, alternative;
    const char *name;
    tb_error err;
    double gain;

    if (!PyArg_ParseTuple(args, "iis:pairing_gain", &baseline, &alternative, &name) ||
        !scenario_exists(s, baseline) || !scenario_exists(s, alternative))
        return NULL;
    if (tb_result_pairing_gain(s->result, baseline, alternative, name, &gain, &err))
        return raise_error(state_of(self), &err);
    return PyFloat_FromDouble(gain);
}

static PyObject *result_outcomes(PyObject *self, PyObject *unused)
{
    const struct shared *s = shared_of(self);
    PyObject *list = PyList_New(0), *item;
    tb_outcome outcome;
    tb_error err;
    int failed = !list;

    (void)unused;
    for (int i = 0; i < s->outcomes && !failed; i++) {
        if (tb_result_outcome(s->result, i, &outcome, &err)) {
            Py_DECREF(list);
            return raise_error(state_of(self), &err);
        }
        item = Py_BuildValue("(sssi)", outcome.name, outcome.unit, outcome.definition,
                             (int)outcome.better);
        failed = !item || PyList_Append(list, item) < 0;
        Py_XDECREF(item);
    }
    if (failed)
        Py_CLEAR(list);
    return list;
}

static PyObject *result_hash(PyObject *self, PyObject *args)
{
    const struct shared *s = shared_of(self);
    int scenario;

    if (!PyArg_ParseTuple(args, "i:hash", &scenario) || !scenario_exists(s, scenario))
        return NULL;
    return PyLong_FromUnsignedLongLong(tb_result_hash(s->result, scenario));
}

static PyObject *result_offered_load(PyObject *self, PyObject *args)
{
    const struct shared *s = shared_of(self);
    int scenario;

    if (!PyArg_ParseTuple(args, "i:offered_load", &scenario) ||
        !scenario_exists(s, scenario))
        return NULL;
    return PyFloat_FromDouble(tb_result_offered_load(s->result, scenario));
}

static PyObject *result_arrow(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"requested_schema", NULL};
    PyObject *requested = Py_None; /* other types are not on offer, so it is not looked at */

    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|O:__arrow_c_stream__", keywords,
                                     &requested))
        return NULL;
    return arrow_stream(shared_of(self));
}

static PyObject *get_names(PyObject *self, void *unused)
{
    const struct shared *s = shared_of(self);
    PyObject *tuple = PyTuple_New(s->scenarios), *name;

    (void)unused;
    for (int i = 0; i < s->scenarios && tuple; i++) {
        name = PyUnicode_FromString(s->name[i]);
        if (!name || PyTuple_SetItem(tuple, i, name) < 0)
            Py_CLEAR(tuple);
    }
    return tuple;
}

static PyObject *get_replications(PyObject *self, void *unused)
{
    (void)unused;
    return PyLong_FromLong(tb_result_replications(shared_of(self)->result));
}

static PyObject *get_rows_per_replication(PyObject *self, void *unused)
{
    (void)unused;
    return PyLong_FromLongLong(shared_of(self)->weeks);
}

static PyObject *get_weekly(PyObject *self, void *unused)
{
    (void)unused;
    return PyBool_FromLong(shared_of(self)->weekly);
}

static PyObject *get_estimand(PyObject *self, void *unused)
{
    (void)unused;
    return PyUnicode_FromString(
        tb_result_estimand(shared_of(self)->result) == TB_SWITCH ? "switch" : "standing");
}

static PyObject *get_first(PyObject *self, void *unused)
{
    (void)unused;
    return PyLong_FromLong(tb_result_first(shared_of(self)->result));
}

static PyObject *get_seed(PyObject *self, void *unused)
{
    (void)unused;
    return PyLong_FromUnsignedLongLong(tb_result_seed(shared_of(self)->result));
}

static PyObject *get_horizon(PyObject *self, void *unused)
{
    int warmup = 0;
    const int weeks = tb_result_horizon(shared_of(self)->result, &warmup);

    (void)unused;
    return Py_BuildValue("(ii)", weeks, warmup);
}

static PyMethodDef result_methods[] = {
    {"column", result_column, METH_VARARGS,
     "column(scenario, outcome, part): rows of a scenario (-1: of all); part 0 ratio, 1 "
     "numerator,\n"
     "2 denominator."},
    {"estimate", result_estimate, METH_VARARGS,
     "estimate(scenario, outcome, level): (mean, low, high, standard_error, n)."},
    {"difference", result_difference, METH_VARARGS,
     "difference(baseline, alternative, outcome, level): as estimate."},
    {"band", result_weekly, METH_VARARGS,
     "band(baseline, scenario, outcome, level): a list of intervals, joint over the "
     "weeks; "
     "of the\nscenario itself when baseline is -1, else of its difference."},
    {"pairing_gain", result_pairing_gain, METH_VARARGS,
     "pairing_gain(baseline, alternative, outcome): what common random numbers gained."},
    {"outcomes", result_outcomes, METH_NOARGS,
     "(name, unit, definition, better) of each outcome."},
    {"hash", result_hash, METH_VARARGS, "hash(scenario): 64 bits over its tables and rows."},
    {"offered_load", result_offered_load, METH_VARARGS, "offered_load(scenario)."},
    {"__arrow_c_stream__", METHOD(result_arrow), METH_VARARGS | METH_KEYWORDS,
     "The result as an Arrow stream of one batch, without a copy of the outcomes."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef result_getset[] = {
    {"names", get_names, NULL, "Name of each scenario.", NULL},
    {"replications", get_replications, NULL, "Replications of each scenario.", NULL},
    {"rows_per_replication", get_rows_per_replication, NULL,
     "Weeks if asked for, else 1.", NULL},
    {"weekly", get_weekly, NULL, "Whether rows are weeks.", NULL},
    {"ending", get_ending, NULL, "(why the run ended, index of the hardest target).", NULL},
    {"estimand", get_estimand, NULL, "standing or switch.", NULL},
    {"first", get_first, NULL, "Number of the first replication.", NULL},
    {"seed", get_seed, NULL, "Seed of the worlds.", NULL},
    {"horizon", get_horizon, NULL, "(weeks measured, weeks of warm-up).", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot result_slots[] = {
    {Py_tp_doc, (void *)(uintptr_t) "What came out of a run."},
    {Py_tp_dealloc, SLOT(result_dealloc)},
    {Py_tp_methods, result_methods},
    {Py_tp_getset, result_getset},
    {0, NULL},
};

PyType_Spec result_spec = {
    .name = "tidsbruk._core.Result",
    .basicsize = sizeof(struct result),
    .flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = result_slots,
};
