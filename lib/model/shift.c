/* Shifts: clocking in and out, what every shift holds, absence and temps. */
#include "model/unit.h"

static const struct shift *shift_of(const struct unit *u, int shift)
{
    return &u->world->shift[shift];
}

static uint32_t day_index(const struct unit *u, tb_time t)
{
    return (uint32_t)(tb__day_of(t) + u->world->day_bias);
}

bool tb__temp_fills(const struct unit *u, uint32_t entity, const struct shift *s)
{
    double draw[2];

    if (s->kind < 0)
        return false;
    tb__uniforms(&u->stream, day_index(u, s->from), entity, PURPOSE_RETURN_LEG, draw);
    return draw[1] < u->world->set.absence.fill;
}

bool tb__works_on(const struct unit *u, int worker, int shift, bool *temp)
{
    const struct worker_plan *p = &u->world->worker[worker];
    const struct shift *s = shift_of(u, shift);

    if (p->seat >= 0) {
        const struct muster m = tb__muster(u, worker, s);

        *temp = m.temps == m.present;
        return m.present > 0;
    }
    *temp = tb__ill_at(&u->worker[worker], s->from);
    return !*temp || tb__temp_fills(u, p->entity, s);
}

void tb__strength(struct unit *u, int change)
{
    if (!u->absent)
        tb__book(&u->ledger, u->world->workers, FULL_STRENGTH, u->strength_since, u->now,
                 NONE, NONE, false);
    u->absent += change;
    u->strength_since = u->now;
}

/* Not there: from now to the end of the shift, or of the spell for who works round the clock. */
static void stay_away(struct unit *u, struct worker *w)
{
    const struct shift *s = shift_of(u, w->shift);
    const tb_time sick = w->sick_until;
    const tb_time back = s->kind < 0 && sick < s->to ? sick : s->to;

    w->doing = AWAY;
    tb__book(&u->ledger, w->id, ABSENT, u->now, back, NONE, NONE, false);
    tb__strength(u, 1);
    tb__queue_set(&u->queue, w->slot, back);
}

static void on_duty(struct unit *u, struct worker *w)
{
    w->clock = w->in = u->now;
    w->until = shift_of(u, w->shift)->to;
    if (w->closing.first != NONE)
        tb__closing_anew(u, w);
    w->client = NONE;
    w->travelled = false;
    w->slow = w->temp || u->world->slow;
    if (u->world->services)
        tb__clocks_in(u, w);
}

void tb__go_home_ill(struct unit *u, struct worker *w)
{
    tb__foresee_worker(u, w);
    tb__release_route(u, w, true);
    tb__book(&u->ledger, w->id, DUTY, w->in, w->clock, NONE, NONE, w->temp);
    w->week_duty += tb__since(u, w, w->clock);
    if (u->world->services)
        tb__clocks_out(u, w);
    stay_away(u, w);
}

/* The shift ------------------------------------------------------------------------------------ */

static void meet_staff(struct unit *u, struct worker *w)
{
    if (w->met_week == u->week || w->temp)
        return;
    w->met_week = u->week;
    tb__spend(u, w, MEETINGS, u->world->staff_meeting_ms, NONE, NONE);
}

/* What is due to be learned at the start of a shift of that week, in ms of each kind. */
struct learning {
    tb_time training, update, sparring;
};

static struct learning learning_of(const struct unit *u, const struct worker *w,
                                   int64_t life_week)
{
    const struct knowledge_plan *k = &u->world->knowledge;
    const uint32_t entity = u->world->worker[w->id].entity;
    const int32_t week = tb__calendar_of(u->world, life_week);
    struct learning l = {.sparring = k->sparring};

    if (k->training && tb__period(1, week, entity) != w->trained)
        l.training = k->training;
    if (k->update && tb__period(2, week, entity) != w->updated)
        l.update = k->update;
    return l;
}

tb_time tb__learning(const struct unit *u, const struct worker *w, int64_t week)
{
    const struct learning l = learning_of(u, w, week);

    return l.training + l.update + l.sparring;
}

static void learn(struct unit *u, struct worker *w)
{
    const struct knowledge_plan *p = &u->world->knowledge;
    const uint32_t entity = u->world->worker[w->id].entity;
    struct learning l;

    if (w->temp || !tb__answers(u, M_KNOWLEDGE))
        return;
    l = learning_of(u, w, u->week);
    tb__spend(u, w, TRAINING, l.sparring, NONE, NONE);
    if (l.sparring)
        tb__knowledge_learns(&w->competence, p->sparred);
    tb__spend(u, w, TRAINING, l.training, NONE, NONE);
    if (l.training) {
        tb__knowledge_learns(&w->competence, p->trained);
        w->trained = tb__period(1, tb__calendar_week(u), entity);
    }
    tb__spend(u, w, TRAINING, l.update, NONE, NONE);
    if (l.update) {
        tb__knowledge_updated(p, &w->competence);
        w->updated = tb__period(2, tb__calendar_week(u), entity);
        u->ledger.now->count.update_ms += l.update * tb__present(u, w);
    }
}

/* Audits and inspections that are due; what a shift does not hold waits for the next. */
static void answer_control(struct unit *u, struct worker *w)
{
    const tb_time left = w->until > w->clock ? w->until - w->clock : 0;
    const tb_time spent = w->audit_ms < left ? w->audit_ms : left;

    if (w->temp)
        return;
    tb__spend(u, w, CONTROL_WORK, spent, NONE, NONE);
    w->audit_ms -= spent;
}

/* What the records of shifts and of the unit tell: share of losses that remains. Who reads one reads
 * all that are read more often. */
static double told_by_records(struct unit *u, struct worker *w, double uniform)
{
    const struct world *world = u->world;
    const tb_time *written = &u->written[world->clients * world->obligations];
    double remain = 1;

    for (int i = 0; i < world->shares; i++) {
        const int o = world->shared[i];
        const struct obligation_plan *p = &world->obligation[o];

        if (uniform >= p->read_probability || written[o] < 0 ||
            w->clock - written[o] > p->lasts)
            continue;
        remain *= 1 - p->value;
        u->ledger.now->obligation[o].read++;
        tb__spend(u, w, INDIRECT, p->read_ms, NONE, NONE);
    }
    return remain;
}

/* What the shift before has to tell arrives, or is lost. */
static void hand_over(struct unit *u, struct worker *w, const struct shift *s)
{
    const double lost = u->world->dialogue.lost;
    double draw[2];

    w->uninformed = false;
    if (s->kind < 0)
        return;
    u->ledger.now->count.handovers++;
    if (lost <= 0 || !tb__answers(u, M_DIALOGUE))
        return;
    tb__uniforms(&u->stream, day_index(u, s->from), u->world->worker[w->id].entity,
                 PURPOSE_HANDOVER | (uint32_t)s->kind << 8, draw);
    w->uninformed = draw[0] < lost * told_by_records(u, w, draw[1]);
    u->ledger.now->count.handovers_lost += w->uninformed;
}

/* What a shift opens with; of who works round the clock, a week. */
static void open_shift(struct unit *u, struct worker *w)
{
    const struct world *world = u->world;
    const struct shift *s = shift_of(u, w->shift);
    const struct teams_plan *t = tb__teams_of(world, s->kind);
    const bool teams = tb__answers(u, M_TEAMS);
    const tb_time from = s->kind < 0 ? u->week * TB__WEEK : s->from;

    if (teams)
        tb__spend(u, w, MEETINGS, t->meeting, NONE, NONE);
    if (tb__answers(u, M_DIALOGUE))
        tb__spend(u, w, DIALOGUE, u->world->dialogue.talks, NONE, NONE);
    meet_staff(u, w);
    learn(u, w);
    tb__spend(u, w, INDIRECT, teams ? t->handover : world->handover_ms, NONE, NONE);
    hand_over(u, w, s);
    answer_control(u, w);
    tb__trigger(u, w, TRIGGER_SHIFT,
                &(struct event){day_index(u, from), world->worker[w->id].entity, NONE,
                                NONE, NULL},
                NULL);
    tb__trigger_periodic(u, w, NONE);
}

/* When the break is due: about the middle of the shift, or past that of the week. */
static tb_time break_from(const struct unit *u, const struct worker *w)
{
    const struct shift *s = shift_of(u, w->shift);
    const tb_time most = (s->to - s->from) / 4;
    tb_time after = u->world->worker[w->id].rest_after;

    if (!u->world->break_ms)
        return TB__NEVER;
    if (s->kind < 0)
        return u->week * TB__WEEK + TB__WEEK / 2;
    after = after < -most ? -most : after > most ? most : after;
    return s->from + (s->to - s->from) / 2 + after;
}

void tb__open_week(struct unit *u, struct worker *w)
{
    w->week_begins = w->closed = false;
    w->rest_from = break_from(u, w);
    open_shift(u, w);
}

void tb__weeks_begin(struct unit *u)
{
    for (int i = 0; i < u->world->workers && u->world->weekly; i++) {
        struct worker *w = &u->worker[i];

        if (!u->world->worker[i].always || !w->opened || w->week_begins)
            continue;
        if (w->rest_from <= u->now)
            u->ledger.now->count.breaks_forgone++;
        w->week_begins = true;
        w->rest_from = u->now;
        if (tb__may_look(w))
            tb__queue_set(&u->queue, w->slot, u->now);
    }
}

/* On duty from now, with all that a shift holds. */
static void begin_shift(struct unit *u, struct worker *w)
{
    w->rest_from = break_from(u, w);
    w->closed = w->overran = w->late = false;
    w->visited = w->returns = 0;
    w->opened = true;
    on_duty(u, w);
    open_shift(u, w);
    tb__chain_ends(u, w);
}

/* The same of a crew: who of it is ill is replaced, or it goes out short. */
static void on_crew_shift(struct unit *u, struct worker *w)
{
    const struct shift *s = shift_of(u, w->shift);
    const struct muster m = tb__muster(u, w->id, s);

    tb__mark(u, w, ROSTERED, s->from, s->to, tb__crew_of(u, w));
    u->ledger.now->count.shifts++;
    w->temps = m.temps;
    w->missing = m.ill - m.temps;
    w->temp = m.present && m.temps == m.present;
    if (u->ledger.logging)
        tb__note_shift(&u->ledger.notes, u, w, m.ill > 0);
    if (!m.present) {
        w->missing = 0; /* all of it */
        u->ledger.people[w->id] = m.ill;
        stay_away(u, w);
        return;
    }
    u->ledger.people[w->id] = m.present;
    if (m.ill)
        tb__mark(u, w, ABSENT, s->from, s->to, m.ill);
    begin_shift(u, w);
}

void tb__on_shift(struct unit *u, struct worker *w)
{
    const struct shift *s = shift_of(u, w->shift);
    const bool ill = tb__ill_at(w, u->now);

    if (u->world->worker[w->id].seat >= 0) {
        on_crew_shift(u, w);
        return;
    }
    tb__book(&u->ledger, w->id, ROSTERED, s->from, s->to, NONE, NONE, false);
    u->ledger.now->count.shifts++;
    w->temp = ill && tb__temp_fills(u, u->world->worker[w->id].entity, s);
    if (u->ledger.logging)
        tb__note_shift(&u->ledger.notes, u, w, ill);
    if (ill && !w->temp) {
        stay_away(u, w);
        return;
    }
    if (ill)
        tb__book(&u->ledger, w->id, ABSENT, s->from, s->to, NONE, NONE, false);
    begin_shift(u, w);
}

void tb__absence_ends(struct unit *u, struct worker *w)
{
    const struct shift *s = shift_of(u, w->shift);

    tb__strength(u, -1);
    if (u->now >= s->to) {
        w->shift++;
        tb__schedule_shift(u, w, u->now);
        return;
    }
    tb__foresee_worker(u, w);
    if (!w->opened) { /* ill since the start of life */
        begin_shift(u, w);
        return;
    }
    on_duty(u, w);
    tb__chain_ends(u, w);
}

void tb__clock_out(struct unit *u, struct worker *w)
{
    tb__book(&u->ledger, w->id, DUTY, w->in, w->clock, NONE, NONE, w->temp);
    if (u->world->services)
        tb__clocks_out(u, w);
    if (w->clock > w->until) {
        tb__book(&u->ledger, w->id, OVERTIME, w->until, w->clock, NONE, NONE, w->temp);
        w->week_overtime += w->temp ? 0 : w->clock - w->until;
    }
    if (w->temp) {
        tb__book(&u->ledger, w->id, TEMP_DUTY, w->in, w->clock, NONE, NONE, true);
        tb__orphan_records(u, w);
    } else {
        w->week_duty += tb__since(u, w, w->clock);
        if (w->temps)
            tb__mark(u, w, TEMP_DUTY, w->in, w->clock, w->temps);
    }
    if (w->rest_from <= w->clock)
        u->ledger.now->count.breaks_forgone++;
    w->temps = w->missing = 0;
    if (w->visited) {
        u->ledger.now->count.visit_shifts++;
        u->ledger.now->count.overrun_shifts += w->overran;
        u->ledger.now->count.overtime_shifts += w->clock > w->until;
        u->ledger.now->count.late_routes += w->late;
    }
    w->shift++;
    tb__schedule_shift(u, w, w->clock);
}

void tb__schedule_shift(struct unit *u, struct worker *w, tb_time not_before)
{
    const struct worker_plan *p = &u->world->worker[w->id];
    const int slot = w->slot;

    w->doing = OFF;
    w->temp = false;
    tb__begin_later(u, w);
    while (w->shift < p->first + p->shifts && shift_of(u, w->shift)->to <= not_before)
        w->shift++; /* it passed while the one before ran over */
    if (w->shift >= p->first + p->shifts) {
        tb__queue_cancel(&u->queue, slot);
        return;
    }
    tb__queue_set(&u->queue, slot,
                  shift_of(u, w->shift)->from > not_before ? shift_of(u, w->shift)->from
                                                           : not_before);
}
