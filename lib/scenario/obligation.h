/* scenario/obligation.h: a duty to write something down, or to do something besides visits and calls. */
#ifndef TB_SCENARIO_OBLIGATION_H
#define TB_SCENARIO_OBLIGATION_H

#include "scenario/field.h"

enum { MAX_OBLIGATIONS = 48, CITATION_SIZE = 128 };

enum trigger {
    TRIGGER_VISIT, /* a planned visit that was given */
    TRIGGER_CALL,  /* a call that was served */
    TRIGGER_DEVIATION, /* a visit whose minutes differ from the grant by more than the tolerance */
    TRIGGER_INCIDENT, /* an error or a misuse that was found */
    TRIGGER_NO_SHOW,  /* a planned visit to which nobody came */
    TRIGGER_SHIFT,
    TRIGGER_WEEK,
    TRIGGER_MONTH, /* a third of a quarter */
    TRIGGER_QUARTER,
    TRIGGER_YEAR,
    TRIGGERS
};
enum obligation_per { PER_WORKER, PER_CLIENT, PER_UNIT, PER_PERSON };
enum timing { TIMING_AT_ONCE, TIMING_WHEN_IDLE, TIMING_END_OF_SHIFT };
enum channel { CHANNEL_WRITTEN, CHANNEL_ORAL, CHANNEL_EITHER };
/* Of periodic records: one for each of something that clients are, or are made of. */
static inline bool tb__is_of_clients(int per)
{
    return per == PER_CLIENT || per == PER_PERSON;
}

/* Duties that are no writing: which column of the ledger holds their minutes. */
enum booked {
    BOOKED_RECORDS,
    BOOKED_INDIRECT,
    BOOKED_ADMINISTRATION,
    BOOKED_DEVELOPMENT,
    BOOKED_DIALOGUE
};
enum imposed_by {
    IMPOSED_LAW,
    IMPOSED_STATE,
    IMPOSED_MUNICIPALITY,
    IMPOSED_UNIT,
    IMPOSED_RECEIVER
};

/* What an audit of the record can bring to light. */
enum audited { AUDITED_MISUSE = 1, AUDITED_ERRORS = 2 };

struct obligation {
    char name[NAME_SIZE];
    int trigger; /* enum trigger */
    int per;     /* periodic triggers: for each worker, client or once for the unit */
    char service[NAME_SIZE]; /* TRIGGER_CALL: of this service; empty: any */
    char of[NAME_SIZE];      /* about clients of this group alone; empty: any */
    char role[NAME_SIZE];    /* author; empty: whoever triggers it */
    double probability;
    struct law minutes;
    struct law citizen_minutes; /* that each record takes of the citizen */
    double detail;              /* 1 is neutral */
    int timing;
    double deadline_hours;
    double delay_cost; /* extra share of the minutes for each hour of delay */
    bool in_presence;
    bool interruptible; /* where it is not written at once */
    char datum[NAME_SIZE];
    int receivers;
    double reentry;
    int channel;
    bool oral_allowed; /* by the law that imposes it */
    int imposed_by;
    char citation[CITATION_SIZE];
    double read_probability, read_minutes, value, lasts_days;
    int audited; /* bits: enum audited */
    int books;   /* enum booked */
};

/* What the regime leaves of the minutes of what is written: `kept` of a record's; all of what is told
 * by itself, and of a duty that is no writing. */
static inline double tb__detail_left(const struct obligation *o, double kept)
{
    return o->channel == CHANNEL_ORAL || o->books != BOOKED_RECORDS ? 1 : kept;
}

extern const struct record tb__obligation_record;

#endif
