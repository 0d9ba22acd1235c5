/* Dialogue: what is told and not written, what is lost between shifts, what talks cost and give, and
 * agencies that meet at a door; in small units where the numbers are known beforehand. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "random_scenario.h"
#include "scenario/scenario.h"
#include "tidsbruk/run.h"

enum { CLIENTS = 9, WORKERS = 8, WEEKS = 13 };

/* Every client is visited every day, nobody is ill, every visit calls for a journal. */
static tb_scenario *district(void)
{
    tb_scenario *s = NULL;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    put_item(s, "staff.crew.count", "8");
    put_item(s, "shifts.day.weekdays", "5");
    put(s, "shifts.day.saturdays", "5");
    put(s, "shifts.day.sundays", "5");
    put_item(s, "clients.old.count", "9");
    put(s, "clients.old.granted_hours", "3.5");
    put(s, "clients.old.need_ratio", "uniform(low=0.5, high=1.5)");
    put_item(s, "windows.morning.opens", "480");
    put(s, "windows.morning.closes", "720");
    put(s, "errors.per_visit", "0.2");
    put(s, "errors.unfamiliar_factor", "3");
    put_item(s, "obligations.journal.minutes", "4");
    put(s, "obligations.journal.channel", "either");
    put(s, "obligations.journal.read_probability", "1");
    put(s, "obligations.journal.value", "0.9");
    put(s, "regime.knowledge.acquaintance_gain", "0.1");
    return s;
}

static tb_scenario *with(const tb_scenario *s, const char *path, const char *value)
{
    tb_scenario *copy = NULL;

    cr_assert_eq(tb_scenario_copy(s, &copy, NULL), TB_OK);
    put(copy, path, value);
    return copy;
}

static tb_result *run(const tb_scenario *const *s, int n)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_result *r = NULL;
    tb_error err = {.status = TB_OK};

    plan.replications = 12;
    plan.weeks = WEEKS;
    plan.warmup = 6;
    cr_assert_eq(tb_run(s, n, &plan, &r, &err), TB_OK, "%s", err.message);
    return r;
}

static double value(const tb_result *r, int i, const char *name)
{
    tb_interval d;
    tb_error err = {.status = TB_OK};

    cr_assert_eq(tb_result_estimate(r, i, name, 0.95, &d, &err), TB_OK, "%s", err.message);
    return d.mean;
}

/* Half of what would be written is told in half the time: it is in nobody's way and nobody's help. */
Test(dialogue, what_is_told_takes_its_time_and_cannot_be_read)
{
    tb_scenario *s[3] = {district()};
    tb_result *r;

    s[1] = with(s[0], "regime.dialogue.oral_share", "0.5");
    put(s[1], "regime.dialogue.oral_pace", "0.5");
    s[2] = with(s[0], "regime.dialogue.oral_share", "1");
    r = run((const tb_scenario *const *)s, 3);
    cr_expect_float_eq(value(r, 0, "record.told"), 0, 0);
    cr_expect_float_eq(value(r, 1, "record.told_share"), 0.5, 0.02);
    cr_expect_float_eq(value(r, 1, "record.told") + value(r, 1, "record.written"),
                       value(r, 1, "citizen.visits"), 1e-9);
    /* minutes: 4 for what is written, 2 for what is told */
    cr_expect_float_eq(value(r, 1, "time.records_minutes") * WORKERS,
                       4 * value(r, 1, "record.written"), 1e-6);
    cr_expect_float_eq(value(r, 1, "time.dialogue_minutes") * WORKERS,
                       2 * value(r, 1, "record.told"), 1e-6);
    cr_expect_float_eq(value(r, 2, "record.told_share"), 1, 0);
    cr_expect(value(r, 0, "record.read") > value(r, 1, "record.read"));
    cr_expect(value(r, 1, "record.read") > 0);
    cr_expect_float_eq(value(r, 2, "record.read"), 0, 0);
    cr_expect(value(r, 2, "control.errors") > 1.05 * value(r, 0, "control.errors"));
    tb_result_free(r);
    for (int i = 0; i < 3; i++)
        tb_scenario_free(s[i]);
}

/* What is only told leaves nothing that control could look at. */
Test(dialogue, what_is_told_leaves_no_trail)
{
    tb_scenario *s[3] = {district()};
    tb_result *r;

    put(s[0], "obligations.journal.audited", "both");
    put(s[0], "regime.control.record_review", "0.5");
    s[1] = with(s[0], "regime.dialogue.oral_share", "1");
    s[2] = with(s[1], "obligations.journal.timing", "when_idle");
    r = run((const tb_scenario *const *)s, 3);
    cr_expect(value(r, 0, "control.found_share") > 0.4);
    cr_expect_float_eq(value(r, 1, "control.found_share"), 0, 0);
    cr_expect_float_eq(value(r, 2, "control.found_share"), 0, 0);
    tb_result_free(r);
    for (int i = 0; i < 3; i++)
        tb_scenario_free(s[i]);
}

/* Coordination is a straight line in the number of other agencies: a month is a third of thirteen
 * weeks, so that these hold three for each client. */
Test(dialogue, coordination_grows_with_agencies)
{
    static const char *const agencies[] = {"1", "2", "3", "6"};
    tb_scenario *s[4] = {district()};
    tb_result *r;

    put(s[0], "regime.dialogue.coordination_minutes", "7");
    for (int i = 1; i < 4; i++)
        s[i] = with(s[0], "clients.old.agencies", agencies[i]);
    r = run((const tb_scenario *const *)s, 4);
    for (int i = 0; i < 4; i++) {
        const double slope = 3.0 * CLIENTS * 7 / (WORKERS * WEEKS);

        cr_expect_float_eq(value(r, i, "time.coordination_minutes"),
                           slope * (atoi(agencies[i]) - 1), 1e-9);
        cr_expect_float_eq(value(r, i, "time.dialogue_minutes"),
                           value(r, i, "time.coordination_minutes"), 1e-9);
    }
    tb_result_free(r);
    for (int i = 0; i < 4; i++)
        tb_scenario_free(s[i]);
}

/* Two other agencies: 1 - (1 - p)^2 of the ways are in vain, half of p with so much coordination. A way
 * in vain is a missed visit and costs its minutes. */
Test(dialogue, clashes_become_fewer_with_coordination)
{
    tb_scenario *s[3] = {district()};
    tb_result *r;

    put(s[0], "clients.old.agencies", "3");
    put(s[0], "regime.dialogue.coordination_saved", "0.5");
    put(s[0], "regime.dialogue.clash_minutes", "6");
    s[1] = with(s[0], "regime.dialogue.clash_probability", "0.2");
    s[2] = with(s[1], "regime.dialogue.coordination_minutes", "10");
    r = run((const tb_scenario *const *)s, 3);
    cr_expect_float_eq(value(r, 0, "citizen.clash_share"), 0, 0);
    cr_expect_float_eq(value(r, 1, "citizen.clash_share"), 0.36, 0.015);
    cr_expect_float_eq(value(r, 2, "citizen.clash_share"), 0.19, 0.015);
    cr_expect_float_eq(value(r, 1, "citizen.missed_share"),
                       value(r, 1, "citizen.clash_share"), 1e-12);
    tb_result_free(r);
    put(s[1], "errors.per_visit", "0"); /* so that nobody reads */
    r = run((const tb_scenario *const *)&s[1], 1);
    cr_expect_float_eq(value(r, 0, "time.indirect_minutes") * WORKERS,
                       6 * value(r, 0, "citizen.clash_share") /
                           (1 - value(r, 0, "citizen.clash_share")) *
                           value(r, 0, "citizen.visits"),
                       1e-6);
    tb_result_free(r);
    for (int i = 0; i < 3; i++)
        tb_scenario_free(s[i]);
}

/* Talks with clients cost their minutes whatever they give; with effect 0 they give nothing. What twenty
 * minutes bring, forty bring once more of the rest, and next to none next to nothing. */
Test(dialogue, codesign_costs_and_fits)
{
    static const double minutes[] = {0, 20, 20, 40, 0.002};
    tb_scenario *s[5] = {district()};
    tb_result *r;
    double misfit;

    put(s[0], "clients.old.need_ratio", "0.6");
    s[1] = with(s[0], "regime.dialogue.codesign_minutes", "20");
    s[2] = with(s[1], "regime.dialogue.codesign_effect", "0.5");
    s[3] = with(s[2], "regime.dialogue.codesign_minutes", "40");
    s[4] = with(s[2], "regime.dialogue.codesign_minutes", "0.002");
    put(s[4], "regime.dialogue.codesign_effect", "0.99");
    r = run((const tb_scenario *const *)s, 5);
    for (int i = 0; i < 5; i++) /* one in a quarter */
        cr_expect_float_eq(value(r, i, "time.codesign_minutes"),
                           minutes[i] * CLIENTS / (WORKERS * WEEKS), 1e-9);
    misfit = value(r, 1, "citizen.misfit_share");
    cr_expect_float_eq(misfit, 0.4, 1e-6);
    cr_expect_float_eq(value(r, 0, "citizen.misfit_share"), misfit, 0);
    cr_expect_float_eq(value(r, 2, "citizen.misfit_share"), misfit / 2, 1e-6);
    cr_expect_float_eq(value(r, 3, "citizen.misfit_share"), misfit / 4, 1e-6);
    cr_expect_gt(value(r, 4, "citizen.misfit_share"), 0.999 * misfit);
    tb_result_free(r);
    for (int i = 0; i < 5; i++)
        tb_scenario_free(s[i]);
}

/* Half of the losses with ten minutes of talks; a report that all read and that tells three quarters
 * leaves a quarter. A lost handover doubles errors. */
Test(dialogue, handovers_are_lost_and_saved)
{
    tb_scenario *s[6] = {district()};
    tb_result *r;

    put(s[0], "regime.knowledge.acquaintance_gain", "1");
    put(s[0], "errors.unfamiliar_factor", "1");
    put(s[0], "regime.dialogue.handover_saved", "0.5");
    put(s[0], "regime.dialogue.handover_errors", "1");
    s[1] = with(s[0], "regime.dialogue.handover_loss", "0.8");
    s[2] = with(s[1], "regime.dialogue.minutes_per_shift", "10");
    s[3] = with(s[1], "regime.dialogue.handover_loss", "0.8");
    put_item(s[3], "obligations.report.trigger", "shift");
    put(s[3], "obligations.report.timing", "end_of_shift");
    put(s[3], "obligations.report.minutes", "1");
    put(s[3], "obligations.report.read_probability", "1");
    put(s[3], "obligations.report.value", "0.75");
    s[4] = with(s[1], "duty.handover_minutes", "10");
    s[5] = with(s[2], "duty.handover_minutes", "10");
    r = run((const tb_scenario *const *)s, 6);
    cr_expect_float_eq(value(r, 0, "staff.lost_handovers"), 0, 0);
    cr_expect_float_eq(value(r, 1, "staff.lost_handovers"), 0.8, 0.02);
    cr_expect_float_eq(value(r, 2, "staff.lost_handovers"), 0.4, 0.02);
    cr_expect_float_eq(value(r, 3, "staff.lost_handovers"), 0.2, 0.02);
    cr_expect_float_eq(value(r, 4, "staff.lost_handovers"),
                       value(r, 2, "staff.lost_handovers"), 0);
    cr_expect_float_eq(value(r, 5, "staff.lost_handovers"), 0.2, 0.02);
    for (int i = 0; i < 6; i++)
        cr_expect_float_eq(value(r, i, "control.errors"),
                           200 * (1 + value(r, i, "staff.lost_handovers")), 12);
    tb_result_free(r);
    for (int i = 0; i < 6; i++)
        tb_scenario_free(s[i]);
}
