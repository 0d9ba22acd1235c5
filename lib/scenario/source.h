/* scenario/source.h: where the values of a scenario come from, beside the values themselves:
 * entries sorted by path, one for each value that has a source. A law's source is kept with its
 * kind and its parameters. */
#ifndef TB_SCENARIO_SOURCE_H
#define TB_SCENARIO_SOURCE_H

#include "scenario/place.h"

struct source_entry {
    char path[TB_PATH_SIZE];
    tb_source source;
};

/* What a value without a source has. */
extern const tb_source tb__no_source;

/* The source of the value at a path, or tb__no_source. */
const tb_source *tb__source_of(const tb_scenario *s, const char *path);

/* Forgets the sources of a place and of all that is below it. */
void tb__source_drop(tb_scenario *s, const char *path);

/* Forgets the sources of a law's parameters that are not given any more. */
void tb__source_drop_unset(tb_scenario *s, const char *path, const struct simple_law *law);

/* The same for the quantiles and parts of a whole law. */
void tb__source_drop_lists(tb_scenario *s, const char *path, const struct law *law);

#endif
