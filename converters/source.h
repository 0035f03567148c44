/* Where runs come from: one format's files, as a sequence of records. */
#ifndef BOA_CONVERTERS_SOURCE_H
#define BOA_CONVERTERS_SOURCE_H

#include "core/base/arena.h"
#include "core/report/record.h"

struct boa_source_counts {
    uint64_t files;         /* that could be read */
    uint64_t refused_files; /* those of them that are no table of the format */
    uint64_t unreadable;    /* that could not be opened or read */
    uint64_t rows;          /* seen, headers not counted */
    uint64_t refused;       /* rows that cannot be trusted */
    uint64_t runs;          /* records given */
};

struct boa_source {
    /* The next run. 1: `record` is filled, its texts live in the arena or until the next call; 0:
     * that was all; -1: the work cannot go on. */
    int (*next)(struct boa_source *source, struct boa_record *record, struct boa_arena *arena,
                struct boa_err *err);
    void (*free)(struct boa_source *source);
    struct boa_layout layout; /* of the record last given */
    uint64_t layout_serial;   /* goes up when the layout changes; 0 before the first */
    struct boa_source_counts counts;
};

#endif
