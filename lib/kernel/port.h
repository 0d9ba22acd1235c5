/* kernel/port.h: what goes beyond ISO C, in one place. */
#ifndef TB_KERNEL_PORT_H
#define TB_KERNEL_PORT_H

#define TB__ALWAYS_INLINE static inline __attribute__((always_inline))

#define TB__NOINLINE __attribute__((noinline))

/* Variables of the caller that several threads touch: atomic, in no order with anything else. */
#define TB__ATOMIC_LOAD(at) __atomic_load_n(at, __ATOMIC_RELAXED)
#define TB__ATOMIC_STORE(at, value) __atomic_store_n(at, value, __ATOMIC_RELAXED)
#define TB__ATOMIC_INCREMENT(at) (void)__atomic_fetch_add(at, 1, __ATOMIC_RELAXED)

/* Rarely called: what leads there is kept out of the way of the rest of its function. */
#define TB__COLD __attribute__((cold, noinline))

/* Whether kernels for AVX2 are built; whether they run is asked of the machine. */
#if defined(__x86_64__) && defined(__GNUC__)
#define TB__AVX2 1
#else
#define TB__AVX2 0
#endif

#endif
