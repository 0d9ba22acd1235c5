/* From one regime to another in the middle of a life.
 *
 * At the midnight of week 0 the unit's world is replaced, before the plan of that day is made. Who is
 * absent, who knows whom, strain, what is owed, who waits and what was postponed all carry over: they
 * are the unit's state, and the two worlds describe the same staff, clients, services and obligations
 * by the same numbers. What is done here is only what hangs on a number that differs: shifts have
 * other places in the new roster (whose days before the switch are those of the old one), the
 * uniforms of records lie otherwise, and arrivals that were drawn ahead are drawn again. */
#include "model/unit.h"

#include <string.h>

static tb_status other(const char *list, const char *name, const char *what, tb_error *err)
{
    return tb__fail(err, TB_ERR_MISMATCH,
                    "%s.%s: %s in the baseline; a switch needs the same unit under both",
                    list, name, what);
}

static tb_status same_staff(const struct staff *a, const struct staff *b, tb_error *err)
{
    if (strcmp(a->name, b->name) != 0)
        return other("staff", b->name, "there is no such group", err);
    if (a->count != b->count)
        return other("staff", b->name, "another count", err);
    if (strcmp(a->role, b->role) != 0)
        return other("staff", b->name, "another role", err);
    if (a->crew != b->crew)
        return other("staff", b->name, "another crew", err);
    return a->roster == b->roster ? TB_OK : other("staff", b->name, "another roster", err);
}

static tb_status same_clients(const struct client_group *a, const struct client_group *b,
                              tb_error *err)
{
    if (strcmp(a->name, b->name) != 0)
        return other("clients", b->name, "there is no such group", err);
    if (a->count != b->count)
        return other("clients", b->name, "another count", err);
    if ((tb__law_mean(&a->stay_days) > 0) != (tb__law_mean(&b->stay_days) > 0) ||
        (tb__law_mean(&a->vacant_days) > 0) != (tb__law_mean(&b->vacant_days) > 0))
        return other("clients", b->name, "other rules of who comes and goes", err);
    return TB_OK;
}

/* Where calls come from and how they wait must be the same; how many come, and all else, need not. */
static tb_status same_service(const struct service *a, const struct service *b,
                              tb_error *err)
{
    if (strcmp(a->name, b->name) != 0)
        return other("services", b->name, "there is no such service", err);
    if (a->arrival != b->arrival || a->population != b->population ||
        strcmp(a->of, b->of) != 0)
        return other("services", b->name, "another source of calls", err);
    if (a->room != b->room || a->starts_at != b->starts_at ||
        strcmp(a->then, b->then) != 0 ||
        (tb__law_mean(&a->patience) > 0) != (tb__law_mean(&b->patience) > 0) ||
        (tb__law_mean(&a->then_after_minutes) > 0) !=
            (tb__law_mean(&b->then_after_minutes) > 0))
        return other("services", b->name, "other rules of waiting", err);
    return TB_OK;
}

static tb_status too_few(const char *list, int a, int b, tb_error *err)
{
    return tb__fail(
        err, TB_ERR_MISMATCH,
        "%s: %d of them, and %d in the baseline; a switch needs the same unit "
        "under both",
        list, b, a);
}

tb_status tb__same_unit(const struct setting *a, const struct setting *b, tb_error *err)
{
    tb_status status = TB_OK;

    if (a->staff_count != b->staff_count)
        return too_few("staff", a->staff_count, b->staff_count, err);
    for (int i = 0; i < a->staff_count && !status; i++)
        status = same_staff(&a->staff[i], &b->staff[i], err);
    if (!status && a->client_group_count != b->client_group_count)
        return too_few("clients", a->client_group_count, b->client_group_count, err);
    for (int i = 0; i < a->client_group_count && !status; i++)
        status = same_clients(&a->clients[i], &b->clients[i], err);
    if (!status && a->service_count != b->service_count)
        return too_few("services", a->service_count, b->service_count, err);
    for (int i = 0; i < a->service_count && !status; i++)
        status = same_service(&a->services[i], &b->services[i], err);
    return status;
}

/* Shifts --------------------------------------------------------------------------------------- */

/* Place in the new roster of the nth shift of a worker. */
static int moved(const struct unit *u, int worker, int shift)
{
    return u->then->worker[worker].first + shift - u->world->worker[worker].first;
}

static int begun(const struct unit *u, int worker)
{
    const struct worker_plan *p = &u->then->worker[worker];
    int n = 0;

    while (n < p->shifts && u->then->shift[p->first + n].from < u->now)
        n++;
    return n;
}

/* Whoever is on duty or away finishes the shift that was planned; the others turn to the new roster.
 * That temps are known by their shifts need not be mended: who came to whom is counted afresh from
 * week 0 on. */
static void move_shifts(struct unit *u)
{
    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];
        const int first = u->then->worker[i].first, last = first + begun(u, i);

        w->shift = moved(u, i, w->shift);
        if (w->doing == OFF && w->shift > last)
            w->shift = last;
    }
}

static void turn_to_roster(struct unit *u)
{
    for (int i = 0; i < u->world->workers; i++) {
        struct worker *w = &u->worker[i];

        if (w->doing == OFF)
            tb__schedule_shift(u, w, w->clock > u->now ? w->clock : u->now);
    }
}

/* Paces of the new world hold at once, for who is on duty, too. */
static void renew_paces(struct unit *u)
{
    u->pace = tb__care_pace(u);
    for (int i = 0; i < u->world->workers; i++)
        u->worker[i].slow = u->worker[i].temp || u->world->slow;
}

/* Needs under the new grants; what talks with a client brought nearer to them stays so. */
static void renew_needs(struct unit *u, const struct world *before)
{
    for (int i = 0; i < u->world->clients; i++) {
        const double was = before->client[i].need_ratio,
                     is = u->world->client[i].need_ratio;
        struct client *c = &u->client[i];
        const bool fitted = c->need_ratio < was || c->need_ratio > was;

        c->need_ratio = fitted ? tb__dialogue_fit(&before->dialogue, is) : is;
    }
}

void tb__switch(struct unit *u)
{
    const struct world *before = u->world;

    tb__absence_settle(u);
    move_shifts(u);
    u->world = u->then;
    u->then = NULL;
    renew_needs(u, before);
    turn_to_roster(u);
    u->meeting_h = tb__meeting_hours(u);
    renew_paces(u);
    u->usual = tb__is_usual(u);
    u->most_errors = tb__most_errors(u);
    tb__visits_switch(u);
    if (!u->status)
        tb__calls_switch(u);
}
