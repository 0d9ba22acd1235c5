/* A driver of libFuzzer for tb_scenario_parse: any bytes are refused with a fault, or are a scenario
 * whose text and back is the identity. */
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

static void count_fault(int line, const char *path, const char *message, void *data)
{
    must(line > 0 && strlen(path) < SIZE_MAX && *message);
    ++*(int *)data;
}

static char *text_of(const tb_scenario *s)
{
    const size_t length = tb_scenario_text(s, TB_TEXT_SOURCES, NULL, 0);
    char *text = malloc(length + 1);

    must(text && tb_scenario_text(s, TB_TEXT_SOURCES, text, length + 1) == length);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tb_scenario *s = NULL, *again = NULL;
    char *text, *text_again;
    tb_error err;
    int faults = 0;

    if (tb_scenario_parse((const char *)data, size, &s, count_fault, &faults, &err)) {
        must(faults > 0 && !s);
        return 0;
    }
    must(!faults);
    text = text_of(s);
    must(!tb_scenario_parse(text, strlen(text), &again, count_fault, &faults, &err));
    text_again = text_of(again);
    must(!strcmp(text, text_again) && tb_scenario_hash(s) == tb_scenario_hash(again));
    (void)tb_scenario_check(s, NULL, NULL);
    free(text);
    free(text_again);
    tb_scenario_free(s);
    tb_scenario_free(again);
    return 0;
}
