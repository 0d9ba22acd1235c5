#include "scenario/service.h"

#include <math.h>

static const char *const arrivals[] = {"rate",      "endless",   "lull",    "finite",
                                       "trace",     "cover",     "clients", "rounds",
                                       "admission", "discharge", NULL};
static const char *const books_words[] = {"care",        "indirect", "administration",
                                          "meetings",    "training", "dialogue",
                                          "development", NULL};
static const char *const assignments[] = {"longest_idle", "random", "first", "anybody",
                                          NULL};
static const char *const unfinished_words[] = {"overtime", "hand_over", NULL};

static const struct field service_fields[] = {
    TEXT(struct service, role, "Role that may serve; empty: any."),
    CHOICE(struct service, books, books_words, BOOKS_CARE,
           "What its work is: where its minutes are booked. Of care alone need can be "
           "unmet."),
    CHOICE(
        struct service, arrival, arrivals, ARRIVAL_RATE,
        "rate: calls arrive at random; endless: there is always one more; lull: there is "
        "one whenever a worker who served other calls has none left; finite: each of so "
        "many callers calls, is served, and calls again some time later; trace: calls "
        "come at given times; cover: no calls, so many workers are there at every "
        "moment; "
        "clients: each client of the group in `of` who is there calls at random; rounds: "
        "at given times one call for each of them; admission, discharge: one when a "
        "client "
        "of it comes, or leaves."),
    TEXT(struct service, of,
         "Group of clients that calls follow when arrival is clients, rounds, admission "
         "or "
         "discharge."),
    REAL(struct service, per_hour, "calls per h", 0, 8000, 0,
         "Mean number of calls an hour (Poisson), at factor 1: of all when arrival is "
         "rate, of each client who is there when it is clients."),
    SERIES(struct service, profile, "factor", 0, 1000,
           "Factors of per_hour through the day (24 of an hour or 48 of a half-hour) or "
           "through "
           "the week (168 of an hour, from Monday 00:00); empty: the same at all times."),
    SERIES(struct service, trace_minutes, "min after Monday 00:00", 0,
           10079.99, "When calls come in each week when arrival is trace, or rounds begin; never falling."),
    SERIES(struct service, trace_work, "min", 0, 100000,
           "Minutes of work of each of those calls; empty: drawn from minutes."),
    COUNT(struct service, population, "callers", 0, MOST_CALLERS, 0,
          "Who calls when arrival is finite."),
    LAW(struct service, between_minutes, "min", 1000000, 60,
        "From the end of a caller's call to the next call, when arrival is finite."),
    LAW(struct service, minutes, "min", 100000, 10, "Minutes of work that a call needs."),
    LAW(struct service, patience, "min", 1000000, 0,
        "How long a call waits to be begun before it leaves; mean 0: for ever."),
    COUNT(struct service, room, "calls", 0, 1000000, 0,
          "Most calls that wait or are served at a time; those that find it full are "
          "lost; 0: "
          "no limit."),
    COUNT(struct service, starts_at, "calls", 1, 100000, 1,
          "Work begins when so many calls wait, and goes on until none is left."),
    CHOICE(struct service, assignment, assignments, ASSIGN_LONGEST_IDLE,
           "Who takes a call: of the idle who has idled longest, any of them by chance, "
           "or the "
           "first on the list; or anybody of the role on duty, by chance, idle or not: "
           "she is "
           "interrupted if she may be, and otherwise it waits for whoever is free."),
    COUNT(struct service, priority, "", 1, 9, 5,
          "Order of service: 1 goes first. Planned visits stand between 5 and 6."),
    FLAG(struct service, interrupts,
         0, "A call takes a worker away from interruptible work of lower priority when nobody is free."),
    FLAG(struct service, interruptible, 0,
         "The work may be interrupted; it is resumed later."),
    FLAG(struct service, travel, 0, "The worker first travels a leg."),
    REAL(struct service, resumption_minutes, "min", 0, 240, 0,
         "Extra minutes that it takes to find back into interrupted work."),
    REAL(struct service, return_probability, "probability", 0, 0.99, 0,
         "Chance that the client calls again at once when served."),
    TEXT(struct service,
         then, "Service that a call goes on to when it is served and does not return; empty: none."),
    REAL(struct service, then_probability, "probability", 0, 1, 1,
         "Chance that a call that does not return goes on to the service in then."),
    LAW(struct service, then_after_minutes, "min", 1000000, 0,
        "How long after a call is served the client calls again, or the call goes on: a "
        "follow-up; mean 0: at once."),
    REAL(struct service, wait_limit_minutes, "min", 0, 100000, 0,
         "Waits beyond this count as long; nothing else depends on it."),
    CHOICE(
        struct service, unfinished, unfinished_words, 0,
        "When the shift ends during a call: finish it in overtime, or hand it over to "
        "the next free worker (interruptible work alone). Of cover: stay until somebody "
        "takes over, or go."),
    SERIES(
        struct service, present, "citizens", 0, 100000,
        "Citizens who are there when arrival is cover, through the day (24 of an hour or "
        "48 of a half-hour) or through the week (168 or 336, from Monday 00:00)."),
    REAL(
        struct service, each, "citizens per worker", 0.01, 100000, 1,
        "How many of those present one worker answers for: cover wants present over each "
        "workers, rounded up."),
    FLAG(struct service, others_join, 0,
         "Who has nothing else to do while somebody is present is there, too, as surplus "
         "care."),
};
RECORD(tb__service_record, "service", "Work that is asked for, not planned.",
       struct service, service_fields);

int tb__cover_wanted(const struct service *s, int i)
{
    return (int)ceil(s->present.value[i] / s->each - 1e-9); /* 0.3 / 0.1 is 3 */
}
