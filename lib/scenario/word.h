/* scenario/word.h: names, text and what is near to what. */
#ifndef TB_SCENARIO_WORD_H
#define TB_SCENARIO_WORD_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a text is a name: 1 to 47 of [a-z0-9_], starting with a letter. */
bool tb__is_name(const char *text);

/* Whether a text is well-formed UTF-8 without control characters: one line that can be shown. */
bool tb__is_line(const char *text);

/* Copies a text into a buffer of `size` bytes; one that does not fit is cut. */
void tb__copy_text(char *out, size_t size, const char *text);

/* A text as a message may show it: long ones are cut, bytes that are no character become '?'. */
struct shown {
    char text[72];
};
struct shown tb__shown(const char *text);

/* How many insertions, deletions, substitutions and swaps of neighbours turn one text into the
 * other (optimal string alignment); limit + 1 where that is more than `limit`, which is found sooner.
 * Bytes past TB_PATH_SIZE - 1 are not looked at. */
int tb__distance(const char *a, const char *b, int limit);

/* The greatest distance at which one text is suggested for the other. */
int tb__near(const char *a, const char *b);

/* The nearest of `count` words, the first of equals; NULL where none is near. */
const char *tb__nearest(const char *word, const char *const *words, int count);

#endif
