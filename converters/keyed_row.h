/* Rows that come as keys and values instead of cells under a header: what such a row is shows in
 * its keys. */
#ifndef BOA_CONVERTERS_KEYED_ROW_H
#define BOA_CONVERTERS_KEYED_ROW_H

#include "converters/rows.h"

enum { CC_KEYED_GUESSES = 64 };

struct cc_keyed {
    struct cc_rows *rows;            /* its columns are cc_all_columns */
    uint64_t has;                    /* one bit a column: its key stands in the row */
    struct boa_str id, provider;     /* what the API calls run_id and cloud_provider */
    size_t keys;                     /* of the row so far */
    int emissions_sum, version;      /* columns that only this file looks at */
    int16_t guess[CC_KEYED_GUESSES]; /* the column of the last row's n-th key: rows are alike */
};

/* Gives `rows` the columns cc_all_columns. */
int cc_keyed_init(struct cc_keyed *row, struct cc_rows *rows, struct boa_err *err);

/* Forgets the row at hand. */
void cc_keyed_clear(struct cc_keyed *row);

/* The column of a key, -1: none of CodeCarbon's. */
int cc_keyed_column(const struct cc_keyed *row, struct boa_str key);

/* Where the value of the row's next key goes; of equal keys the last counts. NULL: the key is none
 * of CodeCarbon's. */
struct boa_str *cc_keyed_cell(struct cc_keyed *row, struct boa_str key);

/* Ends the row: false when it cannot be used. A row that lacks keys becomes a finding that names
 * them, unless `tell` is false; then it is not even counted. */
bool cc_keyed_end(struct cc_keyed *row, struct boa_place place, bool tell, struct cc_row *out);

#endif
