#include "model/money.h"

static const double HOUR = 3600000;

struct group_ms {
    int64_t duty, temp, overtime, absent, direct;
};

/* What an hour on duty of a staff group costs. */
static double rate(const struct world *w, int group)
{
    return w->set.staff[group].wage * (1 + w->set.money.on_costs);
}

static void by_group(const struct world *w, const struct tally *t, struct group_ms *sum)
{
    for (int i = 0; i < w->workers; i++) {
        const int64_t *ms = t->row[i].ms;
        struct group_ms *g = &sum[w->worker_group[i]];

        g->duty += ms[DUTY];
        g->temp += ms[TEMP_DUTY];
        g->overtime += ms[OVERTIME];
        g->absent += ms[ABSENT];
        g->direct += ms[CARE_NEEDED] + ms[CARE_SURPLUS];
    }
}

void tb__money_sums(const struct world *w, const struct tally *t, struct money_sums *out)
{
    const struct money *m = &w->set.money;
    struct group_ms sum[MAX_STAFF] = {{0}};

    *out = (struct money_sums){0};
    if (!w->priced)
        return;
    by_group(w, t, sum);
    for (int g = 0; g < w->set.staff_count; g++) {
        const double each = rate(w, g) / HOUR;
        const double regular = each * (double)(sum[g].duty - sum[g].temp);
        const double supplement = each * m->overtime_supplement * (double)sum[g].overtime;

        out->direct += each * (double)sum[g].direct;
        out->overtime += each * (double)sum[g].overtime + supplement;
        out->temps += each * m->temp_factor * (double)sum[g].temp;
        out->absence += each * m->absence_pay * (double)sum[g].absent;
        out->wages += regular + supplement;
    }
    out->wages += out->temps + out->absence;
    for (int o = 0; o < w->obligations; o++)
        if (w->obligation[o].writing)
            out->records += tb__money_obligation(w, t, o);
}

double tb__money_obligation(const struct world *w, const struct tally *t, int obligation)
{
    const int64_t *ms = t->group_ms[obligation];
    double cost = 0;

    for (int g = 0; g < w->set.staff_count; g++)
        cost += rate(w, g) / HOUR * (double)ms[g];
    return cost * (1 + w->set.money.overhead);
}

double tb__full_time_ms(const struct world *w)
{
    const struct money *m = &w->set.money;

    return m->full_time_hours * HOUR * m->full_time_weeks / WEEKS_A_YEAR;
}
