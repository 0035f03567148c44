/* Allocation by moving a pointer through chunks that double in size. */
#include "core/base/arena.h"

#include <stdalign.h>
#include <stdint.h>

#include "core/base/alloc.h"
#include "core/base/err.h"

/* Set by sanitizer builds: every allocation gets a chunk of exactly its size. */
#ifndef BOA_ARENA_PLAIN
#define BOA_ARENA_PLAIN 0
#endif

enum { FIRST_CHUNK = 8192 };

/* Each chunk is at least as large as those behind it, so the one in use is the largest. */
struct boa_arena_chunk {
    struct boa_arena_chunk *older;
    size_t size; /* of `bytes` */
    alignas(max_align_t) char bytes[];
};

static void free_chunks(struct boa_arena_chunk *chunk)
{
    while (chunk) {
        struct boa_arena_chunk *older = chunk->older;
        boa_free(chunk);
        chunk = older;
    }
}

void boa_arena_init(struct boa_arena *arena, size_t max_bytes)
{
    *arena = (struct boa_arena){ .max = max_bytes };
}

void boa_arena_release(struct boa_arena *arena)
{
    free_chunks(arena->chunk);
    *arena = (struct boa_arena){ 0 };
}

void boa_arena_reset(struct boa_arena *arena)
{
    size_t max = arena->max;
    struct boa_arena_chunk *kept = arena->chunk;
    if (!kept || BOA_ARENA_PLAIN) {
        boa_arena_release(arena);
        boa_arena_init(arena, max);
        return;
    }
    free_chunks(kept->older);
    kept->older = NULL;
    arena->next = kept->bytes;
    arena->end = kept->bytes + kept->size;
    arena->used = 0;
}

/* Doubling without a ceiling but the limit: after a few rounds one chunk holds a whole round. */
static size_t chunk_size(const struct boa_arena *arena, size_t need)
{
    if (BOA_ARENA_PLAIN)
        return need;
    size_t size = FIRST_CHUNK;
    if (arena->chunk)
        size = arena->chunk->size > arena->max / 2 ? arena->max : arena->chunk->size * 2;
    if (size > arena->max)
        size = arena->max;
    return size > need ? size : need;
}

static int add_chunk(struct boa_arena *arena, size_t need, struct boa_err *err)
{
    size_t size = chunk_size(arena, need);
    if (size > PTRDIFF_MAX - sizeof(struct boa_arena_chunk))
        size = need;
    if (size > PTRDIFF_MAX - sizeof(struct boa_arena_chunk))
        return boa_err_memory(err);
    struct boa_arena_chunk *chunk = boa_alloc(sizeof(*chunk) + size, err);
    if (!chunk)
        return -1;
    chunk->older = arena->chunk;
    chunk->size = size;
    arena->chunk = chunk;
    arena->next = chunk->bytes;
    arena->end = chunk->bytes + size;
    return 0;
}

static void *take(struct boa_arena *arena, size_t size, size_t align, struct boa_err *err)
{
    if (size == 0)
        size = 1;
    size_t pad = (size_t)(-(uintptr_t)arena->next & (align - 1));
    bool fits = arena->next && (size_t)(arena->end - arena->next) >= pad &&
                (size_t)(arena->end - arena->next) - pad >= size;
    size_t cost = fits ? pad + size : size;
    if (cost < size || cost > arena->max - arena->used) {
        boa_err_set(err, BOA_ERR_LIMIT, "more than %zu bytes of memory for one piece", arena->max);
        return NULL;
    }
    if (!fits) {
        if (add_chunk(arena, size, err) != 0)
            return NULL;
        pad = 0;
    }
    char *ptr = arena->next + pad;
    arena->next = ptr + size;
    arena->used += cost;
    return ptr;
}

void *boa_arena_alloc(struct boa_arena *arena, size_t size, struct boa_err *err)
{
    return take(arena, size, alignof(max_align_t), err);
}

void *boa_arena_alloc_zero(struct boa_arena *arena, size_t count, size_t size, struct boa_err *err)
{
    if (size != 0 && count > SIZE_MAX / size) {
        boa_err_memory(err);
        return NULL;
    }
    void *ptr = boa_arena_alloc(arena, count * size, err);
    if (ptr)
        memset(ptr, 0, count * size);
    return ptr;
}

int boa_arena_copy(struct boa_str *out, struct boa_arena *arena, struct boa_str text,
                   struct boa_err *err)
{
    if (text.len == SIZE_MAX)
        return boa_err_memory(err);
    char *ptr = take(arena, text.len + 1, 1, err);
    if (!ptr)
        return -1;
    if (text.len != 0)
        memcpy(ptr, text.ptr, text.len);
    ptr[text.len] = '\0';
    *out = boa_str_make(ptr, text.len);
    return 0;
}
