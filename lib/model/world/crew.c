/* Crews: the people that a worker is, and how many come to a visit or a call. */
#include "model/world/compile.h"

#include <stdio.h>
#include <string.h>

#include "kernel/alloc.h"
#include "kernel/stream.h"

tb_status tb__seats(struct world *w, tb_error *err)
{
    int next = 0;

    w->seat = tb__alloc((size_t)w->seats, sizeof *w->seat);
    if (!w->seat)
        return tb__no_memory(err);
    for (int i = 0; i < w->workers; i++) {
        struct worker_plan *p = &w->worker[i];
        char name[NAME_SIZE + 40];

        if (p->crew == 1)
            continue;
        p->seat = next;
        for (int k = 0; k < p->crew; k++, next++) {
            snprintf(name, sizeof name, "worker/%s.%d", p->name, k + 1);
            w->seat[next] = (struct seat){i, (uint32_t)(tb__name_hash(name) >> 32)};
        }
    }
    return TB_OK;
}

/* The crew of the first group that has people and the role. */
static int crew_of(const struct setting *s, const char *role)
{
    for (int g = 0; g < s->staff_count; g++)
        if (s->staff[g].count && (!*role || !strcmp(s->staff[g].role, role)))
            return s->staff[g].crew;
    return 1;
}

void tb__compile_crews(struct world *w)
{
    const struct setting *s = &w->set;

    w->crews = w->seats > 0;
    for (int g = 0; g < s->staff_count; g++) {
        const struct staff *t = &s->staff[g];
        const bool here = t->count > 0;

        w->trips |= here && t->visits_per_trip > 0;
        w->slow |= here && (t->crew > 1 || t->pace < 1 || t->pace > 1);
    }
    for (int g = 0; g < s->client_group_count; g++)
        w->client_crew[g] = crew_of(s, s->clients[g].role);
    for (int i = 0; i < s->service_count; i++)
        w->service_crew[i] = crew_of(s, s->services[i].role);
}
