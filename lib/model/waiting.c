/* Places of calls, and the queues in which they wait. */
#include "model/calls.h"

/* Room for so many calls at a time, with the uniforms of their records. */
bool tb__more_calls(struct unit *u, int room)
{
    const size_t draws = (size_t)u->world->call_draws;
    struct call *call = tb__arena_alloc(u->arena, (size_t)room, sizeof *call);
    double *draw = tb__arena_alloc(u->arena, (size_t)room * draws, sizeof *draw);

    if (!call || !draw)
        return false;
    if (u->calls) {
        memcpy(call, u->call, (size_t)u->calls * sizeof *call);
        memcpy(draw, u->call_draw, (size_t)u->calls * draws * sizeof *draw);
    }
    u->call = call;
    u->call_draw = draw;
    u->call_room = room;
    return (!u->world->impatient || !tb__heap_room(&u->patience, u->arena, room)) &&
           (!u->world->delays || !tb__heap_room(&u->later, u->arena, room));
}

tb_status tb__calls_open(struct unit *u)
{
    const size_t n = (size_t)u->world->services;

    u->waiting = tb__arena_alloc(u->arena, n, sizeof *u->waiting);
    u->waiting_count = tb__arena_alloc(u->arena, n, sizeof *u->waiting_count);
    u->waiting_need = tb__arena_alloc(u->arena, n, sizeof *u->waiting_need);
    u->inside = tb__arena_alloc(u->arena, n, sizeof *u->inside);
    u->working = tb__arena_alloc(u->arena, n, sizeof *u->working);
    u->source = tb__arena_alloc(u->arena, n, sizeof *u->source);
    u->call_free = NONE;
    if (!u->waiting || !u->waiting_count || !u->waiting_need || !u->inside ||
        !u->working || !u->source || !tb__more_calls(u, 256) || !tb__asked_open(u))
        return tb__no_memory(u->err);
    for (int s = 0; s < u->world->services; s++) {
        u->waiting[s] = (struct list){NONE, NONE};
        if (!tb__source_open(u, s))
            return tb__no_memory(u->err);
    }
    if (u->world->covers && !tb__cover_open(u))
        return tb__no_memory(u->err);
    return u->status;
}

/* The queue of a service ----------------------------------------------------------------------- */

/* The uniforms of the records of a call that was not drawn ahead with others. */
void tb__draw_its_records(struct unit *u, int at)
{
    const uint32_t entity = tb__plan_of(u, u->call[at].service)->entity;

    tb__draw_records(u, TRIGGER_CALL, u->call[at].service, 1, &u->call[at].index, &entity,
                     tb__draws_of(u, at), u->world->call_draws);
}

/* The next item of an endless backlog. */
int tb__open_endless(struct unit *u, int service)
{
    const uint32_t number = u->source[service].endless++;
    double draw[2];
    int at;

    tb__uniforms(&u->stream, number, tb__plan_of(u, service)->entity, PURPOSE_CALL, draw);
    at = tb__open_call(u, service, number, tb__need_of(u, service, draw[1]));
    if (at == NONE)
        return NONE;
    u->ledger.now->service[service].calls++;
    tb__draw_its_records(u, at);
    return at;
}

/* By how much the need that waits has grown in a week; what is left of a call that was cut off waits,
 * too. What is being served does not. */
void tb__count_waiting(struct unit *u)
{
    for (int s = 0; s < u->world->services; s++) {
        tb_time need = 0;

        for (int at = u->waiting[s].first; at != NONE; at = u->call[at].next)
            need += u->call[at].need;
        u->ledger.now->service[s].waiting_ms += need - u->waiting_need[s];
        u->waiting_need[s] = need;
    }
}

/* The switch ----------------------------------------------------------------------------------- */

/* Uniforms of the records of a call that is in the house, at the same addresses. */
static void draw_again(struct unit *u, int at)
{
    const struct call *c = &u->call[at];
    const uint32_t entity = tb__plan_of(u, c->origin)->entity;

    if (!c->returns) /* those of a call that came again are drawn when it is done */
        tb__draw_records(u, TRIGGER_CALL, c->service, 1, &c->index, &entity,
                         tb__draws_of(u, at), u->world->call_draws);
}

void tb__calls_switch(struct unit *u)
{
    bool room;

    u->call_draw =
        tb__arena_alloc(u->arena, (size_t)u->call_room * (size_t)u->world->call_draws,
                        sizeof *u->call_draw);
    room = u->call_draw != NULL;
    for (int s = 0; s < u->world->services && room; s++) {
        room = tb__source_switch(u, s);
        for (int at = u->waiting[s].first; at != NONE && room; at = u->call[at].next)
            draw_again(u, at);
    }
    for (int i = 0; i < u->world->workers && room; i++)
        if (u->worker[i].doing == CALLING)
            draw_again(u, u->worker[i].call);
    if (u->world->covers)
        room = room && tb__cover_open(u);
    if (!room)
        u->status = tb__no_memory(u->err);
    tb__asked_anew(u);
}
