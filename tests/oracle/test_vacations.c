/* One worker who has other things to do when nobody calls, or who waits until calls have gathered. */
#include "logs.h"

static const struct work calls = {.1, 6, .5}, longer = {.1, 6.3, .5};

static tb_scenario *unit(const struct work *w, const char *arrival, const char *vacation,
                         double mean)
{
    tb_scenario *s = unit_of(1);

    add_service(s, "call", w);
    put(s, "services.call.priority", "1");
    add(s, "services.away");
    put(s, "services.away.arrival", arrival);
    put(s, "services.away.priority", "9");
    put(s, "services.away.minutes", vacation, mean);
    return s;
}

static const char exponential[] = "exponential(mean=%.17g)", constant[] = "%.17g";

Test(vacations, again_and_again)
{
    for (int random = 0; random < 2; random++) {
        const char *law = random ? exponential : constant;
        const double square = random ? 2 : 1;
        struct trial t = {.name = random ? "exponential vacations" : "constant vacations"};

        try_unit(&t, "", unit(&calls, "endless", law, 20));
        try_unit(&t, "services 5 % longer", unit(&longer, "endless", law, 20));
        try_unit(&t, "vacations 5 % longer", unit(&calls, "endless", law, 21));
        run_trial(&t, 60, 40, 1);
        expect_figure(&t, ratio_of, "citizen.wait.call",
                      vacations_wait(&calls, 20, square * 400), 1,
                      vacations_wait(&longer, 20, square * 400));
        expect_figure(&t, ratio_of, "citizen.wait.call",
                      vacations_wait(&calls, 20, square * 400), 2,
                      vacations_wait(&calls, 21, square * 441));
        expect_figure(&t, ratio_of, "citizen.number.away", .4, 1, .37);
        end_trial(&t);
    }
}

Test(vacations, one_at_a_time)
{
    struct trial t = {.name = "single vacations"};

    try_unit(&t, "", unit(&calls, "lull", exponential, 20));
    try_unit(&t, "vacations 5 % longer", unit(&calls, "lull", exponential, 21));
    try_unit(&t, "vacations again and again", unit(&calls, "endless", exponential, 20));
    run_trial(&t, 60, 60, 1);
    expect_figure(&t, ratio_of, "citizen.wait.call", single_vacation_wait(&calls, 20), 1,
                  single_vacation_wait(&calls, 21));
    expect_figure(&t, ratio_of, "citizen.wait.call", single_vacation_wait(&calls, 20), 2,
                  vacations_wait(&calls, 20, 800));
    end_trial(&t);
}

static tb_scenario *gathering(const struct work *w, int starts_at)
{
    tb_scenario *s = unit_of(1);

    add_service(s, "call", w);
    put(s, "services.call.starts_at", "%d", starts_at);
    return s;
}

/* Minutes from one idle time to the next. */
static struct estimate cycle(const tb_scenario *s)
{
    struct sample sample = {0, 0, 0};
    struct stretches idle = lived(s, 0, 200, 1, "idle");

    for (long i = 1; i < idle.count; i++)
        take(&sample, idle.item[i].from - idle.item[i - 1].from);
    free(idle.item);
    return mean_of_sample(&sample);
}

Test(vacations, until_five_wait)
{
    struct trial t = {.name = "work starts at 5"};

    try_unit(&t, "", gathering(&calls, 5));
    try_unit(&t, "services 5 % longer", gathering(&longer, 5));
    try_unit(&t, "work starts at 6", gathering(&calls, 6));
    run_trial(&t, 60, 40, 1);
    expect_figure(&t, ratio_of, "citizen.wait.call", gathered_wait(&calls, 5), 1,
                  gathered_wait(&longer, 5));
    expect_figure(&t, ratio_of, "citizen.wait.call", gathered_wait(&calls, 5), 2,
                  gathered_wait(&calls, 6));
    expect_gate(t.name, "cycle", cycle(t.unit[0]), gathered_cycle(&calls, 5), t.fault[2],
                cycle(t.unit[2]), gathered_cycle(&calls, 6));
    end_trial(&t);
}
