#include "scenario/value.h"

#include <stdio.h>
#include <string.h>

#include "kernel/status.h"
#include "scenario/word.h"

bool tb__within(const struct place *place, double value)
{
    return value >= place->lo && value <= place->hi;
}

struct range_text tb__range(const struct place *place)
{
    struct range_text out;

    snprintf(out.text, sizeof out.text, "a %snumber between %s and %s%s%s",
             place->field->kind == FIELD_COUNT ? "whole " : "", tb__number(place->lo).text,
             tb__number(place->hi).text, *place->unit ? " " : "", place->unit);
    return out;
}

struct words_text tb__words(const char *const *words)
{
    struct words_text out = {""};
    size_t length = 0;

    for (int i = 0; words[i] && length < sizeof out.text - 1; i++)
        length += (size_t)snprintf(out.text + length, sizeof out.text - length, "%s%s",
                                   i ? ", " : "", words[i]);
    return out;
}

static tb_status read_number(const struct place *place, const char *path,
                             const char *text, double *out, tb_error *err)
{
    double value;

    if (!tb__number_read(text, &value))
        return tb__fail(err, TB_ERR_TYPE, "%s = \"%s\" is not a number; it takes %s%s",
                        path, tb__shown(text).text, tb__range(place).text,
                        strchr(text, ',') ? ", with '.' as the decimal sign" : "");
    if (!tb__within(place, value))
        return tb__fail(err, TB_ERR_VALUE, "%s = %s is out of bounds; it takes %s", path,
                        tb__shown(text).text, tb__range(place).text);
    *out = value;
    return TB_OK;
}

static tb_status read_count(const struct place *place, const char *path, const char *text,
                            int *out, tb_error *err)
{
    double value = 0;
    const tb_status status = read_number(place, path, text, &value, err);

    if (status)
        return status;
    if ((int)value < value || (int)value > value)
        return tb__fail(err, TB_ERR_TYPE, "%s = %s is not whole; it takes %s", path,
                        tb__shown(text).text, tb__range(place).text);
    *out = (int)value;
    return TB_OK;
}

static tb_status read_flag(const char *path, const char *text, bool *out, tb_error *err)
{
    if (!strcmp(text, "true") || !strcmp(text, "1"))
        *out = true;
    else if (!strcmp(text, "false") || !strcmp(text, "0"))
        *out = false;
    else
        return tb__fail(err, TB_ERR_TYPE, "%s = \"%s\" is neither true nor false", path,
                        tb__shown(text).text);
    return TB_OK;
}

static tb_status read_choice(const struct place *place, const char *path,
                             const char *text, int *out, tb_error *err)
{
    const char *const *words = place->field->choices;
    const char *nearest;
    int count = 0;

    for (; words[count]; count++)
        if (!strcmp(text, words[count])) {
            *out = count;
            return TB_OK;
        }
    nearest = tb__nearest(text, words, count);
    return tb__fail(err, TB_ERR_VALUE, "%s = \"%s\" is none of %s%s%s%s", path,
                    tb__shown(text).text, tb__words(words).text,
                    nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                    nearest ? "\"?" : "");
}

static tb_status read_text(const struct place *place, const char *path, const char *text,
                           char out[TB_VALUE_SIZE], tb_error *err)
{
    const int room = place->field->capacity;

    if (room == NAME_SIZE && *text && !tb__is_name(text))
        return tb__fail(err, TB_ERR_VALUE,
                        "%s = \"%s\" is not a name: 1 to %d of a-z, 0-9 and _, a letter "
                        "first (or nothing at all)",
                        path, tb__shown(text).text, NAME_SIZE - 1);
    if (strlen(text) >= (size_t)room)
        return tb__fail(err, TB_ERR_VALUE, "%s = \"%s\" is longer than %d bytes", path,
                        tb__shown(text).text, room - 1);
    if (!tb__is_line(text))
        return tb__fail(err, TB_ERR_VALUE,
                        "%s = \"%s\" is not one line of UTF-8 text without control "
                        "characters",
                        path, tb__shown(text).text);
    tb__copy_text(out, TB_VALUE_SIZE, text);
    return TB_OK;
}

tb_status tb__value_read(const struct place *place, const char *path, const char *text,
                         union value *out, tb_error *err)
{
    switch (place->field->kind) {
    case FIELD_REAL:
        if (place->kind == PLACE_PART && !*text) {
            out->real = NAN;
            return TB_OK;
        }
        return read_number(place, path, text, &out->real, err);
    case FIELD_COUNT: return read_count(place, path, text, &out->count, err);
    case FIELD_FLAG: return read_flag(path, text, &out->flag, err);
    case FIELD_CHOICE: return read_choice(place, path, text, &out->count, err);
    case FIELD_TEXT: return read_text(place, path, text, out->text, err);
    case FIELD_LAW: return tb__law_read(place, path, text, &out->law, err);
    case FIELD_SERIES: return tb__series_read(place, path, text, &out->series, err);
    default: break;
    }
    return tb__fail(err, TB_ERR_NAME, "\"%s\" is a %s, not a value", path,
                    place->kind == PLACE_LIST   ? "list"
                    : place->kind == PLACE_ITEM ? "whole item"
                                                : "group");
}

bool tb__is_given(const struct setting *set, const struct place *place)
{
    if (place->kind != PLACE_PART)
        return place->kind == PLACE_VALUE;
    switch (place->field->kind) {
    case FIELD_REAL: return !isnan(*(const double *)tb__at(set, place));
    case FIELD_SERIES: return *(const int *)tb__at(set, place) > 0;
    default: return true;
    }
}

void tb__store(struct setting *set, const struct place *place, const union value *value)
{
    void *at = tb__at_mutable(set, place);

    switch (place->field->kind) {
    case FIELD_REAL: *(double *)at = value->real; break;
    case FIELD_COUNT:
    case FIELD_CHOICE: *(int *)at = value->count; break;
    case FIELD_FLAG: *(bool *)at = value->flag; break;
    case FIELD_LAW: *(struct law *)at = value->law; break;
    case FIELD_SERIES: tb__series_store(place->field, at, &value->series); break;
    case FIELD_TEXT:
        memset(at, 0, (size_t)place->field->capacity);
        tb__copy_text(at, (size_t)place->field->capacity, value->text);
        break;
    case FIELD_GROUP:
    case FIELD_LIST: break;
    }
}

static void write_real(double value, char out[TB_VALUE_SIZE])
{
    if (isnan(value))
        *out = '\0';
    else
        tb__copy_text(out, TB_VALUE_SIZE, tb__number(value).text);
}

void tb__value_write(const struct setting *set, const struct place *place,
                     char out[TB_VALUE_SIZE])
{
    const void *at = tb__at(set, place);
    const char *word = NULL;

    switch (place->field->kind) {
    case FIELD_REAL: write_real(*(const double *)at, out); break;
    case FIELD_COUNT: snprintf(out, TB_VALUE_SIZE, "%d", *(const int *)at); break;
    case FIELD_FLAG: word = *(const bool *)at ? "true" : "false"; break;
    case FIELD_CHOICE: word = place->field->choices[*(const int *)at]; break;
    case FIELD_TEXT: word = at; break;
    case FIELD_LAW: tb__law_write(at, out); break;
    case FIELD_SERIES: tb__series_write(place->field, at, out); break;
    default: word = "";
    }
    if (word)
        tb__copy_text(out, TB_VALUE_SIZE, word);
}
