#include "kernel/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tidsbruk/status.h"

/* The one mutable global of the library: set once, before anything else is called. */
static struct {
    void *(*allocate)(size_t size);
    void *(*resize)(void *p, size_t size);
    void (*release)(void *p);
} heap = {malloc, realloc, free};

void tb_set_allocator(void *(*allocate)(size_t size),
                      void *(*resize)(void *p, size_t size), void (*release)(void *p))
{
    heap.allocate = allocate ? allocate : malloc;
    heap.resize = resize ? resize : realloc;
    heap.release = release ? release : free;
}

/* Bytes of an array, at least 1; 0 when the product overflows. */
static size_t bytes_of(size_t count, size_t size)
{
    if (count == 0 || size == 0)
        return 1;
    /* Half the address space: beyond it differences of pointers overflow. */
    return count > (SIZE_MAX / 2) / size ? 0 : count * size;
}

void *tb__alloc(size_t count, size_t size)
{
    const size_t bytes = bytes_of(count, size);
    void *p = bytes ? heap.allocate(bytes) : NULL;

    return p ? memset(p, 0, bytes) : NULL;
}

void *tb__realloc(void *p, size_t count, size_t size)
{
    const size_t bytes = bytes_of(count, size);

    return bytes ? heap.resize(p, bytes) : NULL;
}

void tb__free(void *p)
{
    if (p)
        heap.release(p);
}

char *tb__strdup(const char *text)
{
    const size_t bytes = strlen(text) + 1;
    char *copy = heap.allocate(bytes);

    return copy ? memcpy(copy, text, bytes) : NULL;
}
