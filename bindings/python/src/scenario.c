/* scenario.c: tb_scenario as an object that can be changed. The package hands out frozen ones. */
#include "core.h"

#include <math.h>
#include <string.h>

struct scenario {
    PyObject_HEAD tb_scenario *scenario;
};

static const char *const kind_names[] = {"real",   "count", "flag",  "choice", "text",
                                         "series", "law",   "group", "list"};
static const char *const grade_names[] = {"", "measured", "estimated", "assumed"};

static tb_scenario *held(PyObject *self)
{
    return ((struct scenario *)self)->scenario;
}

/* Takes the scenario. */
static PyObject *wrapped(PyTypeObject *type, tb_scenario *scenario)
{
    struct scenario *self = PyObject_New(struct scenario, type);

    if (!self) {
        tb_scenario_free(scenario);
        return NULL;
    }
    self->scenario = scenario;
    return (PyObject *)self;
}

static PyObject *scenario_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    tb_scenario *scenario;
    tb_error err;

    if (kwargs && PyDict_Size(kwargs) > 0) {
        PyErr_SetString(PyExc_TypeError, "Scenario() takes no keyword arguments");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, ":Scenario"))
        return NULL;
    if (tb_scenario_new(&scenario, &err))
        return raise_error(PyType_GetModuleState(type), &err);
    return wrapped(type, scenario);
}

static void scenario_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);

    tb_scenario_free(held(self));
    PyObject_Free(self);
    Py_DECREF(type);
}

tb_scenario *scenario_copied(const struct state *state, PyObject *object)
{
    tb_scenario *copy = NULL;
    tb_status status;
    tb_error err;

    if (Py_TYPE(object) != state->scenario) {
        PyErr_SetString(PyExc_TypeError, "a scenario must be a tidsbruk._core.Scenario");
        return NULL;
    }
    LOCK(object)
    status = tb_scenario_copy(held(object), &copy, &err);
    UNLOCK()
    if (status)
        raise_error(state, &err);
    return status ? NULL : copy;
}

static PyObject *scenario_copy(PyObject *self, PyObject *unused)
{
    tb_scenario *copy = scenario_copied(state_of(self), self);

    (void)unused;
    return copy ? wrapped(Py_TYPE(self), copy) : NULL;
}

static PyObject *scenario_set(PyObject *self, PyObject *args)
{
    const char *path, *value;
    tb_status status;
    tb_error err;

    if (!PyArg_ParseTuple(args, "ss:set", &path, &value))
        return NULL;
    LOCK(self)
    status = tb_scenario_set(held(self), path, value, &err);
    UNLOCK()
    return status ? raise_fault(state_of(self), &err, path, value) : Py_NewRef(Py_None);
}

static PyObject *scenario_add(PyObject *self, PyObject *args)
{
    const char *path;
    tb_status status;
    tb_error err;

    if (!PyArg_ParseTuple(args, "s:add", &path))
        return NULL;
    LOCK(self)
    status = tb_scenario_add(held(self), path, &err);
    UNLOCK()
    return status ? raise_fault(state_of(self), &err, path, NULL) : Py_NewRef(Py_None);
}

static PyObject *scenario_remove(PyObject *self, PyObject *args)
{
    const char *path;
    tb_status status;
    tb_error err;

    if (!PyArg_ParseTuple(args, "s:remove", &path))
        return NULL;
    LOCK(self)
    status = tb_scenario_remove(held(self), path, &err);
    UNLOCK()
    return status ? raise_fault(state_of(self), &err, path, NULL) : Py_NewRef(Py_None);
}

static int grade_of(const char *name)
{
    for (int i = 0; i < 4; i++)
        if (strcmp(name, grade_names[i]) == 0)
            return i;
    return -1;
}

/* A fault that the binding finds before the library sees it. */
static PyObject *own_fault(PyObject *self, const char *path, const char *message,
                           const char *value)
{
    tb_error err = {.status = TB_ERR_VALUE};

    PyOS_snprintf(err.message, sizeof err.message, "%s: %s", path, message);
    return raise_fault(state_of(self), &err, path, value);
}

static PyObject *scenario_set_source(PyObject *self, PyObject *args)
{
    const char *path, *grade, *evidence;
    tb_source source;
    tb_status status;
    tb_error err;
    int number;

    if (!PyArg_ParseTuple(args, "sssdd:set_source", &path, &grade, &evidence, &source.low,
                          &source.high))
        return NULL;
    if ((number = grade_of(grade)) < 0)
        return own_fault(self, path, "its grade is none of measured, estimated, assumed",
                         grade);
    if (strlen(evidence) >= sizeof source.evidence)
        return own_fault(self, path, "its evidence ids take more than 63 bytes", evidence);
    source.grade = (tb_grade)number;
    snprintf(source.evidence, sizeof source.evidence, "%s", evidence);
    LOCK(self)
    status = tb_scenario_set_source(held(self), path, &source, &err);
    UNLOCK()
    return status ? raise_fault(state_of(self), &err, path, NULL) : Py_NewRef(Py_None);
}

static PyObject *words(const char *const *choices)
{
    PyObject *list, *word, *tuple;
    int failed = 0;

    if (!choices)
        return Py_NewRef(Py_None);
    if (!(list = PyList_New(0)))
        return NULL;
    for (; *choices && !failed; choices++) {
        word = PyUnicode_FromString(*choices);
        failed = !word || PyList_Append(list, word) < 0;
        Py_XDECREF(word);
    }
    tuple = failed ? NULL : PyList_AsTuple(list);
    Py_DECREF(list);
    return tuple;
}

/* (path, text, kind, unit, doc, low, high, choices, is_default, grade, evidence, range_low,
 * range_high), as _core.pyi has it. */
static PyObject *value_object(const tb_value *v)
{
    return Py_BuildValue("(sssssddNNssdd)", v->path, v->text, kind_names[v->kind],
                         v->unit, v->doc, v->low, v->high, words(v->choices),
                         PyBool_FromLong(v->is_default), grade_names[v->source.grade],
                         v->source.evidence, v->source.low, v->source.high);
}

static PyObject *scenario_get(PyObject *self, PyObject *args)
{
    const char *path;
    tb_status status;
    tb_value value;
    tb_error err;

    if (!PyArg_ParseTuple(args, "s:get", &path))
        return NULL;
    LOCK(self)
    status = tb_scenario_get(held(self), path, &value, &err);
    UNLOCK()
    return status ? raise_fault(state_of(self), &err, path, NULL) : value_object(&value);
}

static PyObject *scenario_law_mean(PyObject *self, PyObject *args)
{
    const char *path;
    tb_status status;
    double mean = 0;
    tb_error err;

    if (!PyArg_ParseTuple(args, "s:law_mean", &path))
        return NULL;
    LOCK(self)
    status = tb_scenario_law_mean(held(self), path, &mean, &err);
    UNLOCK()
    return status ? raise_fault(state_of(self), &err, path, NULL)
                  : PyFloat_FromDouble(mean);
}

static int append_value(const tb_value *value, void *list)
{
    PyObject *object = value_object(value);
    const int failed = !object || PyList_Append(list, object) < 0;

    Py_XDECREF(object);
    return failed;
}

static PyObject *scenario_values(PyObject *self, PyObject *unused)
{
    PyObject *list = PyList_New(0);
    int failed;

    (void)unused;
    if (!list)
        return NULL;
    LOCK(self)
    failed = tb_scenario_walk(held(self), append_value, list);
    UNLOCK()
    if (failed)
        Py_CLEAR(list);
    return list;
}

struct telling {
    const struct state *state;
    PyObject *list;
};

static void append_line_fault(int line, const char *path, const char *message, void *data)
{
    const struct telling *t = data;
    PyObject *fault =
        PyErr_Occurred() ? NULL : fault_object(t->state, path, message, NULL, line);

    if (fault)
        PyList_Append(t->list, fault);
    Py_XDECREF(fault);
}

static void append_fault(const char *path, const char *message, void *data)
{
    append_line_fault(0, path, message, data);
}

static PyObject *scenario_check(PyObject *self, PyObject *unused)
{
    struct telling t = {state_of(self), PyList_New(0)};

    (void)unused;
    if (!t.list)
        return NULL;
    LOCK(self)
    tb_scenario_check(held(self), append_fault, &t);
    UNLOCK()
    if (PyErr_Occurred())
        Py_CLEAR(t.list);
    return t.list;
}

static void append_advice(const char *path, const char *message, void *data)
{
    PyObject *pair = PyErr_Occurred() ? NULL : Py_BuildValue("(ss)", path, message);

    if (pair)
        PyList_Append(data, pair);
    Py_XDECREF(pair);
}

static PyObject *scenario_advise(PyObject *self, PyObject *unused)
{
    PyObject *list = PyList_New(0);

    (void)unused;
    if (!list)
        return NULL;
    LOCK(self)
    tb_scenario_advise(held(self), append_advice, list);
    UNLOCK()
    if (PyErr_Occurred())
        Py_CLEAR(list);
    return list;
}

static PyObject *scenario_hash(PyObject *self, PyObject *unused)
{
    uint64_t hash;

    (void)unused;
    LOCK(self)
    hash = tb_scenario_hash(held(self));
    UNLOCK()
    return PyLong_FromUnsignedLongLong(hash);
}

/* The text is measured and then written while nobody may change the scenario. */
static PyObject *scenario_text(PyObject *self, PyObject *args)
{
    PyObject *bytes = NULL, *text;
    int sources = 0;
    size_t length;
    unsigned flags;

    if (!PyArg_ParseTuple(args, "|p:text", &sources))
        return NULL;
    flags = sources ? TB_TEXT_SOURCES : 0;
    LOCK(self)
    length = tb_scenario_text(held(self), flags, NULL, 0);
    bytes = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)length);
    if (bytes) /* a bytes object has room for a terminator */
        tb_scenario_text(held(self), flags, PyBytes_AsString(bytes), length + 1);
    UNLOCK()
    if (!bytes)
        return NULL;
    text = PyUnicode_FromEncodedObject(bytes, "utf-8", "strict");
    Py_DECREF(bytes);
    return text;
}

static PyMethodDef scenario_methods[] = {
    {"copy", scenario_copy, METH_NOARGS, "An independent copy."},
    {"set", scenario_set, METH_VARARGS, "set(path, text): sets one value from text."},
    {"add", scenario_add, METH_VARARGS, "add(path): adds an item of a list."},
    {"remove", scenario_remove, METH_VARARGS, "remove(path): removes an item of a list."},
    {"set_source", scenario_set_source, METH_VARARGS,
     "set_source(path, grade, evidence, low, high): says where a value comes from."},
    {"get", scenario_get, METH_VARARGS, "get(path): describes one value."},
    {"law_mean", scenario_law_mean, METH_VARARGS, "law_mean(path): the mean of a law."},
    {"values", scenario_values, METH_NOARGS, "Every value in canonical order."},
    {"check", scenario_check, METH_NOARGS,
     "Faults of the scenario as a whole: (path, message)."},
    {"advise", scenario_advise, METH_NOARGS,
     "What has no effect or looks like a slip: (path, message)."},
    {"hash", scenario_hash, METH_NOARGS, "64 bits of the canonical text."},
    {"text", scenario_text, METH_VARARGS, "text(sources=False): the canonical text."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot scenario_slots[] = {
    {Py_tp_doc, (void *)(uintptr_t) "A unit, its regime and a horizon, as plain data."},
    {Py_tp_new, SLOT(scenario_new)},
    {Py_tp_dealloc, SLOT(scenario_dealloc)},
    {Py_tp_methods, scenario_methods},
    {0, NULL},
};

PyType_Spec scenario_spec = {
    .name = "tidsbruk._core.Scenario",
    .basicsize = sizeof(struct scenario),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = scenario_slots,
};

static PyObject *preset(PyObject *module, PyObject *args)
{
    const struct state *state = PyModule_GetState(module);
    tb_scenario *scenario;
    const char *name;
    tb_error err;

    if (!PyArg_ParseTuple(args, "s:preset", &name))
        return NULL;
    if (tb_scenario_preset(name, &scenario, &err))
        return raise_fault(state, &err, name, NULL);
    return wrapped(state->scenario, scenario);
}

static PyObject *parse(PyObject *module, PyObject *args)
{
    const struct state *state = PyModule_GetState(module);
    struct telling t = {state, NULL};
    tb_scenario *scenario = NULL;
    const char *text;
    Py_ssize_t length;
    tb_status status;
    tb_error err;

    if (!PyArg_ParseTuple(args, "s#:parse", &text, &length) || !(t.list = PyList_New(0)))
        return NULL;
    status =
        tb_scenario_parse(text, (size_t)length, &scenario, append_line_fault, &t, &err);
    if (!PyErr_Occurred() && status)
        return raise_faults(state, &err, t.list);
    Py_DECREF(t.list);
    if (!PyErr_Occurred())
        return wrapped(state->scenario, scenario);
    tb_scenario_free(scenario);
    return NULL;
}

/* (path, kind, unit, doc, low, high, choices, default, most), as _core.pyi has it. */
static int append_setting(const tb_setting *s, void *list)
{
    PyObject *object =
        Py_BuildValue("(ssssddNsi)", s->path, kind_names[s->kind], s->unit, s->doc,
                      s->low, s->high, words(s->choices), s->initial, s->most);
    const int failed = !object || PyList_Append(list, object) < 0;

    Py_XDECREF(object);
    return failed;
}

static PyObject *settings(PyObject *module, PyObject *unused)
{
    PyObject *list = PyList_New(0);
    tb_error err;

    (void)unused;
    if (list && tb_schema_walk(append_setting, list, &err))
        raise_error(PyModule_GetState(module), &err);
    if (PyErr_Occurred())
        Py_CLEAR(list);
    return list;
}

static PyObject *presets(PyObject *module, PyObject *unused)
{
    PyObject *list = PyList_New(0), *pair;
    const char *name;
    int failed = !list;

    (void)module;
    (void)unused;
    for (int i = 0; !failed && (name = tb_preset_name(i)); i++) {
        pair = Py_BuildValue("(ss)", name, tb_preset_title(i));
        failed = !pair || PyList_Append(list, pair) < 0;
        Py_XDECREF(pair);
    }
    if (failed)
        Py_CLEAR(list);
    return list;
}

PyMethodDef scenario_functions[] = {
    {"preset", preset, METH_VARARGS, "preset(name): one of the shipped presets."},
    {"parse", parse, METH_VARARGS, "parse(text): the scenario of a canonical text."},
    {"settings", settings, METH_NOARGS, "All that a scenario may hold."},
    {"presets", presets, METH_NOARGS, "The shipped presets: (name, title)."},
    {NULL, NULL, 0, NULL},
};
