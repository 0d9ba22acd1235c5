/* Clients who come and go: places that are held or empty (an alternating renewal process), and what
 * follows those who are there. Cox 1962, Renewal Theory: in the long run a place is held with the
 * share mean stay / (mean stay + mean vacancy), whatever the laws, and it is so from the start where
 * life begins in equilibrium. */
#include "oracle.h"

enum { PLACES = 30, WORKERS = 30 };

struct places {
    const char *stay, *vacancy;
    double days, empty; /* their means */
};

static tb_scenario *unit(const struct places *p, double more_calls)
{
    static const char *const arrivals[] = {"clients", "rounds", "admission", "discharge"};
    tb_scenario *s = unit_of(WORKERS);

    add(s, "clients.guest");
    put(s, "clients.guest.count", "%d", PLACES);
    put(s, "clients.guest.granted_hours", "0");
    put(s, "clients.guest.stay_days", "%s", p->stay);
    put(s, "clients.guest.vacant_days", "%s", p->vacancy);
    for (int i = 0; i < 4; i++) {
        char path[TB_PATH_SIZE];
        const int end = snprintf(path, sizeof path, "services.%s", arrivals[i]);

        add(s, path);
        snprintf(path + end, sizeof path - (size_t)end, ".arrival");
        put(s, path, "%s", arrivals[i]);
        snprintf(path + end, sizeof path - (size_t)end, ".of");
        put(s, path, "guest");
        snprintf(path + end, sizeof path - (size_t)end, ".minutes");
        put(s, path, "exponential(mean=20)");
    }
    put(s, "services.clients.per_hour", "%.17g", .08 * more_calls);
    put(s, "services.rounds.trace_minutes", "600 3000 9000");
    return s;
}

static double there(const struct places *p)
{
    return PLACES * p->days / (p->days + p->empty);
}

static double coming(const struct places *p)
{
    return 7 * PLACES / (p->days + p->empty);
}

static const struct places right = {"exponential(mean=4)", "exponential(mean=1)", 4, 1},
                           longer = {"exponential(mean=4.2)", "exponential(mean=1)", 4.2,
                                     1},
                           wide = {"lognormal(mean=4, cv=1.2)", "1", 4, 1},
                           sooner = {"uniform(low=2, high=6)", "gamma(mean=0.25, cv=2)",
                                     4, .25};

Test(stays, places_and_what_follows_them)
{
    struct trial t = {.name = "places"};

    try_unit(&t, "", unit(&right, 1));
    try_unit(&t, "stays 5 % longer", unit(&longer, 1));
    try_unit(&t, "5 % more calls", unit(&right, 1.05));
    run_trial(&t, 60, 40, 1);
    expect_figure(&t, ratio_of, "citizen.present", there(&right), 1, there(&longer));
    expect_figure(&t, ratio_of, "citizen.admissions", coming(&right), 1, coming(&longer));
    expect_figure(&t, ratio_of, "citizen.calls.admission", coming(&right), 1,
                  coming(&longer));
    expect_figure(&t, ratio_of, "citizen.calls.discharge", coming(&right), 1,
                  coming(&longer));
    expect_figure(&t, ratio_of, "citizen.calls.clients", 168 * .08 * there(&right), 2,
                  168 * .084 * there(&right));
    expect_figure(&t, ratio_of, "citizen.number.clients", .08 / 3 * there(&right), 2,
                  .084 / 3 * there(&right)); /* Little, with somebody idle at any time */
    expect_agreement(&t, ratio_of, "citizen.calls.rounds", 3 * there(&right));
    end_trial(&t);
}

Test(stays, any_law)
{
    const struct places *const p[] = {&wide, &sooner};

    for (int i = 0; i < 2; i++) {
        struct trial t = {.name = p[i]->stay};

        try_unit(&t, "", unit(p[i], 1));
        run_trial(&t, 60, 30, 1);
        expect_agreement(&t, ratio_of, "citizen.present", there(p[i]));
        expect_agreement(&t, ratio_of, "citizen.admissions", coming(p[i]));
        expect_agreement(&t, ratio_of, "citizen.calls.clients", 168 * .08 * there(p[i]));
        end_trial(&t);
    }
}

/* From the first day on. */
Test(stays, begin_in_equilibrium)
{
    struct trial t = {.name = "places, first week"};

    try_unit(&t, "", unit(&wide, 1));
    run_trial(&t, 1500, 1, 0);
    expect_agreement(&t, ratio_of, "citizen.present", there(&wide));
    expect_agreement(&t, ratio_of, "citizen.admissions", coming(&wide));
    end_trial(&t);
}
