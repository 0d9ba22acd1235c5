/* column.c: a read-only buffer of numbers that outlives whatever it was taken from. */
#include "core.h"

struct column {
    PyObject_HEAD const void *data;
    Py_ssize_t length, itemsize;
    char format[2];
    void *owner;
    void (*release)(void *owner);
};

PyObject *column_new(const struct state *state, const void *data, Py_ssize_t length,
                     char format, void *owner, void (*release)(void *owner))
{
    struct column *self = PyObject_New(struct column, state->column);

    if (!self) {
        release(owner);
        return NULL;
    }
    self->data = data;
    self->length = length;
    self->itemsize = format == 'i' ? 4 : 8;
    self->format[0] = format;
    self->format[1] = '\0';
    self->owner = owner;
    self->release = release;
    return (PyObject *)self;
}

static void column_dealloc(PyObject *object)
{
    struct column *self = (struct column *)object;
    PyTypeObject *type = Py_TYPE(object);

    self->release(self->owner);
    PyObject_Free(object);
    Py_DECREF(type);
}

static int column_buffer(PyObject *object, Py_buffer *view, int flags)
{
    struct column *self = (struct column *)object;

    if (flags & PyBUF_WRITABLE) {
        PyErr_SetString(PyExc_BufferError, "the column of a result cannot be written to");
        view->obj = NULL;
        return -1;
    }
    view->buf = (void *)(uintptr_t)self->data;
    view->obj = Py_NewRef(object);
    view->len = self->length * self->itemsize;
    view->readonly = 1;
    view->itemsize = self->itemsize;
    view->format = flags & PyBUF_FORMAT ? self->format : NULL;
    view->ndim = 1;
    view->shape = flags & PyBUF_ND ? &self->length : NULL;
    view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? &self->itemsize : NULL;
    view->suboffsets = NULL;
    view->internal = NULL;
    return 0;
}

static Py_ssize_t column_length(PyObject *object)
{
    return ((struct column *)object)->length;
}

static PyObject *column_item(PyObject *object, Py_ssize_t i)
{
    const struct column *self = (struct column *)object;

    if (i < 0 || i >= self->length) {
        PyErr_SetString(PyExc_IndexError, "column index out of range");
        return NULL;
    }
    switch (self->format[0]) {
    case 'i': return PyLong_FromLong(((const int32_t *)self->data)[i]);
    case 'q': return PyLong_FromLongLong(((const int64_t *)self->data)[i]);
    default: return PyFloat_FromDouble(((const double *)self->data)[i]);
    }
}

static PyObject *column_repr(PyObject *object)
{
    const struct column *self = (struct column *)object;

    return PyUnicode_FromFormat("<Column of %zd numbers, format '%s'>", self->length,
                                self->format);
}

static PyType_Slot column_slots[] = {
    {Py_tp_doc,
     (void *)(uintptr_t) "Numbers without a copy: for memoryview and numpy.asarray."},
    {Py_tp_dealloc, SLOT(column_dealloc)},
    {Py_tp_repr, SLOT(column_repr)},
    {Py_bf_getbuffer, SLOT(column_buffer)},
    {Py_sq_length, SLOT(column_length)},
    {Py_sq_item, SLOT(column_item)},
    {0, NULL},
};

PyType_Spec column_spec = {
    .name = "tidsbruk._core.Column",
    .basicsize = sizeof(struct column),
    .flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = column_slots,
};
