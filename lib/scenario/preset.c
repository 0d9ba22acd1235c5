#include "scenario/preset.h"

#include <string.h>

#include "kernel/status.h"
#include "scenario/place.h"
#include "scenario/word.h"

enum { MOST_NAMES = 256 };

static int count_presets(void)
{
    int count = 0;

    while (tb__presets[count].name)
        count++;
    return count;
}

const char *tb_preset_name(int index)
{
    return index >= 0 && index < count_presets() ? tb__presets[index].name : NULL;
}

const char *tb_preset_title(int index)
{
    return index >= 0 && index < count_presets() ? tb__presets[index].title : NULL;
}

static tb_status unknown(const char *name, tb_error *err)
{
    const char *names[MOST_NAMES], *nearest;
    int count = 0;

    for (; count < MOST_NAMES && tb__presets[count].name; count++)
        names[count] = tb__presets[count].name;
    nearest = tb__nearest(name, names, count);
    return tb__fail(err, TB_ERR_NAME, "there is no preset \"%s\"%s%s%s",
                    tb__shown(name).text, nearest ? "; did you mean \"" : "",
                    nearest ? nearest : "", nearest ? "\"?" : "");
}

/* Adds the item of a list that a path goes through, where it does: lists stand at the top. */
static tb_status add_item(tb_scenario *s, const char *path, tb_error *err)
{
    const size_t list_length = strcspn(path, "."),
                 rest = list_length + (path[list_length] != 0);
    const size_t length = rest + strcspn(path + rest, ".");
    char item[TB_PATH_SIZE];
    struct place list;
    tb_status status;

    if (length >= sizeof item)
        return tb__fail(err, TB_ERR_INTERNAL, "a preset has the path %s", path);
    memcpy(item, path, length);
    item[list_length] = '\0';
    status = tb__resolve(&s->set, item, &list, err);
    if (status || list.kind != PLACE_LIST)
        return status;
    item[list_length] = '.';
    item[length] = '\0';
    return tb_scenario_add(s, item, err);
}

static tb_status apply(tb_scenario *s, const struct preset_value *v, tb_error *err)
{
    tb_source source = {.grade = v->grade, .low = v->low, .high = v->high};
    const size_t length = strlen(v->evidence);
    tb_status status;

    if (length >= sizeof source.evidence)
        return tb__fail(err, TB_ERR_INTERNAL, "%s: a preset cites too much", v->path);
    memcpy(source.evidence, v->evidence, length + 1);
    if ((status = add_item(s, v->path, err)) ||
        (status = tb_scenario_set(s, v->path, v->text, err)))
        return status;
    return tb_scenario_set_source(s, v->path, &source, err);
}

tb_status tb_scenario_preset(const char *name, tb_scenario **out, tb_error *err)
{
    const struct preset *p = tb__presets;
    tb_scenario *s = NULL;
    tb_status status;

    while (p->name && strcmp(p->name, name) != 0)
        p++;
    if (!p->name)
        return unknown(name, err);
    status = tb_scenario_new(&s, err);
    for (int i = 0; !status && i < p->values; i++)
        status = apply(s, &p->value[i], err);
    if (status) {
        tb_scenario_free(s);
        return status;
    }
    *out = s;
    return TB_OK;
}
