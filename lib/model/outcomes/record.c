#include "model/outcomes/sums.h"

/* What is written, told, copied, late, owed and read. */

COUNT_SUM(deviations, deviations)
COUNT_SUM(backlog_samples, backlog_samples)

static double backlog(const struct totals *t)
{
    return (double)t->count.backlog_ms / MINUTE;
}

static double written(const struct totals *t)
{
    return (double)t->records.written;
}

static double made(const struct totals *t)
{
    return (double)(t->records.written + t->records.told);
}

static double told(const struct totals *t)
{
    return (double)t->records.told;
}

static double writings(const struct totals *t)
{
    return (double)(t->records.written + t->records.reentries);
}

static double copies(const struct totals *t)
{
    return (double)t->records.copies;
}

static double copy_minutes(const struct totals *t)
{
    return (double)t->records.copy_ms / MINUTE;
}

static double due(const struct totals *t)
{
    return t->duties + (double)t->records.overdue;
}

static double late(const struct totals *t)
{
    return (double)t->records.late;
}

static double delay_hours(const struct totals *t)
{
    return (double)t->records.delay_ms / HOUR;
}

static double read(const struct totals *t)
{
    return (double)t->records.read;
}

static const struct outcome row[] = {
    {"record.written", "per week",
     "Records written per week, each once, however often it is entered.", OUTCOME_NEITHER,
     written, weeks},
    {"record.told", "per week",
     "Records told instead of written, which nobody can read later, per week.",
     OUTCOME_NEITHER, told, weeks},
    {"record.told_share", "share",
     "Records told instead of written over records written or told.", OUTCOME_NEITHER,
     told, made},
    {"record.copy_share", "share",
     "Writings of what was written already (for another receiver, or a datum that "
     "another record of the same trigger holds) over all writings.",
     OUTCOME_LESS, copies, writings},
    {"record.copy_minutes", "min per worker-week",
     "Minutes of copies per worker and week.", OUTCOME_LESS, copy_minutes, worker_weeks},
    {"record.late_share", "share",
     "Records and other duties past their deadline, when they are written, told or done "
     "or, unwritten, when the last week ends, over those written, told or done and those "
     "unwritten ones.",
     OUTCOME_LESS, late, due},
    {"record.delay_hours", "h",
     "Hours from the trigger of a record or other duty, be it in the warm-up, until it "
     "is "
     "written, told or done or, if it is past its deadline and unwritten, until the last "
     "week ends, over those written, told or done and those unwritten ones.",
     OUTCOME_LESS, delay_hours, due},
    {"record.backlog_minutes", "min",
     "Mean minutes of records and other duties that are owed at the ends of weeks, whole "
     "unit.",
     OUTCOME_LESS, backlog, backlog_samples},
    {"record.read", "per week",
     "Records read by workers who did not know the client fully, per week.", OUTCOME_MORE,
     read, weeks},
    {"record.deviations", "per week",
     "Visits that strayed from their minutes beyond the tolerance, per week.",
     OUTCOME_NEITHER, deviations, weeks},
};
const struct outcome_family tb__record_outcomes = {row, sizeof row / sizeof *row};
