/* Who is asked for: while calls wait that a role may serve, the time of those of it who are on duty.
 *
 * That somebody is busy and that somebody waits are two things: at a light load workers are busy and
 * nobody waits. Kept are, for each role, how many of it are on duty and how many of the services that
 * it may serve have a queue; between two changes of either nothing has to be done. */
#include "model/calls.h"
#include "model/crew.h"

static inline bool may_serve(const struct unit *u, const struct asked_role *a, int service)
{
    const int wanted = u->world->service[service].role;

    return wanted == ANY_ROLE || wanted == a->role;
}

/* Who has gone by now was there until then. */
static void let_go(struct unit *u, struct asked_role *a)
{
    for (int i = 0; i < u->leavers;) {
        struct leaver *l = &u->leaver[i];

        if (l->role != a->role || l->at > u->now) {
            i++;
            continue;
        }
        if (a->queues)
            u->ledger.now->waited_for_ms[a->role + 1] += l->people * (l->at - a->since);
        a->there -= l->people;
        *l = u->leaver[--u->leavers];
    }
}

void tb__asked_from_now(struct unit *u, struct asked_role *a)
{
    let_go(u, a);
    if (a->queues)
        u->ledger.now->waited_for_ms[a->role + 1] += a->there * (u->now - a->since);
    a->since = u->now;
}

static struct asked_role *asked_of(struct unit *u, const struct worker *w)
{
    const int role = u->world->worker[w->id].role;
    int i = 0;

    while (i < u->roles && u->asked[i].role != role)
        i++;
    if (i == u->roles)
        u->asked[u->roles++].role = role;
    return &u->asked[i];
}

/* The role that alone may serve, where it is one. */
static void find_roles(struct unit *u)
{
    for (int s = 0; s < u->world->services; s++) {
        int count = 0;

        for (int i = 0; i < u->roles; i++)
            if (may_serve(u, &u->asked[i], s)) {
                u->asked_by[s] = &u->asked[i];
                count++;
            }
        if (count != 1)
            u->asked_by[s] = NULL;
    }
}

bool tb__asked_open(struct unit *u)
{
    for (int i = 0; i < u->world->workers; i++)
        asked_of(u, &u->worker[i]);
    find_roles(u);
    u->leaver = tb__arena_alloc(u->arena, (size_t)u->world->workers, sizeof *u->leaver);
    return u->leaver != NULL;
}

void tb__asked_settle(struct unit *u)
{
    for (int i = 0; i < u->roles; i++)
        tb__asked_from_now(u, &u->asked[i]);
}

static inline void asked_more(struct unit *u, struct asked_role *a)
{
    if (!a->queues++)
        a->since = u->now;
}

/* The same where several roles may serve, where somebody leaves, or where the queue is too long. */
TB__COLD static void queue_begins(struct unit *u, int service)
{
    if (u->waiting_count[service] > MOST_WAITING) {
        u->status = tb__fail(
            u->err, TB_ERR_LIMIT,
            "services.%s: more than %d calls are waiting; the unit is overloaded",
            u->world->set.services[service].name, MOST_WAITING);
        return;
    }
    for (int i = 0; i < u->roles; i++)
        if (may_serve(u, &u->asked[i], service)) {
            tb__asked_from_now(u, &u->asked[i]);
            asked_more(u, &u->asked[i]);
        }
}

void tb__queue_begins(struct unit *u, int service)
{
    if (u->waiting_count[service] == 1 && u->asked_by[service] && !u->leavers)
        asked_more(u, u->asked_by[service]);
    else
        queue_begins(u, service);
}

void tb__queue_ends_for_all(struct unit *u, int service)
{
    for (int i = 0; i < u->roles; i++)
        if (may_serve(u, &u->asked[i], service))
            tb__asked_less(u, &u->asked[i]);
}

void tb__asked_anew(struct unit *u)
{
    tb__asked_settle(u);
    find_roles(u);
    for (int i = 0; i < u->roles; i++) {
        u->asked[i].queues = 0;
        for (int s = 0; s < u->world->services; s++)
            u->asked[i].queues += u->waiting_count[s] && may_serve(u, &u->asked[i], s);
    }
}

void tb__clocks_in(struct unit *u, const struct worker *w)
{
    struct asked_role *a = asked_of(u, w);

    tb__asked_from_now(u, a);
    a->there += tb__present(u, w);
}

void tb__clocks_out(struct unit *u, const struct worker *w)
{
    u->leaver[u->leavers++] =
        (struct leaver){w->clock, u->world->worker[w->id].role, tb__present(u, w)};
    tb__asked_from_now(u, asked_of(u, w));
}
