#include "scenario/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RADIX_SIZE = 8 };

/* The decimal sign that strtod and snprintf use in the calling thread, found by using it:
 * localeconv may not be called by several threads. */
static void find_radix(char radix[RADIX_SIZE])
{
    char half[RADIX_SIZE + 4];
    const int length = snprintf(half, sizeof half, "%.1f", 0.5);

    if (length < 3 || length - 2 >= RADIX_SIZE) {
        memcpy(radix, ".", 2);
        return;
    }
    memcpy(radix, half + 1, (size_t)length - 2);
    radix[length - 2] = '\0';
}

static const char *skip_digits(const char *p)
{
    while (*p >= '0' && *p <= '9')
        p++;
    return p;
}

/* Whether the text is [-]digits[.digits][e[+-]digits]; *point is where its '.' stands, or NULL. */
static bool is_decimal(const char *text, const char **point)
{
    const char *p = text + (*text == '-'), *end = skip_digits(p);

    *point = NULL;
    if (end == p)
        return false;
    p = end;
    if (*p == '.') {
        *point = p++;
        end = skip_digits(p);
        if (end == p)
            return false;
        p = end;
    }
    if (*p == 'e' || *p == 'E') {
        p += p[1] == '+' || p[1] == '-' ? 2 : 1;
        end = skip_digits(p);
        if (end == p)
            return false;
        p = end;
    }
    return *p == '\0';
}

/* Whether `text` is `word` (in lower case), capitals aside. */
static bool is_word(const char *text, const char *word)
{
    for (; *word; text++, word++)
        if (*text != *word && *text != *word - 'a' + 'A')
            return false;
    return *text == '\0';
}

static bool read_special(const char *text, double *out)
{
    const bool negative = *text == '-';

    text += negative;
    if (is_word(text, "nan"))
        *out = NAN;
    else if (is_word(text, "inf") || is_word(text, "infinity"))
        *out = negative ? -INFINITY : INFINITY;
    else
        return false;
    return true;
}

bool tb__number_read(const char *text, double *out)
{
    char radix[RADIX_SIZE], local[NUMBER_TEXT_SIZE + RADIX_SIZE];
    const char *point;
    size_t length = strlen(text);

    if (length >= NUMBER_TEXT_SIZE)
        return false;
    if (!is_decimal(text, &point))
        return read_special(text, out);
    if (point) {
        find_radix(radix);
        snprintf(local, sizeof local, "%.*s%s%s", (int)(point - text), text, radix,
                 point + 1);
    } else {
        memcpy(local, text, length + 1);
    }
    *out = strtod(local, NULL) + 0.0; /* -0 becomes 0 */
    return true;
}

/* Puts '.' where the locale put its own sign. */
static void plain_point(char *text)
{
    char radix[RADIX_SIZE], *at;

    find_radix(radix);
    if (!strcmp(radix, ".") || !(at = strstr(text, radix)))
        return;
    *at = '.';
    memmove(at + 1, at + strlen(radix), strlen(at + strlen(radix)) + 1);
}

struct number_text tb__number(double value)
{
    struct number_text out;
    double back;

    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out.text, sizeof out.text, "%.*g", digits, value + 0.0);
        back = strtod(out.text, NULL);
        if (back >= value && back <= value)
            break;
    }
    plain_point(out.text);
    return out;
}
