/* Gives each report an id of its own. */
#include "converters/report_ids.h"

#include "core/base/alloc.h"
#include "core/base/err.h"

enum { IDS_MAX = 1 << 20 /* 28 MiB at most */ };

void report_ids_init(struct report_ids *ids)
{
    *ids = (struct report_ids){ 0 };
    boa_key_table_init(&ids->ids, IDS_MAX);
}

void report_ids_release(struct report_ids *ids)
{
    boa_key_table_release(&ids->ids);
    boa_free(ids->equals);
    *ids = (struct report_ids){ 0 };
}

/* False in `claimed`: an earlier report has it, whose number is `number`. */
static int claim(struct report_ids *ids, struct boa_str id, uint32_t *number, bool *claimed,
                 struct boa_err *err)
{
    if (ids->ids.count == ids->ids.max) {
        *claimed = !boa_key_table_find(&ids->ids, boa_key128_make(id), number);
        return 0;
    }
    return boa_key_table_add(&ids->ids, boa_key128_make(id), number, claimed, err);
}

/* The next ordinal among measurements equal to the one whose id has this number: kept, for counting
 * them anew for each would take a file of equal rows forever. */
static int next_ordinal(uint64_t *ordinal, struct report_ids *ids, uint32_t number,
                        struct boa_err *err)
{
    if (number >= ids->equals_cap) {
        size_t cap = ids->ids.cap;
        uint32_t *equals = boa_realloc(ids->equals, cap * sizeof *equals, err);
        if (equals == NULL)
            return -1;
        memset(equals + ids->equals_cap, 0, (cap - ids->equals_cap) * sizeof *equals);
        ids->equals = equals;
        ids->equals_cap = cap;
    }
    *ordinal = ++ids->equals[number];
    return 0;
}

int report_ids_give(struct report_ids *ids, struct boa_str *out, struct boa_str own,
                    const struct boa_str *parts, size_t count, struct boa_arena *arena,
                    struct boa_err *err)
{
    bool claimed = false;
    uint32_t number, first = 0;
    uint64_t ordinal = 0;
    char *text;

    if (own.len != 0 && claim(ids, own, &number, &claimed, err) != 0)
        return -1;
    if (claimed) {
        *out = own;
        return 0;
    }
    text = boa_arena_alloc(arena, BOA_UUID_LEN, err);
    if (text == NULL)
        return -1;
    for (;;) {
        struct boa_str id = boa_str_make(text, BOA_UUID_LEN);

        boa_report_id_make(text, parts, count, ordinal);
        if (claim(ids, id, &number, &claimed, err) != 0)
            return -1;
        if (claimed) {
            *out = id;
            return 0;
        }
        if (ordinal == 0)
            first = number;
        if (next_ordinal(&ordinal, ids, first, err) != 0)
            return -1;
    }
}

bool report_ids_became_full(struct report_ids *ids)
{
    if (ids->full_told || ids->ids.count < ids->ids.max)
        return false;
    ids->full_told = true;
    return true;
}
