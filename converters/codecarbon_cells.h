/* Derived cells of a CodeCarbon row: everything about it that needs thought. */
#ifndef BOA_CONVERTERS_CODECARBON_CELLS_H
#define BOA_CONVERTERS_CODECARBON_CELLS_H

#include "converters/codecarbon.h"
#include "core/base/arena.h"

struct cc_cells_options {
    bool remove_pue; /* --pue=remove */
    bool on_premise; /* --assume=onPremise: what nothing contradicts is no assumption */
};

/* What is known of the row's run beyond the row. */
struct cc_run_facts {
    bool constant_cpu; /* the CPU's power was one of CodeCarbon's constants in all its rows */
    bool has_tasks;    /* the tasks are its measures, and its rows' duration is of no account */
    bool is_sum; /* its energy, emissions and duration are sums; other cells are the last part's */
};

/* Derives for `record`, whose cells are the row's: fills `derived` (CC_DERIVED_COUNT texts, but for
 * CC_ID) and the record's GPU group. `column` tells where each column stands, -1 where it is
 * missing. Texts live in the arena or are parts of the row. */
int cc_cells_derive(struct boa_str *derived, struct boa_record *record, const int *column,
                    const struct cc_run_facts *facts, const struct cc_cells_options *options,
                    const struct boa_diags *diags, struct boa_arena *arena, struct boa_err *err);

#endif
