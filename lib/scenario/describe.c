/* Reading a scenario: one value, all values, and their hash. */
#include <stdio.h>
#include <string.h>

#include "kernel/status.h"
#include "scenario/default.h"
#include "scenario/source.h"
#include "scenario/value.h"
#include "scenario/word.h"

static tb_kind kind_of(enum field_kind kind)
{
    switch (kind) {
    case FIELD_REAL: return TB_REAL;
    case FIELD_COUNT: return TB_COUNT;
    case FIELD_FLAG: return TB_FLAG;
    case FIELD_CHOICE: return TB_CHOICE;
    case FIELD_SERIES: return TB_SERIES;
    default: return TB_TEXT;
    }
}

static void describe(const tb_scenario *s, const char *path, const struct place *place,
                     tb_value *out)
{
    const struct field *f = place->field;
    const bool number =
        f->kind == FIELD_REAL || f->kind == FIELD_COUNT || f->kind == FIELD_SERIES;

    tb__copy_text(out->path, sizeof out->path, path);
    tb__value_write(&s->set, place, out->text);
    out->kind = kind_of(f->kind);
    out->unit = place->unit;
    out->doc = f->doc;
    out->low = number ? place->lo : NAN;
    out->high = number ? place->hi : NAN;
    out->choices = f->choices;
    out->source = *tb__source_of(s, path);
    out->is_default = tb__is_default(&s->set, place) && out->source.grade == TB_UNGRADED;
}

/* A whole law: its text, the source of its centre (or kind), default where all its parts are. */
static void describe_law(const tb_scenario *s, const char *path,
                         const struct place *place, tb_value *out)
{
    const struct law *law = tb__at(&s->set, place);
    const int centre = !isnan(law->mean)     ? PART_MEAN
                       : !isnan(law->median) ? PART_MEDIAN
                                             : PART_KIND;
    char full[TB_PATH_SIZE];

    describe(s, path, place, out);
    out->low = place->lo;
    out->high = place->hi;
    snprintf(full, sizeof full, "%s.%s", path, tb__law_record.field[centre].name);
    out->source = *tb__source_of(s, full);
    out->is_default = out->source.grade == TB_UNGRADED;
    for (int part = PART_KIND; part < PARTS && out->is_default; part++) {
        const struct place child = tb__child(&s->set, place, part);

        out->is_default = tb__is_default(&s->set, &child);
    }
}

tb_status tb_scenario_get(const tb_scenario *s, const char *path, tb_value *out,
                          tb_error *err)
{
    struct place place;
    const tb_status status = tb__resolve(&s->set, path, &place, err);

    if (status)
        return status;
    if (place.kind == PLACE_LAW)
        describe_law(s, path, &place, out);
    else if (place.kind == PLACE_VALUE || place.kind == PLACE_PART)
        describe(s, path, &place, out);
    else
        return tb__fail(err, TB_ERR_NAME, "\"%s\" is not a value", path);
    return TB_OK;
}

struct describing {
    const tb_scenario *scenario;
    int (*visit)(const tb_value *value, void *data);
    void *data;
};

/* Whether a place is a value, or a law's part that is given. */
static bool is_shown(const struct setting *set, const struct place *place)
{
    if (place->kind == PLACE_PART && place->index != PART_KIND)
        return !isnan(*(const double *)tb__at(set, place));
    return place->kind == PLACE_PART || place->kind == PLACE_VALUE;
}

static int show(const char *path, const struct place *place, void *data)
{
    const struct describing *d = data;
    tb_value value;

    if (!is_shown(&d->scenario->set, place))
        return 0;
    describe(d->scenario, path, place, &value);
    return d->visit(&value, d->data);
}

int tb_scenario_walk(const tb_scenario *s,
                     int (*visit)(const tb_value *value, void *data), void *data)
{
    struct describing d = {s, visit, data};

    return tb__walk(&s->set, show, &d);
}

/* FNV-1a (Fowler, Noll, Vo) over the bytes of a text. */
static uint64_t mixed(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return hash;
}

struct hashing {
    const struct setting *set;
    uint64_t hash;
};

static int hash_value(const char *path, const struct place *place, void *data)
{
    struct hashing *h = data;
    char text[TB_VALUE_SIZE];

    if (!is_shown(h->set, place))
        return 0;
    tb__value_write(h->set, place, text);
    h->hash = mixed(mixed(mixed(mixed(h->hash, path), " = "), text), "\n");
    return 0;
}

uint64_t tb_scenario_hash(const tb_scenario *s)
{
    struct hashing h = {&s->set, UINT64_C(0xcbf29ce484222325)};

    tb__walk(&s->set, hash_value, &h);
    h.hash ^= h.hash >> 33; /* the finaliser of MurmurHash3 (Appleby): every bit counts */
    h.hash *= UINT64_C(0xff51afd7ed558ccd);
    h.hash ^= h.hash >> 33;
    return h.hash;
}
