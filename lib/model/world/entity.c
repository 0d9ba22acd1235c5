/* Entities: 32 bits of the hash of a name, each of its own. */
#include "model/world/compile.h"

#include <stdlib.h>

#include "kernel/alloc.h"

static int by_value(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

tb_status tb__part_entities(struct world *w, tb_error *err)
{
    const int n = w->workers + w->clients + w->services + w->seats;
    uint32_t *all = tb__alloc((size_t)n, sizeof *all),
             **owner = tb__alloc((size_t)n, sizeof *owner);
    int i = 0, clash = 1;

    if (!all || !owner) {
        tb__free(all);
        tb__free(owner);
        return tb__no_memory(err);
    }
    for (int k = 0; k < w->workers; k++)
        owner[i++] = &w->worker[k].entity;
    for (int k = 0; k < w->clients; k++)
        owner[i++] = &w->client[k].entity;
    for (int k = 0; k < w->services; k++)
        owner[i++] = &w->service[k].entity;
    for (int k = 0; k < w->seats; k++)
        owner[i++] = &w->seat[k].entity;
    while (clash) {
        clash = 0;
        for (int k = 0; k < i; k++)
            all[k] = *owner[k];
        if (i)
            qsort(all, (size_t)i, sizeof *all, by_value);
        for (int k = 1; k < i && !clash; k++)
            if (all[k] == all[k - 1])
                for (int j = i - 1; j >= 0 && !clash; j--)
                    if (*owner[j] == all[k]) {
                        ++*owner[j];
                        clash = 1;
                    }
    }
    tb__free(all);
    tb__free(owner);
    return TB_OK;
}
