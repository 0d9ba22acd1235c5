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

PyObject *raise_fault(const struct state *state, const tb_error *err, const char *path)
{
    PyObject *exception;

    if (err->status == TB_ERR_MEMORY)
        return PyErr_NoMemory();
    exception = error_object(state->scenario_error, err);
    if (exception && set_attribute(exception, "faults",
                                   Py_BuildValue("[(ss)]", path, err->message)) < 0)
        Py_CLEAR(exception);
    return raised(exception);
}

PyDoc_STRVAR(error_doc,
             "What a call into tidsbruk failed with.\n\n"
             "Attributes\n----------\n"
             "status : str\n    Name of the status, such as ``\"TB_ERR_VALUE\"``.");
PyDoc_STRVAR(scenario_error_doc,
             "A scenario that cannot be: all of its faults at once.\n\n"
             "Attributes\n----------\n"
             "status : str\n    Name of the status of the first fault.\n"
             "faults : list of (str, str)\n    Path and message of each fault.");

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
    if (!(state->scenario = new_type(module, &scenario_spec)) ||
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
