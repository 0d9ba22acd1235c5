/* scenario/source: where a value comes from, how that is lost, and memory. */
#include <math.h>
#include <stdio.h>

#include "faulty.h"
#include "scenario/scenario.h"
#include "scenarios.h"

#define JOURNAL "obligations.journal.minutes"

static tb_source source_of(tb_grade grade, double low, double high, const char *evidence)
{
    tb_source source = {.grade = grade, .low = low, .high = high};

    snprintf(source.evidence, sizeof source.evidence, "%s", evidence);
    return source;
}

static void say(tb_scenario *s, const char *path, tb_source source)
{
    tb_error err = {0};

    cr_assert_eq(tb_scenario_set_source(s, path, &source, &err), TB_OK, "%s", err.message);
}

Test(source, is_given_back)
{
    tb_scenario *s = district();
    const uint64_t before = tb_scenario_hash(s);
    tb_value value;

    value = get(s, "duty.break_minutes");
    cr_assert_eq(value.source.grade, TB_UNGRADED);
    cr_assert(isnan(value.source.low) && isnan(value.source.high));
    say(s, "duty.break_minutes", source_of(TB_MEASURED, 20, 40, "E001 E002"));
    value = get(s, "duty.break_minutes");
    cr_assert_eq(value.source.grade, TB_MEASURED);
    cr_assert_eq(value.source.low, 20);
    cr_assert_eq(value.source.high, 40);
    cr_assert_str_eq(value.source.evidence, "E001 E002");
    cr_assert_eq(tb_scenario_hash(s), before, "a source is no value");
    tb_scenario_free(s);
}

Test(source, a_default_that_has_one_is_meant)
{
    tb_scenario *s = district();

    cr_assert(get(s, "horizon.weeks").is_default);
    say(s, "horizon.weeks", source_of(TB_ASSUMED, NAN, NAN, ""));
    cr_assert_not(get(s, "horizon.weeks").is_default);
    say(s, "horizon.weeks", source_of(TB_UNGRADED, NAN, NAN, ""));
    cr_assert_eq(s->sources, 0, "saying nothing forgets");
    tb_scenario_free(s);
}

Test(source, is_lost_when_the_value_is_set)
{
    tb_scenario *s = district();

    say(s, "duty.break_minutes", source_of(TB_ASSUMED, 20, 40, ""));
    say(s, "duty.handover_minutes", source_of(TB_ASSUMED, 0, 10, ""));
    cr_assert_neq(tb_scenario_set(s, "duty.break_minutes", "-1", NULL), TB_OK);
    cr_assert_eq(get(s, "duty.break_minutes").source.grade, TB_ASSUMED,
                 "not when it failed");
    put(s, "duty.break_minutes", "30");
    cr_assert_eq(get(s, "duty.break_minutes").source.grade, TB_UNGRADED);
    cr_assert_eq(get(s, "duty.handover_minutes").source.grade, TB_ASSUMED);
    tb_scenario_free(s);
}

Test(source, of_a_law_is_that_of_its_parts)
{
    tb_scenario *s = district();

    say(s, JOURNAL, source_of(TB_ESTIMATED, 2, 6, "E130"));
    cr_expect_eq(get(s, JOURNAL ".kind").source.grade, TB_ESTIMATED);
    cr_expect_eq(get(s, JOURNAL ".mean").source.low, 2);
    cr_expect_eq(get(s, JOURNAL ".cv").source.grade, TB_ESTIMATED);
    cr_expect(isnan(get(s, JOURNAL ".cv").source.low));
    cr_expect_eq(get(s, JOURNAL ".high").source.grade, TB_UNGRADED);
    cr_expect_eq(get(s, JOURNAL).source.high, 6);
    cr_expect_not(get(s, JOURNAL).is_default);
    tb_scenario_free(s);
}

Test(source, of_a_median_is_kept_with_the_median)
{
    tb_scenario *s = district();

    say(s, "clients.old.granted_hours", source_of(TB_MEASURED, 1, 2, "E175"));
    cr_expect_eq(get(s, "clients.old.granted_hours.median").source.high, 2);
    put(s, "clients.old.granted_hours.mean", "3");
    cr_expect_eq(get(s, "clients.old.granted_hours.median").source.grade, TB_UNGRADED);
    cr_expect_eq(get(s, "clients.old.granted_hours.cv").source.grade, TB_MEASURED);
    put(s, "clients.old.granted_hours.kind", "exponential");
    cr_expect_eq(s->sources, 0);
    tb_scenario_free(s);
}

Test(source, goes_with_its_item)
{
    tb_scenario *s = district();

    put(s, "obligations.journal_2.minutes", "3");
    say(s, "obligations.journal_2.minutes", source_of(TB_ASSUMED, NAN, NAN, ""));
    say(s, JOURNAL, source_of(TB_ASSUMED, NAN, NAN, ""));
    cr_assert_eq(tb_scenario_remove(s, "obligations.journal", NULL), TB_OK);
    cr_assert_eq(tb_scenario_add(s, "obligations.journal", NULL), TB_OK);
    cr_expect_eq(get(s, JOURNAL ".mean").source.grade, TB_UNGRADED);
    cr_expect_eq(get(s, "obligations.journal_2.minutes.mean").source.grade, TB_ASSUMED);
    tb_scenario_free(s);
}

Test(source, must_make_sense)
{
    const struct {
        const char *path;
        tb_source source;
        tb_status status;
        const char *words;
    } bad[] = {
        {"duty.break_minutes", source_of(TB_ASSUMED, 40, 20, ""), TB_ERR_VALUE, "low first"},
        {"duty.break_minutes", source_of(TB_ASSUMED, 20, NAN, ""), TB_ERR_VALUE, "two ends"},
        {"duty.break_minutes", source_of(TB_ASSUMED, NAN, 20, ""), TB_ERR_VALUE, "two ends"},
        {"duty.break_minutes", source_of(TB_ASSUMED, -1, 20, ""), TB_ERR_VALUE,
         "a number between 0 and 120 min per shift"},
        {"duty.break_minutes", source_of(TB_ASSUMED, 20, INFINITY, ""), TB_ERR_VALUE, "120"},
        {"duty.break_minutes", source_of((tb_grade)9, NAN, NAN, ""), TB_ERR_VALUE,
         "grade 9"},
        {"duty.break_minutes", source_of(TB_ASSUMED, NAN, NAN, "\n"), TB_ERR_VALUE,
         "evidence"},
        {"horizon.weeks", source_of(TB_ASSUMED, 1.5, 2, ""), TB_ERR_VALUE, "whole"},
        {"travel.kind", source_of(TB_ASSUMED, 0, 1, ""), TB_ERR_VALUE, "only numbers"},
        {"staff.nurses.role", source_of(TB_ASSUMED, 0, 1, ""), TB_ERR_VALUE, "only numbers"},
        {JOURNAL ".median", source_of(TB_ASSUMED, NAN, NAN, ""), TB_ERR_VALUE, "not given"},
        {JOURNAL, source_of(TB_ASSUMED, 0, 10001, ""), TB_ERR_VALUE, "10000 min"},
        {"obligations.alarm_note.minutes", source_of(TB_ASSUMED, 1, 2, ""), TB_ERR_VALUE,
         "neither"},
        {"regime.teams", source_of(TB_ASSUMED, NAN, NAN, ""), TB_ERR_NAME, "not a value"},
        {"regime.team", source_of(TB_ASSUMED, NAN, NAN, ""), TB_ERR_NAME, "did you mean"},
    };
    tb_scenario *s = district();
    tb_source unended = source_of(TB_ASSUMED, NAN, NAN, "");
    tb_error err;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_expect_eq(tb_scenario_set_source(s, bad[i].path, &bad[i].source, &err),
                     bad[i].status, "%zu", i);
        cr_expect(strstr(err.message, bad[i].words), "%s", err.message);
        cr_expect(strstr(err.message, bad[i].path), "%s", err.message);
    }
    memset(unended.evidence, 'E', sizeof unended.evidence);
    cr_expect_eq(tb_scenario_set_source(s, "horizon.weeks", &unended, &err), TB_ERR_VALUE);
    cr_expect_eq(s->sources, 0);
    say(s, "services.alarm.travel", source_of(TB_ASSUMED, 0, 1, "")); /* a flag has a range */
    tb_scenario_free(s);
}

static int say_assumed(const tb_value *value, void *data)
{
    say(data, value->path,
        source_of(TB_ASSUMED, NAN, NAN, value->path[0] == 'd' ? "E1" : ""));
    return 0;
}

static int is_assumed(const tb_value *value, void *data)
{
    int *count = data;

    cr_assert_eq(value->source.grade, TB_ASSUMED, "%s", value->path);
    cr_assert_str_eq(value->source.evidence, value->path[0] == 'd' ? "E1" : "");
    ++*count;
    return 0;
}

Test(source, every_value_may_have_one)
{
    tb_scenario *s = district();
    int count = 0;

    tb_scenario_walk(s, say_assumed, s);
    tb_scenario_walk(s, is_assumed, &count);
    cr_assert_eq(s->sources, count);
    for (int i = 1; i < s->sources; i++)
        cr_assert_gt(count, i);
    tb_scenario_free(s);
}

Test(source, a_failing_allocation_changes_nothing)
{
    const tb_source source = source_of(TB_ASSUMED, 2, 6, "");
    tb_scenario *s;
    tb_error err = {0};

    faulty_start(-1, 0);
    s = district();
    faulty_start(0, 0);
    cr_assert_eq(tb_scenario_set_source(s, JOURNAL, &source, &err), TB_ERR_MEMORY);
    cr_assert_eq(err.status, TB_ERR_MEMORY);
    cr_assert_eq(s->sources, 0);
    faulty_start(-1, 0);
    say(s, JOURNAL, source);
    cr_assert_eq(s->sources, 3);
    tb_scenario_free(s);
    cr_assert_eq(faulty.live, 0);
}
