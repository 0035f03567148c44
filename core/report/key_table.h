/* A set of 128-bit keys that numbers its members: runs and report ids by the million. */
#ifndef BOA_REPORT_KEY_TABLE_H
#define BOA_REPORT_KEY_TABLE_H

#include "core/report/report_id.h"

struct boa_err;

/* Members are numbered from 0 in the order they came. 16 bytes a key, and 4 bytes a slot at a load
 * between 3/8 and 3/4. */
struct boa_key_table {
    struct boa_key128 *keys;
    uint32_t *slots; /* number + 1; 0: free */
    size_t count, cap, slot_count, max;
    uint64_t seed; /* of this process, so that no input can be made to collide */
};

/* At most `max` keys (below 2^32 − 1). Allocates nothing. */
void boa_key_table_init(struct boa_key_table *table, size_t max);

/* Takes a zeroed one. */
void boa_key_table_release(struct boa_key_table *table);

/* The number of a key, which is added when it is new. -1: memory, or the limit (BOA_ERR_LIMIT). */
int boa_key_table_add(struct boa_key_table *table, struct boa_key128 key, uint32_t *number,
                      bool *added, struct boa_err *err);

/* False when the key is not a member. */
bool boa_key_table_find(const struct boa_key_table *table, struct boa_key128 key, uint32_t *number);

#endif
