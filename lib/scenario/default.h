/* scenario/default.h: what a value is before anybody sets it. */
#ifndef TB_SCENARIO_DEFAULT_H
#define TB_SCENARIO_DEFAULT_H

#include "scenario/place.h"

/* Gives every field of a struct that the table describes its default; lists become empty and
 * every other byte 0. */
void tb__fill_defaults(const struct record *record, void *at);

/* Whether what stands at a value or a law's part is its default. */
bool tb__is_default(const struct setting *set, const struct place *place);

#endif
