/* fired.h: how often each concept did something in random units: a kind of arrival brought a call, a
 * rule for the end of a shift met work that was left, a substitute stood in. What a scenario may hold
 * is random_scenario.h's coverage; this is what came of it. */
#ifndef TESTS_PROPERTY_FIRED_H
#define TESTS_PROPERTY_FIRED_H

#include "life.h"

/* Adds what happened in a life that was lived with a log, from its first day on, in one period. */
void fired_add(const struct life *l);

/* The concept that fired least often; *times: how often. */
const char *fired_least(int64_t *times);

#endif
