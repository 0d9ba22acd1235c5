/* Cover beside calls and planned visits: who covers is there for them, and they for cover, at once. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "days.h"

/* So many workers from 8:00 to 16:00, Monday to Friday, and cover that wants one from 9:00 to 16:00. */
static tb_scenario *unit(const char *workers, const char *cover)
{
    char path[64];
    tb_scenario *s = empty_scenario();

    put(s, "horizon.weeks", "1");
    put(s, "staff.one.count", workers);
    put(s, "shifts.day.starts", "480");
    put(s, "shifts.day.minutes", "480");
    put(s, "shifts.day.weekdays", workers);
    snprintf(path, sizeof path, "services.%s.arrival", cover);
    put(s, path, "cover");
    snprintf(path, sizeof path, "services.%s.present", cover);
    put(s, path, "0 0 0 0 0 0 0 0 0 1 1 1 1 1 1 1 0 0 0 0 0 0 0 0");
    snprintf(path, sizeof path, "services.%s.unfinished", cover);
    put(s, path, "hand_over");
    return s;
}

/* At 9:00 somebody is wanted and somebody calls: each of the two who idle has one of both, whichever
 * is heard of first. */
Test(cover_beside, a_call_when_cover_steps_up)
{
    static const struct entry day[] = {
        {0, 480, 540, "idle"}, {0, 540, 570, "care_needed"}, {0, 570, 960, "idle"},
        {1, 480, 540, "idle"}, {1, 540, 960, "care_needed"},
    };
    static const char *const names[] = {"a_watch", "z_watch"};

    for (int i = 0; i < 2; i++) {
        tb_scenario *s = unit("2", names[i]);

        put(s, "services.call.arrival", "trace");
        put(s, "services.call.trace_minutes", "540");
        put(s, "services.call.minutes", "30");
        put(s, "services.call.priority", "2");
        EXPECT_DAY(s, day);
        cr_expect_eq(outcome(s, "citizen.unmet_hours"), 2 * 7, "%s", names[i]);
        tb_scenario_free(s);
    }
}

/* Eight visits of two hours by grant, which take half an hour: those of the morning fill the plan, those
 * of the afternoon are open. Who covers leaves for them where cover stands after visits. */
static tb_scenario *open_visits(const char *priority)
{
    tb_scenario *s = unit("1", "watch");

    put(s, "services.watch.priority", priority);
    put(s, "duty.overtime_limit_minutes", "0");
    put(s, "clients.old.count", "8");
    put(s, "clients.old.granted_hours", "10");
    put(s, "clients.old.visit_minutes", "120");
    put(s, "clients.old.need_ratio", "0.25");
    put(s, "regime.grants.fill", "0");
    put(s, "windows.morning.opens", "480");
    put(s, "windows.morning.closes", "500");
    put(s, "windows.noon.opens", "780");
    put(s, "windows.noon.closes", "930");
    return s;
}

Test(cover_beside, open_visits)
{
    static const struct entry day[] = {
        {0, 480, 510, "care_needed"}, {0, 510, 540, "care_needed"},
        {0, 540, 570, "care_needed"}, {0, 570, 600, "care_needed"},
        {0, 600, 780, "care_needed"}, {0, 780, 810, "care_needed"},
        {0, 810, 840, "care_needed"}, {0, 840, 870, "care_needed"},
        {0, 870, 960, "care_needed"},
    };
    tb_scenario *s = open_visits("7");

    EXPECT_DAY(s, day);
    cr_expect_eq(outcome(s, "citizen.missed_share"), 1 / 8.);
    tb_scenario_free(s);
}

/* A call of an hour at 8:40, when a visit is due at 9:00, and writing or cover until then may be interrupted: as
 * who idles does not take it before the visit, neither is who writes or covers called to it. */
Test(cover_beside, a_call_that_does_not_fit_before_the_visit)
{
    static const struct entry writes[] = {
        {0, 480, 510, "care_needed"},  {0, 510, 540, "records_away"},
        {0, 540, 570, "care_needed"},  {0, 570, 630, "care_needed"},
        {0, 630, 640, "records_away"}, {0, 640, 680, "records_away"},
        {0, 680, 960, "idle"},
    };
    static const struct entry covers[] = {
        {0, 480, 510, "care_needed"}, {0, 510, 540, "care_needed"},
        {0, 540, 570, "care_needed"}, {0, 570, 630, "care_needed"},
        {0, 630, 960, "care_needed"},
    };
    static const struct entry urgent[] = {
        {0, 480, 510, "care_needed"}, {0, 510, 520, "care_needed"},
        {0, 520, 580, "care_needed"}, {0, 580, 610, "care_needed"},
        {0, 610, 960, "care_needed"},
    };
    tb_scenario *s = unit("1", "watch");

    put(s, "services.watch.priority", "8");
    put(s, "services.watch.interruptible", "true");
    put(s, "services.call.arrival", "trace");
    put(s, "services.call.trace_minutes", "520");
    put(s, "services.call.minutes", "60");
    put(s, "services.call.priority", "7");
    put(s, "services.call.interrupts", "true");
    put(s, "clients.old.count", "2");
    put(s, "clients.old.granted_hours", "2.5");
    put(s, "clients.old.visit_minutes", "30");
    put(s, "windows.morning.opens", "480");
    put(s, "windows.morning.closes", "500");
    put(s, "windows.noon.opens", "540");
    put(s, "windows.noon.closes", "550");
    put(s, "obligations.note.minutes", "40");
    put(s, "obligations.note.timing", "when_idle");
    put(s, "obligations.note.interruptible", "true");
    put(s, "services.watch.present", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
    EXPECT_DAY(s, writes);
    put(s, "obligations.note.probability", "0");
    put(s, "services.watch.present", "0 0 0 0 0 0 0 0 1 1 1 1 1 1 1 1 0 0 0 0 0 0 0 0");
    EXPECT_DAY(s, covers);
    put(s, "services.call.priority", "5");
    EXPECT_DAY(s, urgent);
    tb_scenario_free(s);
}

/* Breaks of thirty minutes, spread over an hour: one is due at 11:45, the other at 12:15; over four hours, in
 * a shift of two, at the ends of its middle half. */
Test(cover_beside, breaks_that_are_spread)
{
    static const struct entry day[] = {
        {0, 480, 705, "idle"}, {0, 705, 735, "breaks"}, {0, 735, 960, "idle"},
        {1, 480, 735, "idle"}, {1, 735, 765, "breaks"}, {1, 765, 960, "idle"},
    };
    static const struct entry two_hours[] = {
        {0, 480, 510, "idle"}, {0, 510, 540, "breaks"}, {0, 540, 600, "idle"},
        {1, 480, 570, "idle"}, {1, 570, 600, "breaks"},
    };
    tb_scenario *s = unit("2", "watch");

    put(s, "duty.break_minutes", "30");
    put(s, "duty.break_spread_minutes", "60");
    put(s, "services.watch.present", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
    EXPECT_DAY(s, day);
    put(s, "duty.break_spread_minutes", "240");
    put(s, "shifts.day.minutes", "120");
    EXPECT_DAY(s, two_hours);
    tb_scenario_free(s);
}

/* With others_join, who is back from a visit joins, be the way to it none, or done. */
Test(cover_beside, who_was_with_a_client_joins)
{
    static const struct entry none[] = {
        {0, 480, 540, "care_needed"},  {0, 540, 570, "care_needed"},
        {0, 570, 960, "care_surplus"}, {1, 480, 540, "care_surplus"},
        {1, 540, 960, "care_needed"},
    };
    static const struct entry law[] = {
        {0, 480, 530, "care_needed"},  {0, 530, 540, "travel"},
        {0, 540, 570, "care_needed"},  {0, 570, 580, "travel"},
        {0, 580, 960, "care_surplus"}, {1, 480, 530, "care_surplus"},
        {1, 530, 960, "care_needed"},
    };
    tb_scenario *s = unit("1", "watch");

    put(s, "staff.one.role", "visitor");
    put(s, "shifts.day.role", "visitor");
    put(s, "staff.two.count", "1");
    put(s, "staff.two.role", "keeper");
    put(s, "shifts.keep.starts", "480");
    put(s, "shifts.keep.minutes", "480");
    put(s, "shifts.keep.weekdays", "1");
    put(s, "shifts.keep.role", "keeper");
    put(s, "services.watch.present", "0 0 0 0 0 0 0 0 1 1 1 1 1 1 1 1 0 0 0 0 0 0 0 0");
    put(s, "services.watch.others_join", "true");
    put(s, "services.watch.priority", "6");
    put(s, "clients.old.role", "visitor");
    put(s, "clients.old.count", "1");
    put(s, "clients.old.granted_hours", "2.5");
    put(s, "clients.old.visit_minutes", "30");
    put(s, "windows.morning.opens", "540");
    put(s, "windows.morning.closes", "600");
    put(s, "travel.leg", "10");
    EXPECT_DAY(s, none);
    put(s, "travel.kind", "law");
    EXPECT_DAY(s, law);
    tb_scenario_free(s);
}
