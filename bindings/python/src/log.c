/* log.c: the log of one replication, a column at a time. */
#include "core.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct log {
    PyObject_HEAD tb_log *log;
};

static const struct {
    const char *name;
    size_t offset;
    char format;
} columns[] = {
    {"start", offsetof(tb_log_row, start), 'q'},
    {"end", offsetof(tb_log_row, end), 'q'},
    {"worker", offsetof(tb_log_row, worker), 'i'},
    {"activity", offsetof(tb_log_row, activity), 'i'},
    {"client", offsetof(tb_log_row, client), 'i'},
    {"obligation", offsetof(tb_log_row, obligation), 'i'},
    {"temp", offsetof(tb_log_row, temp), 'i'},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static tb_log *held(PyObject *self)
{
    return ((struct log *)self)->log;
}

PyObject *log_object(const struct state *state, tb_log *log)
{
    struct log *self = PyObject_New(struct log, state->log);

    if (!self) {
        tb_log_free(log);
        return NULL;
    }
    self->log = log;
    return (PyObject *)self;
}

static void log_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);

    tb_log_free(held(self));
    PyObject_Free(self);
    Py_DECREF(type);
}

static int column_index(const char *name)
{
    for (int i = 0; i < COLUMNS; i++)
        if (strcmp(columns[i].name, name) == 0)
            return i;
    PyErr_Format(PyExc_KeyError, "a log has no column %s", name);
    return -1;
}

static PyObject *log_column(PyObject *self, PyObject *args)
{
    const int64_t rows = tb_log_rows(held(self));
    const char *name;
    size_t size;
    char *data;
    int i;

    if (!PyArg_ParseTuple(args, "s:column", &name) || (i = column_index(name)) < 0)
        return NULL;
    size = columns[i].format == 'q' ? 8 : 4;
    if (!(data = malloc((size_t)rows * size + 1)))
        return PyErr_NoMemory();
    for (int64_t row = 0; row < rows; row++)
        memcpy(data + (size_t)row * size,
               (const char *)tb_log_at(held(self), row) + columns[i].offset, size);
    return column_new(state_of(self), data, (Py_ssize_t)rows, columns[i].format, data,
                      free);
}

static int highest(const tb_log *log, size_t offset)
{
    int32_t index, found = -1;

    for (int64_t row = 0; row < tb_log_rows(log); row++) {
        memcpy(&index, (const char *)tb_log_at(log, row) + offset, sizeof index);
        if (index > found)
            found = index;
    }
    return found;
}

static PyObject *log_names(PyObject *self, PyObject *args)
{
    const char *(*name_of)(const tb_log *, int), *name;
    PyObject *list, *word;
    int i, failed = 0;

    if (!PyArg_ParseTuple(args, "s:names", &name) || (i = column_index(name)) < 0)
        return NULL;
    switch (columns[i].offset) {
    case offsetof(tb_log_row, worker): name_of = tb_log_worker; break;
    case offsetof(tb_log_row, activity): name_of = tb_log_activity; break;
    case offsetof(tb_log_row, obligation): name_of = tb_log_obligation; break;
    default:
        PyErr_Format(PyExc_KeyError, "the column %s of a log has no names", name);
        return NULL;
    }
    if (!(list = PyList_New(0)))
        return NULL;
    for (int k = 0, last = highest(held(self), columns[i].offset); k <= last && !failed;
         k++) {
        name = name_of(held(self), k);
        word = PyUnicode_FromString(name ? name : "");
        failed = !word || PyList_Append(list, word) < 0;
        Py_XDECREF(word);
    }
    if (failed)
        Py_CLEAR(list);
    return list;
}

static Py_ssize_t log_length(PyObject *self)
{
    return (Py_ssize_t)tb_log_rows(held(self));
}

static PyMethodDef log_methods[] = {
    {"column", log_column, METH_VARARGS, "column(name): a copy of one column."},
    {"names", log_names, METH_VARARGS, "names(column): what its indices stand for."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot log_slots[] = {
    {Py_tp_doc, (void *)(uintptr_t) "Who did what and when in one replication."},
    {Py_tp_dealloc, SLOT(log_dealloc)},
    {Py_tp_methods, log_methods},
    {Py_sq_length, SLOT(log_length)},
    {0, NULL},
};

PyType_Spec log_spec = {
    .name = "tidsbruk._core.Log",
    .basicsize = sizeof(struct log),
    .flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = log_slots,
};
