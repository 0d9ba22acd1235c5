/* scenario/series.h: a bounded list of numbers as one value, such as "0 2 3 7.5 8".
 *
 * In a setting it stands as struct { int count; double value[N]; }, with room for N numbers (at most
 * SERIES_MOST) and zeros behind the last one. Its text is the numbers with one blank between them;
 * no text is no numbers. Every number lies within the bounds of the field; what else they must be
 * (rising, in pairs) is a rule of whoever reads them. */
#ifndef TB_SCENARIO_SERIES_H
#define TB_SCENARIO_SERIES_H

#include "scenario/number.h"
#include "scenario/place.h"

/* A series of any room, for what works on all of them. */
struct series {
    int count;
    double value[SERIES_MOST];
};

/* Reads numbers with blanks between, before and behind. TB_ERR_TYPE where one is no number,
 * TB_ERR_VALUE where one is out of bounds, TB_ERR_LIMIT where there are more than the field has room
 * for. `path` is for messages; *out is untouched on failure. */
tb_status tb__series_read(const struct place *place, const char *path, const char *text,
                          struct series *out, tb_error *err);

/* Puts a series where a field of this kind stands; it must fit. And takes it from there. */
void tb__series_store(const struct field *field, void *at, const struct series *series);
void tb__series_load(const struct field *field, const void *at, struct series *out);

/* The text of what stands at `at`. */
void tb__series_write(const struct field *field, const void *at, char out[TB_VALUE_SIZE]);

#endif
