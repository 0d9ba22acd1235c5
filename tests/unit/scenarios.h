/* scenarios.h: scenarios for tests, and settings in one word. */
#ifndef TESTS_UNIT_SCENARIOS_H
#define TESTS_UNIT_SCENARIOS_H

#include <criterion/criterion.h>
#include <string.h>

#include "tidsbruk/scenario.h"

/* Sets a value; an item that it goes through is added first where it is missing. */
static inline void put(tb_scenario *s, const char *path, const char *value)
{
    tb_error err = {0};
    tb_status status = tb_scenario_set(s, path, value, NULL);

    if (status == TB_ERR_NAME) {
        const size_t list = strcspn(path, ".") + 1,
                     length = list + strcspn(path + list, ".");
        char item[TB_PATH_SIZE];

        memcpy(item, path, length);
        item[length] = '\0';
        tb_scenario_add(s, item, NULL);
    }
    if (status)
        status = tb_scenario_set(s, path, value, &err);
    cr_assert_eq(status, TB_OK, "%s = %s: %s", path, value, err.message);
}

static inline tb_scenario *empty_scenario(void)
{
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    return s;
}

/* A small district without a fault: two roles, planned clients, a service, three obligations. */
static inline tb_scenario *district(void)
{
    static const char *const values[][2] = {
        {"staff.nurses.role", "nurse"},
        {"staff.nurses.count", "6"},
        {"staff.helpers.role", "helper"},
        {"staff.helpers.count", "12"},
        {"shifts.day.starts", "450"},
        {"shifts.day.weekdays", "6"},
        {"shifts.day.saturdays", "3"},
        {"shifts.day.sundays", "3"},
        {"shifts.evening.starts", "900"},
        {"shifts.evening.role", "nurse"},
        {"shifts.evening.weekdays", "2"},
        {"duty.break_minutes", "30"},
        {"clients.old.count", "40"},
        {"clients.old.granted_hours", "lognormal(median=1.2, cv=2.6)"},
        {"clients.old.visit_minutes", "lognormal(mean=29, cv=0.38)"},
        {"windows.morning.opens", "480"},
        {"windows.morning.closes", "600"},
        {"windows.evening.opens", "960"},
        {"windows.evening.closes", "1140"},
        {"windows.evening.order", "2"},
        {"services.alarm.role", "nurse"},
        {"services.alarm.per_hour", "0.5"},
        {"services.alarm.minutes", "exponential(mean=12)"},
        {"obligations.journal.minutes", "lognormal(mean=4, cv=0.5)"},
        {"obligations.alarm_note.trigger", "call"},
        {"obligations.alarm_note.service", "alarm"},
        {"obligations.alarm_note.minutes", "triangular(low=1, mode=2, high=6)"},
        {"obligations.plan.trigger", "month"},
        {"obligations.plan.per", "client"},
        {"obligations.plan.minutes", "20"},
    };
    tb_scenario *s = empty_scenario();

    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        put(s, values[i][0], values[i][1]);
    return s;
}

/* The text of a value. */
static inline tb_value get(const tb_scenario *s, const char *path)
{
    tb_value value;
    tb_error err = {0};

    cr_assert_eq(tb_scenario_get(s, path, &value, &err), TB_OK, "%s", err.message);
    return value;
}

#endif
