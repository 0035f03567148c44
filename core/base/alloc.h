/* The one door to the heap, so that tests can make the n-th allocation fail. */
#ifndef BOA_BASE_ALLOC_H
#define BOA_BASE_ALLOC_H

#include <stddef.h>

struct boa_err;

/* Heap memory, not zeroed; a size of 0 is treated as 1. NULL and `err` filled on failure. */
void *boa_alloc(size_t size, struct boa_err *err);

/* Zeroed array; overflow of count × size is a failure. */
void *boa_alloc_zero(size_t count, size_t size, struct boa_err *err);

/* Grows or shrinks; on failure `old` stays valid and is still the caller's. */
void *boa_realloc(void *old, size_t size, struct boa_err *err);

/* Takes NULL. */
void boa_free(void *ptr);

/* A terminated copy of `len` bytes. */
char *boa_alloc_text(const char *bytes, size_t len, struct boa_err *err);

/* For tests: the n-th allocation from now on (1 = the next) fails, later ones succeed; 0 switches
 * it off. Not for use while other threads allocate. */
void boa_alloc_fail_at(unsigned long nth);

/* For tests: allocations asked for since the last call of boa_alloc_fail_at. */
unsigned long boa_alloc_count(void);

#endif
