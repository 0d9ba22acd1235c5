/* What tests remember of a run. */
#include "model/unit.h"

#include "kernel/alloc.h"

void tb__realised(struct unit *u, int kind, uint32_t entity, uint32_t index, tb_time a,
                  tb_time b)
{
    struct realised *r = u->probe ? u->probe->realised : NULL;

    if (!r)
        return;
    if (r->count == r->room) {
        const int64_t room = r->room ? 2 * r->room : 1024;
        struct realised_item *item = tb__realloc(r->item, (size_t)room, sizeof *item);

        if (!item) {
            u->status = tb__no_memory(u->err);
            return;
        }
        r->item = item;
        r->room = room;
    }
    r->item[r->count++] = (struct realised_item){kind, entity, index, a, b};
}
