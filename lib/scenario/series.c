#include "scenario/series.h"

#include <string.h>

#include "kernel/status.h"
#include "scenario/value.h"
#include "scenario/word.h"

_Static_assert(TB_VALUE_SIZE >= SERIES_MOST * 25 + 1,
               "17 digits, a sign, a point, an exponent and a blank for each number");

static const char *skip_blanks(const char *p)
{
    while (*p == ' ')
        p++;
    return p;
}

/* One number of a series, `length` bytes long: the nth, from 1. */
static tb_status read_one(const struct place *place, const char *path, const char *text,
                          size_t length, int nth, double *out, tb_error *err)
{
    char word[NUMBER_TEXT_SIZE + 1];
    double value;

    if (length > NUMBER_TEXT_SIZE)
        length = NUMBER_TEXT_SIZE; /* too long to be a number, and so it stays */
    memcpy(word, text, length);
    word[length] = '\0';
    if (!tb__number_read(word, &value))
        return tb__fail(err, TB_ERR_TYPE,
                        "%s: number %d, \"%s\", is not a number; it takes numbers with "
                        "blanks between them, each %s%s",
                        path, nth, tb__shown(word).text, tb__range(place).text,
                        strchr(word, ',') ? ", with '.' as the decimal sign" : "");
    if (!tb__within(place, value))
        return tb__fail(err, TB_ERR_VALUE,
                        "%s: number %d, %s, is out of bounds; it takes %s", path, nth,
                        tb__shown(word).text, tb__range(place).text);
    *out = value;
    return TB_OK;
}

tb_status tb__series_read(const struct place *place, const char *path, const char *text,
                          struct series *out, tb_error *err)
{
    struct series read = {0};
    tb_status status;

    for (text = skip_blanks(text); *text; text = skip_blanks(text)) {
        const size_t length = strcspn(text, " ");
        double value = 0;

        if (read.count == place->field->capacity)
            return tb__fail(err, TB_ERR_LIMIT, "%s: there is room for %d numbers", path,
                            place->field->capacity);
        status = read_one(place, path, text, length, read.count + 1, &value, err);
        if (status)
            return status;
        read.value[read.count++] = value;
        text += length;
    }
    *out = read;
    return TB_OK;
}

void tb__series_store(const struct field *field, void *at, const struct series *series)
{
    char *const values = (char *)at + field->count_offset;

    memcpy(at, &series->count, sizeof series->count);
    memset(values, 0, (size_t)field->capacity * sizeof *series->value);
    memcpy(values, series->value, (size_t)series->count * sizeof *series->value);
}

void tb__series_load(const struct field *field, const void *at, struct series *out)
{
    memset(out, 0, sizeof *out);
    memcpy(&out->count, at, sizeof out->count);
    if (out->count < 0)
        out->count = 0;
    if (out->count > field->capacity)
        out->count = field->capacity;
    memcpy(out->value, (const char *)at + field->count_offset,
           (size_t)out->count * sizeof *out->value);
}

void tb__series_write(const struct field *field, const void *at, char out[TB_VALUE_SIZE])
{
    struct series s;
    size_t length = 0;

    tb__series_load(field, at, &s);
    *out = '\0';
    for (int i = 0; i < s.count; i++) {
        if (i)
            out[length++] = ' ';
        tb__copy_text(out + length, TB_VALUE_SIZE - length, tb__number(s.value[i]).text);
        length += strlen(out + length);
    }
}
