/* Clients who come and go: a place is held by one after the other.
 *
 * Every stay and every vacancy is addressed by the place and its number there, counted from the one in
 * which the measured time begins, and by nothing that a regime changes. They begin and end when their laws say, at any time of the
 * day. Who comes is a stranger to all: nobody knows them, and nothing is written about them. */
#include "model/unit.h"

#include <string.h>

/* Number of the phase in which the measured time begins; before it are those of the warm-up, so that
 * the length of that moves no stay. */
enum { NUMBER_OF_PHASE_BITS = 20, FIRST_MEASURED = 1 << (NUMBER_OF_PHASE_BITS - 1) };

static const struct stay_plan *plan_of(const struct unit *u, int client)
{
    return &u->world->stay[u->world->client[client].group];
}

static tb_time at_least_1(tb_time ms)
{
    return ms > 0 ? ms : 1;
}

/* How long a phase lasts: a stay, or a vacancy. */
static tb_time length_of(const struct unit *u, int client, uint32_t number, bool there)
{
    const struct stay_plan *p = plan_of(u, client);
    double draw[2];

    tb__uniforms(&u->stream, number, u->world->client[client].entity, PURPOSE_STAY, draw);
    return at_least_1(tb__variate_ms(there ? &p->stay : &p->vacancy, draw[0]));
}

static struct stay next_of(const struct unit *u, int client, const struct stay *s)
{
    struct stay next = {s->until, u->client[client].origin_ends, s->number + 1,
                        !s->there || !plan_of(u, client)->empties};

    if (next.number != FIRST_MEASURED)
        next.until = s->until + length_of(u, client, next.number, next.there);
    return next;
}

bool tb__is_there(const struct unit *u, int client, tb_time from, tb_time to)
{
    struct stay s = u->client[client].stay;

    if (!plan_of(u, client)->turns)
        return true;
    while (s.until <= from)
        s = next_of(u, client, &s);
    return s.there && s.from <= from && to < s.until;
}

void tb__count_present(struct unit *u)
{
    u->ledger.now->count.present_ms += u->present * (u->now - u->present_since);
    u->present_since = u->now;
}

/* Nobody knows who comes, and nothing is written about them. */
static void is_new(struct unit *u, int client)
{
    const struct world *w = u->world;
    const uint32_t entity = w->client[client].entity;
    const int64_t pairs = (int64_t)client * (w->workers + 1);
    struct client *c = &u->client[client];

    tb__count_leaver(u, client);
    for (int i = 0; i < w->workers; i++)
        u->last_visit[pairs + i] = LONG_AGO;
    memset(u->acquaintance + pairs, 0, (size_t)w->workers * sizeof *u->acquaintance);
    for (int o = 0; o < w->obligations; o++)
        u->written[client * w->obligations + o] = -1;
    c->need_ratio = w->client[client].need_ratio;
    c->block = -1;
    c->talked = 0;
    for (int k = 0; k < 4; k++) /* what a period asks for begins with the next */
        c->period_seen[k] = tb__period(k, tb__calendar_week(u), entity);
    c->coordinated = c->period_seen[1];
}

static void schedule(struct unit *u)
{
    int client;
    const tb_time due = tb__heap_first(&u->turnover, &client);

    if (due == TB__NEVER)
        tb__queue_cancel(&u->queue, tb__turnover_slot(u->world));
    else
        tb__queue_set(&u->queue, tb__turnover_slot(u->world), due);
}

static void lasts(struct unit *u, int client)
{
    const struct stay *s = &u->client[client].stay;

    if (u->probe && s->there)
        tb__realised(u, PURPOSE_STAY, u->world->client[client].entity, s->number, s->from,
                     s->until);
    if (s->number >> NUMBER_OF_PHASE_BITS)
        u->status = tb__fail(u->err, TB_ERR_LIMIT,
                             "clients.%s: more than %d came to one place; stays are too "
                             "short for so long a life",
                             u->world->set.clients[u->world->client[client].group].name,
                             FIRST_MEASURED / 2);
    if (s->until < u->world->to)
        tb__heap_put(&u->turnover, client, s->until, client);
}

void tb__on_turnover(struct unit *u)
{
    int client = NONE;
    struct stay was;

    tb__heap_first(&u->turnover, &client);
    tb__heap_remove(&u->turnover, client);
    was = u->client[client].stay;
    u->client[client].stay = next_of(u, client, &was);
    tb__count_present(u);
    u->present -= was.there;
    u->present += u->client[client].stay.there;
    lasts(u, client);
    schedule(u);
    if (was.there) {
        tb__client_left(u, client);
        tb__calls_of_change(u, client, was.number, -1);
    }
    if (u->client[client].stay.there) {
        u->ledger.now->count.admissions++;
        is_new(u, client);
        tb__calls_of_change(u, client, u->client[client].stay.number, 1);
    }
}

/* The measured time begins in the middle of things: somebody is there with the share of time that stays
 * take, in a stay that is met with a chance proportional to its length. */
static struct stay found(const struct unit *u, int client)
{
    const struct stay_plan *p = plan_of(u, client);
    struct stay s = {0, 0, FIRST_MEASURED, false};
    const double *share;
    double draw[2], point;
    tb_time length;
    int node = 0;

    tb__uniforms(&u->stream, s.number, u->world->client[client].entity, PURPOSE_STAY, draw);
    s.there = draw[0] < p->there;
    share = s.there ? p->in_stay : p->in_vacancy;
    point = s.there ? draw[0] / p->there : (draw[0] - p->there) / (1 - p->there);
    while (node < SPELL_NODES - 1 && share[node] < point)
        node++;
    length = at_least_1(
        tb__variate_ms(s.there ? &p->stay : &p->vacancy, (node + 0.5) / SPELL_NODES));
    s.from = u->world->from - (tb_time)(draw[1] * (double)(length - 1));
    s.until = s.from + length;
    return s;
}

/* The phase in which life begins, back from that in which the measured time does. */
static struct stay begin(struct unit *u, int client)
{
    struct stay s = found(u, client);

    u->client[client].origin_ends = s.until;
    while (s.from > 0) {
        s.until = s.from;
        s.there = !s.there || !plan_of(u, client)->empties;
        s.from -= length_of(u, client, --s.number, s.there);
    }
    return s;
}

void tb__stays_open(struct unit *u)
{
    for (int i = 0; i < u->world->clients; i++) {
        const struct stay_plan *p = plan_of(u, i);

        if (p->turns) {
            u->client[i].stay = begin(u, i);
            lasts(u, i);
        }
        u->present += !p->turns || u->client[i].stay.there;
    }
    if (u->world->turnover)
        schedule(u);
}
