/* Canonical text: what is written, what is read, and what is told of a text with faults. */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "faulty.h"
#include "scenarios.h"

#define HEADER "tidsbruk scenario 1\n"

/* The text of a scenario, to be freed. */
static char *text_of(const tb_scenario *s, unsigned flags)
{
    const size_t length = tb_scenario_text(s, flags, NULL, 0);
    char *text = malloc(length + 1);

    cr_assert(text);
    cr_assert_eq(tb_scenario_text(s, flags, text, length + 1), length);
    cr_assert_eq(strlen(text), length);
    return text;
}

static tb_scenario *parsed(const char *text)
{
    tb_scenario *s = NULL;
    tb_error err = {0};

    cr_assert_eq(tb_scenario_parse(text, strlen(text), &s, NULL, NULL, &err), TB_OK,
                 "%s\n%s", err.message, text);
    return s;
}

static void is_text(const tb_scenario *s, unsigned flags, const char *wanted)
{
    char *text = text_of(s, flags);

    cr_assert_str_eq(text, wanted);
    free(text);
}

/* A text is read as the scenario whose canonical text is the other. */
static void reads_as(const char *text, const char *wanted)
{
    tb_scenario *s = parsed(text);

    is_text(s, TB_TEXT_SOURCES, wanted);
    tb_scenario_free(s);
}

static void say(tb_scenario *s, const char *path, tb_grade grade, double low, double high,
                const char *evidence)
{
    tb_source source = {.grade = grade, .low = low, .high = high};
    tb_error err = {0};

    snprintf(source.evidence, sizeof source.evidence, "%s", evidence);
    cr_assert_eq(tb_scenario_set_source(s, path, &source, &err), TB_OK, "%s", err.message);
}

/* Writing ----------------------------------------------------------------------------- */

Test(text, defaults_have_no_lines)
{
    tb_scenario *s = empty_scenario();

    is_text(s, TB_TEXT_SOURCES, HEADER);
    put(s, "duty.break_minutes", "30");
    put(s, "duty.break_minutes", "0");
    is_text(s, 0, HEADER);
    tb_scenario_free(s);
}

Test(text, is_in_the_order_of_bytes)
{
    tb_scenario *s = empty_scenario();

    put(s, "staff.ab.count", "2");
    put(s, "staff.a.role", "nurse");
    put(s, "staff.a_b.count", "3");
    put(s, "obligations.plan.minutes", "lognormal(mean=4, cv=0.5)");
    put(s, "obligations.plan.in_presence", "true");
    put(s, "regime.teams.pooling", "0.1");
    put(s, "regime.grants.binding", "0.25");
    put(s, "horizon.weeks", "26");
    is_text(s, TB_TEXT_SOURCES,
            HEADER "horizon.weeks = 26\n"
                   "obligations.plan\n"
                   "obligations.plan.in_presence = true\n"
                   "obligations.plan.minutes.cv = 0.5\n"
                   "obligations.plan.minutes.kind = lognormal\n"
                   "obligations.plan.minutes.mean = 4\n"
                   "regime.grants.binding = 0.25\n"
                   "regime.teams.pooling = 0.1\n"
                   "staff.a\n"
                   "staff.a.role = nurse\n"
                   "staff.a_b\n"
                   "staff.a_b.count = 3\n"
                   "staff.ab\n"
                   "staff.ab.count = 2\n");
    tb_scenario_free(s);
}

Test(text, an_item_of_defaults_is_there)
{
    tb_scenario *s = empty_scenario(), *again;

    cr_assert_eq(tb_scenario_add(s, "obligations.plan", NULL), TB_OK);
    is_text(s, 0, HEADER "obligations.plan\n");
    again = parsed(HEADER "obligations.plan\n");
    cr_assert_str_eq(get(again, "obligations.plan.trigger").text, "visit");
    tb_scenario_free(again);
    tb_scenario_free(s);
}

Test(text, says_sources_on_request)
{
    tb_scenario *s = empty_scenario();
    const char *wanted =
        HEADER "duty.break_minutes = 30\n"
               "duty.break_minutes ~ measured 20 to 40.5 from E001 E002\n"
               "horizon.weeks ~ assumed\n"
               "obligations.plan\n"
               "obligations.plan.minutes.cv = 0.5\n"
               "obligations.plan.minutes.cv ~ estimated from E003\n"
               "obligations.plan.minutes.kind = gamma\n"
               "obligations.plan.minutes.kind ~ estimated from E003\n"
               "obligations.plan.minutes.mean = 4\n"
               "obligations.plan.minutes.mean ~ estimated 2 to 6 from E003\n"
               "travel.noise_cv ~ ungraded from \" a guess\"\n";

    put(s, "duty.break_minutes", "30");
    put(s, "obligations.plan.minutes", "gamma(mean=4, cv=0.5)");
    say(s, "duty.break_minutes", TB_MEASURED, 20, 40.5, "E001 E002");
    say(s, "horizon.weeks", TB_ASSUMED, NAN, NAN, "");
    say(s, "obligations.plan.minutes", TB_ESTIMATED, 2, 6, "E003");
    say(s, "travel.noise_cv", TB_UNGRADED, NAN, NAN, " a guess");
    is_text(s, TB_TEXT_SOURCES, wanted);
    reads_as(wanted, wanted);
    is_text(s, 0,
            HEADER "duty.break_minutes = 30\n"
                   "obligations.plan\n"
                   "obligations.plan.minutes.cv = 0.5\n"
                   "obligations.plan.minutes.kind = gamma\n"
                   "obligations.plan.minutes.mean = 4\n");
    tb_scenario_free(s);
}

/* A law that is not whole, or that holds more than its kind takes, is a state like any other. */
Test(text, laws_that_are_none_survive)
{
    tb_scenario *s = empty_scenario();

    put(s, "absence.spell_days.kind", "lognormal");
    put(s, "absence.spell_days.mean", "");
    is_text(s, 0, HEADER "absence.spell_days.kind = lognormal\n");
    reads_as(HEADER "absence.spell_days.kind = lognormal\n",
             HEADER "absence.spell_days.kind = lognormal\n");
    put(s, "absence.spell_days.kind", "constant");
    put(s, "absence.spell_days.cv", "0.5");
    put(s, "absence.spell_days.high", "7");
    reads_as(HEADER "absence.spell_days.kind = constant\nabsence.spell_days.cv = 0.5\n"
                    "absence.spell_days.high = 7\n",
             HEADER "absence.spell_days.cv = 0.5\nabsence.spell_days.high = 7\n"
                    "absence.spell_days.kind = constant\n");
    tb_scenario_free(s);
}

Test(text, blanks_and_quotation_marks_survive)
{
    static const char *const citations[] = {
        " a",    "a ",   " ",     "\"", "\"\"",
        "\"a\"", "a\"b", "= ~ #", "#",  "\xc3\xa6 \xc2\xa7 4"};

    for (size_t i = 0; i < sizeof citations / sizeof *citations; i++) {
        tb_scenario *s = empty_scenario(), *again;
        char *text;

        put(s, "obligations.plan.citation", citations[i]);
        text = text_of(s, 0);
        again = parsed(text);
        cr_assert_str_eq(get(again, "obligations.plan.citation").text, citations[i]);
        free(text);
        tb_scenario_free(again);
        tb_scenario_free(s);
    }
}

Test(text, is_cut_where_the_buffer_ends)
{
    tb_scenario *s = district();
    char *whole = text_of(s, 0), *part = malloc(strlen(whole) + 8);
    const size_t length = strlen(whole);

    cr_assert(part);
    for (size_t size = 0; size < length + 8; size += 7) {
        memset(part, 'x', length + 8);
        cr_assert_eq(tb_scenario_text(s, 0, part, size), length);
        if (!size) {
            cr_assert_eq(*part, 'x');
            continue;
        }
        cr_assert_eq(strlen(part), size <= length ? size - 1 : length);
        cr_assert(!strncmp(part, whole, strlen(part)));
        if (size < length)
            cr_assert_eq(part[size], 'x');
    }
    free(whole);
    free(part);
    tb_scenario_free(s);
}

Test(text, the_locale_does_not_matter)
{
    static const char *const names[] = {"de_DE.UTF-8", "nb_NO.UTF-8", "fr_FR.UTF-8",
                                        "de_DE", "C.UTF-8"};
    const char *wanted = HEADER "duty.break_minutes = 22.5\n"
                                "duty.break_minutes ~ measured 20.5 to 40.25\n";

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (setlocale(LC_ALL, names[i]))
            reads_as(wanted, wanted);
    setlocale(LC_ALL, "C");
    reads_as(wanted, wanted);
}

/* Reading ----------------------------------------------------------------------------- */

Test(text, may_be_written_by_hand)
{
    reads_as("\xef\xbb\xbf# what follows\r\n"
             "\r\n"
             "  tidsbruk scenario 1: a title of somebody's\r\n"
             "staff.nurses.count=4\r\n"
             "\tregime.grants.granularity\t=\tframe \r\n"
             "staff.nurses.role = \"nurse\"\r\n"
             "   # the group\n"
             "duty.break_minutes  ~  measured\t2  to 4  from  E1 \n"
             "horizon.weeks = 13\n"
             "staff.nurses\n"
             "absence.spell_days = lognormal(mean=4, cv=0.5)\n"
             "duty.break_minutes = 3e1",
             HEADER "absence.spell_days.cv = 0.5\n"
                    "absence.spell_days.kind = lognormal\n"
                    "absence.spell_days.mean = 4\n"
                    "duty.break_minutes = 30\n"
                    "duty.break_minutes ~ measured 2 to 4 from E1\n"
                    "regime.grants.granularity = frame\n"
                    "staff.nurses\n"
                    "staff.nurses.count = 4\n"
                    "staff.nurses.role = nurse\n");
}

/* A law of which one parameter is said has no other. */
Test(text, says_laws_whole)
{
    tb_scenario *s =
        parsed(HEADER "obligations.plan\nobligations.plan.minutes.low = 4\n");

    cr_assert_str_eq(get(s, "obligations.plan.minutes").text, "constant(low=4)");
    tb_scenario_free(s);
}

/* Faults ------------------------------------------------------------------------------ */

enum { MOST_TOLD = 128 };
static struct {
    int line;
    char path[TB_PATH_SIZE], message[TB_MESSAGE_SIZE];
} told[MOST_TOLD];
static int tolds;

static void note(int line, const char *path, const char *message, void *data)
{
    cr_assert_null(data);
    cr_assert_lt(tolds, MOST_TOLD);
    told[tolds].line = line;
    snprintf(told[tolds].path, sizeof told[tolds].path, "%s", path);
    snprintf(told[tolds++].message, sizeof told[0].message, "%s", message);
}

static tb_status faults_of(const char *text, size_t length, tb_error *err)
{
    tb_scenario *s = NULL;
    tb_status status;

    tolds = 0;
    status = tb_scenario_parse(text, length, &s, note, NULL, err);
    cr_assert_eq(s == NULL, status != TB_OK);
    tb_scenario_free(s);
    return status;
}

Test(text, one_fault_is_told_with_line_and_path)
{
    static const struct {
        const char *text;
        tb_status status;
        int line;
        const char *path, *says;
    } cases[] = {
        {"", TB_ERR_TYPE, 1, "", "\"tidsbruk scenario 1\""},
        {"[staff.nurses]\ncount = 4\n", TB_ERR_TYPE, 1, "", "\"tidsbruk scenario 1\""},
        {"\n# x\ntidsbruk scenario 2\nx\n", TB_ERR_VALUE, 3, "", "it reads 1"},
        {"tidsbruk scenario 10\n", TB_ERR_VALUE, 1, "", "it reads 1"},
        {HEADER "a b\n", TB_ERR_TYPE, 2, "", "is no line"},
        {HEADER "= 4\n", TB_ERR_TYPE, 2, "", "is no line"},
        {HEADER "\ny.z = 4\n", TB_ERR_NAME, 3, "y.z", "there is no"},
        {HEADER "duty.brek_minutes = 4\n", TB_ERR_NAME, 2, "duty.brek_minutes",
         "did you mean \"duty.break_minutes\""},
        {HEADER "duty.break_minutes = x\n", TB_ERR_TYPE, 2, "duty.break_minutes",
         "is not a number"},
        {HEADER "duty.break_minutes = 121\n", TB_ERR_VALUE, 2, "duty.break_minutes",
         "between 0 and 120"},
        {HEADER "duty.break_minutes\n", TB_ERR_NAME, 2, "duty.break_minutes",
         "only an item"},
        {HEADER "duty = 4\n", TB_ERR_NAME, 2, "duty", "not a value"},
        {HEADER "staff.nurses.count = 4\n", TB_ERR_NAME, 2, "staff.nurses.count",
         "has to be added first"},
        {HEADER "staff.Nurses\n", TB_ERR_NAME, 2, "staff.Nurses", "is not a name"},
        {HEADER "staff.a\nstaff.a\n", TB_ERR_VALUE, 3, "staff.a", "twice"},
        {HEADER "duty.break_minutes = 4\nduty.break_minutes = 4\n", TB_ERR_VALUE, 3,
         "duty.break_minutes", "twice"},
        {HEADER "absence.spell_days = 4\nabsence.spell_days.mean = 4\n", TB_ERR_VALUE, 3,
         "absence.spell_days.mean", "twice"},
        {HEADER "absence.spell_days.mean = 4\nabsence.spell_days = 4\n", TB_ERR_VALUE, 3,
         "absence.spell_days", "twice"},
        {HEADER "horizon.weeks ~ assumed\nhorizon.weeks ~ assumed\n", TB_ERR_VALUE, 3,
         "horizon.weeks", "twice"},
        {HEADER "horizon.weeks ~ guessed\n", TB_ERR_TYPE, 2, "horizon.weeks",
         "no source such as"},
        {HEADER "horizon.weeks ~\n", TB_ERR_TYPE, 2, "horizon.weeks", "no source such as"},
        {HEADER "horizon.weeks ~ assumed 2\n", TB_ERR_TYPE, 2, "horizon.weeks",
         "no source such as"},
        {HEADER "horizon.weeks ~ assumed 2 to x\n", TB_ERR_TYPE, 2, "horizon.weeks",
         "no source such as"},
        {HEADER "horizon.weeks ~ assumed nan to nan\n", TB_ERR_TYPE, 2, "horizon.weeks",
         "no source such as"},
        {HEADER "horizon.weeks ~ assumed 4 to 2\n", TB_ERR_VALUE, 2, "horizon.weeks",
         "low first"},
        {HEADER "horizon.week ~ assumed\n", TB_ERR_NAME, 2, "horizon.week",
         "did you mean \"horizon.weeks\""},
        {HEADER "absence.spell_days.cv ~ assumed\n", TB_ERR_VALUE, 2,
         "absence.spell_days.cv", "is not given"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_error err = {0};
        char prefix[32];

        cr_expect_eq(faults_of(cases[i].text, strlen(cases[i].text), &err),
                     cases[i].status, "%s", cases[i].text);
        cr_expect_eq(tolds, 1, "%s", cases[i].text);
        cr_expect_eq(told[0].line, cases[i].line, "%s", cases[i].text);
        cr_expect_str_eq(told[0].path, cases[i].path);
        cr_expect(strstr(told[0].message, cases[i].says), "%s", told[0].message);
        snprintf(prefix, sizeof prefix, "line %d: ", cases[i].line);
        cr_expect(!strncmp(err.message, prefix, strlen(prefix)), "%s", err.message);
    }
}

Test(text, every_fault_is_told_in_the_order_of_lines)
{
    const char *text = HEADER "horizon.weeks ~ assumed 9 to 3\n"
                              "no line\n"
                              "horizon.weeks = 5.5\n"
                              "staff.Nobody\n"
                              "horizon.week = 3\n"
                              "duty.break_minutes = 30\n"
                              "horizon.warmup_weeks = 105\n";
    const int lines[] = {2, 3, 4, 5, 6, 8};
    tb_error err = {0};

    cr_assert_eq(faults_of(text, strlen(text), &err), TB_ERR_VALUE);
    cr_assert_eq(tolds, 6);
    for (int i = 0; i < tolds; i++)
        cr_expect_eq(told[i].line, lines[i]);
    cr_assert(!strncmp(err.message, "line 2: ", 8), "%s", err.message);
    cr_assert_eq(tb_scenario_parse(text, strlen(text), NULL, NULL, NULL, NULL),
                 TB_ERR_VALUE);
}

Test(text, a_zero_byte_makes_a_line_none)
{
    static const char text[] = HEADER "horizon.weeks = 5\0\n";
    tb_error err = {0};

    cr_assert_eq(faults_of(text, sizeof text - 1, &err), TB_ERR_TYPE);
    cr_assert_eq(told[0].line, 2);
}

Test(text, a_hundred_faults_are_enough)
{
    const size_t most = (size_t)TB_TEXT_MOST;
    char *text = malloc(most + 1);
    tb_error err = {0};

    cr_assert(text);
    memset(text, '\n', most + 1);
    memcpy(text, HEADER, strlen(HEADER));
    for (size_t i = strlen(HEADER); i + 1 < most; i += 2)
        text[i] = 'x';
    cr_assert_eq(faults_of(text, most, &err), TB_ERR_NAME);
    cr_assert_eq(tolds, TB_TEXT_FAULTS);
    cr_assert_eq(faults_of(text, most + 1, &err), TB_ERR_LIMIT);
    cr_assert_eq(tolds, 0);
    free(text);
}

/* Memory ------------------------------------------------------------------------------ */

Test(text, the_nth_allocation_may_fail)
{
    tb_scenario *s = district();
    char *text;
    int failed = 0;

    say(s, "duty.break_minutes", TB_MEASURED, 20, 40.5, "E001 E002");
    text = text_of(s, TB_TEXT_SOURCES);
    for (long n = 0;; n++) {
        tb_scenario *again = NULL;
        tb_error err = {0};
        tb_status status;

        faulty_start(n, 1);
        faulty.live = 0;
        status = tb_scenario_parse(text, strlen(text), &again, NULL, NULL, &err);
        tb_scenario_free(again);
        cr_assert_eq(faulty.live, 0);
        tb_set_allocator(NULL, NULL, NULL);
        if (!status)
            break;
        cr_assert_eq(status, TB_ERR_MEMORY, "%s", err.message);
        failed++;
    }
    cr_assert_geq(failed, 5);
    free(text);
    tb_scenario_free(s);
}

/* The hash ---------------------------------------------------------------------------- */

/* FNV-1a and the finaliser again, over the text itself. */
Test(text, the_hash_is_that_of_the_text)
{
    tb_scenario *s = district();
    char *text = text_of(s, 0);
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (const char *c = text; *c; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
    hash = (hash ^ hash >> 33) * UINT64_C(0xff51afd7ed558ccd);
    cr_assert_eq(tb_scenario_hash(s), hash ^ hash >> 33);
    say(s, "duty.break_minutes", TB_MEASURED, 20, 40.5, "E001 E002");
    cr_assert_eq(tb_scenario_hash(s), hash ^ hash >> 33);
    free(text);
    tb_scenario_free(s);
}
