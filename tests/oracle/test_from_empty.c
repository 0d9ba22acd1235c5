/* One worker whose day begins empty: the first calls of M/M/1, and given calls to the millisecond. */
#include "logs.h"

/* Calls come in the first hour of each day alone, one a minute: the day ends empty. */
static tb_scenario *first_hour(double mean, int workers)
{
    const struct work w = {1, mean, 1};
    tb_scenario *s = unit_of(workers);

    add_service(s, "call", &w);
    put(s, "services.call.profile", "1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
    return s;
}

/* Mean wait of the first 25 calls of each day. Calls come when they do with whatever workers: with
 * enough of them, work begins when a call comes. */
static struct estimate first_25(double mean)
{
    tb_scenario *one = first_hour(mean, 1), *many = first_hour(mean, 40);
    struct sample sample = {0, 0, 0};

    for (int replication = 0; replication < 6; replication++) {
        struct stretches began = lived(one, replication, 500, 0, "care_needed");
        struct stretches came = lived(many, replication, 500, 0, "care_needed");
        long i = 0;

        for (int day = 0; day < 7 * 500; day++) {
            double sum = 0;
            int n = 0;

            for (; i < came.count && came.item[i].from < 1440.0 * (day + 1); i++)
                if (n < 25) {
                    sum += began.item[i].from - came.item[i].from;
                    n++;
                }
            if (n == 25) /* all but one day in millions */
                take(&sample, sum / n);
        }
        free(began.item);
        free(came.item);
    }
    tb_scenario_free(one);
    tb_scenario_free(many);
    return mean_of_sample(&sample);
}

Test(from_empty, the_first_25_calls)
{
    static const double means[] = {.9, .5};

    for (int i = 0; i < 2; i++)
        expect_gate(i ? "M/M/1, half a load" : "M/M/1, heavy load", "first 25 waits",
                    first_25(means[i]), first_waits(1, means[i], 25), "services 5 % longer",
                    first_25(1.05 * means[i]), first_waits(1, 1.05 * means[i], 25));
}

/* A week of given calls; times of a trace, its work and when work begins. */
static struct stretches of_trace(const double *arrival, const double *work, int n)
{
    tb_scenario *s = unit_of(1);
    char times[3000], minutes[3000], *t = times, *m = minutes;
    struct stretches care;

    for (int i = 0; i < n; i++) {
        t += sprintf(t, " %.10g", arrival[i]);
        m += sprintf(m, " %.10g", work[i]);
    }
    add(s, "services.call");
    put(s, "services.call.arrival", "trace");
    put(s, "services.call.trace_minutes", "%s", times);
    put(s, "services.call.trace_work", "%s", minutes);
    care = lived(s, 0, 3, 1, "care_needed");
    tb_scenario_free(s);
    return care;
}

/* In each of the weeks, warm-up included. */
static void expect_recursion(const double *arrival, const double *work, int n)
{
    const struct stretches care = of_trace(arrival, work, n);
    double wait[128];

    lindley_waits(arrival, work, n, wait);
    cr_assert_eq(care.count, 4 * n);
    for (long i = 0; i < care.count; i++) {
        const double monday = 10080.0 * (double)(i / n - 1);
        const int k = (int)(i % n);

        cr_assert_float_eq(care.item[i].from - monday, arrival[k] + wait[k], 1e-6,
                           "call %d begins at %g", k, care.item[i].from - monday);
        cr_assert_float_eq(care.item[i].to - care.item[i].from, work[k], 1e-6);
    }
    free(care.item);
}

Test(from_empty, lindley)
{
    static const double arrival[] = {0, 2, 3, 7, 8, 8, 15},
                        work[] = {5, 1, 4, 2, 1, 3, 2};

    expect_recursion(arrival, work, 7);
}

Test(from_empty, lindley_of_a_hundred_random_traces)
{
    uint32_t state = 1;

    for (int trial = 0; trial < 100; trial++) {
        double arrival[128], work[128], time = 0;

        for (int i = 0; i < 128; i++) {
            state = state * 1664525u + 1013904223u;
            time += (state >> 24) * .25 + (state >> 16 & 3) * .001;
            arrival[i] = time;
            state = state * 1664525u + 1013904223u;
            work[i] = .001 * ((state >> 8) % 60000 + 1);
        }
        expect_recursion(arrival, work, 128);
    }
}
