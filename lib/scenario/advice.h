/* scenario/advice.h: what a scenario says to no effect, or so that it looks like a slip.
 *
 * Advice is no fault: the scenario runs. Most of it follows one rule: a setting acts only where other
 * things are so (facts). Where one of them is not, a setting that is not at its default is told,
 * with the fact that is missing. The rest are single rules about items and about the warm-up. */
#ifndef TB_SCENARIO_ADVICE_H
#define TB_SCENARIO_ADVICE_H

#include <stdint.h>

#include "scenario/check.h"

/* What may be so; tb__missing_fact says what is not. */
enum {
    F_CLIENTS,
    F_NO_SHOWS,
    F_HOLIDAYS,
    F_ABSENCE,
    F_TEMPS,
    F_ERRORS,
    F_MISUSE,
    F_HARM,
    F_FOUND,
    F_AUDITS,
    F_LOOKS,
    F_FINDS_MISUSE,
    F_AUDITED,
    F_REVIEWS,
    F_REVIEW_ACTS,
    F_GRANTS,
    F_AUTONOMY,
    F_AUTONOMY_ACTS,
    F_SHORTENING,
    F_PRESSURE,
    F_UNFAMILIAR,
    F_TEAM_MEETS,
    F_ERRANDS,
    F_AT_ONCE,
    F_UNSKILLED,
    F_TRAINING,
    F_UPDATES,
    F_UPDATE_GAIN,
    F_SPARRING,
    F_EITHER,
    F_TOLD,
    F_TALKS,
    F_HANDOVER_LOSS,
    F_CODESIGN,
    F_AGENCIES,
    F_CLASHES,
    F_COORDINATION,
    F_MEETINGS,
    F_STRAIN,
    F_WAGES,
    F_OBLIGATIONS,
    F_WRITTEN,
    F_COPIES,
    F_DISTRUST,
    F_TRAVELS,
    F_LEGS_BY_LAW,
    F_LEGS_ON_MAP,
    F_DAILY,
    F_TIMETABLE,
    F_NO_TIMETABLE,
    FACTS
};
#define FACT(f) (UINT64_C(1) << (f))

struct advice {
    const struct setting *set;
    uint64_t facts;
    void (*advise)(const char *path, const char *message, void *data);
    void *data;
    int count;
};

uint64_t tb__facts(const struct setting *set);
const char *tb__missing_fact(uint64_t facts); /* the first of them, in words */

/* Advice at a path, whatever stands there. */
void tb__advise(struct advice *a, const char *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Where the setting at list.item.member (item and member may be NULL) is not at its default: that it
 * has no effect, and why. */
void tb__idle_at(struct advice *a, const char *list, const char *item, const char *member,
                 const char *why);

/* The same, where not all of these facts are so. */
void tb__needs(struct advice *a, const char *list, const char *item, const char *member,
               uint64_t facts);

/* Whether control ever looks at a record of an obligation: a written one of a visit, a deviation or a
 * call. */
bool tb__is_looked_at(const struct obligation *o);

/* Whether a record of an obligation may be interrupted: it is not written at once by who is there. */
bool tb__may_be_interrupted(const struct obligation *o);

/* Whether a call reaches a service some time: from outside, or passed on from another. */
bool tb__is_ever_called(const struct setting *set, const struct service *s);

void tb__advise_cover(struct advice *a,
                      const struct service *s); /* what is cover's, and what not */
void tb__advise_items(struct advice *a);        /* staff, shifts, clients, services */
void tb__advise_windows(struct advice *a);      /* in which nobody is on duty */
void tb__advise_obligations(struct advice *a);  /* the register */
void tb__advise_warmup(struct advice *a);       /* what has not settled */

#endif
