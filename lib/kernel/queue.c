#include "kernel/queue.h"

int tb__queue_init(struct queue *q, struct arena *a, int slots)
{
    int leaves = 1, bits = 0;

    while (leaves < slots) {
        leaves *= 2;
        bits++;
    }
    q->node = tb__arena_alloc(a, 2 * (size_t)leaves, sizeof *q->node);
    if (!q->node)
        return -1;
    q->leaves = leaves;
    q->bits = bits;
    for (int i = 0; i < 2 * leaves; i++)
        q->node[i] = TB__NEVER;
    for (int i = 0; i < 2 * QUEUE_NEAR; i++)
        q->near[i] = TB__NEVER;
    return 0;
}
