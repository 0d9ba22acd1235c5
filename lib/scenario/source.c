#include "scenario/source.h"

#include <stdio.h>
#include <string.h>

#include "kernel/alloc.h"
#include "kernel/status.h"
#include "scenario/value.h"
#include "scenario/word.h"

const tb_source tb__no_source = {TB_UNGRADED, NAN, NAN, ""};

/* The index of the first entry whose path is not before `path`. */
static int find(const tb_scenario *s, const char *path)
{
    int low = 0, high = s->sources;

    while (low < high) {
        const int middle = low + (high - low) / 2;

        if (strcmp(s->source[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_at(const tb_scenario *s, int i, const char *path)
{
    return i < s->sources && !strcmp(s->source[i].path, path);
}

const tb_source *tb__source_of(const tb_scenario *s, const char *path)
{
    const int i = find(s, path);

    return is_at(s, i, path) ? &s->source[i].source : &tb__no_source;
}

static bool is_below(const char *path, const char *top)
{
    const size_t length = strlen(top);

    return !strncmp(path, top, length) && (path[length] == '\0' || path[length] == '.');
}

/* They stand together, a path right before those below it: no character of a name is before a point. */
void tb__source_drop(tb_scenario *s, const char *path)
{
    const int first = find(s, path);
    int last = first;

    while (last < s->sources && is_below(s->source[last].path, path))
        last++;
    if (last > first)
        memmove(&s->source[first], &s->source[last],
                (size_t)(s->sources - last) * sizeof *s->source);
    s->sources -= last - first;
}

/* The path of a law's part. */
static void part_path(char out[TB_PATH_SIZE], const char *law, int part)
{
    snprintf(out, TB_PATH_SIZE, "%s.%s", law, tb__law_record.field[part].name);
}

void tb__source_drop_unset(tb_scenario *s, const char *path, const struct simple_law *law)
{
    char full[TB_PATH_SIZE];

    for (int part = PART_MEAN; part < PARTS; part++)
        if (isnan(tb__law_part(law, part))) {
            part_path(full, path, part);
            tb__source_drop(s, full);
        }
}

void tb__source_drop_lists(tb_scenario *s, const char *path, const struct law *law)
{
    char full[TB_PATH_SIZE];

    part_path(full, path, PART_QUANTILES);
    if (!law->quantiles.count)
        tb__source_drop(s, full);
    part_path(full, path, PART_PARTS);
    if (!law->part_count)
        tb__source_drop(s, full);
}

static tb_status reserve(tb_scenario *s, int more, tb_error *err)
{
    struct source_entry *grown;
    int room = s->source_room ? s->source_room : 16;

    while (room < s->sources + more)
        room *= 2;
    if (room == s->source_room)
        return TB_OK;
    grown = tb__realloc(s->source, (size_t)room, sizeof *grown);
    if (!grown)
        return tb__no_memory(err);
    s->source = grown;
    s->source_room = room;
    return TB_OK;
}

/* Room was made before. A source that says nothing is not kept. */
static void put(tb_scenario *s, const char *path, const tb_source *source)
{
    const int i = find(s, path);
    const bool says_nothing =
        source->grade == TB_UNGRADED && !*source->evidence && isnan(source->low);

    if (says_nothing) {
        tb__source_drop(s, path);
        return;
    }
    if (!is_at(s, i, path)) {
        memmove(&s->source[i + 1], &s->source[i],
                (size_t)(s->sources - i) * sizeof *s->source);
        s->sources++;
        memset(&s->source[i], 0, sizeof *s->source);
        tb__copy_text(s->source[i].path, sizeof s->source[i].path, path);
    }
    s->source[i].source = *source;
}

/* The numbers that are given, and the kind; the range is that of the mean or median. */
static void put_simple(tb_scenario *s, const char *path, const struct simple_law *law,
                       const tb_source *source)
{
    const int centre = isnan(law->mean) ? PART_MEDIAN : PART_MEAN;
    char full[TB_PATH_SIZE];

    for (int part = PART_KIND; part < PARTS; part++) {
        tb_source own = *source;

        if (part != PART_KIND && isnan(tb__law_part(law, part)))
            continue;
        if (part != centre)
            own.low = own.high = NAN;
        part_path(full, path, part);
        put(s, full, &own);
    }
}

/* A whole law: all that is given of it. */
static void put_law(tb_scenario *s, const char *path, const struct law *law,
                    const tb_source *source)
{
    char full[TB_PATH_SIZE], weight[TB_PATH_SIZE + 8];

    put_simple(s, path, &law->simple, source);
    if (law->quantiles.count) {
        part_path(full, path, PART_QUANTILES);
        put(s, full, source);
    }
    for (int i = 0; i < law->part_count; i++) {
        tb_source own = *source;
        int length;

        own.low = own.high = NAN;
        length = snprintf(full, sizeof full, "%s.parts.%s", path, law->parts[i].name);
        if (length >= (int)sizeof full - 16)
            continue;
        put_simple(s, full, &law->parts[i].simple, &own);
        snprintf(weight, sizeof weight, "%s.weight", full);
        put(s, weight, &own);
    }
}

static tb_status check_words(const char *path, const tb_source *source, tb_error *err)
{
    if (source->grade < TB_UNGRADED || source->grade > TB_ASSUMED)
        return tb__fail(err, TB_ERR_VALUE, "%s: there is no grade %d", path,
                        (int)source->grade);
    if (!memchr(source->evidence, '\0', sizeof source->evidence))
        return tb__fail(err, TB_ERR_VALUE, "%s: evidence is longer than %d bytes", path,
                        TB_EVIDENCE_SIZE - 1);
    if (!tb__is_line(source->evidence))
        return tb__fail(err, TB_ERR_VALUE,
                        "%s: evidence \"%s\" is not one line of UTF-8 text", path,
                        tb__shown(source->evidence).text);
    return TB_OK;
}

static bool is_whole(double value)
{
    return value >= floor(value) && value <= floor(value);
}

/* The range of a value, where one is given, against the bounds of `place`. */
static tb_status check_range(const struct place *place, const char *path,
                             const tb_source *source, tb_error *err)
{
    const enum field_kind kind = place->field->kind;

    if (isnan(source->low) && isnan(source->high))
        return TB_OK;
    if (kind == FIELD_CHOICE || kind == FIELD_TEXT || kind == FIELD_SERIES)
        return tb__fail(err, TB_ERR_VALUE, "%s: only numbers and flags have a range", path);
    if (!(source->low <= source->high) || !tb__within(place, source->low) ||
        !tb__within(place, source->high))
        return tb__fail(
            err, TB_ERR_VALUE,
            "%s: the range from %s to %s must have two ends, low first, each %s", path,
            tb__number(source->low).text, tb__number(source->high).text,
            tb__range(place).text);
    if (kind != FIELD_REAL && (!is_whole(source->low) || !is_whole(source->high)))
        return tb__fail(err, TB_ERR_VALUE,
                        "%s: the range from %s to %s must have whole ends", path,
                        tb__number(source->low).text, tb__number(source->high).text);
    return TB_OK;
}

/* A law's range is that of its mean or median: a law without them has none. */
static tb_status check_law_range(const struct setting *set, const struct place *place,
                                 const char *path, const tb_source *source, tb_error *err)
{
    const struct law *law = tb__at(set, place);
    const struct place mean = tb__child(set, place, PART_MEAN);

    if (isnan(law->mean) && isnan(law->median) && !isnan(source->low))
        return tb__fail(
            err, TB_ERR_VALUE,
            "%s: the range of a law is that of its mean or median, and it has "
            "neither",
            path);
    return check_range(&mean, path, source, err);
}

static tb_status check_source(const struct setting *set, const struct place *place,
                              const char *path, const tb_source *source, tb_error *err)
{
    const tb_status status = check_words(path, source, err);

    if (status)
        return status;
    if (place->kind == PLACE_LAW)
        return check_law_range(set, place, path, source, err);
    if (place->kind != PLACE_VALUE && place->kind != PLACE_PART)
        return tb__fail(err, TB_ERR_NAME, "\"%s\" is not a value", path);
    if (place->kind == PLACE_PART && !tb__is_given(set, place))
        return tb__fail(err, TB_ERR_VALUE, "%s is not given, so it has no source", path);
    return check_range(place, path, source, err);
}

tb_status tb_scenario_set_source(tb_scenario *s, const char *path,
                                 const tb_source *source, tb_error *err)
{
    struct place place;
    tb_status status;

    if ((status = tb__resolve(&s->set, path, &place, err)) ||
        (status = check_source(&s->set, &place, path, source, err)) ||
        (status = reserve(s, (LAW_PARTS + 1) * (PARTS + 1), err)))
        return status;
    if (place.kind == PLACE_LAW)
        put_law(s, path, tb__at(&s->set, &place), source);
    else
        put(s, path, source);
    return TB_OK;
}
