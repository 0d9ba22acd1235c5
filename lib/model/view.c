#include "model/unit.h"

double tb__pressure(const struct visits *v, tb_time late)
{
    const double minutes = (double)late / 60000.0 - v->pressure_from_minutes;

    return minutes <= 0                          ? 0
           : minutes >= v->pressure_full_minutes ? 1
                                                 : minutes / v->pressure_full_minutes;
}

static double meeting_minutes(const struct unit *u)
{
    return tb__answers(u, M_TEAMS) ? u->world->set.regime.teams.meeting_minutes : 0;
}

static double talk_minutes(const struct unit *u)
{
    return tb__answers(u, M_DIALOGUE) ? u->world->set.regime.dialogue.minutes_per_shift : 0;
}

double tb__meeting_hours(const struct unit *u)
{
    const struct world *w = u->world;
    const double meeting = meeting_minutes(u), talks = talk_minutes(u);
    double minutes = 0;
    int people = 0;

    for (int k = 0; k < w->set.shift_count; k++) {
        const struct shift_kind *s = &w->set.shifts[k];
        minutes += (5 * s->weekdays + s->saturdays + s->sundays) *
                   (meeting * s->meeting_share + talks);
    }
    for (int g = 0; g < w->set.staff_count; g++)
        people += w->set.staff[g].roster == ROSTER_SHIFTS ? w->set.staff[g].count : 0;
    return people ? minutes / 60 / people : 0;
}

struct view tb__view_of_week(const struct unit *u, const struct worker *w)
{
    struct view at = tb__view_of(u, w);

    at.meeting_h = u->world->worker[w->id].always /* one meeting a week */
                       ? (meeting_minutes(u) + talk_minutes(u)) / 60
                       : u->meeting_h;
    return at;
}
