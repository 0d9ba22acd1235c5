/* Sickness: workers are well and ill in turn, independently (alternating renewal). */
#include "logs.h"

static tb_scenario *unit(int workers, double between, const char *law, double spell)
{
    tb_scenario *s = unit_of(workers);

    put(s, "absence.days_between", "%.17g", between);
    put(s, "absence.spell_days", law, spell);
    return s;
}

static const char exponential[] = "exponential(mean=%.17g)";

static double ill(double between, double spell)
{
    return 1 - up_share(between, spell);
}

static double nobody_ill(int workers, double between, double spell)
{
    return pow(up_share(between, spell), workers);
}

Test(availability, eight_workers)
{
    struct trial t = {.name = "absence"};

    try_unit(&t, "", unit(8, 60, exponential, 6));
    try_unit(&t, "spells 5 % longer", unit(8, 60, exponential, 6.3));
    try_unit(&t, "spells 5 % more often", unit(8, 57, exponential, 6));
    run_trial(&t, 200, 500, 20);
    expect_figure(&t, ratio_of, "staff.absence_share", ill(60, 6), 1, ill(60, 6.3));
    expect_figure(&t, ratio_of, "staff.absence_share", ill(60, 6), 2, ill(57, 6));
    expect_figure(&t, ratio_of, "staff.full_strength_share", nobody_ill(8, 60, 6), 1,
                  nobody_ill(8, 60, 6.3));
    end_trial(&t);
}

/* Spells of hours, several a day: nothing depends on the midnights between. */
Test(availability, short_spells)
{
    struct trial t = {.name = "short spells"};

    try_unit(&t, "", unit(3, 1.5, exponential, .5));
    try_unit(&t, "spells 5 % longer", unit(3, 1.5, exponential, .525));
    run_trial(&t, 40, 500, 1);
    expect_figure(&t, ratio_of, "staff.absence_share", ill(1.5, .5), 1, ill(1.5, .525));
    expect_figure(&t, ratio_of, "staff.full_strength_share", nobody_ill(3, 1.5, .5), 1,
                  nobody_ill(3, 1.5, .525));
    end_trial(&t);
}

/* A worker who is ill when a shift begins misses all of it, one who falls ill the rest. */
static double missed(double between, double spell, double shift)
{
    const double well = up_share(between, spell);

    return 1 - well * between / shift * (1 - exp(-shift / between));
}

static tb_scenario *unit_in_shifts(double starts, double between, double spell)
{
    tb_scenario *s = unit(5, between, exponential, spell);

    put(s, "staff.worker.roster", "shifts");
    add(s, "shifts.duty");
    put(s, "shifts.duty.starts", "%g", starts);
    put(s, "shifts.duty.minutes", "480");
    put(s, "shifts.duty.weekdays", "5");
    return s;
}

Test(availability, in_shifts)
{
    static const struct {
        const char *name;
        double starts, between, spell;
    } cases[] = {
        {"early shift", 60, 6, 1}, {"day shift", 480, 8, 1}, {"night shift", 1320, 10, 1}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double between = cases[i].between, spell = cases[i].spell;
        struct trial t = {.name = cases[i].name};

        try_unit(&t, "", unit_in_shifts(cases[i].starts, between, spell));
        try_unit(&t, "spells 5 % longer",
                 unit_in_shifts(cases[i].starts, between, 1.05 * spell));
        run_trial(&t, 60, 500, 2);
        expect_figure(&t, ratio_of, "staff.absence_share",
                      missed(between, spell, 480. / 1440), 1,
                      missed(between, 1.05 * spell, 480. / 1440));
        end_trial(&t);
    }
}

/* Life starts in equilibrium, whatever the law of the spells: the first days are like any. */
Test(availability, from_the_first_day)
{
    static const char lognormal[] = "lognormal(mean=%.17g, cv=1.5)";
    struct trial t = {.name = "absence, first weeks"};

    try_unit(&t, "", unit(30, 60, lognormal, 12));
    try_unit(&t, "spells 5 % longer", unit(30, 60, lognormal, 12.6));
    run_trial(&t, 12000, 2, 0);
    expect_figure(&t, ratio_of, "staff.absence_share", ill(60, 12), 1, ill(60, 12.6));
    end_trial(&t);
}

/* Who is there at noon of every twentieth day, and again ten days later. */
struct presence {
    struct sample number, all, six, again;
};

static struct presence presence_of(const tb_scenario *s, int lives)
{
    enum { WEEKS = 520, WORKERS = 8, APART = 20, LATER = 10 };
    struct presence p = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}};

    for (int life = 0; life < lives; life++) {
        struct stretches duty = lived(s, life, WEEKS, 20, "duty");
        const int days = 7 * WEEKS;
        bool(*there)[WORKERS] = calloc((size_t)days, sizeof *there);

        cr_assert(there);
        for (long i = 0; i < duty.count; i++)
            for (int d = (int)ceil(duty.item[i].from / 1440 - .5); d < days; d++) {
                if (d < 0)
                    continue;
                if (1440 * (d + .5) >= duty.item[i].to)
                    break;
                there[d][duty.item[i].worker] = true;
            }
        for (int d = 0; d + LATER < days; d += APART) {
            int n = 0;

            for (int w = 0; w < WORKERS; w++) {
                n += there[d][w];
                if (there[d][w])
                    take(&p.again, there[d + LATER][w]);
            }
            take(&p.number, n);
            take(&p.all, n == WORKERS);
            take(&p.six, n <= 6);
        }
        free(there);
        free(duty.item);
    }
    return p;
}

/* Counted day by day in the log. */
Test(availability, who_is_there_and_who_ten_days_later)
{
    tb_scenario *right = unit(8, 60, exponential, 6),
                *longer = unit(8, 60, exponential, 6.3);
    const double well = up_share(60, 6), less = up_share(60, 6.3);
    const struct presence p = presence_of(right, 800), f = presence_of(longer, 800);
    const char *name = "presence", *fault = "spells 5 % longer";

    expect_gate(name, "number", mean_of_sample(&p.number), 8 * well, fault,
                mean_of_sample(&f.number), 8 * less);
    expect_gate(name, "all eight", mean_of_sample(&p.all), pow(well, 8), fault,
                mean_of_sample(&f.all), pow(less, 8));
    expect_gate(name, "six at most", mean_of_sample(&p.six), well_up_to(well, 8, 6),
                fault, mean_of_sample(&f.six), well_up_to(less, 8, 6));
    expect_gate(name, "again after ten days", mean_of_sample(&p.again),
                well_after(60, 6, 10), fault, mean_of_sample(&f.again),
                well_after(60, 6.3, 10));
    tb_scenario_free(right);
    tb_scenario_free(longer);
}
