/* Timetables: each recurring visit has its worker and its time; who is away is stood in for, or the visit
 * is missed. And clients who are many. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "life.h"
#include "random_scenario.h"

enum { LONGEST = 6 };

/* Visits of 45 minutes at 8:00, 9:00, ... on weekdays, of three groups of clients, with minutes that are
 * fixed though needs vary; workers of one role from 8:00 on. */
static tb_scenario *unit(int clients, int visits_a_day, int workers)
{
    tb_scenario *s = NULL;
    char path[80];

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    put(s, "planning.mode", "timetable");
    put(s, "planning.continuity", "1000");
    put_item(s, "staff.regular.count", "0");
    put_number(s, "staff.regular.count", workers);
    put(s, "staff.regular.role", "regular");
    put_item(s, "shifts.day.starts", "480");
    put(s, "shifts.day.minutes", "480");
    put_number(s, "shifts.day.weekdays", workers);
    put_item(s, "clients.group.count", "0");
    put_number(s, "clients.group.count", clients);
    put(s, "clients.group.role", "regular");
    put(s, "clients.group.days", "weekdays");
    put(s, "clients.group.visit_minutes", "45");
    put_number(s, "clients.group.granted_hours", 5 * visits_a_day * 0.75);
    put(s, "clients.group.need_ratio", "uniform(low=0.5, high=1.5)");
    put(s, "clients.group.need_variation", "lognormal(mean=1, cv=0.2)");
    put(s, "regime.grants.granularity", "minutes");
    put(s, "regime.grants.binding", "1");
    put(s, "regime.grants.fill", "1");
    for (int i = 0; i < visits_a_day; i++) {
        snprintf(path, sizeof path, "windows.at%d.opens", 8 + i);
        put_item(s, path, "0");
        put_number(s, path, 60 * (8 + i));
        snprintf(path, sizeof path, "windows.at%d.closes", 8 + i);
        put_number(s, path, 60 * (8 + i));
        snprintf(path, sizeof path, "windows.at%d.order", 8 + i);
        put_number(s, path, 1 + i);
    }
    return s;
}

static const struct counts *counts_of(const struct life *l)
{
    return &l->unit.ledger.tally[0].count;
}

static bool is_care(const struct stretch *s)
{
    return (s->column == CARE_NEEDED || s->column == CARE_SURPLUS) && s->client >= 0;
}

/* Nobody absent -------------------------------------------------------------------------------- */

Test(timetable, nobody_absent_every_visit_has_its_worker_and_its_time)
{
    enum { CLIENTS = 9, A_DAY = 6, WORKERS = 13, WEEKS = 5 };
    static int who[CLIENTS][5][A_DAY], minutes[CLIENTS][5][A_DAY];
    const struct occasion o = {.seed = 3, .weeks = WEEKS, .logging = 1};
    tb_scenario *s = unit(CLIENTS, A_DAY, WORKERS);
    int begun = 0, carers = 0;
    struct life l;

    put_item(s, "obligations.note.minutes", "5"); /* fits between two visits */
    memset(who, -1, sizeof who);
    live(&l, s, &o);
    for (int64_t i = 0; i < l.unit.ledger.logged; i++) {
        const struct stretch *x = &l.unit.ledger.log[i];
        const int day = (int)(x->from / TB__DAY) % 7,
                  at = (int)((x->from / TB__MINUTE % 1440 - 480) / 60);

        if (!is_care(x))
            continue;
        cr_assert_lt(day, 5, "a visit on a weekend");
        minutes[x->client][day][at] += (int)((x->to - x->from) / TB__MINUTE);
        if (who[x->client][day][at] == NONE)
            who[x->client][day][at] = x->worker;
        cr_assert_eq(who[x->client][day][at], x->worker,
                     "client %d, day %d, visit %d: another worker", x->client, day, at);
        if (x->from / TB__MINUTE % 60 == 0) {
            cr_assert_eq(x->from % (60 * TB__MINUTE), 0, "a visit begins late");
            begun++;
        }
    }
    cr_assert_eq(begun, CLIENTS * A_DAY * 5 * WEEKS);
    cr_assert_eq(counts_of(&l)->visits_given, begun);
    cr_assert_eq(counts_of(&l)->visits_missed, 0);
    cr_assert_eq(counts_of(&l)->visits_late, 0);
    cr_assert_eq(counts_of(&l)->substituted, 0);
    for (int c = 0; c < CLIENTS; c++) {
        uint64_t seen = 0;

        for (int day = 0; day < 5; day++)
            for (int k = 0; k < A_DAY; k++) {
                cr_assert_leq(abs(minutes[c][day][k] - 45 * WEEKS), WEEKS,
                              "minutes are fixed");
                seen |= UINT64_C(1) << who[c][day][k];
            }
        for (; seen; seen &= seen - 1)
            carers++;
    }
    printf("# %d clients have %d pairs of client and worker\n", CLIENTS, carers);
    cr_assert_eq(carers, CLIENTS, "continuity outweighs load here: one worker each");
    life_clear(&l);
    tb_scenario_free(s);
}

/* Less weight on continuity spreads visits evenly over the workers; none has two at a time. */
Test(timetable, load_is_shared_where_continuity_does_not_outweigh_it)
{
    enum { CLIENTS = 9, A_DAY = 6, WORKERS = 12, WEEKS = 2 };
    const struct occasion o = {.seed = 3, .weeks = WEEKS};
    tb_scenario *s = unit(CLIENTS, A_DAY, WORKERS);
    int64_t least = INT64_MAX, most = 0;
    struct life l;

    put(s, "planning.continuity", "10");
    put(s, "planning.load", "1");
    live(&l, s, &o);
    cr_assert_eq(counts_of(&l)->visits_missed + counts_of(&l)->visits_late, 0);
    for (int i = 0; i < WORKERS; i++) {
        const int64_t *ms = l.unit.ledger.tally[0].row[i].ms;
        const int64_t care = ms[CARE_NEEDED] + ms[CARE_SURPLUS];

        least = care < least ? care : least;
        most = care > most ? care : most;
    }
    cr_assert_leq(most - least, WEEKS * 2 * 45 * TB__MINUTE, "%lld to %lld min",
                  (long long)(least / TB__MINUTE), (long long)(most / TB__MINUTE));
    life_clear(&l);
    tb_scenario_free(s);
}

/* Where nothing is dearer than anything else, all would go to the first worker: who has no two at a time,
 * in fixed times and in windows that leave room for one after the other. */
Test(timetable, nobody_has_two_visits_at_a_time)
{
    enum { CLIENTS = 6, WEEKS = 2 };
    static const struct {
        const char *closes;
        int workers;
    } cases[] = {{"480", CLIENTS}, {"525", CLIENTS / 2}};

    for (int k = 0; k < 2; k++) {
        const struct occasion o = {.seed = 4, .weeks = WEEKS};
        tb_scenario *s = unit(CLIENTS, 1, cases[k].workers);
        struct life l;

        put(s, "planning.continuity", "0");
        put(s, "planning.load", "0");
        put(s, "windows.at8.closes", cases[k].closes);
        put(s, "visits.late_after_minutes", "0");
        live(&l, s, &o);
        cr_assert_eq(counts_of(&l)->visits_given, CLIENTS * 5 * WEEKS);
        cr_assert_eq(counts_of(&l)->visits_missed + counts_of(&l)->visits_late, 0,
                     "%d: %d", k, (int)counts_of(&l)->visits_late);
        cr_assert_eq(counts_of(&l)->substituted, 0);
        life_clear(&l);
        tb_scenario_free(s);
    }
}

/* Absence ---------------------------------------------------------------------------------------- */

static double binomial(int n, int k, double p)
{
    double x = 1;

    for (int i = 0; i < k; i++)
        x *= (double)(n - i) / (i + 1);
    return x * pow(p, k) * pow(1 - p, n - k);
}

/* Three clients with a worker each all day, two workers who have nobody. Who was ill at the beginning of
 * the shift or since then is away: a worker is there after t days with B / (B + D) exp(-t / B), for spells
 * of D days that begin B days after the last one ended. Of k usual workers who are away, as many visits
 * are stood in for as there are spare workers, and the others are missed. */
static void expect_shares(double between, double spell, int a_day, double *stood_in,
                          double *missed)
{
    enum { USUAL = 3, SPARE = 2 };

    *stood_in = *missed = 0;
    for (int at = 0; at < a_day; at++) {
        const double there = between / (between + spell) * exp(-(at / 24.0) / between);

        for (int away = 0; away <= USUAL; away++)
            for (int spare = 0; spare <= SPARE; spare++) {
                const double chance =
                    binomial(USUAL, away, 1 - there) * binomial(SPARE, spare, there);

                *stood_in += chance * fmin(away, spare) / (USUAL * a_day);
                *missed += chance * fmax(away - spare, 0) / (USUAL * a_day);
            }
    }
}

static void expect_mean(const char *what, double sum, double squares, int n, double should)
{
    const double mean = sum / n, error = sqrt((squares / n - mean * mean) / (n - 1));

    printf("# %s: %.4f, should be %.4f, z = %.2f\n", what, mean, should,
           (mean - should) / error);
    cr_assert_lt(fabs(mean - should), 4.5 * error, "%s: %.5f, not %.5f", what, mean,
                 should);
}

Test(timetable, who_is_away_is_stood_in_for_or_missed_as_counted_by_hand)
{
    enum { REPLICATIONS = 1500, A_DAY = 6, WEEKS = 4 };
    tb_scenario *s = unit(3, A_DAY, 5);
    double stood_in, missed, sum[2] = {0}, squares[2] = {0};

    put(s, "absence.days_between", "4");
    put(s, "absence.spell_days", "2.5");
    put(s, "absence.fill", "0");
    expect_shares(4, 2.5, A_DAY, &stood_in, &missed);
    for (int r = 0; r < REPLICATIONS; r++) {
        const struct occasion o = {.seed = 5, .replication = (uint32_t)r, .weeks = WEEKS};
        const double all = 3 * A_DAY * 5 * WEEKS;
        struct life l;

        live(&l, s, &o);
        cr_assert_eq(counts_of(&l)->visits_given + counts_of(&l)->visits_missed, all);
        for (int k = 0; k < 2; k++) {
            const double share =
                (double)(k ? counts_of(&l)->visits_missed : counts_of(&l)->substituted) /
                all;

            sum[k] += share;
            squares[k] += share * share;
        }
        life_clear(&l);
    }
    expect_mean("stood in", sum[0], squares[0], REPLICATIONS, stood_in);
    expect_mean("missed", sum[1], squares[1], REPLICATIONS, missed);
    tb_scenario_free(s);
}

/* A temp has the timetable of the worker whose shift it fills. */
Test(timetable, temps_stand_in_for_their_own)
{
    const struct occasion o = {.seed = 6, .weeks = 12};
    tb_scenario *s = unit(4, LONGEST, 4);
    struct life l;

    put(s, "absence.days_between", "6");
    put(s, "absence.spell_days", "constant(mean=2)");
    put(s, "absence.fill", "1");
    live(&l, s, &o);
    cr_assert_gt(counts_of(&l)->substituted, 0);
    /* only what somebody gives up in the middle of a day is missed: nobody is free then */
    cr_assert_lt(counts_of(&l)->visits_missed, counts_of(&l)->substituted / 3);
    put(s, "absence.fill", "0");
    life_clear(&l);
    live(&l, s, &o);
    cr_assert_eq(counts_of(&l)->substituted, 0, "nobody is ever free");
    life_clear(&l);
    tb_scenario_free(s);
}

Test(timetable, another_role_stands_in_only_where_it_may)
{
    const struct occasion o = {.seed = 6, .weeks = 12};
    tb_scenario *s = unit(3, LONGEST, 3);
    int64_t missed[2], stood_in[2];
    struct life l;

    put_item(s, "staff.spare.count", "3");
    put(s, "staff.spare.role", "spare");
    put_number(s, "shifts.day.weekdays", 6);
    put(s, "absence.days_between", "6");
    put(s, "absence.spell_days", "2");
    for (int k = 0; k < 2; k++) {
        if (k)
            put(s, "clients.group.substitute", "spare");
        live(&l, s, &o);
        missed[k] = counts_of(&l)->visits_missed;
        stood_in[k] = counts_of(&l)->substituted;
        life_clear(&l);
    }
    cr_assert_gt(missed[0], 0);
    cr_assert_eq(stood_in[0], 0);
    cr_assert_lt(missed[1], missed[0] / 3);
    cr_assert_eq(missed[1] + stood_in[1], missed[0], "of the same absences");
    tb_scenario_free(s);
}

/* Who covers and is to stand in leaves for it in time: nobody comes after the window. */
Test(timetable, who_covers_stands_in_in_time)
{
    const struct occasion o = {.seed = 9, .weeks = 40, .no_warmup = 1};
    tb_scenario *s = unit(1, 1, 1);
    char present[100] = "";
    struct life l;

    put(s, "windows.at8.opens", "810"); /* often the usual worker has gone home ill by then */
    put(s, "windows.at8.closes", "840");
    put(s, "visits.late_after_minutes", "0");
    put_item(s, "staff.spare.count", "1");
    put(s, "staff.spare.role", "spare");
    put(s, "shifts.day.role", "regular");
    put_item(s, "shifts.more.starts", "480");
    put(s, "shifts.more.minutes", "480");
    put(s, "shifts.more.weekdays", "1");
    put(s, "shifts.more.role", "spare");
    put(s, "clients.group.substitute", "spare");
    put(s, "absence.days_between", "3");
    put(s, "absence.spell_days", "0.2");
    put_item(s, "services.watch.arrival", "cover");
    put(s, "services.watch.role", "spare");
    put(s, "services.watch.priority", "7");
    for (int hour = 0; hour < 24; hour++)
        strcat(present, hour >= 8 && hour < 16 ? "1 " : "0 ");
    put(s, "services.watch.present", present);
    live(&l, s, &o);
    cr_assert_gt(counts_of(&l)->substituted, 20);
    cr_assert_eq(counts_of(&l)->visits_late, 0);
    life_clear(&l);
    tb_scenario_free(s);
}

/* Clients who are many ---------------------------------------------------------------------------- */

/* One record for each of the persons in each client, in each week in which somebody comes. */
Test(people, records_per_person_are_people_times_clients_times_periods)
{
    enum { CLIENTS = 4, PEOPLE = 23, WEEKS = 9 };
    const struct occasion o = {.seed = 7, .weeks = WEEKS, .no_warmup = 1};
    tb_scenario *s = unit(CLIENTS, 4, 6);
    const struct obligation_tally *t;
    struct life l;

    put_number(s, "clients.group.people", PEOPLE);
    put_item(s, "obligations.each.trigger", "week");
    put(s, "obligations.each.per", "person");
    put(s, "obligations.each.minutes", "lognormal(mean=0.5, cv=0.4)");
    live(&l, s, &o);
    t = l.unit.ledger.tally[0].obligation;
    cr_assert_eq(t[0].written, CLIENTS * PEOPLE * WEEKS, "%lld", (long long)t[0].written);
    cr_assert_eq(counts_of(&l)->person_ms, (PEOPLE - 1) * counts_of(&l)->given_ms);
    cr_assert_eq(counts_of(&l)->person_unmet_ms,
                 (PEOPLE - 1) * (counts_of(&l)->need_ms - counts_of(&l)->met_ms));
    life_clear(&l);
    put(s, "obligations.each.probability", "0.5"); /* each person has a chance of its own */
    live(&l, s, &o);
    t = l.unit.ledger.tally[0].obligation;
    cr_assert_lt(fabs((double)t[0].written - 0.5 * CLIENTS * PEOPLE * WEEKS),
                 4.5 * sqrt(0.25 * CLIENTS * PEOPLE * WEEKS), "%lld",
                 (long long)t[0].written);
    cr_assert_neq(t[0].written % PEOPLE, 0);
    life_clear(&l);
    tb_scenario_free(s);
}

/* One person in each client: what is due per person is due per client, to the last bit. */
static void of_one(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 8, .weekly = 1};
    tb_scenario *other = NULL;
    struct life a, b;
    bool of_clients = false;

    for (int i = 0; i < s->set.client_group_count; i++)
        s->set.clients[i].people = 1;
    for (int i = 0; i < s->set.obligation_count; i++)
        if (tb__is_of_clients(s->set.obligations[i].per)) {
            s->set.obligations[i].per = PER_CLIENT;
            of_clients = true;
        }
    if (!of_clients)
        return;
    cr_assert_eq(tb_scenario_copy(s, &other, NULL), TB_OK);
    for (int i = 0; i < other->set.obligation_count; i++)
        if (other->set.obligations[i].per == PER_CLIENT)
            other->set.obligations[i].per = PER_PERSON;
    live(&a, s, &o);
    live(&b, other, &o);
    cr_assert_null(lives_differ(&a, &b), "%s: %s", name, lives_differ(&a, &b));
    life_clear(&a);
    life_clear(&b);
    tb_scenario_free(other);
}

Test(people, one_person_is_one_client)
{
    each_scenario(3, 200, of_one);
}
