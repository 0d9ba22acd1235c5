/* Canonical text, written; and the hash, which is one of that text. */
#include <string.h>

#include "scenario/default.h"
#include "scenario/source.h"
#include "scenario/text.h"
#include "scenario/value.h"

/* Where the text goes: to a buffer as far as it fits, and always into length and hash. */
struct writing {
    const tb_scenario *scenario;
    unsigned flags;
    bool law_differs; /* the law that is being walked is not its default */
    char *out;
    size_t size, length;
    uint64_t hash;
};

/* The hash is FNV-1a (Fowler, Noll, Vo). */
static void put(struct writing *w, const char *text)
{
    for (; *text; text++) {
        if (w->length + 1 < w->size)
            w->out[w->length] = *text;
        w->length++;
        w->hash = (w->hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    }
}

static void put_value(struct writing *w, const char *text)
{
    const size_t length = strlen(text);
    const char first = *text, last = length ? text[length - 1] : 'x';
    const bool quoted = first == ' ' || first == '"' || last == ' ' || last == '"';

    put(w, quoted ? "\"" : "");
    put(w, text);
    put(w, quoted ? "\"\n" : "\n");
}

static void put_source(struct writing *w, const char *path)
{
    const tb_source *source = tb__source_of(w->scenario, path);

    if (source == &tb__no_source)
        return;
    put(w, path);
    put(w, " ~ ");
    put(w, tb__text_grades[source->grade]);
    if (!isnan(source->low)) {
        put(w, " ");
        put(w, tb__number(source->low).text);
        put(w, " to ");
        put(w, tb__number(source->high).text);
    }
    if (!*source->evidence) {
        put(w, "\n");
        return;
    }
    put(w, " from ");
    put_value(w, source->evidence);
}

/* Whether nothing was said of a law: its parts are their defaults, its lists are empty. */
static bool is_default_law(const struct setting *set, const struct place *law)
{
    for (int i = 0; i < tb__children(set, law); i++) {
        const struct place child = tb__child(set, law, i);

        if (child.kind == PLACE_LIST ? tb__children(set, &child) > 0
                                     : !tb__is_default(set, &child))
            return false;
    }
    return true;
}

static int write_place(const char *path, const struct place *place, void *data)
{
    struct writing *w = data;
    const struct setting *set = &w->scenario->set;
    char text[TB_VALUE_SIZE];

    if (place->kind == PLACE_LAW)
        w->law_differs = !is_default_law(set, place);
    if (place->kind == PLACE_ITEM) {
        put(w, path);
        put(w, "\n");
    }
    if (!tb__is_given(set, place))
        return 0;
    if (place->kind == PLACE_PART ? w->law_differs : !tb__is_default(set, place)) {
        tb__value_write(set, place, text);
        put(w, path);
        put(w, " = ");
        put_value(w, text);
    }
    if (w->flags & TB_TEXT_SOURCES)
        put_source(w, path);
    return 0;
}

static void write(struct writing *w)
{
    w->hash = UINT64_C(0xcbf29ce484222325);
    put(w, TEXT_HEADER "\n");
    tb__walk_sorted(&w->scenario->set, write_place, w);
}

size_t tb_scenario_text(const tb_scenario *s, unsigned flags, char *out, size_t size)
{
    struct writing w = {.scenario = s, .flags = flags, .out = out, .size = size};

    write(&w);
    if (size)
        out[w.length < size ? w.length : size - 1] = '\0';
    return w.length;
}

uint64_t tb_scenario_hash(const tb_scenario *s)
{
    struct writing w = {.scenario = s};

    write(&w);
    w.hash ^= w.hash >> 33; /* the finaliser of MurmurHash3 (Appleby): every bit counts */
    w.hash *= UINT64_C(0xff51afd7ed558ccd);
    w.hash ^= w.hash >> 33;
    return w.hash;
}
