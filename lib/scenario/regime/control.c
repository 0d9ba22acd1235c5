#include "scenario/regime/control.h"

static const struct field control_fields[] = {
    REAL(struct control, audits_per_month, "audits per month", 0, 200, 0,
         "Audits of the unit; each takes one worker's time at the start of a shift."),
    REAL(struct control, audit_minutes, "min", 0, 480, 0,
         "Minutes of that worker for one audit, whatever it looks at."),
    REAL(struct control, look_minutes, "min per visit", 0, 120, 0,
         "Further minutes for each visit that the audit looks at: coverage times the "
         "planned visits of a month."),
    REAL(struct control, coverage, "share", 0, 1, 0,
         "Share of visits that one audit a month looks at."),
    REAL(struct control, detection, "probability", 0, 1, 0,
         "Chance that an audit that looks at a visit finds its error or misuse."),
    REAL(struct control, record_review, "probability", 0, 1, 0,
         "Share of audited records that control looks at, and finds the error or misuse "
         "of the "
         "visit in."),
    REAL(struct control, review_minutes, "min per record", 0, 60, 0,
         "Minutes of a look at an audited record of a visit or call: record_review of "
         "those "
         "written are looked at; all workers share the minutes in the week after."),
    REAL(struct control, deterrence, "share", 0, 1, 0,
         "Share of misuse that certain detection by control would prevent."),
    REAL(struct control, inspection_minutes, "min", 0, 480,
         0, "Minutes of the worker's next shift that an error or misuse that was found costs."),
    REAL(struct control, distrust_gain, "per incident", 0, 10, 0,
         "How much one incident raises the number of audits, relative to its base."),
    REAL(struct control, distrust_half_life_weeks, "weeks", 0.1, 520, 8,
         "Time in which that rise halves."),
};
RECORD(tb__control_record, "control", "Audits, what they find and what they cost.",
       struct control, control_fields);
