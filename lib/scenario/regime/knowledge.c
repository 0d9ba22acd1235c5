#include "scenario/regime/knowledge.h"

static const struct field knowledge_fields[] = {
    REAL(struct knowledge, acquaintance_gain, "share", 0, 1, 1,
         "Share of what a worker does not yet know of a client that one visit closes."),
    REAL(struct knowledge, acquaintance_half_life_days, "days", 0, 3650, 0,
         "Time without a visit in which acquaintance halves; 0: it stays, until "
         "errors.familiar_days end it."),
    REAL(struct knowledge, records_on_acquaintance, "share", -1, 1, 0,
         "How much less a visit adds to acquaintance for the share of its time that "
         "records at once take; negative: more. The sign is open."),
    REAL(struct knowledge, unfamiliar_time, "share", -0.5, 2, 0,
         "Extra time for the same care with a client whom the worker does not know at "
         "all; negative: less. The sign is open."),
    REAL(struct knowledge, competence, "share", 0, 1, 1,
         "Competence of workers when life begins."),
    REAL(struct knowledge, competence_half_life_weeks, "weeks", 0, 5200, 0,
         "Time in which competence halves without training; 0: it stays."),
    REAL(struct knowledge, training_minutes, "min per worker-month", 0, 480, 0,
         "Training, at the start of a worker's first shift of a month."),
    REAL(struct knowledge, training_gain, "share per h", 0, 0.99, 0,
         "Share of what is missing to full competence that an hour of training closes."),
    REAL(struct knowledge, update_minutes, "min per worker-quarter", 0, 480, 0,
         "News from research and practice, at the start of a worker's first shift of a "
         "quarter."),
    REAL(struct knowledge, update_gain, "share per h", 0, 0.99, 0,
         "Share of what is missing to full competence that an hour of such an update "
         "closes "
         "in the end."),
    REAL(struct knowledge, update_half_life_weeks, "weeks", 0, 520, 0,
         "Time in which half of that has taken effect; 0: at once."),
    REAL(struct knowledge, sparring_minutes, "min per shift", 0, 240, 0,
         "Sparring of colleagues, at the start of a shift; once a week for who works "
         "round "
         "the clock."),
    REAL(struct knowledge, sparring_gain, "share per h", 0, 0.99, 0,
         "Share of what is missing to full competence that an hour of sparring closes."),
    REAL(struct knowledge, sparring_errors, "per h", -0.9, 2, 0,
         "Relative change of the error probability for an hour of sparring in a shift, "
         "and "
         "no more for longer. The sign is open."),
    REAL(struct knowledge, unskilled_time, "share", -0.5, 2, 0,
         "Extra time for the same care without any competence. The sign is open."),
    REAL(struct knowledge, unskilled_errors, "share", -0.9, 10, 0,
         "Relative change of the error probability without any competence. The sign is "
         "open."),
};
RECORD(tb__knowledge_record, "knowledge",
       "What workers know of their clients and of their trade.", struct knowledge,
       knowledge_fields);
