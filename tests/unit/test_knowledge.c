/* mechanisms/knowledge: acquaintance, competence and continuity, against worked numbers. */
#include <criterion/criterion.h>

#include "model/mechanisms/knowledge.h"

/* Visits by carers 0 .. 9, in order. */
static struct continuity of(const int *carer, int n)
{
    struct continuity c = {0};
    int visits[10] = {0};

    for (int i = 0; i < n; i++)
        tb__continuity_visit(&c, 2 * (uint32_t)i, carer[i], visits[carer[i]]++);
    return c;
}

/* n visits of two carers each. */
static struct continuity of_two(const int (*carer)[2], int n)
{
    struct continuity c = {0};
    int visits[16] = {0};

    for (int i = 0; i < 2 * n; i++) {
        const int who = carer[i / 2][i % 2];

        if (!tb__continuity_counted(&c, 2 * (uint32_t)(i / 2), who))
            tb__continuity_visit(&c, 2 * (uint32_t)(i / 2), who, visits[who]++);
    }
    return c;
}

Test(knowledge, the_same_two_carers_are_as_continuous_as_one)
{
    const struct continuity same = of_two((const int[][2]){{1, 2}, {2, 1}, {1, 2}}, 3);

    cr_expect_eq(same.visits, 3);
    cr_expect_eq(same.carers, 2);
    cr_expect_float_eq(tb__continuity_upc(&same), 1, 0);
    cr_expect_float_eq(tb__continuity_coc(&same), 1, 0);
    cr_expect_float_eq(tb__continuity_secon(&same), 1, 0);
}

/* Carer 1 comes to three of four visits, 2 to two; 3 does one alone. */
Test(knowledge, two_carers_who_change)
{
    const struct continuity c = of_two((const int[][2]){{1, 2}, {1, 2}, {3, 3}, {1, 4}}, 4);

    cr_expect_eq(c.visits, 4);
    cr_expect_eq(c.comings, 7);
    cr_expect_float_eq(tb__continuity_upc(&c), 3.0 / 4, 1e-15);
    cr_expect_float_eq(tb__continuity_coc(&c), (9 + 4 + 1 + 1 - 7) / (7 * 3.0), 1e-15);
    cr_expect_float_eq(tb__continuity_secon(&c), 2.0 / 5, 1e-15);
}

Test(knowledge, one_carer_is_full_continuity)
{
    const struct continuity c = of((const int[]){4, 4, 4, 4}, 4);

    cr_expect_eq(c.carers, 1);
    cr_expect_float_eq(tb__continuity_upc(&c), 1, 0);
    cr_expect_float_eq(tb__continuity_coc(&c), 1, 0);
    cr_expect_float_eq(tb__continuity_secon(&c), 1, 0);
}

Test(knowledge, always_another_is_none)
{
    const struct continuity c = of((const int[]){0, 1, 2, 3, 4}, 5);

    cr_expect_eq(c.carers, 5);
    cr_expect_float_eq(tb__continuity_upc(&c), 0.2, 1e-15);
    cr_expect_float_eq(tb__continuity_coc(&c), 0, 0);
    cr_expect_float_eq(tb__continuity_secon(&c), 0, 0);
}

/* n = 7, by 4, 2 and 1: UPC 4/7; COC (16 + 4 + 1 - 7) / 42; three of six follow the same. */
Test(knowledge, a_worked_fortnight)
{
    const struct continuity c = of((const int[]){0, 0, 0, 1, 1, 0, 2}, 7);

    cr_expect_eq(c.carers, 3);
    cr_expect_float_eq(tb__continuity_upc(&c), 4.0 / 7, 1e-15);
    cr_expect_float_eq(tb__continuity_coc(&c), 14.0 / 42, 1e-15);
    cr_expect_float_eq(tb__continuity_secon(&c), 3.0 / 6, 1e-15);
}

/* The order of visits is seen by sequential continuity alone. */
Test(knowledge, order_counts_in_sequence_only)
{
    const struct continuity together = of((const int[]){0, 0, 0, 1, 1, 1}, 6),
                            apart = of((const int[]){0, 1, 0, 1, 0, 1}, 6);

    cr_expect_float_eq(tb__continuity_upc(&together), tb__continuity_upc(&apart), 0);
    cr_expect_float_eq(tb__continuity_coc(&together), tb__continuity_coc(&apart), 0);
    cr_expect_float_eq(tb__continuity_secon(&together), 0.8, 1e-15);
    cr_expect_float_eq(tb__continuity_secon(&apart), 0, 0);
}

/* Knowledge -------------------------------------------------------------------------------------- */

static struct knowledge_plan compiled(const struct knowledge *k, double familiar_days)
{
    struct knowledge_plan p = {0};

    cr_assert_eq(tb__knowledge_compile(k, familiar_days, &p, NULL), TB_OK);
    return p;
}

/* Half of what is missing with each visit: 1/2, 3/4; half of it gone after ten days; nothing left after
 * the last day of the table. */
Test(knowledge, acquaintance_grows_and_fades)
{
    const struct knowledge k = {.acquaintance_gain = 0.5,
                                .acquaintance_half_life_days = 10};
    struct knowledge_plan p = compiled(&k, 28);
    const uint32_t once = tb__knowledge_after(&k, &p, 0, 10, 0),
                   twice = tb__knowledge_after(&k, &p, once, 10, 0);

    cr_expect_float_eq(once, 0.5 * ACQUAINTED, 2);
    cr_expect_float_eq(twice, 0.75 * ACQUAINTED, 3);
    cr_expect_eq(tb__knowledge_faded(&p, twice, 0), twice);
    cr_expect_float_eq(tb__knowledge_faded(&p, twice, 10), 0.375 * ACQUAINTED, 3);
    cr_expect_float_eq(tb__knowledge_faded(&p, twice, 20), 0.1875 * ACQUAINTED, 3);
    cr_expect_eq(p.days, 28);
    tb__knowledge_clear(&p);
}

/* The neutral case is exact: known at once, and as well on the last day. */
Test(knowledge, gain_1_without_fading_is_a_step)
{
    const struct knowledge k = {.acquaintance_gain = 1};
    struct knowledge_plan p = compiled(&k, 5.5);

    cr_expect_eq(tb__knowledge_after(&k, &p, 0, 3, 7), (uint32_t)ACQUAINTED);
    cr_expect_eq(tb__knowledge_faded(&p, ACQUAINTED, 5), (uint32_t)ACQUAINTED);
    cr_expect_eq(p.days, 5);
    tb__knowledge_clear(&p);
}

/* A visit whose time is all records teaches nothing, or half more; never more than there is. */
Test(knowledge, records_take_from_acquaintance)
{
    struct knowledge k = {.acquaintance_gain = 0.4, .records_on_acquaintance = 1};
    struct knowledge_plan p = compiled(&k, 28);

    cr_expect_eq(tb__knowledge_after(&k, &p, 100, 0, 9), 100u);
    cr_expect_float_eq(tb__knowledge_after(&k, &p, 0, 5, 5), 0.2 * ACQUAINTED, 2);
    k.records_on_acquaintance = -1;
    cr_expect_float_eq(tb__knowledge_after(&k, &p, 0, 5, 5), 0.6 * ACQUAINTED, 2);
    p.gain = SINGLE;
    cr_expect_eq(tb__knowledge_after(&k, &p, 0, 0, 9), (uint32_t)ACQUAINTED);
    tb__knowledge_clear(&p);
}

/* A year with a half-life of 26 weeks leaves a quarter; with training every week it goes up. */
Test(knowledge, competence_fades_without_training)
{
    const struct knowledge k = {.acquaintance_gain = 1,
                                .competence_half_life_weeks = 26,
                                .training_minutes = 30,
                                .training_gain = 0.75};
    struct knowledge_plan p = compiled(&k, 28);
    struct competence idle = {.now = 1}, taught = {.now = 0.3};

    cr_expect_float_eq(p.trained, 0.5, 1e-4); /* half an hour: 1 - sqrt(1 - 0.75) */
    for (int week = 0; week < 52; week++) {
        tb__knowledge_week(&p, &idle);
        tb__knowledge_learns(&taught, p.trained);
        tb__knowledge_week(&p, &taught);
    }
    cr_expect_float_eq(idle.now, 0.25, 1e-3);
    cr_expect(taught.now > 0.9 && taught.now < 1);
    tb__knowledge_clear(&p);
}

/* Nothing at once, half after the half-life, all of its share in the end. */
Test(knowledge, an_update_arrives_slowly)
{
    const struct knowledge k = {.acquaintance_gain = 1,
                                .update_minutes = 45,
                                .update_gain = 0.6,
                                .update_half_life_weeks = 4};
    struct knowledge_plan p = compiled(&k, 28);
    struct competence c = {.now = 0};
    double half;

    tb__knowledge_updated(&p, &c);
    cr_expect_float_eq(c.now, 0, 0);
    for (int week = 0; week < 4; week++)
        tb__knowledge_week(&p, &c);
    half = c.now;
    for (int week = 0; week < 200; week++)
        tb__knowledge_week(&p, &c);
    cr_expect(half > 0.15 && half < 0.3, "%g", half);
    cr_expect_float_eq(c.coming, 0, 1e-9);
    cr_expect(c.now > 0.35 && c.now < 0.5, "%g", c.now); /* 1 - 0.4 ^ (45 / 60) of it */
    tb__knowledge_clear(&p);
}

/* Paces and errors of strangers and of the unskilled multiply; who knows all has none. */
Test(knowledge, paces_multiply)
{
    const struct knowledge k = {.unfamiliar_time = 0.2,
                                .unskilled_time = 0.5,
                                .unskilled_errors = 2,
                                .sparring_minutes = 30,
                                .sparring_errors = -0.4};
    const struct view old = {.acquaintance = 1, .competence = 1, .temp = true},
                      new = {.acquaintance = 0.5, .competence = 0.6};

    cr_expect_float_eq(tb__knowledge_pace(&k, &old), 1, 0);
    cr_expect_float_eq(tb__knowledge_pace(&k, &new), 1.1 * 1.2, 1e-15);
    cr_expect_float_eq(tb__knowledge_errs(&k, &old), 1, 0);
    cr_expect_float_eq(tb__knowledge_errs(&k, &new), 1.8 * 0.8, 1e-15);
}
