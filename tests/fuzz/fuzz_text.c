/* A driver of libFuzzer for tb_scenario_parse: any bytes are refused with a fault, or are a scenario
 * whose text and back is the identity.
 *
 * Large blocks (a scenario is 200 KB) are kept and given out again, poisoned in between: fresh pages
 * would take longer than what is done with them. */
#include <sanitizer/asan_interface.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/word.h"
#include "tidsbruk/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *count, char ***arguments);

static void must(int holds)
{
    if (!holds)
        abort();
}

enum { LARGE = 1 << 16, KEPT = 8 };

static struct block {
    void *at;
    size_t size;
    int is_free;
} kept[KEPT];

static void *allocate(size_t size)
{
    struct block *b = kept;

    if (size < LARGE)
        return malloc(size);
    while (b < kept + KEPT && b->at && !(b->is_free && b->size == size))
        b++;
    must(b < kept + KEPT); /* as many would be a leak */
    if (!b->at)
        *b = (struct block){malloc(size), size, 1};
    b->is_free = 0;
    ASAN_UNPOISON_MEMORY_REGION(b->at, size);
    return b->at;
}

static void release(void *p)
{
    for (struct block *b = kept; b < kept + KEPT; b++)
        if (b->at == p) {
            must(!b->is_free);
            b->is_free = 1;
            ASAN_POISON_MEMORY_REGION(p, b->size);
            return;
        }
    free(p);
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count;
    (void)arguments;
    tb_set_allocator(allocate, NULL, release);
    return 0;
}

static char texts[2][1 << 18];

static void count_fault(int line, const char *path, const char *message, void *data)
{
    must(line > 0 && strlen(path) < SIZE_MAX && *message && tb__is_line(message));
    ++*(int *)data;
}

static const char *text_of(const tb_scenario *s, char text[sizeof texts[0]])
{
    must(tb_scenario_text(s, TB_TEXT_SOURCES, text, sizeof texts[0]) < sizeof texts[0]);
    return text;
}

static void count_sentence(const char *path, const char *message, void *data)
{
    must(strlen(path) < SIZE_MAX && *message && tb__is_line(message));
    ++*(int *)data;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tb_scenario *s = NULL, *again = NULL;
    const char *text;
    tb_error err;
    int faults = 0;

    if (tb_scenario_parse((const char *)data, size, &s, count_fault, &faults, &err)) {
        must(faults > 0 && !s && tb__is_line(err.message));
        return 0;
    }
    must(!faults);
    text = text_of(s, texts[0]);
    must(!tb_scenario_parse(text, strlen(text), &again, count_fault, &faults, &err));
    must(!faults && !strcmp(text, text_of(again, texts[1])));
    must(tb_scenario_check(s, count_sentence, &faults) == faults);
    tb_scenario_free(s);
    tb_scenario_free(again);
    return 0;
}
