#include "scenario/clients.h"

static const char *const unfinished_words[] = {"overtime", "hand_over", "postpone",
                                               "drop", NULL};
static const char *const travel_kinds[] = {"none", "law", "map", NULL};
static const char *const planning_modes[] = {"daily", "given", "timetable", NULL};
static const char *const client_days[] = {"week", "weekdays", NULL};

static const struct field client_fields[] = {
    TEXT(struct client_group, role, "Role that may visit; empty: any."),
    COUNT(struct client_group, count, "clients", 0, 4000, 0,
          "How many clients; where they come and go, how many places."),
    COUNT(struct client_group, agencies, "agencies", 1, 20, 1,
          "How many agencies serve each client, this one included."),
    LAW(struct client_group, granted_hours, "h per week", 168,
        1, "Hours granted to a client; stratified over the group and fixed over replications. 0: no visits."),
    REAL(struct client_group, granted_hours_limit, "h per week", 0.1, 168, 28,
         "Where the law of granted hours is cut."),
    LAW(struct client_group, visit_minutes, "min", 1440, 30,
        "Minutes granted for one visit; stratified over the group."),
    REAL(struct client_group, two_carers, "share", 0, 1, 0,
         "Share of clients whose visits take two workers at a time."),
    LAW(struct client_group, need_ratio, "factor", 100, 1,
        "A client's need over the grant; stratified over the group."),
    LAW(struct client_group, need_variation, "factor", 100, 1,
        "Factor of one visit's need, with mean 1."),
    LAW(struct client_group, stay_days, "days", 36500, 0,
        "How long a client stays; mean 0: for ever."),
    LAW(struct client_group, vacant_days, "days", 36500, 0,
        "How long a place is empty when a client has left; mean 0: the next comes at "
        "once."),
    COUNT(
        struct client_group, people, "persons", 1, 4000, 1,
        "How many persons each client is: a household, a group. Need and minutes are of "
        "the client; outcomes in person-hours and obligations per person count them."),
    CHOICE(
        struct client_group, days, client_days, DAYS_WEEK,
        "On which days visits fall. week: up to five a week from Monday to Friday, more "
        "on all seven days; weekdays: however many, from Monday to Friday."),
    TEXT(struct client_group, substitute,
         "Role that may stand in, beside those who may visit, where the usual worker is "
         "away and planning.mode is timetable; empty: none."),
    REAL(struct client_group, no_show, "probability", 0, 1, 0,
         "Chance that nobody comes to a planned visit, or opens the door: it is neither "
         "given "
         "nor missed, and its need neither met nor unmet."),
    REAL(struct client_group, no_show_minutes, "min", 0, 240,
         0, "How long the worker waits then before turning to something else (indirect work)."),
    COUNT(struct client_group, rarest_weeks, "weeks", 4, 52, 4,
          "Longest time from one visit to the next: who is granted too little for a "
          "visit a "
          "week has one every second, fourth, eighth ... week, up to this."),
};
RECORD(tb__client_record, "clients",
       "A group of clients: who are visited by plan, or whom services follow.",
       struct client_group, client_fields);

static const struct field window_fields[] = {
    REAL(struct window, opens, "min after midnight", 0, 2879, 480,
         "Earliest start of a visit; past midnight above 1440: a visit at 2 in the night "
         "that "
         "the night shift of the day before gives opens at 1560."),
    REAL(struct window, closes, "min after midnight", 1, 2880,
         600, "Latest start that is not late; past midnight above 1440. As opens: a fixed time."),
    COUNT(struct window, order, "", 1, 24, 1,
          "A client's first visit of a day takes the window of order 1, the second that "
          "of order 2, and so on; windows that share an order are dealt out in turn."),
};
RECORD(tb__window_record, "window", "When in the day planned visits start.",
       struct window, window_fields);

static const char *const on_holidays_words[] = {"given", "moved", "skipped", NULL};

static const struct field visits_fields[] = {
    CHOICE(struct visits, unfinished, unfinished_words,
           0, "What happens to planned visits that a worker has not begun when the shift ends."),
    CHOICE(
        struct visits, on_holidays, on_holidays_words, HOLIDAYS_GIVEN,
        "What happens on a holiday to visits of clients who have none at weekends: given "
        "all the same, moved to the next day, or skipped."),
    REAL(struct visits, late_after_minutes, "min", 0, 1440, 15,
         "A visit that starts this long after its window closes counts as late."),
    REAL(struct visits, pressure_from_minutes, "min", 0, 1440, 15,
         "Delay against the plan from which a worker feels pressed."),
    REAL(struct visits, pressure_full_minutes, "min", 0.1, 1440, 60,
         "Delay beyond that at which pressure is full."),
    REAL(struct visits, pressure_shortening, "share", 0, 0.9, 0,
         "Share of a visit that is cut under full pressure."),
};
RECORD(tb__visits_record, "visits", "Rules of planned visits.", struct visits,
       visits_fields);

static const struct field travel_fields[] = {
    CHOICE(struct travel, kind, travel_kinds,
           TRAVEL_NONE, "none; law: every leg is drawn; map: clients have places and legs follow from distance."),
    LAW(struct travel, leg, "min", 1440, 5, "Minutes of a leg when kind is law."),
    REAL(struct travel, radius_minutes, "min", 0.1, 240, 10,
         "Travel time from the office to the edge of the district when kind is map."),
    REAL(struct travel, noise_cv, "", 0, 2, 0,
         "Coefficient of variation of a leg's lognormal factor when kind is map."),
};
RECORD(tb__travel_record, "travel", "How long the way is.", struct travel, travel_fields);

static const struct field planning_fields[] = {
    CHOICE(
        struct planning, mode, planning_modes, PLANNING_DAILY,
        "daily: each morning for the workers who came, and mended when somebody leaves; "
        "given: routes that follow from grants and rosters alone, whatever the regime; "
        "timetable: each recurring visit has its usual worker and its time, and who is "
        "away is stood in for."),
    REAL(struct planning, travel, "cost per min", 0, 100, 2,
         "Weight of a minute of travel."),
    REAL(struct planning, lateness, "cost per min", 0, 100, 4,
         "Weight of a minute after the window closes."),
    REAL(struct planning, overtime, "cost per min", 0, 100, 16,
         "Weight of a minute after the shift ends."),
    REAL(struct planning, continuity, "cost", 0, 1000, 0,
         "What it is worth that the worker knows the client."),
    REAL(struct planning, load, "cost per min", 0, 100, 0.03125,
         "Weight of a minute that the worker has been given already."),
};
RECORD(tb__planning_record, "planning", "How the day plan is made.", struct planning,
       planning_fields);

static const struct field errors_fields[] = {
    REAL(struct errors, per_visit, "probability", 0, 1, 0,
         "Chance of a harmful error in a visit by a worker who knows the client fully."),
    REAL(struct errors, misuse_per_visit, "probability", 0, 1, 0,
         "Chance that a visit is misused: not given as it is reported."),
    REAL(struct errors, unfamiliar_factor, "factor", 1, 100,
         1, "How much more likely an error is when the worker does not know the client at all."),
    REAL(struct errors, familiar_days, "days", 1, 3650,
         28, "A worker who has not visited a client for more days than these does not know the client any more."),
    REAL(struct errors, found_by_chance, "probability", 0, 1, 0,
         "Chance that an error or a misuse is found without any control."),
};
RECORD(tb__errors_record, "errors",
       "What goes wrong, and how it comes to light without control.", struct errors,
       errors_fields);
