/* The calendar: midnight, and what a week ends and begins with. */
#include "model/unit.h"

/* Strain of the week that ends now; whoever is on duty has worked a part of the shift in it. */
static void strain_of_week(struct unit *u)
{
    const struct wellbeing *p = &u->world->set.regime.wellbeing;

    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];
        const bool there = w->doing != OFF && w->doing != AWAY && !w->temp;
        const tb_time worked = w->week_duty + (there ? tb__since(u, w, u->now) : 0);
        const double duty = worked > 0 ? (double)worked : 1;

        tb__wellbeing_week(p, &u->wellbeing, i, u->world->strain_decay,
                           (double)w->week_overtime / duty,
                           w->pressed_visits ? w->pressure / w->pressed_visits : 0,
                           (double)w->week_records / duty);
        u->ledger.now->count.strain += u->wellbeing.strain[i];
        u->ledger.now->count.strain_samples++;
        w->week_duty = w->week_overtime = w->week_records = 0;
        w->pressure = 0;
        w->pressed_visits = 0;
    }
}

static void competence_of_week(struct unit *u)
{
    for (int i = 0; i < u->world->workers; i++) {
        if (tb__answers(u, M_KNOWLEDGE))
            tb__knowledge_week(&u->world->knowledge, &u->worker[i].competence);
        u->ledger.now->count.competence += u->worker[i].competence.now;
    }
}

static void audits_of_week(struct unit *u)
{
    const struct world *w = u->world;
    const struct control *c = &w->set.regime.control;
    const int audits = tb__answers(u, M_CONTROL)
                           ? tb__control_week(c, &u->control, w->distrust_decay)
                           : 0;

    for (int i = 0; i < audits && w->workers; i++) {
        double draw[2];

        tb__uniforms(&u->stream, (uint32_t)((u->day + w->day_bias) / 7 << 8 | i),
                     w->unit_entity, PURPOSE_AUDIT, draw);
        u->worker[(int)(draw[0] * w->workers)].audit_ms += w->audit;
    }
    u->ledger.now->count.audits += audits;
}

/* Records of an obligation that were written since life began. */
static int64_t written(const struct unit *u, int obligation)
{
    int64_t sum = 0;

    for (int p = 0; p <= u->ledger.periods; p++)
        sum += u->ledger.tally[p].obligation[obligation].written;
    return sum;
}

/* Looking at the records of the week that ended takes everybody the same. Weeks in which nobody looks
 * are passed over, too: who begins to look begins with the last week. */
static void reviews_of_week(struct unit *u)
{
    const struct world *w = u->world;
    int64_t records = 0;

    if (!tb__answers(u, M_CONTROL))
        return;
    for (int o = 0; o < w->obligations; o++)
        records += tb__control_reviews(&u->control, o, written(u, o),
                                       w->review_ms && tb__is_looked_at(w, o));
    for (int i = 0; i < w->workers; i++)
        u->worker[i].audit_ms += records * w->review_ms * (i + 1) / w->workers -
                                 records * w->review_ms * i / w->workers;
}

/* Tests of the promise that an extra draw changes nothing. */
static void sing(const struct unit *u)
{
    double draw[2];

    for (int i = 0; i < u->world->workers; i++)
        tb__uniforms(&u->stream, (uint32_t)u->day, u->world->worker[i].entity,
                     PURPOSE_CANARY, draw);
}

/* A week has passed: what it left goes to its own period. */
void tb__end_week(struct unit *u)
{
    tb__sample_backlog(u);
    strain_of_week(u);
    competence_of_week(u);
    tb__count_carers(u);
    tb__count_waiting(u);
    if (u->world->services)
        tb__asked_settle(u);
    if (u->world->covers)
        tb__cover_week_ends(u);
    tb__count_present(u);
}

void tb__midnight(struct unit *u)
{
    u->day = u->now / TB__DAY;
    tb__close_day(u);
    if (u->day % 7 == 0) {
        if (u->day > 0)
            tb__end_week(u);
        if (u->then && u->now == u->world->from)
            tb__switch(u);
        u->week = u->day / 7;
        tb__ledger_turn(&u->ledger, u->now);
        audits_of_week(u);
        reviews_of_week(u);
        tb__weeks_begin(u);
    }
    if (u->probe && u->probe->canary)
        sing(u);
    tb__absence_of_day(u);
    tb__plan_day(u);
    tb__queue_set(&u->queue, 0, u->now + TB__DAY);
}
