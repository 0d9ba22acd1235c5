/* books.h: the ledger kept a second time, from other sources.
 *
 * The library books minutes as they are spent. These books are written afterwards: from the log of
 * stretches (which must tile each worker's time between clock-in and clock-out), from the rosters
 * (what was duty beyond them is overtime, what is missing in them is absence) and from the settings
 * (what a shift opens with). Nothing is read from the ledger's tallies. */
#ifndef TESTS_PROPERTY_BOOKS_H
#define TESTS_PROPERTY_BOOKS_H

#include "life.h"

/* A shift that somebody came to, or the week of who works round the clock. */
struct attendance {
    int worker, kind; /* index into the kinds of shift, -1: round the clock */
    tb_time in, out;
    bool temp;
    int people;
};

struct books {
    const struct life *life;
    int periods, workers;
    int64_t *ms;                          /* see books_ms */
    int64_t *obligation_ms, *dialogue_ms; /* [period][obligation]; of that, in dialogue */
    int64_t *service_ms;                  /* [period][service] that is itemised */
    struct attendance *attendance;
    int attendances;
    bool blind; /* weeks of who works round the clock hold nothing by which the log shows when they
                   are opened */
    int64_t whole[CATEGORIES]; /* of the log as it is, warm-up and what crosses the end included; what
                                  services book that are itemised apart */
    int64_t whole_visits[CATEGORIES];      /* of that, what has a client */
    int64_t whole_duties[CATEGORIES];      /* of that, what obligations caused */
    int64_t *whole_obligation, *stretches; /* [obligation]: ms and number of stretches */
};

/* Length of the common part of [a, b) and [c, d), 0 when they are apart. */
static inline tb_time overlap(tb_time a, tb_time b, tb_time c, tb_time d)
{
    const tb_time from = a > c ? a : c, to = b < d ? b : d;

    return to > from ? to - from : 0;
}

/* Keeps the books of a life that was lived with a log. Returns NULL, or what is wrong with the log
 * itself; the text is static. */
const char *books_keep(struct books *b, const struct life *l);
void books_clear(struct books *b);

/* Milliseconds of a worker (or the unit, after the last worker) in a column and period. */
int64_t books_ms(const struct books *b, int period, int worker, int column);
int64_t books_sum(const struct books *b, int column);

/* Where books and ledger differ, in words; NULL when every number is equal. */
const char *books_differ(const struct books *b);

/* Meetings and dialogue that are not records, recomputed from who came to which shift and from the
 * settings, within the measured time. */
int64_t books_regime_cost(const struct books *b);

/* Training, updates and sparring, likewise. */
int64_t books_training(const struct books *b);

/* Talks with clients and with other agencies: when the log says, at most once in a period, as long as
 * the settings say. */
int64_t books_talks_with_clients(const struct books *b);

/* All of these, from the log. */
int64_t books_regime_cost_logged(const struct books *b);

/* Workers whom a cover wants at a time, from the settings: ms since the start of life. */
int books_wanted_at(const struct life *l, int service, tb_time t);

/* Workers' time that a service wants in a period, half-hour by half-hour; 0 where it is no cover. */
int64_t books_wanted(const struct life *l, int period, int service);

#endif
