/* Twenty calls of a week, each taken by one of the idle by chance. Carers that are chosen unequally
 * often are groups of workers of unequal size. */
#include "logs.h"

enum { CALLS = 20, WEEKS = 520, LIVES = 40 };

struct indices {
    struct sample distinct, same, usual;
};

/* What was taken by whom: groups[worker] is a carer. */
static void look_at_week(struct indices *x, const struct stretch *care, int n,
                         const int *group)
{
    int times[64] = {0}, distinct = 0, most = 0, pairs = 0;

    for (int i = 0; i < n; i++)
        times[group[care[i].worker]]++;
    for (int g = 0; g < 64; g++) {
        distinct += times[g] > 0;
        most = times[g] > most ? times[g] : most;
        pairs += times[g] * (times[g] - 1);
    }
    take(&x->distinct, distinct);
    take(&x->usual, (double)most / n);
    take(&x->same, (double)pairs / (n * (n - 1)));
}

/* Another has more calls of half a week each than a week holds: some wait at all times. */
static void add_others(tb_scenario *s)
{
    put(s, "staff.worker.role", "carer");
    put(s, "services.visit.role", "carer");
    add(s, "staff.porter");
    put(s, "staff.porter.role", "porter");
    put(s, "staff.porter.count", "1");
    put(s, "staff.porter.roster", "always");
    add(s, "services.errand");
    put(s, "services.errand.role", "porter");
    put(s, "services.errand.arrival", "trace");
    put(s, "services.errand.trace_minutes", "0 0 0");
    put(s, "services.errand.minutes", "5000");
}

/* Only what takes as long as a visit. */
static void keep_visits(struct stretches *s)
{
    long kept = 0;

    for (long i = 0; i < s->count; i++)
        if (s->item[i].to - s->item[i].from < 31)
            s->item[kept++] = s->item[i];
    s->count = kept;
}

/* others: calls of another role, of which some wait at all times. */
static struct indices of_unit_among(int workers, int n, const int *group,
                                    const char *assignment, bool others)
{
    tb_scenario *s = unit_of(workers);
    struct indices x = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}};
    char times[CALLS * 8], *at = times;

    for (int i = 0; i < n; i++)
        at += sprintf(at, " %d", 480 * i);
    add(s, "services.visit");
    put(s, "services.visit.arrival", "trace");
    put(s, "services.visit.trace_minutes", "%s", times);
    put(s, "services.visit.minutes", "30");
    put(s, "services.visit.assignment", assignment);
    if (others)
        add_others(s);
    for (int life = 0; life < LIVES; life++) {
        struct stretches care = lived(s, life, WEEKS, 0, "care_needed");

        if (others)
            keep_visits(&care);
        cr_assert_eq(care.count, (long)n * WEEKS);
        for (int week = 0; week < WEEKS; week++)
            look_at_week(&x, care.item + (ptrdiff_t)week * n, n, group);
        free(care.item);
    }
    tb_scenario_free(s);
    return x;
}

static struct indices of_unit(int workers, int n, const int *group, const char *assignment)
{
    return of_unit_among(workers, n, group, assignment, false);
}

static const int each[] = {0, 1, 2, 3, 4, 5, 6};
static const double sixth[] = {1 / 6., 1 / 6., 1 / 6., 1 / 6., 1 / 6., 1 / 6.},
                    seventh[] = {1 / 7., 1 / 7., 1 / 7., 1 / 7., 1 / 7., 1 / 7., 1 / 7.};

Test(continuity, six_carers)
{
    const struct indices x = of_unit(6, CALLS, each, "random"),
                         fewer = of_unit(6, CALLS - 1, each, "random"),
                         more = of_unit(7, CALLS, each, "random");
    const char *name = "six carers";

    expect_gate(name, "distinct", mean_of_sample(&x.distinct),
                distinct_carers(sixth, 6, CALLS), "one call fewer",
                mean_of_sample(&fewer.distinct), distinct_carers(sixth, 6, CALLS - 1));
    expect_gate(name, "same carer", mean_of_sample(&x.same), same_carer(sixth, 6),
                "a seventh carer", mean_of_sample(&more.same), same_carer(seventh, 7));
    expect_gate(name, "usual carer", mean_of_sample(&x.usual),
                usual_share(sixth, 6, CALLS), "one call fewer",
                mean_of_sample(&fewer.usual), usual_share(sixth, 6, CALLS - 1));
}

Test(continuity, unequal_carers)
{
    static const double p[] = {.5, .2, .15, .1, .05},
                        q[] = {11 / 21., 4 / 21., 3 / 21., 2 / 21., 1 / 21.};
    static const int group[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
                                1, 1, 1, 2, 2, 2, 3, 3, 4, 0};
    const struct indices x = of_unit(20, CALLS, group, "random"),
                         more = of_unit(21, CALLS, group, "random");
    const char *name = "unequal carers";

    expect_gate(name, "distinct", mean_of_sample(&x.distinct),
                distinct_carers(p, 5, CALLS), "one more of the first",
                mean_of_sample(&more.distinct), distinct_carers(q, 5, CALLS));
    expect_gate(name, "same carer", mean_of_sample(&x.same), same_carer(p, 5),
                "one more of the first", mean_of_sample(&more.same), same_carer(q, 5));
    expect_gate(name, "usual carer", mean_of_sample(&x.usual), usual_share(p, 5, CALLS),
                "one more of the first", mean_of_sample(&more.usual),
                usual_share(q, 5, CALLS));
}

/* Other rules are no chance: the first on the list takes all, the longest idle take turns. */
Test(continuity, first_and_longest_idle)
{
    const struct indices first = of_unit(6, CALLS, each, "first"),
                         turns = of_unit(6, CALLS, each, "longest_idle");

    cr_expect_float_eq(mean_of_sample(&first.distinct).value, 1, 1e-12);
    cr_expect_float_eq(mean_of_sample(&turns.distinct).value, 6, 1e-12);
    cr_expect_float_eq(mean_of_sample(&turns.usual).value, .2, 1e-12);
}

/* Who idles while calls wait that are not for them is drawn all the same. */
Test(continuity, by_chance_while_others_wait)
{
    const struct indices x = of_unit_among(6, CALLS, each, "random", true),
                         fewer = of_unit_among(6, CALLS - 1, each, "random", true),
                         turns = of_unit_among(6, CALLS, each, "longest_idle", true);
    const char *name = "while others wait";

    expect_gate(name, "distinct", mean_of_sample(&x.distinct),
                distinct_carers(sixth, 6, CALLS), "one call fewer",
                mean_of_sample(&fewer.distinct), distinct_carers(sixth, 6, CALLS - 1));
    expect_near(name, "same carer", mean_of_sample(&x.same), same_carer(sixth, 6));
    cr_expect_float_eq(mean_of_sample(&turns.distinct).value, 6, 1e-12);
}
