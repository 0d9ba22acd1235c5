/* schema: all that a scenario may hold, against what a scenario with one item a list holds. */
#include <math.h>
#include <stdio.h>

#include "faulty.h"
#include "scenarios.h"

struct seen {
    int settings, values, laws, items;
    const tb_scenario *scenario;
};

static int compare(const tb_setting *s, void *data)
{
    struct seen *seen = data;
    char path[TB_PATH_SIZE], *name;
    tb_value value;

    seen->settings++;
    cr_expect(strlen(s->doc) > 4, "%s", s->path);
    snprintf(path, sizeof path, "%s", s->path);
    while ((name = strstr(path, "<name>"))) {
        *name = 'a';
        memmove(name + 1, name + 6, strlen(name + 6) + 1);
    }
    if (s->kind == TB_GROUP || s->kind == TB_LIST) {
        cr_expect_eq(tb_scenario_get(seen->scenario, path, &value, NULL), TB_ERR_NAME);
        cr_expect_eq(s->kind == TB_LIST, s->most > 0);
        seen->items += strstr(s->path, "<name>") != NULL;
        return 0;
    }
    if (tb_scenario_get(seen->scenario, path, &value, NULL)) { /* an item within a law */
        cr_expect(strchr(path, '.') != NULL, "%s", path);
        return 0;
    }
    seen->values++;
    seen->laws += s->kind == TB_LAW;
    cr_expect_str_eq(s->initial, value.text, "%s", s->path);
    cr_expect_str_eq(s->unit, value.unit);
    cr_expect_str_eq(s->doc, value.doc);
    cr_expect_eq(s->choices, value.choices);
    cr_expect(s->low == value.low || (isnan(s->low) && isnan(value.low)), "%s", s->path);
    cr_expect(s->high == value.high || (isnan(s->high) && isnan(value.high)));
    cr_expect(s->kind == TB_LAW || s->kind == value.kind);
    cr_expect_eq(s->kind == TB_TEXT || s->kind == TB_SERIES, s->most > 0, "%s", s->path);
    return 0;
}

Test(schema, says_what_a_scenario_holds)
{
    static const char *const items[] = {"staff.a",   "shifts.a",   "clients.a",
                                        "windows.a", "services.a", "obligations.a"};
    tb_scenario *s = empty_scenario();
    struct seen seen = {.scenario = s};

    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        cr_assert_eq(tb_scenario_add(s, items[i], NULL), TB_OK);
    cr_assert_eq(tb_schema_walk(compare, &seen, NULL), TB_OK);
    cr_assert_geq(seen.values, 100);
    cr_assert_geq(seen.laws, 8);
    cr_assert_geq(seen.items, 6);
    tb_scenario_free(s);
}

static int stop_at_third(const tb_setting *s, void *data)
{
    cr_assert_not_null(s->path);
    return ++*(int *)data == 3;
}

Test(schema, stops_when_asked)
{
    int count = 0;

    cr_assert_eq(tb_schema_walk(stop_at_third, &count, NULL), TB_OK);
    cr_assert_eq(count, 3);
}

Test(schema, needs_memory)
{
    tb_error err = {0};
    int count = 0;

    faulty_start(0, 0);
    cr_assert_eq(tb_schema_walk(stop_at_third, &count, &err), TB_ERR_MEMORY);
    tb_set_allocator(NULL, NULL, NULL);
    cr_assert_eq(count, 0);
}
