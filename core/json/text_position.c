/* From byte offsets to the lines and columns that people and editors use. */
#include "core/json/text_position.h"

#include "core/json/json_scan.h"

struct boa_text_cursor boa_text_cursor_make(struct boa_str text)
{
    return (struct boa_text_cursor){ .text = text, .offset = 0, .line = 1, .column = 1 };
}

void boa_text_cursor_move(struct boa_text_cursor *cursor, size_t offset)
{
    if (offset > cursor->text.len)
        offset = cursor->text.len;
    for (; cursor->offset < offset; cursor->offset++) {
        unsigned char byte = (unsigned char)cursor->text.ptr[cursor->offset];
        if (byte == '\n' || byte == '\r') {
            cursor->line += !(byte == '\n' && cursor->behind_cr);
            cursor->column = 1;
        } else if ((byte & 0xC0) != 0x80) { /* continuation bytes have no column of their own */
            cursor->column++;
        }
        cursor->behind_cr = byte == '\r';
    }
}

void boa_text_position(struct boa_str text, size_t offset, uint64_t *line, uint64_t *column)
{
    struct boa_text_cursor cursor = boa_text_cursor_make(text);
    boa_text_cursor_move(&cursor, offset);
    *line = cursor.line;
    *column = cursor.column;
}
