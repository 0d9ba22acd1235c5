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

/* ---- queues that are chains of births and deaths */

enum { MOST_STATES = 2000 };

/* How often each number of calls is there: `states` of them, 0 to states - 1. */
struct chain {
    int states;
    double p[MOST_STATES];
};

/* A queue of exponential work: of `callers` who call at `rate` each (0: calls at `rate` whatever
 * happens), c workers, `room` calls at most, each leaves at rate 1 / patience while it waits (0: never).
 */
struct queueing {
    double rate, mean;
    int workers, callers, room;
    double patience;
};

static inline double birth(const struct queueing *q, int n)
{
    return q->callers ? (q->callers - n) * q->rate : q->rate;
}

static inline double busy_of(const struct queueing *q, int n)
{
    return n < q->workers ? n : q->workers;
}

static inline double waiting_of(const struct queueing *q, int n)
{
    return n - busy_of(q, n);
}

static inline struct chain chain_of(const struct queueing *q)
{
    struct chain c = {q->callers ? q->callers + 1
                      : q->room  ? q->room + 1
                                 : MOST_STATES,
                      {1}};
    double sum = 1;

    for (int n = 1; n < c.states; n++) {
        const double leave = q->patience > 0 ? waiting_of(q, n) / q->patience : 0;

        c.p[n] = c.p[n - 1] * birth(q, n - 1) / (busy_of(q, n) / q->mean + leave);
        sum += c.p[n];
    }
    for (int n = 0; n < c.states; n++)
        c.p[n] /= sum;
    return c;
}

/* Means over time of a function of the state, and shares of arrivals that find n or more. */
static inline double mean_of(const struct queueing *q,
                             double (*value)(const struct queueing *q, int n))
{
    const struct chain c = chain_of(q);
    double sum = 0;

    for (int n = 0; n < c.states; n++)
        sum += c.p[n] * value(q, n);
    return sum;
}

static inline double number_there(const struct queueing *q, int n)
{
    (void)q;
    return n;
}

/* Calls a minute that get in. */
static inline double rate_in(const struct queueing *q)
{
    const struct chain c = chain_of(q);
    double sum = 0;

    for (int n = 0; n < c.states - !q->callers; n++)
        sum += c.p[n] * birth(q, n);
    return sum;
}

static inline double chance_of(const struct queueing *q, int from)
{
    const struct chain c = chain_of(q);
    double sum = 0;

    for (int n = from; n < c.states; n++)
        sum += c.p[n];
    return sum;
}

/* Share of calls that leave unserved in M/M/c+M (Palm 1957). */
static inline double abandoned_share(const struct queueing *q)
{
    return mean_of(q, waiting_of) / q->patience / q->rate;
}

/* ---- vacations (Doshi 1986; Takagi 1991) */

/* Mean wait of M/G/1 when the idle server goes away for V again and again; square: E[V^2]. */
static inline double vacations_wait(const struct work *w, double mean, double square)
{
    return mg1_wait(w) + square / (2 * mean);
}

/* The same with one exponential vacation after each busy period. */
static inline double single_vacation_wait(const struct work *w, double mean)
{
    const double none = 1 / (1 + w->rate * mean); /* chance that nobody calls meanwhile */

    return mg1_wait(w) + w->rate * 2 * mean * mean / (2 * (none + w->rate * mean));
}

/* The same when the server sets to work when n calls wait. */
static inline double gathered_wait(const struct work *w, int n)
{
    return mg1_wait(w) + (n - 1) / (2 * w->rate);
}

static inline double gathered_cycle(const struct work *w, int n)
{
    return n / (w->rate * (1 - w->rate * w->mean));
}

/* ---- as many servers as it takes */

static inline double poisson_up_to(double mean, int n)
{
    double p = exp(-mean), sum = 0;

    for (int i = 0; i <= n; i++) {
        sum += p;
        p *= mean / (i + 1);
    }
    return sum;
}

/* Mean number at minute t of a day when calls come at level + swing sin(2 pi t / 1440), work is
 * exponential and it has been so for ever (Eick, Massey, Whitt 1993). */
static inline double periodic_number(double level, double swing, double mean, double t)
{
    const double turn = 8 * atan(1) / 1440, x = turn * mean;

    return mean * (level + swing * (sin(turn * t) - x * cos(turn * t)) / (1 + x * x));
}

static inline double number_from_empty(double level, double swing, double mean, double t)
{
    return periodic_number(level, swing, mean, t) -
           periodic_number(level, swing, mean, 0) * exp(-t / mean);
}

/* ---- the way to the steady state */

/* Mean wait of the first n calls of M/M/1 that begins empty: the number that each finds is a chain. */
static inline double first_waits(double rate, double mean, int n)
{
    const double gone =
        1 / (1 + rate * mean); /* chance that a call ends before the next comes */
    double found[64] = {1}, next[64], sum = 0;

    for (int k = 0; k < n; k++) {
        for (int i = 0; i < 64; i++)
            next[i] = 0;
        for (int j = 0; j <= k; j++) {
            sum += found[j] * j * mean;
            for (int i = 0; i <= j + 1; i++)
                next[i] += found[j] * pow(gone, j + 1 - i) * (i ? 1 - gone : 1);
        }
        for (int i = 0; i < 64; i++)
            found[i] = next[i];
    }
    return sum / n;
}

/* Waits of one server in the order of arrival (Lindley 1952). */
static inline void lindley_waits(const double *arrival, const double *work, int n,
                                 double *wait)
{
    for (int i = 0; i < n; i++) {
        const double before = i ? arrival[i - 1] + wait[i - 1] + work[i - 1] : 0;

        wait[i] = before > arrival[i] ? before - arrival[i] : 0;
    }
}

/* ---- queues in a row */

/* Mean time in an M/M/1 queue. */
static inline double mm1_sojourn(double rate, double mean)
{
    return mean / (1 - rate * mean);
}

/* ---- who comes */

/* Different carers of n visits that each fall to carer i with chance p[i]. */
static inline double distinct_carers(const double *p, int k, int n)
{
    double sum = 0;

    for (int i = 0; i < k; i++)
        sum += 1 - pow(1 - p[i], n);
    return sum;
}

/* Chance that two visits fall to the same carer: the mean of the continuity index of Bice and Boxerman
 * (1977). */
static inline double same_carer(const double *p, int k)
{
    double sum = 0;

    for (int i = 0; i < k; i++)
        sum += p[i] * p[i];
    return sum;
}

/* Mean share of visits by the carer who comes most often (usual provider continuity). The chance
 * that nobody has more than m is n! times the nth coefficient of the product over carers of
 * sum over j <= m of (p x)^j / j!. */
static inline double usual_share(const double *p, int k, int n)
{
    double sum = 0;

    for (int m = 0; m < n; m++) {
        double product[64] = {1}, next[64], all = 1;

        for (int i = 0; i < k; i++) {
            for (int a = 0; a <= n; a++)
                next[a] = 0;
            for (int a = 0; a <= n; a++) {
                double term = product[a];

                for (int j = 0; j <= m && a + j <= n; j++) {
                    next[a + j] += term;
                    term *= p[i] / (j + 1);
                }
            }
            for (int a = 0; a <= n; a++)
                product[a] = next[a];
        }
        for (int i = 2; i <= n; i++)
            all *= i;
        sum += 1 - all * product[n];
    }
    return sum / n;
}

/* Chance that who is well now is well again `time` later. */
static inline double well_after(double up, double down, double time)
{
    const double share = up / (up + down);

    return share + (1 - share) * exp(-time * (1 / up + 1 / down));
}

/* Chance that at most `some` of n are well. */
static inline double well_up_to(double share, int n, int some)
{
    double sum = 0, p = pow(1 - share, n);

    for (int i = 0; i <= some; i++) {
        sum += p;
        p *= (double)(n - i) / (i + 1) * share / (1 - share);
    }
    return sum;
}

#endif
