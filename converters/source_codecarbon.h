/* CodeCarbon's files as a source of runs. */
#ifndef BOA_CONVERTERS_SOURCE_CODECARBON_H
#define BOA_CONVERTERS_SOURCE_CODECARBON_H

#include "converters/codecarbon_cells.h"
#include "converters/source.h"

struct cc_source_options {
    bool all_rows; /* --rows=all: every row is a report; else the row with a run's largest energy
                      is, found in a first pass */
    struct cc_cells_options cells;
    const char *cpu_count;    /* what nbComponent of the CPU says: one note a file; NULL: none */
    size_t max_row;           /* bytes of one row */
    const char *spool_folder; /* for standard input that must be read twice */
};

/* `diags` must outlive the source. NULL on failure. */
struct boa_source *cc_source_new(const struct cc_source_options *options,
                                 const struct boa_diags *diags, struct boa_err *err);

/* Adds a file, "-" for standard input; the name is copied. Call before the first run is taken. */
int cc_source_add(struct boa_source *source, const char *path, struct boa_err *err);

#endif
