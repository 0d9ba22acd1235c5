/* Cover, minute by minute: days whose answer can be told by hand. */
#include <criterion/criterion.h>
#include <string.h>

#include "days.h"

/* One shift from 7:00 to 15:00, one from 10:00 to 18:00, and someone is present from 8:00 to 18:00:
 * one of them is wanted, from 9:00 to 12:00 two. */
static tb_scenario *two_shifts(void)
{
    static const char *const lines[][2] = {
        {"horizon.weeks", "1"},
        {"staff.one.count", "1"},
        {"staff.one.role", "a"},
        {"staff.two.count", "1"},
        {"staff.two.role", "b"},
        {"shifts.early.starts", "420"},
        {"shifts.early.minutes", "480"},
        {"shifts.early.weekdays", "1"},
        {"shifts.early.role", "a"},
        {"shifts.late.starts", "600"},
        {"shifts.late.minutes", "480"},
        {"shifts.late.weekdays", "1"},
        {"shifts.late.role", "b"},
        {"services.watch.arrival", "cover"},
        {"services.watch.each", "4"},
        {"services.watch.present", "0 0 0 0 0 0 0 0 3 8 5 8 4 4 2 1 2 2 0 0 0 0 0 0"},
    };
    tb_scenario *s = empty_scenario();

    for (size_t i = 0; i < COUNT_OF(lines); i++)
        put(s, lines[i][0], lines[i][1]);
    return s;
}

/* One worker from 8:00 to 16:00, wanted from 8:00 to 17:00. */
static tb_scenario *alone(void)
{
    static const char *const lines[][2] = {
        {"horizon.weeks", "1"},
        {"staff.one.count", "1"},
        {"shifts.day.starts", "480"},
        {"shifts.day.minutes", "480"},
        {"shifts.day.weekdays", "1"},
        {"services.watch.arrival", "cover"},
        {"services.watch.unfinished", "hand_over"},
        {"services.watch.present", "0 0 0 0 0 0 0 0 1 1 1 1 1 1 1 1 1 0 0 0 0 0 0 0"},
    };
    tb_scenario *s = empty_scenario();

    for (size_t i = 0; i < COUNT_OF(lines); i++)
        put(s, lines[i][0], lines[i][1]);
    return s;
}

/* Exactly: sums of whole hours. */
static void expect_hours(const tb_scenario *s, double wanted, double covered)
{
    cr_expect_eq(outcome(s, "citizen.uncovered_hours.watch"), wanted - covered, "%.17g",
                 outcome(s, "citizen.uncovered_hours.watch"));
    cr_expect_eq(outcome(s, "citizen.covered_share.watch"), covered / wanted, "%.17g",
                 outcome(s, "citizen.covered_share.watch"));
    cr_expect_eq(outcome(s, "citizen.unmet_hours"), wanted - covered);
}

Test(cover, steps)
{
    static const struct entry day[] = {
        {0, 420, 480, "idle"},
        {0, 480, 720, "care_needed"},
        {0, 720, 900, "idle"},
        {1, 600, 1080, "care_needed"},
    };
    tb_scenario *s = two_shifts();

    EXPECT_DAY(s, day);
    expect_hours(s, 7 * 13, 5 * 12);
    tb_scenario_free(s);
}

/* The first break waits for the step down, the second for somebody who idles: they change places. Who
 * then covers at the end of the shift is relieved, too. */
Test(cover, breaks_are_relieved)
{
    static const struct entry day[] = {
        {0, 420, 480, "idle"},         {0, 480, 720, "care_needed"},
        {0, 720, 750, "breaks"},       {0, 750, 840, "idle"},
        {0, 840, 900, "care_needed"},  {1, 600, 840, "care_needed"},
        {1, 840, 870, "breaks"},       {1, 870, 900, "idle"},
        {1, 900, 1080, "care_needed"},
    };
    tb_scenario *s = two_shifts();

    put(s, "duty.break_minutes", "30");
    EXPECT_DAY(s, day);
    expect_hours(s, 7 * 13, 5 * 12);
    cr_expect_eq(outcome(s, "staff.forgone_breaks"), 0);
    tb_scenario_free(s);
}

/* Who is never relieved goes without. */
Test(cover, a_break_forgone)
{
    static const struct entry day[] = {{0, 480, 960, "care_needed"}};
    tb_scenario *s = alone();

    put(s, "duty.break_minutes", "30");
    EXPECT_DAY(s, day);
    expect_hours(s, 7 * 9, 5 * 8);
    cr_expect_eq(outcome(s, "staff.forgone_breaks"), 1);
    tb_scenario_free(s);
}

/* The break is taken before somebody is wanted, and lasts beyond: what lacks is uncovered. */
Test(cover, an_overhang)
{
    static const struct entry day[] = {
        {0, 480, 720, "idle"}, {0, 720, 765, "breaks"}, {0, 765, 960, "care_needed"}};
    tb_scenario *s = alone();

    put(s, "duty.break_minutes", "45");
    put(s, "services.watch.present",
        "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1 1 1 1 1 1 1 1 0 0 0 0 0 0 "
        "0 "
        "0 0 0 0 0 0 0");
    EXPECT_DAY(s, day);
    expect_hours(s, 7 * 4.5, 5 * 3.25);
    tb_scenario_free(s);
}

/* Overtime until the limit, since nobody takes over; paper that cover left no time for comes then. */
Test(cover, nobody_takes_over)
{
    static const struct entry day[] = {{0, 480, 1005, "care_needed"},
                                       {0, 1005, 1015, "administration"}};
    tb_scenario *s = alone();

    put(s, "services.watch.unfinished", "overtime");
    put(s, "duty.overtime_limit_minutes", "45");
    put(s, "duty.administration_minutes", "10");
    EXPECT_DAY(s, day);
    expect_hours(s, 7 * 9, 5 * 8.75);
    cr_expect_eq(outcome(s, "staff.overtime_hours"), 5 * 55 / 60.);
    tb_scenario_free(s);
}

/* The late shift opens with a quarter of an hour of handover, in which the early one stays on. */
Test(cover, handed_over)
{
    static const struct entry stays[] = {
        {0, 465, 480, "indirect"}, {0, 480, 975, "care_needed"},
        {1, 960, 975, "indirect"}, {1, 975, 1020, "care_needed"},
        {1, 1020, 1200, "idle"},
    };
    static const struct entry goes[] = {
        {0, 465, 480, "indirect"}, {0, 480, 960, "care_needed"},
        {1, 960, 975, "indirect"}, {1, 975, 1020, "care_needed"},
        {1, 1020, 1200, "idle"},
    };
    static const char *const lines[][2] = {
        {"staff.one.role", "a"},        {"staff.two.count", "1"},
        {"staff.two.role", "b"},        {"shifts.day.role", "a"},
        {"shifts.day.starts", "465"},   {"shifts.day.minutes", "495"},
        {"shifts.late.role", "b"},      {"shifts.late.starts", "960"},
        {"shifts.late.minutes", "240"}, {"shifts.late.weekdays", "1"},
        {"duty.handover_minutes", "15"}};
    tb_scenario *s = alone();

    for (size_t i = 0; i < COUNT_OF(lines); i++)
        put(s, lines[i][0], lines[i][1]);
    EXPECT_DAY(s, goes);
    expect_hours(s, 7 * 9, 5 * 8.75);
    put(s, "services.watch.unfinished", "overtime");
    EXPECT_DAY(s, stays);
    expect_hours(s, 7 * 9, 5 * 9);
    tb_scenario_free(s);
}

/* A call at 9:00 takes the only one away from cover, for twenty minutes, if it may. */
Test(cover, called_away)
{
    static const struct entry away[] = {{0, 480, 540, "care_needed"},
                                        {0, 540, 560, "care_needed"},
                                        {0, 560, 960, "care_needed"}};
    static const struct entry stays[] = {{0, 480, 960, "care_needed"}};
    tb_scenario *s = alone();

    put(s, "services.call.arrival", "trace");
    put(s, "services.call.trace_minutes", "540");
    put(s, "services.call.minutes", "20");
    put(s, "services.call.priority", "2");
    put(s, "services.call.interrupts", "true");
    put(s, "services.watch.interruptible", "true");
    EXPECT_DAY(s, away);
    cr_expect_eq(outcome(s, "citizen.uncovered_hours.watch"), 7 * 9 - 5 * 8 + 1 / 3.);
    put(s, "services.watch.interruptible", "false");
    EXPECT_DAY(s, stays); /* the call waits until the next shift begins */
    cr_expect_eq(outcome(s, "citizen.uncovered_hours.watch"), 7 * 9 - 5 * 8 + 1 / 3.);
    tb_scenario_free(s);
}

/* A call lasts from 15:30 to 18:30, past the end of the shift. Cover of higher priority is wanted again from
 * 16:30, or from 18:00, when the limit of overtime has passed, too: nobody is called in to it after the
 * shift. */
Test(cover, nobody_is_called_in_after_the_shift)
{
    static const struct entry day[] = {{0, 480, 540, "care_needed"},
                                       {0, 540, 930, "idle"},
                                       {0, 930, 1110, "care_needed"}};
    static const char *const present[] = {
        "0 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0 0 0 1 0 0 0 0 0",
        "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 "
        "0 0 0 0 0 0 0 0 0 0 0 0 0 0"};
    tb_scenario *s = alone();

    put(s, "duty.overtime_limit_minutes", "45");
    put(s, "services.call.arrival", "trace");
    put(s, "services.call.trace_minutes", "930");
    put(s, "services.call.minutes", "180");
    put(s, "services.call.priority", "9");
    put(s, "services.call.interruptible", "true");
    put(s, "services.watch.priority", "2");
    put(s, "services.watch.interrupts", "true");
    put(s, "services.watch.unfinished", "overtime");
    for (int i = 0; i < 2; i++) {
        put(s, "services.watch.present", present[i]);
        EXPECT_DAY(s, day);
        expect_hours(s, i ? 7 * 1.5 : 7 * 2, 5);
    }
    tb_scenario_free(s);
}

/* What can wait is done when cover is not wanted, and by whom it does not want. */
Test(cover, records_wait)
{
    static const struct entry day[] = {{0, 480, 720, "care_needed"},
                                       {0, 720, 730, "administration"},
                                       {0, 730, 748, "records_away"},
                                       {0, 748, 780, "idle"},
                                       {0, 780, 960, "care_needed"}};
    tb_scenario *s = alone();

    put(s, "duty.administration_minutes", "10");
    put(s, "obligations.note.trigger", "shift");
    put(s, "obligations.note.timing", "when_idle");
    put(s, "obligations.note.minutes", "18");
    put(s, "services.watch.present", "0 0 0 0 0 0 0 0 1 1 1 1 0 1 1 1 1 0 0 0 0 0 0 0");
    EXPECT_DAY(s, day);
    tb_scenario_free(s);
}

/* At the step down it is the late one, who has a record to write, that goes. */
Test(cover, records_are_relieved)
{
    static const struct entry day[] = {
        {0, 420, 438, "records_away"}, {0, 438, 480, "idle"},
        {0, 480, 900, "care_needed"},  {1, 600, 720, "care_needed"},
        {1, 720, 738, "records_away"}, {1, 738, 900, "idle"},
        {1, 900, 1080, "care_needed"},
    };
    tb_scenario *s = two_shifts();

    put(s, "obligations.note.trigger", "shift");
    put(s, "obligations.note.timing", "when_idle");
    put(s, "obligations.note.minutes", "18");
    EXPECT_DAY(s, day);
    tb_scenario_free(s);
}

/* Whoever has nothing else to do is with those who are present. */
Test(cover, others_join)
{
    static const struct entry day[] = {
        {0, 420, 480, "idle"},
        {0, 480, 720, "care_needed"},
        {0, 720, 900, "care_surplus"},
        {1, 600, 1080, "care_needed"},
    };
    tb_scenario *s = two_shifts();

    put(s, "services.watch.others_join", "true");
    EXPECT_DAY(s, day);
    expect_hours(s, 7 * 13, 5 * 12);
    tb_scenario_free(s);
}

/* Two covers of the same priority: who comes next goes where more lack. */
Test(cover, where_more_lack)
{
    static const struct entry day[] = {{0, 480, 960, "care_needed"},
                                       {1, 480, 960, "care_needed"}};
    tb_scenario *s = alone();

    put(s, "staff.one.count", "2");
    put(s, "shifts.day.weekdays", "2");
    put(s, "services.other.arrival", "cover");
    put(s, "services.other.unfinished", "hand_over");
    put(s, "services.other.present", "0 0 0 0 0 0 0 0 1 1 1 1 1 1 1 1 1 0 0 0 0 0 0 0");
    EXPECT_DAY(s, day);
    cr_expect_eq(outcome(s, "citizen.uncovered_hours.watch"), 7 * 9 - 5 * 8);
    cr_expect_eq(outcome(s, "citizen.uncovered_hours.other"), 7 * 9 - 5 * 8);
    put(s, "services.other.priority", "4"); /* it comes first, and wants both */
    put(s, "services.other.present", "0 0 0 0 0 0 0 0 2 2 2 2 2 2 2 2 2 0 0 0 0 0 0 0");
    EXPECT_DAY(s, day);
    cr_expect_eq(outcome(s, "citizen.uncovered_hours.watch"), 7 * 9);
    cr_expect_eq(outcome(s, "citizen.uncovered_hours.other"), 14 * 9 - 10 * 8);
    tb_scenario_free(s);
}

/* A week's series: on a holiday it wants what it wants on Sunday. */
Test(cover, holidays)
{
    char present[2 * 168 + 1] = "";
    tb_scenario *s = alone();

    for (int hour = 0; hour < 168; hour++)
        strcat(present, hour % 24 >= 8 && hour % 24 < 12 && hour < 120 ? "1 " : "0 ");
    put(s, "services.watch.present", present);
    expect_hours(s, 5 * 4, 5 * 4);
    put(s, "holidays.one.week", "1");
    put(s, "holidays.one.weekday", "3");
    expect_hours(s, 4 * 4, 4 * 4);
    tb_scenario_free(s);
}

/* Planned visits go before a cover that stands after them, and wait for relief where it stands before. */
Test(cover, visits)
{
    static const struct entry before[] = {{0, 480, 600, "care_needed"},
                                          {0, 600, 630, "care_needed"},
                                          {0, 630, 960, "care_needed"}};
    static const struct entry after[] = {{0, 480, 720, "care_needed"},
                                         {0, 720, 750, "care_needed"},
                                         {0, 750, 780, "idle"},
                                         {0, 780, 960, "care_needed"}};
    tb_scenario *s = alone();

    put(s, "clients.old.count", "1");
    put(s, "clients.old.granted_hours", "3.5");
    put(s, "clients.old.visit_minutes", "30");
    put(s, "windows.noon.opens", "600");
    put(s, "windows.noon.closes", "660");
    put(s, "services.watch.priority", "6");
    EXPECT_DAY(s, before);
    put(s, "services.watch.priority", "5");
    put(s, "services.watch.present", "0 0 0 0 0 0 0 0 1 1 1 1 0 1 1 1 1 0 0 0 0 0 0 0");
    EXPECT_DAY(s, after);
    tb_scenario_free(s);
}

/* Who comes back from the break relieves the one whose break is due. */
Test(cover, one_break_after_the_other)
{
    static const struct entry day[] = {
        {0, 480, 720, "care_needed"}, {0, 720, 750, "breaks"},
        {0, 750, 960, "care_needed"}, {1, 480, 720, "idle"},
        {1, 720, 750, "care_needed"}, {1, 750, 780, "breaks"},
        {1, 780, 960, "idle"},
    };
    tb_scenario *s = alone();

    put(s, "staff.one.count", "2");
    put(s, "shifts.day.weekdays", "2");
    put(s, "duty.break_minutes", "30");
    EXPECT_DAY(s, day);
    tb_scenario_free(s);
}

/* Who comes from a call when the break is due is needed for cover first. */
Test(cover, before_the_break)
{
    static const struct entry day[] = {{0, 480, 710, "care_needed"},
                                       {0, 710, 730, "care_needed"},
                                       {0, 730, 960, "care_needed"}};
    tb_scenario *s = alone();

    put(s, "duty.break_minutes", "30");
    put(s, "services.call.arrival", "trace");
    put(s, "services.call.trace_minutes", "710");
    put(s, "services.call.minutes", "20");
    put(s, "services.call.priority", "2");
    put(s, "services.call.interrupts", "true");
    put(s, "services.watch.interruptible", "true");
    EXPECT_DAY(s, day);
    tb_scenario_free(s);
}

/* Two covers that want two each share two workers. */
Test(cover, a_worker_each)
{
    tb_scenario *s = alone();

    put(s, "staff.one.count", "2");
    put(s, "shifts.day.weekdays", "2");
    put(s, "services.other.arrival", "cover");
    put(s, "services.other.unfinished", "hand_over");
    put(s, "services.other.present", "0 0 0 0 0 0 0 0 2 2 2 2 2 2 2 2 2 0 0 0 0 0 0 0");
    put(s, "services.watch.each", "0.5");
    cr_expect_eq(outcome(s, "citizen.uncovered_hours.watch"), 7 * 18 - 5 * 8);
    cr_expect_eq(outcome(s, "citizen.uncovered_hours.other"), 7 * 18 - 5 * 8);
    tb_scenario_free(s);
}

/* More urgent cover takes from less urgent, if both say so. */
Test(cover, takes_from_cover)
{
    tb_scenario *s = alone();

    put(s, "services.first.arrival", "cover");
    put(s, "services.first.unfinished", "hand_over");
    put(s, "services.first.priority", "4");
    put(s, "services.first.present", "0 0 0 0 0 0 0 0 0 0 1 1 0 0 0 0 0 0 0 0 0 0 0 0");
    cr_expect_eq(outcome(s, "citizen.uncovered_hours.watch"), 23);
    cr_expect_eq(outcome(s, "citizen.uncovered_hours.first"), 14);
    put(s, "services.first.interrupts", "true");
    put(s, "services.watch.interruptible", "true");
    cr_expect_eq(outcome(s, "citizen.uncovered_hours.watch"), 33);
    cr_expect_eq(outcome(s, "citizen.uncovered_hours.first"), 4);
    cr_expect_eq(outcome(s, "citizen.unmet_hours"), 37);
    tb_scenario_free(s);
}
