/* From granted hours to visits that recur (docs/model.md, "Grants become visits"); how often each client
 * is visited tells scenario/frequency.h. */
#include <math.h>
#include <stdio.h>

#include "kernel/alloc.h"
#include "kernel/stream.h"
#include "model/world/compile.h"
#include "scenario/frequency.h"

/* Windows by the order of a day's visits: all that share an order stand together. */
struct windows {
    int index[MAX_WINDOWS];                      /* of windows, by order and then name */
    int first[MAX_WINDOWS], shared[MAX_WINDOWS]; /* where an order begins, how many */
    int orders;
    tb_time opens[MAX_WINDOWS], closes[MAX_WINDOWS];
};

struct draft {
    struct slot slot;
    int day, window;
};

struct drafts {
    struct draft *item;
    int count, room;
    struct windows windows;
};

static bool add(struct drafts *d, int day, int window, const struct slot *slot)
{
    if (d->count == d->room) {
        const int room = d->room ? 2 * d->room : 1024;
        struct draft *item = tb__realloc(d->item, (size_t)room, sizeof *item);
        if (!item)
            return false;
        d->item = item;
        d->room = room;
    }
    d->item[d->count++] = (struct draft){*slot, day, window};
    return true;
}

static struct windows windows_of(const struct setting *s)
{
    struct windows w = {.orders = 0};

    for (int i = 0; i < s->window_count; i++) {
        int at = i;

        for (; at > 0 && s->windows[w.index[at - 1]].order > s->windows[i].order; at--)
            w.index[at] = w.index[at - 1];
        w.index[at] = i;
        w.opens[i] = tb__minutes(s->windows[i].opens);
        w.closes[i] = tb__minutes(s->windows[i].closes);
    }
    for (int i = 0; i < s->window_count; i++) {
        if (!i || s->windows[w.index[i]].order > s->windows[w.index[i - 1]].order)
            w.first[w.orders++] = i;
        w.shared[w.orders - 1]++;
    }
    return w;
}

static int common_divisor(int a, int b)
{
    return b ? common_divisor(b, a % b) : a;
}

/* One of how many clients in a row, visited as often, is visited on a given day. */
static int one_of(int weekly, int span, int interval)
{
    return span / common_divisor(span, weekly) * interval;
}

/* Where a client stands when `shared` windows are dealt out: as it is numbered; one of `days` among
 * those of the same day where it comes every eighth week or less often, or where else all of a day
 * would have one window, because windows divide days. */
static int place_of(const struct client_plan *c, int id, int days, int shared)
{
    return c->cycles > 1 || (shared > 1 && days % shared == 0) ? id % days + id / days : id;
}

/* The window of a client's nth visit of a day (from 0): orders in turn, then windows by its place. */
static int window_of(const struct windows *w, const struct client_plan *c, int id,
                     int days, int nth)
{
    const int order = w->orders ? nth % w->orders : 0, shared = w->shared[order];

    return w->orders ? w->index[w->first[order] + place_of(c, id, days, shared) % shared]
                     : 0;
}

/* How many of a client's `weekly` visits fall on a day, of the `span` that it is visited on. */
static int visits_on(int weekly, int span, int weekday, int client)
{
    const int base = weekly / span, extra = weekly % span;

    if (weekday >= span)
        return 0;
    return base + ((weekday + client) * extra % span < extra ? 1 : 0);
}

static bool place_visits(struct world *w, struct drafts *d, int id, int weekly,
                         int interval, tb_time granted)
{
    struct client_plan *c = &w->client[id];
    const int span = c->weekdays_only ? 5 : 7;
    const int within = interval < 4 ? interval : 4; /* the pattern of 28 days */
    int window[MOST_VISITS_A_DAY];

    c->cycles = interval / within;
    w->rare |= c->cycles > 1;
    for (int nth = 0; nth < MOST_VISITS_A_DAY; nth++)
        window[nth] = window_of(&d->windows, c, id, one_of(weekly, span, interval), nth);
    c->granted = granted;
    for (int day = 0; day < CYCLE_DAYS; day++) {
        const int week = day / 7;
        const int n = (week + id) % within ? 0 : visits_on(weekly, span, day % 7, id);

        for (int nth = 0; nth < n; nth++)
            for (int carer = 0; carer <= (int)c->two_carers; carer++, c->slots++) {
                const struct slot slot = {d->windows.opens[window[nth]],
                                          d->windows.closes[window[nth]],
                                          .granted = granted,
                                          .client = id,
                                          .nth = nth << 1 | carer,
                                          .usual = NO_ONE};

                if (!add(d, day, window[nth], &slot))
                    return false;
            }
    }
    return true;
}

/* Frequency and minutes from hours a week: as many visits as come nearest to the minutes wanted;
 * less than three quarters of a visit a week becomes one every second, fourth, eighth ... week. */
static bool schedule(struct world *w, struct drafts *d, int id, double hours, double minutes)
{
    const int carers = w->client[id].two_carers ? 2 : 1;
    const double weekly = 60 * hours / (minutes * carers);
    const struct client_group *group = &w->set.clients[w->client[id].group];
    const int n = tb__weekly_visits(group, hours, minutes, w->client[id].two_carers);
    int interval = 1;

    w->client[id].cycles = 1;
    if (!(hours > 0)) /* no hours, no visits */
        return true;
    while (weekly * interval < 0.75 && 2 * interval <= group->rarest_weeks)
        interval *= 2;
    w->client[id].frequent = n >= 7;
    w->client[id].weekdays_only = tb__visit_days(group, n) == 5;
    return place_visits(w, d, id, n, interval,
                        tb__minutes(60 * hours * interval / (n * carers)));
}

static tb_status group(struct world *w, struct drafts *d, int g, int *id, tb_error *err)
{
    const struct client_group *group = &w->set.clients[g];
    struct table hours, minutes, ratio;
    double sum = 0, below = 0;
    tb_status status;

    if ((status = tb__tables_build(w->tables, &group->granted_hours, 1, &hours, err)) ||
        (status = tb__tables_build(w->tables, &group->visit_minutes, 1, &minutes, err)) ||
        (status = tb__tables_build(w->tables, &group->need_ratio, 1, &ratio, err)))
        return status;
    w->group_first[g] = *id;
    w->group_first[g + 1] = *id + group->count;
    for (int i = 0; i < group->count; i++)
        sum += tb__granted_hours(group, &hours, i);
    for (int i = 0; i < group->count; i++, ++*id) {
        const double granted = tb__granted_hours(group, &hours, i);
        struct client_plan *c = &w->client[*id];
        char name[NAME_SIZE + 32];
        const double angle = 2 * 3.14159265358979323846 * tb__client_point(i, POINT_ANGLE);
        const double far =
            sqrt(tb__client_point(i, POINT_DISTANCE)) * w->set.travel.radius_minutes;

        snprintf(name, sizeof name, "client/%s/%d", group->name, i + 1);
        c->entity = (uint32_t)(tb__name_hash(name) >> 32);
        c->group = g;
        c->people = group->people;
        w->wider |= group->people > 1;
        c->rank = sum > 0 ? (below + granted / 2) / sum : 0.5;
        below += granted;
        c->need_ratio = tb__variate(&ratio, tb__client_point(i, POINT_NEED));
        c->two_carers = tb__has_two_carers(group, i);
        c->place[0] = (float)(far * cos(angle));
        c->place[1] = (float)(far * sin(angle));
        if (!schedule(w, d, *id, granted, tb__visit_minutes(&minutes, i)))
            return tb__no_memory(err);
    }
    return TB_OK;
}

/* Windows that open at one time have one rank. */
static void rank_windows(const struct setting *s, int rank[MAX_WINDOWS])
{
    for (int i = 0; i < s->window_count; i++) {
        rank[i] = 0;
        for (int j = 0; j < s->window_count; j++)
            rank[i] += s->windows[j].opens < s->windows[i].opens;
    }
}

/* By day and the opening of the window. Drafts come client by client and, for a day, visit by visit:
 * that order stays among those of one day and opening. */
static void lay_out(struct world *w, const struct drafts *d)
{
    int rank[MAX_WINDOWS], next[CYCLE_DAYS * MAX_WINDOWS + 1] = {0};

    rank_windows(&w->set, rank);
    w->slots = d->count;
    for (int i = 0; i < d->count; i++) {
        next[d->item[i].day * MAX_WINDOWS + rank[d->item[i].window] + 1]++;
        w->slot_first[d->item[i].day + 1]++;
    }
    for (int i = 0; i < CYCLE_DAYS * MAX_WINDOWS; i++)
        next[i + 1] += next[i];
    for (int i = 0; i < d->count; i++)
        w->slot[next[d->item[i].day * MAX_WINDOWS + rank[d->item[i].window]]++] =
            d->item[i].slot;
    for (int day = 0; day < CYCLE_DAYS; day++) {
        if (w->slot_first[day + 1] > w->most_slots_a_day)
            w->most_slots_a_day = w->slot_first[day + 1];
        w->slot_first[day + 1] += w->slot_first[day];
    }
}

/* Counts the visits that holidays skip: for the offered load. */
static void count_skipped(struct world *w)
{
    for (int64_t day = 0; day < w->to / TB__DAY; day++) {
        const int cycle = tb__cycle_day(w, day);

        if (w->set.visits.on_holidays != HOLIDAYS_SKIPPED || !tb__is_holiday(w, day))
            continue;
        for (int s = w->slot_first[cycle]; s < w->slot_first[cycle + 1]; s++)
            w->client[w->slot[s].client].skipped +=
                w->client[w->slot[s].client].weekdays_only &&
                tb__has_its_turn(w, w->slot[s].client, day);
    }
}

tb_status tb__grant_plan(struct world *w, tb_error *err)
{
    struct drafts d = {NULL, 0, 0, windows_of(&w->set)};
    tb_status status = TB_OK;
    int id = 0;

    for (int g = 0; g < w->set.client_group_count; g++)
        w->clients += w->set.clients[g].count;
    w->client = tb__alloc((size_t)w->clients, sizeof *w->client);
    if (!w->client)
        return tb__no_memory(err);
    for (int g = 0; g < w->set.client_group_count && !status; g++)
        status = group(w, &d, g, &id, err);
    if (!status) {
        w->slot = tb__realloc(NULL, (size_t)d.count, sizeof *w->slot);
        status = w->slot ? TB_OK : tb__no_memory(err);
    }
    if (!status) {
        lay_out(w, &d);
        count_skipped(w);
    }
    tb__free(d.item);
    return status;
}
