/* The visits of a day: which there are, in what order, and what is drawn ahead for them. */
#include "model/unit.h"

#include <string.h>

/* Order of the day: by window opening; a second carer's visit follows the first's. */
bool tb__goes_before(const struct visit *a, const struct visit *b)
{
    return a->slot->opens != b->slot->opens     ? a->slot->opens < b->slot->opens
           : a->index >> 8 != b->index >> 8     ? a->index >> 8 < b->index >> 8
           : a->slot->client != b->slot->client ? a->slot->client < b->slot->client
                                                : a->slot->nth < b->slot->nth;
}

static double *row_of(const struct unit *u, int visit)
{
    return u->visit_draw + (ptrdiff_t)visit * u->world->visit_draws;
}

static void draw_lanes(const struct unit *u, int n, uint32_t purpose, double *lanes)
{
    tb__uniforms_ahead(&u->stream, n, u->ahead_index, u->ahead_entity, purpose, lanes,
                       u->world->visit_draws);
}

/* Needs of n visits, in runs of one client group. */
static void vary_needs(const struct unit *u, const struct visit *v, int n, double *row)
{
    const struct world *w = u->world;

    for (int i = 0, next; i < n; i = next) {
        const int group = w->client[v[i].slot->client].group;

        next = i + 1;
        while (next < n && (w->set.client_group_count == 1 ||
                            w->client[v[next].slot->client].group == group))
            next++;
        tb__variates_if(&w->need_variation[group], 1, next - i,
                        row + (ptrdiff_t)i * w->visit_draws + DRAW_NEED, w->visit_draws);
    }
}

/* Records that are about clients of another group are not called for. */
static void leave_out(const struct unit *u, const struct visit *v, int n,
                      enum trigger trigger, double *row)
{
    const struct world *w = u->world;

    for (int k = 0; k < w->triggered_count[trigger]; k++) {
        const struct obligation_plan *p = w->triggered[trigger][k];

        for (int i = 0; i < n && p->of != NOWHERE; i++)
            if (w->client[v[i].slot->client].group != p->of)
                row[(ptrdiff_t)i * w->visit_draws + p->draw] = TB__NONE;
    }
}

/* Draws what is known of the day's visits before anybody leaves the house. */
static void draw_ahead(struct unit *u, const struct visit *v, int n, double *row)
{
    const struct world *w = u->world;

    for (int i = 0; i < n; i++) {
        u->ahead_index[i] = v[i].index;
        u->ahead_entity[i] = v[i].slot->entity;
    }
    draw_lanes(u, n, PURPOSE_NEED, row + DRAW_NEED);
    vary_needs(u, v, n, row);
    draw_lanes(u, n, PURPOSE_LEG, row + DRAW_LEG);
    tb__variates_if(&w->leg, 1, n, row + DRAW_LEG, w->visit_draws);
    if (w->harm)
        draw_lanes(u, n, PURPOSE_HARM, row + DRAW_ERROR);
    if (w->clash || (w->harm && w->readables))
        draw_lanes(u, n, PURPOSE_READING, row + DRAW_READS);
    tb__draw_records(u, TRIGGER_VISIT, NONE, n, u->ahead_index, u->ahead_entity, row,
                     w->visit_draws);
    tb__draw_records(u, TRIGGER_DEVIATION, NONE, n, u->ahead_index, u->ahead_entity, row,
                     w->visit_draws);
    if (w->partial) {
        leave_out(u, v, n, TRIGGER_VISIT, row);
        leave_out(u, v, n, TRIGGER_DEVIATION, row);
    }
}

static void sort_postponed(struct unit *u)
{
    for (int i = 1; i < u->postponed_count; i++) {
        const struct visit *v = &u->postponed[i];
        int j = i;

        for (; j > 0 && tb__goes_before(v, &u->postponed[u->postponed_order[j - 1]]); j--)
            u->postponed_order[j] = u->postponed_order[j - 1];
        u->postponed_order[j] = i;
    }
}

/* A visit of today, at place `at`. */
static void write_visit(struct unit *u, int at, const struct slot *slot)
{
    u->visit[at] = (struct visit){.slot = slot,
                                  .opens = u->now + slot->opens,
                                  .closes = u->now + slot->closes,
                                  .index = tb__visit_index(u->world, u->day, slot->nth),
                                  .by = NONE,
                                  .draw = row_of(u, at)};
}

/* Whether the client is there, and has its turn. */
static bool comes_today(const struct unit *u, const struct slot *slot)
{
    const struct world *w = u->world;

    if (w->rare && !tb__has_its_turn(w, slot->client, u->day))
        return false;
    return !w->turnover ||
           tb__is_there(u, slot->client, u->now + slot->opens, u->now + slot->closes);
}

/* The visits that recur today, from place `at`; how many. On a holiday, those of clients who have none
 * at weekends follow the rule: skipped ones are left out, and those that are put off until tomorrow
 * stand last, *put_off of them. */
static int todays(struct unit *u, int at, int *put_off)
{
    const struct world *w = u->world;
    const int cycle = tb__cycle_day(w, u->day), rule = w->set.visits.on_holidays;
    const struct slot *slot = w->slot + w->slot_first[cycle],
                      *end = w->slot + w->slot_first[cycle + 1];
    const bool holiday = rule != HOLIDAYS_GIVEN && tb__is_holiday(w, u->day);
    const struct slot *late[2] = {slot, slot}; /* where those stand that are put off */
    int n = 0;

    if (!holiday && !w->rare && !w->turnover) { /* mostly all come */
        for (; slot < end; slot++)
            write_visit(u, at + n++, slot);
        return n;
    }
    for (; slot < end; slot++) {
        if (!comes_today(u, slot))
            continue;
        if (!holiday || !w->client[slot->client].weekdays_only)
            write_visit(u, at + n++, slot);
        else if (rule == HOLIDAYS_MOVED) {
            ++*put_off;
            late[1] = slot + 1;
        }
    }
    for (int left = *put_off; late[0] < late[1] && left; late[0]++)
        if (w->client[late[0]->client].weekdays_only && comes_today(u, late[0])) {
            write_visit(u, at + n++, late[0]);
            left--;
        }
    return n;
}

/* Who idles at midnight looks for what the new day has brought. */
static void look_again(struct unit *u)
{
    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];

        if (tb__may_look(w) && (w->route != NONE || u->open != NONE))
            tb__queue_set(&u->queue, w->slot, u->now);
    }
}

void tb__plan_day(struct unit *u)
{
    const struct world *w = u->world;
    const int first = (int)(u->day & 1) * u->room_a_day;
    const int draws = w->visit_draws;
    const int moved = u->postponed_count;
    int n = moved, put_off = 0;

    if (!w->slots)
        return;
    for (int i = 0; i < w->workers; i++) {
        tb__expire(u, first, &u->worker[i].route, &u->worker[i].route_end);
        tb__expire(u, first, &u->worker[i].later, &u->worker[i].later_end);
    }
    sort_postponed(u);
    for (int i = 0; i < n; i++) {
        struct visit *v = &u->visit[first + i];
        *v = u->postponed[u->postponed_order[i]];
        v->draw = memcpy(row_of(u, first + i),
                         &u->postponed_draw[u->postponed_order[i] * draws],
                         (size_t)draws * sizeof *u->visit_draw);
        v->moved = true;
        v->by = NONE;
        while (v->opens < u->now) { /* twice for a visit of a night that has passed midnight */
            v->opens += TB__DAY;
            v->closes += TB__DAY;
        }
    }
    u->postponed_count = 0;
    n += todays(u, first + moved, &put_off);
    draw_ahead(u, &u->visit[first + moved], n - moved, row_of(u, first + moved));
    u->ledger.now->count.visits_planned += n - moved;
    for (int i = 0; i < put_off; i++)
        tb__postpone(u, first + n - put_off + i);
    if (w->timetable)
        tb__keep_timetable(u, first, n - put_off);
    else
        tb__deal(u, first, moved, n - put_off);
    look_again(u);
}

/* What was drawn ahead of visits that are still to come: at the same addresses, in rows as the new
 * world lays them out. */
static void draw_again(struct unit *u, int visit)
{
    for (; visit != NONE; visit = u->visit[visit].next) {
        u->visit[visit].draw = row_of(u, visit);
        draw_ahead(u, &u->visit[visit], 1, row_of(u, visit));
    }
}

void tb__visits_switch(struct unit *u)
{
    const size_t draws = (size_t)u->world->visit_draws, room = (size_t)u->room_a_day;

    u->visit_draw = tb__arena_alloc(u->arena, 2 * room * draws, sizeof *u->visit_draw);
    u->postponed_draw = tb__arena_alloc(u->arena, room * draws, sizeof *u->postponed_draw);
    if (!u->visit_draw || !u->postponed_draw) {
        u->status = tb__no_memory(u->err);
        return;
    }
    for (int i = 0; i < u->world->workers; i++) {
        draw_again(u, u->worker[i].route);
        draw_again(u, u->worker[i].later);
    }
    draw_again(u, u->open);
    for (int i = 0; i < u->postponed_count; i++)
        draw_ahead(u, &u->postponed[i], 1, u->postponed_draw + (size_t)i * draws);
}
