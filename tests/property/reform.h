/* reform.h: the same unit under other rules. */
#ifndef TESTS_PROPERTY_REFORM_H
#define TESTS_PROPERTY_REFORM_H

#include "tidsbruk/scenario.h"

/* Takes over everything of another scenario that leaves the unit what it is, as far as the result is
 * valid; and more visits are granted, and more calls come, or fewer, or none. */
void reform(tb_scenario *s, const tb_scenario *other);

#endif
