/* scenario/frequency.h: how often each client of a group is visited (docs/model.md, "Grants become
 * visits"), as what is compiled and what is advised both need it.
 *
 * Clients of a group are strata: client i of n, from 0, has the granted hours of the quantile
 * (i + 1/2) / n, cut at the limit. Minutes of a visit, need ratio and place are taken at the points of
 * an additive recurrence in four dimensions (Roberts 2018, "The unreasonable effectiveness of
 * quasirandom sequences"), so that they are spread evenly and independently of the hours. */
#ifndef TB_SCENARIO_FREQUENCY_H
#define TB_SCENARIO_FREQUENCY_H

#include <stdbool.h>

#include "kernel/law.h"
#include "scenario/clients.h"

/* Dimensions of the recurrence: minutes of a visit, need ratio, and two of a place. */
enum { POINT_MINUTES, POINT_NEED, POINT_DISTANCE, POINT_ANGLE, POINTS };

enum { MOST_VISITS_A_DAY = 16, MOST_ON_WEEKDAYS = 5 };

/* A uniform of client i: in (0, 1). */
double tb__client_point(int i, int dimension);

/* Granted hours of client i a week, and minutes of one of its visits; `hours` and `minutes` are the
 * tables of the group's laws. */
double tb__granted_hours(const struct client_group *g, const struct table *hours, int i);
double tb__visit_minutes(const struct table *minutes, int i);

bool tb__has_two_carers(const struct client_group *g, int i);

/* Visits a week, of each carer: as many as come nearest to the minutes wanted, at least 1. */
int tb__weekly_visits(const struct client_group *g, double hours, double minutes,
                      bool two_carers);

/* On how many days of the week so many visits fall: 5, from Monday on, or 7. */
static inline int tb__visit_days(const struct client_group *g, int weekly)
{
    return weekly <= MOST_ON_WEEKDAYS || g->days == DAYS_WEEKDAYS ? 5 : 7;
}

#endif
