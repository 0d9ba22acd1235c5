/* Work that follows clients: calls of those who are there, rounds to all of them, and what their coming
 * and leaving call for. That a client leaves while a call waits changes nothing about the call. */
#include "model/calls.h"

enum { PLACE_BITS = 12, TIME_BITS = 7 }; /* of a client group; of the times in a week */

_Static_assert(MOST_TRACED <= 1 << TIME_BITS, "a time of a round is part of an address");

static bool holds(const struct unit *u, int client)
{
    return !u->world->stay[u->world->client[client].group].turns ||
           u->client[client].stay.there;
}

bool tb__is_somebodys(const struct unit *u, int service, uint32_t index)
{
    const struct service_plan *p = tb__plan_of(u, service);
    const int first = u->world->group_first[p->of];
    const int places = u->world->group_first[p->of + 1] - first;
    double draw[2];

    tb__uniforms(&u->stream, index, p->entity, PURPOSE_CALL_CLIENT, draw);
    return holds(u, first + (int)(draw[0] * places));
}

/* A call at an address of its own, with the need of that address. */
static void calls(struct unit *u, int service, uint32_t index, tb_time given)
{
    double draw[2];
    tb_time need = given;

    if (!need) {
        tb__uniforms(&u->stream, index, tb__plan_of(u, service)->entity, PURPOSE_CALL,
                     draw);
        need = tb__need_of(u, service, draw[1]);
    }
    tb__arrive(u, service, index, need, NULL);
}

void tb__go_round(struct unit *u, int service, uint32_t week, int k)
{
    const struct service_plan *p = tb__plan_of(u, service);
    const int first = u->world->group_first[p->of];
    const uint32_t time = (week << TIME_BITS | (uint32_t)k) << PLACE_BITS;

    for (int i = first; i < u->world->group_first[p->of + 1] && !u->status; i++)
        if (holds(u, i))
            calls(u, service, time | (uint32_t)(i - first),
                  p->trace_needs ? p->trace_needs[k] : 0);
}

void tb__calls_of_change(struct unit *u, int client, uint32_t number, int change)
{
    const int group = u->world->client[client].group;
    const uint32_t place = (uint32_t)(client - u->world->group_first[group]);

    for (int s = 0; s < u->world->services; s++) {
        const struct service_plan *p = tb__plan_of(u, s);

        if (p->on_change == change && p->of == group)
            calls(u, s, number << PLACE_BITS | place, 0);
    }
}
