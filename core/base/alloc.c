/* The one door to the heap, with a counter in it that tests can arm. */
#include "core/base/alloc.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/err.h"

/* Relaxed: the numbers order nothing, they only must not be torn when threads allocate. */
static atomic_ulong asked;
static atomic_ulong failing; /* 0: none */

/* Whether this allocation is refused: by a test, or because no object may be that large. */
static bool is_refused(size_t size)
{
    unsigned long nth = atomic_fetch_add_explicit(&asked, 1, memory_order_relaxed) + 1;
    return nth == atomic_load_explicit(&failing, memory_order_relaxed) || size > PTRDIFF_MAX;
}

void *boa_alloc(size_t size, struct boa_err *err)
{
    void *ptr = is_refused(size) ? NULL : malloc(size != 0 ? size : 1);
    if (!ptr)
        boa_err_memory(err);
    return ptr;
}

void *boa_alloc_zero(size_t count, size_t size, struct boa_err *err)
{
    size_t total = size != 0 && count > SIZE_MAX / size ? SIZE_MAX : count * size;
    void *ptr = is_refused(total) ? NULL : calloc(1, total != 0 ? total : 1);
    if (!ptr)
        boa_err_memory(err);
    return ptr;
}

void *boa_realloc(void *old, size_t size, struct boa_err *err)
{
    void *ptr = is_refused(size) ? NULL : realloc(old, size != 0 ? size : 1);
    if (!ptr)
        boa_err_memory(err);
    return ptr;
}

void boa_free(void *ptr)
{
    free(ptr);
}

char *boa_alloc_text(const char *bytes, size_t len, struct boa_err *err)
{
    char *text = boa_alloc(len < SIZE_MAX ? len + 1 : SIZE_MAX, err);
    if (!text)
        return NULL;
    if (len != 0)
        memcpy(text, bytes, len);
    text[len] = '\0';
    return text;
}

void boa_alloc_fail_at(unsigned long nth)
{
    atomic_store_explicit(&asked, 0, memory_order_relaxed);
    atomic_store_explicit(&failing, nth, memory_order_relaxed);
}

unsigned long boa_alloc_count(void)
{
    return atomic_load_explicit(&asked, memory_order_relaxed);
}
