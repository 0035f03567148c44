/* Memory that lives as long as one report: allocated in chunks, given back all at once. */
#ifndef BOA_BASE_ARENA_H
#define BOA_BASE_ARENA_H

#include <stddef.h>

#include "core/base/str.h"

struct boa_err;
struct boa_arena_chunk;

/* Under AddressSanitizer every allocation is a malloc of its own, so that overruns are seen. */
struct boa_arena {
    struct boa_arena_chunk *chunk; /* the one in use; older ones hang behind it */
    char *next, *end;              /* free bytes of the chunk in use */
    size_t used;                   /* bytes handed out since the last reset */
    size_t max;                    /* limit of `used` */
};

/* `max_bytes` bounds what can be handed out between two resets. Allocates nothing. */
void boa_arena_init(struct boa_arena *arena, size_t max_bytes);

/* Frees everything; the arena may be initialised again. Takes a zeroed arena. */
void boa_arena_release(struct boa_arena *arena);

/* Forgets all allocations; keeps the largest chunk for the next round. */
void boa_arena_reset(struct boa_arena *arena);

/* `size` bytes aligned for any object, not zeroed. NULL and `err` filled (memory or limit) on
 * failure. */
void *boa_arena_alloc(struct boa_arena *arena, size_t size, struct boa_err *err);

/* Zeroed array; overflow is a failure. */
void *boa_arena_alloc_zero(struct boa_arena *arena, size_t count, size_t size, struct boa_err *err);

/* Copies text, with a terminating NUL behind it that is not counted. 0, or -1 with `out` untouched.
 */
int boa_arena_copy(struct boa_str *out, struct boa_arena *arena, struct boa_str text,
                   struct boa_err *err);

#endif
