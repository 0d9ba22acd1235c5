/* Sickness: workers are well and ill in turn, independently (alternating renewal). */
#include "oracle.h"

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
