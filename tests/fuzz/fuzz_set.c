/* A driver of libFuzzer for tb_scenario_set: a path, a newline and a value; or '@', two bytes that
 * choose one of all paths, and a value. What fails changes nothing and says why in a line; what
 * succeeds is given back as a text that sets the same.
 *
 * The scenario is made once and mended after each input, which is compared byte by byte: hashing
 * its text would take most of the time. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/scenario.h"
#include "scenario/word.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *count, char ***arguments);

static const char *const said =
    "duty.break_minutes"; /* a value that says where it is from */
static tb_scenario *scenario;
static struct setting before, after;
static char paths[2048][TB_PATH_SIZE];
static int path_count;

static void must(int holds)
{
    if (!holds)
        abort();
}

static int keep_path(const tb_value *value, void *data)
{
    (void)data;
    must(path_count < (int)(sizeof paths / sizeof *paths));
    tb__copy_text(paths[path_count++], TB_PATH_SIZE, value->path);
    return 0;
}

static void say(void)
{
    const tb_source source = {TB_ASSUMED, 10, 40, "E1"};

    if (!scenario->sources)
        must(!tb_scenario_set_source(scenario, said, &source, NULL));
    must(scenario->sources == 1);
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    static const char *const items[] = {"staff.a",   "shifts.a",   "clients.a",
                                        "windows.a", "services.a", "obligations.a"};

    (void)count;
    (void)arguments;
    must(!tb_scenario_new(&scenario, NULL));
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        must(!tb_scenario_add(scenario, items[i], NULL));
    say();
    before = scenario->set;
    must(!tb_scenario_walk(scenario, keep_path, NULL));
    return 0;
}

static int is_now(const struct setting *set)
{
    return !memcmp(&scenario->set, set, sizeof *set);
}

/* A value that was set says no longer where it is from, and its text sets the same again. */
static void must_be_set(const char *path)
{
    tb_value value;
    uint64_t hash;

    must(scenario->sources == (strcmp(path, said) != 0));
    after = scenario->set;
    must(!tb_scenario_get(scenario, path, &value, NULL));
    must(value.source.grade == TB_UNGRADED);
    if (tb_scenario_set(scenario, path, value.text, NULL)) /* a law that is none cannot be set */
        must(value.kind == TB_CHOICE || strchr(value.text, '('));
    if (is_now(&after))
        return;
    hash = tb_scenario_hash(scenario); /* bytes between members may differ */
    scenario->set = after;
    must(tb_scenario_hash(scenario) == hash);
}

static void set(const char *path, const char *value)
{
    tb_error err = {.status = TB_OK};
    const tb_status status = tb_scenario_set(scenario, path, value, &err);

    if (status) {
        must(err.status == status && *err.message && tb__is_line(err.message));
        must(is_now(&before) && scenario->sources == 1);
        return;
    }
    must_be_set(path);
    scenario->set = before;
    say();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1), *end;

    must(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    end = strchr(text, '\n');
    if (size > 2 && *text == '@') {
        set(paths[(data[1] << 8 | data[2]) % path_count], text + 3);
    } else if (end) {
        *end = '\0';
        set(text, end + 1);
    }
    free(text);
    return 0;
}
