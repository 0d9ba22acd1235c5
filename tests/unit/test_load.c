/* The offered load, counted by hand. */
#include <criterion/criterion.h>

#include "model/world.h"
#include "scenario/scenario.h"
#include "scenarios.h"

/* Hours of work that a week asks for. */
static double hours(const tb_scenario *s)
{
    struct world *w = NULL;
    double duty = 0, load;

    cr_assert_eq(tb__world_new(&s->set, 1, 0, &w, NULL), TB_OK);
    for (int i = 0; i < w->shifts; i++)
        duty += (double)(w->shift[i].to - w->shift[i].from) / (double)TB__HOUR;
    load = w->offered_load;
    tb__world_free(w);
    return load * duty;
}

/* 168 calls a week of a quarter-hour; 336 of six minutes, half of which go on to the others. */
static tb_scenario *desk(void)
{
    static const char *const lines[][2] = {
        {"staff.crew.count", "4"},        {"staff.crew.roster", "always"},
        {"services.long.per_hour", "1"},  {"services.long.minutes", "15"},
        {"services.short.per_hour", "2"}, {"services.short.minutes", "6"},
        {"services.short.then", "long"},  {"services.short.then_probability", "0.5"},
    };
    tb_scenario *s = empty_scenario();

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        put(s, lines[i][0], lines[i][1]);
    return s;
}

Test(load, records_of_calls_are_those_of_their_service)
{
    tb_scenario *s = desk();
    const double care = 336 * 0.25 + 336 * 0.1, rest = hours(s) - care;

    cr_expect_float_eq(rest, 0, 1e-3, "%g", rest);
    put(s, "obligations.note.trigger", "call");
    put(s, "obligations.note.minutes", "3");
    cr_expect_float_eq(hours(s), care + 672 * 0.05, 1e-3, "all: %g", hours(s));
    put(s, "obligations.note.service", "long");
    cr_expect_float_eq(hours(s), care + 336 * 0.05, 1e-3, "long: %g", hours(s));
    put(s, "services.short.then", "");
    put(s, "services.short.then_probability", "0");
    cr_expect_float_eq(hours(s), 168 * 0.3 + 336 * 0.1, 1e-3, "alone: %g", hours(s));
    put(s, "obligations.note.service", "short");
    cr_expect_float_eq(hours(s), 168 * 0.25 + 336 * 0.15, 1e-3, "short: %g", hours(s));
    tb_scenario_free(s);
}
