/* random_scenario.h: valid scenarios of every shape, each made from a number.
 *
 * Scenario n is the same on every machine and for ever, as long as the generator is not changed: it
 * draws from splitmix64 and not from the library's own streams. The scenarios are small (a dozen
 * workers, a few weeks), and between a third and a half of them are overloaded.
 *
 * `coverage` remembers which settings occurred: each word of a choice, a flag on and off, a number
 * that is not its default, each kind of each law. What a scenario may hold is read from the field
 * tables, so that a new setting which no random scenario touches is found by coverage_gap. */
#ifndef TESTS_PROPERTY_RANDOM_SCENARIO_H
#define TESTS_PROPERTY_RANDOM_SCENARIO_H

#include <stdbool.h>
#include <stdint.h>

#include "tidsbruk/scenario.h"

struct random {
    uint64_t state;
};

uint64_t random_bits(struct random *r);
double random_between(struct random *r, double low, double high);
int random_count(struct random *r, int low, int high); /* both ends included */
bool random_chance(struct random *r, double probability);

/* Never NULL, never with a fault; freed by the caller. */
tb_scenario *random_scenario(uint64_t number);

/* Gives every mechanism of a scenario a setting that is not neutral; wellbeing only on request,
 * since it feeds back on who falls ill. `number` decides which. */
void random_regime(tb_scenario *s, uint64_t number, bool wellbeing);

/* Sets a value that is known to be valid. */
void put(tb_scenario *s, const char *path, const char *value);
void put_number(tb_scenario *s, const char *path, double value);

/* Adds the item that stands before the last component of a path when it is missing, then sets. */
void put_item(tb_scenario *s, const char *path, const char *value);

struct coverage;
struct coverage *coverage_new(void);
void coverage_free(struct coverage *c);
void coverage_add(struct coverage *c, const tb_scenario *s);

/* A setting that did not occur, such as "visits.unfinished = drop"; NULL when all did. The text
 * lives as long as the coverage. */
const char *coverage_gap(struct coverage *c);

#endif
