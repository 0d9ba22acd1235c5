/* logs.h: figures that no outcome holds, measured in the log of a life.
 *
 * The log is public: stretches of workers' time. A day (or week) that begins empty is one experiment,
 * and a life of many weeks holds thousands of them. */
#ifndef TESTS_ORACLE_LOGS_H
#define TESTS_ORACLE_LOGS_H

#include <stdlib.h>
#include <string.h>

#include "oracle.h"

/* Values that are independent, or so far apart that they might be. */
struct sample {
    double sum, square;
    long n;
};

static inline void take(struct sample *s, double value)
{
    s->sum += value;
    s->square += value * value;
    s->n++;
}

static inline struct estimate mean_of_sample(const struct sample *s)
{
    const double mean = s->sum / (double)s->n;
    const double variance = (s->square - (double)s->n * mean * mean) / (double)(s->n - 1);

    return (struct estimate){mean, sqrt(variance / (double)s->n)};
}

/* One stretch, in minutes since the start of the measured weeks. */
struct stretch {
    double from, to;
    int worker;
};

struct stretches {
    struct stretch *item;
    long count;
};

static inline int by_start(const void *a, const void *b)
{
    const struct stretch *x = a, *y = b;

    return x->from != y->from ? (x->from > y->from) - (x->from < y->from)
                              : (x->worker > y->worker) - (x->worker < y->worker);
}

/* What was booked as an activity in a life of so many weeks, in order of time. */
static inline struct stretches lived(const tb_scenario *unit, int replication, int weeks,
                                     int warmup, const char *activity)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_error err = {0};
    tb_log *log;
    struct stretches s = {NULL, 0};

    plan.weeks = weeks;
    plan.warmup = warmup;
    cr_assert_eq(tb_log_run(unit, &plan, replication, &log, &err), TB_OK, "%s",
                 err.message);
    s.item = malloc((size_t)tb_log_rows(log) * sizeof *s.item + 1);
    cr_assert(s.item);
    for (int64_t i = 0; i < tb_log_rows(log); i++) {
        const tb_log_row *r = tb_log_at(log, i);

        if (!strcmp(tb_log_activity(log, r->activity), activity))
            s.item[s.count++] = (struct stretch){(double)r->start / 60000,
                                                 (double)r->end / 60000, r->worker};
    }
    tb_log_free(log);
    qsort(s.item, (size_t)s.count, sizeof *s.item, by_start);
    return s;
}

/* How many stretches are going on at each of the times `first`, `first + step`, ... in so many weeks:
 * use(number, data). */
static inline void number_at(const struct stretches *s, double first, double step,
                             int weeks, void (*use)(int number, void *data), void *data)
{
    double *end = malloc((size_t)s->count * sizeof *end + 1);
    long begun = 0, there = 0;

    cr_assert(end);
    for (double t = first; t < 10080.0 * weeks; t += step) {
        long kept = 0;

        for (; begun < s->count && s->item[begun].from <= t; begun++)
            end[there++] = s->item[begun].to;
        for (long i = 0; i < there; i++)
            if (end[i] > t)
                end[kept++] = end[i];
        there = kept;
        use((int)there, data);
    }
    free(end);
}

#endif
