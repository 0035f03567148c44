/* Reads an emissions.csv of CodeCarbon: the header by names, rows checked against it. */
#ifndef BOA_CONVERTERS_READ_CODECARBON_CSV_H
#define BOA_CONVERTERS_READ_CODECARBON_CSV_H

#include "converters/codecarbon.h"
#include "converters/csv.h"
#include "core/report/report_id.h"

struct cc_csv {
    struct boa_input *in; /* borrowed */
    struct boa_csv csv;
    struct boa_buf header; /* bytes of the names */
    struct boa_str *names; /* of the columns, then cc_derived_names */
    size_t columns;
    struct boa_str *cells;       /* of the row at hand; room for the derived ones behind it */
    int column[CC_COLUMN_COUNT]; /* where each stands; -1: missing */
    struct boa_layout layout;
    const struct boa_diags *diags; /* of rows; NULL: say nothing (a second pass) */
    bool empty;                    /* the input holds not even a header */
    uint64_t rows, refused;        /* rows seen, and those of them that were refused */
};

struct cc_csv_row {
    struct boa_place place;
    uint64_t offset;       /* in the input */
    struct boa_key128 key; /* of its run; only when has_key */
    bool has_key;          /* the row names its run */
};

/* Reads the header from the start of `in`. `usable` is false when the table is none of
 * CodeCarbon's, which `diags` then says. Release in any case. */
int cc_csv_open(struct cc_csv *reader, struct boa_input *in, const struct boa_diags *diags,
                bool *usable, struct boa_err *err);

/* Takes a zeroed one. */
void cc_csv_close(struct cc_csv *reader);

/* The next row that can be trusted; the others become findings. 1: `row` and reader->cells are
 * filled, 0: the input has ended, -1. */
int cc_csv_next(struct cc_csv *reader, struct cc_csv_row *row, struct boa_err *err);

#endif
