/* Rules of demand: planned clients and their windows, services that are called. */
#include "scenario/check.h"

#include <string.h>

#include "scenario/number.h"
#include "scenario/word.h"

enum { DAY = 1440, MOST_PER_HOUR = 8000, MOST_WANTED = 4096 };

static int people_served(const struct setting *set)
{
    int clients = 0;

    for (int i = 0; i < set->client_group_count; i++)
        clients += tb__is_visited(&set->clients[i]) ? set->clients[i].count : 0;
    return clients;
}

bool tb__is_visited(const struct client_group *g)
{
    return g->count && tb__mean_of(&g->granted_hours) > 0;
}

bool tb__follows_clients(const struct service *s)
{
    return s->arrival == ARRIVAL_CLIENTS || s->arrival == ARRIVAL_ROUNDS ||
           s->arrival == ARRIVAL_ADMISSION || s->arrival == ARRIVAL_DISCHARGE;
}

const struct client_group *tb__followed(const struct setting *set, const struct service *s)
{
    for (int i = 0; tb__follows_clients(s) && i < set->client_group_count; i++)
        if (!strcmp(set->clients[i].name, s->of))
            return &set->clients[i];
    return NULL;
}

bool tb__takes_from(const struct service *by, const struct service *of)
{
    return by->interrupts && of->interruptible && by->priority < of->priority;
}

bool tb__is_interrupted(const struct setting *set, const struct service *s)
{
    for (int i = 0; i < set->service_count; i++)
        if (tb__takes_from(&set->services[i], s))
            return true;
    return false;
}

bool tb__anything_interrupts(const struct setting *set)
{
    for (int i = 0; i < set->service_count; i++)
        if (set->services[i].interrupts)
            return true;
    return false;
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

/* What would keep clients coming without time passing. */
static void check_stay(struct check *c, const struct client_group *g)
{
    const double days = tb__mean_of(&g->stay_days), least = 0.01;

    if (days > 0 && days < least)
        tb__fault(c, tb__path_to("clients", g->name, "stay_days").text,
                  "its mean is %s days; clients stay for at least %s days, or time would "
                  "stand still",
                  tb__number(days).text, tb__number(least).text);
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
    check_stay(c, g);
    tb__check_role(c, tb__path_to("clients", g->name, "substitute"), g->substitute);
    if (!tb__check_role(c, role, g->role) || !tb__is_visited(g))
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
            w->opens < k->starts + k->minutes &&
            (k->starts < w->closes || k->starts <= w->opens))
            return true;
    }
    return false;
}

static void check_window(struct check *c, const struct window *w, bool used)
{
    const struct check_path closes = tb__path_to("windows", w->name, "closes");

    if (w->opens > w->closes)
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

static double greatest(const double *value, int count)
{
    double most = 0;

    for (int i = 0; i < count; i++)
        most = value[i] > most ? value[i] : most;
    return most;
}

static void check_profile(struct check *c, const struct service *s)
{
    const struct check_path path = tb__path_to("services", s->name, "profile");
    const struct client_group *g =
        s->arrival == ARRIVAL_CLIENTS ? tb__followed(c->set, s) : NULL;
    const double factor =
        s->profile.count ? greatest(s->profile.value, s->profile.count) : 1;
    const double most = s->per_hour * factor * (g ? g->count : 1);
    const int n = s->profile.count;

    if (n && n != 24 && n != 48 && n != 168)
        tb__fault(
            c, path.text,
            "it has %d factors; there are 24 hours or 48 half-hours in a day, and 168 "
            "hours in a week",
            n);
    if (most > MOST_PER_HOUR)
        tb__fault(c, g ? tb__path_to("services", s->name, "per_hour").text : path.text,
                  "it asks for %s calls per h; at most %d", tb__number(most).text,
                  MOST_PER_HOUR);
}

static void check_trace(struct check *c, const struct service *s)
{
    const int n = s->trace_minutes.count;

    for (int i = 1; i < n; i++)
        if (s->trace_minutes.value[i] < s->trace_minutes.value[i - 1]) {
            tb__fault(c, tb__path_to("services", s->name, "trace_minutes").text,
                      "number %d, %s, comes before number %d; times must not fall", i + 1,
                      tb__number(s->trace_minutes.value[i]).text, i);
            break;
        }
    if (s->trace_work.count && s->trace_work.count != n)
        tb__fault(c, tb__path_to("services", s->name, "trace_work").text,
                  "it has %d numbers for the %d calls of trace_minutes",
                  s->trace_work.count, n);
}

static void check_cover(struct check *c, const struct service *s)
{
    const double most = greatest(s->present.value, s->present.count);
    const int n = s->present.count;

    if (n && n != 24 && n != 48 && n != 168 && n != 336)
        tb__fault(
            c, tb__path_to("services", s->name, "present").text,
            "it has %d numbers; there are 24 hours or 48 half-hours in a day, 168 or 336 "
            "in a week",
            n);
    if (s->arrival == ARRIVAL_COVER && most > MOST_WANTED * s->each)
        tb__fault(c, tb__path_to("services", s->name, "each").text,
                  "for each of %s it wants a worker for %s present; at most %d workers",
                  tb__number(s->each).text, tb__number(most).text, MOST_WANTED);
}

/* What would keep events coming without time passing. */
static void check_pace(struct check *c, const struct service *s)
{
    const double least = 0.01;
    const bool endless = s->arrival == ARRIVAL_ENDLESS || s->arrival == ARRIVAL_LULL;
    const double minutes = tb__mean_of(&s->minutes);
    const double between = tb__mean_of(&s->between_minutes);

    if (endless && minutes < least)
        tb__fault(
            c, tb__path_to("services", s->name, "minutes").text,
            "its mean is %s min; endless calls take at least %s min, or time would stand "
            "still",
            tb__number(minutes).text, tb__number(least).text);
    if (s->arrival == ARRIVAL_FINITE && between < least)
        tb__fault(c, tb__path_to("services", s->name, "between_minutes").text,
                  "its mean is %s min; callers call again after at least %s min, or time "
                  "would stand still",
                  tb__number(between).text, tb__number(least).text);
}

static const struct service *service_called(const struct setting *set, const char *name)
{
    for (int i = 0; *name && i < set->service_count; i++)
        if (!strcmp(set->services[i].name, name))
            return &set->services[i];
    return NULL;
}

/* A call that goes on must come to an end some time. */
static void check_then(struct check *c, const struct service *s)
{
    const struct check_path path = tb__path_to("services", s->name, "then");
    const struct service *next = service_called(c->set, s->then);
    int count = 0;

    if (*s->then && !tb__check_service(c, path, s->then))
        return;
    if (next && next->arrival == ARRIVAL_COVER)
        tb__fault(c, path.text, "calls cannot go on to \"%s\": it is cover", s->then);
    for (const struct service *at = s; *at->then && at->then_probability >= 1;) {
        if (!(at = service_called(c->set, at->then)) || count++ > MAX_SERVICES)
            return;
        if (at == s) {
            tb__fault(c, path.text,
                      "calls come back here with certainty and would never end; some "
                      "then_probability on their way must be less than 1");
            return;
        }
    }
}

static bool is_passed_to(const struct setting *set, const struct service *s)
{
    for (int i = 0; i < set->service_count; i++)
        if (!strcmp(set->services[i].then, s->name))
            return true;
    return false;
}

/* Whether enough calls can ever wait at a time for work to begin. */
static void check_gathering(struct check *c, const struct service *s)
{
    const struct check_path path = tb__path_to("services", s->name, "starts_at");
    const bool endless = s->arrival == ARRIVAL_ENDLESS || s->arrival == ARRIVAL_LULL;

    if (endless || s->arrival == ARRIVAL_COVER)
        return;
    if (s->room && s->starts_at > s->room)
        tb__fault(c, path.text,
                  "work begins when %d calls wait, and there is room for %d: it would "
                  "never begin",
                  s->starts_at, s->room);
    else if (s->arrival == ARRIVAL_FINITE && s->population &&
             s->starts_at > s->population && !is_passed_to(c->set, s))
        tb__fault(c, path.text,
                  "work begins when %d calls wait, and %d callers call: it would never "
                  "begin",
                  s->starts_at, s->population);
}

/* Whose clients its calls follow. */
static void check_of(struct check *c, const struct service *s)
{
    const struct check_path path = tb__path_to("services", s->name, "of");

    if (!tb__follows_clients(s))
        return;
    if (*s->of)
        tb__check_client_group(c, path, s->of);
    else
        tb__fault(c, path.text, "its calls follow clients; of which group is not said");
}

static bool is_called(const struct setting *set, const struct service *s)
{
    const struct client_group *g = tb__followed(set, s);

    switch (s->arrival) {
    case ARRIVAL_RATE: return s->per_hour > 0;
    case ARRIVAL_FINITE: return s->population > 0;
    case ARRIVAL_TRACE: return s->trace_minutes.count > 0;
    case ARRIVAL_COVER: return greatest(s->present.value, s->present.count) > 0;
    case ARRIVAL_CLIENTS: return g && g->count && s->per_hour > 0;
    case ARRIVAL_ROUNDS: return g && g->count && s->trace_minutes.count > 0;
    case ARRIVAL_ADMISSION:
    case ARRIVAL_DISCHARGE: return g && g->count && tb__mean_of(&g->stay_days) > 0;
    default: return true;
    }
}

static void check_service(struct check *c, const struct service *s)
{
    const struct check_path role = tb__path_to("services", s->name, "role");

    check_profile(c, s);
    check_trace(c, s);
    check_cover(c, s);
    check_pace(c, s);
    check_then(c, s);
    check_gathering(c, s);
    check_of(c, s);
    if (!tb__check_role(c, role, s->role))
        return;
    if (is_called(c->set, s) && !tb__on_duty(c->set, s->role))
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
