/* Line and column while walking through a text from front to back, without counting anything
 * twice. Lines end with LF, CR LF or CR. */
#ifndef BOA_JSON_TEXT_POSITION_H
#define BOA_JSON_TEXT_POSITION_H

#include "core/base/str.h"

struct boa_text_cursor {
    struct boa_str text; /* borrowed */
    size_t offset;
    uint64_t line, column; /* of `offset`, from 1; columns in code points */
    bool behind_cr;        /* the byte before `offset` is a CR: an LF there ends no other line */
};

/* At the start of the text. */
struct boa_text_cursor boa_text_cursor_make(struct boa_str text);

/* Moves on to `offset`, which is not before the present one; beyond the text is its end. */
void boa_text_cursor_move(struct boa_text_cursor *cursor, size_t offset);

#endif
