/* What a free worker does next. */
#include "model/unit.h"

static bool ill(const struct worker *w)
{
    return !w->temp && tb__ill_at(w, w->clock);
}

/* The break, unless cover needs who would take it; before it, what the week opens with for who works
 * round the clock. */
TB__NOINLINE static void take_break(struct unit *u, struct worker *w)
{
    const tb_time before = w->clock;

    if (u->world->covers && !w->week_begins && tb__cover_needs(u, w) &&
        tb__take_call(u, w, false))
        return;
    if (w->week_begins) {
        tb__open_week(u, w);
        if (w->clock == before) {
            tb__next_work(u, w); /* the break may be due, too */
            return;
        }
    } else {
        w->rest_from = TB__NEVER;
        u->ledger.now->count.breaks++;
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
    if (w->load)
        tb__unload(u, w);
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
                tb__idle(u, w, tb__depart_at(u, w));
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

/* Mostly no visit is open. */
static inline bool take_open(struct unit *u, struct worker *w, tb_time *until)
{
    return u->open != NONE && tb__take_open(u, w, until);
}

/* No visit is planned: one that nobody has, or back to the office and what can be done there. */
TB__NOINLINE static void after_route(struct unit *u, struct worker *w)
{
    tb_time until = w->until;

    if (take_open(u, w, &until))
        return;
    if ((!w->travelled && w->closed) || !office_work(u, w))
        tb__use_gap(u, w, until);
}

/* The same; mostly none is open, and the worker is at the office. */
static inline void without_route(struct unit *u, struct worker *w)
{
    if (u->open == NONE && !w->travelled && w->closed)
        tb__use_gap(u, w, w->until);
    else
        after_route(u, w);
}

/* The next planned visit is not due. */
TB__NOINLINE static void before_visit(struct unit *u, struct worker *w, tb_time until)
{
    until = earlier(until, w->until);
    if (!take_open(u, w, &until) && (!calls_wait(u) || !tb__take_call(u, w, false)))
        tb__use_gap(u, w, until);
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
    if (u->world->covers && w->doing == IDLING)
        tb__cover_idles(u, w);
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
