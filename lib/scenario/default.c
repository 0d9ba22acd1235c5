#include "scenario/default.h"

#include <string.h>

#include "kernel/alloc.h"
#include "kernel/status.h"
#include "scenario/source.h"
#include "scenario/value.h"

static void fill(const struct record *record, char *at)
{
    for (int i = 0; i < record->fields; i++) {
        const struct field *f = &record->field[i];
        void *member = at + f->offset;

        switch (f->kind) {
        case FIELD_REAL: *(double *)member = f->initial; break;
        case FIELD_COUNT:
        case FIELD_CHOICE: *(int *)member = (int)f->initial; break;
        case FIELD_FLAG: *(bool *)member = f->initial > 0; break;
        case FIELD_LAW: *(struct law *)member = tb__law_constant(f->initial); break;
        case FIELD_GROUP: fill(f->record, member); break;
        case FIELD_TEXT:
        case FIELD_SERIES:
        case FIELD_LIST: break;
        }
    }
}

void tb__fill_defaults(const struct record *record, void *at)
{
    memset(at, 0, record->size);
    fill(record, at);
}

static bool same(double a, double b)
{
    return (isnan(a) && isnan(b)) || (a >= b && a <= b);
}

bool tb__is_default(const struct setting *set, const struct place *place)
{
    const struct field *f = place->field;
    const void *at = tb__at(set, place);

    if (place->law && place->index == PART_MEAN)
        return same(*(const double *)at, place->law->initial);
    switch (f->kind) {
    case FIELD_REAL: return same(*(const double *)at, f->initial);
    case FIELD_COUNT:
    case FIELD_CHOICE: return *(const int *)at == (int)f->initial;
    case FIELD_FLAG: return *(const bool *)at == (f->initial > 0);
    case FIELD_TEXT: return !*(const char *)at;
    case FIELD_SERIES: return *(const int *)at == 0;
    default: return false;
    }
}

tb_status tb_scenario_new(tb_scenario **out, tb_error *err)
{
    tb_scenario *s = tb__alloc(1, sizeof *s);

    if (!s)
        return tb__no_memory(err);
    tb__fill_defaults(&tb__setting_record, &s->set);
    *out = s;
    return TB_OK;
}

tb_status tb_scenario_copy(const tb_scenario *s, tb_scenario **out, tb_error *err)
{
    tb_scenario *copy = tb__alloc(1, sizeof *copy);

    if (!copy)
        return tb__no_memory(err);
    copy->set = s->set;
    if (s->sources) {
        copy->source = tb__alloc((size_t)s->sources, sizeof *copy->source);
        if (!copy->source) {
            tb__free(copy);
            return tb__no_memory(err);
        }
        memcpy(copy->source, s->source, (size_t)s->sources * sizeof *copy->source);
        copy->sources = copy->source_room = s->sources;
    }
    *out = copy;
    return TB_OK;
}

void tb_scenario_free(tb_scenario *s)
{
    if (!s)
        return;
    tb__free(s->source);
    tb__free(s);
}
