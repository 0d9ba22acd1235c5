/* Reading a scenario: one value, and all values. */
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
    const int centre = !isnan(law->mean)           ? PART_MEAN
                       : !isnan(law->median)       ? PART_MEDIAN
                       : law->quantiles.count != 0 ? PART_QUANTILES
                                                   : PART_KIND;
    char full[TB_PATH_SIZE];

    describe(s, path, place, out);
    out->low = place->lo;
    out->high = place->hi;
    snprintf(full, sizeof full, "%s.%s", path, tb__law_record.field[centre].name);
    out->source = *tb__source_of(s, full);
    out->is_default = out->source.grade == TB_UNGRADED;
    for (int part = PART_KIND; part <= PART_QUANTILES && out->is_default; part++) {
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

tb_status tb_scenario_law_mean(const tb_scenario *s, const char *path, double *out,
                               tb_error *err)
{
    const struct law *law;
    struct place place;
    tb_status status = tb__resolve(&s->set, path, &place, err);

    if (status)
        return status;
    if (place.kind != PLACE_LAW)
        return tb__fail(err, TB_ERR_NAME, "\"%s\" is not a law", path);
    law = tb__at(&s->set, &place);
    if (!(status = tb__law_check(law, path, err)))
        *out = tb__law_mean(law);
    return status;
}

struct describing {
    const tb_scenario *scenario;
    int (*visit)(const tb_value *value, void *data);
    void *data;
};

static int show(const char *path, const struct place *place, void *data)
{
    const struct describing *d = data;
    tb_value value;

    if (!tb__is_given(&d->scenario->set, place))
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
