/* What a scenario may say, from the field tables alone. A setting with one item in each list is made
 * of the tables, and walked. */
#include <string.h>

#include "kernel/alloc.h"
#include "kernel/status.h"
#include "scenario/default.h"
#include "scenario/value.h"
#include "scenario/word.h"

static void add_items(const struct record *record, char *at);

/* One item of defaults, called <name>. */
static void add_item(const struct field *list, char *at)
{
    const int one = 1;

    tb__fill_defaults(list->record, at + list->offset);
    tb__copy_text(at + list->offset, NAME_SIZE, "<name>");
    memcpy(at + list->count_offset, &one, sizeof one);
    add_items(list->record, at + list->offset);
}

static void add_items(const struct record *record, char *at)
{
    for (int i = 0; i < record->fields; i++) {
        const struct field *f = &record->field[i];

        if (f->kind == FIELD_LIST)
            add_item(f, at);
        else if (f->kind == FIELD_GROUP)
            add_items(f->record, at + f->offset);
        else if (f->kind == FIELD_LAW)
            add_items(&tb__law_record, at + f->offset);
    }
}

struct showing {
    const struct setting *set;
    int (*visit)(const tb_setting *setting, void *data);
    void *data;
};

static tb_kind kind_of(const struct field *field)
{
    switch (field->kind) {
    case FIELD_REAL: return TB_REAL;
    case FIELD_COUNT: return TB_COUNT;
    case FIELD_FLAG: return TB_FLAG;
    case FIELD_CHOICE: return TB_CHOICE;
    case FIELD_TEXT: return TB_TEXT;
    case FIELD_SERIES: return TB_SERIES;
    case FIELD_LAW: return TB_LAW;
    case FIELD_GROUP: return TB_GROUP;
    case FIELD_LIST: break;
    }
    return TB_LIST;
}

static bool is_number(tb_kind kind)
{
    return kind == TB_REAL || kind == TB_COUNT || kind == TB_SERIES || kind == TB_LAW;
}

static int show(const char *path, const struct place *place, void *data)
{
    const struct showing *s = data;
    const tb_kind kind = place->kind == PLACE_ITEM ? TB_GROUP : kind_of(place->field);
    char initial[TB_VALUE_SIZE] = "";
    tb_setting setting = {
        .path = path,
        .initial = initial,
        .kind = kind,
        .unit = kind == TB_GROUP || kind == TB_LIST ? "" : place->unit,
        .doc = place->kind == PLACE_ITEM ? place->field->record->doc : place->field->doc,
        .low = is_number(kind) ? place->lo : NAN,
        .high = is_number(kind) ? place->hi : NAN,
        .choices = place->field->choices,
    };

    if (kind == TB_LAW) {
        const struct law law = tb__law_constant(place->field->initial);

        tb__law_write(&law, initial); /* without the part that was added to it */
    } else if (place->kind != PLACE_ITEM && kind != TB_GROUP && kind != TB_LIST) {
        tb__value_write(s->set, place, initial);
    }
    if (place->kind != PLACE_ITEM)
        setting.most = place->field->capacity - (kind == TB_TEXT);
    return s->visit(&setting, s->data);
}

tb_status tb_schema_walk(int (*visit)(const tb_setting *setting, void *data), void *data,
                         tb_error *err)
{
    struct setting *set = tb__alloc(1, sizeof *set);
    struct showing s = {set, visit, data};

    if (!set)
        return tb__no_memory(err);
    tb__fill_defaults(&tb__setting_record, set);
    add_items(&tb__setting_record, (char *)set);
    (void)tb__walk(set, show, &s);
    tb__free(set);
    return TB_OK;
}
