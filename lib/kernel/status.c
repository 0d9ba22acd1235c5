#include "kernel/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#ifndef TIDSBRUK_VERSION /* the build says it */
#define TIDSBRUK_VERSION "0.1.0"
#endif

static const char *const names[] = {
    "TB_OK",           "TB_ERR_MEMORY", "TB_ERR_NAME",      "TB_ERR_TYPE",
    "TB_ERR_VALUE",    "TB_ERR_LIMIT",  "TB_ERR_CANCELLED", "TB_ERR_MISMATCH",
    "TB_ERR_INTERNAL",
};

_Static_assert(sizeof names / sizeof *names == TB_ERR_INTERNAL + 1,
               "a name for each status");

const char *tb_status_name(tb_status status)
{
    const size_t i = (size_t)status;

    return i < sizeof names / sizeof *names ? names[i] : "unknown status";
}

const char *tb_version(void)
{
    return TIDSBRUK_VERSION;
}

/* The bytes that the first byte of a UTF-8 character announces; 1 for a byte that cannot lead. */
static size_t announced(unsigned char lead)
{
    if (lead >= 0xf0)
        return 4;
    if (lead >= 0xe0)
        return 3;
    return lead >= 0xc0 ? 2 : 1;
}

/* Drops the last character when the cut at `length` went through it. */
static void mend_cut(char *text, size_t length)
{
    size_t i = length;

    while (i > 0 && length - i < 3 && ((unsigned char)text[i - 1] & 0xc0) == 0x80)
        i--;
    if (i > 0 && i - 1 + announced((unsigned char)text[i - 1]) > length)
        text[i - 1] = '\0';
}

tb_status tb__fail_at(const char *file, int line, tb_error *err, tb_status status,
                      const char *format, ...)
{
    va_list arguments;
    int length;

    if (!err)
        return status;
    err->status = status;
    err->file = file;
    err->line = line;
    va_start(arguments, format);
    length = vsnprintf(err->message, sizeof err->message, format, arguments);
    va_end(arguments);
    if (length < 0)
        err->message[0] = '\0';
    else if ((size_t)length >= sizeof err->message)
        mend_cut(err->message, sizeof err->message - 1);
    return status;
}
