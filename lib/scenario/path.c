/* Paths: from text to a place, and from a text that leads nowhere to the nearest that does. */
#include <limits.h>
#include <string.h>

#include "kernel/status.h"
#include "scenario/place.h"
#include "scenario/word.h"

struct search {
    const char *path, *last; /* what was asked for; its last component */
    char nearest[TB_PATH_SIZE];
    int least;
};

static const char *last_component(const char *path)
{
    const char *point = strrchr(path, '.');

    return point ? point + 1 : path;
}

/* A path that ends in the same word is nearer than any that does not, wherever it stands. */
static int look(const char *path, const struct place *place, void *data)
{
    struct search *s = data;
    const int elsewhere = TB_PATH_SIZE;
    const bool same = !strcmp(last_component(path), s->last);
    const int penalty = same ? 0 : elsewhere,
              near = same ? elsewhere : tb__near(s->path, path);
    const int better = s->least - 1 - penalty, limit = near < better ? near : better;
    int distance;

    (void)place;
    if (limit < 0)
        return 0;
    distance = tb__distance(s->path, path, limit);
    if (distance <= limit) {
        s->least = distance + penalty;
        tb__copy_text(s->nearest, sizeof s->nearest, path);
    }
    return 0;
}

static tb_status unknown(const struct setting *set, const char *path, bool addable,
                         tb_error *err)
{
    struct search s = {.path = path, .last = last_component(path), .least = INT_MAX};
    const char *hint = addable ? " (a new item has to be added first)" : "";

    if (!err)
        return TB_ERR_NAME;
    tb__walk(set, look, &s);
    if (s.nearest[0])
        return tb__fail(err, TB_ERR_NAME, "there is no \"%s\"%s; did you mean \"%s\"?",
                        tb__shown(path).text, hint, s.nearest);
    return tb__fail(err, TB_ERR_NAME, "there is no \"%s\"%s", tb__shown(path).text, hint);
}

/* The first `length` bytes of the path name a value, and more follows. */
static tb_status below_value(const char *path, size_t length, tb_error *err)
{
    return tb__fail(err, TB_ERR_NAME, "there is no \"%s\": \"%.*s\" is a value",
                    tb__shown(path).text, (int)length, path);
}

/* Replaces *place by the child of that name. */
static bool descend(const struct setting *set, struct place *place, const char *name,
                    size_t length)
{
    const int children = tb__children(set, place);

    for (int i = 0; i < children; i++) {
        const struct place child = tb__child(set, place, i);
        const char *candidate = tb__name_at(set, &child);

        if (!strncmp(candidate, name, length) && candidate[length] == '\0') {
            *place = child;
            return true;
        }
    }
    return false;
}

tb_status tb__resolve(const struct setting *set, const char *path, struct place *out,
                      tb_error *err)
{
    struct place place = tb__root();
    const char *name = path;

    if (strlen(path) >= TB_PATH_SIZE)
        return tb__fail(err, TB_ERR_NAME,
                        "there is no \"%s\": no path is longer than %d bytes",
                        tb__shown(path).text, TB_PATH_SIZE - 1);
    for (;;) {
        const size_t length = strcspn(name, ".");

        if (place.kind == PLACE_VALUE || place.kind == PLACE_PART)
            return below_value(path, (size_t)(name - path) - 1, err);
        if (!length || !descend(set, &place, name, length))
            return unknown(set, path, length && place.kind == PLACE_LIST, err);
        if (!name[length])
            break;
        name += length + 1;
    }
    *out = place;
    return TB_OK;
}
