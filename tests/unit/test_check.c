/* scenario/check: each fault of a scenario as a whole, alone and together. */
#include <math.h>
#include <stdio.h>

#include "scenario/scenario.h"
#include "scenarios.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

struct faults {
    char path[16][TB_PATH_SIZE], message[16][TB_MESSAGE_SIZE];
    int count;
};

static void note(const char *path, const char *message, void *data)
{
    struct faults *f = data;

    cr_assert_lt(f->count, 16);
    snprintf(f->path[f->count], sizeof f->path[0], "%s", path);
    snprintf(f->message[f->count++], sizeof f->message[0], "%s", message);
}

static struct faults faults_of(const tb_scenario *s)
{
    struct faults f = {.count = 0};
    const int told = tb_scenario_check(s, note, &f);

    cr_assert_eq(told, f.count);
    cr_assert_eq(tb_scenario_check(s, NULL, NULL), told);
    return f;
}

/* What is set in the district, and the one fault that follows. */
struct slip {
    const char *set[4][2];
    const char *path, *words;
};

static const struct slip slips[] = {
    /* laws */
    {{{"obligations.journal.minutes.cv", ""}}, "obligations.journal.minutes", "cv"},
    {{{"clients.old.granted_hours.low", "1"}}, "clients.old.granted_hours", "low"},
    /* roles */
    {{{"shifts.evening.role", "nurs"}}, "shifts.evening.role", "did you mean \"nurse\"?"},
    {{{"clients.old.role", "doctor"}}, "clients.old.role", "nobody in staff has the role"},
    {{{"services.alarm.role", "helpr"}}, "services.alarm.role", "did you mean \"helper\"?"},
    {{{"obligations.plan.role", "nurses"}}, "obligations.plan.role", "\"nurse\"?"},
    /* staff and shifts */
    {{{"staff.spare.role", "spare"},
      {"staff.spare.count", "2"},
      {"shifts.day.role", "helper"}},
     "staff.spare.roster",
     "2 workers would never work"},
    {{{"shifts.day.weekdays", "30"}}, "shifts", "are more than 18 workers can fill"},
    {{{"shifts.evening.weekdays", "8"}}, "staff.nurses.count", "for the role nurse"},
    {{{"staff.doctors.role", "doctor"},
      {"shifts.night.role", "doctor"},
      {"shifts.night.weekdays", "1"}},
     "shifts.night.role",
     "nobody whose roster is shifts"},
    {{{"shifts.day.minutes", "60"}, {"duty.handover_minutes", "40"}},
     "shifts.day.minutes",
     "may take 70 min of a shift of 60 min"},
    {{{"shifts.evening.minutes", "61"},
      {"shifts.evening.meeting_share", "0.5"},
      {"regime.teams.meeting_minutes", "40"},
      {"regime.dialogue.minutes_per_shift", "11"}},
     "shifts.evening.minutes",
     "may take 61 min"},
    {{{"shifts.day.minutes", "60"}, {"duty.meeting_minutes_per_week", "45"}},
     "shifts.day.minutes",
     "may take 75 min of a shift of 60 min"},
    {{{"staff.spare.role", "spare"},
      {"staff.spare.count", "2"},
      {"shifts.day.role", "helper"},
      {"shifts.spare.role", "spare"}},
     "staff.spare.roster",
     "would never work"},
    {{{"staff.spare.count", "2"}, {"shifts.day.role", "helper"}},
     "staff.spare.roster",
     "would never work"},
    {{{"staff.nurses_2.role", "nurse"},
      {"staff.nurses_2.count", "1"},
      {"shifts.evening.weekdays", "9"}},
     "staff.nurses.count",
     "45 shifts a week for the role nurse are more than 7 workers"},
    {{{"absence.days_between", "1e-300"}}, "absence.days_between", "at least 0.01 days"},
    /* clients and windows */
    {{{"staff.doctors.role", "doctor"}, {"clients.old.role", "doctor"}},
     "clients.old.role",
     "ever on duty"},
    {{{"staff.doctors.role", "doctor"},
      {"staff.doctors.count", "1"},
      {"clients.old.role", "doctor"},
      {"clients.old.two_carers", "0.1"}},
     "clients.old.two_carers",
     "one alone"},
    {{{"clients.old.visit_minutes", "0"}}, "clients.old.visit_minutes", "at least 1 min"},
    {{{"clients.old.need_variation", "lognormal(median=1, cv=0.5)"}},
     "clients.old.need_variation",
     "it must be 1"},
    {{{"windows.morning.opens", "601"}},
     "windows.morning.closes",
     "closes at 600 and opens at 601"},
    {{{"windows.morning.closes", "1921"}}, "windows.morning.closes", "more than a day"},
    {{{"windows.night.opens", "120"}, {"windows.night.closes", "240"}},
     "windows.night",
     "no shift of the day is on duty"},
    {{{"windows.evening.order", "3"}}, "windows", "of order 3 and none of order 2"},
    /* services */
    {{{"services.alarm.arrival", "endless"}, {"services.alarm.minutes", "0"}},
     "services.alarm.minutes",
     "time would stand still"},
    {{{"staff.doctors.role", "doctor"}, {"services.alarm.role", "doctor"}},
     "services.alarm.role",
     "ever on duty"},
    {{{"staff.doctors.role", "doctor"},
      {"services.x.role", "doctor"},
      {"services.x.arrival", "endless"}},
     "services.x.role",
     "ever on duty"},
    {{{"services.alarm.profile", "1 2 3"}}, "services.alarm.profile", "has 3 factors"},
    {{{"services.alarm.per_hour", "8000"},
      {"services.alarm.profile", "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1.5"}},
     "services.alarm.profile",
     "12000 calls per h; at most 8000"},
    {{{"services.alarm.trace_minutes", "0 5 4"}},
     "services.alarm.trace_minutes",
     "number 3, 4, comes before number 2"},
    {{{"services.alarm.trace_minutes", "0 5"}, {"services.alarm.trace_work", "1"}},
     "services.alarm.trace_work",
     "1 numbers for the 2 calls"},
    {{{"services.alarm.arrival", "finite"}, {"services.alarm.between_minutes", "0"}},
     "services.alarm.between_minutes",
     "time would stand still"},
    {{{"services.alarm.arrival", "lull"}, {"services.alarm.minutes", "0"}},
     "services.alarm.minutes",
     "time would stand still"},
    {{{"services.alarm.room", "3"}, {"services.alarm.starts_at", "4"}},
     "services.alarm.starts_at",
     "when 4 calls wait, and there is room for 3"},
    {{{"services.alarm.arrival", "finite"},
      {"services.alarm.population", "2"},
      {"services.alarm.starts_at", "3"}},
     "services.alarm.starts_at",
     "when 3 calls wait, and 2 callers call"},
    {{{"services.alarm.present", "1 2 3"}}, "services.alarm.present", "has 3 numbers"},
    {{{"services.alarm.arrival", "cover"},
      {"services.alarm.each", "0.5"},
      {"services.alarm.present", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 2048.5"}},
     "services.alarm.each",
     "at most 4096 workers"},
    {{{"services.x.arrival", "cover"}, {"services.alarm.then", "x"}},
     "services.alarm.then",
     "it is cover"},
    {{{"services.alarm.then", "alarn"}}, "services.alarm.then", "did you mean \"alarm\"?"},
    {{{"services.alarm.then", "alarm"}}, "services.alarm.then", "never end"},
    /* obligations */
    {{{"obligations.alarm_note.service", "alarms"}},
     "obligations.alarm_note.service",
     "did you mean \"alarm\"?"},
    {{{"obligations.journal.service", "alarm"}},
     "obligations.journal.service",
     "the trigger is not call"},
    {{{"obligations.journal.of", "odl"}}, "obligations.journal.of", "did you mean \"old\"?"},
    {{{"obligations.journal.of", "old"}, {"obligations.journal.trigger", "shift"}},
     "obligations.journal.of",
     "neither visits nor calls"},
    {{{"obligations.plan.of", "old"}, {"obligations.plan.per", "worker"}},
     "obligations.plan.of",
     "neither visits nor calls"},
    {{{"obligations.journal.in_presence", "true"},
      {"obligations.journal.timing", "when_idle"}},
     "obligations.journal.in_presence",
     "at_once"},
    {{{"obligations.plan.in_presence", "true"}}, "obligations.plan.in_presence", "at_once"},
    {{{"obligations.journal.imposed_by", "law"}, {"obligations.journal.channel", "oral"}},
     "obligations.journal.channel",
     "law imposes it"},
    {{{"obligations.journal.imposed_by", "law"}, {"obligations.journal.channel", "either"}},
     "obligations.journal.channel",
     "oral_allowed"},
};

Test(check, the_district_has_no_fault)
{
    tb_scenario *s = district();
    const struct faults f = faults_of(s);

    cr_assert_eq(f.count, 0, "%s: %s", f.path[0], f.message[0]);
    tb_scenario_free(s);
}

static void slip_into(tb_scenario *s, const struct slip *slip)
{
    for (size_t i = 0; i < COUNT_OF(slip->set) && slip->set[i][0]; i++)
        put(s, slip->set[i][0], slip->set[i][1]);
}

Test(check, each_slip_is_one_fault_at_its_place)
{
    for (size_t i = 0; i < COUNT_OF(slips); i++) {
        tb_scenario *s = district();
        struct faults f;

        slip_into(s, &slips[i]);
        f = faults_of(s);
        cr_expect_eq(f.count, 1, "slip %zu (%s): %d faults; %s: %s", i, slips[i].path,
                     f.count, f.path[f.count > 1], f.message[f.count > 1]);
        cr_expect_str_eq(f.path[0], slips[i].path, "%s", f.message[0]);
        cr_expect(strstr(f.message[0], slips[i].words), "%s: %s", f.path[0], f.message[0]);
        tb_scenario_free(s);
    }
}

Test(check, all_faults_are_told_at_once)
{
    static const char *const paths[] = {
        "shifts.evening.role", "clients.old.visit_minutes", "windows.morning.closes",
        "obligations.alarm_note.service", "obligations.journal.minutes"};
    tb_scenario *s = district();
    struct faults f;
    int found = 0;

    put(s, "shifts.evening.role", "nurs");
    put(s, "clients.old.visit_minutes", "0");
    put(s, "windows.morning.opens", "700");
    put(s, "obligations.alarm_note.service", "x");
    put(s, "obligations.journal.minutes.mean", "");
    f = faults_of(s);
    cr_expect_eq(f.count, (int)COUNT_OF(paths));
    for (int i = 0; i < f.count; i++)
        for (size_t j = 0; j < COUNT_OF(paths); j++)
            found += !strcmp(f.path[i], paths[j]);
    cr_expect_eq(found, (int)COUNT_OF(paths));
    tb_scenario_free(s);
}

Test(check, without_staff_or_clients)
{
    tb_scenario *s = empty_scenario();
    struct faults f = faults_of(s);

    cr_expect_eq(f.count, 1);
    cr_expect_str_eq(f.path[0], "staff");
    put(s, "staff.a.count", "1");
    put(s, "staff.a.roster", "always");
    put(s, "windows.w.closes", "500");
    put(s, "obligations.n.trigger", "shift");
    put(s, "obligations.n.per", "client");
    cr_expect_eq(tb_scenario_check(s, NULL, NULL), 0);
    put(s, "obligations.o.trigger", "deviation");
    cr_expect_eq(tb_scenario_check(s, NULL, NULL), 1);
    put(s, "obligations.o.trigger", "visit");
    put(s, "obligations.p.trigger", "call");
    put(s, "obligations.q.trigger", "year");
    put(s, "obligations.q.per", "client");
    f = faults_of(s);
    cr_expect_eq(f.count, 3);
    cr_expect_str_eq(f.path[0], "obligations.o.trigger");
    cr_expect_str_eq(f.path[1], "obligations.p.trigger");
    cr_expect_str_eq(f.path[2], "obligations.q.per");
    tb_scenario_free(s);
}

Test(check, clients_need_a_window)
{
    tb_scenario *s = district();
    struct faults f;

    cr_assert_eq(tb_scenario_remove(s, "windows.morning", NULL), TB_OK);
    cr_assert_eq(tb_scenario_remove(s, "windows.evening", NULL), TB_OK);
    f = faults_of(s);
    cr_expect_eq(f.count, 1);
    cr_expect_str_eq(f.path[0], "windows");
    put(s, "clients.old.count", "0");
    cr_assert_eq(tb_scenario_remove(s, "obligations.journal", NULL), TB_OK);
    cr_assert_eq(tb_scenario_remove(s, "obligations.plan", NULL), TB_OK);
    cr_expect_eq(tb_scenario_check(s, NULL, NULL), 0);
    tb_scenario_free(s);
}

Test(check, without_clients_a_window_may_be_unstaffed)
{
    tb_scenario *s = empty_scenario();

    put(s, "staff.a.count", "1");
    put(s, "shifts.day.weekdays", "1");
    put(s, "windows.night.opens", "60");
    put(s, "windows.night.closes", "120");
    cr_expect_eq(tb_scenario_check(s, NULL, NULL), 0);
    put(s, "clients.old.count", "1");
    cr_expect_eq(tb_scenario_check(s, NULL, NULL), 1);
    tb_scenario_free(s);
}

Test(check, windows_and_shifts_meet_across_midnight)
{
    tb_scenario *s = district();

    put(s, "windows.night.opens", "1430"); /* 23:50 to 02:00 */
    put(s, "windows.night.closes", "1560");
    put(s, "shifts.evening.minutes", "400"); /* until 21:40 */
    cr_expect_eq(tb_scenario_check(s, NULL, NULL), 1);
    put(s, "shifts.night.starts", "1380");
    put(s, "shifts.night.minutes", "480");
    put(s, "shifts.night.weekdays", "1");
    cr_expect_eq(tb_scenario_check(s, NULL, NULL), 0);
    put(s, "windows.night.opens", "300"); /* 05:00 to 06:00, before the shift begins */
    put(s, "windows.night.closes", "360");
    cr_expect_eq(tb_scenario_check(s, NULL, NULL), 1);
    put(s, "windows.night.closes", "1800"); /* the same of the next day, for this shift */
    put(s, "windows.night.opens", "1740");
    cr_expect_eq(tb_scenario_check(s, NULL, NULL), 0);
    tb_scenario_free(s);
}

/* What is set in the district without any fault: mostly what has no effect. */
static const char *const legal[][4][2] = {
    {{"services.alarm.per_hour", "0"}},
    {{"services.alarm.travel", "true"}},
    {{"services.alarm.arrival", "endless"}},
    {{"services.alarm.minutes", "0"}},
    {{"services.x.role", "helper"}},
    {{"staff.doctors.role", "doctor"}, {"services.x.role", "doctor"}},
    {{"staff.doctors.role", "doctor"}, {"shifts.day.role", "helper"}},
    {{"staff.doctors.role", "doctor"}, {"shifts.night.role", "doctor"}},
    {{"staff.doctors.role", "doctor"}, {"clients.young.role", "doctor"}},
    {{"staff.night.count", "1"},
     {"staff.night.roster", "always"},
     {"windows.night.opens", "60"},
     {"windows.night.closes", "120"}},
    {{"shifts.day.minutes", "60"},
     {"duty.handover_minutes", "40"},
     {"regime.teams.pooling", "0.5"}},
    {{"clients.old.granted_hours", "0"}},
    {{"clients.old.two_carers", "0.2"}},
    {{"regime.grants.binding", "1"}},
    {{"regime.control.coverage", "1"}},
    {{"obligations.journal.channel", "oral"}, {"obligations.journal.value", "0.2"}},
    {{"obligations.journal.imposed_by", "law"}, {"regime.dialogue.oral_share", "1"}},
    {{"obligations.journal.oral_allowed", "true"},
     {"obligations.journal.imposed_by", "law"},
     {"obligations.journal.channel", "either"}},
    {{"obligations.journal.reentry", "1"}},
    {{"obligations.journal.in_presence", "true"}},
    {{"obligations.alarm_note.in_presence", "true"}},
    {{"absence.fill", "1"}},
    {{"travel.kind", "map"}},
};

Test(check, what_only_has_no_effect_is_no_fault)
{
    for (size_t i = 0; i < COUNT_OF(legal); i++) {
        tb_scenario *s = district();
        struct faults f;

        for (size_t j = 0; j < COUNT_OF(legal[i]) && legal[i][j][0]; j++)
            put(s, legal[i][j][0], legal[i][j][1]);
        f = faults_of(s);
        cr_expect_eq(f.count, 0, "%s: %s: %s", legal[i][0][0], f.path[0], f.message[0]);
        tb_scenario_free(s);
    }
}

Test(check, an_endless_service_may_have_a_roster_round_the_clock)
{
    tb_scenario *s = empty_scenario();

    put(s, "staff.a.count", "1");
    put(s, "staff.a.roster", "always");
    put(s, "services.cycle.arrival", "endless");
    put(s, "services.cycle.minutes", "gamma(mean=25, cv=0.4)");
    cr_expect_eq(tb_scenario_check(s, NULL, NULL), 0);
    tb_scenario_free(s);
}

/* What no tb_scenario_set lets through, written past it. */
Test(check, bounds_hold_for_whoever_writes_the_struct)
{
    static const double odd[] = {-1, 1e300, 1.0 / 0.0, -1.0 / 0.0, NAN};
    tb_scenario *s = district();
    struct faults f;

    for (size_t i = 0; i < COUNT_OF(odd); i++) {
        s->set.visits.late_after_minutes = odd[i];
        f = faults_of(s);
        cr_expect_eq(f.count, 1);
        cr_expect_str_eq(f.path[0], "visits.late_after_minutes");
        cr_expect(strstr(f.message[0], "a number between 0 and 1440 min"), "%s",
                  f.message[0]);
    }
    s->set.visits.late_after_minutes = 15;
    s->set.travel.kind = 7;
    s->set.planning.mode = -1;
    s->set.horizon.weeks = 0;
    s->set.travel.leg.mean = 1441; /* a law, but not of minutes of travel */
    strcpy(s->set.obligations[0].datum, "No Name");
    cr_expect_eq(faults_of(s).count, 5);
    tb_scenario_free(s);
}
