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

static bool temp_fills(const struct unit *u, int worker, const struct shift *s)
{
    double draw[2];

    if (s->kind < 0)
        return false;
    tb__uniforms(&u->stream, day_index(u, s->from), u->world->worker[worker].entity,
                 PURPOSE_RETURN_LEG, draw);
    return draw[1] < u->world->set.absence.fill;
}

bool tb__works_on(const struct unit *u, int worker, int shift)
{
    const struct shift *s = shift_of(u, shift);

    return !tb__ill_at(&u->worker[worker], s->from) || temp_fills(u, worker, s);
}

void tb__strength(struct unit *u, int change)
{
    if (!u->absent)
        tb__book(&u->ledger, u->world->workers, FULL_STRENGTH, u->strength_since, u->now,
                 NONE, NONE, false);
    u->absent += change;
    u->strength_since = u->now;
}

/* Absence ------------------------------------------------------------------------------------- */

static double hazard_of(const struct unit *u, const struct worker *w)
{
    const struct view at = tb__view_of_week(u, w);

    return tb__answers(u, M_WELLBEING)
               ? tb__wellbeing_illness(&u->world->set.regime.wellbeing, &at)
               : 1;
}

/* A spell of a worker begins then: it is the one to come, or the one after. */
static void falls_ill(struct unit *u, struct worker *w, int64_t day, tb_time from,
                      double uniform)
{
    const bool first = w->sick_until <= u->now;

    w->foreseen = from + 1 + tb__variate_ms(&u->world->spell, uniform);
    *(first ? &w->sick_from : &w->again_from) = from;
    *(first ? &w->sick_until : &w->again_until) = w->foreseen;
    tb__realised(u, PURPOSE_ABSENCE, u->world->worker[w->id].entity, (uint32_t)day, from,
                 w->foreseen);
}

/* The next spell of a worker, if it begins on that day: mostly none does, and that is clear at once. */
static void draw_spell(struct unit *u, struct worker *w, int64_t day)
{
    const struct world *world = u->world;
    const tb_time midnight = (day + 1) * TB__DAY;
    double later[2];
    const double *draw = w->spell ? later : &u->absence_draw[2 * w->id];
    tb_time from = midnight;

    if (w->spell)
        tb__uniforms(&u->stream, (uint32_t)(day + world->day_bias),
                     world->worker[w->id].entity,
                     PURPOSE_ABSENCE | (uint32_t)w->spell << 8, later);
    w->spell++;
    if (draw[0] < world->stays_well || w->foreseen < midnight - TB__DAY)
        from = w->foreseen +
               (tb_time)(tb__variate(&world->between, draw[0]) / hazard_of(u, w) + 0.5);
    if (from >= midnight)
        w->foreseen = midnight;
    else
        falls_ill(u, w, day, from, draw[1]);
}

/* Forgets a spell that is over, and draws those to come until the day ends or two are known. */
static void foresee(struct unit *u, struct worker *w, int64_t day)
{
    for (;;) {
        if (w->sick_until <= u->now && w->again_from < TB__NEVER) {
            w->sick_from = w->again_from;
            w->sick_until = w->again_until;
            w->again_from = TB__NEVER;
        }
        if (u->world->set.absence.days_between <= 0 || /* as it may be since the switch */
            w->foreseen >= (day + 1) * TB__DAY || w->again_from < TB__NEVER)
            return;
        draw_spell(u, w, day);
    }
}

void tb__absence_at_start(struct unit *u)
{
    const struct world *world = u->world;

    for (int i = 0; i < world->workers && world->spell_share; i++) {
        struct worker *w = &u->worker[i];
        double draw[2];
        int node = 0;

        tb__uniforms(&u->stream, 0, world->worker[i].entity, PURPOSE_ABSENCE, draw);
        if (draw[0] >= world->ill_at_start)
            continue;
        while (node < SPELL_NODES - 1 &&
               world->spell_share[node] < draw[0] / world->ill_at_start)
            node++;
        w->sick_from = 0;
        w->sick_until =
            1 + (tb_time)(draw[1] * tb__variate(&world->spell, (node + 0.5) / SPELL_NODES));
        w->foreseen = w->sick_until;
    }
}

/* What decides on the first spell of each worker that begins on this day. */
static void draw_absence(struct unit *u)
{
    const struct world *world = u->world;

    for (int i = 0; i < world->workers; i++) {
        u->ahead_index[i] = (uint32_t)(u->day + world->day_bias);
        u->ahead_entity[i] = world->worker[i].entity;
    }
    tb__uniforms_ahead(&u->stream, world->workers, u->ahead_index, u->ahead_entity,
                       PURPOSE_ABSENCE, u->absence_draw, 2);
}

void tb__absence_settle(struct unit *u)
{
    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];

        if (u->day)
            foresee(u, w, u->day - 1);
        if (w->foreseen < u->now && w->again_from == TB__NEVER)
            w->foreseen = u->now;
    }
}

void tb__absence_of_day(struct unit *u)
{
    const int workers = u->world->workers;

    if (u->world->set.absence.days_between <= 0)
        return;
    for (int i = 0; i < workers && u->day; i++)
        foresee(u, &u->worker[i], u->day - 1); /* noticed by now or not, they are the same */
    draw_absence(u);
    for (int i = 0; i < workers; i++) {
        struct worker *w = &u->worker[i];
        const int slot = w->slot;

        w->spell = 0;
        foresee(u, w, u->day);
        if (tb__may_look(w) &&
            tb__onset_after(w, u->now - 1) < tb__queue_due(&u->queue, slot))
            tb__queue_set(&u->queue, slot, tb__onset_after(w, u->now - 1));
    }
}

/* Not there: from now to the end of the shift, or of the spell for who works round the clock. */
static void stay_away(struct unit *u, struct worker *w)
{
    const struct shift *s = shift_of(u, w->shift);
    const tb_time back = s->kind < 0 && w->sick_until < s->to ? w->sick_until : s->to;

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
    if (u->world->services)
        tb__clocks_in(u, w);
}

void tb__go_home_ill(struct unit *u, struct worker *w)
{
    foresee(u, w, u->day);
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
        u->ledger.now->count.update_ms += l.update;
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

/* When the break is due: past the middle of the shift, or of the week. */
static tb_time break_from(const struct unit *u, const struct shift *s)
{
    if (!u->world->break_ms)
        return TB__NEVER;
    return s->kind < 0 ? u->week * TB__WEEK + TB__WEEK / 2
                       : s->from + (s->to - s->from) / 2;
}

void tb__open_week(struct unit *u, struct worker *w)
{
    w->week_begins = w->closed = false;
    w->rest_from = break_from(u, shift_of(u, w->shift));
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
    w->rest_from = break_from(u, shift_of(u, w->shift));
    w->closed = w->overran = w->late = false;
    w->visited = w->returns = 0;
    w->opened = true;
    on_duty(u, w);
    open_shift(u, w);
    tb__chain_ends(u, w);
}

void tb__on_shift(struct unit *u, struct worker *w)
{
    const struct shift *s = shift_of(u, w->shift);
    const bool ill = tb__ill_at(w, u->now);

    tb__book(&u->ledger, w->id, ROSTERED, s->from, s->to, NONE, NONE, false);
    u->ledger.now->count.shifts++;
    w->temp = ill && temp_fills(u, w->id, s);
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
    foresee(u, w, u->day);
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
    }
    if (w->rest_from <= w->clock)
        u->ledger.now->count.breaks_forgone++;
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
