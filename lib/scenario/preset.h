/* scenario/preset.h: the shipped presets, turned from TOML into C by presets/embed.py. */
#ifndef TB_SCENARIO_PRESET_H
#define TB_SCENARIO_PRESET_H

#include "tidsbruk/scenario.h"

/* One tb_scenario_set and one tb_scenario_set_source. Items of lists are added when they are first
 * named. A path may be that of a whole law; its range is that of the law's mean or median. */
struct preset_value {
    const char *path, *text;
    const char *evidence; /* ids separated by spaces; empty: none */
    tb_grade grade;
    double low, high; /* NaN: no range */
};

struct preset {
    const char *name, *title;
    const struct preset_value *value;
    int values;
};

extern const struct preset tb__presets[]; /* sorted by name; ends with a name that is NULL */

#endif
