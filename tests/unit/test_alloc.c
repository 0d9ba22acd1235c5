/* kernel/alloc: sizes that overflow, zeroed memory, the allocator of the caller. */
#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "faulty.h"
#include "kernel/alloc.h"

Test(alloc, new_memory_is_zeroed_and_keeps_its_content_when_it_grows)
{
    unsigned char *p;

    faulty_start(-1, 0);
    p = tb__alloc(100, 7);
    for (int i = 0; i < 700; i++)
        cr_assert_eq(p[i], 0, "byte %d", i);
    memset(p, 0x5a, 700);
    tb__free(p);
    p = tb__alloc(1, 700);
    p[699] = 3;
    p = tb__realloc(p, 100000, 7);
    cr_assert_eq(p[699], 3);
    tb__free(p);
    tb__free(NULL);
}

Test(alloc, nothing_of_something_is_a_valid_pointer)
{
    const size_t sizes[][2] = {{0, 8}, {8, 0}, {0, 0}, {0, SIZE_MAX}, {SIZE_MAX, 0}};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *p = tb__alloc(sizes[i][0], sizes[i][1]);
        cr_assert_not_null(p);
        *p = 1;
        p = tb__realloc(p, sizes[i][0], sizes[i][1]);
        cr_assert_not_null(p);
        *p = 1;
        tb__free(p);
    }
}

Test(alloc, a_product_that_overflows_is_refused)
{
    const size_t half = (size_t)1 << (sizeof(size_t) * 4);
    const size_t sizes[][2] = {
        {half, half}, {SIZE_MAX, 2}, {2, SIZE_MAX}, {SIZE_MAX / 2, 3}};
    char *kept = tb__alloc(1, 1);

    faulty_start(-1, 0);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        cr_assert_null(tb__alloc(sizes[i][0], sizes[i][1]));
        cr_assert_null(tb__realloc(kept, sizes[i][0], sizes[i][1]));
    }
    cr_assert_eq(faulty.calls, 0, "the allocator was asked for a wrapped size");
    *kept = 1;
    tb__free(kept);
}

Test(alloc, strings_are_copied)
{
    const char text[] = "vård \xff";
    char *copy;

    faulty_start(-1, 0);
    copy = tb__strdup(text);
    cr_assert_str_eq(copy, text);
    cr_assert_neq((void *)copy, (const void *)text);
    tb__free(copy);
}

Test(alloc, the_allocator_of_the_caller_is_used_and_may_fail)
{
    char *p;

    faulty_start(1, 0);
    p = tb__alloc(1, 10);
    cr_assert_not_null(p);
    cr_assert_null(tb__alloc(1, 10));
    cr_assert_null(tb__strdup("x"));
    cr_assert_null(tb__realloc(p, 2, 10));
    p[9] = 1; /* still valid */
    cr_assert_eq(faulty.calls, 4);
    tb__free(p);
    cr_assert_eq(faulty.live, 0);

    tb_set_allocator(NULL, NULL, NULL);
    p = tb__alloc(1, 1);
    cr_assert_not_null(p);
    cr_assert_eq(faulty.calls, 4);
    tb__free(p);
}
