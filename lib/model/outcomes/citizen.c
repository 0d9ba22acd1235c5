#include "model/outcomes/sums.h"

/* What citizens get of planned visits: time, need met, and faces that they know. */

COUNT_SUM(need, need_ms)
COUNT_SUM(granted, granted_ms)
COUNT_SUM(given, given_ms)
COUNT_SUM(moved, moved_ms)
COUNT_SUM(visits_missed, visits_missed)
COUNT_SUM(visits_cut, visits_cut)
COUNT_SUM(visits_late, visits_late)
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
COUNT_SUM(clashes, clashes)
COUNT_SUM(codesign_talks, codesign_talks)
COUNT_SUM(no_shows, no_shows)
COUNT_SUM(misfit, misfit_ms)
COUNT_SUM(wider, wider_ms)
COUNT_SUM(acquaintance, acquaintance)
COUNT_SUM(person_given, person_ms)
COUNT_SUM(person_unmet, person_unmet_ms)
COUNT_SUM(substituted, substituted)

COUNT_SUM(present, present_ms)
COUNT_SUM(admissions, admissions)

static double visits_ended(const struct totals *t)
{
    return (double)(t->count.visits_given + t->count.visits_missed);
}

static double unmet_hours(const struct totals *t)
{
    return unmet(t) / HOUR;
}

static double given_hours(const struct totals *t)
{
    return given(t) / HOUR;
}

static double person_hours(const struct totals *t)
{
    return (given(t) + person_given(t)) / HOUR;
}

static double person_unmet_hours(const struct totals *t)
{
    return (visits_unmet(t) + person_unmet(t)) / HOUR;
}

static double visits_reached(const struct totals *t)
{
    return (double)(t->count.visits_given + t->count.clashes);
}

static double own_hours(const struct totals *t)
{
    return (double)t->records.citizen_ms / HOUR;
}

static double visits_kept(const struct totals *t)
{
    return (double)(t->count.visits_given + t->count.no_shows);
}

static const struct outcome row[] = {
    {"citizen.delivered_hours", "h per week", "Hours of planned visits given, per week.",
     OUTCOME_MORE, given_hours, weeks},
    {"citizen.delivered_share", "share",
     "Minutes given over minutes granted, missed visits included; above 1 where more "
     "is given than was granted.",
     OUTCOME_NEITHER, given, granted},
    {"citizen.unmet_share", "share",
     "Need not met over need of planned visits, missed visits included.", OUTCOME_LESS,
     visits_unmet, need},
    {"citizen.unmet_hours", "h per week",
     "Hours of need not met per week: of planned visits, missed ones included; of "
     "calls that left or were turned away; of cover, workers' hours wanted and not "
     "there; and the growth of the need of calls that wait (below zero where more is "
     "met than comes up).",
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
    {"citizen.acquaintance", "share",
     "Mean acquaintance of worker and client when a planned visit begins, temps "
     "with none.",
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
     "Usual provider: a client's visits to which the carer who came most came over all "
     "of them, in 14 days, each temp shift a carer of its own, what two carers do "
     "one visit; mean over visited clients (Breslau and Reeb 1975).",
     OUTCOME_MORE, upc, carer_clients},
    {"citizen.continuity_upc_daily", "index",
     "The same for clients with seven or more visits a week.", OUTCOME_MORE, upc_daily,
     carer_clients_daily},
    {"citizen.continuity_coc", "index",
     "Continuity of care: share of a client's other visits to which the same carer "
     "came, in 14 days; where each of n visits has one carer, (sum over carers of "
     "their visits squared - n) over n (n - 1); mean over clients with two or more "
     "visits (Bice and Boxerman 1977).",
     OUTCOME_MORE, coc, carer_repeated},
    {"citizen.continuity_coc_daily", "index",
     "The same for clients with seven or more visits a week.", OUTCOME_MORE, coc_daily,
     carer_repeated_daily},
    {"citizen.continuity_secon", "index",
     "Sequential continuity: comings of a carer who came to the visit before over all "
     "comings after the first visit (n - 1 where each of n visits has one carer), in "
     "14 days; mean over clients with two or more visits (Steinwachs 1979).",
     OUTCOME_MORE, secon, carer_repeated},
    {"citizen.continuity_secon_daily", "index",
     "The same for clients with seven or more visits a week.", OUTCOME_MORE, secon_daily,
     carer_repeated_daily},
    {"citizen.misfit_share", "share",
     "Distance between need and grant over the larger of both, summed over planned "
     "visits given: 0 where grants are what is needed, 1 where they have nothing in "
     "common with it.",
     OUTCOME_LESS, misfit, wider},
    {"citizen.codesign_talks", "per week",
     "Talks with clients about what the service should be, per week.", OUTCOME_NEITHER,
     codesign_talks, weeks},
    {"citizen.clash_share", "share",
     "Ways to planned visits that found another agency there over all such ways.",
     OUTCOME_LESS, clashes, visits_reached},
    {"citizen.present", "clients",
     "Time of clients who are there over time: their mean number.", OUTCOME_NEITHER,
     present, horizon},
    {"citizen.admissions", "per week", "Clients who come, per week.", OUTCOME_NEITHER,
     admissions, weeks},
    {"citizen.person_hours", "h per week",
     "Hours of planned visits given times the persons in the client (clients.*.people), "
     "per week.",
     OUTCOME_MORE, person_hours, weeks},
    {"citizen.person_unmet_hours", "h per week",
     "Hours of need of planned visits not met, missed ones included, times the persons "
     "in "
     "the client, per week.",
     OUTCOME_LESS, person_unmet_hours, weeks},
    {"citizen.substituted_share", "share",
     "Visits given by another than their usual worker, temps included, over visits "
     "given; "
     "0 without a timetable (planning.mode).",
     OUTCOME_LESS, substituted, visits_given},
    {"citizen.no_show_share", "share",
     "Planned visits to which nobody came over these and the visits given; they are "
     "neither "
     "given nor missed.",
     OUTCOME_LESS, no_shows, visits_kept},
    {"citizen.own_hours", "h per week",
     "Hours of citizens themselves that records take, journeys included, per week; no "
     "working time of the unit.",
     OUTCOME_LESS, own_hours, weeks},
    {"citizen.visits", "per week", "Planned visits given per week.", OUTCOME_NEITHER,
     visits_given, weeks},
};
const struct outcome_family tb__citizen_outcomes = {row, sizeof row / sizeof *row};
