/* status.h: how a call into tidsbruk says that it failed.
 *
 * Every function that can fail returns a tb_status and takes a tb_error as its last parameter.
 * The error belongs to the caller, may be NULL, and is written only on failure. The library
 * itself never prints, exits, aborts or touches a signal. */
#ifndef TIDSBRUK_STATUS_H
#define TIDSBRUK_STATUS_H

#include <stddef.h>

#if defined(_WIN32)
#define TB_API
#else
#define TB_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef enum tb_status {
    TB_OK = 0,
    TB_ERR_MEMORY, /* an allocation failed; nothing was changed */
    TB_ERR_NAME,   /* a path, preset or outcome that does not exist */
    TB_ERR_TYPE,   /* a value that cannot be read as the kind its field has */
    TB_ERR_VALUE,  /* a value outside its bounds, or values that contradict one another */
    TB_ERR_LIMIT,  /* a run that would need more room or time than a stated limit */
    TB_ERR_CANCELLED, /* the caller's stop flag was raised */
    TB_ERR_MISMATCH,  /* results that do not belong together */
    TB_ERR_INTERNAL   /* an invariant of tidsbruk does not hold: please report it */
} tb_status;

enum { TB_MESSAGE_SIZE = 512 };

/* What went wrong, in a sentence that names path, value, unit and bound where there are any. */
typedef struct tb_error {
    tb_status status;
    int line;                      /* where in the library the error was born ... */
    const char *file;              /* ... for bug reports; a static string */
    char message[TB_MESSAGE_SIZE]; /* UTF-8, always terminated */
} tb_error;

/* The name of a status, such as "TB_ERR_VALUE". A static string, never NULL. */
TB_API const char *tb_status_name(tb_status status);

/* The version of the library, such as "0.1.0". A static string. */
TB_API const char *tb_version(void);

/* Replaces the allocator of the library. To be called once, before any other call; NULLs restore
 * malloc, realloc and free. The functions must be safe to call from several threads. */
TB_API void tb_set_allocator(void *(*allocate)(size_t size),
                             void *(*resize)(void *p, size_t size),
                             void (*release)(void *p));

#ifdef __cplusplus
}
#endif
#endif
