/* The ids of the reports of one conversion: each is given once. */
#ifndef BOA_CONVERTERS_REPORT_IDS_H
#define BOA_CONVERTERS_REPORT_IDS_H

#include "core/base/arena.h"
#include "core/report/key_table.h"

struct report_ids {
    struct boa_key_table ids;
    uint32_t *equals; /* by number of an id: measurements seen that are equal to its own */
    size_t equals_cap;
    bool full_told;
};

void report_ids_init(struct report_ids *ids);

/* Takes a zeroed one. */
void report_ids_release(struct report_ids *ids);

/* An id for a report: `own` where it names something and no earlier report has it, else a UUID made
 * of the parts that name the measurement, counted up among equals. `out` is `own` or lies in the
 * arena. -1: memory. */
int report_ids_give(struct report_ids *ids, struct boa_str *out, struct boa_str own,
                    const struct boa_str *parts, size_t count, struct boa_arena *arena,
                    struct boa_err *err);

/* True once: when no more ids can be kept, so that equal ones given from now on stay unfound. */
bool report_ids_became_full(struct report_ids *ids);

#endif
