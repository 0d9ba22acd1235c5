#include "scenario/obligation.h"

static const char *const triggers[] = {"visit",   "call",  "deviation", "incident",
                                       "no_show", "shift", "week",      "month",
                                       "quarter", "year",  NULL};
static const char *const pers[] = {"worker", "client", "unit", "person", NULL};
static const char *const timings[] = {"at_once", "when_idle", "end_of_shift", NULL};
static const char *const channels[] = {"written", "oral", "either", NULL};
static const char *const imposers[] = {"law",  "state",    "municipality",
                                       "unit", "receiver", NULL};

static const char *const books_words[] = {"records",     "indirect", "administration",
                                          "development", "dialogue", NULL};

static const char *const audited_words[] = {"nothing", "misuse", "errors", "both", NULL};

static const struct field obligation_fields[] = {
    CHOICE(
        struct obligation, trigger, triggers, TRIGGER_VISIT,
        "What calls for the record. A quarter is thirteen weeks, a month a third of it."),
    CHOICE(struct obligation, per, pers, PER_WORKER,
           "Periodic triggers: one record for each worker, for each client, one for the "
           "unit, or one for each person in each client."),
    TEXT(struct obligation, service,
         "Trigger call: only calls of this service; empty: any."),
    TEXT(struct obligation, of,
         "Group of clients that it is about: only visits to them and their periods call "
         "for it, or "
         "calls of services that follow them; empty: any."),
    TEXT(struct obligation, role, "Who writes it; empty: whoever meets the trigger."),
    REAL(struct obligation, probability, "probability", 0, 1, 1,
         "Chance that a trigger leads to a record."),
    LAW(struct obligation, minutes, "min", 10000, 0,
        "Minutes to write one record with all that it holds. Other minutes are another "
        "guess at, or another way of, writing the same; detail cuts the form."),
    LAW(struct obligation, citizen_minutes, "min", 100000, 0,
        "Minutes that each record takes of the citizen, journeys included, however often "
        "it is "
        "entered; none where its datum is transferred. They are no working time."),
    REAL(struct obligation, detail, "share", 0, 1, 1,
         "Share that is left of what the record holds: of its minutes, its value, and "
         "what "
         "control may find in it."),
    CHOICE(struct obligation, timing, timings, TIMING_AT_ONCE,
           "When it is written: at the point of care, in the next gap (at the latest at "
           "the end of the shift), or at the end of the shift."),
    REAL(struct obligation, deadline_hours, "h", 0, 8760, 24,
         "A record written later than this after its trigger counts as late."),
    REAL(struct obligation, delay_cost, "share per h", 0, 1,
         0, "Extra share of the minutes for each hour between trigger and writing, up to twice the minutes."),
    FLAG(struct obligation, in_presence, 0,
         "Written while the client is there (trigger visit or call, timing at_once)."),
    FLAG(
        struct obligation, interruptible, 0,
        "Writing it may be interrupted by calls that interrupt; it is gone on with later "
        "(timing when_idle or end_of_shift; what is left after the shift is written "
        "undisturbed)."),
    TEXT(struct obligation, datum,
         "The fact that it holds; obligations with the same datum are duplicates."),
    COUNT(struct obligation, receivers, "", 1, 20, 1, "How many receive it."),
    REAL(struct obligation, reentry, "probability", 0, 1,
         0, "Chance, for each receiver after the first, that the record is entered once more in full."),
    CHOICE(struct obligation, channel, channels, CHANNEL_WRITTEN,
           "written; oral: its minutes are dialogue and nobody can read it later; or "
           "either: "
           "regime.dialogue.oral_share of them are told."),
    FLAG(struct obligation, oral_allowed,
         0, "The law that imposes it lets it be told. What law imposes is written otherwise."),
    CHOICE(struct obligation, imposed_by, imposers, IMPOSED_MUNICIPALITY,
           "Who could abolish it."),
    TEXT(struct obligation, citation, "The law or rule that imposes it."),
    REAL(struct obligation, read_probability, "probability", 0, 1, 0,
         "Chance that a worker who does not know the client at all reads the last "
         "record; in "
         "proportion to what is not known."),
    REAL(struct obligation, read_minutes, "min", 0, 120, 0,
         "Minutes that reading it takes."),
    REAL(struct obligation, value, "share", 0, 1, 0,
         "Share of the errors that come from not knowing the client that reading it "
         "prevents; of a record that is about no client: share of lost handovers that it "
         "makes good; "
         "times detail, and regime.records.detail where that is below 1."),
    REAL(struct obligation, lasts_days, "days", 0, 3650, 14,
         "How long a record stays of use."),
    CHOICE(
        struct obligation, audited, audited_words, 0,
        "What control may find by looking at this record: misuse (a visit that was not "
        "given as reported), errors, or both."),
    CHOICE(
        struct obligation, books, books_words, BOOKED_RECORDS,
        "Where its minutes are booked. records: it is writing. Any other: it is a duty "
        "that "
        "is no writing (preparation, tidying up, a talk), done when its timing says, "
        "which counts neither as a record nor in what records cost, and which "
        "regime.records.detail does not cut."),
};
RECORD(tb__obligation_record, "obligation", "A duty to write something down.",
       struct obligation, obligation_fields);
