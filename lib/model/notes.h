/* model/notes.h: what a log keeps beside stretches of time: planned visits, and shifts.
 *
 * Nothing is noted unless somebody asked for a log; then memory comes from tb__realloc, and what
 * cannot be kept sets `failed`, of which the run says so at its end. */
#ifndef TB_MODEL_NOTES_H
#define TB_MODEL_NOTES_H

#include <stdbool.h>

#include "kernel/clock.h"

struct unit;
struct worker;
struct visit;

/* A planned visit, when it is given, missed, or found to be in vain. */
struct visit_note {
    tb_time planned, granted, opens, closes;
    tb_time start, end; /* at the client, or at the door; of a missed visit 0 */
    int worker, client; /* worker: who gave it or should have, NONE: nobody */
    bool given, temp, no_show;
};

/* A shift on the roster, when it begins. */
struct shift_note {
    tb_time start, end;
    int worker, kind; /* kind: -1 round the clock */
    bool absent, temp;
    int ill, temps; /* of a crew: how many of it, replaced or not */
};

struct notes {
    struct visit_note *visit;
    struct shift_note *shift;
    int64_t visits, visit_room, shifts, shift_room;
    bool failed;
};

void tb__notes_clear(struct notes *n);

/* A visit whose care began and ended then; what was recorded in the client's presence behind it is
 * found among the stretches of the log. */
void tb__note_given(struct notes *n, const struct unit *u, const struct worker *w,
                    const struct visit *v, tb_time begun, tb_time ended);
/* A visit to which nobody came: the worker waited from then to then. */
void tb__note_no_show(struct notes *n, const struct worker *w, const struct visit *v,
                      tb_time begun, tb_time ended);
void tb__note_missed(struct notes *n, const struct unit *u, const struct visit *v);
void tb__note_shift(struct notes *n, const struct unit *u, const struct worker *w,
                    bool absent);

#endif
