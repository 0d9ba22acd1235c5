/* kernel/alloc.h: the one door to the heap, so that a test can fail the nth allocation. */
#ifndef TB_KERNEL_ALLOC_H
#define TB_KERNEL_ALLOC_H

#include <stddef.h>

/* `count` objects of `size` bytes, zeroed; NULL when there is no room or the product overflows.
 * A count or size of 0 gives a valid pointer of one byte. The caller frees it with tb__free. */
void *tb__alloc(size_t count, size_t size);

/* Grows or shrinks; new bytes are not zeroed. NULL on failure, and then `p` is still valid. */
void *tb__realloc(void *p, size_t count, size_t size);

void tb__free(void *p);

/* A copy of a string, to be freed with tb__free; NULL when there is no room. */
char *tb__strdup(const char *text);

#endif
