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

void tb__totals(const struct world *w, const struct ledger *l, int period,
                struct totals *out)
{
    const struct tally *t = &l->tally[period];

    *out = (struct totals){.world = w, .tally = t, .count = t->count};
    out->full_time_ms = tb__full_time_ms(w);
    tb__money_sums(w, t, &out->money);
    out->weeks = (double)w->weeks / l->periods;
    out->worker_weeks = out->weeks * w->workers;
    for (int c = 0; c < COLUMNS; c++) {
        int64_t sum = 0;
        for (int i = 0; i < l->workers; i++)
            sum += t->row[i].ms[c];
        out->ms[c] = (double)(sum + t->row[l->workers].ms[c]);
    }
    for (int o = 0; o < w->obligations; o++) {
        out->records.written += t->obligation[o].written;
        out->records.told += t->obligation[o].told;
        out->records.reentries += t->obligation[o].reentries;
        out->records.copies += t->obligation[o].copies;
        out->records.copy_ms += t->obligation[o].copy_ms;
        out->records.late += t->obligation[o].late;
        out->records.overdue += t->obligation[o].overdue;
        out->records.delay_ms += t->obligation[o].delay_ms;
        out->records.read += t->obligation[o].read;
    }
    for (int s = 0; s < w->services; s++) {
        out->calls.calls += t->service[s].calls;
        out->calls.started += t->service[s].started;
        if (w->service[s].column != CARE_NEEDED)
            continue; /* nobody's need is unmet */
        out->calls.unserved_ms += t->service[s].unserved_ms;
        out->calls.waiting_ms += t->service[s].waiting_ms;
    }
}
