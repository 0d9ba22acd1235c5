#include "scenario/frequency.h"

#include <math.h>

/* Powers of the reciprocal of the root of x^5 = x + 1. */
static const double step[POINTS] = {0.8566748838545029, 0.7338918566271260,
                                    0.6287067210378087, 0.5385972572236101};

double tb__client_point(int i, int dimension)
{
    const double x = 0.5 + (i + 1) * step[dimension];

    return fmin(fmax(x - floor(x), 1e-9), 1 - 1e-9);
}

double tb__granted_hours(const struct client_group *g, const struct table *hours, int i)
{
    return fmin(tb__variate(hours, (i + 0.5) / g->count), g->granted_hours_limit);
}

double tb__visit_minutes(const struct table *minutes, int i)
{
    return fmax(tb__variate(minutes, tb__client_point(i, POINT_MINUTES)), 1);
}

bool tb__has_two_carers(const struct client_group *g, int i)
{
    return fmod((i + 1) * 0.6180339887498949, 1) < g->two_carers;
}

int tb__weekly_visits(const struct client_group *g, double hours, double minutes,
                      bool two_carers)
{
    const double weekly = 60 * hours / (minutes * (two_carers ? 2 : 1));
    const int most = (g->days == DAYS_WEEKDAYS ? 5 : 7) * MOST_VISITS_A_DAY;
    const int n = (int)fmin(floor(weekly + 0.5), most);

    return n < 1 ? 1 : n;
}
