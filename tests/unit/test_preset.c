/* scenario/preset: what is shipped can be loaded, is graded throughout and has no fault. */
#include <math.h>
#include <stdio.h>

#include "faulty.h"
#include "scenario/preset.h"
#include "scenarios.h"

static void no_fault(const char *path, const char *message, void *data)
{
    cr_expect_fail("%s: %s: %s", (const char *)data, path, message);
}

/* A value that somebody set has a grade, and lies within the range that its evidence leaves. */
static int is_graded(const tb_value *value, void *data)
{
    const tb_source *source = &value->source;
    const char *preset = data;

    if (!value->is_default)
        cr_expect_neq(source->grade, TB_UNGRADED, "%s: %s", preset, value->path);
    if (source->grade == TB_MEASURED || source->grade == TB_ESTIMATED)
        cr_expect(*source->evidence, "%s: %s cites nothing", preset, value->path);
    if (!isnan(source->low) && (value->kind == TB_REAL || value->kind == TB_COUNT)) {
        const double number = strtod(value->text, NULL);

        cr_expect(source->low <= number && number <= source->high, "%s: %s", preset,
                  value->path);
    }
    return 0;
}

Test(preset, each_can_be_loaded_and_is_graded)
{
    int count = 0;

    for (const char *name; (name = tb_preset_name(count)); count++) {
        tb_scenario *s = NULL;
        tb_error err = {0};

        cr_assert_eq(tb_scenario_preset(name, &s, &err), TB_OK, "%s: %s", name,
                     err.message);
        cr_expect_eq(tb_scenario_check(s, no_fault, (void *)(size_t)name), 0);
        tb_scenario_walk(s, is_graded, (void *)(size_t)name);
        cr_expect_gt(strlen(tb_preset_title(count)), 10, "%s", name);
        tb_scenario_free(s);
    }
    cr_assert_geq(count, 1);
}

Test(preset, they_are_sorted_and_the_list_ends)
{
    int count = 0;

    for (; tb_preset_name(count); count++)
        if (count)
            cr_expect_lt(strcmp(tb_preset_name(count - 1), tb_preset_name(count)), 0);
    cr_expect_null(tb_preset_title(count));
    cr_expect_null(tb_preset_name(count + 100));
    cr_expect_null(tb_preset_name(-1));
    cr_expect_null(tb_preset_title(-1));
}

Test(preset, the_textbook_queue_says_what_its_file_says)
{
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_preset("textbook/mmc", &s, NULL), TB_OK);
    cr_expect_str_eq(get(s, "staff.server.count").text, "4");
    cr_expect_str_eq(get(s, "staff.server.roster").text, "always");
    cr_expect_str_eq(get(s, "services.contact.per_hour").text, "18");
    cr_expect_str_eq(get(s, "services.contact.minutes").text, "exponential(mean=10)");
    cr_expect_eq(get(s, "services.contact.minutes.mean").source.grade, TB_ASSUMED);
    tb_scenario_free(s);
}

Test(preset, an_unknown_one_finds_the_nearest)
{
    tb_scenario *s = NULL;
    tb_error err = {0};

    cr_expect_eq(tb_scenario_preset("textbok/mmc", &s, &err), TB_ERR_NAME);
    cr_expect(strstr(err.message, "did you mean \"textbook/mmc\"?"), "%s", err.message);
    cr_expect_eq(tb_scenario_preset("zzz", &s, &err), TB_ERR_NAME);
    cr_expect_null(strstr(err.message, "mean"), "%s", err.message);
    cr_expect_eq(tb_scenario_preset("", &s, NULL), TB_ERR_NAME);
    cr_expect_null(s);
}

Test(preset, survives_each_failing_allocation)
{
    tb_scenario *s = NULL;
    tb_error err = {0};
    long n = 0;

    for (; !s; n++) {
        faulty_start(n, 0);
        if (tb_scenario_preset("textbook/mmc", &s, &err)) {
            cr_assert_eq(err.status, TB_ERR_MEMORY, "%s", err.message);
            cr_assert_null(s);
            cr_assert_eq(faulty.live, 0);
        }
    }
    cr_assert_gt(n, 2);
    tb_scenario_free(s);
    cr_assert_eq(faulty.live, 0);
}
