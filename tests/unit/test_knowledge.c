/* mechanisms/knowledge: continuity indices of visits in hand, against worked numbers. */
#include <criterion/criterion.h>

#include "model/mechanisms/knowledge.h"

/* Visits by carers 0 .. 9, in order. */
static struct continuity of(const int *carer, int n)
{
    struct continuity c = {0};
    int visits[10] = {0};

    for (int i = 0; i < n; i++)
        tb__continuity_visit(&c, carer[i], visits[carer[i]]++);
    return c;
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
