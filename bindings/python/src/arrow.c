/* arrow.c: a result as an Arrow C stream of one record batch.
 *
 * Columns: scenario (a dictionary of names), replication, week (when rows are weeks), then one of
 * float64 for each outcome, whose metadata say unit and definition. Buffers are those of the
 * result. Whatever is handed out holds its own reference to the shared result; `release` calls
 * nothing of Python, since it may run in any thread and after the interpreter has gone. */
#include "core.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The ABI of Arrow's C data and C stream interfaces, with its canonical guards. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

struct ArrowSchema {
    const char *format, *name, *metadata;
    int64_t flags, n_children;
    struct ArrowSchema **children, *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length, null_count, offset, n_buffers, n_children;
    const void **buffers;
    struct ArrowArray **children, *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};
#endif

static int index_columns(const struct shared *s)
{
    return s->weekly ? 3 : 2;
}

/* Key-value metadata ------------------------------------------------------------------------- */

static char *put(char *to, const char *string)
{
    const int32_t length = (int32_t)strlen(string);

    memcpy(to, &length, sizeof length);
    memcpy(to + sizeof length, string, (size_t)length);
    return to + sizeof length + length;
}

/* `pairs` keys and values in turn, in Arrow's encoding; NULL when memory has run out. */
static char *metadata(int32_t pairs, const char *const *string)
{
    size_t size = sizeof pairs;
    char *all, *to;

    for (int i = 0; i < 2 * pairs; i++)
        size += sizeof(int32_t) + strlen(string[i]);
    if (!(all = malloc(size)))
        return NULL;
    memcpy(all, &pairs, sizeof pairs);
    to = all + sizeof pairs;
    for (int i = 0; i < 2 * pairs; i++)
        to = put(to, string[i]);
    return all;
}

static char *run_metadata(const struct shared *s)
{
    char seed[24], weeks[16], warmup[16];
    const char *pairs[] = {
        "tidsbruk.version", tb_version(), "tidsbruk.seed",         seed,
        "tidsbruk.weeks",   weeks,        "tidsbruk.warmup_weeks", warmup};
    int before = 0;
    const int measured = tb_result_horizon(s->result, &before);

    snprintf(seed, sizeof seed, "%llu", (unsigned long long)tb_result_seed(s->result));
    snprintf(weeks, sizeof weeks, "%d", measured);
    snprintf(warmup, sizeof warmup, "%d", before);
    return metadata(4, pairs);
}

/* Schema ------------------------------------------------------------------------------------- */

struct schema_hold {
    struct shared *shared; /* lends the names of outcomes */
    char *metadata;
};

static void schema_release(struct ArrowSchema *schema)
{
    struct schema_hold *hold = schema->private_data;

    for (int64_t i = 0; i < schema->n_children && schema->children; i++)
        if (schema->children[i]) {
            if (schema->children[i]->release)
                schema->children[i]->release(schema->children[i]);
            free(schema->children[i]);
        }
    if (schema->dictionary) {
        if (schema->dictionary->release)
            schema->dictionary->release(schema->dictionary);
        free(schema->dictionary);
    }
    free(schema->children);
    free(hold->metadata);
    shared_drop(hold->shared);
    free(hold);
    schema->release = NULL;
}

/* Begins a schema that release can take apart at any time. */
static int schema_begin(struct ArrowSchema *out, struct shared *s, const char *format,
                        const char *name, int64_t children)
{
    struct schema_hold *hold = calloc(1, sizeof *hold);

    memset(out, 0, sizeof *out);
    if (!hold)
        return -1;
    hold->shared = shared_keep(s);
    out->format = format;
    out->name = name;
    out->private_data = hold;
    out->release = schema_release;
    if (children && !(out->children = calloc((size_t)children, sizeof(void *))))
        return -1;
    out->n_children = children;
    return 0;
}

static int schema_annotate(struct ArrowSchema *schema, char *encoded)
{
    struct schema_hold *hold = schema->private_data;

    schema->metadata = hold->metadata = encoded;
    return encoded ? 0 : -1;
}

static int schema_child(struct ArrowSchema **child, struct shared *s, const char *format,
                        const char *name)
{
    if (!(*child = calloc(1, sizeof **child)))
        return -1;
    return schema_begin(*child, s, format, name, 0);
}

static int schema_outcome(struct ArrowSchema **child, struct shared *s, int outcome)
{
    tb_outcome o;
    tb_error err;

    if (tb_result_outcome(s->result, outcome, &o, &err) ||
        schema_child(child, s, "g", o.name))
        return -1;
    return schema_annotate(
        *child, metadata(2, (const char *[]){"unit", o.unit, "definition", o.definition}));
}

static int schema_fill(struct ArrowSchema *out, struct shared *s)
{
    const int first = index_columns(s);
    int failed = schema_begin(out, s, "+s", "", first + s->outcomes) ||
                 schema_annotate(out, run_metadata(s)) ||
                 schema_child(&out->children[0], s, "i", "scenario") ||
                 schema_child(&out->children[0]->dictionary, s, "u", "") ||
                 schema_child(&out->children[1], s, "i", "replication") ||
                 (first > 2 && schema_child(&out->children[2], s, "i", "week"));

    for (int i = 0; i < s->outcomes && !failed; i++)
        failed = schema_outcome(&out->children[first + i], s, i);
    return failed ? -1 : 0;
}

/* Array -------------------------------------------------------------------------------------- */

struct array_hold {
    struct shared *shared;
    const void *buffer[3];
};

static void array_release(struct ArrowArray *array)
{
    struct array_hold *hold = array->private_data;

    for (int64_t i = 0; i < array->n_children && array->children; i++)
        if (array->children[i]) {
            if (array->children[i]->release)
                array->children[i]->release(array->children[i]);
            free(array->children[i]);
        }
    if (array->dictionary) {
        if (array->dictionary->release)
            array->dictionary->release(array->dictionary);
        free(array->dictionary);
    }
    free(array->children);
    shared_drop(hold->shared);
    free(hold);
    array->release = NULL;
}

static int array_begin(struct ArrowArray *out, struct shared *s, int64_t length,
                       int64_t children)
{
    struct array_hold *hold = calloc(1, sizeof *hold);

    memset(out, 0, sizeof *out);
    if (!hold)
        return -1;
    hold->shared = shared_keep(s);
    out->length = length;
    out->n_buffers = 1;
    out->buffers = hold->buffer; /* no validity bitmap: nothing is missing */
    out->private_data = hold;
    out->release = array_release;
    if (children && !(out->children = calloc((size_t)children, sizeof(void *))))
        return -1;
    out->n_children = children;
    return 0;
}

static int array_child(struct ArrowArray **child, struct shared *s, int64_t length,
                       const void *data, const void *more)
{
    struct array_hold *hold;

    if (!(*child = calloc(1, sizeof **child)) || array_begin(*child, s, length, 0))
        return -1;
    hold = (*child)->private_data;
    hold->buffer[1] = data;
    hold->buffer[2] = more;
    (*child)->n_buffers = more ? 3 : 2;
    return 0;
}

static int array_fill(struct ArrowArray *out, struct shared *s)
{
    const int first = index_columns(s);
    int failed = array_begin(out, s, s->rows, first + s->outcomes) ||
                 array_child(&out->children[0], s, s->rows, s->scenario, NULL) ||
                 array_child(&out->children[0]->dictionary, s, s->scenarios,
                             s->name_offset, s->name_bytes) ||
                 array_child(&out->children[1], s, s->rows, s->replication, NULL) ||
                 (first > 2 && array_child(&out->children[2], s, s->rows, s->week, NULL));

    for (int i = 0; i < s->outcomes && !failed; i++)
        failed = array_child(&out->children[first + i], s, s->rows,
                             tb_result_column(s->result, i, 0), NULL);
    return failed ? -1 : 0;
}

/* Stream ------------------------------------------------------------------------------------- */

struct stream_hold {
    struct shared *shared;
    int sent;
};

static int stream_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    const struct stream_hold *hold = stream->private_data;

    if (schema_fill(out, hold->shared) == 0)
        return 0;
    if (out->release)
        out->release(out);
    return ENOMEM;
}

static int stream_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    struct stream_hold *hold = stream->private_data;

    if (hold->sent) {
        memset(out, 0, sizeof *out);
        return 0;
    }
    if (array_fill(out, hold->shared) == 0) {
        hold->sent = 1;
        return 0;
    }
    if (out->release)
        out->release(out);
    return ENOMEM;
}

static const char *stream_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return "out of memory";
}

static void stream_release(struct ArrowArrayStream *stream)
{
    struct stream_hold *hold = stream->private_data;

    shared_drop(hold->shared);
    free(hold);
    stream->release = NULL;
}

static void capsule_free(PyObject *capsule)
{
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, "arrow_array_stream");

    if (stream && stream->release)
        stream->release(stream);
    free(stream);
}

PyObject *arrow_stream(struct shared *shared)
{
    struct ArrowArrayStream *stream = calloc(1, sizeof *stream);
    struct stream_hold *hold = calloc(1, sizeof *hold);
    PyObject *capsule;

    if (!stream || !hold) {
        free(stream);
        free(hold);
        return PyErr_NoMemory();
    }
    hold->shared = shared_keep(shared);
    *stream = (struct ArrowArrayStream){stream_schema, stream_next, stream_error,
                                        stream_release, hold};
    capsule = PyCapsule_New(stream, "arrow_array_stream", capsule_free);
    if (!capsule) {
        stream_release(stream);
        free(stream);
    }
    return capsule;
}
