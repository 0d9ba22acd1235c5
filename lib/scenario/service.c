#include "scenario/service.h"

static const char *const arrivals[] = {"rate", "endless", NULL};
static const char *const unfinished_words[] = {"overtime", "hand_over", NULL};

static const struct field service_fields[] = {
    TEXT(struct service, role, "Role that may serve; empty: any."),
    CHOICE(struct service, arrival, arrivals, ARRIVAL_RATE,
           "rate: calls arrive at random; endless: there is always one more."),
    REAL(struct service, per_hour, "calls per h", 0, 8000, 0,
         "Mean number of calls an hour (Poisson) when arrival is rate."),
    LAW(struct service, minutes, "min", 100000, 10,
        "Minutes of direct work that a call needs."),
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
    CHOICE(struct service, unfinished, unfinished_words, 0,
           "When the shift ends during a call: finish it in overtime, or hand it over to "
           "the next free worker (interruptible work alone)."),
};
RECORD(tb__service_record, "service", "Work that is asked for, not planned.",
       struct service, service_fields);
