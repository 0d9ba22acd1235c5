/* scenario/value, number, law_text: text to values and back, one value at a time. */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>

#include "scenario/place.h"
#include "scenario/value.h"
#include "scenarios.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

Test(number, what_is_written_is_read_back)
{
    static const struct {
        double value;
        const char *text;
    } pairs[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {0.1, "0.1"},
        {9.95, "9.95"},
        {480, "480"},
        {-2.5, "-2.5"},
        {1e20, "1e+20"},
        {1.0 / 3, "0.3333333333333333"},
        {1e-7, "1e-07"},
        {0.1 + 0.2, "0.30000000000000004"},
        {DBL_MAX, "1.7976931348623157e+308"},
    };

    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        double back = NAN;

        cr_expect_str_eq(tb__number(pairs[i].value).text, pairs[i].text);
        cr_assert(tb__number_read(pairs[i].text, &back));
        cr_expect_eq(back, pairs[i].value);
        cr_expect_not(signbit(back) && back == 0);
    }
}

Test(number, no_digit_is_lost)
{
    uint64_t bits = 88172645463325252; /* xorshift (Marsaglia) over bit patterns */
    int tried = 0;

    while (tried < 20000) {
        double value, back = NAN;

        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        tried++;
        cr_assert(tb__number_read(tb__number(value).text, &back));
        cr_assert_eq(back, value, "%a", value);
    }
}

Test(number, what_is_no_number_is_told_apart)
{
    static const char *const bad[] = {"",      " ",   " 1",       "1 ",  "1,5", "0x10",
                                      "1e",    "1e+", "e5",       ".5",  "5.",  "+1",
                                      "--1",   "1_0", "1.5.",     "abc", "na",  "nan(1)",
                                      "infin", "1d3", "\xd9\xa1", "1\n"};
    static const char *const good[] = {"1", "01", "1.50", "-1e5", "1E-5", "1e+5"};
    char huge[NUMBER_TEXT_SIZE + 1];
    double value = 5;

    for (size_t i = 0; i < COUNT_OF(bad); i++)
        cr_expect_not(tb__number_read(bad[i], &value), "%s", bad[i]);
    cr_expect_eq(value, 5);
    for (size_t i = 0; i < COUNT_OF(good); i++)
        cr_expect(tb__number_read(good[i], &value), "%s", good[i]);
    memset(huge, '0', sizeof huge - 1);
    huge[sizeof huge - 1] = '\0';
    cr_expect_not(tb__number_read(huge, &value));
    huge[sizeof huge - 2] = '\0';
    cr_expect(tb__number_read(huge, &value));
    cr_expect(tb__number_read("-0", &value) && !signbit(value));
    cr_expect(tb__number_read("-Infinity", &value) && isinf(value) && value < 0);
    cr_expect(tb__number_read("NaN", &value) && isnan(value));
    cr_expect(tb__number_read("1e400", &value) && isinf(value));
}

Test(number, the_locale_does_not_matter)
{
    static const char *const names[] = {"de_DE.UTF-8", "nb_NO.UTF-8", "da_DK.UTF-8",
                                        "sv_SE.UTF-8", "fr_FR.UTF-8", "ps_AF.UTF-8"};
    char half[16];
    int tried = 0;

    for (size_t i = 0; i < COUNT_OF(names); i++) {
        double value = 0;

        if (!setlocale(LC_ALL, names[i]))
            continue;
        snprintf(half, sizeof half, "%.1f", 0.5);
        cr_assert_str_neq(half, "0.5", "%s", names[i]);
        cr_expect_str_eq(tb__number(-1234.5).text, "-1234.5");
        cr_expect_str_eq(tb__number(1.0 / 3).text, "0.3333333333333333");
        cr_expect(tb__number_read("1234.5e1", &value) && value == 12345);
        cr_expect_not(tb__number_read("1,5", &value));
        tried++;
    }
    setlocale(LC_ALL, "C");
    if (!tried)
        cr_skip_test("no locale here has another decimal sign than '.'");
}

/* All numeric places of a scenario: numbers and the parameters of laws. */
struct numbers {
    char path[1200][TB_PATH_SIZE];
    struct place place[1200];
    int count;
};

static int collect(const char *path, const struct place *place, void *data)
{
    struct numbers *n = data;
    const enum field_kind kind = place->field->kind;

    if ((place->kind == PLACE_VALUE || place->kind == PLACE_PART) &&
        (kind == FIELD_REAL || kind == FIELD_COUNT)) {
        cr_assert_lt(n->count, (int)COUNT_OF(n->path));
        strcpy(n->path[n->count], path);
        n->place[n->count++] = *place;
    }
    return 0;
}

/* Taken, and then it lies within the bounds; or refused, and then the message helps. */
static void judge(tb_scenario *s, const char *path, const struct place *place,
                  const char *text)
{
    const uint64_t before = tb_scenario_hash(s);
    tb_error err = {0};
    const tb_status status = tb_scenario_set(s, path, text, &err);
    tb_value value;

    if (!status) {
        double number = NAN;

        cr_assert_eq(tb_scenario_get(s, path, &value, NULL), TB_OK);
        if (!*value.text && place->kind == PLACE_PART && !*text)
            return;
        cr_assert(tb__number_read(value.text, &number), "%s = %s", path, text);
        cr_assert(number >= value.low && number <= value.high, "%s = %s", path, text);
        tb_scenario_check(s, NULL, NULL);
        return;
    }
    cr_assert(status == TB_ERR_TYPE || status == TB_ERR_VALUE, "%s = %s", path, text);
    cr_assert_eq(tb_scenario_hash(s), before, "%s = %s changed something", path, text);
    cr_assert(strstr(err.message, path), "%s", err.message);
    cr_assert(strstr(err.message, text), "%s", err.message);
    cr_assert(strstr(err.message, place->unit), "%s", err.message);
    cr_assert(strstr(err.message, tb__number(place->lo).text), "%s", err.message);
    cr_assert(strstr(err.message, tb__number(place->hi).text), "%s", err.message);
}

Test(value, no_number_is_too_odd)
{
    static const char *const texts[] = {"NaN",
                                        "nan",
                                        "inf",
                                        "-inf",
                                        "-1",
                                        "0",
                                        "-0",
                                        "1e400",
                                        "abc",
                                        "",
                                        " 1",
                                        "1,5",
                                        "0x10",
                                        "1e-400",
                                        "4.9406564584124654e-324",
                                        "1.7976931348623157e+308",
                                        "2.5"};
    static struct numbers numbers;
    tb_scenario *s = district(), *tried = NULL;

    tb__walk(&s->set, collect, &numbers);
    cr_assert_gt(numbers.count, 150);
    for (int i = 0; i < numbers.count; i++)
        for (size_t j = 0; j < COUNT_OF(texts); j++) {
            cr_assert_eq(tb_scenario_copy(s, &tried, NULL), TB_OK);
            judge(tried, numbers.path[i], &numbers.place[i], texts[j]);
            tb_scenario_free(tried);
        }
    tb_scenario_free(s);
}

Test(value, both_bounds_belong_to_the_range)
{
    static struct numbers numbers;
    tb_scenario *s = district();
    tb_error err = {0};

    tb__walk(&s->set, collect, &numbers);
    for (int i = 0; i < numbers.count; i++) {
        const struct place *p = &numbers.place[i];
        const double ends[] = {p->lo, p->hi};

        for (int end = 0; end < 2; end++) {
            const double step =
                p->field->kind == FIELD_COUNT ? 1 : fabs(ends[end]) * 1e-9 + 1e-9;
            const double beyond = ends[end] + (end ? step : -step);
            const char *path = numbers.path[i];

            cr_expect_eq(tb_scenario_set(s, path, tb__number(ends[end]).text, &err),
                         TB_OK, "%s", err.message);
            cr_expect_eq(tb_scenario_set(s, path, tb__number(beyond).text, &err),
                         TB_ERR_VALUE, "%s", path);
        }
    }
    tb_scenario_free(s);
}

static tb_status set_status(const char *path, const char *text, tb_error *err)
{
    tb_scenario *s = district();
    const tb_status status = tb_scenario_set(s, path, text, err);

    tb_scenario_free(s);
    return status;
}

Test(value, a_count_is_whole)
{
    tb_error err = {0};

    cr_expect_eq(set_status("horizon.weeks", "2.5", &err), TB_ERR_TYPE);
    cr_expect(strstr(err.message, "horizon.weeks = 2.5 is not whole"), "%s", err.message);
    cr_expect_eq(set_status("horizon.weeks", "26.0", &err), TB_OK);
    cr_expect_eq(set_status("horizon.weeks", "3e1", &err), TB_OK);
}

Test(value, a_flag_is_true_or_false)
{
    tb_error err = {0};

    cr_expect_eq(set_status("services.alarm.travel", "true", NULL), TB_OK);
    cr_expect_eq(set_status("services.alarm.travel", "0", NULL), TB_OK);
    cr_expect_eq(set_status("services.alarm.travel", "yes", &err), TB_ERR_TYPE);
    cr_expect(strstr(err.message, "services.alarm.travel = \"yes\""), "%s", err.message);
    cr_expect_eq(set_status("services.alarm.travel", "", NULL), TB_ERR_TYPE);
}

Test(value, a_choice_is_one_of_its_words)
{
    tb_error err = {0};

    cr_expect_eq(set_status("regime.grants.granularity", "block", NULL), TB_OK);
    cr_expect_eq(set_status("regime.grants.granularity", "blok", &err), TB_ERR_VALUE);
    cr_expect(strstr(err.message, "none, minutes, block, frame; did you mean \"block\"?"),
              "%s", err.message);
    cr_expect_eq(set_status("regime.grants.granularity", "", &err), TB_ERR_VALUE);
    cr_expect_eq(set_status("regime.grants.granularity", "1", &err), TB_ERR_VALUE);
}

Test(value, a_name_or_a_line_of_text)
{
    char text[CITATION_SIZE + 1];
    tb_error err = {0};

    cr_expect_eq(set_status("staff.nurses.role", "", NULL), TB_OK);
    cr_expect_eq(set_status("staff.nurses.role", "Nurse", &err), TB_ERR_VALUE);
    cr_expect(strstr(err.message, "is not a name"), "%s", err.message);
    cr_expect_eq(
        set_status("obligations.journal.citation", "Lov \xc2\xa7 5, 1. ledd", NULL), TB_OK);
    cr_expect_eq(set_status("obligations.journal.citation", "\x1f", NULL), TB_ERR_VALUE);
    cr_expect_eq(set_status("obligations.journal.citation", "\x7f", NULL), TB_ERR_VALUE);
    cr_expect_eq(set_status("obligations.journal.citation", "\xc2\x9f", NULL),
                 TB_ERR_VALUE);
    cr_expect_eq(set_status("obligations.journal.citation", "two\nlines", NULL),
                 TB_ERR_VALUE);
    cr_expect_eq(set_status("obligations.journal.citation", "\xc3", NULL), TB_ERR_VALUE);
    cr_expect_eq(set_status("obligations.journal.citation", "\xed\xa0\x80", NULL),
                 TB_ERR_VALUE);
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    cr_expect_eq(set_status("obligations.journal.citation", text, &err), TB_ERR_VALUE);
    cr_expect(strstr(err.message, "longer than 127 bytes"), "%s", err.message);
    cr_expect_eq(set_status("obligations.journal.citation", text + 1, NULL), TB_OK);
}

Test(value, a_shorter_text_leaves_nothing_of_the_longer)
{
    tb_scenario *s = district();

    put(s, "staff.nurses.role", "registered_nurse");
    put(s, "staff.nurses.role", "rn");
    for (size_t i = 2; i < sizeof s->set.staff[1].role; i++)
        cr_assert_eq(s->set.staff[1].role[i], 0);
    tb_scenario_free(s);
}

#define JOURNAL "obligations.journal.minutes"

Test(law_text, reads_and_writes_a_whole_law)
{
    static const char *const same[] = {
        "4",
        "uniform(low=1, high=3)",
        "triangular(low=1, mode=2, high=6)",
        "exponential(mean=10)",
        "lognormal(mean=4, cv=0.5)",
        "gamma(median=4.25, cv=0.5)",
        "weibull(mean=4, cv=0.5)",
        "beta(mean=4, cv=0.25, low=0, high=10)",
        "gamma(shape=2, scale=4.5)",
        "lognormal(p10=1, p90=9)",
        "weibull(p25=1, p75=9)",
        "empirical(quantiles=0 1 0.5 4 1 30)",
        "mixture(long=0.3*gamma(mean=20, cv=1), short=0.7*constant(mean=2))",
    };
    tb_scenario *s = district();

    for (size_t i = 0; i < COUNT_OF(same); i++) {
        put(s, JOURNAL, same[i]);
        cr_expect_str_eq(get(s, JOURNAL).text, same[i]);
    }
    put(s, JOURNAL, "  lognormal ( cv = 0.5 ,mean=4 )  ");
    cr_expect_str_eq(get(s, JOURNAL).text, "lognormal(mean=4, cv=0.5)");
    put(s, JOURNAL, " mixture( b =2 * constant( mean=3 ) , a=1.0*gamma (p10=1,p90=9) ) ");
    cr_expect_str_eq(get(s, JOURNAL).text,
                     "mixture(a=1*gamma(p10=1, p90=9), b=2*constant(mean=3))");
    put(s, JOURNAL, "empirical( quantiles =  0 1   1 2.50 )");
    cr_expect_str_eq(get(s, JOURNAL).text, "empirical(quantiles=0 1 1 2.5)");
    put(s, JOURNAL, "constant(mean=3)");
    cr_expect_str_eq(get(s, JOURNAL).text, "3");
    tb_scenario_free(s);
}

Test(law_text, longest_laws_are_shown_whole)
{
    tb_scenario *s = district();
    const char *text = "beta(mean=5000.1234567890123, cv=0.12345678901234567, "
                       "low=0.12345678901234568, high=9999.1234567890123)";

    put(s, JOURNAL, text);
    put(s, JOURNAL, get(s, JOURNAL).text);
    cr_expect_eq(strcspn(get(s, JOURNAL).text, ")") + 1, strlen(get(s, JOURNAL).text));
    tb_scenario_free(s);
}

Test(law_text, says_what_is_wrong)
{
    static const struct {
        const char *text, *words;
        tb_status status;
    } bad[] = {
        {"", "neither a number nor a law", TB_ERR_TYPE},
        {"abc", "neither a number nor a law", TB_ERR_TYPE},
        {"lognormal", "neither a number nor a law", TB_ERR_TYPE},
        {"lognormal()", "neither a number nor a law", TB_ERR_TYPE},
        {"lognormal(mean=4, cv=0.5", "neither a number nor a law", TB_ERR_TYPE},
        {"lognormal(mean=4, cv=0.5) x", "neither a number nor a law", TB_ERR_TYPE},
        {"lognormal(mean=4; cv=0.5)", JOURNAL ".mean = \"4;\" is not a number", TB_ERR_TYPE},
        {"lognormal(mean=4, mean=5, cv=1)", "neither a number nor a law", TB_ERR_TYPE},
        {"lognormal(mean=, cv=1)", "neither a number nor a law", TB_ERR_TYPE},
        {"lognormal(mean, cv=1)", "neither a number nor a law", TB_ERR_TYPE},
        {"lognormal(low=4)",
         "takes mean, median, cv, shape, scale, p10, p25, p75, p90, and not \"low\"",
         TB_ERR_TYPE},
        {"lognormal(kind=4)",
         "takes mean, median, cv, shape, scale, p10, p25, p75, p90, and not \"kind\"",
         TB_ERR_TYPE},
        {"lognorml(mean=4)", "did you mean \"lognormal\"?", TB_ERR_VALUE},
        {"lognormal(mean=-4, cv=1)", JOURNAL ".mean = -4 is out of bounds", TB_ERR_VALUE},
        {"lognormal(mean=10001, cv=1)", "between 0 and 10000 min", TB_ERR_VALUE},
        {"lognormal(mean=4, cv=0)", JOURNAL ".cv = 0 is out of bounds", TB_ERR_VALUE},
        {"lognormal(mean=4, cv=11)", "between 0.001 and 10", TB_ERR_VALUE},
        {"lognormal(mean=4)", JOURNAL, TB_ERR_VALUE},
        {"lognormal(mean=4, median=4, cv=1)", JOURNAL, TB_ERR_VALUE},
        {"uniform(low=4, high=3)", JOURNAL, TB_ERR_VALUE},
        {"gamma(shape=2, cv=1)", "takes one pair", TB_ERR_VALUE},
        {"gamma(shape=2e4, scale=1)", ".shape = 2e4 is out of bounds", TB_ERR_VALUE},
        {"weibull(p10=4, p90=4)", "p10 is 4 and p90 is 4; for a weibull law", TB_ERR_VALUE},
        {"empirical(0 1 1 2)", "neither a number nor a law", TB_ERR_TYPE},
        {"empirical(mean=4)", "takes quantiles, and not \"mean\"", TB_ERR_TYPE},
        {"empirical(quantiles=0 1 1 2", "neither a number nor a law", TB_ERR_TYPE},
        {"empirical(quantiles=0 1 x 2)", ".quantiles: number 3, \"x\"", TB_ERR_TYPE},
        {"empirical(quantiles=0 1 1 10001)", "number 4, 10001, is out of bounds",
         TB_ERR_VALUE},
        {"empirical(quantiles=0 4 1 2)", "value 2, 2, is below the one before",
         TB_ERR_VALUE},
        {"mixture()", "neither a number nor a law", TB_ERR_TYPE},
        {"mixture(a=1*constant(mean=1)", "neither a number nor a law", TB_ERR_TYPE},
        {"mixture(a=constant(mean=1))", "neither a number nor a law", TB_ERR_TYPE},
        {"mixture(a=1*constant(mean=1), a=2*constant(mean=1))",
         "neither a number nor a law", TB_ERR_TYPE},
        {"mixture(A=1*constant(mean=1))", "neither a number nor a law", TB_ERR_TYPE},
        {"mixture(a=x*constant(mean=1))", ".parts.a = \"x\" is not a number", TB_ERR_TYPE},
        {"mixture(a=-1*constant(mean=1))", ".parts.a = -1 is out of bounds", TB_ERR_VALUE},
        {"mixture(a=1*mixture(mean=1))", "\"mixture\" is none of constant", TB_ERR_VALUE},
        {"mixture(a=1*constant(mean=10001))", ".parts.a.mean = 10001 is out of bounds",
         TB_ERR_VALUE},
        {"mixture(a=1*constant(mean=1), b=1*constant(mean=1), c=1*constant(mean=1), "
         "d=1*constant(mean=1))",
         "there is room for 3 parts", TB_ERR_LIMIT},
        {"mixture(a=0*constant(mean=1))", "all parts have weight 0", TB_ERR_VALUE},
        {"-1", JOURNAL " = -1 is out of bounds", TB_ERR_VALUE},
        {"nan", JOURNAL, TB_ERR_VALUE},
    };
    tb_scenario *s = district();
    const uint64_t before = tb_scenario_hash(s);
    tb_error err;

    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        cr_expect_eq(tb_scenario_set(s, JOURNAL, bad[i].text, &err), bad[i].status, "%s",
                     bad[i].text);
        cr_expect(strstr(err.message, bad[i].words), "%s: %s", bad[i].text, err.message);
        cr_expect_eq(tb_scenario_hash(s), before);
    }
    tb_scenario_free(s);
}

Test(law_text, a_part_has_its_own_bound)
{
    tb_error err = {0};

    cr_expect_eq(set_status(JOURNAL ".cv", "10.5", &err), TB_ERR_VALUE);
    cr_expect(strstr(err.message, "between 0.001 and 10"), "%s", err.message);
    cr_expect_eq(set_status(JOURNAL ".high", "10.5", NULL), TB_OK);
}

Test(law_text, any_text_is_survived)
{
    static const char alphabet[] = "lognormal(=,) .05-e\xff";
    tb_scenario *s = district();
    unsigned state = 1;

    for (int i = 0; i < 20000; i++) {
        char text[160];
        const size_t length = (state >> 8) % sizeof text;

        for (size_t j = 0; j < length; j++) {
            state = state * 1664525u + 1013904223u;
            text[j] = alphabet[(state >> 16) % (sizeof alphabet - 1)];
        }
        text[length ? length - 1 : 0] = '\0';
        state = state * 1664525u + 1013904223u;
        tb_scenario_set(s, JOURNAL, text, NULL);
    }
    tb_scenario_free(s);
}

/* Sets `count` parts in each order, from `start`, and expects `whole` each time. */
static void try_orders(const char *start, const char *whole, const char *const (*part)[2],
                       int count, int done, int *order)
{
    if (done == count) {
        tb_scenario *s = district();
        char path[TB_PATH_SIZE];

        put(s, JOURNAL, start);
        for (int i = 0; i < count; i++) {
            snprintf(path, sizeof path, JOURNAL ".%s", part[order[i]][0]);
            put(s, path, part[order[i]][1]);
        }
        cr_expect_str_eq(get(s, JOURNAL).text, whole, "from %s: %s", start,
                         get(s, JOURNAL).text);
        cr_expect_eq(tb_scenario_check(s, NULL, NULL), 0);
        tb_scenario_free(s);
        return;
    }
    for (int i = 0; i < count; i++) {
        bool used = false;

        for (int j = 0; j < done; j++)
            used = used || order[j] == i;
        order[done] = i;
        if (!used)
            try_orders(start, whole, part, count, done + 1, order);
    }
}

Test(law_text, single_sets_in_any_order_make_a_law)
{
    static const char *const starts[] = {
        "4",
        "uniform(low=1, high=3)",
        "lognormal(median=4, cv=0.5)",
        "beta(mean=4, cv=0.2, low=0, high=9)",
        "gamma(shape=4, scale=0.5)",
        "lognormal(p10=4, p90=5)",
        "weibull(p25=4, p75=5)",
        "empirical(quantiles=0 1 0.5 4 1 30)",
        "mixture(long=0.3*gamma(mean=20, cv=1), short=0.7*constant(mean=2))"};
    static const struct {
        const char *whole, *part[5][2];
        int count;
    } laws[] = {
        {"3", {{"kind", "constant"}, {"mean", "3"}}, 2},
        {"exponential(mean=3)", {{"kind", "exponential"}, {"mean", "3"}}, 2},
        {"uniform(low=2, high=5)", {{"kind", "uniform"}, {"low", "2"}, {"high", "5"}}, 3},
        {"lognormal(mean=3, cv=2)", {{"kind", "lognormal"}, {"mean", "3"}, {"cv", "2"}}, 3},
        {"gamma(shape=3, scale=2)", {{"kind", "gamma"}, {"shape", "3"}, {"scale", "2"}}, 3},
        {"lognormal(p10=3, p90=7)", {{"kind", "lognormal"}, {"p10", "3"}, {"p90", "7"}}, 3},
        {"lognormal(p25=3, p75=7)", {{"kind", "lognormal"}, {"p25", "3"}, {"p75", "7"}}, 3},
        {"empirical(quantiles=0 1 1 2)", {{"kind", "empirical"}, {"quantiles", "0 1 1 2"}}, 2},
        {"gamma(median=3, cv=2)", {{"kind", "gamma"}, {"median", "3"}, {"cv", "2"}}, 3},
        {"triangular(low=1, mode=2, high=5)",
         {{"kind", "triangular"}, {"low", "1"}, {"mode", "2"}, {"high", "5"}},
         4},
        {"beta(mean=3, cv=0.3, low=1, high=5)",
         {{"kind", "beta"}, {"mean", "3"}, {"cv", "0.3"}, {"low", "1"}, {"high", "5"}},
         5},
    };
    int order[5];

    for (size_t i = 0; i < COUNT_OF(starts); i++)
        for (size_t j = 0; j < COUNT_OF(laws); j++)
            try_orders(starts[i], laws[j].whole, laws[j].part, laws[j].count, 0, order);
}

Test(law_text, the_kinds_are_those_of_the_kernel)
{
    for (int i = 0; i < LAW_KINDS; i++)
        cr_expect_str_eq(tb__law_record.field[PART_KIND].choices[i], tb__law_kind_names[i]);
}

Test(law_text, empty_text_takes_a_parameter_away)
{
    tb_scenario *s = district();

    put(s, JOURNAL ".cv", "");
    cr_expect_str_eq(get(s, JOURNAL).text, "lognormal(mean=4)");
    cr_expect_eq(tb_scenario_check(s, NULL, NULL), 1);
    put(s, JOURNAL ".cv", "0.5");
    cr_expect_eq(tb_scenario_check(s, NULL, NULL), 0);
    cr_expect_eq(tb_scenario_set(s, JOURNAL ".kind", "", NULL), TB_ERR_VALUE);
    tb_scenario_free(s);
}

Test(law_text, parts_of_a_mixture_are_items_with_values_of_their_own)
{
    tb_scenario *s = district();
    tb_error err = {0};

    put(s, JOURNAL, "mixture(short=0.7*constant(mean=2), long=0.3*gamma(mean=20, cv=1))");
    cr_expect_str_eq(get(s, JOURNAL ".parts.long.mean").text, "20");
    cr_expect_str_eq(get(s, JOURNAL ".parts.long.mean").unit, "min");
    cr_expect_eq(get(s, JOURNAL ".parts.long.mean").high, 10000);
    cr_expect_str_eq(get(s, JOURNAL ".parts.long.cv").unit, "");
    cr_expect_str_eq(get(s, JOURNAL ".parts.long.weight").text, "0.3");
    cr_expect_str_eq(get(s, JOURNAL ".parts.long.weight").unit, "");
    put(s, JOURNAL ".parts.long.weight", "3");
    put(s, JOURNAL ".parts.long.p10", "3");
    put(s, JOURNAL ".parts.long.p90", "30");
    cr_expect_eq(tb_scenario_remove(s, JOURNAL ".parts.short", &err), TB_OK, "%s",
                 err.message);
    cr_expect_eq(tb_scenario_add(s, JOURNAL ".parts.other", &err), TB_OK, "%s",
                 err.message);
    cr_expect_eq(tb_scenario_check(s, NULL, NULL), 1); /* it has no mean yet */
    put(s, JOURNAL ".parts.other.mean", "4");
    cr_expect_eq(tb_scenario_check(s, NULL, NULL), 0);
    cr_expect_str_eq(get(s, JOURNAL).text,
                     "mixture(long=3*gamma(p10=3, p90=30), other=1*constant(mean=4))");
    cr_expect_eq(tb_scenario_set(s, JOURNAL ".parts.other.kind", "empirical", &err),
                 TB_ERR_VALUE);
    cr_expect_eq(tb_scenario_set(s, JOURNAL ".parts.other.mean", "10001", &err),
                 TB_ERR_VALUE);
    cr_expect(strstr(err.message, "between 0 and 10000 min"), "%s", err.message);
    put(s, JOURNAL ".kind", "constant");
    put(s, JOURNAL ".mean", "5");
    cr_expect_str_eq(get(s, JOURNAL).text, "5");
    cr_expect_eq(tb_scenario_get(s, JOURNAL ".parts.other.mean", &(tb_value){0}, &err),
                 TB_ERR_NAME);
    tb_scenario_free(s);
}

/* Made part by part as by its text, it is one scenario; the walk makes it again. */
static int put_again(const tb_value *value, void *data)
{
    const char *parts = strstr(value->path, ".parts.");
    char item[TB_PATH_SIZE];

    if (parts) {
        snprintf(item, sizeof item, "%.*s",
                 (int)(parts - value->path + 7 + (long)strcspn(parts + 7, ".")),
                 value->path);
        cr_assert_eq(tb_scenario_add(data, item, NULL), TB_OK);
    }
    put(data, value->path, value->text);
    return 0;
}

Test(law_text, a_mixture_by_its_text_or_by_its_parts_is_one_scenario)
{
    tb_scenario *s = district(), *r = district(), *again = empty_scenario();

    put(s, JOURNAL, "mixture(short=0.7*constant(mean=2), long=0.3*gamma(mean=20, cv=1))");
    cr_assert_eq(tb_scenario_add(r, JOURNAL ".parts.short", NULL), TB_OK);
    cr_assert_eq(tb_scenario_add(r, JOURNAL ".parts.long", NULL), TB_OK);
    put(r, JOURNAL ".parts.long.cv", "1");
    put(r, JOURNAL ".parts.long.mean", "20");
    put(r, JOURNAL ".parts.long.kind", "gamma");
    put(r, JOURNAL ".parts.long.weight", "0.3");
    put(r, JOURNAL ".parts.short.mean", "2");
    put(r, JOURNAL ".parts.short.weight", "0.7");
    put(r, JOURNAL ".kind", "mixture");
    cr_expect_str_eq(get(r, JOURNAL).text, get(s, JOURNAL).text);
    cr_expect_eq(tb_scenario_hash(r), tb_scenario_hash(s));
    tb_scenario_walk(s, put_again, again);
    cr_expect_eq(tb_scenario_hash(again), tb_scenario_hash(s));
    tb_scenario_free(s);
    tb_scenario_free(r);
    tb_scenario_free(again);
}

Test(law_text, a_source_of_a_whole_law_is_that_of_all_its_parts)
{
    const tb_source source = {TB_ESTIMATED, NAN, NAN, "E001"};
    tb_scenario *s = district();

    put(s, JOURNAL, "mixture(short=0.7*constant(mean=2), long=0.3*gamma(mean=20, cv=1))");
    cr_assert_eq(tb_scenario_set_source(s, JOURNAL, &source, NULL), TB_OK);
    cr_expect_eq(get(s, JOURNAL ".kind").source.grade, TB_ESTIMATED);
    cr_expect_eq(get(s, JOURNAL ".parts.long.cv").source.grade, TB_ESTIMATED);
    cr_expect_eq(get(s, JOURNAL ".parts.short.weight").source.grade, TB_ESTIMATED);
    put(s, JOURNAL ".parts.long.cv", "2");
    cr_expect_eq(get(s, JOURNAL ".parts.long.cv").source.grade, TB_UNGRADED);
    cr_expect_eq(get(s, JOURNAL ".parts.long.mean").source.grade, TB_ESTIMATED);
    put(s, JOURNAL ".kind", "constant");
    put(s, JOURNAL, "mixture(short=0.7*constant(mean=2), long=0.3*gamma(mean=20, cv=1))");
    cr_expect_eq(get(s, JOURNAL ".parts.long.mean").source.grade, TB_UNGRADED);
    put(s, JOURNAL, "empirical(quantiles=0 1 0.5 4 1 30)");
    cr_assert_eq(tb_scenario_set_source(s, JOURNAL, &source, NULL), TB_OK);
    cr_expect_eq(get(s, JOURNAL ".quantiles").source.grade, TB_ESTIMATED);
    cr_expect_eq(get(s, JOURNAL).source.grade, TB_ESTIMATED);
    put(s, JOURNAL ".kind", "constant");
    put(s, JOURNAL ".kind", "empirical");
    cr_expect_eq(get(s, JOURNAL ".quantiles").source.grade, TB_UNGRADED);
    tb_scenario_free(s);
}

/* The lines of a text after the first, in turned order. */
static void turn_lines(const char *text, char *out)
{
    const char *first = strchr(text, '\n') + 1, *end = text + strlen(text);
    size_t length = (size_t)(first - text);

    memcpy(out, text, length);
    while (end > first) {
        const char *line = end - 1;

        while (line > first && line[-1] != '\n')
            line--;
        memcpy(out + length, line, (size_t)(end - line));
        length += (size_t)(end - line);
        end = line;
    }
    out[length] = '\0';
}

Test(law_text, canonical_text_holds_quantiles_and_parts_in_any_order)
{
    static char text[40000], turned[40000];
    tb_scenario *s = district(), *r = NULL;
    tb_error err = {0};

    put(s, JOURNAL, "mixture(short=0.7*constant(mean=2), long=1*gamma(p10=2, p90=9))");
    put(s, "obligations.plan.minutes", "empirical(quantiles=0 1 0.5 4 1 30)");
    put(s, "clients.old.visit_minutes", "lognormal(shape=0.5, scale=20)");
    cr_assert_lt(tb_scenario_text(s, 0, text, sizeof text), sizeof text);
    cr_expect(strstr(text, JOURNAL ".parts.long\n"), "%s", text);
    cr_expect(strstr(text, JOURNAL ".parts.long.p90 = 9\n"), "%s", text);
    turn_lines(text, turned);
    for (int i = 0; i < 2; i++) {
        const char *from = i ? turned : text;

        cr_assert_eq(tb_scenario_parse(from, strlen(from), &r, NULL, NULL, &err), TB_OK,
                     "%s", err.message);
        cr_expect_eq(tb_scenario_hash(r), tb_scenario_hash(s));
        cr_expect_str_eq(get(r, JOURNAL).text, get(s, JOURNAL).text);
        tb_scenario_free(r);
    }
    tb_scenario_free(s);
}

Test(law, its_mean_is_known_however_it_is_given)
{
    static const struct {
        const char *text;
        double mean;
    } laws[] = {
        {"4.5", 4.5},
        {"uniform(low=2, high=5)", 3.5},
        {"triangular(low=1, mode=2, high=6)", 3},
        {"exponential(mean=7)", 7},
        {"lognormal(mean=4, cv=0.5)", 4},
        {"lognormal(median=4, cv=0.75)", 5},
        {"lognormal(p10=2, p90=8)", 4.6300245475729385},
        {"lognormal(shape=0.5, scale=3)", 3.399445359200479},
        {"gamma(shape=2, scale=3)", 6},
        {"weibull(shape=1, scale=3)", 3},
        {"weibull(p25=2.8768207245178092, p75=13.862943611198906)", 10}, /* exponential */
        {"beta(low=1, high=8, mean=3, cv=0.2)", 3},
        {"empirical(quantiles=0 1 0.5 3 1 9)", 4},
        {"mixture(a=3*constant(mean=2), b=1*lognormal(median=4, cv=0.75))", 2.75},
    };
    const char *path = "obligations.journal.minutes";
    tb_scenario *s = district();
    tb_error err = {0};
    double mean = -1;

    for (size_t i = 0; i < COUNT_OF(laws); i++) {
        put(s, path, laws[i].text);
        cr_assert_eq(tb_scenario_law_mean(s, path, &mean, &err), TB_OK, "%s", err.message);
        cr_expect(fabs(mean - laws[i].mean) <= 1e-12 * laws[i].mean, "%s: %.17g",
                  laws[i].text, mean);
    }
    put(s, path, "lognormal(mean=4, cv=0.5)");
    put(s, "obligations.journal.minutes.cv", "");
    mean = -1;
    cr_expect_eq(tb_scenario_law_mean(s, path, &mean, &err), TB_ERR_VALUE);
    cr_expect_eq(tb_scenario_law_mean(s, "obligations.journal", &mean, &err), TB_ERR_NAME);
    cr_expect_eq(tb_scenario_law_mean(s, "obligations.diary.minutes", &mean, &err),
                 TB_ERR_NAME);
    cr_expect_eq(mean, -1);
    tb_scenario_free(s);
}
