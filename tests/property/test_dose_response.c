/* Dose and response of every mechanism's main settings (dose.h). */
#include "dose.h"
#include "model/mechanisms/control.h"

static const char npm[] = "home_care/npm";

TestSuite(dose_response, .timeout = 240);

Test(dose_response, grants)
{
    static const struct dose rows[] = {
        {"regime.grants.binding", "0.4 0.6 0.8 1", "citizen.unmet_share", '+', NULL},
        {"regime.grants.fill", "0 0.1 0.3 0.6", "time.direct_surplus_share", '+', NULL},
        {"regime.grants.tolerance_minutes", "2 5 10 15", "record.deviations", '-', NULL},
        {"regime.grants.tolerance_minutes", "2 5 10 15", "time.obligation.deviation", '-',
         NULL},
        {"regime.grants.granularity", "minutes block", "record.deviations", '-', NULL},
        {"regime.grants.granularity", "minutes block frame none", "citizen.unmet_share",
         '-', "regime.grants.binding = 1"},
    };

    expect_doses(DOSES(npm, NULL, 16, rows));
}

Test(dose_response, records)
{
    static const struct dose rows[] = {
        {"regime.records.interoperability", "0 0.25 0.5 1", "record.copy_share", '-', NULL},
        {"regime.records.detail", "0.5 1 1.5 2", "time.records_share", '+', NULL},
        {"obligations.visit_registration.probability", "0 0.5 1",
         "time.obligation.visit_registration", '+', NULL},
        {"obligations.visit_registration.probability", "0 0.5 1",
         "time.development_share", '-', NULL},
        {"obligations.journal.minutes.mean", "1 2 4 6", "time.obligation.journal", '+',
         NULL},
        {"obligations.journal.probability", "0.1 0.25 0.45 0.9", "record.written", '+',
         NULL},
        {"obligations.journal.receivers", "1 2 3 5", "record.copy_share", '+', NULL},
        {"obligations.journal.reentry", "0 0.3 0.6 1", "record.copy_minutes", '+', NULL},
        {"obligations.journal.delay_cost", "0 0.05 0.2 1", "time.obligation.journal", '+',
         NULL},
        {"obligations.journal.timing", "at_once when_idle end_of_shift",
         "record.delay_hours", '+', NULL},
        {"obligations.journal.deadline_hours", "1 2 4 8", "record.late_share", '-', NULL},
        {"obligations.weekly_report.trigger", "month week shift visit",
         "time.obligation.weekly_report", '+', NULL},
        {"obligations.monthly_report.per", "unit worker client",
         "time.obligation.monthly_report", '+', NULL},
    };

    expect_doses(DOSES(npm, NULL, 16, rows));
}

/* What a record is worth to a colleague who does not know the client. Errors are frequent here, so
 * that few replications show them. */
Test(dose_response, reading)
{
    static const struct dose rows[] = {
        {"obligations.journal.read_probability", "0 0.3 0.6 1", "record.read", '+', NULL},
        {"obligations.journal.read_probability", "0 0.3 0.6 1", "control.errors", '-', NULL},
        {"obligations.journal.value", "0 0.3 0.6 0.9", "control.errors", '-', NULL},
        {"obligations.journal.lasts_days", "1 4 8 24", "record.read", '+', NULL},
        {"obligations.journal.read_minutes", "0 1 3 6", "time.indirect_share", '+', NULL},
        {"obligations.journal.channel", "written oral", "record.read", '-',
         "obligations.journal.oral_allowed = true"},
        {"regime.records.detail", "0.1 0.4 0.7 1", "control.errors", '-', NULL},
        {"regime.knowledge.acquaintance_gain", "0.2 0.5 1", "record.read", '-', NULL},
        {"obligations.journal.probability", "0 0.05 0.15 0.4", "control.errors", '-', NULL},
        {"errors.unfamiliar_factor", "1 2 4 8", "control.errors", '+', NULL},
        {"errors.familiar_days", "2 4 8 28", "control.errors", '-', NULL},
    };

    expect_doses(DOSES(npm,
                       "errors.per_visit = 0.1; errors.unfamiliar_factor = 4; "
                       "errors.familiar_days = 5; obligations.journal.value = 0.8",
                       16, rows));
}

Test(dose_response, control)
{
    static const struct dose rows[] = {
        {"regime.control.audits_per_month", "0 2 4 8", "control.audits", '+', NULL},
        {"regime.control.audits_per_month", "0 2 4 8", "time.control_share", '+', NULL},
        {"regime.control.audits_per_month", "0 2 4 8", "control.undetected_harm", '-', NULL},
        {"regime.control.audit_minutes", "0 60 120 240", "time.control_share", '+', NULL},
        {"regime.control.look_minutes", "0 1 2 4", "time.control_share", '+', NULL},
        {"regime.control.coverage", "0 0.1 0.2 0.4", "control.undetected_harm", '-', NULL},
        {"regime.control.detection", "0 0.3 0.6 0.9", "control.undetected_harm", '-', NULL},
        {"regime.control.record_review", "0 0.1 0.2 0.4", "control.undetected_harm", '-',
         NULL},
        {"regime.records.detail", "0 0.3 0.6 1", "control.undetected_harm", '-', NULL},
        {"regime.control.review_minutes", "0 0.05 0.2 1", "time.control_share", '+', NULL},
        {"regime.control.deterrence", "0 0.3 0.6 1", "control.misuse", '-', NULL},
        {"regime.control.inspection_minutes", "0 15 30 60", "time.control_share", '+', NULL},
        {"obligations.visit_registration.probability", "0 0.5 1",
         "control.undetected_harm", '-', NULL},
        {"obligations.journal.audited", "nothing both", "control.undetected_harm", '-',
         NULL},
        {"errors.found_by_chance", "0 0.2 0.5 0.9", "control.undetected_harm", '-', NULL},
        {"errors.per_visit", "0 0.01 0.02 0.05", "control.errors", '+', NULL},
        {"errors.misuse_per_visit", "0 0.01 0.02 0.05", "control.misuse", '+', NULL},
        {"regime.control.distrust_gain", "0 0.02 0.05 0.2", "control.audits", '+', NULL},
        {"regime.control.distrust_half_life_weeks", "0.5 1 2 4", "control.audits", '+',
         "regime.control.distrust_gain = 0.05"},
    };

    expect_doses(
        DOSES(npm,
              "errors.per_visit = 0.02; errors.misuse_per_visit = 0.02; "
              "regime.control.coverage = 0.1; regime.control.inspection_minutes = 5",
              16, rows));
}

Test(dose_response, discretion)
{
    static const struct dose rows[] = {
        {"regime.discretion.autonomy", "0 0.3 0.6 1", "citizen.unmet_share", '-', NULL},
        {"regime.discretion.time_cost", "-0.2 -0.1 0 0.1 0.2", "time.direct_share", '+',
         NULL},
        {"regime.discretion.time_cost", "-0.2 -0.1 0 0.1 0.2", "citizen.unmet_share", '+',
         NULL},
        {"regime.discretion.redistribution", "0 0.3 0.6 1", "citizen.moved_share", '+',
         NULL},
        {"regime.discretion.error_effect", "-0.6 -0.3 0 0.3 0.6", "control.errors", '+',
         NULL},
    };

    expect_doses(DOSES(npm, "regime.discretion.autonomy = 0.5; errors.per_visit = 0.05",
                       16, rows));
}

Test(dose_response, teams)
{
    static const struct dose rows[] = {
        {"regime.teams.meeting_minutes", "0 5 15 30", "time.meetings_share", '+', NULL},
        {"regime.dialogue.minutes_per_shift", "0 5 15 30", "time.dialogue_share", '+', NULL},
        {"regime.teams.pooling", "0 0.2 0.5 0.99", "time.administration_share", '-', NULL},
        {"regime.teams.pooling", "0 0.2 0.5 0.99", "time.indirect_share", '-', NULL},
        {"regime.teams.peer_support", "-0.6 -0.3 0 0.3 0.6", "control.errors", '-', NULL},
        {"shifts.evening.meeting_share", "0 0.3 0.6 1", "time.meetings_share", '+',
         "regime.teams.meeting_minutes = 20"},
    };

    expect_doses(DOSES(npm, "errors.per_visit = 0.05; regime.teams.meeting_minutes = 15",
                       16, rows));
}

/* What a team gives grows with the minutes of its meeting; so does what a handover saves. */
Test(dose_response, minutes_buy)
{
    static const struct dose rows[] = {
        {"regime.teams.meeting_minutes", "0 2 8 30", "time.administration_share", '-', NULL},
        {"regime.teams.meeting_minutes", "0 2 8 30", "control.errors", '-', NULL},
        {"shifts.evening.meeting_share", "0 0.3 1", "control.errors", '-',
         "regime.teams.meeting_minutes = 15"},
        {"regime.dialogue.codesign_minutes", "0 5 20 60", "citizen.misfit_share", '-', NULL},
        {"regime.knowledge.update_minutes", "0 2 8 30", "staff.competence", '+', NULL},
        {"duty.handover_minutes", "0 4 12 30", "staff.lost_handovers", '-', NULL},
    };

    expect_doses(DOSES(npm,
                       "errors.per_visit = 0.1; regime.teams.pooling = 0.4; "
                       "regime.teams.peer_support = 0.6; "
                       "regime.dialogue.codesign_effect = 0.5; "
                       "regime.knowledge.competence = 0.5; "
                       "regime.knowledge.update_gain = 0.9; "
                       "regime.dialogue.handover_loss = 0.6; "
                       "regime.dialogue.handover_saved = 0.5",
                       16, rows));
}

/* Acquaintance grows and fades here, and errors come often of not knowing the client. */
Test(dose_response, acquaintance)
{
    static const struct dose rows[] = {
        {"regime.knowledge.acquaintance_gain", "0 0.1 0.3 1", "citizen.acquaintance", '+',
         NULL},
        {"regime.knowledge.acquaintance_gain", "0 0.1 0.3 1", "control.errors", '-', NULL},
        {"regime.knowledge.acquaintance_half_life_days", "2 7 14 28",
         "citizen.acquaintance", '+', NULL},
        {"regime.knowledge.records_on_acquaintance", "-1 -0.5 0 0.5 1",
         "citizen.acquaintance", '-', "obligations.visit_registration.minutes.mean = 5"},
        {"obligations.visit_registration.minutes.mean", "0.5 3 9", "citizen.acquaintance",
         '-', "regime.knowledge.records_on_acquaintance = 1"},
        {"regime.knowledge.unfamiliar_time", "-0.2 -0.1 0 0.1 0.2", "citizen.unmet_share",
         '+', NULL},
        {"planning.continuity", "0 30 300", "citizen.acquaintance", '+', NULL},
        {"planning.continuity", "0 30 300", "citizen.continuity_upc", '+', NULL},
        {"planning.continuity", "0 30 300", "citizen.continuity_coc", '+', NULL},
        {"planning.continuity", "0 30 300", "citizen.continuity_secon", '+', NULL},
    };

    expect_doses(DOSES(npm,
                       "errors.per_visit = 0.1; errors.unfamiliar_factor = 4; "
                       "regime.knowledge.acquaintance_gain = 0.2; "
                       "regime.knowledge.acquaintance_half_life_days = 14",
                       16, rows));
}

/* Competence is half gone when life begins, and goes on fading. */
Test(dose_response, competence)
{
    static const struct dose rows[] = {
        {"regime.knowledge.competence", "0.1 0.4 0.7 1", "staff.competence", '+', NULL},
        {"regime.knowledge.competence_half_life_weeks", "2 8 30 100", "staff.competence",
         '+', NULL},
        {"regime.knowledge.training_minutes", "0 15 30 60", "time.training_share", '+',
         NULL},
        {"regime.knowledge.training_minutes", "0 15 30 60", "staff.competence", '+', NULL},
        {"regime.knowledge.training_minutes", "0 15 30 60", "control.errors", '-',
         "regime.knowledge.training_gain = 0.4"},
        {"regime.knowledge.training_gain", "0 0.2 0.5 0.9", "staff.competence", '+', NULL},
        {"regime.knowledge.update_minutes", "0 10 20 40", "time.updates_minutes", '+', NULL},
        {"regime.knowledge.update_gain", "0 0.3 0.6 0.9", "staff.competence", '+', NULL},
        {"regime.knowledge.update_half_life_weeks", "1 4 12", "staff.competence", '-', NULL},
        {"regime.knowledge.sparring_minutes", "0 2 5 10", "time.training_share", '+', NULL},
        {"regime.knowledge.sparring_gain", "0 0.1 0.3 0.6", "staff.competence", '+', NULL},
        {"regime.knowledge.sparring_errors", "-0.8 -0.4 0 0.4 0.8", "control.errors", '+',
         "regime.knowledge.sparring_minutes = 30"},
        {"regime.knowledge.unskilled_time", "-0.2 -0.1 0 0.1 0.2", "citizen.unmet_share",
         '+', NULL},
        {"regime.knowledge.unskilled_errors", "-0.6 -0.3 0 0.5 1", "control.errors", '+',
         NULL},
    };

    expect_doses(DOSES(npm,
                       "errors.per_visit = 0.1; regime.knowledge.competence = 0.5; "
                       "regime.knowledge.competence_half_life_weeks = 52; "
                       "regime.knowledge.training_minutes = 30; "
                       "regime.knowledge.training_gain = 0.3; "
                       "regime.knowledge.update_minutes = 20; "
                       "regime.knowledge.update_gain = 0.5; "
                       "regime.knowledge.sparring_minutes = 2; "
                       "regime.knowledge.sparring_gain = 0.1; "
                       "regime.knowledge.unskilled_errors = 1",
                       16, rows));
}

Test(dose_response, dialogue)
{
    static const struct dose rows[] = {
        {"regime.dialogue.minutes_per_shift", "0 5 15 30", "time.dialogue_share", '+', NULL},
        {"regime.dialogue.oral_share", "0 0.3 0.6 1", "record.told", '+', NULL},
        {"regime.dialogue.oral_share", "0 0.3 0.6 1", "time.dialogue_share", '+', NULL},
        {"regime.dialogue.oral_share", "0 0.3 0.6 1", "time.records_share", '-', NULL},
        {"regime.dialogue.oral_share", "0 0.3 0.6 1", "record.read", '-', NULL},
        {"regime.dialogue.oral_share", "0 0.5 1", "control.errors", '+', NULL},
        {"regime.dialogue.oral_pace", "0 0.5 1 2", "time.dialogue_share", '+',
         "regime.dialogue.oral_share = 0.5"},
        {"regime.dialogue.handover_loss", "0 0.2 0.5 1", "staff.lost_handovers", '+', NULL},
        {"regime.dialogue.handover_loss", "0 0.2 0.5 1", "control.errors", '+', NULL},
        {"regime.dialogue.handover_saved", "0 0.3 0.6 0.9", "staff.lost_handovers", '-',
         "regime.dialogue.minutes_per_shift = 6"},
        {"regime.dialogue.minutes_per_shift", "0 5 15 30", "staff.lost_handovers", '-',
         NULL},
        {"regime.dialogue.handover_errors", "-0.8 -0.4 0 0.5 1", "control.errors", '+',
         NULL},
        {"obligations.shift_report.value", "0 0.3 0.6 1", "staff.lost_handovers", '-', NULL},
        {"regime.dialogue.codesign_minutes", "0 10 20 40", "time.codesign_minutes", '+',
         NULL},
        {"regime.dialogue.codesign_effect", "-0.8 -0.4 0 0.4 0.8", "citizen.misfit_share",
         '-', NULL},
        {"regime.dialogue.codesign_every", "year quarter month", "citizen.codesign_talks",
         '+', NULL},
        {"clients.home.agencies", "1 2 3 5", "time.coordination_minutes", '+', NULL},
        {"regime.dialogue.coordination_minutes", "0 5 10 20", "time.coordination_minutes",
         '+', NULL},
        {"regime.dialogue.coordination_minutes", "0 5 10 20", "citizen.clash_share", '-',
         NULL},
        {"regime.dialogue.coordination_saved", "0 0.3 0.6 0.9", "citizen.clash_share",
         '-', NULL},
        {"regime.dialogue.clash_probability", "0 0.05 0.1 0.2", "citizen.clash_share",
         '+', NULL},
        {"regime.dialogue.clash_probability", "0 0.05 0.1 0.2", "citizen.unmet_share",
         '+', NULL},
        {"regime.dialogue.clash_minutes", "0 5 10 20", "time.indirect_share", '+', NULL},
    };

    expect_doses(DOSES(npm,
                       "errors.per_visit = 0.1; errors.unfamiliar_factor = 6; "
                       "obligations.journal.channel = either; "
                       "obligations.journal.oral_allowed = true; "
                       "obligations.journal.value = 0.8; "
                       "regime.knowledge.acquaintance_gain = 0.2; "
                       "regime.dialogue.handover_loss = 0.5; "
                       "regime.dialogue.handover_saved = 0.5; "
                       "regime.dialogue.handover_errors = 1; "
                       "obligations.shift_report.read_probability = 1; "
                       "regime.dialogue.codesign_minutes = 5; clients.home.agencies = 3; "
                       "regime.dialogue.coordination_minutes = 5; "
                       "regime.dialogue.coordination_saved = 0.5; "
                       "regime.dialogue.clash_probability = 0.05",
                       16, rows));
}

/* Short spells, so that few replications hold many of them. */
Test(dose_response, wellbeing)
{
    static const struct dose rows[] = {
        {"regime.wellbeing.strain_on_absence", "-0.6 -0.3 0 0.3 0.6",
         "staff.absence_share", '+', NULL},
        {"regime.wellbeing.autonomy_on_absence", "-0.6 -0.3 0 0.3 0.6",
         "staff.absence_share", '+', "regime.discretion.autonomy = 1"},
        {"regime.wellbeing.meetings_on_absence", "-0.4 -0.2 0 0.2 0.4",
         "staff.absence_share", '+', "regime.teams.meeting_minutes = 30"},
        {"regime.wellbeing.overtime_on_strain", "0 5 10 20", "staff.strain", '+', NULL},
        {"regime.wellbeing.pressure_on_strain", "0 5 10 20", "staff.strain", '+', NULL},
        {"regime.wellbeing.records_on_strain", "0 0.5 1 2", "staff.strain", '+', NULL},
        {"regime.wellbeing.strain_half_life_weeks", "1 4 8 26", "staff.strain", '-', NULL},
    };

    expect_doses(DOSES(npm, "absence.days_between = 16; absence.spell_days = 2", 16, rows));
}

Test(dose_response, absence)
{
    static const struct dose rows[] = {
        {"absence.days_between", "10 20 40 80", "staff.absence_share", '-', NULL},
        {"absence.spell_days", "1 2 4 8", "staff.absence_share", '+', NULL},
        {"absence.fill", "0 0.3 0.6 1", "staff.temp_share", '+', NULL},
        {"absence.fill", "0 0.25 0.5 0.75", "citizen.missed_share", '-', NULL},
        {"absence.fill", "0 0.3 0.6 1", "staff.full_strength_share", '+', NULL},
        {"absence.temp_pace", "0.8 1 1.3 1.6", "citizen.unmet_share", '+', NULL},
        {"absence.temp_pace", "0.8 1 1.3 1.6", "time.direct_share", '+', NULL},
    };

    expect_doses(DOSES(npm, "absence.days_between = 16; absence.spell_days = 2", 24, rows));
}

/* Routes run late here: need is a fifth above the grant and grants bind less. */
Test(dose_response, visits)
{
    static const struct dose rows[] = {
        {"visits.pressure_shortening", "0 0.05 0.1 0.2", "citizen.unmet_share", '+', NULL},
        {"visits.pressure_shortening", "0 0.2 0.4 0.8", "citizen.late_share", '-', NULL},
        {"visits.pressure_from_minutes", "0 15 30 60", "staff.strain", '-', NULL},
        {"visits.pressure_full_minutes", "15 30 60 120", "staff.strain", '-',
         "regime.wellbeing.overtime_on_strain = 0"},
        {"visits.late_after_minutes", "0 15 30 60", "citizen.late_share", '-', NULL},
        {"clients.home.need_ratio.mean", "0.8 1 1.2 1.4", "citizen.unmet_share", '+', NULL},
        {"clients.home.need_variation.cv", "0.2 0.4 0.6 0.8", "citizen.cut_share", '-',
         NULL},
        {"clients.home.count", "250 275 300 325", "citizen.missed_share", '+', NULL},
        {"clients.home.count", "150 175 200 225", "time.development_share", '-', NULL},
        {"shifts.day.weekdays", "14 16 18 20", "citizen.late_share", '-', NULL},
        {"shifts.day.weekdays", "12 14 16 18", "citizen.missed_share", '-', NULL},
        {"travel.leg.mean", "3 6 9 12", "time.travel_share", '+', NULL},
        {"planning.continuity", "0 30 100 300", "citizen.carers_14d", '-', NULL},
        {"planning.lateness", "0 0.05 0.2 1", "citizen.late_share", '-', NULL},
        {"planning.travel", "0 0.5 2 8", "time.travel_share", '-',
         "travel.kind = map; travel.radius_minutes = 12"},
        {"travel.radius_minutes", "3 6 9 12", "time.travel_share", '+', "travel.kind = map"},
    };

    expect_doses(DOSES(
        npm, "clients.home.need_ratio.mean = 1.2; regime.grants.binding = 0.4", 16, rows));
}

Test(dose_response, duty)
{
    static const struct dose rows[] = {
        {"duty.break_minutes", "0 15 30 45", "time.breaks_share", '+', NULL},
        {"duty.handover_minutes", "0 6 12 24", "time.indirect_share", '+', NULL},
        {"duty.administration_minutes", "0 10 20 40", "time.administration_share", '+',
         NULL},
        {"duty.meeting_minutes_per_week", "0 30 60 90", "time.meetings_share", '+', NULL},
        {"duty.development_from_minutes", "5 15 30 60", "time.development_share", '-', NULL},
        {"duty.overtime_limit_minutes", "0 15 30 60", "staff.overtime_hours", '+', NULL},
        {"duty.overtime_limit_minutes", "0 5 10 20", "citizen.missed_share", '-', NULL},
        {"duty.unfinished_records", "overtime postpone", "record.backlog_minutes", '+',
         NULL},
        {"duty.unfinished_records", "overtime postpone", "staff.overtime_hours", '-', NULL},
        {"visits.unfinished", "drop postpone", "citizen.missed_share", '-',
         "clients.home.count = 250; clients.home.need_ratio.mean = 1.5"},
        {"visits.unfinished", "drop overtime", "staff.overtime_hours", '+',
         "clients.home.count = 250; clients.home.need_ratio.mean = 1.5"},
    };

    expect_doses(DOSES(npm, "clients.home.count = 290", 24, rows));
}

/* One incident raises audits, and the rise halves in the half-life. */
Test(dose_response, half_life_of_distrust)
{
    enum { HALF_LIFE = 6 };
    const struct control c = {.audits_per_month = 400,
                              .distrust_gain = 0.7,
                              .distrust_half_life_weeks = HALF_LIFE};
    const double decay = exp2(-1 / c.distrust_half_life_weeks);
    struct control_state calm = {0}, alarmed = {0};
    double first = 0;

    tb__control_incident(&c, &alarmed);
    for (int week = 0; week <= 4 * HALF_LIFE; week++) {
        const int rise =
            tb__control_week(&c, &alarmed, decay) - tb__control_week(&c, &calm, decay);

        if (!week)
            cr_assert_geq(first = rise, 60);
        cr_expect_float_eq(rise, first * exp2(-(double)week / HALF_LIFE), 1.5,
                           "week %d: %d", week, rise); /* whole audits */
    }
}

enum { LOOP_WEEKS = 60, LOOP_REPLICATIONS = 16 };

/* Mean audits of the weeks [from, to) of a scenario, and the most of any week. */
static double audits_of(const tb_result *r, int scenario, int from, int to, double *most)
{
    const double *column = tb_result_column(r, tb_result_find(r, "control.audits"), 0);
    double sum = 0;

    *most = 0;
    for (int k = 0; k < LOOP_REPLICATIONS; k++)
        for (int week = from; week < to; week++) {
            const double audits =
                column[(scenario * LOOP_REPLICATIONS + k) * LOOP_WEEKS + week];
            sum += audits;
            *most = audits > *most ? audits : *most;
        }
    return sum / (LOOP_REPLICATIONS * (to - from));
}

/* Control finds incidents, which raise control. A week has some 11.8 errors and misuses; a unit of
 * distrust lets audits find 0.0144 of them more (coverage 0.02 x 2 audits x detection 0.5, of what
 * chance and records leave over) and lasts 12 weeks: the loop gain is 2 x distrust_gain. */
Test(dose_response, loop_of_distrust)
{
    static const char *const gains[] = {"0", "0.1", "0.7", "10"};
    tb_scenario *unit[4];
    tb_plan plan = TB_PLAN_INIT;
    tb_error err = {0};
    tb_result *r;
    double early[4], late[4], most[4], ignored;

    plan.replications = LOOP_REPLICATIONS;
    plan.weeks = LOOP_WEEKS;
    plan.warmup = 0;
    plan.weekly = 1;
    for (int i = 0; i < 4; i++) {
        cr_assert_eq(tb_scenario_preset(npm, &unit[i], NULL), TB_OK);
        give(unit[i], "regime.control.distrust_gain", gains[i]);
    }
    cr_assert_eq(tb_run((const tb_scenario *const *)unit, 4, &plan, &r, &err), TB_OK,
                 "%s", err.message);
    for (int i = 0; i < 4; i++) {
        early[i] = audits_of(r, i, LOOP_WEEKS / 2, LOOP_WEEKS * 3 / 4, &ignored);
        late[i] = audits_of(r, i, LOOP_WEEKS * 3 / 4, LOOP_WEEKS, &most[i]);
        fprintf(stderr,
                "distrust_gain %-4s audits a week %6.2f, then %6.2f, at most %.0f\n",
                gains[i], early[i], late[i], most[i]);
    }
    cr_expect_float_eq(late[0], 0.5, 0.1, "no gain: as many as said");
    cr_expect(late[1] > 3 * late[0] && fabs(late[1] / early[1] - 1) < 0.15,
              "loop gain 0.2: more audits, and it settles");
    cr_expect(
        late[2] > 7 * 1.2 * late[1] && most[2] < 200,
        "loop gain 1.4: more than in proportion, until audits find all that there is");
    cr_expect(most[3] == 200, "a runaway loop is bounded");
    tb_result_free(r);
    for (int i = 0; i < 4; i++)
        tb_scenario_free(unit[i]);
}
