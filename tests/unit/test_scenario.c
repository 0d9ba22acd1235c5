/* scenario: paths and suggestions, items of lists, walking, copying, the hash. */
#include <math.h>
#include <stdio.h>

#include "faulty.h"
#include "scenario/word.h"
#include "scenarios.h"

static void is_no_name(const char *path, const char *suggestion)
{
    tb_scenario *s = district();
    const uint64_t before = tb_scenario_hash(s);
    tb_error err = {0};

    cr_assert_eq(tb_scenario_set(s, path, "1", &err), TB_ERR_NAME, "%s", path);
    if (suggestion) {
        char words[TB_PATH_SIZE + 32];

        snprintf(words, sizeof words, "did you mean \"%s\"?", suggestion);
        cr_assert(strstr(err.message, words), "%s", err.message);
    } else {
        cr_assert_null(strstr(err.message, "did you mean"), "%s", err.message);
    }
    cr_assert_eq(tb_scenario_hash(s), before);
    cr_assert_eq(tb_scenario_set(s, path, "1", NULL), TB_ERR_NAME);
    tb_scenario_free(s);
}

Test(path, a_slip_finds_the_nearest_path)
{
    is_no_name("regime.team.meeting_minutes", "regime.teams.meeting_minutes");
    is_no_name("regime.teams.meetng_minutes", "regime.teams.meeting_minutes");
    is_no_name("obligations.jounral.probability", "obligations.journal.probability");
    is_no_name("obligations.journal.minutes.maen", "obligations.journal.minutes.mean");
    is_no_name("horizon.week", "horizon.weeks");
}

Test(path, a_word_that_stands_elsewhere_is_found_there)
{
    is_no_name("meeting_minutes", "regime.teams.meeting_minutes");
    is_no_name("grants.binding", "regime.grants.binding");
    is_no_name("regime.control.interoperability", "regime.records.interoperability");
    is_no_name("obligations.plan.mean", "obligations.plan.minutes.mean");
}

Test(path, what_is_near_to_nothing_is_not_guessed)
{
    is_no_name("xyzzy", NULL);
    is_no_name("", NULL);
    is_no_name(".", NULL);
    is_no_name("\xff\x01\n", NULL);
}

Test(path, of_equals_the_first_is_suggested)
{
    tb_scenario *s = empty_scenario();
    tb_error err = {0};

    put(s, "staff.ab.count", "1");
    put(s, "staff.aa.count", "1");
    cr_assert_eq(tb_scenario_set(s, "staff.a.count", "1", &err), TB_ERR_NAME);
    cr_assert(strstr(err.message, "\"staff.aa.count\""), "%s", err.message);
    tb_scenario_free(s);
}

Test(path, odd_dots_lead_nowhere)
{
    is_no_name("horizon..weeks", "horizon.weeks");
    is_no_name(".horizon.weeks", "horizon.weeks");
}

Test(path, nothing_is_below_a_value)
{
    tb_scenario *s = district();
    tb_error err = {0};

    cr_assert_eq(tb_scenario_set(s, "horizon.weeks.mean", "1", &err), TB_ERR_NAME);
    cr_assert(strstr(err.message, "\"horizon.weeks\" is a value"), "%s", err.message);
    cr_assert_eq(tb_scenario_set(s, "horizon.weeks.", "1", &err), TB_ERR_NAME);
    cr_assert(strstr(err.message, "\"horizon.weeks\" is a value"), "%s", err.message);
    cr_assert_eq(tb_scenario_set(s, "travel.leg.mean.x", "1", &err), TB_ERR_NAME);
    cr_assert(strstr(err.message, "\"travel.leg.mean\" is a value"), "%s", err.message);
    tb_scenario_free(s);
}

Test(path, one_that_is_too_long_is_cut_in_the_message)
{
    char path[4 * TB_MESSAGE_SIZE];
    tb_scenario *s = empty_scenario();
    tb_error err = {0};

    memset(path, 'a', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    cr_assert_eq(tb_scenario_set(s, path, "1", &err), TB_ERR_NAME);
    cr_assert(strstr(err.message, "..."), "%s", err.message);
    cr_assert(strstr(err.message, "191 bytes"), "%s", err.message);
    cr_assert_eq(tb_scenario_add(s, path, &err), TB_ERR_NAME);
    path[300] = '.';
    cr_assert_eq(tb_scenario_add(s, path, &err), TB_ERR_NAME);
    path[TB_PATH_SIZE - 1] = '\0'; /* the longest that is looked for */
    cr_assert_eq(tb_scenario_set(s, path, "1", &err), TB_ERR_NAME);
    tb_scenario_free(s);
}

Test(path, a_missing_item_says_that_it_can_be_added)
{
    tb_scenario *s = district();
    tb_error err = {0};

    cr_assert_eq(tb_scenario_set(s, "obligations.jurnal.minutes", "1", &err), TB_ERR_NAME);
    cr_assert(strstr(err.message, "has to be added first"), "%s", err.message);
    cr_assert_eq(tb_scenario_set(s, "obligations.journal.minute", "1", &err), TB_ERR_NAME);
    cr_assert_null(strstr(err.message, "added"), "%s", err.message);
    tb_scenario_free(s);
}

Test(path, what_is_no_value_is_not_set_and_not_read)
{
    static const char *const paths[] = {"regime", "regime.teams", "staff", "staff.nurses"};
    tb_scenario *s = district();
    tb_value value;

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        cr_expect_eq(tb_scenario_set(s, paths[i], "1", NULL), TB_ERR_NAME);
        cr_expect_eq(tb_scenario_get(s, paths[i], &value, NULL), TB_ERR_NAME);
    }
    tb_scenario_free(s);
}

Test(path, distance_counts_slips)
{
    cr_expect_eq(tb__distance("", "", 99), 0);
    cr_expect_eq(tb__distance("", "abc", 99), 3);
    cr_expect_eq(tb__distance("abc", "abc", 99), 0);
    cr_expect_eq(tb__distance("abc", "acb", 99), 1);
    cr_expect_eq(tb__distance("abcd", "bacd", 99), 1);
    cr_expect_eq(tb__distance("kitten", "sitting", 99), 3);
    cr_expect_eq(tb__distance("ca", "abc", 99), 3); /* optimal string alignment */
}

Test(path, a_distance_with_a_limit_is_the_whole_one_up_to_it)
{
    uint32_t state = 7;

    for (int n = 0; n < 3000; n++) {
        char words[2][16] = {"", ""};

        for (int w = 0; w < 2; w++) {
            int length = (int)((state = state * 1664525u + 1013904223u) >> 28);

            while (length--)
                words[w][length] =
                    (char)('a' + ((state = state * 1664525u + 1013904223u) >> 30));
        }
        const int whole = tb__distance(words[0], words[1], TB_PATH_SIZE);

        for (int limit = 0; limit < 18; limit++)
            cr_assert_eq(tb__distance(words[0], words[1], limit),
                         whole <= limit ? whole : limit + 1, "%s %s %d", words[0],
                         words[1], limit);
    }
}

Test(list, items_are_sorted_whatever_the_order_of_adding)
{
    static const char *const names[] = {"m", "a", "z", "b2", "b", "b_", "b10"};
    tb_scenario *s = empty_scenario(), *r = empty_scenario();
    const int count = (int)(sizeof names / sizeof *names);

    for (int i = 0; i < count; i++) {
        char path[TB_PATH_SIZE];

        snprintf(path, sizeof path, "obligations.%s.deadline_hours", names[i]);
        put(s, path, "7");
        snprintf(path, sizeof path, "obligations.%s.deadline_hours", names[count - 1 - i]);
        put(r, path, "7");
    }
    cr_assert_eq(tb_scenario_hash(s), tb_scenario_hash(r));
    tb_scenario_free(s);
    tb_scenario_free(r);
}

Test(list, adding_twice_changes_nothing)
{
    tb_scenario *s = district();
    const uint64_t before = tb_scenario_hash(s);

    cr_assert_eq(tb_scenario_add(s, "obligations.journal", NULL), TB_OK);
    cr_assert_eq(tb_scenario_hash(s), before);
    tb_scenario_free(s);
}

Test(list, a_removed_item_is_gone_and_others_stay)
{
    tb_scenario *s = district(), *without = district();
    tb_value value;
    tb_error err = {0};

    put(s, "obligations.k.receivers", "3");
    cr_assert_neq(tb_scenario_hash(s), tb_scenario_hash(without));
    cr_assert_eq(tb_scenario_remove(s, "obligations.k", NULL), TB_OK);
    cr_assert_eq(tb_scenario_hash(s), tb_scenario_hash(without));
    cr_assert_eq(tb_scenario_get(s, "obligations.k.receivers", &value, NULL), TB_ERR_NAME);
    cr_assert_eq(tb_scenario_remove(s, "obligations.k", &err), TB_ERR_NAME);
    put(s, "obligations.k.value", "0"); /* it comes back with defaults */
    cr_assert_str_eq(get(s, "obligations.k.receivers").text, "1");
    tb_scenario_free(s);
    tb_scenario_free(without);
}

Test(list, only_items_are_removed)
{
    static const char *const paths[] = {"obligations",   "horizon",
                                        "horizon.weeks", "",
                                        "x.y",           "obligations.journal.minutes"};
    tb_scenario *s = district();
    const uint64_t before = tb_scenario_hash(s);

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        cr_expect_eq(tb_scenario_remove(s, paths[i], NULL), TB_ERR_NAME, "%s", paths[i]);
    cr_assert_eq(tb_scenario_hash(s), before);
    tb_scenario_free(s);
}

Test(list, only_lists_are_added_to)
{
    static const char *const paths[] = {"obligations",
                                        "horizon.x",
                                        "",
                                        "x.y",
                                        "journal",
                                        "obligations.journal.minutes",
                                        "obligations.new.x"};
    tb_scenario *s = district();
    const uint64_t before = tb_scenario_hash(s);

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        cr_expect_eq(tb_scenario_add(s, paths[i], NULL), TB_ERR_NAME, "%s", paths[i]);
    cr_assert_eq(tb_scenario_hash(s), before);
    tb_scenario_free(s);
}

Test(list, names_have_an_alphabet_and_a_length)
{
    static const char *const bad[] = {
        "obligations.",    "obligations.A",   "obligations.1a",       "obligations._a",
        "obligations.a b", "obligations.a-b", "obligations.\xc3\xa5", "obligations.a\n"};
    char path[TB_PATH_SIZE] = "obligations.";
    tb_scenario *s = empty_scenario();
    tb_error err = {0};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_expect_eq(tb_scenario_add(s, bad[i], &err), TB_ERR_NAME, "%s", bad[i]);
        cr_expect(strstr(err.message, "is not a name"), "%s", err.message);
    }
    memset(path + 12, 'x', 48);
    cr_expect_eq(tb_scenario_add(s, path, &err), TB_ERR_NAME);
    path[12 + 47] = '\0';
    cr_expect_eq(tb_scenario_add(s, path, &err), TB_OK);
    tb_scenario_free(s);
}

Test(list, the_item_beyond_the_last_is_named)
{
    static const struct {
        const char *list;
        int room;
    } lists[] = {{"holidays", 40}, {"staff", 8},     {"shifts", 16},     {"clients", 8},
                 {"windows", 12},  {"services", 16}, {"obligations", 48}};
    tb_scenario *s = empty_scenario();
    tb_error err = {0};
    char path[TB_PATH_SIZE];

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        for (int j = 0; j < lists[i].room; j++) {
            snprintf(path, sizeof path, "%s.item%d", lists[i].list, j);
            cr_assert_eq(tb_scenario_add(s, path, NULL), TB_OK, "%s", path);
        }
        snprintf(path, sizeof path, "%s.more", lists[i].list);
        cr_assert_eq(tb_scenario_add(s, path, &err), TB_ERR_LIMIT);
        cr_assert(strstr(err.message, path), "%s", err.message);
        snprintf(path, sizeof path, "room for %d", lists[i].room);
        cr_assert(strstr(err.message, path), "%s", err.message);
    }
    tb_scenario_free(s);
}

static int replay(const tb_value *value, void *data)
{
    put(data, value->path, value->text);
    return 0;
}

Test(walk, what_it_shows_makes_the_same_scenario_again)
{
    tb_scenario *s = district(), *again = empty_scenario();

    cr_assert_eq(tb_scenario_walk(s, replay, again), 0);
    cr_assert_eq(tb_scenario_hash(again), tb_scenario_hash(s));
    tb_scenario_free(s);
    tb_scenario_free(again);
}

static int count_to(const tb_value *value, void *data)
{
    int *left = data;

    (void)value;
    return --*left ? 0 : 17;
}

Test(walk, stops_when_it_is_told)
{
    tb_scenario *s = district();
    int left = 40;

    cr_assert_eq(tb_scenario_walk(s, count_to, &left), 17);
    cr_assert_eq(left, 0);
    tb_scenario_free(s);
}

static int is_described(const tb_value *value, void *data)
{
    const tb_value once = get(data, value->path);

    cr_assert_str_eq(value->path, once.path);
    cr_assert_str_eq(value->text, once.text);
    cr_assert_str_eq(value->unit, once.unit);
    cr_assert_eq(value->kind, once.kind);
    cr_assert_eq(value->is_default, once.is_default, "%s", value->path);
    cr_assert_gt(strlen(value->doc), 3);
    cr_assert_eq(value->choices != NULL, value->kind == TB_CHOICE);
    cr_assert_eq(isnan(value->low), value->kind != TB_REAL && value->kind != TB_COUNT &&
                                        value->kind != TB_SERIES);
    cr_assert_eq(isnan(value->high), isnan(value->low));
    return 0;
}

Test(walk, describes_as_get_does)
{
    tb_scenario *s = district();

    tb_scenario_walk(s, is_described, s);
    cr_assert(get(s, "regime.teams.pooling").is_default);
    cr_assert_not(get(s, "staff.nurses.count").is_default);
    cr_assert_str_eq(get(s, "obligations.journal.minutes.mean").unit, "min");
    cr_assert_str_eq(get(s, "obligations.journal.minutes.cv").unit, "");
    cr_assert_str_eq(get(s, "obligations.journal.minutes.median").text, "");
    tb_scenario_free(s);
}

Test(hash, each_value_moves_it_and_moving_back_restores_it)
{
    tb_scenario *s = district();
    const uint64_t before = tb_scenario_hash(s);
    static const char *const changes[][2] = {
        {"regime.teams.pooling", "0.25"},
        {"regime.teams.pooling", "1e-300"},
        {"horizon.weeks", "14"},
        {"obligations.journal.in_presence", "true"},
        {"obligations.journal.datum", "care"},
        {"obligations.journal.imposed_by", "law"},
        {"obligations.plan.minutes.cv", "1"},
    };

    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        const tb_value was = get(s, changes[i][0]);

        put(s, changes[i][0], changes[i][1]);
        cr_expect_neq(tb_scenario_hash(s), before, "%s", changes[i][0]);
        put(s, changes[i][0], was.text);
        cr_expect_eq(tb_scenario_hash(s), before, "%s", changes[i][0]);
    }
    tb_scenario_free(s);
}

Test(hash, names_count_as_values_do)
{
    tb_scenario *s = empty_scenario(), *r = empty_scenario();

    put(s, "staff.a.count", "3");
    put(r, "staff.b.count", "3");
    cr_assert_neq(tb_scenario_hash(s), tb_scenario_hash(r));
    tb_scenario_free(s);
    tb_scenario_free(r);
}

Test(hash, is_the_same_on_every_machine)
{
    tb_scenario *s = empty_scenario();

    put(s, "duty.break_minutes", "0.1"); /* a number whose digits need care */
    put(s, "staff.a.count", "3");
    const uint64_t with_zero = tb_scenario_hash(s);
    put(s, "duty.handover_minutes", "-0");
    cr_assert_eq(tb_scenario_hash(s), with_zero);
    put(s, "duty.break_minutes", "1e-1");
    cr_assert_eq(tb_scenario_hash(s), with_zero);
    put(s, "duty.break_minutes", "0.10000000000000001");
    cr_assert_eq(tb_scenario_hash(s), with_zero);
    put(s, "duty.break_minutes", "0.10000000000000002");
    cr_assert_neq(tb_scenario_hash(s), with_zero);
    tb_scenario_free(s);
}

Test(copy, is_equal_and_apart)
{
    tb_scenario *s = district(), *copy = NULL;
    const tb_source source = {TB_MEASURED, 1, 9, "E001"};

    cr_assert_eq(tb_scenario_set_source(s, "duty.break_minutes", &source, NULL), TB_OK);
    cr_assert_eq(tb_scenario_copy(s, &copy, NULL), TB_OK);
    cr_assert_eq(tb_scenario_hash(copy), tb_scenario_hash(s));
    put(s, "duty.break_minutes", "11");
    cr_assert_str_eq(get(copy, "duty.break_minutes").text, "30");
    cr_assert_str_eq(get(copy, "duty.break_minutes").source.evidence, "E001");
    tb_scenario_free(s);
    tb_scenario_free(copy);
    tb_scenario_free(NULL);
}

Test(copy, survives_each_failing_allocation)
{
    const tb_source source = {TB_ASSUMED, NAN, NAN, ""};
    tb_scenario *s, *copy = NULL, *fresh = NULL;
    tb_error err = {0};
    long n = 0;

    faulty_start(-1, 0);
    s = district();
    cr_assert_eq(tb_scenario_set_source(s, "horizon.weeks", &source, NULL), TB_OK);
    const long live = faulty.live;
    for (; !copy; n++) {
        faulty_start(n, 0);
        if (tb_scenario_copy(s, &copy, &err)) {
            cr_assert_eq(err.status, TB_ERR_MEMORY);
            cr_assert_null(copy);
            cr_assert_eq(faulty.live, live);
        }
    }
    cr_assert_gt(n, 2);
    faulty_start(0, 0);
    cr_assert_eq(tb_scenario_new(&fresh, &err), TB_ERR_MEMORY);
    faulty_start(-1, 0);
    tb_scenario_free(copy);
    tb_scenario_free(s);
    cr_assert_eq(faulty.live, 0);
}
