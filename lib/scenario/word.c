#include "scenario/word.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/field.h"
#include "tidsbruk/scenario.h"

bool tb__is_name(const char *text)
{
    size_t length = 0;

    if (*text < 'a' || *text > 'z')
        return false;
    for (; text[length]; length++) {
        const char c = text[length];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_')
            return false;
    }
    return length < NAME_SIZE;
}

static bool is_tail(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

/* Bytes of the UTF-8 character that starts here; 0 where none does (overlong forms, surrogates and
 * what lies beyond U+10FFFF included), or where it is a control character. */
static size_t character(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;

    if (c[0] < 0x80)
        return c[0] >= 0x20 && c[0] != 0x7f;
    if (c[0] >= 0xc2 && c[0] <= 0xdf)
        return is_tail(c[1]) && !(c[0] == 0xc2 && c[1] < 0xa0) ? 2 : 0;
    if ((c[0] & 0xf0) == 0xe0) {
        if (!is_tail(c[1]) || !is_tail(c[2]))
            return 0;
        return (c[0] == 0xe0 && c[1] < 0xa0) || (c[0] == 0xed && c[1] > 0x9f) ? 0 : 3;
    }
    if (c[0] >= 0xf0 && c[0] <= 0xf4) {
        if (!is_tail(c[1]) || !is_tail(c[2]) || !is_tail(c[3]))
            return 0;
        return (c[0] == 0xf0 && c[1] < 0x90) || (c[0] == 0xf4 && c[1] > 0x8f) ? 0 : 4;
    }
    return 0;
}

bool tb__is_line(const char *text)
{
    while (*text) {
        const size_t bytes = character(text);
        if (!bytes)
            return false;
        text += bytes;
    }
    return true;
}

struct shown tb__shown(const char *text)
{
    static const char more[] = "...";
    struct shown out;
    size_t length = 0;

    while (*text) {
        const size_t bytes = character(text), step = bytes ? bytes : 1;

        if (length + step + sizeof more > sizeof out.text) {
            memcpy(out.text + length, more, sizeof more);
            return out;
        }
        if (bytes)
            memcpy(out.text + length, text, bytes);
        else
            out.text[length] = '?';
        length += step;
        text += step;
    }
    out.text[length] = '\0';
    return out;
}

void tb__copy_text(char *out, size_t size, const char *text)
{
    size_t length = strlen(text);

    if (length >= size)
        length = size - 1;
    memcpy(out, text, length);
    out[length] = '\0';
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int bounded_length(const char *text)
{
    int length = 0;

    while (length < TB_PATH_SIZE - 1 && text[length])
        length++;
    return length;
}

/* Cells further than `limit` from the diagonal are beyond it, and after a row that is all beyond, so
 * is the rest: no cell is less than all of the row above it, a swap of neighbours included. */
int tb__distance(const char *a, const char *b, int limit)
{
    const int rows = bounded_length(a), columns = bounded_length(b);
    int store[3][TB_PATH_SIZE + 1] = {{0}};
    int *before = store[0], *last = store[1], *now = store[2];

    limit = least(limit, TB_PATH_SIZE);
    if (abs(rows - columns) > limit)
        return limit + 1;
    for (int j = 0; j <= least(limit, columns); j++)
        last[j] = j;
    last[least(limit, columns) + 1] = limit + 1;
    for (int i = 1; i <= rows; i++) {
        const int from = i > limit ? i - limit : 1, to = least(columns, i + limit);
        int *spare = before, nearest = i;

        now[from - 1] = from > 1 ? limit + 1 : i;
        for (int j = from; j <= to; j++) {
            now[j] = least(last[j - 1] + (a[i - 1] != b[j - 1]),
                           1 + least(last[j], now[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
            nearest = least(nearest, now[j]);
        }
        now[to + 1] = limit + 1;
        if (nearest > limit)
            return limit + 1;
        before = last;
        last = now;
        now = spare;
    }
    return least(last[columns], limit + 1);
}

int tb__near(const char *a, const char *b)
{
    const int rows = bounded_length(a), columns = bounded_length(b);
    const int third = (rows > columns ? rows : columns) / 3;

    return third > 1 ? third : 1;
}

const char *tb__nearest(const char *word, const char *const *words, int count)
{
    const char *nearest = NULL;
    int least_distance = INT_MAX;

    for (int i = 0; i < count; i++) {
        const int limit = least(least_distance - 1, tb__near(word, words[i]));
        const int distance = tb__distance(word, words[i], limit);

        if (distance <= limit) {
            nearest = words[i];
            least_distance = distance;
        }
    }
    return nearest;
}
