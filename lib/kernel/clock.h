/* kernel/clock.h: time, weeks and weekdays.
 *
 * Time is int64 milliseconds since a Monday 00:00. Intervals are half open, [from, to). Users
 * speak minutes; they are converted once, when a scenario is compiled, by tb__minutes. */
#ifndef TB_KERNEL_CLOCK_H
#define TB_KERNEL_CLOCK_H

#include <stdint.h>

typedef int64_t tb_time;

#define TB__MINUTE INT64_C(60000)
#define TB__QUARTER (15 * TB__MINUTE)
#define TB__HOUR (60 * TB__MINUTE)
#define TB__DAY (24 * TB__HOUR)
#define TB__WEEK (7 * TB__DAY)
#define TB__NEVER INT64_MAX

/* Milliseconds nearest to so many minutes (halves up); minutes >= 0 and below 1e12. */
static inline tb_time tb__minutes(double minutes)
{
    return (tb_time)(minutes * 60000.0 + 0.5);
}

static inline int64_t tb__day_of(tb_time t) /* t >= 0 */
{
    return t / TB__DAY;
}

static inline int tb__weekday(int64_t day) /* 0 is Monday */
{
    return (int)(day % 7);
}

#endif
