/* A driver of libFuzzer for tb_scenario_set: a path, a newline and a value. What fails changes
 * nothing; what succeeds is given back as a text that sets the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tidsbruk/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds)
{
    if (!holds)
        abort();
}

static tb_scenario *one_of_each(void)
{
    static const char *const items[] = {"staff.a",   "shifts.a",   "clients.a",
                                        "windows.a", "services.a", "obligations.a"};
    tb_scenario *s = NULL;

    must(!tb_scenario_new(&s, NULL));
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        must(!tb_scenario_add(s, items[i], NULL));
    return s;
}

static void set(tb_scenario *s, const char *path, const char *value)
{
    const uint64_t before = tb_scenario_hash(s);
    tb_value described;
    uint64_t after;

    if (tb_scenario_set(s, path, value, NULL)) {
        must(tb_scenario_hash(s) == before);
        return;
    }
    after = tb_scenario_hash(s);
    must(!tb_scenario_get(s, path, &described, NULL));
    if (tb_scenario_set(s, path, described.text, NULL)) /* a law that is none cannot be set */
        must(described.kind == TB_CHOICE || strchr(described.text, '('));
    must(tb_scenario_hash(s) == after);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1), *value;
    tb_scenario *s = one_of_each();

    must(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    value = strchr(text, '\n');
    if (value) {
        *value++ = '\0';
        set(s, text, value);
    }
    tb_scenario_free(s);
    free(text);
    return 0;
}
