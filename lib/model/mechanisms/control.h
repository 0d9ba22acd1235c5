/* mechanisms/control.h: audits, what they find and what they cost.
 *
 * Neutral: audits_per_month 0, record_review 0 and inspection_minutes 0: nothing is found by control and
 * nobody's time is taken. Draws: none (the unit draws who is audited and what is found). Reads:
 * nothing of others. Owns: distrust, the rise of audits after incidents. */
#ifndef TB_MECHANISM_CONTROL_H
#define TB_MECHANISM_CONTROL_H

#include "kernel/clock.h"
#include "scenario/obligation.h"
#include "scenario/regime/control.h"

struct control_state {
    double distrust; /* rise of the number of audits, relative to its base */
    double due;      /* audits that have come due, with their fraction */
    int64_t passed[MAX_OBLIGATIONS]; /* records of each that control has looked at, or let be */
    int64_t reviews;                 /* that it has looked at, of all */
};

/* A week begins: returns how many audits it holds; distrust has decayed. */
int tb__control_week(const struct control *c, struct control_state *state, double decay);

/* So many records of an obligation were written since life began: returns how many of them control
 * looks at now: all since it was asked last, or none. What it let be it never comes back to. */
int64_t tb__control_reviews(struct control_state *state, int obligation, int64_t written,
                            bool looks);

/* Somebody found an error or a misuse. */
void tb__control_incident(const struct control *c, struct control_state *state);

/* Chance that control finds what went wrong in a visit: by an audit, or by looking at its records, none
 * of which shows it with chance `unseen`. */
double tb__control_finds(const struct control *c, const struct control_state *state,
                         double unseen);

/* Factor on the chance of misuse when control finds it with chance `finds`. */
double tb__control_deters(const struct control *c, double finds);

#endif
