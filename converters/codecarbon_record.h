/* Makes the record of a run: its row, the cells derived from it, its tasks and parts, and an id. */
#ifndef BOA_CONVERTERS_CODECARBON_RECORD_H
#define BOA_CONVERTERS_CODECARBON_RECORD_H

#include "converters/codecarbon_cells.h"
#include "converters/report_ids.h"
#include "converters/run_details.h"
#include "converters/runs.h"

enum { MEASURE_CELLS = CC_TASK_COLUMNS + CC_DERIVED_COUNT };

struct record_maker {
    const struct cc_cells_options *options;
    const struct run_details *details; /* NULL: runs have none */
    const struct boa_diags *diags;
    struct report_ids ids;
    struct boa_layout layout; /* of the record last made */
    uint64_t layout_serial;   /* goes up when it changes */
    uint64_t rows_serial;     /* of the rows' layout that it was made of; 0: of none */
    struct boa_str measure_names[MEASURE_CELLS];
    int task_column[CC_COLUMN_COUNT]; /* where columns stand among a task's cells */
    struct boa_str no_cells;          /* a measure without cells of its own */
};

void record_maker_init(struct record_maker *maker, const struct cc_cells_options *options,
                       const struct run_details *details, const struct boa_diags *diags);

/* Takes a zeroed one. */
void record_maker_release(struct record_maker *maker);

/* Call when another file begins: layouts start anew. */
void record_maker_begin_file(struct record_maker *maker);

/* Makes the record of the row that `rows` holds, which stands for `run` of that number. Its texts
 * live in the arena or until the next row. -1: memory. */
int record_maker_make(struct record_maker *maker, struct boa_record *record, struct cc_rows *rows,
                      const struct cc_row *row, const struct boa_run *run, uint32_t number,
                      struct boa_arena *arena, struct boa_err *err);

#endif
