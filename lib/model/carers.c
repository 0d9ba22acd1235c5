/* Who comes to whom: continuity of each client, counted over fortnights and over four weeks. */
#include "model/unit.h"

#include <string.h>

enum { FORTNIGHT = 2, FOUR_WEEKS = 4 };

/* How often this temp came in the fortnight, and once more. A temp is a person of its own for one
 * shift, so that only the last few need to be told apart. */
static int count_temp(struct client *c, int shift)
{
    for (int i = 0; i < c->temps && i < MOST_TEMPS; i++)
        if (c->temp[i].shift == shift)
            return c->temp[i].visits++;
    c->temp[c->temps++ % MOST_TEMPS] = (struct temp_visits){shift, 1};
    c->temps_of_four_weeks++;
    return 0;
}

/* A temp is counted, and remembers nothing. */
void tb__count_temp_visit(struct unit *u, const struct worker *w, struct client *c,
                          uint32_t visit)
{
    const int carer = u->world->workers + w->shift;

    if (!tb__continuity_counted(&c->continuity, visit, carer))
        tb__continuity_visit(&c->continuity, visit, carer, count_temp(c, w->shift));
}

static void add(struct carer_counts *n, const struct continuity *c)
{
    n->clients++;
    n->carers += c->carers;
    n->upc += tb__continuity_upc(c);
    if (c->visits < 2)
        return;
    n->repeated++;
    n->coc += tb__continuity_coc(c);
    n->secon += tb__continuity_secon(c);
}

/* The fortnight of one client. */
static void count_client(struct unit *u, int client)
{
    struct counts *n = &u->ledger.now->count;
    struct client *c = &u->client[client];

    if (c->continuity.visits) {
        add(&n->carers, &c->continuity);
        if (u->world->client[client].frequent)
            add(&n->carers_daily, &c->continuity);
        memset(u->visits_by + (int64_t)client * (u->world->workers + 1), 0,
               (size_t)u->world->workers * sizeof *u->visits_by);
    }
    c->continuity = (struct continuity){0};
    c->temps = 0;
}

static void count_fortnight(struct unit *u)
{
    for (int i = 0; i < u->world->clients; i++)
        count_client(u, i);
}

/* Four weeks of one client, who was visited since that day by whom. */
static void count_client_since(struct unit *u, int client, int32_t since)
{
    struct counts *n = &u->ledger.now->count;
    const int16_t *last = tb__last_visits(u, client);
    int64_t carers = u->client[client].temps_of_four_weeks;

    for (int w = 0; w < u->world->workers; w++)
        carers += last[w] >= since;
    u->client[client].temps_of_four_weeks = 0;
    n->four_week_carers += carers;
    n->four_week_clients += carers > 0;
}

static void count_four_weeks(struct unit *u)
{
    const int32_t since = (int32_t)(u->now / TB__DAY) - 7 * FOUR_WEEKS;

    for (int i = 0; i < u->world->clients; i++)
        count_client_since(u, i, since);
}

void tb__count_leaver(struct unit *u, int client)
{
    const int64_t week = u->week - u->world->warmup; /* below 0 in the warm-up */
    const int64_t begun = week - ((week % FOUR_WEEKS) + FOUR_WEEKS) % FOUR_WEEKS;

    count_client(u, client);
    count_client_since(u, client, (int32_t)(7 * (begun + u->world->warmup)));
}

void tb__count_carers(struct unit *u)
{
    const int64_t passed = u->week + 1 - u->world->warmup;

    if (passed % FORTNIGHT == 0)
        count_fortnight(u);
    if (passed % FOUR_WEEKS == 0)
        count_four_weeks(u);
}
