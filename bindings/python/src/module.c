/* module.c: the module, its types and its exceptions. */
#include "core.h"

static int set_attribute(PyObject *exception, const char *name, PyObject *value)
{
    const int failed = !value || PyObject_SetAttrString(exception, name, value) < 0;

    Py_XDECREF(value);
    return failed ? -1 : 0;
}

/* An instance of `type` with its message and its status. */
static PyObject *error_object(PyObject *type, const tb_error *err)
{
    PyObject *exception = PyObject_CallFunction(type, "s", err->message);

    if (exception && set_attribute(exception, "status",
                                   PyUnicode_FromString(tb_status_name(err->status))) < 0)
        Py_CLEAR(exception);
    return exception;
}

static PyObject *raised(PyObject *exception)
{
    if (exception)
        PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
    Py_XDECREF(exception);
    return NULL;
}

PyObject *raise_error(const struct state *state, const tb_error *err)
{
    if (err->status == TB_ERR_MEMORY)
        return PyErr_NoMemory();
    return raised(error_object(state->error, err));
}

/* A text, or None where there is none. */
static PyObject *text_or_none(const char *text)
{
    return text ? PyUnicode_FromString(text) : Py_NewRef(Py_None);
}

PyObject *fault_object(const struct state *state, const char *path, const char *message,
                       const char *value, int line)
{
    PyObject *fields[] = {
        PyUnicode_FromString(path),
        PyUnicode_FromString(message),
        text_or_none(value),
        Py_NewRef(Py_None),
        line ? PyLong_FromLong(line) : Py_NewRef(Py_None),
        Py_NewRef(Py_None),
    };
    PyObject *fault = PyStructSequence_New(state->fault);
    const Py_ssize_t count = sizeof fields / sizeof(PyObject *);

    for (Py_ssize_t i = 0; i < count; i++) {
        if (fault && fields[i])
            PyStructSequence_SetItem(fault, i, fields[i]); /* takes it */
        else
            Py_XDECREF(fields[i]);
        if (!fields[i])
            Py_CLEAR(fault);
    }
    return fault;
}

PyObject *raise_faults(const struct state *state, const tb_error *err, PyObject *faults)
{
    PyObject *exception;

    if (err->status == TB_ERR_MEMORY) {
        Py_XDECREF(faults);
        return PyErr_NoMemory();
    }
    exception = error_object(state->scenario_error, err);
    if (!exception)
        Py_XDECREF(faults);
    else if (set_attribute(exception, "faults", faults) < 0)
        Py_CLEAR(exception);
    return raised(exception);
}

PyObject *raise_fault(const struct state *state, const tb_error *err, const char *path,
                      const char *value)
{
    PyObject *fault = fault_object(state, path, err->message, value, 0);

    return raise_faults(state, err, fault ? Py_BuildValue("[N]", fault) : NULL);
}

PyDoc_STRVAR(
    fault_doc,
    "What is wrong with a scenario, and where. As a tuple it is path and message.\n\n"
    "Attributes\n----------\n"
    "path : str\n    Where in the scenario; empty where there is no path.\n"
    "message : str\n    A sentence that names path, value, unit and bound.\n"
    "value : str or None\n    What was given.\n"
    "file : str or None\n    The file that it stands in.\n"
    "line, column : int or None\n    Where in that file or text, from 1.");
static PyStructSequence_Field fault_fields[] = {
    {"path", "where in the scenario"},
    {"message", "a sentence"},
    {"value", "what was given"},
    {"file", "the file that it stands in"},
    {"line", "from 1"},
    {"column", "from 1"},
    {NULL, NULL},
};
static PyStructSequence_Desc fault_desc = {"tidsbruk._core.Fault", fault_doc,
                                           fault_fields, 2};

PyDoc_STRVAR(error_doc,
             "What a call into tidsbruk failed with.\n\n"
             "Attributes\n----------\n"
             "status : str\n    Name of the status, such as ``\"TB_ERR_VALUE\"``.");
PyDoc_STRVAR(
    scenario_error_doc,
    "A scenario that cannot be: all of its faults at once.\n\n"
    "Attributes\n----------\n"
    "status : str\n    Name of the status of the first fault.\n"
    "faults : list of Fault\n    Each is a tuple of path and message, and also knows\n"
    "    value, file, line and column.");

static PyObject *new_exception(PyObject *module, const char *name, const char *doc,
                               PyObject *base, const char *attribute, PyObject *initial)
{
    char full[64];
    PyObject *type = NULL,
             *dict = initial ? Py_BuildValue("{sN}", attribute, initial) : NULL;

    PyOS_snprintf(full, sizeof full, "tidsbruk.%s", name);
    if (dict)
        type = PyErr_NewExceptionWithDoc(full, doc, base, dict);
    Py_XDECREF(dict);
    if (type && PyModule_AddObjectRef(module, name, type) < 0)
        Py_CLEAR(type);
    return type;
}

static PyTypeObject *new_type(PyObject *module, PyType_Spec *spec)
{
    PyTypeObject *type = (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);

    if (type && PyModule_AddType(module, type) < 0)
        Py_CLEAR(type);
    return type;
}

static int module_exec(PyObject *module)
{
    struct state *state = PyModule_GetState(module);

    if (!(state->error = new_exception(module, "Error", error_doc, NULL, "status",
                                       PyUnicode_FromString(""))) ||
        !(state->scenario_error = new_exception(module, "ScenarioError", scenario_error_doc,
                                                state->error, "faults", PyTuple_New(0))))
        return -1;
    if (!(state->fault = PyStructSequence_NewType(&fault_desc)) ||
        PyModule_AddObjectRef(module, "Fault", (PyObject *)state->fault) < 0 ||
        !(state->scenario = new_type(module, &scenario_spec)) ||
        !(state->result = new_type(module, &result_spec)) ||
        !(state->column = new_type(module, &column_spec)) ||
        !(state->log = new_type(module, &log_spec)))
        return -1;
    if (PyModule_AddFunctions(module, scenario_functions) < 0 ||
        PyModule_AddFunctions(module, run_functions) < 0)
        return -1;
    return PyModule_AddStringConstant(module, "__version__", tb_version());
}

static int module_traverse(PyObject *module, visitproc visit, void *arg)
{
    struct state *state = PyModule_GetState(module);

    Py_VISIT(state->fault);
    Py_VISIT(state->scenario);
    Py_VISIT(state->result);
    Py_VISIT(state->column);
    Py_VISIT(state->log);
    Py_VISIT(state->error);
    Py_VISIT(state->scenario_error);
    return 0;
}

static int module_clear(PyObject *module)
{
    struct state *state = PyModule_GetState(module);

    Py_CLEAR(state->fault);
    Py_CLEAR(state->scenario);
    Py_CLEAR(state->result);
    Py_CLEAR(state->column);
    Py_CLEAR(state->log);
    Py_CLEAR(state->error);
    Py_CLEAR(state->scenario_error);
    return 0;
}

static void module_free(void *module)
{
    module_clear(module);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, SLOT(module_exec)},
#if defined(Py_mod_multiple_interpreters) && PY_VERSION_HEX >= 0x030c0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#if defined(Py_mod_gil) && PY_VERSION_HEX >= 0x030d0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "tidsbruk._core",
    .m_doc = "The simulation, as the package tidsbruk sees it. Not for direct use.",
    .m_size = sizeof(struct state),
    .m_slots = module_slots,
    .m_traverse = module_traverse,
    .m_clear = module_clear,
    .m_free = module_free,
};

PyMODINIT_FUNC PyInit__core(void)
{
    return PyModuleDef_Init(&module_def);
}
