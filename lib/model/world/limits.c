/* How large one unit may be. */
#include "model/world/compile.h"

enum { MOST_WORKERS = 4096 };

tb_status tb__within_limits(const struct setting *s, int weeks, tb_error *err)
{
    double workers = 0, clients = 0, shifts = 0;

    for (int i = 0; i < s->staff_count; i++)
        workers += s->staff[i].count;
    for (int i = 0; i < s->client_group_count; i++)
        clients += s->clients[i].count;
    for (int i = 0; i < s->shift_count; i++)
        shifts +=
            5.0 * s->shifts[i].weekdays + s->shifts[i].saturdays + s->shifts[i].sundays;
    if (workers > MOST_WORKERS)
        return tb__fail(err, TB_ERR_LIMIT, "staff: %.0f workers in one unit; at most %d",
                        workers, MOST_WORKERS);
    if (workers * clients > 4e6)
        return tb__fail(
            err, TB_ERR_LIMIT,
            "clients: %.0f clients times %.0f workers is more than 4,000,000; split "
            "the unit",
            clients, workers);
    if (shifts * workers * weeks > 1e9)
        return tb__fail(
            err, TB_ERR_LIMIT,
            "shifts: %.0f shifts a week, %.0f workers and %d weeks are too many for "
            "one unit; split it",
            shifts, workers, weeks);
    return TB_OK;
}
