/* scenario/series: a bounded list of numbers, by a table of its own. */
#include <criterion/criterion.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenario/default.h"
#include "scenario/value.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

struct sample {
    double before;
    struct {
        int count;
        double value[5];
    } few;
    struct {
        int count;
        double value[SERIES_MOST];
    } many;
    double after;
};

static const struct field fields[] = {
    REAL(struct sample, before, "", 0, 1, 0.5, "Stands before."),
    SERIES(struct sample, few, "h", 0, 24, "At most five numbers."),
    SERIES(struct sample, many, "", -1e308, 1e308, "As many as a series may have."),
    REAL(struct sample, after, "", 0, 1, 0.25, "Stands behind."),
};
static RECORD(sample_record, "sample", "A sample.", struct sample, fields);

static struct place place_of(int index)
{
    const struct field *f = &fields[index];

    return (struct place){.kind = PLACE_VALUE,
                          .field = f,
                          .offset = f->offset,
                          .unit = f->unit,
                          .lo = f->lo,
                          .hi = f->hi};
}

static struct sample fresh(void)
{
    struct sample s;

    memset(&s, 0xff, sizeof s);
    tb__fill_defaults(&sample_record, &s);
    return s;
}

static tb_status set(struct sample *s, int index, const char *text, tb_error *err)
{
    const struct place place = place_of(index);
    union value value;
    const tb_status status = tb__value_read(&place, "x.few", text, &value, err);

    if (!status)
        tb__series_store(&fields[index], (char *)s + fields[index].offset, &value.series);
    return status;
}

struct text {
    char text[TB_VALUE_SIZE];
};

static struct text text_of(const struct sample *s, int index)
{
    const struct place place = place_of(index);
    struct text out;

    tb__value_write((const void *)s, &place, out.text);
    return out;
}

Test(series, is_read_and_written_with_one_blank_between)
{
    static const char *const cases[][2] = {
        {"0 2 3 7 8", "0 2 3 7 8"},
        {"", ""},
        {"   ", ""},
        {"  1.50   2e0 ", "1.5 2"},
        {"-0 0.1", "0 0.1"},
        {"24", "24"},
        {"0.10000000000000001", "0.1"},
        {"0.30000000000000004", "0.30000000000000004"},
    };
    struct sample s = fresh();
    tb_error err = {0};

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        cr_expect_eq(set(&s, 1, cases[i][0], &err), TB_OK, "%s", err.message);
        cr_expect_str_eq(text_of(&s, 1).text, cases[i][1]);
    }
    cr_expect_eq(set(&s, 1, "0 2 3 7 8", NULL), TB_OK);
    cr_expect_eq(s.few.count, 5);
    cr_expect_eq(s.few.value[3], 7);
    cr_expect_eq(s.before, 0.5);
    cr_expect_eq(s.many.count, 0);
    cr_expect_eq(s.after, 0.25);
}

Test(series, is_empty_by_default_and_knows_it)
{
    const struct place place = place_of(1);
    struct sample s = fresh();

    cr_expect_eq(s.few.count, 0);
    cr_expect(tb__is_default((const void *)&s, &place));
    cr_expect_eq(set(&s, 1, "0", NULL), TB_OK);
    cr_expect_not(tb__is_default((const void *)&s, &place));
    cr_expect_str_eq(text_of(&s, 1).text, "0");
}

Test(series, a_shorter_one_leaves_nothing_of_the_longer)
{
    struct sample s = fresh(), r = fresh();

    cr_assert_eq(set(&s, 1, "1 2 3 4 5", NULL), TB_OK);
    cr_assert_eq(set(&s, 1, "1 2", NULL), TB_OK);
    cr_assert_eq(set(&r, 1, "1 2", NULL), TB_OK);
    cr_expect_arr_eq(&s.few, &r.few, sizeof s.few);
}

Test(series, says_which_number_is_wrong)
{
    static const struct {
        const char *text, *words;
        tb_status status;
    } bad[] = {
        {"1 x 3", "x.few: number 2, \"x\", is not a number", TB_ERR_TYPE},
        {"1,2,3", "each a number between 0 and 24 h, with '.'", TB_ERR_TYPE},
        {"1, 2", "number 1, \"1,\", is not a number", TB_ERR_TYPE},
        {"1\t2", "is not a number", TB_ERR_TYPE},
        {"[1 2]", "number 1, \"[1\"", TB_ERR_TYPE},
        {"1 nan", "number 2, nan, is out of bounds", TB_ERR_VALUE},
        {"inf", "number 1, inf, is out of bounds", TB_ERR_VALUE},
        {"1 2 25", "number 3, 25, is out of bounds; it takes a number between 0 and 24 h",
         TB_ERR_VALUE},
        {"1 -1e-300", "number 2, -1e-300, is out of bounds", TB_ERR_VALUE},
        {"1 2 3 4 5 6", "x.few: there is room for 5 numbers", TB_ERR_LIMIT},
    };
    struct sample s = fresh();
    tb_error err;

    cr_assert_eq(set(&s, 1, "9 8", NULL), TB_OK);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        cr_expect_eq(set(&s, 1, bad[i].text, &err), bad[i].status, "%s", bad[i].text);
        cr_expect(strstr(err.message, bad[i].words), "%s: %s", bad[i].text, err.message);
        cr_expect_str_eq(text_of(&s, 1).text, "9 8");
    }
}

Test(series, the_longest_texts_are_survived)
{
    char text[4000];
    struct sample s = fresh();
    tb_error err = {0};

    memset(text, '1', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    cr_expect_eq(set(&s, 2, text, &err), TB_ERR_TYPE);
    cr_expect(strstr(err.message, "..."), "%s", err.message);
    text[130] = ' ';
    cr_expect_eq(set(&s, 2, text, &err), TB_ERR_TYPE);
    cr_expect_eq(s.many.count, 0);
}

/* 17 digits, a sign and three digits of an exponent each. */
Test(series, as_many_numbers_as_there_may_be_are_shown_whole)
{
    struct sample s = fresh(), r = fresh();
    struct text text;

    s.many.count = SERIES_MOST;
    for (int i = 0; i < SERIES_MOST; i++)
        s.many.value[i] = -1.2345678901234567e-301 * (1 + i / 3.0);
    text = text_of(&s, 2);
    cr_expect_gt(strlen(text.text), SERIES_MOST * 23);
    cr_expect_eq(set(&r, 2, text.text, NULL), TB_OK);
    cr_expect_arr_eq(&s.many, &r.many, sizeof s.many);
    strcat(text.text, " 1");
    cr_expect_eq(set(&r, 2, text.text, NULL), TB_ERR_LIMIT);
}

Test(series, the_locale_does_not_matter)
{
    static const char *const names[] = {"de_DE.UTF-8", "nb_NO.UTF-8", "ps_AF.UTF-8"};
    struct sample s = fresh();
    int tried = 0;

    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (!setlocale(LC_ALL, names[i]))
            continue;
        cr_expect_eq(set(&s, 1, "0.25 1.5", NULL), TB_OK);
        cr_expect_str_eq(text_of(&s, 1).text, "0.25 1.5");
        cr_expect_eq(set(&s, 1, "0,25 1,5", NULL), TB_ERR_TYPE);
        tried++;
    }
    setlocale(LC_ALL, "C");
    if (!tried)
        cr_skip_test("no locale here has another decimal sign than '.'");
}
