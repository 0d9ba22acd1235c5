/* Calls for somebody in particular. They come at random to each of the n workers at rate / n, whatever
 * she does, so that a piece of work that may be interrupted is interrupted rate / n x its mean length
 * times on average, whatever the law of its length (thinning of a Poisson process). */
#include "oracle.h"

enum { WORKERS = 4 };

static const double per_hour = 6, task = 12, record = 9;

static void add_phone(tb_scenario *s, double rate)
{
    add(s, "services.phone");
    put(s, "services.phone.per_hour", "%.17g", rate);
    put(s, "services.phone.minutes", "exponential(mean=2)");
    put(s, "services.phone.assignment", "anybody");
    put(s, "services.phone.interrupts", "true");
    put(s, "services.phone.priority", "1");
}

/* Everybody is always at a task, or on the phone. */
static tb_scenario *unit(const char *law, double mean, double rate)
{
    tb_scenario *s = unit_of(WORKERS);

    add_phone(s, rate);
    add(s, "services.task");
    put(s, "services.task.arrival", "endless");
    put(s, "services.task.minutes", law, mean);
    put(s, "services.task.interruptible", "true");
    put(s, "services.task.books", "administration");
    return s;
}

static double times(double rate, double minutes)
{
    return 100 * rate / WORKERS / 60 * minutes;
}

Test(interruptions, of_calls_of_any_law)
{
    static const char *const laws[] = {"exponential(mean=%.17g)", "%.17g",
                                       "lognormal(mean=%.17g, cv=1.5)"};

    for (int i = 0; i < 3; i++) {
        struct trial t = {.name = laws[i]};

        try_unit(&t, "", unit(laws[i], task, per_hour));
        try_unit(&t, "tasks 5 % longer", unit(laws[i], 1.05 * task, per_hour));
        try_unit(&t, "5 % more calls", unit(laws[i], task, 1.05 * per_hour));
        run_trial(&t, 60, 12, 1);
        expect_figure(&t, ratio_of, "staff.interruptions.task", times(per_hour, task), 1,
                      times(per_hour, 1.05 * task));
        expect_figure(&t, ratio_of, "staff.interruptions.task", times(per_hour, task), 2,
                      times(1.05 * per_hour, task));
        expect_figure(&t, ratio_of, "time.piece_minutes.task", task, 1, 1.05 * task);
        end_trial(&t);
    }
}

/* Records that wait for a gap, written between other calls that interrupt nothing. */
static tb_scenario *writers(double minutes, double rate)
{
    tb_scenario *s = unit_of(WORKERS);

    add_phone(s, rate);
    add(s, "services.visit");
    put(s, "services.visit.per_hour", "%.17g", 5.0);
    put(s, "services.visit.minutes", "exponential(mean=15)");
    put(s, "services.visit.priority", "6");
    add(s, "obligations.note");
    put(s, "obligations.note.trigger", "call");
    put(s, "obligations.note.service", "visit");
    put(s, "obligations.note.minutes", "gamma(mean=%.17g, cv=0.7)", minutes);
    put(s, "obligations.note.timing", "when_idle");
    put(s, "obligations.note.interruptible", "true");
    return s;
}

Test(interruptions, of_records)
{
    struct trial t = {.name = "records"};

    try_unit(&t, "", writers(record, per_hour));
    try_unit(&t, "records 5 % longer", writers(1.05 * record, per_hour));
    run_trial(&t, 60, 25, 1);
    expect_figure(&t, ratio_of, "staff.interruptions.obligation.note",
                  times(per_hour, record), 1, times(per_hour, 1.05 * record));
    expect_figure(&t, ratio_of, "time.piece_minutes.obligation.note", record, 1,
                  1.05 * record);
    end_trial(&t);
}

/* Everybody is asked as often as the others. */
Test(interruptions, are_for_anybody)
{
    static const char *const roles[] = {"worker", "second", "third"};
    struct trial t = {.name = "anybody"};

    for (int i = 0; i < 2; i++) {
        tb_scenario *s = unit("exponential(mean=%.17g)", task, per_hour);

        put(s, "staff.worker.role", "worker");
        put(s, "staff.worker.count", "2");
        for (int k = 1; k < 3; k++) {
            char path[TB_PATH_SIZE];
            const int end = snprintf(path, sizeof path, "staff.%s", roles[k]);

            add(s, path);
            snprintf(path + end, sizeof path - (size_t)end, ".roster");
            put(s, path, "always");
            snprintf(path + end, sizeof path - (size_t)end, ".role");
            put(s, path, "%s", roles[k]);
        }
        put(s, "staff.second.count", "1");
        put(s, "staff.third.count", "1");
        if (i)
            put(s, "services.phone.assignment", "longest_idle");
        try_unit(&t, i ? "whoever was found first" : "", s);
    }
    run_trial(&t, 60, 12, 1);
    for (int k = 0; k < 3; k++) {
        char outcome[TB_PATH_SIZE];
        const double share = per_hour / 60 * 2 / WORKERS;

        snprintf(outcome, sizeof outcome, "time.direct_share.role.%s", roles[k]);
        expect_agreement(&t, ratio_of, outcome, share);
        cr_expect(fabs(z_of(ratio_of(&t, 1, outcome), share)) > most_z,
                  "%s: a rule that finds the same first passes", outcome);
    }
    end_trial(&t);
}
