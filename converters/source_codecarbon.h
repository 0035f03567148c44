/* CodeCarbon's files as a source of runs. */
#ifndef BOA_CONVERTERS_SOURCE_CODECARBON_H
#define BOA_CONVERTERS_SOURCE_CODECARBON_H

#include "converters/codecarbon_cells.h"
#include "converters/codecarbon_files.h"
#include "converters/source.h"

struct cc_source_options {
    bool all_rows;    /* --rows=all: every row is a report; else the row with a run's largest
                         energy is, found in a first pass */
    bool tasks_apart; /* --tasks=reports: every task is a report; else a measure of its run's */
    struct cc_cells_options cells;
    const char *cpu_count; /* what nbComponent of the CPU says: one note a file; NULL: none */
    enum cc_form form;     /* of the files; CC_FORM_AUTO: by content */
    const struct columns *columns; /* of tables without a header; NULL: they have one */
    size_t max_row;                /* bytes of one row */
    const char *spool_folder;      /* for standard input that must be read twice */
    const char *output;            /* where the reports go: not searched in folders */
};

/* `diags` and what the options point to must outlive the source. NULL on failure. */
struct boa_source *cc_source_new(const struct cc_source_options *options,
                                 const struct boa_diags *diags, struct boa_err *err);

/* Adds a file, "-" for standard input, or what a folder holds; `added` is how many files that were.
 * Call before the first run is taken. */
int cc_source_add(struct boa_source *source, const char *path, size_t *added, struct boa_err *err);

#endif
