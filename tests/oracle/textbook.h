/* textbook.h: queues that have an answer. Rates are per minute, times in minutes.
 *
 * A unit with neutral mechanisms and nothing but calls is one of these queues. test_textbook.c
 * holds the formulas against numbers that others computed; the other programs hold tidsbruk
 * against the formulas. */
#ifndef TESTS_ORACLE_TEXTBOOK_H
#define TESTS_ORACLE_TEXTBOOK_H

#include <math.h>

/* A stream of calls and the law of their work. */
struct work {
    double rate, mean, cv;
};

static inline double square_of(const struct work *w)
{
    return w->mean * w->mean * (1 + w->cv * w->cv);
}

/* The work of one call when a second, independent piece follows the first. */
static inline struct work followed_by(struct work first, double mean, double cv)
{
    const double variance = pow(first.mean * first.cv, 2) + pow(mean * cv, 2);

    return (struct work){first.rate, first.mean + mean,
                         sqrt(variance) / (first.mean + mean)};
}

/* Chance that a call finds all of c servers busy when calls that do are lost; a: rate times mean
 * (Erlang 1917). */
static inline double erlang_b(double a, int c)
{
    double b = 1;

    for (int i = 1; i <= c; i++)
        b = a * b / (i + a * b);
    return b;
}

/* The same when they wait (Erlang 1917). */
static inline double erlang_c(double a, int c)
{
    const double b = erlang_b(a, c);

    return c * b / (c - a * (1 - b));
}

/* Mean wait of M/M/c in the order of arrival. */
static inline double mmc_wait(double rate, double mean, int c)
{
    return erlang_c(rate * mean, c) * mean / (c - rate * mean);
}

/* Mean wait of M/G/1 (Pollaczek 1930, Khinchine 1932). */
static inline double mg1_wait(const struct work *w)
{
    return w->rate * square_of(w) / (2 * (1 - w->rate * w->mean));
}

/* Load of the classes 0 to n - 1. */
static inline double load_of(const struct work *w, int n)
{
    double load = 0;

    for (int i = 0; i < n; i++)
        load += w[i].rate * w[i].mean;
    return load;
}

/* Mean work in service that an arrival finds of the classes 0 to n - 1. */
static inline double residual_of(const struct work *w, int n)
{
    double sum = 0;

    for (int i = 0; i < n; i++)
        sum += w[i].rate * square_of(&w[i]) / 2;
    return sum;
}

/* Mean wait of class k of n, class 0 first, one server, nothing interrupts (Cobham 1954). */
static inline double cobham_wait(const struct work *w, int n, int k)
{
    return residual_of(w, n) / ((1 - load_of(w, k)) * (1 - load_of(w, k + 1)));
}

/* The same for c servers and exponential work of one mean (Cobham 1954). */
static inline double cobham_wait_of_many(const struct work *w, int n, int k, int c)
{
    const double a = load_of(w, n);

    return erlang_c(a, c) * w->mean /
           (c * (1 - load_of(w, k) / c) * (1 - load_of(w, k + 1) / c));
}

/* Mean time in the system of class k when classes before it interrupt it and it resumes, one
 * server (Kleinrock 1976, section 3.6). */
static inline double preemptive_sojourn(const struct work *w, int k)
{
    const double before = load_of(w, k), with = load_of(w, k + 1);

    return w[k].mean / (1 - before) + residual_of(w, k + 1) / ((1 - before) * (1 - with));
}

/* The same for c servers and exponential work of one mean: the classes up to k are a queue of
 * their own, whose mean number of calls does not depend on the order of service. */
static inline double preemptive_sojourn_of_many(const struct work *w, int k, int c)
{
    double rate = 0, before = 0;

    for (int i = 0; i <= k; i++) {
        const double calls =
            (rate + w[i].rate) * (w->mean + mmc_wait(rate + w[i].rate, w->mean, c));

        if (i == k)
            return (calls - before) / w[k].rate;
        rate += w[i].rate;
        before = calls;
    }
    return NAN;
}

/* Mean time from the first arrival to the last departure in M/M/1 when a served call comes again
 * with probability p, to the end of the queue (Takacs 1963). */
static inline double feedback_sojourn(double rate, double mean, double p)
{
    const double load = rate * mean / (1 - p);

    return load / (1 - load) / rate;
}

/* Share of time that who is well for `up` and ill for `down` on average is well. */
static inline double up_share(double up, double down)
{
    return up / (up + down);
}

#endif
