#include "scenario/scenario.h"

static const struct field horizon_fields[] = {
    COUNT(struct horizon, weeks, "weeks", 1, 520, 13, "Weeks that are measured."),
    COUNT(struct horizon, warmup_weeks, "weeks", 0, 104, 0,
          "Weeks before them that are lived but not measured."),
};
static RECORD(horizon_record, "horizon", "How long.", struct horizon, horizon_fields);

static const struct field regime_fields[] = {
    GROUP(struct regime, grants, tb__grants_record, "What a decision allows."),
    GROUP(struct regime, records, tb__records_record, "The paperwork as a whole."),
    GROUP(struct regime, control, tb__control_record,
          "Audits, what they find and what they cost."),
    GROUP(struct regime, discretion, tb__discretion_record,
          "Who decides how long a visit lasts."),
    GROUP(struct regime, teams, tb__teams_record, "Self-managing teams."),
    GROUP(struct regime, knowledge, tb__knowledge_record,
          "What workers know of their clients and of their trade."),
    GROUP(struct regime, dialogue, tb__dialogue_record,
          "What is said, and what talking costs."),
    GROUP(struct regime, wellbeing, tb__wellbeing_record,
          "Strain, and what it does to absence."),
};
static RECORD(regime_record, "regime", "The settings of all mechanisms.", struct regime,
              regime_fields);

static const struct field setting_fields[] = {
    GROUP(struct setting, horizon, horizon_record, "How long."),
    LIST(struct setting, staff, staff_count, tb__staff_record, "Who works."),
    LIST(struct setting, shifts, shift_count, tb__shift_record, "When they work."),
    LIST(struct setting, holidays, holiday_count, tb__holiday_record,
         "Days on which shifts are those of a Sunday."),
    GROUP(struct setting, duty, tb__duty_record, "What every shift holds."),
    GROUP(struct setting, absence, tb__absence_record, "Sickness absence and who fills it."),
    LIST(struct setting, clients, client_group_count, tb__client_record,
         "Who is visited by plan."),
    LIST(struct setting, windows, window_count, tb__window_record,
         "When planned visits start."),
    GROUP(struct setting, visits, tb__visits_record, "Rules of planned visits."),
    GROUP(struct setting, travel, tb__travel_record, "How long the way is."),
    GROUP(struct setting, planning, tb__planning_record, "How the day plan is made."),
    GROUP(struct setting, errors, tb__errors_record, "What goes wrong."),
    LIST(struct setting, services, service_count, tb__service_record,
         "Work that is asked for."),
    LIST(struct setting, obligations, obligation_count, tb__obligation_record,
         "What has to be written down."),
    GROUP(struct setting, money, tb__money_record, "Prices, and what a full-time post is."),
    GROUP(struct setting, regime, regime_record, "The settings of all mechanisms."),
};
RECORD(tb__setting_record, "scenario", "A unit, its regime and a horizon.",
       struct setting, setting_fields);
