/* scenario/scenario.h: the struct behind tb_scenario, and the table of its fields.
 *
 * Everything is inline: a scenario is copied by copying the struct and its sources, and nothing in
 * it can leak. */
#ifndef TB_SCENARIO_SCENARIO_H
#define TB_SCENARIO_SCENARIO_H

#include "scenario/clients.h"
#include "scenario/holiday.h"
#include "scenario/money.h"
#include "scenario/obligation.h"
#include "scenario/regime/control.h"
#include "scenario/regime/dialogue.h"
#include "scenario/regime/discretion.h"
#include "scenario/regime/grants.h"
#include "scenario/regime/knowledge.h"
#include "scenario/regime/records.h"
#include "scenario/regime/teams.h"
#include "scenario/regime/wellbeing.h"
#include "scenario/service.h"
#include "scenario/staff.h"
#include "tidsbruk/scenario.h"

struct horizon {
    int weeks, warmup_weeks;
};

struct regime {
    struct grants grants;
    struct records records;
    struct control control;
    struct discretion discretion;
    struct teams teams;
    struct knowledge knowledge;
    struct dialogue dialogue;
    struct wellbeing wellbeing;
};

/* The values themselves. */
struct setting {
    struct horizon horizon;
    struct staff staff[MAX_STAFF];
    struct shift_kind shifts[MAX_SHIFTS];
    struct holiday holidays[MAX_HOLIDAYS];
    struct duty duty;
    struct absence absence;
    struct client_group clients[MAX_CLIENT_GROUPS];
    struct window windows[MAX_WINDOWS];
    struct visits visits;
    struct travel travel;
    struct planning planning;
    struct errors errors;
    struct service services[MAX_SERVICES];
    struct obligation obligations[MAX_OBLIGATIONS];
    struct money money;
    struct regime regime;
    int staff_count, shift_count, holiday_count, client_group_count, window_count,
        service_count, obligation_count;
};

extern const struct record tb__setting_record;

struct source_entry; /* path and tb_source, sorted by path */

struct tb_scenario {
    struct setting set;
    struct source_entry *source;
    int sources, source_room;
};

#endif
