/* Reads CodeCarbon's JSON wherever it stands: a file of its own, an array, lines of a log, an
 * export of Google Cloud's logs, the API's requests and answers. */
#ifndef BOA_CONVERTERS_READ_CODECARBON_JSON_H
#define BOA_CONVERTERS_READ_CODECARBON_JSON_H

#include "converters/keyed_row.h"
#include "core/base/buf.h"

/* What stands around the records. */
enum cc_json_frame {
    CC_JSON_START, /* nothing but blanks so far */
    CC_JSON_OPEN,  /* the input began with a bracket, which may be an array's or a log line's */
    CC_JSON_ARRAY, /* it was an array's, and that is not closed yet */
    CC_JSON_LINES, /* anything else */
};

struct cc_json {
    struct cc_rows rows; /* first */
    struct cc_keyed keyed;
    struct boa_buf texts;  /* strings of the row at hand that were decoded */
    uint64_t line, column; /* of the first kept byte */
    bool behind_cr;        /* … which stands behind a CR */
    size_t taken;          /* bytes of the row last given: passed at the next call */
    uint64_t told;         /* offset up to which what is broken was told */
    enum cc_json_frame frame;
};

/* Reads every record from where `in` stands, one at a time; text between objects is passed over.
 * Numbers become cells as they are written, true and false are words, null and what Python writes
 * for values that are no numbers is empty. Close in any case. */
int cc_json_open(struct cc_json *reader, struct boa_input *in, const struct boa_diags *diags,
                 struct boa_err *err);

#endif
