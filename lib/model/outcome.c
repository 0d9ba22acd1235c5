#include "model/outcome.h"

static const double MINUTE = 60000, HOUR = 3600000;

/* Sums ----------------------------------------------------------------------------------------- */

static double duty(const struct totals *t)
{
    return t->ms[DUTY];
}

static double duty_hours(const struct totals *t)
{
    return t->ms[DUTY] / HOUR;
}

static double at_work(const struct totals *t)
{
    return t->ms[DUTY] - t->ms[BREAKS];
}

static double direct(const struct totals *t)
{
    return t->ms[CARE_NEEDED] + t->ms[CARE_SURPLUS];
}

static double records(const struct totals *t)
{
    return t->ms[RECORDS_PRESENCE] + t->ms[RECORDS_AWAY];
}

static double worker_weeks(const struct totals *t)
{
    return t->worker_weeks;
}

static double weeks(const struct totals *t)
{
    return t->weeks;
}

#define COLUMN_SUM(function, column)               \
    static double function(const struct totals *t) \
    {                                              \
        return t->ms[column];                      \
    }
#define COUNT_SUM(function, member)                \
    static double function(const struct totals *t) \
    {                                              \
        return (double)t->count.member;            \
    }
#define MINUTES_OF(function, sum)                  \
    static double function(const struct totals *t) \
    {                                              \
        return sum(t) / MINUTE;                    \
    }

COLUMN_SUM(needed, CARE_NEEDED)
COLUMN_SUM(surplus, CARE_SURPLUS)
COLUMN_SUM(indirect, INDIRECT)
COLUMN_SUM(travel, TRAVEL)
COLUMN_SUM(records_presence, RECORDS_PRESENCE)
COLUMN_SUM(meetings, MEETINGS)
COLUMN_SUM(dialogue, DIALOGUE)
COLUMN_SUM(training, TRAINING)
COLUMN_SUM(control, CONTROL_WORK)
COLUMN_SUM(administration, ADMINISTRATION)
COLUMN_SUM(development, DEVELOPMENT)
COLUMN_SUM(breaks, BREAKS)
COLUMN_SUM(idle, IDLE)
COLUMN_SUM(temp_duty, TEMP_DUTY)
COLUMN_SUM(rostered, ROSTERED)
COLUMN_SUM(absent, ABSENT)
MINUTES_OF(direct_minutes, direct)
MINUTES_OF(needed_minutes, needed)
MINUTES_OF(surplus_minutes, surplus)
MINUTES_OF(indirect_minutes, indirect)
MINUTES_OF(travel_minutes, travel)
MINUTES_OF(records_minutes, records)
MINUTES_OF(meetings_minutes, meetings)
MINUTES_OF(dialogue_minutes, dialogue)
MINUTES_OF(training_minutes, training)
MINUTES_OF(control_minutes, control)
MINUTES_OF(administration_minutes, administration)
MINUTES_OF(development_minutes, development)
MINUTES_OF(breaks_minutes, breaks)
MINUTES_OF(idle_minutes, idle)
MINUTES_OF(duty_minutes, duty)

COUNT_SUM(need, need_ms)
COUNT_SUM(granted, granted_ms)
COUNT_SUM(given, given_ms)
COUNT_SUM(moved, moved_ms)
COUNT_SUM(visits_given, visits_given)
COUNT_SUM(visits_missed, visits_missed)
COUNT_SUM(visits_cut, visits_cut)
COUNT_SUM(visits_late, visits_late)
COUNT_SUM(legs, legs)
COUNT_SUM(visit_shifts, visit_shifts)
COUNT_SUM(overrun_shifts, overrun_shifts)
COUNT_SUM(overtime_shifts, overtime_shifts)
COUNT_SUM(late_routes, late_routes)
COUNT_SUM(interruptions, interruptions)
COUNT_SUM(deviations, deviations)
COUNT_SUM(carers, carers.carers)
COUNT_SUM(carer_clients, carers.clients)
COUNT_SUM(carer_repeated, carers.repeated)
COUNT_SUM(upc, carers.upc)
COUNT_SUM(coc, carers.coc)
COUNT_SUM(secon, carers.secon)
COUNT_SUM(carers_daily, carers_daily.carers)
COUNT_SUM(carer_clients_daily, carers_daily.clients)
COUNT_SUM(carer_repeated_daily, carers_daily.repeated)
COUNT_SUM(upc_daily, carers_daily.upc)
COUNT_SUM(coc_daily, carers_daily.coc)
COUNT_SUM(secon_daily, carers_daily.secon)
COUNT_SUM(four_week_carers, four_week_carers)
COUNT_SUM(four_week_clients, four_week_clients)
COUNT_SUM(backlog_samples, backlog_samples)
COUNT_SUM(handovers, handovers)
COUNT_SUM(handovers_lost, handovers_lost)
COUNT_SUM(clashes, clashes)
COUNT_SUM(codesign_talks, codesign_talks)
COUNT_SUM(misfit, misfit_ms)
COUNT_SUM(granted_given, granted_given_ms)
COUNT_SUM(strain, strain)
COUNT_SUM(competence, competence)
COUNT_SUM(acquaintance, acquaintance)
COUNT_SUM(strain_samples, strain_samples)

/* Full-time posts and money, summed in money.c. */
#define POSTS_OF(function, sum)                    \
    static double function(const struct totals *t) \
    {                                              \
        return sum(t) / t->full_time_ms;           \
    }
#define MONEY_SUM(function, member)                \
    static double function(const struct totals *t) \
    {                                              \
        return t->money.member;                    \
    }

static double unmet(const struct totals *t)
{
    return (double)(t->count.need_ms - t->count.met_ms);
}

POSTS_OF(duty_posts, duty)
POSTS_OF(direct_posts, direct)
POSTS_OF(records_posts, records)
POSTS_OF(unmet_posts, unmet)
MONEY_SUM(money_wages, wages)
MONEY_SUM(money_direct, direct)
MONEY_SUM(money_unmet, unmet)
MONEY_SUM(money_overtime, overtime)
MONEY_SUM(money_temps, temps)
MONEY_SUM(money_absence, absence)
MONEY_SUM(money_records, records)

static double direct_hours(const struct totals *t)
{
    return direct(t) / HOUR;
}

static double harmed(const struct totals *t)
{
    return (double)(t->count.errors + t->count.misuse);
}

COUNT_SUM(found, found)
static double visits_ended(const struct totals *t)
{
    return (double)(t->count.visits_given + t->count.visits_missed);
}

COUNT_SUM(audits, audits)

static double unmet_hours(const struct totals *t)
{
    return (unmet(t) + (double)t->calls.unserved_ms) / HOUR;
}

static double given_hours(const struct totals *t)
{
    return given(t) / HOUR;
}

static double overtime_hours(const struct totals *t)
{
    return t->ms[OVERTIME] / HOUR;
}

static double backlog(const struct totals *t)
{
    return (double)t->count.backlog_ms / MINUTE;
}

static double update_minutes(const struct totals *t)
{
    return (double)t->count.update_ms / MINUTE;
}

static double horizon(const struct totals *t)
{
    return t->weeks * (double)TB__WEEK;
}

static double full_strength(const struct totals *t)
{
    return t->ms[FULL_STRENGTH];
}

static double written(const struct totals *t)
{
    return (double)t->records.written;
}

static double made(const struct totals *t)
{
    return (double)(t->records.written + t->records.told);
}

static double told(const struct totals *t)
{
    return (double)t->records.told;
}

static double codesign_minutes(const struct totals *t)
{
    return (double)t->count.codesign_ms / MINUTE;
}

static double coordination_minutes(const struct totals *t)
{
    return (double)t->count.coordination_ms / MINUTE;
}

static double visits_reached(const struct totals *t)
{
    return (double)(t->count.visits_given + t->count.clashes);
}

static double writings(const struct totals *t)
{
    return (double)(t->records.written + t->records.reentries);
}

static double copies(const struct totals *t)
{
    return (double)t->records.copies;
}

static double copy_minutes(const struct totals *t)
{
    return (double)t->records.copy_ms / MINUTE;
}

static double late(const struct totals *t)
{
    return (double)t->records.late;
}

static double delay_hours(const struct totals *t)
{
    return (double)t->records.delay_ms / HOUR;
}

static double read(const struct totals *t)
{
    return (double)t->records.read;
}

static double errors(const struct totals *t)
{
    return 1000.0 * (double)t->count.errors;
}

static double misuse(const struct totals *t)
{
    return 1000.0 * (double)t->count.misuse;
}

static double undetected(const struct totals *t)
{
    return 1000.0 * (double)t->count.undetected;
}

static double judged(const struct totals *t)
{
    return (double)t->count.judged;
}

static double starts(const struct totals *t)
{
    return (double)(t->count.visits_given + t->calls.started);
}

static double phases(const struct totals *t)
{
    return (double)(t->count.visits_given + t->count.legs + t->calls.started +
                    t->calls.calls + t->records.written + t->records.told);
}

/* The table -------------------------------------------------------------------------------------- */

#define SHARE(name, more, sum, text)                                                 \
    {                                                                                \
        "time." name "_share", "share", text " over time on duty, breaks included.", \
            more, sum, duty                                                          \
    }
#define WEEKLY(name, more, sum, text)                                           \
    {                                                                           \
        "time." name "_minutes", "min per worker-week",                         \
            text " per worker on the roster and week.", more, sum, worker_weeks \
    }

const struct outcome tb__outcomes[] = {
    SHARE("direct", OUTCOME_MORE, direct, "Time with citizens, needed and surplus,"),
    {"time.direct_share_of_work", "share",
     "Time with citizens over time on duty without breaks.", OUTCOME_MORE, direct, at_work},
    SHARE("direct_needed", OUTCOME_MORE, needed, "Time with citizens that meets need"),
    SHARE("direct_surplus", OUTCOME_NEITHER, surplus,
          "Time with citizens beyond what need asks for"),
    SHARE("indirect", OUTCOME_NEITHER, indirect,
          "Handover, reading and other work for citizens without them"),
    SHARE("travel", OUTCOME_LESS, travel, "Travel"),
    SHARE("records", OUTCOME_LESS, records,
          "Writing records, with the citizen present or not,"),
    SHARE("records_presence", OUTCOME_NEITHER, records_presence,
          "Writing records with the citizen present"),
    SHARE("meetings", OUTCOME_NEITHER, meetings, "Meetings"),
    SHARE("dialogue", OUTCOME_NEITHER, dialogue,
          "Talks with colleagues and citizens about the service, oral records included,"),
    SHARE("training", OUTCOME_NEITHER, training,
          "Training, updates of knowledge and sparring"),
    SHARE("control", OUTCOME_NEITHER, control, "Audits and inspections"),
    SHARE("administration", OUTCOME_LESS, administration, "General administration"),
    SHARE("development", OUTCOME_MORE, development, "Development work in longer gaps"),
    SHARE("breaks", OUTCOME_NEITHER, breaks, "Breaks"),
    SHARE("idle", OUTCOME_NEITHER, idle, "Gaps"),
    WEEKLY("direct", OUTCOME_MORE, direct_minutes, "Minutes with citizens"),
    WEEKLY("direct_needed", OUTCOME_MORE, needed_minutes,
           "Minutes with citizens that meet need"),
    WEEKLY("direct_surplus", OUTCOME_NEITHER, surplus_minutes,
           "Minutes with citizens beyond need"),
    WEEKLY("indirect", OUTCOME_NEITHER, indirect_minutes,
           "Minutes of work for citizens without them"),
    WEEKLY("travel", OUTCOME_LESS, travel_minutes, "Minutes of travel"),
    WEEKLY("records", OUTCOME_LESS, records_minutes, "Minutes of records"),
    WEEKLY("meetings", OUTCOME_NEITHER, meetings_minutes, "Minutes of meetings"),
    WEEKLY("dialogue", OUTCOME_NEITHER, dialogue_minutes, "Minutes of dialogue"),
    WEEKLY("codesign", OUTCOME_NEITHER, codesign_minutes,
           "Minutes of talks with clients on what the service should be, a part of "
           "dialogue,"),
    WEEKLY("coordination", OUTCOME_NEITHER, coordination_minutes,
           "Minutes of coordination with other agencies, a part of dialogue,"),
    WEEKLY("training", OUTCOME_NEITHER, training_minutes,
           "Minutes of training, updates and sparring"),
    WEEKLY("updates", OUTCOME_NEITHER, update_minutes,
           "Minutes of knowledge updates, a part of training,"),
    WEEKLY("control", OUTCOME_NEITHER, control_minutes, "Minutes of audits and inspections"),
    WEEKLY("administration", OUTCOME_LESS, administration_minutes,
           "Minutes of administration"),
    WEEKLY("development", OUTCOME_MORE, development_minutes, "Minutes of development work"),
    WEEKLY("breaks", OUTCOME_NEITHER, breaks_minutes, "Minutes of breaks"),
    WEEKLY("idle", OUTCOME_NEITHER, idle_minutes, "Minutes of gaps"),
    WEEKLY("duty", OUTCOME_NEITHER, duty_minutes, "Minutes from clock-in to clock-out"),
    {"citizen.delivered_hours", "h per week", "Hours of planned visits given, per week.",
     OUTCOME_MORE, given_hours, weeks},
    {"citizen.delivered_share", "share",
     "Minutes given over minutes granted, missed visits included.", OUTCOME_NEITHER,
     given, granted},
    {"citizen.unmet_share", "share",
     "Need not met over need of planned visits, missed visits included.", OUTCOME_LESS,
     unmet, need},
    {"citizen.unmet_hours", "h per week",
     "Hours of need not met per week: of visits, missed ones included, and of calls that "
     "nobody served.",
     OUTCOME_LESS, unmet_hours, weeks},
    {"citizen.missed_share", "share", "Visits missed over visits given or missed.",
     OUTCOME_LESS, visits_missed, visits_ended},
    {"citizen.cut_share", "share", "Visits that left need unmet over visits given.",
     OUTCOME_LESS, visits_cut, visits_given},
    {"citizen.late_share", "share", "Visits begun late over visits given.", OUTCOME_LESS,
     visits_late, visits_given},
    {"citizen.moved_share", "share",
     "Minutes moved from low to high need over minutes given.", OUTCOME_NEITHER, moved,
     given},
    {"citizen.acquaintance",
     "share", "Mean acquaintance of worker and client when a planned visit begins, temps with none.",
     OUTCOME_MORE, acquaintance, visits_given},
    {"citizen.carers_14d", "persons",
     "Different carers, temps included, per visited client and 14 days.", OUTCOME_LESS,
     carers, carer_clients},
    {"citizen.carers_14d_daily", "persons",
     "The same for clients with seven or more visits a week.", OUTCOME_LESS, carers_daily,
     carer_clients_daily},
    {"citizen.carers_28d", "persons",
     "Different carers, temps included, per visited client and 28 days.", OUTCOME_LESS,
     four_week_carers, four_week_clients},
    {"citizen.continuity_upc", "index",
     "Usual provider: a client's visits by the carer who came most over all of them, in "
     "14 "
     "days, each temp shift a carer of its own; mean over visited clients (Breslau and "
     "Reeb "
     "1975).",
     OUTCOME_MORE, upc, carer_clients},
    {"citizen.continuity_upc_daily", "index",
     "The same for clients with seven or more visits a week.", OUTCOME_MORE, upc_daily,
     carer_clients_daily},
    {"citizen.continuity_coc", "index",
     "Continuity of care: (sum over carers of their visits squared - n) over n (n - 1), "
     "of "
     "a client's n visits in 14 days; mean over clients with two or more (Bice and "
     "Boxerman "
     "1977).",
     OUTCOME_MORE, coc, carer_repeated},
    {"citizen.continuity_coc_daily", "index",
     "The same for clients with seven or more visits a week.", OUTCOME_MORE, coc_daily,
     carer_repeated_daily},
    {"citizen.continuity_secon", "index",
     "Sequential continuity: visits by the carer of the visit before over n - 1, of a "
     "client's n visits in 14 days; mean over clients with two or more (Steinwachs "
     "1979).",
     OUTCOME_MORE, secon, carer_repeated},
    {"citizen.continuity_secon_daily", "index",
     "The same for clients with seven or more visits a week.", OUTCOME_MORE, secon_daily,
     carer_repeated_daily},
    {"citizen.misfit_share", "share",
     "Distance between need and grant over grant, of planned visits given.", OUTCOME_LESS,
     misfit, granted_given},
    {"citizen.codesign_talks", "per week",
     "Talks with clients about what the service should be, per week.", OUTCOME_NEITHER,
     codesign_talks, weeks},
    {"citizen.clash_share", "share",
     "Ways to planned visits that found another agency there over all such ways.",
     OUTCOME_LESS, clashes, visits_reached},
    {"citizen.visits", "per week", "Planned visits given per week.", OUTCOME_NEITHER,
     visits_given, weeks},
    {"staff.overtime_hours", "h per week",
     "Hours on duty after the planned end of the shift, per week.", OUTCOME_LESS,
     overtime_hours, weeks},
    {"staff.absence_share", "share",
     "Rostered time whose worker was absent over rostered time.", OUTCOME_LESS, absent,
     rostered},
    {"staff.temp_share", "share", "Time on duty of temps over time on duty.",
     OUTCOME_LESS, temp_duty, duty},
    {"staff.full_strength_share", "share",
     "Time in which nobody who is rostered is missing over the horizon.", OUTCOME_MORE,
     full_strength, horizon},
    {"staff.strain", "strain", "Mean strain of workers at the ends of weeks.",
     OUTCOME_LESS, strain, strain_samples},
    {"staff.competence", "share", "Mean competence of workers at the ends of weeks.",
     OUTCOME_MORE, competence, strain_samples},
    {"staff.lost_handovers", "share",
     "Shifts begun without what the one before had to tell over shifts begun.",
     OUTCOME_LESS, handovers_lost, handovers},
    {"staff.interruptions", "per h", "Interruptions of work per hour on duty.",
     OUTCOME_LESS, interruptions, duty_hours},
    {"staff.visits_per_shift", "visits", "Planned visits per shift with visits.",
     OUTCOME_NEITHER, visits_given, visit_shifts},
    {"staff.legs_per_visit", "legs", "Legs travelled per planned visit given.",
     OUTCOME_LESS, legs, visits_given},
    {"staff.overrun_share",
     "share", "Shifts whose visits ran past the planned end or were left over, among shifts with visits.",
     OUTCOME_LESS, overrun_shifts, visit_shifts},
    {"staff.late_route_share", "share",
     "Shifts whose last visit ended more than a minute later than the day plan had it, "
     "or that left visits over, among shifts with visits.",
     OUTCOME_LESS, late_routes, visit_shifts},
    {"staff.overtime_shift_share",
     "share", "Shifts that ended later than planned, for whatever reason, among shifts with visits.",
     OUTCOME_LESS, overtime_shifts, visit_shifts},
    {"staff.fte_duty", "FTE",
     "Hours on duty of a year over those that a full-time post works in it.",
     OUTCOME_NEITHER, duty_posts, weeks},
    {"staff.fte_direct", "FTE",
     "Hours with citizens of a year over those that a full-time post works in it.",
     OUTCOME_MORE, direct_posts, weeks},
    {"staff.fte_records", "FTE",
     "Hours of writing records of a year over those that a full-time post works in it.",
     OUTCOME_LESS, records_posts, weeks},
    {"staff.fte_unmet", "FTE",
     "Hours of need not met in a year over those that a full-time post works in it.",
     OUTCOME_LESS, unmet_posts, weeks},
    {"record.written", "per week",
     "Records written per week, each once, however often it is entered.", OUTCOME_NEITHER,
     written, weeks},
    {"record.told", "per week",
     "Records told instead of written, which nobody can read later, per week.",
     OUTCOME_NEITHER, told, weeks},
    {"record.told_share", "share",
     "Records told instead of written over records written or told.", OUTCOME_NEITHER,
     told, made},
    {"record.copy_share", "share",
     "Writings of what was written already (for another receiver, or a datum that "
     "another "
     "record of the same trigger holds) over all writings.",
     OUTCOME_LESS, copies, writings},
    {"record.copy_minutes", "min per worker-week",
     "Minutes of copies per worker and week.", OUTCOME_LESS, copy_minutes, worker_weeks},
    {"record.late_share", "share",
     "Records written or told past their deadline over records written or told.",
     OUTCOME_LESS, late, made},
    {"record.delay_hours", "h", "Mean hours from trigger to writing.", OUTCOME_LESS,
     delay_hours, made},
    {"record.backlog_minutes", "min",
     "Mean minutes of records that are owed at the ends of weeks, whole unit.",
     OUTCOME_LESS, backlog, backlog_samples},
    {"record.read", "per week",
     "Records read by workers who did not know the client fully, per week.", OUTCOME_MORE,
     read, weeks},
    {"record.deviations", "per week",
     "Visits that strayed from their minutes beyond the tolerance, per week.",
     OUTCOME_NEITHER, deviations, weeks},
    {"control.errors", "per 1,000 visits", "Harmful errors per 1,000 visits and calls.",
     OUTCOME_LESS, errors, judged},
    {"control.misuse", "per 1,000 visits", "Misuse per 1,000 visits and calls.",
     OUTCOME_LESS, misuse, judged},
    {"control.found_share", "share",
     "Errors and misuse that were found over all of them.", OUTCOME_MORE, found, harmed},
    {"control.undetected_harm", "per 1,000 visits",
     "Errors and misuse that nobody found per 1,000 visits and calls.", OUTCOME_LESS,
     undetected, judged},
    {"control.audits", "per week", "Audits per week.", OUTCOME_NEITHER, audits, weeks},
    {"money.wages", "currency per week",
     "Wages and on-costs of time on duty, overtime, temps and paid absence, per week.",
     OUTCOME_LESS, money_wages, weeks},
    {"money.per_direct_hour", "currency per h",
     "The same over hours with citizens: what such an hour costs, all else included.",
     OUTCOME_LESS, money_wages, direct_hours},
    {"money.direct", "currency per week",
     "Wages and on-costs of time with citizens, without supplements, per week.",
     OUTCOME_NEITHER, money_direct, weeks},
    {"money.unmet", "currency per week",
     "Wages and on-costs that need not met would take per week, at the mean of those of "
     "time with citizens.",
     OUTCOME_LESS, money_unmet, weeks},
    {"money.overtime",
     "currency per week", "Wages, on-costs and supplement of time after the planned end of the shift, per week.",
     OUTCOME_LESS, money_overtime, weeks},
    {"money.temps", "currency per week", "Price of the time on duty of temps, per week.",
     OUTCOME_LESS, money_temps, weeks},
    {"money.absence", "currency per week",
     "What the employer pays for rostered time whose worker was absent, per week.",
     OUTCOME_LESS, money_absence, weeks},
    {"money.records", "currency per week",
     "Standard Cost Model cost of all obligations per week: their minutes, copies and "
     "oral "
     "ones included, at wages with on-costs and overhead.",
     OUTCOME_LESS, money_records, weeks},
    {"staff.starts", "per week", "Visits and calls begun per week.", OUTCOME_NEITHER,
     starts, weeks},
    {"staff.phases", "per week", "Arrivals, legs, visits, calls and records begun per week.",
     OUTCOME_NEITHER, phases, weeks},
};
const int tb__outcome_count = sizeof tb__outcomes / sizeof *tb__outcomes;

#define ROLE(name, more, sum, text)                                            \
    {                                                                          \
        "time." name "_share.role.", "share",                                  \
            text " of this role, temps in its shifts included, over its time " \
                 "on duty, breaks included.",                                  \
            more, sum, duty                                                    \
    }

/* The shares sum to 1. */
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
    {"time.duty_minutes.role.", "min per worker-week",
     "Minutes from clock-in to clock-out of this role, temps in its shifts included, per "
     "worker of "
     "it on the roster and week.",
     OUTCOME_NEITHER, duty_minutes, worker_weeks},
};

const struct part_outcome tb__obligation_outcomes[OBLIGATION_OUTCOMES] = {
    {"time.obligation.", "min per worker-week",
     "Minutes that this obligation takes, copies included, per worker and week.",
     OUTCOME_LESS},
    {"money.obligation.", "currency per week",
     "Standard Cost Model cost of this obligation per week: its minutes, copies "
     "included, "
     "at wages with on-costs and overhead.",
     OUTCOME_LESS},
};
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
     "Calls that left before anybody turned to them over calls.", OUTCOME_LESS},
    {"citizen.lost.", "share", "Calls that found this service full over calls.",
     OUTCOME_LESS},
    {"citizen.unserved_hours.", "h per week",
     "Hours of need of calls that left or were lost, per week.", OUTCOME_LESS},
    {"citizen.number.", "calls",
     "Time that calls spent with this service until they ended, over time: the mean "
     "number there (Little).",
     OUTCOME_LESS},
    {"citizen.queue.", "calls",
     "Waits before the start of work or leaving, over time: the mean number that wait to "
     "be begun (Little).",
     OUTCOME_LESS},
};

void tb__totals(const struct world *w, const struct ledger *l, int period,
                struct totals *out)
{
    const struct tally *t = &l->tally[period];

    *out = (struct totals){.world = w, .tally = t, .count = t->count};
    out->full_time_ms = tb__full_time_ms(w);
    tb__money_sums(w, t, &out->money);
    out->weeks = (double)w->weeks / l->periods;
    out->worker_weeks = out->weeks * w->workers;
    for (int c = 0; c < COLUMNS; c++) {
        int64_t sum = 0;
        for (int i = 0; i < l->workers; i++)
            sum += t->row[i].ms[c];
        out->ms[c] = (double)(sum + t->row[l->workers].ms[c]);
    }
    for (int o = 0; o < w->obligations; o++) {
        out->records.written += t->obligation[o].written;
        out->records.told += t->obligation[o].told;
        out->records.reentries += t->obligation[o].reentries;
        out->records.copies += t->obligation[o].copies;
        out->records.copy_ms += t->obligation[o].copy_ms;
        out->records.late += t->obligation[o].late;
        out->records.delay_ms += t->obligation[o].delay_ms;
        out->records.read += t->obligation[o].read;
    }
    for (int s = 0; s < w->services; s++) {
        out->calls.calls += t->service[s].calls;
        out->calls.started += t->service[s].started;
        out->calls.unserved_ms += t->service[s].unserved_ms;
    }
}

void tb__role_totals(const struct world *w, const struct ledger *l, int period, int role,
                     struct totals *out)
{
    const struct tally *t = &l->tally[period];
    int64_t ms[COLUMNS] = {0};
    int workers = 0;

    *out = (struct totals){.weeks = (double)w->weeks / l->periods};
    for (int i = 0; i < l->workers; i++) {
        if (w->worker[i].role != role)
            continue;
        workers++;
        for (int c = 0; c < COLUMNS; c++)
            ms[c] += t->row[i].ms[c];
    }
    for (int c = 0; c < COLUMNS; c++)
        out->ms[c] = (double)ms[c];
    out->worker_weeks = out->weeks * workers;
}

void tb__obligation_ratio(const struct totals *t, int obligation, int which,
                          double ratio[2])
{
    const bool money = which > 0;

    ratio[0] = 0;
    ratio[1] = money ? t->weeks : t->worker_weeks;
    if (obligation >= 0)
        ratio[0] = money ? tb__money_obligation(t->world, t->tally, obligation)
                         : (double)t->tally->obligation[obligation].ms / MINUTE;
}

void tb__service_ratio(const struct totals *t, int service, int which, double ratio[2])
{
    const struct service_tally *s = &t->tally->service[service];
    const double calls = (double)s->calls, waits = (double)(s->started + s->abandoned);
    const double there = (double)(s->sojourn_ms + s->left_ms);
    const double ratios[SERVICE_OUTCOMES][2] = {
        {(double)s->wait_ms / MINUTE, waits},
        {(double)s->sojourn_ms / MINUTE, (double)s->done},
        {(double)s->services, (double)s->done},
        {calls, t->weeks},
        {(double)s->waited, waits},
        {(double)s->long_waits, waits},
        {(double)s->abandoned, calls},
        {(double)s->lost, calls},
        {(double)s->unserved_ms / HOUR, t->weeks},
        {there, horizon(t)},
        {(double)s->wait_ms, horizon(t)},
    };

    ratio[0] = ratios[which][0];
    ratio[1] = ratios[which][1];
}
