/* Reads CodeCarbon's tables: the header by names, whatever was done to the file since. */
#ifndef BOA_CONVERTERS_READ_CODECARBON_CSV_H
#define BOA_CONVERTERS_READ_CODECARBON_CSV_H

#include "converters/columns.h"
#include "converters/csv.h"
#include "converters/rows.h"
#include "core/base/arena.h"

struct cc_csv {
    struct cc_rows rows; /* first */
    struct boa_csv csv;
    size_t named;            /* columns up to the last that has a name: a row may stop there */
    bool *is_number;         /* of each column: decimal commas become points */
    struct boa_arena mended; /* cells of the row at hand that were rewritten */
    bool empty;              /* the input holds not even a header */
    bool conflict_told;      /* the file's conflict markers were mentioned */
};

/* Reads the header from the start of `in`, or takes `columns` as it (NULL: the file has its own).
 * `usable` is false when the table is none of CodeCarbon's, which `diags` then says. Close in any
 * case. */
int cc_csv_open(struct cc_csv *reader, struct boa_input *in, const struct columns *columns,
                const struct boa_diags *diags, bool *usable, struct boa_err *err);

#endif
