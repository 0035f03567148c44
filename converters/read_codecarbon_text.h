/* Reads "key: value" lines, one block of them a row, as Boavizta's script prints them. */
#ifndef BOA_CONVERTERS_READ_CODECARBON_TEXT_H
#define BOA_CONVERTERS_READ_CODECARBON_TEXT_H

#include "converters/keyed_row.h"
#include "core/base/arena.h"

struct cc_text {
    struct cc_rows rows; /* first */
    struct cc_keyed keyed;
    struct boa_arena texts; /* values of the row at hand */
    uint64_t line;          /* number of the first kept one */
    struct boa_place place; /* of the block's first line */
    uint64_t offset;        /* of the same */
    int first;              /* column of the block's first key; -1: there is none yet */
    bool too_long;          /* the block at hand is over the limit */
    bool inside;            /* the input stands inside a line that is over it */
};

/* Reads every block from where `in` stands. A blank line ends a block, and so does its first key
 * when it comes again. Values are made what CodeCarbon itself would have written. Lines that are
 * something else are passed over. Close in any case. */
int cc_text_open(struct cc_text *reader, struct boa_input *in, const struct boa_diags *diags,
                 struct boa_err *err);

#endif
