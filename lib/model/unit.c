/* One unit lives through its horizon. Mechanisms answer; this file and its neighbours act. */
#include "model/unit.h"

#include <string.h>

#include "kernel/alloc.h"
#include "model/price.h"

enum { EVENTS_BETWEEN_LOOKS = 4096, LONG_AGO = -30000 };

/* Idling ---------------------------------------------------------------------------------------- */

static void idle_append(struct unit *u, struct worker *w)
{
    w->before = u->idle_last;
    w->after = NONE;
    if (u->idle_last == NONE)
        u->idle_first = w->id;
    else
        u->worker[u->idle_last].after = w->id;
    u->idle_last = w->id;
}

static void idle_remove(struct unit *u, struct worker *w)
{
    if (w->before == NONE)
        u->idle_first = w->after;
    else
        u->worker[w->before].after = w->after;
    if (w->after == NONE)
        u->idle_last = w->before;
    else
        u->worker[w->after].before = w->before;
}

static void idle(struct unit *u, struct worker *w, tb_time wake)
{
    w->doing = IDLING;
    idle_append(u, w);
    tb__queue_set_far(&u->queue, w->slot, wake);
}

/* Books the gap that ends now: as development work when it was long enough for that. */
void tb__stop_idling(struct unit *u, struct worker *w)
{
    const tb_time gap = u->now - w->clock;
    const tb_time from = u->world->development_ms;

    idle_remove(u, w);
    tb__spend(u, w, from > 0 && gap >= from ? DEVELOPMENT : IDLE, gap, NONE, NONE);
}

/* What comes next -------------------------------------------------------------------------------- */

static bool ill(const struct worker *w)
{
    return !w->temp && tb__ill_at(w, w->clock);
}

/* The break; before it, what the week opens with for who works round the clock. */
TB__NOINLINE static void take_break(struct unit *u, struct worker *w)
{
    const tb_time before = w->clock;

    if (w->week_begins) {
        tb__open_week(u, w);
        if (w->clock == before) {
            tb__next_work(u, w); /* the break may be due, too */
            return;
        }
    } else {
        w->rest_from = TB__NEVER;
        tb__spend(u, w, BREAKS, u->world->break_ms, NONE, NONE);
    }
    tb__chain_ends(u, w);
}

/* The route is done: back to the office, then the paperwork of the shift. */
static bool office_work(struct unit *u, struct worker *w)
{
    const struct world *world = u->world;
    const int kind = world->shift[w->shift].kind;
    const tb_time before = w->clock;

    tb__return_leg(u, w);
    if (!w->closed) {
        w->closed = true;
        tb__spend(u, w, ADMINISTRATION,
                  tb__answers(u, M_TEAMS) ? tb__teams_of(world, kind)->administration
                                          : world->administration_ms,
                  NONE, NONE);
    }
    if (w->clock == before)
        return false;
    tb__chain_ends(u, w);
    return true;
}

/* The planned end has passed: what is left is done, moved or dropped by rule. */
TB__NOINLINE static void shift_over(struct unit *u, struct worker *w)
{
    const struct setting *s = &u->world->set;
    const tb_time limit = w->until + u->world->overtime_ms;

    if (w->route != NONE) {
        if (s->visits.unfinished == UNFINISHED_OVERTIME && tb__depart_at(u, w) < limit) {
            w->overran = true;
            if (tb__depart_at(u, w) > w->clock)
                idle(u, w, tb__depart_at(u, w));
            else
                tb__visit(u, w);
            return;
        }
        tb__release_route(u, w, false);
    }
    if (office_work(u, w))
        return;
    if (s->duty.unfinished_records == UNFINISHED_OVERTIME && tb__has_records(w)) {
        tb__write_closing(u, w, limit);
        if (w->clock > u->now) {
            tb__chain_ends(u, w);
            if (w->clock < limit)
                return;
        }
    }
    tb__clock_out(u, w);
}

static tb_time earlier(tb_time a, tb_time b)
{
    return a < b ? a : b;
}

/* Mostly nobody waits. */
static inline bool calls_wait(const struct unit *u)
{
    return u->calls_waiting || u->world->endless;
}

/* Gaps before the next visit, or before the end of the shift. */
TB__NOINLINE static void use_gap(struct unit *u, struct worker *w, tb_time until)
{
    const tb_time kept = w->route == NONE ? w->closing_ms : 0;
    tb_time wake = until;

    if (tb__write_one(u, w, until - kept - w->clock)) {
        tb__chain_ends(u, w);
        return;
    }
    if (w->route == NONE && w->closing.first != NONE) {
        wake = earlier(wake, w->until - w->closing_ms);
        if (wake <= w->clock) {
            tb__write_closing(u, w, w->until);
            tb__chain_ends(u, w);
            return;
        }
    }
    wake = earlier(wake, w->rest_from);
    if (!w->temp)
        wake = earlier(wake, tb__onset_after(w, w->clock));
    idle(u, w, wake);
}

/* Mostly no visit is open. */
static inline bool take_open(struct unit *u, struct worker *w, tb_time *until)
{
    return u->open != NONE && tb__take_open(u, w, until);
}

/* No visit is planned: one that nobody has, or back to the office and what can be done there. */
TB__NOINLINE static void without_route(struct unit *u, struct worker *w)
{
    tb_time until = w->until;

    if (take_open(u, w, &until))
        return;
    if ((!w->travelled && w->closed) || !office_work(u, w))
        use_gap(u, w, until);
}

/* The next planned visit is not due. */
TB__NOINLINE static void before_visit(struct unit *u, struct worker *w, tb_time until)
{
    until = earlier(until, w->until);
    if (!take_open(u, w, &until) && (!calls_wait(u) || !tb__take_call(u, w, false)))
        use_gap(u, w, until);
}

/* The next visit is begun, or the gap before it used; `leg`: the way there, as expected. */
static inline void with_route(struct unit *u, struct worker *w, tb_time leg)
{
    const tb_time depart = u->visit[w->route].opens - leg;

    if (depart <= w->clock)
        tb__visit(u, w);
    else
        before_visit(u, w, depart);
}

TB__NOINLINE static void with_any_route(struct unit *u, struct worker *w)
{
    with_route(u, w, tb__expected_leg(u, w, u->visit[w->route].slot->client));
}

/* The same as below where calls may be taken. */
TB__NOINLINE static void next_work_or_call(struct unit *u, struct worker *w)
{
    tb_time until = w->until;

    if (tb__take_call(u, w, w->route != NONE || u->open != NONE))
        return;
    if (w->route != NONE)
        with_any_route(u, w);
    else if (u->open == NONE || (!take_open(u, w, &until) && !tb__take_call(u, w, false)))
        without_route(u, w);
}

/* A worker whose clock is now takes the next piece of work: urgent calls, planned visits whose window
 * opens, other calls, office work, records that waited for a gap. It only tells what is next: what
 * others do stands in functions of its own, so that the way to a visit is short. */
void tb__next_work(struct unit *u, struct worker *w)
{
    if (w->clock >= w->until) /* who is ill by now has worked to the end */
        shift_over(u, w);
    else if (ill(w))
        tb__go_home_ill(u, w);
    else if (w->clock >= w->rest_from)
        take_break(u, w);
    else if (calls_wait(u))
        next_work_or_call(u, w);
    else if (w->route == NONE)
        without_route(u, w);
    else if (u->world->set.travel.kind == TRAVEL_MAP)
        with_any_route(u, w);
    else
        with_route(u, w, u->world->leg_mean);
}

/* The calendar ---------------------------------------------------------------------------------- */

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
static void end_week(struct unit *u)
{
    tb__sample_backlog(u);
    strain_of_week(u);
    competence_of_week(u);
    tb__count_carers(u);
    tb__count_waiting(u);
}

static void on_midnight(struct unit *u)
{
    u->day = u->now / TB__DAY;
    tb__close_day(u);
    if (u->day % 7 == 0) {
        if (u->day > 0)
            end_week(u);
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

/* A life ---------------------------------------------------------------------------------------- */

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Entities whose uniforms are drawn together. */
static size_t most_ahead(const struct world *w)
{
    size_t most = larger((size_t)w->most_slots_a_day, (size_t)w->workers);

    for (int s = 0; s < w->services; s++)
        most = larger(most, (size_t)w->service[s].most + 1);
    return most;
}

static bool open_state(struct unit *u)
{
    const struct world *w = u->world;
    const size_t clients = (size_t)w->clients, workers = (size_t)w->workers;
    size_t most = most_ahead(w);

    u->room_a_day = 2 * w->most_slots_a_day;
    if (u->then) {
        most = larger(most, most_ahead(u->then));
        if (u->then->most_slots_a_day > w->most_slots_a_day)
            u->room_a_day = 2 * u->then->most_slots_a_day;
    }
    u->owed_room = 256;
    u->owed_free = NONE;
    u->worker = tb__arena_alloc(u->arena, workers, sizeof *u->worker);
    u->client = tb__arena_alloc(u->arena, clients, sizeof *u->client);
    u->visit = tb__arena_alloc(u->arena, 2 * (size_t)u->room_a_day, sizeof *u->visit);
    u->visit_draw =
        tb__arena_room(u->arena, 2 * (size_t)u->room_a_day * (size_t)w->visit_draws,
                       sizeof *u->visit_draw);
    u->postponed = tb__arena_room(u->arena, (size_t)u->room_a_day, sizeof *u->postponed);
    u->postponed_draw =
        tb__arena_room(u->arena, (size_t)u->room_a_day * (size_t)w->visit_draws,
                       sizeof *u->postponed_draw);
    u->postponed_order =
        tb__arena_room(u->arena, (size_t)u->room_a_day, sizeof *u->postponed_order);
    u->candidates = tb__candidates(u, workers);
    u->absence_draw = tb__arena_room(u->arena, 2 * workers, sizeof *u->absence_draw);
    u->ahead_index = tb__arena_room(u->arena, most, sizeof *u->ahead_index);
    u->ahead_entity = tb__arena_room(u->arena, most, sizeof *u->ahead_entity);
    u->last_visit = tb__arena_room(u->arena, (workers + 1) * clients + PRICE_PAD,
                                   sizeof *u->last_visit);
    u->acquaintance =
        tb__arena_room(u->arena, (workers + 1) * clients, sizeof *u->acquaintance);
    u->written = tb__arena_room(u->arena, (clients + 1) * (size_t)w->obligations,
                                sizeof *u->written);
    u->visits_by = tb__arena_alloc(u->arena, (workers + 1) * clients, sizeof *u->visits_by);
    u->record_stream =
        tb__arena_alloc(u->arena, (size_t)w->obligations, sizeof *u->record_stream);
    u->owed = tb__arena_room(u->arena, (size_t)u->owed_room, sizeof *u->owed);
    u->wellbeing.strain = tb__arena_alloc(u->arena, workers, sizeof *u->wellbeing.strain);
    return u->worker && u->client && u->visit && u->visit_draw && u->postponed &&
           u->postponed_draw && u->postponed_order && u->candidates && u->absence_draw &&
           u->ahead_index && u->ahead_entity && u->last_visit && u->acquaintance &&
           u->written && u->visits_by && u->record_stream && u->owed &&
           u->wellbeing.strain &&
           !tb__queue_init(&u->queue, u->arena, tb__first_worker_slot(w) + w->workers);
}

static void open_workers(struct unit *u)
{
    const struct world *world = u->world;

    for (int i = 0; i < world->workers; i++) {
        struct worker *w = &u->worker[i];

        w->id = i;
        w->slot = tb__first_worker_slot(world) + i;
        w->shift = world->worker[i].first;
        w->route = w->later = w->call = w->service = w->client = NONE;
        w->records = w->closing = (struct list){NONE, NONE};
        w->met_week = -1;
        w->competence.now = world->set.regime.knowledge.competence;
        w->sick_from = w->again_from = TB__NEVER;
        w->sick_until = -1;
        tb__periods_open(world, world->worker[i].entity, w->period_seen);
        w->trained = w->period_seen[1];
        w->updated = w->period_seen[2];
        tb__schedule_shift(u, w, 0);
    }
    for (int i = 0; i < world->clients; i++) {
        struct client *c = &u->client[i];

        tb__periods_open(world, world->client[i].entity, c->period_seen);
        c->need_ratio = world->client[i].need_ratio;
        c->coordinated = c->period_seen[1];
        c->talked = 0; /* the first talk is held at the first visit */
    }
    tb__periods_open(world, world->unit_entity, u->period_seen);
    for (int i = 0; i < (world->workers + 1) * world->clients; i++)
        u->last_visit[i] = LONG_AGO;
    for (int i = 0; i < (world->clients + 1) * world->obligations; i++)
        u->written[i] = -1;
    for (int i = 0; i < world->obligations; i++)
        u->record_stream[i] = tb__stream_tagged(&u->stream, world->obligation[i].tag);
}

static tb_status open_unit(struct unit *u, int periods, bool logging)
{
    const struct world *w = u->world;
    tb_status status;

    u->idle_first = u->idle_last = NONE;
    for (int i = 0; i < WRITERS; i++)
        u->orphans[i] = (struct list){NONE, NONE};
    u->open = u->open_end = NONE;
    if ((status = tb__ledger_init(&u->ledger, u->arena, w->workers, w->obligations,
                                  w->services, w->from, w->to, periods, u->err)))
        return status;
    u->ledger.group = w->worker_group;
    u->ledger.logging = logging;
    tb__ledger_turn(&u->ledger, 0);
    if (!open_state(u))
        return tb__no_memory(u->err);
    open_workers(u);
    u->meeting_h = tb__meeting_hours(u);
    u->pace = tb__care_pace(u);
    u->most_errors = tb__most_errors(u);
    tb__absence_at_start(u);
    tb__queue_set(&u->queue, 0, 0);
    return tb__calls_open(u);
}

/* Mostly a chain ends. */
static inline void on_worker(struct unit *u, struct worker *w)
{
    if (w->doing == IDLING)
        tb__stop_idling(u, w);
    if (w->doing == CHAIN || w->doing == IDLING)
        tb__next_work(u, w);
    else if (w->doing == CALLING)
        tb__call_done(u, w);
    else if (w->doing == OFF)
        tb__on_shift(u, w);
    else
        tb__absence_ends(u, w);
}

/* The horizon cuts through whatever is going on. */
static tb_status close_unit(struct unit *u)
{
    const int misbook = u->probe ? u->probe->misbook : 0;

    u->now = u->world->to;
    tb__close_day(u);
    end_week(u);
    tb__count_overdue(u);
    tb__strength(u, 0);
    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];

        if (w->doing == OFF || w->doing == AWAY)
            continue;
        if (w->doing == IDLING)
            tb__stop_idling(u, w);
        else if (w->doing == CALLING && w->clock < u->now)
            tb__call_cut(u, w, false);
        tb__book(&u->ledger, w->id, DUTY, w->in, w->clock, NONE, NONE, w->temp);
        if (w->temp)
            tb__book(&u->ledger, w->id, TEMP_DUTY, w->in, w->clock, NONE, NONE, true);
        if (w->clock > w->until)
            tb__book(&u->ledger, w->id, OVERTIME, w->until, w->clock, NONE, NONE, w->temp);
    }
    if (misbook && u->world->workers)
        u->ledger.tally[0].row[0].ms[misbook - 1]++;
    if (u->ledger.log_failed)
        return tb__no_memory(u->err);
    tb__ledger_sum(&u->ledger);
    return u->status ? u->status : tb__ledger_check(&u->ledger, u->err);
}

static tb_status live(struct unit *u, int periods, bool logging)
{
    const tb_time to = u->world->to;
    const int services = u->world->services;
    const int first_worker = tb__first_worker_slot(u->world);
    tb_status status;

    if ((status = open_unit(u, periods, logging)))
        return status;
    for (int events = EVENTS_BETWEEN_LOOKS; !u->status;) {
        int slot;
        const tb_time next = tb__queue_next(&u->queue, &slot);

        if (next >= to)
            break;
        u->now = next;
        if (slot >= first_worker)
            on_worker(u, &u->worker[slot - first_worker]);
        else if (slot == 0)
            on_midnight(u);
        else if (slot <= services)
            tb__on_call(u, slot - 1);
        else
            tb__on_timer(u);
        if (--events)
            continue;
        if (u->stop && TB__ATOMIC_LOAD(u->stop))
            return tb__fail(u->err, TB_ERR_CANCELLED, "the run was stopped");
        events = EVENTS_BETWEEN_LOOKS;
    }
    return close_unit(u);
}

tb_status tb__unit_run(const struct world *w, struct stream stream, struct arena *a,
                       int periods, bool logging, const struct probe *probe,
                       const volatile int *stop, struct unit *u, tb_error *err)
{
    *u = (struct unit){
        .world = w, .stream = stream, .arena = a, .probe = probe, .stop = stop, .err = err};
    return live(u, periods, logging);
}

tb_status tb__unit_switch_run(const struct world *before, const struct world *w,
                              struct stream stream, struct arena *a, int periods,
                              bool logging, const volatile int *stop, struct unit *u,
                              tb_error *err)
{
    *u = (struct unit){.world = before,
                       .then = before == w ? NULL : w,
                       .stream = stream,
                       .arena = a,
                       .stop = stop,
                       .err = err};
    return live(u, periods, logging);
}

void tb__realised(struct unit *u, int kind, uint32_t entity, uint32_t index, tb_time a,
                  tb_time b)
{
    struct realised *r = u->probe ? u->probe->realised : NULL;

    if (!r)
        return;
    if (r->count == r->room) {
        const int64_t room = r->room ? 2 * r->room : 1024;
        struct realised_item *item = tb__realloc(r->item, (size_t)room, sizeof *item);

        if (!item) {
            u->status = tb__no_memory(u->err);
            return;
        }
        r->item = item;
        r->room = room;
    }
    r->item[r->count++] = (struct realised_item){kind, entity, index, a, b};
}
