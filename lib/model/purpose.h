/* model/purpose.h: what a uniform is for.
 *
 * One enum; each purpose names its entity, its index and what its two lanes decide. A purpose is
 * never reused for something else: that would tie two things together that are not. New ones go to
 * the end of their range. */
#ifndef TB_MODEL_PURPOSE_H
#define TB_MODEL_PURPOSE_H

enum purpose {
    /* the world: entity a client, index tb__visit_index(day, slot) */
    PURPOSE_NEED = 1,    /* need variation | whether the grant binds */
    PURPOSE_LEG = 2,     /* leg to the visit | whether its error or misuse is found */
    PURPOSE_HARM = 3,    /* error | misuse */
    PURPOSE_READING = 4, /* whether the worker reads | whether another agency is there */
    PURPOSE_NO_SHOW = 6, /* whether nobody comes, to either of two carers | not used */

    /* entity a place that clients hold one after the other, index the number of a stay or of a vacancy
     * there; of the one in which the measured time begins: whether anybody is there, and how long
     * it is | where in it */
    PURPOSE_STAY = 5, /* its length | not used */

    /* entity a worker, index a day */
    PURPOSE_RETURN_LEG =
        8, /* leg back to the office | whether a temp fills; k counts returns */
    PURPOSE_ABSENCE = 9,   /* onset | length of the spell; k counts spells of the day */
    PURPOSE_HANDOVER = 10, /* whether it is lost | what is read of it; k: kind of shift */

    /* entity a service, where the call came from first; index a quarter-hour (a week for a trace), or
     * that and k of a call; of a finite source the caller and k of the caller's call. k in the
     * purpose counts how often the call was served before, here and elsewhere. */
    PURPOSE_CALL_COUNT = 16, /* number of calls | not used */
    PURPOSE_CALL = 17,       /* place in the quarter-hour | need */
    PURPOSE_CALL_LEG = 18,   /* leg to the call | whether its error or misuse is found */
    PURPOSE_CALL_HARM = 19,  /* error | misuse */
    PURPOSE_CALL_AGAIN = 20, /* whether the client calls again or goes on | need then */
    PURPOSE_CALL_PATIENCE = 21, /* how long it waits | not used */
    PURPOSE_CALL_ASSIGN = 22,   /* who of the idle takes it | not used */
    PURPOSE_CALLER = 23,        /* time to the caller's next call | its need */
    PURPOSE_CALL_LATER = 24,    /* how much later it comes again or goes on | not used */
    PURPOSE_CALL_CLIENT = 25,   /* whose place calls | not used */

    /* stream tagged with an obligation (and a receiver); address of the trigger */
    PURPOSE_RECORD = 32, /* whether and how long | whether its datum is transferred */
    PURPOSE_COPY = 33,   /* whether a copy is entered again | whether it is transferred */
    /* 34 was: whether one record is read */
    PURPOSE_CHANNEL = 35, /* whether it is told instead of written | not used */
    PURPOSE_CITIZEN = 37, /* what it takes of the citizen | not used */
    PURPOSE_REVIEW = 36,  /* what shows when it is written late: misuse | error */

    /* mechanisms */
    PURPOSE_AUDIT = 48, /* entity the unit, index week and number: whose time | not used */
    PURPOSE_CANARY = 63 /* drawn by tests alone */
};

#endif
