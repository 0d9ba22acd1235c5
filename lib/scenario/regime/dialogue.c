#include "scenario/regime/dialogue.h"

static const char *const periods[] = {"month", "quarter", "year", NULL};

static const struct field dialogue_fields[] = {
    REAL(struct dialogue, minutes_per_shift, "min per shift", 0, 240, 0,
         "Talks with colleagues and with clients about the service, at the start of a "
         "shift; once a week for who works round the clock."),
    REAL(struct dialogue, oral_share, "share", 0, 1, 0,
         "Share of the records of obligations whose channel is either that are told "
         "instead of written; nobody can read them later."),
    REAL(struct dialogue, oral_pace, "factor", 0, 5, 1,
         "Minutes that telling takes, over those of writing."),
    REAL(struct dialogue, handover_loss, "probability", 0, 1, 0,
         "Chance that a shift begins without what the one before had to tell, were there "
         "neither handover minutes nor talks."),
    REAL(struct dialogue, handover_saved, "share per 10 min", 0, 0.99, 0,
         "Share of these losses that ten minutes a shift of handover or talks prevent."),
    REAL(struct dialogue, handover_errors, "share", -0.9, 10, 0,
         "Relative change of the error probability in such a shift."),
    REAL(struct dialogue, codesign_minutes, "min per talk", 0, 480, 0,
         "Talk with a client about what the service should be, in each period."),
    REAL(
        struct dialogue, codesign_effect, "share per 20 min", -0.99, 0.99, 0,
        "Share of the distance between a client's need and grant that talks of twenty "
        "minutes close, longer ones the same share of the rest; negative: they widen it. "
        "The sign is open."),
    CHOICE(
        struct dialogue, codesign_every, periods, CODESIGN_QUARTER,
        "How often these talks are held with each client; the first at the first visit."),
    REAL(struct dialogue, coordination_minutes, "min per month", 0, 480, 0,
         "Coordination with each other agency that serves a client, for each client."),
    REAL(struct dialogue, coordination_saved, "share per 10 min", 0, 0.99, 0,
         "Share of clashes that ten minutes of coordination a month prevent."),
    REAL(struct dialogue, clash_probability, "probability", 0, 1, 0,
         "Chance that a visit finds another agency there, for each other agency that "
         "serves the client: the way was in vain, and the visit is missed."),
    REAL(struct dialogue, clash_minutes, "min", 0, 240, 0,
         "Minutes lost at the door when that happens."),
};
RECORD(tb__dialogue_record, "dialogue", "What is said, and what talking costs.",
       struct dialogue, dialogue_fields);
