/* Rules of demand: planned clients and their windows, services that are called. */
#include "scenario/check.h"
#include "scenario/number.h"

enum { DAY = 1440 };

static int people_served(const struct setting *set)
{
    int clients = 0;

    for (int i = 0; i < set->client_group_count; i++)
        clients += set->clients[i].count;
    return clients;
}

/* A factor with mean 1 may be given by its median, which is then a rounded number. */
static void check_variation(struct check *c, const struct client_group *g)
{
    const double mean = tb__mean_of(&g->need_variation);

    if (fabs(mean - 1) > 0.01)
        tb__fault(c, tb__path_to("clients", g->name, "need_variation").text,
                  "its mean is %s; it must be 1 (the level of need is need_ratio)",
                  tb__number(mean).text);
}

static void check_group(struct check *c, const struct client_group *g)
{
    const struct check_path role = tb__path_to("clients", g->name, "role");
    const double minutes = tb__mean_of(&g->visit_minutes), least = 1;
    int people;

    check_variation(c, g);
    if (minutes < least)
        tb__fault(
            c, tb__path_to("clients", g->name, "visit_minutes").text,
            "its mean is %s min; visits take at least %s min, or granted hours would "
            "become too many of them",
            tb__number(minutes).text, tb__number(least).text);
    if (!tb__check_role(c, role, g->role) || !g->count)
        return;
    people = tb__on_duty(c->set, g->role);
    if (!people)
        tb__fault(c, role.text, "nobody who may visit these clients is ever on duty");
    if (people == 1 && g->two_carers > 0)
        tb__fault(c, tb__path_to("clients", g->name, "two_carers").text,
                  "some visits take two workers, and one alone is ever on duty");
}

/* Whether anybody is on duty at some time while the window is open. */
static bool is_staffed(const struct setting *set, const struct window *w)
{
    for (int i = 0; i < set->staff_count; i++)
        if (set->staff[i].roster == ROSTER_ALWAYS && set->staff[i].count)
            return true;
    for (int i = 0; i < set->shift_count; i++) {
        const struct shift_kind *k = &set->shifts[i];

        if (k->weekdays + k->saturdays + k->sundays > 0 &&
            w->opens < k->starts + k->minutes && k->starts < w->closes)
            return true;
    }
    return false;
}

static void check_window(struct check *c, const struct window *w, bool used)
{
    const struct check_path closes = tb__path_to("windows", w->name, "closes");

    if (!(w->opens < w->closes))
        tb__fault(c, closes.text,
                  "the window closes at %s and opens at %s min after midnight",
                  tb__number(w->closes).text, tb__number(w->opens).text);
    else if (w->closes - w->opens > DAY)
        tb__fault(c, closes.text, "the window is open for %s min, more than a day",
                  tb__number(w->closes - w->opens).text);
    else if (used && !is_staffed(c->set, w))
        tb__fault(
            c, tb__path_to("windows", w->name, NULL).text,
            "no shift of the day is on duty while the window is open; after midnight, a "
            "shift of the day before serves windows that open above 1440");
}

/* Orders are 1, 2, ... without a gap: a client's nth visit of a day looks for order n. */
static void check_orders(struct check *c)
{
    const struct setting *set = c->set;
    int most = 0;

    for (int i = 0; i < set->window_count; i++)
        if (set->windows[i].order > most)
            most = set->windows[i].order;
    for (int order = 1; order < most; order++) {
        bool found = false;

        for (int i = 0; i < set->window_count; i++)
            found = found || set->windows[i].order == order;
        if (!found)
            tb__fault(c, "windows", "there is a window of order %d and none of order %d",
                      most, order);
    }
}

static void check_service(struct check *c, const struct service *s)
{
    const struct check_path role = tb__path_to("services", s->name, "role");
    const double minutes = tb__mean_of(&s->minutes), least = 0.01;
    const bool endless = s->arrival == ARRIVAL_ENDLESS;

    if (endless && minutes < least)
        tb__fault(
            c, tb__path_to("services", s->name, "minutes").text,
            "its mean is %s min; endless calls take at least %s min, or time would stand "
            "still",
            tb__number(minutes).text, tb__number(least).text);
    if (!tb__check_role(c, role, s->role))
        return;
    if ((endless || s->per_hour > 0) && !tb__on_duty(c->set, s->role))
        tb__fault(c, role.text, "nobody who may serve these calls is ever on duty");
}

void tb__check_demand(struct check *c)
{
    const struct setting *set = c->set;
    const bool used = people_served(set) > 0;

    for (int i = 0; i < set->client_group_count; i++)
        check_group(c, &set->clients[i]);
    if (used && !set->window_count)
        tb__fault(c, "windows", "there are clients and no window in which to visit them");
    for (int i = 0; i < set->window_count; i++)
        check_window(c, &set->windows[i], used);
    check_orders(c);
    for (int i = 0; i < set->service_count; i++)
        check_service(c, &set->services[i]);
}
