#include "kernel/heap.h"

#include <stdbool.h>
#include <string.h>

int tb__heap_room(struct heap *h, struct arena *a, int room)
{
    struct heap_item *item = tb__arena_alloc(a, (size_t)room + 1, sizeof *item);
    int *place = tb__arena_alloc(a, (size_t)room, sizeof *place);

    if (!item || !place)
        return -1;
    if (h->room) {
        memcpy(item, h->item, ((size_t)h->count + 1) * sizeof *item);
        memcpy(place, h->place, (size_t)h->room * sizeof *place);
    }
    h->item = item;
    h->place = place;
    h->room = room;
    return 0;
}

static bool goes_before(const struct heap_item *a, const struct heap_item *b)
{
    return a->time != b->time ? a->time < b->time : a->order < b->order;
}

static void stand(struct heap *h, int at, struct heap_item item)
{
    h->item[at] = item;
    h->place[item.id] = at;
}

/* Lets an item find its place from `at`, which is free. */
static void settle(struct heap *h, int at, struct heap_item item)
{
    while (at > 1 && goes_before(&item, &h->item[at / 2])) {
        stand(h, at, h->item[at / 2]);
        at /= 2;
    }
    for (int child = 2 * at; child <= h->count; child = 2 * at) {
        if (child < h->count && goes_before(&h->item[child + 1], &h->item[child]))
            child++;
        if (!goes_before(&h->item[child], &item))
            break;
        stand(h, at, h->item[child]);
        at = child;
    }
    stand(h, at, item);
}

void tb__heap_put(struct heap *h, int id, tb_time time, int64_t order)
{
    const struct heap_item item = {time, order, id};

    settle(h, ++h->count, item);
}

void tb__heap_remove(struct heap *h, int id)
{
    const int at = h->place[id];
    struct heap_item last;

    if (!at)
        return;
    h->place[id] = 0;
    last = h->item[h->count--];
    if (last.id != id)
        settle(h, at, last);
}
