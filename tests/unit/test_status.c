/* kernel/status: messages, the cut at a character's boundary, the birthplace. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "kernel/status.h"

Test(status, every_status_has_its_name)
{
    cr_assert_str_eq(tb_status_name(TB_OK), "TB_OK");
    cr_assert_str_eq(tb_status_name(TB_ERR_INTERNAL), "TB_ERR_INTERNAL");
    cr_assert_str_eq(tb_status_name((tb_status)(TB_ERR_INTERNAL + 1)), "unknown status");
    cr_assert_str_eq(tb_status_name((tb_status)-1), "unknown status");
}

Test(status, the_version_is_three_numbers)
{
    int part[3], length = 0;

    cr_assert_eq(sscanf(tb_version(), "%d.%d.%d%n", &part[0], &part[1], &part[2], &length),
                 3);
    cr_assert_eq((size_t)length, strlen(tb_version()));
}

Test(status, a_failure_fills_the_error_of_the_caller)
{
    tb_error err = {0};

    cr_assert_eq(tb__fail(&err, TB_ERR_VALUE, "%s: %g min", "visit.minutes", -1.0),
                 TB_ERR_VALUE);
    cr_assert_eq(err.status, TB_ERR_VALUE);
    cr_assert_str_eq(err.message, "visit.minutes: -1 min");
    cr_assert_not_null(strstr(err.file, "test_status.c"));
    cr_assert_gt(err.line, 0);
}

Test(status, the_error_may_be_null)
{
    cr_assert_eq(tb__fail(NULL, TB_ERR_NAME, "%s", "x"), TB_ERR_NAME);
    cr_assert_eq(tb__no_memory(NULL), TB_ERR_MEMORY);
}

Test(status, a_long_message_is_cut_between_characters)
{
    static const char *const letters[] = {"x", "å", "€", "😀"};
    char text[2 * TB_MESSAGE_SIZE];
    tb_error err;

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        const size_t width = strlen(letters[i]);

        for (size_t lead = 0; lead < width; lead++) {
            const size_t room = TB_MESSAGE_SIZE - 1 - lead;

            memset(text, 'a', lead);
            for (size_t n = lead; n < sizeof text - width; n += width)
                memcpy(text + n, letters[i], width + 1);
            (void)tb__fail(&err, TB_ERR_VALUE, "%s", text);
            cr_assert_eq(strlen(err.message), lead + room / width * width, "%s after %zu",
                         letters[i], lead);
        }
    }
}

Test(status, a_message_is_cut_only_when_it_does_not_fit)
{
    for (size_t length = TB_MESSAGE_SIZE - 4; length < TB_MESSAGE_SIZE + 4; length++) {
        char text[2 * TB_MESSAGE_SIZE];
        tb_error err;

        memset(text, 'a', length - 2);
        memcpy(text + length - 2, "å", 3);
        (void)tb__fail(&err, TB_ERR_VALUE, "%s", text);
        if (length < TB_MESSAGE_SIZE)
            cr_assert_str_eq(err.message, text);
        else
            cr_assert_eq(strlen(err.message),
                         length == TB_MESSAGE_SIZE ? length - 2 : TB_MESSAGE_SIZE - 1);
    }
}
