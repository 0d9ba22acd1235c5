/* More doses and responses than every run of the tests can wait for (dose.h): the main settings again
 * under the other regime, and settings of plans, of the way and of pool services. */
#include "dose.h"

static const char npm[] = "home_care/npm", trust[] = "home_care/trust";

TestSuite(dose_long, .timeout = 3000);

Test(dose_long, trust)
{
    static const struct dose rows[] = {
        {"regime.grants.binding", "0.2 0.4 0.6 0.8 1", "citizen.unmet_share", '+', NULL},
        {"regime.grants.fill", "0 0.1 0.3 0.6", "time.direct_surplus_share", '+', NULL},
        {"regime.grants.granularity", "minutes block frame none", "citizen.unmet_share",
         '-', NULL},
        {"regime.records.interoperability", "0 0.3 0.6 1", "record.copy_share", '-',
         "obligations.journal.receivers = 3"},
        {"regime.control.audits_per_month", "0 1 2 4 8", "time.control_share", '+', NULL},
        {"regime.control.audits_per_month", "0 4 8 16", "control.undetected_harm", '-',
         NULL},
        {"regime.control.record_review", "0 0.1 0.2 0.4", "control.undetected_harm", '-',
         NULL},
        {"regime.discretion.autonomy", "0 0.3 0.6 0.9", "citizen.unmet_share", '-', NULL},
        {"regime.discretion.time_cost", "-0.2 -0.1 0 0.1 0.2", "time.direct_share", '+',
         "regime.discretion.autonomy = 0.3"},
        {"regime.discretion.time_cost", "-0.2 -0.1 0 0.1 0.2", "citizen.unmet_share", '+',
         "regime.discretion.autonomy = 0.3"},
        {"regime.discretion.time_cost", "-0.2 -0.1 0 0.1 0.2", "staff.overtime_hours",
         '+', "regime.discretion.autonomy = 0.3"},
        {"regime.discretion.error_effect", "-0.6 -0.3 0 0.3 0.6", "control.errors", '+',
         "regime.discretion.autonomy = 0.3"},
        {"regime.teams.meeting_minutes", "0 5 15 30", "time.meetings_share", '+', NULL},
        {"regime.teams.meeting_minutes", "0 5 15 30", "time.development_share", '-', NULL},
        {"regime.dialogue.minutes_per_shift", "0 5 15 30", "time.dialogue_share", '+', NULL},
        {"regime.teams.pooling", "0 0.2 0.5 0.99", "time.administration_share", '-', NULL},
        {"regime.teams.peer_support", "-0.4 -0.2 0 0.2 0.4", "control.errors", '-', NULL},
        {"regime.wellbeing.strain_on_absence", "-2 -1 0 1 2", "staff.absence_share", '+',
         NULL},
        {"regime.wellbeing.autonomy_on_absence", "-0.6 -0.3 0 0.3 0.6",
         "staff.absence_share", '+', "regime.discretion.autonomy = 0.3"},
        {"regime.wellbeing.meetings_on_absence", "-0.3 -0.15 0 0.15 0.3",
         "staff.absence_share", '+', NULL},
        {"obligations.weekly_plan.probability", "0 0.1 0.3 1", "time.records_share", '+',
         NULL},
    };
    struct doses t = {trust, NULL, 40, 13, 6, rows, sizeof rows / sizeof *rows};

    expect_doses(&t);
}

/* The way and the plan, where routes are long. */
Test(dose_long, plans)
{
    static const struct dose rows[] = {
        {"planning.lateness", "0 0.05 0.2 1", "citizen.late_share", '-', NULL},
        {"planning.load", "0 0.03", "citizen.late_share", '-', NULL},
        {"planning.continuity", "0 10 30 100 300", "citizen.carers_14d_daily", '-', NULL},
        {"planning.travel", "0 0.5 2 8", "time.travel_share", '-', "travel.kind = map"},
        {"travel.radius_minutes", "3 6 12 24", "time.travel_share", '+',
         "travel.kind = map"},
        {"clients.home.granted_hours.median", "0.8 1 1.2 1.4", "citizen.late_share", '+',
         NULL},
        {"clients.home.visit_minutes.mean", "20 25 32 40", "time.travel_share", '-', NULL},
        {"clients.home.two_carers", "0 0.2 0.5 1", "citizen.carers_14d", '+', NULL},
        {"shifts.evening.weekdays", "6 7 8 9", "citizen.missed_share", '-', NULL},
        {"staff.carer.count", "40 52 64 80", "citizen.carers_14d", '+', NULL},
    };
    struct doses t = {npm,  "clients.home.count = 275", 60, 13, 8,
                      rows, sizeof rows / sizeof *rows};

    expect_doses(&t);
}

/* A textbook queue. */
Test(dose_long, services)
{
    static const struct dose rows[] = {
        {"services.contact.per_hour", "12 15 18 21", "citizen.wait.contact", '+', NULL},
        {"services.contact.minutes.mean", "7 8 9 10", "citizen.wait.contact", '+', NULL},
        {"services.contact.return_probability", "0 0.05 0.1 0.15",
         "citizen.services.contact", '+', NULL},
        {"services.contact.return_probability", "0 0.05 0.1 0.15",
         "citizen.sojourn.contact", '+', NULL},
        {"staff.server.count", "4 5 6 7", "citizen.wait.contact", '-', NULL},
    };
    struct doses t = {"textbook/mmc", NULL, 20, 13, 1, rows, sizeof rows / sizeof *rows};

    expect_doses(&t);
}
