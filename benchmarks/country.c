/* A country: home care of 357 municipalities for a year, under two regimes. Prints JSON.
 *
 *     country [THREADS [WEEKS]]
 *
 * Sizes are a model, not a register: recipients are lognormal over municipalities in rank, with the
 * spread that the smallest and the largest of Norway's municipalities have (210 and 717,000
 * inhabitants, E262, unverified), and sum to its recipients of home services (178,720, E252). A
 * municipality is cut into equal units of at most 250 clients; staff and shifts follow clients, at
 * least one worker wherever the preset has any. One replication, no warm-up. */
#define _POSIX_C_SOURCE 200809L /* clock_gettime */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include <tidsbruk/tidsbruk.h>

enum { MUNICIPALITIES = 357, RECIPIENTS = 178720, MOST_CLIENTS = 250, WEEKS = 52 };

static const char *const presets[] = {"home_care/npm", "home_care/trust"};
enum { REGIMES = sizeof presets / sizeof *presets };

/* Settings that follow the number of clients, and the least that they may be. */
static const struct follows {
    const char *path;
    int least;
} follows[] = {
    {"clients.home.count", 1},       {"staff.carer.count", 6},
    {"shifts.day.weekdays", 1},      {"shifts.day.saturdays", 1},
    {"shifts.day.sundays", 1},       {"shifts.evening.weekdays", 1},
    {"shifts.evening.saturdays", 1}, {"shifts.evening.sundays", 1},
};

/* Standard normal quantile, by bisection: accurate enough for sizes. */
static double normal_quantile(double p)
{
    double low = -8, high = 8;

    while (high - low > 1e-9) {
        const double middle = (low + high) / 2;
        if (erfc(-middle / sqrt(2)) / 2 < p)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Recipients of each municipality, smallest first. */
static void sizes(double size[MUNICIPALITIES])
{
    const double most = normal_quantile((MUNICIPALITIES - 0.5) / MUNICIPALITIES);
    const double sigma = log(717000.0 / 210.0) / (2 * most);
    double sum = 0;

    for (int i = 0; i < MUNICIPALITIES; i++)
        sum += size[i] = exp(sigma * normal_quantile((i + 0.5) / MUNICIPALITIES));
    for (int i = 0; i < MUNICIPALITIES; i++)
        size[i] *= RECIPIENTS / sum;
}

static tb_status scaled(const tb_scenario *preset, int clients, tb_scenario **out,
                        tb_error *err)
{
    tb_status status = tb_scenario_copy(preset, out, err);
    tb_value whole, value;

    if (!status)
        status = tb_scenario_get(preset, follows[0].path, &whole, err);
    for (size_t i = 0; !status && i < sizeof follows / sizeof *follows; i++) {
        char text[32];
        long count;

        if ((status = tb_scenario_get(preset, follows[i].path, &value, err)))
            break;
        count = lround(atof(value.text) * clients / atof(whole.text));
        if (count < follows[i].least)
            count = follows[i].least;
        snprintf(text, sizeof text, "%ld", count);
        status = tb_scenario_set(*out, follows[i].path, text, err);
    }
    return status;
}

struct totals {
    double planned, duty, direct;
    int units, clients;
};

static double sum_of(const tb_result *r, const char *outcome, int part)
{
    const double *column = tb_result_column(r, tb_result_find(r, outcome), part);
    double sum = 0;

    for (int64_t row = 0; row < tb_result_rows(r); row++)
        sum += column[row];
    return sum;
}

/* Both regimes in one municipality: its units are worlds of their own, as replications are. */
static tb_status live(tb_scenario *const preset[REGIMES], int recipients, tb_plan *plan,
                      struct totals *totals, tb_error *err)
{
    const int units = (recipients + MOST_CLIENTS - 1) / MOST_CLIENTS;
    tb_scenario *s[REGIMES] = {NULL};
    tb_result *r = NULL;
    tb_status status = TB_OK;

    for (int i = 0; !status && i < REGIMES; i++)
        status = scaled(preset[i], (recipients + units / 2) / units, &s[i], err);
    plan->replications = units;
    if (!status)
        status = tb_run((const tb_scenario *const *)s, REGIMES, plan, &r, err);
    if (!status) {
        totals->planned += sum_of(r, "citizen.missed_share", 2);
        totals->direct += sum_of(r, "time.direct_share", 1);
        totals->duty += sum_of(r, "time.direct_share", 2);
        totals->units += units;
        totals->clients += units * ((recipients + units / 2) / units);
        plan->seed++;
    }
    tb_result_free(r);
    for (int i = 0; i < REGIMES; i++)
        tb_scenario_free(s[i]);
    return status;
}

static double seconds(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
    const double started = seconds(CLOCK_MONOTONIC);
    double size[MUNICIPALITIES];
    tb_plan plan = TB_PLAN_INIT;
    tb_scenario *preset[REGIMES] = {NULL};
    struct totals totals = {0};
    struct rusage used;
    tb_error err;
    tb_status status = TB_OK;

    plan.threads = argc > 1 ? atoi(argv[1]) : 0;
    plan.weeks = argc > 2 ? atoi(argv[2]) : WEEKS;
    plan.warmup = 0;
    sizes(size);
    for (int i = 0; !status && i < REGIMES; i++)
        status = tb_scenario_preset(presets[i], &preset[i], &err);
    for (int i = 0; !status && i < MUNICIPALITIES; i++)
        status = live(preset, (int)lround(size[i]), &plan, &totals, &err);
    for (int i = 0; i < REGIMES; i++)
        tb_scenario_free(preset[i]);
    if (status)
        return fprintf(stderr, "country: %s\n", err.message), 1;

    getrusage(RUSAGE_SELF, &used);
    printf("{\"municipalities\": %d, \"units\": %d, \"clients\": %d, \"weeks\": %d, "
           "\"visits\": %.0f, \"direct_share\": %.4f, \"seconds\": %.2f, "
           "\"processor_seconds\": %.2f, \"peak_mb\": %.1f}\n",
           MUNICIPALITIES, totals.units, totals.clients, plan.weeks, totals.planned,
           totals.direct / totals.duty, seconds(CLOCK_MONOTONIC) - started,
           seconds(CLOCK_PROCESS_CPUTIME_ID), (double)used.ru_maxrss / 1024);
    return 0;
}
