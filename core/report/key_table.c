/* Open addressing over dense keys. */
#include "core/report/key_table.h"

#include <sys/random.h>
#include <unistd.h>

#include "core/base/alloc.h"
#include "core/base/err.h"

enum { FIRST_SLOTS = 1024 };

void boa_key_table_init(struct boa_key_table *table, size_t max)
{
    *table = (struct boa_key_table){ .max = max < UINT32_MAX - 1 ? max : UINT32_MAX - 1 };
    if (getentropy(&table->seed, sizeof table->seed) != 0)
        table->seed = 0x9E3779B97F4A7C15; /* still a table, only a guessable one */
}

void boa_key_table_release(struct boa_key_table *table)
{
    boa_free(table->keys);
    boa_free(table->slots);
    *table = (struct boa_key_table){ 0 };
}

/* Multiply and fold, as the finishers of common hash functions do. */
static uint64_t mix(uint64_t x)
{
    x ^= x >> 32;
    x *= 0xD6E8FEB86659FD93;
    x ^= x >> 32;
    x *= 0xD6E8FEB86659FD93;
    x ^= x >> 32;
    return x;
}

/* The slot that holds the key, or the free one where it belongs. */
static size_t probe(const struct boa_key_table *table, struct boa_key128 key)
{
    size_t mask = table->slot_count - 1;
    size_t at = (size_t)mix(mix(key.high ^ table->seed) ^ key.low) & mask;

    while (table->slots[at] != 0) {
        const struct boa_key128 *there = &table->keys[table->slots[at] - 1];
        if (there->high == key.high && there->low == key.low)
            break;
        at = (at + 1) & mask;
    }
    return at;
}

static int grow_slots(struct boa_key_table *table, struct boa_err *err)
{
    size_t count = table->slot_count != 0 ? 2 * table->slot_count : FIRST_SLOTS;
    uint32_t *slots = boa_alloc_zero(count, sizeof *slots, err);

    if (slots == NULL)
        return -1;
    boa_free(table->slots);
    table->slots = slots;
    table->slot_count = count;
    for (size_t i = 0; i < table->count; i++)
        slots[probe(table, table->keys[i])] = (uint32_t)i + 1;
    return 0;
}

static int grow_keys(struct boa_key_table *table, struct boa_err *err)
{
    /* By half: the keys are the larger part, and doubling would waste as much as they take. */
    size_t cap = table->cap != 0 ? table->cap + table->cap / 2 : FIRST_SLOTS / 2;
    struct boa_key128 *keys = boa_realloc(table->keys, cap * sizeof *keys, err);

    if (keys == NULL)
        return -1;
    table->keys = keys;
    table->cap = cap;
    return 0;
}

int boa_key_table_add(struct boa_key_table *table, struct boa_key128 key, uint32_t *number,
                      bool *added, struct boa_err *err)
{
    size_t at;

    if (boa_key_table_find(table, key, number)) {
        *added = false;
        return 0;
    }
    if (table->count == table->max)
        return boa_err_set(err, BOA_ERR_LIMIT, "more than %zu different ids", table->max);
    if (4 * (table->count + 1) > 3 * table->slot_count && grow_slots(table, err) != 0)
        return -1;
    if (table->count == table->cap && grow_keys(table, err) != 0)
        return -1;
    at = probe(table, key);
    table->keys[table->count] = key;
    table->slots[at] = (uint32_t)++table->count;
    *number = (uint32_t)table->count - 1;
    *added = true;
    return 0;
}

bool boa_key_table_find(const struct boa_key_table *table, struct boa_key128 key, uint32_t *number)
{
    size_t at;

    if (table->slot_count == 0)
        return false;
    at = probe(table, key);
    if (table->slots[at] == 0)
        return false;
    *number = table->slots[at] - 1;
    return true;
}
