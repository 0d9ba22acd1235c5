/* Changing a scenario: values, and items of lists. */
#include <string.h>

#include "kernel/status.h"
#include "scenario/default.h"
#include "scenario/source.h"
#include "scenario/value.h"
#include "scenario/word.h"

/* The pairs that a law may be given by: setting one of a pair unsets all that are of no pair of it. */
static const int pairs[][2] = {{PART_MEAN, PART_CV},
                               {PART_MEDIAN, PART_CV},
                               {PART_SHAPE, PART_SCALE},
                               {PART_P10, PART_P90},
                               {PART_P25, PART_P75}};
enum { PAIRS = sizeof pairs / sizeof *pairs };

static bool is_pair(int a, int b)
{
    for (int i = 0; i < PAIRS; i++)
        if ((pairs[i][0] == a && pairs[i][1] == b) ||
            (pairs[i][0] == b && pairs[i][1] == a))
            return true;
    return false;
}

static bool is_of_pairs(int part)
{
    for (int i = 0; i < PAIRS; i++)
        if (pairs[i][0] == part || pairs[i][1] == part)
            return true;
    return false;
}

/* A part of a law that is set unsets what cannot stand beside it, so that single sets in any order
 * lead to a law: of the pairs only one stays, and a kind drops what it does not take. */
static void set_part(struct simple_law *law, int part, const union value *value)
{
    if (part == PART_KIND) {
        law->kind = value->count;
        for (int i = PART_MEAN; i < PARTS; i++)
            if (!tb__law_takes(law->kind, i))
                tb__law_set_part(law, i, NAN);
        return;
    }
    tb__law_set_part(law, part, value->real);
    for (int i = PART_MEAN; i < PARTS && !isnan(value->real); i++)
        if (i != part && is_of_pairs(part) && is_of_pairs(i) && !is_pair(part, i))
            tb__law_set_part(law, i, NAN);
}

/* A kind drops quantiles and parts that it does not take. */
static void drop_of_kind(struct law *law)
{
    if (law->kind != LAW_EMPIRICAL)
        memset(&law->quantiles, 0, sizeof law->quantiles);
    if (law->kind != LAW_MIXTURE) {
        memset(law->parts, 0, sizeof law->parts);
        law->part_count = 0;
    }
}

static void set_law_part(tb_scenario *s, const char *path, const struct place *place,
                         const union value *value)
{
    struct simple_law *simple = tb__simple_at(&s->set, place);
    char whole[TB_PATH_SIZE];

    set_part(simple, place->index, value);
    tb__copy_text(whole, sizeof whole, path);
    *strrchr(whole, '.') = '\0';
    if (place->law) {
        struct law *law = (void *)simple;

        if (place->index == PART_KIND)
            drop_of_kind(law);
        tb__source_drop_lists(s, whole, law);
    }
    tb__source_drop_unset(s, whole, simple);
}

tb_status tb_scenario_set(tb_scenario *s, const char *path, const char *value, tb_error *err)
{
    struct place place;
    union value read;
    tb_status status;

    if ((status = tb__resolve(&s->set, path, &place, err)) ||
        (status = tb__value_read(&place, path, value, &read, err)))
        return status;
    tb__source_drop(s, path);
    if (place.kind == PLACE_PART && place.index != PART_QUANTILES)
        set_law_part(s, path, &place, &read);
    else
        tb__store(&s->set, &place, &read);
    return TB_OK;
}

/* The list that `path` names an item of; *name is the item's own name. */
static tb_status find_list(const tb_scenario *s, const char *path, struct place *list,
                           const char **name, tb_error *err)
{
    const char *point = strrchr(path, '.');
    const size_t length = point ? (size_t)(point - path) : 0;
    char parent[TB_PATH_SIZE];
    tb_status status;

    if (!point || length >= sizeof parent)
        return tb__fail(err, TB_ERR_NAME,
                        "\"%s\" names no item of a list, as staff.NAME does",
                        tb__shown(path).text);
    memcpy(parent, path, length);
    parent[length] = '\0';
    status = tb__resolve(&s->set, parent, list, err);
    if (!status && list->kind != PLACE_LIST)
        status = tb__fail(err, TB_ERR_NAME, "\"%s\" is no list of named items", parent);
    *name = point + 1;
    return status;
}

static int *count_of(tb_scenario *s, const struct place *list)
{
    return (void *)((char *)&s->set + list->parent + list->field->count_offset);
}

tb_status tb_scenario_add(tb_scenario *s, const char *path, tb_error *err)
{
    struct place list = tb__root();
    const char *name = "";
    char *items;
    size_t size;
    int *count, at = 0;
    const tb_status status = find_list(s, path, &list, &name, err);

    if (status)
        return status;
    if (!tb__is_name(name))
        return tb__fail(
            err, TB_ERR_NAME,
            "%s: \"%s\" is not a name: 1 to %d of a-z, 0-9 and _, a letter first",
            list.field->name, tb__shown(name).text, NAME_SIZE - 1);
    items = tb__at_mutable(&s->set, &list);
    size = list.field->record->size;
    count = count_of(s, &list);
    while (at < *count && strcmp(items + (size_t)at * size, name) < 0)
        at++;
    if (at < *count && !strcmp(items + (size_t)at * size, name))
        return TB_OK;
    if (*count == list.field->capacity)
        return tb__fail(err, TB_ERR_LIMIT, "%s: there is room for %d items in %s", path,
                        list.field->capacity, list.field->name);
    memmove(items + (size_t)(at + 1) * size, items + (size_t)at * size,
            (size_t)(*count - at) * size);
    tb__fill_defaults(list.field->record, items + (size_t)at * size);
    tb__copy_text(items + (size_t)at * size, NAME_SIZE, name);
    ++*count;
    return TB_OK;
}

tb_status tb_scenario_remove(tb_scenario *s, const char *path, tb_error *err)
{
    struct place item, list = tb__root();
    const char *name = "";
    char *at;
    size_t size;
    int *count;
    tb_status status;

    if ((status = tb__resolve(&s->set, path, &item, err)) ||
        (status = find_list(s, path, &list, &name, err)))
        return status;
    at = tb__at_mutable(&s->set, &item);
    size = list.field->record->size;
    count = count_of(s, &list);
    --*count;
    memmove(at, at + size, (size_t)(*count - item.index) * size);
    memset(at + (size_t)(*count - item.index) * size, 0, size);
    tb__source_drop(s, path);
    return TB_OK;
}
