/* log.c: the log of one replication, a column at a time. */
#include "core.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct log {
    PyObject_HEAD tb_log *log;
};

struct column_of {
    const char *name;
    size_t offset;
    char format;
};

static const struct column_of stretches[] = {
    {"start", offsetof(tb_log_row, start), 'q'},
    {"end", offsetof(tb_log_row, end), 'q'},
    {"worker", offsetof(tb_log_row, worker), 'i'},
    {"activity", offsetof(tb_log_row, activity), 'i'},
    {"client", offsetof(tb_log_row, client), 'i'},
    {"obligation", offsetof(tb_log_row, obligation), 'i'},
    {"service", offsetof(tb_log_row, service), 'i'},
    {"temp", offsetof(tb_log_row, temp), 'i'},
    {NULL, 0, 0},
};
static const struct column_of visits[] = {
    {"planned", offsetof(tb_log_visit, planned), 'q'},
    {"granted", offsetof(tb_log_visit, granted), 'q'},
    {"opens", offsetof(tb_log_visit, opens), 'q'},
    {"closes", offsetof(tb_log_visit, closes), 'q'},
    {"start", offsetof(tb_log_visit, start), 'q'},
    {"end", offsetof(tb_log_visit, end), 'q'},
    {"worker", offsetof(tb_log_visit, worker), 'i'},
    {"client", offsetof(tb_log_visit, client), 'i'},
    {"given", offsetof(tb_log_visit, given), 'i'},
    {"temp", offsetof(tb_log_visit, temp), 'i'},
    {"no_show", offsetof(tb_log_visit, no_show), 'i'},
    {NULL, 0, 0},
};
static const struct column_of shifts[] = {
    {"start", offsetof(tb_log_shift, start), 'q'},
    {"end", offsetof(tb_log_shift, end), 'q'},
    {"worker", offsetof(tb_log_shift, worker), 'i'},
    {"kind", offsetof(tb_log_shift, kind), 'i'},
    {"absent", offsetof(tb_log_shift, absent), 'i'},
    {"temp", offsetof(tb_log_shift, temp), 'i'},
    {NULL, 0, 0},
};

static const void *stretch_at(const tb_log *log, int64_t row)
{
    return tb_log_at(log, row);
}

static const void *visit_at(const tb_log *log, int64_t row)
{
    return tb_log_visit_at(log, row);
}

static const void *shift_at(const tb_log *log, int64_t row)
{
    return tb_log_shift_at(log, row);
}

static const struct table {
    const char *name;
    int64_t (*rows)(const tb_log *log);
    const void *(*at)(const tb_log *log, int64_t row);
    const struct column_of *columns;
} tables[] = {
    {"stretches", tb_log_rows, stretch_at, stretches},
    {"visits", tb_log_visits, visit_at, visits},
    {"shifts", tb_log_shifts, shift_at, shifts},
};
enum { TABLES = sizeof tables / sizeof *tables };

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

static const struct table *table_named(const char *name)
{
    for (int i = 0; i < TABLES; i++)
        if (strcmp(tables[i].name, name) == 0)
            return &tables[i];
    PyErr_Format(PyExc_KeyError, "a log has no table %s", name);
    return NULL;
}

static const struct column_of *column_named(const struct table *t, const char *name)
{
    for (const struct column_of *c = t->columns; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    PyErr_Format(PyExc_KeyError, "the %s of a log have no column %s", t->name, name);
    return NULL;
}

static PyObject *log_column(PyObject *self, PyObject *args)
{
    const char *name, *of = "stretches";
    const struct column_of *column;
    const struct table *table;
    int64_t rows;
    size_t size;
    char *data;

    if (!PyArg_ParseTuple(args, "s|s:column", &name, &of) || !(table = table_named(of)) ||
        !(column = column_named(table, name)))
        return NULL;
    rows = table->rows(held(self));
    size = column->format == 'q' ? 8 : 4;
    if (!(data = malloc((size_t)rows * size + 1)))
        return PyErr_NoMemory();
    for (int64_t row = 0; row < rows; row++)
        memcpy(data + (size_t)row * size,
               (const char *)table->at(held(self), row) + column->offset, size);
    return column_new(state_of(self), data, (Py_ssize_t)rows, column->format, data, free);
}

static const struct {
    const char *name;
    const char *(*of)(const tb_log *log, int index);
} names[] = {
    {"worker", tb_log_worker},
    {"role", tb_log_role},
    {"activity", tb_log_activity},
    {"client", tb_log_client},
    {"obligation", tb_log_obligation},
    {"service", tb_log_service},
    {"kind", tb_log_kind},
};
enum { NAMES = sizeof names / sizeof *names };

static PyObject *log_names(PyObject *self, PyObject *args)
{
    PyObject *list, *word;
    const char *name, *text;
    int which = 0, failed = 0;

    if (!PyArg_ParseTuple(args, "s:names", &name))
        return NULL;
    while (which < NAMES && strcmp(names[which].name, name) != 0)
        which++;
    if (which == NAMES) {
        PyErr_Format(PyExc_KeyError, "a log has no names of a %s", name);
        return NULL;
    }
    if (!(list = PyList_New(0)))
        return NULL;
    for (int i = 0; !failed && (text = names[which].of(held(self), i)); i++) {
        word = PyUnicode_FromString(text);
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
    {"column", log_column,
     METH_VARARGS, "column(name, table='stretches'): a copy of one column of stretches, visits or shifts."},
    {"names", log_names, METH_VARARGS, "names(kind): what the indices of a kind stand for."},
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
