/* Advice about staff, shifts, clients and services. */
#include <string.h>

#include "scenario/advice.h"
#include "scenario/number.h"

static bool is_endless(const struct service *s)
{
    return s->arrival == ARRIVAL_ENDLESS || s->arrival == ARRIVAL_LULL;
}

static double sum_of(const double *value, int count)
{
    double sum = 0;

    for (int i = 0; i < count; i++)
        sum += value[i];
    return sum;
}

static bool comes_from_outside(const struct setting *set, const struct service *s)
{
    const struct client_group *g = tb__followed(set, s);

    if (tb__follows_clients(s) && (!g || !g->count))
        return false;
    switch (s->arrival) {
    case ARRIVAL_RATE:
    case ARRIVAL_CLIENTS:
        return s->per_hour > 0 &&
               (!s->profile.count || sum_of(s->profile.value, s->profile.count) > 0);
    case ARRIVAL_FINITE: return s->population > 0;
    case ARRIVAL_TRACE:
    case ARRIVAL_ROUNDS: return s->trace_minutes.count > 0;
    case ARRIVAL_ADMISSION:
    case ARRIVAL_DISCHARGE: return tb__mean_of(&g->stay_days) > 0;
    case ARRIVAL_LULL: return set->service_count > 1;
    case ARRIVAL_COVER: return false;
    default: return true;
    }
}

bool tb__is_ever_called(const struct setting *set, const struct service *s)
{
    const int count = set->service_count;
    bool called[MAX_SERVICES];

    for (int i = 0; i < count; i++)
        called[i] = comes_from_outside(set, &set->services[i]);
    for (int hop = 1; hop < count; hop++) /* no chain of services is longer */
        for (int i = 0; i < count; i++) {
            const struct service *from = &set->services[i];

            for (int k = 0; k < count && called[i] && from->then_probability > 0; k++)
                called[k] = called[k] || !strcmp(from->then, set->services[k].name);
        }
    return called[s - set->services];
}

/* Whether somebody is visited by plan by workers of a group. */
static bool visits(const struct setting *set, const struct staff *g)
{
    for (int i = 0; i < set->client_group_count; i++)
        if (set->clients[i].count && tb__is_role(g->role, set->clients[i].role))
            return true;
    return false;
}

static void advise_crew(struct advice *a, const struct staff *g)
{
    if (g->crew == 1)
        tb__idle_at(a, "staff", g->name, "short_pace", "the crew is one person");
    tb__needs(a, "staff", g->name, "short_pace", FACT(F_ABSENCE));
    if (!visits(a->set, g)) {
        static const char *const why = "this group visits nobody by plan";

        tb__idle_at(a, "staff", g->name, "visits_per_trip", why);
        tb__idle_at(a, "staff", g->name, "unload_minutes", why);
        if (!a->set->service_count)
            tb__idle_at(a, "staff", g->name, "pace", why);
    } else if (!g->visits_per_trip) {
        tb__idle_at(a, "staff", g->name, "unload_minutes", "visits_per_trip is 0");
    }
}

static void advise_breaks(struct advice *a)
{
    static const char *const path = "duty.break_spread_minutes";
    bool several = false;

    for (int i = 0; i < a->set->staff_count; i++)
        several = several ||
                  (a->set->staff[i].count > 1 && a->set->staff[i].roster == ROSTER_SHIFTS);
    if (!(a->set->duty.break_minutes > 0))
        tb__idle_at(a, path, NULL, NULL, "there are no breaks (duty.break_minutes is 0)");
    else if (!several)
        tb__idle_at(a, path, NULL, NULL, "no group has several workers in shifts");
}

static void advise_staff(struct advice *a)
{
    const struct setting *set = a->set;

    advise_breaks(a);

    for (int i = 0; i < set->staff_count; i++) {
        const struct staff *g = &set->staff[i];

        if (!g->count)
            tb__advise(a, tb__path_to("staff", g->name, "count").text,
                       "nobody is in this group");
        advise_crew(a, g);
    }
    for (int i = 0; i < set->shift_count; i++) {
        const struct shift_kind *k = &set->shifts[i];

        if (k->weekdays + k->saturdays + k->sundays == 0)
            tb__advise(a, tb__path_to("shifts", k->name, NULL).text,
                       "nobody is wanted on this shift");
        if (!(set->regime.teams.meeting_minutes > 0))
            tb__idle_at(a, "shifts", k->name, "meeting_share",
                        "regime.teams.meeting_minutes is 0");
    }
    for (int i = 0; i < set->holiday_count; i++)
        if (set->holidays[i].week > set->horizon.weeks)
            tb__advise(a, tb__path_to("holidays", set->holidays[i].name, "week").text,
                       "it has no effect: %d weeks are measured", set->horizon.weeks);
}

static void advise_clients(struct advice *a)
{
    const struct setting *set = a->set;

    for (int i = 0; i < set->client_group_count; i++) {
        const struct client_group *g = &set->clients[i];

        if (!g->count)
            tb__advise(a, tb__path_to("clients", g->name, "count").text,
                       "nobody is in this group");
        if (!(tb__mean_of(&g->stay_days) > 0))
            tb__idle_at(a, "clients", g->name, "vacant_days", "nobody ever leaves");
        for (int k = 0; k < 8 && g->count && !tb__is_visited(g); k++)
            tb__idle_at(a, "clients", g->name,
                        (const char *const[]){
                            "role", "granted_hours_limit", "visit_minutes", "two_carers",
                            "need_ratio", "need_variation", "no_show", "rarest_weeks"}[k],
                        "no hours are granted, and nobody is visited");
        if (!(g->no_show > 0))
            tb__idle_at(a, "clients", g->name, "no_show_minutes",
                        "somebody comes to every visit (no_show is 0)");
        if (!(set->regime.dialogue.clash_probability > 0) &&
            !(set->regime.dialogue.coordination_minutes > 0))
            tb__idle_at(a, "clients", g->name, "agencies",
                        "agencies neither meet at the door nor talk (regime.dialogue)");
        tb__needs(a, "clients", g->name, "substitute", FACT(F_TIMETABLE));
        if (!*g->role)
            tb__idle_at(a, "clients", g->name, "substitute", "role is empty: any may come");
    }
    for (int i = 0; i < set->window_count && !(a->facts & FACT(F_CLIENTS)); i++)
        tb__advise(a, tb__path_to("windows", set->windows[i].name, NULL).text,
                   "it has no effect: %s", tb__missing_fact(FACT(F_CLIENTS)));
}

/* Settings of one kind of arrival under another. */
static void advise_arrival(struct advice *a, const struct service *s)
{
    static const struct {
        const char *member;
        int arrival, or ;
        const char *why;
    } of[] = {
        {"per_hour", ARRIVAL_RATE, ARRIVAL_CLIENTS, "arrival is neither rate nor clients"},
        {"profile", ARRIVAL_RATE, ARRIVAL_CLIENTS, "arrival is neither rate nor clients"},
        {"trace_minutes", ARRIVAL_TRACE, ARRIVAL_ROUNDS,
         "arrival is neither trace nor rounds"},
        {"trace_work", ARRIVAL_TRACE, ARRIVAL_ROUNDS, "arrival is neither trace nor rounds"},
        {"population", ARRIVAL_FINITE, ARRIVAL_FINITE, "arrival is not finite"},
        {"between_minutes", ARRIVAL_FINITE, ARRIVAL_FINITE, "arrival is not finite"},
    };
    const double *factor = s->profile.value;
    bool level = (s->arrival == ARRIVAL_RATE || s->arrival == ARRIVAL_CLIENTS) &&
                 s->profile.count > 0;

    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (s->arrival != of[i].arrival && s->arrival != of[i].or)
            tb__idle_at(a, "services", s->name, of[i].member, of[i].why);
    if (!tb__follows_clients(s))
        tb__idle_at(a, "services", s->name, "of", "its calls follow no clients");
    for (int i = 1; i < s->profile.count; i++)
        level = level && factor[i] >= factor[0] && factor[i] <= factor[0];
    if (level)
        tb__advise(a, tb__path_to("services", s->name, "profile").text,
                   "all its factors are %s: a level, which per_hour could say",
                   tb__number(factor[0]).text);
    for (int i = 0; i < 3 && is_endless(s); i++)
        tb__idle_at(a, "services", s->name,
                    (const char *const[]){"patience", "room", "starts_at"}[i],
                    "nobody waits in a backlog without an end");
}

/* Whether a service that interrupts finds anything that it may. */
static bool takes_from_some(const struct setting *set, const struct service *s)
{
    for (int i = 0; i < set->service_count; i++)
        if (tb__takes_from(s, &set->services[i]))
            return true;
    for (int i = 0; i < set->obligation_count && s->interrupts; i++)
        if (set->obligations[i].probability > 0 &&
            tb__may_be_interrupted(&set->obligations[i]))
            return true;
    return false;
}

static void advise_interruption(struct advice *a, const struct service *s)
{
    const bool interrupted = tb__is_interrupted(a->set, s);

    if (s->interrupts && !takes_from_some(a->set, s))
        tb__idle_at(a, "services", s->name, "interrupts",
                    "no service of lower priority and no record is interruptible");
    if (!interrupted &&
        (s->arrival == ARRIVAL_COVER || s->unfinished != UNFINISHED_HAND_OVER))
        tb__idle_at(a, "services", s->name, "interruptible",
                    "no service of higher priority interrupts");
    if (!s->interruptible && s->arrival != ARRIVAL_COVER)
        tb__idle_at(a, "services", s->name, "unfinished",
                    "what is not interruptible is finished");
    if (!interrupted && s->arrival != ARRIVAL_COVER)
        tb__idle_at(a, "services", s->name, "resumption_minutes", "nothing interrupts it");
}

/* An endless backlog that goes first leaves nobody for those after it. */
static void advise_starved(struct advice *a, const struct service *s)
{
    for (int i = 0; i < a->set->service_count; i++) {
        const struct service *first = &a->set->services[i];

        if (first->arrival == ARRIVAL_ENDLESS && first->priority < s->priority &&
            tb__is_role(s->role, first->role) && !is_endless(s) &&
            (first->priority <= 5 || !(a->facts & FACT(F_CLIENTS)))) {
            tb__advise(a, tb__path_to("services", s->name, "priority").text,
                       "the endless backlog of %s goes first, and whoever might serve "
                       "these calls never comes to them",
                       first->name);
            return;
        }
    }
}

/* Follow-ups that never come, or that have not begun to come when the measured weeks begin. */
static void advise_later(struct advice *a, const struct service *s)
{
    const bool goes_on = *s->then && s->then_probability > 0;
    const double minutes = tb__mean_of(&s->then_after_minutes);
    const int warmup = a->set->horizon.warmup_weeks;

    if (!goes_on && !(s->return_probability > 0))
        tb__idle_at(a, "services", s->name, "then_after_minutes",
                    "no call comes again or goes on");
    else if (warmup * 10080.0 < minutes)
        tb__advise(a, "horizon.warmup_weeks",
                   "%d weeks are less than the %s minutes after which calls of %s come "
                   "again or go on: the first measured weeks have too few of them",
                   warmup, tb__number(minutes).text, s->name);
}

static void advise_service(struct advice *a, const struct service *s)
{
    const bool cover = s->arrival == ARRIVAL_COVER;

    tb__advise_cover(a, s);
    if (!cover && !tb__is_ever_called(a->set, s))
        tb__advise(a, tb__path_to("services", s->name, NULL).text,
                   s->arrival == ARRIVAL_LULL
                       ? "it comes after calls of other services, and there are none"
                       : "nobody calls");
    advise_arrival(a, s);
    advise_interruption(a, s);
    advise_starved(a, s);
    if (!cover)
        advise_later(a, s);
    if (!cover && !*s->then)
        tb__idle_at(a, "services", s->name, "then_probability",
                    "the calls go on to no other service");
    if (!cover)
        tb__needs(a, "services", s->name, "travel", FACT(F_TRAVELS));
}

void tb__advise_items(struct advice *a)
{
    advise_staff(a);
    advise_clients(a);
    for (int i = 0; i < a->set->service_count; i++)
        advise_service(a, &a->set->services[i]);
}
