/* Priorities that interrupt: work that was broken off goes on where it was. */
#include "oracle.h"

static const char *const names[] = {"first", "second", "third"};
static const char *const sojourns[] = {"citizen.sojourn.first", "citizen.sojourn.second",
                                       "citizen.sojourn.third"};

static void set(tb_scenario *s, const char *service, const char *field, const char *value)
{
    char path[TB_PATH_SIZE];

    snprintf(path, sizeof path, "services.%s.%s", service, field);
    put(s, path, "%s", value);
}

static tb_scenario *unit(const struct work w[3], int workers)
{
    static const char *const priority[] = {"1", "2", "3"};
    tb_scenario *s = unit_of(workers);

    for (int k = 0; k < 3; k++) {
        add_service(s, names[k], &w[k]);
        set(s, names[k], "priority", priority[k]);
        set(s, names[k], "interrupts", "true");
        set(s, names[k], "interruptible", "true");
    }
    return s;
}

static tb_scenario *unit_that_waits(const struct work w[3])
{
    tb_scenario *s = unit(w, 1);

    set(s, "second", "interruptible", "false");
    set(s, "third", "interruptible", "false");
    return s;
}

static const struct work right[] = {{.02, 8, 1}, {.05, 6, .5}, {.03, 5, .57735026919}};

Test(preemptive, three_classes)
{
    static const struct work longer[] = {
        {.02, 8.4, 1}, {.05, 6, .5}, {.03, 5, .57735026919}};
    static const struct work more[] = {
        {.021, 8, 1}, {.0525, 6, .5}, {.0315, 5, .57735026919}};
    struct trial t = {.name = "interruptions"};

    try_unit(&t, "", unit(right, 1));
    try_unit(&t, "first class 5 % longer", unit(longer, 1));
    try_unit(&t, "5 % more calls", unit(more, 1));
    try_unit(&t, "nothing interruptible", unit_that_waits(right));
    run_trial(&t, 60, 40, 1);
    for (int k = 0; k < 3; k++) {
        const double expected = preemptive_sojourn(right, k);

        expect_figure(&t, ratio_of, sojourns[k], expected, 1,
                      preemptive_sojourn(longer, k));
        if (k > 0) /* the first class hardly feels itself */
            expect_figure(&t, ratio_of, sojourns[k], expected, 2,
                          preemptive_sojourn(more, k));
        if (k != 1) /* the second gains from the third what it loses to the first */
            expect_figure(&t, ratio_of, sojourns[k], expected, 3,
                          cobham_wait(right, 3, k) + right[k].mean);
    }
    end_trial(&t);
}

/* An interrupted call may be resumed by somebody else. */
Test(preemptive, several_workers)
{
    static const struct work w[] = {{.05, 10, 1}, {.1, 10, 1}, {.05, 10, 1}};
    struct trial t = {.name = "interruptions, 3 workers"};

    try_unit(&t, "", unit(w, 3));
    run_trial(&t, 40, 20, 1);
    for (int k = 0; k < 3; k++)
        expect_agreement(&t, ratio_of, sojourns[k], preemptive_sojourn_of_many(w, k, 3));
    end_trial(&t);
}
