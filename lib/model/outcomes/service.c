#include "model/outcomes/sums.h"

/* How each pool service is met: waits, queues, and calls that come to nothing. */

const struct part_outcome tb__service_outcomes[SERVICE_OUTCOMES] = {
    {"citizen.wait.", "min",
     "Mean wait from joining the queue of this service to the start of work, or to "
     "leaving unserved.",
     OUTCOME_LESS},
    {"citizen.sojourn.", "min",
     "Mean time from the first call to its completion, returns included.", OUTCOME_LESS},
    {"citizen.services.", "services", "Times served per completed call.", OUTCOME_LESS},
    {"citizen.calls.", "per week", "Calls per week.", OUTCOME_NEITHER},
    {"citizen.waited.", "share",
     "Waits of any length over services begun and calls that left.", OUTCOME_LESS},
    {"citizen.long_waits.", "share",
     "Waits beyond wait_limit_minutes over services begun and calls that left.",
     OUTCOME_LESS},
    {"citizen.abandoned.", "share",
     "Calls that left before anybody turned to them over calls that came (of a week, "
     "those that left may have come before it).",
     OUTCOME_LESS},
    {"citizen.lost.", "share", "Calls that found this service full over calls.",
     OUTCOME_LESS},
    {"citizen.unserved_hours.", "h per week",
     "Hours of need (of work that is no care: of work) of calls that left or were lost, "
     "per week.",
     OUTCOME_LESS},
    {"citizen.waiting_hours.", "h per week",
     "Growth of the hours of need of calls that wait, per week; below zero where the "
     "queue shrank.",
     OUTCOME_LESS},
    {"citizen.number.", "calls",
     "Time that calls spent with this service until they ended, over time: the mean "
     "number there (Little).",
     OUTCOME_LESS},
    {"citizen.queue.", "calls",
     "Waits before the start of work or leaving, over time: the mean number that "
     "wait to be begun (Little).",
     OUTCOME_LESS},
    {"time.service.", "min per worker-week",
     "Minutes of work on calls of this service, or there for cover, per worker on the "
     "roster and week; the "
     "way, "
     "finding back and records apart.",
     OUTCOME_NEITHER},
    {"time.piece_minutes.", "min",
     "Mean minutes of work on a call of this service, all its parts together.",
     OUTCOME_NEITHER},
    {"citizen.later.", "calls",
     "Time until follow-ups that came to this service were due, over time: the mean "
     "number that were still to come (Little).",
     OUTCOME_NEITHER},
    {"citizen.uncovered_hours.", "h per week",
     "Hours of workers that this cover wanted and that were not there, per week.",
     OUTCOME_LESS},
    {"citizen.covered_share.", "share",
     "Hours of workers there for this cover over hours wanted.", OUTCOME_MORE},
    {"staff.interruptions.", "per 100",
     "Times that somebody was called away from work on this service, per 100 calls of it "
     "begun.",
     OUTCOME_LESS},
};

/* Work on calls: where it is not kept apart, it is all the care that there is. */
static double work_ms(const struct totals *t, int service)
{
    return t->world->service[service].itemised ? (double)t->tally->service[service].ms
                                               : direct(t);
}

void tb__service_ratio(const struct totals *t, int service, int which, double ratio[2])
{
    const struct service_tally *s = &t->tally->service[service];
    const double calls = (double)s->calls, waits = (double)(s->started + s->abandoned);
    const double there = (double)(s->sojourn_ms + s->left_ms);
    const double crew = t->world->service_crew[service];
    const double ratios[SERVICE_OUTCOMES][2] = {
        {(double)s->wait_ms / MINUTE, waits},
        {(double)s->sojourn_ms / MINUTE, (double)s->done},
        {(double)s->services, (double)s->done},
        {calls, t->weeks},
        {(double)s->waited, waits},
        {(double)s->long_waits, waits},
        {(double)s->abandoned, calls},
        {(double)s->lost, calls},
        {crew * (double)s->unserved_ms / HOUR, t->weeks},
        {crew * (double)s->waiting_ms / HOUR, t->weeks},
        {there, horizon(t)},
        {(double)s->wait_ms, horizon(t)},
        {work_ms(t, service) / MINUTE, t->worker_weeks},
        {work_ms(t, service) / MINUTE / crew, (double)s->started},
        {(double)s->later_ms, horizon(t)},
        {(double)(s->wanted_ms - s->covered_ms) / HOUR, t->weeks},
        {(double)s->covered_ms, (double)s->wanted_ms},
        {100 * (double)s->cuts, (double)s->started},
    };

    ratio[0] = ratios[which][0];
    ratio[1] = ratios[which][1];
}
