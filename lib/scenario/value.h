/* scenario/value.h: one value from text and to text, judged by its field alone. */
#ifndef TB_SCENARIO_VALUE_H
#define TB_SCENARIO_VALUE_H

#include "scenario/number.h"
#include "scenario/place.h"
#include "scenario/series.h"

/* A value by the kind of its field. */
union value {
    double real;
    int count; /* a count, or the index of a choice */
    bool flag;
    char text[TB_VALUE_SIZE];
    struct law law;
    struct series series;
};

/* Reads the text of a value, a law's part or a whole law. `path` is for messages. TB_ERR_TYPE where
 * the text is of another kind, TB_ERR_VALUE where it is beyond a bound. Empty text for a law's
 * parameter gives NaN: not given. Text that is stored is of NAME_SIZE bytes (then it must be a name
 * or empty) or longer (then any line of text). */
tb_status tb__value_read(const struct place *place, const char *path, const char *text,
                         union value *out, tb_error *err);

/* A whole law: a number, which makes a constant, or a form such as "lognormal(mean=4, cv=0.5)".
 * A form must be a law at once (tb__law_check). */
tb_status tb__law_read(const struct place *place, const char *path, const char *text,
                       struct law *out, tb_error *err);

/* The text of what stands at a place: of a value, a part or a law; cut where it does not fit. */
void tb__value_write(const struct setting *set, const struct place *place,
                     char out[TB_VALUE_SIZE]);
void tb__law_write(const struct law *law, char out[TB_VALUE_SIZE]);

/* Whether a place is a value, or a law's part that is given: a kind is, a number that is none is not,
 * quantiles are if there are any. */
bool tb__is_given(const struct setting *set, const struct place *place);

/* Puts a value that was read where it belongs; nothing else is changed. */
void tb__store(struct setting *set, const struct place *place, const union value *value);

/* The number of a law that is `part` of its parts, from PART_MEAN to below PARTS. */
double tb__law_part(const struct simple_law *law, int part);
void tb__law_set_part(struct simple_law *law, int part, double value);

/* Whether a law of this kind takes that parameter, in one of its forms. */
bool tb__law_takes(int kind, int part);

/* Whether a number lies within the bounds of a place, and what those are, in words: "a number
 * between 0 and 120 min per shift". */
bool tb__within(const struct place *place, double value);
struct range_text {
    char text[112];
};
struct range_text tb__range(const struct place *place);

/* The words of a choice, with commas. */
struct words_text {
    char text[192];
};
struct words_text tb__words(const char *const *words);

#endif
