/* kernel/status.h: filling a tb_error where it is born. */
#ifndef TB_KERNEL_STATUS_H
#define TB_KERNEL_STATUS_H

#include "tidsbruk/status.h"

/* Fills *err (when not NULL) with a printf-like message and returns `status`. A message that does
 * not fit is cut at a UTF-8 boundary. Use through tb__fail, which records the birthplace. */
tb_status tb__fail_at(const char *file, int line, tb_error *err, tb_status status,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));

/* An expression of the value `status`, so that callers and analysers see that it failed. */
#define tb__fail(err, status, ...)                                        \
    ((void)tb__fail_at(__FILE__, __LINE__, (err), (status), __VA_ARGS__), \
     (tb_status)(status))

/* An allocation failed. Returns TB_ERR_MEMORY. */
#define tb__no_memory(err) tb__fail((err), TB_ERR_MEMORY, "out of memory")

#endif
