#include "model/outcome.h"

static const struct outcome_family *const family[] = {
    &tb__time_outcomes,   &tb__citizen_outcomes, &tb__staff_outcomes,
    &tb__record_outcomes, &tb__control_outcomes, &tb__money_outcomes,
    &tb__size_outcomes,
};
enum { FAMILIES = sizeof family / sizeof(struct outcome_family *) };

int tb__outcome_count(void)
{
    int sum = 0;

    for (int f = 0; f < FAMILIES; f++)
        sum += family[f]->count;
    return sum;
}

const struct outcome *tb__outcome(int i)
{
    int f = 0;

    for (; i >= family[f]->count; f++)
        i -= family[f]->count;
    return &family[f]->row[i];
}

/* What is no writing is no record; it can be late all the same. */
static void add_obligation(struct totals *out, const struct obligation_tally *t,
                           bool writing)
{
    struct obligation_tally *sum = &out->records;

    out->duties += (double)(t->written + t->told);
    sum->late += t->late;
    sum->overdue += t->overdue;
    sum->delay_ms += t->delay_ms;
    sum->citizen_ms += t->citizen_ms;
    if (!writing)
        return;
    sum->written += t->written;
    sum->told += t->told;
    sum->reentries += t->reentries;
    sum->copies += t->copies;
    sum->copy_ms += t->copy_ms;
    sum->read += t->read;
}

void tb__totals(const struct world *w, const struct ledger *l, int period,
                struct totals *out)
{
    const struct tally *t = &l->tally[period];

    *out = (struct totals){.world = w, .tally = t, .count = t->count};
    out->full_time_ms = tb__full_time_ms(w);
    tb__money_sums(w, t, &out->money);
    out->weeks = (double)w->weeks / l->periods;
    out->worker_weeks = out->weeks * w->people;
    for (int c = 0; c < COLUMNS; c++) {
        int64_t sum = 0;
        for (int i = 0; i < l->workers; i++)
            sum += t->row[i].ms[c];
        out->ms[c] = (double)(sum + t->row[l->workers].ms[c]);
    }
    for (int o = 0; o < w->obligations; o++)
        add_obligation(out, &t->obligation[o], w->obligation[o].writing);
    for (int s = 0; s < w->services; s++) {
        out->calls.calls += t->service[s].calls;
        out->calls.started += t->service[s].started;
        if (w->service[s].column != CARE_NEEDED)
            continue; /* nobody's need is unmet */
        out->calls.unserved_ms += w->service_crew[s] * t->service[s].unserved_ms;
        out->calls.waiting_ms += w->service_crew[s] * t->service[s].waiting_ms;
        out->calls.wanted_ms += t->service[s].wanted_ms;
        out->calls.covered_ms += t->service[s].covered_ms;
    }
}
