/* scenario/number.h: numbers as text, with '.' as the decimal sign whatever the locale. */
#ifndef TB_SCENARIO_NUMBER_H
#define TB_SCENARIO_NUMBER_H

#include <stdbool.h>

enum { NUMBER_SIZE = 32, NUMBER_TEXT_SIZE = 128 };

struct number_text {
    char text[NUMBER_SIZE];
};

/* Reads a whole text such as "-1.5e3": no spaces, no hexadecimals, under NUMBER_TEXT_SIZE bytes. "nan", "inf"
 * and "infinity" are read in any case, so that a bound can be named that they violate; a number
 * too large for a double becomes infinite. False, and *out untouched, where the text is no number. */
bool tb__number_read(const char *text, double *out);

/* The shortest of 15, 16 and 17 significant digits that reads back the same; never "-0". */
struct number_text tb__number(double value);

#endif
