/* Cover: so many workers are there at every moment, as a step function of time wants them.
 *
 * Who covers is in a stretch that anything may end; it is booked when it ends. A stretch begins when
 * somebody free finds fewer than wanted there (tb__take_call), or is called in, or relieves somebody who
 * has other work. What is wanted and what is there are summed whenever either changes, so that both are
 * exact: docs/model.md, "Cover". */
#include "model/calls.h"

static tb_time earlier(tb_time a, tb_time b)
{
    return a < b ? a : b;
}

/* What is wanted ------------------------------------------------------------------------------- */

/* On a holiday, what a week's series holds on Sunday. */
static int wanted_at(const struct unit *u, const struct service_plan *p, tb_time t)
{
    if (p->step * p->steps == TB__WEEK && tb__is_holiday(u->world, t / TB__DAY))
        t = 6 * TB__DAY + t % TB__DAY;
    return p->wanted[t / p->step % p->steps];
}

static void schedule_step(struct unit *u, int service)
{
    const struct service_plan *p = tb__plan_of(u, service);
    const int now = u->cover[service].wanted;
    tb_time t = (u->now / p->step + 1) * p->step;

    while (t < u->world->to && wanted_at(u, p, t) == now)
        t += p->step;
    if (t < u->world->to)
        tb__queue_set(&u->queue, tb__source_slot(service), t);
    else
        tb__queue_cancel(&u->queue, tb__source_slot(service));
}

/* Before what is wanted, or who is there, changes. */
static void settle(struct unit *u, int service)
{
    struct cover *c = &u->cover[service];
    struct service_tally *t = &u->ledger.now->service[service];
    const int there = c->there < c->wanted ? c->there : c->wanted;

    t->wanted_ms += c->wanted * (u->now - c->since);
    t->covered_ms += there * (u->now - c->since);
    c->since = u->now;
}

int tb__cover_lacks(const struct unit *u, int service)
{
    const struct cover *c = &u->cover[service];

    return c->wanted - (c->there - c->staying);
}

/* Stretches ------------------------------------------------------------------------------------ */

/* When the worker's next planned visit is due, TB__NEVER when there is none. */
static tb_time visit_due(const struct unit *u, const struct worker *w)
{
    if (w->route == NONE)
        return TB__NEVER;
    return u->visit[w->route].opens -
           tb__expected_leg(u, w, u->visit[w->route].slot->client);
}

/* When the worker is to leave for an open visit that fits, where it goes before the cover. */
static tb_time open_due(const struct unit *u, const struct worker *w)
{
    return u->open == NONE || tb__plan_of(u, w->covers)->before_visits
               ? TB__NEVER
               : tb__open_due(u, w, u->now);
}

/* When the records of the end of the shift must be begun. */
static tb_time closing_from(const struct worker *w)
{
    return w->route == NONE && w->closing.first != NONE ? w->until - w->closing_ms
                                                        : TB__NEVER;
}

/* The next moment at which something about the worker changes. */
static void watch(struct unit *u, struct worker *w)
{
    const tb_time times[] = {
        w->until,        w->rest_from,
        closing_from(w), visit_due(u, w),
        open_due(u, w),  w->temp ? TB__NEVER : tb__onset_after(w, u->now)};
    tb_time next = w->until + u->world->overtime_ms;

    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (times[i] > u->now)
            next = earlier(next, times[i]);
    tb__queue_set_far(&u->queue, w->slot, next);
}

static void stand_down(struct unit *u, struct worker *w)
{
    struct cover *c = &u->cover[w->covers];

    settle(u, w->covers);
    c->there--;
    c->staying -= w->stays_on;
    tb__book_call(&u->ledger, w->id, (enum column)tb__plan_of(u, w->covers)->column,
                  w->clock, u->now, w->covers, w->temp);
    w->clock = u->now;
    w->covers = NONE;
    w->stays_on = false;
    w->doing = CHAIN;
}

/* Free from now on: looks for what is next when its event comes. */
static void release(struct unit *u, struct worker *w)
{
    stand_down(u, w);
    tb__chain_ends(u, w);
}

static void stand_up(struct unit *u, struct worker *w, int service)
{
    settle(u, service);
    u->cover[service].there++;
    w->doing = COVERING;
    w->covers = service;
    watch(u, w);
}

/* Who goes first, for both that cover the same: who is longest in overtime, whose break has been due
 * longest, or who has covered longest. */
static bool goes_before(const struct unit *u, const struct worker *a,
                        const struct worker *b)
{
    const bool rest_a = a->rest_from <= u->now, rest_b = b->rest_from <= u->now;

    if (a->stays_on || b->stays_on)
        return a->stays_on && (!b->stays_on || a->until < b->until);
    if (rest_a || rest_b)
        return rest_a && (!rest_b || a->rest_from < b->rest_from);
    return a->clock < b->clock;
}

/* Whether a gap would hold a part of a record. */
static bool could_write(const struct unit *u, const struct worker *w)
{
    const tb_time kept = w->route == NONE ? w->closing_ms : 0;
    const tb_time until = earlier(w->until - kept, visit_due(u, w));

    return w->records.first != NONE && until - u->now >= TB__MINUTE;
}

/* Whether who covers has other work. */
static bool has_other_work(const struct unit *u, const struct worker *w)
{
    if (w->stays_on || w->rest_from <= u->now)
        return true;
    if (visit_due(u, w) <= u->now || closing_from(w) <= u->now || could_write(u, w))
        return true;
    return !w->closed && w->route == NONE && u->world->administration_ms;
}

/* Who of those there is let go first; NULL when none is there. */
static struct worker *first_to_go(struct unit *u, int service, bool with_work)
{
    struct worker *best = NULL;
    bool work = false;

    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];
        bool has;

        if (w->doing != COVERING || w->covers != service)
            continue;
        has = has_other_work(u, w);
        if ((with_work || work) && !has)
            continue;
        if (!best || (has && !work) || goes_before(u, w, best))
            best = w;
        work |= has;
    }
    return best;
}

/* The first worker takes the place of the second, who is free then. */
static void change_places(struct unit *u, struct worker *in, struct worker *out)
{
    const int service = out->covers;

    stand_down(u, out);
    out->relieved = u->now;
    stand_up(u, in, service);
}

/* Whoever idles looks again; a cover that interrupts takes more urgent workers' less urgent work. */
static void call_in(struct unit *u, int service)
{
    struct cover *c = &u->cover[service];
    int left = tb__cover_lacks(u, service);
    struct worker *w;

    if (left <= 0)
        return;
    left = tb__wake(u, service, left);
    if (left > c->wanted - c->there) /* who stays on is there */
        left = c->wanted - c->there;
    for (; left > 0 && tb__plan_of(u, service)->interrupts; left--) {
        if (!(w = tb__interruptible_worker(u, service)))
            return;
        tb__call_cut(u, w, true);
        tb__cover(u, w, service);
    }
}

/* A worker free now takes its place; from where the last call or visit was, after the way back. */
void tb__cover(struct unit *u, struct worker *w, int service)
{
    struct worker *out;

    tb__return_leg(u, w);
    if (w->clock > u->now) {
        tb__chain_ends(u, w);
        return;
    }
    stand_up(u, w, service);
    if (u->cover[service].there <= u->cover[service].wanted)
        return;
    out = first_to_go(u, service, true); /* somebody stayed on for this */
    out->relieved = u->now;
    release(u, out);
}

/* Who has idled longest of those who are at hand. */
static struct worker *relief_for(struct unit *u, int service)
{
    for (int i = u->idle_first; i != NONE; i = u->worker[i].after)
        if (!u->worker[i].travelled && tb__takes_now(u, &u->worker[i], service))
            return &u->worker[i];
    return NULL;
}

/* Whether who covers must leave it, covered or not. */
static bool must_go(const struct unit *u, const struct worker *w)
{
    const struct service_plan *p = tb__plan_of(u, w->covers);

    if (u->now >= w->until)
        return p->cut || (w->route != NONE && !p->before_visits) ||
               u->now >= w->until + u->world->overtime_ms;
    if ((!w->temp && tb__ill_at(w, u->now)) || (w->week_begins && w->rest_from <= u->now))
        return true;
    return !p->before_visits && (visit_due(u, w) <= u->now || open_due(u, w) <= u->now);
}

void tb__cover_looks(struct unit *u, struct worker *w)
{
    const int service = w->covers;
    struct worker *idle;

    if (must_go(u, w)) {
        stand_down(u, w);
        call_in(u, service);
        tb__next_work(u, w);
        return;
    }
    if (u->now >= w->until && !w->stays_on) {
        w->stays_on = true;
        u->cover[service].staying++;
    }
    idle = has_other_work(u, w) ? relief_for(u, service) : NULL;
    if (!idle) {
        watch(u, w);
        return;
    }
    tb__stop_idling(u, idle);
    change_places(u, idle, w);
    tb__wake_others(u);
    tb__next_work(u, w);
}

/* Whose place a worker who idles takes; NULL when nobody has other work. */
static struct worker *to_relieve(struct unit *u, const struct worker *w)
{
    const tb_time gap = visit_due(u, w) - u->now;
    struct worker *best = NULL;

    for (struct worker *out = u->worker, *end = out + u->world->workers; out < end; out++)
        if (out->doing == COVERING && tb__suits(u, w, out->covers, gap) &&
            has_other_work(u, out) && (!best || goes_before(u, out, best)))
            best = out;
    return best;
}

/* Whether somebody at the office who has nothing else to do is with those who are there. */
static bool joins(const struct unit *u, const struct worker *w)
{
    for (int s = 0; s < u->world->services; s++)
        if (tb__plan_of(u, s)->joins && u->cover[s].wanted > 0 && !w->travelled &&
            tb__qualified(u, w, s))
            return true;
    return false;
}

void tb__cover_idles(struct unit *u, struct worker *w)
{
    struct worker *out = NULL;

    if (w->relieved != u->now && !w->travelled)
        out = to_relieve(u, w);
    if (!out) {
        w->joined = joins(u, w);
        return;
    }
    tb__stop_idling(u, w);
    change_places(u, w, out);
    tb__chain_ends(u, out);
}

bool tb__cover_needs(const struct unit *u, const struct worker *w)
{
    for (int s = 0; s < u->world->services; s++)
        if (tb__plan_of(u, s)->cover && tb__cover_lacks(u, s) > 0 &&
            tb__suits(u, w, s, visit_due(u, w) - u->now))
            return true;
    return false;
}

void tb__wake_others(struct unit *u)
{
    for (int s = 0; s < u->world->services; s++)
        if (tb__plan_of(u, s)->cover)
            call_in(u, s);
        else if (u->waiting_count[s])
            tb__wake(u, s, 1);
}

void tb__cover_cut(struct unit *u, struct worker *w)
{
    const int service = w->covers;

    stand_down(u, w);
    u->ledger.now->count.interruptions++;
    call_in(u, service);
}

/* The unit ------------------------------------------------------------------------------------- */

/* Who idles is booked otherwise from now on. */
static void wake_all(struct unit *u)
{
    for (int i = u->idle_first; i != NONE; i = u->worker[i].after)
        tb__queue_set_far(&u->queue, u->worker[i].slot, u->now);
}

void tb__cover_step(struct unit *u, int service)
{
    const struct service_plan *p = tb__plan_of(u, service);
    struct cover *c = &u->cover[service];
    const int before = c->wanted;

    settle(u, service);
    c->wanted = wanted_at(u, p, u->now);
    schedule_step(u, service);
    if (c->wanted == before)
        return;
    while (c->there > c->wanted)
        release(u, first_to_go(u, service, false));
    call_in(u, service);
    if (p->joins && !before != !c->wanted)
        wake_all(u);
}

/* The first step, of life or under another regime, is now. */
bool tb__cover_open(struct unit *u)
{
    if (!u->cover)
        u->cover = tb__arena_alloc(u->arena, (size_t)u->world->services, sizeof *u->cover);
    for (int s = 0; u->cover && s < u->world->services; s++)
        if (tb__plan_of(u, s)->cover)
            tb__queue_set(&u->queue, tb__source_slot(s), u->now);
    return u->cover != NULL;
}

void tb__cover_week_ends(struct unit *u)
{
    for (int s = 0; s < u->world->services; s++)
        if (tb__plan_of(u, s)->cover)
            settle(u, s);
}

void tb__cover_ends(struct unit *u, struct worker *w)
{
    stand_down(u, w);
}
