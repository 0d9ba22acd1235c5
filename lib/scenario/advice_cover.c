/* Advice about cover: what it asks of rosters, and what has nothing to do with it. */
#include <string.h>

#include "scenario/advice.h"
#include "scenario/number.h"

enum { HOUR = 60, DAY = 24 * HOUR, WEEK = 7 * DAY };

/* Whether somebody present wants anybody at all. */
static bool is_wanted(const struct service *s)
{
    for (int i = 0; i < s->present.count; i++)
        if (tb__cover_wanted(s, i) > 0)
            return true;
    return false;
}

static int wanted_on(const struct shift_kind *k, int weekday)
{
    return weekday < 5 ? k->weekdays : weekday == 5 ? k->saturdays : k->sundays;
}

/* Workers of a role whom rosters hold at some minute of the week. */
static int held_at(const struct setting *set, const char *role, double minute)
{
    int always = 0, held = 0, people = 0;

    for (int i = 0; i < set->staff_count; i++)
        if (tb__is_role(set->staff[i].role, role))
            *(set->staff[i].roster == ROSTER_ALWAYS ? &always : &people) +=
                set->staff[i].count;
    for (int i = 0; i < set->shift_count; i++) {
        const struct shift_kind *k = &set->shifts[i];

        if (*role && *k->role && strcmp(role, k->role) != 0)
            continue;
        for (int day = -1; day < 7; day++) { /* a shift may cross midnight, Sunday's, too */
            const double from = day * DAY + k->starts;

            if (from <= minute && minute < from + k->minutes)
                held += wanted_on(k, (day + 7) % 7);
        }
    }
    return always + (held < people ? held : people);
}

/* Where in the week a cover first lacks most; how many it then lacks. */
static int lacks_most(const struct setting *set, const struct service *s, int *minute,
                      int *wanted)
{
    const int n = s->present.count, length = (n > 48 ? WEEK : DAY) / n;
    int most = 0;

    for (int m = 0; m < WEEK; m += length) {
        const int w = tb__cover_wanted(s, m / length % n);
        const int lacks = w - held_at(set, s->role, m + length / 2.0);

        if (lacks > most) {
            most = lacks;
            *minute = m;
            *wanted = w;
        }
    }
    return most;
}

static void advise_rosters(struct advice *a, const struct service *s)
{
    static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
    int minute = 0, wanted = 0;
    const int lacks = lacks_most(a->set, s, &minute, &wanted);

    if (lacks)
        tb__advise(a, tb__path_to("services", s->name, "present").text,
                   "it wants %d workers on %s at %02d:%02d, when rosters hold %d", wanted,
                   days[minute / DAY], minute % DAY / HOUR, minute % HOUR, wanted - lacks);
}

static void advise_crews(struct advice *a, const struct service *s)
{
    for (int i = 0; i < a->set->staff_count; i++) {
        const struct staff *g = &a->set->staff[i];

        if (g->count && g->crew > 1 && tb__is_role(g->role, s->role)) {
            tb__advise(a, tb__path_to("services", s->name, "each").text,
                       "cover counts workers: a crew of %d (staff.%s) is one of them",
                       g->crew, g->name);
            return;
        }
    }
}

void tb__advise_cover(struct advice *a, const struct service *s)
{
    static const char *const of_calls[] = {"minutes",
                                           "patience",
                                           "room",
                                           "starts_at",
                                           "assignment",
                                           "travel",
                                           "then",
                                           "then_probability",
                                           "return_probability",
                                           "wait_limit_minutes",
                                           "resumption_minutes",
                                           "then_after_minutes"};
    static const char *const of_cover[] = {"present", "each", "others_join"};

    if (s->arrival != ARRIVAL_COVER) {
        for (int i = 0; i < 3; i++)
            tb__idle_at(a, "services", s->name, of_cover[i], "arrival is not cover");
        return;
    }
    for (size_t i = 0; i < sizeof of_calls / sizeof *of_calls; i++)
        tb__idle_at(a, "services", s->name, of_calls[i], "nobody calls: it is cover");
    if (s->books != BOOKS_CARE)
        tb__idle_at(a, "services", s->name, "others_join", "what it books is no care");
    if (!is_wanted(s))
        tb__advise(a, tb__path_to("services", s->name, "present").text,
                   "nobody is ever present, and no worker wanted");
    else
        advise_rosters(a, s);
    advise_crews(a, s);
}
