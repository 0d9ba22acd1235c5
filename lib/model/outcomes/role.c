#include "model/outcomes/sums.h"

/* How the workers of each role spend their time. */

#define ROLE(name, more, sum, text)                                            \
    {                                                                          \
        "time." name "_share.role.", "share",                                  \
            text " of this role, temps in its shifts included, over its time " \
                 "on duty, breaks included.",                                  \
            more, sum, duty                                                    \
    }

static double busy(const struct totals *t)
{
    return t->ms[DUTY] - t->ms[IDLE] - t->ms[DEVELOPMENT] - t->ms[BREAKS];
}

static double waited_for(const struct totals *t)
{
    return t->waited_for_ms;
}

/* The shares of what time is spent on sum to 1; that of being busy is a sum of some of them. */
const struct outcome tb__role_outcomes[ROLE_OUTCOMES] = {
    ROLE("direct", OUTCOME_MORE, direct, "Time with citizens, needed and surplus,"),
    ROLE("indirect", OUTCOME_NEITHER, indirect,
         "Handover, reading and other work for citizens without them"),
    ROLE("travel", OUTCOME_LESS, travel, "Travel"),
    ROLE("records", OUTCOME_LESS, records, "Writing records"),
    ROLE("meetings", OUTCOME_NEITHER, meetings, "Meetings"),
    ROLE("dialogue", OUTCOME_NEITHER, dialogue,
         "Talks about the service, oral records included,"),
    ROLE("control", OUTCOME_NEITHER, control, "Audits and inspections"),
    ROLE("administration", OUTCOME_LESS, administration, "General administration"),
    ROLE("development", OUTCOME_MORE, development, "Development work in longer gaps"),
    ROLE("breaks", OUTCOME_NEITHER, breaks, "Breaks"),
    ROLE("idle", OUTCOME_NEITHER, idle, "Gaps"),
    ROLE("busy", OUTCOME_NEITHER, busy,
         "Time that is neither gap, development work nor break"),
    {"time.waited_for_share.role.", "share",
     "Time on duty of this role while at least one call waits that it may serve, temps "
     "in "
     "its shifts included, over its time on duty, breaks included; not the share in "
     "which "
     "it is busy.",
     OUTCOME_LESS, waited_for, duty},
    {"time.duty_minutes.role.", "min per worker-week",
     "Minutes from clock-in to clock-out of this role, temps in its shifts "
     "included, per worker of it on the roster and week.",
     OUTCOME_NEITHER, duty_minutes, worker_weeks},
};

void tb__role_totals(const struct world *w, const struct ledger *l, int period, int role,
                     struct totals *out)
{
    const struct tally *t = &l->tally[period];
    int64_t ms[COLUMNS] = {0};
    int workers = 0;

    *out = (struct totals){.weeks = (double)w->weeks / l->periods,
                           .waited_for_ms = (double)t->waited_for_ms[role + 1]};
    for (int i = 0; i < l->workers; i++) {
        if (w->worker[i].role != role)
            continue;
        workers += w->worker[i].crew;
        for (int c = 0; c < COLUMNS; c++)
            ms[c] += t->row[i].ms[c];
    }
    for (int c = 0; c < COLUMNS; c++)
        out->ms[c] = (double)ms[c];
    out->worker_weeks = out->weeks * workers;
}
