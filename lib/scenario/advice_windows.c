/* Advice about windows of planned visits in which nobody of the clients' role is on duty. */
#include <stdio.h>
#include <string.h>

#include "scenario/advice.h"
#include "scenario/frequency.h"

static const char *const day_names[] = {"weekdays", "Saturdays", "Sundays"};

static int wanted(const struct shift_kind *k, int day)
{
    return day == 0 ? k->weekdays : day == 1 ? k->saturdays : k->sundays;
}

/* Whether somebody of a staff group is on duty while a window of such a day is open. A shift of the
 * day before serves windows that open after its midnight. */
static bool covers(const struct setting *set, const struct staff *g,
                   const struct window *w, int day)
{
    if (g->roster == ROSTER_ALWAYS)
        return true;
    for (int i = 0; i < set->shift_count; i++) {
        const struct shift_kind *k = &set->shifts[i];

        if (wanted(k, day) && tb__is_role(g->role, k->role) &&
            w->opens < k->starts + k->minutes && k->starts <= w->closes)
            return true;
    }
    return false;
}

static bool is_covered(const struct setting *set, const char *role,
                       const struct window *w, int day)
{
    for (int i = 0; i < set->staff_count; i++)
        if (set->staff[i].count && tb__is_role(set->staff[i].role, role) &&
            covers(set, &set->staff[i], w, day))
            return true;
    return false;
}

/* Visits a week of the client who has most of them; 0 when there is no memory to tell. */
static int most_visits(const struct client_group *g)
{
    struct table_set *tables = NULL;
    struct table hours, minutes;
    int most = 0;

    if (!tb__tables_new(&tables, NULL) &&
        !tb__tables_build(tables, &g->granted_hours, 1, &hours, NULL) &&
        !tb__tables_build(tables, &g->visit_minutes, 1, &minutes, NULL))
        for (int i = 0; i < g->count; i++) {
            const int weekly = tb__weekly_visits(g, tb__granted_hours(g, &hours, i),
                                                 tb__visit_minutes(&minutes, i),
                                                 tb__has_two_carers(g, i));

            most = weekly > most ? weekly : most;
        }
    tb__tables_free(tables);
    return most;
}

/* Whether somebody who is visited so often in a week has visits of that order on such a day. */
static bool has_visits(const struct client_group *g, int weekly, int order, int day)
{
    const int days = tb__visit_days(g, weekly);

    return weekly > days * (order - 1) && (!day || days > 5);
}

/* Adds the days of a window on which nobody comes to a text: "evening (weekdays, Sundays)". */
static void add_window(char *text, size_t size, const struct window *w, const bool bare[3])
{
    const bool all = bare[0] && bare[1] && bare[2];
    bool first = true;
    size_t at = strlen(text);

    at += (size_t)snprintf(text + at, size - at, "%s%s (%s", at ? ", " : "", w->name,
                           all ? "any day" : "");
    for (int day = 0; day < 3 && !all; day++)
        if (bare[day]) {
            at += (size_t)snprintf(text + at, size - at, "%s%s", first ? "" : ", ",
                                   day_names[day]);
            first = false;
        }
    snprintf(text + at, size - at, ")");
}

static void advise_group(struct advice *a, const struct client_group *g)
{
    char text[MAX_WINDOWS * (NAME_SIZE + 40)] = "";
    const int weekly = most_visits(g);

    for (int i = 0; i < a->set->window_count; i++) {
        const struct window *w = &a->set->windows[i];
        bool bare[3];

        for (int day = 0; day < 3; day++)
            bare[day] = has_visits(g, weekly, w->order, day) &&
                        !is_covered(a->set, g->role, w, day);
        if (bare[0] || bare[1] || bare[2])
            add_window(text, sizeof text, w, bare);
    }
    if (*text)
        tb__advise(a, tb__path_to("clients", g->name, "role").text,
                   "no shift of %s is on duty while these windows are open, and their "
                   "visits are late or missed: %s",
                   *g->role ? g->role : "any role", text);
}

void tb__advise_windows(struct advice *a)
{
    for (int i = 0; i < a->set->client_group_count; i++)
        if (a->set->clients[i].count)
            advise_group(a, &a->set->clients[i]);
}
