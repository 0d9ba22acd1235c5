/* Rosters: who is planned to work when.
 *
 * Each day, kinds of shift are filled in order of their start. A shift takes the worker who has been
 * rostered least so far among those of the role who had eleven hours of rest and have not worked six
 * days running; ties go to the lower id. A shift that nobody can take stays vacant. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/alloc.h"
#include "kernel/stream.h"
#include "model/world/compile.h"

enum { REST_HOURS = 11, MOST_DAYS_RUNNING = 6 };

struct load {
    tb_time minutes, free_from;
    int64_t last_day;
    int running;
};

static int wanted(const struct world *w, const struct shift_kind *k, int64_t day)
{
    const int weekday = tb__is_holiday(w, day) ? 6 : tb__weekday(day);

    return weekday == 5 ? k->saturdays : weekday == 6 ? k->sundays : k->weekdays;
}

static bool may_work(const struct world *w, const struct load *load, int id, int role,
                     tb_time from, int64_t day)
{
    const struct worker_plan *p = &w->worker[id];

    if (p->always || (role != ANY_ROLE && p->role != role) || load[id].free_from > from)
        return false;
    return load[id].last_day != day &&
           (load[id].last_day != day - 1 || load[id].running < MOST_DAYS_RUNNING);
}

static int least_loaded(const struct world *w, const struct load *load, int role,
                        tb_time from, int64_t day)
{
    int best = -1;

    for (int i = 0; i < w->workers; i++)
        if ((best < 0 || load[i].minutes < load[best].minutes) &&
            may_work(w, load, i, role, from, day))
            best = i;
    return best;
}

static void take(struct load *l, tb_time from, tb_time to, int64_t day)
{
    l->running = l->last_day == day - 1 ? l->running + 1 : 1;
    l->last_day = day;
    l->minutes += to - from;
    l->free_from = to + REST_HOURS * TB__HOUR;
}

static int role_of(const struct setting *s, const char *role)
{
    for (int i = 0; *role && i < s->staff_count; i++)
        if (!strcmp(s->staff[i].role, role))
            return i;
    return ANY_ROLE;
}

/* Kinds of shift in order of start, ties by name. */
static void order_of_kinds(const struct setting *s, int order[MAX_SHIFTS])
{
    for (int i = 0; i < s->shift_count; i++) {
        int at = i;
        for (; at > 0 && s->shifts[order[at - 1]].starts > s->shifts[i].starts; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

struct drafted {
    struct shift shift;
    int worker;
};

/* The kind of a shift of the history, as the world numbers it; one that it does not have counts as the
 * first: only what is left of it is lived through here. */
static int kind_of(const struct world *w, const struct setting *from, int kind)
{
    for (int k = 0; k < w->set.shift_count && from != &w->set; k++)
        if (!strcmp(w->set.shifts[k].name, from->shifts[kind].name))
            return k;
    return from == &w->set ? kind : 0;
}

static int64_t fill_day(struct world *w, const struct setting *set, struct load *load,
                        int64_t day, const int order[], struct drafted *out)
{
    int64_t n = 0;

    for (int k = 0; k < set->shift_count; k++) {
        const struct shift_kind *kind = &set->shifts[order[k]];
        const tb_time from = day * TB__DAY + tb__minutes(kind->starts);
        const tb_time to = from + tb__minutes(kind->minutes);
        const int role = role_of(set, kind->role);

        for (int i = 0; i < wanted(w, kind, day); i++) {
            const int id = least_loaded(w, load, role, from, day);
            if (id < 0)
                break;
            take(&load[id], from, to, day);
            out[n++] = (struct drafted){{from, to, kind_of(w, set, order[k])}, id};
        }
    }
    return n;
}

/* From the draft in order of days to each worker's own list, and to the days. */
static void sort_draft(struct world *w, const struct drafted *draft, int64_t n, int64_t days)
{
    int *next = w->day_shift; /* borrowed as a counter, rebuilt below */
    int total = 0;

    for (int64_t i = 0; i < n; i++)
        w->worker[draft[i].worker].shifts++;
    for (int i = 0; i < w->workers; i++) {
        struct worker_plan *p = &w->worker[i];
        p->first = total;
        total += p->always ? 1 : p->shifts;
        if (p->always) {
            w->shift[p->first] = (struct shift){0, w->to, -1};
            p->shifts = 1;
        } else {
            p->shifts = 0;
        }
    }
    for (int64_t d = 0; d <= days; d++)
        next[d] = 0;
    for (int64_t i = 0; i < n; i++) {
        struct worker_plan *p = &w->worker[draft[i].worker];
        const int at = p->first + p->shifts++;
        w->shift[at] = draft[i].shift;
        w->on_day[i] = (struct day_shift){draft[i].worker, at};
        next[tb__day_of(draft[i].shift.from) + 1]++;
    }
    for (int64_t d = 0; d < days; d++)
        next[d + 1] += next[d];
    w->shifts = total;
}

/* When the break of the ith worker of a group is due, after the middle of the shift. */
static tb_time rest_after(const struct setting *s, int group, int i)
{
    const int count = s->staff[group].count;

    return tb__minutes(s->duty.break_spread_minutes) * (2 * i + 1 - count) / (2 * count);
}

static tb_status people(struct world *w, tb_error *err)
{
    int id = 0;

    for (int g = 0; g < w->set.staff_count; g++)
        w->workers += w->set.staff[g].count;
    w->worker = tb__alloc((size_t)w->workers, sizeof *w->worker);
    if (!w->worker)
        return tb__no_memory(err);
    for (int g = 0; g < w->set.staff_count; g++)
        for (int i = 0; i < w->set.staff[g].count; i++, id++) {
            struct worker_plan *p = &w->worker[id];
            char name[NAME_SIZE + 32];

            snprintf(p->name, sizeof p->name, "%s/%d", w->set.staff[g].name, i + 1);
            snprintf(name, sizeof name, "worker/%s", p->name);
            p->entity = (uint32_t)(tb__name_hash(name) >> 32);
            p->group = g;
            p->role = role_of(&w->set, w->set.staff[g].role);
            p->always = w->set.staff[g].roster == ROSTER_ALWAYS;
            p->rest_after = rest_after(&w->set, g, i);
            p->crew = w->set.staff[g].crew;
            p->seat = NOWHERE;
            w->people += p->crew;
            w->seats += p->crew > 1 ? p->crew : 0;
        }
    return w->seats ? tb__seats(w, err) : TB_OK;
}

static int64_t a_week(const struct setting *s)
{
    int64_t n = 0;

    for (int k = 0; k < s->shift_count; k++)
        n += 5 * s->shifts[k].weekdays + s->shifts[k].saturdays + s->shifts[k].sundays;
    return n;
}

tb_status tb__roster(struct world *w, tb_error *err)
{
    const int64_t days = (w->to + TB__DAY - 1) / TB__DAY;
    const struct setting *before = w->history ? w->history : &w->set;
    int order[MAX_SHIFTS] = {0}, order_before[MAX_SHIFTS] = {0};
    int64_t most = 0, n = 0;
    struct load *load = NULL;
    struct drafted *draft = NULL;
    tb_status status = people(w, err);

    if (status)
        return status;
    most = a_week(&w->set) > a_week(before) ? a_week(&w->set) : a_week(before);
    most *= (days + 6) / 7;
    for (int k = 0; k < w->set.shift_count; k++) /* a holiday wants what a Sunday does */
        most += (int64_t)w->set.holiday_count * w->set.shifts[k].sundays;
    if (most > 7 * (int64_t)w->workers * ((days + 6) / 7))
        most = 7 * (int64_t)w->workers * ((days + 6) / 7); /* a shift a day is the most */
    load = tb__alloc((size_t)w->workers, sizeof *load);
    draft = tb__alloc((size_t)most, sizeof *draft);
    w->shift = tb__alloc((size_t)(most + w->workers), sizeof *w->shift);
    w->on_day = tb__alloc((size_t)most, sizeof *w->on_day);
    w->day_shift = tb__alloc((size_t)days + 2, sizeof *w->day_shift);
    if (!load || !draft || !w->shift || !w->on_day || !w->day_shift) {
        status = tb__no_memory(err);
    } else {
        order_of_kinds(&w->set, order);
        order_of_kinds(before, order_before);
        for (int i = 0; i < w->workers; i++)
            load[i].last_day = -2;
        for (int64_t d = 0; d < days; d++)
            n += d * TB__DAY < w->from
                     ? fill_day(w, before, load, d, order_before, draft + n)
                     : fill_day(w, &w->set, load, d, order, draft + n);
        sort_draft(w, draft, n, days);
    }
    tb__free(load);
    tb__free(draft);
    return status;
}
