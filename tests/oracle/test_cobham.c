/* Priorities that do not interrupt: who is served is served to the end. */
#include "oracle.h"

static const char *const names[] = {"first", "second", "third"};
static const char *const waits[] = {"citizen.wait.first", "citizen.wait.second",
                                    "citizen.wait.third"};

/* Class `priority[k]` - 1 goes first. */
static tb_scenario *unit(const struct work w[3], const int priority[3], int workers)
{
    tb_scenario *s = unit_of(workers);

    for (int k = 0; k < 3; k++) {
        char path[TB_PATH_SIZE];

        add_service(s, names[k], &w[k]);
        snprintf(path, sizeof path, "services.%s.priority", names[k]);
        put(s, path, "%d", priority[k]);
    }
    return s;
}

static const int in_order[] = {1, 2, 3}, two_swapped[] = {1, 3, 2};

Test(cobham, three_classes)
{
    static const struct work right[] = {{.02, 8, 1}, {.05, 6, .5}, {.03, 5, .57735026919}};
    static const struct work longer[] = {
        {.02, 8, 1}, {.05, 6.3, .5}, {.03, 5, .57735026919}};
    static const struct work more[] = {{.021, 8, 1}, {.05, 6, .5}, {.03, 5, .57735026919}};
    static const struct work swapped[] = {{.02, 8, 1}, {.03, 5, .57735026919}, {.05, 6, .5}};
    struct trial t = {.name = "priorities"};

    try_unit(&t, "", unit(right, in_order, 1));
    try_unit(&t, "second class 5 % longer", unit(longer, in_order, 1));
    try_unit(&t, "first class 5 % more often", unit(more, in_order, 1));
    try_unit(&t, "second and third class swapped", unit(right, two_swapped, 1));
    run_trial(&t, 60, 36, 1);
    for (int k = 0; k < 3; k++) {
        const double expected = cobham_wait(right, 3, k);

        expect_figure(&t, ratio_of, waits[k], expected, 1, cobham_wait(longer, 3, k));
        if (k == 0)
            continue; /* which hardly feels the others */
        expect_figure(&t, ratio_of, waits[k], expected, 2, cobham_wait(more, 3, k));
        expect_figure(&t, ratio_of, waits[k], expected, 3, cobham_wait(swapped, 3, 3 - k));
    }
    end_trial(&t);
}

Test(cobham, classes_of_equal_priority_wait_in_one_line)
{
    static const int equal[] = {2, 2, 2};
    static const struct work w[] = {{.01, 10, 1}, {.02, 10, 1}, {.03, 10, 1}};
    struct trial t = {.name = "equal priorities"};

    try_unit(&t, "", unit(w, equal, 1));
    run_trial(&t, 40, 50, 1);
    for (int k = 0; k < 3; k++)
        expect_agreement(&t, ratio_of, waits[k], mmc_wait(.06, 10, 1));
    end_trial(&t);
}

Test(cobham, several_workers)
{
    static const struct work w[] = {{.1, 10, 1}, {.05, 10, 1}, {.1, 10, 1}};
    struct trial t = {.name = "priorities, 3 workers"};

    try_unit(&t, "", unit(w, in_order, 3));
    run_trial(&t, 40, 50, 1);
    for (int k = 0; k < 3; k++)
        expect_agreement(&t, ratio_of, waits[k], cobham_wait_of_many(w, 3, k, 3));
    end_trial(&t);
}
