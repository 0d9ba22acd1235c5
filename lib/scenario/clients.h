/* scenario/clients.h: who is served, how their grants become visits, and how the unit gets there. */
#ifndef TB_SCENARIO_CLIENTS_H
#define TB_SCENARIO_CLIENTS_H

#include "scenario/field.h"

enum { MAX_CLIENT_GROUPS = 8, MAX_WINDOWS = 12 };

enum travel_kind { TRAVEL_NONE, TRAVEL_LAW, TRAVEL_MAP };
enum planning_mode { PLANNING_DAILY, PLANNING_GIVEN, PLANNING_TIMETABLE };
enum client_days { DAYS_WEEK, DAYS_WEEKDAYS };

struct client_group {
    char name[NAME_SIZE];
    char role[NAME_SIZE]; /* who may visit; empty: any */
    int count;
    int agencies;             /* that serve each client, this one included */
    struct law granted_hours; /* a week */
    double granted_hours_limit;
    struct law visit_minutes;   /* granted for one visit */
    double two_carers;          /* share of clients whose visits take two */
    struct law need_ratio;      /* of a client: need over grant */
    struct law need_variation;  /* of a visit: factor with mean 1 */
    struct law stay_days;       /* mean 0: for ever */
    struct law vacant_days;     /* mean 0: the place is filled at once */
    int people;                 /* in each client */
    int days;                   /* enum client_days */
    char substitute[NAME_SIZE]; /* timetable: role that may stand in, too; empty: none */
    double no_show;             /* chance that nobody comes to a visit */
    double no_show_minutes;     /* for which the worker waits then */
    int rarest_weeks;           /* from one visit to the next, at the longest */
};

struct window {
    char name[NAME_SIZE];
    double opens, closes;
    int order; /* a client's nth visit of a day takes the window of order n */
};

enum on_holidays { HOLIDAYS_GIVEN, HOLIDAYS_MOVED, HOLIDAYS_SKIPPED };

struct visits {
    int unfinished;  /* enum unfinished */
    int on_holidays; /* enum on_holidays */
    double late_after_minutes;
    double pressure_from_minutes, pressure_full_minutes, pressure_shortening;
};

struct travel {
    int kind;
    struct law leg;        /* TRAVEL_LAW: minutes of a leg */
    double radius_minutes; /* TRAVEL_MAP: from the office to the edge of the district */
    double noise_cv;       /* TRAVEL_MAP: of a leg's factor */
};

struct planning {
    int mode;
    double travel, lateness, overtime, continuity, load;
};

struct errors {
    double per_visit, misuse_per_visit;
    double unfamiliar_factor, familiar_days;
    double found_by_chance;
};

extern const struct record tb__client_record, tb__window_record, tb__visits_record,
    tb__travel_record, tb__planning_record, tb__errors_record;

#endif
