/* One unit lives through its horizon. Mechanisms answer; the neighbours of this file act. */
#include "model/unit.h"

#include "model/price.h"

#include <assert.h>

enum { EVENTS_BETWEEN_LOOKS = 4096 };

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Entities whose uniforms are drawn together. */
static size_t most_ahead(const struct world *w)
{
    size_t most =
        larger((size_t)w->most_slots_a_day, (size_t)w->workers + (size_t)w->seats);

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
    u->seat = tb__arena_room(u->arena, (size_t)w->seats, sizeof *u->seat);
    u->absence_draw = tb__arena_room(u->arena, 2 * (workers + (size_t)w->seats),
                                     sizeof *u->absence_draw);
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
           u->postponed_draw && u->postponed_order && u->candidates && u->seat &&
           u->absence_draw && u->ahead_index && u->ahead_entity && u->last_visit &&
           u->acquaintance && u->written && u->visits_by && u->record_stream && u->owed &&
           u->wellbeing.strain &&
           (!w->turnover || !tb__heap_room(&u->turnover, u->arena, w->clients)) &&
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
        w->route = w->later = w->call = w->service = w->covers = w->client = NONE;
        w->relieved = -1;
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
    for (int i = 0; i < world->seats; i++)
        tb__health_open(&u->seat[i]);
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
    if (w->crews && (status = tb__ledger_people(&u->ledger, u->arena, u->err)))
        return status;
    u->ledger.logging = logging;
    tb__ledger_turn(&u->ledger, 0);
    if (!open_state(u))
        return tb__no_memory(u->err);
    open_workers(u);
    u->meeting_h = tb__meeting_hours(u);
    u->pace = tb__care_pace(u);
    u->usual = tb__is_usual(u);
    u->most_errors = tb__most_errors(u);
    tb__absence_at_start(u);
    tb__stays_open(u);
    tb__queue_set(&u->queue, 0, 0);
    return tb__calls_open(u);
}

TB__NOINLINE static void on_another(struct unit *u, struct worker *w)
{
    if (w->doing == CALLING)
        tb__call_done(u, w);
    else if (w->doing == WRITING)
        tb__written(u, w);
    else if (w->doing == OFF)
        tb__on_shift(u, w);
    else if (w->doing == COVERING)
        tb__cover_looks(u, w);
    else
        tb__absence_ends(u, w);
}

/* Mostly a chain ends. */
static inline void on_worker(struct unit *u, struct worker *w)
{
    if (w->doing == CHAIN) {
        tb__next_work(u, w);
    } else if (w->doing == IDLING) {
        tb__stop_idling(u, w);
        tb__next_work(u, w);
    } else {
        on_another(u, w);
    }
}

/* The horizon cuts through whatever is going on. */
static tb_status close_unit(struct unit *u)
{
    const int misbook = u->probe ? u->probe->misbook : 0;

    u->now = u->world->to;
    for (int i = 0; i < u->world->workers; i++)
        if (u->worker[i].doing == WRITING) /* first: what is written is not owed */
            tb__stop_writing(u, &u->worker[i]);
    tb__close_day(u);
    tb__end_week(u);
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
        else if (w->doing == COVERING)
            tb__cover_ends(u, w);
        tb__book(&u->ledger, w->id, DUTY, w->in, w->clock, NONE, NONE, w->temp);
        if (w->temp)
            tb__book(&u->ledger, w->id, TEMP_DUTY, w->in, w->clock, NONE, NONE, true);
        else if (w->temps)
            tb__mark(u, w, TEMP_DUTY, w->in, w->clock, w->temps);
        if (w->clock > w->until)
            tb__book(&u->ledger, w->id, OVERTIME, w->until, w->clock, NONE, NONE, w->temp);
    }
    if (misbook && u->world->workers)
        u->ledger.tally[0].row[0].ms[misbook - 1]++;
    if (u->ledger.log_failed || u->ledger.notes.failed)
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
        assert(next >= u->now); /* nothing is due in the past */
        u->now = next;
        if (slot >= first_worker)
            on_worker(u, &u->worker[slot - first_worker]);
        else if (slot == 0)
            tb__midnight(u);
        else if (slot <= services)
            tb__on_call(u, slot - 1);
        else if (slot == tb__turnover_slot(u->world))
            tb__on_turnover(u);
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
